"""A word list compiled once: what of it stands in a text, and which entry says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reportkit.language.cues import any_cue, cue_source
from reportkit.language.lexicon import cues_of

__all__ = ["CueList", "class_pattern", "cue_list"]

Entry = dict[str, str]


@dataclass(frozen=True, slots=True)
class CueList:
    """The entries of a list, and one pattern that finds any of their cues, the longest first."""

    pattern: re.Pattern[str]
    _plain: dict[str, Entry]
    _shaped: tuple[tuple[re.Pattern[str], Entry], ...]

    def entry(self, words: str) -> Entry:
        """The entry whose cue the pattern found as these words; of two the first of the list.

        >>> heads = cue_list([{"cue": "首{han:1-2}制", "kind": "制度"}, {"cue": "平台", "kind": "平台"}])
        >>> heads.entry(heads.pattern.search("落实首问制")[0])["kind"]
        '制度'
        """
        if words in self._plain:
            return self._plain[words]
        return next(entry for pattern, entry in self._shaped if pattern.fullmatch(words))


def cue_list(entries: Iterable[Entry], column: str = "cue", *, at_end: bool = False) -> CueList:
    """The cues of one column, compiled; ``at_end``: found only where what is searched ends with one."""
    plain: dict[str, Entry] = {}
    shaped: list[tuple[str, Entry]] = []
    for entry in entries:
        cue = entry[column]
        if cue_source(cue) == re.escape(cue):
            plain.setdefault(cue, entry)
        else:
            shaped.append((cue, entry))
    longest = sorted(shaped, key=lambda pair: -len(pair[0]))
    pattern = any_cue([*plain, *(cue for cue, _ in shaped)], at_end=at_end)
    return CueList(pattern, plain, tuple((re.compile(cue_source(cue)), entry) for cue, entry in longest))


@cache
def class_pattern(name: str, *classes: str, at_end: bool = False) -> re.Pattern[str]:
    """A pattern that matches any cue of some classes of a list of ours; ``at_end``: only where what is searched ends with one.

    >>> class_pattern("titlepage", "body", at_end=True).search("某某市人民政府办公室")[0]
    '人民政府办公室'
    """
    return any_cue(cues_of(name, *classes), at_end=at_end)
