"""A sentence → typed tokens: what the patterns of :mod:`reportkit.metrics.patterns` are written over.

=======  ==============================================================================================================
letter   what
=======  ==============================================================================================================
``N``    nouns and what modifies them, quotations, titles
``W``    a verb that is no word around figures: a deed
``C``    change: 下降 增长 提高;  ``A`` what it is measured against: 同比, 较2022年, 高于全国
``R``    a level is reached: 达 为 提高到 (also 迈上, of a threshold);  ``F`` 由 从
``B``    how exact: 超 近 不低于
``D``    分别;  ``E`` 均 都;  ``P`` 其中
``M``    adverbs and asides: 累计 大幅 扣除物价因素;  ``U`` 的 了 等;  ``O`` 在 对 通过
``T``    when;  ``G`` where
``V``    a value;  ``X`` the parts of a ratio
``L``    、 和 及 以及 与;  ``,``  ``;`` (also ： 。);  ``(`` and ``)``
=======  ==============================================================================================================

Words are those of the dictionary; several that together are a word around figures (力争 + 达到) are one token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from reportkit.language.cues import any_cue, glance
from reportkit.language.words import dictionary
from reportkit.metrics.figures import Value
from reportkit.metrics.words import first_characters, phrases, word_at_end, word_class
from reportkit.report import Span

__all__ = ["Token", "letters_of", "tokens_of"]

_LETTERS = {
    "up": "C", "down": "C", "flat": "C", "above": "C", "below": "C", "reach": "R", "rung_verb": "R", "from": "F",
    "at_least": "B", "at_most": "B", "approx": "B", "deal": "D", "each": "E", "part": "P", "aside": "M", "adverb": "M",
    "standing": "W", "base": "A", "apart_up": "A", "apart_down": "A", "time": "T", "place": "G",
}  # fmt: skip
_MARKS = {"，": ",", ",": ",", "、": "L", "；": ";", "：": ";", "。": ";", "！": ";", "？": ";", ";": ";", ":": ";", "\n": ";",
          "（": "(", "(": "(", "）": ")", ")": ")"}  # fmt: skip
_TAGS = {"d": "M", "p": "O", "u": "U", "y": "U", "c": "M"}  # by the first letter of the segmenter's tag
_LISTS = frozenset(["和", "与", "及", "以及", "或", "暨"])
_LONGER = ("level", "relative", "noun")  # classes of longer words that may end like a base begins
_MOST_WORDS = 4  # words of the dictionary that may be one word around figures
_FAR, _NEAR = 150, 60  # characters before a value, and after a sentence's last, that may speak of it
_PREDICATES = ("up", "down", "flat", "reach", "at_least", "at_most", "approx")
# What the dictionary takes for one word of two characters: 上岗|率应.
_RUN_TOGETHER, _LEVELS, _AFTER_LEVELS = 2, "率量额数值比", "应均达为超约近"
_SINGLE = ("超", "逾", "近", "约", "达")
_MARKED = "，,、；：。！？;:\n（()）—…“”‘’"
_QUOTATION = "“[^“”\n]{1,60}”|‘[^‘’\n]{1,60}’|《[^《》\n]{1,160}》"


class Token(NamedTuple):
    """A piece of a sentence: its letter, its place in the text, its word, its class, and the segmenter's tag.

    ``kind`` is the class of a word around figures (``"at_least"``), ``"quoted"``, or ``""``; ``value`` is set for values only.
    """

    letter: str
    start: int
    end: int
    word: str
    kind: str = ""
    tag: str = ""
    value: Value | None = None


def tokens_of(text: str, span: Span, values: Sequence[Value]) -> list[Token]:
    """The tokens of a sentence, in order; of a long one, those near its values.

    >>> letters_of(tokens_of("注册用户、办件同比分别增长", Span(0, 13), []))
    'WNLNADC'
    """
    tokens: list[Token] = []
    at = span.start
    for value in values:
        first = len(tokens)
        _read_gap(text, max(at, value.start - _FAR), value.start, tokens)
        tokens[first:-1] = map(_within, tokens[first:-1])
        if tokens and tokens[-1].end == value.start:
            tokens[-1:] = _unjoined(tokens[-1])
        letter = "X" if value.link == "ratio" else "V"
        tokens.append(Token(letter, value.start, value.end, text[value.start : value.end], value=value))
        at = value.end
    _read_gap(text, at, min(span.end, at + _NEAR), tokens)
    return tokens


def letters_of(tokens: Sequence[Token]) -> str:
    """The letters of tokens, as one string."""
    return "".join(token.letter for token in tokens)


def _read_gap(text: str, start: int, end: int, tokens: list[Token]) -> None:
    """Add the tokens between two values: quotations, phrases and marks, and the words between these."""
    words = text[start:end]
    at = 0
    for found in _pieces().finditer(words):
        kind, first = found.lastgroup or "", found.start()
        if first < at or (kind == "base" and len(word_at_end(words[: first + 1], *_LONGER)) > 1):
            continue  # 占比 before 全省: 比 is the end of a word
        _read_words(words[at:first], start + at, tokens)
        at = found.end()
        letter = "N" if kind == "quoted" else _LETTERS.get(kind) or _MARKS.get(found[0], "U")
        tokens.append(Token(letter, start + first, start + at, found[0], "" if kind == "mark" else kind))
    _read_words(words[at:], start + at, tokens)


def _within(token: Token) -> Token:
    """A bound of one character is one only next to its number: 超低能耗建筑 is a name."""
    return token._replace(letter="N", kind="") if token.letter == "B" and len(token.word) == 1 else token


def _unjoined(token: Token) -> Sequence[Token]:
    """The last word before a value, parted where it is one with its predicate (价格上涨, 费超); 各 there is 均."""
    if token.kind == "each_number":
        return [token._replace(letter="E")]
    said = "" if token.kind or token.letter not in "NW" else word_at_end(token.word, *_PREDICATES)
    if not said or said == token.word or (len(said) == 1 and said not in _SINGLE):
        return [token]
    return _parted(token, len(token.word) - len(said))


def _parted(token: Token, at: int) -> Sequence[Token]:
    """A word that is a noun and a word around figures, as two tokens."""
    noun, said = token.word[:at], token.word[at:]
    middle, kind = token.start + at, word_class(said)
    return [
        Token("N", token.start, middle, noun, "", "n"),
        Token(_letter(said, kind, token.tag), middle, token.end, said, kind),
    ]


@cache
def _pieces() -> re.Pattern[str]:
    """What is no word: phrases, quotations and marks, a named group each."""
    by_class = phrases()
    listed = "|".join(f"(?P<{name}>{any_cue(cues).pattern})" for name, cues in by_class.items())
    begins = glance([*(cue for cues in by_class.values() for cue in cues), *map("\\{}".format, "“‘《" + _MARKED)])
    return re.compile(f"{begins}(?:{listed}|(?P<quoted>{_QUOTATION})|(?P<mark>[{_MARKED}]))")


def _read_words(words: str, start: int, tokens: list[Token]) -> None:
    """Add the words of the dictionary; several that together are a word around figures are one token."""
    tagged = dictionary().tag(words)
    begins = first_characters()
    at = start
    skip = 0
    for i, (word, tag) in enumerate(tagged):
        if skip:
            skip -= 1
            continue
        kind = ""
        if word[0] in begins:
            n, kind = _known(tagged, i)
            if n > 1:
                word, tag, skip = "".join(piece for piece, _ in tagged[i : i + n]), tagged[i + n - 1][1], n - 1
        end = at + len(word)
        if not kind and len(word) == _RUN_TOGETHER and word[0] in _LEVELS and word[1] in _AFTER_LEVELS:
            tokens += _parted(Token("N", at, end, word, "", tag), 1)
        elif word != " ":
            tokens.append(Token(_letter(word, kind, tag), at, end, word, kind, tag))
        at = end


def _known(tagged: Sequence[tuple[str, str]], i: int) -> tuple[int, str]:
    """How many words from here on are one word around figures, and its class; one word and ``""`` where none are."""
    word = ""
    best = (1, "")
    for n, (piece, _) in enumerate(tagged[i : i + _MOST_WORDS], 1):
        word += piece
        if kind := word_class(word):
            best = (n, kind)
    return best


@lru_cache(maxsize=10_000)  # the words of these reports come again and again
def _letter(word: str, kind: str, tag: str) -> str:
    if kind:
        return _LETTERS.get(kind, "N")
    if word in _LISTS:
        return "L"
    if tag.startswith("v"):
        return "N" if tag == "vn" else "W"
    return _TAGS.get(tag[:1], "N")
