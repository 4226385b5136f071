"""Clean text → outline: the section tree, losing nothing.

Preamble, sections and closing follow each other without a gap and together are the text; annexes are sections after the
closing.  Where the numbers of the headings do not count as they should, the tree follows the text and a diagnostic says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from reportkit.language.script import to_simplified
from reportkit.report import Outline, Paragraph, Report, Section, Span
from reportkit.structure.closing import closing_start
from reportkit.structure.doubts import diagnose
from reportkit.structure.headings import find_headings, paragraph_spans
from reportkit.structure.levels import Placed, place_headings
from reportkit.structure.numbered import ANNEX
from reportkit.structure.titlepage import Line, find_issuer, find_title, find_year

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract_sections", "parse_outline"]


def parse_outline(text: str, simplified: str | None = None) -> Outline:
    r"""Find the section tree of a clean text.

    Parameters
    ----------
    text
        The text as it is printed.
    simplified
        The same in simplified characters, of the same length, which is what the rules read; made where it is not given.

    Returns
    -------
    Outline
        ``issuer``, ``title``, ``year``, ``preamble``, ``sections``, ``closing`` and ``diagnostics``.

    Notes
    -----
    What it gets wrong: slogans without a number that stand alone are parts of a chapter only where there are several; a closing
    paragraph that neither salutes nor concludes, in a report whose sections have several paragraphs, stays in the last section.
    Source of the numbering: GB/T 9704-2012.

    >>> print(parse_outline("某某局\n2023年工作报告\n情况如下：\n一、成效\n（一）执法。共办案3件。\n二、问题\n无。"))
    2023年工作报告 · 某某局 · 2023
    ├─ (preamble) [20 characters]
    ├─ 一、成效 [18 characters]
    │  ├─ （一）执法 [13 characters]
    ├─ 二、问题 [7 characters]
    """
    read = to_simplified(text) if simplified is None else simplified
    spans = list(paragraph_spans(read))
    placed = place_headings(read, find_headings(read, spans))
    headings = [heading for heading, _ in placed]
    n_body = sum(1 for _ in takewhile(lambda heading: heading.rank != ANNEX, headings))
    body_end = headings[n_body].start if n_body < len(headings) else len(text)
    closing = closing_start(read, headings[:n_body], body_end)
    first = headings[0].start if headings else closing
    body = _build(text, placed, 0, n_body, closing, 1, "")
    sections = body + _build(text, placed, n_body, len(placed), len(text), 1, "")
    lines = [Line(span.of(read), span.of(text)) for span in spans]
    title = find_title(lines)
    return Outline(
        issuer=find_issuer(lines, title),
        title=title.printed,
        year=find_year(lines, title, [heading.title(read) for heading in headings]),
        preamble=_paragraphs(text, 0, first),
        sections=sections,
        closing=_paragraphs(text, closing, body_end),
        diagnostics=tuple(diagnose(text, headings, sections)),
        preamble_span=Span(0, first),
        closing_span=Span(closing, body_end),
    )


def extract_sections(report: Report) -> pd.DataFrame:
    """The sections of a report as a table.

    Returns
    -------
    DataFrame
        One row a section, in reading order: ``id`` (what ``section_id`` of other tables names), ``path`` (``"三/（一）"``; two
        sections may have the same), ``level`` (from 1), ``number``, ``title``,
        ``n_chars``, ``n_sentences`` and ``n_numbers`` (runs of digits as printed, figures or not) of the section **with its
        subsections**, ``start``, ``end``.
    """
    import pandas as pd

    rows = []
    starts = [sentence.span.start for sentence in report.sentences]
    for section in report.outline.walk():
        rows.append(
            {
                "id": section.id,
                "path": section.path,
                "level": section.level,
                "number": section.number,
                "title": section.title,
                "n_chars": len(section.span),
                "n_sentences": bisect_left(starts, section.span.end) - bisect_left(starts, section.span.start),
                "n_numbers": len(re.findall(r"\d+(?:[.,]\d+)*", section.span.of(report.text))),
                "start": section.span.start,
                "end": section.span.end,
            }
        )
    columns = ["id", "path", "level", "number", "title", "n_chars", "n_sentences", "n_numbers", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


# --- the tree -----------------------------------------------------------------------------------------------------


def _build(text: str, placed: Sequence[Placed], first: int, last: int, end: int, level: int, path: str) -> tuple[Section, ...]:
    """The sections of ``placed[first:last]``, which end at ``end``: each takes those of lower rank after it."""
    sections = []
    at = first
    while at < last:
        following = at + 1
        while following < last and placed[following][1] > placed[at][1]:
            following += 1
        heading = placed[at][0]
        section_end = placed[following][0].start if following < last else end
        own_end = placed[at + 1][0].start if at + 1 < following else section_end
        number, title = heading.printed_number(text), heading.title(text)
        name = number.strip("、.．：: ") or title
        own_path = f"{path}/{name}" if path else name
        sections.append(
            Section(
                number=number,
                title=title,
                level=level,
                path=own_path,
                id=f"s{at + 1}",
                heading=Span(heading.start, heading.end),
                span=Span(heading.start, section_end),
                paragraphs=_paragraphs(text, heading.end, own_end),
                children=_build(text, placed, at + 1, following, section_end, level + 1, own_path),
            )
        )
        at = following
    return tuple(sections)


def _paragraphs(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(span.of(text), span) for span in paragraph_spans(text, start, end))
