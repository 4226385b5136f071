"""Text → sentences and words.

Sentences end at 。！？ and at the end of a paragraph, never inside quotation marks, 《》 or brackets.  Words come from rjieba
(jieba's dictionary and model, in Rust), but terms that no dictionary has are matched first and stay whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reportkit.joining import HAN, is_signature_or_date, is_table_row
from reportkit.lexicon import dictionary, lexicon
from reportkit.report import Outline, Paragraph, Report, Sentence, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["count_words", "extract_sentences", "report_sentences", "split_sentences", "words"]

_END = re.compile("[。！？!?]+[。！？!?”’」』）)》】]*")
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
_CLOSERS = frozenset(_PAIRS.values())
_BRACKETS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_DEEPEST = 20  # brackets that may be open inside each other; more is damage
_GOES_ON = "，、；：,;的等和及与之"
_SHAPES = (
    r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,60})*》",  # a cited title, another inside it or not
    r"\d+(?:\+(?:\d+|[A-ZＮ]))+",  # 2+4+N
    r"\d+(?:[.,]\d+)*(?:%|‰)?",  # 23.4%  4.15  1,012.4
)
_SALUTATION = re.compile(f"(?![^：]*(?:如下|报告))[{HAN}、]{{1,16}}[：！!:]")
_QUOTED = re.compile(rf"(?<=“)[{HAN}A-Za-z0-9+]{{2,8}}(?=”)")


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
    bounds = [0, *sorted(set(cuts))]
    return [Span(a, b) for a, b in pairwise(bounds) if a < b]


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
        quoted = mark[0][-1] in _CLOSERS
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
        if mark in _PAIRS:
            stack = [*stack[-_DEEPEST:], (mark, found.start())]
            continue
        for depth in range(len(stack) - 1, -1, -1):
            opener, at = stack[depth]
            if _PAIRS[opener] == mark:
                while pairs and pairs[-1][0] > at:
                    pairs.pop()
                pairs.append((at, found.start()))
                del stack[depth:]
                break
    return [a for a, _ in pairs], [b for _, b in pairs]


def report_sentences(text: str, outline: Outline) -> tuple[Sentence, ...]:
    """The sentences of a report's paragraphs, each with its section's path; headings and title lines are none."""
    sentences: list[Sentence] = []

    def add(paragraphs: Iterable[Paragraph], path: str) -> None:
        for paragraph in filter(_is_prose, paragraphs):
            for span in split_sentences(paragraph.text):
                start, end = paragraph.span.start + span.start, paragraph.span.start + span.end
                piece = text[start:end]
                start += len(piece) - len(piece.lstrip())
                end -= len(piece) - len(piece.rstrip())
                if start < end:
                    sentences.append(Sentence(text[start:end], Span(start, end), path))

    add(outline.preamble, "")
    for section in outline.walk():
        add(section.paragraphs, section.path)
    add(outline.closing, "")
    return tuple(sentences)


def _is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph is made of sentences: no line of a title page, no signature, no row of a table."""
    line = paragraph.text
    if is_table_row(line) or is_signature_or_date(line) or _SALUTATION.fullmatch(line):
        return False
    return len(line) > 40 or bool(re.search("[。！？；：，]", line))


def words(text: str, *, terms: Iterable[str] = (), segmenter: Literal["rjieba", "snownlp"] = "rjieba") -> list[str]:
    """Segment a text into words, in order; punctuation counts as a word, white space as none.

    Parameters
    ----------
    text
        Any text.
    terms
        Further terms to keep whole, beside ``lexicons/terms.tsv``, cited titles, numbers, names such as 2+4+N and short
        quotations.
    segmenter
        ``"snownlp"`` asks SnowNLP's own segmentation instead, terms not kept, for comparison.

    Notes
    -----
    What it gets wrong: a dictionary of general Chinese splits the genre's long nouns (会商研判机制) into their parts.
    Source: jieba's dictionary and hidden Markov model, through rjieba.

    >>> words("推行“2+4+N”机制，占比达23.4%")
    ['推行', '“', '2+4+N', '”', '机制', '，', '占比', '达', '23.4%']
    """
    if segmenter == "snownlp":
        from snownlp import seg

        return [word for word in seg.seg(text) if word.strip()]
    if segmenter != "rjieba":
        raise ValueError(f"segmenter={segmenter!r} was asked for; 'rjieba' or 'snownlp' was expected")
    cut = dictionary().cut
    found: list[str] = []
    at = 0
    for start, end in _whole(text, tuple(terms)):
        found += cut(text[at:start])
        found.append(text[start:end])
        at = end
    found += cut(text[at:])
    return [word for word in found if word.strip()]


def _whole(text: str, terms: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Ranges that stay whole, leftmost first and none inside another."""
    ranges = [m.span() for m in _patterns(terms).finditer(text)] + [m.span() for m in _QUOTED.finditer(text)]
    at = 0
    for start, end in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if start >= at:
            yield start, end
            at = end


@cache
def _patterns(terms: tuple[str, ...]) -> re.Pattern[str]:
    known = sorted({*terms, *(entry["term"] for entry in lexicon("terms"))} - {""}, key=lambda term: (-len(term), term))
    return re.compile("|".join([_SHAPES[0], _SHAPES[1], *map(re.escape, known), _SHAPES[2]]))


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


def count_words(report: Report, *, terms: Iterable[str] = (), min_chars: int = 2) -> pd.DataFrame:
    """How often each word occurs in a report.

    Parameters
    ----------
    report
        A report that was read.
    terms
        Further terms to keep whole.
    min_chars
        The shortest word that counts; at 2, most function words (的, 和, 在) are left out.

    Returns
    -------
    DataFrame
        ``word``, ``count`` and ``share`` (0–1, of all words counted), the most frequent first; punctuation and numbers
        are left out.
    """
    import pandas as pd

    is_word = re.compile(rf"[{HAN}A-Za-z]")
    counts = Counter(word for word in words(report.text, terms=terms) if len(word) >= min_chars and is_word.search(word))
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total = sum(counts.values())
    return pd.DataFrame([(word, n, n / total) for word, n in rows], columns=["word", "count", "share"])
