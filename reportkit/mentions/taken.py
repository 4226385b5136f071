"""Which characters of a text belong to a name already."""

from __future__ import annotations

from reportkit.report import Span

__all__ = ["Taken"]


class Taken:
    """The characters that were taken, one mark each: asking and taking cost the length of the span, whatever was taken.

    >>> taken = Taken(10)
    >>> taken.take(Span(2, 5)), taken.take(Span(4, 6)), taken.take(Span(5, 6))
    (True, False, True)
    """

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def take(self, span: Span) -> bool:
        """Take a span if none of its characters was taken; whether it could be."""
        free = 1 not in self._marks[span.start : span.end]
        if free:
            self._marks[span.start : span.end] = b"\1" * len(span)
        return free
