"""Drawn lines → grids: which of them make a table together, and which of its cells have no wall between them.

A grid may be open at its sides, as statistical tables are, or at its top or foot, as a table is that goes on over a page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.loading.layout.placed import Rule

__all__ = ["Bars", "Grid", "grids_of", "index_of"]

_NEAR = 3.0  # points within which two rules meet, or are one
_SHORT = 6.0  # points that a rule has at least
_OPEN = 8.0  # points by which rules stand out where a side is open
_AS_WIDE = 6.0  # points by which the ends of the rules of a three-line table differ
_N_MEETINGS = 1_000_000  # pairs of rules that are looked at on a page
_N_GRIDS = 200  # grids and stacks of a page; beyond, what is drawn is a picture
_N_CELLS = 20_000  # places of a grid; a table of a report has far fewer

Span = tuple[float, float, float]  # where a rule stands, where it begins, where it ends


@dataclass(frozen=True, slots=True)
class Grid:
    """The edges of columns and rows, and for each place of the grid the number of the cell that covers it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal rules of one width, one under the other, without inner vertical ones."""

    x0: float
    x1: float
    ys: tuple[float, ...]


def grids_of(rules: Sequence[Rule]) -> tuple[list[Grid], list[Bars], bool]:
    """Grids, and stacks of bars, of the rules of a page, and whether there were too many to tell; a stack of two is a box."""
    across = _merged([(rule.top, min(rule.x0, rule.x1), max(rule.x0, rule.x1)) for rule in rules if _flat(rule)])
    down = _merged([(rule.x0, min(rule.top, rule.bottom), max(rule.top, rule.bottom)) for rule in rules if not _flat(rule)])
    if len(across) * len(down) > _N_MEETINGS:
        return [], [], True
    grids: list[Grid] = []
    bars: list[Bars] = []
    crowded = False
    for horizontal, vertical in _together(across, down):
        xs, ys = _edges(horizontal, vertical)
        if len(xs) > 2 and len(ys) > 1:
            if (len(xs) - 1) * (len(ys) - 1) > _N_CELLS:
                crowded = True
            else:
                grids.append(Grid(tuple(xs), tuple(ys), _cells(xs, ys, horizontal, vertical)))
        elif horizontal:
            bars.append(Bars(min(x0 for _, x0, _ in horizontal), max(x1 for _, _, x1 in horizontal), tuple(ys)))
    stacked, stacks = list(_stacked(grids)), _bars_of(bars)
    if len(stacked) + len(stacks) > _N_GRIDS:
        return [], [], True
    return stacked, stacks, crowded


def _stacked(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Single rows of the same columns, one under the other, as one grid: every other row of a table may be shaded, or boxed."""
    rows = [grid for grid in grids if len(grid.ys) == 2]
    yield from (grid for grid in grids if len(grid.ys) > 2)
    last: Grid | None = None
    for row in sorted(rows, key=lambda grid: (len(grid.xs), round(grid.xs[0] / 10), grid.ys[0])):
        if last is not None and _is_under(row, last):
            ys = last.ys + row.ys if row.ys[0] - last.ys[-1] > _NEAR else last.ys + row.ys[1:]
            n = len(row.xs) - 1
            cells = tuple(tuple(range(i * n, i * n + n)) for i in range(len(ys) - 1))
            last = Grid(last.xs, ys, cells)
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _is_under(row: Grid, last: Grid) -> bool:
    same = len(row.xs) == len(last.xs) and all(abs(a - b) <= _NEAR for a, b in zip(row.xs, last.xs, strict=True))
    return same and -_NEAR <= row.ys[0] - last.ys[-1] < 2.5 * (row.ys[1] - row.ys[0])


