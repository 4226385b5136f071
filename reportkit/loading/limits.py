"""What a file may cost to read: limits with defaults that can be set, and the check of an archive before it is opened."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import dataclass

from reportkit.errors import LoadingError

__all__ = ["Clock", "Limits", "check_archive"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be and how long it may take; beyond, :class:`LoadingError` says so.

    ``n_bytes`` of the file, ``n_pages`` of a PDF, ``n_unpacked`` bytes of an archive or a PDF's streams when unpacked
    and ``ratio`` of them to the packed ones, ``seconds`` of reading.
    """

    n_bytes: int = 100_000_000
    n_pages: int = 1_000
    n_unpacked: int = 200_000_000
    ratio: int = 200
    seconds: float = 120.0


class Clock:
    """Tells when reading a file has taken too long."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._start = time.monotonic()

    def check(self) -> None:
        """Raise :class:`LoadingError` once the time is over."""
        if time.monotonic() - self._start > self._limits.seconds:
            raise LoadingError(
                f"{self._name}: reading took more than {self._limits.seconds:g} s and was stopped; save it as plain text, "
                "or allow more with limits=Limits(seconds=…)."
            )


def check_archive(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a ZIP file that is broken or would unpack to far more than it holds (a zip bomb)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LoadingError(f"{name}: the file is damaged ({error}); fetch it again, or open and save it in Word.") from None
    unpacked = sum(entry.file_size for entry in entries)
    worst = max((entry.file_size / max(1, entry.compress_size) for entry in entries if entry.file_size > 1_000_000), default=0)
    if unpacked > limits.n_unpacked or worst > limits.ratio or len(entries) > 10_000:
        raise LoadingError(
            f"{name}: the file would unpack to {unpacked:,} bytes in {len(entries):,} parts, more than "
            f"{limits.n_unpacked:,} or {limits.ratio} times its size; such a file is not opened. Save the report as plain text."
        )
