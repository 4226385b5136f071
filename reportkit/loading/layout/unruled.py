"""Rows and columns that no rule parts: the body of a three-line table, told by the gaps that all of its rows leave."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportkit.loading.layout.columns import is_prose
from reportkit.loading.layout.lines import Line, lines_of, pieces_of
from reportkit.loading.layout.placed import Char
from reportkit.loading.layout.rules import Bars, Grid, index_of

__all__ = ["open_grids", "rows_of", "split_rows", "unruled_grids"]

_GAP = 0.7  # of a character's size, from which a gap may part two cells
_WIDE_GAP = 1.0  # of a character's size, where no rule says that there are cells
_NUMBER = re.compile(r"[-－—–+]?[\d,，.]*\d%?|[-－—–/]{1,2}")


def open_grids(bars: Bars, chars: Sequence[Char]) -> Iterator[Grid]:
    """The tables between the rules of a stack: runs of bands that hold rows of cells, and not prose."""
    inside = sorted(
        (char for char in chars if bars.x0 - 2 <= (char.x0 + char.x1) / 2 <= bars.x1 + 2),
        key=lambda char: char.top + char.bottom,
    )
    heights = [(char.top + char.bottom) / 2 for char in inside]
    run: list[tuple[float, float, list[Line]]] = []
    for top, bottom in pairwise(bars.ys):
        lines = lines_of(inside[bisect_left(heights, top) : bisect_left(heights, bottom)])
        if lines and not _is_tabular(lines, bars.x1 - bars.x0):
            yield from _grid(run, bars)
            run = []
        else:
            run.append((top, bottom, lines))
    yield from _grid(run, bars)


def unruled_grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """The tables that no rule shows: three rows and more, one after the other, of three cells and more, with numbers."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and len(pieces_of(line, _WIDE_GAP)) >= 3 and _follows(run, line):
            run.append(line)
            continue
        if len(run) >= 3 and sum(_has_number(row) for row in run) * 2 >= len(run):
            yield from _unruled(run)
        run = [line] if line is not None and len(pieces_of(line, _WIDE_GAP)) >= 3 else []


def _follows(run: Sequence[Line], line: Line) -> bool:
    return not run or line.top - run[-1].bottom < 3 * line.size


def _has_number(line: Line) -> bool:
    return any(_NUMBER.fullmatch(piece.text) for piece in pieces_of(line, _WIDE_GAP))


def _unruled(run: Sequence[Line]) -> Iterator[Grid]:
    x0, x1 = min(line.x0 for line in run) - 1, max(line.x1 for line in run) + 1
    head = (run[0].bottom + run[1].top) / 2
    bars = Bars(x0, x1, (run[0].top - 1, head, max(line.bottom for line in run) + 1))
    for grid in _grid([(bars.ys[0], head, [run[0]]), (head, bars.ys[2], list(run[1:]))], bars):
        if len(grid.xs) > 3 and len(grid.xs) == 1 + max(len(pieces_of(line, _GAP)) for line in run):
            yield grid


def _is_tabular(lines: Sequence[Line], width: float) -> bool:
    """Whether most lines are rows of cells: in pieces, none of which is as wide as a line of prose."""
    rows = [pieces_of(line, _GAP) for line in lines]
    parted = [row for row in rows if len(row) > 1 and max(piece.x1 - piece.x0 for piece in row) < 0.75 * width]
    return len(parted) * 2 >= len(rows)


def _grid(bands: Sequence[tuple[float, float, list[Line]]], bars: Bars) -> Iterator[Grid]:
    lines = [line for _, _, band in bands for line in band]
    xs = _columns([pieces_of(line, _GAP) for line in lines], bars)
    if len(xs) < 3 or sum(bool(band) for _, _, band in bands) < 2:
        return
    ys = [bands[0][0]]
    for _, bottom, band in bands:
        if band:
            ys += [*_between(rows_of(band)), bottom]
    if len(ys) < 3:
        return
    yield Grid(tuple(xs), tuple(ys), _with_spans(xs, ys, lines))


