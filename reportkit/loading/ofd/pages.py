"""A page of an OFD document → a sheet of placed characters and rules, and what is on it beside them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.layout.matrices import IDENTITY, placed
from reportkit.loading.layout.placed import Char, Rule, Sheet
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.ofd.characters import characters, words_of
from reportkit.loading.ofd.documents import Document, Parts, area_of, children, documents, units_of
from reportkit.loading.ofd.drawn import Budget, Drawn, drawn
from reportkit.loading.ofd.measures import POINTS, box
from reportkit.loading.ofd.rules import rules
from reportkit.loading.ofd.turned import upright

__all__ = ["Reading", "read_pages"]

_N_RULES = 20_000  # of a page: what draws more is a map or a picture
_COVERS = 0.5  # of a page, from which a picture may hold its text
_FEW = 20  # characters, which are a page's number and heading at most


@dataclass(slots=True)
class _Canvas:
    """What has been drawn on a page so far; its size in points."""

    width: float
    height: float
    shown: list[Char] = field(default_factory=list)
    faint: list[Char] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    n_images: int = 0
    covered: bool = False

    def draw(self, objects: Iterator[Drawn], budget: Budget) -> None:
        """Draw objects, one after the other."""
        for one in objects:
            self._add(one, budget)

    def _add(self, one: Drawn, budget: Budget) -> None:
        if one.kind == "TextObject":
            budget.write(len(words_of(one.element)))
            layer = {"shown": self.shown, "faint": self.faint, "hidden": self.hidden}[one.ink]
            layer.extend(characters(one.element, one.matrix))
        elif one.kind == "PathObject" and one.ink == "shown" and len(self.rules) <= _N_RULES:
            self.rules.extend(islice(rules(one.element, one.matrix, self.width, self.height), _N_RULES + 1))
        elif one.kind == "ImageObject" and one.ink == "shown":
            self.n_images += 1
            self.covered = self.covered or self._covers(one)

    def chars(self) -> tuple[tuple[Char, ...], str]:
        """The characters that are seen, and those that are not; hidden ones alone are the text under a scan."""
        found = self.shown or self.hidden
        inside = tuple(char for char in found if self._holds(char))
        beside = [char for char in found if not self._holds(char)] if len(inside) < len(found) else []
        return inside, "".join(char.text for char in (*beside, *self.faint, *(self.hidden if self.shown else ())))

    def _holds(self, char: Char) -> bool:
        return char.x1 >= 0 and char.x0 <= self.width and char.bottom >= 0 and char.top <= self.height

    def _covers(self, image: Drawn) -> bool:
        """Whether a picture, which fills the unit square of its own space or else its box, covers most of the page."""
        edges = box(image.element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        (x0, y0), (x1, y1) = placed(image.matrix, 0.0, 0.0), placed(image.matrix, 1.0, 1.0)
        area = max(abs(x1 - x0) * abs(y1 - y0), edges[2] * edges[3] * POINTS**2)
        return area >= _COVERS * self.width * self.height


@dataclass(slots=True)
class Reading:
    """What was read from a file: its sheets, and what was left out of them."""

    sheets: list[Sheet] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    template_words: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    n_images: int = 0

    def add(self, canvas: _Canvas) -> None:
        """A page that has been drawn."""
        number = len(self.sheets) + 1
        chars, unseen = canvas.chars()
        if unseen:
            self.unseen.append(unseen)
        if len(canvas.rules) > _N_RULES:
            self.crowded.append(number)
            canvas.rules.clear()
        self.n_images += canvas.n_images
        if len(chars) < _FEW and canvas.covered:
            self.pictured.append(number)
        self.sheets.append(upright(Sheet(number, canvas.width, canvas.height, chars, tuple(canvas.rules))))


@dataclass(frozen=True, slots=True)
class _Book:
    """A document that is being read: its composite objects by their ID, and its templates, each once."""

    parts: Parts
    document: Document
    units: dict[str, Any]
    templates: dict[str, Any]


def read_pages(parts: Parts, limits: Limits, clock: Clock, with_templates: bool = False) -> Reading:
    """All pages of all documents; ``with_templates`` draws the templates' text, too, for a file that has no other."""
    reading, budget = Reading(), Budget(parts.name, clock)
    n_pages = 0
    for document in documents(parts):
        reading.documents.append(document)
        n_pages += len(document.pages)
        if n_pages > limits.n_pages:
            raise LoadingError(
                f"{parts.name}: the OFD has {n_pages:,} pages, more than the {limits.n_pages:,} that are read; "
                "allow more with limits=Limits(n_pages=…), or take the report's own pages out of it."
            )
        templates = {part: parts.xml(part) for part in dict.fromkeys(document.templates.values())}
        book = _Book(parts, document, units_of(parts, document.part, document.root), templates)
        seen: set[str] = set()
        for page in document.pages:
            clock.check()
            if page.part is None or page.part.lower() in seen:
                reading.missing.append(page.named)
                continue
            seen.add(page.part.lower())
            _read_page(book, page.part, reading, budget, with_templates)
    return reading


def _read_page(book: _Book, part: str, reading: Reading, budget: Budget, with_templates: bool) -> None:
    root = book.parts.xml(part)
    templates = _templates_of(book, root)
    holders = (root, *templates.values(), *children(book.document.root, "CommonData"))
    x, y, width, height = area_of(*(area for holder in holders for area in _areas(holder)))
    canvas = _Canvas(width * POINTS, height * POINTS)
    base = (POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS)
    units = ChainMap(units_of(book.parts, part, root), book.units)
    for name, template in templates.items():
        if with_templates:
            canvas.draw(drawn(template, base, units, budget), budget)
        elif name not in reading.template_words:
            reading.template_words[name] = _words(drawn(template, IDENTITY, units, budget), budget)
    canvas.draw(drawn(root, base, units, budget), budget)
    reading.add(canvas)


def _areas(holder: Any) -> Iterator[Any]:
    for name in ("Area", "PageArea"):
        yield from children(holder, name)


def _templates_of(book: _Book, root: Any) -> dict[str, Any]:
    """The templates that a page names, by their part; each once, however often."""
    named = (book.document.templates.get(element.get("TemplateID", "")) for element in children(root, "Template"))
    return {part: book.templates[part] for part in named if part is not None}


def _words(objects: Iterator[Drawn], budget: Budget) -> str:
    found = []
    for one in objects:
        if one.kind == "TextObject":
            found.append(words_of(one.element))
            budget.write(len(found[-1]))
    return " ".join(found).strip()
