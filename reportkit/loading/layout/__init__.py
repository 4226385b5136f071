"""Sheets of placed characters and rules → text, tables and notes."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.loading.layout.placed import Char, Sheet
from reportkit.loading.limits import Clock
from reportkit.loading.loaded import Loaded, Page

__all__ = ["laid_out"]


def laid_out(sheets: Sequence[Sheet], name: str, encoding: str, clock: Clock) -> Loaded:
    """The text, the tables and the notes of a document's pages."""
    page = Page()
    for sheet in sheets:
        clock.check()
        for line in _lines(sheet.chars):
            x0, x1 = line[0].x0, line[-1].x1
            top, bottom = min(char.top for char in line), max(char.bottom for char in line)
            page.add("".join(char.text for char in line), f"page {sheet.number}, {x0:.0f}-{x1:.0f} x {top:.0f}-{bottom:.0f}")
    return page.loaded(encoding)


def _lines(chars: Sequence[Char]) -> list[list[Char]]:
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: ((char.top + char.bottom) / 2, char.x0)):
        middle = (char.top + char.bottom) / 2
        if lines and abs(middle - (lines[-1][0].top + lines[-1][0].bottom) / 2) < 0.45 * max(1.0, char.size):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: char.x0) for line in lines]
