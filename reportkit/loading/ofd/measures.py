"""Numbers of an OFD file and its attributes: lengths are millimetres from the top left, and every number is data."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from reportkit.loading.layout.matrices import IDENTITY, Matrix

__all__ = ["POINTS", "box", "matrix", "real", "reals", "words"]

POINTS = 72 / 25.4  # in a millimetre
_LARGEST = 1e6  # what a place or a length may be; a page is some hundred millimetres wide
_REAL = re.compile(r"\s*[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?\s*")
_WORD = re.compile(r"\S+")


def real(value: str | None, default: float) -> float:
    """A number within bounds; the default for what is none, or lies beyond them.

    >>> real("0.5", 1.0), real(" 3 ", 1.0), real("1e99", 1.0), real("nan", 1.0), real("²", 1.0)
    (0.5, 3.0, 1.0, 1.0, 1.0)
    """
    if not value or not _REAL.fullmatch(value):
        return default
    number = float(value)
    return number if -_LARGEST <= number <= _LARGEST else default


def words(value: str | None) -> Iterator[str]:
    """The words of an attribute, one after another, so that no more of them is read than is needed."""
    return (found[0] for found in _WORD.finditer(value or ""))


def reals(value: str | None, n: int) -> tuple[float, ...] | None:
    """The first ``n`` numbers of an attribute, ``None`` where there are fewer.

    >>> reals("0 0 210 297", 4), reals("0 x 210 297", 4)
    ((0.0, 0.0, 210.0, 297.0), None)
    """
    found = [real(word, math.nan) for word in (value or "").split(None, n)[:n]]
    return tuple(found) if len(found) == n and not any(map(math.isnan, found)) else None


def box(value: str | None) -> tuple[float, float, float, float] | None:
    """Place and size of a box (x, y, width, height), ``None`` for what is none."""
    found = reals(value, 4)
    return (found[0], found[1], found[2], found[3]) if found else None


def matrix(value: str | None) -> Matrix:
    """The matrix of a ``CTM`` attribute; none is the one that changes nothing."""
    found = reals(value, 6)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if found else IDENTITY
