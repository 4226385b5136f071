"""Fields of Word (PAGE, REF, TOC): their result is text, their instruction is not, and a table of contents is left out.

A field begins and ends with marks that stand anywhere between the words, over many paragraphs: so the words of a whole story
are settled at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Mark", "Settled", "settle"]

_CONTENTS = re.compile(r"\s*TO[CAF]\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d\s*$")
_LONGEST_ENTRY = 120  # characters of a line of a table of contents without its page number


@dataclass(frozen=True, slots=True)
class Mark:
    """``begin``, ``separate`` or ``end`` of a field, or a piece of its ``instruction``."""

    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The words of a paragraph, and whether they stand in a table of contents that a field makes."""

    words: str
    is_contents: bool


class _Fields:
    """The fields that stand open: how many of them hide the words here, and how many are tables of contents."""

    def __init__(self) -> None:
        self._open: list[tuple[bool, bool]] = []  # whether the result has begun, whether it is a table of contents
        self._instruction: list[str] = []
        self.n_hiding = self.n_contents = 0

    def begin(self) -> None:
        self._open.append((False, False))
        self._instruction = []
        self.n_hiding += 1

    def go_on(self, mark: Mark) -> None:
        """What a mark does to the innermost field."""
        if not self._open:
            return
        in_result, is_contents = self._open[-1]
        if mark.kind == "end":
            self._open.pop()
            self.n_hiding -= not in_result
            self.n_contents -= is_contents
        elif mark.kind == "separate" and not in_result:
            is_contents = _CONTENTS.match("".join(self._instruction)) is not None
            self._open[-1] = (True, is_contents)
            self.n_hiding -= 1
            self.n_contents += is_contents
        elif mark.kind == "instruction" and not in_result:
            self._instruction.append(mark.words)


def settle(paragraphs: Sequence[Sequence[str | Mark]]) -> list[Settled]:
    """The words of the paragraphs of a story: instructions taken out, results kept.

    >>> settle([["第", Mark("begin"), Mark("instruction", "PAGE"), Mark("separate"), "3", Mark("end"), "页"]])
    [Settled(words='第3页', is_contents=False)]
    """
    unended = _unended(paragraphs)
    fields = _Fields()
    settled, n = [], 0
    for tokens in paragraphs:
        words: list[str] = []
        is_contents = False
        for token in tokens:
            if isinstance(token, str):
                if not fields.n_hiding:
                    words.append(token)
                    is_contents = is_contents or (fields.n_contents > 0 and bool(token.strip()))
            elif token.kind == "begin":
                n += 1
                if n not in unended:
                    fields.begin()
            else:
                fields.go_on(token)
        line = "".join(words)
        settled.append(Settled(line, is_contents and _like_an_entry(line)))
    return settled


def _unended(paragraphs: Sequence[Sequence[str | Mark]]) -> set[int]:
    """The beginnings (counted from 1) that no end follows: they would swallow the rest of the text."""
    opened: list[int] = []
    n = 0
    for tokens in paragraphs:
        for token in tokens:
            if isinstance(token, Mark) and token.kind == "begin":
                n += 1
                opened.append(n)
            elif isinstance(token, Mark) and token.kind == "end" and opened:
                opened.pop()
    return set(opened)


def _like_an_entry(line: str) -> bool:
    return len(line.strip()) <= _LONGEST_ENTRY or _PAGE_NUMBER.search(line[-20:]) is not None
