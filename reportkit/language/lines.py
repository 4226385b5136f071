"""What a line shows by itself: a row of a table, a signature, a date, a salutation, the start of something new."""

from __future__ import annotations

import re

from reportkit.language.characters import HAN
from reportkit.language.numbering import heading_number, is_enumerator

__all__ = ["begins_anew", "is_signature_or_date", "is_table_row"]

_CELLS = re.compile(r"(?:^|\s)(?:-?\d[\d.,]*%?\s+)(?:(?:-?\d[\d.,]*%?|[-—/])\s+)*(?:-?\d[\d.,]*%?|[-—/])\s*$")
_LABELLED_CELL = re.compile(rf"\s*[{HAN}（）()]{{2,20}}\s+[\d.,]+\s*$")
_SALUTATION = re.compile(rf"(?:[各位]{{1,2}}|尊敬的)?[{HAN}、]{{0,8}}(?:代表|委员|同志们|同志|朋友们|领导)[：:！!，,]")
_DATE = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[ ]?[\d一二三四五六七八九十]{1,3}月(?:[ ]?[\d一二三四五六七八九十]{1,3}日)?$"
)
_BODY = "政府|委员会|办公室|管委会|办公厅|办事处|人民法院|检察院|国务院|[局厅院部委会]"
_SIGNATURE = re.compile(rf"[{HAN}（）() ]{{2,30}}(?:{_BODY})$")
_LEAD = re.compile("[-—－]{1,2}(?=[^-—－])")


def is_table_row(line: str) -> bool:
    """Whether a line is a row of a flattened table: two or more number cells at its end, or a name and one number.

    >>> is_table_row("行政规范性文件 0 5 5"), is_table_row("行政许可 550"), is_table_row("共办理 550 件")
    (True, True, False)
    """
    return bool(_CELLS.search(line) or _LABELLED_CELL.match(line))


def is_signature_or_date(line: str) -> bool:
    """Whether a line is a date or the name of a public body, as at the foot of a report.

    >>> is_signature_or_date("2022年1月5日"), is_signature_or_date("某某市公安局"), is_signature_or_date("二、存在问题")
    (True, True, False)
    """
    return bool(_DATE.match(line) or _SIGNATURE.match(line))


def begins_anew(line: str) -> bool:
    """Whether a line cannot be the rest of the one before it."""
    return bool(
        heading_number(line)
        or is_enumerator(line)
        or _SALUTATION.match(line)
        or _LEAD.match(line)
        or is_signature_or_date(line)
        or is_table_row(line)
    )
