"""Numbers that are no figures, and why.

A rule is a shape and a reason, a line of ``lexicons/rejects.tsv``, with an example that is refused and one that looks alike.
Reasons: ``title`` (inside 《》), ``name`` (a name, slogan or model), ``date`` (dates, years, periods, clock times),
``document_number``, ``numbering``, ``ordinal`` (第8次, ranks), ``hotline``, ``contact`` (phone, post code, address, link),
``table_cell``, ``no_unit`` (a number that says neither what it counts nor what it reached).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from reportkit.language.characters import DASH
from reportkit.language.cues import alternatives, begins_of, cue_source, matches_at
from reportkit.language.lexicon import lexicon
from reportkit.language.lines import is_table_row
from reportkit.metrics.units import unit_at
from reportkit.report import Outline

__all__ = ["Zones", "find_zones", "shape_source"]

# The numbers of lists, which stand at the front of a line or of a clause.
_NUMBERING = re.compile(
    r"(?=[①-⑳\[ \d（(])(?:[①-⑳]|\[\d+\]|(?m:^[ ]*\d{1,3}[.．、](?!\d))|(?m:^[ ]*[（(]\d{1,2}[）)])"
    r"|(?<=[。；：])\d{1,2}[.．、](?!\d)|(?<=[，。；：])[（(]\d{1,2}[）)])"
)
_HOTLINE = re.compile(r"[19](?<![\d.]\d)(?:(?<=1)(?:[02]\d{3}|10|19|20|22)|(?<=9)(?:5\d{3}|6\d{3,4}))(?![\d.%]|[余多]?[万亿])")
_RANGES = re.compile(rf"(?:{DASH}|[与和、])(\d[\d.,]*[余多]?(?:[十百千]?[万亿])?)")  # 12345与20000元之间
_QUOTED = re.compile("“([^“”\n]{1,24})”|‘([^‘’\n]{1,24})’")
_FLAT_CELLS = re.compile(r"(?<=[一-鿿])\d{6,}(?![\d.]|[余多万亿]|[一-鿿%])")
_DIGIT_LED = ("{digit", "({digit", "{number", "{year")
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

    def reason(self, start: int) -> str:
        """Why the number that begins at this place is no figure, or ``""``."""
        at = bisect_right(self._starts, start) - 1
        for zone in self._zones[max(0, at - 2) : at + 1]:
            if zone[0] <= start < zone[1]:
                return zone[2]
        return ""


def find_zones(text: str, outline: Outline) -> Zones:
    """The zones of a report's text: shapes, heading numbers, quotations that are names, rows of tables."""
    zones = list(_shape_zones(text))
    zones += [(*found.span(), "numbering") for found in _NUMBERING.finditer(text)]
    for section in outline.walk():
        start = section.heading.start
        zones.append((start, start + len(section.number), "numbering"))
    zones += _hotlines(text)
    zones += _names(text)
    zones += _tables(text)
    return Zones(zones)


def _shape_zones(text: str) -> Iterator[tuple[int, int, str]]:
    """The zones of the listed shapes: those that begin with a digit in one pass, as nearly all do, the others in another."""
    for begins, pattern, reasons in _shapes():
        for found in matches_at(begins, pattern, text):
            yield *found.span(), reasons[(found.lastindex or 1) - 1]


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...]:
    """The shapes that begin with a digit, and the others: where they may begin, a pattern with a group for each, reasons."""
    entries = lexicon("rejects", ("shape", "reason", "not_after", "not_before"), ("shape", "not_after", "not_before"))
    led = [entry for entry in entries if entry["shape"].startswith(_DIGIT_LED)]
    others = [entry for entry in entries if entry not in led]
    groups = ((led, "(?<!\\d.)"), (others, ""))  # no number begins inside another
    return tuple(
        (
            re.compile(begins_of(entry["shape"] for entry in group) + before),
            re.compile("|".join(f"({shape_source(entry)})" for entry in group)),
            tuple(entry["reason"] for entry in group),
        )
        for group, before in groups
    )


def shape_source(entry: dict[str, str]) -> str:
    """The expression of a line of ``lexicons/rejects.tsv``."""
    before = "".join(f"(?<!{cue_source(one)})" for one in alternatives(entry["not_after"]))
    after = f"(?!{cue_source(entry['not_before'])})" if entry["not_before"] else ""
    return f"{before}{cue_source(entry['shape'])}{after}"


def _hotlines(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _HOTLINE.finditer(text):
        upper = _RANGES.match(text, found.end())
        if upper and unit_at(text, upper.end()) is not None:
            continue
        if unit_at(text, found.end() + (text[found.end() : found.end() + 1] in ("余", "多"))) is None:
            yield *found.span(), "hotline"


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    """Quotations with a number in them that are not just counts: “2+4+N”, “1.10” — but not “6大类、43小项”."""
    for found in _QUOTED.finditer(text):
        inside = found[1] or found[2]
        if re.search(r"\d", inside) and not _only_counts(inside):
            yield found.start(), found.end(), "name"


def _only_counts(words: str) -> bool:
    """Whether a quotation lists counts; a single one is a name (“18条”)."""
    parts = re.split("[、，和]", words)
    if len(parts) == 1:
        return False
    for part in parts:
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
