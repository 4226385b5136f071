"""What the styles of a Word file say of a paragraph or a run: name, list, hidden; each through the styles it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportkit.loading.docx.elements import attribute, child, switched, value
from reportkit.loading.package import bounded, local

__all__ = ["HIGHEST_NUM", "Listed", "Styles", "listed"]

HIGHEST_NUM = 2_147_483_647
_DEEPEST = 20  # styles based on one another; Word goes half as deep
_CONTENTS = re.compile(r"^(?:toc|contents)\s*(?:\d|heading|标题)|^table of figures|目录\s*(?:\d|标题)|图表目录", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """What one place says of a list: its number (0 switches the list off) and the level, each ``None`` where it is not said."""

    num: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    listed: Listed
    hidden: bool | None


def listed(properties: Any) -> Listed:
    """What the properties of a paragraph say of a list."""
    found = child(properties, "numPr")
    if found is None:
        return Listed()
    num, level = child(found, "numId"), child(found, "ilvl")
    return Listed(
        None if num is None else bounded(attribute(num, "val"), 0, HIGHEST_NUM, 0),
        None if level is None else bounded(attribute(level, "val"), 0, 8, 0),
    )


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in root if root is not None else ():
            if local(element) != "style":
                continue
            ident = attribute(element, "styleId")
            properties = child(element, "pPr")
            self._styles[ident] = _Style(
                value(element, "name"),
                value(element, "basedOn"),
                listed(properties),
                switched(element, "rPr", "vanish"),
            )
            is_default = attribute(element, "default") in ("1", "true", "on")
            if is_default and attribute(element, "type") in ("", "paragraph") and not self._default:
                self._default = ident
        self._hidden: dict[str, bool] = {}

    def chain(self, ident: str) -> Iterator[str]:
        """A style (the default one for ``""``) and the styles that it is based on."""
        seen: set[str] = set()
        ident = ident or self._default
        while ident in self._styles and ident not in seen and len(seen) < _DEEPEST:
            seen.add(ident)
            yield ident
            ident = self._styles[ident].based_on

    def listed(self, ident: str) -> Listed:
        """What one style itself says of a list."""
        return self._styles[ident].listed if ident in self._styles else Listed()

    def num(self, ident: str) -> int:
        """The list that a style puts its paragraphs into, 0 for none."""
        return next((said for one in self.chain(ident) if (said := self._styles[one].listed.num) is not None), 0)

    def hidden(self, ident: str, *, paragraph: bool = False) -> bool:
        """Whether a style hides its text; for ``""`` the default style of paragraphs is asked, of runs none."""
        if not ident and not paragraph:
            return False
        if ident not in self._hidden:
            said = (self._styles[one].hidden for one in self.chain(ident))
            self._hidden[ident] = next((hidden for hidden in said if hidden is not None), False)
        return self._hidden[ident]

    def is_contents(self, ident: str) -> bool:
        """Whether a style is one of a table of contents: its name says so, whatever its id; the id where it has no name."""
        if not ident:
            return False
        known = self._styles.get(ident)
        return _CONTENTS.search(known.name if known is not None and known.name else ident) is not None
