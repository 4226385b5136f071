"""Characters → lines: what stands at one height is read from left to right, whatever its order in the file.

Turned characters, watermarks and text that runs down beside the page are no part of them (:func:`apart`, :func:`watermarks`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.loading.layout.placed import Char

__all__ = ["GAP", "Line", "apart", "line_of", "lines_of", "pieces_of", "usual_size", "watermarks"]

GAP = 1.9  # of a character's size, from which a gap parts two things on one height
_SPACE = 0.12  # of a character's size, that a space of the file is at least wide
_TURNED = 3  # degrees from which a character is turned; a crooked scan has fewer
_BIG = 1.6  # times the usual size: a watermark that lies under the text
_SMALL, _SMALLER = 0.8, 0.95  # of a line's size: what may be raised, and what is raised if it is a mark
_MARK = re.compile(r"[①-⑳*＊†‡#]{1,3}|[\[［〔(（]?\d{1,3}[\]］〕)）]?|注\d{0,2}")
_STACK = 3  # characters from which upright ones make text that runs down


@dataclass(frozen=True, slots=True)
class Line:
    """What stands at one height: its text, its box in points from the top left, and its usual size."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    chars: tuple[Char, ...]

    @property
    def middle(self) -> float:
        """The height that it stands at."""
        return (self.top + self.bottom) / 2


