"""reportkit reads Chinese government annual reports: structure, and tables whose every row leads back to its characters.

The names below follow the way of a report through the library::

    file ──read──▶ Report ──extract / count──▶ DataFrame ──plot──▶ Figure ──export──▶ page

Importing does no work: a table needs pandas only once it is made, a picture matplotlib only once it is drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reportkit.errors import ExportError, LexiconError, LoadingError, ReportkitError
from reportkit.exercises import check_answer
from reportkit.metrics import check_metrics, extract_metrics, extract_rejected, highlight
from reportkit.outline import extract_sections
from reportkit.reading import extract_repairs, parse, read
from reportkit.report import Report, Span
from reportkit.segmentation import count_words, extract_sentences, split_sentences, words
from reportkit.sentiment import agreement, extract_outcomes, score_sentiment, score_snownlp, summarize_sentiment

if TYPE_CHECKING:
    from reportkit.plots import (
        Figure,
        plot_changes,
        plot_density,
        plot_levels,
        plot_sentence_lengths,
        plot_structure,
        plot_words,
    )
    from reportkit.site import export

__version__ = "0.1.0"

__all__ = [
    # errors
    "ExportError", "LexiconError", "LoadingError", "ReportkitError",
    # file → report
    "Report", "Span", "parse", "read",
    # report → table
    "count_words", "extract_metrics", "extract_outcomes", "extract_rejected", "extract_repairs", "extract_sections",
    "extract_sentences", "score_sentiment",
    # table → summary and verdicts, and the evidence for a row
    "check_metrics", "highlight", "summarize_sentiment",
    # codings → how far they agree
    "agreement",
    # text → pieces, and SnowNLP's score
    "score_snownlp", "split_sentences", "words",
    # table → picture
    "Figure", "plot_changes", "plot_density", "plot_levels", "plot_sentence_lengths", "plot_structure", "plot_words",
    # notebooks → pages
    "export",
    # teaching
    "check_answer",
]  # fmt: skip

_LATER = {
    "Figure": "plots",
    "plot_changes": "plots",
    "plot_density": "plots",
    "plot_levels": "plots",
    "plot_sentence_lengths": "plots",
    "plot_structure": "plots",
    "plot_words": "plots",
    "export": "site",
}


def __getattr__(name: str) -> Any:
    """Load what draws and exports when it is first asked for (PEP 562)."""
    if name in _LATER:
        return getattr(import_module(f"reportkit.{_LATER[name]}"), name)
    raise AttributeError(f"module 'reportkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
