"""One paragraph → the headings that begin with a number: at its front, and further in where line ends were dropped.

A heading ends

* with its paragraph, if it is on a line of its own;
* at its first sentence mark, if text runs on after it (a run-in heading);
* where a lower heading, ``一是``, a year or words that begin a text follow, if someone dropped the line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportkit.language.characters import HAN, SENTENCE_END
from reportkit.language.lines import is_table_row
from reportkit.language.numbering import ARABIC, HAN_PAREN, HeadingNumber, han_numeral, heading_number, ordinal_number
from reportkit.language.numbering import HAN as HAN_RANK
from reportkit.report import Span
from reportkit.structure.wording import heading_words

__all__ = ["ANNEX", "CHAPTER", "MINOR", "STOP", "Heading", "numbered_headings", "ordinal_heading"]

ANNEX, CHAPTER, MINOR = -3, -2, -1  # ranks above 第一部分: an annex; a heading without number that names a chapter; another one
STOP = re.compile(f"[{SENTENCE_END}]")
_LONGEST_TITLE = 120
_LONGEST_RUN = 60  # how far a lower heading may begin after a title without a mark
_SHORT = 20  # a title that a year may end
_SHORTEST = 12  # a paragraph that may hold a heading further in
_SEQUENCE_AHEAD = 20_000  # characters in which the second of a sequence must follow the first
_INSIDE = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）).．]|(?<![\d.．])\d{1,2}[.．、]")
_YEAR_BEGINS = re.compile(rf"(?<=[{HAN}])\d{{4}}年(?=[，,全我]|以来|上半年|末|度[，,全我])")
_Start = tuple[int, HeadingNumber]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's place in the text: ``start``, title from ``title_start`` to ``title_end``, ``end`` after its mark.

    ``number`` is as read (in simplified characters), ``rank`` its style's (of ``language.numbering``, or one of those above).
    """

    start: int
    title_start: int
    title_end: int
    end: int
    number: str
    rank: int
    value: int

    def title(self, text: str) -> str:
        """The title without number and closing mark; one that takes two lines is put together."""
        return text[self.title_start : self.title_end].replace("\n", "").strip()

    def printed_number(self, text: str) -> str:
        """The number as the text prints it."""
        return text[self.start : self.start + len(self.number)]


def numbered_headings(text: str, paragraph: Span, last: Mapping[int, int]) -> list[Heading]:
    """The headings of one paragraph, in order of place.

    ``last`` is the number that each rank had last before it.
    """
    first = heading_number(text, paragraph.start)
    front = [(paragraph.start, first)] if first else []
    if front and _is_row(paragraph.of(text)):
        return []
    starts = front + _inside(text, paragraph, front, last)
    if not starts:
        return []
    limits = [start for start, _ in starts[1:]] + [paragraph.end]
    found = (_measured(text, start, number, limit) for (start, number), limit in zip(starts, limits, strict=True))
    return [heading for heading in found if heading is not None]


def ordinal_heading(text: str, paragraph: Span) -> Heading | None:
    """``第一，`` and a title that is a paragraph of its own, or ``None``."""
    number = ordinal_number(text, paragraph.start)
    heading = _measured(text, paragraph.start, number, paragraph.end) if number else None
    return heading if heading and heading.end == paragraph.end else None


def _is_row(line: str) -> bool:
    return "|" in line or is_table_row(line)


# --- inside a paragraph -------------------------------------------------------------------------------------------


def _inside(text: str, paragraph: Span, front: list[_Start], counted: Mapping[int, int]) -> list[_Start]:
    """Heading numbers inside a paragraph: in sequence, after a full stop or straight after a higher heading's title."""
    if len(paragraph) < _SHORTEST:
        return []
    found: list[_Start] = []
    last = dict(counted)
    for _, fronting in front:
        last = _counted(last, fronting)
    for match in _INSIDE.finditer(text, paragraph.start + 1, paragraph.end):
        at = match.start()
        number = heading_number(text, at)
        if number is None or not _may_begin(text, at, number):
            continue
        if number.rank > HAN_PAREN and not found:
            continue  # 1. inside a paragraph counts where line ends are known to be missing
        before = next(reversed(found or front), None)
        due = number.value == last.get(number.rank, 0) + 1 and _follows(text, at, number, before)
        if due or _opens(text, at, number, before, paragraph.end):
            found.append((at, number))
            last = _counted(last, number)
    return found


def _counted(last: Mapping[int, int], number: HeadingNumber) -> dict[int, int]:
    """The last number of each rank once ``number`` is counted: those of lower ranks begin again."""
    return {**{rank: value for rank, value in last.items() if rank < number.rank}, number.rank: number.value}


def _may_begin(text: str, at: int, number: HeadingNumber) -> bool:
    """Whether what stands around a number leaves room for a heading: 第（一）项, “（一） and 1、2、 do not."""
    if number.rank not in (HAN_RANK, HAN_PAREN, ARABIC):
        return False
    after = at + len(number.text)
    pair = number.rank == HAN_RANK and text.startswith(han_numeral(number.value + 1), after)  # 二、三产业
    return text[at - 1] not in "第“《（(、，," and not pair and not heading_words("clause").match(text, after)


