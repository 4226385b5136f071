"""DOCX → text: paragraphs in order with the numbers that Word generates, tables kept apart.

Footnotes, headers and text boxes are not mixed into the text; tracked insertions count, tracked deletions do not.  What
looks like a heading is told by the text later on: real files style every paragraph Normal.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from reportkit.errors import LoadingError
from reportkit.language.numbering import han_numeral
from reportkit.loading.limits import Clock, Limits, check_archive
from reportkit.loading.loaded import Loaded, Page
from reportkit.report import Table

__all__ = ["text_of_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "txbxContent", "instrText", "delText", "pPr", "rPr", "object"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_CAPTION = re.compile("表|附件|单位[：:]")


def text_of_docx(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and the tables of a Word file; raises :class:`LoadingError` for a damaged, encrypted or oversized one."""
    check_archive(data, name, limits)
    body, numbering = _parts(data, name)
    clock = Clock(name, limits)
    counter = _Counter(numbering)
    page = Page()
    for n, block in enumerate(_blocks(body), 1):
        clock.check()
        if block.tag == f"{_W}p":
            words = _words(block)
            if words.strip():
                page.add(counter.number(block) + words, f"paragraph {n}")
        else:
            before = page.last_line
            caption = before if len(before) < 40 and _CAPTION.search(before) else ""
            page.tables.append(Table(_rows(block), caption, f"after paragraph {n - 1}"))
    return page.loaded("docx")


def _parts(data: bytes, name: str) -> tuple[Any, Any]:
    """The elements of body and numbering; a document type with entities is never expanded."""
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename for entry in archive.infolist()}
            if "word/document.xml" not in parts:
                kind = "an OFD file (GB/T 33190)" if "OFD.xml" in parts else "a ZIP file without a Word document"
                raise LoadingError(f"{name}: this is {kind}; DOCX was expected. Save it as DOCX or PDF, then read that.")
            if any(_ENTITIES.search(archive.read(part)) for part in parts if part.endswith((".xml", ".rels"))):
                raise LoadingError(f"{name}: the file declares XML entities, which Word never does; it is not opened.")
        document = Document(io.BytesIO(data))
        numbering = document.part.numbering_part.element if _has_numbering(document) else None
        return document.element.body, numbering
    except LoadingError:
        raise
    except RecursionError:
        raise LoadingError(f"{name}: the Word file nests too deeply; open and save it in Word, then read that.") from None
    except Exception as error:  # python-docx, zipfile and zlib raise whatever a broken file makes them stumble over
        raise LoadingError(f"{name}: the Word file is damaged ({error}); open and save it in Word, then read that.") from None


def _has_numbering(document: Any) -> bool:
    return any("numbering" in relation.reltype for relation in document.part.rels.values())


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, content controls opened, tables of contents left out."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            style = child.find(f"{_W}pPr/{_W}pStyle")
            if style is None or not str(style.get(f"{_W}val", "")).upper().startswith("TOC"):
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}customXml"):
            gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
            if gallery is None or gallery.get(f"{_W}val") != "Table of Contents":
                content = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
                if content is not None:
                    yield from _blocks(content)


def _words(element: Any) -> str:
    """The text of a paragraph as it reads with all changes accepted."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag in _SKIPPED or node.tag == _FALLBACK:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _TEXT and node.get(f"{_W}type") != "page":
            parts.append(_TEXT[node.tag])
        waiting.extend(reversed(node))
    return "".join(parts)


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    """The cells of a table; a merged cell's text stands in every place that it covers."""
    rows: list[list[str]] = []
    for row in table.iter(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            words = "\n".join(filter(None, (_words(p).strip() for p in cell.findall(f"{_W}p"))))
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart" and rows and len(rows[-1]) > len(cells):
                words = rows[-1][len(cells)]
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [words] * min(100, int(span.get(f"{_W}val", "1")) if span is not None else 1)
        rows.append(cells)
    widest = max(map(len, rows), default=0)
    return tuple(tuple(row + [""] * (widest - len(row))) for row in rows)


class _Counter:
    """The numbers that Word generates for lists (一、 1. （一）), which the text itself does not hold."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is None:
            return
        abstract = {a.get(f"{_W}abstractNumId"): a for a in numbering.findall(f"{_W}abstractNum")}
        for num in numbering.findall(f"{_W}num"):
            reference = num.find(f"{_W}abstractNumId")
            levels = abstract.get(reference.get(f"{_W}val")) if reference is not None else None
            for level in levels.findall(f"{_W}lvl") if levels is not None else ():
                values = [level.find(f"{_W}{tag}") for tag in ("numFmt", "lvlText", "start")]
                form, text, start = (value.get(f"{_W}val", "") if value is not None else "" for value in values)
                key = (num.get(f"{_W}numId"), int(level.get(f"{_W}ilvl", "0")))
                self._levels[key] = (form, text, int(start) if start.isdigit() else 1)

    def number(self, paragraph: Any) -> str:
        """The number of a paragraph, ``""`` where it has none."""
        at = paragraph.find(f"{_W}pPr/{_W}numPr")
        if at is None:
            return ""
        ident, depth = (at.find(f"{_W}{tag}") for tag in ("numId", "ilvl"))
        list_id = ident.get(f"{_W}val", "") if ident is not None else ""
        level = int(depth.get(f"{_W}val", "0")) if depth is not None else 0
        if (list_id, level) not in self._levels:
            return ""
        counts = self._counts.setdefault(list_id, [])
        while len(counts) <= level:
            counts.append(self._levels.get((list_id, len(counts)), ("", "", 1))[2] - 1)
        counts[level] += 1
        del counts[level + 1 :]
        form, text, _ = self._levels[list_id, level]
        if form in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda found: self._written(list_id, int(found[1]) - 1, counts), text)

    def _written(self, list_id: str, level: int, counts: list[int]) -> str:
        n = counts[level] if level < len(counts) else 1
        form = self._levels.get((list_id, level), ("decimal", "", 1))[0]
        if form.startswith(("chinese", "ideograph", "japaneseCounting", "taiwanese")):
            return han_numeral(n)
        if form == "decimalEnclosedCircle" and 1 <= n <= 20:
            return chr(0x245F + n)
        return str(n)
