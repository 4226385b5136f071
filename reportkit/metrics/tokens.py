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
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from reportkit.language.words import dictionary
from reportkit.metrics.figures import Value
from reportkit.metrics.words import begins_word, phrases, word_at_end, word_class
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
_FAR, _NEAR = 200, 60  # characters before a value, and after a sentence's last, that may speak of it
_PREDICATES = ("up", "down", "flat", "reach", "at_least", "at_most", "approx")
_RUN_TOGETHER = re.compile("[率量额数值][应均达为超约近]")  # what the dictionary takes for a word: 上岗|率应
_SINGLE = ("超", "逾", "近", "约", "达")
_MARK = r"(?P<mark>[，,、；：。！？;:\n（()）—…“”‘’])"


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
    at = max(span.start, values[0].start - _FAR) if values else span.start
    for value in values:
        tokens += _gap(text, max(at, value.start - _FAR), value.start)
        letter = "X" if value.link == "ratio" else "V"
        tokens.append(Token(letter, value.start, value.end, text[value.start : value.end], value=value))
        at = value.end
    tokens += _gap(text, at, min(span.end, at + _NEAR))
    return tokens


def letters_of(tokens: Sequence[Token]) -> str:
    """The letters of tokens, as one string."""
    return "".join(token.letter for token in tokens)


def _gap(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens between two values: quotations, phrases and marks, and the words between these."""
    words = text[start:end]
    at = 0
    for found in _pieces().finditer(words):
        kind = found.lastgroup or ""
        if found.start() < at or (kind == "base" and len(word_at_end(words[: found.start() + 1], *_LONGER)) > 1):
            continue  # 占比 before 全省: 比 is the end of a word
        yield from _words(words[at : found.start()], start + at)
        at = found.end()
        letter = "N" if kind == "quoted" else _LETTERS.get(kind) or _MARKS.get(found[0], "U")
        yield Token(letter, start + found.start(), start + at, found[0], "" if kind == "mark" else kind)
    *rest, last = _words(words[at:], start + at) if words[at:].strip() else (None,)
    yield from rest
    yield from _unjoined(last) if last is not None else ()


def _unjoined(token: Token) -> Iterator[Token]:
    """The last word before a value, parted where it is one with its predicate (价格上涨, 费超); 各 there is 均."""
    if token.kind == "each_number":
        yield token._replace(letter="E")
        return
    said = word_at_end(token.word, *_PREDICATES)
    if token.kind or not said or said == token.word or (len(said) == 1 and said not in _SINGLE):
        yield token
        return
    at = token.end - len(said)
    yield Token("N", token.start, at, token.word[: -len(said)], "", "n")
    kind = word_class(said)
    yield Token(_LETTERS[kind], at, token.end, said, kind)


@cache
def _pieces() -> re.Pattern[str]:
    quoted = "(?P<quoted>“[^“”\n]{1,60}”|‘[^‘’\n]{1,60}’|《[^《》\n]{1,160}》)"
    return re.compile(f"{phrases()}|{quoted}|{_MARK}")


def _words(words: str, start: int) -> Iterator[Token]:
    if not words:
        return
    tagged = dictionary().tag(words)
    at, i = start, 0
    while i < len(tagged):
        n, kind = _known(tagged, i)
        word = "".join(piece for piece, _ in tagged[i : i + n])
        tag = tagged[i + n - 1][1]
        if _RUN_TOGETHER.fullmatch(word) and not kind:
            yield Token("N", at, at + 1, word[0], "", "n")
            yield Token(_letter(word[1], word_class(word[1]), tag), at + 1, at + 2, word[1], word_class(word[1]), tag)
        elif word.strip():
            yield Token(_letter(word, kind, tag), at, at + len(word), word, kind, tag)
        at += len(word)
        i += n


def _known(tagged: Sequence[tuple[str, str]], i: int) -> tuple[int, str]:
    """How many words from here on are one word around figures, and its class; one word and ``""`` where none are."""
    if not begins_word(tagged[i][0]):
        return 1, ""
    word = ""
    best = (1, "")
    for n, (piece, _) in enumerate(tagged[i : i + _MOST_WORDS], 1):
        word += piece
        if kind := word_class(word):
            best = (n, kind)
    return best


def _letter(word: str, kind: str, tag: str) -> str:
    if kind:
        return _LETTERS.get(kind, "N")
    if word in _LISTS:
        return "L"
    if tag.startswith("v"):
        return "N" if tag == "vn" else "W"
    return _TAGS.get(tag[:1], "N")
