"""Which lines belong together: paragraphs, titles and words that a page break or a narrow column cut in two.

Every decision rests on what the two lines themselves show, so it is the same for text that was cleaned before:

* brackets: ``《重大行政决策程序暂|行条例》`` is open at the cut and closed soon after it;
* punctuation: no line begins with ``，`` and no paragraph ends with one;
* prose: a paragraph with sentences in it ends with a full stop, so one that does not was cut;
* words: in ``…情况报|告`` the dictionary finds a word across the cut and a lone character beside it;
* width: in text set to a narrow column, a line as wide as the column goes on in the next one.

A heading, a salutation, a date, a signature, an enumerated item or a table row begins anew, whatever precedes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.language.characters import HAN
from reportkit.language.lines import begins_anew, is_table_row
from reportkit.language.numbering import heading_number
from reportkit.language.words import dictionary

__all__ = ["cut_lines", "narrow_column"]

_CLOSERS = "，、。；：！？）》」』】”’…％%,;:!?)"
_FINAL = "。！？；：…!?;:"
_PAIRS = {"》": "《", "”": "“", "）": "（", "】": "【"}
_REACH = {"《": 60, "“": 40, "（": 40, "【": 20}  # how far a bracket that is open at a cut may stay open


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # without the white space around it
    indent: int


def cut_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that take out the line ends inside a paragraph, a title, a word or a number."""
    lines = _lines(text)
    head, prose = "", False  # the end of the paragraph that is being put together, and whether it holds sentences
    for this, line in zip([None, *lines], lines, strict=False):
        if this is not None and _goes_on(head, prose, line.text):
            between = " " if _latin(head[-1]) and _latin(line.text[0]) else ""
            yield this.end, line.start, between
            head = (head + line.text)[-400:]
            prose = prose or _is_prose(head)
        else:
            head, prose = line.text, _is_prose(line.text)


def narrow_column(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that join the lines of text set to a fixed width (as copied from a PDF), where there are many such lines."""
    lines = _lines(text)
    width = _column_width(lines)
    if width is None:
        return
    indented = sum(line.indent >= 2 for line in lines) >= 3
    for line, following in pairwise(lines):
        if _width(line.text) + line.indent < width - 6 or begins_anew(following.text) or is_table_row(line.text):
            continue
        ended = line.text[-1] in _FINAL or (line.text[-1] in "”）" and line.text[-2:-1] in "。！？")
        if ended and not (indented and following.indent < 2):
            continue  # the line is full and so is the sentence: only an indent could tell
        between = " " if _latin(line.text[-1]) and _latin(following.text[0]) else ""
        yield line.end, following.start, between


def _goes_on(head: str, prose: bool, tail: str) -> bool:
    """Whether the line ``tail`` continues the paragraph that ends with ``head`` and is ``prose`` or not."""
    if tail[0] in _CLOSERS:
        return not is_table_row(head)
    opened = _open_bracket(head)
    if opened and _closes(opened, head, tail):
        return True
    if begins_anew(tail) or is_table_row(head):
        return False
    last = head[-1]
    if last in "，、" or (last in "《“（" and tail[0] not in _CLOSERS):
        return True
    if last in _FINAL or (last in "”’）)" and head[-2:-1] in "。！？!?"):
        return False
    return prose or _cuts_a_word(head, tail)


def _is_prose(paragraph: str) -> bool:
    """Whether a paragraph holds sentences, so that its last one must end with a mark."""
    inside = re.sub("《[^》]{0,99}》|“[^”]{0,99}”|（[^）]{0,99}）", "", paragraph)
    return bool(re.search("[。！？；]", inside)) or (len(inside) >= 60 and inside.count("，") >= 2)


def _cuts_a_word(head: str, tail: str) -> bool:
    """Whether a word of the dictionary spans the seam while a lone character is left beside it."""
    if len(head) < 6 or not re.match(f"[{HAN}]", head[-1]) or not re.match(f"[{HAN}]", tail[0]):
        return False
    left = re.split(f"[^{HAN}]", head[-8:])[-1]
    right = re.split(f"[^{HAN}]", tail[:8])[0]
    cut = dictionary().cut
    before, after = cut(left), cut(right)
    if len(before[-1]) > 1 and len(after[0]) > 1:
        return False
    place = 0
    for word in cut(left + right):
        if place < len(left) < place + len(word):
            whole = len(before[-1]) + len(after[0])
            return len(word) >= min(whole, 3) or (len(word) == 2 and len(before[-1]) == len(after[0]) == 1)
        place += len(word)
    return False


def _open_bracket(paragraph: str) -> str:
    """The innermost bracket that is open at the end of a paragraph, if it was opened not too far back."""
    stack: list[tuple[str, int]] = []
    for at in range(max(0, len(paragraph) - 120), len(paragraph)):
        char = paragraph[at]
        if char in _REACH:
            stack.append((char, at))
        elif char in _PAIRS and stack and stack[-1][0] == _PAIRS[char]:
            stack.pop()
    return stack[-1][0] if stack and len(paragraph) - stack[-1][1] <= _REACH[stack[-1][0]] else ""


def _closes(opened: str, head: str, tail: str) -> bool:
    """Whether the bracket that is open in ``head`` is closed soon in ``tail``, before another of its kind opens."""
    closer = next(close for close, opener in _PAIRS.items() if opener == opened)
    reach = tail[: _REACH[opened]]
    at = reach.find(closer)
    again = reach.find(opened)
    return at >= 0 and (again < 0 or again > at) and not (heading_number(tail) and head[-1] in _FINAL)


def _lines(text: str) -> list[_Line]:
    found = re.finditer(r"(?m)^([ ]*)([^ \n](?:[^\n]*[^ \n])?)[ ]*$", text)
    return [_Line(line.start(2), line.end(2), line[2], len(line[1])) for line in found]


def _column_width(lines: Sequence[_Line]) -> int | None:
    """The width, in half-width cells, of text set to a fixed column, or ``None`` for text that is not.

    In such text hardly any line is wider than the column and most lines inside a sentence are just as wide; elsewhere a
    paragraph is one long line.
    """
    widths = [_width(line.text) + line.indent for line in lines]
    inside = sorted(w for w, line in zip(widths, lines, strict=True) if w >= 36 and line.text[-1] not in _FINAL)
    if len(inside) < 8:
        return None
    column = inside[int(0.9 * (len(inside) - 1))]
    if column > 110 or sum(w > column + 6 for w in widths) > 0.02 * len(widths):
        return None
    return column if sum(w >= column - 6 for w in inside) >= 0.7 * len(inside) else None


def _width(text: str) -> int:
    return len(text) + sum(char > "\u2000" for char in text)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
