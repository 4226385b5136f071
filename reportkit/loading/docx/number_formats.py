"""A number → how Word writes it: the formats of ECMA-376 17.18.59 (ST_NumberFormat) that documents in Chinese use.

What Word cannot write in a format (the 21st ①) it writes in decimal digits; so does this, and for formats that no Chinese
document uses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

__all__ = ["FORMATS", "SILENT", "formatted"]

Writer = Callable[[int], str]

SILENT = frozenset({"none", "bullet"})  # formats that write no number

_HAN = "〇一二三四五六七八九"
_CIRCLE_HAN = "○一二三四五六七八九"  # the zero of chineseCounting and of Taiwan's digits
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def formatted(n: int, form: str, pattern: str = "") -> str:
    """A number in a format; ``pattern`` is the example by which a custom format says its width (``"001, 002, …"``).

    >>> [formatted(n, "chineseCountingThousand") for n in (1, 10, 11, 20, 100, 101, 110)]
    ['一', '十', '十一', '二十', '一百', '一百〇一', '一百一十']
    >>> formatted(3, "custom", "001, 002, 003, ..."), formatted(21, "decimalEnclosedCircle"), formatted(3, "unheardOf")
    ('003', '21', '3')
    """
    if form in SILENT:
        return ""
    if form == "custom":
        return str(n).zfill(min(10, len(pattern.split(",")[0].strip())))
    writer = FORMATS.get(form, str)
    return (writer(n) if n >= 0 else "") or str(n)


def _counting(digits: str, units: str, myriad: str, *, ten: str = "teens", zero: bool = True) -> Writer:
    """A way of counting with characters for ten, hundred, thousand and ten thousand.

    ``ten``: whether the one of ten is left out in ``teens`` (十一), ``always`` (百十一) or ``never`` (壹拾壹);
    ``zero``: whether places that are left out read 〇.
    """

    def below(n: int, first: bool) -> str:
        written, gap = "", False
        for place in (3, 2, 1, 0):
            digit = n // 10**place % 10
            if digit == 0:
                gap = bool(written)
                continue
            leaves_out = digit == 1 and place and (ten == "always" or (ten == "teens" and place == 1 and first and not written))
            written += digits[0] * (gap and zero) + ("" if leaves_out else digits[digit]) + (units[place - 1] if place else "")
            gap = False
        return written

    def write(n: int) -> str:
        if n == 0:
            return digits[0]
        high, low = divmod(n, 10_000)
        if not high:
            return below(low, True)
        gap = digits[0] if zero and 0 < low < 1000 else ""
        return below(high % 10_000, True) + myriad + gap + below(low, False)

    return write


def _by_digits(digits: str) -> Writer:
    return lambda n: "".join(digits[int(digit)] for digit in str(n))


def _below_hundred(n: int) -> str:
    """Counted up to 九十九, by digits from 一○○ on."""
    return _CHINESE(n) if 0 < n < 100 else _by_digits(_CIRCLE_HAN)(n)


def _listed(characters: str) -> Writer:
    return lambda n: characters[n - 1] if 1 <= n <= len(characters) else ""


def _enclosed(first: int, size: int) -> Writer:
    return lambda n: chr(first + n - 1) if 1 <= n <= size else ""


def _letters(n: int) -> str:
    """From a to z, aa, bb … zz, aaa: Word repeats one letter; past thirty of them it writes digits here."""
    times, letter = divmod(n - 1, 26)
    return _LETTERS[letter] * (times + 1) if 1 <= n <= 780 else ""


def _roman(n: int) -> str:
    written = ""
    for value, letters in _ROMAN if n < 40_000 else ():
        times, n = divmod(n, value)
        written += letters * times
    return written


def _ordinal(n: int) -> str:
    return f"{n}" + ("th" if 10 < n % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


_CHINESE = _counting(_HAN, "十百千", "万")

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": "{:02d}".format,
        "decimalHalfWidth": str,
        "decimalFullWidth": _by_digits("０１２３４５６７８９"),
        "decimalFullWidth2": _by_digits("０１２３４５６７８９"),
        "decimalEnclosedCircle": _enclosed(0x2460, 20),
        "decimalEnclosedCircleChinese": _enclosed(0x2460, 20),
        "decimalEnclosedParen": _enclosed(0x2474, 20),
        "decimalEnclosedFullstop": _enclosed(0x2488, 20),
        "numberInDash": "- {} -".format,
        "ordinal": _ordinal,
        "upperRoman": lambda n: _roman(n).upper(),
        "lowerRoman": _roman,
        "upperLetter": lambda n: _letters(n).upper(),
        "lowerLetter": _letters,
        "chineseCounting": _below_hundred,
        "chineseCountingThousand": _CHINESE,
        "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "萬", ten="never"),
        "ideographDigital": _by_digits(_HAN),
        "ideographTraditional": _listed(_STEMS),
        "ideographZodiac": _listed(_BRANCHES),
        "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n else "",
        "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", ten="never"),
        "ideographEnclosedCircle": _enclosed(0x3220, 10),  # Word draws brackets and no circle: ㈠
        "taiwaneseCounting": _below_hundred,
        "taiwaneseCountingThousand": _counting("零一二三四五六七八九", "十百千", "萬"),
        "taiwaneseDigital": _by_digits(_CIRCLE_HAN),
        "japaneseCounting": _counting(_HAN, "十百千", "万", ten="always", zero=False),
        "japaneseLegal": _counting("〇壱弐参四伍六七八九", "拾百阡", "萬", ten="never", zero=False),
        "japaneseDigitalTenThousand": _by_digits(_HAN),
        "koreanDigital2": _by_digits("零一二三四五六七八九"),
    }
)
