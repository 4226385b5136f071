"""Heading numbers: what they look like, how they rank, what they count.

The official order is ``一、 > （一） > 1. > （1）`` (GB/T 9704-2012, 公文格式); real reports add ``第一部分``, ``第一节`` and
``甲、`` above it and ``①`` below, half-width brackets, full-width points and ``、`` after Arabic numbers, and the characters
that hold number and mark in one (``㈠``, ``⒈``, ``⑴``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["HeadingNumber", "han_numeral", "han_value", "heading_number", "is_enumerator", "ordinal_number"]

PART, SUBPART, CELESTIAL, HAN, HAN_PAREN, ORDINAL, ARABIC, ARABIC_PAREN, CIRCLED = range(9)

_HAN = "[一二三四五六七八九十]{1,3}"
# 4.15 is a day, 1.2023年 a heading that begins with a year, 1.日常检查 one that begins with a word.
_NO_DECIMAL = r"(?!\d(?!\d{3}年)|[月日年](?![常均前终末初检报间历产夜照度薪考审会例][^，。]))"
_STYLES = {
    "part": (PART, rf"第(?P<part>{_HAN}|\d{{1,2}})(?:部分|[章编篇])"),
    "subpart": (SUBPART, rf"第(?P<subpart>{_HAN}|\d{{1,2}})节(?=[ 、：:\n]|\Z)"),
    "celestial": (CELESTIAL, "(?P<celestial>[甲乙丙丁戊己庚辛壬癸])[、．]"),
    "formal": (CELESTIAL, "(?P<formal>[壹贰叁参肆伍陆柒捌玖拾])[、．]"),
    "roman": (CELESTIAL, "(?P<roman>[Ⅰ-Ⅻ])[、．.]"),
    "han": (HAN, rf"(?P<han>{_HAN})[ ]?(?:[、．]|\.(?!\d(?!\d{{3}}年)))(?!{_HAN}[、．.])"),
    "han_paren": (HAN_PAREN, rf"[（(][ ]?(?P<han_paren>{_HAN})[ ]?[）)]、?"),
    "han_enclosed": (HAN_PAREN, "(?P<han_enclosed>[㈠-㈩])、?"),
    "arabic_stop": (ARABIC, "(?P<arabic_stop>[⒈-⒛])"),
    "arabic_enclosed": (ARABIC_PAREN, "(?P<arabic_enclosed>[⑴-⒇])"),
    "arabic": (ARABIC, rf"(?P<arabic>\d{{1,3}})[．、.]{_NO_DECIMAL}"),
    "arabic_paren": (ARABIC_PAREN, r"[（(](?P<arabic_paren>\d{1,2})[）)]"),
    "arabic_half": (ARABIC_PAREN, r"(?P<arabic_half>\d{1,2})[）)]"),
    "circled": (CIRCLED, "(?P<circled>[①-⑳])"),
}
_NUMBER = re.compile("|".join(pattern for _, pattern in _STYLES.values()))
_ORDINAL = re.compile(rf"第({_HAN})[，,、]")
_ENUMERATOR = re.compile(rf"{_HAN}(?:是|要|则)|[第其]{_HAN}[，,、是]")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_ROWS = {
    "celestial": "甲乙丙丁戊己庚辛壬癸", "formal": "壹贰叁肆伍陆柒捌玖拾", "roman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "han_enclosed": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "arabic_stop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "arabic_enclosed": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number at the front of a heading: as printed, its rank (0 highest) and what it counts."""

    text: str
    rank: int
    value: int


def han_value(numeral: str) -> int:
    """The value of a Chinese numeral from 一 to 九十九.

    >>> [han_value(n) for n in ("一", "十", "十二", "二十", "二十一")]
    [1, 10, 12, 20, 21]
    """
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    return 10 * _DIGITS.get(tens or "一", 0) + (_DIGITS.get(ones, 0) if ones else 0)


def han_numeral(value: int) -> str:
    """The Chinese numeral of a number from 1 to 99; others stay digits.

    >>> [han_numeral(n) for n in (1, 10, 12, 20, 21, 100)]
    ['一', '十', '十二', '二十', '二十一', '100']
    """
    digits = "〇一二三四五六七八九"
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def heading_number(text: str, position: int = 0) -> HeadingNumber | None:
    """The heading number that starts at ``position``, or ``None``.

    A decimal, a date and a pair of numbers are none:

    >>> heading_number("（二）依申请公开情况。").value
    2
    >>> heading_number("4.15国家安全日") is None, heading_number("一、二、三产业") is None
    (True, True)
    """
    found = _NUMBER.match(text, position)
    if found is None or found.lastgroup is None:
        return None
    style = found.lastgroup
    return HeadingNumber(found[0].rstrip(" "), _STYLES[style][0], _value(style, found[style]))


def _value(style: str, printed: str) -> int:
    """What a number of a style counts: its place in a row of characters, its digits, or a Chinese numeral."""
    if style in _ROWS:
        return _ROWS[style].index(printed.replace("参", "叁")) + 1  # 參 of traditional script
    return int(printed) if printed.isdecimal() else han_value(printed)


def ordinal_number(text: str, position: int = 0) -> HeadingNumber | None:
    """The ordinal (``第一，``) that starts at ``position``, or ``None``: it numbers a heading where it stands alone.

    >>> ordinal_number("第二，放活企业。").value
    2
    """
    found = _ORDINAL.match(text, position)
    return HeadingNumber(found[0], ORDINAL, han_value(found[1])) if found else None


def is_enumerator(text: str, position: int = 0) -> bool:
    """Whether an enumeration inside prose starts here (``一是``, ``二要``, ``第三，``): no heading, but a fresh start.

    >>> is_enumerator("一是加强领导"), is_enumerator("一体推进")
    (True, False)
    """
    return _ENUMERATOR.match(text, position) is not None
