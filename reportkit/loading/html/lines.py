"""The elements of a page → its lines, as a browser breaks them: blocks, ``<br>``, numbered lists, white space."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from reportkit.language.characters import HAN
from reportkit.language.numbering import han_numeral, heading_number
from reportkit.loading.html.page import Node
from reportkit.loading.limits import Clock
from reportkit.loading.package import bounded

__all__ = ["Line", "lines_in", "text_of"]

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
_AS_TYPED = frozenset(("pre", "listing", "plaintext", "xmp"))
_SPACE = re.compile("[ \t\r\n\f]+")
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60“”‘’…—·]")
_MARK = re.compile(r"\[?(\d{1,3})\]?")


@dataclass(slots=True)
class Line:
    """A line of a page: its words, the block that it stands in, and how many of its characters are links."""

    text: str
    node: Node
    n_linked: int = 0


class _Flow:
    """Lines as they grow from texts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.n_linked = 0
        self.node: Node | None = None

    def add(self, words: str, node: Node, linked: bool) -> None:
        if self.node is None and not words.isspace():
            self.node = node
        self.parts.append(words)
        self.n_linked += len(words.strip()) * linked

    def line(self) -> Line | None:
        """What has been gathered as a line, ``None`` if it is blank; the next one begins empty."""
        text = _collapsed("".join(self.parts)).strip().strip("|｜").strip()
        node, n_linked = self.node, self.n_linked
        self.parts, self.n_linked, self.node = [], 0, None
        return Line(text, node, n_linked) if text and node is not None else None


def lines_in(
    top: Node,
    hidden: Container[int],
    blocks: Callable[[Node], bool],
    clock: Clock,
    apart: Container[int] = (),
    list_style: Callable[[Node], str] = lambda node: node.attrs.get("style", ""),
) -> Iterator[Line | Node]:
    """The lines of an element; in their order also the elements of ``apart`` (by index), which are not read.

    ``blocks`` tells of an inline element whether its style makes it a block, ``list_style`` how a list or its item is numbered.
    """
    flow = _Flow()
    numbers: dict[int, int] = {}
    stack: list[tuple[Node, int, bool, bool, bool]] = [(top, 0, False, False, True)]  # node, next part, linked, typed, block
    block = top
    while stack:
        node, at, linked, typed, is_block = stack.pop()
        if at == 0 and is_block:
            block = node
            yield from _flushed(flow)
            if node.tag == "li":
                flow.add(_number(node, numbers, list_style), node, False)
        if at < len(node.content):
            stack.append((node, at + 1, linked, typed, is_block))
            part = node.content[at]
            if isinstance(part, str):
                yield from _typed(part, flow, block, linked) if typed else _added(part, flow, block, linked)
            elif part.index in apart:
                yield from _flushed(flow)
                yield part
            elif part.index not in hidden:
                yield from _entered(part, stack, flow, block, linked, typed, blocks)
        elif is_block:
            yield from _flushed(flow)
            block = next((one[0] for one in reversed(stack) if one[4]), top)
        if node.index % 5000 == 0:
            clock.check()
    yield from _flushed(flow)


def _entered(
    part: Node,
    stack: list[tuple[Node, int, bool, bool, bool]],
    flow: _Flow,
    block: Node,
    linked: bool,
    typed: bool,
    blocks: Callable[[Node], bool],
) -> Iterator[Line]:
    """Take up an element within the text: put it on the stack, or say at once what it stands for."""
    if part.tag == "br":
        yield from _flushed(flow)
        if part.content:
            stack.append((part, 0, linked, typed, False))
    elif part.tag == "wx:t":  # Word 2003 as XML: the number of a paragraph as it is shown
        flow.add(part.attrs.get("wx:val", ""), block, False)
    elif part.tag == "w:tab":
        flow.add(" ", block, False)
    elif part.tag == "sup" and (mark := _mark(part)):
        flow.add(mark, block, linked)
    else:
        is_block = part.tag in _BLOCKS or blocks(part)
        stack.append((part, 0, linked or (part.tag == "a" and "href" in part.attrs), typed or part.tag in _AS_TYPED, is_block))


def _added(words: str, flow: _Flow, block: Node, linked: bool) -> Iterator[Line]:
    flow.add(words, block, linked)
    yield from ()


