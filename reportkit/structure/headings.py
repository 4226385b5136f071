"""Clean text → headings, in reading order.

A heading is found where its number is (``一、 > （一） > 1. > （1）``, :mod:`~reportkit.structure.numbered`) or, without one,
where it stands alone between two paragraphs (:mod:`~reportkit.structure.alone`).  What looks like a heading and is none
(:mod:`~reportkit.structure.lists`) is left out; an annex is one section (:mod:`~reportkit.structure.annexes`).

Every rule here reads text in simplified characters; places are the same in the text as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportkit.language.numbering import ordinal_number
from reportkit.report import Span
from reportkit.structure.alone import Page, inside_a_line, read_page, standing_alone
from reportkit.structure.annexes import annex_headings
from reportkit.structure.lists import contents_entries, enumerated, table_labels, without_lists
from reportkit.structure.numbered import Heading, numbered_headings, ordinal_heading

__all__ = ["find_headings", "paragraph_spans"]

_PARAGRAPH = re.compile("[^\n]+")


def paragraph_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The paragraphs of clean text: its lines, without the line ends and without empty ones."""
    for found in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        if not found[0].isspace():
            yield Span(*found.span())


def find_headings(text: str, spans: Sequence[Span]) -> list[Heading]:
    """All headings of a clean text in simplified characters, in reading order; ``spans`` are its paragraphs."""
    numbered = _numbered(text, spans)
    page = read_page(text, spans, numbered)
    for lists in (table_labels, contents_entries, enumerated):
        for i in list(lists(text, page.lines, numbered)):
            numbered[i] = []
    _ordinals(page, numbered)
    found = [heading for headings in numbered for heading in headings]
    headings = without_lists(
        text, sorted([*found, *standing_alone(page), *inside_a_line(page)], key=lambda heading: heading.start)
    )
    annexes = annex_headings(page, headings)
    return [heading for heading in headings if not annexes or heading.start < annexes[0].start] + annexes


def _numbered(text: str, spans: Sequence[Span]) -> list[list[Heading]]:
    numbered: list[list[Heading]] = []
    last: dict[int, int] = {}
    for span in spans:
        numbered.append(numbered_headings(text, span, last))
        for heading in numbered[-1]:
            last = {**{rank: value for rank, value in last.items() if rank < heading.rank}, heading.rank: heading.value}
    return numbered


def _ordinals(page: Page, numbered: list[list[Heading]]) -> None:
    """Put in ``第一，`` where all of a sequence are short paragraphs of their own with text under them."""
    run: list[tuple[int, Heading | None]] = []
    for i, span in enumerate(page.spans):
        number = ordinal_number(page.text, span.start)
        if number is None:
            continue
        if number.value == 1:
            _put_in(run, numbered)
            run = []
        heads = i + 1 < len(page.spans) and page.is_text[i + 1] and ordinal_number(page.text, page.spans[i + 1].start) is None
        run.append((i, ordinal_heading(page.text, span) if heads and len(span) <= 40 else None))
    _put_in(run, numbered)


def _put_in(run: Sequence[tuple[int, Heading | None]], numbered: list[list[Heading]]) -> None:
    if len(run) >= 2 and all(heading and heading.value == n for n, (_, heading) in enumerate(run, 1)):
        for i, heading in run:
            numbered[i] = [heading] if heading else []
