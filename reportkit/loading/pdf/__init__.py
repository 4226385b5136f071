"""PDF with a text layer → sheets of placed characters and rules, of which :mod:`reportkit.loading.layout` makes the text.

A PDF without text is a scan and said to be one; one whose fonts do not say which characters they draw is refused, too.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.layout import laid_out
from reportkit.loading.layout.placed import Char, Rule, Sheet
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded
from reportkit.loading.pdfcheck import check_pdf

__all__ = ["text_of_pdf"]

_THIN = 3.0  # points that the width of a drawn rule has at most
_FAR = 100_000.0  # points; what a file places beyond is on no page
_DEEP = 12  # forms in forms whose lines are looked at
_N_PATHS = 60_000  # drawn paths of a page; a map has more, and no table
_N_AT_HEIGHT = 4_000  # pieces of text on one line; the engine compares each with all others of its line
_N_CHARS = 3_000_000  # characters of a file; a book of a thousand pages has fewer
_UNKNOWN = "\ufffd"
_HYPHENS = frozenset("\x02\ufffe")  # what the engine makes of a hyphen at the end of a line
_INVISIBLE = 3  # the text render mode of a text layer under a picture

_ENGINE = threading.Lock()  # PDFium serves one thread at a time

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character as the file places it, and whether it is drawn."""

    char: Char
    drawn: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """The visible part of a page and how far its text is turned: from the file's places to those of a sheet."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom on the sheet of a box given by two corners in the file."""
        xs, ys = zip(*(self._point(x, y) for x, y in ((x0, y0), (x1, y1))), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def text_of_pdf(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and the tables of a PDF; raises :class:`LoadingError` for one that is damaged, encrypted, a scan or too long."""
    clock = Clock(name, limits)
    check_pdf(data, name, limits, clock)
    sheets, hidden = _sheets(data, name, limits, clock)
    _refuse_unreadable(sheets, name)
    loaded = laid_out(sheets, name, "pdf", clock)
    notes = (f"{hidden:,} characters that are not drawn on their page were left out",) if hidden else ()
    return replace(loaded, notes=loaded.notes + notes)


def _sheets(data: bytes, name: str, limits: Limits, clock: Clock) -> tuple[list[Sheet], int]:
    """The pages of a PDF, and how many of its characters nobody sees."""
    import pypdfium2

    with _ENGINE:
        return _with_engine(pypdfium2, data, name, limits, clock)


def _with_engine(pypdfium2: Any, data: bytes, name: str, limits: Limits, clock: Clock) -> tuple[list[Sheet], int]:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return _all_pages(document, name, limits, clock)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise LoadingError(
                f"{name}: the PDF is encrypted and asks for a password; save a copy without one, then read that."
            ) from None
        raise LoadingError(f"{name}: the PDF is damaged ({_say(error)}); fetch it again, then read that.") from None


def _say(error: Exception) -> str:
    """What the engine says of a file that it cannot open."""
    reason = re.search(r"PDFium: ([^()]{1,80})\)", str(error))
    return reason[1] if reason and reason[1] != "Success" else "it has no pages that can be read"


def _all_pages(document: Any, name: str, limits: Limits, clock: Clock) -> tuple[list[Sheet], int]:
    n_pages = len(document)
    if n_pages > limits.n_pages:
        raise LoadingError(
            f"{name}: the PDF has {n_pages:,} pages, more than the {limits.n_pages:,} that are read; "
            "allow more with limits=Limits(n_pages=…), or take the report's own pages out of it."
        )
    pages: list[tuple[_Frame, list[_Placed], list[Rule]]] = []
    n_chars = 0
    for number in range(n_pages):
        clock.check()
        page = document[number]
        try:
            pages.append(_page(page, name, clock))
        finally:
            page.close()  # or every page stays in memory
        n_chars += len(pages[-1][1])
        if n_chars > _N_CHARS:
            raise LoadingError(
                f"{name}: the PDF holds more than {_N_CHARS:,} characters; take the report's own pages out of it, "
                "then read that."
            )
    # A text layer that is not drawn belongs to a scan that was read by a program: it is the text there is.
    n_drawn = sum(placed.drawn for _, chars, _ in pages for placed in chars)
    all_count = n_drawn < n_chars - n_drawn
    sheets, hidden = [], 0
    for number, (frame, chars, rules) in enumerate(pages, 1):
        seen = [placed.char for placed in chars if (placed.drawn or all_count) and _on_page(placed.char, frame)]
        hidden += len(chars) - len(seen)
        sheets.append(Sheet(number, frame.width, frame.height, tuple(seen), tuple(rules)))
    return sheets, hidden


def _on_page(char: Char, frame: _Frame) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return -1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1


def _refuse_unreadable(sheets: Sequence[Sheet], name: str) -> None:
    n_chars = sum(len(sheet.chars) for sheet in sheets)
    if not n_chars:
        pages = "1 page" if len(sheets) == 1 else f"{len(sheets):,} pages"
        raise LoadingError(
            f"{name}: the PDF has {pages} and no text: it is a scan. Run it through OCR (text recognition) "
            "that writes a text layer, then read that."
        )
    unknown = sum(char.text == _UNKNOWN or "\ue000" <= char.text <= "\uf8ff" for sheet in sheets for char in sheet.chars)
    if unknown > 0.2 * n_chars:
        raise LoadingError(
            f"{name}: the PDF's text layer cannot be decoded (its fonts do not say which characters they draw). Run it through "
            "OCR (text recognition), then read that."
        )


def _page(page: Any, name: str, clock: Clock) -> tuple[_Frame, list[_Placed], list[Rule]]:
    left, bottom, right, top = (_bounded(value) for value in page.get_cropbox())
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = 0.0, 0.0, 595.0, 842.0
    paths, n_at_height = _rules_and_heights(page, clock)
    if n_at_height > _N_AT_HEIGHT:
        raise LoadingError(
            f"{name}: the PDF puts {n_at_height:,} pieces of text on one line of a page, which no text does; print it to a new "
            "PDF, then read that."
        )
    found = list(_characters(page, clock))
    turns = Counter(round(angle / 90) % 4 * 90 for _, angle, _, _, _, _ in found if abs(angle - round(angle / 90) * 90) < 3)
    usual = turns.most_common(1)[0] if turns else (page.get_rotation() % 360, len(found))
    frame = _Frame(left, bottom, right, top, usual[0] if usual[1] * 2 >= len(found) else page.get_rotation() % 360)
    chars = [_Placed(_char(text, angle, size, box, spaced, frame), drawn) for text, angle, size, box, spaced, drawn in found]
    import pypdfium2.raw as engine

    rules = [rule for item, outer in paths for rule in _of_path(item, outer, frame, engine)]
    return frame, chars, rules


def _bounded(value: float) -> float:
    return max(-_FAR, min(_FAR, value)) if math.isfinite(value) else 0.0


Box = tuple[float, float, float, float]


def _characters(page: Any, clock: Clock) -> Iterator[tuple[str, float, float, Box, bool, bool]]:
    """Character, angle, size, box in the file's places, whether a space stands before it, and whether it is drawn.

    White space and made-up characters are left out; a made-up space counts between two Latin characters, since programs often
    leave a gap and no space there.
    """
    import pypdfium2.raw as engine

    text_page = page.get_textpage()
    matrix, loose = engine.FS_MATRIX(), engine.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    edges = tuple(ctypes.c_double() for _ in range(4))
    n_chars = min(text_page.count_chars(), _N_CHARS + 1)
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
        size = _bounded(engine.FPDFText_GetFontSize(text_page, i) * scale)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        left, low, right, high = (_bounded(value) for value in (loose.left, loose.bottom, loose.right, loose.top))
        size = size if 0.5 < size < 2000 else max(1.0, min(2000.0, high - low))
        if angle < 3 or angle > 357:  # the same height for every character of a line, whatever its own box
            if not 0.1 * size <= right - left <= 2.2 * size:  # fonts for text that runs down give heights for widths
                engine.FPDFText_GetCharBox(text_page, i, *edges)
                left, right = _bounded(edges[0].value), max(_bounded(edges[1].value), _bounded(edges[0].value) + 0.1 * size)
            low, high = _bounded(y.value) - 0.14 * size, _bounded(y.value) + 0.86 * size
        drawn = engine.FPDFTextObj_GetTextRenderMode(engine.FPDFText_GetTextObject(text_page, i)) != _INVISIBLE
        yield text, angle, size, (left, low, right, high), spaced or (made_up and last.isascii() and text.isascii()), drawn
        spaced, made_up, last = False, False, text


def _text_at(text_page: Any, i: int, engine: Any) -> str:
    if engine.FPDFText_HasUnicodeMapError(text_page, i) == 1:
        return _UNKNOWN
    code = engine.FPDFText_GetUnicode(text_page, i)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return _UNKNOWN
    return "-" if chr(code) in _HYPHENS else chr(code)


def _char(text: str, angle: float, size: float, box: Box, spaced: bool, frame: _Frame) -> Char:
    turned = (angle - frame.turn) % 360
    x0, top, x1, bottom = frame.box(*box)
    return Char(text, x0, top, x1, bottom, size, 0.0 if turned < 1 or turned > 359 else turned, spaced)


def _objects(page: Any, engine: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """What a page draws, also in the forms that it draws: object, kind, and the matrix of the form that holds it."""
    todo: list[tuple[Any, Matrix, int]] = [(page.raw, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
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
                todo.append((item, _times(_matrix(item, engine), outer), depth + 1))
            else:
                yield item, kind, outer


def _rules_and_heights(page: Any, clock: Clock) -> tuple[list[tuple[Any, Matrix]], int]:
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
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = (_bounded(value) for value in (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f))
    return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _of_path(item: Any, outer: Matrix, frame: _Frame, engine: Any) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    engine.FPDFPath_GetDrawMode(item, fill, stroke)
    filled, stroked = bool(fill.value) and _coloured(item, engine), bool(stroke.value)
    n = engine.FPDFPath_CountSegments(item)
    if not (filled or stroked) or not 2 <= n <= 2000:
        return
    matrix = _times(_matrix(item, engine), outer)
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
    a, b, c, d, e, f = matrix
    for i in range(n):
        segment = engine.FPDFPath_GetPathSegment(item, i)
        kind = engine.FPDFPathSegment_GetType(segment)
        if kind == engine.FPDF_SEGMENT_MOVETO or kind == engine.FPDF_SEGMENT_BEZIERTO:
            if len(points) > 1:
                yield points
            points = []
        engine.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((_bounded(a * x.value + c * y.value + e), _bounded(b * x.value + d * y.value + f)))
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
