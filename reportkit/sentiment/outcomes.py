"""Which way an outcome points: the direction of a changed figure, against the direction that its indicator should take.

What should rise and what should fall is in ``lexicons/desired_direction.tsv``, which anybody may replace; an indicator that is
not there is unknown.  Work done (cases solved, hazards found) is output and has no outcome.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.lexicon import lexicon, read_lexicon
from reportkit.language.script import to_simplified
from reportkit.metrics import Metric, find_metrics
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Directions", "Outcome", "extract_outcomes", "judge_change", "read_directions"]

_FRONT = 4  # characters that may stand before a verb of output: 全市破获
_COLUMNS = ("indicator", "desired", "inference", "basis")
_DESIRED = ("up", "down", "output")
_UNTOLD = {"flat": "it neither rose nor fell"}

Entry = dict[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change means: ``favourable``, ``unfavourable``, ``unknown``, or ``""`` for output; and why, in one clause."""

    metric: Metric
    desired: str
    outcome: str
    reason: str


def extract_outcomes(report: Report, *, desired: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Every change that a report states, and whether it is for the better.

    Parameters
    ----------
    report
        A report that was read.
    desired
        A list of your own in place of ``lexicons/desired_direction.tsv``: TSV with the columns ``indicator``, ``desired``
        (``up``, ``down`` or ``output``), ``inference`` and ``basis``.

    Returns
    -------
    DataFrame
        One row a reported change, in reading order: ``label``, ``text`` (the figure as printed), ``direction``, ``base``,
        ``desired`` (``""`` where the list does not know), ``outcome`` (``favourable``, ``unfavourable``, ``unknown``,
        ``""`` for output), ``reason``, ``section``, ``sentence``, ``start``, ``end``.

    Raises
    ------
    LexiconError
        If the list cannot be read or names another direction.

    Notes
    -----
    Targets are left out: they are no outcome yet.  What it gets wrong: a label that was read wrongly; an indicator whose
    desired direction depends on the place (prices, spending) is ``unknown`` rather than guessed.
    """
    import pandas as pd

    columns = ["label", "text", "direction", "base", "desired", "outcome", "reason", "section", "sentence", "start", "end"]
    metrics, _ = find_metrics(report)
    directions = read_directions(desired)
    rows = []
    for metric in metrics:
        judged = judge_change(metric, directions)
        if judged:
            said = (metric.label, metric.text, metric.direction, metric.base, judged.desired, judged.outcome, judged.reason)
            rows.append((*said, metric.section, metric.sentence, metric.span.start, metric.span.end))
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True, slots=True)
class Directions:
    """A list of desired directions, compiled: ``within`` finds an indicator at every place of a label."""

    indicators: CueList
    within: re.Pattern[str]


def read_directions(path: str | os.PathLike[str] | None = None) -> Directions:
    """The directions of our list, or of yours, which is read anew at each call.

    Raises
    ------
    LexiconError
        If a list cannot be read, an indicator is missing or no cue, or a direction is another than up, down or output.
    """
    if path is None:
        return _ours()
    return _compiled(read_lexicon(path, _COLUMNS, cues=_COLUMNS[:1], allowed={"desired": _DESIRED}, wrong=_fault))


def _fault(entry: Entry) -> str:
    return "" if entry["indicator"] else "indicator is empty; the words by which a label names it were expected"


@cache
def _ours() -> Directions:
    return _compiled(lexicon("desired_direction", _COLUMNS, _COLUMNS[:1]))


def _compiled(entries: Sequence[Entry]) -> Directions:
    indicators = cue_list(entries, "indicator")
    return Directions(indicators, re.compile(f"(?=({indicators.pattern.pattern}))"))


def judge_change(metric: Metric, directions: Directions | None = None) -> Outcome | None:
    """What a reported change means; ``None`` for a figure that is no change, or only a target."""
    if metric.kind != "change" or metric.status != "reported":
        return None
    indicator, entry = _indicator(to_simplified(metric.label), directions or read_directions())
    named = f"{metric.label} {metric.direction}"
    if entry is None:
        return Outcome(metric, "", "unknown", f"{named}: no desired direction is listed for it")
    if entry["desired"] == "output":
        return Outcome(metric, "output", "", f"{named}: {indicator} is work done (output), so no outcome")
    why = f"{indicator} should go {entry['desired']}"
    if entry["inference"]:
        why += f", an inference: {entry['inference']}"
    if metric.direction not in ("up", "down"):
        untold = _UNTOLD.get(metric.direction, "its words do not tell whether it rose or fell")
        return Outcome(metric, entry["desired"], "unknown", f"{named}: {untold}")
    outcome = "favourable" if metric.direction == entry["desired"] else "unfavourable"
    return Outcome(metric, entry["desired"], outcome, f"{named}: {outcome}, as {why}")


def _indicator(label: str, directions: Directions) -> tuple[str, Entry | None]:
    """The indicator of a label: a verb of output at its front counts, else what it ends on (单位国内生产总值|能耗).

    >>> _indicator("单位国内生产总值能耗", read_directions())[0], _indicator("全市破获案件", read_directions())[0]
    ('能耗', '破获')
    """
    found = [(words.start(), words[1]) for words in directions.within.finditer(label)]
    told = [(at, words, directions.indicators.entry(words)) for at, words in found]
    leading = [(words, entry) for at, words, entry in told if entry["desired"] == "output" and at <= _FRONT]
    last = max((at + len(words) for at, words, _ in told), default=0)
    ending = [(words, entry) for at, words, entry in told if at + len(words) == last]
    return max(leading or ending, key=lambda pair: len(pair[0]), default=("", None))
