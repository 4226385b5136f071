"""The cells of a file's tables: mended character by character, as the text is."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace

from reportkit.cleaning.characters import full_width, invisible_characters, newlines, radicals, white_space
from reportkit.cleaning.edits import applied
from reportkit.report import Table

__all__ = ["clean_cell", "clean_table"]

_STEPS = (newlines, invisible_characters, radicals, white_space, full_width)
_ENDS = re.compile(" *\n[ \n]*| {2,}")


def clean_table(table: Table) -> Table:
    """A table with its cells and its caption mended; each text that it holds is looked at once."""
    mended = {cell: clean_cell(cell) for cell in {table.caption, *(cell for row in table.rows for cell in row)}}
    rows = tuple(tuple(mended[cell] for cell in row) for row in table.rows)
    return replace(table, rows=rows, caption=mended[table.caption])


def clean_cell(cell: str) -> str:
    r"""The text of a cell: what stands for a character is that character, and white space stands only inside it.

    Lines stay apart: whether they are one is for those to say who know what the table is.

    >>> clean_cell("⾏政\u3000许可 \r\n １２件\u200b")
    '行政 许可\n12件'
    """
    for step in _STEPS:
        edits = list(step(cell))
        if edits:
            cell = applied(cell, array("l", range(len(cell))), edits)[0]
    return _ENDS.sub(lambda found: "\n" if "\n" in found[0] else " ", cell).strip(" \n")