def usual_size(chars: Sequence[Char]) -> float:
    """The size of most characters, 12 where there are none."""
    sizes = Counter(round(char.size * 2) / 2 for char in chars)
    return max(sizes, key=lambda size: (sizes[size], size), default=12.0)


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The lines of upright characters from top to bottom; a raised mark belongs to the line that it stands in."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=_middle):
        if rows and _middle(char) - _middle(rows[-1][-1]) < 0.3 * min(char.size, rows[-1][-1].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [line_of(row) for part in rows for row in _level(part)]
    return _with_marks(sorted(lines, key=lambda line: (line.middle, line.x0)))


def _middle(char: Char) -> float:
    return (char.top + char.bottom) / 2


def _level(row: Sequence[Char]) -> Iterator[list[Char]]:
    """A row that slides down step by step (crooked, or close lines side by side), cut where it has slid a line's height."""
    part: list[Char] = []
    for char in row:
        if part and _middle(char) - _middle(part[0]) > 0.5 * max(char.size, part[0].size):
            yield part
            part = []
        part.append(char)
    yield part


def _with_marks(lines: list[Line]) -> list[Line]:
    """Small marks that stand raised or lowered are put into the line beside them."""
    done: list[Line] = []
    for line in lines:
        last = done[-1] if done else None
        if last is not None and (_is_mark_in(last, line) or _is_mark_in(line, last)):
            done[-1] = line_of([*last.chars, *line.chars])
        else:
            done.append(line)
    return done


def _is_mark_in(small: Line, line: Line) -> bool:
    if len(small.chars) > 12 or len(line.chars) > 1000:
        return False
    if small.size > (_SMALLER if _MARK.fullmatch(small.text) else _SMALL) * line.size:
        return False
    shared = min(small.bottom, line.bottom) - max(small.top, line.top)
    beside = line.x0 - line.size < small.x0 and small.x1 < line.x1 + 2 * line.size
    return beside and shared > 0.4 * (small.bottom - small.top)


def line_of(chars: Sequence[Char]) -> Line:
    """One line of characters in any order; one that is drawn twice, to look bold, counts once."""
    row: list[Char] = []
    for char in sorted(chars, key=lambda char: char.x0):
        if not any(_is_again(char, before) for before in row[-3:]):
            row.append(char)
    return Line(
        _text_of(row),
        row[0].x0,
        min(char.top for char in row),
        max(char.x1 for char in row),
        max(char.bottom for char in row),
        usual_size(row),
        tuple(row),
    )


def _is_again(char: Char, before: Char) -> bool:
    joined = char.x1 - char.x0 > 1.5 * char.size  # the two of a dash —— may be drawn as one
    return char.text == before.text and not joined and abs(char.x0 - before.x0) < 0.2 * min(char.size, before.size)


def _text_of(row: Sequence[Char]) -> str:
    """The characters with the spaces that a reader sees: between Latin words, and where a wide gap parts two things."""
    words = row[0].text
    for before, char in pairwise(row):
        gap = char.x0 - before.x1
        if gap > GAP * max(before.size, char.size):
            words += "\u3000"
        else:
            words += " " * _is_parted(before, char, gap)
        words += char.text
    return words


def _is_parted(before: Char, char: Char, gap: float) -> bool:
    """Whether a space is seen between two characters: one of the file, or a gap between Latin ones."""
    latin = before.text.isascii() and char.text.isascii()
    return (char.spaced and gap > _SPACE * char.size) or (latin and gap > 0.25 * char.size)


def pieces_of(line: Line, gap: float = GAP) -> list[Line]:
    """A line cut where a gap of so many times the size parts two things; most lines are one piece."""
    parts: list[list[Char]] = []
    for char in line.chars:
        if parts and char.x0 - parts[-1][-1].x1 <= gap * max(char.size, parts[-1][-1].size):
            parts[-1].append(char)
        else:
            parts.append([char])
    return [line] if len(parts) == 1 else [line_of(part) for part in parts]


def apart(chars: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """The characters that make the lines of a page, and those that do not: turned, or down the side."""
    upright = [char for char in chars if _is_upright(char)]
    beside = {id(char) for char in _beside(upright)}
    kept = [char for char in upright if id(char) not in beside]
    kept_ids = {id(char) for char in kept}
    return kept, [char for char in chars if id(char) not in kept_ids]


def _is_upright(char: Char) -> bool:
    return min(char.angle, 360 - char.angle) <= _TURNED


def watermarks(chars: Sequence[Char]) -> list[Char]:
    """Upright characters of a size far above the usual that other ones are printed over."""
    chars = [char for char in chars if _is_upright(char)]
    usual = usual_size(chars)
    big = [char for char in chars if char.size > _BIG * usual]
    if not big:
        return []
    others = sorted((char for char in chars if char.size <= _BIG * usual), key=_middle)
    heights = [_middle(char) for char in others]
    under: list[Char] = []
    for size in sorted({round(char.size) for char in big})[:20]:
        of_size = [char for char in big if round(char.size) == size]
        n_over = sum(_is_printed_over(char, others, heights) for char in of_size[:100])
        if n_over * 3 >= min(len(of_size), 100):
            under += of_size
    return under


def _is_printed_over(char: Char, others: Sequence[Char], heights: Sequence[float]) -> bool:
    start, end = bisect_left(heights, char.top), bisect_left(heights, char.bottom)
    return any(char.x0 < (other.x0 + other.x1) / 2 < char.x1 for other in others[start : min(end, start + 1000)])


def _beside(chars: Sequence[Char]) -> list[Char]:
    """Upright characters that stand one under the other, beside all lines of the page."""
    pieces = [piece for line in lines_of(chars) for piece in pieces_of(line, 0.8)]
    long = [piece for piece in pieces if len(piece.chars) > 2]
    single = [piece for piece in pieces if len(piece.chars) == 1 and not piece.text.isdigit()]
    if not long or len(single) < _STACK:
        return []
    left, right = min(piece.x0 for piece in long), max(piece.x1 for piece in long)
    outside = [piece for piece in single if piece.x1 <= left or piece.x0 >= right]
    outside.sort(key=lambda piece: (round((piece.x0 + piece.x1) / 2 / piece.size * 2), piece.top))
    stacks: list[list[Line]] = []
    for piece in outside:
        last = stacks[-1][-1] if stacks else None
        if last is not None and _is_below(piece, last):
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    return [piece.chars[0] for stack in stacks if len(stack) >= _STACK for piece in stack]


def _is_below(piece: Line, last: Line) -> bool:
    same = abs((piece.x0 + piece.x1) - (last.x0 + last.x1)) < last.size
    return same and 0 < piece.top - last.top < 2.5 * last.size
