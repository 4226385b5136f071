"""Text set to a fixed width, as copied from a PDF or a mail: a line that fills its width goes on in the next one.

Two kinds are known.  On a **grid**, line ends were put by counting, characters or half-width cells (a Han character is two): a
line is full where what comes next would not have fitted, and a cut may fall anywhere, even inside a number.  Where lines were
**set** in type, full ones are about as wide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.cleaning.joining import FINAL, Line, between, is_ended, lines_of
from reportkit.language.lines import begins_anew, is_signature_or_date, is_table_row
from reportkit.language.numbering import heading_number, is_enumerator

__all__ = ["narrow_column"]

_SENTENCE = re.compile("[。！？；]")
_TOKEN = re.compile(
    "[《“（【(]*(?:[A-Za-z0-9.]{1,12}|.)[，、。；：！？）》”】…%,.;:!?)]*"
)  # what a line end does not divide in type
_HANGING = "，、。；：！？）》”】…%"  # marks that no line begins with may stand beyond its end
_NARROWEST = 40  # cells
_FEWEST_ON_GRID, _FEWEST_SET = 5, 8  # full lines without which nothing is said of a text


def narrow_column(text: str) -> Iterator[Edit]:
    r"""Edits that join the lines of text set to a fixed width, where there are many such lines.

    What it gets wrong: a paragraph or a heading that happens to end at the full width is joined with what follows, unless
    indents or a number tell.

    >>> line = "全市坚持以公开为常态不断完善制度健全各项机制"
    >>> mend(narrow_column, "\n".join([line] * 6 + ["全年公开2项。", "办件"])) == line * 6 + "全年公开2项。\n办件"
    True
    """
    lines = lines_of(text)
    grid = _grid(lines)
    if grid is not None:
        yield from _joined_on_grid(text, lines, grid)
        return
    width = _column_width(lines)
    if width is not None:
        yield from _joined_in_type(lines, width)


# --- lines on a grid ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    """How much a full line holds, in ``cells`` or in characters, and whether numbers and Latin words stay whole.

    An indent of a line may have been ideographic spaces, of two cells each: what is known is only their number.
    """

    size: int
    cells: bool
    whole_words: bool = False

    def length(self, line: Line) -> int:
        return _width(line) if self.cells else line.whole[1] - line.whole[0]

    def is_filled(self, line: Line) -> bool:
        """Whether a line is as long as a full one, whatever comes next."""
        length = self.length(line)
        if not self.cells:
            return length == self.size
        hanging = 2 * min(3, len(line.text) - len(line.text.rstrip(_HANGING)))
        return any(self.size - 1 <= cells <= self.size + hanging for cells in (length, length + line.indent))

    def is_full(self, line: Line, after: Line) -> bool:
        """Whether what comes next would not have fitted on a line."""
        if not self.cells or self.is_filled(line):
            return self.is_filled(line)
        token = _TOKEN.match(after.text) if self.whole_words else None
        length = self.length(line) + line.indent
        return self.size - 14 <= length <= self.size and length + _cells(token[0] if token else after.text[0]) > self.size


def _grid(lines: Sequence[Line]) -> _Grid | None:
    """The grid that a text was put on, or ``None``.

    In such text most lines that end without a mark are full, many of these follow each other, few begin as headings do (which
    may be of one length by choice), and hardly any line is much longer.
    """
    if len(lines) < _FEWEST_ON_GRID:
        return None
    unfinished = [line for line in lines if line.text[-1] not in FINAL and _width(line) >= _NARROWEST - 4]
    best, n_best = None, 0
    for cells in (False, True):
        sizes = Counter(_Grid(0, cells).length(line) for line in unfinished)
        grid = _Grid(max(sizes.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0], cells)
        n_full = sum(map(grid.is_filled, unfinished))
        if n_full > n_best:
            best, n_best = grid, n_full
    if best is None or n_best < _FEWEST_ON_GRID or n_best < 0.5 * len(unfinished):
        return None
    full = [best.is_filled(line) for line in lines]
    n_together = sum(this and after for this, after in pairwise(full))
    n_headings = sum(this and heading_number(line.text) is not None for this, line in zip(full, lines, strict=True))
    n_longer = sum(best.length(line) > 2 * best.size for line in lines)
    if n_together < 0.2 * sum(full) or n_headings > 0.85 * sum(full) or n_longer > 0.02 * len(lines):
        return None
    cut_inside = any(
        this and line.text[-1].isdecimal() and after.text[0].isdecimal()
        for this, (line, after) in zip(full, pairwise(lines), strict=False)
    )
    return _Grid(best.size, best.cells, whole_words=best.cells and not cut_inside)


def _joined_on_grid(text: str, lines: Sequence[Line], grid: _Grid) -> Iterator[Edit]:
    full = [grid.is_full(line, after) for line, after in pairwise(lines)]
    seams = [pair for pair, is_full in zip(pairwise(lines), full, strict=True) if is_full]
    starts = [after for (_, after), is_full in zip(pairwise(lines), full, strict=True) if not is_full]
    n_indented = sum(line.indent >= 2 for line in lines)
    indented = 3 <= n_indented <= 0.8 * len(lines) and sum(line.indent >= 2 for line in starts) >= 0.6 * len(starts)
    enumerated = any(is_enumerator(line.text) for line in starts)
    blanks = [text.count("\n", line.whole[1], after.whole[0]) > 1 for line, after in seams]
    blank_ends = 2 * sum(blanks) < len(blanks)
    joined_to, prose = None, False  # the line that the last one was joined with, and whether their paragraph holds sentences
    for (line, after), blank in zip(seams, blanks, strict=True):
        prose = (prose and line is joined_to) or _SENTENCE.search(line.text) is not None
        if blank and blank_ends:
            continue
        goes_on = after.indent < 2 if indented else _goes_on(line.text, after.text, prose, enumerated)
        if goes_on and not is_table_row(line.text):
            joined_to = after
            yield line.whole[1], after.whole[0], between(line.text, after.text) if grid.whole_words else ""


def _goes_on(line: str, after: str, prose: bool, enumerated: bool) -> bool:
    """Whether a paragraph, ``prose`` or not, goes on after a full line; ``enumerated``: whether others begin with 一是."""
    if not begins_anew(after):
        return True
    if is_table_row(after):
        return False
    if is_enumerator(after):
        return not (enumerated and is_ended(line))
    if is_signature_or_date(after) or (heading_number(after) and not prose):
        return line[-1] in "，、第"
    return not is_ended(line)


# --- lines set in type --------------------------------------------------------------------------------------------------


def _column_width(lines: Sequence[Line]) -> int | None:
    """The width, in half-width cells, of text set to a fixed column, or ``None`` for text that is not.

    In such text hardly any line is wider than the column and most lines inside a sentence are just as wide; elsewhere a
    paragraph is one long line.
    """
    widths = [_width(line) for line in lines]
    inside = sorted(w for w, line in zip(widths, lines, strict=True) if w >= 36 and line.text[-1] not in FINAL)
    if len(inside) < _FEWEST_SET:
        return None
    column = inside[int(0.9 * (len(inside) - 1))]
    if column > 110 or sum(w > column + 6 for w in widths) > 0.02 * len(widths):
        return None
    return column if sum(w >= column - 6 for w in inside) >= 0.6 * len(inside) else None


def _joined_in_type(lines: Sequence[Line], width: int) -> Iterator[Edit]:
    indented = sum(line.indent >= 2 for line in lines) >= 3
    for line, after in pairwise(lines):
        if _width(line) < width - 6 or begins_anew(after.text) or is_table_row(line.text):
            continue
        if is_ended(line.text) and not (indented and after.indent < 2):
            continue  # the line is full and so is the sentence: only an indent could tell
        yield line.end, after.start, between(line.text, after.text)


def _width(line: Line) -> int:
    return _cells(line.text) + line.indent


def _cells(text: str) -> int:
    """Half-width cells: a Han character is two (it takes three bytes in UTF-8, an ASCII one takes one)."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2
