"""How an object of a page is seen: shown, faint as watermarks are, or hidden as the text is that OCR puts under a picture."""

from __future__ import annotations

from typing import Any, Literal

from reportkit.loading.ofd.measures import real, words
from reportkit.loading.package import local

__all__ = ["Ink", "colour_is_unseen", "dimmer", "ink_of", "is_on"]

Ink = Literal["shown", "faint", "hidden"]
_FAINT = 128  # of 255: what lets half of the page through
_ORDER: tuple[Ink, ...] = ("shown", "faint", "hidden")


def ink_of(element: Any) -> Ink:
    """How an object by itself is seen."""
    if not is_on(element, "Visible", True):
        return "hidden"
    alpha = real(element.get("Alpha"), 255.0)
    if local(element) == "TextObject":
        if not is_on(element, "Fill", True) and not is_on(element, "Stroke", False):
            return "hidden"
        alpha = min([alpha, *(real(child.get("Alpha"), 255.0) for child in element if local(child) == "FillColor")])
    return "hidden" if alpha <= 0 else "faint" if alpha < _FAINT else "shown"


def dimmer(ink: Ink, other: Ink) -> Ink:
    """What is seen of an object within another one.

    >>> dimmer("faint", "shown"), dimmer("faint", "hidden")
    ('faint', 'hidden')
    """
    return max(ink, other, key=_ORDER.index)


def is_on(element: Any, name: str, default: bool) -> bool:
    """Whether an attribute that is true or false is true."""
    return {"true": True, "1": True, "false": False, "0": False}.get(element.get(name, "").strip().lower(), default)


def colour_is_unseen(element: Any, name: str) -> bool:
    """Whether a colour is white, or lets all through."""
    for child in element:
        if local(child) == name:
            if real(child.get("Alpha"), 255.0) <= 0:
                return True
            parts = [word.lower() for word in words(child.get("Value"))][:5]
            is_cmyk = len(parts) == 4  # cyan, magenta, yellow, black: white is none of them
            white = ("0", "#0", "#00") if is_cmyk else ("255", "#ff")
            return bool(parts) and all(part in white for part in parts)
    return False
