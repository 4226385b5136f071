"""Clean text → headings, in reading order.

A heading is found where its number is (``一、 > （一） > 1. > （1）``) or, without one, where it stands alone between two
paragraphs.  It ends

* with its paragraph, if it is on a line of its own;
* at its first sentence mark, if text runs on after it (a run-in heading);
* where a lower heading, ``一是`` or a year begins, if someone dropped the line ends.

What looks like a heading and is none: the items of an enumeration, the entries of a glossary, the row labels of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.language.characters import HAN
from reportkit.language.lines import begins_anew, is_signature_or_date, is_table_row
from reportkit.language.numbering import ARABIC, HAN_PAREN, HeadingNumber, heading_number
from reportkit.language.numbering import HAN as HAN_RANK
from reportkit.report import Span

__all__ = ["ANNEX", "UNNUMBERED", "Heading", "find_headings", "is_appendix", "paragraph_spans"]

ANNEX, UNNUMBERED = -2, -1  # ranks above 第一部分 and 一、
_LONGEST_TITLE = 120
_LONGEST_ALONE = 40
_MARK = re.compile("[。！？!?]")
_SENTENCE = re.compile("[。！？；!?;]")
_NUMBERS_ONLY = re.compile(r"[\d.,%/\-— ]+$")
_APPENDIX = re.compile("(?:名词|术语)|^附[件表录]|注释$|^(?:相关)?(?:解释|说明)$")
_YEAR_BEGINS = re.compile(rf"(?<=[{HAN}])\d{{4}}年(?=[，全我]|以来|上半年|末|度[，全我])")
_CLAUSE_OF_A_LAW = "项款条类目种个"
_TOPIC = re.compile("(?:回顾|情况|工作|安排|任务|成效|成绩|问题|目标|概况|打算|计划|思路|总结)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's place in the text: ``start``, title from ``title_start`` to ``title_end``, ``end`` after its mark."""

    start: int
    title_start: int
    title_end: int
    end: int
    number: str
    rank: int
    value: int

    def title(self, text: str) -> str:
        """The title without number and closing mark."""
        return text[self.title_start : self.title_end].strip()


def is_appendix(title: str) -> bool:
    """Whether a stand-alone heading opens a glossary or an annex, whose numbered entries are no sections.

    >>> is_appendix("名词解释"), is_appendix("附件1"), is_appendix("2024年工作安排")
    (True, True, False)
    """
    return bool(_APPENDIX.search(title))


def paragraph_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The paragraphs of clean text: its lines, without the line ends and without empty ones."""
    end = len(text) if end is None else end
    for found in re.compile("[^\n]+").finditer(text, start, end):
        if found[0].strip():
            yield Span(*found.span())


def find_headings(text: str) -> list[Heading]:
    """All headings of a clean text, in reading order."""
    paragraphs = list(paragraph_spans(text))
    lines = [span.of(text) for span in paragraphs]
    numbered: list[list[Heading]] = [_numbered(text, span) for span in paragraphs]
    for i in _table_labels(lines, numbered):
        numbered[i] = []
    for i in _enumerated(lines, numbered):
        numbered[i] = []
    alone = [_standing_alone(text, paragraphs[i]) for i in _alone(lines, numbered)]
    headings = sorted([heading for found in numbered for heading in found] + alone, key=lambda h: h.start)
    return _without_lists(text, headings)


# --- numbered -----------------------------------------------------------------------------------------------------


def _numbered(text: str, paragraph: Span) -> list[Heading]:
    """The headings of one paragraph: that at its front, and those further in where line ends are missing."""
    starts: list[tuple[int, HeadingNumber]] = []
    first = heading_number(text, paragraph.start)
    if first is not None:
        if is_table_row(paragraph.of(text)):
            return []
        starts.append((paragraph.start, first))
    starts += _inside(text, paragraph, starts)
    headings = []
    for i, (start, number) in enumerate(starts):
        limit = starts[i + 1][0] if i + 1 < len(starts) else paragraph.end
        heading = _measured(text, start, number, limit)
        if heading is not None:
            headings.append(heading)
    return headings


def _inside(text: str, paragraph: Span, front: Sequence[tuple[int, HeadingNumber]]) -> list[tuple[int, HeadingNumber]]:
    """Heading numbers inside a paragraph: in sequence, after a full stop or straight after a higher heading's title."""
    if len(paragraph) < 30:
        return []
    found: list[tuple[int, HeadingNumber]] = []
    last = {number.rank: number.value for _, number in front}
    title_from = front[0][0] if front else None
    for match in re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]").finditer(text, paragraph.start + 1, paragraph.end):
        at = match.start()
        number = heading_number(text, at)
        before = text[at - 1]
        if number is None or number.rank not in (HAN_RANK, HAN_PAREN):
            continue
        if before in "第“《（(、，" or text[at + len(number.text) : at + len(number.text) + 1] in _CLAUSE_OF_A_LAW:
            continue
        due = last.get(number.rank, 0) + 1
        in_title = title_from is not None and at - title_from <= 60 and not _SENTENCE.search(text, title_from, at)
        higher = bool(found or front) and number.rank > (found or list(front))[-1][1].rank
        opens = number.value == 1 and (
            (in_title and higher and before not in "：，")
            or (before in "。！？：" and _continues(text, number, at, paragraph.end))
        )
        if opens or (number.value == due and due > 1 and before in "。！？”"):
            found.append((at, number))
            last[number.rank] = number.value
            last = {rank: value for rank, value in last.items() if rank <= number.rank}
            title_from = at
    return found


