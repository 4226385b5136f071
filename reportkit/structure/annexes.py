"""Annexes and lists of terms at the end of a report: one heading each, their entries no sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportkit.language.lines import is_signature_or_date
from reportkit.language.numbering import heading_number
from reportkit.structure.alone import Page
from reportkit.structure.numbered import ANNEX, CHAPTER, Heading
from reportkit.structure.wording import heading_words

__all__ = ["annex_headings"]

_LONGEST = 60
_NUMBER = re.compile(r"[ ]?(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})?[ ]?[：:]?[ ]*")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|jpe?g|png)[）)]?$", re.IGNORECASE)


def annex_headings(page: Page, headings: Sequence[Heading]) -> list[Heading]:
    """The headings of annexes: 附件1： and its title, there or on the next line; 名词解释.

    A line that only names an attachment (附件：一览表.doc), one that comes before all other headings, and one after which their
    numbers go on are none.
    """
    if not headings:
        return []
    found: list[tuple[int, Heading]] = []
    for i, span in enumerate(page.spans):
        if span.start >= (found[-1][1].end if found else headings[0].start + 1):
            found += [(i, heading) for heading in _annex(page, i)]
    ends = [i for i, _ in found] + [len(page.lines)]
    annexes = [heading for (i, heading), end in zip(found, ends[1:], strict=True) if _has_a_body(page, heading, i, end)]
    while annexes and _numbers_go_on(headings, annexes[0].start):
        annexes.pop(0)
    return annexes


def _annex(page: Page, i: int) -> Iterator[Heading]:
    """The annex heading that a line is, if it is one."""
    line, span = page.lines[i], page.spans[i]
    annex = heading_words("annex").match(line)
    if annex is None:
        if page.may_stand[i] and page.is_text[i - 1] and heading_words("glossary").search(line):
            yield Heading(span.start, span.start, span.end, span.end, "", ANNEX, 0)
        return
    number = _NUMBER.match(line, annex.end())
    after = number.end() if number else annex.end()
    title = span if line[after:] else page.spans[min(i + 1, len(page.spans) - 1)]
    if line[after:]:
        apart = after > annex.end() or heading_words("glossary").search(line, after)
        if apart and _is_title(line[after:]):
            yield Heading(span.start, span.start + after, span.end, span.end, line[:after].rstrip(), ANNEX, 0)
    elif title.start > span.start and _is_title(page.lines[i + 1]):
        yield Heading(span.start, title.start, title.end, title.end, line, ANNEX, 0)
    else:
        yield Heading(span.start, span.end, span.end, span.end, line, ANNEX, 0)


def _is_title(line: str) -> bool:
    marked = re.search("[。！？；]", line) or line[-1] in "：:"
    return len(line) <= _LONGEST and not (marked or heading_number(line) or _FILE.search(line))


def _has_a_body(page: Page, heading: Heading, first: int, end: int) -> bool:
    """Whether lines of text, numbered ones or rows follow an annex's heading, and not only the names of files."""
    body = [i for i in range(first, end) if page.spans[i].start >= heading.end]
    lines = [page.lines[i] for i in body if not is_signature_or_date(page.lines[i])]
    return any(page.is_text[i] or page.numbered[i] for i in body if not _FILE.search(page.lines[i])) or len(lines) >= 3


def _numbers_go_on(headings: Sequence[Heading], start: int) -> bool:
    """Whether the numbers of the outermost headings before a place are carried on after it."""
    numbered = [heading for heading in headings if heading.rank > CHAPTER + 1]
    before = [heading for heading in numbered if heading.start < start]
    if not before:
        return False
    top = min(heading.rank for heading in before)
    last = next(heading.value for heading in reversed(before) if heading.rank == top)
    after = next((heading.value for heading in numbered if heading.start > start and heading.rank == top), None)
    return after == last + 1
