"""Units and classifiers: what a number counts or measures (``lexicons/units.tsv``)."""

from __future__ import annotations

import re
from functools import cache

from reportkit.language.lexicon import lexicon

__all__ = ["Unit", "unit_at", "unit_class"]


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

    >>> unit_at("370万人次，", 4), unit_at("0.7个百分点", 3), unit_at("6个单位", 1)
    ('人次', '个百分点', '个')
    """
    found = _pattern().match(text, position)
    return Unit(found[0], found.end()) if found else None


def unit_class(unit: str) -> str:
    """What a unit is a unit of: percent, point, multiple, money, measure, count, time or medal; ``""`` if unknown."""
    return _classes().get(unit, "")


@cache
def _classes() -> dict[str, str]:
    return {entry["unit"]: entry["class"] for entry in lexicon("units")}


@cache
def _pattern() -> re.Pattern[str]:
    known = sorted(_classes(), key=lambda unit: (-len(unit), unit))
    latin = [unit for unit in known if unit.isascii() and unit.isalpha()]
    return re.compile("|".join(rf"{re.escape(u)}(?![A-Za-z0-9])" if u in latin else re.escape(u) for u in known))
