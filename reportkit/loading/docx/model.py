"""What the body of a Word file consists of: paragraphs, tables, inserted files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from reportkit.loading.docx.fields import Mark
from reportkit.loading.docx.styles import Listed, Styles
from reportkit.loading.limits import Clock

__all__ = ["DEEPEST", "Block", "Cell", "Grid", "Inserted", "NoteMark", "Para", "Row", "Story"]

DEEPEST = 20  # tables and text boxes inside each other


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a paragraph refers to a note: ``footnote`` or ``endnote``, its id, the mark where it is no number."""

    kind: str
    ident: str
    mark: str = ""


@dataclass(slots=True)
class Para:
    """A paragraph: its words, what it says of its list, its notes, and the blocks of its text boxes."""

    tokens: list[str | Mark]
    style: str = ""
    listed: Listed = field(default_factory=Listed)
    typed_number: str = ""  # Word 2003 writes the number into the file
    is_contents: bool = False
    words: str = ""
    notes: list[NoteMark] = field(default_factory=list)
    boxes: list[list[Block]] = field(default_factory=list)
    n_marks: int = 1  # paragraphs of the file that it joins
    is_blank: bool = True  # holds neither words nor text boxes


@dataclass(slots=True)
class Cell:
    """A cell: its blocks, the columns that it covers, whether it goes on the one above or the one before it."""

    blocks: list[Block]
    span: int = 1
    goes_on_above: bool = False
    goes_on_before: bool = False


@dataclass(slots=True)
class Row:
    """A row: its cells, and the columns left empty before and after them."""

    cells: list[Cell]
    before: int = 0
    after: int = 0


@dataclass(slots=True)
class Grid:
    """A table."""

    rows: list[Row]
    is_frame: bool | None = None  # whether it only lays out text, once that has been asked


@dataclass(frozen=True, slots=True)
class Inserted:
    """A file that Word inserts when it opens the document (altChunk), by the id of its relationship."""

    ident: str


Block = Para | Grid | Inserted


@dataclass(slots=True)
class Story:
    """What reading a story needs and gathers: styles, the clock, how often which kind of thing was left out."""

    styles: Styles
    clock: Clock
    left_out: Counter[str] = field(default_factory=Counter)
    depth: int = 0
