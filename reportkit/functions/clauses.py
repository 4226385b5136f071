"""A sentence → its clauses, and what each begins and ends with; names and numbering, which say nothing, blanked out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reportkit.functions.words import function_cues, function_list
from reportkit.language.characters import CLAUSE_END

__all__ = ["BLANK", "Clause", "blanked", "clauses", "promise", "without_numbering"]

BLANK = "□"
_NAMED = re.compile("“[^“”]*”|《[^《》]*》|‘[^‘’]*’|（[^（）]*）")
_PIECES = re.compile(f"[{CLAUSE_END}]")
_LONGEST_END = 16  # characters that a cue at the end of a clause may have
_SHORTEST = 3  # characters that are no clause yet


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence.

    ``text`` has quotations and brackets blanked out.  ``begins`` is ``deed`` where it begins with a verb (adverbs passed
    over), ``orientation`` where the verb tells what a body holds to, ``preposition``, or ``subject``; ``words`` the verb or
    preposition.  ``ends`` is ``state`` where a subject is told to have become something, ``launch`` where only a beginning
    is told, or ``""``; ``became`` the words that say so.
    """

    text: str
    begins: str
    words: str
    ends: str = ""
    became: str = ""


def blanked(text: str) -> str:
    """A text of the same length in which names, titles and brackets say nothing.

    >>> blanked("开展“问题清零”行动，印发《问题清单》")
    '开展□□□□□□行动，印发□□□□□□'
    """
    return _NAMED.sub(_blank, text)


def without_numbering(text: str) -> str:
    """The same with 一是, 二是 … blanked out: they number, and define nothing.

    >>> without_numbering("一是社会保障能力提升；二是就业稳定。")
    '□□社会保障能力提升；□□就业稳定。'
    """
    return _numbering().sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|(?<=[{CLAUSE_END}]))(?:{function_cues('numbering').pattern})")


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, each with what begins and what ends it.

    >>> [(c.words or c.became, c.begins) for c in clauses("一是深入推进依法行政，群众满意度显著提升。")]
    [('推进', 'deed'), ('提升', 'subject')]
    """
    pieces = (piece.strip() for piece in _PIECES.split(blanked(sentence)))
    cores = (piece[opener.end() :] if (opener := _opener().match(piece)) else piece for piece in pieces)
    return tuple(_clause(core) for core in cores if len(core) > _SHORTEST)


@cache
def _opener() -> re.Pattern[str]:
    """What stands before the words that tell something: numbering, salutation, times."""
    before, time, after = (function_cues(f"time {part}").pattern for part in ("before", "word", "after"))
    return re.compile(f"{function_cues('opener').pattern}|(?:(?:{before})?(?:{time})(?:{after})*、?)+")


def _clause(core: str) -> Clause:
    deed, nominal = _deed(core)
    if deed and not (nominal and _has_predicate(core, deed)):
        return Clause(core, "orientation" if function_cues("orientation").fullmatch(deed) else "deed", deed)
    leading = None if deed or function_cues("no preposition").match(core) else function_cues("preposition").match(core)
    begins, words = ("preposition", leading[0]) if leading else ("subject", "")
    ends, became = _ending(core, told=begins == "subject")
    return Clause(core, begins, words, ends, became)


def _ending(core: str, *, told: bool) -> tuple[str, str]:
    """What a clause ends with, and the words; where no subject is told of, only what was reached counts."""
    for ends in ("launch", "state") if told else ():
        at = _end(ends, core, max(1, len(core) - _LONGEST_END))
        if at is not None:
            return ends, core[at:]
    reached = function_cues("reached").search(core)
    return ("state", reached[0]) if reached else ("", "")


def _end(kind: str, core: str, start: int) -> int | None:
    """Where the cue begins that a clause ends with, 了 or 的 after it passed over."""
    found = function_cues(kind).search(core[:-1] if core.endswith(("了", "的")) else core, start)
    return found.start() if found else None


def _deed(core: str) -> tuple[str, bool]:
    """The verb that a clause begins with, adverbs passed over, and whether it is as often a noun."""
    at = 0
    passed = ("", False)
    while at < len(core):
        adverb = function_cues("adverb").match(core, at)
        verb, nominal = _verb(core, at)
        if not adverb or len(adverb[0]) < len(verb):
            return (verb, nominal) if verb and at + len(verb) < len(core) else passed
        passed = passed if passed[0] else (verb, nominal)
        at = adverb.end()
        at += core.startswith(("地", "、", BLANK), at)
    return "", False


def _verb(core: str, at: int) -> tuple[str, bool]:
    """The longest verb at a place, and whether it is as often a noun."""
    kinds = ("action", "orientation", "nominal")
    verbs = [(found[0], kind == "nominal") for kind in kinds if (found := function_cues(kind).match(core, at))]
    return max(verbs, key=lambda verb: len(verb[0]), default=("", False))


def _has_predicate(core: str, deed: str) -> bool:
    """Whether the verb that a clause begins with is a noun there, as its own predicate follows: 改革|稳步推进."""
    after = core.find(deed) + len(deed) + 1
    said = any(function_cues(kind).search(core, after) for kind in ("adverb", "reached"))
    return said or any(_end(kind, core, after) is not None for kind in ("state", "launch"))


def promise(clause: str) -> str:
    """The words by which a clause says that something will be done; 将 before a thing that is put somewhere is none.

    >>> promise("公安局将继续推进改革"), promise("将考核结果作为依据"), promise("要加强监督")
    ('将继续', '', '要加强')
    """
    if function_cues("placing").search(clause):
        return ""
    words = function_list("will", "promise", "no promise")
    for mark in words.pattern.finditer(clause):
        if words.entry(mark[0])["kind"] == "promise":
            return mark[0]
    for mark in words.pattern.finditer(clause):
        if words.entry(mark[0])["kind"] != "will":
            continue
        acts = mark[0] == "将" or mark.start() == 0
        after = function_cues("adverb").match(clause, mark.end()) or (
            acts and function_cues("action").match(clause, mark.end())
        )
        if after:
            return clause[mark.start() : after.end()]
    return ""
