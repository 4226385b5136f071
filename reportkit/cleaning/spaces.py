"""White space: indents, spread text, spaces in numbers and beside them, blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.language.characters import HAN
from reportkit.language.lines import is_table_row, numbered_name

__all__ = [
    "blank_lines", "grouped_digits", "han_and_digits", "one_character_lines", "outer_space", "runs_of_spaces", "spread_digits",
    "spread_text",
]  # fmt: skip

_SPREAD_TEXT = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ ]+[{HAN}])+(?![{HAN}])")
_SPREAD_DIGITS = re.compile(r"(?<![\d.])(?<![\d.] )\d(?: \d)+(?= ?[年月日])")
_COLUMN = re.compile(rf"(?m)^[{HAN}、]\n+(?:[{HAN}、]\n+)+[{HAN}、]$")
_GROUP = re.compile(r" (?<=\d )\d{3}(?!\d)")  # one space with its three digits; _GROUPED is the whole number
_GROUPED = re.compile(rf"(?<!\d )(?<![\d.,])\d{{1,3}}(?: \d{{3}})+(?:\.\d+)?(?![\d,]| \d)(?= ?[{HAN}%‰℃])")
_MARKS = frozenset("，。；：！？、（）《》“”‘’【】…")
_IS_HAN = re.compile(f"[{HAN}]")
_HEADING_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）).．]")
_RANGE_FROM = re.compile(r"[-—–] ?\d")


def outer_space(text: str) -> Iterator[Edit]:
    """No space at the front of a line (an indent) nor at its end.

    >>> mend(outer_space, "    一、总体情况  ")
    '一、总体情况'
    """
    for found in re.finditer(" +", text):
        if text[found.start() - 1 : found.start()] in ("", "\n") or text[found.end() : found.end() + 1] in ("", "\n"):
            yield *found.span(), ""


def one_character_lines(text: str) -> Iterator[Edit]:
    r"""A column of single characters is one line.

    >>> mend(one_character_lines, "三\n、\n本\n年\n度\n办理")
    '三、本年度\n办理'
    """
    for found in _COLUMN.finditer(text):
        for newline in re.finditer("\n+", found[0]):
            yield found.start() + newline.start(), found.start() + newline.end(), ""


def spread_text(text: str) -> Iterator[Edit]:
    """Single characters with a space between each: spread titles, names of two characters.

    >>> mend(spread_text, "政 府 工 作 报 告"), mend(spread_text, "区长 李 某")
    ('政府工作报告', '区长 李某')
    """
    for found in _SPREAD_TEXT.finditer(text) if " " in text else ():
        for space in re.finditer("[ ]+", found[0]):
            yield found.start() + space.start(), found.start() + space.end(), ""


def spread_digits(text: str) -> Iterator[Edit]:
    """Single digits with a space between each, before a unit of time.

    >>> mend(spread_digits, "1 9 9 3 年3 月")
    '1993 年3 月'
    """
    for found in _SPREAD_DIGITS.finditer(text) if " " in text else ():
        for at in range(*found.span()):
            if text[at] == " ":
                yield at, at + 1, ""


def grouped_digits(text: str) -> Iterator[Edit]:
    """Groups of three digits with a space between them are one number, before a unit and not in a row of a table.

    A single space counts only after a Han character, and where the first number is no name (附件1):

    >>> mend(grouped_digits, "财政收入1 234 567万元，办理12 345件，见附件1 200件清单")
    '财政收入1234567万元，办理12345件，见附件1 200件清单'
    """
    if _GROUP.search(text) is None:
        return
    for found in _GROUPED.finditer(text):
        spaces = [at for at in range(*found.span()) if text[at] == " "]
        if len(spaces) == 1:
            before = text[max(0, found.start() - 8) : found.start()].rstrip(" ")
            if not _IS_HAN.match(before[-1:]) or numbered_name(text[max(0, found.start() - 8) : spaces[0]]):
                continue
        if not is_table_row(_line_around(text, found.start())):
            for at in spaces:
                yield at, at + 1, ""


def _line_around(text: str, at: int) -> str:
    """The line of a place, no further than 200 characters away."""
    before = text[max(0, at - 200) : at].rpartition("\n")[2]
    return before + text[at : at + 200].partition("\n")[0]


def han_and_digits(text: str) -> Iterator[Edit]:
    """No space between Han characters and digits or Latin letters, beside Chinese marks or after the number of a heading.

    Table rows keep theirs.

    >>> mend(han_and_digits, "2023 年度有 24 项 ，下降 7.1 %，占 GDP 的 7 %"), mend(han_and_digits, "规章 0 5 5")
    ('2023年度有24项，下降7.1%，占GDP的7%', '规章 0 5 5')
    """
    start = 0
    for line in text.split("\n"):
        if " " in line and not is_table_row(line):
            heading = _HEADING_NUMBER.match(line)
            for found in re.finditer("[ ]+", line):
                if (heading and found.start() == heading.end()) or _needs_no_space(line, *found.span()):
                    yield start + found.start(), start + found.end(), ""
        start += len(line) + 1


def _needs_no_space(line: str, start: int, end: int) -> bool:
    before, after = line[start - 1 : start], line[end : end + 1]
    if before in _MARKS or after in _MARKS:
        return True
    if before.isdecimal() or before in ("%", "‰"):
        range_follows = before.isdecimal() and _RANGE_FROM.match(line, end) is not None
        return range_follows or after in ("%", "‰", "℃") or _IS_HAN.match(after) is not None
    if before in ("-", "—", "–"):
        return after.isdecimal() and line[max(0, start - 2) : start - 1].isdecimal()
    if _IS_HAN.match(before):
        return after.isascii() and after.isalnum()
    return before.isascii() and before.isalpha() and _IS_HAN.match(after) is not None


def runs_of_spaces(text: str) -> Iterator[Edit]:
    """One space is enough.

    >>> mend(runs_of_spaces, "区长   某某")
    '区长 某某'
    """
    for found in re.finditer("  +", text):
        if text[found.start() - 1 : found.start()] not in ("", "\n") and text[found.end() : found.end() + 1] not in ("", "\n"):
            yield *found.span(), " "


def blank_lines(text: str) -> Iterator[Edit]:
    r"""One line end between paragraphs, none before the first and after the last.

    >>> mend(blank_lines, "\n甲\n\n\n乙\n")
    '甲\n乙'
    """
    for found in re.finditer("\n+", text):
        inside = found.start() > 0 and found.end() < len(text)
        if not inside or len(found[0]) > 1:
            yield *found.span(), "\n" if inside else ""
