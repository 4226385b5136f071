"""Sheets of placed characters and rules → text, tables and notes, whatever the format that the sheets come from.

``lines`` puts characters into lines, ``rules``, ``unruled`` and ``tables`` make the tables, ``running`` tells what is no part
of the text, ``columns`` finds the reading order and ``paragraphs`` joins lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportkit.loading.layout.columns import Column, columns_of
from reportkit.loading.layout.lines import Line, apart, lines_of, usual_size, watermarks
from reportkit.loading.layout.paragraphs import Start, starts_of
from reportkit.loading.layout.placed import Char, Sheet
from reportkit.loading.layout.running import Leaf, footnotes_on, running_lines
from reportkit.loading.layout.tables import Frame, Part, as_tables, tables_on
from reportkit.loading.limits import Clock
from reportkit.loading.loaded import Loaded, Page

__all__ = ["laid_out"]

_CAPTION = 40  # characters that a line above a table has at most to be its caption
_SHOWN = 40  # characters of what was left out that a note shows


@dataclass(frozen=True, slots=True)
class _Read:
    """A page as it is taken apart."""

    sheet: Sheet
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    frames: tuple[Frame, ...]
    left_out: tuple[Char, ...]
    crowded: bool


def laid_out(sheets: Sequence[Sheet], name: str, encoding: str, clock: Clock) -> Loaded:
    """The text, the tables and the notes of a document's pages.

    Each character of the sheets is in the text, in a cell of a table, or in what a note says to be left out.
    """
    reads = list(_taken_apart(sheets, clock))
    leaves = [Leaf(read.sheet.number, read.sheet.width, read.sheet.height, read.lines) for read in reads]
    running = running_lines(leaves)
    usual = usual_size([char for read in reads for line in read.lines for char in line.chars])
    pages: list[tuple[int, list[Column], list[float]]] = []
    footnotes: list[str] = []
    captioned: list[tuple[Part, bool]] = []
    last_line, at_end = "", False
    for read, leaf in zip(reads, leaves, strict=True):
        clock.check()
        lines = [line for line in read.lines if id(line) not in running]
        notes = footnotes_on(leaf, lines, read.sheet.rules, usual)
        if notes:
            footnotes += _as_footnotes(read.sheet.number, notes)
            lines = lines[: len(lines) - len(notes)]
        for part in read.parts:
            above = [line for line in lines if line.bottom <= part.top + 2]
            goes_on = at_end and not above and bool(captioned) and _is_as_wide(captioned[-1][0], part)
            caption = max(above, key=lambda line: line.bottom).text if above else last_line
            captioned.append((replace(part, caption=caption if _is_caption(caption) else ""), goes_on))
            at_end = part.bottom > leaf.height / 2 and not any(line.top > part.top for line in lines)
        if lines:
            last_line = lines[-1].text
            at_end = at_end and bool(read.parts)
        pages.append((read.sheet.number, list(_in_order(read, lines)), [part.top for part in read.parts]))
    page = _text_of(starts_of(pages))
    page.tables.extend(as_tables(captioned))
    return page.loaded(encoding, tuple(_notes(reads, running, footnotes)))


def _taken_apart(sheets: Sequence[Sheet], clock: Clock) -> Iterator[_Read]:
    before: Part | Frame | None = None
    marks = _marks(sheets, clock)
    for sheet in sheets:
        clock.check()
        chars, left_out = apart([char for char in sheet.chars if char.text.strip() and _mark(char) not in marks])
        left_out += [char for char in sheet.chars if _mark(char) in marks]
        parts, frames, taken, crowded = tables_on(sheet, chars, left_out, before)
        clock.check()
        lines = lines_of([char for char in chars if id(char) not in taken])
        left = tuple(char for char in left_out if id(char) not in taken)
        yield _Read(sheet, tuple(lines), tuple(parts), tuple(frames), left, crowded)
        ends: list[Part | Frame] = [*parts, *frames]
        before = max(ends, key=lambda end: end.bottom, default=None)
        if before is not None and before.bottom < 0.7 * sheet.height:
            before = None


def _is_caption(line: str) -> bool:
    return len(line) < _CAPTION and not line.endswith(tuple("。；，！？"))


def _marks(sheets: Sequence[Sheet], clock: Clock) -> set[tuple[str, int, int, int]]:
    """What is a watermark on one page is one on all pages, also where no text stands over it."""
    marks: set[tuple[str, int, int, int]] = set()
    for sheet in sheets:
        clock.check()
        marks |= {_mark(char) for char in watermarks([char for char in sheet.chars if char.text.strip()])}
    return marks


def _mark(char: Char) -> tuple[str, int, int, int]:
    return char.text, round(char.x0), round(char.top), round(char.size)


def _is_as_wide(part: Part, other: Part) -> bool:
    return abs(part.xs[0] - other.xs[0]) <= 5 and abs(part.xs[-1] - other.xs[-1]) <= 5


def _in_order(read: _Read, lines: Sequence[Line]) -> Iterator[Column]:
    """The columns of a page from top to bottom; the cells of a frame are columns where the frame stands."""
    start = 0
    for frame in read.frames:
        end = next((i for i in range(start, len(lines)) if lines[i].middle > frame.top), len(lines))
        yield from columns_of(lines[start:end], 0.0, read.sheet.width)
        for left, right, chars in frame.cells:
            yield Column(tuple(lines_of(chars)), f"frame {left:.0f}-{right:.0f}", left, right, is_cell=True)
        start = end
    yield from _around_tables(lines[start:], read)


def _around_tables(lines: Sequence[Line], read: _Read) -> Iterator[Column]:
    """The columns above, between and below tables that reach across them; where there is one column, it is one."""
    width = read.sheet.width
    bands: list[list[Column]] = []
    start = 0
    for part in read.parts:
        if part.xs[0] < width / 2 < part.xs[-1]:
            end = next((i for i in range(start, len(lines)) if lines[i].middle > part.top), len(lines))
            bands.append(list(columns_of(lines[start:end], 0.0, width)))
            start = end
    if bands:
        bands.append(list(columns_of(lines[start:], 0.0, width)))
    if any(len(band) > 1 for band in bands):
        yield from (column for band in bands for column in band)
    else:
        yield from columns_of(lines, 0.0, width)


def _text_of(starts: Sequence[Start]) -> Page:
    page = Page()
    words, place = "", ""
    for start in starts:
        line = start.line
        if start.is_new:
            if words:
                page.add(words, place)
            words = ""
            place = f"page {start.page}, {line.x0:.0f}-{line.x1:.0f} x {line.top:.0f}-{line.bottom:.0f}"
        glue = " " if words[-1:].isascii() and line.text[:1].isascii() and words[-1:].isalpha() else ""
        words += glue + line.text
    if words:
        page.add(words, place)
    return page


def _as_footnotes(number: int, lines: Sequence[Line]) -> Iterator[str]:
    yield f"footnotes of page {number}: {' '.join(line.text for line in lines)}"


def _notes(reads: Sequence[_Read], running: set[int], footnotes: Sequence[str]) -> Iterator[str]:
    left = [char.text for read in reads for char in read.left_out]
    if left:
        pages = sum(bool(read.left_out) for read in reads)
        shown = "".join(left[:_SHOWN]) + "…" * (len(left) > _SHOWN)
        on = "1 page" if pages == 1 else f"{pages:,} pages"
        yield f"left out: {len(left):,} turned characters, watermarks or characters beside the text, on {on}: {shown}"
    titles = list(dict.fromkeys(line.text for read in reads for line in read.lines if id(line) in running))
    if titles:
        n_lines = sum(id(line) in running for read in reads for line in read.lines)
        lines = "1 line" if n_lines == 1 else f"{n_lines:,} lines"
        yield f"left out: {lines} at the edges of pages (page numbers, running titles): {' | '.join(titles[:5])}"
    labels = [label for read in reads for frame in read.frames for label in frame.labels]
    if labels:
        yield f"left out: labels at the side of a frame around the text: {' | '.join(labels[:20])}"
    yield from footnotes
    crowded = [str(read.sheet.number) for read in reads if read.crowded]
    if crowded:
        yield f"page {', '.join(crowded[:20])}: too many drawn lines to tell tables; what stands in them is in the text"
