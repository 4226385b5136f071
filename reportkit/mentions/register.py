"""Names → the register: variants joined, and for each mechanism what the report says of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportkit.functions.rules import Judgement, judge_sentences
from reportkit.mentions.details import actors_in, cadence_in, channels_in, does_after, does_before
from reportkit.mentions.names import read_nouns
from reportkit.mentions.quotations import Name, read_quotations
from reportkit.metrics import Metric, find_metrics
from reportkit.report import Report, Sentence, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Mechanism", "extract_mechanisms", "extract_quotations", "find_mechanisms"]

_FAMILY = {"制度": "机制", "程序": "机制", "做法": "", "模式": "模式"}
_TOTAL = re.compile(r"(?:截至|目前|全年|年内|今年|\d{4}年|共|累计|先后|现已|已)")
_FAR = 300  # characters beyond which a figure or an actor is no mechanism's own
_SHARE = 0.6  # of the longer name that an abbreviation must keep
_LEAST = 3  # characters beside the head noun that an abbreviation must keep


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
    figures: tuple[int, ...]
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
        report's words), ``actors``, ``channels`` (lists), ``cadence`` (每半月), ``figures`` (rows of
        :func:`reportkit.extract_metrics`), ``section`` (path of the first mention in a section), ``mentions`` (list of
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

    names, refusals = read_quotations(report.text)
    rows = [(name.core, "mechanism", name.span.start, name.span.start + len(name.core)) for name in names]
    rows += [(refusal.text, refusal.reason, refusal.span.start, refusal.span.end) for refusal in refusals]
    table = pd.DataFrame(rows, columns=["text", "reading", "start", "end"])
    return table.sort_values("start", ignore_index=True)


def find_mechanisms(report: Report) -> list[Mechanism]:
    """The mechanisms of a report, in order of first mention."""
    names = _names(report)
    metrics, _ = find_metrics(report)
    owners = _owners(report, names, metrics)
    judged = judge_sentences(report)
    starts = [name.span.start for name in names]
    found = [_mechanism(report, variants, owners, judged, starts) for variants in _joined(names)]
    return sorted(found, key=lambda mechanism: mechanism.mentions[0])


def _names(report: Report) -> list[Name]:
    """Names in sentences, in reading order; headings only repeat them."""
    quoted, _ = read_quotations(report.text)
    names = sorted([*quoted, *read_nouns(report.text, quoted)], key=lambda name: name.span)
    return [name for name in names if _sentence_at(report, name.span.start) is not None]


def _sentence_at(report: Report, position: int) -> int | None:
    at = bisect_right(report.sentences, position, key=lambda sentence: sentence.span.start) - 1
    return at if at >= 0 and position < report.sentences[at].span.end else None


# --- variants ----------------------------------------------------------------------------------


def _joined(names: Sequence[Name]) -> list[list[Name]]:
    """Names of one thing, each list in reading order."""
    by_text: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        by_text.setdefault((name.text, name.core), []).append(name)
    groups: list[list[Name]] = []
    for same in sorted(by_text.values(), key=lambda same: -len(_plain(same[0].text))):
        name = same[0]
        home = next((group for group in groups if any(_same(name, other) for other in group)), None)
        if home is None:
            groups.append(list(same))
        else:
            home += same
    return [sorted(group, key=lambda name: name.span) for group in groups]


def _same(a: Name, b: Name) -> bool:
    """Whether two names are one thing's: the same quotation, or one abbreviates the other."""
    if a.text == b.text:
        return True
    if a.core == b.core:
        return _family(a) == _family(b) or "做法" in (a.kind, b.kind) or not a.core.startswith("“")
    if _family(a) != _family(b):
        return False
    short, long = sorted((_plain(a.text), _plain(b.text)), key=len)
    head = 2
    alike = short[-head:] == long[-head:] and len(short) - head >= _LEAST and len(short) >= _SHARE * len(long)
    return alike and _subsequence(short, long)


def _family(name: Name) -> str:
    return _FAMILY.get(name.kind, name.kind)


def _plain(text: str) -> str:
    return re.sub("[“”的、]", "", text)


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


# --- figures -----------------------------------------------------------------------------------


def _owners(report: Report, names: Sequence[Name], metrics: Sequence[Metric]) -> dict[Span, list[int]]:
    """The figures (rows of the metrics table) of each mention."""
    owners: dict[Span, list[int]] = {}
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        at = _sentence_at(report, name.span.start)
        if at is not None:
            by_sentence.setdefault(at, []).append(name)
    for row, metric in enumerate(metrics):
        at = _sentence_at(report, metric.span.start)
        if at is None:
            continue
        own = by_sentence.get(at, [])
        for name in _nearest(report.text, own, metric) if own else _totalled(report, by_sentence, at):
            owners.setdefault(name.span, []).append(row)
    return owners


