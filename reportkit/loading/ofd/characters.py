"""A text object → placed characters.

The standard gives each character's place, not its width: `TextCode` has the place of the first one and the way to each next
(``DeltaX``, ``DeltaY``; ``g 4 2.5`` is four times 2.5).  Widths are taken from the way to the next character where it is no
wider than the character can be, so that what remains is a gap that can be seen.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any

from reportkit.loading.layout.matrices import Matrix, placed
from reportkit.loading.layout.placed import Char
from reportkit.loading.ofd.measures import box, real, words
from reportkit.loading.package import bounded, local

__all__ = ["characters", "words_of"]

_SIZE = 3.5  # of a text that does not say (五号字 is 3.7 mm)
_ABOVE, _BELOW = 0.88, 0.12  # of the size that a Han character stands above and below its base line
_BETWEEN = 0.2  # of the size, from which a gap between two Latin letters is a space
_HALF = 0.52  # of the size: no letter of a font with one width goes on further
_SPACE = 0.3  # of the size: the gap that is left for a space
_N_GLYPHS = 64  # that a group of characters may be drawn by
_EVEN = 0.6  # of the letters of a text that are equally wide where the font gives all of them one width
# how wide letters are in most fonts, in parts of the size; others are half of it, capitals two thirds
_WIDTHS = {"!'|,.:;ijlI": 0.28, '()[]{}-/\\`"frt ': 0.33, "acez": 0.45, "s": 0.39, "mwMW@%&": 0.83}
_WIDTH = {letter: width for letters, width in _WIDTHS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class _Pen:
    """A character, where it is drawn in the object's space, and the way to the next one."""

    text: str
    x: float
    y: float
    dx: float
    dy: float


def words_of(element: Any) -> str:
    """The words of a text object without their places."""
    return "".join(_said(code) for code in element if local(code) == "TextCode")


def characters(element: Any, matrix: Matrix) -> Iterator[Char]:
    """The characters of a ``TextObject`` that are no spaces; ``matrix`` puts its own space on the page, in points."""
    size = real(element.get("Size"), _SIZE)
    size = size if 0.01 <= size <= 10_000 else _SIZE
    stretch = real(element.get("HScale"), 1.0)
    stretch = stretch if 0.05 <= stretch <= 20 else 1.0
    turn = bounded(element.get("CharDirection"), 0, 270, 0)
    pens = tuple(_pens(element, size, stretch))
    widths = _widths(pens, size, stretch, _last_width(element, pens, size))
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    a, b, c, d, _, _ = matrix
    along = a * cos + c * sin, b * cos + d * sin  # where the width of a character leads on the page, and its height
    down = c * cos - a * sin, d * cos - b * sin
    xs, ys = [(-_ABOVE * size * way, _BELOW * size * way) for way in down]
    left, right, above, below = min(xs), max(xs), min(ys), max(ys)
    angle = round(math.degrees(math.atan2(-along[1], along[0])), 1) % 360
    height = size * math.hypot(c, d)
    spaced = False
    for pen, width in zip(pens, widths, strict=True):
        if pen.text.isspace():
            spaced = True
            continue
        x, y = placed(matrix, pen.x, pen.y)
        wide, high = along[0] * width, along[1] * width
        yield Char(
            pen.text,
            x + left + min(wide, 0.0),
            y + above + min(high, 0.0),
            x + right + max(wide, 0.0),
            y + below + max(high, 0.0),
            height,
            angle + 0.0,  # no -0.0
            spaced,
        )
        spaced = False


def _said(code: Any) -> str:
    """The characters of a ``TextCode``: line ends are the XML file's, and so are the spaces after one at the front."""
    text = code.text or ""
    if "\n" not in text and "\r" not in text:
        return str(text)
    if text[:1] in "\r\n":
        text = text.lstrip()
    return "".join(line.rstrip() if n else line for n, line in enumerate(text.splitlines()))


def _pens(element: Any, size: float, stretch: float) -> Iterator[_Pen]:
    groups = dict(_groups(element))
    read = bounded(element.get("ReadDirection"), 0, 270, 0)
    x = y = pen_x = pen_y = 0.0
    start = 0
    for code in element:
        if local(code) != "TextCode":
            continue
        text = _said(code)
        given = code.get("X"), code.get("Y")
        # without both, the text goes on where the last one ended; without one of them, that one is as it was
        x, y = (pen_x, pen_y) if given == (None, None) else (real(given[0], x), real(given[1], y))
        pen_x, pen_y = x, y
        mine = {at: groups[start + at] for at in range(len(text)) if start + at in groups}
        for pen in _run(text, (x, y), code, mine, read, size, stretch):
            yield pen
            pen_x, pen_y = pen.x + pen.dx, pen.y + pen.dy
        start += len(text)


