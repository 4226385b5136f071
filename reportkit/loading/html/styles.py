"""What the style of an element says, by its ``style`` attribute and the simple rules of the page's own ``<style>``.

A rule is simple if its selector names elements, classes and ids, one inside the other (``.tile span``); what else a selector
can say is not looked at, and neither is what holds for paper or for small screens only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportkit.loading.html.page import Node
from reportkit.loading.limits import Clock

__all__ = ["Styles", "styles_of"]

# What of a style decides whether and how words are shown.
_TOLD = frozenset((
    "display", "visibility", "position", "transform", "-webkit-transform", "-ms-transform", "rotate", "writing-mode",
    "-webkit-writing-mode", "opacity", "left", "top", "text-indent", "width", "height", "overflow", "mso-hide",
    "list-style", "list-style-type", "white-space", "pointer-events", "user-select", "-webkit-user-select", "z-index",
    "font-size",
))  # fmt: skip
_MOST_RULES = 400
_LONGEST_SHEET = 1_000_000
_BRACE = re.compile("[{}]")
_SIMPLE = re.compile(r"(?:[a-zA-Z][\w-]*|\*)?(?:[.#][\w-]+)*")
_PART = re.compile(r"([.#]?)([\w-]+)")
_WIDE = re.compile(r"@media(?:\s+(?:only\s+)?(?:screen|all))?\s*", re.IGNORECASE)
_MOST_STEPS = 8  # elements that a selector names


@dataclass(frozen=True, slots=True)
class _Step:
    """One element that a selector names."""

    tag: str
    names: frozenset[str]  # classes with their ``.``, ids with their ``#``

    def fits(self, node: Node, names: frozenset[str]) -> bool:
        return self.tag in ("", node.tag) and self.names <= names


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, how strongly it holds, and what it says."""

    steps: tuple[_Step, ...]
    weight: tuple[int, int, int]
    says: Mapping[str, str]


class Styles:
    """The styles of a page."""

    def __init__(self, rules: Iterable[_Rule], clock: Clock) -> None:
        self._by_key: dict[str, list[_Rule]] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._clock = clock
        for rule in rules:
            last = rule.steps[-1]
            self._by_key.setdefault(min(last.names, default=last.tag), []).append(rule)

    def of(self, node: Node) -> dict[str, str]:
        """Every property that is told of an element, its own ``style`` first."""
        names = self._named(node)
        rules = [rule for key in (*names, node.tag, "") for rule in self._by_key.get(key, ())]
        told: dict[str, str] = {}
        for rule in sorted((rule for rule in rules if self._fits(rule, node)), key=lambda rule: rule.weight):
            told.update(rule.says)
        style = node.attrs.get("style")
        if style:
            told.update(_declared(style))
        return told

    def _named(self, node: Node) -> frozenset[str]:
        if node.index not in self._names:
            classes = node.attrs.get("class", "").split()[:50]
            names = {f".{one}" for one in classes} | {f"#{one}" for one in node.attrs.get("id", "").split()[:1]}
            self._names[node.index] = frozenset(names)
        return self._names[node.index]

    def _fits(self, rule: _Rule, node: Node) -> bool:
        if not rule.steps[-1].fits(node, self._named(node)):
            return False
        left = len(rule.steps) - 2
        if left >= 0:
            self._clock.check()
            for above in node.above:
                if rule.steps[left].fits(above, self._named(above)):
                    left -= 1
                    if left < 0:
                        break
        return left < 0


def styles_of(nodes: Iterable[Node], clock: Clock) -> Styles:
    """The styles that the ``<style>`` elements of a page make."""
    sheets = (part for node in nodes if node.tag == "style" for part in node.content if isinstance(part, str))
    return Styles(_rules("\n".join(sheets)[:_LONGEST_SHEET]), clock)


def _rules(sheet: str) -> Iterator[_Rule]:
    n = 0
    for selectors, body in _blocks(_without_comments(sheet)):
        says = _declared(body)
        if not says:
            continue
        for selector in selectors.split(",")[:20]:
            steps = _steps(selector)
            if steps and n < _MOST_RULES:
                n += 1
                names = [name for step in steps for name in step.names]
                n_ids = sum(name.startswith("#") for name in names)
                yield _Rule(steps, (n_ids, len(names) - n_ids, sum(bool(step.tag) for step in steps)), says)


def _without_comments(sheet: str) -> str:
    first, *rest = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
    return first + " ".join(part.partition("*/")[2] for part in rest)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and what stands in their braces, for the rules that hold on a wide screen."""
    open_at: list[str] = []
    start = 0
    for brace in _BRACE.finditer(sheet):
        words = sheet[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            open_at.append(words.rpartition(";")[2].strip())
        elif open_at:
            selectors = open_at.pop()
            outer_hold = all(_WIDE.fullmatch(outer) for outer in open_at[-3:]) and len(open_at) <= 3
            if selectors and not selectors.startswith("@") and outer_hold:
                yield selectors, words


def _steps(selector: str) -> tuple[_Step, ...]:
    parts = selector.replace(">", " ").split()
    if len(parts) > _MOST_STEPS or not all(_SIMPLE.fullmatch(part) for part in parts):
        return ()
    steps = []
    for part in parts:
        found = _PART.findall(part)
        tags = [name.lower() for mark, name in found if not mark]
        steps.append(_Step(tags[0] if tags else "", frozenset(mark + name for mark, name in found if mark)))
    return tuple(steps)


def _declared(body: str) -> dict[str, str]:
    """The properties of a style that tell how words are shown.

    >>> _declared("color: red; Display : NONE !important")
    {'display': 'none'}
    """
    says = {}
    for declaration in body[:5000].split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _TOLD:
            says[name] = value.partition("!")[0].strip().lower()
    return says
