"""Text → sentences.

Sentences end at 。！？ and at the end of a paragraph, never inside quotation marks, 《》 or brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from reportkit.language.characters import CLOSERS, HAN, OPENERS, PAIRS, SENTENCE_END
from reportkit.language.lines import is_table_row, leads_to_page, line_words
from reportkit.language.script import to_simplified
from reportkit.report import Outline, Paragraph, Report, Sentence, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract_sentences", "report_sentences", "split_sentences"]

_END = re.compile(f"[{SENTENCE_END}]+[{re.escape(SENTENCE_END + CLOSERS)}]*")
_BRACKETS = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_DEEPEST = 20  # brackets that may be open inside each other; more is damage
_GOES_ON = "，、；：,;的等和及与之"
_SALUTATION = re.compile(f"[{HAN}、]{{1,16}}[：！!:]")


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text, as spans that follow each other without a gap.

    A paragraph end ends a sentence; closing marks stay with theirs; space and line ends belong to the sentence before.

    >>> text = "他说：“好。就这样。”随后4.15国家安全日增长7.1%。完成了！"
    >>> [span.of(text) for span in split_sentences(text)]
    ['他说：“好。就这样。”', '随后4.15国家安全日增长7.1%。', '完成了！']
    """
    cuts: list[int] = []
    start = 0
    for paragraph in re.finditer("[^\n]*(?:\n+|$)", text):
        if not paragraph[0]:
            continue
        cuts += _cuts(text, start, paragraph.end())
        start = paragraph.end()
        cuts.append(start)
    return [Span(a, b) for a, b in pairwise([0, *cuts])]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the sentences of one paragraph end, but for its last."""
    opened, closed = _bracketed(text, start, end)
    last = start + len(text[start:end].rstrip())
    for mark in _END.finditer(text, start, end):
        if mark.end() >= last:
            return
        around = bisect_right(opened, mark.start()) - 1
        if around >= 0 and mark.end() <= closed[around]:
            continue
        quoted = mark[0][-1] in CLOSERS
        if "》" in mark[0] or (quoted and text[mark.end()] in _GOES_ON):
            continue  # the mark belongs to a title or a quotation, and the sentence goes on
        at = mark.end()
        while text[at] == " ":
            at += 1
        yield at


def _bracketed(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Where the outermost brackets and quotations of a paragraph open and close; one without a partner is none."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for found in _BRACKETS.finditer(text, start, end):
        mark = found[0]
        if mark in PAIRS:
            stack = [*stack[-_DEEPEST:], (mark, found.start())]
            continue
        for depth in range(len(stack) - 1, -1, -1):
            opener, at = stack[depth]
            if PAIRS[opener] == mark:
                while pairs and pairs[-1][0] > at:
                    pairs.pop()
                pairs.append((at, found.start()))
                del stack[depth:]
                break
    return [a for a, _ in pairs], [b for _, b in pairs]


def report_sentences(text: str, outline: Outline, simplified: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of a report's paragraphs, each with its section's path and id; headings and title lines are none.

    ``simplified`` is the text in simplified characters, which is what the rules read; it is made where it is not given.
    """
    read = to_simplified(text) if simplified is None else simplified
    sentences: list[Sentence] = []

    def add(paragraphs: Iterable[Paragraph], path: str = "", section_id: str = "") -> None:
        for paragraph in paragraphs:
            line = paragraph.span.of(read)
            for span in split_sentences(line) if _is_prose(line) else ():
                start, end = paragraph.span.start + span.start, paragraph.span.start + span.end
                piece = text[start:end]
                start += len(piece) - len(piece.lstrip())
                end -= len(piece) - len(piece.rstrip())
                sentences.append(Sentence(text[start:end], Span(start, end), path, section_id))

    add(outline.preamble)
    for section in outline.walk():
        add(section.paragraphs, section.path, section.id)
    add(outline.closing)
    return tuple(sorted(sentences, key=lambda sentence: sentence.span.start))


def _is_prose(line: str) -> bool:
    """Whether a paragraph is made of sentences: no line of a title page, no signature, no row of a table."""
    if is_table_row(line) or leads_to_page(line):
        return False
    if _SALUTATION.fullmatch(line) and not re.search(line_words("announces"), line):
        return False
    return len(line) > 40 or re.search("[。！？；：，]", line) is not None


def extract_sentences(report: Report) -> pd.DataFrame:
    """The sentences of a report as a table.

    Returns
    -------
    DataFrame
        One row a sentence: ``sentence``, ``section`` (path, ``""`` in the preamble), ``n_chars``, ``start``, ``end``.
    """
    import pandas as pd

    rows = [(s.text, s.section, len(s.text), s.span.start, s.span.end) for s in report.sentences]
    return pd.DataFrame(rows, columns=["sentence", "section", "n_chars", "start", "end"])
