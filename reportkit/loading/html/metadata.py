"""What a page says about its text: in ``<meta>`` elements, and in the block of labels above it (索引号, 发布机构, 成文日期 …).

The block is no part of the report.  It is a table, a list or lines; a label has a colon, or stands alone before its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.language.cuelists import class_pattern
from reportkit.language.lexicon import cues_of, lexicon
from reportkit.loading.html.lines import Line
from reportkit.loading.html.page import Node

__all__ = ["Block", "Told", "blocks_of", "is_label", "meta_title", "told_by_meta", "worth_telling"]

_KINDS = ("issuer", "date", "number", "index", "title", "source", "other", "none")
_WORDS = {"number": "document number", "index": "index number"}
_TITLES = ("articletitle", "og:title")
_SOURCES = ("contentsource", "source", "author")
_DATES = ("pubdate", "publishdate", "article:published_time")
_CLOCK_OR_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[ T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_DAY_LINE = re.compile(_CLOCK_OR_DAY)
_DAY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_BODY = re.compile("[。；！？]")
_LONGEST = 120  # characters of a line of labels; a longer one is text
_LONGEST_VALUE = 200
_MOST_TOLD = 40
_ROWS = frozenset(("tr", "li", "dl", "ul"))


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a page says about its text: what it is, the value, and where it is said."""

    what: str
    value: str
    basis: str

    @property
    def triple(self) -> tuple[str, str, str]:
        """As a source carries it."""
        return _WORDS.get(self.what, self.what), self.value, self.basis

    @property
    def note(self) -> str:
        """What a reader is told of it."""
        return f"the page says {_WORDS.get(self.what, self.what)}: {self.value}"


Block = tuple[set[int], list[Told]]  # the places of the lines of a block, and what it tells


def is_label(text: str) -> bool:
    """Whether the text of a cell is a label of a metadata block, with or without its colon.

    >>> is_label("索 引 号："), is_label("发布机构"), is_label("某某市")
    (True, True, False)
    """
    return _squeezed(text).rstrip(":：") in _labels()


def told_by_meta(nodes: Iterable[Node]) -> list[Told]:
    """Issuer or source, and date, as ``<meta>`` elements give them: a newspaper or site is a source and no issuer."""
    told = _metas(nodes)
    found = []
    source = next(((told[key], key) for key in _SOURCES if told.get(key)), None)
    if source:
        found.append(Told("source", source[0], f"meta {source[1]}"))
        if _is_public_body(source[0]):
            found.append(Told("issuer", source[0], f"meta {source[1]}"))
    date = next(((told[key], key) for key in _DATES if told.get(key)), None)
    if date:
        found.append(Told("date", date[0], f"meta {date[1]}"))
    return found


def meta_title(nodes: Iterable[Node]) -> str:
    """The title of the text as ``<meta>`` elements give it, ``""`` if they do not."""
    told = _metas(nodes)
    return next((told[name] for name in _TITLES if told.get(name)), "")


def _metas(nodes: Iterable[Node]) -> dict[str, str]:
    told: dict[str, str] = {}
    for node in nodes:
        if node.tag == "meta":
            key = (node.attrs.get("name") or node.attrs.get("property") or "").lower()
            value = " ".join(node.attrs.get("content", "")[:500].split())
            if value:
                told.setdefault(key, value[:_LONGEST_VALUE])
    return told


def _is_public_body(words: str) -> bool:
    """Whether words are the name of a public body: 某某市民政局, not 某某日报.

    >>> _is_public_body("某某市民政局"), _is_public_body("某某日报"), _is_public_body("本网")
    (True, False, False)
    """
    ends = class_pattern("titlepage", "body", at_end=True)
    return re.fullmatch("[\u4e00-\u9fff·（）()]{3,36}", words) is not None and ends.search(words, 2) is not None


# --- the block of labels ----------------------------------------------------------------------------------------------


@cache
def _labels() -> dict[str, str]:
    """Every label and what its value is."""
    entries = lexicon("web_page", ("cue", "class"))
    return {entry["cue"]: entry["class"] for entry in entries if entry["class"] in _KINDS}


