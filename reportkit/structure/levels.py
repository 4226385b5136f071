"""Headings → how they rank in this report: a smaller number stands above a larger one.

The official order is that of ``language.numbering``; reports take liberties with it:

* some put （一） above 一、;
* some begin again with 一、 below a section and go on with the outer numbers later: 一 二 [一 二 三] 三;
* a heading without a number is a chapter above all numbers, or stands inside a section whose numbers go on after it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reportkit.language.numbering import HAN, HAN_PAREN
from reportkit.structure.chapters import without_number
from reportkit.structure.numbered import ANNEX, CHAPTER, MINOR, Heading

__all__ = ["place_headings"]

_DEEPEST = 5  # how often one style may be nested in itself
_TWO_LINES = 60  # characters of a title that takes two lines
_LEAD_IN = 1200  # characters that a section may have before numbers begin again under it

Placed = tuple[Heading, float]


def place_headings(text: str, headings: Sequence[Heading]) -> list[Placed]:
    """Each heading with its rank, in reading order.

    Titles of two lines are put together; a line without a number that turns out to be all the text of a section is left out.
    """
    headings = _two_line_titles(text, headings)
    order = _turned(headings)
    counted = [float(order.get(heading.rank, heading.rank)) for heading in headings]
    ranks: list[float | None] = [*counted]
    for i, rank in without_number(text, headings, counted):
        ranks[i] = rank
    placed = [(heading, rank) for heading, rank in zip(headings, ranks, strict=True) if rank is not None]
    depths = _depths(text, placed)
    return [(heading, rank + depth / 10) for (heading, rank), depth in zip(placed, depths, strict=True)]


def _two_line_titles(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Put a numbered line and the only line without a number under it, a text after that, together to one title."""
    joined: list[Heading] = []
    for before, heading, after in zip([None, *headings], headings, [*headings[1:], None], strict=False):
        if before and _breaks_off(before, heading) and _leads_on(text, before, heading, after):
            joined[-1] = replace(before, title_end=heading.title_end, end=heading.end)
        else:
            joined.append(heading)
    return joined


def _breaks_off(before: Heading, heading: Heading) -> bool:
    """Whether a line without a number may be the second line of the numbered heading's title before it."""
    return (
        heading.rank in (MINOR, CHAPTER)
        and before.number != ""
        and before.rank != ANNEX
        and before.title_end + 1 == heading.start
        and heading.end - before.start <= _TWO_LINES
    )


def _leads_on(text: str, before: Heading, heading: Heading, after: Heading | None) -> bool:
    """Whether a text or lower numbers follow, and no other line without a number that would be the heading's equal."""
    if after is None:
        return text[heading.end :].strip() != ""
    return after.rank != MINOR and (after.rank > before.rank or text[heading.end : after.start].strip() != "")


# --- numbers ------------------------------------------------------------------------------------------------------


def _turned(headings: Sequence[Heading]) -> dict[int, int]:
    """The ranks that change places, where the report puts a lower style above a higher one.

    （一） before 一、, both from the first on; of other styles only where the lower counts on across the higher: 1. （一） 2.
    """
    first = {heading.rank: heading for heading in reversed(headings)}
    ranks = sorted(first)
    for high, low in pairwise(ranks):
        before = first[low].start < first[high].start and first[low].value == first[high].value == 1
        if before and ((high, low) == (HAN, HAN_PAREN) or _counts_across(headings, low, high)):
            return {high: low, low: high}
    return {}


def _counts_across(headings: Sequence[Heading], low: int, high: int) -> bool:
    """Whether numbers of the style ``low`` go on after one of the style ``high``."""
    last, crossed = 0, False
    for heading in headings:
        if heading.rank == high:
            crossed = True
        elif heading.rank == low:
            if crossed and heading.value == last + 1:
                return True
            last, crossed = heading.value, False
    return False


def _depths(text: str, placed: Sequence[Placed]) -> list[int]:
    """How deep each number is nested in its own style, from 0."""
    runs = list(_runs(placed))
    keys = [(rank, run) for (_, rank), run in zip(placed, runs, strict=True)]
    returns = _returns(placed, keys)
    depths: list[int] = []
    titles: set[str] = set()
    counts: dict[float, tuple[int, list[int]]] = {}  # of each rank: its run, and the last number on each level
    for i, ((heading, rank), run) in enumerate(zip(placed, runs, strict=True)):
        last_run, levels = counts.get(rank, (run, []))
        levels = levels if last_run == run else []
        inner = bool(levels) and (returns.get((*keys[i], levels[-1] + 1), -1) > i or _is_led_in(text, placed, i, titles))
        levels = _nested(levels, heading.value, inner)
        counts[rank] = run, levels
        titles.add(heading.title(text))
        depths.append(len(levels) - 1)
    return depths


def _returns(placed: Sequence[Placed], keys: Sequence[tuple[float, int]]) -> dict[tuple[float, int, int], int]:
    """Where a number comes for the last time that is not the next after the one before it: outer numbers going on."""
    returns: dict[tuple[float, int, int], int] = {}
    before: dict[tuple[float, int], int] = {}
    for i, ((heading, _), key) in enumerate(zip(placed, keys, strict=True)):
        if heading.value not in (1, before.get(key, 0) + 1):
            returns[(*key, heading.value)] = i
        before[key] = heading.value
    return returns


def _is_led_in(text: str, placed: Sequence[Placed], i: int, titles: Container[str]) -> bool:
    """Whether a sequence begins again straight after another heading of its style and a few words that lead in to it.

    One whose first title stood before is the whole report once more.
    """
    heading, rank = placed[i]
    before, rank_before = placed[i - 1]
    if heading.value != 1 or rank_before != rank or heading.start - before.end > _LEAD_IN:
        return False
    following = next((after.value for after, r in placed[i + 1 : i + 50] if r <= rank), 0)
    return following == 2 and heading.title(text) not in titles


def _runs(placed: Sequence[Placed]) -> Iterator[int]:
    """For each heading, how many headings of a higher rank stand before it: numbers begin again after each of them."""
    ranks = sorted({rank for _, rank in placed})
    seen = dict.fromkeys(ranks, 0)
    for _, rank in placed:
        yield sum(seen[higher] for higher in ranks if higher < rank)
        seen[rank] += 1


def _nested(counts: list[int], value: int, goes_on_later: bool) -> list[int]:
    """The numbers on each level once ``value`` is counted: on, one level in, some levels out, or out of order."""
    if not counts or value == counts[-1] + 1:
        return [*counts[:-1], value]
    if value == 1 and goes_on_later and len(counts) < _DEEPEST:
        return [*counts, 1]
    for level in range(len(counts) - 2, -1, -1):
        if value == counts[level] + 1:
            return [*counts[:level], value]
    return [*counts[:-1], value]
