"""HTML → text: the report of a page, its tables and what the page says about it; nothing else of the page.

One step a module: bytes → text (``charset``), text → elements (``page``), those that a browser does not show (``hidden``,
by ``styles``), tables that hold data (``tables``), the rest as ``lines``; of these what is no text (``beside``), what tells
about it (``metadata``), and the element that holds the report (``container``).  Nothing is fetched: what a page links to stays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.errors import LoadingError
from reportkit.loading.html.beside import beside_elements, beside_lines, is_prose, prose_of, value_of
from reportkit.loading.html.charset import Text, text_of_page
from reportkit.loading.html.container import container_of
from reportkit.loading.html.hidden import NO_TEXT, hidden_nodes
from reportkit.loading.html.lines import Line, lines_in, text_of
from reportkit.loading.html.metadata import Told, blocks_of, meta_title, told_by_meta, worth_telling
from reportkit.loading.html.page import Node, nodes_of
from reportkit.loading.html.styles import Styles, styles_of
from reportkit.loading.html.tables import Grid, grids_of
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded, Page
from reportkit.loading.txt import refuse_mojibake
from reportkit.report import Table

__all__ = ["text_of_html"]

_LARGEST = 20_000_000  # bytes; a page of a report has under one million
_CAPTION = re.compile("[表]|情况|统计|明细|一览|清单|[：:]$")
_LONGEST_CAPTION = 40
_FRONT = 6  # lines in which the title may stand again
_MOST_TOLD = 40  # things that a page says about its text
_WORTH_A_NOTE = 20  # characters of prose that were left out


@dataclass(slots=True)
class _Content:
    """What a page shows: lines and the tables between them, in order."""

    nodes: list[Node]
    hidden: set[int]
    grids: dict[int, Grid]
    parts: list[Line | Node]
    notes: list[str]

    @property
    def lines(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]


def text_of_html(data: bytes, name: str, limits: Limits, charset: str = "") -> Loaded:
    """The main text and the tables of a web page; ``charset`` is what a message around it says.

    Raises :class:`LoadingError` where it holds no readable text.
    """
    clock = Clock(name, limits)
    if len(data) > _LARGEST:
        raise LoadingError(
            f"{name}: the page has {len(data):,} bytes, more than the {_LARGEST:,} that are read; save its text as plain text."
        )
    text = text_of_page(data, name, charset)
    nodes = nodes_of(text.text, name, clock)
    content = _content(nodes, clock)
    loaded = _report(content, text, clock)
    refuse_mojibake(loaded.text, name)
    return loaded


def _content(nodes: list[Node], clock: Clock) -> _Content:
    """What a page shows; where that is nothing at all, what a script would show."""
    styles = styles_of(nodes, clock)
    hidden, apart = hidden_nodes(nodes, styles, clock)
    content = _shown(nodes, hidden, styles, clock)
    if not any(is_prose(line.text) for line in content.lines):
        unseen = {node.index for node in nodes if node.tag in NO_TEXT}
        all_of_it = _shown(nodes, unseen, styles, clock)
        if any(is_prose(line.text) for line in all_of_it.lines):
            all_of_it.notes.append("the page shows no text before its scripts have run; what it hides until then is read")
            return all_of_it
    words = [text_of(node, (), clock) for node in apart if not _is_menu(node, clock)]
    words = list(dict.fromkeys(one for one in words if len(one) >= 4))
    if words:
        content.notes.append(f"words that a page shows across, beside or out of its text are left out: {_quoted(words)}")
    unread = sum(len(text_of(node, (), clock)) for node in nodes if node.index in hidden and _hides_prose(node, clock))
    if unread:
        content.notes.append(f"{unread} characters of text that a browser does not show are left out")
    return content


def _is_menu(node: Node, clock: Clock) -> bool:
    """Whether the words of an element are links, for the most part."""
    lines = [line for line in lines_in(node, (), lambda _: False, clock) if isinstance(line, Line)]
    return 2 * sum(line.n_linked for line in lines) > sum(len(line.text) for line in lines)


def _hides_prose(node: Node, clock: Clock) -> bool:
    return node.tag not in NO_TEXT and "。" in text_of(node, (), clock)


def _quoted(words: Sequence[str]) -> str:
    shown = "”, “".join(one[:30] for one in words[:3])
    return f"“{shown}”" + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def _shown(nodes: list[Node], hidden: set[int], styles: Styles, clock: Clock) -> _Content:
    def is_block(node: Node) -> bool:
        return styles.of(node).get("display", "") in ("block", "flex", "grid", "list-item", "table", "table-row")

    grids, notes = grids_of(nodes, hidden, clock)
    outer = {index for index in grids if not any(above.index in grids for above in nodes[index].above)}
    parts = list(lines_in(nodes[0], hidden, is_block, clock, outer))
    return _Content(nodes, hidden, grids, parts, notes)


def _report(content: _Content, text: Text, clock: Clock) -> Loaded:
    """The report of a page: what its element holds, without what stands beside it and what tells about it."""
    nodes, lines = content.nodes, content.lines
    prose = prose_of(nodes, lines)
    boxes = beside_elements(nodes, prose)
    beside = beside_lines(lines, prose) | {n for n, line in enumerate(lines) if line.node.index in boxes}
    clock.check()
    values: dict[int, float] = {}
    for n, line in enumerate(lines):
        values[line.node.index] = values.get(line.node.index, 0.0) + value_of(line, n in beside)
    for part in content.parts:
        if isinstance(part, Node) and part.index not in boxes:
            size = sum(len(cell) for row in content.grids[part.index].rows for cell in row)
            values[part.index] = values.get(part.index, 0.0) + 0.5 * min(size, 4000)
    container = container_of(nodes, values)
    clock.check()
    told, labelled = _told(content, lines, beside, container)
    kept = {n for n, line in enumerate(lines) if container.holds(line.node)} - beside - labelled
    page = Page()
    kept -= _said_again(lines, sorted(kept)[:_FRONT])
    titles = [_squeezed(meta_title(nodes))]
    for line in _titled(content, lines, kept, container):
        page.add(line.text, line.node.path)
        titles.append(_squeezed(line.text))
    _fill(page, content, lines, kept, container, boxes)
    others = set(range(len(lines))) - kept - beside - labelled
    left = [lines[n].text for n in sorted(others) if is_prose(lines[n].text) and _squeezed(lines[n].text) not in titles]
    notes = [
        one.note
        for one in told
        if one.what != "issuer" or not any(one.value == other.value for other in told if other is not one)
    ]
    if sum(map(len, left)) >= _WORTH_A_NOTE:
        content.notes.append(f"text outside the report is left out: {_quoted(left)}")
    return page.loaded(text.encoding, (*notes, *text.notes, *content.notes))


def _told(content: _Content, lines: Sequence[Line], beside: set[int], container: Node) -> tuple[list[Told], set[int]]:
    """What the page says about its text, and the places of the lines that say it: before or after all prose, or outside."""
    told = told_by_meta(content.nodes)
    inside = [n for n, line in enumerate(lines) if container.holds(line.node) and n not in beside and is_prose(line.text)]
    among = set(inside)
    places: set[int] = set()
    for where, says in blocks_of(lines):
        at_edge = not inside or max(where) < inside[0] or min(where) > inside[-1]
        if at_edge or (len(says) >= 3 and not where & among):
            places |= where
            told += says[: max(0, _MOST_TOLD - len(told))]
    return list(worth_telling(told)), places


def _titled(content: _Content, lines: Sequence[Line], kept: set[int], container: Node) -> Iterator[Line]:
    """The title of the page as a line, where the first lines of the report do not give it."""
    title = meta_title(content.nodes)
    node = container
    if not title:
        first = next((line for line in lines if line.node.tag == "h1" and not container.holds(line.node)), None)
        if first is not None:
            title, node = first.text, first.node
    front = _squeezed("".join(lines[n].text for n in sorted(kept)[:_FRONT]))
    if title and _squeezed(title) not in front:
        yield Line(title, node)


def _fill(page: Page, content: _Content, lines: Sequence[Line], kept: set[int], container: Node, boxes: set[int]) -> None:
    """Add the lines that are kept and the tables of the report, each table under the line before it."""
    n = 0
    for part in content.parts:
        if isinstance(part, Line):
            if n in kept:
                page.add(part.text, part.node.path)
            n += 1
        elif container.holds(part) and part.index not in boxes:
            for index in range(part.index, part.end):
                grid = content.grids.get(index)
                if grid is not None:
                    above = page.last_line if index == part.index else ""
                    page.tables.append(Table(grid.rows, grid.caption or _caption(above), content.nodes[index].path))


def _caption(line: str) -> str:
    return line if len(line) < _LONGEST_CAPTION and _CAPTION.search(line) else ""


def _said_again(lines: Sequence[Line], front: Sequence[int]) -> set[int]:
    """The title of the page, where the report under it begins with the same words, in one line or more."""
    for at, n in enumerate(front[:3]):
        words = _squeezed(lines[n].text)
        for end in range(at + 2, min(at + 5, len(front)) + 1):
            if len(words) > 4 and words == _squeezed("".join(lines[k].text for k in front[at + 1 : end])):
                return {n}
    return set()


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
