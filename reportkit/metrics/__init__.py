"""The figures that a report states.

rejects → figures → tokens → patterns → statements → the table → checks; each a module that can be read aloud.

* ``units``, ``words``: the lists, compiled; ``rejects``: numbers that are no figures; ``figures``: which numbers are, and which
  are read together (a range, a pair, a ratio);
* ``tokens``: a sentence as typed tokens; ``predicates`` and ``subjects``: what stands between an indicator and its number, and
  what the indicator is called; ``leads``: what a pattern may know of the value that it reads;
* ``patterns``: the grammar, a line a way of stating a figure; ``statements``: the first pattern that fits, and what the
  predicate says of kind, direction, base and bound; ``context``: when, for whom and whether a figure holds;
* ``table``, ``checks``, ``highlight``: what users see.
"""

from __future__ import annotations

from reportkit.metrics.checks import check_metrics
from reportkit.metrics.figures import Reject
from reportkit.metrics.highlight import Highlight, highlight
from reportkit.metrics.table import Metric, extract_metrics, extract_rejected, find_metrics

__all__ = [
    "Highlight", "Metric", "Reject", "check_metrics", "extract_metrics", "extract_rejected", "find_metrics", "highlight",
]  # fmt: skip
