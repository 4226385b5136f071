"""The forms of the standard tables: which row and which column of a table is which of the form, and what is missing.

Rows are known by the words of their label, in any order and with any number or none before them; columns by the words above
them, whether a merged cell's text is repeated or not.  What cannot be told for sure is left open, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile

from reportkit.coverage.standard_cells import Cell, cells_of, entries_of, is_number, label_cells, plain_rows, word_cells
from reportkit.language.cues import any_cue
from reportkit.report import Table

__all__ = ["Applicants", "Results", "applicants_of", "is_open", "goes_on", "results_of", "row_kind"]

_FEW = 3  # rows of the form by which a piece of it is known
_NO_PIECES = "the form’s rows do not all stand in the table: {}"
_UNKNOWN = "a row of numbers is not of the form: {}"
_TWICE = "a row of the form stands in the table twice: {}"
_SUBTOTAL = "a heading has numbers of its own beside those under it: {}"

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Applicants:
    """三、收到和处理政府信息公开申请情况: who applied, column by column, and what became of it, row by row.

    ``named`` holds the rows of ``new``, ``carried``, ``total`` and ``left`` that were found, ``parts`` the results that add
    up, ``extra`` rows that may or may not be among them.  ``doubt`` says why the parts may not be all of them, ``""`` where
    they are; ``known`` whether the columns are those of the form.
    """

    columns: tuple[str, ...]
    known: bool
    named: dict[str, tuple[Cell, ...]]
    parts: tuple[tuple[Cell, ...], ...]
    extra: tuple[tuple[Cell, ...], ...]
    doubt: str
    twice: str


@dataclass(frozen=True, slots=True)
class Results:
    """One procedure of 四、行政复议、行政诉讼: its four results and their 总计; none where they were not found."""

    group: str
    parts: tuple[Cell, ...] = ()
    whole: tuple[Cell, ...] = ()
    doubt: str = ""


# --- rows --------------------------------------------------------------------------------------


def row_kind(row: Row) -> tuple[str, str]:
    """The class and the cue of the line of the form that a row is (``("part", "属于国家秘密")``), two times ``""`` for none.

    >>> row_kind(["三、本年度办理结果", "（三）不予公开", "1、属于国家秘密", "3", "0"])
    ('part', '属于国家秘密')
    """
    words = label_cells(row)
    if not words or _is_head(words) or any(cue.search("".join(words)) for _, cue in _cues("no row")):
        return "", ""
    kind = _last_named(words[-1], "row", "part", "heading")
    return kind if kind[0] else _last_named("".join(words), "row")


def _is_head(words: Sequence[str]) -> bool:
    """Whether a row holds the names of columns."""
    return len(_column_names().intersection(words)) > 1


@cache
def _column_names() -> frozenset[str]:
    return frozenset(entry["cue"] for kind in ("column", "result", "group") for entry in entries_of(kind))


def _last_named(label: str, *classes: str) -> tuple[str, str]:
    """The line of the form whose words begin last in a label."""
    found = [
        (match.end(), match.start(), kind, name)
        for kind in classes
        for name, cue in _cues(kind)
        for match in [*cue.finditer(label)][-1:]
    ]
    return max(found, key=lambda one: (one[1], one[0]))[2:] if found else ("", "")


@cache
def _cues(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What each cue of a class stands for (a row its name, another line of the form itself), and its pattern."""
    return tuple((entry["name"] if kind == "row" else entry["cue"], any_cue([entry["cue"]])) for entry in entries_of(kind))


# --- 三、 ---------------------------------------------------------------------------------------


def applicants_of(table: Table) -> Iterator[Applicants]:
    """The forms of applications that a table holds; none where it is none.

    A table that holds several of them, one under the other, is cut where the first of its rows comes again.
    """
    rows = plain_rows(table)
    kinds = [row_kind(row) for row in rows]
    lines = [n for n, (kind, _) in enumerate(kinds) if kind]
    if len(lines) < _FEW or not any(kinds[n] in (("row", "new"), ("row", "left")) for n in lines):
        return
    first = next((kinds[n] for n in lines if kinds[n][0] == "row"), None)
    cuts = [n for n in lines if kinds[n] == first] if kinds[lines[0]] == first else lines[:1]
    for start, end in pairwise([*cuts, len(rows)]):
        if len(cuts) == 1 or sum(bool(kind) for kind, _ in kinds[start:end]) >= _FEW:
            yield _applicants(rows[: lines[0]], rows[start:end], kinds[start:end])  # the columns are named above the first


