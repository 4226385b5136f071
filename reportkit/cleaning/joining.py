"""Which lines belong together: paragraphs, titles and words that a page break cut in two.

Every decision rests on what the two lines themselves show, so it is the same for text that was cleaned before:

* brackets: ``《重大行政决策程序暂|行条例》`` is open at the cut and closed soon after it;
* punctuation: no line begins with ``，`` and no paragraph ends with one;
* prose: a paragraph with sentences in it ends with a full stop, so one that does not was cut;
* words: in ``…情况报|告`` the dictionary finds a word across the cut and a lone character beside it;
* numbers: ``12|3.5%`` has a digit on either side.

A heading, a salutation, a date, a signature, an enumerated item or a table row begins anew, whatever precedes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.language.characters import HAN
from reportkit.language.lines import begins_anew, is_table_row, leads_to_page
from reportkit.language.numbering import heading_number
from reportkit.language.script import to_simplified
from reportkit.language.words import dictionary

__all__ = ["FINAL", "Line", "between", "cut_lines", "is_ended", "lines_of"]

FINAL = "。！？；：…!?;:"  # a line that ends so may end its paragraph
_CLOSERS = "，、。；：！？）》」』】”’…％%,;:!?)"
_PAIRS = {"》": "《", "”": "“", "）": "（", "】": "【"}
_CLOSER_OF = {opener: closer for closer, opener in _PAIRS.items()}
_REACH = {"《": 60, "“": 40, "（": 40, "【": 20}  # how far a bracket that is open at a cut may stay open
_BRACKET = re.compile("[《“（【》”）】]")
_LINE = re.compile("(?m)^([ ]*)([^ \n](?:[^\n]*[^ \n])?)[ ]*$")
_BRACKETED = re.compile("《[^》]{0,99}》|“[^”]{0,99}”|（[^）]{0,99}）")
_SENTENCE = re.compile("[。！？；]")
_SHORTEST_CUT_NUMBER = 20  # characters of a line that may end inside a number


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its place, its text in simplified characters without the white space around it."""

    start: int
    end: int
    text: str
    indent: int
    whole: tuple[int, int]  # its place with the white space around it


def lines_of(text: str) -> list[Line]:
    """The lines of a text, but for empty ones."""
    return [Line(*line.span(2), to_simplified(line[2]), len(line[1]), line.span()) for line in _LINE.finditer(text)]


def cut_lines(text: str) -> Iterator[Edit]:
    r"""Edits that take out the line ends inside a paragraph, a title, a word or a number.

    >>> mend(cut_lines, "健全细则。全市警情同比分别下\n\n降7.1%。\n二、问题")
    '健全细则。全市警情同比分别下降7.1%。\n二、问题'
    """
    lines = lines_of(text)
    head, prose = "", False  # the end of the paragraph that is being put together, and whether its beginning held sentences
    for this, line in zip([None, *lines], lines, strict=False):
        if this is not None and _goes_on(head, prose, line.text):
            yield this.end, line.start, between(head, line.text)
            prose = prose or _is_prose(head)
            head = (head + line.text)[-400:]
        else:
            head, prose = line.text, False


def between(head: str, tail: str) -> str:
    """What stands between two lines that are joined: a space between Latin words, else nothing."""
    return " " if _latin(head[-1]) and _latin(tail[0]) else ""


def is_ended(line: str) -> bool:
    """Whether a line may be the last of its paragraph, by its mark."""
    return line[-1] in FINAL or (line[-1] in "”’）)" and line[-2:-1] in "。！？!?")


def _goes_on(head: str, prose: bool, tail: str) -> bool:
    """Whether the line ``tail`` continues the paragraph that ends with ``head`` and whose beginning is ``prose`` or not."""
    if tail[0] in _CLOSERS and tail.strip("…"):  # dots alone stand for text that was left out
        return not is_table_row(head)
    opened = _open_bracket(head)
    if opened and _closes(opened, head, tail):
        return True
    last = head[-1]
    if is_ended(head) or begins_anew(tail) or is_table_row(head) or leads_to_page(head):
        return False
    if last in "，、" or last in "《“（":
        return True
    return prose or _is_prose(head) or _cuts_a_number(head, tail) or _cuts_a_word(head, tail)


def _is_prose(paragraph: str) -> bool:
    """Whether a paragraph holds sentences, so that its last one must end with a mark."""
    if len(paragraph) < 60 and not _SENTENCE.search(paragraph):
        return False
    inside = _BRACKETED.sub("", paragraph)
    return bool(_SENTENCE.search(inside)) or (len(inside) >= 60 and inside.count("，") >= 2)


def _cuts_a_number(head: str, tail: str) -> bool:
    """Whether a digit stands on either side of the seam, in a line too long for a heading that ends with a number."""
    return len(head) >= _SHORTEST_CUT_NUMBER and head[-1].isdecimal() and tail[0].isdecimal()


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
    for found in _BRACKET.finditer(paragraph, max(0, len(paragraph) - 120)):
        if found[0] in _REACH:
            stack.append((found[0], found.start()))
        elif stack and stack[-1][0] == _PAIRS[found[0]]:
            stack.pop()
    return stack[-1][0] if stack and len(paragraph) - stack[-1][1] <= _REACH[stack[-1][0]] else ""


def _closes(opened: str, head: str, tail: str) -> bool:
    """Whether the bracket that is open in ``head`` is closed soon in ``tail``, before another of its kind opens."""
    reach = tail[: _REACH[opened]]
    at = reach.find(_CLOSER_OF[opened])
    again = reach.find(opened)
    return at >= 0 and (again < 0 or again > at) and not (heading_number(tail) and head[-1] in FINAL)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
