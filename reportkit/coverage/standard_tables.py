"""The standard tables of a yearly report on government information disclosure, and the sums that must hold in them.

政府信息公开工作年度报告格式 (国办公开办函〔2021〕30号): 本年新收 + 上年结转 = 总计 + 结转下年度; the parts of each column
add up to its 总计, those of each row to the row's; 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.  The words of the form
are in ``lexicons/standard_tables.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reportkit.language.cues import any_cue
from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.report import Report, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_tables", "recognize_table"]

_NUMBER = re.compile(r"\d+")
_NO_WORDS = re.compile(r"[\d\s]*")
_NO_CELL = "a cell that the sum needs holds no number"
_NO_ROW = "a row that the sum needs was not found in the table"
_PLAIN_WIDTH = 2  # columns of numbers in which no sum of a row stands
_SHORT = "the row of numbers is shorter than the form"

Check = tuple[str, str, str]


def recognize_table(table: Table) -> str:
    """Which standard table it is: ``proactive_disclosure``, ``requests``, ``review_and_litigation``, ``""`` for none."""
    words = _plain("".join("".join(row) for row in table.rows))
    return next((name for name in _names("table") if all(cue.search(words) for cue in _cues("table", name))), "")


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


def _check_requests(table: Table) -> Iterator[Check]:
    named = {name: row for row in table.rows for name in _row_names(row)}
    width = max((len(_numbers(row)) for row in named.values()), default=0)
    parts = [row for row in table.rows if _is_part(row)]
    for at, column in enumerate(_columns(width)):
        values = {name: _at(row, at, width) for name, row in named.items()}
        yield from _check_column(column, values, [_at(row, at, width) for row in parts])
    if width > _PLAIN_WIDTH:
        titles = {entry["name"]: entry["title"] for entry in _entries("row")}
        for name, row in named.items():
            numbers = [_at(row, at, width) for at in range(width)]
            yield _verdict(f"{titles[name]}：{_sum('row')}", numbers[:-1], numbers[-1:])


def _check_column(column: str, values: Mapping[str, int | None], parts: Sequence[int | None]) -> Iterator[Check]:
    """The sums of one column: what came in went out or is left, and the results add up."""
    balance = f"{column}：{_sum('balance')}"
    if set(values) >= {"new", "carried", "total", "left"}:
        yield _verdict(balance, [values["new"], values["carried"]], [values["total"], values["left"]])
    else:
        yield balance, "not_assessable", _NO_ROW
    if values.get("total") is not None:
        yield _verdict(f"{column}：{_sum('parts')}", parts, [values["total"]])


def _check_results(table: Table) -> Iterator[Check]:
    values = next((row for row in reversed(table.rows) if row and all(_NUMBER.fullmatch(cell.strip()) for cell in row)), ())
    numbers = [int(cell) for cell in values]
    results = len(_entries("result"))
    for i, group in enumerate(_entries("group")):
        own = numbers[(results + 1) * i : (results + 1) * (i + 1)]
        check = f"{group['cue']}：{_sum('results')}"
        yield _verdict(check, own[:-1], own[-1:]) if len(own) > results else (check, "not_assessable", _SHORT)


def _row_names(row: Sequence[str]) -> Iterator[str]:
    """The rows of the form that a row is: of a table that keeps two in one line, both."""
    words = _words_of(row)
    for name in _names("row"):
        if _has("row", name, words) and not _has("no row", name, words):
            yield name


def _is_part(row: Sequence[str]) -> bool:
    """Whether a row is one result of handling: numbered 1. 2. 3. or （一）, （二）, （六）, and no total."""
    words = _words_of(row)
    return bool(_numbers(row)) and _has("part", "one", words) and not _has("no part", "one", words)


def _words_of(row: Sequence[str]) -> str:
    return _plain("".join(cell for cell in row if not _NO_WORDS.fullmatch(cell)))


def _plain(words: str) -> str:
    return to_simplified(words).replace(" ", "")


def _numbers(row: Sequence[str]) -> list[int]:
    """The numbers at the end of a row."""
    numbers: list[int] = []
    for cell in reversed(row):
        if not _NUMBER.fullmatch(cell.strip()):
            break
        numbers.append(int(cell))
    return numbers[::-1]


def _at(row: Sequence[str], at: int, width: int) -> int | None:
    """The number in one of the last cells of a row, ``None`` where there is none."""
    cells = row[-width:] if len(row) >= width else ()
    return int(cells[at]) if cells and _NUMBER.fullmatch(cells[at].strip()) else None


def _columns(width: int) -> list[str]:
    known = [entry["cue"] for entry in _entries("column")]
    return known if width == len(known) else [f"第{n + 1}列" for n in range(width)]


def _verdict(check: str, parts: Sequence[int | None], whole: Sequence[int | None]) -> Check:
    if any(n is None for n in (*parts, *whole)) or not parts:
        return check, "not_assessable", _NO_CELL
    a, b = sum(n or 0 for n in parts), sum(n or 0 for n in whole)
    told = f"{'+'.join(map(str, parts))} = {a}, {'+'.join(map(str, whole))} = {b}"
    return check, "holds" if a == b else "fails", told


def _has(kind: str, name: str, words: str) -> bool:
    return any(cue.search(words) for cue in _cues(kind, name))


def _sum(name: str) -> str:
    """What must hold, as the form says it."""
    return next(entry["cue"] for entry in _entries("sum") if entry["name"] == name)


def _names(kind: str) -> list[str]:
    return list(dict.fromkeys(entry["name"] for entry in _entries(kind)))


@cache
def _cues(kind: str, name: str) -> Sequence[re.Pattern[str]]:
    return [any_cue([entry["cue"]]) for entry in _entries(kind) if entry["name"] == name]


def _entries(kind: str) -> Sequence[dict[str, str]]:
    entries = lexicon("standard_tables", ("class", "name", "cue", "title", "reason"), ("cue",))
    return [entry for entry in entries if entry["class"] == kind]