def _nearest(text: str, names: Sequence[Name], metric: Metric) -> list[Name]:
    """The mechanism of a figure's clause, else the last before it, else the first after it; none across a semicolon."""
    first = bisect_left(names, metric.span.start - _FAR, key=lambda name: name.span.start)
    last = bisect_right(names, metric.span.start + _FAR, key=lambda name: name.span.start)
    near = [name for name in names[first:last] if "；" not in _between(text, name.span, metric.span)]
    inside = [name for name in near if name.span.start <= metric.span.start < name.span.end]
    clause = [name for name in near if "，" not in _between(text, name.span, metric.span)]
    before = [name for name in near if name.span.end <= metric.span.start]
    return (inside or clause[:1] or before[-1:] or near)[:1]


def _between(text: str, a: Span, b: Span) -> str:
    return text[min(a.end, b.end) : max(a.start, b.start)]


def _totalled(report: Report, by_sentence: dict[int, list[Name]], at: int) -> list[Name]:
    """The mechanisms of the sentence before, if this one opens with a total or a time in the same section."""
    if at == 0 or not _TOTAL.match(report.sentences[at].text):
        return []
    before = report.sentences[at - 1]
    return by_sentence.get(at - 1, []) if before.section_id == report.sentences[at].section_id else []


# --- what is said of one -----------------------------------------------------------------------


def _mechanism(
    report: Report,
    group: Sequence[Name],
    owners: dict[Span, list[int]],
    judged: Sequence[Judgement],
    starts: Sequence[int],
) -> Mechanism:
    text = report.text
    places = [at for name in group if (at := _sentence_at(report, name.span.start)) is not None]
    sentences = [report.sentences[at] for at in places]
    full = max(group, key=lambda name: (name.text.startswith("“"), len(_plain(name.text))))
    called = full.core if full.kind == "队伍" and not full.core.startswith("“") else full.text
    told = [does for name, sentence in zip(group, sentences, strict=True) if (does := _does(text, name, sentence, starts))]
    own_words = [_own_words(text, name, sentence) for name, sentence in zip(group, sentences, strict=True)]
    cadence = next((found for words in own_words if (found := cadence_in(words))), None)
    rows = sorted({row for name in group for row in owners.get(name.span, [])})
    sections = [sentence.section for sentence in sentences if sentence.section]
    planned = all(judged[at].function == "plan" for at in places)
    return Mechanism(
        name=called,
        variants=tuple(dict.fromkeys(name.text for name in group if name.text != called)),
        kind=full.kind,
        does=max(told, key=len) if told else None,
        actors=tuple(dict.fromkeys(actor for words in own_words for actor in actors_in(words))),
        channels=tuple(dict.fromkeys(channel for words in own_words for channel in channels_in(words))),
        cadence=cadence,
        figures=tuple(rows),
        section=sections[0] if sections else "",
        mentions=tuple(name.span for name in group),
        status="planned" if planned else "reported",
    )


def _does(text: str, name: Name, sentence: Sentence, starts: Sequence[int]) -> str | None:
    """What a sentence says that a mechanism does: up to the next name, else after the last name of the sentence."""
    first = max(sentence.span.start, name.span.start - _FAR)
    end = min(sentence.span.end, name.span.end + 2 * _FAR)
    if "》" in text[name.span.end : name.span.end + 8] and text.rfind("《", first, name.span.start) >= 0:
        return None  # only the title of a document
    put = does_before(text[first : name.span.start])
    if put:
        return put
    at = bisect_right(starts, name.span.start)
    stop = starts[at] if at < len(starts) and starts[at] < end else end
    own = text[name.span.end : stop]
    if stop < end:
        own = own[: max(own.rfind("，"), own.rfind("；"), 0)]
    told = does_after(own)
    if told or stop == end:
        return told
    last = starts[bisect_right(starts, end - 1) - 1]
    return None if "；" in text[name.span.end : last] else does_after(text[last:end].partition("，")[2])


def _own_words(text: str, name: Name, sentence: Sentence) -> str:
    """The words that speak of a mention: its clause, and what follows up to a semicolon."""
    first = max(sentence.span.start, name.span.start - _FAR)
    start = max(text.rfind(mark, first, name.span.start) for mark in "；。") + 1
    last = min(sentence.span.end, name.span.end + _FAR)
    end = text.find("；", name.span.end, last)
    return text[max(start, first) : end if end >= 0 else last]
