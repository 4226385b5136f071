"""Traditional → simplified, one character for one: rules are written for one script, and read every text in it."""

from __future__ import annotations

from functools import cache

from reportkit.language.lexicon import lexicon

__all__ = ["to_simplified"]

_MARKS = {"「": "“", "」": "”", "『": "‘", "』": "’"}


def to_simplified(text: str) -> str:
    """A text of the same length with traditional characters written simplified (``lexicons/traditional.tsv``).

    What it gets wrong: a character that stands for two in traditional script (乾, 著) is read as the commoner one.

    >>> to_simplified("同比分別下降7.1%，「一窗通辦」")
    '同比分别下降7.1%，“一窗通办”'
    """
    simplified = text.translate(_table())
    return text if simplified == text else simplified  # one text is kept, not two


@cache
def _table() -> dict[int, str]:
    pairs = {entry["traditional"]: entry["simplified"] for entry in lexicon("traditional")}
    return str.maketrans({**pairs, **_MARKS})
