"""Clean text → outline: the section tree, losing nothing.

Preamble, sections and closing follow each other without a gap and together are the text.  Where the numbers of the headings
do not count as they should, the tree follows the text and a diagnostic says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportkit.language.lines import is_signature_or_date
from reportkit.language.numbering import ARABIC, HAN, HAN_PAREN
from reportkit.report import Diagnostic, Outline, Paragraph, Report, Section, Span
from reportkit.structure.headings import UNNUMBERED, Heading, find_headings, is_appendix, paragraph_spans
from reportkit.structure.titlepage import find_issuer, find_title, find_year

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract_sections", "parse_outline"]

_SALUTATION = re.compile("(?:各位代表|各位委员|同志们|朋友们)[！!，,：:]")
_THE_END = re.compile("(?:特此报告|以上报告|专此报告|谢谢大家|谢谢各位|报告完毕)")
_CONCLUDING = re.compile("总之|新的一年|新征程|面向未来|展望未来|下一步|今后")
_OUTLOOK = re.compile("下一步|计划|安排|打算|问题|不足|展望|思路|任务|要求|建议|目标|其他")


def parse_outline(text: str) -> Outline:
    r"""Find the section tree of a clean text.

    Returns
    -------
    Outline
        ``issuer``, ``title``, ``year``, ``preamble``, ``sections``, ``closing`` and ``diagnostics``.

    Notes
    -----
    What it gets wrong: a stand-alone heading without a number is put on the top level, whatever it stands under; a closing
    paragraph that neither salutes nor concludes, in a report whose sections have several paragraphs, stays in the last section.
    Source of the numbering: GB/T 9704-2012.

    >>> print(parse_outline("某某局\n2023年工作报告\n情况如下：\n一、成效\n（一）执法。共办案3件。\n二、问题\n无。"))
    2023年工作报告 · 某某局 · 2023
    ├─ (preamble) [20 characters]
    ├─ 一、成效 [18 characters]
    │  ├─ （一）执法 [13 characters]
    ├─ 二、问题 [7 characters]
    """
    headings = find_headings(text)
    lines = [span.of(text) for span in paragraph_spans(text)]
    title = find_title(lines)
    closing_start = _closing_start(text, headings)
    first = headings[0].start if headings else closing_start
    ranks = _ranks(headings)
    sections = _build(text, headings, ranks, 0, len(headings), closing_start, 1, "")
    return Outline(
        issuer=find_issuer(lines, title),
        title=title,
        year=find_year(lines, title, [heading.title(text) for heading in headings]),
        preamble=_paragraphs(text, 0, first),
        sections=sections,
        closing=_paragraphs(text, closing_start, len(text)),
        diagnostics=tuple(_diagnose(text, headings, sections)),
        preamble_span=Span(0, first),
        closing_span=Span(closing_start, len(text)),
    )


def extract_sections(report: Report) -> pd.DataFrame:
    """The sections of a report as a table.

    Returns
    -------
    DataFrame
        One row a section, in reading order: ``id`` (what ``section_id`` of other tables names), ``path`` (``"三/（一）"``; two
        sections may have the same), ``level`` (from 1), ``number``, ``title``,
        ``n_chars``, ``n_sentences`` and ``n_numbers`` (runs of digits as printed, figures or not) of the section **with its
        subsections**, ``start``, ``end``.
    """
    import pandas as pd

    rows = []
    starts = [sentence.span.start for sentence in report.sentences]
    for section in report.outline.walk():
        rows.append(
            {
                "id": section.id,
                "path": section.path,
                "level": section.level,
                "number": section.number,
                "title": section.title,
                "n_chars": len(section.span),
                "n_sentences": bisect_left(starts, section.span.end) - bisect_left(starts, section.span.start),
                "n_numbers": len(re.findall(r"\d+(?:[.,]\d+)*", section.span.of(report.text))),
                "start": section.span.start,
                "end": section.span.end,
            }
        )
    columns = ["id", "path", "level", "number", "title", "n_chars", "n_sentences", "n_numbers", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


# --- the tree -----------------------------------------------------------------------------------------------------


def _ranks(headings: Sequence[Heading]) -> list[float]:
    """The rank of each heading: the official order, with two liberties that reports take.

    Some put （一） above 一、.  Some begin again with 一、 below a section and go on with the outer numbers later: 一 二
    [一 二 三] 三; the inner ones rank lower.
    """
    first = {h.rank: (i, h.value) for i, h in reversed(list(enumerate(headings)))}
    swapped = (
        HAN in first and HAN_PAREN in first
        and first[HAN_PAREN][0] < first[HAN][0]
        and first[HAN_PAREN][1] == first[HAN][1] == 1
    )  # fmt: skip
    swap = {HAN: HAN_PAREN, HAN_PAREN: HAN} if swapped else {}
    ranks: list[float] = []
    counts: list[int] = []  # the last number on each level of nested 一、
    run = 0  # 一、 headings between two that stand above them
    last = {}  # where each number of a run stands for the last time
    for i, heading in enumerate(headings):
        run += heading.rank <= UNNUMBERED
        if heading.rank == HAN:
            last[run, heading.value] = i
    run = 0
    for i, heading in enumerate(headings):
        depth = 0
        if heading.rank <= UNNUMBERED:
            counts, run = [], run + 1
        elif heading.rank == HAN:
            goes_on_later = bool(counts) and last.get((run, counts[-1] + 1), -1) > i
            counts = _nested(counts, heading.value, goes_on_later)
            depth = len(counts) - 1
        ranks.append(swap.get(heading.rank, heading.rank) + depth / 10)
    return ranks


def _nested(counts: list[int], value: int, goes_on_later: bool) -> list[int]:
    """The numbers on each level once ``value`` is counted: on, one level in, some levels out, or out of order."""
    if not counts or value == counts[-1] + 1:
        return [*counts[:-1], value]
    if value == 1 and goes_on_later and len(counts) < 5:
        return [*counts, 1]
    for level in range(len(counts) - 2, -1, -1):
        if value == counts[level] + 1:
            return [*counts[:level], value]
    return [*counts[:-1], value]


def _build(
    text: str, headings: Sequence[Heading], ranks: Sequence[float], first: int, last: int, end: int, level: int, path: str
) -> tuple[Section, ...]:
    """The sections of ``headings[first:last]``, which end at ``end``: each takes those of lower rank after it."""
    sections = []
    at = first
    while at < last:
        following = at + 1
        while following < last and ranks[following] > ranks[at]:
            following += 1
        heading = headings[at]
        section_end = headings[following].start if following < last else end
        own_end = headings[at + 1].start if at + 1 < following else section_end
        name = heading.number.strip("、.． ") or heading.title(text)
        own_path = f"{path}/{name}" if path else name
        sections.append(
            Section(
                number=heading.number,
                title=heading.title(text),
                level=level,
                path=own_path,
                id=f"s{at + 1}",
                heading=Span(heading.start, heading.end),
                span=Span(heading.start, section_end),
                paragraphs=_paragraphs(text, heading.end, own_end),
                children=_build(text, headings, ranks, at + 1, following, section_end, level + 1, own_path),
            )
        )
        at = following
    return tuple(sections)


def _paragraphs(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(span.of(text), span) for span in paragraph_spans(text, start, end))


# --- the end ------------------------------------------------------------------------------------------------------


def _closing_start(text: str, headings: Sequence[Heading]) -> int:
    """Where the closing begins: the place of a paragraph after the last section's own, or the end of the text."""
    if not headings:
        return len(text)
    last = headings[-1]
    body = list(paragraph_spans(text, last.end))
    runs_in = last.end < len(text) and text[last.end] != "\n"
    lines = [span.of(text) for span in body]
    at = len(body)
    while at and (is_signature_or_date(lines[at - 1]) or _THE_END.match(lines[at - 1])):
        at -= 1
    own = 1 if body and not is_appendix(last.title(text)) else len(body)
    for i in range(own, at):
        if _SALUTATION.match(lines[i]):
            at = i
            break
    else:
        if runs_in and at > 1 and _one_paragraph_each(text, headings):
            at = 1
        elif at > 1 and at == len(body) and _concludes(lines[at - 1], last.title(text)):
            at -= 1
    return body[at].start if at < len(body) else len(text)


