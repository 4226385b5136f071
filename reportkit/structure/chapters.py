"""Headings without a number → where they stand: above all numbers, inside a section, or nowhere.

One stands inside a section whose numbers go on after it (一 [x] 二), and is none of its own where it is all the text between
two numbers.  Otherwise it is a chapter; several slogans in a row under a chapter are its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reportkit.structure.numbered import ANNEX, CHAPTER, MINOR, Heading

__all__ = ["without_number"]

_LONG_PART = 1500  # characters of text from which on a slogan may be a chapter's
_BELOW = 0.5  # how far a heading without a number ranks after the one that it stands under

Rank = float | None  # None: no heading


def without_number(text: str, headings: Sequence[Heading], ranks: Sequence[float]) -> Iterator[tuple[int, Rank]]:
    """Each heading without a number, by its place among ``headings``, with its rank; ``ranks`` are those of the numbers."""
    around = _around(headings, ranks)
    for above, group in groupby((i for i, inside in enumerate(around) if inside is not None), key=lambda i: around[i]):
        members = list(group)
        if above is None or above[1] is None:
            yield from _chapters(text, headings, members)
            continue
        whole = len(members) > 1 or headings[members[0]].rank == CHAPTER
        for i in members:
            following = headings[i + 1].start if i + 1 < len(headings) else len(text)
            has_text = bool(text[headings[i].end : following].strip())
            yield i, above[1] + _BELOW if whole and has_text else None


def _around(headings: Sequence[Heading], ranks: Sequence[float]) -> list[tuple[int, Rank] | None]:
    """For each heading without a number: the numbered one before it, and the rank that it stands below (none: a chapter)."""
    nexts = _next_values(headings, ranks)
    first_number = next((i for i, heading in enumerate(headings) if _is_numbered(heading)), len(headings))
    chapters_on_top = any(heading.rank in (CHAPTER, MINOR) for heading in headings[:first_number])
    around: list[tuple[int, Rank] | None] = [None] * len(headings)
    last: dict[float, int] = {}
    section = -1
    for i, heading in enumerate(headings):
        if _is_numbered(heading):
            last = {rank: value for rank, value in last.items() if rank < ranks[i]} | {ranks[i]: heading.value}
            section = i
        elif heading.rank != ANNEX:
            goes_on = (rank for rank in sorted(last) if nexts[i].get(rank) == last[rank] + 1)
            above = next(goes_on, None)
            if heading.rank == CHAPTER and chapters_on_top:
                above = None
            elif above is None and heading.rank == MINOR and last and not chapters_on_top:
                above = max(last)
            around[i] = section, above
    return around


def _next_values(headings: Sequence[Heading], ranks: Sequence[float]) -> list[dict[float, int]]:
    """For each heading without a number: the value that each rank has next, after it."""
    nexts: list[dict[float, int]] = [{}] * len(headings)
    after: dict[float, int] = {}
    for i in range(len(headings) - 1, -1, -1):
        if _is_numbered(headings[i]):
            after[ranks[i]] = headings[i].value
        elif headings[i].rank == ANNEX:
            after = {}
        else:
            nexts[i] = dict(after)
    return nexts


def _is_numbered(heading: Heading) -> bool:
    return heading.rank > MINOR


def _chapters(text: str, headings: Sequence[Heading], members: Sequence[int]) -> Iterator[tuple[int, Rank]]:
    """The ranks of headings above all numbers: chapters, and below a chapter the slogans after it if they are several."""
    before = None
    for chapter, group in groupby(members, key=lambda i: headings[i].rank == CHAPTER):
        run = list(group)
        parts = not chapter and before is not None and len(run) > 1 and _are_parts(text, headings, before, run)
        before = run[-1] if chapter else None
        for i in run:
            yield i, CHAPTER + _BELOW if parts else float(CHAPTER)


def _are_parts(text: str, headings: Sequence[Heading], chapter: int, run: Sequence[int]) -> bool:
    """Whether slogans after a chapter are its parts, and no chapters of the same weight."""
    starts = [heading.start for heading in headings] + [len(text)]
    parts = (starts[run[-1] + 1] - starts[run[0]]) / len(run)
    return parts < _LONG_PART or starts[chapter + 1] - starts[chapter] < parts / 2
