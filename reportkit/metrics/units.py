"""Units and classifiers: what a number counts or measures (``lexicons/units.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from reportkit.language.lexicon import lexicon, longest_first

__all__ = ["AMOUNTS", "Unit", "han_use", "unit_at", "unit_class"]

AMOUNTS = ("percent", "point", "multiple")  # classes of units that measure one number by another
_PER = re.compile("/[十百千万]?")  # 批次/千人


class Unit(str):
    """A unit as printed; a plain string that remembers where it ends."""

    __slots__ = ("end",)
    end: int

    def __new__(cls, printed: str, end: int) -> Unit:
        """Make a unit of its printed form."""
        unit = super().__new__(cls, printed)
        unit.end = end
        return unit


def unit_at(text: str, position: int) -> Unit | None:
    """The longest unit that begins at ``position``, or ``None``.

    >>> unit_at("370万人次，", 4), unit_at("0.7个百分点", 3), unit_at("6个单位", 1), unit_at("3区域协调", 1)
    ('人次', '个百分点', '个', None)
    >>> unit_at("60亿元/平方公里", 3), unit_class("元/平方公里")
    ('元/平方公里', 'money')
    """
    found = _pattern().match(text, position)
    if found is None or _classes()[found[0]] == "none":
        return None
    slash = _PER.match(text, found.end())
    per = _pattern().match(text, slash.end()) if slash else None
    end = per.end() if per else found.end()
    return Unit(text[position:end], end)


def unit_class(unit: str) -> str:
    """What a unit is a unit of: percent, point, multiple, money, measure, count, place, time or medal; ``""`` if unknown."""
    return _classes().get(unit) or _classes().get(unit.partition("/")[0], "")


def han_use(unit: str) -> str:
    """How a Chinese numeral counts with a unit: ``concrete`` (三名), ``abstract`` (五项) or ``""``."""
    return _han_uses().get(unit, "")


def _entries() -> tuple[dict[str, str], ...]:
    return lexicon("units", ("unit", "class", "han"))


@cache
def _classes() -> Mapping[str, str]:
    return {entry["unit"]: entry["class"] for entry in _entries()}


@cache
def _han_uses() -> Mapping[str, str]:
    return {entry["unit"]: entry["han"] for entry in _entries()}


@cache
def _pattern() -> re.Pattern[str]:
    """Any unit, the longest first; one in Latin letters ends where the letters do."""
    latin = [unit for unit in _classes() if unit.isascii() and unit.isalpha()]
    others = [unit for unit in _classes() if unit not in latin]
    return re.compile(f"{longest_first(others)}|(?:{longest_first(latin)})(?![A-Za-z0-9])")  # km² before km
