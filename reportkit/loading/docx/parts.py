"""The parts of a Word file: found by their relationships, whatever they are called.

A file is a ZIP package, one XML file that holds the parts (flat OPC), or one XML document of Word 2003.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from reportkit.errors import LoadingError
from reportkit.loading.docx.elements import attribute, child
from reportkit.loading.limits import Limits
from reportkit.loading.package import Package, local, xml_of

__all__ = ["Parts", "parts_of"]

_KNOWN = ("styles", "numbering", "footnotes", "endnotes", "comments")
_MAIN = "word/document.xml"
_MOST_TAGS = 3_000_000  # of a part; a thousand pages have under one million


@dataclass(frozen=True, slots=True)
class Parts:
    """The body of a document, the root elements of the parts that it needs (``None`` for none) and the files it inserts."""

    body: Any
    styles: Any = None
    numbering: Any = None
    footnotes: Any = None
    endnotes: Any = None
    comments: Any = None
    inserted: Callable[[str], tuple[str, bytes] | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class _Related:
    kind: str
    target: str


def parts_of(data: bytes, name: str, limits: Limits) -> Parts:
    """Open a Word file; raises :class:`LoadingError` where it has no body."""
    if data[:2] == b"PK":
        with Package(data, name, limits) as package:
            return _found(_Zipped(package), name)
    root = _root(data, f"{name}: the Word file")
    if local(root) == "wordDocument":
        return Parts(_body(root, name), child(root, "styles"))
    return _found(_Flat(root), name)


def _root(data: bytes, what: str) -> Any:
    """The root element of a part, unless it holds more than a parser should build."""
    n_tags = data.count(b"<")
    if n_tags > _MOST_TAGS:
        raise LoadingError(f"{what} holds {n_tags:,} tags of XML, a report some thousands; save its text as plain text.")
    return xml_of(data, what)


class _Zipped:
    """The parts of a package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.names = package.parts

    def bytes(self, part: str) -> bytes | None:
        return self._package.read(part)

    def xml(self, part: str, what: str) -> Any:
        data = self.bytes(part)
        return None if data is None else _root(data, what)


class _Flat:
    """The parts of a file of flat OPC."""

    def __init__(self, root: Any) -> None:
        parts = {attribute(part, "name").lstrip("/"): part for part in root if local(part) == "part"}
        self.names = tuple(parts)
        self._parts = {name.lower(): part for name, part in parts.items()}

    def bytes(self, part: str) -> bytes | None:
        words = child(self._parts.get(part.lower()), "binaryData")
        try:
            return None if words is None else base64.b64decode("".join(words.itertext()))
        except (binascii.Error, ValueError):
            return None

    def xml(self, part: str, what: str) -> Any:
        found = child(self._parts.get(part.lower()), "xmlData")
        return next(iter(found), None) if found is not None else None


def _found(archive: _Zipped | _Flat, name: str) -> Parts:
    """The main part and what it is related to."""
    main = _main_part(archive, name)
    root = archive.xml(main, f"{name}: the Word file")
    related = _relations(archive, main, name)
    by_kind: dict[str, str] = {}
    for one in related.values():
        by_kind.setdefault(one.kind, one.target)
    folder = posixpath.dirname(main)
    known = {}
    for kind in _KNOWN:
        part = by_kind.get(kind) or posixpath.join(folder, f"{kind}.xml")
        known[kind] = archive.xml(part, f"{name}: the part {part}")
    chunks = {ident: one.target for ident, one in related.items() if one.kind == "aFChunk"}
    contents = {ident: (target, data) for ident, target in chunks.items() if (data := archive.bytes(target)) is not None}
    return Parts(_body(root, name), inserted=contents.get, **known)


def _main_part(archive: _Zipped | _Flat, name: str) -> str:
    """The part that the package calls its document, else the one of the usual name."""
    named = {part.lower() for part in archive.names}
    for one in _relations(archive, "", name).values():
        if one.kind == "officeDocument" and one.target.lower() in named:
            return one.target
    usual = [part for part in archive.names if part.lower() == _MAIN]
    usual += [part for part in archive.names if part.lower().startswith("word/document") and part.endswith(".xml")]
    if not usual:
        raise LoadingError(
            f"{name}: this is a package without a Word document; DOCX was expected. Save it as DOCX or PDF, then read that."
        )
    return usual[0]


def _relations(archive: _Zipped | _Flat, part: str, name: str) -> dict[str, _Related]:
    """The relationships of a part (of the package for ``""``) to other parts by their ids."""
    folder, base = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", f"{base}.rels"), f"{name}: the list of relationships")
    found = {}
    for element in root if root is not None else ():
        if attribute(element, "TargetMode") != "External":
            target = posixpath.join("/", folder, unquote(attribute(element, "Target")).replace("\\", "/"))
            kind = attribute(element, "Type").rpartition("/")[2]
            found[attribute(element, "Id")] = _Related(kind, posixpath.normpath(target).lstrip("/"))
    return found


def _body(root: Any, name: str) -> Any:
    body = child(root, "body")
    if body is None:
        raise LoadingError(f"{name}: the Word file is damaged (it has no body); open and save it in Word, then read that.")
    return body
