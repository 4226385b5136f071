"""Where a report closes: the words after its last section, its signature and its date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportkit.language.lines import is_salutation, is_signature_or_date
from reportkit.structure.alone import is_last
from reportkit.structure.headings import paragraph_spans
from reportkit.structure.numbered import Heading
from reportkit.structure.wording import heading_words

__all__ = ["closing_start"]


def closing_start(text: str, headings: Sequence[Heading], end: int) -> int:
    """Where the closing begins, among the paragraphs of the last of the headings; ``end``, where annexes begin, for none.

    It begins at a salutation that a call upon the hearers follows, at a last paragraph that sums up or looks ahead, at the
    second paragraph where every other section has one, at 特此报告, or at the signature.
    """
    if not headings:
        return end
    last = headings[-1]
    body = list(paragraph_spans(text, last.end, end))
    lines = [span.of(text) for span in body]
    at = len(body)
    while at and (is_signature_or_date(lines[at - 1]) or heading_words("end").match(lines[at - 1])):
        at -= 1
    if not is_last(last.title(text)):
        at = _closing_words(text, headings, lines, at)
    return body[at].start if at < len(body) else end


def _closing_words(text: str, headings: Sequence[Heading], lines: Sequence[str], foot: int) -> int:
    """The first paragraph of the closing words, or the first line of the foot."""
    last = headings[-1]
    own = 1 if lines else 0
    salutes = next((i for i in range(own, foot) if is_salutation(lines[i])), None)
    if salutes is not None and (foot < len(lines) or any(_calls(line) for line in lines[salutes:foot])):
        return salutes
    runs_in = last.end < len(text) and text[last.end] != "\n"
    if runs_in and foot > 1 and _one_paragraph_each(text, headings):
        return 1
    if foot > 1 and foot == len(lines) and _concludes(lines[foot - 1], last.title(text)):
        return foot - 1
    return foot


def _calls(line: str) -> bool:
    """Whether a paragraph calls upon its hearers, as the end of a report does and a word of thanks does not."""
    return bool(heading_words("call").search(line)) or (line[-1] in "！!" and not heading_words("thanks").search(line))


def _concludes(line: str, title: str) -> bool:
    """Whether a last paragraph sums up or looks ahead, in a section that is not itself about what comes."""
    looks_ahead = heading_words("concluding").match(line) and not heading_words("outlook").search(title)
    return bool(heading_words("call").search(line) or looks_ahead)


def _one_paragraph_each(text: str, headings: Sequence[Heading]) -> bool:
    """Whether every other section with a run-in heading is a single paragraph (and there are some)."""
    others = [
        text[heading.end : following.start].strip("\n")
        for heading, following in pairwise(headings)
        if heading.rank == headings[-1].rank and text[heading.end] != "\n"
    ]
    return len(others) >= 2 and not any("\n" in body for body in others)
