"""What a page draws: its texts, paths and pictures, each with the matrix that puts it on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportkit.errors import LoadingError
from reportkit.loading.layout.matrices import Matrix, moved, times
from reportkit.loading.limits import Clock
from reportkit.loading.ofd.ink import Ink, dimmer, ink_of
from reportkit.loading.ofd.measures import box, matrix
from reportkit.loading.package import local

__all__ = ["Budget", "Drawn", "drawn"]

_HOLDERS = frozenset({"Content", "Layer", "PageBlock"})
_DEEP = 8  # composite objects within one another; a cell of a table is some three deep
_N_OBJECTS = 1_000_000  # of a file: more than a thousand full pages with an object for each character
_N_CHARACTERS = 1_000_000
_LONG = 20_000  # characters of one text object, which is a line at most


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object of a page: ``TextObject``, ``PathObject`` or ``ImageObject``, where it lies, and how it is seen."""

    kind: str
    element: Any
    matrix: Matrix
    ink: Ink


class Budget:
    """Counts the objects and characters of a file: composite objects that draw one another could be more than can be read."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name, self._clock = name, clock
        self._objects = self._characters = 0

    def draw(self) -> None:
        """One object more; raises :class:`LoadingError` when they are too many or take too long."""
        self._objects += 1
        self._clock.check()  # at each of them: one may be as large as a part of XML can be
        if self._objects > _N_OBJECTS:
            raise self._too_many(f"{_N_OBJECTS:,} objects")

    def write(self, n: int) -> None:
        """So many characters more; raises :class:`LoadingError` when they are too many."""
        self._characters += n
        if n > _LONG:
            raise self._too_many(f"{_LONG:,} characters in one text object")
        if self._characters > _N_CHARACTERS:
            raise self._too_many(f"{_N_CHARACTERS:,} characters")

    def _too_many(self, what: str) -> LoadingError:
        return LoadingError(
            f"{self._name}: the OFD draws more than {what}, as no report does; it is not read. Save the report as plain text."
        )


def drawn(root: Any, base: Matrix, units: Mapping[str, Any], budget: Budget) -> Iterator[Drawn]:
    """The objects under an element in the order in which they are drawn; ``units`` are the composite ones by their ID."""
    stack: list[tuple[Iterator[Any], Matrix, Ink, tuple[str, ...]]] = [(iter(root), base, "shown", ())]
    while stack:
        children, outer, ink, within = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            continue
        budget.draw()
        kind = local(element)
        if kind in _HOLDERS:
            stack.append((iter(element), outer, ink, within))
            continue
        if not kind.endswith("Object"):
            continue
        ink, inner = dimmer(ink, ink_of(element)), _own(element, outer)
        name = element.get("ResourceID", "")
        if kind == "CompositeObject" and len(within) < _DEEP and name not in within:
            stack.append((iter(units.get(name, element)), inner, ink, (*within, name)))
        elif kind in ("TextObject", "PathObject", "ImageObject"):
            yield Drawn(kind, element, inner, ink)


def _own(element: Any, outer: Matrix) -> Matrix:
    """The matrix of an object's own space: its CTM, then the corner of its Boundary, then what holds it."""
    x, y, _, _ = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    own = element.get("CTM")
    return moved(outer, x, y) if own is None else times(moved(outer, x, y), matrix(own))
