"""Reports → a static site: the notebook series, run on each report, as HTML that needs no network."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.apart.process import Reading
from reportkit.errors import ExportError, LoadingError
from reportkit.faults import fault_sentence, place_of
from reportkit.loading import Limits, bytes_of
from reportkit.site.names import folder_names
from reportkit.site.pages import Page, index_page, notebook_page, notebook_title
from reportkit.site.running import desk, run_notebook
from reportkit.teaching.shipped import notebook_paths, seed_paths
from reportkit.writing import DISK_FULL, sentence_of, write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from reportkit.report import Report

__all__ = ["Failure", "Site", "export"]


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
        Paths of notebooks with a cell tagged ``parameters`` that sets ``REPORT``; the shipped series by default.  Each runs
        in a folder that holds a copy of the report and nothing else: no module, settings or startup file beside a report or
        named by the environment is run.
    progress
        Called with a line before each page.

    Returns
    -------
    Site
        A report that fails is among ``failures``, named on the index, and leaves the others' pages alone.  Each is read in a
        child process with hard limits of time and memory.

    Raises
    ------
    ExportError
        If the folder cannot be written, the disk is full, or there is nothing to export.  Pages that were written are whole.
    """
    paths = seed_paths() if reports is None else [Path(report) for report in reports]
    series = [Path(notebook) for notebook in notebooks] if notebooks is not None else notebook_paths()
    if not paths or not series:
        raise ExportError(f"nothing to export: {len(paths)} reports and {len(series)} notebooks were given.")
    target = Path(to)
    _prepare(target)
    books = [(notebook, _title(notebook)) for notebook in series]
    entries: list[dict[str, Any]] = []
    failures: list[Failure] = []
    written: list[Path] = []
    with Reading() as reading:
        for path, folder_name in zip(paths, folder_names(paths), strict=True):
            try:
                data = bytes_of(path, str(path), Limits())
                report = reading.read_bytes(data, name=str(path))
                folder = _folder(target / folder_name)
                done = _export_one(path, data, report, folder, books, progress, reading.guard)
            except (LoadingError, _NoFolderError) as error:
                failures.append(Failure(str(path), "", str(error)))
            except ExportError:
                raise  # nothing more can be written: there is no sense in running on
            except Exception as error:  # whatever it is, it costs this report only
                failures.append(Failure(str(path), "", fault_sentence(str(path), place_of(error))))
            else:
                entries.append(done.entry)
                failures += done.failures
                written += done.pages
    index = target / "index.html"
    listed = [{"report": f.report, "notebook": f.notebook, "reason": f.reason} for f in failures]
    write_whole(index, index_page(entries, listed, len(paths)))
    return Site(index, tuple(written), tuple(failures))


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of one report."""

    entry: dict[str, Any]
    pages: list[Path]
    failures: list[Failure]


class _NoFolderError(Exception):
    """A report's folder cannot be made; the others' can."""


def _export_one(
    path: Path,
    data: bytes,
    report: Report,
    folder: Path,
    books: Sequence[tuple[Path, str]],
    progress: Callable[[str], object] | None,
    guard: Callable[[Path], object],
) -> _Done:
    """Run the series on one report and write its pages."""
    name = report.outline.title or path.stem
    runs: list[NotebookNode | str] = []
    with desk(path.name, data) as where:
        guard(where.scratch)
        for notebook, _ in books:
            if progress is not None:
                progress(f"{name} · {_label(notebook)}")
            runs.append(run_notebook(notebook, where))
    pages = [
        Page(_label(notebook), title, f"{notebook.stem}.html", failed=isinstance(run, str))
        for (notebook, title), run in zip(books, runs, strict=True)
    ]
    written, failures = [], []
    for i, run in enumerate(runs):
        if isinstance(run, str):
            failures.append(Failure(str(path), pages[i].label, run))
            continue
        try:
            write_whole(folder / pages[i].href, notebook_page(run, name, pages, i))
        except ExportError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in DISK_FULL:
                raise
            failures.append(Failure(str(path), pages[i].label, str(error)))
        else:
            written.append(folder / pages[i].href)
    return _Done(_entry(path, report, name, folder.name, pages), written, failures)


def _prepare(target: Path) -> None:
    """Make the site's folder, and see before any notebook runs that it can be written."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{target}: the site cannot be written there ({reason}); name another folder.") from None
    if not os.access(target, os.W_OK | os.X_OK):
        raise ExportError(f"{target}: the site cannot be written there (the folder is read-only); name another folder.")
    if (target / "index.html").is_dir():
        raise ExportError(f"{target}: the site cannot be written there (index.html is a folder); name another folder.")


def _folder(folder: Path) -> Path:
    """A report's own folder in the site, made before its notebooks run."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise ExportError(sentence_of(str(folder), error)) from error
        raise _NoFolderError(sentence_of(str(folder), error)) from None
    return folder


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
