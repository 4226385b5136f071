"""How much of a report can be checked: figures, and what they are measured against, chapter by chapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportkit.functions.rules import metrics_by_sentence
from reportkit.metrics import Metric
from reportkit.report import Report
from reportkit.structure.roles import section_roles

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["measure_specificity"]


def measure_specificity(report: Report) -> pd.DataFrame:
    """How much of a report can be checked, by chapter.

    Returns
    -------
    DataFrame
        One row a chapter, and ``all`` at the end: ``section``, ``role`` (what its heading says that it is for),
        ``n_chars``, ``n_metrics``, ``per_1000`` (figures per 1,000 characters), ``n_sentences``, ``n_checkable`` (sentences
        that state a figure), ``checkable_share`` (0–1), ``n_without_base`` (changes that name no base),
        ``n_without_denominator`` (shares of a whole that is not stated as a figure in the same sentence).  Where there is no
        sentence, ``per_1000`` and ``checkable_share`` are ``NaN``: a share of nothing is no number.

    Notes
    -----
    A figure can be checked in principle, not therefore true; a share whose whole stands in another sentence counts as
    without a denominator.
    """
    import pandas as pd

    own = metrics_by_sentence(report)
    roles = section_roles(report)
    chapter_of = {inner.id: chapter for chapter in report.outline.sections for inner in chapter.walk()}
    groups: dict[str, list[int]] = {}
    for i, sentence in enumerate(report.sentences):
        chapter = chapter_of.get(sentence.section_id)
        groups.setdefault(chapter.id if chapter else "", []).append(i)
    rows = []
    for chapter_id, places in groups.items():
        chapter = chapter_of.get(chapter_id)
        named = (chapter.path, roles[chapter.id].name) if chapter else ("", "")
        rows.append(_row(*named, report, own, places))
    return pd.DataFrame([*rows, _row("all", "", report, own, range(len(report.sentences)))])


def _row(section: str, role: str, report: Report, own: Sequence[Sequence[Metric]], places: Sequence[int]) -> dict[str, object]:
    """The counts of the sentences at some places."""
    said = [metric for i in places for metric in own[i]]
    n_chars = sum(len(report.sentences[i].text) for i in places)
    checkable = sum(bool(own[i]) for i in places)
    return {
        "section": section,
        "role": role,
        "n_chars": n_chars,
        "n_metrics": len(said),
        "per_1000": round(1000 * len(said) / n_chars, 1) if n_chars else float("nan"),
        "n_sentences": len(places),
        "n_checkable": checkable,
        "checkable_share": checkable / len(places) if places else float("nan"),
        "n_without_base": sum(metric.kind == "change" and not metric.base for metric in said),
        "n_without_denominator": sum(_shares(own[i]) for i in places),
    }


def _shares(metrics: Sequence[Metric]) -> int:
    """The shares of a sentence that states no level: of what whole, it does not say."""
    stated = any(metric.kind == "level" for metric in metrics)
    return 0 if stated else sum(metric.kind == "share" for metric in metrics)
