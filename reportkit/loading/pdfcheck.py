"""What a PDF would cost to read, told from its bytes before the engine opens it."""

from __future__ import annotations

from reportkit.loading.limits import Clock, Limits, check_streams

__all__ = ["check_pdf"]


def check_pdf(data: bytes, name: str, limits: Limits, clock: Clock) -> None:
    """Refuse a PDF that would unpack to far more than it holds."""
    check_streams(data, name, limits)
