"""A file that a Word file inserts when it is opened (altChunk): read by the reader of its own format."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.encoding import decode
from reportkit.loading.formats import format_of
from reportkit.loading.loaded import Loaded, Page
from reportkit.report import Table

__all__ = ["WordReader", "inserted_file"]

_LARGEST = 5_000_000
_WIDEST = 100  # cells of a row
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "tr", "table", "br", "pre", "blockquote", "section", "h1", "h2", "h3", "h4", "h5", "h6")
)
_SPACES = re.compile(r"\s+")
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")


WordReader = Callable[[bytes], Loaded]


def inserted_file(data: bytes, word: WordReader | None) -> Loaded | None:
    """The text and tables of an inserted web page, Word file (by ``word``) or plain text; ``None`` for what is not read."""
    if len(data) > _LARGEST or not data.strip():
        return None
    try:
        kind = format_of(data, "an inserted file")
        if kind == "docx":
            return None if word is None else word(data)
    except LoadingError:
        return None
    if kind == "html":
        return _page(data)
    decoded = decode(data) if kind == "txt" else None
    return None if decoded is None else Loaded(decoded.text, decoded.encoding)


def _page(data: bytes) -> Loaded | None:
    """The words of a page that is all report: no menu has to be told from it, so every block is a line."""
    from lxml import etree, html

    decoded = decode(data)
    if decoded is None:
        return None
    try:
        tree = html.document_fromstring(_DECLARATION.sub("", decoded.text, count=1))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    page = Page()
    pieces: list[str] = []
    waiting: list[Any] = [None, tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(_SPACES.sub(" ", node))
        elif node is None:  # a block begins or ends
            if line := "".join(pieces).strip():
                page.add(line, "")
            pieces = []
        elif node.tag == "table" and node.find(".//table") is None:
            page.tables.append(_table(node))
        elif isinstance(node.tag, str) and node.tag not in ("script", "style", "head"):
            ends = [None] * (node.tag in _BLOCKS)
            within = [node.text or "", *(part for one in node for part in (one, one.tail or ""))]
            waiting += reversed([*ends, *within, *ends])
    return page.loaded(decoded.encoding)


def _table(element: Any) -> Table:
    """The cells of a table without merged ones; only its rows are made of one length."""
    rows = [[" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    width = min(_WIDEST, max(map(len, rows), default=0))
    return Table(tuple(tuple((row + [""] * width)[:width]) for row in rows))