def _concludes(line: str, title: str) -> bool:
    """Whether a last paragraph sums up or looks ahead, in a section that is not itself about what comes."""
    return "让我们" in line or bool(_CONCLUDING.match(line) and not _OUTLOOK.search(title))


def _one_paragraph_each(text: str, headings: Sequence[Heading]) -> bool:
    """Whether every other section with a run-in heading is a single paragraph (and there are some)."""
    others = [
        text[heading.end : following.start].strip("\n")
        for heading, following in pairwise(headings)
        if text[heading.end] != "\n" and heading.rank == headings[-1].rank
    ]
    return len(others) >= 2 and not any("\n" in body for body in others)


# --- doubts -------------------------------------------------------------------------------------------------------


def _diagnose(text: str, headings: Sequence[Heading], sections: Sequence[Section]) -> Iterator[Diagnostic]:
    if not headings:
        yield Diagnostic("no_heading", "No heading was found: the whole text is the preamble.", Span(0, len(text)))
    values = {heading.start: heading for heading in headings}
    yield from _miscounted([values[s.heading.start] for s in sections], sections, values, {})
    yield from _repeated(text)


def _miscounted(
    siblings: Sequence[Heading], sections: Sequence[Section], by_start: dict[int, Heading], running: dict[int, int]
) -> Iterator[Diagnostic]:
    """Numbers of siblings that skip, repeat or go back; ``1.`` may count on across （一）（二）."""
    last: dict[int, tuple[int, str]] = {}
    for heading, section in zip(siblings, sections, strict=True):
        if heading.rank <= UNNUMBERED:
            last = {}
        else:
            previous, printed = last.get(heading.rank, (0, ""))
            counts_on = heading.rank >= ARABIC and not previous and heading.value == running.get(heading.rank, 0) + 1
            if heading.value != previous + 1 and not counts_on:
                yield _number_diagnostic(heading, section, previous, printed)
            last[heading.rank] = heading.value, heading.number
            running[heading.rank] = heading.value
        children = [by_start[child.heading.start] for child in section.children]
        yield from _miscounted(children, section.children, by_start, running)


def _number_diagnostic(heading: Heading, section: Section, previous: int, printed: str) -> Diagnostic:
    where = f"{heading.number}{section.title[:20]}"
    if heading.value == previous:
        return Diagnostic("repeated_number", f"The number {printed} stands twice: again before “{where}”.", section.heading)
    if heading.value < previous:
        return Diagnostic("misordered_number", f"After {printed} the numbers go back: “{where}”.", section.heading)
    gap = f"after {printed}" if printed else "at the beginning"
    return Diagnostic("skipped_number", f"A number is missing {gap}: the next heading is “{where}”.", section.heading)


def _repeated(text: str) -> Iterator[Diagnostic]:
    """Long paragraphs that stand in the text more than once: a file that holds its report twice."""
    seen: set[str] = set()
    again = []
    for span in paragraph_spans(text):
        line = span.of(text)
        if len(line) >= 60:
            if line in seen:
                again.append(span)
            seen.add(line)
    if again:
        share = sum(len(span) for span in again) / len(text)
        message = f"{len(again)} long paragraphs ({share:.0%} of the text) repeat earlier ones word for word."
        yield Diagnostic("repeated_text", message, again[0])
