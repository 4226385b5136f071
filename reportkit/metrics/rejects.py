"""Numbers that are no figures, and why.

A rule here is a shape and a reason.  Reasons: ``title`` (inside 《》), ``name`` (a name, slogan or model), ``date`` (dates,
years, periods, clock times), ``document_number``, ``numbering``, ``ordinal`` (第8次, ranks), ``hotline``, ``contact`` (phone, post
code, address, link), ``table_cell``, ``no_unit`` (a number that says neither what it counts nor what it reached).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reportkit.language.lines import is_table_row
from reportkit.metrics.units import unit_at
from reportkit.report import Outline

__all__ = ["Zones", "find_zones"]

_YEAR = r"(?:1[89]|20|21)\d{2}"
_DASH = r"[-—–－~～至到]{1,2}"
_SHAPES: tuple[tuple[str, str], ...] = (
    ("title", r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》"),
    ("contact", r"https?://[\w./?=&%-]+|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+|www\.[\w./-]+|(?<!\d)0\d{2,3}[-—－]\d{7,8}(?:[-转]\d+)?|(?<!\d)1[3-9]\d{9}(?!\d)"),
    ("contact", r"(?:邮编|邮政编码|电话|传真|手机|热线)[^\d，。；\n]{0,6}\d[\d-]{4,}|[路街道巷]\d+号(?!线)(?:楼|院)?"),
    ("document_number", r"[〔\[【（(]\d{4}[〕\]】）)]\s*第?\d+号?|(?:令|字|文)?第\s*\d+\s*号|(?<=[令发函字])\d+号|\d+号(?=文|令|公告|通知|文件)"),
    ("name", r"\d+号(?=[线楼院桥区地]|台风|发动机|航站楼|卫星|航天)|\d{3}(?=国道|省道)|[A-Za-z]+-?\d+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?(?=版|时代)"),
    ("name", r"(?:\d+|[A-Za-z])(?:[+＋](?:\d+|[A-Za-z一-鿿]{1,3}))+|\d+[·•．]\d+(?!\d*[%％万亿个元])|\d+\s?[×xX*]\s?\d+小时"),
    ("name", r"\d+强(?!度)|\d{2}后(?![，。])|世界\d+强|\d[GDK](?![A-Za-z])|\d+A级?(?=景|级)|[零〇]\d|\d+(?:周)?岁(?=以上|及以上|以下|及以下|的?老|的|[（(])"),
    ("date", rf"{_YEAR}\s?(?:年(?:度|代|间|底|末|初)?)?\s?{_DASH}\s?{_YEAR}\s?年?(?:度|间)?|{_YEAR}年{_DASH}\d{{1,2}}月(?:\d{{1,2}}日)?"),
    ("date", rf"{_YEAR}\s?年(?:度|代|末|底|初|版)?(?:\d{{1,2}}月(?:份|底|初|末|\d{{1,2}}日?)?)?|(?<!\d){_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?<!\d)\d{{4}}年度?"),
    ("date", rf"\d{{1,2}}(?:月{_DASH}|{_DASH})\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{1,2}}月\d{{1,2}}日?(?:{_DASH}(?:\d{{1,2}}月)?\d{{1,2}}日)?|\d{{1,2}}月(?:份|底|初|末|中旬|上旬|下旬)?"),
    ("date", rf"\d{{1,2}}{_DASH}\d{{1,2}}日|\d{{1,2}}日(?![均元])|\d{{1,2}}[时点]\d{{0,2}}分?|(?<!\d)\d{{1,2}}[:：]\d{{2}}(?![\d.:：])|\d+(?:余|多)?年(?!产|均|人|户|吨)|\d+世纪"),
    ("date", r"\d+(?:余|多)?个(?:多)?月|(?<=世纪)\d+年代|\d+年代|\d+周年|\d+(?:余|多)?年来|24小时|\d+小时(?=在线|值守|值班|服务|不间断|接听|运行|动态)"),
    ("ordinal", r"第\s?\d+(?:[、—\-至]\d+)?|前\d+(?:\.\d+)?(?=[位名强，。、%‰])|\d+(?=次会议|次全会)"),
    ("numbering", r"[①-⑳]|\[\d+\]|(?m:^[ ]*\d{1,3}[.．、](?!\d))|(?m:^[ ]*[（(]\d{1,2}[）)])|(?<=[。；：])\d{1,2}[.．、](?!\d)|(?<=[，。；：])[（(]\d{1,2}[）)]"),
)  # fmt: skip
_PATTERNS = tuple((reason, re.compile(shape)) for reason, shape in _SHAPES)
_HOTLINE = re.compile(r"(?<![\d.])(?:12\d{3}|10\d{3}|95\d{3}|96\d{3,4}|110|119|120|122)(?![\d.%]|[余多]?[万亿])")
_QUOTED = re.compile("“([^“”\n]{1,24})”|‘([^‘’\n]{1,24})’")
_FLAT_CELLS = re.compile(r"(?<=[一-鿿])\d{6,}(?![\d.]|[余多万亿]|[一-鿿%])")
_CELL_LINE = re.compile(r"[\d.,%/\-—\s]+")


class Zones:
    """Ranges of a text in which numbers are no figures, each with its reason; the first that covers a number counts."""

    def __init__(self, zones: Sequence[tuple[int, int, str]]) -> None:
        merged: list[tuple[int, int, str]] = []
        end = -1
        for zone in sorted(zones, key=lambda z: (z[0], -z[1])):
            if zone[1] > end:
                merged.append(zone)
                end = zone[1]
        self._zones = merged
        self._starts = [zone[0] for zone in merged]

    def reason(self, start: int, end: int) -> str:
        """Why the number at this place is no figure, or ``""``."""
        at = bisect_right(self._starts, start) - 1
        for zone in self._zones[max(0, at - 2) : at + 1]:
            if zone[0] <= start < zone[1] and zone[0] < end:
                return zone[2]
        return ""


def find_zones(text: str, outline: Outline) -> Zones:
    """The zones of a report's text: shapes, heading numbers, quotations that are names, rows of tables."""
    zones = [(*found.span(), reason) for reason, pattern in _PATTERNS for found in pattern.finditer(text)]
    for section in outline.walk():
        start = section.heading.start
        zones.append((start, start + len(section.number), "numbering"))
    for found in _HOTLINE.finditer(text):
        if unit_at(text, found.end() + (text[found.end() : found.end() + 1] in ("余", "多"))) is None:
            zones.append((*found.span(), "hotline"))
    zones += _names(text)
    zones += _tables(text)
    return Zones(zones)


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    """Quotations with a number in them that are not just counts: “2+4+N”, “1.10” — but not “6大类、43小项”."""
    for found in _QUOTED.finditer(text):
        inside = found[1] or found[2]
        if re.search(r"\d", inside) and not _only_counts(inside):
            yield found.start(), found.end(), "name"


def _only_counts(words: str) -> bool:
    for part in re.split("[、，和]", words):
        number = re.match(r"\d+(?:\.\d+)?[余多]?[万亿]?", part)
        unit = unit_at(part, number.end()) if number else None
        if unit is None or unit.end != len(part):
            return False
    return True


def _tables(text: str) -> Iterator[tuple[int, int, str]]:
    for line in re.finditer("[^\n]+", text):
        if is_table_row(line[0]) or _CELL_LINE.fullmatch(line[0]):
            yield *line.span(), "table_cell"
    for found in _FLAT_CELLS.finditer(text):
        yield *found.span(), "table_cell"
