"""HTML → text: the report without menu, share bar, font-size switch and attachment list; tables kept apart.

The main content is found by trafilatura; titles that pages keep in their metadata only are put back.  Tables that hold data
are taken out first, tables that only lay out the page are opened.  Nothing is fetched: what a page links to stays where it
is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.encoding import decode
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded, Page
from reportkit.report import Table

__all__ = ["text_of_html"]

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"(?:附件|相关附件|附件下载)?[\d一二三]*[：:、.]?[^。\n]{0,80}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)", re.IGNORECASE
)
_TITLES = ("ArticleTitle", "articletitle", "og:title", "title")
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "li", "span", "strong", "section")
_LONGEST_CELL = 60  # characters that the cells of a table hold on average, beyond which it lays out a page
_LARGEST = 20_000_000  # bytes; a page of a report has under one million
_DEEPEST = 500  # elements inside each other


def text_of_html(data: bytes, name: str, limits: Limits) -> Loaded:
    """The main text and the tables of a web page; raises :class:`LoadingError` where it holds no readable text."""
    import trafilatura
    from lxml import etree, html

    clock = Clock(name, limits)
    if len(data) > _LARGEST:
        raise LoadingError(
            f"{name}: the page has {len(data):,} bytes, more than the {_LARGEST:,} that are read; save its text as plain text."
        )
    text, codec = _decoded(data, name)
    if _depth(text) > _DEEPEST:
        raise LoadingError(f"{name}: the page nests more than {_DEEPEST} elements; open it, and save its text as plain text.")
    try:
        tree = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", text, count=1))
        title = _title(tree)
        tables = _take_tables(tree)
        for heading in [*list(tree.iter("h1"))[1:], *tree.iter("h2", "h3", "h4", "h5", "h6")]:
            heading.tag = "p"  # what is a heading is told by the text later on; here none may get lost
        clock.check()
        paths = {_squeezed(element.text_content()): path for element, path in _elements(tree)}
        clock.check()
        found = trafilatura.bare_extraction(
            html.tostring(tree, encoding="unicode"),
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=False,
        )
        words = str(getattr(found, "text", "") or tree.text_content())
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise LoadingError(f"{name}: the page cannot be read ({error}); open it and save its text as plain text.") from None
    clock.check()
    lines = [line.strip(" \t\u3000|") for line in words.splitlines()]
    lines = [line for line in lines if line and not _ATTACHMENT.fullmatch(line)]
    if title and _squeezed(title) not in _squeezed("".join(lines[:4])):
        lines.insert(0, title)
    notes = tuple(f"the page says {name}: {words}" for name, words in _metadata(tree) if words)
    page = Page(tables=tables)
    for line in lines:
        page.add(line, paths.get(_squeezed(line), ""))
    return page.loaded(codec, notes)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a page, by its byte order mark, its own word for the charset, or its bytes."""
    said = _CHARSET.search(data[:4096])
    codec = said[1].decode("ascii", "replace").lower() if said else ""
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8"}.get(codec, codec)
    if codec and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(codec), codec
        except (UnicodeDecodeError, LookupError):
            pass  # the page is wrong about itself
    found = decode(data)
    if found is None:
        raise LoadingError(
            f"{name}: this is no web page (its bytes are binary); save the page again, or its text as plain text."
        )
    return found.text, found.encoding


def _depth(text: str) -> int:
    """How many elements stand open at most, void ones aside; counted before a parser recurses into them."""
    deepest = depth = 0
    for close, tag, self_closed in re.findall(r"<(/?)([a-zA-Z][\w-]*)[^<>]{0,2000}?(/?)>", text):
        if tag.lower() in ("br", "img", "input", "meta", "link", "hr", "p", "li", "td", "tr", "th", "option", "area", "col"):
            continue
        depth = max(0, depth - 1) if close else depth + (not self_closed)
        deepest = max(deepest, depth)
    return deepest


def _metadata(tree: Any) -> Iterator[tuple[str, str]]:
    """Issuer and date as the page's own metadata give them."""
    told = {
        str(meta.get("name") or meta.get("property") or "").lower(): str(meta.get("content") or "")
        for meta in tree.iter("meta")
    }
    yield "source", next((told[key].strip() for key in ("contentsource", "source", "author") if told.get(key)), "")
    yield "date", next((told[key].strip() for key in ("pubdate", "publishdate", "article:published_time") if told.get(key)), "")


def _title(tree: Any) -> str:
    """The title of the article: from the page's metadata, else its first heading."""
    for name in _TITLES[:3]:
        for meta in tree.iter("meta"):
            if name in (meta.get("name"), meta.get("property")) and (meta.get("content") or "").strip():
                return str(meta.get("content")).strip()
    heading = next((h.text_content().strip() for h in tree.iter("h1") if h.text_content().strip()), "")
    return re.sub(r"\s+", "", heading)


def _take_tables(tree: Any) -> list[Table]:
    """Take the tables that hold data out of a page, and open those that only lay it out."""
    tables = []
    for table in list(tree.iter("table")):
        rows = list(table.iter("tr"))
        cells = [[" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")] for row in rows]
        n_cells = sum(map(len, cells))
        wide = sum(len(row) > 1 for row in cells)
        is_data = next(table.iterdescendants("table"), None) is None and wide >= 2 and n_cells >= 4
        if is_data and sum(len(cell) for row in cells for cell in row) <= _LONGEST_CELL * n_cells:
            caption = table.find("caption")
            path = table.getroottree().getpath(table)
            tables.append(Table(_filled(table), caption.text_content().strip() if caption is not None else "", path))
            table.drop_tree()
        else:
            for element in [table, *table.iterdescendants("tbody", "thead", "tr", "td", "th")]:
                element.tag = "div"
    return tables


def _filled(table: Any) -> tuple[tuple[str, ...], ...]:
    """The cells of a table, a merged cell's text in every place that it covers."""
    grid: dict[tuple[int, int], str] = {}
    height = 0
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (y, x) in grid:
                x += 1
            words = " ".join(cell.text_content().split())
            across, down = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
            for dy in range(down):
                for dx in range(across):
                    grid[y + dy, x + dx] = words
            x += across
        height = y + 1
    width = max((x for _, x in grid), default=-1) + 1
    return tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(height))


def _span(value: str | None) -> int:
    return min(100, int(value)) if value and value.isdigit() and int(value) > 0 else 1


def _elements(tree: Any) -> Iterator[tuple[Any, str]]:
    """The blocks of a page without blocks inside, and their paths."""
    root = tree.getroottree()
    for element in tree.iter(*_BLOCKS):
        if next(element.iterdescendants("p", "div", "li"), None) is None:
            yield element, root.getpath(element)


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
