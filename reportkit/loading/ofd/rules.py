"""A path object → the horizontal and vertical lines that it draws: those of tables are among them.

Programs draw one line of a table in several ways: as a line, as a thin filled box, as the side of a box around a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportkit.loading.layout.matrices import Matrix, placed
from reportkit.loading.layout.placed import Rule
from reportkit.loading.ofd.ink import colour_is_unseen, is_on
from reportkit.loading.ofd.measures import real
from reportkit.loading.package import local

__all__ = ["rules"]

_TOKEN = re.compile(r"[A-Za-z]|[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?")
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}  # that follow a letter; the last two are where the pen goes
_THIN = 3.0  # points that the width of a drawn line has at most
_SHORT = 2.0  # points that a line is long at least
_SKEW = 0.5  # points by which the ends of a straight line may differ
_PAGE = 0.9  # of the page, from which a filled box is its ground

_Point = tuple[float, float, bool]  # x, y, and whether the way to it is straight


def rules(element: Any, matrix: Matrix, width: float, height: float) -> Iterator[Rule]:
    """The lines of a ``PathObject`` on a page of that size, in points."""
    stroked = is_on(element, "Stroke", True) and not colour_is_unseen(element, "StrokeColor")
    filled = is_on(element, "Fill", False) and not colour_is_unseen(element, "FillColor")
    data = next((child.text or "" for child in element if local(child) == "AbbreviatedData"), "")
    if not (stroked or filled):
        return
    shapes = list(_subpaths(data, matrix))
    if not stroked and not all(_upright(points) for points in shapes):
        return  # letters drawn as shapes have straight sides, too
    for points in shapes:
        found = list(_lines(points))
        if stroked or not _is_ground(found, width, height):
            yield from (inside for line in found if (inside := _inside(line, width, height)) is not None)


def _upright(points: Sequence[_Point]) -> bool:
    """Whether all sides of a shape are straight and horizontal or vertical."""
    return all(
        straight and (abs(ax - bx) <= _SKEW or abs(ay - by) <= _SKEW) for (ax, ay, _), (bx, by, straight) in pairwise(points)
    )


def _subpaths(data: str, matrix: Matrix) -> Iterator[list[_Point]]:
    """The pieces of a path between two lifts of the pen, in points of the page."""
    points: list[_Point] = []
    tokens = (found[0] for found in _TOKEN.finditer(data))
    letter = ""
    numbers: list[float] = []
    for token in tokens:
        if token.isalpha():
            letter, numbers = token.upper(), []
            if letter == "C" and points:
                points.append((*points[0][:2], True))
            continue
        numbers.append(real(token, 0.0))
        if len(numbers) < _NUMBERS.get(letter, 8):
            continue
        if letter in ("S", "M"):
            if len(points) > 1:
                yield points
            points = []
        if letter in _NUMBERS:
            x, y = placed(matrix, numbers[-2], numbers[-1])
            points.append((x, y, letter in ("S", "M", "L")))
        numbers = []
    if len(points) > 1:
        yield points


def _lines(points: Sequence[_Point]) -> Iterator[Rule]:
    x0, x1 = min(point[0] for point in points), max(point[0] for point in points)
    top, bottom = min(point[1] for point in points), max(point[1] for point in points)
    thin, long = sorted((x1 - x0, bottom - top))
    if thin <= _THIN and all(straight for _, _, straight in points):
        if long < max(_SHORT, 2 * thin):
            return  # the corner of a table, a dot
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        yield Rule(x0, y, x1, y) if x1 - x0 > bottom - top else Rule(x, top, x, bottom)
        return
    for (ax, ay, _), (bx, by, straight) in pairwise(points):
        if not straight:
            continue
        if abs(ay - by) <= _SKEW and abs(ax - bx) >= _SHORT:
            yield Rule(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
        elif abs(ax - bx) <= _SKEW and abs(ay - by) >= _SHORT:
            yield Rule((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))


def _is_ground(lines: Sequence[Rule], width: float, height: float) -> bool:
    """Whether a filled shape is the ground of a page and no cell of a table."""
    if not lines:
        return True
    wide = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    high = max(line.bottom for line in lines) - min(line.top for line in lines)
    return wide >= _PAGE * width and high >= _PAGE * height


def _inside(line: Rule, width: float, height: float) -> Rule | None:
    """The part of a line that lies on the page."""
    x0, x1 = (min(max(x, 0.0), width) for x in (line.x0, line.x1))
    top, bottom = (min(max(y, 0.0), height) for y in (line.top, line.bottom))
    flat = line.top == line.bottom
    if flat and (line.top != top or x1 - x0 < _SHORT):
        return None
    if not flat and (line.x0 != x0 or bottom - top < _SHORT):
        return None
    return Rule(x0, top, x1, bottom)
