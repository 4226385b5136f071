"""Names → the register: variants joined, and for each mechanism what the report says of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportkit.functions.rules import judge_sentences
from reportkit.mentions.details import actors_in, cadence_in, channels_in, does_after, does_before
from reportkit.mentions.names import read_nouns
from reportkit.mentions.owners import Figure, figures_of, sentence_at
from reportkit.mentions.quotations import Name, Refusal, read_quotations
from reportkit.mentions.variants import join_names, plain
from reportkit.metrics import find_metrics
from reportkit.report import Report, Sentence, Span, once

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Mechanism", "extract_mechanisms", "extract_quotations", "find_mechanisms"]

_PEOPLE = "队伍"
_FAR = 300  # characters beyond which an actor or a deed is no mechanism's own
_NOTHING = Span(0, 0)  # where nothing is told
_TITLE_END = 8  # characters after a name in which the title that holds it may end


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named mechanism: its fullest name, its other names, and what the report says of it (``None`` where it does not)."""

    name: str
    variants: tuple[str, ...]
    kind: str
    does: str | None
    actors: tuple[str, ...]
    channels: tuple[str, ...]
    cadence: str | None
    figures: tuple[str, ...]
    section: str
    mentions: tuple[Span, ...]
    status: str | None


def extract_mechanisms(report: Report) -> pd.DataFrame:
    """The named mechanisms that a report describes: what it says that the body set up.

    Returns
    -------
    DataFrame
        One row a mechanism, in order of first mention: ``name`` (the fullest), ``variants`` (list of its other names),
        ``kind`` (``机制`` ``模式`` ``制度`` ``平台`` ``系统`` ``活动`` ``行动`` ``服务`` ``队伍`` ``清单`` ``程序``
        ``指标`` ``体系`` ``机构`` ``项目``, or ``做法`` where it is set up but no noun says as what), ``does`` (in the
        report's words), ``actors``, ``channels`` (lists), ``cadence`` (每半月), ``figures`` (ids in the table
        of :func:`reportkit.extract_metrics`), ``section`` (path of the first mention in a section), ``mentions`` (list of
        ``(start, end)``), ``status`` (``reported``, or ``planned`` where every mention is a plan).  What the report does
        not say is ``None``; nothing is guessed: what 2, 4 and N of 2+4+N stand for, least of all.

    Notes
    -----
    Names come from quotation marks and from head nouns (``lexicons/mechanism_heads.tsv``); quotations that are none are in
    :func:`extract_quotations`.  A figure belongs to the mechanism of its clause, else to the one named before it, and one in
    a sentence of totals that follows (共, 累计) to those of the sentence before.  What it gets wrong: a general noun taken for
    a name; a name that ends on no known head noun and has no quotation marks; ``actors`` are all bodies of the sentence.
    """
    import pandas as pd

    columns = [
        "name", "variants", "kind", "does", "actors", "channels", "cadence", "figures", "section", "mentions", "status",
    ]  # fmt: skip
    rows = []
    for m in find_mechanisms(report):
        said = (m.does, list(m.actors) or None, list(m.channels) or None, m.cadence)
        mentions = [(span.start, span.end) for span in m.mentions]
        rows.append((m.name, list(m.variants), m.kind, *said, list(m.figures), m.section, mentions, m.status))
    return pd.DataFrame(rows, columns=columns, dtype=object)  # None stays None


def extract_quotations(report: Report) -> pd.DataFrame:
    """Every quotation of a report, and why it names no mechanism where it does not.

    Returns
    -------
    DataFrame
        One row a quotation, in reading order: ``text``, ``reading`` (``mechanism``, or the reason: ``honour``, ``slogan``,
        ``day``, ``figure``, ``problem``, ``period``, ``office``, ``matter``, ``account``, ``title``, ``unclear``),
        ``start``, ``end``.
    """
    import pandas as pd

    names, refusals = _quotations(report)
    found = [(Span(name.span.start, name.span.start + len(name.core)), "mechanism") for name in names]
    found += [(refusal.span, refusal.reason) for refusal in refusals]
    rows = [(span.of(report.text), reading, span.start, span.end) for span, reading in found]
    table = pd.DataFrame(rows, columns=["text", "reading", "start", "end"])
    return table.sort_values("start", ignore_index=True)


@once
def _quotations(report: Report) -> tuple[list[Name], list[Refusal]]:
    return read_quotations(report.simplified)


def find_mechanisms(report: Report) -> list[Mechanism]:
    """The mechanisms of a report, in order of first mention."""
    places = _names(report)
    names = list(places)
    metrics, _ = find_metrics(report)
    figures = figures_of(report, names, metrics)
    starts = [name.span.start for name in names]
    found = [_mechanism(report, {name: places[name] for name in group}, figures, starts) for group in join_names(names)]
    return sorted(found, key=lambda mechanism: mechanism.mentions[0])