@cache
def _pairs() -> re.Pattern[str]:
    """A label and its colon: at the front of a line, after a space or mark, a long one anywhere."""
    labels = sorted(_labels(), key=len, reverse=True)
    loose = "|".join("[ \u3000\xa0]*".join(label) for label in labels)
    long = "|".join(label for label in labels if len(label) >= 4)
    return re.compile(rf"(?:(?:^|(?<=[\s|｜；;，,）)】\]]))[（(【\[]?(?:{loose})|(?:{long}))[ \u3000\xa0]*[:：]")


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The metadata blocks among lines, each by the places of its lines with what it tells."""
    blocks = []
    at = 0
    while at < len(lines):
        block = _block_at(lines, at)
        if block is None:
            at += 1
            continue
        blocks.append(block)
        at = max(block[0]) + 1
    return blocks


def _block_at(lines: Sequence[Line], at: int) -> Block | None:
    places: set[int] = set()
    told: list[Told] = []
    n_labels = n_colons = 0
    while at < len(lines):
        line = lines[at]
        pairs = _pairs_in(line.text)
        if pairs:
            places.add(at)
            n_labels += len(pairs)
            n_colons += len(pairs)
            if len(pairs) == 1 and not pairs[0][1] and at + 1 < len(lines) and _is_value(line, lines[at + 1]):
                at += 1
                places.add(at)
                pairs = [(pairs[0][0], lines[at].text)]
        elif is_label(line.text) and at + 1 < len(lines) and _is_value(line, lines[at + 1]):
            places |= {at, at + 1}
            n_labels += 1
            pairs = [(_squeezed(line.text).rstrip(":："), lines[at + 1].text)]
            at += 1
        elif is_label(line.text) and (places or _beside_label(lines, at)):
            places.add(at)  # a label without a value
            n_labels += 1
        elif places and _DAY_LINE.fullmatch(line.text):
            places.add(at)
            told.append(Told("date", line.text, "the line of the date above the text"))
        else:
            break
        told += [_told(label, value) for label, value in pairs if value and _labels().get(label) != "none"]
        at += 1
    return (places, told[:_MOST_TOLD]) if n_colons or n_labels >= 3 else None


def _beside_label(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and is_label(lines[at + 1].text)


def _pairs_in(text: str) -> list[tuple[str, str]]:
    """Labels and values of a line that begins with one; no pairs for a line that is text.

    >>> _pairs_in("发布日期：2024-01-15 来源：某某市公安局")
    [('发布日期', '2024-01-15'), ('来源', '某某市公安局')]
    >>> _pairs_in("来源：群众举报的线索，全部办结。")
    []
    """
    if len(text) > _LONGEST or _BODY.search(text):
        return []
    found = list(_pairs().finditer(text))
    lead = text[: found[0].start()].strip() if found else ""
    if not found or (lead and not _DAY_LINE.fullmatch(lead)):
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    pairs = [
        (_squeezed(match[0]).strip("（(【[:："), text[match.end() : end].strip(" \t\u3000\xa0|｜)）]】"))
        for match, end in zip(found, ends, strict=True)
    ]
    return [("发布日期", lead), *pairs] if lead else pairs


def _is_value(label: Line, line: Line) -> bool:
    """Whether a line is the value of the label before it: the next cell or item of the same row, and no heading."""
    if is_label(line.text) or _pairs_in(line.text) or len(line.text) > _LONGEST_VALUE or re.fullmatch("h[1-6]", line.node.tag):
        return False
    if label.node is line.node:
        return len(line.text) <= _LONGEST and not _BODY.search(line.text)
    for one, other in ((label.node, line.node), (label.node.parent, line.node.parent)):
        if (
            one is not None
            and other is not None
            and one.parent is other.parent
            and one.tag in ("td", "th", "dt", "dd", "li", "span")
        ):
            return one.parent is not None and (one.parent.tag in _ROWS or one.tag == "li")
    small = label.node.parent is not None and label.node.parent.end - label.node.parent.index <= 6
    return small and label.node.parent is line.node.parent and not _BODY.search(line.text)


def _told(label: str, value: str) -> Told:
    kind = _labels().get(label, "other")
    value = value[:_LONGEST_VALUE]
    if kind == "issuer" and not _is_public_body(value):
        kind = "other"
    return Told(label if kind == "other" else kind, value, f"the label {label}")


def worth_telling(told: Sequence[Told]) -> Iterator[Told]:
    """What is told, each thing once; no issuer where the title says that the text is another body's."""
    kept: list[Told] = []
    reposts = any(word in one.value[:8] for one in told if one.what == "title" for word in cues_of("web_page", "repost"))
    for one in told:
        if one.what == "issuer" and reposts:
            continue
        if any(_alike(other.value, one.value) for other in kept if other.what == one.what):
            continue
        kept.append(one)
        yield one


def _alike(one: str, other: str) -> bool:
    if _DAY.match(one) and _DAY.match(other):
        return re.findall(r"\d+", one)[:3] == re.findall(r"\d+", other)[:3]
    return _squeezed(one) == _squeezed(other)


def _squeezed(words: str) -> str:
    return "".join(words.split())
