"""Lines → reading order: on a page of two columns of prose the left one is read first; rows of an unruled table stay rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.loading.layout.lines import Line, pieces_of

__all__ = ["Column", "columns_of", "is_prose"]

_BESIDE = 5  # lines of each column that stand beside one of the other
_SLACK = 2  # points by which a line may reach into the gutter
_DEEP = 2  # times that a column is looked through for columns of its own


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that follow one another, and which column of the page they stand in: ``"1"`` of one, ``"1.2"`` the right of two."""

    lines: tuple[Line, ...]
    which: str
    left: float
    right: float
    is_cell: bool = False  # a cell of a frame around the text


def columns_of(lines: Sequence[Line], left: float, right: float, which: str = "1") -> Iterator[Column]:
    """The columns of prose among lines that stand between two edges, in reading order."""
    gutter = _gutter(lines, left, right) if which.count(".") < _DEEP else None
    if gutter is None:
        if lines:
            yield Column(tuple(lines), which, left, right)
        return
    band: list[Line] = []
    for line in lines:
        if _crosses(line, gutter):
            yield from _side_by_side(band, gutter, left, right, which)
            yield Column((line,), which, left, right)
            band = []
        else:
            band.append(line)
    yield from _side_by_side(band, gutter, left, right, which)


def _crosses(line: Line, gutter: float) -> bool:
    return any(piece.x0 < gutter - _SLACK and piece.x1 > gutter + _SLACK for piece in pieces_of(line))


def _side_by_side(lines: Sequence[Line], gutter: float, left: float, right: float, which: str) -> Iterator[Column]:
    pieces = [piece for line in lines for piece in pieces_of(line)]
    first = [piece for piece in pieces if (piece.x0 + piece.x1) / 2 < gutter]
    second = [piece for piece in pieces if (piece.x0 + piece.x1) / 2 >= gutter]
    if first:
        yield from columns_of(first, left, gutter, which + ".1")
    if second:
        yield from columns_of(second, gutter, right, which + ".2")


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Where prose in two columns is parted, ``None`` where it is not."""
    pieces = [piece for line in lines for piece in pieces_of(line)]
    if len(pieces) < 2 * _BESIDE or len(pieces) == len(lines):
        return None
    width = right - left
    best = max((_as_gutter(pieces, left + width * n / 60) for n in range(15, 46)), default=(0, 0.0))
    return best[1] if best[0] >= _BESIDE else None


def _as_gutter(pieces: Sequence[Line], x: float) -> tuple[int, float]:
    """How many lines of prose stand beside one another if columns are parted here (0: they are not), and where."""
    first = [piece for piece in pieces if piece.x1 <= x + _SLACK]
    second = [piece for piece in pieces if piece.x0 >= x - _SLACK]
    across = len(pieces) - len(first) - len(second)
    if min(len(first), len(second)) < _BESIDE or across > 0.3 * len(pieces):
        return 0, x
    tops = sorted(piece.top for piece in second)
    beside = sum(bisect_left(tops, piece.top - piece.size) < bisect_left(tops, piece.top + piece.size) for piece in first)
    if beside < _BESIDE or not (is_prose(first) and is_prose(second)):
        return 0, x
    return beside, x


def is_prose(lines: Sequence[Line]) -> bool:
    """Whether half of these lines go from edge to edge, as lines of a paragraph do and cells of a table do not."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(line.x0 < left + 2.5 * line.size and line.x1 > right - 2.5 * line.size for line in lines)
    return full * 2 >= len(lines) and sum(len(line.text) for line in lines) >= 8 * len(lines)
