"""Blocks of a Word file → lines, tables and notes, with the numbers counted on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reportkit.language.numbering import heading_number
from reportkit.loading.docx.blocks import blocks_of
from reportkit.loading.docx.contents import contents_lines
from reportkit.loading.docx.elements import attribute, child, value
from reportkit.loading.docx.inserted import WordReader, inserted_file
from reportkit.loading.docx.model import Block, Grid, Inserted, NoteMark, Para, Story
from reportkit.loading.docx.number_formats import formatted
from reportkit.loading.docx.numbering import Counter, before
from reportkit.loading.docx.parts import Parts
from reportkit.loading.docx.tables import Room, filled, lays_out
from reportkit.loading.loaded import Loaded, Page
from reportkit.loading.package import local
from reportkit.report import Table

__all__ = ["Writer"]

_CAPTION = re.compile("表|附件|单位[：:]")
_LONGEST_CAPTION = 40
# What is left out of the text, as a note says it; how often follows.
_LEFT_OUT = {
    "hidden": "hidden text",
    "deleted": "deletions, for tracked changes are read as accepted",
    "contents": "lines of a table of contents",
    "table": "tables that would fill more places than can be read",
    "deep": "tables and text boxes inside more than 20 others",
    "inserted": "inserted files (altChunk) that cannot be read here; open and save the report in Word",
    "subdocument": "parts of a master document, which stand in other files",
    "drawing": "words in charts, diagrams and embedded objects",
    "comment": "comments in the margin",
}


class Writer:
    """Gathers the lines, tables and notes of a Word file."""

    def __init__(self, parts: Parts, counter: Counter, story: Story, word: WordReader | None) -> None:
        self._parts, self._counter, self._story = parts, counter, story
        self._word = word
        self._lines: list[tuple[str, str]] = []
        self._contents_after: set[int] = set()
        self._tables: list[Table] = []
        self._notes: list[tuple[NoteMark, str]] = []
        self._room = Room()
        self._inserted: set[str] = set()
        self._said: list[str] = []  # by the readers of inserted files
        self._n = 0  # paragraphs so far

    def write(self, blocks: Sequence[Block], box_at: int = 0) -> None:
        """Take up blocks in order; ``box_at``: the number of the paragraph that their text box hangs on."""
        for block in blocks:
            self._story.clock.check()
            if isinstance(block, Para):
                self._n += 0 if box_at else block.n_marks
                self._paragraph(block, box_at)
            elif isinstance(block, Inserted):
                self._insert(block)
            elif lays_out(block):
                for row in block.rows:
                    for cell in row.cells:
                        self.write(cell.blocks, box_at)
            else:
                self._table(block, self._caption(), f"after paragraph {self._n}")

    def loaded(self) -> Loaded:
        """Everything that was gathered; lines that are a table of contents are taken out."""
        notes = [*self._note_tables()]
        lines = [words for words, _ in self._lines]
        contents = contents_lines(lines, frozenset(self._contents_after))
        self._story.left_out["contents"] += len(contents)
        page = Page(tables=self._tables + notes)
        for n, (words, place) in enumerate(self._lines):
            if n not in contents:
                page.add(words, place)
        comments = self._parts.comments
        self._story.left_out["comment"] += sum(local(one) == "comment" for one in comments) if comments is not None else 0
        left_out = self._story.left_out
        said = tuple(f"left out of the text: {say} ({left_out[kind]})" for kind, say in _LEFT_OUT.items() if left_out[kind])
        apart = tuple(f"kept apart from the text, in a table: {one.caption.lower()} ({len(one.rows)})" for one in notes)
        return page.loaded("docx", tuple(dict.fromkeys([*said, *apart, *self._said])))

    def _paragraph(self, paragraph: Para, box_at: int) -> None:
        words = self._numbered(paragraph)
        place = f"text box at paragraph {box_at}" if box_at else f"paragraph {self._n}"
        self._lines += [(line, place) for line in words.split("\n") if line.strip()]
        if words:
            self._notes += [(note, place) for note in paragraph.notes]
        for box in paragraph.boxes:
            self.write(box, box_at or self._n)

    def _numbered(self, paragraph: Para, *, alone: bool = False) -> str:
        """The words of a paragraph after its number; ``""`` for none, and for those of a table of contents.

        ``alone``: a number without words counts, too, as in a column of numbers.
        """
        if paragraph.is_contents:
            if paragraph.words.strip():
                self._story.left_out["contents"] += 1
                self._contents_after.add(len(self._lines))
            return ""
        number = self._counter.number(paragraph.listed, paragraph.style) or paragraph.typed_number
        if not paragraph.words.strip():
            return number if alone else ""
        return _in_one_line(before(number, paragraph.words).strip("\n"))

    def _caption(self) -> str:
        last = self._lines[-1][0].strip() if self._lines else ""
        return last if len(last) < _LONGEST_CAPTION and _CAPTION.search(last) else ""

    def _table(self, grid: Grid, caption: str, place: str) -> None:
        """A table, and those inside it after it."""
        inner: list[tuple[Grid, str, str]] = []
        words = []
        for y, row in enumerate(grid.rows, 1):
            self._story.clock.check()
            words.append([self._cell(cell.blocks, f"{place}, in row {y}", inner, place) for cell in row.cells])
        rows = filled(grid, words, self._room)
        if not any(text for texts in words for text in texts) and inner:
            pass  # a frame around tables
        elif rows is None:
            self._story.left_out["table"] += 1
        else:
            self._tables.append(Table(rows, caption, place))
        for nested in inner:
            self._table(*nested)

    def _cell(self, blocks: Sequence[Block], inside: str, inner: list[tuple[Grid, str, str]], place: str) -> str:
        """The words of a cell; tables inside it are put aside, unless they are frames around text."""
        lines: list[str] = []
        for block in _in_order(blocks):
            if isinstance(block, Para):
                words = self._numbered(block, alone=True).strip()
                lines += [words] if words else []
                self._notes += [(note, place) for note in block.notes]
            elif isinstance(block, Grid):
                last = lines[-1] if lines and len(lines[-1]) < _LONGEST_CAPTION else ""
                inner.append((block, last, inside))
            else:
                self._story.left_out["inserted"] += 1
        return "\n".join(lines)

    def _insert(self, block: Inserted) -> None:
        """The lines and tables of an inserted file; Word names each in one place only."""
        part, data = self._parts.inserted(block.ident) or ("", b"")
        loaded = None if part in self._inserted else inserted_file(data, self._word)
        self._inserted.add(part)
        if loaded is None:
            self._story.left_out["inserted"] += 1
            return
        place = f"inserted file after paragraph {self._n}"
        self._lines += [(line, place) for line in loaded.text.split("\n") if line.strip()]
        self._tables += [Table(table.rows, table.caption, place) for table in loaded.tables]
        self._said += loaded.notes

    def _note_tables(self) -> Iterator[Table]:
        """Footnotes and endnotes: mark, words, and where the text refers to them."""
        for kind, root, form in (
            ("footnote", self._parts.footnotes, "decimal"),
            ("endnote", self._parts.endnotes, "lowerRoman"),
        ):
            form = value(child(self._parts.body, "sectPr", f"{kind}Pr"), "numFmt") or form
            known = {attribute(one, "id"): one for one in root if local(one) == kind} if root is not None else {}
            rows, n = [], 0
            for note, place in self._notes:
                if note.kind != kind or note.ident not in known:
                    continue
                n += not note.mark
                words = self._words_of(known.pop(note.ident))
                if words:
                    rows.append((note.mark or formatted(n, form), words, place))
            if rows:
                yield Table(tuple(rows), f"{kind.capitalize()}s", f"{kind}s")

    def _words_of(self, note: Any) -> str:
        blocks = blocks_of(note, self._story)
        return "\n".join(
            words for block in _in_order(blocks) if isinstance(block, Para) and (words := self._numbered(block).strip())
        )


def _in_order(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks with those of text boxes after their paragraph, and those of frames instead of the frame."""
    waiting: list[Block] = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Grid) and lays_out(block):
            waiting += [one for row in reversed(block.rows) for cell in reversed(row.cells) for one in reversed(cell.blocks)]
            continue
        yield block
        if isinstance(block, Para):
            waiting += [one for box in reversed(block.boxes) for one in reversed(box)]


def _in_one_line(words: str) -> str:
    r"""A short heading that is broken over two lines as one; any other paragraph as it is.

    >>> _in_one_line("二、问题\n和不足"), _in_one_line("一、地址\n二、电话")
    ('二、问题和不足', '一、地址\n二、电话')
    """
    first, broken, second = words.partition("\n")
    if not broken or len(first) > _HEADING or len(second) > _REST or _STOP.search(words) or "\n" in second:
        return words
    return first.rstrip() + second.lstrip() if heading_number(first) and not heading_number(second) else words


_HEADING, _REST = 40, 15  # characters of a heading's first line, and of its second
_STOP = re.compile("[。；：！？;:!?]")
