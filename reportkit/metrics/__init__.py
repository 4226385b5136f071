"""The figures that a report states: numerals → units → what is none → predicates → labels → table → checks."""

from __future__ import annotations

from reportkit.metrics.table import Metric, Reject, extract_metrics, extract_rejected, find_metrics

__all__ = ["Metric", "Reject", "extract_metrics", "extract_rejected", "find_metrics"]
