"""What is on a page: characters and drawn lines with their places, in points from the top left, however it was stored.

A reader of a format (:mod:`reportkit.loading.pdf`, :mod:`reportkit.loading.ofd`) makes sheets; the rest of this folder makes
text and tables of them.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Char", "Rule", "Sheet"]


@dataclass(frozen=True, slots=True)
class Char:
    """A character that is no space, and its box.

    ``angle`` is how far it is turned against the page, in degrees (0 upright, 0–360); ``spaced`` whether the file has a space
    before it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: float = 0.0
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or one side of a drawn or filled box: horizontal (``top`` = ``bottom``) or vertical (``x0`` = ``x1``)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its size, its characters in the order of the file, and its rules."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
