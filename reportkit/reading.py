"""File → report: loading, cleaning, outline and sentences in one call."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from reportkit.cleaning import clean
from reportkit.cleaning.cells import clean_table
from reportkit.display import readable
from reportkit.errors import LoadingError
from reportkit.language.script import to_simplified
from reportkit.loading import Limits, read_source
from reportkit.report import Report, Source
from reportkit.structure.sentences import report_sentences
from reportkit.structure.tree import parse_outline

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract_repairs", "parse", "read"]


def read(
    source: str | os.PathLike[str] | bytes | bytearray | IO[Any],
    format: str | None = None,
    *,
    name: str | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Report:
    """Read a report from a file, from bytes or from an open file.

    Parameters
    ----------
    source
        A path, bytes, or a file object (binary or text).  Text that you already have goes to :func:`parse`.
    format
        ``"txt"``, ``"docx"``, ``"rtf"``, ``"pdf"``, ``"ofd"``, ``"html"`` or ``"mhtml"``; found from the content where it
        is not named.
    name
        What to call the report in messages.
    encoding
        The codec of a TXT file, if you know better than its bytes tell.
    limits
        How large a file may be and how long it may take (``reportkit.Limits``; 100 MB, 1,000 pages, 120 s by default).
        They are soft here: they are looked at between steps, and a library that hangs or falls over takes Python with it.  The
        commands and :func:`reportkit.export` read each file in a child process that the system holds to them.

    Returns
    -------
    Report
        With ``text``, ``source``, ``repairs``, ``outline``, ``sentences`` and ``tables``.

    Raises
    ------
    LoadingError
        Where no report can be read: which file, what was expected, what to do.
    """
    return _report(read_source(source, format, name=name, encoding=encoding, limits=limits))


def parse(text: str, *, name: str = "<text>") -> Report:
    r"""Make a report of a text that you already have, for trying things out.

    >>> report = parse("一、成效\n共办案3件。\n二、问题\n办案不够规范。")
    >>> [section.title for section in report.outline.sections]
    ['成效', '问题']
    """
    if not text.strip():
        raise LoadingError(f"{name}: the text is empty; a report was expected.")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _report(Source(name, "txt", "str", digest, text))


def extract_repairs(report: Report) -> pd.DataFrame:
    """What cleaning did to a report, as a table.

    Returns
    -------
    DataFrame
        One row a repair, in order of place: ``kind``, ``found`` (the place as found, with what was taken out between 〖 〗),
        ``after`` (what stands there instead), ``start``, ``end`` (in ``report.source.text``, not in ``report.text``).
    """
    import pandas as pd

    text = report.source.text
    rows = [
        (r.kind, f"{text[max(0, r.start - 8) : r.start]}〖{r.before}〗{text[r.end : r.end + 8]}", r.after, r.start, r.end)
        for r in report.repairs
    ]
    return readable(pd.DataFrame(rows, columns=["kind", "found", "after", "start", "end"]))


def _report(source: Source) -> Report:
    mended = clean(source.text)
    if not mended.text:
        raise LoadingError(f"{source.path}: nothing is left of the text once web residue and page numbers are taken out.")
    simplified = to_simplified(mended.text)
    outline = parse_outline(mended.text, simplified)
    source = replace(source, tables=tuple(map(clean_table, source.tables)))
    if not outline.issuer:  # the text does not name it; the page around it may
        told = next((value for what, value, _ in source.told if what == "issuer"), "")
        outline = replace(outline, issuer=told)
    return Report(source, mended, outline, report_sentences(mended.text, outline, simplified), simplified)
