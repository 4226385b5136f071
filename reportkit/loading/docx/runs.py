"""What stands in a paragraph of a Word file: words, marks of fields, notes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reportkit.loading.docx.elements import alternative, attribute, child, children, switched, value
from reportkit.loading.docx.fields import Mark
from reportkit.loading.docx.model import DEEPEST, Block, NoteMark, Para, Story
from reportkit.loading.docx.symbols import symbol
from reportkit.loading.package import bounded, local

__all__ = ["Runs"]

_SKIPPED = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "delInstrText", "tblPr", "tblGrid"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_WRITTEN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_READ = ("/chart", "/diagram")  # what a drawing may hold, words of which stand in parts of their own
_LONGEST_MARK = 10  # of a note that the writer has marked
_MOST_PLACED = 100  # text boxes of one paragraph that are put in order by their places
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_MARGIN = re.compile(r"margin-(top|left):\s*(-?\d{1,6})")


class Runs:
    """Reads what stands in a paragraph, run by run; without recursion, for anything may wrap anything."""

    def __init__(self, paragraph: Para, story: Story, boxed: Callable[[Any], list[Block]]) -> None:
        self._paragraph, self._story, self._boxed = paragraph, story, boxed
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
        against = {place[:1] for place, _ in self._boxes}
        if len(against) == 1 and len(self._boxes) <= _MOST_PLACED:  # all are placed against the same thing
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
                mark = "".join("".join(t.itertext()) for t in node if local(t) == "t").strip()
                if 0 < len(mark) <= _LONGEST_MARK:
                    self._paragraph.notes.append(NoteMark(_NOTES[local(one)], attribute(one, "id"), mark))
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
        self._waiting += reversed(children(alternative(node)))

    def _control(self, node: Any) -> None:
        self._waiting += reversed(children(child(node, "sdtContent")))

    def _symbol(self, node: Any) -> None:
        self._tokens.append(symbol(node))

    def _object(self, node: Any) -> None:
        self._story.left_out["drawing"] += 1

    def _box(self, node: Any) -> None:
        story = self._story
        if story.depth >= DEEPEST:
            story.left_out["deep"] += 1
            return
        story.depth += 1
        place = _position(node) if len(self._boxes) < _MOST_PLACED else ()
        self._boxes.append((place, self._boxed(node)))
        story.depth -= 1


_TAKEN = {
    "del": Runs._deleted,
    "moveFrom": Runs._deleted,
    "fldChar": Runs._field_mark,
    "instrText": Runs._instruction,
    "fldSimple": Runs._simple_field,
    "footnoteReference": Runs._note,
    "endnoteReference": Runs._note,
    "AlternateContent": Runs._choice,
    "sdt": Runs._control,
    "sym": Runs._symbol,
    "object": Runs._object,
    "txbxContent": Runs._box,
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
