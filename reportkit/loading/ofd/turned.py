"""A page whose text is turned as a whole, as wide tables are printed: the sheet is turned until its text is upright."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from reportkit.loading.layout.placed import Sheet

__all__ = ["upright"]

_CROOKED = 3  # degrees that a page may be crooked


def upright(sheet: Sheet) -> Sheet:
    """The sheet as it is, or turned by the quarters that most of its characters are turned by."""
    quarters = Counter(round(char.angle / 90) % 4 for char in sheet.chars if abs((char.angle + 45) % 90 - 45) <= _CROOKED)
    quarter, n = quarters.most_common(1)[0] if quarters else (0, 0)
    if quarter == 0 or n * 2 < len(sheet.chars):
        return sheet
    width, height = (sheet.height, sheet.width) if quarter % 2 else (sheet.width, sheet.height)

    def turned(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        x0, top, x1, bottom = box
        if quarter == 1:  # it read upwards
            return sheet.height - bottom, x0, sheet.height - top, x1
        if quarter == 2:
            return sheet.width - x1, sheet.height - bottom, sheet.width - x0, sheet.height - top
        return top, sheet.width - x1, bottom, sheet.width - x0

    chars = []
    for char in sheet.chars:
        x0, top, x1, bottom = turned((char.x0, char.top, char.x1, char.bottom))
        chars.append(replace(char, x0=x0, top=top, x1=x1, bottom=bottom, angle=(char.angle - 90 * quarter) % 360))
    rules = []
    for rule in sheet.rules:
        x0, top, x1, bottom = turned((rule.x0, rule.top, rule.x1, rule.bottom))
        rules.append(replace(rule, x0=x0, top=top, x1=x1, bottom=bottom))
    return Sheet(sheet.number, width, height, tuple(chars), tuple(rules))
