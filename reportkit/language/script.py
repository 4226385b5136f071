"""Traditional → simplified, one character for one: rules are written for one script, and read every text in it."""

from __future__ import annotations

import re
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
    return text.translate(_table()) if _written().search(text) else text


@cache
def _written() -> re.Pattern[str]:
    """Any character that is not simplified: most texts have none, which is quickly seen."""
    return re.compile(f"[{''.join(map(chr, _table()))}]")


@cache
def _table() -> dict[int, str]:
    pairs = {entry["traditional"]: entry["simplified"] for entry in lexicon("traditional")}
    return str.maketrans({**pairs, **_MARKS})
