"""The numbers that Word writes before paragraphs and that their text does not hold (ECMA-376 17.9).

A paragraph is in a list (``w:num``) by itself or by its style.  A list takes its levels from an abstract list, which may take
them from a style of lists; lists of one abstract list go on counting together, unless one of them starts anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportkit.loading.docx.elements import attribute, child, number, switched, value
from reportkit.loading.docx.number_formats import SILENT, formatted
from reportkit.loading.docx.styles import HIGHEST_NUM, Listed, Styles
from reportkit.loading.package import bounded, local

__all__ = ["Counter", "before"]

_N_LEVELS = 9
_HIGHEST = 32_767  # Word counts no further
_LONGEST_PATTERN = 255  # of lvlText, in Word
_LONGEST_NUMBER = 100
_PLACE = re.compile(r"%([1-9])")
_HAN = re.compile("[一-鿿]")
_NEEDS_SPACE = ("Lu", "Ll", "Lo", "Nd", "Nl")  # 1 before 2023 is no 12023; ① and （ stand for themselves


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: number format, text with the places of numbers, first number, what makes it start anew."""

    form: str = "decimal"
    pattern: str = ""  # of a custom format
    text: str = ""
    start: int = 1
    restart: int = _N_LEVELS  # starts anew after a level before this one (0: never)
    legal: bool = False  # all numbers in decimal digits
    suffix: str = "tab"
    style: str = ""  # the paragraph style that stands for this level


@dataclass(frozen=True, slots=True)
class _Num:
    """A list: its abstract list, and where it differs from it."""

    abstract: int
    starts: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, _Level] = field(default_factory=dict)


