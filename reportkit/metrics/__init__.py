"""The figures that a report states.

numerals → units → what is none (rejects) → figures → predicates → labels → sharing → context → the table → checks; each a module that can be read aloud.
"""

from __future__ import annotations

from reportkit.metrics.checks import check_metrics
from reportkit.metrics.figures import Reject
from reportkit.metrics.highlight import Highlight, highlight
from reportkit.metrics.table import Metric, extract_metrics, extract_rejected, find_metrics

__all__ = [
    "Highlight", "Metric", "Reject", "check_metrics", "extract_metrics", "extract_rejected", "find_metrics", "highlight",
]  # fmt: skip
