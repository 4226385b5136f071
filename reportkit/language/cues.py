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

Where several cues of a list begin at one place, the one counts that must match more characters, so an exception is written as
a longer cue (有关 beside 有).  A cue that cannot be read is refused when its list is loaded, with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportkit.language.characters import CLAUSE_END, DASH, DASHES, HAN, HAN_DIGITS, QUOTED, YEAR

__all__ = ["SHAPES", "CueError", "alternatives", "any_class", "any_cue", "begins_of", "cue_source", "glance", "matches_at"]

_ARABIC = r"\d{1,18}(?:,\d{3}){0,5}(?:\.\d{1,18})?"  # bounded: a row of digits without end is looked through once
SHAPES = {
    "han": f"[{HAN}]",  # one Han character
    "latin": "[A-Za-z]",  # one Latin letter
    "digit": r"\d",
    "number": _ARABIC,  # 12  1,200  3.5
    "numeral": rf"(?:{_ARABIC}|[{HAN_DIGITS}十百千万亿]{{1,24}})[余多]?",  # the same, or in Han: 三百余
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
_PLAIN = {"…": f"[^{CLAUSE_END}]{{0,30}}?", "^": r"\A", "$": f"(?=[{CLAUSE_END}]|$)"}
_MOST = 200  # times that a shape may be repeated
# What the shapes begin with, as the inside of a [ ]; the others begin with nearly anything.
_BEGIN = {
    "digit": r"\d", "number": r"\d", "year": r"\d", "latin": "A-Za-z", "numeral": rf"\d{HAN_DIGITS}十百千万亿",
    "ordinal": f"{HAN_DIGITS}十", "dash": f"\\{DASHES}至到", "quoted": "“《", "title": "《", "blank": "□", "url": "hw",
    "mail": r"A-Za-z0-9_.+\-",
}  # fmt: skip
_ONE_OF = frozenset(["digit", "latin", "ordinal", "blank"])  # shapes of one character, any of those that they begin with
_WIDTHS = {"year": 4, "quoted": 2, "title": 2, "url": 5, "mail": 5}  # characters that a shape has at least, if more than one


class CueError(ValueError):
    """A cue that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a cue: its expression, what it may begin with (``None``: nearly anything), and how short it may be.

    ``rest`` matches the same where its first character was matched before, ``None`` where that cannot be written.
    """

    source: str
    begins: str | None
    least: int
    rest: str | None = None


def cue_source(cue: str) -> str:
    r"""The regular expression that a cue stands for.

    >>> re.search(cue_source("在…(领导|指导)下"), "在市委的坚强领导下")[0]
    '在市委的坚强领导下'
    >>> cue_source("建成(")
    Traceback (most recent call last):
    ...
    reportkit.language.cues.CueError: the cue “建成(” opens a bracket that it does not close; write \( for the character
    """
    return _read(cue).source


def any_cue(cues: Iterable[str], *, at_end: bool = False) -> re.Pattern[str]:
    """A pattern that matches any of the cues; ``at_end``: only where what is searched ends with it.

    A list without cues matches nothing.

    >>> any_cue(["有", "有关"]).findall("有关部门有力")
    ['有关', '有']
    """
    pieces = _longest_first(cues)
    body = "|".join(piece.source for piece in pieces) if pieces else "(?!)"
    if at_end:
        return re.compile(f"(?:{body})\\Z")
    return re.compile(_after_its_first(pieces) or f"{_glance(pieces)}(?:{body})")


def any_class(classes: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """A pattern that matches any cue of some classes, as ``lastgroup`` tells which; at one place the class named first counts.

    >>> [found.lastgroup for found in any_class({"no": ["有关"], "yes": ["有"]}).finditer("有关部门有力")]
    ['no', 'yes']
    """
    sorted_pieces = {name: _longest_first(cues) for name, cues in classes.items()}
    firsts = {name: _by_first(pieces) for name, pieces in sorted_pieces.items() if pieces}
    if not firsts or not all(firsts.values()):
        return re.compile("|".join(f"(?P<{name}>{any_cue(cues).pattern})" for name, cues in classes.items()))
    begins = dict.fromkeys(char for by_first in firsts.values() for char in by_first)
    return re.compile(f"[{''.join(begins)}](?:{'|'.join(f'(?P<{name}>{_rests(rest)})' for name, rest in firsts.items())})")


def _longest_first(cues: Iterable[str]) -> list[_Piece]:
    pieces = {cue: _read(cue) for cue in cues}
    return [pieces[cue] for cue in sorted(pieces, key=lambda cue: (-pieces[cue].least, -len(cue), cue))]


def _after_its_first(pieces: Sequence[_Piece]) -> str:
    """The pieces as a set of first characters and what may follow each; ``""`` where one cannot be written so.

    The engine skips to a set in front several times faster than it looks ahead.
    """
    by_first = _by_first(pieces)
    return f"[{''.join(by_first)}](?:{_rests(by_first)})" if by_first else ""


def _by_first(pieces: Sequence[_Piece]) -> dict[str, list[str]]:
    """What may follow each first character, in the order of the pieces; nothing where one cannot be written so."""
    by_first: dict[str, list[str]] = {}
    for piece in pieces:
        if not piece.begins or piece.rest is None or re.search(r"[\\\]^-]", piece.begins):
            return {}
        for char in dict.fromkeys(piece.begins):
            by_first.setdefault(char, []).append(piece.rest)
    return by_first


def _rests(by_first: dict[str, list[str]]) -> str:
    return "|".join(f"(?<={char})(?:{'|'.join(rest)})" for char, rest in by_first.items())


def glance(cues: Iterable[str]) -> str:
    """An expression that looks at the next character, which must be one that some cue begins with.

    Searching is several times faster behind it.  ``""`` where a cue may begin with nearly anything.
    """
    return _glance([_read(cue) for cue in cues])


def _glance(pieces: Sequence[_Piece]) -> str:
    begins = _begins(pieces)
    return f"(?={begins})" if begins else ""


def begins_of(cues: Iterable[str]) -> str:
    """The set of the characters that cues begin with, as an expression; ``""`` where one may begin with nearly anything."""
    return _begins([_read(cue) for cue in cues])


def _begins(pieces: Sequence[_Piece]) -> str:
    begins = [piece.begins for piece in pieces]
    return f"[{''.join(dict.fromkeys(begin for begin in begins if begin))}]" if begins and all(begins) else ""


def matches_at(begins: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin where ``begins`` is found, none inside another: as ``finditer``, and much faster
    where ``begins`` is a set of characters that few are of.

    >>> [found[0] for found in matches_at(re.compile("[有]"), re.compile("有关?"), "有关部门有力")]
    ['有关', '有']
    """
    end = 0
    for place in begins.finditer(text):
        if place.start() >= end and (found := pattern.match(text, place.start())):
            end = max(found.end(), place.end())
            yield found


def alternatives(cue: str) -> list[str]:
    """The cues that a cue of one bracket holds, each by itself; any other is the only one, and an empty one is none.

    >>> alternatives("(铁|公)"), alternatives("线"), alternatives("")
    (['铁', '公'], ['线'], [])
    """
    inside = cue[1:-1] if cue.startswith("(") and cue.endswith(")") and "(" not in cue[1:] else cue
    return [one for one in (inside.split("|") if inside != cue else [cue]) if one]


# --- reading a cue ------------------------------------------------------------------------------------------------


def _read(cue: str) -> _Piece:
    """A cue, read and checked."""
    if not cue:
        raise CueError("the cue is empty; text was expected")
    branches: list[list[list[_Piece]]] = [[[]]]  # for each open bracket, its alternatives, each a list of pieces
    for found in _MARKS.finditer(cue):
        mark = found["mark"]
        if mark == "(":
            branches.append([[]])
        elif mark in ("|", ")") and len(branches) == 1:
            raise CueError(f"the cue “{cue}” has a {mark} outside brackets; write \\{mark} for the character")
        elif mark == "|":
            branches[-1].append([])
        elif mark == ")":
            group = _either([_joined(pieces) for pieces in branches.pop()])
            branches[-1][-1].append(group)
        else:
            branches[-1][-1].append(_piece(cue, found))
    if len(branches) > 1:
        raise CueError(f"the cue “{cue}” opens a bracket that it does not close; write \\( for the character")
    return _joined(branches[0][0])


def _piece(cue: str, found: re.Match[str]) -> _Piece:
    if found["mark"]:
        return _Piece(_PLAIN[found["mark"]], None, 0)
    if found["shape"]:
        return _shape(cue, found)
    char = re.escape(found["literal"] or found["text"])
    return _Piece(char, char, 1, "")


def _shape(cue: str, found: re.Match[str]) -> _Piece:
    name, width = found["name"], _WIDTHS.get(found["name"], 1)
    shape, begins = SHAPES.get(name), _BEGIN.get(name)
    if shape is None:
        known = ", ".join(f"{{{name}}}" for name in SHAPES)
        raise CueError(f"the cue “{cue}” names a shape {found['shape']}; known are {known}")
    if found["least"] is None:
        return _Piece(shape, begins, width, "" if name in _ONE_OF else None)
    least, most = int(found["least"]), int(found["most"])
    if least > most or most > _MOST:
        raise CueError(f"the cue “{cue}” counts {found['shape']}: from few to many, at most {_MOST}, was expected")
    return _Piece(f"(?:{shape}){{{least},{most}}}", begins, least * width)


def _either(pieces: Sequence[_Piece]) -> _Piece:
    begins = None if any(piece.begins is None for piece in pieces) else "".join(piece.begins or "" for piece in pieces)
    least = min(piece.least for piece in pieces)
    rest = None
    if begins and all(piece.rest is not None for piece in pieces):
        rest = f"(?:{'|'.join(f'(?<=[{piece.begins}]){piece.rest}' for piece in pieces)})"
    return _Piece(f"(?:{'|'.join(piece.source for piece in pieces)})", begins, least, rest)


def _joined(pieces: Sequence[_Piece]) -> _Piece:
    """Pieces one after the other, which begin with the first of them, and with the next where that may be left out."""
    begins: str | None = ""
    for piece in pieces:
        begins = None if piece.begins is None or begins is None else begins + piece.begins
        if piece.least or begins is None:
            break
    first, others = (pieces[0], pieces[1:]) if pieces else (None, ())
    rest = None if first is None or first.rest is None else first.rest + "".join(piece.source for piece in others)
    return _Piece("".join(piece.source for piece in pieces), begins, sum(piece.least for piece in pieces), rest)
