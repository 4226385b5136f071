"""Report → the table of its figures, and the list of numbers that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportkit.display import readable
from reportkit.metrics.context import Context, context_reader
from reportkit.metrics.figures import Reject, Value, find_values
from reportkit.metrics.leads import Statement
from reportkit.metrics.rejects import Zones, find_zones
from reportkit.metrics.statements import read_statements
from reportkit.metrics.tokens import Token, tokens_of
from reportkit.report import Report, Sentence, Span, once

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Metric", "extract_metrics", "extract_rejected", "find_metrics"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that a report states: its place and all that the table of :func:`extract_metrics` says of it."""

    id: str
    span: Span
    text: str
    label: str
    value: float
    unit: str
    kind: str
    direction: str
    base: str
    bound: str
    status: str
    period: str
    year: int | None
    horizon: str
    scope: str
    part_of: str | None
    how: str
    section: str
    section_id: str
    sentence: str


_FIELDS = [
    "id", "text", "label", "value", "unit", "kind", "direction", "base", "bound", "status", "period", "year", "horizon",
    "scope", "part_of", "how", "section", "section_id", "sentence",
]  # fmt: skip


def extract_metrics(report: Report) -> pd.DataFrame:
    """Every figure that a report states, with what it means and where it stands.

    Returns
    -------
    DataFrame
        One row a figure, in reading order. ``id`` (``"m1"``, the same each time one text is read); ``text`` as printed;
        ``label`` in the report's own words; ``value`` in base units (万 and 亿 folded in; 7.1% is 7.1); ``unit``; ``kind``
        ``level``, ``share`` or ``change``; ``direction`` ``up``, ``down``, ``flat`` or ``none``; ``base`` of a change (同比);
        ``bound`` ``exact``, ``at_least``, ``at_most`` or ``approx``; ``status`` ``reported`` or ``target``; ``period`` as the
        sentence, the section or the report gives it, ``year`` the year meant (``<NA>`` where it cannot be told) and
        ``horizon`` ``annual``, ``plan`` (a five-year plan), ``term`` (several years) or ``none``; ``scope`` the area named,
        else the issuer; ``part_of`` the id of the whole that 其中 makes this a part of; ``how`` the name of the pattern that
        read it (:data:`reportkit.metrics.patterns.PATTERNS`; ``nearest`` is a last resort); ``section`` (path), ``section_id``,
        ``sentence``, ``start``, ``end``.

    Notes
    -----
    What it gets wrong: a label that is spread over several sentences; a subject that only the context names; Chinese
    numerals below a hundred before a classifier of things that are spoken of (五项, 三个) are left out.
    """
    import pandas as pd

    metrics, _ = find_metrics(report)
    columns: dict[str, Any] = {name: [getattr(metric, name) for metric in metrics] for name in _FIELDS}
    columns["value"] = pd.array(columns["value"], dtype="float64")
    columns["year"] = pd.array(columns["year"], dtype="Int64")
    columns["start"] = [metric.span.start for metric in metrics]
    columns["end"] = [metric.span.end for metric in metrics]
    return readable(pd.DataFrame(columns))


def extract_rejected(report: Report) -> pd.DataFrame:
    """Every number of a report that is no figure, and why.

    Returns
    -------
    DataFrame
        One row a run of digits, in reading order: ``text``, ``reason`` (``title``, ``name``, ``date``, ``document_number``,
        ``numbering``, ``ordinal``, ``hotline``, ``contact``, ``table_cell``, ``no_unit``), ``start``, ``end``.  Together with
        the table of :func:`extract_metrics` it accounts for every run of digits.
    """
    import pandas as pd

    _, rejects = find_metrics(report)
    rows = [(r.text, r.reason, r.span.start, r.span.end) for r in rejects]
    return pd.DataFrame(rows, columns=["text", "reason", "start", "end"])


