"""A number as people print it."""

from __future__ import annotations

import math

__all__ = ["number"]
_PLACES = 6  # digits behind the point, at most
_DIGITS = 12  # in all, where there are digits behind the point: 0.1 + 0.2 is 0.3, a third of a trillion has no pennies


def number(value: float) -> str:
    """A number with its thousands grouped, without exponent and without zeros at its end; at most six digits behind the point.

    What is too small for six digits is not shown as nothing: ``<0.000001``.

    >>> number(64697.5 * 1e8), number(5.70), number(-0.05), number(0.1 + 0.2), number(1e-9)
    ('6,469,750,000,000', '5.7', '-0.05', '0.3', '<0.000001')
    """
    if not math.isfinite(value):
        return str(float(value))
    digits = max(_DIGITS, len(f"{abs(value):.0f}"))
    shown = f"{float(f'{value:.{digits}g}'):,.{_PLACES}f}".rstrip("0").rstrip(".")
    if shown not in ("0", "-0"):
        return shown
    least = f"{10**-_PLACES:.{_PLACES}f}"
    return "0" if value == 0 else f"<{least}" if value > 0 else f">-{least}"
