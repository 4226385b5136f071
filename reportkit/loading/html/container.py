"""Which element of a page holds the report: the one whose lines speak most for it.

Lines of prose count for each element that they stand in, links and residue against it; the class of an editor is a hint, which
tells between an element and what stands around it.  So a report in two elements is held by the one around both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from reportkit.language.lexicon import cues_of
from reportkit.loading.html.page import Node

__all__ = ["container_of"]

_HINT, _MOST = 0.3, 300.0  # what an editor's class adds: a share of what is in it, and at most so much


def container_of(nodes: Sequence[Node], values: Mapping[int, float]) -> Node:
    """The element that holds the report; ``values`` says how much the lines of each element speak for it."""
    totals = [values.get(node.index, 0.0) for node in nodes]
    for node in reversed(nodes):
        if node.parent is not None:
            totals[node.parent.index] += totals[node.index]
    best = nodes[0]
    best_total = totals[0]
    for node in nodes[1:]:
        total = totals[node.index]
        if total > 0 and _is_editor(node):
            total += min(_HINT * total, _MOST)
        if total > 0 and (total > best_total or (total >= best_total - 1e-6 and best.holds(node))):
            best, best_total = node, total
    return best


def _is_editor(node: Node) -> bool:
    names = f"{node.attrs.get('class', '')[:300]} {node.attrs.get('id', '')[:100]}".lower().split()
    return any(name in _editors() for name in names) or node.tag in ("ucapcontent", "article")


@cache
def _editors() -> frozenset[str]:
    return frozenset(cues_of("web_page", "editor"))
