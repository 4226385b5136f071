"""Lines → paragraphs: a line goes on in the next one where that one's first word would not have fitted into it.

How far lines of a column can go is told by its body, not by the widest line of a page: a page may hold headings alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.language.characters import CLOSERS, OPENERS
from reportkit.language.lines import leads_to_page
from reportkit.language.numbering import heading_number
from reportkit.loading.layout.columns import Column
from reportkit.loading.layout.lines import Line, usual_size

__all__ = ["Measure", "Start", "measures", "starts_of"]

_STOPS = "。！？；：…”）"
_CLOSING = "，。、；：！？%％‰" + CLOSERS
_SUPPORT = 3  # lines that end at one place where a column ends
_PROSE = 0.6  # of the width of its column that prose fills at least; a list of names is narrower
_ROOM = 0.6  # of a character's size that a full line leaves more than the next word needs
_INDENT = 1.2  # of a character's size, from which a line begins a paragraph
_HANGING = 5  # characters by which a whole paragraph is set in at most; further in stand signatures
_FRONT = 200  # characters of a paragraph by which it is told to be a heading
_WORD = 12  # characters that are looked at as one word


@dataclass(frozen=True, slots=True)
class Measure:
    """How far the lines of a column go, its left edge, the height of its lines, and whether its paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indented: bool


@dataclass(frozen=True, slots=True)
class Start:
    """A line with whether it begins a paragraph."""

    line: Line
    page: int
    is_new: bool


def measures(pages: Sequence[tuple[int, Sequence[Column]]]) -> list[list[Measure]]:
    """The measure of each column of each page; a column with too few lines of prose takes that of its like in the document."""
    alike: dict[str, list[tuple[int, Column]]] = defaultdict(list)
    for number, columns in pages:
        for column in columns:
            alike[column.which].append((number, column))
    whole = {which: _document_measure(same) for which, same in alike.items()}
    return [_of_page(columns, whole) for _, columns in pages]


def _document_measure(columns: Sequence[tuple[int, Column]]) -> tuple[float, float | None, bool]:
    """Left edge, right edge (``None`` where no prose tells it) and indents over all pages, a column of each page as one."""
    lines = [line for _, column in columns for line in column.lines]
    body = _body(lines)
    left = _left(body)
    narrowest = max((column.left + _PROSE * (column.right - column.left) for _, column in columns), default=0.0)
    return left, _supported_right(body, narrowest), _is_indented(body, left)


def _of_page(columns: Sequence[Column], whole: Mapping[str, tuple[float, float | None, bool]]) -> list[Measure]:
    same: dict[str, list[Line]] = defaultdict(list)
    for column in columns:
        same[column.which] += column.lines
    found: list[Measure] = []
    for column in columns:
        body = _body(same[column.which])
        left, right, indented = whole[column.which]
        own = _left(body)
        size = usual_size(body[0].chars) if body else 12.0
        if _is_indented(body, own) or abs(own - left) > 4 * size:
            left = own
        limit = column.right - (left - column.left)  # as wide a margin as on the left
        own_right = _supported_right(body, left + _PROSE * (limit - left))
        widest = max((line.x1 for line in body), default=limit)
        if own_right is None and widest >= limit - 2.5 * size:
            own_right = min(widest, limit + size)
        right = own_right if own_right is not None else right if right is not None else limit
        found.append(Measure(left, right, _pitch(body), indented))
    return found


def _body(lines: Sequence[Line]) -> list[Line]:
    """The lines of the size that most characters have."""
    usual = usual_size([char for line in lines for char in line.chars])
    return [line for line in lines if abs(line.size - usual) <= 0.6] or list(lines)


def _left(lines: Sequence[Line]) -> float:
    """The place furthest left at which two lines begin, or one of few."""
    starts = sorted(line.x0 for line in lines)
    for a, b in pairwise(starts):
        if b - a < 0.5 * lines[0].size:
            return a
    return starts[0] if starts else 0.0


