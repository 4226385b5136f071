"""Where the title of a numbered heading ends.

* with its paragraph, if it is on a line of its own;
* at its first sentence mark, if text runs on after it (a run-in heading);
* where a year, ``一是`` or words that begin a text follow, if someone dropped the line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportkit.language.characters import HAN, SENTENCE_END
from reportkit.structure.wording import heading_words

__all__ = ["STOP", "chapter_ahead", "title_span"]

STOP = re.compile(f"[{SENTENCE_END}]")
_LONGEST = 120
_LONGEST_CHAPTER = 30  # characters of a title that says what a chapter is about
_SHORT = 20  # a title that a year may end
_GOES_ON = "和与及、的及以之，。；：！？"  # after the word for a topic: the title is longer


def title_span(text: str, start: int, limit: int, *, flat: bool = False, chapter: bool = False) -> tuple[int, int] | None:
    """Where a title that begins at ``start`` ends, and where its heading does, marks included; ``None`` for no title.

    ``limit`` is where the paragraph or the next heading ends it at the latest; ``flat``: line ends are known to be missing,
    and where this is a ``chapter``, its topic may end it.
    """
    title_end = end = limit
    mark = next(_outside_quotations(text, start, limit), None)
    if mark:
        title_end, end = mark.start(), mark.end()
        while end < limit and text[end] in "”’）)】 ":
            end += 1
    cut = min((cut for cut in _cuts(text, start, title_end, flat=flat, chapter=chapter)), default=None)
    if cut is not None:
        title_end = end = cut
    title_end = start + len(text[start:title_end].rstrip("：:；; \n"))
    if title_end - start > _LONGEST:
        title_end = end = _end_at_colon(text, start, title_end)
    return (title_end, end) if title_end > start else None


def _outside_quotations(text: str, start: int, limit: int) -> Iterator[re.Match[str]]:
    """The marks that stop a sentence, but for those inside “” and 《》 (坚持“出发！”的号召)."""
    for mark in STOP.finditer(text, start, min(limit, start + 2 * _LONGEST)):
        before = text[start : mark.start()]
        if before.count("“") <= before.count("”") and before.count("《") <= before.count("》"):
            yield mark


@cache
def _year_begins() -> re.Pattern[str]:
    """A year with which text begins: 2022年，… and 2022年以来."""
    return re.compile(rf"(?<=[{HAN}])\d{{4}}年(?:{heading_words('after_year').pattern})")


def _cuts(text: str, start: int, end: int, *, flat: bool, chapter: bool) -> Iterator[int]:
    """Before ``2022年，``, ``一是`` with a ``二是`` later, words that begin a text; at a space that a sentence follows."""
    end = min(end, start + 2 * _LONGEST)
    year = _year_begins().search(text, start, end)
    if year and year.start() - start <= _SHORT and not re.search("[，,；：]", text[start : year.start()]):
        yield year.start()
    first = text.find("一是", start + 4, end)
    if first > 0 and text[first - 1] not in "，；、" and "二是" in text[first : first + 1500]:
        yield first
    opening = heading_words("opening").search(text, start + 4, end)
    if opening and "，" not in text[start : opening.start()] and end - opening.start() > _SHORT:
        yield opening.start()
    space = text.find(" ", start + 4, end)
    if space > 0 and (flat or ("，" in text[space:end] and end - space > 30)) and re.match(f"[{HAN}\\d“]", text[space + 1]):
        yield space
    topic = chapter_ahead(text, start, end) if chapter else None
    if topic and ("，" in text[topic:end] or end - topic > _SHORT):
        yield topic


def chapter_ahead(text: str, start: int, end: int) -> int | None:
    """Where the title of a chapter that begins at ``start`` ends, if it says what it is about: 2023年工作回顾|过去一年，…

    ``None`` where no word for a topic comes before the first mark.
    """
    reach = re.compile(f"[^，。；：！？\n]{{2,{_LONGEST_CHAPTER}}}").match(text, start, end)
    at = start + 2
    while reach and (topic := heading_words("topic").search(text, at, reach.end())):
        at = topic.end()
        if text[at : at + 1] not in _GOES_ON and heading_words("topic").match(text, at, reach.end()) is None:
            return at
    return None


def _end_at_colon(text: str, start: int, end: int) -> int:
    """Where a title ends that introduces a long sentence (经济发展方面：…); ``start`` where there is none."""
    colon = re.compile("[：:]").search(text, start, min(end, start + 40))
    return colon.start() if colon and "，" not in text[start : colon.start()] else start
