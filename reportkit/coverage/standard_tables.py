"""The standard tables of a yearly report on government information disclosure, and the sums that must hold in them.

政府信息公开工作年度报告格式 (国办公开办函〔2021〕30号): 本年新收 + 上年结转 = 总计 + 结转下年度; the parts of each column
add up to its 总计, those of each row to the row's; 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportkit.report import Report, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_tables", "recognize_table"]

_KINDS = (
    ("requests", "本年新收.*结转下年度"),
    ("review_and_litigation", "行政复议.*行政诉讼.*结果维持"),
    ("proactive_disclosure", "第二十条第"),
)
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_Row = tuple[str, str, str, str]


def recognize_table(table: Table) -> str:
    """Which standard table it is: ``proactive_disclosure``, ``requests``, ``review_and_litigation``, ``""`` for none."""
    words = "".join("".join(row) for row in table.rows)
    return next((kind for kind, cue in _KINDS if re.search(cue, words.replace(" ", ""))), "")


def check_tables(report: Report) -> pd.DataFrame:
    """Whether the sums of a report's standard tables hold.

    Returns
    -------
    DataFrame
        One row a check: ``table`` (its number, from 0), ``kind``, ``check`` (the identity, in words), ``verdict`` (``holds``,
        ``fails``, ``not_assessable``), ``reason`` (the sum with its numbers), ``place`` (in the file).

    Notes
    -----
    Nothing is corrected.  A cell that holds no number makes its sums ``not_assessable``.  Source: the format that
    国办公开办函〔2021〕30号 prescribes.
    """
    import pandas as pd

    checks = {"requests": _check_requests, "review_and_litigation": _check_results}
    rows = []
    for n, table in enumerate(report.tables):
        kind = recognize_table(table)
        for check in checks.get(kind, lambda _: iter(()))(table):
            rows.append((n, kind, *check, table.place))
    return pd.DataFrame(rows, columns=["table", "kind", "check", "verdict", "reason", "place"])


def _check_requests(table: Table) -> Iterator[tuple[str, str, str]]:
    named = {key: row for row in table.rows for key in _request_keys(row)}
    parts = [row for row in table.rows if _is_part(row)]
    width = max((len(_numbers(row)) for row in named.values()), default=0)
    columns = _heads(width)
    for at, column in enumerate(columns):
        new, carried, total, left = (_at(named.get(key), at, width) for key in ("新收", "结转上年", "总计", "结转下年"))
        yield _verdict(f"{column}：新收＋上年结转＝总计＋结转下年", [new, carried], [total, left])
        if total is not None:
            yield _verdict(f"{column}：各项办理结果之和＝总计", [_at(row, at, width) for row in parts], [total])
    for name, row in named.items():
        numbers = [_at(row, at, width) for at in range(width)]
        if width > 2:
            yield _verdict(f"{name}：自然人＋各类组织＝总计", numbers[:-1], numbers[-1:])


def _check_results(table: Table) -> Iterator[tuple[str, str, str]]:
    values = next((row for row in reversed(table.rows) if row and all(re.fullmatch(r"\d+", cell.strip()) for cell in row)), ())
    numbers = [int(cell) for cell in values]
    groups = ("行政复议", "未经复议直接起诉", "复议后起诉")
    for i, group in enumerate(groups):
        five = numbers[5 * i : 5 * i + 5]
        check = f"{group}：{'＋'.join(_RESULTS[:4])}＝总计"
        if len(five) < 5:
            yield check, "not_assessable", "the row of numbers is shorter than the form"
        else:
            yield _verdict(check, five[:4], five[4:])


def _request_keys(row: Sequence[str]) -> Iterator[str]:
    words = "".join(cell for cell in row if not re.fullmatch(r"[\d\s]*", cell)).replace(" ", "")
    if "本年新收" in words and "勾稽" not in words:
        yield "新收"
    if "上年结转" in words:
        yield "结转上年"
    if "总计" in words and re.search("（七）|七、", words):
        yield "总计"
    if "结转下年" in words:
        yield "结转下年"


def _is_part(row: Sequence[str]) -> bool:
    """Whether a row is one result of handling: numbered 1. 2. 3. or （一）, （二）, （六）, and no total."""
    words = "".join(cell for cell in row if not re.fullmatch(r"[\d\s]*", cell)).replace(" ", "")
    return bool(_numbers(row)) and bool(re.search(r"\d[.．]|（[一二三四五六]）", words)) and "总计" not in words


def _numbers(row: Sequence[str]) -> list[int]:
    """The numbers at the end of a row."""
    numbers: list[int] = []
    for cell in reversed(row):
        if not re.fullmatch(r"\d+", cell.strip()):
            break
        numbers.append(int(cell))
    return numbers[::-1]


def _at(row: Sequence[str] | None, at: int, width: int) -> int | None:
    cells = row[-width:] if row is not None and len(row) >= width else ()
    return int(cells[at]) if cells and re.fullmatch(r"\d+", cells[at].strip()) else None


def _heads(width: int) -> list[str]:
    known = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    return known if width == len(known) else [f"第{n + 1}列" for n in range(width)]


def _verdict(check: str, parts: Sequence[int | None], whole: Sequence[int | None]) -> tuple[str, str, str]:
    if any(n is None for n in (*parts, *whole)) or not parts:
        return check, "not_assessable", "a cell that the sum needs holds no number"
    a, b = sum(n or 0 for n in parts), sum(n or 0 for n in whole)
    told = f"{'+'.join(map(str, parts))} = {a}, {'+'.join(map(str, whole))} = {b}"
    return check, "holds" if a == b else "fails", told
