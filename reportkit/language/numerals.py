"""Numerals: where numbers are written in a text, and what they amount to.

Arabic with thousands commas, scale words (万 亿 …), a smaller number after one (1万6千) and 余 or 多 before or after them;
Chinese numerals (三百余, 十二点五, 百分之十一点八, 四分之一, 九成多, 两番).  Whether a number is a figure is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportkit.language.characters import DASHES, HAN_DIGITS
from reportkit.language.cues import matches_at

__all__ = ["Numeral", "find_numerals", "han_amount"]

_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4,
    "千": 1000, "百": 100,
}  # fmt: skip
# 千 and 百 are no scale in 千瓦, 千米, 百分点 …
_SCALE = r"万亿|[百千]亿|[十百千]万|亿|万|千(?![瓦米克伏卡帕赫字安])|百(?![分米])"
_DIGITS = r"\d(?:\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d*(?:\.\d+)?)"  # a set in front is searched for fast
# number, 余, scale, and after a scale: 多 and a further scale (3万多亿), or a smaller number with its own (1亿3千多万).
_ARABIC = re.compile(
    rf"(?P<number>{_DIGITS})(?P<more>[余多]?)(?:(?P<scale>{_SCALE})"
    rf"(?:(?P<and_more>[余多])(?P<times>亿|万))?(?:(?P<lower>\d{{1,4}})(?P<lower_scale>[千百])(?P<lower_more>[余多]?)(?P<lower_times>万)?)?)?"
    r"(?P<after>[余多](?!元化))?"
)
# what may follow a Han number of one character: what it counts, or the upper end of a range
_COUNTED = rf"[余多来几名人位起宗例户次]|个?[百千]分点|个基点|[{DASHES}至到与][{HAN_DIGITS}十]"
_DIGIT = re.compile(r"\d")
_TENTHS = HAN_DIGITS[2:]
_POINT = f"(?:点[{HAN_DIGITS}]+)"
_FRACTION = re.compile(r"(?<=[占超过近约的达为至到])(\d{1,2})/(\d{1,2})(?![\d/])")
_HAN_SHAPES = (
    rf"(?P<percent>百分之(?:[{HAN_DIGITS}十百]+{_POINT}?|\d+(?:\.\d+)?))",
    rf"(?P<myriad>[十百]?万分之(?:[{HAN_DIGITS}十百]+{_POINT}?|\d+(?:\.\d+)?)|千分之(?:[{HAN_DIGITS}十百]+{_POINT}?|\d+(?:\.\d+)?))",
    rf"(?P<share>(?<!个)(?![百千万])[{_TENTHS}十百]+分之[{_TENTHS}十]+)",
    rf"(?P<tenths>[{_TENTHS}])成(?P<half>半|[{_TENTHS}](?!批|项))?(?P<tenths_more>多)?"
    "(?=以上|左右|的|以|[，。、；）]|农|群|企|民|$)",
    rf"(?P<times>[{_TENTHS}十]+{_POINT}?)(?P<multiple>倍|番)",
    "(?P<halved>半(?=个?[百千]分点))",
    # 几十 and 数十 tell no number, 总数三百 does
    rf"(?P<amount>(?<!几)(?<!数(?=十))[{HAN_DIGITS}十](?:(?:[{HAN_DIGITS}十百万亿]|千(?![瓦米克伏卡帕赫]))+{_POINT}?|(?={_COUNTED})|{_POINT}))"
    r"(?P<amount_more>(?:[余多来]|几十?)(?!年|月))?(?P<amount_scale>万亿|亿|万)?(?P<amount_after>余)?",
)
_HAN_BEGINS = re.compile(f"[百千万十半{HAN_DIGITS}]")
_HAN_AMOUNT = re.compile("|".join(_HAN_SHAPES))
_HAN_SCALE = {"十": 10, "百": 100, "千": 1000}
_BARE_SCALE = re.compile(
    "(?:百万|千万|万亿|百亿|千亿|亿|万(?![亿吨，。、；大规])|[百千](?=[人件名户家场次]))(?=[元吨人，。、；大件名户家场次规])"
)


class Numeral(NamedTuple):
    """A number as written: its place, its amount in base units, and whether 余 or 多 says that it was more.

    ``writing`` is ``"arabic"``, ``"fraction"`` (1/4, 四分之一), ``"han"`` or ``"scale"`` (万亿 alone, of which 突破 and the
    like make a number; ``more`` after 上); ``unit`` is set where the writing implies it (% for 百分之, ‰ for 千分之, 成, 倍,
    番), else ``""``; ``scaled`` tells whether a scale word was folded into ``value``.
    """

    start: int
    end: int
    value: float
    writing: str
    more: bool = False
    unit: str = ""
    scaled: bool = False


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of a text, in order.

    >>> [(n.value, n.more) for n in find_numerals("1,012.4万元、260余份、2700多万元")]
    [(10124000.0, False), (260.0, True), (27000000.0, True)]
    >>> [n.value for n in find_numerals("1万6千多户、1亿3千多万、3万多亿元、2万5千公里")]
    [16000.0, 130000000.0, 3000000000000.0, 25000.0]
    >>> [n.value for n in find_numerals("三百余件、百分之十一点八、一百三十亿元、三点五亿元、十二点五个百分点")]
    [300.0, 11.8, 13000000000.0, 350000000.0, 12.5]
    >>> [(n.value, n.unit) for n in find_numerals("三分之二的案件、万分之五、十万分之五、半个百分点、十几万元、几十人")]
    [(0.666667, ''), (0.5, '‰'), (0.05, '‰'), (0.5, ''), (100000.0, '')]
    """
    found = [*_arabic(text), *_fractions(text), *_han(text), *_bare_scales(text)]
    end = 0
    for numeral in sorted(found, key=lambda n: (n.start, -n.end, n.writing == "arabic")):
        if numeral.start >= end:
            yield numeral
            end = numeral.end