def _columns(rows: Sequence[Sequence[Line]], bars: Bars) -> list[float]:
    """The edges of columns: the middles of the gaps that all full rows leave."""
    most = max((len(row) for row in rows), default=0)
    full = [row for row in rows if len(row) > 1 and len(row) >= 0.7 * most]
    spans = sorted((piece.x0, piece.x1) for row in full for piece in row)
    size = min((piece.size for row in full for piece in row), default=1.0)
    xs, end = [bars.x0], 0.0
    for start, stop in spans:
        if end and start - end > 0.5 * size:
            xs.append((start + end) / 2)
        end = max(end, stop)
    columns = [[row[0] for row in full if len(row) == 2], [row[1] for row in full if len(row) == 2]]
    if len(full) > 4 and all(len(column) == len(full) and is_prose(column) for column in columns):
        return []  # two columns of text between rules
    return [*xs, bars.x1]


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one row together: they overlap in height, or one cell alone goes on close under the row."""
    rows: list[list[Line]] = []
    bottom = 0.0
    for line in lines:
        if rows and line.top < bottom - 0.15 * line.size:
            rows[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            rows.append([line])
            bottom = line.bottom
    gaps = sorted(b[0].top - a[-1].bottom for a, b in pairwise(rows))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    joined: list[list[Line]] = []
    for row in rows:
        alone = len(row) == 1 and len(pieces_of(row[0], _GAP)) == 1
        if joined and alone and row[0].top - joined[-1][-1].bottom < 0.5 * usual:
            joined[-1] += row
        else:
            joined.append(list(row))
    return joined


def _between(rows: Sequence[Sequence[Line]]) -> Iterator[float]:
    for a, b in pairwise(rows):
        yield (max(line.bottom for line in a) + min(line.top for line in b)) / 2


def _with_spans(xs: Sequence[float], ys: Sequence[float], lines: Sequence[Line]) -> tuple[tuple[int, ...], ...]:
    """Cells of a grid without walls: each place its own, but those that one piece of text reaches across."""
    n = len(xs) - 1
    cells = [[row * n + column for column in range(n)] for row in range(len(ys) - 1)]
    for line in lines:
        row = cells[index_of(line.middle, ys)]
        for piece in pieces_of(line, _GAP):
            first, last = index_of(piece.x0 + piece.size, xs), index_of(piece.x1 - piece.size, xs)
            for column in range(first + 1, last + 1):
                row[column] = row[first]
    return tuple(tuple(row) for row in cells)


def split_rows(grid: Grid, chars: Sequence[Char]) -> Grid:
    """A grid whose bands hold several rows of numbers that only its columns' rules part, cut into these rows."""
    by_band: list[list[Char]] = [[] for _ in grid.cells]
    for char in chars:
        by_band[index_of((char.top + char.bottom) / 2, grid.ys)].append(char)
    ys = [grid.ys[0]]
    cells: list[tuple[int, ...]] = []
    number = max(max(row) for row in grid.cells) + 1
    for band, row, bottom in zip(by_band, grid.cells, grid.ys[1:], strict=True):
        rows = rows_of(lines_of(band)) if len(band) >= 4 else []
        if len(rows) < 2 or len(set(row)) < len(row) or not all(_is_numeric(line, grid.xs) for line in rows):
            ys.append(bottom)
            cells.append(row)
            continue
        ys += [*_between(rows), bottom]
        for _ in rows:
            cells.append(tuple(range(number, number + len(row))))
            number += len(row)
    return Grid(grid.xs, tuple(ys), tuple(cells))


def _is_numeric(row: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether most cells of a row are filled, one of them by a number alone."""
    pieces = [piece for line in row for piece in pieces_of(line, _GAP)]
    filled = {index_of((piece.x0 + piece.x1) / 2, xs) for piece in pieces}
    return len(filled) * 3 >= 2 * (len(xs) - 1) and any(_NUMBER.fullmatch(piece.text) for piece in pieces)