def _names(report: Report) -> dict[Name, int]:
    """Names in sentences, in reading order, each with the number of its sentence; headings only repeat them."""
    quoted, _ = _quotations(report)
    names = sorted([*quoted, *read_nouns(report.simplified, quoted)], key=lambda name: name.span)
    return {name: at for name in names if (at := sentence_at(report, name.span.start)) is not None}


# --- what is said of one -----------------------------------------------------------------------


def _mechanism(report: Report, places: dict[Name, int], figures: dict[Span, list[Figure]], starts: Sequence[int]) -> Mechanism:
    """One mechanism, by its names and the numbers of the sentences that they stand in."""
    judged = judge_sentences(report)
    group = list(places)
    said = [(name, report.sentences[at]) for name, at in places.items()]
    own_words = [_own_words(report, name, sentence) for name, sentence in said]
    own_figures = dict(figure for name in group for figure in figures.get(name.span, []))
    does = max((_does(report, name, sentence, starts) for name, sentence in said), key=len)
    named = _names_of(report, group)
    return Mechanism(
        name=named[0],
        variants=named[1:],
        kind=_fullest(group).kind,
        does=does.of(report.text) or None,
        actors=_found(report, own_words, actors_in),
        channels=_found(report, own_words, channels_in),
        cadence=next(iter(_found(report, own_words, cadence_in)), None),
        figures=tuple(own_figures[row].id for row in sorted(own_figures)),
        section=next((sentence.section for _, sentence in said if sentence.section), ""),
        mentions=tuple(name.span for name in group),
        status="planned" if all(judged[at].function == "plan" for at in places.values()) else "reported",
    )


def _fullest(group: Sequence[Name]) -> Name:
    return max(group, key=lambda name: (name.text.startswith("“"), len(plain(name.text))))


def _names_of(report: Report, group: Sequence[Name]) -> tuple[str, ...]:
    """The name of a group and then its other names, as printed; people are called by their task alone."""
    full = _fullest(group)
    if full.kind == _PEOPLE and not full.core.startswith("“"):
        start = full.span.start + full.text.find(full.core)
        called, shown = full.core, Span(start, start + len(full.core)).of(report.text)
    else:
        called, shown = full.text, full.printed(report.text)
    others: dict[str, str] = {}
    for name in group:
        if name.text != called:
            others.setdefault(name.text, name.printed(report.text))
    return shown, *others.values()


def _found(report: Report, own_words: Sequence[Span], read: Callable[[str], Sequence[Span]]) -> tuple[str, ...]:
    """What a reader of details finds in some words, each once, as printed."""
    found: dict[str, str] = {}
    for words in own_words:
        for place in read(words.of(report.simplified)):
            span = Span(words.start + place.start, words.start + place.end)
            found.setdefault(span.of(report.simplified), span.of(report.text))
    return tuple(found.values())


def _does(report: Report, name: Name, sentence: Sentence, starts: Sequence[int]) -> Span:
    """What a sentence says that a mechanism does: up to the next name, else after the last name of the sentence."""
    text = report.simplified
    first = max(sentence.span.start, name.span.start - _FAR)
    end = min(sentence.span.end, name.span.end + 2 * _FAR)
    if "》" in text[name.span.end : name.span.end + _TITLE_END] and text.rfind("《", first, name.span.start) >= 0:
        return _NOTHING  # only the title of a document
    put = _moved(does_before(text[first : name.span.start]), first)
    if put:
        return put
    at = bisect_right(starts, name.span.start)
    if at == len(starts) or starts[at] >= end:
        return _told(text, name.span.end, end)
    stop = max(text.rfind(mark, name.span.end, starts[at]) for mark in "，；")
    return _told(text, name.span.end, stop) or _told_of_all(text, name, starts[bisect_right(starts, end - 1) - 1], end)


def _told_of_all(text: str, name: Name, last: int, end: int) -> Span:
    """What is told after the last name of a sentence, of all before it in the same part."""
    comma = text.find("，", last, end)
    return _NOTHING if comma < 0 or "；" in text[name.span.end : last] else _told(text, comma + 1, end)


def _told(text: str, start: int, end: int) -> Span:
    return _moved(does_after(text[start : max(start, end)]), start)


def _moved(span: Span | None, by: int) -> Span:
    return Span(by + span.start, by + span.end) if span else _NOTHING


def _own_words(report: Report, name: Name, sentence: Sentence) -> Span:
    """The words that speak of a mention: its clause, and what follows up to a semicolon."""
    text = report.simplified
    first = max(sentence.span.start, name.span.start - _FAR)
    start = max(text.rfind(mark, first, name.span.start) for mark in "；。") + 1
    last = min(sentence.span.end, name.span.end + _FAR)
    end = text.find("；", name.span.end, last)
    return Span(max(start, first), end if end >= 0 else last)
