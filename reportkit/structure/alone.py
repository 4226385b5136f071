"""Headings without a number: short lines that stand alone between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.language.characters import HAN, SENTENCE_END
from reportkit.language.lines import begins_anew, is_signature_or_date
from reportkit.report import Span
from reportkit.structure.lists import Found, is_row
from reportkit.structure.numbered import CHAPTER, MINOR, Heading
from reportkit.structure.titles import STOP, chapter_ahead
from reportkit.structure.wording import heading_words

__all__ = [
    "Page",
    "inside_a_line",
    "is_appendix",
    "is_last",
    "is_placeholder",
    "names_a_chapter",
    "read_page",
    "standing_alone",
]

_LONGEST_ALONE = 40
_SHORT_CHAPTER = 20
_FLAT = 1000  # characters from which on a line may hold chapters
_TEXT = 60  # characters from which on a line is text, mark or no mark
_IN_BRACKETS = re.compile(r"[（(【\[〔<]([^（(【\[〔<）)】\]〕>]+)[）)】\]〕>][。.]?")
_BEGINS_AMISS = re.compile(r"[，、。；：）”（(【]|\d(?!\d{3}年)|第[\d一二三四五六七八九十百]+[条款项]")


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules for lines without a number read.

    ``lines`` of ``text`` and their places ``spans``, the ``numbered`` headings of each, and of each line whether it ``is_text``
    (holds sentences or announces them) and whether it ``may_stand`` alone as a heading.
    """

    text: str
    spans: Sequence[Span]
    lines: Sequence[str]
    numbered: Found
    is_text: Sequence[bool]
    may_stand: Sequence[bool]


def read_page(text: str, spans: Sequence[Span], numbered: Found) -> Page:
    """Look at each line of a text once."""
    lines = [span.of(text) for span in spans]
    is_text = [_is_text(line) and not _is_stopped_chapter(line) for line in lines]
    may_stand = [
        not (holds or found) and _may_stand(line.rstrip("。"))
        for line, holds, found in zip(lines, is_text, numbered, strict=True)
    ]
    return Page(text, spans, lines, numbered, is_text, may_stand)


def _is_text(line: str) -> bool:
    marked = line[-1] in "：:" or re.search(f"[；;{SENTENCE_END}]", line) is not None
    return marked or len(line) > _TEXT or is_placeholder(line)


def is_placeholder(line: str) -> bool:
    """Whether a line in brackets stands where a form has its text.

    >>> is_placeholder("（文字描述）"), is_placeholder("[请填写本单位情况]"), is_placeholder("（2024年1月15日）")
    (True, True, False)
    """
    held = _IN_BRACKETS.fullmatch(line)
    return held is not None and heading_words("placeholder").match(held[1]) is not None


def _is_stopped_chapter(line: str) -> bool:
    """Whether a line is a chapter's whole title with a full stop: 2023年工作回顾。"""
    title = line.removesuffix("。")
    if len(title) > _SHORT_CHAPTER:
        return False
    begun, topic = heading_words("chapter").match(title), heading_words("topic", at_end=True).search(title)
    return "，" not in title and bool(begun and topic)


def _may_stand(line: str) -> bool:
    """Whether a line could be a heading by itself: short, whole, mostly Han, no row, no signature, no start of a sentence."""
    n_han = len(re.findall(f"[{HAN}]", line))
    return (
        3 <= len(line) <= _LONGEST_ALONE
        and (n_han >= 4 or is_last(line) or heading_words("glossary").search(line) is not None)
        and 2 * n_han >= len(line)
        and line.count("，") <= 2
        and _BEGINS_AMISS.match(line) is None
        and line[-1] not in "，、）"
        and not any(heading_words(kind, at_end=True).search(line) for kind in ("unfinished", "announcement"))
        and not heading_words("sentence").match(line)
        and not (begins_anew(line) or is_signature_or_date(line) or is_row(line) or heading_words("annex").match(line))
    )


