"""The characters of a PDF's page, with their places, as PDFium tells them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from reportkit.loading.layout.placed import Char
from reportkit.loading.limits import Clock
from reportkit.loading.pdf.frame import Box, Frame, bounded

__all__ = ["N_CHARS", "UNKNOWN", "characters", "on_sheet"]

N_CHARS = 3_000_000  # characters of a file; a book of a thousand pages has fewer
UNKNOWN = "\ufffd"
_HYPHENS = frozenset("\x02\ufffe")  # what the engine makes of a hyphen at the end of a line
_INVISIBLE = 3  # the text render mode of a text layer under a picture


def characters(page: Any, clock: Clock) -> Iterator[tuple[str, float, float, Box, bool, bool]]:
    """Character, angle, size, box in the file's places, whether a space stands before it, and whether it is drawn.

    White space and made-up characters are left out; a made-up space counts between two Latin characters, since programs often
    leave a gap and no space there.
    """
    import pypdfium2.raw as engine

    text_page = page.get_textpage()
    matrix, loose = engine.FS_MATRIX(), engine.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    edges = tuple(ctypes.c_double() for _ in range(4))
    n_chars = min(text_page.count_chars(), N_CHARS + 1)
    spaced, made_up, last = False, False, ""
    for i in range(n_chars):
        if i % 2000 == 0:
            clock.check()
        if engine.FPDFText_IsGenerated(text_page, i) == 1:
            made_up = True
            continue
        text = _text_at(text_page, i, engine)
        if not text.strip():
            spaced = True
            continue
        engine.FPDFText_GetMatrix(text_page, i, matrix)
        engine.FPDFText_GetLooseCharBox(text_page, i, loose)
        engine.FPDFText_GetCharOrigin(text_page, i, x, y)
        scale = math.hypot(matrix.c, matrix.d)
        size = bounded(engine.FPDFText_GetFontSize(text_page, i) * scale)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        left, low, right, high = (bounded(value) for value in (loose.left, loose.bottom, loose.right, loose.top))
        size = size if 0.5 < size < 2000 else max(1.0, min(2000.0, high - low))
        if angle < 3 or angle > 357:  # the same height for every character of a line, whatever its own box
            if not 0.1 * size <= right - left <= 2.2 * size:  # fonts for text that runs down give heights for widths
                engine.FPDFText_GetCharBox(text_page, i, *edges)
                left, right = bounded(edges[0].value), max(bounded(edges[1].value), bounded(edges[0].value) + 0.1 * size)
            low, high = bounded(y.value) - 0.14 * size, bounded(y.value) + 0.86 * size
        drawn = engine.FPDFTextObj_GetTextRenderMode(engine.FPDFText_GetTextObject(text_page, i)) != _INVISIBLE
        yield text, angle, size, (left, low, right, high), spaced or (made_up and last.isascii() and text.isascii()), drawn
        spaced, made_up, last = False, False, text


def _text_at(text_page: Any, i: int, engine: Any) -> str:
    if engine.FPDFText_HasUnicodeMapError(text_page, i) == 1:
        return UNKNOWN
    code = engine.FPDFText_GetUnicode(text_page, i)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN
    return "-" if chr(code) in _HYPHENS else chr(code)


def on_sheet(text: str, angle: float, size: float, box: Box, spaced: bool, frame: Frame) -> Char:
    """A character at its place on the sheet."""
    turned = (angle - frame.turn) % 360
    x0, top, x1, bottom = frame.box(*box)
    return Char(text, x0, top, x1, bottom, size, 0.0 if turned < 1 or turned > 359 else turned, spaced)
