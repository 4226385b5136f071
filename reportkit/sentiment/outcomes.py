"""Which way an outcome points: the direction of a changed figure, against the direction that its indicator should take.

What should rise and what should fall is in ``lexicons/desired_direction.tsv``, which anybody may replace; an indicator that is
not there is unknown.  Work done (cases solved, hazards found) is output and has no outcome.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportkit.errors import LexiconError
from reportkit.language.lexicon import lexicon, read_lexicon
from reportkit.metrics import Metric, find_metrics
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Outcome", "extract_outcomes", "judge_change"]

_FRONT = 4  # characters that may stand before a verb of output: 全市破获
_DESIRED = ("up", "down", "output")


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
    rows = []
    for metric in metrics:
        judged = judge_change(metric, desired)
        if judged:
            said = (metric.label, metric.text, metric.direction, metric.base, judged.desired, judged.outcome, judged.reason)
            rows.append((*said, metric.section, metric.sentence, metric.span.start, metric.span.end))
    return pd.DataFrame(rows, columns=columns)


def judge_change(metric: Metric, desired: str | os.PathLike[str] | None = None) -> Outcome | None:
    """What a reported change means; ``None`` for a figure that is no change, or only a target."""
    if metric.kind != "change" or metric.status != "reported":
        return None
    entry = _entry(metric.label, os.fspath(desired) if desired is not None else None)
    named = f"{metric.label} {metric.direction}"
    if entry is None:
        return Outcome(metric, "", "unknown", f"{named}: no desired direction is listed for it")
    if entry["desired"] == "output":
        return Outcome(metric, "output", "", f"{named}: {entry['indicator']} is work done (output), so no outcome")
    why = f"{entry['indicator']} should go {entry['desired']}"
    if entry["inference"]:
        why += f", an inference: {entry['inference']}"
    if metric.direction not in ("up", "down"):
        return Outcome(metric, entry["desired"], "unknown", f"{named}: it neither rose nor fell")
    outcome = "favourable" if metric.direction == entry["desired"] else "unfavourable"
    return Outcome(metric, entry["desired"], outcome, f"{named}: {outcome}, as {why}")


def _entry(label: str, path: str | None) -> dict[str, str] | None:
    """What the list says of a label: a verb of output at its front counts, else what it ends on (单位国内生产总值|能耗)."""
    at = {entry["indicator"]: label.rfind(entry["indicator"]) for entry in _entries(path)}
    found = [entry for entry in _entries(path) if at[entry["indicator"]] >= 0]
    leading = [entry for entry in found if entry["desired"] == "output" and at[entry["indicator"]] <= _FRONT]
    last = max((at[e["indicator"]] + len(e["indicator"]) for e in found), default=0)
    ending = [e for e in found if at[e["indicator"]] + len(e["indicator"]) == last]
    return max(leading or ending, key=lambda entry: len(entry["indicator"]), default=None)


@cache
def _entries(path: str | None) -> Sequence[dict[str, str]]:
    entries = lexicon("desired_direction") if path is None else read_lexicon(path)
    for entry in entries:
        if entry.get("desired") not in _DESIRED or not entry.get("indicator") or "inference" not in entry:
            raise LexiconError(
                f"{path or 'desired_direction.tsv'}: columns indicator, desired, inference and basis were expected, "
                f"and desired as up, down or output; an entry reads {entry}."
            )
    return entries
