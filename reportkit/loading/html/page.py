"""The elements of a page as plain nodes, made once; what reads them changes none of them.

What a parser or the rules after it could take for ever to read is counted before anything is parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from reportkit.errors import LoadingError
from reportkit.loading.limits import Clock

__all__ = ["Node", "nodes_of"]

_STEPS = 40  # of a path that are told
_DEEPEST = 500  # elements inside each other
_MOST_ELEMENTS = 400_000  # a page of a report has some thousands
_MOST_ATTRIBUTES = 500  # of one element; parsers compare each with each
_LONGEST_NAME = 200  # characters of an element's name
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/<>]*))")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:[^\s/<>=]+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]+))?|=|[<])""")
_ENDLESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_RAW = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "xmp")}
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_CLOSED_BY_NEXT = frozenset(["p", "li", "td", "th", "tr", "option", "dd", "dt", "thead", "tbody", "tfoot", "colgroup"])
# Word 2003 saved as XML names its parts otherwise.
_WORD = {"w:p": "p", "w:tbl": "table", "w:tr": "tr", "w:tc": "td", "w:br": "br"}


@dataclass(slots=True, eq=False)
class Node:
    """An element: ``content`` holds its texts and elements in order; from ``index`` to ``end`` it and all in it stand."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None
    index: int
    end: int = 0
    nth: int = 0  # among the elements of its name beside it, 0 for the only one
    content: list[Node | str] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Node]:
        """The elements right in it."""
        return (part for part in self.content if isinstance(part, Node))

    @property
    def above(self) -> Iterator[Node]:
        """The elements that it stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def path(self) -> str:
        """Where it stands: ``/html/body/div[2]/p``; of one that stands very deep, the end of that."""
        steps = [f"{node.tag}[{node.nth}]" if node.nth else node.tag for node in islice(chain([self], self.above), _STEPS + 1)]
        start = "/" if len(steps) <= _STEPS else "…/"
        return start + "/".join(reversed(steps[:_STEPS]))

    def holds(self, other: Node) -> bool:
        """Whether the other element is this one or stands in it."""
        return self.index <= other.index < self.end


def nodes_of(text: str, name: str, clock: Clock) -> list[Node]:
    """All elements of a page in reading order, the first of which holds the others.

    Raises :class:`LoadingError` for a page that is no page or costs too much to read.
    """
    from lxml import etree

    _check(text, name, clock)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(_ENDLESS.sub("\ufffd", text).encode(), parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        say = str(error).split("\n")[0][:120]
        raise LoadingError(f"{name}: the page cannot be read ({say}); open it and save its text as plain text.") from None
    clock.check()
    if root is None:
        raise LoadingError(f"{name}: the file holds no text; a report was expected. Fetch it again and see that it has text.")
    return _copied(root, clock)


def _copied(root: object, clock: Clock) -> list[Node]:
    from lxml import etree

    nodes: list[Node] = []
    stack: list[Node] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            tag = element.tag.lower()
            node = Node(_WORD.get(tag, tag), dict(element.attrib), stack[-1] if stack else None, len(nodes))
            if stack:
                stack[-1].content.append(node)
            if element.text:
                node.content.append(element.text)
            nodes.append(node)
            stack.append(node)
            if len(nodes) % 5000 == 0:
                clock.check()
            continue
        done = stack.pop()
        done.end = len(nodes)
        _number(done)
        if element.tail and stack:
            stack[-1].content.append(element.tail)
    return nodes


def _number(node: Node) -> None:
    """Say of each element in a node which one of its name it is."""
    counts = Counter(child.tag for child in node.children)
    seen: Counter[str] = Counter()
    for child in node.children:
        seen[child.tag] += 1
        child.nth = seen[child.tag] if counts[child.tag] > 1 else 0


def _check(text: str, name: str, clock: Clock) -> None:
    """Refuse a page that nests too deep, has too many elements or an element with too many attributes."""
    at = depth = n_elements = 0
    while found := _TAG.search(text, at):
        at = found.end()
        if found[1]:
            at = _after(text.find("-->", at), 3, text)
            continue
        tag, closes = found[3].lower(), bool(found[2])
        n_elements += not closes
        at, n_attributes = _attributes(text, at)
        raw = _RAW.get(tag) if not closes else None
        if raw is not None:
            end = raw.search(text, at)
            at = end.start() if end else len(text)
        elif tag not in _VOID and tag not in _CLOSED_BY_NEXT:
            depth = max(0, depth - 1) if closes else depth + (text[at - 1 : at] != "/")
        _refuse(name, depth, n_elements, n_attributes, len(tag))
        if n_elements % 5000 == 0:
            clock.check()


def _after(place: int, width: int, text: str) -> int:
    return place + width if place >= 0 else len(text)


def _attributes(text: str, at: int) -> tuple[int, int]:
    """Where the attributes of a tag end, and how many there are."""
    n = 0
    while (found := _ATTRIBUTE.match(text, at)) and n <= _MOST_ATTRIBUTES:
        at = found.end()
        n += 1
    slash = re.compile(r"[\s/]*").match(text, at)
    return (slash.end() if slash else at), n


def _refuse(name: str, depth: int, n_elements: int, n_attributes: int, n_name: int) -> None:
    if depth > _DEEPEST:
        fault = f"nests more than {_DEEPEST} elements"
    elif n_elements > _MOST_ELEMENTS:
        fault = f"has more than {_MOST_ELEMENTS:,} elements"
    elif n_attributes > _MOST_ATTRIBUTES:
        fault = f"has an element with more than {_MOST_ATTRIBUTES} attributes"
    elif n_name > _LONGEST_NAME:
        fault = f"has an element whose name is longer than {_LONGEST_NAME} characters"
    else:
        return
    raise LoadingError(f"{name}: the page {fault}, as no report does; open it, and save its text as plain text.")
