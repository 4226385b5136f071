"""Arithmetic that the report itself allows: does what it says of one thing agree with what it says of another?

Nothing is corrected.  ``holds`` and ``fails`` speak of the numbers as printed, with room for their rounding;
``not_assessable`` says that the report leaves out what the check would need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from reportkit.language.cuelists import class_pattern
from reportkit.metrics.table import Metric, find_metrics
from reportkit.metrics.units import unit_class
from reportkit.metrics.words import word_at_end, word_class
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_metrics"]

_Check = tuple[str, str, str, Metric, Metric]
_LISTED = ("、", "和")


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
    their whole; the same label may name two things, so ``stated_twice`` never fails: two numbers ask for a look at both places.
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
        if "share" in (whole.kind, parts[0].kind):
            continue  # rates do not add up
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
    for _, group in groupby(metrics, key=lambda metric: (metric.section_id, metric.sentence)):
        sentence = list(group)
        for a, b in pairwise(sentence):
            way = _way(text[a.span.end : b.span.start]) if a.unit == b.unit else ""
            if way:
                yield _one_from_to(a, b, way, sentence, text)


def _way(between: str) -> str:
    """Whether the words between two figures say that the first rose or fell to the second: ``up``, ``down`` or ``""``."""
    said = between.removeprefix("的")
    known = said and word_at_end(said, "reach") == said and said[-1] in "到至"
    return word_class(said[:-1]) if known else ""


def _one_from_to(a: Metric, b: Metric, way: str, sentence: Sequence[Metric], text: str) -> _Check:
    if text.startswith(_LISTED, b.span.end) or text[a.span.start - 1 : a.span.start] in _LISTED:
        return "from_to", "not_assessable", f"{a.text} and {b.text} stand in lists whose members are not paired.", a, b
    word = "rise" if way == "up" else "fall"
    if (b.value > a.value) != (way == "up") and a.value != b.value:
        return "from_to", "fails", f"From {a.text} to {b.text} is no {word}.", a, b
    changes = (m for m in sentence if m.kind == "change" and m.label == b.label and m.span > b.span)
    if (stated := next(changes, None)) is None:
        return "from_to", "holds", f"From {a.text} to {b.text} is a {word}, as stated.", a, b
    return _against_change(
        a, b, stated, bool(class_pattern("check_words", "yearly").search(text, b.span.end, stated.span.start))
    )


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
        if not _names_one_value(metric.label) or metric.status == "target" or (metric.kind == "change" and not metric.base):
            continue
        key = (metric.label, metric.unit, metric.kind, metric.direction, metric.base, metric.period, metric.scope)
        first = seen.setdefault(key, metric)
        if first.sentence == metric.sentence:
            continue
        if first.value == metric.value:
            yield "stated_twice", "holds", f"{metric.label} is stated twice as {metric.text}.", first, metric
        elif _within_bounds(first, metric):
            yield (
                "stated_twice",
                "holds",
                f"{metric.label} is {first.text} here and {metric.text} there, which agree.",
                first,
                metric,
            )
        else:
            reason = (
                f"{metric.label} is {first.text} here and {metric.text} there: one thing, or two? Only their sentences tell."
            )
            yield "stated_twice", "not_assessable", reason, first, metric


def _within_bounds(a: Metric, b: Metric) -> bool:
    """Whether two numbers agree because one of them is only a bound: 10318亿元 and 突破万亿元."""
    low, high = sorted((a, b), key=lambda metric: metric.value)
    return low.bound == "at_least" or high.bound == "at_most"


def _names_one_value(label: str) -> bool:
    """Whether a label names an indicator that has one value a year; 投资 or 收入 alone may be anybody's."""
    found = class_pattern("check_words", "single", at_end=True).search(label)
    return found is not None and found.start() > 0
