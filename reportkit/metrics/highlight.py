"""How did it work? The sentence of each figure, with the figure marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from reportkit.display import visible
from reportkit.report import Report, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Highlight", "highlight"]

_STYLE = "background:#ffe08a;color:#222;padding:0 .15em;border-radius:2px"


@dataclass(frozen=True, slots=True)
class Highlight:
    """Sentences with a place marked in each, and where they stand.

    It shows in JupyterLab and in exported pages, and prints with 【 】 elsewhere.
    """

    pieces: tuple[tuple[str, str, str, str], ...]

    def __repr__(self) -> str:
        lines = (f"{section}: {before}【{marked}】{after}" for section, before, marked, after in self.pieces)
        return "\n".join(map(visible, lines))

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li><small>{escape(section)}</small> {escape(before)}"
            f'<mark style="{_STYLE}">{escape(marked)}</mark>{escape(after)}</li>'
            for section, before, marked, after in self.pieces
        )
        return f'<ul class="reportkit-highlight" lang="zh">{rows}</ul>'


def highlight(report: Report, rows: pd.DataFrame | pd.Series[Any]) -> Highlight:
    """Show where rows of a table come from: each one's sentence, with its own characters marked.

    Parameters
    ----------
    report
        The report that the table was made from.
    rows
        A table with columns ``start`` and ``end``, or one row of it.

    Returns
    -------
    Highlight
        Escaped, without JavaScript.

    Raises
    ------
    ValueError
        If the rows have no ``start`` and ``end``, or these lie outside the report.
    """
    import pandas as pd

    table = rows if isinstance(rows, pd.DataFrame) else rows.to_frame().T
    if not {"start", "end"} <= set(table.columns):
        raise ValueError(f"rows with columns 'start' and 'end' were expected; these have {', '.join(map(str, table.columns))}")
    pieces = []
    for start, end in zip(table["start"], table["end"], strict=True):
        a, b = int(start), int(end)
        if not 0 <= a <= b <= len(report.text):
            raise ValueError(f"place {a}-{b} is not in this report, which has {len(report.text)} characters")
        pieces.append(_piece(report, a, b))
    return Highlight(tuple(pieces))


def _piece(report: Report, start: int, end: int) -> tuple[str, str, str, str]:
    text = report.text
    in_file = report.place_of(Span(start, end))
    at = bisect_right(report.sentences, start, key=lambda sentence: sentence.span.start) - 1
    if at >= 0 and start < report.sentences[at].span.end:
        sentence = report.sentences[at]
        where, first, last = sentence.section or "—", sentence.span.start, sentence.span.end
    else:
        where, first, last = "—", text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
    return f"{where} · {in_file}" if in_file else where, text[first:start], text[start:end], text[end:last]