def _flat(rule: Rule) -> bool:
    return abs(rule.x1 - rule.x0) >= abs(rule.bottom - rule.top)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Rules at one place that touch or overlap, made one."""
    level: list[tuple[float, float, float, float]] = []
    first = 0.0
    place = 0.0
    for at, start, end in sorted(spans):
        if not level or at - place > _NEAR / 2 or at - first > _NEAR:
            first = at
        place = at
        level.append((first, start, end, at))
    merged: list[Span] = []
    for first, start, end, _ in sorted(level):
        if merged and merged[-1][0] == first and start <= merged[-1][2] + _NEAR:
            merged[-1] = (first, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((first, start, end))
    return [span for span in merged if span[2] - span[1] >= _SHORT]


def _together(across: Sequence[Span], down: Sequence[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Horizontal and vertical rules that meet, with what these meet, and so on."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [at for at, _, _ in across]
    for j, (x, top, bottom) in enumerate(down, len(across)):
        for i in range(bisect_left(heights, top - _NEAR), bisect_left(heights, bottom + _NEAR)):
            if across[i][1] - _NEAR <= x <= across[i][2] + _NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Span], list[Span]]] = {}
    for i, span in enumerate([*across, *down]):
        groups.setdefault(root(i), ([], []))[i >= len(across)].append(span)
    yield from groups.values()


def _edges(across: Sequence[Span], down: Sequence[Span]) -> tuple[list[float], list[float]]:
    """The places of columns and rows; where rules stand out beyond the last one that crosses them, that side is open."""
    xs, ys = _places(x for x, _, _ in down), _places(y for y, _, _ in across)
    ends = [end for _, x0, x1 in across for end in (x0, x1)]
    feet = [end for _, top, bottom in down for end in (top, bottom)]
    return _with_open_sides(xs, ends), _with_open_sides(ys, feet)


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _with_open_sides(places: list[float], ends: Sequence[float]) -> list[float]:
    if not ends:
        return places
    low, high = min(ends), max(ends)
    before = [low] if not places or low < places[0] - _OPEN else []
    after = [high] if not places or high > places[-1] + _OPEN else []
    return before + places + after


def index_of(value: float, edges: Sequence[float]) -> int:
    """Which of the intervals between edges holds a value; the first or last one for what lies outside."""
    return max(0, min(len(edges) - 2, bisect_left(edges, value) - 1))


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Span], down: Sequence[Span]
) -> tuple[tuple[int, ...], ...]:
    """The number of the cell at each place: places without a wall between them are one cell."""
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    rows = [(a + b) / 2 for a, b in pairwise(ys)]
    columns = [(a + b) / 2 for a, b in pairwise(xs)]
    right_of = {(row, _nearest(x, xs)) for x, top, bottom in down for row in _within(rows, top, bottom)}
    below = {(_nearest(y, ys), column) for y, x0, x1 in across for column in _within(columns, x0, x1)}
    number = [[-1] * n_columns for _ in range(n_rows)]
    n_cells = 0
    for row in range(n_rows):
        for column in range(n_columns):
            if number[row][column] >= 0:
                continue
            todo = [(row, column)]
            number[row][column] = n_cells
            while todo:
                r, c = todo.pop()
                open_to = (
                    (r, c + 1, (r, c + 1) not in right_of),
                    (r, c - 1, (r, c) not in right_of),
                    (r + 1, c, (r + 1, c) not in below),
                    (r - 1, c, (r, c) not in below),
                )
                for y, x, is_open in open_to:
                    if is_open and 0 <= y < n_rows and 0 <= x < n_columns and number[y][x] < 0:
                        number[y][x] = n_cells
                        todo.append((y, x))
            n_cells += 1
    return tuple(tuple(row) for row in number)


def _within(middles: Sequence[float], start: float, end: float) -> range:
    return range(bisect_left(middles, start - 1), bisect_left(middles, end + 1))


def _nearest(value: float, places: Sequence[float]) -> int:
    at = bisect_left(places, value)
    return min((i for i in (at - 1, at) if 0 <= i < len(places)), key=lambda i: abs(places[i] - value))


def _bars_of(bars: Sequence[Bars]) -> list[Bars]:
    """Stacks of bars of one width, two rules at least, made one stack each."""
    stacks: list[Bars] = []
    for bar in sorted(bars, key=lambda bar: (bar.x0, bar.x1)):
        last = stacks[-1] if stacks else None
        if last is not None and abs(last.x0 - bar.x0) <= _AS_WIDE and abs(last.x1 - bar.x1) <= _AS_WIDE:
            stacks[-1] = Bars(last.x0, last.x1, last.ys + bar.ys)
        else:
            stacks.append(bar)
    return [Bars(stack.x0, stack.x1, tuple(_places(stack.ys))) for stack in stacks if len(_places(stack.ys)) >= 2]
