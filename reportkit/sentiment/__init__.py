"""Tone: SnowNLP's own score, and what can be defended instead.

model → snownlp_score, the score as it is; cues → functions, what a sentence does; outcomes, which way a change points;
tone, words that commit, stress, blur or repeat; the table of all that; agreement between coders.
"""

from __future__ import annotations

from reportkit.sentiment.agreement import Agreement, agreement
from reportkit.sentiment.outcomes import extract_outcomes
from reportkit.sentiment.snownlp_score import score_snownlp
from reportkit.sentiment.table import score_sentiment, summarize_sentiment

__all__ = ["Agreement", "agreement", "extract_outcomes", "score_sentiment", "score_snownlp", "summarize_sentiment"]