def _follows(text: str, at: int, number: HeadingNumber, before: _Start | None) -> bool:
    """Whether the next of a sequence begins here: after a full stop, or after a title that nothing separates from it."""
    if number.value == 1:
        return False
    if _stopped(text, at):
        return True
    title = _title_before(text, at, before)
    return before is not None and before[1].rank == number.rank and len(title) >= 4 and title[-1] not in "：:；;和与及"


def _opens(text: str, at: int, number: HeadingNumber, before: _Start | None, end: int) -> bool:
    """Whether the first of a sequence begins here: in a higher heading's title, or before its second in the same paragraph."""
    if number.value != 1:
        return False
    title = _title_before(text, at, before)
    if before is not None and number.rank > before[1].rank and title and title[-1] not in "：:":
        return True
    return (_stopped(text, at) or text[at - 1] in "：:") and _goes_on(text, number, at, end)


def _title_before(text: str, at: int, before: _Start | None) -> str:
    """What stands between the heading number before and this place, if it may be a title and nothing else."""
    if before is None:
        return ""
    start = before[0] + len(before[1].text)
    title = text[start:at].strip()
    short = at - before[0] <= _LONGEST_RUN and re.search("[；;]", title) is None and STOP.search(text, start, at) is None
    return title if short else ""


def _stopped(text: str, at: int) -> bool:
    """Whether a sentence ends right before this place."""
    while at and text[at - 1] == " ":
        at -= 1
    return at > 0 and text[at - 1] in SENTENCE_END + "”"


def _goes_on(text: str, number: HeadingNumber, at: int, end: int) -> bool:
    """Whether the second of a sequence follows after a full stop in the same paragraph."""
    second = number.text.replace("一", "二").replace("1", "2")
    follows = text.find(second, at, min(end, at + _SEQUENCE_AHEAD))
    return follows > 0 and _stopped(text, follows)


# --- where a title ends -------------------------------------------------------------------------------------------


def _measured(text: str, start: int, number: HeadingNumber, limit: int) -> Heading | None:
    """The heading that begins at ``start``: where its title ends, or ``None`` if it has no title."""
    title_start = start + len(number.text)
    while title_start < limit and text[title_start] in " ：:、":
        title_start += 1
    if title_start >= limit or _names_a_clause(text, title_start, number):
        return None
    title_end, end = _title_end(text, title_start, limit)
    title_end = title_start + len(text[title_start:title_end].rstrip("：:；; \n"))
    if title_end - title_start > _LONGEST_TITLE:
        title_end = end = _end_at_colon(text, title_start, title_end)
    if title_end <= title_start:
        return None
    return Heading(start, title_start, title_end, end, number.text, number.rank, number.value)


def _names_a_clause(text: str, at: int, number: HeadingNumber) -> bool:
    """Whether a number is the end of 第二十条第（一）项、, carried to a new line."""
    clause = heading_words("clause").match(text, at)
    return clause is not None and number.rank == HAN_PAREN and text[clause.end() : clause.end() + 1] in ("、", "，", "）")


def _title_end(text: str, start: int, limit: int) -> tuple[int, int]:
    """Where a title ends and where its heading does, marks included."""
    title_end = end = limit
    mark = next(_outside_quotations(text, start, limit), None)
    if mark:
        title_end, end = mark.start(), mark.end()
        while end < limit and text[end] in "”’）)】 ":
            end += 1
    cut = _dropped_line_end(text, start, title_end)
    return (title_end, end) if cut is None else (cut, cut)


def _outside_quotations(text: str, start: int, limit: int) -> Iterator[re.Match[str]]:
    """The marks that stop a sentence, but for those inside “” and 《》 (坚持“出发！”的号召)."""
    for mark in STOP.finditer(text, start, min(limit, start + 2 * _LONGEST_TITLE)):
        before = text[start : mark.start()]
        if before.count("“") <= before.count("”") and before.count("《") <= before.count("》"):
            yield mark


def _dropped_line_end(text: str, start: int, end: int) -> int | None:
    """Where a title runs into its text without any mark, or ``None``."""
    return next((cut for cut in _cuts(text, start, end) if cut is not None), None)


def _cuts(text: str, start: int, end: int) -> Iterator[int | None]:
    """Before ``2022年，``, ``一是`` with a ``二是`` later, words that begin a text; at a space that a sentence follows."""
    year = _YEAR_BEGINS.search(text, start, end)
    if year and year.start() - start <= _SHORT and not re.search("[，,；：]", text[start : year.start()]):
        yield year.start()
    first = text.find("一是", start + 4, end)
    if first > 0 and text[first - 1] not in "，；、" and "二是" in text[first : first + 1500]:
        yield first
    opening = heading_words("opening").search(text, start + 4, end)
    if opening and "，" not in text[start : opening.start()] and end - opening.start() > _SHORT:
        yield opening.start()
    space = text.find(" ", start + 4, end)
    if space > 0 and "，" in text[space:end] and end - space > 30 and re.match(f"[{HAN}\\d“]", text[space + 1]):
        yield space


def _end_at_colon(text: str, start: int, end: int) -> int:
    """Where a title ends that introduces a long sentence (经济发展方面：…); ``start`` where there is none."""
    colon = re.compile("[：:]").search(text, start, min(end, start + 40))
    return colon.start() if colon and "，" not in text[start : colon.start()] else start
