"""Tables of contents that are plain lines: title, dots or a tab, page number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.language.numbering import heading_number

__all__ = ["contents_lines"]

_HEADING = re.compile(r"\s*(?:图表?|表格?|插图|附[图表])?\s*目\s*[录錄次]\s*|\s*contents\s*", re.IGNORECASE)
_PAGE = re.compile(r"[-–—(（\s]*(\d{1,3})[-–—)）\s]*$")
_LEADERS = "….．·・。-_—–\t 　"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    page: int


def contents_lines(lines: Sequence[str], left_out: frozenset[int] = frozenset()) -> set[int]:
    r"""The places in ``lines`` of the lines of a table of contents and of its heading.

    Lines with a number at the end are one where 目录 stands above them, or where half of their titles come again in the text;
    page numbers never fall.  ``left_out``: places at which such lines have been left out already.

    >>> contents_lines(["目  录", "一、成效\t1", "二、问题……3", "一、成效", "办案3件。", "二、问题"])
    {0, 1, 2}
    >>> contents_lines(["行政许可\t40", "行政处罚\t52", "合计\t92"])
    set()
    """
    entries = [_entry(line) for line in lines]
    titles = {entry.title for entry in entries if entry}
    again = _coming_again(titles, [line for line, entry in zip(lines, entries, strict=True) if entry is None])
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end, page = start, 0
        while end < len(lines) and (entry := entries[end]) is not None and entry.page >= page:
            page, end = entry.page, end + 1
        run = [entry for entry in entries[start:end] if entry]
        has_heading = start > 0 and _HEADING.fullmatch(lines[start - 1]) is not None
        if len(run) > 1 and (has_heading or 2 * sum(entry.title in again for entry in run) >= len(run)):
            found |= set(range(start, end))
        start = max(end, start + 1)
    gone = found | left_out
    return found | {n for n, line in enumerate(lines) if _HEADING.fullmatch(line) and n + 1 in gone}


def _entry(line: str) -> _Entry | None:
    line = line.strip()
    page = _PAGE.search(line[-20:])
    if page is None or len(line) > 400:
        return None
    front = line[: len(line) - len(page[0])]
    title = front.rstrip(_LEADERS)
    leader = line[len(title) : len(line) - len(page[0]) + len(page[0]) - len(page[0].lstrip())]
    if not (0 < len(title) <= _LONGEST) or not ("\t" in leader or "…" in leader or len(leader) >= 3):
        return None
    return _Entry(_squeezed(title), int(page[1]))


def _coming_again(titles: set[str], others: Sequence[str]) -> set[str]:
    """The titles that are another line, with its number or without, or with whose number and words another line begins."""
    lengths = sorted({len(title) for title in titles if heading_number(title)})
    again = set()
    for line in others if titles else ():
        number = heading_number(line)
        front = _squeezed(line[: 2 * _LONGEST])
        again |= {front, front.removeprefix(number.text) if number else front} & titles
        again |= {front[:n] for n in lengths if front[:n] in titles} if number else set()
    return again


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
