"""Reports → a static site: the notebook series, run on each report, as HTML that needs no network."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.errors import ExportError, LoadingError
from reportkit.reading import read
from reportkit.site.names import folder_names
from reportkit.site.pages import Page, index_page, notebook_page, notebook_title
from reportkit.teaching.shipped import notebook_paths, seed_paths

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from reportkit.report import Report

__all__ = ["Failure", "Site", "export"]

_TIMEOUT = 300  # seconds a cell


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be read (``notebook`` empty) or a notebook that did not run on it, and why."""

    report: str
    notebook: str
    reason: str


@dataclass(frozen=True, slots=True)
class Site:
    """What an export wrote: the index, the pages in order, and what failed."""

    index: Path
    pages: tuple[Path, ...]
    failures: tuple[Failure, ...]


def export(
    reports: Iterable[str | os.PathLike[str]] | None,
    to: str | os.PathLike[str],
    *,
    notebooks: Sequence[str | os.PathLike[str]] | None = None,
    progress: Callable[[str], object] | None = None,
) -> Site:
    """Run the notebook series on each report and write an HTML site.

    Parameters
    ----------
    reports
        Paths of reports; ``None`` for the seeds.
    to
        The folder to write into; it is made where it is missing, and pages of the same name are replaced.
    notebooks
        Paths of notebooks with a cell tagged ``parameters`` that sets ``REPORT``; the shipped series by default.
    progress
        Called with a line before each page.

    Returns
    -------
    Site
        A report that fails is among ``failures``, named on the index, and leaves the others' pages alone.

    Raises
    ------
    ExportError
        If the folder cannot be written, or there is nothing to export.
    """
    paths = seed_paths() if reports is None else [Path(report) for report in reports]
    series = [Path(notebook) for notebook in notebooks] if notebooks is not None else notebook_paths()
    if not paths or not series:
        raise ExportError(f"nothing to export: {len(paths)} reports and {len(series)} notebooks were given.")
    target = Path(to)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{target}: the site cannot be written there ({error.strerror}); name another folder.") from None
    entries: list[dict[str, Any]] = []
    failures: list[Failure] = []
    written: list[Path] = []
    titles = [_title(notebook) for notebook in series]
    for path, folder in zip(paths, folder_names(paths), strict=True):
        try:
            report = read(path)
        except LoadingError as error:
            failures.append(Failure(str(path), "", str(error)))
            continue
        name = report.outline.title or path.stem
        runs: list[NotebookNode | str] = []
        for notebook in series:
            if progress is not None:
                progress(f"{name} · {_label(notebook)}")
            runs.append(_run(notebook, path))
        pages = [
            Page(_label(notebook), title, f"{notebook.stem}.html", failed=isinstance(run, str))
            for notebook, title, run in zip(series, titles, runs, strict=True)
        ]
        (target / folder).mkdir(exist_ok=True)
        for i, run in enumerate(runs):
            if isinstance(run, str):
                failures.append(Failure(str(path), pages[i].label, run))
                continue
            page = target / folder / pages[i].href
            page.write_text(notebook_page(run, name, pages, i), encoding="utf-8")
            written.append(page)
        entries.append(_entry(path, report, name, folder, pages))
    index = target / "index.html"
    listed = [{"report": f.report, "notebook": f.notebook, "reason": f.reason} for f in failures]
    index.write_text(index_page(entries, listed, len(paths)), encoding="utf-8")
    return Site(index, tuple(written), tuple(failures))


def _run(notebook: Path, report: Path) -> NotebookNode | str:
    """The notebook with its outputs on this report, or one line on why it did not run through."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillException
    from traitlets.config import Config

    try:
        done: NotebookNode = papermill.execute_notebook(
            nbformat.read(notebook, as_version=4),  # not its path, which papermill would take for an address and a pattern
            None,  # not saved: the name of a report need not be one that a file can hold
            parameters={"REPORT": report.name},
            cwd=str(report.absolute().parent),  # not resolved: a link has a name of its own
            kernel_name="python3",
            language="python",
            progress_bar=False,
            log_output=False,
            execution_timeout=_TIMEOUT,
            extra_arguments=["--IPKernelApp.log_level=50"],  # an interrupt at shutdown is no news to the reader
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),  # else ipykernel warns at each start
        )
        return done
    except (PapermillException, RuntimeError, TimeoutError, OSError) as error:
        lines = [line for line in re.sub("\x1b\\[[0-9;]*m", "", str(error)).splitlines() if line.strip()]
        return lines[-1] if lines else type(error).__name__


def _title(notebook: Path) -> str:
    import nbformat

    return notebook_title(nbformat.read(notebook, as_version=nbformat.NO_CONVERT))


def _label(notebook: Path) -> str:
    """What navigation calls a notebook: ``01_loading.ipynb`` → Loading."""
    return re.sub(r"^\d+_", "", notebook.stem).replace("_", " ").capitalize()


def _entry(path: Path, report: Report, name: str, folder: str, pages: Sequence[Page]) -> dict[str, Any]:
    from urllib.parse import quote

    return {
        "title": name,
        "issuer": report.outline.issuer,
        "year": report.outline.year,
        "file": path.name,
        "n_chars": len(report.text),
        "n_sections": sum(1 for _ in report.outline.walk()),
        "n_repairs": len(report.repairs),
        "pages": [replace(page, href=f"{quote(folder)}/{quote(page.href)}") for page in pages],
    }