def is_appendix(title: str) -> bool:
    """Whether a stand-alone line opens a glossary or an annex, whose numbered entries are no sections.

    >>> is_appendix("名词解释"), is_appendix("附件1"), is_appendix("2024年工作安排")
    (True, True, False)
    """
    return bool(heading_words("glossary").search(title) or heading_words("annex").match(title))


def is_last(title: str) -> bool:
    """Whether a heading announces the closing words: 结束语."""
    return heading_words("last").match(title) is not None


def names_a_chapter(line: str) -> bool:
    """Whether a line without a number is called as chapters are: 2023年工作回顾, 关于外交工作, 结束语.

    >>> names_a_chapter("2023年主要工作"), names_a_chapter("打造世界一流城市")
    (True, False)
    """
    topic = heading_words("topic", at_end=True).search(line)
    return bool(topic or heading_words("chapter").match(line) or is_last(line))


# --- between paragraphs -------------------------------------------------------------------------------------------


def standing_alone(page: Page) -> Iterator[Heading]:
    """Short lines without a mark between paragraphs, after the title page."""
    lines, numbered = page.lines, page.numbered
    first = next((i for i in range(len(lines)) if numbered[i] or page.is_text[i]), len(lines))
    if 0 < first < len(lines) and not numbered[first] and _begins_the_text(page, first - 1):
        yield _heading(page, first - 1)
    front = set(lines[:first])
    for i in range(first + 1, len(lines)):
        if page.may_stand[i] and lines[i] not in front and _between(page, i):
            yield _heading(page, i)


def inside_a_line(page: Page) -> Iterator[Heading]:
    """Chapters without a number in a text whose line ends are missing: …请予审议。2023年工作回顾过去一年，…"""
    for span in page.spans:
        for mark in STOP.finditer(page.text, span.start, span.end) if len(span) > _FLAT else ():
            start = mark.end()
            begun = heading_words("chapter").match(page.text[start : start + _LONGEST_ALONE])
            end = chapter_ahead(page.text, start, span.end) if begun else None
            if end and heading_words("chapter").match(page.text[end : end + _LONGEST_ALONE]):
                yield Heading(start, start, end, end, "", CHAPTER, 0)


def _begins_the_text(page: Page, i: int) -> bool:
    """Whether the last line before the text is a heading: it names a chapter, and a title or no line stands before it."""
    if not (page.may_stand[i] and names_a_chapter(page.lines[i])):
        return False
    if i == 0:
        return not heading_words("whole", at_end=True).search(page.lines[i]) and any(
            page.may_stand[j] and names_a_chapter(page.lines[j]) for j in range(1, len(page.lines))
        )
    return any(heading_words("whole").search(before) for before in page.lines[:i])


def _between(page: Page, i: int) -> bool:
    """Whether a line stands after the end of a text or after another heading, and before a text or another heading."""
    if i + 1 == len(page.lines):
        return False
    before, line = page.lines[i - 1], page.lines[i]
    after_text = (
        (page.is_text[i - 1] and before[-1] in "。！？；：…”）!?.:;)")
        or bool(page.numbered[i - 1])
        or page.may_stand[i - 1]
        or (is_row(before) and names_a_chapter(line))
    )
    goes_before = bool(page.numbered[i + 1]) or page.is_text[i + 1] or is_appendix(line)
    chapter_and_part = names_a_chapter(line) and page.may_stand[i + 1] and any(page.is_text[i + 2 : i + 3])
    return after_text and (goes_before or chapter_and_part)


def _heading(page: Page, i: int) -> Heading:
    span = page.spans[i]
    end = span.start + len(page.lines[i].rstrip("。"))
    rank = CHAPTER if names_a_chapter(page.lines[i].rstrip("。")) else MINOR
    return Heading(span.start, span.start, end, span.end, "", rank, 0)
