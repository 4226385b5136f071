"""Numerals: where numbers are written in a text, and what they amount to.

Arabic with thousands commas, scale words (万 亿 …) and 余 or 多 before or after them; Chinese numerals (三百余, 百分之十一点八,
九成多, 两番).  Whether a number is a figure is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Numeral", "find_numerals", "han_amount"]

_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4,
    "千": 1000, "百": 100,
}  # fmt: skip
# 千 and 百 are no scale in 千瓦, 千米, 百分点 …
_SCALE = r"万亿|[百千]亿|[十百千]万|亿|万|千(?![瓦米克伏卡帕赫字安])|百(?![分米])"
_ARABIC = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?P<more>[余多]?)(?P<scale>{_SCALE})?(?P<after>[余多](?!元化))?"
)
_HAN_DIGITS = "零〇一二两三四五六七八九"
_HAN_AMOUNT = re.compile(
    rf"(?P<fraction>(?<=[占超过近约的达])\d{{1,2}}/\d{{1,2}}(?![\d/]))"
    rf"|(?P<percent>百分之(?:[{_HAN_DIGITS}十百]+(?:点[{_HAN_DIGITS}]+)?))"
    rf"|(?P<tenths>[{_HAN_DIGITS[2:]}])成(?P<half>半|[{_HAN_DIGITS[2:]}](?!批|项))?(?P<tenths_more>多)?(?=以上|左右|的|以|[，。、；）]|农|群|企|民|$)"
    rf"|(?P<times>[{_HAN_DIGITS[2:]}十]+(?:点[{_HAN_DIGITS}]+)?)(?P<multiple>倍|番)"
    rf"|(?P<amount>[{_HAN_DIGITS}十](?:[{_HAN_DIGITS}十百万亿]|千(?![瓦米克伏卡帕赫]))*)(?P<amount_more>[余多来](?!年|月))?(?P<amount_scale>万亿|亿|万)?(?P<amount_after>余)?"
)
_HAN_SCALE = {"十": 10, "百": 100, "千": 1000}
_BARE_SCALE = re.compile(
    r"(?:突破|破|超过|超|逾|过|迈上|站上|跨上|达|首破)(?:了)?(?P<scale>百万|千万|万亿|百亿|千亿|亿)(?=[元吨人，。、；大美级])"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: its place, its amount in base units, and whether 余 or 多 says that it was more.

    ``writing`` is ``"arabic"``, ``"fraction"`` (1/4), ``"han"`` or ``"scale"`` (万亿 alone); ``unit`` is set where the writing
    implies it (% for 百分之, 成, 倍, 番), else ``""``; ``scaled`` tells whether a scale word was folded into ``value``.
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
    >>> [n.value for n in find_numerals("三百余件、百分之十一点八、一百三十亿元")]
    [300.0, 11.8, 13000000000.0]
    """
    found = [*_arabic(text), *_han(text), *_bare_scales(text)]
    end = 0
    for numeral in sorted(found, key=lambda n: (n.start, -n.end, n.writing == "arabic")):
        if numeral.start >= end:
            yield numeral
            end = numeral.end


def _arabic(text: str) -> Iterator[Numeral]:
    for found in _ARABIC.finditer(text):
        value = float(found["number"].replace(",", ""))
        scale = _SCALES.get(found["scale"] or "", 1)
        more = bool(found["more"] or found["after"])
        exact = round(value * scale, 6)
        yield Numeral(*found.span(), exact, "arabic", more, scaled=scale > 1)


def _han(text: str) -> Iterator[Numeral]:
    for found in _HAN_AMOUNT.finditer(text):
        start, end = found.span()
        if found["fraction"]:
            upper, lower = found[0].split("/")
            if int(lower):
                yield Numeral(start, end, round(int(upper) / int(lower), 6), "fraction", scaled=True)
        elif found["percent"]:
            yield Numeral(start, end, han_amount(found["percent"][3:]), "han", unit="%")
        elif found["tenths"]:
            half = 0.5 if found["half"] == "半" else _digit(found["half"]) / 10 if found["half"] else 0
            more = bool(found["tenths_more"])
            yield Numeral(start, end, _digit(found["tenths"]) + half, "han", more, "成")
        elif found["times"]:
            yield Numeral(start, end, han_amount(found["times"]), "han", unit=found["multiple"])
        else:
            printed = found["amount"]
            more = bool(found["amount_more"] or found["amount_after"])
            value = han_amount(printed) * _SCALES.get(found["amount_scale"] or "", 1)
            # 一九八六 is a year or a code, 二十 may be an ordinal; a count says so by 百, 千, 万, 余 or several places.
            if value and (
                more
                or re.search("[百千万亿]", printed[1:] + (found["amount_scale"] or ""))
                or re.search("十[一二三四五六七八九]", printed)
            ):
                yield Numeral(start, end, value, "han", more, scaled=bool(found["amount_scale"]) or printed[-1] in "万亿")


def _bare_scales(text: str) -> Iterator[Numeral]:
    for found in _BARE_SCALE.finditer(text):
        yield Numeral(found.start("scale"), found.end("scale"), float(_SCALES[found["scale"]]), "scale", scaled=True)


def han_amount(numeral: str) -> float:
    """The amount of a Chinese numeral.

    >>> [han_amount(n) for n in ("三百", "两万", "十一点八", "一百三十亿", "八亿五千万", "一千零五")]
    [300.0, 20000.0, 11.8, 13000000000.0, 850000000.0, 1005.0]
    """
    whole, point, decimals = numeral.partition("点")
    for scale in "亿万":
        upper, found, lower = whole.rpartition(scale)
        if found:
            return han_amount(upper or "一") * _SCALES[scale] + (han_amount(lower) if lower else 0)
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
