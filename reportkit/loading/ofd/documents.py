"""The parts of an OFD package: its documents, their pages, templates and resources, found by the paths that name them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.limits import Clock
from reportkit.loading.ofd.measures import box
from reportkit.loading.package import Package, local

__all__ = ["Document", "PageName", "Parts", "area_of", "children", "documents", "said", "units_of"]

_A4 = (0.0, 0.0, 210.0, 297.0)
_LARGEST = 5_000.0  # millimetres: a page is no wider


class Parts:
    """The parts of a package, found by the paths that other parts name them with."""

    def __init__(self, package: Package, clock: Clock) -> None:
        self.name = package.name
        self._package, self._clock = package, clock
        self._known = frozenset(part.lower() for part in package.parts)

    def find(self, base: str, path: str | None) -> str | None:
        """The part that a path in the part ``base`` names, ``None`` where there is none.

        Programs write paths from the root of the package (``/Doc_0/…``), from the part's own folder, and from the root
        without the ``/``; ``..`` never leaves the package.
        """
        path = (path or "").strip().replace("\\", "/")
        if not path:
            return None
        for start in ("/",) if path.startswith("/") else ("/" + posixpath.dirname(base), "/"):
            full = posixpath.normpath(posixpath.join(start, path)).lstrip("/")
            for candidate in (full, full + "/Content.xml"):
                if candidate.lower() in self._known:
                    return candidate
        return None

    def xml(self, part: str | None) -> Any:
        """The root element of a part, ``None`` where there is none."""
        self._clock.check()  # a part may be named any number of times
        return None if part is None else self._package.xml(part)


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as its document names it: its ID, and its part (``None`` where the package has none of that name)."""

    id: str
    named: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a package: its root element and part, its pages, and its templates by their ID."""

    root: Any
    part: str
    pages: tuple[PageName, ...]
    templates: Mapping[str, str]
    signatures: str | None
    n_versions: int


def documents(parts: Parts) -> Iterator[Document]:
    """The documents of a package in the order of its ``OFD.xml``, each once."""
    seen: set[str] = set()
    root = parts.xml("OFD.xml")
    if root is None:
        raise LoadingError(f"{parts.name}: the OFD file has no part OFD.xml; fetch it again, or save it anew as OFD or PDF.")
    for body in children(root, "DocBody"):
        named = said(body, "DocRoot")
        part = parts.find("", named)
        if part is not None and part.lower() in seen:
            continue
        seen.add((part or "").lower())
        document = parts.xml(part)
        if part is None or document is None:
            raise LoadingError(
                f"{parts.name}: the OFD file has no part {named[:80]!r}, which it names as its document: it is damaged or "
                "encrypted. Open it in an OFD reader and save it anew as OFD or PDF."
            )
        pages = tuple(_page(parts, part, page) for holder in children(document, "Pages") for page in children(holder, "Page"))
        versions = sum(1 for holder in children(body, "Versions") for _ in children(holder, "Version"))
        signatures = parts.find(part, said(body, "Signatures"))
        yield Document(document, part, pages, dict(_templates(parts, part, document)), signatures, versions)


def children(element: Any, name: str) -> Iterator[Any]:
    """The children of an element that have a name, whatever their namespace: two of OFD are in use."""
    return (child for child in element if local(child) == name)


def said(element: Any, name: str) -> str:
    """The text of the first child of a name, ``""`` for none."""
    found = next(children(element, name), None)
    return "" if found is None else (found.text or "").strip()


def area_of(*holders: Any) -> tuple[float, float, float, float]:
    """The box of a page (x, y, width, height, in millimetres) from the first element that says one; A4 where none does."""
    for holder in holders:
        for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
            found = None if holder is None else box(said(holder, name))
            if found and 1 <= found[2] <= _LARGEST and 1 <= found[3] <= _LARGEST:
                return found
    return _A4


def units_of(parts: Parts, base: str, root: Any) -> dict[str, Any]:
    """The composite objects in the resources that a document or a page (a part and its root element) names, by their ID."""
    found: dict[str, Any] = {}
    for holder in (root, *children(root, "CommonData")):
        for name in ("PublicRes", "DocumentRes", "PageRes"):
            for element in children(holder, name):
                found.update(_units(parts.xml(parts.find(base, element.text))))
    return found


def _units(resources: Any) -> Iterator[tuple[str, Any]]:
    if resources is not None:
        for holder in children(resources, "CompositeGraphicUnits"):
            for unit in children(holder, "CompositeGraphicUnit"):
                yield unit.get("ID", ""), unit


def _page(parts: Parts, base: str, page: Any) -> PageName:
    named = page.get("BaseLoc", "")
    return PageName(page.get("ID", ""), named, parts.find(base, named))


def _templates(parts: Parts, base: str, document: Any) -> Iterator[tuple[str, str]]:
    for common in children(document, "CommonData"):
        for template in children(common, "TemplatePage"):
            part = parts.find(base, template.get("BaseLoc"))
            if part is not None:
                yield template.get("ID", ""), part
