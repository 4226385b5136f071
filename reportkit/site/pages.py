"""An executed notebook → one HTML page that needs no network and runs no script."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cache
from html import escape, unescape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reportkit.display import visible, writable
from reportkit.site.fonts import font_face

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

__all__ = ["Page", "index_page", "notebook_page", "notebook_title"]

_TEMPLATES = Path(str(files("reportkit.site"))) / "templates"
_HEADING_ID = re.compile(r'(<h[1-6] id=")([^"]*)(")')
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)(?:<a class="anchor-link".*?</a>)?</h\1>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a report as its neighbours link to it: a short label, the notebook's title, the file."""

    label: str
    title: str
    href: str
    failed: bool = False
    current: bool = False


def notebook_title(notebook: NotebookNode) -> str:
    """The first heading of a notebook's text."""
    for cell in notebook.cells:
        found = re.search(r"(?m)^# +(.+)$", cell.source) if cell.cell_type == "markdown" else None
        if found:
            return found[1].strip()
    return "Untitled"


def notebook_page(notebook: NotebookNode, report: str, pages: list[Page], at: int) -> str:
    """The page of an executed notebook.

    Parameters
    ----------
    notebook
        With its outputs.
    report
        What to call the report; escaped here.
    pages
        All pages of this report, in order.
    at
        Which of them this is.
    """
    exporter = _exporter()(
        template_name="reportkit",
        extra_template_basedirs=[str(_TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    injected = any("injected-parameters" in cell.metadata.get("tags", []) for cell in notebook.cells)
    body, _ = exporter.from_notebook_node(notebook, resources={"reportkit_parameters": injected})
    body = _HEADING_ID.sub(lambda found: f"{found[1]}{escape(unquote(unescape(found[2])))}{found[3]}", body)
    toc = [
        {"depth": depth, "id": unescape(anchor), "text": unescape(re.sub("<[^>]*>", "", text))}
        for depth, anchor, text in _HEADING.findall(body)
    ]
    working = [page for page in pages[:at] if not page.failed], [page for page in pages[at + 1 :] if not page.failed]
    return _render(
        body,
        title=f"{pages[at].label} · {visible(report)}",
        report=visible(report),
        root="../",
        toc=toc,
        pages=[replace(page, current=i == at) for i, page in enumerate(pages)],
        previous=working[0][-1] if working[0] else None,
        next=working[1][0] if working[1] else None,
    )


def index_page(entries: list[dict[str, Any]], failures: list[dict[str, str]], total: int) -> str:
    """The front page: every report with its pages, and what failed; what nobody sees in a name is written out."""
    done = len(entries)
    entries = [{**entry, "title": visible(entry["title"]), "file": visible(entry["file"])} for entry in entries]
    failures = [{key: visible(text) for key, text in failure.items()} for failure in failures]
    body = _environment().get_template("index.html.j2").render(entries=entries, failures=failures, total=total, done=done)
    return _render(body, title="Reports read with reportkit", root="", toc=[], pages=[])


def _render(body: str, **values: Any) -> str:
    """Put the page around a body, and into it the characters that it shows."""
    template = _environment().get_template("page.html.j2")
    common = {"style": _style(), "version": version("reportkit"), "body": body, "previous": None, "next": None, "report": ""}
    page = template.render({**common, **values, "font": ""})
    shown = re.sub(r"(?s)<style>.*?</style>|data:[a-z/+;0-9-]+,[A-Za-z0-9+/=]*", "", page)
    return writable(template.render({**common, **values, "font": font_face(shown)}))


@cache
def _exporter() -> type[HTMLExporter]:
    """The exporter of nbconvert that looks for templates (they can run code) where it was installed, not where settings say."""
    from nbconvert import HTMLExporter

    class Exporter(HTMLExporter):
        def get_prefix_root_dirs(self) -> list[str]:
            named = {*os.environ.get("JUPYTER_PATH", "").split(os.pathsep), os.environ.get("JUPYTER_DATA_DIR", "")}
            folders: list[str] = super().get_prefix_root_dirs()  # type: ignore[no-untyped-call]
            return [folder for folder in folders if folder not in named]

    return Exporter


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _style() -> str:
    from pygments.formatters import HtmlFormatter

    light = HtmlFormatter(style="default", nobackground=True).get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark", nobackground=True).get_style_defs(".highlight")
    own = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    dark_scheme = "(prefers-color-scheme: dark)"
    return f"{own}\n@media not all and {dark_scheme} {{{light}}}\n@media screen and {dark_scheme} {{{dark}}}"
