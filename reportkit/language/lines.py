"""What a line shows by itself: a row of a table, a signature, a date, a salutation, the start of something new.

Lines are read in simplified characters; the words are those of ``lexicons/line_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from reportkit.language.characters import HAN
from reportkit.language.cues import cue_source
from reportkit.language.lexicon import cues_of
from reportkit.language.numbering import heading_number, is_enumerator

__all__ = [
    "LEADER",
    "begins_anew",
    "is_salutation",
    "is_signature_or_date",
    "is_table_row",
    "leads_to_page",
    "line_words",
    "numbered_name",
]

_CELL = r"(?:-?\d[\d.,]*%?|[-—/])"
_CELLS = re.compile(rf"(?:^|\s)(?:-?\d[\d.,]*%?\s+)(?:{_CELL}\s+)*{_CELL}\s*$")
_ENDS_OF_CELLS = ".,%-—/"
_LABELLED_CELL = re.compile(rf"\s*([{HAN}（）()]{{2,20}})\s+[\d.,]+\s*$")
_MONTH_OR_DAY = r"[\d一二三四五六七八九十]{1,3}"
_DATE = re.compile(rf"(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}})年[ ]?{_MONTH_OR_DAY}月(?:[ ]?{_MONTH_OR_DAY}日)?$")
LEADER = r"(?:[.·]{3,}|…{2,})[ ]?\d{1,3}"  # ……12: from a title to its page
_LEADER_AT_END = re.compile(rf"{LEADER}[ ]*\Z")
_LEAD = re.compile("[-—－]{1,2}(?=[^-—－])")


def is_table_row(line: str) -> bool:
    """Whether a line is a row of a flattened table: two or more number cells at its end, or a name and one number.

    A number that is part of a name (附件 1) is no cell:

    >>> is_table_row("行政规范性文件 0 5 5"), is_table_row("行政许可 550")
    (True, True)
    >>> is_table_row("共办理 550 件"), is_table_row("附件 1")
    (False, False)
    """
    last = line.rstrip()[-1:]
    if not last.isdecimal() and last not in _ENDS_OF_CELLS:
        return False
    if _CELLS.search(line):
        return True
    labelled = _LABELLED_CELL.match(line)
    return labelled is not None and _shapes()["number_word"].fullmatch(labelled[1]) is None


def leads_to_page(line: str) -> bool:
    """Whether a line ends as one of a table of contents does: dots, and the number of a page.

    >>> leads_to_page("一、工作回顾……12"), leads_to_page("办案……12件")
    (True, False)
    """
    return _LEADER_AT_END.search(line) is not None


def is_signature_or_date(line: str) -> bool:
    """Whether a line is a date or the name of a public body, as at the foot of a report.

    >>> is_signature_or_date("2022年1月5日"), is_signature_or_date("某某市公安局"), is_signature_or_date("二、存在问题")
    (True, True, False)
    """
    return bool(_DATE.match(line) or _shapes()["signature"].match(line))


def is_salutation(line: str) -> bool:
    """Whether a line begins by addressing its hearers.

    >>> is_salutation("各位代表：现在报告工作。"), is_salutation("人大代表提出建议"), is_salutation("加强组织领导，压实责任。")
    (True, False, False)
    """
    return _shapes()["salutation"].match(line) is not None


def begins_anew(line: str) -> bool:
    """Whether a line cannot be the rest of the one before it."""
    return bool(
        heading_number(line)
        or is_enumerator(line)
        or is_salutation(line)
        or _LEAD.match(line)
        or is_signature_or_date(line)
        or is_table_row(line)
    )


def numbered_name(text: str) -> bool:
    """Whether a text ends in a number that is a name and counts nothing.

    >>> numbered_name("详见附件1"), numbered_name("办件1")
    (True, False)
    """
    return _shapes()["numbered"].search(text) is not None


def line_words(kind: str) -> str:
    """The words of one class of ``line_words.tsv`` as an expression, the longest first."""
    return _longest_first(cues_of("line_words", kind))


def _longest_first(cues: Iterable[str]) -> str:
    return "|".join(map(cue_source, sorted(cues, key=lambda cue: (-len(cue), cue))))


@cache
def _shapes() -> dict[str, re.Pattern[str]]:
    greeting, addressed = line_words("greeting"), line_words("addressed")
    spoken_to = _longest_first(cue for cue in cues_of("line_words", "addressed") if cue.endswith("们"))  # without a greeting
    return {
        "number_word": re.compile(line_words("numbered")),
        "numbered": re.compile(rf"(?:{line_words('numbered')})[ ]?\d{{1,3}}\Z"),
        "salutation": re.compile(
            rf"(?:(?:{greeting})[{HAN}、]{{0,8}}(?:{addressed})|(?:{spoken_to})(?:、(?:{addressed}))*)[：:！!，,]"
        ),
        "signature": re.compile(rf"[{HAN}（）() ]{{2,30}}(?:{line_words('body')})$"),
    }
