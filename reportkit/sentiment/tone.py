"""How a sentence speaks: the words by which it commits, stresses, stays vague or repeats what all reports say.

Four small lists of our own, ``lexicons/commitment.tsv``, ``degree.tsv``, ``vague.tsv`` and ``boilerplate.tsv``; for each a
list of your own can be named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reportkit.errors import LexiconError
from reportkit.functions.clauses import blanked, clauses, cue_pattern, find_cues, promise
from reportkit.language.lexicon import lexicon, read_lexicon

__all__ = ["LISTS", "Tone", "read_tone"]

LISTS = {"commitment": "term", "degree": "term", "vague": "term", "boilerplate": "phrase"}
_PROMISES = ("将", "要")  # these count only before what will be done


@dataclass(frozen=True, slots=True)
class Tone:
    """The words of each list in a sentence, in order; ``commitment`` with their strengths (1 tries, 2 intends, 3 binds)."""

    commitment: tuple[tuple[str, int], ...]
    degree: tuple[str, ...]
    vague: tuple[str, ...]
    boilerplate: tuple[str, ...]

    @property
    def strength(self) -> int:
        """The strongest commitment, 0 where there is none."""
        return max((strength for _, strength in self.commitment), default=0)


def read_tone(sentence: str, lists: Mapping[str, str | os.PathLike[str]] | None = None) -> Tone:
    """The words of a sentence that are in the lists; names in quotation marks say nothing but for stock phrases.

    >>> read_tone("必须持续整治，侦办多起案件，将逐步扩大试点。")
    Tone(commitment=(('必须', 3), ('将', 2), ('逐步', 1)), degree=('持续',), vague=('多起',), boilerplate=())
    """
    paths = {name: os.fspath(path) for name, path in (lists or {}).items()}
    if not set(paths) <= set(LISTS):
        raise LexiconError(f"lists={sorted(paths)} were named; of {', '.join(LISTS)} each can be replaced.")
    text = blanked(sentence)
    commitment = tuple(word for clause in clauses(sentence) for word in _commitment(clause.text, paths.get("commitment")))
    degree, vague = (tuple(find_cues(_pattern(name, paths.get(name)), text)) for name in ("degree", "vague"))
    return Tone(commitment, degree, vague, tuple(find_cues(_pattern("boilerplate", paths.get("boilerplate")), sentence)))


def _commitment(clause: str, path: str | None) -> list[tuple[str, int]]:
    strengths = _strengths(path)
    at = {found.start(): found[0] for found in _pattern("commitment", path).finditer(clause) if found[0] not in _PROMISES}
    words = promise(clause)
    mark = next((mark for mark in _PROMISES if mark in words and mark in strengths), "")
    if mark:
        at[clause.find(words)] = mark
    return [(at[place], strengths[at[place]]) for place in sorted(at)]


@cache
def _entries(name: str, path: str | None) -> tuple[dict[str, str], ...]:
    entries = lexicon(name) if path is None else read_lexicon(path)
    for entry in entries:
        if not entry.get(LISTS[name]) or (name == "commitment" and entry.get("strength") not in ("1", "2", "3")):
            raise LexiconError(
                f"{path}: a column {LISTS[name]!r}{' and a strength of 1, 2 or 3' if name == 'commitment' else ''} were "
                f"expected; an entry reads {entry}."
            )
    return entries


@cache
def _pattern(name: str, path: str | None) -> re.Pattern[str]:
    """Terms of a list: 积极性 is no 积极, and 300多起 is a figure rather than 多起."""
    cues = cue_pattern(entry[LISTS[name]] for entry in _entries(name, path)).pattern
    after = {"degree": "(?!性)", "vague": ""}.get(name, "")
    before = r"(?<![\d百千万亿余])" if name == "vague" else ""
    return re.compile(f"{before}{cues}{after}")


@cache
def _strengths(path: str | None) -> dict[str, int]:
    return {entry["term"]: int(entry["strength"]) for entry in _entries("commitment", path)}
