"""What can go wrong, as a letter to the user: where it happened, what was expected, what to do."""

from __future__ import annotations

__all__ = ["ExportError", "LexiconError", "LoadingError", "ReportkitError"]


class ReportkitError(Exception):
    """Base of every error that reportkit raises on purpose: ``except rk.ReportkitError`` catches them all."""


class LoadingError(ReportkitError):
    """A file (or bytes, or a stream) that no report can be read from."""


class LexiconError(ReportkitError):
    """A word list that is missing or that does not have the columns it should."""


class ExportError(ReportkitError):
    """A site that cannot be written, or a notebook that did not run through."""
