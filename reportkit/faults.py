"""A fault of reportkit itself, as one sentence: what happened and where, without a traceback."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

__all__ = ["fault_sentence", "place_of"]

_LONGEST = 200


def place_of(error: BaseException) -> str:
    """The type of an error, what it says, and the last line of reportkit's own that it came through.

    >>> place_of(ValueError("no such thing"))
    'ValueError: no such thing'
    """
    package = Path(__file__).parent
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(package)]
    where = f", {Path(frames[-1].filename).relative_to(package).as_posix()} line {frames[-1].lineno}" if frames else ""
    said = re.sub(r"\s+", " ", str(error)).strip()[:_LONGEST]
    return f"{type(error).__name__}{': ' + said if said else ''}{where}"


def fault_sentence(name: str, place: str) -> str:
    """The sentence for a thing (a file, a notebook) that reportkit fell over."""
    return f"{name}: this is a fault of reportkit, not yours; it is left out ({place}). Please report it with this line."
