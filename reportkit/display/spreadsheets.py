r"""Cells that a spreadsheet shows and does not run.

Excel, WPS and LibreOffice take a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and a formula
can start a program or send the table away.  Such a cell gets an apostrophe in front, which :func:`from_spreadsheet` takes off
again: nothing is lost, and what never was in danger stays as it is.  Numbers are numbers, also ``-7.1`` and ``+5.7%``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_csv", "cell", "from_spreadsheet"]

# What may stand before the sign: quotes, white space and what nobody sees; not what ends a cell.
_BEFORE = (
    "[\"'\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x85\\xa0\\u1680\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]"
)
_SIGNED = f"{_BEFORE}*[=+\\-@＝＋－＠﹦﹢﹣﹫]"  # a sign of full width may be made a plain one on the way in
# Where a cell begins, and where one does for a spreadsheet that parts cells by semicolons (as where numbers are written 1,5);
# and what is not let stand there.
_DANGERS = {"^": f"(?:{_SIGNED}|['\"]*[\t\r])", "(?<=[;\t\r\n])": _SIGNED}
_MARK = re.compile("|".join(f"{place}(?={danger})" for place, danger in _DANGERS.items()))
_MARKED = re.compile("|".join(f"{place}'(?={danger})" for place, danger in _DANGERS.items()))
_NUMBER = re.compile(r"[+-]?(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[%％‰]?")


def cell(value: object) -> Any:
    """The value as a cell that a spreadsheet does not run.

    >>> [cell(value) for value in ("=1+1", " @SUM(A1)", "-7.1%", -7.1, "- 推进工作", "增长5%")]
    ["'=1+1", "' @SUM(A1)", '-7.1%', -7.1, "'- 推进工作", '增长5%']
    """
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    if _NUMBER.fullmatch(text):
        return value
    marked = _MARK.sub("'", text)
    return value if marked == text else marked


def from_spreadsheet(text: str) -> str:
    """The text that :func:`cell` made a cell of.

    >>> from_spreadsheet(cell("=1+1")), from_spreadsheet(cell("'=1+1")), from_spreadsheet("'一网统管'机制")
    ('=1+1', "'=1+1", "'一网统管'机制")
    """
    return _MARKED.sub("", text)


def as_csv(table: pd.DataFrame, sep: str = ",") -> str:
    r"""The table as CSV (``sep="\t"``: as TSV), heads and cells made harmless; no row names."""
    safe = table.apply(_harmless).rename(columns=cell)
    return str(safe.to_csv(index=False, sep=sep, lineterminator="\n"))


def _harmless(column: pd.Series[Any]) -> pd.Series[Any]:
    import pandas as pd

    return column if pd.api.types.is_numeric_dtype(column) else column.astype(object).map(cell, na_action="ignore")
