"""The standard tables of a yearly report on government information disclosure, and the sums that must hold in them.

政府信息公开工作年度报告格式 (国办公开办函〔2021〕30号, and 〔2019〕60号 before it): 本年新收 + 上年结转 = 总计 + 结转下年度;
the parts of each column add up to its 总计, those of each row to the row's; 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.
The words of the form are in ``lexicons/standard_tables.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reportkit.coverage.standard_cells import Cell, entries_of, plain_rows
from reportkit.coverage.standard_forms import Applicants, Results, applicants_of, goes_on, is_open, results_of
from reportkit.language.cues import any_cue
from reportkit.report import Report, Table

if TYPE_CHECKING:
    import re

    import pandas as pd

__all__ = ["check_tables", "recognize_table"]

_NO_CELL = "a cell that the sum needs holds no number"
_NO_ROW = "a row that the sum needs was not found in the table"
_NO_COLUMNS = "columns of numbers were not found in the table"
_UNSURE = "a cell that the sum needs is empty, a mark or broken, and the others do not add up: {}"
_UNNAMED = "the columns are not named as in the form, and the numbers do not add up: {}"

Check = tuple[str, str, str]


def recognize_table(table: Table) -> str:
    """Which standard table it is: ``proactive_disclosure``, ``requests``, ``review_and_litigation``, ``""`` for none."""
    return next(iter(_kinds(table)), "")


def check_tables(report: Report) -> pd.DataFrame:
    """Whether the sums of a report's standard tables hold.

    Returns
    -------
    DataFrame
        One row a check: ``table`` (its number, from 0), ``kind``, ``check`` (the identity, in words), ``verdict`` (``holds``,
        ``fails``, ``not_assessable``), ``reason`` (the sum with its numbers), ``place`` (in the file).

    Notes
    -----
    Nothing is corrected.  A sum ``fails`` only where the table is surely the form and each of its parts was read; where a row
    of the form is missing, a row is not of the form, or a cell cannot be read, a sum that does not come out is
    ``not_assessable``, with the reason.  A dash is a nought; an empty cell is one in a table that prints no noughts.  A table
    that a page cuts in two is read as one.  Source: the format that 国办公开办函〔2021〕30号 prescribes, and 〔2019〕60号.

    What it gets wrong: the statistical form in use before 2019 is not checked.
    """
    import pandas as pd

    rows = []
    for n, table in _whole(report.tables):
        for kind, check in _checks(table):
            rows.append((n, kind, *check, table.place))
    return pd.DataFrame(rows, columns=["table", "kind", "check", "verdict", "reason", "place"])


def _kinds(table: Table) -> list[str]:
    rows = plain_rows(table)
    words = ["".join(row) for row in rows] + ["".join(column) for column in zip(*rows, strict=True)]
    names = dict.fromkeys(entry["name"] for entry in entries_of("table"))
    return [name for name in names if all(any(map(cue.search, words)) for cue in _cues(name))]


@cache
def _cues(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(any_cue([entry["cue"]]) for entry in entries_of("table") if entry["name"] == name)


def _whole(tables: Sequence[Table]) -> Iterator[tuple[int, Table]]:
    """The tables with their numbers; one that goes on in the next is one with it."""
    pieces = 0
    whole: tuple[int, Table] | None = None
    for n, table in enumerate(tables):
        if whole is not None and pieces < _MOST_PIECES and is_open(whole[1]) and goes_on(whole[1], table):
            places = "; ".join(dict.fromkeys(place for place in (whole[1].place, table.place) if place))
            whole = whole[0], Table((*whole[1].rows, *table.rows), whole[1].caption, places)
            pieces += 1
            continue
        if whole is not None:
            yield whole
        whole, pieces = (n, table), 1
    if whole is not None:
        yield whole


_MOST_PIECES = 6  # pages that a form may stand on


def _checks(table: Table) -> Iterator[tuple[str, Check]]:
    for form in applicants_of(table):
        for check in _check_requests(form):
            yield "requests", check
    if "review_and_litigation" in _kinds(table):
        for results in results_of(table):
            yield "review_and_litigation", _check_results(results)


def _check_results(results: Results) -> Check:
    check = f"{results.group}：{_sum('results')}"
    return (check, "not_assessable", results.doubt) if results.doubt else _verdict(check, [results.parts], results.whole)


def _check_requests(form: Applicants) -> Iterator[Check]:
    if not form.columns:
        yield _sum("balance"), "not_assessable", _NO_COLUMNS
    unnamed = "" if form.known or len(form.columns) == len(entries_of("column")) else _UNNAMED
    for at, column in enumerate(form.columns):
        yield _check_balance(form, column, at)
        check = f"{column}：{_sum('parts')}"
        if "total" not in form.named or not form.parts:
            yield check, "not_assessable", _NO_ROW
        else:
            parts, extra = ([row[at] for row in rows] for rows in (form.parts, form.extra))
            yield _verdict(
                check, [parts, [*parts, *extra]] if extra else [parts], [form.named["total"][at]], form.doubt or unnamed
            )
    titles = {entry["name"]: entry["title"] for entry in entries_of("row")}
    for name, title in titles.items() if len(form.columns) > _PLAIN_WIDTH else ():
        check = f"{title}：{_sum('row')}"
        row = form.named.get(name)
        doubt = "" if form.known else _UNNAMED
        yield _verdict(check, [row[:-1]], row[-1:], doubt) if row else (check, "not_assessable", _NO_ROW)


_PLAIN_WIDTH = 2  # columns of numbers in which no sum of a row stands


def _check_balance(form: Applicants, column: str, at: int) -> Check:
    """What came in went out or is left."""
    check = f"{column}：{_sum('balance')}"
    names = ("new", "carried", "total", "left")
    if not form.named.keys() >= set(names):
        return check, "not_assessable", _NO_ROW
    new, carried, total, left = (form.named[name][at] for name in names)
    return _verdict(check, [[new, carried]], [total, left], form.twice)


def _verdict(check: str, parts: Sequence[Sequence[Cell]], whole: Sequence[Cell], doubt: str = "") -> Check:
    """Whether a sum holds, with one of several sets of parts; it fails where nothing about it is in doubt."""
    cells = [*parts[0], *whole]
    if any(cell.value is None for cell in cells) or not any(cell.printed for cell in cells):
        return check, "not_assessable", _NO_CELL
    sums = [(_added(some), _added(whole)) for some in parts]
    right = next((told for told in sums if told[0][0] == told[1][0]), None)
    (a, added), (b, of) = right or sums[0]
    told = f"{added} = {a}, {of} = {b}"
    if right:
        return check, "holds", told
    if doubt or not all(cell.sure for cell in cells):
        reason = doubt or _UNSURE
        return check, "not_assessable", reason.format(told) if "{}" in reason else f"{reason}; {told}"
    return check, "fails", told


def _added(cells: Sequence[Cell]) -> tuple[int, str]:
    values = [cell.value or 0 for cell in cells]
    return sum(values), "+".join(map(str, values))


def _sum(name: str) -> str:
    """What must hold, as the form says it."""
    return next(entry["cue"] for entry in entries_of("sum") if entry["name"] == name)
