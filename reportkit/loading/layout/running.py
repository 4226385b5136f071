"""What stands on a page and is no part of its text: running titles, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.loading.layout.lines import Line, pieces_of
from reportkit.loading.layout.placed import Rule

__all__ = ["Leaf", "footnotes_on", "running_lines"]

_NUMBER = r"(?:\d{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–－―·•~～|\s]*(?:第\s*)?(?P<n>\d{{1,4}}|[ivxIVX]{{1,6}}|(?<=第){_NUMBER}(?=\s*页))(?:\s*页)?"
    rf"(?:\s*[/／,，|]?\s*(?:共\s*)?{_NUMBER}\s*页?)?[-—–－―·•~～|\s]*"
)
_EDGE = 0.09  # of the page height, above and below, where running titles and page numbers stand
_WIDE_EDGE = 0.16  # where they stand, too, if they come again at one place
_MARK = re.compile(r"[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕|[*＊※†]|\d{1,2}(?![\d.、．)）年月日%])|注[：:]")
_OUTER = 8  # lines from the edge that may be running ones
_N_NOTES = 40  # lines of footnotes on a page at most
_LOW = 0.4  # of the page height, above which no footnote begins


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page by its lines: number, size, lines from top to bottom, and whether a table lies above or below all of them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def running_lines(leaves: Sequence[Leaf]) -> set[int]:
    """The ids of lines at the edge of pages that come again, number the pages, or stand apart and small above all others."""
    places: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    numbers: Counter[int] = Counter()
    numbered: list[tuple[int, Line]] = []
    found: set[int] = set()
    leaf_of = {leaf.number: leaf for leaf in leaves}
    for leaf in leaves:
        for line in _at_edge(leaf, _WIDE_EDGE):
            places[_shape(line.text), round(line.top / 4)].append((leaf.number, line))
            match = _PAGE_NUMBER.fullmatch(line.text)
            if match and match["n"].isdecimal():
                numbers[int(match["n"]) - leaf.number] += 1
                numbered.append((int(match["n"]) - leaf.number, line))
        edge = _at_edge(leaf, _EDGE)
        found |= {id(line) for line in edge if _PAGE_NUMBER.fullmatch(line.text) or _is_head(line, leaf)}
    found |= {id(line) for offset, line in numbered if numbers[offset] > 1}
    found |= _coming_again(leaves)
    for (shape, _), lines in places.items():
        pages = {number for number, _ in lines}
        if not all(_stands_out(line, leaf_of[number]) for number, line in lines):
            continue
        enough = len(pages) >= max(3, len(leaves) / 3) or len(pages) == len(leaves) == 2
        if enough and len(shape) > 1:
            found |= {id(line) for _, line in lines}
    return found


def _coming_again(leaves: Sequence[Leaf]) -> set[int]:
    """Lines at the very edge that come again on three pages and a third of all, numbers aside, at whatever height."""
    at_edge = [(line, _shape(line.text)) for leaf in leaves for line in _at_edge(leaf, _EDGE)]
    seen = Counter(shape for leaf in leaves for shape in {_shape(line.text) for line in _at_edge(leaf, _EDGE)})
    return {id(line) for line, shape in at_edge if seen[shape] >= max(3, len(leaves) / 3)}


def _stands_out(line: Line, leaf: Leaf) -> bool:
    """Whether a line lies above or below all others, and apart from them."""
    above = max((other.bottom for other in leaf.lines if other.middle < line.middle), default=None)
    below = min((other.top for other in leaf.lines if other.middle > line.middle), default=None)
    if above is None:
        return below is None or below - line.bottom > line.size
    return below is None and line.top - above > line.size


def _at_edge(leaf: Leaf, share: float) -> list[Line]:
    outer = leaf.lines if len(leaf.lines) <= 2 * _OUTER else leaf.lines[:_OUTER] + leaf.lines[-_OUTER:]
    return [line for line in outer if line.bottom < share * leaf.height or line.top > (1 - share) * leaf.height]


def _is_head(line: Line, leaf: Leaf) -> bool:
    """Whether a line above all others is set smaller than they are and apart from them: a running title of one page."""
    others = [other for other in leaf.lines if other is not line]
    if not others or line.top > leaf.height / 2 or any(other.top <= line.top for other in others):
        return False
    usual = sorted(other.size for other in others)[len(others) // 2]
    return line.size < 0.92 * usual and min(other.top for other in others) - line.bottom > usual


def _shape(words: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", words))


def footnotes_on(leaf: Leaf, lines: Sequence[Line], rules: Sequence[Rule], usual: float) -> list[Line]:
    """The lines of the footnotes of a page: the small ones at its foot, under a short rule or behind a mark."""
    small: list[Line] = []
    for line in reversed(lines):
        if line.size > 0.92 * usual or line.top < _LOW * leaf.height:
            break
        if len(small) == _N_NOTES:
            return []
        small.insert(0, line)
    while small and not (_MARK.match(small[0].text) or _under_short_rule(small[0], lines, rules, leaf)):
        small.pop(0)
    if not small or len(small) == len(lines) or not _is_apart(small[0], lines):
        return []
    if any(len(pieces_of(line)) > 2 for line in small):
        return []  # rows of a table whose rules are drawn piece by piece
    return small


def _under_short_rule(line: Line, lines: Sequence[Line], rules: Sequence[Rule], leaf: Leaf) -> bool:
    above = max((other.bottom for other in lines if other.top < line.top), default=0.0)
    return any(
        above - 2 <= rule.top <= line.top + 2 and rule.top == rule.bottom and 30 < abs(rule.x1 - rule.x0) < 0.5 * leaf.width
        for rule in rules
    )


def _is_apart(first: Line, lines: Sequence[Line]) -> bool:
    """Whether the first of the small lines is no further line of a text that was small before."""
    above = [b for a, b in pairwise([*lines, first]) if b.top < first.top]
    return not above or above[-1].size > first.size * 1.05 or first.top - above[-1].bottom > first.size