def _continues(text: str, number: HeadingNumber, at: int, end: int) -> bool:
    """Whether the second of a sequence follows after a full stop in the same paragraph."""
    second = number.text.replace("一", "二")
    follows = text.find(second, at, min(end, at + 20_000))
    return follows > 0 and text[follows - 1] in "。！？”"


def _measured(text: str, start: int, number: HeadingNumber, limit: int) -> Heading | None:
    """The heading that begins at ``start``: where its title ends, or ``None`` if it has no title."""
    title_start = start + len(number.text)
    while title_start < limit and text[title_start] == " ":
        title_start += 1
    if title_start >= limit or (
        text[title_start] in _CLAUSE_OF_A_LAW
        and number.rank == HAN_PAREN
        and text[title_start + 1 : title_start + 2] in "、，）"
    ):
        return None
    mark = _MARK.search(text, title_start, limit)
    title_end, end = (mark.start(), mark.end()) if mark else (limit, limit)
    while end < limit and text[end] in "”’）】":
        end += 1
    cut = _dropped_line_end(text, title_start, title_end)
    if cut is not None:
        title_end = end = cut
    title_end = title_start + len(text[title_start:title_end].rstrip("：:；; \n"))
    if title_end - title_start > _LONGEST_TITLE or title_end == title_start:
        return None
    return Heading(start, title_start, title_end, end, number.text, number.rank, number.value)


def _dropped_line_end(text: str, start: int, end: int) -> int | None:
    """Where a title runs into its text without any mark: before ``2022年，`` or before ``一是`` with a ``二是`` later."""
    year = _YEAR_BEGINS.search(text, start, end)
    if year and year.start() - start <= 20 and not re.search("[，；：]", text[start : year.start()]):
        return year.start()
    first = text.find("一是", start + 4, end)
    if first > 0 and text[first - 1] not in "，；、" and "二是" in text[first : first + 1500]:
        return first
    return None


# --- what is no heading -------------------------------------------------------------------------------------------


def _is_row(line: str) -> bool:
    return bool(is_table_row(line) or _NUMBERS_ONLY.match(line))


def _table_labels(lines: Sequence[str], numbered: Sequence[Sequence[Heading]]) -> Iterator[int]:
    """Row labels of flattened tables: a row before, a row soon after, and nothing but labels between."""
    due = 1  # the next number on the level of 一、
    rows = [_is_row(line) for line in lines]
    for i, found in enumerate(numbered):
        if not found:
            continue
        if _MARK.search(lines[i]) is None and _row_near(lines, rows, i, -1) and _row_near(lines, rows, i, +1):
            next_in_line = found[0].rank == HAN_RANK and found[0].value == due and not (i + 1 < len(rows) and rows[i + 1])
            if not next_in_line:
                yield i
                continue
        if found[0].rank == HAN_RANK:
            due = found[-1].value + 1


def _row_near(lines: Sequence[str], rows: Sequence[bool], i: int, step: int) -> bool:
    for j in range(i + step, i + 5 * step, step):
        if not 0 <= j < len(lines):
            return False
        if rows[j]:
            return True
        if len(lines[j]) > 40 or _MARK.search(lines[j]):
            return False
    return False


