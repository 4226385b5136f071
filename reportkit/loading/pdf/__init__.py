"""PDF with a text layer → sheets of placed characters and rules, of which :mod:`reportkit.loading.layout` makes the text.

A PDF without text is a scan and said to be one; one whose fonts do not say which characters they draw is refused, too.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.layout import laid_out
from reportkit.loading.layout.placed import Char, Rule, Sheet
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded
from reportkit.loading.pdf.characters import N_CHARS, UNKNOWN, characters, on_sheet
from reportkit.loading.pdf.check import check_pdf
from reportkit.loading.pdf.drawn import paths_and_crowding, rules_of
from reportkit.loading.pdf.frame import Frame, bounded

__all__ = ["text_of_pdf"]

_N_AT_HEIGHT = 4_000  # pieces of text on one line; the engine compares each with all others of its line

_ENGINE = threading.Lock()  # PDFium serves one thread at a time


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character as the file places it, and whether it is drawn."""

    char: Char
    drawn: bool


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
    pages: list[tuple[Frame, list[_Placed], list[Rule]]] = []
    n_chars = 0
    for number in range(n_pages):
        clock.check()
        page = document[number]
        try:
            pages.append(_page(page, name, clock))
        finally:
            page.close()  # or every page stays in memory
        n_chars += len(pages[-1][1])
        if n_chars > N_CHARS:
            raise LoadingError(
                f"{name}: the PDF holds more than {N_CHARS:,} characters; take the report's own pages out of it, "
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


def _on_page(char: Char, frame: Frame) -> bool:
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
    unknown = sum(char.text == UNKNOWN or "\ue000" <= char.text <= "\uf8ff" for sheet in sheets for char in sheet.chars)
    if unknown > 0.2 * n_chars:
        raise LoadingError(
            f"{name}: the PDF's text layer cannot be decoded (its fonts do not say which characters they draw). Run it through "
            "OCR (text recognition), then read that."
        )


def _page(page: Any, name: str, clock: Clock) -> tuple[Frame, list[_Placed], list[Rule]]:
    left, bottom, right, top = (bounded(value) for value in page.get_cropbox())
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = 0.0, 0.0, 595.0, 842.0
    paths, n_at_height = paths_and_crowding(page, clock)
    if n_at_height > _N_AT_HEIGHT:
        raise LoadingError(
            f"{name}: the PDF puts {n_at_height:,} pieces of text on one line of a page, which no text does; print it to a new "
            "PDF, then read that."
        )
    found = list(characters(page, clock))
    turns = Counter(round(angle / 90) % 4 * 90 for _, angle, _, _, _, _ in found if abs(angle - round(angle / 90) * 90) < 3)
    usual = turns.most_common(1)[0] if turns else (page.get_rotation() % 360, len(found))
    frame = Frame(left, bottom, right, top, usual[0] if usual[1] * 2 >= len(found) else page.get_rotation() % 360)
    chars = [_Placed(on_sheet(text, angle, size, box, spaced, frame), drawn) for text, angle, size, box, spaced, drawn in found]
    import pypdfium2.raw as engine

    rules = [rule for item, outer in paths for rule in rules_of(item, outer, frame, engine)]
    return frame, chars, rules