def _arabic(text: str) -> Iterator[Numeral]:
    if not _DIGIT.search(text):
        return
    for found in _ARABIC.finditer(text):
        number, more, scale, and_more, times, lower, lower_scale, lower_more, lower_times, after = found.groups()
        value = float(number.replace(",", ""))
        if scale:
            value *= _SCALES[scale] * _SCALES.get(times, 1)
        if lower:
            value += int(lower) * _SCALES[lower_scale] * _SCALES.get(lower_times, 1)
        inexact = bool(more or and_more or lower_more or after)
        yield Numeral(*found.span(), round(value, 6), "arabic", inexact, scaled=scale is not None)


def _fractions(text: str) -> Iterator[Numeral]:
    for found in _FRACTION.finditer(text) if "/" in text else ():
        if int(found[2]):
            yield Numeral(*found.span(), round(int(found[1]) / int(found[2]), 6), "fraction", scaled=True)


def _han(text: str) -> Iterator[Numeral]:
    for found in matches_at(_HAN_BEGINS, _HAN_AMOUNT, text):
        numeral = _READERS[_kind(found)](found)
        if numeral is not None:
            yield numeral


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _READERS if found[name])


def _part_of(found: re.Match[str]) -> Numeral:
    """百分之, 千分之, 万分之: per cent, per mille (ten parts of 10,000 are one per mille)."""
    printed = found[0].partition("之")[2]
    value = float(printed) if printed[0].isdigit() else han_amount(printed)
    base = found[0].partition("分")[0]
    return Numeral(*found.span(), round(value / _PARTS[base], 9), "han", unit="%" if base == "百" else "‰")


_PARTS = {"百": 1, "千": 1, "万": 10, "十万": 100, "百万": 1000}  # 百 in per cent, the others in per mille


def _share(found: re.Match[str]) -> Numeral | None:
    lower, _, upper = found[0].partition("分之")
    return Numeral(*found.span(), round(han_amount(upper) / han_amount(lower), 6), "fraction", scaled=True)


def _halved(found: re.Match[str]) -> Numeral:
    return Numeral(*found.span(), 0.5, "han")


def _tenths(found: re.Match[str]) -> Numeral:
    half = 0.5 if found["half"] == "半" else _digit(found["half"]) / 10 if found["half"] else 0
    return Numeral(*found.span(), _digit(found["tenths"]) + half, "han", bool(found["tenths_more"]), "成")


def _times(found: re.Match[str]) -> Numeral:
    return Numeral(*found.span(), han_amount(found["times"]), "han", unit=found["multiple"])


def _amount(found: re.Match[str]) -> Numeral | None:
    printed, scale = found["amount"], found["amount_scale"] or ""
    more = bool(found["amount_more"] or found["amount_after"])
    value = round(han_amount(printed) * _SCALES.get(scale, 1), 6)
    # 一九八六 is a year and 十四五 a plan: a number of several places has 十, 百, 千, 万 between its digits.
    spelled = re.search(f"[{_TENTHS}][{_TENTHS}]", printed.partition("点")[0]) is not None
    if not value or spelled:
        return None
    return Numeral(*found.span(), value, "han", more, scaled=bool(scale) or printed[-1] in "万亿")


_READERS = {
    "percent": _part_of, "myriad": _part_of, "share": _share, "tenths": _tenths, "times": _times,
    "halved": _halved, "amount": _amount,
}  # fmt: skip


def _bare_scales(text: str) -> Iterator[Numeral]:
    for found in _BARE_SCALE.finditer(text):
        more = text[found.start() - 1 : found.start()] == "上"  # 上亿人: a hundred million or more
        yield Numeral(*found.span(), float(_SCALES[found[0]]), "scale", more, scaled=True)


def han_amount(numeral: str) -> float:
    """The amount of a Chinese numeral.

    >>> [han_amount(n) for n in ("三百", "两万", "十一点八", "一百三十亿", "八亿五千万", "一千零五", "三点五亿")]
    [300.0, 20000.0, 11.8, 13000000000.0, 850000000.0, 1005.0, 350000000.0]
    """
    total = 0.0
    *above, last = numeral.split("亿")
    for n, part in enumerate(above):
        total = (total + _of_sections(part) if part or n else 1.0) * _SCALES["亿"]
    return total + _of_sections(last)


def _of_sections(numeral: str) -> float:
    """The amount of a numeral below 亿: sections of up to four places, each 万 times the next."""
    total = 0.0
    *above, last = numeral.split("万")
    for n, part in enumerate(above):
        total = (total + _of_places(part) if part or n else 1.0) * _SCALES["万"]
    return total + _of_places(last)


def _of_places(numeral: str) -> float:
    whole, point, decimals = numeral.partition("点")
    section = digit = 0
    for char in whole:
        if char in _HAN_SCALE:
            section += (digit or 1) * _HAN_SCALE[char]
            digit = 0
        else:
            digit = _digit(char)
    value = float(section + digit)
    return float(f"{int(value)}.{''.join(str(_digit(c)) for c in decimals)}") if point and decimals else value


def _digit(char: str) -> int:
    return 2 if char == "两" else max(0, "〇一二三四五六七八九".find(char))
