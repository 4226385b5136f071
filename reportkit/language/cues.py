r"""The cue language: how every word list of reportkit, and every list of a user's own, writes what is looked for.

A cue is text as it is printed.  These marks are not text:

=========== =================================================================================================================
``…``       a gap: up to 30 characters of the same clause, as few as will do
``^``       where the words that are searched begin
``$``       where a clause ends
``(a|b)``   one of several; ``(a|)`` may be missing
``{name}``  a shape of :data:`SHAPES`: ``{number}``, ``{year}``, ``{han}`` …
``{name:n-m}`` the same, ``n`` to ``m`` times, as many as will do (``{han:1-4}``: one to four Han characters)
``\``       takes the mark after it for text
=========== =================================================================================================================

Where several cues of a list begin at one place, the longest of them counts, so an exception is written as a longer cue (有关
beside 有).  A cue that cannot be read is refused when its list is loaded, with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportkit.language.characters import CLAUSE_END, DASH, HAN, HAN_DIGITS, QUOTED, YEAR

__all__ = ["SHAPES", "CueError", "alternatives", "any_cue", "cue_source"]

SHAPES = {
    "han": f"[{HAN}]",  # one Han character
    "latin": "[A-Za-z]",  # one Latin letter
    "digit": r"\d",
    "number": r"\d+(?:,\d{3})*(?:\.\d+)?",  # 12  1,200  3.5
    "numeral": rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{HAN_DIGITS}十百千万亿]+)[余多]?",  # the same, or in Han: 三百余
    "year": YEAR,  # 2023, no 年
    "ordinal": f"[{HAN_DIGITS}十]",  # one character of 一 二 三 … 十
    "dash": DASH,  # - — ～ 至, one or two
    "quoted": QUOTED,  # “…” or 《…》
    "blank": "□",  # one character of a quotation that was blanked out
    "any": f"[^{CLAUSE_END}]",  # any character of the same clause
    "title": "《[^《》\\n]*(?:《[^《》\\n]*》[^《》\\n]*)*》",  # a title, with others inside it
    "url": r"(?:https?://|www\.)[\w./?=&%-]+",
    "mail": r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
}
_MARKS = re.compile(
    r"\\(?P<literal>.)|(?P<shape>\{(?P<name>[a-z]+)(?::(?P<least>\d+)-(?P<most>\d+))?\})|(?P<mark>[…^$(|)])|(?P<text>.)"
)
_PLAIN = {"…": f"[^{CLAUSE_END}]{{0,30}}?", "^": r"\A", "$": f"(?=[{CLAUSE_END}]|$)", "(": "(?:", "|": "|", ")": ")"}


class CueError(ValueError):
    """A cue that cannot be read, and why."""


def cue_source(cue: str) -> str:
    r"""The regular expression that a cue stands for.

    >>> re.search(cue_source("在…(领导|指导)下"), "在市委的坚强领导下")[0]
    '在市委的坚强领导下'
    >>> cue_source("建成(")
    Traceback (most recent call last):
    ...
    reportkit.language.cues.CueError: the cue “建成(” opens a bracket that it does not close; write \( for the character
    """
    if not cue:
        raise CueError("the cue is empty; text was expected")
    parts: list[str] = []
    depth = 0
    for found in _MARKS.finditer(cue):
        mark = found["mark"]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or (mark == "|" and not depth):
            raise CueError(f"the cue “{cue}” has a {mark} outside brackets; write \\{mark} for the character")
        parts.append(
            _PLAIN[mark] if mark else _shape(cue, found) if found["shape"] else re.escape(found["literal"] or found["text"])
        )
    if depth:
        raise CueError(f"the cue “{cue}” opens a bracket that it does not close; write \\( for the character")
    return "".join(parts)


def _shape(cue: str, found: re.Match[str]) -> str:
    shape = SHAPES.get(found["name"])
    if shape is None:
        raise CueError(
            f"the cue “{cue}” names a shape {found['shape']}; known are {', '.join(f'{{{name}}}' for name in SHAPES)}"
        )
    if found["least"] is None:
        return shape
    if int(found["least"]) > int(found["most"]) or int(found["most"]) > 200:
        raise CueError(f"the cue “{cue}” counts {found['shape']}: from few to many, at most 200, was expected")
    return f"(?:{shape}){{{found['least']},{found['most']}}}"


def any_cue(cues: Iterable[str], *, at_end: bool = False) -> re.Pattern[str]:
    """A pattern that matches any of the cues, the longest first; ``at_end``: only where what is searched ends with it.

    A list without cues matches nothing.

    >>> any_cue(["有", "有关"]).findall("有关部门有力")
    ['有关', '有']
    """
    longest = sorted(set(cues), key=lambda cue: (-len(cue), cue))
    body = "|".join(map(cue_source, longest)) if longest else "(?!)"
    return re.compile(f"(?:{body})\\Z" if at_end else body)


def alternatives(cue: str) -> list[str]:
    """The cues that a cue of one bracket holds, each by itself; any other is the only one, and an empty one is none.

    >>> alternatives("(铁|公)"), alternatives("线"), alternatives("")
    (['铁', '公'], ['线'], [])
    """
    inside = cue[1:-1] if cue.startswith("(") and cue.endswith(")") and "(" not in cue[1:] else cue
    return [one for one in (inside.split("|") if inside != cue else [cue]) if one]
