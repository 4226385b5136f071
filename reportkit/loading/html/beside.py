"""What stands beside a report on its page and is no part of it: menus, crumbs, share bars, related pages, comments, the foot.

A line is told by its words (``lexicons/web_page.tsv``, ``lexicons/web_residue.tsv``) or because it is a link among links; an
element by its name, or by a word in its class or id, unless it holds much of the page's prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reportkit.language.characters import HAN
from reportkit.language.cuelists import class_pattern
from reportkit.language.cues import cue_source
from reportkit.language.lexicon import cues_of
from reportkit.language.lines import is_signature_or_date
from reportkit.language.numbering import heading_number
from reportkit.loading.html.lines import Line
from reportkit.loading.html.page import Node

__all__ = ["beside_elements", "beside_lines", "is_prose", "prose_of", "value_of"]

_SHORT = 80  # characters of a line that may be residue
_SHARE = 0.3  # of the page's prose that an element may hold and still be a menu or a foot
_MARKS = re.compile("[。；！？]|[，,].*[，,：]")
_WORDS = re.compile("[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|\\d+")
_ELEMENTS = frozenset(("nav", "footer", "aside"))
_FILE = re.compile(
    r"(?:附件|相关附件|附件下载)?[\d一二三四五六七八九十]{0,3}[：:、.\s]*[^。\n]{0,120}\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|jpe?g|png|mp[34])"
    r"(?:\s*[（(]?[\d.]{1,8}\s*[KMk]B?[）)]?)?(?:\s*下载)?",
    re.IGNORECASE,
)
_HAN = re.compile(f"[{HAN}]")
_SIGNS = re.compile("[-|｜·•>＞»*+×/\\\\]{1,3}")
_LINKED = 0.6  # of the characters of a line, beyond which it is a link


def is_prose(text: str) -> bool:
    """Whether a line reads as text: it has marks of a sentence, or a heading's number.

    >>> is_prose("全年办理案件3件。"), is_prose("一、主要工作"), is_prose("政务公开")
    (True, True, False)
    """
    return _MARKS.search(text) is not None or heading_number(text) is not None


def value_of(line: Line, is_beside: bool) -> float:
    """How much a line speaks for the element that holds it: prose much, short words a little, links against it.

    What is known to be no text speaks against it a little, since it is left out anyway.
    """
    if is_beside:
        return -0.15 * len(line.text)
    if _is_link(line):
        return -float(len(line.text))
    speaks = is_prose(line.text) or is_signature_or_date(line.text)
    return float(len(line.text)) if speaks else 0.05 * len(line.text)


def _is_link(line: Line) -> bool:
    return line.n_linked > _LINKED * len(line.text)


def prose_of(nodes: Sequence[Node], lines: Sequence[Line]) -> list[int]:
    """How many characters of prose each element holds, by its index."""
    prose = [0] * len(nodes)
    for line in lines:
        if is_prose(line.text) and not _is_link(line):
            prose[line.node.index] += len(line.text)
    for node in reversed(nodes):
        if node.parent is not None:
            prose[node.parent.index] += prose[node.index]
    return prose


def beside_elements(nodes: Sequence[Node], prose: Sequence[int]) -> set[int]:
    """The elements (by index) that by their names, classes or ids hold no text of a report, and all in them."""
    found: set[int] = set()
    past = 0
    for node in nodes:
        if node.index >= past and prose[node.index] <= _SHARE * prose[0] and _is_named_beside(node):
            past = node.end
        if node.index < past:
            found.add(node.index)
    return found


def _is_named_beside(node: Node) -> bool:
    if node.tag in _ELEMENTS or node.attrs.get("role") in ("navigation", "contentinfo", "search", "banner"):
        return True
    if node.tag in ("html", "body", "form", "td", "th", "tr", "table", "p", "span", "a"):
        return node.attrs.get("aria-hidden") == "true" and node.tag not in ("html", "body", "form")
    words = f"{node.attrs.get('class', '')[:300]} {node.attrs.get('id', '')[:100]}"
    named = any(word.lower() in _beside_words() for word in _WORDS.findall(words))
    return named or node.attrs.get("aria-hidden") == "true"


def beside_lines(lines: Sequence[Line], prose: Sequence[int]) -> set[int]:
    """The places of lines that are no text of a report, by their words, and of links among links."""
    beside = {n for n, line in enumerate(lines) if _is_residue(line)}
    for n, line in enumerate(lines):
        if n not in beside and _is_link(line) and not is_prose(line.text):
            before, after = n - 1, n + 1
            if any(0 <= k < len(lines) and (k in beside or _is_link(lines[k])) for k in (before, after)):
                beside.add(n)
    return beside | _tails(lines, prose)


def _is_residue(line: Line) -> bool:
    text = line.text
    if len(text) > 2 * _SHORT:
        return False
    if (line.n_linked and not _HAN.search(text) and not re.search("[a-z]{3}", text)) or _SIGNS.fullmatch(text):
        return True  # numbers of pages, signs between links
    if _FILE.fullmatch(text) and (line.n_linked or len(text) <= _SHORT):
        return True
    if len(text) > _SHORT and "Copyright" not in text and "备案" not in text and "ICP备" not in text:
        return False
    if class_pattern("web_page", "within").search(text):
        return True
    if "。" in text or "；" in text:
        return False
    return _whole().fullmatch(text) is not None or class_pattern("web_page", "line").match(text) is not None


def _tails(lines: Sequence[Line], prose: Sequence[int]) -> set[int]:
    """Lines that a tail begins (相关新闻) and all that stands under it in the same element."""
    beside: set[int] = set()
    for n, line in enumerate(lines):
        if n in beside or len(line.text) > 20 or not _tail().fullmatch(line.text.strip("：:>＞» 　[]【】|")):
            continue
        box = _box_of(lines, n)
        if prose[box.index] > _SHARE * prose[0]:
            box = lines[n].node
        k = n
        while k < len(lines) and box.holds(lines[k].node) and (k == n or not heading_number(lines[k].text)):
            beside.add(k)
            k += 1
    return beside


def _box_of(lines: Sequence[Line], n: int) -> Node:
    """The largest element that begins with a line and is not the one that holds what stands before."""
    box = lines[n].node
    while box.parent is not None and box.parent.parent is not None and not (n and box.parent.holds(lines[n - 1].node)):
        box = box.parent
    after = lines[n + 1].node if n + 1 < len(lines) else None
    if after is not None and not box.holds(after) and box.parent is not None and box.parent.parent is not None:
        return box.parent  # the title of a list beside the list itself
    return box


@cache
def _beside_words() -> frozenset[str]:
    return frozenset(cues_of("web_page", "beside"))


@cache
def _whole() -> re.Pattern[str]:
    cues = [*cues_of("web_residue", "whole"), *cues_of("web_page", "tail")]
    return re.compile("|".join(map(cue_source, sorted(cues, key=len, reverse=True))))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile("|".join(map(cue_source, cues_of("web_page", "tail"))))
