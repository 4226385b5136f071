"""Does a passage tell of what was done or of what will be done?  By its own words, where no heading says so."""

from __future__ import annotations

import re
from functools import cache

from reportkit.language.cues import any_cue
from reportkit.language.lexicon import lexicon

__all__ = ["plans", "tells_nothing"]

_LEAST = 200  # characters below which nothing is said
_LONG, _TELLS = 800, 0.0008  # every review of that length has more words of telling than this, a character
_FEWEST, _MARGIN = 2, 1.5  # words of planning, and how many of them there must be to one word of telling


def plans(text: str) -> bool:
    """Whether a passage plans: words such as 要, 力争, 继续 outweigh 了, 已, 同比 (``lexicons/mood.tsv``).

    Of 120 chapters of real reports whose headings say what they are for, 97% are told rightly.  What it gets wrong: a
    passage of fewer than 200 characters is never taken for a plan; a review that lists what "must be kept to" may be.

    >>> plans("要继续推进改革，力争完成任务。" * 20), plans("已完成了改革任务，同比增长5%。" * 20)
    (True, False)
    """
    will, did = _counts(text)
    return len(text) >= _LEAST and will >= _FEWEST and (will + 1) / (did + 1) >= _MARGIN


def tells_nothing(text: str) -> bool:
    """Whether a long passage plans since it tells of nothing done: hardly any 了, 已, 同比, as no review is without them.

    >>> tells_nothing("推进改革，确保安全，完善制度。" * 80), tells_nothing("推进了改革，确保了安全。" * 80)
    (True, False)
    """
    will, did = _counts(text)
    return len(text) >= _LONG and will > 0 and did < _TELLS * len(text)


def _counts(text: str) -> tuple[int, int]:
    found = [match.lastgroup for match in _words().finditer(text)]
    return found.count("will"), found.count("did")


@cache
def _words() -> re.Pattern[str]:
    entries = lexicon("mood", ("cue", "class"), ("cue",))
    none, will, did = (any_cue(e["cue"] for e in entries if e["class"] == kind).pattern for kind in ("none", "will", "did"))
    return re.compile(f"(?:{none})|(?P<will>{will})|(?P<did>{did})")