def _supported_right(lines: Sequence[Line], narrowest: float) -> float | None:
    """The place furthest right at which several lines end that are no ends of sentences and no headings."""
    ends = sorted(
        (line.x1 for line in lines if not line.text.endswith(tuple(_STOPS)) and not heading_number(line.text)), reverse=True
    )
    for i in range(len(ends) - _SUPPORT + 1):
        if ends[i] > narrowest and ends[i] - ends[i + _SUPPORT - 1] < 1.2 * lines[0].size:
            return ends[i]
    return None


def _is_indented(lines: Sequence[Line], left: float) -> bool:
    """Whether some lines begin two characters further in than the others."""
    n_in = sum(_INDENT < (line.x0 - left) / line.size < 3 for line in lines)
    n_flush = sum(line.x0 - left < 0.6 * line.size for line in lines)
    return n_in >= 2 and n_flush >= 2


def _pitch(lines: Sequence[Line]) -> float:
    steps = sorted(b.top - a.top for a, b in pairwise(lines) if b.top > a.top)
    return steps[len(steps) // 3] if steps else 0.0


def starts_of(pages: Sequence[tuple[int, Sequence[Column], Sequence[float]]]) -> list[Start]:
    """All lines in reading order, each with whether it begins a paragraph; a table (by its height) parts paragraphs."""
    every = measures([(number, columns) for number, columns, _ in pages])
    starts: list[Start] = []
    before: tuple[int, Line, Measure, Column] | None = None
    opened = ""  # the front of the paragraph so far
    for (number, columns, tops), own in zip(pages, every, strict=True):
        for column, measure in zip(columns, own, strict=True):
            for line in column.lines:
                goes_on = False
                if before is not None:
                    same_page = before[0] == number
                    parted = any((before[1].top if same_page else 0.0) < top < line.top for top in tops)
                    near = _may_follow(before[3], column, same_page) and (
                        not same_page or before[3].which != column.which or _is_near(before[1], line, measure)
                    )
                    goes_on = near and not parted and _goes_on(before[1], before[2], line, measure, opened)
                starts.append(Start(line, number, not goes_on))
                opened = (opened + line.text if goes_on else line.text)[:_FRONT]
                before = number, line, measure, column
    return starts


def _may_follow(before: Column, column: Column, same_page: bool) -> bool:
    """Whether text may go on from one column in the next: from cell to cell of a frame only over a page."""
    framed = column.is_cell or before.is_cell
    return before is column or not framed or (not same_page and before.which == column.which)


def _is_near(before: Line, line: Line, measure: Measure) -> bool:
    """Whether two lines of a column are no further apart than its lines are."""
    step = line.top - before.top
    return step < 0 or (line.top - before.bottom < 1.6 * line.size and (not measure.pitch or step < 1.45 * measure.pitch))


def _goes_on(before: Line, old: Measure, line: Line, new: Measure, opened: str) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if abs(before.size - line.size) > 0.15 * line.size + 0.5 or not _is_full(before, line, old.right):
        return False
    if leads_to_page(before.text):
        return False
    ended = before.text.endswith(tuple(_STOPS))
    if line.x0 - new.left > _INDENT * line.size:
        inset = line.x0 - new.left
        hanging = inset < _HANGING * line.size and abs(inset - (before.x0 - old.left)) < 0.5 * line.size
        return hanging and not ended and not heading_number(line.text)
    if heading_number(line.text):
        heading = heading_number(opened) is not None and not any(mark in opened for mark in "。；，")
        return not ended and not heading and new.indented
    return new.indented or not ended or before.x1 >= old.right - 0.6 * before.size


def _is_full(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would not have fitted into the line before it."""
    return right - before.x1 < _first_word(line) + _ROOM * before.size


def _first_word(line: Line) -> float:
    """The width of what cannot be parted at the front of a line: a character or Latin word, with the marks that hang on it."""
    n = 0
    text = [char.text for char in line.chars[:_WORD]]
    while n < len(text) and text[n] in OPENERS:
        n += 1
    if n < len(text) and not text[n].isascii():
        n += 1
    while n < len(text) and text[n].isascii() and text[n - 1 if n else 0].isascii():
        n += 1
    while n < len(text) and text[n] in _CLOSING:
        n += 1
    return line.chars[max(0, min(n, len(text)) - 1)].x1 - line.x0