def _enumerated(lines: Sequence[str], numbered: Sequence[Sequence[Heading]]) -> Iterator[int]:
    """Items of an enumeration over several lines: they end with ``；``, all but the last."""
    i = 0
    while i < len(lines):
        run = [i] if numbered[i] else []
        while (
            run and run[-1] + 1 < len(lines) and numbered[run[-1] + 1] and numbered[run[-1] + 1][0].rank == numbered[i][0].rank
        ):
            run.append(run[-1] + 1)
        if len(run) >= 2 and sum(lines[j][-1] in "；;" for j in run) * 2 >= len(run):
            yield from run
        i = run[-1] + 1 if run else i + 1


def _without_lists(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Leave out numbered paragraphs that are a list and not sections: below （一）, and inside a glossary.

    A run of ``1.`` is a list if most of its items are no headings: their first sentence is long, or it is all there is.
    """
    kept: list[Heading] = []
    run: list[Heading] = []
    glossary = False
    for heading in [*headings, None]:
        if heading is not None and heading.rank >= ARABIC:
            run.append(heading)
            continue
        if (
            run
            and not glossary
            and 2 * sum(_is_headline(text, item, after) for item, after in zip(run, [*run[1:], heading], strict=True))
            > len(run)
        ):
            kept += run
        run = []
        if heading is not None:
            kept.append(heading)
            if heading.rank <= UNNUMBERED:
                glossary = is_appendix(heading.title(text)) and heading.rank == UNNUMBERED
            elif heading.rank < HAN_PAREN:
                glossary = False
    return kept


def _is_headline(text: str, heading: Heading, following: Heading | None) -> bool:
    """Whether a low heading announces more than itself: a short title, and text (or a lower heading) under it."""
    body = text[heading.end : following.start if following else len(text)].strip()
    return len(heading.title(text)) <= 36 and bool(body) and not re.search("[：:]", heading.title(text))


# --- without a number ---------------------------------------------------------------------------------------------


def _alone(lines: Sequence[str], numbered: Sequence[Sequence[Heading]]) -> Iterator[int]:
    """Short lines without a mark between paragraphs, after the title page."""
    first = next((i for i, line in enumerate(lines) if numbered[i] or _is_text(line)), len(lines))
    titled = any(re.search("报告|总结|公报", line) for line in lines[: max(0, first - 1)])
    page = set(lines[:first])
    if (
        0 < first < len(lines)
        and titled
        and not numbered[first]
        and _TOPIC.search(lines[first - 1])
        and _may_stand_alone(lines[first - 1])
    ):
        yield first - 1
    for i in range(first + 1, len(lines) - 1):
        if numbered[i] or not _may_stand_alone(lines[i]) or lines[i] in page:
            continue
        after_text = lines[i - 1][-1] in "。！？；：…”）" or bool(numbered[i - 1]) or _may_stand_alone(lines[i - 1])
        before_text = bool(numbered[i + 1]) or _is_text(lines[i + 1]) or is_appendix(lines[i])
        if after_text and before_text:
            yield i


def _is_text(line: str) -> bool:
    return bool(_SENTENCE.search(line)) or len(line) > 60 or line[-1] in "：:！"


def _may_stand_alone(line: str) -> bool:
    n_han = len(re.findall(f"[{HAN}]", line))
    return (
        3 <= len(line) <= _LONGEST_ALONE
        and (n_han >= 4 or is_appendix(line))
        and 2 * n_han >= len(line)
        and not _SENTENCE.search(line)
        and line[-1] not in "，、：:的了和与在是对为把将"
        and line[0] not in "，、。；：）”"
        and not re.match(r"\d(?!\d{3}年)|第[\d一二三四五六七八九十百]+条", line)
        and not (begins_anew(line) or is_signature_or_date(line) or _is_row(line))
    )


def _standing_alone(text: str, paragraph: Span) -> Heading:
    end = paragraph.start + len(paragraph.of(text).rstrip())
    rank = ANNEX if re.match("附[件表录]", paragraph.of(text)) else UNNUMBERED
    return Heading(paragraph.start, paragraph.start, end, paragraph.end, "", rank, 0)
