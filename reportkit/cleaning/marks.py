"""Punctuation: Chinese prose has Chinese marks, numbers have those of numbers.

Whole web pages and mails are typed with ``,`` ``:`` ``;`` ``(`` ``)`` ``?`` ``!`` and a ``.`` for 。.  In a line of Chinese
prose they become ，：；（）？！。, one for one.  They stay as they are

* inside a number (1,200, 3.5, 10:30, 3.6:48:48.4), an address (URL, e-mail), a file name or a Latin phrase;
* in the number of a heading (``1.``, ``(一)``, ``2)``), which the outline reads in either form;
* in a row of a table and in a line without a Han character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.language.characters import CLOSERS, HAN
from reportkit.language.lines import is_table_row, numbered_name

__all__ = ["ascii_marks", "marks_in_numbers"]

_CHINESE = dict(zip(",:;()?!.．", "，：；（）？！。。", strict=True))
_HAN = re.compile(f"[{HAN}]")
_BEFORE_A_STOP = rf"[{HAN}%‰℃{re.escape(CLOSERS)}]"
_MARK = re.compile(rf"[,:;()?!]|[.．](?:(?!\d)|(?<={_BEFORE_A_STOP}[.．]))")
_CSV_ROW = re.compile(r"[^,]{1,20}(?:,[-\d.%]*){2,}")
_HEADING = re.compile(r" *[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]?[.．]?")

# An address is a run of ASCII characters that holds one of these signs.
_RUN = re.compile("[!-~]{5,}")
_OF_ADDRESS = ("://", "www.", "@", ".cn", ".com", ".org", ".net")
_FILE_TYPE = re.compile(r"\.[A-Za-z]{2,4}(?![A-Za-z])")
_ENTITY = re.compile(r"&#?\w{2,8}\Z")  # &nbsp; of HTML

_GROUP = re.compile(r"[，,](?<=\d[，,])\d{3}(?!\d)")  # one comma with its three digits; _THOUSANDS is the whole number
_THOUSANDS = re.compile(r"(?<![\d，,.])\d{1,3}(?:[，,]\d{3})+(?![\d年]|[，,]\d)")
_GROUP_ON_NEXT_LINE = re.compile(r"\n\d{3}(?!\d)")
_YEAR = re.compile(r"\d{4}年")
_WIDE_POINT = re.compile("．")
_NUMBER_OF_HEADING = re.compile(r"(?:\A|\n) *\d{1,3}\Z")

_AFTER_A_STOP = rf"[ ]*(?:\n|\Z)|[ ]+[{HAN}\d“《（(]|[{re.escape(CLOSERS)}]"
_UNIT_OR_CLOSER = rf"[%‰℃{re.escape(CLOSERS)}]"
_SURE_STOP = re.compile(rf"[.．](?:(?<={_BEFORE_A_STOP}[.．])(?={_AFTER_A_STOP})|(?<={_UNIT_OR_CLOSER}[.．])(?=[{HAN}“《（(]))")
_STOP_IN_DOTTED = re.compile(rf"[.．](?={_AFTER_A_STOP}|[{HAN}\dA-Z“《（(])")  # in a text that writes its stops as points
_COUNTED = re.compile(rf"[{HAN}]\d[\d,]*((?:[./∶:]\d+)+)?\Z")  # group 1: it has a point already, or is a fraction or a ratio
_LINE_ENDS = re.compile(r" *\n(?!\d)")
_DAMAGE = "，。；：、,.;:?？！"  # a question mark before one of these stands for a lost character


def marks_in_numbers(text: str) -> Iterator[Edit]:
    """A full-width comma between groups of three digits is a thousands comma, a colon between digits that of a ratio or a time.

    A list of numbers has no thousands commas, nor is there one before a year; a number that is a name (附件1) has no ratio.
    A full-width point goes with the digits and letters on both sides of it, or with the number of a heading.

    >>> mend(marks_in_numbers, "33，212万吨；分别为12，345，67件；45：55；附件1：12件；增长6．4%")
    '33,212万吨；分别为12，345，67件；45:55；附件1：12件；增长6.4%'
    """
    edits = [(at, at + 1, ",") for at in _thousands_commas(text, 0, len(text)) if text[at] == "，"]
    for colon in re.finditer(r"：(?<=\d：)(?=\d)", text):
        if _in_ratio(text, colon.start()):
            edits.append((*colon.span(), ":"))
    edits += [(*point.span(), ".") for point in _WIDE_POINT.finditer(text) if _is_point(text, point.start())]
    yield from sorted(edits)


def _is_point(text: str, at: int) -> bool:
    """Whether a full-width point stands in a number or after that of a heading."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return inside or _NUMBER_OF_HEADING.search(text[max(0, at - 8) : at]) is not None


def ascii_marks(text: str) -> Iterator[Edit]:
    """The ASCII marks of Chinese prose become Chinese ones; those of numbers, addresses and Latin phrases stay.

    What it gets wrong: a comma between two Latin words (AI,BIM) stays, since it may be of a Latin phrase; a list of numbers of
    three digits each reads as one number.  A point between two Han characters is a full stop only in a text that writes its
    full stops so: elsewhere it may stand in a foreign name.

    >>> mend(ascii_marks, "共办结1,200件(其中3.5%为信访件),整改率98.8%.详见http://a.cn/b?c=1,谢谢!")
    '共办结1,200件（其中3.5%为信访件），整改率98.8%。详见http://a.cn/b?c=1，谢谢！'
    """
    lines = list(_lines_of_prose(text))
    dotted = bool(lines) and len(_SURE_STOP.findall(text)) > text.count("。")
    for start, end in lines:
        protected = _protected(text, start, end)
        places = [found.start() for found in _MARK.finditer(text, start, end) if found.start() not in protected]
        brackets = set(_brackets(text, start, end)) - protected if any(text[at] in "()" for at in places) else set()
        for at in places:
            mark = text[at]
            if at in brackets or (mark in ".．" and _is_stop(text, at, dotted)) or (mark in ",:;?!" and not _stays(text, at)):
                yield at, at + 1, _CHINESE[mark]