def _typed(words: str, flow: _Flow, block: Node, linked: bool) -> Iterator[Line]:
    """Text whose line ends are line ends."""
    for n, words_of_line in enumerate(words.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if n:
            yield from _flushed(flow)
        flow.add(words_of_line, block, linked)


def _flushed(flow: _Flow) -> Iterator[Line]:
    line = flow.line()
    if line is not None:
        yield line


def _collapsed(words: str) -> str:
    """White space as a browser shows it: one space, and none for the line end of a file between two wide characters."""

    def shown(space: re.Match[str]) -> str:
        if "\n" not in space[0] and "\r" not in space[0]:
            return " "
        before, after = words[space.start() - 1 : space.start()], words[space.end() : space.end() + 1]
        return "" if _WIDE.match(before) and _WIDE.match(after) else " "

    return _SPACE.sub(shown, words)


def text_of(node: Node, hidden: Container[int], clock: Clock) -> str:
    """The words of an element on one line."""
    lines = lines_in(node, hidden, lambda _: False, clock)
    return " ".join(line.text for line in lines if isinstance(line, Line))


def _mark(sup: Node) -> str:
    """The mark of a footnote, which is a link to a place on the page: in brackets, or it would be a part of a number."""
    links = [one for one in (*sup.children, sup.parent) if one is not None and one.tag == "a"]
    words = "".join(
        part if isinstance(part, str) else "".join(one for one in part.content if isinstance(one, str)) for part in sup.content
    )
    found = _MARK.fullmatch(words.strip())
    return f"[{found[1]}]" if found and any("#" in link.attrs.get("href", "") for link in links) else ""


# --- numbers of lists -------------------------------------------------------------------------------------------------

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
)
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_BRANCHES = "甲乙丙丁戊己庚辛壬癸"
_ORDERS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": lambda n: chr(96 + n) if n <= 26 else str(n),
    "i": lambda n: _roman(n),
    "han": han_numeral,
    "stem": lambda n: _BRANCHES[n - 1] if n <= len(_BRANCHES) else str(n),
}
# The style of a list, or the class that an editor gives it → order, what stands before and after a number.
_FORMS = {
    "decimal": ("1", "", "."), "1": ("1", "", "."), "lower-alpha": ("a", "", "."),
    "lower-latin": ("a", "", "."), "a": ("a", "", "."), "lower-roman": ("i", "", "."),
    "i": ("i", "", "."), "cjk-ideographic": ("han", "", "、"), "simp-chinese-informal": ("han", "", "、"),
    "trad-chinese-informal": ("han", "", "、"), "cjk-decimal": ("han", "", "、"), "cjk-heavenly-stem": ("stem", "", "、"),
    "custom_cn": ("han", "", "、"), "custom_cn1": ("han", "", "）"), "custom_cn2": ("han", "（", "）"),
    "custom_num": ("1", "", "."), "custom_num1": ("1", "", "）"), "custom_num2": ("1", "（", "）"),
}  # fmt: skip
_UPPER = {"upper-alpha": "lower-alpha", "upper-latin": "lower-latin", "upper-roman": "lower-roman", "A": "a", "I": "i"}


def _number(item: Node, numbers: dict[int, int], list_style: Callable[[Node], str]) -> str:
    """The number that a browser shows before an item of a list, ``""`` for none and before one that is typed."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return ""
    form = _form(parent, item, list_style)
    start = bounded(parent.attrs.get("start"), 0, 9999, 1)
    n = bounded(item.attrs.get("value"), 0, 9999, numbers.get(parent.index, start - 1) + 1)
    numbers[parent.index] = n
    if form == "none" or n < 1 or heading_number(_first_words(item)):
        return ""
    order, before, after = _FORMS.get(_UPPER.get(form, form), _FORMS["decimal"])
    words = _ORDERS[order](n)
    return before + (words.upper() if form in _UPPER else words) + after


def _first_words(item: Node) -> str:
    """The words that an item begins with."""
    node = item
    for _ in range(_DEEPEST_WORDS):
        first = next((part for part in node.content if not isinstance(part, str) or part.strip()), "")
        if isinstance(first, str):
            return first[:_ENOUGH_WORDS].strip()
        node = first
    return ""


_DEEPEST_WORDS, _ENOUGH_WORDS = 10, 200  # elements around the first words of an item, and characters of them


def _form(ordered: Node, item: Node, list_style: Callable[[Node], str]) -> str:
    """How a list is numbered: by its style, its type, or the class of an editor."""
    for node in (item, ordered):
        for word in re.split(r"[\s;:]+", list_style(node)[:2000]):
            if word in _FORMS or word in _UPPER or word == "none":
                return word
    classes = [one for one in ordered.attrs.get("class", "")[:500].split() if one in _FORMS]
    return classes[0] if classes else ordered.attrs.get("type", "decimal").strip()


def _roman(n: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        while n >= value and n < 4000:
            words, n = words + letters, n - value
    return words + _ROMAN_ONES[n] if n < 9 else words
