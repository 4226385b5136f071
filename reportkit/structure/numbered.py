"""One paragraph → the headings that begin with a number: at its front, and further in where line ends were dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportkit.language.characters import SENTENCE_END
from reportkit.language.lines import is_table_row
from reportkit.language.numbering import ARABIC, HAN_PAREN, HeadingNumber, han_numeral, heading_number, ordinal_number
from reportkit.language.numbering import HAN as HAN_RANK
from reportkit.report import Span
from reportkit.structure.titles import STOP, chapter_ahead, title_span
from reportkit.structure.wording import heading_words

__all__ = ["ANNEX", "CHAPTER", "MINOR", "Heading", "numbered_headings", "ordinal_heading"]

ANNEX, CHAPTER, MINOR = -3, -2, -1  # ranks above 第一部分: an annex; a heading without number that names a chapter; another one
_LONGEST_RUN = 60  # how far a lower heading may begin after a title without a mark
_SHORTEST = 12  # a paragraph that may hold a heading further in
_SEQUENCE_AHEAD = 20_000  # characters in which the second of a sequence must follow the first
_HAN = "[一二三四五六七八九十]"
_INSIDE = re.compile(rf"[（({_HAN[1:-1]}](?:(?<=[（(]){_HAN}{{1,3}}|(?<={_HAN}){_HAN}{{,2}})[、）).．]")
_ANY_INSIDE = re.compile(rf"{_INSIDE.pattern}|(?<![\d.．])\d{{1,2}}[.．、]")
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
    flat = len(starts) > len(front)
    found = (_measured(text, *numbered, limit, flat=flat) for numbered, limit in zip(starts, limits, strict=True))
    return [heading for heading in found if heading is not None]


def ordinal_heading(text: str, paragraph: Span) -> Heading | None:
    """``第一，`` and a title that is a paragraph of its own, or ``None``."""
    number = ordinal_number(text, paragraph.start)
    heading = _measured(text, paragraph.start, number, paragraph.end) if number else None
    return heading if heading and heading.end == paragraph.end else None


def _measured(text: str, start: int, number: HeadingNumber, limit: int, *, flat: bool = False) -> Heading | None:
    """The heading that begins at ``start`` and ends at ``limit`` at the latest, or ``None`` if it has no title."""
    title_start = start + len(number.text)
    while title_start < limit and text[title_start] in " ：:、":
        title_start += 1
    if _names_a_clause(text, start, number):
        return None
    span = title_span(text, title_start, limit, flat=flat, chapter=flat and number.rank <= HAN_RANK)
    return Heading(start, title_start, *span, number.text, number.rank, number.value) if span else None


def _names_a_clause(text: str, at: int, number: HeadingNumber) -> bool:
    """Whether a number is that of a law's clause: 第（一）项、第（二）项规定."""
    return number.rank == HAN_PAREN and heading_words("clause").match(text, at + len(number.text)) is not None


def _is_row(line: str) -> bool:
    return "|" in line or is_table_row(line)


# --- inside a paragraph -------------------------------------------------------------------------------------------


def _inside(text: str, paragraph: Span, front: list[_Start], counted: Mapping[int, int]) -> list[_Start]:
    """Heading numbers inside a paragraph: in sequence, after a full stop or straight after a higher heading's title."""
    if len(paragraph) < _SHORTEST:
        return []
    last = dict(counted)
    for _, fronting in front:
        last = _counted(last, fronting)
    found = _in_sequence(text, paragraph, front, last, _INSIDE)
    # 1. inside a paragraph counts where line ends are known to be missing
    return _in_sequence(text, paragraph, front, last, _ANY_INSIDE) if found else []


def _in_sequence(
    text: str, paragraph: Span, front: list[_Start], last: Mapping[int, int], numbers: re.Pattern[str]
) -> list[_Start]:
    """The heading numbers that go on from ``last``, or begin a sequence; ``numbers``: what to look at."""
    found: list[_Start] = []
    for match in numbers.finditer(text, paragraph.start + 1, paragraph.end):
        at = match.start()
        number = heading_number(text, at)
        if number is None or not _may_begin(text, at, number):
            continue
        if number.rank > HAN_PAREN and not found:
            continue
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
    return text[at - 1] not in "第“《（(、，," and not pair and not _names_a_clause(text, at, number)


def _follows(text: str, at: int, number: HeadingNumber, before: _Start | None) -> bool:
    """Whether the next of a sequence begins here: after a full stop, or after a title that nothing separates from it."""
    if number.value == 1:
        return False
    if _stopped(text, at) or text[at - 1] == " " or _announces(text, at, number):
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
    begins = _stopped(text, at) or text[at - 1] in "：: "
    return begins and (_announces(text, at, number) or _goes_on(text, number, at, end))


def _announces(text: str, at: int, number: HeadingNumber) -> bool:
    """Whether a number of the style 一、 is followed by what a chapter is called: 三、存在的主要问题."""
    after = at + len(number.text)
    return number.rank == HAN_RANK and chapter_ahead(text, after, len(text)) is not None


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
