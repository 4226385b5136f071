"""Figures → the mechanisms that they belong to: of the clause, else the last named before, else those a total sums up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reportkit.mentions.quotations import Name
from reportkit.mentions.words import mention_cues
from reportkit.metrics import Metric
from reportkit.report import Report, Span

__all__ = ["Figure", "figures_of", "sentence_at"]

Figure = tuple[int, Metric]  # a figure and its row in the metrics table

_FAR = 300  # characters beyond which a figure is no mechanism's own
_BEFORE = 100  # mechanisms of the sentence before that a total may sum up


def sentence_at(report: Report, position: int) -> int | None:
    """The number of the sentence in which a character stands, ``None`` for headings."""
    at = bisect_right(report.sentences, position, key=lambda sentence: sentence.span.start) - 1
    return at if at >= 0 and position < report.sentences[at].span.end else None


def figures_of(report: Report, names: Sequence[Name], metrics: Sequence[Metric]) -> dict[Span, list[Figure]]:
    """The figures of each mention, in reading order."""
    owned: dict[Span, list[Figure]] = {}
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        at = sentence_at(report, name.span.start)
        if at is not None:
            by_sentence.setdefault(at, []).append(name)
    for row, metric in enumerate(metrics):
        at = sentence_at(report, metric.span.start)
        if at is None:
            continue
        own = by_sentence.get(at, [])
        for name in _nearest(report.simplified, own, metric) if own else _totalled(report, by_sentence, at):
            owned.setdefault(name.span, []).append((row, metric))
    return owned


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
    sentence = report.sentences[at]
    if at == 0 or not mention_cues("total").match(report.simplified, sentence.span.start, sentence.span.end):
        return []
    before = report.sentences[at - 1]
    return by_sentence.get(at - 1, [])[-_BEFORE:] if before.section_id == sentence.section_id else []
