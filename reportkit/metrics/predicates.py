"""What stands between an indicator and its number, and what it says: change, direction, base, bound, level reached.

In ``注册用户突破105万`` the words before the number are an indicator (注册用户) and a predicate (突破), which is peeled off
from the right, token by token.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.metrics.tokens import Token

__all__ = ["Predicate", "base_of", "peel"]

_PEELED = frozenset("CRBAMDEFTU")  # letters that a predicate is made of
_LED_BY = frozenset("TAF")  # 的 belongs to a predicate after these alone: 由上年的58.6%
_BRACKET = 8  # tokens that a bracket inside a predicate may hold
_DIRECTIONS = {
    "up": "up", "down": "down", "flat": "flat", "apart_up": "up", "apart_down": "down", "above": "up", "below": "down",
}  # fmt: skip
_BOUNDS = ("at_least", "at_most", "approx")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a predicate says of its number.

    ``start`` is the index of its first token (that of the value itself where there is none); ``change`` is ``up``, ``down``,
    ``flat`` or ``""``; ``base`` what a change is measured against; ``bound`` one of at_least, at_most, approx or ``""``;
    ``reach`` whether it says that a level was reached, ``rung`` whether that is a threshold (迈上千亿台阶); ``words`` whether
    it holds anything but adverbs and times.
    """

    start: int
    change: str = ""
    base: str = ""
    bound: str = ""
    reach: bool = False
    rung: bool = False
    words: bool = False


def peel(tokens: Sequence[Token], first: int, at: int) -> Predicate:
    """The predicate of the value ``tokens[at]``, looked for no further back than ``tokens[first]``."""
    peeled: list[Token] = []
    start, i = at, at - 1
    while i >= first:
        if tokens[i].letter == ")":
            i = _opened(tokens, first, i) - 1  # 比上年（下同）增长8.9%
            continue
        if not _belongs(tokens, first, i):
            break
        peeled.append(tokens[i])
        start = i
        i -= 1
    if not peeled:
        return Predicate(at)
    value = tokens[at].value if at < len(tokens) else None
    return _read(peeled, start, points=value is not None and value.unit_class == "point")


def _read(peeled: Sequence[Token], start: int, *, points: bool) -> Predicate:
    """What the tokens of a predicate say, of which the one next to the number comes first and counts first."""
    changes, bases, bounds = [], [], []
    words = False
    for token in peeled:
        kind = token.kind
        if kind in ("above", "below") and not words and len(token.word) > 1 and not points:
            bounds.append("at_least" if kind == "above" else "at_most")  # 增长高于7%; before points it is a difference
        elif kind in _DIRECTIONS:
            changes.append(_DIRECTIONS[kind])
        elif kind in _BOUNDS:
            bounds.append(kind)
        if token.letter == "A":
            bases.append(token.word)
        words = words or token.letter in "CRBADEF"
    return Predicate(
        start=start,
        change=changes[0] if changes else "",
        base=bases[0] if bases else "",
        bound=bounds[0] if bounds else "",
        reach=any(token.letter in "RF" for token in peeled),
        rung=any(token.kind == "rung_verb" for token in peeled),
        words=words,
    )


def _belongs(tokens: Sequence[Token], first: int, i: int) -> bool:
    """Whether a token is part of the predicate that goes on to its right."""
    token, before = tokens[i], tokens[i - 1] if i > first else None
    if token.word == "的":
        return before is not None and before.letter in _LED_BY
    if token.letter == "G":
        return before is not None and before.letter in "BR"  # 超过全市30%
    return token.letter in _PEELED


def _opened(tokens: Sequence[Token], first: int, closed: int) -> int:
    """Where the bracket opens that closes at ``closed``, if no value stands in it; else its end."""
    for i in range(closed - 1, max(first, closed - _BRACKET) - 1, -1):
        if tokens[i].letter in "VX":
            break
        if tokens[i].letter == "(":
            return i
    return first


def base_of(tokens: Sequence[Token], first: int, at: int) -> str:
    """What a change is measured against, as the tokens before its value say; the last one counts."""
    return next((token.word for token in reversed(tokens[first:at]) if token.letter == "A"), "")
