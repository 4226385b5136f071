"""What a page draws beside its text → rules; and how crowded its lines of text are."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportkit.loading.layout.matrices import IDENTITY, Matrix, placed, times
from reportkit.loading.layout.placed import Rule
from reportkit.loading.limits import Clock
from reportkit.loading.pdf.frame import Box, Frame, bounded

__all__ = ["paths_and_crowding", "rules_of"]

_THIN = 3.0  # points that the width of a drawn rule has at most
_DEEP = 12  # forms in forms whose lines are looked at
_N_PATHS = 60_000  # drawn paths of a page; a map has more, and no table


def _objects(page: Any, engine: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """What a page draws, also in the forms that it draws: object, kind, and the matrix of the form that holds it."""
    todo: list[tuple[Any, Matrix, int]] = [(page.raw, IDENTITY, 0)]
    while todo:
        holder, outer, depth = todo.pop()
        at, n = (
            (engine.FPDFFormObj_GetObject, engine.FPDFFormObj_CountObjects(holder))
            if depth
            else (engine.FPDFPage_GetObject, engine.FPDFPage_CountObjects(holder))
        )
        for i in range(max(0, n)):
            item = at(holder, i)
            kind = engine.FPDFPageObj_GetType(item)
            if kind == engine.FPDF_PAGEOBJ_FORM and depth < _DEEP:
                todo.append((item, times(outer, _matrix(item, engine)), depth + 1))
            else:
                yield item, kind, outer


def paths_and_crowding(page: Any, clock: Clock) -> tuple[list[tuple[Any, Matrix]], int]:
    """The drawn paths of a page, each with the matrix around it, and how many pieces of text stand at one height at most."""
    import pypdfium2.raw as engine

    paths: list[tuple[Any, Matrix]] = []
    heights: Counter[int] = Counter()
    for i, (item, kind, outer) in enumerate(_objects(page, engine)):
        if kind == engine.FPDF_PAGEOBJ_TEXT:
            heights[round(_matrix(item, engine)[5])] += 1
        elif kind == engine.FPDF_PAGEOBJ_PATH and len(paths) < _N_PATHS:
            paths.append((item, outer))
        if i % 1000 == 0:
            clock.check()
    return paths, max(heights.values(), default=0)


def _matrix(item: Any, engine: Any) -> Matrix:
    matrix = engine.FS_MATRIX()
    if not engine.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    a, b, c, d, e, f = (bounded(value) for value in (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f))
    return a, b, c, d, e, f


def rules_of(item: Any, outer: Matrix, frame: Frame, engine: Any) -> Iterator[Rule]:
    """The rules that a drawn path makes: its straight lines, or the sides of a filled box."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    engine.FPDFPath_GetDrawMode(item, fill, stroke)
    filled, stroked = bool(fill.value) and _coloured(item, engine), bool(stroke.value)
    n = engine.FPDFPath_CountSegments(item)
    if not (filled or stroked) or not 2 <= n <= 2000:
        return
    matrix = times(outer, _matrix(item, engine))
    for points in _subpaths(item, n, matrix, engine):
        boxes = [frame.box(*a, *b) for a, b in pairwise(points)]
        if stroked:
            yield from (Rule(*_line(box)) for box in boxes if _is_line(box))
        elif boxes and len(points) in (4, 5) and all(_is_line(box) or min(_sides(box)) < _THIN for box in boxes):
            yield from _of_box(frame.box(*_corner(points, min), *_corner(points, max)))


def _coloured(item: Any, engine: Any) -> bool:
    """Whether a filled area can be seen: it is not white, and not clear."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not engine.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return True
    return alpha.value > 8 and min(red.value, green.value, blue.value) < 250


def _subpaths(item: Any, n: int, matrix: Matrix, engine: Any) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(n):
        segment = engine.FPDFPath_GetPathSegment(item, i)
        kind = engine.FPDFPathSegment_GetType(segment)
        if kind == engine.FPDF_SEGMENT_MOVETO or kind == engine.FPDF_SEGMENT_BEZIERTO:
            if len(points) > 1:
                yield points
            points = []
        engine.FPDFPathSegment_GetPoint(segment, x, y)
        left, low = placed(matrix, x.value, y.value)
        points.append((bounded(left), bounded(low)))
        if engine.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _corner(points: Sequence[tuple[float, float]], which: Any) -> tuple[float, float]:
    return which(x for x, _ in points), which(y for _, y in points)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _is_line(box: Box) -> bool:
    width, height = _sides(box)
    return min(width, height) < 0.8 and max(width, height) >= 0.8


def _line(box: Box) -> Box:
    """A narrow box as the line through its middle."""
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        return x0, (top + bottom) / 2, x1, (top + bottom) / 2
    return (x0 + x1) / 2, top, (x0 + x1) / 2, bottom


def _of_box(box: Box) -> Iterator[Rule]:
    """A filled box: a rule where it is narrow, its four sides where it is not."""
    x0, top, x1, bottom = box
    if min(_sides(box)) < _THIN:
        if max(_sides(box)) >= _THIN:
            yield Rule(*_line(box))
        return
    yield from (Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom))
