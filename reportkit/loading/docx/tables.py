"""Tables of Word: their cells as rows of one length, and which of them only lay out a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.loading.docx.model import Cell, Grid, Para

__all__ = ["Room", "filled", "lays_out"]

_LONG = 60  # characters of a paragraph that is prose
_FEW = 6  # cells of a frame around a report
_MANY = 4  # paragraphs in each of them


@dataclass(slots=True)
class Room:
    """How many places the tables of one file may still fill: merged cells repeat their text in each."""

    places: int = 500_000


def filled(grid: Grid, words: Sequence[Sequence[str]], room: Room) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a table, ``words`` given cell by cell; a merged cell's text stands in every place that it covers.

    ``None`` for a table that would fill more places than there is room; one that only says that it covers very many columns
    is read as if each cell covered one.
    """
    spans = True
    if _width(grid, spans) * len(grid.rows) > room.places:
        spans = False
    width = _width(grid, spans)
    if width * len(grid.rows) > room.places:
        return None
    room.places -= width * len(grid.rows)
    rows: list[list[str]] = []
    for row, texts in zip(grid.rows, words, strict=True):
        cells = [""] * (row.before if spans else 0)
        for cell, text in zip(row.cells, texts, strict=True):
            if cell.goes_on_above and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            elif cell.goes_on_before and cells:
                text = cells[-1]
            cells += [text] * (cell.span if spans else 1)
        rows.append(cells + [""] * (width - len(cells)))
    return tuple(tuple(row) for row in rows)


def _width(grid: Grid, spans: bool) -> int:
    if not spans:
        return max((len(row.cells) for row in grid.rows), default=0)
    return max((row.before + row.after + sum(cell.span for cell in row.cells) for row in grid.rows), default=0)


def lays_out(grid: Grid) -> bool:
    """Whether a table is only a frame around text: one cell, one column of prose, or few cells with many paragraphs each."""
    if grid.is_frame is None:
        grid.is_frame = _is_frame(grid)
    return grid.is_frame


def _is_frame(grid: Grid) -> bool:
    rows = [[lengths for cell in row.cells if (lengths := _paragraphs(cell)) or _nests(cell)] for row in grid.rows]
    full = [lengths for row in rows for lengths in row]
    if len(full) <= 1:
        return True
    if all(len(row) <= 1 for row in rows):
        return any(len(lengths) > 1 or max(lengths, default=0) >= _LONG for lengths in full)
    n_paragraphs = sum(map(len, full))
    largest = max(full, key=sum)
    most = 10 * sum(largest) >= 7 * sum(map(sum, full)) and len(largest) >= (_MANY if len(full) <= _FEW else 3 * _MANY)
    if most or len(full) > _FEW or n_paragraphs <= len(full):
        return most
    many = _MANY if len(rows) > 1 else _MANY // 2  # no data stand in a single row
    return n_paragraphs >= many * len(full) and max(largest) >= _LONG // 2


def _nests(cell: Cell) -> bool:
    return any(isinstance(block, Grid) for block in cell.blocks)


def _paragraphs(cell: Cell) -> list[int]:
    """The lengths of the paragraphs of a cell that hold words, of its text boxes, too; none for a cell that goes on."""
    lengths: list[int] = []
    if cell.goes_on_above or cell.goes_on_before:
        return lengths
    waiting = list(cell.blocks)
    while waiting:
        block = waiting.pop()
        if isinstance(block, Para):
            lengths += [len(block.words)] if block.words.strip() else []
            waiting += [one for box in block.boxes for one in box]
        elif isinstance(block, Grid) and lays_out(block):
            waiting += [one for row in block.rows for inner in row.cells for one in inner.blocks]
    return lengths
