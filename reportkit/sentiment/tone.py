"""How a sentence speaks: the words by which it commits, stresses, stays vague or repeats what all reports say.

Four small lists of our own, ``lexicons/commitment.tsv``, ``degree.tsv``, ``vague.tsv`` and ``boilerplate.tsv``; for each a
list of your own can be named.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.errors import LexiconError
from reportkit.functions.clauses import blanked, clauses, promise
from reportkit.functions.words import function_cues
from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.lexicon import lexicon, read_lexicon

__all__ = ["LISTS", "Tone", "ToneLists", "read_tone", "tone_lists"]

LISTS = {"commitment": ("term", "strength"), "degree": ("term",), "vague": ("term",), "boilerplate": ("phrase",)}
_STRENGTHS = ("1", "2", "3")

Entry = dict[str, str]


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


@dataclass(frozen=True, slots=True)
class ToneLists:
    """The four lists, compiled, together with what only looks like a word of theirs."""

    commitment: CueList
    degree: CueList
    vague: CueList
    boilerplate: CueList


def tone_lists(lists: Mapping[str, str | os.PathLike[str]] | None = None) -> ToneLists:
    """Our lists, or yours in their place; yours are read anew at each call.

    Raises
    ------
    LexiconError
        If another list is named than the four, or one cannot be read.
    """
    own = lists or {}
    if not set(own) <= set(LISTS):
        raise LexiconError(f"lists={sorted(own)} were named; of {', '.join(LISTS)} each can be replaced.")
    return ToneLists(**{name: _compiled(name, _read(name, own[name])) if name in own else _ours(name) for name in LISTS})


def _read(name: str, path: str | os.PathLike[str]) -> Sequence[Entry]:
    columns = LISTS[name]
    allowed = {"strength": _STRENGTHS} if "strength" in columns else None

    def wrong(entry: Entry) -> str:
        return "" if entry[columns[0]] else f"{columns[0]} is empty; words to look for were expected"

    return read_lexicon(path, columns, cues=columns[:1], allowed=allowed, wrong=wrong)


@cache
def _ours(name: str) -> CueList:
    return _compiled(name, lexicon(name, LISTS[name], LISTS[name][:1]))


def _compiled(name: str, entries: Sequence[Entry]) -> CueList:
    """A list with its exceptions, which are entries without a ``term``: 积极性 is no 积极, and 300多起 a figure."""
    column = LISTS[name][0]
    known = [{**entry, "cue": entry[column], "list": ""} for entry in entries]
    exceptions = lexicon("tone_exceptions", ("cue", "list", "reason"), ("cue",))
    return cue_list([*known, *(entry for entry in exceptions if entry["list"] == name)])


def read_tone(sentence: str, lists: ToneLists | None = None) -> Tone:
    """The words of a sentence that are in the lists; names in quotation marks say nothing but for stock phrases.

    >>> read_tone("必须持续整治，侦办多起案件，将逐步扩大试点。")
    Tone(commitment=(('必须', 3), ('将', 2), ('逐步', 1)), degree=('持续',), vague=('多起',), boilerplate=())
    """
    lists = lists or tone_lists()
    text = blanked(sentence)
    commitment = tuple(word for clause in clauses(sentence) for word in _commitment(clause.text, lists.commitment))
    return Tone(commitment, _words(lists.degree, text), _words(lists.vague, text), _words(lists.boilerplate, sentence))


def _words(words: CueList, text: str) -> tuple[str, ...]:
    return tuple(found[0] for found in words.pattern.finditer(text) if not words.entry(found[0])["list"])


def _commitment(clause: str, words: CueList) -> list[tuple[str, int]]:
    """The words of one clause; 将 and 要 count only before what will be done."""
    marks = function_cues("will")
    at = {found.start(): found[0] for found in words.pattern.finditer(clause) if not marks.fullmatch(found[0])}
    promised = promise(clause)
    for mark in marks.finditer(promised):
        if words.pattern.fullmatch(mark[0]):
            at[clause.find(promised)] = mark[0]
            break
    return [(at[place], int(words.entry(at[place])["strength"])) for place in sorted(at)]
