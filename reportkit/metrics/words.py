"""The words around figures: ``lexicons/figure_words.tsv``, ``figure_phrases.tsv`` and ``openers.tsv``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from reportkit.language.lexicon import lexicon, longest_first

__all__ = [
    "bound_after",
    "ends_on_level",
    "first_characters",
    "opens",
    "phrases",
    "reaching",
    "rung_at",
    "word_at_end",
    "word_class",
]

_AFTER = "after_"


def word_class(word: str) -> str:
    """The class of a word around figures, ``""`` for any other.

    >>> word_class("突破"), word_class("分别"), word_class("法治")
    ('at_least', 'deal', '')
    """
    return _classes().get(word, "")


def opens(word: str) -> bool:
    """Whether a sentence goes on with this word after what was counted (6个单位|被…)."""
    return word in _openers()


def bound_after(text: str, position: int) -> tuple[str, int]:
    """The bound that stands after a unit (以上, 左右), and where it ends; ``("", position)`` where none does.

    >>> bound_after("500元以上，", 4)
    ('at_least', 6)
    """
    found = _after().match(text, position)
    return (word_class(found[0]).removeprefix(_AFTER), found.end()) if found else ("", position)


def word_at_end(text: str, *classes: str) -> str:
    """The longest word of such classes that a text ends with, ``""`` for none.

    >>> word_at_end("时限压缩到", "up", "down", "reach")
    '压缩到'
    """
    found = _endings(classes).search(text, max(0, len(text) - 8))
    return found[0] if found else ""


def ends_on_level(text: str) -> bool:
    """Whether words end with an indicator that needs no unit (率, 指数, 占比 …), its predicate apart.

    >>> ends_on_level("空气质量综合指数降至"), ends_on_level("收费")
    (True, False)
    """
    while said := word_at_end(text, "reach", "from", "at_least", "at_most", "approx", "up", "down"):
        text = text.removesuffix(said)
    return bool(word_at_end(text, "level", "relative"))


def rung_at(text: str, position: int) -> bool:
    """Whether a threshold is named at a place: 三千亿|大关."""
    return _rungs().match(text, position) is not None


@cache
def _rungs() -> re.Pattern[str]:
    return re.compile(longest_first(word for word, kind in _classes().items() if kind == "rung"))


@cache
def reaching() -> str:
    """The expression for words that reach from one value to another: 提高到, 降至, 调整为."""
    return longest_first(word for word, kind in _classes().items() if kind == "reach" and word[-1] in "到至为")


def phrases() -> Mapping[str, Sequence[str]]:
    """The phrases of ``lexicons/figure_phrases.tsv``, which are cues, by their class."""
    by_class: dict[str, list[str]] = {}
    for entry in lexicon("figure_phrases", ("phrase", "class"), ("phrase",)):
        by_class.setdefault(entry["class"], []).append(entry["phrase"])
    return by_class


@cache
def _classes() -> Mapping[str, str]:
    return {entry["word"]: entry["class"] for entry in lexicon("figure_words", ("word", "class"))}


@cache
def first_characters() -> frozenset[str]:
    """The characters that words around figures begin with: no other word need be looked up."""
    return frozenset(word[0] for word in _classes())


@cache
def _openers() -> frozenset[str]:
    return frozenset(entry["word"] for entry in lexicon("openers", ("word",)))


@cache
def _after() -> re.Pattern[str]:
    return re.compile(longest_first(word for word, kind in _classes().items() if kind.startswith(_AFTER)))


@cache
def _endings(classes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{longest_first(word for word, kind in _classes().items() if kind in classes)})\\Z")
