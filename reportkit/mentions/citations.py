"""The documents that a report cites: 《…》, document numbers, and well-known titles without marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from reportkit.functions.clauses import BLANK
from reportkit.language.characters import DASH, HAN
from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.lexicon import lexicon
from reportkit.mentions.taken import Taken
from reportkit.mentions.words import mention_cues, one_of
from reportkit.report import Report, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Citation", "extract_citations", "find_citations"]

# A title may hold other titles and quotations; brackets of any width and the year in them belong to it.
_INNER = r"《(?:[^《》\n]|《[^《》\n]{1,80}》){1,120}》"
_TITLE = re.compile(rf"《((?:[^《》\n]|{_INNER}){{1,160}})》")
# 国办发〔2021〕30号: the year in brackets and the number; the sign of the body stands before them.
_NUMBERED = re.compile(r"(?:〔\d{4}〕|[（\[［]\d{4}[）\]］])\d{1,4}号")
_SIGN = 8  # characters that the sign of a body may have
_YEAR = re.compile(rf"\d{{4}}(?:{DASH}\d{{4}})?")
_TAIL = re.compile(r"(?:[（(][^（()）]*[）)]|\d{4}年?版?|[“”])+$")
_SHORTEST = 4  # characters of a title that is looked for without 《》
_NONE = "none"  # the type of words that only look like a known title


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


@dataclass(frozen=True, slots=True)
class _Mention:
    """A title where it stands: with its marks and without."""

    span: Span
    title: Span
    marked: bool


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
        at = bisect_right(sections, first.start, key=lambda pair: pair[0]) - 1
        closes = report.outline.closing_span.start <= first.start < report.outline.closing_span.end
        path = sections[at][1] if at >= 0 and not closes else ""
        mentions = [(span.start, span.end) for span in citation.mentions]
        named = (citation.title, citation.type, citation.year, citation.issuer, citation.number, citation.marked)
        rows.append((*named, mentions, path, first.start, first.end))
    return pd.DataFrame(rows, columns=columns)


def find_citations(report: Report) -> list[Citation]:
    """The documents that a report cites, in order of first mention."""
    text = report.simplified
    taken = Taken(len(text))
    signed = {number.start: number for number in _numbers(text)}
    found: dict[str, list[_Mention]] = {}
    numbers: dict[str, Span] = {}
    for match in _TITLE.finditer(text):
        inner = Span(match.end(1) - len(match[1].lstrip()), match.start(1) + len(match[1].rstrip()))
        taken.take(Span(*match.span()))
        found.setdefault(inner.of(text), []).append(_Mention(Span(*match.span()), inner, True))
        number = signed.get(match.end() + 1)
        if number and text[match.end()] in "（(":
            numbers.setdefault(inner.of(text), number)
            taken.take(number)
    for span in [*_unmarked(text, list(found), taken), *filter(taken.take, signed.values())]:
        found.setdefault(span.of(text), []).append(_Mention(span, span, False))
    citations = [_citation(report.text, title, mentions, numbers.get(title)) for title, mentions in found.items()]
    return sorted(citations, key=lambda citation: citation.mentions[0])


def _citation(text: str, title: str, mentions: Sequence[_Mention], number: Span | None) -> Citation:
    """One document, by its simplified title; what is shown of it is as printed at its first mention."""
    mentions = sorted(mentions, key=lambda mention: mention.span)
    printed = mentions[0].title.of(text)
    year, issuer = _YEAR.search(title), _issuer().match(title)
    numbered = number.of(text) if number else printed if _is_number(title) else ""
    return Citation(
        title=printed,
        type=_type(title),
        year=year[0] if year else "",
        issuer=printed[: issuer.end()] if issuer else "",
        number=numbered,
        marked=mentions[0].marked,
        mentions=tuple(mention.span for mention in mentions),
    )


def _unmarked(text: str, titles: Sequence[str], taken: Taken) -> Iterator[Span]:
    """Mentions without 《》: titles that are marked elsewhere and well-known ones, the longest first."""
    spans = []
    for match in _known().pattern.finditer(text):
        if _known().entry(match[0])["type"] == _NONE:
            taken.take(Span(*match.span()))
        else:
            spans.append(Span(*match.span()))
    own = [title for title in titles if len(title) >= _SHORTEST]
    if own:
        unmarked = _TITLE.sub(lambda found: BLANK * len(found[0]), text)
        found = AhoCorasick(own, MatchKind.LeftmostLongest).find_matches_as_indexes(unmarked)
        spans += [Span(start, end) for _, start, end in found]
    yield from filter(taken.take, sorted(spans, key=lambda span: (-len(span), span)))


def _numbers(text: str) -> Iterator[Span]:
    """Document numbers, with the sign of the body before them; one without a sign is none.

    >>> text = "根据国办发〔2021〕30号"
    >>> [span.of(text) for span in _numbers(text)]
    ['国办发〔2021〕30号']
    """
    for match in _NUMBERED.finditer(text):
        sign = _sign().search(text, max(0, match.start() - _SIGN), match.start())
        if sign:
            yield Span(sign.start("sign"), match.end())


@cache
def _sign() -> re.Pattern[str]:
    """Up to eight Han characters, after the last word that stands before a sign."""
    before = one_of("before sign")
    return re.compile(f"(?:.*{before})?(?P<sign>(?:(?!{before})[{HAN}])+)$")


def _is_number(title: str) -> bool:
    return any(len(span) == len(title) for span in _numbers(title))


def _type(title: str) -> str:
    """The kind of document that a title names, by how it ends.

    >>> _type("山东省重大行政决策程序规定"), _type("某市公安局法制员工作规定"), _type("法治建设纲要（2021-2025年）")
    ('rule', 'internal rule', 'plan')
    """
    core = _TAIL.sub("", title) or title
    ending = _endings().pattern.search(title) or _endings().pattern.search(core)
    if ending:
        entry = _endings().entry(ending[0])
        issuer = _issuer().match(core)
        inside = entry["inside"] and issuer and mention_cues("own body").search(issuer[0])
        return entry["inside"] if inside else entry["type"]
    if _is_number(title):
        return "document number"
    known = _known().pattern.fullmatch(title)
    return _known().entry(title)["type"] if known else "unknown"


@cache
def _issuer() -> re.Pattern[str]:
    """Who issued a document, at the beginning of its title: a body, else a place."""
    body = f"(?:(?!{one_of('no issuer')})[{HAN}]){{1,24}}{one_of('issuer')}"
    return re.compile(f"(?:{body}|{one_of('party')}?[{HAN}]{{2,8}}?{one_of('place')})(?=.{{2}})")


@cache
def _endings() -> CueList:
    return cue_list(lexicon("citation_types", ("ending", "type", "inside"), ("ending",)), "ending", at_end=True)


@cache
def _known() -> CueList:
    return cue_list(lexicon("known_titles", ("title", "type"), ("title",)), "title")
