"""The body of a Word file → its blocks in reading order: paragraphs with their text boxes, tables, inserted files.

As Word shows it with all changes accepted: content controls and the like are opened, deleted and hidden words are gone, a
paragraph whose end is deleted or hidden goes on in the next one, fields show their result.  Numbers are counted later on, in
the order of the blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportkit.loading.docx.elements import alternative, attribute, child, children, number, switched, value
from reportkit.loading.docx.fields import settle
from reportkit.loading.docx.model import DEEPEST, Block, Cell, Grid, Inserted, Para, Row, Story
from reportkit.loading.docx.runs import Runs
from reportkit.loading.docx.styles import Styles, listed
from reportkit.loading.package import local

__all__ = ["blocks_of"]

_OPENED = frozenset({"ins", "moveTo", "smartTag", "customXml", "sdtContent", "sect", "sub-section", "hyperlink"})
_DELETED = frozenset({"del", "moveFrom"})
_WIDEST = 100  # columns that a cell may cover; Word has 63


def blocks_of(parent: Any, story: Story) -> list[Block]:
    """The blocks of a body, a text box or a note."""
    paragraphs: list[Para] = []
    blocks = _gathered(parent, story, paragraphs, False)
    for paragraph, settled in zip(paragraphs, settle([one.tokens for one in paragraphs]), strict=True):
        paragraph.words = settled.words
        paragraph.is_contents = paragraph.is_contents or settled.is_contents
        paragraph.tokens = []
    return blocks


def _gathered(parent: Any, story: Story, paragraphs: list[Para], in_contents: bool) -> list[Block]:
    """The blocks of a container; ``paragraphs`` takes them up in the order in which fields go through them."""
    blocks: list[Block] = []
    open_end: Para | None = None  # a paragraph whose end is deleted or hidden
    for element, is_contents in _opened(parent, ("p", "tbl", "altChunk", "subDoc"), story):
        story.clock.check()
        name = local(element)
        if name == "p":
            paragraph = _paragraph(element, story)
            paragraph.is_contents = paragraph.is_contents or is_contents or in_contents
            if open_end is None:
                blocks.append(paragraph)
                paragraphs.append(paragraph)
            else:
                paragraph = _join(open_end, paragraph)
            open_end = paragraph if _end_is_gone(element, story.styles) else None
            continue
        open_end = None
        if name == "tbl":
            grid = _grid(element, story, paragraphs, is_contents or in_contents)
            blocks += [grid] if grid.rows else []
        elif name == "altChunk":
            blocks.append(Inserted(attribute(element, "id")))
        else:
            story.left_out["subdocument"] += 1
    return blocks


def _opened(parent: Any, wanted: tuple[str, ...], story: Story) -> Iterator[tuple[Any, bool]]:
    """The elements of some names in a container, all that only wraps them opened; with whether they are contents."""
    waiting = [(element, False) for element in reversed(parent)]
    while waiting:
        element, is_contents = waiting.pop()
        name = local(element)
        if name in wanted:
            yield element, is_contents
        elif name == "sdt":
            properties = child(element, "sdtPr")
            gallery = "".join(value(properties, name, "docPartGallery") for name in ("docPartObj", "docPartList"))
            within = is_contents or gallery.lower() == "table of contents"
            waiting += [(one, within) for one in reversed(children(child(element, "sdtContent")))]
        elif name == "AlternateContent":
            waiting += [(one, is_contents) for one in reversed(children(alternative(element)))]
        elif name in _OPENED:
            waiting += [(one, is_contents) for one in reversed(element)]
        elif name in _DELETED:
            story.left_out["deleted"] += 1


def _join(first: Para, then: Para) -> Para:
    """A paragraph and the one that it goes on in; the first that holds anything says what it looks like."""
    if first.is_blank:
        first.is_blank = then.is_blank
        first.style, first.listed, first.typed_number = then.style, then.listed, then.typed_number
        first.is_contents = then.is_contents
    first.tokens += then.tokens
    first.notes += then.notes
    first.boxes += then.boxes
    first.n_marks += 1
    return first


def _end_is_gone(element: Any, styles: Styles) -> bool:
    properties = child(element, "pPr")
    if attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
        return True  # a large first letter belongs to the words beside it
    mark = child(properties, "rPr")
    if mark is not None and any(local(one) in _DELETED for one in mark):
        return True
    hidden = switched(mark, "vanish") if mark is not None else None
    return styles.hidden(value(properties, "pStyle"), paragraph=True) if hidden is None else hidden


def _paragraph(element: Any, story: Story) -> Para:
    properties = child(element, "pPr")
    style = value(properties, "pStyle") if properties is not None else ""
    paragraph = Para([], style)
    if properties is not None:
        paragraph.listed = listed(properties)
        paragraph.typed_number = attribute(child(properties, "listPr", "t"), "val")[:100]
        paragraph.is_contents = story.styles.is_contents(style)
    Runs(paragraph, story, lambda box: blocks_of(box, story)).read(element)
    return paragraph


def _grid(table: Any, story: Story, paragraphs: list[Para], in_contents: bool) -> Grid:
    """The rows of a table that are there when all changes are accepted."""
    if story.depth >= DEEPEST:
        story.left_out["deep"] += 1
        return Grid([])
    story.depth += 1
    rows = []
    for element, _ in _opened(table, ("tr",), story):
        story.clock.check()
        row = _row(element, story, paragraphs, in_contents)
        rows += [row] if row is not None else []
    story.depth -= 1
    return Grid(rows)


def _row(element: Any, story: Story, paragraphs: list[Para], in_contents: bool) -> Row | None:
    properties = child(element, "trPr")
    for name, kind in (("del", "deleted"), ("hidden", "hidden")):
        if properties is not None and switched(properties, name):
            story.left_out[kind] += 1
            return None
    cells = [_cell(one, story, paragraphs, in_contents) for one, _ in _opened(element, ("tc",), story)]
    there = [cell for cell in cells if cell is not None]
    if not there:
        return None
    if properties is None:
        return Row(there)
    return Row(there, *(number(properties, name, 0, _WIDEST, 0) for name in ("gridBefore", "gridAfter")))


def _cell(element: Any, story: Story, paragraphs: list[Para], in_contents: bool) -> Cell | None:
    properties = child(element, "tcPr")
    blocks = _gathered(element, story, paragraphs, in_contents)
    if properties is None:
        return Cell(blocks)
    if child(properties, "cellDel") is not None:
        story.left_out["deleted"] += 1
        return None
    goes_on = [child(properties, name) is not None and value(properties, name) != "restart" for name in ("vMerge", "hMerge")]
    return Cell(blocks, number(properties, "gridSpan", 1, _WIDEST, 1), *goes_on)
