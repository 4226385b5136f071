"""Grids and characters → tables: the text of each cell, a frame told from a table, tables that go on over a page joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportkit.language.characters import HAN
from reportkit.language.numbering import heading_number
from reportkit.language.radicals import RADICALS, plain_character
from reportkit.loading.layout.lines import Line, lines_of, pieces_of
from reportkit.loading.layout.placed import Char, Sheet
from reportkit.loading.layout.rules import Bars, Grid, grids_of, index_of
from reportkit.loading.layout.unruled import open_grids, split_rows, unruled_grids
from reportkit.report import Table

__all__ = ["Frame", "Part", "as_tables", "tables_on"]

_SLACK = 5.0  # points by which the edges of one table differ from page to page
_TO_END = 0.8  # of the page's height, from which a table that ends there may go on
_TO_TOP = 0.2  # of the page's height, above which a table that begins there may have come from the page before
_FOOT = 0.93  # of the page's height, below which page numbers stand
_LONG = 100  # characters of a cell that holds a report's text
_SPACED_HAN = re.compile(rf"(?<=[{HAN}，。、；：（）])[ \u3000]+(?=[{HAN}，。、；：（）])")


@dataclass(frozen=True, slots=True)
class Part:
    """A table on one page: its box, the edges of its columns, and for each place the number and text of the cell there."""

    page: int
    top: float
    bottom: float
    xs: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]
    texts: tuple[str, ...]
    caption: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"page {self.page}, {self.xs[0]:.0f}-{self.xs[-1]:.0f} x {self.top:.0f}-{self.bottom:.0f}"

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The text of each place."""
        return tuple(tuple(self.texts[cell] for cell in row) for row in self.cells)


@dataclass(frozen=True, slots=True)
class Frame:
    """Rules around the text of a report: what each of its cells holds, in reading order, labels aside."""

    left: float
    top: float
    right: float
    bottom: float
    cells: tuple[tuple[float, float, tuple[Char, ...]], ...]  # left wall, right wall, characters
    labels: tuple[str, ...]  # what stands in a narrow cell beside the text and only names it


def tables_on(
    sheet: Sheet, chars: Sequence[Char], turned: Sequence[Char], before: Part | Frame | None
) -> tuple[list[Part], list[Frame], set[int], bool]:
    """The tables and frames of a page, the ids of the characters in them, and whether rules were too many to be read.

    ``before`` is what the page before ended with: a frame or a table may go on in one that would be none alone.
    """
    grids, bars, crowded = grids_of(sheet.rules)
    found = [split_rows(grid, _inside(grid, chars)) for grid in grids]
    ruled = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in found]
    free = [char for char in chars if not any(_holds(box, char) for box in ruled)]
    free_lines = lines_of(free)
    bars = [_closed_by_page(stack, free_lines, sheet) for stack in bars]
    found += [grid for stack in bars if len(stack.ys) > 2 for grid in open_grids(stack, free)]
    in_open = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in found[len(grids) :]]
    found += unruled_grids(lines_of([char for char in free if not any(_holds(box, char) for box in in_open)]))
    found += [Grid((bar.x0, bar.x1), bar.ys, ((0,),)) for bar in bars if len(bar.ys) == 2 and _goes_on(before, bar.x0, bar.x1)]
    parts: list[Part] = []
    frames: list[Frame] = []
    taken: set[int] = set()
    for grid in sorted(found, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])):
        held = _by_cell(grid, [char for char in chars if id(char) not in taken], turned)
        continues = grid.ys[0] < _TO_TOP * sheet.height and _goes_on(before, grid.xs[0], grid.xs[-1])
        if _is_frame(held) or (continues and isinstance(before, Frame)):
            frames.append(_frame(grid, held))
        elif _is_table(grid, held) or (continues and isinstance(before, Part)):
            parts.append(_part(grid, held, sheet.number))
        else:
            continue
        taken |= {id(char) for cell in held for char in cell}
    return sorted(parts, key=lambda part: (part.top, part.xs[0])), sorted(frames, key=lambda frame: frame.top), taken, crowded