class Counter:
    """Gives each paragraph of a document its number, in reading order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, Any] = {}
        self._of_style: dict[str, int] = {}  # a style of lists → the abstract list that defines it
        self._num_elements: dict[int, Any] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                ident = bounded(attribute(element, "abstractNumId"), 0, HIGHEST_NUM, -1)
                self._abstract[ident] = element
                if style := value(element, "styleLink"):
                    self._of_style.setdefault(style, ident)
            elif local(element) == "num":
                self._num_elements.setdefault(bounded(attribute(element, "numId"), 1, HIGHEST_NUM, -1), element)
        self._nums: dict[int, _Num] = {}
        self._levels: dict[int, dict[int, _Level]] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def number(self, said: Listed, style: str) -> str:
        """The number of the next paragraph, with the space after it; ``""`` where it has none.

        ``said`` is what the paragraph itself says of its list, ``style`` its style.
        """
        num_id = said.num if said.num is not None else self._styles.num(style)
        num = self._num(num_id) if num_id else None
        if num is None:
            return ""
        at = said.level if said.level is not None else self._level_of(num, style)
        levels = {**self._levels_of(num.abstract), **num.levels}
        if at not in levels:
            return ""
        self._count(num_id, num, at, levels)
        return self._written(num.abstract, at, levels)

    def _level_of(self, num: _Num, style: str) -> int:
        """The level that a style stands for: the one that names it, else the one that it names."""
        by_style = {level.style: at for at, level in {**self._levels_of(num.abstract), **num.levels}.items() if level.style}
        for one in self._styles.chain(style):
            if one in by_style:
                return by_style[one]
            said = self._styles.listed(one).level
            if said is not None:
                return said
        return 0

    def _count(self, num_id: int, num: _Num, at: int, levels: Mapping[int, _Level]) -> None:
        """Go on counting on a level, and let the levels below it start anew; a level that was left out counts as begun."""
        counts = self._counts.setdefault(num.abstract, [None] * _N_LEVELS)
        count = counts[at]
        if at in num.starts and (num_id, at) not in self._begun:
            counts[at] = num.starts[at]
        else:
            counts[at] = num.starts.get(at, levels[at].start) if count is None else count + 1
        self._begun.add((num_id, at))
        for above in range(at):
            if above in levels and counts[above] is None:
                counts[above] = num.starts.get(above, levels[above].start)
        for below in range(at + 1, _N_LEVELS):
            if at < (levels[below].restart if below in levels else _N_LEVELS):
                counts[below] = None

    def _written(self, abstract: int, at: int, levels: Mapping[int, _Level]) -> str:
        level, counts = levels[at], self._counts[abstract]

        def place(found: re.Match[str]) -> str:
            n = int(found[1]) - 1
            of = levels.get(n, _Level())
            count = counts[n]
            form = "decimal" if level.legal and of.form not in SILENT else of.form
            return formatted(of.start if count is None else count, form, of.pattern)

        if level.form == "bullet" and not _HAN.search(level.text):
            return ""
        text = _PLACE.sub(place, level.text)[:_LONGEST_NUMBER]
        if not any(char.isalnum() for char in text):
            return ""  # the brackets of no number
        apart = level.suffix != "nothing" and unicodedata.category(text[-1]) in _NEEDS_SPACE
        return text + " " * apart

    def _num(self, ident: int) -> _Num | None:
        if ident not in self._num_elements:
            return None
        if ident not in self._nums:
            element = self._num_elements[ident]
            starts: dict[int, int] = {}
            levels: dict[int, _Level] = {}
            for override in element:
                at = bounded(attribute(override, "ilvl"), 0, _N_LEVELS - 1, -1)
                if local(override) != "lvlOverride" or at < 0:
                    continue
                if child(override, "startOverride") is not None:
                    starts[at] = number(override, "startOverride", 0, _HIGHEST, 1)
                own = child(override, "lvl")
                if own is not None:
                    levels[at] = _level(own)
            abstract = self._linked(bounded(value(element, "abstractNumId"), 0, HIGHEST_NUM, -1))
            self._nums[ident] = _Num(abstract, starts, levels)
        return self._nums[ident]

    def _linked(self, ident: int) -> int:
        """The abstract list that really holds the levels, where one only names a style of lists."""
        seen: set[int] = set()
        while ident in self._abstract and ident not in seen and len(seen) < 10:
            seen.add(ident)
            style = value(self._abstract[ident], "numStyleLink")
            if not style:
                break
            num = self._num_elements.get(self._styles.num(style))
            ident = self._of_style.get(style, -1 if num is None else bounded(value(num, "abstractNumId"), 0, HIGHEST_NUM, -1))
        return ident

    def _levels_of(self, abstract: int) -> dict[int, _Level]:
        if abstract not in self._levels:
            found: dict[int, _Level] = {}
            for element in self._abstract.get(abstract, ()):
                at = bounded(attribute(element, "ilvl"), 0, _N_LEVELS - 1, -1) if local(element) == "lvl" else -1
                if at >= 0:
                    found[at] = _level(element)
            self._levels[abstract] = found
        return self._levels[abstract]


def _level(element: Any) -> _Level:
    form = child(element, "numFmt")
    if form is None:  # a newer format beside one that older programs know
        form = child(element, "AlternateContent", "Choice", "numFmt")
    return _Level(
        attribute(form, "val") or "decimal",
        attribute(form, "format")[:_LONGEST_PATTERN],
        value(element, "lvlText")[:_LONGEST_PATTERN],
        number(element, "start", 0, _HIGHEST, 1),
        number(element, "lvlRestart", 0, _N_LEVELS, _N_LEVELS),
        bool(switched(element, "isLgl")),
        value(element, "suff") or "tab",
        value(element, "pStyle"),
    )


def before(number: str, words: str) -> str:
    """A number and the words of its paragraph: 1. before 5个 is no 1.5个.

    >>> before("一、", "　主要工作"), before("1.", "5个中心"), before("1.", "2 执法")
    ('一、主要工作', '1. 5个中心', '1. 2 执法')
    """
    words = words.lstrip() if number else words
    return number + " " * (number.endswith((".", "．")) and words[:1].isdigit()) + words
