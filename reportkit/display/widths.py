"""How wide a text is where every character has one place or two, as in a terminal."""

from __future__ import annotations

from unicodedata import east_asian_width

__all__ = ["fit", "width"]


def width(text: str) -> int:
    """The places that a text takes: two for a Chinese character or a full-width sign.

    >>> width("增长5%。")
    8
    """
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def fit(text: str, places: int) -> str:
    """The text, cut with … where it takes more than so many places.

    >>> fit("增长5%。", 8), fit("增长5%。", 7)
    ('增长5%。', '增长5%…')
    """
    if width(text) <= places:
        return text
    end, taken = 0, 1
    for char in text:
        taken += width(char)
        if taken > places:
            break
        end += 1
    return text[:end] + "…"
