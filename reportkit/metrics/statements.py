"""Tokens → statements: the first pattern that fits each value, and what its predicate says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportkit.metrics.figures import Figure, Value
from reportkit.metrics.leads import Lead, Statement, clause_at
from reportkit.metrics.patterns import PATTERNS, Pattern
from reportkit.metrics.predicates import base_of
from reportkit.metrics.tokens import Token, letters_of
from reportkit.metrics.units import AMOUNTS, unit_class
from reportkit.metrics.words import ends_on_level

__all__ = ["read_statements"]

_SHARES = ("率", "比重", "占比", "比例")  # ends of labels that have a level in %
_BESIDE = 10  # characters between two values, of which the second goes on with the first
_SIGNS = ("+", "＋", "-", "−", "－")
_NET = "净减增压缩精裁"  # with what a word begins that changes a number of things


def read_statements(tokens: Sequence[Token]) -> list[Statement]:
    """What a sentence says of each of its figures, in order."""
    said: list[Statement] = []
    first, topic = 0, ""
    values = [i for i, token in enumerate(tokens) if token.letter in "VX"]
    at = 0
    while at < len(values):
        lead = Lead(tokens, first, values[at], said, topic)
        pattern, labels = _fitting(lead)
        row = values[at : at + len(labels)]
        for i, own in zip(row, labels, strict=True):
            lead = lead if i == lead.at else Lead(tokens, first, i, said, topic)
            said += list(_statements(lead, pattern, own, tokens[row[-1]].value))
            first = _used_up(lead, pattern)
        if "same subject" not in pattern.traits or not topic:
            topic = said[-1].label
        at += len(labels)
    return said


def _fitting(lead: Lead) -> tuple[Pattern, Sequence[Sequence[str]]]:
    for pattern in PATTERNS:
        if pattern.shape.match(lead.letters):
            labels = pattern.read(lead)
            if labels is not None:
                return pattern, labels
    raise AssertionError("the last pattern fits every value")


def _used_up(lead: Lead, pattern: Pattern) -> int:
    """The index of the first token that may speak of the next value."""
    if "takes noun" in pattern.traits and lead.after:
        return _past(lead, lead.after[-1])
    return _past(lead, lead.rung) if "takes rung" in pattern.traits and lead.rung is not None else lead.at + 1


def _past(lead: Lead, last: Token) -> int:
    """The index after a token, but not past another value (those of a quotation share what follows it)."""
    for i in range(lead.at + 1, len(lead.tokens)):
        if lead.tokens[i].letter in "VX":
            return lead.at + 1
        if lead.tokens[i] is last:
            return i + 1
    return lead.at + 1


def _statements(lead: Lead, pattern: Pattern, labels: Sequence[str], last: Value | None) -> Iterator[Statement]:
    """The statements of one value: one a figure and label."""
    deal = "deals" in pattern.traits
    previous = lead.said[-1] if lead.said else None
    whole = _whole(lead)
    by_part = len(labels) == len(lead.value.figures) > 1
    for n, figure in enumerate(lead.value.figures):
        kind, direction, base = _kind(lead, pattern, figure, previous)
        bound = _bound(lead, figure, previous if deal else None, last if deal else None)
        for label in labels[n : n + 1] if by_part else labels:
            yield Statement(figure, label, kind, direction, base, bound, pattern.name, whole)


# --- bound -------------------------------------------------------------------------------------


def _bound(lead: Lead, figure: Figure, previous: Statement | None, last: Value | None) -> str:
    """How exact a figure is: by the words before its number, its 余, or those after its unit, which hold for all of a list."""
    if figure.bound or figure.more:
        return figure.bound or "at_least"
    if lead.predicate.bound:
        return lead.predicate.bound
    if lead.value.link == "range" and lead.value.figures[-1].bound == "approx":
        return "approx"
    if previous is not None and not lead.predicate.words and previous.bound != "exact" and not previous.figure.more:
        return previous.bound
    shared = last.figures[-1].bound if last is not None else ""
    return shared or "exact"


# --- kind, direction, base ---------------------------------------------------------------------


def _kind(lead: Lead, pattern: Pattern, figure: Figure, previous: Statement | None) -> tuple[str, str, str]:
    """``level``, ``share`` or ``change``, with direction and base."""
    if lead.value.link == "ratio":
        return "share", "none", ""
    if previous is not None and _copies(lead, pattern, figure, previous):
        return previous.kind, _signed(figure, previous), previous.base
    if previous is not None and (_is_second(lead, pattern, previous) or _stretches(lead, pattern, figure, previous)):
        return previous.kind, previous.direction, previous.base
    change = _change(lead, pattern, figure)
    if change:
        change = "down" if figure.value < 0 and change == "up" else change
        return "change", change, _base(lead, pattern, previous)
    share = unit_class(figure.unit) == "percent" or figure.writing == "fraction"
    return ("share" if share else "level"), "none", ""


def _copies(lead: Lead, pattern: Pattern, figure: Figure, previous: Statement) -> bool:
    """Whether a value without a predicate goes on with that of the one before it."""
    if lead.predicate.words or "copies" not in pattern.traits:
        return False
    a, b = unit_class(figure.unit), unit_class(previous.figure.unit)
    return a == b or (a in AMOUNTS and b in AMOUNTS)


def _signed(figure: Figure, previous: Statement) -> str:
    """The direction of a value that goes on with a list: a minus turns it round (分别增长5.2%、-3.1%、2.0%)."""
    turned = (figure.value < 0) != (previous.figure.value < 0)
    return {"up": "down", "down": "up"}.get(previous.direction, previous.direction) if turned else previous.direction


def _is_second(lead: Lead, pattern: Pattern, previous: Statement) -> bool:
    """Whether a value is what a rate of growth came to: 增速由58%回落到27%."""
    return "second" in pattern.traits and previous.how == pattern.name and previous.kind == "change" and not lead.core


def _stretches(lead: Lead, pattern: Pattern, figure: Figure, previous: Statement) -> bool:
    """Whether a rate that is reached goes on with a rate of growth: 增长7%以上、力争达到8%."""
    grows = previous.kind == "change" and unit_class(previous.figure.unit) == unit_class(figure.unit) == "percent"
    goes_on = "may be growth" in pattern.traits and lead.predicate.reach and not lead.predicate.change
    beside = lead.tokens[lead.at].start - previous.figure.end < _BESIDE
    return grows and goes_on and beside and not previous.label.endswith(_SHARES)


def _change(lead: Lead, pattern: Pattern, figure: Figure) -> str:
    """The direction of a change that a figure states, ``""`` where it states none."""
    said, kind = lead.predicate, unit_class(figure.unit)
    if "counts" in pattern.traits and kind in ("count", "place") and said.change:
        return said.change if said.start == lead.clause and _net(lead.tokens[said.start]) else ""
    if said.change and kind in ("count", "place") and _compound(lead):
        return ""
    if said.change:
        return said.change
    led = _led(lead, kind)
    if led:
        return led
    if kind == "percent" and lead.predicate.base and lead.tokens[lead.at].word.startswith(_SIGNS):
        return "up"  # 同比+6.1%; a minus turns it round
    if kind == "point":
        return _direction_nearby(lead)
    return _rate(lead) if kind in ("percent", "point") else ""


def _compound(lead: Lead) -> bool:
    """Whether the word of change is the end of a deed (改造提升23个), not what is said of a subject."""
    return bool(lead.core) and lead.core[-1].letter == "W" and not lead.predicate.base


def _net(token: Token) -> bool:
    """净增, 减少 before what was counted are changes (净增3家企业); 提升, 扩大 before it are deeds."""
    return token.word[0] in _NET and token.letter == "C"


def _led(lead: Lead, kind: str) -> str:
    """A change whose object stands between it and the number: 减少碳排放5万吨, 净增市场主体3家; not 提高标准、覆盖5人."""
    after = max((i for i, token in enumerate(lead.core, 1) if token.tag == "f" and token.word in "后来"), default=0)
    core = [token for token in lead.core[after:] if token.letter not in "TMGU,P"]  # 改革后共减少
    if not core or core[0].letter != "C" or lead.predicate.reach or kind == "multiple":
        return ""
    if any(token.letter in "WLC" for token in core[1:]) or any(token.kind == "relative" for token in core):
        return ""
    if kind == "percent" and ends_on_level(core[-1].word):
        return ""
    if kind in ("count", "place") and not _net(core[0]):
        return ""
    return {"up": "up", "down": "down"}.get(core[0].kind, "")


def _direction_nearby(lead: Lead) -> str:
    """Points are a difference; which way is told by a word of the clause."""
    kinds = [token.kind for token in lead.tokens[lead.clause : lead.at] if token.letter == "C"]
    return kinds[-1] if kinds and kinds[-1] in ("up", "down") else "up"


def _rate(lead: Lead) -> str:
    """增速为5%, 涨幅2%: a noun that is a change by itself."""
    nouns = [token.kind for token in lead.core if token.letter == "N"]
    return {"rate_up": "up", "rate_down": "down"}.get(nouns[-1], "") if nouns else ""


def _base(lead: Lead, pattern: Pattern, previous: Statement | None) -> str:
    own = base_of(lead.tokens, lead.clause, lead.at)
    if own:
        return own
    if "deals" in pattern.traits and previous is not None and previous.kind == "change" and "," not in letters_of(lead.core):
        return previous.base
    before = lead.clause
    start = clause_at(lead.tokens, lead.first, before - 1)
    alone = lead.tokens[start:before]
    if alone and all(token.letter in "AMT,G" for token in alone):
        return base_of(lead.tokens, start, before)  # 与2022年相比，案件下降5%
    return ""


# --- parts -------------------------------------------------------------------------------------


def _whole(lead: Lead) -> int | None:
    """The statement of the whole, where 其中 stands before the value or before its sibling (其中维持150件，撤销22件)."""
    if not lead.said:
        return None
    letters = re.sub(r"\([^()]*\)", "", letters_of(lead.tokens[lead.first : lead.at]))  # 散居儿童（含孤儿）1484元 is no part
    if "P" not in letters:
        before = lead.said[-1]
        sibling = before.figure.unit == lead.value.unit and re.fullmatch("[L,]?[^L,;)P]{1,6}", letters)
        return before.whole if sibling else None
    at = len(lead.said) - 1
    while at > 0 and lead.said[at].kind == "change":
        at -= 1
    return at
