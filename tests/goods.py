"""Good files of every format, for what makes odd ones of them: made-up reports with headings, tables and notes."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from . import ofd_files, word
from .fixtures import LAYOUTS, SAMPLE, docx_of, html_of, pdf_of

__all__ = ["FORMATS", "good_files"]

FORMATS = ("docx", "html", "ofd", "pdf", "txt")
SEED = Path(__file__).parent.parent / "seeds" / "jining_psb_2023.txt"


@cache
def good_files(kind: str) -> tuple[bytes, ...]:
    """Some files of a format; a PDF is printed by Chromium, which has to be there."""
    text = SEED.read_text(encoding="utf-8")
    return _MAKERS[kind](text)


def _docx(text: str) -> tuple[bytes, ...]:
    numbered = word.docx(
        "".join(word.para(line, num=1, level=0) + word.para("办理案件3件。") for line in ("总体情况", "存在问题", "下步打算"))
        + word.table(
            *(word.row(word.cell(word.para(name)), word.cell(word.para(n))) for name, n in (("项目", "数量"), ("案件", "3")))
        )
        + word.para("其他", runs=word.box(word.para("四、其他事项"), word.para("举办讲座5场。")))
        + "".join(map(word.para, SAMPLE.splitlines())),
        numbering=word.abstract(1, word.level(0, "chineseCounting", "%1、")) + word.num(1, 1),
    )
    return docx_of(text), docx_of(SAMPLE), numbered


def _html(text: str) -> tuple[bytes, ...]:
    bodies = ("paragraphs", "breaks", "spans", "headings", "table")
    return (html_of(text).encode(), *(html_of(SAMPLE, body=body).encode() for body in bodies))


def _ofd(text: str) -> tuple[bytes, ...]:
    rows = (("项目", "数量"), ("案件", "3"), ("讲座", "5"))
    return ofd_files.report_of(SAMPLE), ofd_files.report_of(text, rows=rows), ofd_files.report_of(text, rows=rows, how="boxes")


def _pdf(text: str) -> tuple[bytes, ...]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    return tuple(pdf_of(SAMPLE, layout, chromium) for layout in LAYOUTS)


def _txt(text: str) -> tuple[bytes, ...]:
    return text.encode(), SAMPLE.encode()


_MAKERS = {"docx": _docx, "html": _html, "ofd": _ofd, "pdf": _pdf, "txt": _txt}
