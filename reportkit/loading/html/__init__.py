"""HTML → text: the report of a page, its tables and what the page says about it; nothing else of the page.

One step a module: bytes → text (``charset``), text → elements (``page``), those that a browser does not show (``hidden``,
by ``styles``), tables that hold data (``tables``), the rest as ``lines``; of these what is no text (``beside``), what tells
about it (``metadata``), and the element that holds the report (``container``).  Nothing that a page links to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportkit.errors import LoadingError
from reportkit.language.lines import line_words
from reportkit.loading.encoding import reads_as_chinese
from reportkit.loading.html.beside import beside_elements, beside_lines, is_prose, prose_of, value_of
from reportkit.loading.html.charset import Text, text_of_page
from reportkit.loading.html.container import container_of
from reportkit.loading.html.hidden import NO_TEXT, hidden_nodes
from reportkit.loading.html.lines import Line, lines_in, text_of
from reportkit.loading.html.metadata import Block, Told, blocks_of, meta_title, told_by_meta, worth_telling
from reportkit.loading.html.page import Node, nodes_of
from reportkit.loading.html.styles import Styles, styles_of
from reportkit.loading.html.tables import Grid, grids_of, side_labels
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded, Page
from reportkit.loading.txt import refuse_mojibake
from reportkit.report import Table

__all__ = ["text_of_html"]

_LARGEST = 20_000_000  # bytes; a page of a report has under one million
_CAPTION = re.compile("[表]|情况|统计|明细|一览|清单|[：:]$")
_LONGEST_CAPTION = 40
_ABOVE = 12  # lines above a report in which its title may stand
_LONGEST_TITLE = 80
_FRONT = 6  # lines in which the title may stand again
_MOST_TOLD = 40  # things that a page says about its text
_LOOKED_AT = 5_000  # lines in which mojibake is looked for
_ODD, _MUCH = 0.2, 0.2  # a line that hardly reads as Chinese, and how much of a page such lines may be
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
    _refuse_mojibake(content.lines, name)
    refuse_mojibake(loaded.text, name)
    return loaded


def _refuse_mojibake(lines: Sequence[Line], name: str) -> None:
    """Refuse a page whose text is mojibake, though its menus are not."""
    odd = [line.text for line in lines[:_LOOKED_AT] if reads_as_chinese(line.text) <= _ODD]
    if sum(map(len, odd)) > _MUCH * sum(len(line.text) for line in lines[:_LOOKED_AT]):
        refuse_mojibake("\n".join(odd), name)


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
        where = "across, beside or out of its text, or struck out"
        content.notes.append(f"words that a page shows {where}, are left out: {_quoted(words)}")
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

    def list_style(node: Node) -> str:
        told = styles.of(node)
        return told.get("list-style-type") or told.get("list-style", "")

    grids, notes = grids_of(nodes, hidden, clock)
    labels = side_labels(nodes, hidden, grids, clock)
    if labels:
        notes.append(f"names at the side of a frame around text: {_quoted([text_of(one, hidden, clock) for one in labels])}")
        hidden = hidden | {one.index for one in labels}
    outer = {index for index in grids if not any(above.index in grids for above in nodes[index].above)}
    parts = list(lines_in(nodes[0], hidden, is_block, clock, outer, list_style))
    return _Content(nodes, hidden, grids, parts, notes)


def _report(content: _Content, text: Text, clock: Clock) -> Loaded:
    """The report of a page: what its element holds, without what stands beside it and what tells about it."""
    nodes, lines = content.nodes, content.lines
    prose = prose_of(nodes, lines)
    boxes = beside_elements(nodes, prose)
    beside = beside_lines(lines, prose) | {n for n, line in enumerate(lines) if line.node.index in boxes}
    clock.check()
    blocks = blocks_of(lines)
    labels = set().union(*(where for where, _ in blocks))
    container = _container(content, beside | labels, boxes)
    clock.check()
    told, labelled = _told(content, lines, blocks, beside, container)
    kept = {n for n, line in enumerate(lines) if container.holds(line.node)} - beside - labelled
    page = Page()
    kept -= _said_again(lines, sorted(kept)[:_FRONT])
    titles = [_squeezed(meta_title(nodes))]
    for line in _titled(content, lines, kept, beside | labelled):
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
    loaded = page.loaded(text.encoding, (*notes, *text.notes, *content.notes))
    return replace(loaded, told=tuple(one.triple for one in told))


def _container(content: _Content, beside: set[int], boxes: set[int]) -> Node:
    """The element that holds the report, by its lines and tables."""
    values: dict[int, float] = {}
    speaking: dict[int, float] = {}
    for n, line in enumerate(content.lines):
        value = value_of(line, n in beside)
        values[line.node.index] = values.get(line.node.index, 0.0) + value
        speaking[line.node.index] = speaking.get(line.node.index, 0.0) + max(0.0, value)
    for part in content.parts:
        if isinstance(part, Node) and part.index not in boxes:
            size = sum(len(cell) for row in content.grids[part.index].rows for cell in row)
            values[part.index] = speaking[part.index] = 0.5 * min(size, 4000)
    return container_of(content.nodes, values, speaking)


def _told(
    content: _Content, lines: Sequence[Line], blocks: Sequence[Block], beside: set[int], container: Node
) -> tuple[list[Told], set[int]]:
    """What the page says about its text, and the places of the lines that say it: before or after all prose, or outside."""
    told = told_by_meta(content.nodes)
    inside = [n for n, line in enumerate(lines) if container.holds(line.node) and n not in beside and is_prose(line.text)]
    among = set(inside)
    places: set[int] = set()
    for where, says in blocks:
        at_edge = not inside or max(where) < inside[0] or min(where) > inside[-1]
        if at_edge or (len(says) >= 3 and not where & among):
            places |= where
            told += says[: max(0, _MOST_TOLD - len(told))]
    title = meta_title(content.nodes)
    named = [Told("title", title, "meta")] if title else []
    worth = [one for one in worth_telling([*told, *named]) if one not in named]
    return sorted(worth, key=lambda one: one.what == "issuer" and one.basis.startswith("meta")), places


def _titled(content: _Content, lines: Sequence[Line], kept: set[int], beside: set[int]) -> Iterator[Line]:
    """The title of the page as a line, where the first lines of the report do not give it."""
    first = min(kept, default=0)
    front = _squeezed("".join(lines[n].text for n in sorted(kept)[:_FRONT]))
    title = meta_title(content.nodes)
    above = [lines[n] for n in range(max(0, first - _ABOVE), first) if n not in beside]
    found = next((line for line in reversed(above) if _is_title(line)), None)
    heading = next((lines[n] for n in range(len(lines)) if n not in beside and lines[n].node.tag == "h1"), None)
    if title:
        found = Line(title, found.node if found and _squeezed(found.text) == _squeezed(title) else content.nodes[0])
    elif found is None:
        found = heading
    if found is not None and _squeezed(found.text) not in front:
        yield found


def _is_title(line: Line) -> bool:
    """Whether a line above the report is its title: a heading, or it ends as the titles of reports do."""
    if len(line.text) > _LONGEST_TITLE or "。" in line.text or line.n_linked:
        return False
    named = line.node.tag in ("h1", "h2", "h3", "h4", "ucaptitle") or "title" in line.node.attrs.get("class", "").lower()
    return named or _title_end().search(line.text) is not None


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"(?:{line_words('title')})(?:[（(][^）)]{{0,20}}[）)])?$")


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