@once
def find_metrics(report: Report) -> tuple[Sequence[Metric], Sequence[Reject]]:
    """The figures of a report and the numbers that are none, both in reading order."""
    text = report.simplified
    zones = find_zones(text, report.outline)
    context = context_reader(report)
    metrics: list[Metric] = []
    rejects: list[Reject] = []
    for sentence in _units(report):
        values, refused = find_values(text, sentence.span, zones)
        rejects += refused
        for span, part in _parts(sentence.span, values):
            metrics += _metrics(report, sentence, span, part, len(metrics), context)
    covered = [(metric.span.start, metric.span.end) for metric in metrics]
    rejects += _left_over(text, zones, covered, rejects)
    return metrics, sorted(rejects, key=lambda reject: reject.span)


def _units(report: Report) -> list[Sentence]:
    """Sentences and headings, in reading order."""
    headings = [
        Sentence(section.heading.of(report.text), section.heading, section.path, section.id)
        for section in report.outline.walk()
    ]
    return sorted([*report.sentences, *headings], key=lambda unit: unit.span)


def _parts(span: Span, values: Sequence[Value]) -> Iterator[tuple[Span, Sequence[Value]]]:
    """A sentence and its values; of a text that never ends a sentence, some at a time, so that time stays linear."""
    for i in range(0, len(values), _AT_ONCE):
        end = values[i + _AT_ONCE].start if i + _AT_ONCE < len(values) else span.end
        yield Span(values[i - 1].end if i else span.start, end), values[i : i + _AT_ONCE]


_AT_ONCE = 60  # values; real sentences have fewer


def _metrics(
    report: Report,
    sentence: Sentence,
    span: Span,
    values: Sequence[Value],
    n: int,
    contexts: Callable[[Sentence, Sequence[Token]], list[Context]],
) -> Iterator[Metric]:
    """The figures of a sentence, or of a part of it, the first of which is the report's figure number ``n + 1``."""
    tokens = tokens_of(report.simplified, span, values)
    around = {value.start: context for value, context in zip(values, contexts(sentence, tokens), strict=True)}
    at = values[0].start
    for i, said in enumerate(read_statements(tokens)):
        at = said.figure.start if said.figure.start in around else at
        yield _metric(report, sentence, span, said, around[at], (n + i + 1, n))


def _metric(
    report: Report, sentence: Sentence, span: Span, said: Statement, around: Context, numbers: tuple[int, int]
) -> Metric:
    number, before = numbers
    figure = said.figure
    return Metric(
        id=f"m{number}",
        span=Span(figure.start, figure.end),
        text=report.text[figure.start : figure.end],
        label=_as_printed(report, span, said.label),
        value=figure.value,
        unit=_as_printed(report, span, figure.unit),
        kind=said.kind,
        direction=said.direction,
        base=_as_printed(report, span, said.base),
        bound=said.bound,
        status=around.status,
        period=around.period,
        year=around.year,
        horizon=around.horizon,
        scope=around.scope,
        part_of=None if said.whole is None else f"m{before + said.whole + 1}",
        how=said.how,
        section=sentence.section,
        section_id=sentence.section_id,
        sentence=sentence.text,
    )


def _as_printed(report: Report, span: Span, words: str) -> str:
    """Words of a passage in the script that the report is printed in."""
    if report.text is report.simplified or not words:
        return words
    read, printed = span.of(report.simplified), span.of(report.text)
    at = read.find(words)
    if at >= 0:
        return printed[at : at + len(words)]
    pairs = dict(zip(read, printed, strict=True))
    return "".join(pairs.get(char, char) for char in words)


def _left_over(text: str, zones: Zones, covered: Sequence[tuple[int, int]], known: Sequence[Reject]) -> Iterator[Reject]:
    """Digit runs outside all sentences (title page, table rows) or inside a figure's neighbours."""
    taken = sorted([*covered, *((reject.span.start, reject.span.end) for reject in known)])
    at = 0
    for run in re.finditer(r"\d\d*(?:[.,]\d+)*", text):
        while at < len(taken) and taken[at][1] <= run.start():
            at += 1
        if at < len(taken) and taken[at][0] < run.end():
            continue
        yield Reject(Span(*run.span()), run[0], zones.reason(run.start()) or "no_unit")