def _closed_by_page(stack: Bars, free: Sequence[Line], sheet: Sheet) -> Bars:
    """A head between two rules whose rows run on to the foot of the page, which cut off the closing rule, closed there."""
    if len(stack.ys) != 2:
        return stack
    lines = [line for line in free if line.middle > stack.ys[0] and line.bottom < _FOOT * sheet.height]
    n_columns = max((len(pieces_of(line)) for line in lines if line.middle < stack.ys[1]), default=0)
    end = stack.ys[1]
    for line in lines:
        if line.middle < stack.ys[1]:
            continue
        if n_columns < 3 or len(pieces_of(line)) < n_columns - 1 or line.top - end > 2 * line.size:
            return stack
        end = line.bottom + 2
    return stack if end == stack.ys[1] else replace(stack, ys=(*stack.ys, end))


def _goes_on(before: Part | Frame | None, x0: float, x1: float) -> bool:
    if before is None:
        return False
    left, right = (before.xs[0], before.xs[-1]) if isinstance(before, Part) else (before.left, before.right)
    return abs(left - x0) <= _SLACK and abs(right - x1) <= _SLACK


def _holds(box: tuple[float, float, float, float], char: Char) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom


def _inside(grid: Grid, chars: Sequence[Char]) -> list[Char]:
    box = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    return [char for char in chars if _holds(box, char)]


def _by_cell(grid: Grid, chars: Sequence[Char], turned: Sequence[Char]) -> list[list[Char]]:
    """The characters of each cell; where a cell has no upright ones, those that are turned by a quarter."""
    held: list[list[Char]] = [[] for _ in range(1 + max(max(row) for row in grid.cells))]
    for char in _inside(grid, chars):
        held[_cell_at(grid, char)].append(char)
    empty = {number for number, cell in enumerate(held) if not cell}
    for char in _inside(grid, turned):
        number = _cell_at(grid, char)
        if number in empty and min(abs(char.angle - 90), abs(char.angle - 270)) < 3:
            held[number].append(char)
    return held


def _cell_at(grid: Grid, char: Char) -> int:
    row = index_of((char.top + char.bottom) / 2, grid.ys)
    return grid.cells[row][index_of((char.x0 + char.x1) / 2, grid.xs)]


def _is_table(grid: Grid, held: Sequence[Sequence[Char]]) -> bool:
    """Whether rules make a table: more than one column, and text in more than one cell."""
    wide = sum(len(set(row)) > 1 for row in grid.cells)
    filled = sum(bool(cell) for cell in held)
    return filled > 1 and (wide > 1 or (wide == 1 and (len(grid.cells) > 1 or len(grid.xs) > 3)))


def _is_frame(held: Sequence[Sequence[Char]]) -> bool:
    """Whether one cell holds most of the text, in sentences: the rules are a frame around a report."""
    largest = max(held, key=len, default=())
    stops = sum(char.text in "。；！？" for char in largest)
    return len(largest) > _LONG and stops > 1 and len(largest) * 2 > sum(map(len, held))


def _frame(grid: Grid, held: Sequence[Sequence[Char]]) -> Frame:
    walls: dict[int, tuple[float, float]] = {}
    for row in grid.cells:
        for column, cell in enumerate(row):
            left, _ = walls.get(cell, (grid.xs[column], 0.0))
            walls[cell] = left, grid.xs[column + 1]
    labels = {cell for row in grid.cells for cell in row if _is_label(cell, row, held)}
    cells = tuple((*sides, tuple(held[cell])) for cell, sides in walls.items() if held[cell] and cell not in labels)
    names = tuple(_text_in(held[cell]) for cell in walls if cell in labels)
    return Frame(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], cells, names)


def _is_label(cell: int, row: Sequence[int], held: Sequence[Sequence[Char]]) -> bool:
    """Whether a cell with a few characters stands before one with sentences and only says what they are."""
    text = "".join(char.text for char in held[cell])
    beside = max((len(held[other]) for other in row if other != cell), default=0)
    return cell == row[0] and 0 < len(text) <= 16 and beside > 40 and not any(mark in text for mark in "。；：，")