def _groups(element: Any) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where a number of characters is drawn by another number of glyphs (a ligature): its place and both numbers."""
    for child in element:
        if local(child) == "CGTransform":
            codes = bounded(child.get("CodeCount"), 1, 1_000_000, 1)
            glyphs = bounded(child.get("GlyphCount"), 1, 1_000_000, 1)
            if codes != glyphs and codes <= _N_GLYPHS and glyphs <= _N_GLYPHS:
                yield bounded(child.get("CodePosition"), 0, 10_000_000, 0), (codes, glyphs)


def _run(
    text: str,
    start: tuple[float, float],
    code: Any,
    groups: dict[int, tuple[int, int]],
    read: int,
    size: float,
    stretch: float,
) -> Iterator[_Pen]:
    """The characters of one ``TextCode``; the ways to the next one count glyphs, not characters."""
    n = len(text) + sum(glyphs for _, glyphs in groups.values())
    across, down = _deltas(code.get("DeltaX"), n), _deltas(code.get("DeltaY"), n)
    x, y = start
    at = glyph = 0
    while at < len(text):
        codes, glyphs = groups.get(at, (1, 1))
        codes = min(codes, len(text) - at)
        dx = dy = 0.0
        for k in range(glyph, glyph + glyphs):
            way = _way(text[at], k, across, down, read, size, stretch)
            dx, dy = dx + way[0] / codes, dy + way[1] / codes
        for character in text[at : at + codes]:
            yield _Pen(character, x, y, dx, dy)
            x, y = x + dx, y + dy
        at += codes
        glyph += glyphs


def _way(
    character: str, k: int, across: Sequence[float], down: Sequence[float], read: int, size: float, stretch: float
) -> tuple[float, float]:
    """The way from a glyph to the next: as the file says, or else its own width in the direction of reading."""
    if k < len(across) or k < len(down):
        return (across[k] if k < len(across) else 0.0), (down[k] if k < len(down) else 0.0)
    width = _em(character) * size * stretch
    return {90: (0.0, size), 180: (-width, 0.0), 270: (0.0, -size)}.get(read, (width, 0.0))


def _deltas(value: str | None, n: int) -> list[float]:
    """The first ``n`` of a list of ways.

    >>> _deltas("g 2 1.5 3", 9), _deltas("g 999999999 1", 3), _deltas("1 x 2 g", 9)
    ([1.5, 1.5, 3.0], [1.0, 1.0, 1.0], [1.0, 0.0, 2.0])
    """
    found: list[float] = []
    parts = words(value)
    while len(found) < n and (word := next(parts, None)) is not None:
        if word.lower() == "g":
            times, way = next(parts, None), next(parts, None)
            if way is not None:
                found += [real(way, 0.0)] * bounded(times, 0, n - len(found), n - len(found) if times else 0)
        else:
            found.append(real(word, 0.0))
    return list(islice(found, n))


def _em(character: str) -> float:
    """About how wide a character is, in parts of its size."""
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return _WIDTH.get(character, 0.67 if character.isupper() else 0.5)


def _last_width(element: Any, pens: Sequence[_Pen], size: float) -> float | None:
    """The width of the last character, where the object's box ends with it."""
    edges = box(element.get("Boundary"))
    if not pens or edges is None or element.get("CTM") is not None:
        return None
    width = edges[2] - pens[-1].x
    return width if 0.2 * size <= width <= 1.1 * size and pens[-1].text.isascii() else None


def _widths(pens: Sequence[_Pen], size: float, stretch: float, last: float | None) -> list[float]:
    """How wide each character is, so that a gap is left where there is one."""
    natural = [_em(pen.text) * size * stretch for pen in pens]
    if pens and last is not None:
        natural[-1] = last
    latin = [pen.text.isascii() and pen.text.isalnum() for pen in pens]
    within = [n for n in range(len(pens) - 1) if latin[n] and latin[n + 1]]
    even = _even([pens[n].dx for n in within])
    spread = [pens[n].dx - natural[n] for n in within]
    usual = max(0.0, median(spread)) if len(spread) >= 4 else 0.0  # wider letters, or letters set apart
    widths = []
    for n, (pen, width) in enumerate(zip(pens, natural, strict=True)):
        after = pens[n + 1].text if n + 1 < len(pens) else ""
        if pen.dx <= 0:
            widths.append(width)
        elif pen.text.isascii() and after.isspace():
            room = sum(other.dx for other in pens[n : n + 3] if other is pen or other.text.isspace())
            widths.append(min(width, pen.dx, max(0.1 * size, room - _SPACE * size)))
        elif latin[n] and after and after.isascii():
            apart = pen.dx - max(width + usual, even) > _BETWEEN * size and pen.dx > _HALF * size
            widths.append(pen.dx - _SPACE * size if apart else pen.dx)
        else:
            widths.append(min(width, pen.dx))
    return widths


def _even(ways: Sequence[float]) -> float:
    """The one way from letter to letter of a font whose letters are equally wide, 0 for another font."""
    if len(ways) < 3:
        return 0.0
    usual = median(ways)
    return usual if sum(abs(way - usual) <= 0.04 * abs(usual) for way in ways) >= _EVEN * len(ways) else 0.0