def _applicants(head: Sequence[Row], rows: Sequence[Row], kinds: Sequence[tuple[str, str]]) -> Applicants:
    last = max(n for n, (kind, _) in enumerate(kinds) if kind)
    lines = [n for n in range(last + 1) if kinds[n][0] or _is_unknown(rows[n])]
    columns, known = _columns(head, [rows[n] for n in lines if kinds[n][0]])
    values = cells_of([[rows[n][places[0]] for places in columns.values()] for n in lines])
    cells = {n: _placed(rows[n], columns, row) for n, row in zip(lines, values, strict=True)}
    named = {kinds[n][1]: cells[n] for n in reversed(lines) if kinds[n][0] == "row"}
    parts = [n for n in lines if kinds[n][0] == "part" and any(cell.value is not None for cell in cells[n])]
    headings = [n for n in lines if kinds[n][0] == "heading" and any(cell.printed for cell in cells[n])]
    divided = {_heading(kinds[n]) for n in parts}
    beside = [n for n in headings if _heading(kinds[n]) in divided]
    counted = sorted({*parts, *headings}.difference(beside))
    unknown = [n for n in lines if not kinds[n][0]]
    doubts = [
        (_UNKNOWN, [_label(rows[n]) for n in unknown]),
        (_SUBTOTAL, [_label(rows[n]) for n in beside]),
        (_TWICE, _repeated([kinds[n][1] for n in counted])),
        (_NO_PIECES, _missing([kinds[n] for n in counted])),
    ]
    return Applicants(
        tuple(columns),
        known,
        named,
        tuple(cells[n] for n in counted),
        tuple(cells[n] for n in (*beside, *unknown)),
        next((told.format(_some(names)) for told, names in doubts if names), ""),
        _some(_repeated([kinds[n][1] for n in lines if kinds[n][0] == "row"])),
    )


def _columns(head: Sequence[Row], rows: Sequence[Row]) -> tuple[dict[str, list[int]], bool]:
    """Where the columns of the form stand, and whether they are known by the words above them."""
    names = [entry["cue"] for entry in entries_of("column")]
    above = _above(head, max(map(len, rows)))
    found = {name: [at for at, words in enumerate(above) if words.endswith(name)] for name in names}
    if all(_is_one(places, rows) for places in found.values()):
        return found, True
    labels = 1 + max((at for row in rows for at, cell in enumerate(row) if cell and not is_number(cell)), default=-1)
    numbers = range(labels, max(map(len, rows)))
    plain = [f"第{n + 1}列" for n in range(len(numbers))]
    return {name: [at] for name, at in zip(names if len(numbers) == len(names) else plain, numbers, strict=True)}, False


def _is_one(places: Sequence[int], rows: Sequence[Row]) -> bool:
    """Whether these are one column: one place, or neighbours that hold the same (a merged cell in each place it covers)."""
    beside = all(a + 1 == b for a, b in pairwise(places))
    return bool(places) and beside and all(len({row[at] for at in places}) == 1 for row in rows)


def _above(head: Sequence[Row], width: int) -> list[str]:
    """The words above each column, those of a merged cell once."""
    columns = [[row[at] for row in head if at < len(row) and row[at]] for at in range(width)]
    return ["".join(word for n, word in enumerate(words) if not n or word != words[n - 1]) for words in columns]


def _is_unknown(row: Row) -> bool:
    """Whether a row that is none of the form holds numbers that may belong to it."""
    return any(map(is_number, row)) and not _is_head(word_cells(row))


def _is_shifted(row: Row, columns: dict[str, list[int]]) -> bool:
    """Whether numbers of a row stand beside the columns, but for a number of the row before its label."""
    label = label_cells(row)[-1:]
    after = range(row.index(label[0]) + 1 if label else 0, len(row))
    held = {at for places in columns.values() for at in places}
    return any(is_number(row[at]) for at in after if at not in held)


