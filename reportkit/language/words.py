"""Text → words, from rjieba (jieba's dictionary and model, in Rust); terms that no dictionary has are matched first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from reportkit.language.characters import HAN
from reportkit.language.cues import cue_source
from reportkit.language.lexicon import lexicon
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd
    from rjieba import Jieba

__all__ = ["count_words", "dictionary", "words"]

_SHAPES = (
    r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,60})*》",  # a cited title, another inside it or not
    r"\d+(?:\+(?:\d+|[A-ZＮ]))+",  # 2+4+N
    r"\d+(?:[.,]\d+)*(?:%|‰)?",  # 23.4%  4.15  1,012.4
)
_QUOTED = re.compile(rf"(?<=“)[{HAN}A-Za-z0-9+]{{2,8}}(?=”)")
_COINED = 3  # characters that a quotation must have to be kept whole elsewhere


def words(text: str, *, terms: Iterable[str] = (), segmenter: Literal["rjieba", "snownlp"] = "rjieba") -> list[str]:
    """Segment a text into words, in order; punctuation counts as a word, white space as none.

    Parameters
    ----------
    text
        Any text.
    terms
        Further terms to keep whole, beside ``lexicons/terms.tsv``, cited titles, numbers, names such as 2+4+N and short
        quotations; what a quotation coins stays whole wherever the text says it.
    segmenter
        ``"snownlp"`` asks SnowNLP's own segmentation instead, terms not kept, for comparison.

    Notes
    -----
    What it gets wrong: a dictionary of general Chinese splits the genre's long nouns (会商研判机制) into their parts.
    Source: jieba's dictionary and hidden Markov model, through rjieba.

    >>> words("推行“2+4+N”机制，占比达23.4%")
    ['推行', '“', '2+4+N', '”', '机制', '，', '占比', '达', '23.4%']
    >>> words("创建“亮码扫描”做法，亮码扫描")
    ['创建', '“', '亮码扫描', '”', '做法', '，', '亮码扫描']
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
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    ranges = [m.span() for m in _patterns(terms).finditer(text)] + quoted
    coined = sorted(word for word in {text[start:end] for start, end in quoted} if _is_coined(word))
    if coined:
        again = AhoCorasick(coined, MatchKind.LeftmostLongest).find_matches_as_indexes(text)
        ranges += [(start, end) for _, start, end in again]
    at = 0
    for start, end in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if start >= at:
            yield start, end
            at = end


def _is_coined(word: str) -> bool:
    """Whether a quotation is a name that the dictionary would cut into pieces: 通研强督, not 一把手."""
    return len(word) >= _COINED and len(dictionary().cut(word)) > 1


@cache
def _patterns(terms: tuple[str, ...]) -> re.Pattern[str]:
    ours = {entry["term"]: cue_source(entry["term"]) for entry in lexicon("terms", ("term",), ("term",))}
    known = {**ours, **{term: re.escape(term) for term in terms if term}}  # yours are text, whatever marks they hold
    longest = sorted(known, key=lambda term: (-len(term), term))
    return re.compile("|".join([_SHAPES[0], _SHAPES[1], *(known[term] for term in longest), _SHAPES[2]]))


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


@cache
def dictionary() -> Jieba:
    """Rjieba's segmenter with its own dictionary (0.1 s to load, once).

    Nobody may add words to it: terms are matched before it is asked (:func:`words`).
    """
    from rjieba import Jieba

    return Jieba()
