"""The words around names: ``lexicons/mention_words.tsv`` by class, and the head nouns that names end on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.cues import cue_source
from reportkit.language.lexicon import lexicon

__all__ = ["family", "heads", "heads_in", "mention_cues", "one_of"]

Entry = dict[str, str]
_LOOKS_LIKE = "no"  # where a word stands that only looks like a head noun


@cache
def mention_cues(kind: str) -> re.Pattern[str]:
    """The cues of one class, as one pattern, the longest first.

    >>> mention_cues("cadence").search("坚持每半月会商一次")[0]
    '每半月'
    """
    return re.compile(one_of(kind))


@cache
def one_of(*kinds: str) -> str:
    """The expression that any cue of some classes matches, to compose patterns of: ``(?:…)``."""
    cues = [
        (entry["cue"], entry["before"])
        for entry in lexicon("mention_words", ("cue", "class", "before", "reason"), ("cue", "before"))
        if entry["class"] in kinds
    ]
    return f"(?:{'|'.join(_sources(cues)) or '(?!)'})"


def _sources(cues: Iterable[tuple[str, str]]) -> Iterable[str]:
    for cue, before in sorted(set(cues), key=lambda pair: (-len(pair[0]), pair)):
        yield cue_source(cue) + (f"(?={cue_source(before)})" if before else "")


@cache
def heads(*where: str) -> CueList:
    """The head nouns that may stand in such places, as ``lexicons/mechanism_heads.tsv`` says."""
    entries = lexicon("mechanism_heads", ("head", "kind", "where"), ("head",))
    return cue_list([entry for entry in entries if entry["where"] in where], "head")


def heads_in(words: str, *where: str, start: int = 0) -> Iterator[tuple[re.Match[str], Entry]]:
    """The head nouns that stand in some words, each with its entry; what only looks like one is passed over.

    >>> [(found[0], entry["kind"]) for found, entry in heads_in("首问制平台，首批制造业", "yes")]
    [('首问制', '制度'), ('平台', '平台')]
    """
    nouns = heads(*where, _LOOKS_LIKE)
    for found in nouns.pattern.finditer(words, start):
        entry = nouns.entry(found[0])
        if entry["where"] != _LOOKS_LIKE:
            yield found, entry


@cache
def family(kind: str) -> str:
    """The family of a kind: 制度 and 程序 may be other words for one 机制."""
    return next((entry["family"] for entry in lexicon("mechanism_kinds", ("kind", "family")) if entry["kind"] == kind), kind)