def _placed(row: Row, columns: dict[str, list[int]], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The numbers of a row, unsure where they may belong one column further: beside the columns, or with gaps in the row."""
    adds_up = 2 * (cells[-1].value or 0) == sum(cell.value or 0 for cell in cells) if cells else False
    if not _is_shifted(row, columns) and (adds_up or all(cell.printed for cell in cells)):
        return tuple(cells)
    return tuple(Cell(cell.value, False, cell.printed) for cell in cells)


def _heading(kind: tuple[str, str]) -> str:
    """The heading that a result stands under, by its own name in the list."""
    return _headings().get(kind[1], "")


@cache
def _headings() -> dict[str, str]:
    return {entry["cue"]: entry["name"] for kind in ("part", "heading") for entry in entries_of(kind)}


def _missing(kinds: Sequence[tuple[str, str]]) -> list[str]:
    """The lines of the form that are not among the results, each heading with its parts or by itself."""
    there = {cue for _, cue in kinds}
    missing = []
    for heading in entries_of("heading"):
        parts = [part["cue"] for part in entries_of("part") if part["name"] == heading["name"]]
        if heading["cue"] not in there and (not parts or not there.issuperset(parts)):
            missing += [heading["title"]] if there.isdisjoint(parts) else [part for part in parts if part not in there]
    return [name.rstrip("$") for name in missing]


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _label(row: Row) -> str:
    return "".join(word_cells(row)[-1:]) or "a row without words"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_FEW]) + " …" * (len(names) > _FEW)


# --- 四、 ---------------------------------------------------------------------------------------


def results_of(table: Table) -> Iterator[Results]:
    """The three procedures of a table of reviews and lawsuits."""
    rows = plain_rows(table)
    start = next((n for n, row in enumerate(rows) if _groups_in(row)), 0)
    first = next((n for n in range(start, len(rows)) if _is_values(rows[n])), len(rows))
    lines = [n for n, _ in takewhile(lambda row: _is_values(row[1]), enumerate(rows[first:], first))]
    if len({tuple(rows[n]) for n in lines}) > 1:
        lines = []
        doubt = "several rows of numbers stand under the form"
    else:
        doubt = "the table holds no row of numbers"
    groups = [entry["cue"] for entry in entries_of("group")]
    blocks = _blocks(rows[start:first], [rows[n] for n in lines[:1]], groups) if lines else {}
    values = cells_of([rows[lines[0]]])[0] if lines else []
    for group in groups:
        block = blocks.get(group)
        if lines and block is None:
            yield Results(group, doubt="the columns of the form were not found in the table")
        elif block is None:
            yield Results(group, doubt=doubt)
        else:
            *parts, whole = [values[at] for at in block]
            yield Results(group, tuple(parts), (whole,))


def _blocks(head: Sequence[Row], values: Sequence[Row], groups: Sequence[str]) -> dict[str, list[int]]:
    """The columns of each procedure's results, in the order of the form."""
    results = [entry["cue"] for entry in entries_of("result")]
    width = max(map(len, head), default=0)
    above = [next((name for name in results if words.endswith(name)), "") for words in _above(head, width)]
    starts = [min((row.index(group) for row in head if group in row), default=-1) for group in groups]
    if -1 in starts or len(set(starts)) < len(groups):
        numbered = [at for at, name in enumerate(above) if name]
        in_order = [above[at] for at in numbered] == results * len(groups)
        starts = numbered[:: len(results)] if in_order else []
    blocks = {}
    for start, group in zip(starts, groups, strict=False):
        end = min([other for other in starts if other > start], default=width)
        block = {name: [at for at in range(start, end) if above[at] == name] for name in results}
        if all(_is_one(places, values) for places in block.values()):
            blocks[group] = [places[0] for places in block.values()]
    return blocks


def _groups_in(row: Row) -> bool:
    return any(entry["cue"] in row for entry in entries_of("group"))


def _is_values(row: Row) -> bool:
    """Whether a row is numbers, behind a label at most."""
    return any(map(is_number, row)) and len(word_cells(row)) <= 1


# --- tables cut by a page ----------------------------------------------------------------------


def is_open(table: Table) -> bool:
    """Whether a table is the beginning of a form whose end is not in it."""
    rows = plain_rows(table)
    kinds = [row_kind(row) for row in rows]
    if ("row", "new") in kinds:
        return ("row", "left") not in kinds
    return any(map(_groups_in, rows)) and not any(map(_is_values, rows))


def goes_on(table: Table, following: Table) -> bool:
    """Whether a table is the rest of one that a page cut: as wide, and of rows that the form has further down."""
    if not table.rows or not following.rows or len(table.rows[0]) != len(following.rows[0]):
        return False
    rows = plain_rows(following)
    kinds = [row_kind(row) for row in rows]
    if any(map(_groups_in, plain_rows(table))) and ("row", "new") not in map(row_kind, plain_rows(table)):
        return len(rows) == 1 and _is_values(rows[0])
    return any(kind for kind, _ in kinds) and ("row", "new") not in kinds
