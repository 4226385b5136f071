"""The documents that a report cites: 《…》, document numbers, and well-known titles without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportkit.language.characters import HAN
from reportkit.language.lexicon import lexicon
from reportkit.report import Report, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Citation", "extract_citations", "find_citations"]

# A title may hold other titles and quotations; brackets of any width and the year in them belong to it.
_TITLE = re.compile(r"《((?:[^《》\n]|《(?:[^《》\n]|《[^《》\n]{1,80}》){1,120}》){1,160})》")
# 国办发〔2021〕30号: the body's sign, the year in brackets, the number.  GB/T 9704-2012, 7.2.5
_NUMBER = re.compile(
    rf"(?:(?!依据|根据|按照|印发|据|照)[{HAN}]){{1,8}}〔(\d{{4}})〕\d{{1,4}}号|(?:(?!依据|根据|按照|印发|据|照)[{HAN}]){{1,8}}[（\[［](\d{{4}})[）\]］]\d{{1,4}}号"
)
_YEAR = re.compile(r"(\d{4}(?:[-—–~至]\d{4})?)(?:年(?:度)?)?")
_TAIL = re.compile(r"(?:[（(][^（()）]*[）)]|\d{4}年?版?|[“”])+$")
_BODIES = "委员会|人民政府|办公厅|办公室|局|厅|机关|国务院|党中央|法院|检察院|管委会|办事处|党委|部(?=关于|令)|委(?=关于|办)"
_ISSUER = re.compile(
    rf"((?:(?!关于|贯彻|推进|加强|履行)[{HAN}]){{1,24}}(?:{_BODIES})|(?:中共|中国共产党)?[{HAN}]{{2,8}}?[省市区县州盟旗])(?=.{{2}})"
)
_BODY = re.compile("局|厅|委|机关|单位|街道|政府|办公室|本[市区县]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: its title without 《》, how it is marked at its first mention, and where it is mentioned."""

    title: str
    type: str
    year: str
    issuer: str
    number: str
    marked: bool
    mentions: tuple[Span, ...]


def extract_citations(report: Report) -> pd.DataFrame:
    """Every document that a report cites, in order of first mention.

    Returns
    -------
    DataFrame
        One row a document: ``title`` (without 《》; a document number where no title is given), ``type`` (``law``,
        ``regulation``, ``rule``, ``internal rule``, ``plan``, ``work programme``, ``opinion``, ``measures``, ``newspaper``
        …, ``unknown``), ``year`` (as in the title, ``2021-2025`` for a period, ``""`` for none), ``issuer`` (``""`` where
        the title names none), ``number`` (国办发〔2021〕30号 where it follows the title), ``marked`` (whether 《》 stand
        around the first mention), ``mentions`` (list of ``(start, end)``), ``section`` (path), ``start``, ``end`` (of the
        first mention).

    Notes
    -----
    A title that other titles hold is part of them.  Titles without 《》 are found where the report marks them elsewhere, or
    where they are in ``lexicons/known_titles.tsv``; others are missed.  What it gets wrong: a book or a film in 《》 is a
    row, too, of type ``unknown``.
    """
    import pandas as pd

    columns = ["title", "type", "year", "issuer", "number", "marked", "mentions", "section", "start", "end"]
    sections = sorted(((section.span.start, section.path) for section in report.outline.walk()), key=lambda pair: pair[0])
    rows = []
    for citation in find_citations(report):
        first = citation.mentions[0]
        inside = first.start < report.outline.closing_span.start
        path = next((path for start, path in reversed(sections) if start <= first.start and inside), "")
        mentions = [(span.start, span.end) for span in citation.mentions]
        named = (citation.title, citation.type, citation.year, citation.issuer, citation.number, citation.marked)
        rows.append((*named, mentions, path, first.start, first.end))
    return pd.DataFrame(rows, columns=columns)


def find_citations(report: Report) -> list[Citation]:
    """The documents that a report cites, in order of first mention."""
    text = report.text
    found: dict[str, list[tuple[Span, bool]]] = {}
    numbers: dict[str, str] = {}
    taken: list[Span] = []
    for match in _TITLE.finditer(text):
        span = Span(*match.span())
        found.setdefault(match[1].strip(), []).append((span, True))
        taken.append(span)
        number = _NUMBER.match(text, match.end() + 1) if text[match.end() : match.end() + 1] in tuple("（(") else None
        if number:
            numbers.setdefault(match[1].strip(), number[0])
            taken.append(Span(*number.span()))
    for title, span in _unmarked(text, list(found), taken):
        found.setdefault(title, []).append((span, False))
    citations = [
        Citation(
            title=title,
            type=_type(title),
            year=year[1] if (year := _YEAR.search(title)) else "",
            issuer=issuer[1] if (issuer := _ISSUER.match(title)) else "",
            number=numbers.get(title, title if _NUMBER.fullmatch(title) else ""),
            marked=sorted(mentions)[0][1],
            mentions=tuple(span for span, _ in sorted(mentions)),
        )
        for title, mentions in found.items()
    ]
    return sorted(citations, key=lambda citation: citation.mentions[0])


def _unmarked(text: str, titles: list[str], taken: list[Span]) -> Iterator[tuple[str, Span]]:
    """Mentions without 《》: titles that are marked elsewhere, well-known ones, and document numbers."""
    known = {entry["title"]: entry["followed_by_not"] for entry in lexicon("known_titles")}
    for title in sorted({*known, *(title for title in titles if len(title) > 3)}, key=lambda title: -len(title)):
        for match in re.finditer(re.escape(title), text):
            span = Span(*match.span())
            barred = known.get(title) and re.match(known[title], text[span.end :])
            if not barred and not any(map(span.overlaps, taken)):
                taken.append(span)
                yield title, span
    for match in _NUMBER.finditer(text):
        span = Span(*match.span())
        if not any(map(span.overlaps, taken)):
            yield match[0], span


def _type(title: str) -> str:
    """The kind of document that a title names, by how it ends.

    >>> _type("山东省重大行政决策程序规定"), _type("某市公安局法制员工作规定"), _type("法治建设纲要（2021-2025年）")
    ('rule', 'internal rule', 'plan')
    """
    core = _TAIL.sub("", title) or title
    if title.endswith(("（草案）", "草案", "征求意见稿）", "（送审稿）")):
        return "draft"
    for ending, kind, inside in _endings():
        if core.endswith(ending):
            issuer = _ISSUER.match(core)
            return inside if inside and issuer and _BODY.search(issuer[1]) else kind
    if _NUMBER.fullmatch(title):
        return "document number"
    return next((entry["type"] for entry in lexicon("known_titles") if entry["title"] == title), "unknown")


@cache
def _endings() -> tuple[tuple[str, str, str], ...]:
    entries = sorted(lexicon("citation_types"), key=lambda entry: -len(entry["ending"]))
    return tuple((entry["ending"], entry["type"], entry["inside"]) for entry in entries)
