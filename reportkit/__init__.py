"""reportkit reads Chinese government annual reports: structure, and tables whose every row leads back to its characters.

The names below follow the way of a report through the library::

    file ──read──▶ Report ──extract / count──▶ DataFrame ──plot──▶ Figure ──export──▶ page

Importing does no work: a module is loaded when one of its names is first asked for, pandas when a table is made, matplotlib
when a picture is drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.citations import extract_citations
    from reportkit.coverage import check_coverage, measure_specificity
    from reportkit.disclosure import check_tables, recognize_table
    from reportkit.errors import ExportError, LexiconError, LoadingError, ReportkitError
    from reportkit.exercises import check_answer
    from reportkit.genres import recognize_genre
    from reportkit.loading.limits import Limits
    from reportkit.mechanisms.register import extract_mechanisms, extract_quotations
    from reportkit.metrics import check_metrics, extract_metrics, extract_rejected, highlight
    from reportkit.outline import extract_sections
    from reportkit.plots import (
        Figure,
        plot_changes,
        plot_coverage,
        plot_density,
        plot_functions,
        plot_levels,
        plot_mechanisms,
        plot_saturation,
        plot_scores,
        plot_sentence_lengths,
        plot_structure,
        plot_words,
    )
    from reportkit.reading import extract_repairs, parse, read
    from reportkit.report import Report, Span, Table
    from reportkit.segmentation import count_words, extract_sentences, split_sentences, words
    from reportkit.sentiment.agreement import agreement
    from reportkit.sentiment.outcomes import extract_outcomes
    from reportkit.sentiment.snownlp_score import score_snownlp
    from reportkit.sentiment.table import score_sentiment, summarize_sentiment
    from reportkit.site import export

__version__ = "0.1.0"

__all__ = [
    # errors
    "ExportError", "LexiconError", "LoadingError", "ReportkitError",
    # file → report
    "Limits", "Report", "Span", "Table", "parse", "read",
    # report → table
    "count_words", "extract_citations", "extract_mechanisms", "extract_metrics", "extract_outcomes", "extract_quotations",
    "extract_rejected", "extract_repairs", "extract_sections", "extract_sentences", "measure_specificity", "score_sentiment",
    # table → summary and verdicts, and the evidence for a row
    "check_coverage", "check_metrics", "check_tables", "highlight", "recognize_genre", "recognize_table", "summarize_sentiment",
    # codings → how far they agree
    "agreement",
    # text → pieces, and SnowNLP's score
    "score_snownlp", "split_sentences", "words",
    # table → picture
    "Figure", "plot_changes", "plot_coverage", "plot_density", "plot_functions", "plot_levels", "plot_mechanisms",
    "plot_saturation", "plot_scores", "plot_sentence_lengths", "plot_structure", "plot_words",
    # notebooks → pages
    "export",
    # teaching
    "check_answer",
]  # fmt: skip

_HOMES = {
    "errors": ("ExportError", "LexiconError", "LoadingError", "ReportkitError"),
    "report": ("Report", "Span", "Table"),
    "loading.limits": ("Limits",),
    "reading": ("extract_repairs", "parse", "read"),
    "outline": ("extract_sections",),
    "segmentation": ("count_words", "extract_sentences", "split_sentences", "words"),
    "metrics": ("check_metrics", "extract_metrics", "extract_rejected", "highlight"),
    "sentiment.snownlp_score": ("score_snownlp",),
    "sentiment.outcomes": ("extract_outcomes",),
    "sentiment.table": ("score_sentiment", "summarize_sentiment"),
    "sentiment.agreement": ("agreement",),
    "citations": ("extract_citations",),
    "mechanisms.register": ("extract_mechanisms", "extract_quotations"),
    "disclosure": ("check_tables", "recognize_table"),
    "coverage": ("check_coverage", "measure_specificity"),
    "genres": ("recognize_genre",),
    "plots": (
        "Figure", "plot_changes", "plot_coverage", "plot_density", "plot_functions", "plot_levels", "plot_mechanisms",
        "plot_saturation", "plot_scores", "plot_sentence_lengths", "plot_structure", "plot_words",
    ),
    "site": ("export",),
    "exercises": ("check_answer",),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"reportkit.{module}"), name)
    raise AttributeError(f"module 'reportkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
