"""Text as found → clean text: every repair is remembered."""

from __future__ import annotations

from reportkit.cleaning.steps import STEPS, clean, mend

__all__ = ["STEPS", "clean", "mend"]
