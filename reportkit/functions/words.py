"""The words by which functions are told: ``lexicons/functions.tsv``, by kind."""

from __future__ import annotations

import re
from functools import cache

from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.lexicon import lexicon

__all__ = ["function_cues", "function_list"]

_AT_END = ("state", "launch")  # these count only where a clause ends with them


@cache
def function_cues(kind: str) -> re.Pattern[str]:
    """The cues of one kind, as one pattern.

    >>> function_cues("state").search("群众满意度显著提升")[0]
    '提升'
    """
    return function_list(kind).pattern


@cache
def function_list(*kinds: str) -> CueList:
    """The cues of some kinds, and the entry of each."""
    entries = [entry for entry in lexicon("functions", ("cue", "function", "kind"), ("cue",)) if entry["kind"] in kinds]
    return cue_list(entries, at_end=kinds[0] in _AT_END)
