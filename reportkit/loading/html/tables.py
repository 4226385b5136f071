"""The tables of a page: those that hold data are kept apart, those that only lay out the page are opened.

A table lays out the page if it has one column or one row, if text stands in its cells as on a page (headings, paragraphs), or
if its rows name what the page is (索引号, 发布机构): then its cells are lines.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import takewhile

from reportkit.language.numbering import heading_number
from reportkit.loading.html.lines import Line, lines_in
from reportkit.loading.html.metadata import is_label
from reportkit.loading.html.page import Node
from reportkit.loading.limits import Clock
from reportkit.loading.package import bounded

__all__ = ["Grid", "grids_of"]

_LONGEST_CELL = 60  # characters that the cells of a table hold on average, beyond which it may lay out a page
_LONGEST_OF_ALL = 600  # characters of one cell, beyond which it surely does
_MOST_PLACES = 200_000  # of a table when merged cells are written in each place that they cover
_MOST_NESTED = 6  # tables inside each other
_SENTENCE = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its lines, and how far it reaches."""

    lines: tuple[str, ...]
    across: int
    down: int

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that holds data: its cells, and what its ``<caption>`` says."""

    rows: tuple[tuple[str, ...], ...]
    caption: str


def grids_of(nodes: list[Node], hidden: Container[int], clock: Clock) -> tuple[dict[int, Grid], list[str]]:
    """The tables that hold data, by the index of their element, and notes on those that are too large to be one."""
    grids: dict[int, Grid] = {}
    notes: list[str] = []
    shown = [node for node in nodes if node.tag == "table" and not _is_in(node, hidden)]
    for table in shown:
        clock.check()
        if sum(above.tag == "table" for above in table.above) >= _MOST_NESTED:
            continue
        rows = [_cells(row, hidden, clock) for row in _rows(table)]
        if not _holds_data(rows):
            continue
        if _places(rows) > _MOST_PLACES:
            notes.append(f"a table of more than {_MOST_PLACES:,} places stands in the text, cell by cell ({table.path})")
            continue
        grids[table.index] = Grid(_filled(rows), _caption(table, hidden, clock))
    return grids, notes


def _is_in(node: Node, hidden: Container[int]) -> bool:
    return node.index in hidden or any(above.index in hidden for above in node.above)


def _rows(table: Node) -> Iterator[list[Node]]:
    """The cells of each row, the foot of the table last; cells without a row are one."""
    late: list[list[Node]] = []
    loose: list[Node] = []
    stack = list(reversed(list(table.children)))
    while stack:
        node = stack.pop()
        if node.tag in ("td", "th"):
            loose.append(node)
        elif node.tag == "tr":
            in_foot = any(above.tag == "tfoot" for above in takewhile(lambda above: above is not table, node.above))
            cells = list(_cells_in(node))
            if in_foot:
                late.append(cells)
            else:
                yield cells
        elif node.tag not in ("table", "caption"):
            stack += reversed(list(node.children))
    if loose:
        yield loose
    yield from late


def _cells_in(row: Node) -> Iterator[Node]:
    stack = list(reversed(list(row.children)))
    while stack:
        node = stack.pop()
        if node.tag in ("td", "th"):
            yield node
        elif node.tag not in ("table", "tr"):
            stack += reversed(list(node.children))


def _cells(row: list[Node], hidden: Container[int], clock: Clock) -> list[_Cell]:
    cells = []
    for node in row:
        if node.index in hidden:
            continue
        lines = lines_in(node, hidden, lambda _: False, clock)
        texts = tuple(line.text for line in lines if isinstance(line, Line))
        down = node.attrs.get("rowspan", "").strip()
        cells.append(_Cell(texts, bounded(node.attrs.get("colspan"), 1, 1000, 1), _down(down)))
    return cells


def _down(rowspan: str) -> int:
    """How many rows a cell covers; 0 is all that are left."""
    return 65_534 if rowspan == "0" else bounded(rowspan, 1, 65_534, 1)


def _holds_data(rows: list[list[_Cell]]) -> bool:
    """Whether a table holds data, and does not lay out the page or say what the page is."""
    cells = [cell for row in rows for cell in row]
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 or len(cells) < 4 or not any(cell.lines for cell in cells) or _says_what_it_is(cells):
        return False
    if any(_is_a_page(cell) for cell in cells):
        return False
    average = sum(len(cell.text) for cell in cells) / len(cells)
    return average <= _LONGEST_CELL or (len(wide) >= 3 and max(map(len, rows)) >= 3)


def _is_a_page(cell: _Cell) -> bool:
    """Whether a cell holds text as a page does: headings with paragraphs, or very much."""
    if len(cell.text) > _LONGEST_OF_ALL:
        return True
    sentences = sum(_SENTENCE.search(line) is not None for line in cell.lines)
    headings = sum(heading_number(line) is not None for line in cell.lines)
    return len(cell.lines) >= 3 and sentences >= 1 and headings >= 2


def _says_what_it_is(cells: list[_Cell]) -> bool:
    """Whether a table names the page's issuer, number, date …: three labels, and two of five cells."""
    texts = [cell.text for cell in cells if cell.lines]
    labels = sum(is_label(text) for text in texts)
    return labels >= 3 and labels >= 0.4 * len(texts)


def _places(rows: list[list[_Cell]]) -> int:
    """How many places the cells of a table cover at most."""
    n_rows = len(rows)
    covered = sum(cell.across * min(cell.down, n_rows - y) for y, row in enumerate(rows) for cell in row)
    reach = [0] * (n_rows + 1)  # how far cells of rows above push a row to the right
    for y, row in enumerate(rows):
        for cell in row:
            if cell.down > 1:
                reach[y] += cell.across
                reach[min(n_rows, y + cell.down)] -= cell.across
    width = pushed = 0
    for y, row in enumerate(rows):
        pushed += reach[y]
        width = max(width, pushed + sum(cell.across for cell in row if cell.down == 1))
    return max(covered, width * n_rows)


def _filled(rows: list[list[_Cell]]) -> tuple[tuple[str, ...], ...]:
    """The cells of a table, a merged cell's text in every place that it covers."""
    grid: dict[tuple[int, int], _Cell] = {}
    begins: set[int] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            begins.add(x)
            for dy in range(min(cell.down, len(rows) - y)):
                for dx in range(cell.across):
                    grid.setdefault((y + dy, x + dx), cell)
            x += cell.across
    columns = sorted(begins)  # a column in which no cell begins is only a span that reaches too far
    blank = _Cell((), 1, 1)
    texts = {id(cell): cell.text for row in rows for cell in row} | {id(blank): ""}
    return tuple(tuple(texts[id(grid.get((y, x), blank))] for x in columns) for y in range(len(rows)))


def _caption(table: Node, hidden: Container[int], clock: Clock) -> str:
    found = next((child for child in table.children if child.tag == "caption" and child.index not in hidden), None)
    if found is None:
        return ""
    return " ".join(line.text for line in lines_in(found, hidden, lambda _: False, clock) if isinstance(line, Line))