def _lines_of_prose(text: str) -> Iterator[tuple[int, int]]:
    """The lines that hold an ASCII mark and are Chinese prose."""
    found = _MARK.search(text)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        line = text[start:end]
        if _HAN.search(line) and not is_table_row(line) and not _CSV_ROW.fullmatch(line):
            yield start, end
        found = _MARK.search(text, end)


def _protected(text: str, start: int, end: int) -> set[int]:
    """The places of a line whose marks are no punctuation: the number of a heading, addresses, thousands commas."""
    heading = _HEADING.match(text, start, end)
    places = set(range(start, heading.end())) if heading else set()
    if any(text.find(sign, start, end) >= 0 for sign in _OF_ADDRESS):
        for run in _RUN.finditer(text, start, end):
            address = run[0].strip(",:;()?!.")
            if any(sign in address for sign in _OF_ADDRESS):
                first = run.start() + run[0].index(address)
                places.update(range(first, first + len(address)))
    places.update(_thousands_commas(text, start, end))
    return places


def _thousands_commas(text: str, start: int, end: int) -> Iterator[int]:
    if _GROUP.search(text, start, end):
        for number in _THOUSANDS.finditer(text, start, end):
            yield from (at for at in range(*number.span()) if text[at] in "，,")


# --- one mark at a time -----------------------------------------------------------------------------------------------


def _neighbour(text: str, at: int, step: int) -> str:
    """The next character before (-1) or after (+1) a mark, past some spaces and one line end; or ``""``."""
    seen_line_end = False
    for _ in range(8):
        at += step
        if not 0 <= at < len(text) or (text[at] == "\n" and seen_line_end):
            return ""
        seen_line_end |= text[at] == "\n"
        if text[at] not in " \n":
            return text[at]
    return ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _stays(text: str, at: int) -> bool:
    """Whether one of ``, : ; ? !`` is of something else than Chinese prose."""
    mark, before, after = text[at], _neighbour(text, at, -1), _neighbour(text, at, +1)
    if _is_latin(before) and (_is_latin(after) or after == "/"):
        return True
    if mark == ",":
        return before.isdecimal() and bool(_GROUP_ON_NEXT_LINE.match(text, at + 1))
    if mark == ":":
        return before.isdecimal() and after.isdecimal() and _in_ratio(text, at)
    if mark == ";":
        return bool(_ENTITY.search(text[max(0, at - 10) : at]))
    return mark == "?" and (before.isdecimal() or (after != "" and after in _DAMAGE))


def _in_ratio(text: str, at: int) -> bool:
    """Whether the colon between two numbers is that of a ratio or a time, and not of a name before a text (附件1：2023年)."""
    return not _YEAR.match(text, at + 1) and not numbered_name(text[max(0, at - 8) : at])


def _is_stop(text: str, at: int, dotted: bool) -> bool:
    """Whether a point is a full stop; ``dotted``: in a text that writes its full stops so."""
    if _SURE_STOP.match(text, at):
        return True
    before = text[at - 1] if at else "\n"
    if before.isdecimal():
        counted = _COUNTED.search(text[max(0, at - 16) : at])
        if counted is None or numbered_name(text[max(0, at - 8) : at]):
            return False
        ends_line = _neighbour(text, at, +1) == "" or _LINE_ENDS.match(text, at + 1)
        return bool(ends_line or ((dotted or counted[1]) and _STOP_IN_DOTTED.match(text, at)))
    return dotted and before not in ".． \n" and bool(_STOP_IN_DOTTED.match(text, at)) and text[at + 1 : at + 2] != "."


def _brackets(text: str, start: int, end: int) -> Iterator[int]:
    """The places of the ASCII brackets of a line that are of Chinese prose; the two of a pair share their form."""
    opened: list[int] = []
    for found in re.compile("[()（）]").finditer(text, start, end):
        at = found.start()
        if found[0] in "(（":
            opened.append(at)
        elif opened:
            first = opened.pop()
            if text[first] in "（" or found[0] in "）" or _of_prose(text, first, at):
                yield from (place for place in (first, at) if text[place] in "()")
        elif found[0] == ")" and not _neighbour(text, at, -1).isascii():
            yield at
    for at in opened:
        if text[at] == "(" and not (_neighbour(text, at, -1) + _neighbour(text, at, +1)).isascii():
            yield at


def _of_prose(text: str, first: int, last: int) -> bool:
    """Whether a pair of ASCII brackets is of Chinese prose, and not of a file name, a formula or a Latin phrase."""
    if _FILE_TYPE.match(text, last + 1):
        return False
    before, after = _neighbour(text, first, -1), _neighbour(text, last, +1)
    if not text[first + 1 : last].isascii() or not before.isascii():
        return True
    return last - first > 2 and not (_is_latin(before) and after.isascii() and (after.isalnum() or after == ""))
