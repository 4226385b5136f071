"""Words of a list, found in a sentence: cues with gaps (在…领导下), clauses, and what begins and ends them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.language.lexicon import lexicon, longest_first

__all__ = ["Clause", "blanked", "clauses", "cue_pattern", "find_cues", "function_cues", "promise", "without_numbering"]

_QUOTED = re.compile("“[^“”]*”|《[^《》]*》|‘[^‘’]*’|（[^（）]*）")
_BLANK = "□"
_END = r"(?=[，；。：！？\n]|$)"
_NUMBERING = re.compile("(?:^|(?<=[，；。：！？]))[一二三四五六七八九十]{1,3}是")
_WILL = re.compile("(?<!即)(?:将|要|拟)(?=会|是|于|在|按|达|有|由|从|对|向|把|为|以|实现|建成)|必将")
_OBJECT = re.compile(
    "将[^，；。]{2,}(?:纳入|列入|列为|作为|分为|转为|转化为|融入|贯穿|摆在|放在|变为|延伸|落到|落实到|推送|移送|融合|结合|统一)"
)
_LONGEST_END = 16  # characters that a cue at the end of a clause may have
_NOUN = re.compile("对外|对口|对内|以后|为民|与会|从业|在校|在建|以下|以上")
_GAP = "[^，；。：！？\n]{0,30}?"
_OPENER = re.compile(
    "(?:各位代表|同志们)[，！：]?|[一二三四五六七八九十]{1,3}(?:是|要)要?|第[一二三四五六七八九十]+[，、]|首先|其次|再次|最后"
    r"|(?:(?:截至|截止|自|到|从)?(?:\d{4}年|今年|去年|全年|年内|本年|上年|一年|五年|年初|年底|目前|近年|期间|十[一二三四五]五)"
    r"(?:度|来|以来|底|末|起|内|初)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|起|以来)?[，、]?)+"
    r"|总?投资[^，；。]{1,12}元的"
)


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
    return _QUOTED.sub(lambda found: _BLANK * len(found[0]), text)


def without_numbering(text: str) -> str:
    """The same with 一是, 二是 … blanked out: they number, and define nothing.

    >>> without_numbering("一是社会保障能力提升；二是就业稳定。")
    '□□社会保障能力提升；□□就业稳定。'
    """
    return _NUMBERING.sub(lambda found: _BLANK * len(found[0]), text)


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, each with what begins and what ends it.

    >>> [(c.words or c.became, c.begins) for c in clauses("一是深入推进依法行政，群众满意度显著提升。")]
    [('推进', 'deed'), ('提升', 'subject')]
    """
    pieces = (piece.strip() for piece in re.split("[，；。：！？\n]", blanked(sentence)))
    cores = (_OPENER.sub("", piece, count=1) if _OPENER.match(piece) else piece for piece in pieces)
    return tuple(_clause(core) for core in cores if len(core) > 3)


def _clause(core: str) -> Clause:
    deed, nominal = _deed(core)
    if deed and not (nominal and _has_predicate(core, deed)):
        return Clause(core, "orientation" if function_cues("orientation").fullmatch(deed) else "deed", deed)
    leading = None if deed or _NOUN.match(core) else function_cues("preposition").match(core)
    begins, words = ("preposition", leading[0]) if leading else ("subject", "")
    for ends in ("launch", "state", "reached"):
        found = function_cues(ends).search(core, 0 if ends == "reached" else max(1, len(core) - _LONGEST_END))
        if found and (begins == "subject" or ends == "reached"):
            return Clause(core, begins, words, "launch" if ends == "launch" else "state", found[0])
    return Clause(core, begins, words)


def _deed(core: str) -> tuple[str, bool]:
    """The verb that a clause begins with, adverbs passed over, and whether it is as often a noun."""
    at = 0
    passed = ("", False)
    while at < len(core):
        adverb = function_cues("adverb").match(core, at)
        verbs = [
            (found[0], kind == "nominal")
            for kind in ("action", "orientation", "nominal")
            if (found := function_cues(kind).match(core, at))
        ]
        verb, nominal = max(verbs, key=lambda verb: len(verb[0]), default=("", False))
        if adverb and len(adverb[0]) >= len(verb):
            passed = passed if passed[0] else (verb, nominal)
            at = adverb.end()
            at += core.startswith(("地", "、", _BLANK), at)
            continue
        return (verb, nominal) if verb and at + len(verb) < len(core) else passed
    return "", False


def _has_predicate(core: str, deed: str) -> bool:
    """Whether the verb that a clause begins with is a noun there, as its own predicate follows: 改革|稳步推进."""
    after = core.find(deed) + len(deed)
    return any(function_cues(kind).search(core, after + 1) for kind in ("adverb", "state", "launch", "reached"))


def cue_pattern(cues: Iterable[str], *, at_end: bool = False) -> re.Pattern[str]:
    """A pattern that matches any of the cues, the longest first; ``…`` is a gap, ``^`` and ``$`` as in the lists."""
    words = longest_first(cues).replace("…", _GAP).replace(r"\$", _END).replace(r"\^", r"\A□*")
    body = f"(?:{words})" if words else "(?!)"
    return re.compile(f"{body}(?:了|的)?$" if at_end else body)


def find_cues(pattern: re.Pattern[str], text: str) -> list[str]:
    """What a pattern finds in a text, in order, none inside another."""
    return [found[0] for found in pattern.finditer(text)]


@cache
def function_cues(kind: str) -> re.Pattern[str]:
    """The cues of one kind in ``lexicons/functions.tsv``."""
    return cue_pattern(_by_kind().get(kind, ()), at_end=kind in ("state", "launch"))


def _by_kind() -> Mapping[str, Sequence[str]]:
    kinds: dict[str, list[str]] = {}
    for entry in lexicon("functions"):
        kinds.setdefault(entry["kind"], []).append(entry["cue"])
    return kinds


def promise(clause: str) -> str:
    """The words by which a clause says that something will be done; 将 before a thing that is put somewhere is none.

    >>> promise("公安局将继续推进改革"), promise("将考核结果作为依据"), promise("要加强监督")
    ('将继续', '', '要加强')
    """
    if _OBJECT.search(clause):
        return ""
    found = _WILL.search(clause)
    if found:
        return found[0]
    for mark in re.finditer("将|要", clause):
        if mark.start() and clause[mark.start() - 1] in "主重需必首纲摘概只次紧简扼":
            continue
        after = function_cues("adverb").match(clause, mark.end()) or (
            (mark[0] == "将" or mark.start() == 0) and function_cues("action").match(clause, mark.end())
        )
        if after:
            return clause[mark.start() : after.end()]
    return ""
