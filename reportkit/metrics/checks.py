"""Arithmetic that the report itself allows: does what it says of one thing agree with what it says of another?

Nothing is corrected.  ``holds`` and ``fails`` speak of the numbers as printed, with room for their rounding;
``not_assessable`` says that the report leaves out what the check would need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportkit.metrics.table import Metric, find_metrics
from reportkit.metrics.units import unit_class
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_metrics"]

_Check = tuple[str, str, str, Metric, Metric]
_INDICATOR = re.compile("(?:率|总额|总值|增加值|产值|总量|总数|收入|支出|指数|比重|占比|浓度|投资额?)$")
_RISES = re.compile("的?(?:提高|提升|上升|扩大|升|增)")
_FALLS = re.compile("的?(?:下降|缩短|压缩|回落|降|减)")


def check_metrics(report: Report) -> pd.DataFrame:
    """Check the figures of a report against each other.

    Returns
    -------
    DataFrame
        One row a check: ``check`` (``parts`` of 其中 against their whole, ``from_to`` against the change stated, ``shares``
        that should sum to 100, ``percentage_points`` where a difference of rates is given in %, ``stated_twice``), ``verdict``
        (``holds``, ``fails``, ``not_assessable``), ``reason`` in one sentence, and the places of the two figures it is about:
        ``start``, ``end``, ``other_start``, ``other_end``.

    Notes
    -----
    What it gets wrong: parts that overlap (其中 may name examples, not a division) are only checked for being no larger than
    their whole; the same label may name two things, so ``stated_twice`` asks for a look rather than proving a fault.
    """
    import pandas as pd

    metrics, _ = find_metrics(report)
    found = [*_parts(metrics), *_from_to(metrics, report.text), *_shares(metrics), *_points(metrics), *_twice(metrics)]
    rows = [
        (kind, verdict, reason, a.span.start, a.span.end, b.span.start, b.span.end) for kind, verdict, reason, a, b in found
    ]
    columns = ["check", "verdict", "reason", "start", "end", "other_start", "other_end"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "check"], ignore_index=True)


def _parts(metrics: Sequence[Metric]) -> Iterator[_Check]:
    """The parts that 其中 names may not exceed their whole."""
    wholes: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.part_of is not None and metric.kind != "change":
            wholes.setdefault(metric.part_of, []).append(metric)
    by_id = {metric.id: metric for metric in metrics}
    for whole_id, parts in wholes.items():
        whole = by_id[whole_id]
        same = [part for part in parts if part.unit == whole.unit]
        if not same:
            reason = f"{parts[0].text} is a part of {whole.text}, but they are not in the same unit."
            yield "parts", "not_assessable", reason, whole, parts[0]
            continue
        total = sum(part.value for part in same)
        fits = total <= whole.value * (1 + 1e-9) or any(part.bound != "exact" for part in [whole, *same])
        sign = "=" if abs(total - whole.value) < 1e-9 * max(1, whole.value) else "≤" if fits else ">"
        reason = f"{' + '.join(part.text for part in same)} {sign} {whole.text}."
        yield "parts", "holds" if fits else "fails", reason, whole, same[-1]


def _from_to(metrics: Sequence[Metric], text: str) -> Iterator[_Check]:
    """由A提高到B: does the direction fit, and the change that the same sentence states?"""
    for a, b in pairwise(metrics):
        between = text[a.span.end : b.span.start]
        rises = _RISES.match(between) is not None
        leads = (rises or _FALLS.match(between)) and re.search("[到至]$", between)
        if a.sentence != b.sentence or a.unit != b.unit or not leads:
            continue
        if re.match("[、和]", text[b.span.end : b.span.end + 1]) or re.search("[、和]$", text[: a.span.start][-1:]):
            yield "from_to", "not_assessable", f"{a.text} and {b.text} stand in lists whose members are not paired.", a, b
            continue
        changes = (m for m in metrics if m.kind == "change" and m.sentence == b.sentence and m.label == b.label)
        stated = next((m for m in changes if m.span > b.span), None)
        if (b.value > a.value) != rises and a.value != b.value:
            yield "from_to", "fails", f"From {a.text} to {b.text} is no {'rise' if rises else 'fall'}.", a, b
        elif stated is not None:
            yield _against_change(a, b, stated, bool(re.search("年均|平均", text[b.span.end : stated.span.start])))
        else:
            yield "from_to", "holds", f"From {a.text} to {b.text} is a {'rise' if rises else 'fall'}, as stated.", a, b


def _against_change(a: Metric, b: Metric, stated: Metric, yearly: bool) -> _Check:
    if yearly:
        return (
            "from_to",
            "not_assessable",
            f"{stated.text} is a yearly average; the number of years is not stated with it.",
            b,
            stated,
        )
    difference = abs(b.value - a.value)
    if unit_class(stated.unit) == "point" or stated.unit == a.unit:
        expected, tolerance = difference, _rounding(stated) + _rounding(a) + _rounding(b)
    elif unit_class(stated.unit) == "percent" and a.value:
        expected = 100 * difference / a.value
        tolerance = _rounding(stated) + 100 * (_rounding(a) + _rounding(b)) / a.value + 0.05
    else:
        return "from_to", "not_assessable", f"{stated.text} cannot be compared with {a.text} and {b.text}.", b, stated
    verdict = "holds" if abs(expected - stated.value) <= tolerance else "fails"
    return "from_to", verdict, f"From {a.text} to {b.text} is {expected:.4g}; {stated.text} is stated.", b, stated


def _rounding(metric: Metric) -> float:
    """Half a unit of the last digit printed."""
    printed = re.match(r"[\d,]+(\.\d+)?", metric.text)
    decimals = len(printed[1]) - 1 if printed and printed[1] else 0
    number = float(printed[0].replace(",", "")) if printed else 0
    return float(0.5 * 10**-decimals * (metric.value / number if number else 1))


def _shares(metrics: Sequence[Metric]) -> Iterator[_Check]:
    """Ratios of three parts and more (a:b:c) should sum to 100."""
    run: list[Metric] = []
    for metric in [*metrics, None]:
        if (
            metric is not None
            and metric.unit == ""
            and run
            and metric.span.start - run[-1].span.end <= 3
            and metric.sentence == run[-1].sentence
        ):
            run.append(metric)
            continue
        if len(run) >= 3 and all(m.unit == "" for m in run):
            total = sum(m.value for m in run)
            printed = " + ".join(m.text for m in run)
            if 90 <= total <= 110:
                verdict = "holds" if abs(total - 100) <= sum(map(_rounding, run)) + 1e-9 else "fails"
                yield "shares", verdict, f"{printed} = {total:.4g}.", run[0], run[-1]
            else:
                yield "shares", "not_assessable", f"{printed} = {total:.4g}: these are no parts of 100.", run[0], run[-1]
        run = [metric] if metric is not None else []


def _points(metrics: Sequence[Metric]) -> Iterator[_Check]:
    """A rate that rose by so many % after its level was given in %: 个百分点 is meant, or it cannot be told."""
    for a, b in pairwise(metrics):
        same = a.sentence == b.sentence and a.label == b.label
        if same and a.kind == "share" and a.unit == "%" and b.kind == "change" and b.unit == "%":
            which = "points (个百分点) or per cent of the rate? The report does not say"
            reason = f"{a.text} is a rate and {b.text} its change: {which}."
            yield "percentage_points", "not_assessable", reason, a, b


def _twice(metrics: Sequence[Metric]) -> Iterator[_Check]:
    """The same indicator of the same year and scope, stated twice; counts of things done may add up, so they are left alone."""
    seen: dict[tuple[str, ...], Metric] = {}
    for metric in metrics:
        if not _INDICATOR.search(metric.label) or metric.status == "target" or (metric.kind == "change" and not metric.base):
            continue
        key = (metric.label, metric.unit, metric.kind, metric.direction, metric.base, metric.period, metric.scope)
        first = seen.setdefault(key, metric)
        if first.sentence == metric.sentence:
            continue
        if first.value == metric.value:
            yield "stated_twice", "holds", f"{metric.label} is stated twice as {metric.text}.", first, metric
        else:
            yield "stated_twice", "fails", f"{metric.label} is {first.text} here and {metric.text} there.", first, metric
