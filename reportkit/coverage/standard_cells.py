"""Cells of a standard table: their words without white space, and the number that a cell holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.metrics.units import unit_at, unit_class
from reportkit.report import Table

__all__ = ["Cell", "cells_of", "entries_of", "is_number", "label_cells", "plain_rows", "word_cells"]

_NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]0+)?(?P<unit>[（(]?[^\d.,，]{1,3})?")
_SPACE = re.compile(r"\s+")
_BROKEN = re.compile(r"\d\s+\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of numbers holds: ``None`` where it cannot be read.

    ``sure`` is ``False`` for what only may be meant (a number in two pieces; nothing, where the table prints no noughts):
    a sum can be found right with it, but not wrong.  ``printed``: something stands in the cell.
    """

    value: int | None
    sure: bool = True
    printed: bool = True


def plain_rows(table: Table) -> list[list[str]]:
    """The rows of a table in simplified characters without white space, but for that between two digits (one space)."""
    width = max(map(len, table.rows), default=0)
    return [[_plain(cell) for cell in row] + [""] * (width - len(row)) for row in table.rows]


def cells_of(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """The numbers of the rows of a form: a blank is a nought only where the rows print neither noughts nor marks for them."""
    cells = {cell for row in rows for cell in row}
    noughts = any(_value(cell) == 0 for cell in cells)
    marks = not cells.isdisjoint(_zero_marks())
    empty = Cell(None, False, False) if noughts or marks or not any(map(_value, cells)) else Cell(0, False, False)
    return [[empty if not cell else _cell(cell, noughts) for cell in row] for row in rows]


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, or a mark for none."""
    return cell in _zero_marks() or _value(cell) is not None


def word_cells(row: Sequence[str]) -> list[str]:
    """The words of a row, those of a merged cell once."""
    words = [cell for cell in row if cell and not is_number(cell)]
    return [word for n, word in enumerate(words) if not n or word != words[n - 1]]


def label_cells(row: Sequence[str]) -> list[str]:
    """The words of a row before its numbers: one in front of them (序号) is none of those, a remark behind is no label."""
    first = next((at for at, cell in enumerate(row) if cell and not is_number(cell)), len(row))
    end = next((at for at in range(first, len(row)) if is_number(row[at])), len(row))
    return word_cells(row[:end])


def entries_of(kind: str) -> list[dict[str, str]]:
    """The lines of one class of ``lexicons/standard_tables.tsv``."""
    entries = lexicon("standard_tables", ("class", "name", "cue", "title", "reason"), ("cue",))
    return [entry for entry in entries if entry["class"] == kind]


def _cell(cell: str, noughts: bool) -> Cell:
    if cell in _zero_marks():
        return Cell(0, not noughts)  # beside printed noughts a dash may mean that nothing was counted
    return Cell(_value(cell), not _BROKEN.search(cell))


def _value(cell: str) -> int | None:
    """The number of a cell that holds nothing else but its unit."""
    found = _NUMBER.fullmatch(_SPACE.sub("", cell))
    if found is None or len(found["digits"]) > _LONGEST or not _is_unit((found["unit"] or "").strip("（）()")):
        return None
    return int(re.sub("[,，]", "", found["digits"]))


_LONGEST = 15  # digits of a count, with its commas


def _is_unit(words: str) -> bool:
    unit = unit_at(words, 0) if words else None
    return not words or (unit is not None and unit.end == len(words) and unit_class(unit) == "count")


def _plain(cell: str) -> str:
    return _SPACE.sub("", to_simplified(cell)) if not _BROKEN.search(cell) else _SPACE.sub(" ", to_simplified(cell)).strip()


@cache
def _zero_marks() -> frozenset[str]:
    return frozenset(entry["cue"] for entry in entries_of("zero"))
