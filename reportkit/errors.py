"""What can go wrong, as a letter to the user: where it happened, what was expected, what to do."""

from __future__ import annotations

from reportkit.display.safe import visible

__all__ = ["ExportError", "LexiconError", "LoadingError", "ReportkitError"]


class ReportkitError(Exception):
    """Base of every error that reportkit raises on purpose: ``except rk.ReportkitError`` catches them all.

    ``str(error)`` is one sentence.  A notebook shows that sentence and no traceback: it says what to do, which reportkit's own
    lines do not.  Python and pytest show the traceback as ever, and ``%debug`` still goes where it happened.  What a terminal
    would obey in the name of a file is written out.
    """

    def __str__(self) -> str:
        return visible(super().__str__())

    def _render_traceback_(self) -> list[str]:
        """What IPython prints of the error (its own protocol)."""
        return [f"{type(self).__name__}: {self}"]


class LoadingError(ReportkitError):
    """A file (or bytes, or a stream) that no report can be read from."""


class LexiconError(ReportkitError):
    """A word list that is missing or that does not have the columns it should."""


class ExportError(ReportkitError):
    """A file or a site that cannot be written, or a notebook that did not run through."""
