"""Text set to a fixed width, as copied from a PDF or a mail: a line that fills its width goes on in the next one.

Two kinds are known.  Where line ends were put by **counting**, full lines have the same number of characters to the last one,
and a cut may fall anywhere, even inside a number or a Latin word.  Where lines were **set**, full lines are about as wide (a
Han character is two cells), and Latin words stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.cleaning.joining import FINAL, Line, between, is_ended, lines_of
from reportkit.language.lines import begins_anew, is_signature_or_date, is_table_row
from reportkit.language.numbering import heading_number, is_enumerator

__all__ = ["narrow_column"]

_SENTENCE = re.compile("[。！？；]")
_NARROWEST = 20  # characters
_FEWEST_COUNTED, _FEWEST_SET = 5, 8  # full lines without which nothing is said of a text


def narrow_column(text: str) -> Iterator[Edit]:
    """Edits that join the lines of text set to a fixed width, where there are many such lines.

    What it gets wrong: a paragraph or a heading that happens to end at the full width is joined with what follows, unless
    indents or a number tell.
    """
    lines = lines_of(text)
    count = _count_of_full_lines(lines)
    if count is not None:
        yield from _counted(text, lines, count)
        return
    width = _column_width(lines)
    if width is not None:
        yield from _set(lines, width)


# --- line ends put by counting ------------------------------------------------------------------------------------------


def _count_of_full_lines(lines: Sequence[Line]) -> int | None:
    """How many characters a full line has, or ``None`` for a text whose lines were not cut by counting.

    In such text most lines that end without a mark have the same length, few of them are headings, and hardly any line is
    much longer.
    """
    if len(lines) < _FEWEST_COUNTED:
        return None
    unfinished = [line for line in lines if len(line.text) >= _NARROWEST - 2 and line.text[-1] not in FINAL]
    lengths = Counter(_length(line) for line in unfinished)
    count, n_full = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if n_full < _FEWEST_COUNTED or n_full < 0.5 * len(unfinished) or count < _NARROWEST:
        return None
    n_headings = sum(heading_number(line.text) is not None for line in unfinished if _length(line) == count)
    longest = count if n_headings > 0.5 * n_full else 2 * count  # headings may be of one length by choice, above longer lines
    return count if sum(_length(line) > longest for line in lines) <= 0.02 * len(lines) else None


def _counted(text: str, lines: Sequence[Line], count: int) -> Iterator[Edit]:
    seams = [(line, after) for line, after in pairwise(lines) if _length(line) == count]
    starts = [after for line, after in pairwise(lines) if _length(line) != count]
    indented = sum(line.indent >= 2 for line in starts) > max(2, 0.6 * len(starts))
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
            yield line.whole[1], after.whole[0], ""


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


def _length(line: Line) -> int:
    return line.whole[1] - line.whole[0]


# --- lines that were set ------------------------------------------------------------------------------------------------


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
    return column if sum(w >= column - 6 for w in inside) >= 0.7 * len(inside) else None


def _set(lines: Sequence[Line], width: int) -> Iterator[Edit]:
    indented = sum(line.indent >= 2 for line in lines) >= 3
    for line, after in pairwise(lines):
        if _width(line) < width - 6 or begins_anew(after.text) or is_table_row(line.text):
            continue
        if is_ended(line.text) and not (indented and after.indent < 2):
            continue  # the line is full and so is the sentence: only an indent could tell
        yield line.end, after.start, between(line.text, after.text)


def _width(line: Line) -> int:
    """Half-width cells with the indent: a Han character is two (it takes three bytes in UTF-8, an ASCII one takes one)."""
    return (len(line.text) + len(line.text.encode("utf-8", "replace"))) // 2 + line.indent
