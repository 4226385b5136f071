"""The body of a Word file → its blocks in reading order: paragraphs with their text boxes, tables, inserted files.

As Word shows it with all changes accepted: content controls and the like are opened, deleted and hidden words are gone, a
paragraph whose end is deleted or hidden goes on in the next one, fields show their result.  Numbers are counted later on, in
the order of the blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportkit.loading.docx.elements import attribute, child, number, switched, value
from reportkit.loading.docx.fields import Mark, settle
from reportkit.loading.docx.styles import Listed, Styles, listed
from reportkit.loading.docx.symbols import symbol
from reportkit.loading.limits import Clock
from reportkit.loading.package import bounded, local

__all__ = ["Block", "Cell", "Grid", "Inserted", "NoteMark", "Para", "Row", "Story", "blocks_of"]

_OPENED = frozenset(["ins", "moveTo", "smartTag", "customXml", "sdtContent", "sect", "sub-section", "hyperlink"])
_DELETED = frozenset({"del", "moveFrom"})
_SKIPPED = frozenset(["pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "delInstrText", "tblPr", "tblGrid"])
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_READ = ("/chart", "/diagram")  # what a drawing may hold, words of which stand in parts of their own
_DEEPEST = 20  # tables and text boxes inside each other
_WIDEST = 100  # columns that a cell may cover; Word has 63
_MOST_PLACED = 100  # text boxes of one paragraph that are put in order by their places
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_MARGIN = re.compile(r"margin-(top|left):\s*(-?\d{1,6})")


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
            gallery = value(element, "sdtPr", "docPartObj", "docPartGallery") or value(
                element, "sdtPr", "docPartList", "docPartGallery"
            )
            within = is_contents or gallery.lower() == "table of contents"
            waiting += [(one, within) for one in reversed(_children(child(element, "sdtContent")))]
        elif name == "AlternateContent":
            waiting += [(one, is_contents) for one in reversed(_children(_alternative(element)))]
        elif name in _OPENED:
            waiting += [(one, is_contents) for one in reversed(element)]
        elif name in _DELETED:
            story.left_out["deleted"] += 1


def _children(element: Any) -> list[Any]:
    return [] if element is None else list(element)


def _alternative(element: Any) -> Any:
    """The first choice that holds words, else what older programs show."""
    choices = [one for one in element if local(one) == "Choice"]
    found = next((one for one in choices if _has_words(one)), None)
    fallback = child(element, "Fallback")
    if found is None and fallback is not None and (_has_words(fallback) or not choices):
        return fallback
    return found if found is not None else next(iter(choices), None)


def _has_words(element: Any) -> bool:
    return next(element.iter("{*}t", "{*}fldChar", "{*}tbl"), None) is not None


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
    _Words(paragraph, story).read(element)
    return paragraph


class _Words:
    """Reads what stands in a paragraph, run by run; without recursion, for anything may wrap anything."""

    def __init__(self, paragraph: Para, story: Story) -> None:
        self._paragraph, self._story = paragraph, story
        self._tokens = paragraph.tokens
        self._hidden = story.styles.hidden(paragraph.style, paragraph=True)
        self._waiting: list[Any] = []
        self._boxes: list[tuple[tuple[int, ...], list[Block]]] = []

    def read(self, element: Any) -> None:
        """Take up the words, marks of fields, notes and text boxes of a paragraph."""
        self._waiting = list(reversed(element))
        n = 0
        while self._waiting:
            n += 1
            if n % 1000 == 0:
                self._story.clock.check()
            node = self._waiting.pop()
            if isinstance(node, Mark):
                self._tokens.append(node)
            elif (name := local(node)) not in _SKIPPED:
                self._take(node, name)
        if (
            len(self._boxes) <= _MOST_PLACED and len({place[:1] for place, _ in self._boxes}) == 1
        ):  # all placed against the same thing
            self._boxes.sort(key=lambda box: box[0])
        self._paragraph.boxes += [blocks for _, blocks in self._boxes]
        self._paragraph.is_blank = not self._boxes and not any(isinstance(one, Mark) or one.strip() for one in self._tokens)

    def _take(self, node: Any, name: str) -> None:
        if name == "t":
            self._tokens.append(_text(node))
        elif name in _WRITTEN:
            self._tokens.append(_WRITTEN[name])
        elif name == "r":
            self._run(node)
        elif name in _TAKEN:
            _TAKEN[name](self, node)
        else:
            if name == "graphicData" and attribute(node, "uri").endswith(_NOT_READ):
                self._story.left_out["drawing"] += 1
            self._waiting += reversed(node)

    def _run(self, node: Any) -> None:
        """A run: all of it, or where it is hidden or the mark of a note, only the marks of fields and notes."""
        for one in node:
            if local(one) in _NOTES and attribute(one, "customMarkFollows").lower() in ("1", "true", "on"):
                mark = "".join("".join(t.itertext()) for t in node if local(t) == "t")
                self._paragraph.notes.append(NoteMark(_NOTES[local(one)], attribute(one, "id"), mark[:20]))
                return
        if self._is_hidden(node):
            self._story.left_out["hidden"] += next(node.iter("{*}t"), None) is not None
            self._waiting += reversed([one for one in node if local(one) in ("fldChar", "instrText")])
        else:
            self._waiting += reversed(node)

    def _is_hidden(self, node: Any) -> bool:
        properties = child(node, "rPr")
        if properties is None:
            return self._hidden
        said = switched(properties, "vanish")
        if said is not None:
            return said
        return self._hidden != self._story.styles.hidden(value(properties, "rStyle"))

    def _deleted(self, node: Any) -> None:
        self._story.left_out["deleted"] += next(node.iter("{*}t", "{*}delText"), None) is not None

    def _field_mark(self, node: Any) -> None:
        self._tokens.append(Mark(attribute(node, "fldCharType")))

    def _instruction(self, node: Any) -> None:
        self._tokens.append(Mark("instruction", (node.text or "")[:200]))

    def _simple_field(self, node: Any) -> None:
        self._tokens += [Mark("begin"), Mark("instruction", attribute(node, "instr")[:200]), Mark("separate")]
        self._waiting += [Mark("end"), *reversed(node)]

    def _note(self, node: Any) -> None:
        self._paragraph.notes.append(NoteMark(_NOTES[local(node)], attribute(node, "id")))

    def _choice(self, node: Any) -> None:
        self._waiting += reversed(_children(_alternative(node)))

    def _control(self, node: Any) -> None:
        self._waiting += reversed(_children(child(node, "sdtContent")))

    def _symbol(self, node: Any) -> None:
        self._tokens.append(symbol(node))

    def _object(self, node: Any) -> None:
        self._story.left_out["drawing"] += 1

    def _box(self, node: Any) -> None:
        story = self._story
        if story.depth >= _DEEPEST:
            story.left_out["deep"] += 1
            return
        story.depth += 1
        place = _position(node) if len(self._boxes) < _MOST_PLACED else ()
        self._boxes.append((place, blocks_of(node, story)))
        story.depth -= 1


_TAKEN = {
    "del": _Words._deleted,
    "moveFrom": _Words._deleted,
    "fldChar": _Words._field_mark,
    "instrText": _Words._instruction,
    "fldSimple": _Words._simple_field,
    "footnoteReference": _Words._note,
    "endnoteReference": _Words._note,
    "AlternateContent": _Words._choice,
    "sdt": _Words._control,
    "sym": _Words._symbol,
    "object": _Words._object,
    "txbxContent": _Words._box,
}


def _text(node: Any) -> str:
    """The words of a ``w:t``; spaces at its ends count only where it says so, line ends of the XML are spaces."""
    words = "".join(node.itertext())
    if words[:1].isspace() or words[-1:].isspace():
        words = words if attribute(node, "space") == "preserve" else words.strip(" \t\r\n")
    return _LINE_END.sub(" ", words) if "\n" in words else words


def _position(box: Any) -> tuple[int, ...]:
    """What a text box is placed against, and how far down and to the right it stands there."""
    against = down = right = down_in = right_in = 0
    for above in box.iterancestors():
        name = local(above)
        if name == "p":
            break
        if name == "wsp":
            offset = child(above, "spPr", "xfrm", "off")
            down_in, right_in = (bounded(attribute(offset, key), -(10**11), 10**11, 0) for key in "yx")
        elif name == "anchor":
            vertical, horizontal = child(above, "positionV"), child(above, "positionH")
            against = sum(map(ord, attribute(vertical, "relativeFrom")[:20]))
            down, right = _offset(vertical), _offset(horizontal)
        elif name in ("shape", "rect"):
            said = dict(_MARGIN.findall(attribute(above, "style")[:1000]))
            down, right = int(said.get("top", 0)), int(said.get("left", 0))
    return against, down, down_in, right, right_in


def _offset(element: Any) -> int:
    offset = child(element, "posOffset") if element is not None else None
    return bounded(offset.text, -(10**11), 10**11, 0) if offset is not None else 0


def _grid(table: Any, story: Story, paragraphs: list[Para], in_contents: bool) -> Grid:
    """The rows of a table that are there when all changes are accepted."""
    if story.depth >= _DEEPEST:
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
