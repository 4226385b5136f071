"""What a browser does not show, and what it shows across the text or beside it: it is no part of the report.

Not shown: ``hidden``, ``display: none``, ``visibility: hidden``, ``<template>``, ``<noscript>`` and the like, moved off the
page or transparent.  Beside the text: what stands fixed on the screen, and turned or upright words (watermarks).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from reportkit.loading.html.page import Node
from reportkit.loading.html.styles import Styles
from reportkit.loading.limits import Clock

__all__ = ["NO_TEXT", "hidden_nodes"]

NO_TEXT = frozenset((
    "script", "style", "template", "noscript", "noframes", "iframe", "frame", "frameset", "object", "embed", "applet",
    "select", "option", "datalist", "button", "textarea", "input", "svg", "canvas", "audio", "video", "map", "meter",
    "progress", "title", "meta", "link", "base", "xml", "bgsound", "marquee", "w:instrtext", "w:deltext", "w:bindata",
    "w:docpr", "w:fonts", "w:styles", "w:lists", "w:hdr", "w:ftr", "w:shapedefaults", "w:docsuppdata",
    "o:documentproperties", "o:customdocumentproperties",
))  # fmt: skip
_STRUCK = frozenset({"del", "s", "strike"})  # words that were taken back, as tracked deletions are
_TURN = re.compile(r"(rotate[xyz3d]*|matrix)\(([^()]{1,80})\)")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_FAR = 900  # pixels that something is moved to be out of sight
_SHARE = 0.4  # of the words of a page: what holds more is the page itself, however it is placed


def hidden_nodes(nodes: list[Node], styles: Styles, clock: Clock) -> tuple[set[int], list[Node]]:
    """The elements (by index) that are not read, without those in them, and those of them that are only set apart.

    An element that holds much of the page's words is read though it is placed, transparent or hidden until a script shows it.
    """
    lengths = _lengths(nodes)
    whole = max(1, lengths[0]) if lengths else 1
    hidden: set[int] = set()
    apart: list[Node] = []
    past = 0
    for node in nodes:
        if node.index < past:
            continue
        if node.index % 1000 == 0:
            clock.check()
        told = styles.of(node) if lengths[node.index] else {}
        if node.tag in NO_TEXT or _is_hidden(node, told):
            hidden.add(node.index)
        elif lengths[node.index] <= _SHARE * whole and (
            node.tag in _STRUCK or any(test(node, told) for test in _APART if told)
        ):
            hidden.add(node.index)
            apart.append(node)
        else:
            continue
        past = node.end
    return hidden, apart


def _lengths(nodes: list[Node]) -> list[int]:
    """How many characters of words each element holds, those of scripts and styles aside."""
    lengths = [0] * len(nodes)
    for node in reversed(nodes):
        if node.tag in NO_TEXT:
            lengths[node.index] = 0
            continue
        lengths[node.index] += sum(len(part.strip()) for part in node.content if isinstance(part, str))
        if node.parent is not None:
            lengths[node.parent.index] += lengths[node.index]
    return lengths


def _is_hidden(node: Node, told: dict[str, str]) -> bool:
    if node.tag in ("html", "body"):
        return False  # shown by a script once the page is there
    if node.tag == "dialog" and "open" not in node.attrs:
        return True
    return "hidden" in node.attrs or told.get("display") == "none" or told.get("mso-hide") == "all"


def _is_invisible(node: Node, told: dict[str, str]) -> bool:
    if told.get("visibility") in ("hidden", "collapse"):
        return not any("visible" in child.attrs.get("style", "") for child in node.children)
    return told.get("opacity") in ("0", "0.0", "0%", ".0") or (told.get("font-size") in ("0", "0px", "0pt") and _is_leaf(node))


def _is_leaf(node: Node) -> bool:
    return not any("font-size" in child.attrs.get("style", "") for child in node.children)


def _is_far_off(node: Node, told: dict[str, str]) -> bool:
    moved = [told.get("text-indent", "")]
    if told.get("position") in ("absolute", "fixed", "relative"):
        moved += [told.get("left", ""), told.get("top", "")]
    if any(_pixels(length) <= -_FAR for length in moved):
        return True
    small = any(told.get(side) in ("0", "0px", "1px") for side in ("width", "height"))
    return small and told.get("overflow") == "hidden"


def _pixels(length: str) -> float:
    found = _NUMBER.match(length)
    if not found:
        return 0.0
    return float(found[0]) * (16 if length.endswith("em") else 1)


def _is_fixed(node: Node, told: dict[str, str]) -> bool:
    return told.get("position") == "fixed"


def _is_turned(node: Node, told: dict[str, str]) -> bool:
    if any(above.tag in ("td", "th") for above in (node, *node.above)):
        return False  # the head of a table may stand upright
    turned = any(_turns(told.get(name, "")) for name in ("transform", "-webkit-transform", "-ms-transform"))
    rotated = re.match(r"-?\d", told.get("rotate", "")) is not None and _pixels(told["rotate"]) % 180 != 0
    mode = told.get("writing-mode", "") or told.get("-webkit-writing-mode", "")
    return turned or rotated or mode.startswith(("vertical", "tb", "sideways"))


def _turns(transform: str) -> bool:
    """Whether a transform turns words.

    >>> _turns("rotate(-45deg)"), _turns("scale(2) rotate(0deg)"), _turns("translate(3px)")
    (True, False, False)
    """
    for kind, values in _TURN.findall(transform):
        numbers = _NUMBER.findall(values)
        if kind == "matrix" and len(numbers) > 1 and abs(float(numbers[1])) > 0.01:
            return True
        if kind in ("rotate", "rotatez") and numbers and float(numbers[0]) % 360 != 0:
            return True
    return False


def _is_overlay(node: Node, told: dict[str, str]) -> bool:
    """Whether words lie over or under the text and cannot be taken hold of."""
    if told.get("position") != "absolute":
        return False
    no_hold = told.get("pointer-events") == "none" or "none" in (told.get("user-select"), told.get("-webkit-user-select"))
    opacity = _NUMBER.match(told.get("opacity", ""))
    return no_hold or told.get("z-index", "").startswith("-") or (opacity is not None and float(opacity[0]) < 0.5)


_Test = Callable[[Node, dict[str, str]], bool]
_APART: Iterable[_Test] = (_is_invisible, _is_far_off, _is_fixed, _is_turned, _is_overlay)
