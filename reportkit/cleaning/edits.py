"""What a cleaning step is, and how its edits are applied to a text that remembers where its characters came from.

A step reads a text and yields edits ``(start, end, replacement)`` in order of place; a replacement is never longer than what
it replaces, so that each clean character stands for one character as found.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from reportkit.report import Repair

__all__ = ["Edit", "Step", "applied", "mend", "repairs_of", "runs_of"]

Edit = tuple[int, int, str]
Step = Callable[[str], Iterable[Edit]]


def mend(step: Step, text: str) -> str:
    """What one step alone makes of a text (for trying a step, and for its doctest)."""
    return applied(text, array("l", range(len(text))), list(step(text)))[0]


def applied(text: str, places: array[int], edits: list[Edit]) -> tuple[str, array[int]]:
    """The text after its edits, and the place in the found text of each of its characters."""
    parts, kept, at = [], array("l"), 0
    for start, end, after in edits:
        if start < at or len(after) > end - start:
            raise ValueError(f"a cleaning step yields edits out of order or too long at {start}-{end}")
        parts += [text[at:start], after]
        kept += places[at:start] + places[start : start + len(after)]
        at = end
    parts.append(text[at:])
    return "".join(parts), kept + places[at:]


def repairs_of(kind: str, edits: list[Edit], places: array[int], found: str) -> Iterator[Repair]:
    """The repairs that the edits of one step are, in terms of the text as found."""
    for start, end, after in edits:
        first, last = places[start], places[end - 1] + 1
        yield Repair(kind, first, last, found[first:last], after)


def runs_of(places: array[int]) -> tuple[tuple[int, int], ...]:
    """Pairs (clean, found) at which the distance between the two changes; it only grows, so that long runs are leapt over."""
    runs = []
    at, n = 0, len(places)
    while at < n:
        first, leap = places[at], 1
        runs.append((at, first))
        while at + leap < n and places[at + leap] == first + leap:
            leap *= 2
        at = bisect_right(range(n), first - at, at + leap // 2, min(at + leap, n), key=lambda i: places[i] - i)
    return tuple(runs)
