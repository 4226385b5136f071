"""Table → picture: one function a question, each with caption, alt text and the data drawn."""

from __future__ import annotations

from reportkit.plots.drawing import Figure
from reportkit.plots.mentions import plot_coverage, plot_mechanisms
from reportkit.plots.metrics import plot_changes, plot_density, plot_levels
from reportkit.plots.sentiment import plot_functions, plot_saturation, plot_scores
from reportkit.plots.structure import plot_sentence_lengths, plot_structure, plot_words

__all__ = [
    "Figure", "plot_changes", "plot_coverage", "plot_density", "plot_functions", "plot_levels", "plot_mechanisms",
    "plot_saturation", "plot_scores", "plot_sentence_lengths", "plot_structure", "plot_words",
]  # fmt: skip