def _part(grid: Grid, held: Sequence[Sequence[Char]], page: int) -> Part:
    texts = tuple(_text_in(cell) for cell in held)
    return Part(page, grid.ys[0], grid.ys[-1], grid.xs, grid.cells, texts)


def _text_in(cell: Sequence[Char]) -> str:
    """The text of a cell, its lines joined; without the spaces that only spread its words."""
    if cell and not any(min(char.angle, 360 - char.angle) <= 3 for char in cell):
        return "".join(char.text for char in cell)
    words = ""
    for line in lines_of(cell):
        words += (" " if _are_words(words[-1:], line.text[:1]) else "") + line.text
    words = _SPACED_HAN.sub("", words).replace("\u3000", " ")
    return RADICALS.sub(lambda found: plain_character(found[0]), words).strip()


def _are_words(before: str, after: str) -> bool:
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()


def as_tables(parts: Sequence[tuple[Part, bool]]) -> Iterator[Table]:
    """Tables in order; a part that is marked as going on is put under the one before it."""
    last: Part | None = None
    place = ""
    for part, goes_on in parts:
        if last is not None and goes_on:
            last = _joined(last, part)
            place += f"; {part.place}"
            continue
        if last is not None:
            yield Table(last.rows, last.caption, place)
        last, place = part, part.place
    if last is not None:
        yield Table(last.rows, last.caption, place)


def _joined(first: Part, second: Part) -> Part:
    """Two parts as one: of the columns of both, without the second one's heading, a row that the page cut made whole."""
    xs = _all_edges(first.xs, second.xs)
    offset = len(first.texts)
    over = [_spread(row, first.xs, xs) for row in first.cells]
    under = [tuple(cell + offset for cell in _spread(row, second.xs, xs)) for row in second.cells]
    texts = [*first.texts, *second.texts]
    under = under[_same_head(first.rows, second.rows) :]
    if under:
        _mend_cut(over, under, texts)
    return Part(first.page, first.top, first.bottom, xs, (*over, *under), tuple(texts), first.caption)


def _all_edges(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for x in sorted([*first, *second]):
        if not edges or x - edges[-1] > _SLACK:
            edges.append(x)
    return tuple(edges)


def _spread(row: Sequence[int], xs: Sequence[float], to: Sequence[float]) -> tuple[int, ...]:
    return tuple(row[index_of((a + b) / 2, xs)] for a, b in pairwise(to))


def _same_head(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> int:
    """How many rows at the head of the second part only say again what the first one's say."""
    n = 0
    while n < min(len(first), len(second) - 1, 4) and first[n] == second[n] and any(first[n]):
        n += 1
    digits = any(cell.isdecimal() for row in first[:n] for cell in row)
    return 0 if digits else n


def _mend_cut(over: list[tuple[int, ...]], under: list[tuple[int, ...]], texts: list[str]) -> None:
    """Cells that the page cut in two get the text of both halves; a row that is only the rest of one goes into it."""
    rest = [column for column, cell in enumerate(under[0]) if texts[cell]]
    is_rest = 0 not in rest and rest and not any(texts[under[0][column]].isdecimal() for column in rest)
    if is_rest and len(under) > 0 and all(texts[over[-1][column]] for column in rest):
        for column in dict.fromkeys(rest):
            _append(texts, over[-1][column], under[0][column])
        under.pop(0)
        return
    for column, cell in enumerate(under[0]):
        above = over[-1][column]
        if _is_numbered([texts[row[column]] for row in over]) and not heading_number(texts[cell]) and texts[above]:
            if texts[cell] == texts[above]:
                continue
            _append(texts, above, cell)
            texts[cell] = texts[above]


def _append(texts: list[str], above: int, cell: int) -> None:
    if texts[cell] and not texts[above].endswith(texts[cell]):
        texts[above] += texts[cell]


def _is_numbered(column: Sequence[str]) -> bool:
    """Whether the entries of a column begin with numbers, one after the other, as the rows of a form do."""
    entries = [text for text in dict.fromkeys(column) if text]
    numbered = sum(heading_number(text) is not None for text in entries)
    return numbered >= 3 and numbered * 10 >= len(entries) * 6
