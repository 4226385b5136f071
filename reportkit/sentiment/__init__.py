"""Tone: SnowNLP's own score, computed exactly and fast from the models of the installed package."""

from __future__ import annotations

from reportkit.sentiment.snownlp_score import score_snownlp

__all__ = ["score_snownlp"]
