"""The grammar of figures: named patterns over the letters of tokens, tried in order; the first that fits reads the value.

A pattern is a line of :data:`PATTERNS`: a name, which the table shows in its column ``how``; a shape, which is a regular
expression over the letters of :mod:`reportkit.metrics.tokens` (those that lead up to the value, the value, a blank, and the
rest of its clause); a function of a few lines that gives the labels of the values it reads, or ``None`` where it does not fit
after all; an example with the labels that it must give, which is its test; and traits, which are what else
:mod:`reportkit.metrics.statements` has to know of values read so (:data:`TRAITS`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reportkit.metrics.leads import Lead
from reportkit.metrics.predicates import peel
from reportkit.metrics.subjects import has_noun, is_relative, label_of, shared, split_list
from reportkit.metrics.tokens import Token, letters_of
from reportkit.metrics.units import AMOUNTS
from reportkit.metrics.words import opens

__all__ = ["PATTERNS", "TRAITS", "Pattern"]

Labels = Sequence[Sequence[str]]  # for each value that is read, its labels: several where a value holds for several subjects
_PEOPLE = ("count", "place")  # classes of units that count what does something
_SIZES = ("money", "measure")


TRAITS = MappingProxyType({
    "same subject": "its subject is one that was named before: what follows does not go on with its label",
    "deals": "its values are dealt out to subjects and share bound and base",
    "copies": "a value without a predicate goes on with that of the value before it",
    "second": "of two values the second is of the kind of the first: 增速由58%回落到27%",
    "may be growth": "a rate that is reached goes on with a rate of growth before it: 增长7%、力争达到8%",
    "counts": "things counted change in number only by words like 净增 at the front of the clause",
    "takes noun": "the words after the number are used up",
    "takes rung": "the threshold after the number is used up: 4个千亿|台阶",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which a figure is stated: ``shape`` over letters, ``example`` and the labels that it must give."""

    name: str
    shape: re.Pattern[str]
    read: Callable[[Lead], Labels | None]
    traits: frozenset[str]
    example: str
    labels: tuple[str, ...]


# --- subjects that share what follows ----------------------------------------------------------


def _dealt(lead: Lead) -> Labels | None:
    """A、B分别下降7.1%、14.1%: subjects in front of 分别, or in the clause before, are dealt out to the values."""
    deal = max(i for i in range(lead.first, lead.at) if lead.tokens[i].letter == "D")
    row = len(_row(lead))
    n = row if row > 1 else len(lead.value.figures)
    head = _without_predicate(lead.tokens[lead.clause : deal])
    tail = label_of(lead.tokens[deal + 1 : lead.predicate.start])
    subjects = shared(head, n) if has_noun(head) and not is_relative(head) else []
    for clause in [] if subjects else lead.clauses_before():
        subjects = shared(_without_predicate(clause), n)
        if subjects:
            tail = tail or (label_of(head) if len(label_of(head)) <= _SHORT_NOUN else "")
            break
    if not subjects:
        named = list(dict.fromkeys(one.label for one in lead.said if one.kind != "change"))
        subjects = named[-n:] if len(named) >= n and (not has_noun(head) or is_relative(head)) else []
        tail = tail or label_of(head) if subjects else tail
    if not subjects and is_relative(head):
        subjects = [f"{lead.topic}{part}" for part in shared(head, n) or [label_of(head)] * n]
    own = label_of(head) if any(token.letter in "NW" for token in head) else ""
    subjects = subjects or [own or lead.topic or _earlier(lead)] * n
    labels = [f"{subject}{tail}" for subject in subjects]
    return [[label] for label in labels] if row > 1 else [labels]


_SEVERAL = 2  # values that make a list
_SHORT_NOUN = 6  # characters of a noun between 分别 and the subjects in the clause before


def _dealt_silently(lead: Lead) -> Labels | None:
    """A、B下降16%、33%: as above, where 分别 is left out and there are as many subjects as values."""
    n = len(_row(lead, bare=True))
    if n < _SEVERAL:
        return None
    listed = _without_predicate(lead.core)
    subjects = shared(listed, n)
    return [[subject] for subject in subjects] if len(subjects) == n and not shared(listed, n + 1) else None


def _each(lead: Lead) -> Labels | None:
    """A、B均达到100%: every subject reaches the one value."""
    n = max(len(split_list(lead.core)), _levels(lead.core))
    labels = shared(lead.core, n) if n > 1 else []
    return [labels] if labels else None


def _levels(tokens: Sequence[Token]) -> int:
    return sum(token.word.endswith("率") for token in tokens)


# What may stand between the values of a list: nothing but its mark, or each value's own predicate, too.
_BARE, _WITH_PREDICATE = re.compile("[L,]"), re.compile("(?:L|,|,?L)?[CRBAMETU]*")


def _row(lead: Lead, *, bare: bool = False) -> list[int]:
    """The indices of the values of a list that begins with this one, each with a predicate of its own or none at all."""
    found = [lead.at]
    between = _BARE if bare else _WITH_PREDICATE
    for i in range(lead.at + 1, len(lead.tokens)):
        if lead.tokens[i].letter not in "VX":
            continue
        letters = letters_of(lead.tokens[found[-1] + 1 : i])
        restarts = "D" in letters or ("," in letters and ("R" in letters or not re.search("[CRBA]", letters)) and not bare)
        if not letters or not between.fullmatch(letters) or restarts or (bare and letters == ","):
            break
        found.append(i)
    return found


def _without_predicate(tokens: Sequence[Token]) -> Sequence[Token]:
    """A clause up to the predicate at its end, and without a base at its front: 医疗、教育投入|不断提高."""
    first = next((i for i, token in enumerate(tokens) if token.letter not in "AT,;("), len(tokens))
    end = len(tokens)
    while end > first and tokens[end - 1].letter in ",;()L":
        end -= 1
    said = peel(tokens, first, end) if end > first else None
    return tokens[first : said.start] if said else ()


# --- one subject -------------------------------------------------------------------------------


def _rung(lead: Lead) -> Labels | None:
    """地区生产总值连跨4个千亿台阶: the threshold is no name."""
    if not lead.predicate.rung and lead.rung is None:
        return None
    return [[lead.own or _topic(lead)]] if lead.predicate.words else None


def _from_to(lead: Lead) -> Labels | None:
    """覆盖率由85%提高到92%: both values are of the one subject."""
    later = next((i for i in range(lead.at + 1, len(lead.tokens)) if lead.tokens[i].letter == "V"), None)
    between = "" if later is None else letters_of(lead.tokens[lead.at + 1 : later])
    label = lead.own or _topic(lead)
    if not label or not re.fullmatch("[^NWVX;,()]*[CR][^NWVX;,()]*", between):
        return None
    return [[label], [label]]


def _ratio(lead: Lead) -> Labels | None:
    """三次产业比例11.7:24.8:63.5: a label for each part, where the subject names them."""
    label = lead.own or label_of(lead.core) or _topic(lead)
    parts = shared(lead.core, len(lead.value.figures)) if lead.own else []
    return [parts if len(parts) == len(lead.value.figures) and "（" in parts[0] else [label]]


def _listed(lead: Lead) -> Labels | None:
    """44.1、21.6亿元: nothing but a list mark since the value before."""
    return [[lead.said[-1].label]] if lead.said and not lead.after else None


def _continued(lead: Lead) -> Labels | None:
    """1.3万亿元、增长5.8%: the subject of the value before, and a predicate of its own."""
    if not lead.said and not lead.clauses_before():
        return None
    topic = _topic(lead)
    return [[topic]] if topic else None


def _relative(lead: Lead) -> Labels | None:
    """总量达到5333家, 占全省30%: a noun that only makes sense beside the subject before it."""
    if not is_relative(lead.core):
        return None
    topic, own = _topic(lead), label_of(lead.core)
    return [[topic if own in topic else f"{topic}{own}"]]


def _counted(lead: Lead) -> Labels | None:
    """136个省级重点项目: what was counted follows its number."""
    if not any(token.letter == "N" for token in lead.after) or lead.value.unit_class == "medal":
        return None
    kind, core = lead.value.unit_class, lead.core
    own = has_noun(core) and core[-1].letter != "L"
    of = lead.tokens[lead.at + 1].word == "的"
    if kind in AMOUNTS and (lead.predicate.change or lead.predicate.reach or (own and not of)):
        return None
    in_list = lead.letters[0] == "L" or lead.tokens[lead.clause - 1].letter == "L"
    measures = (core[-1].tag[:1] == "n" and core[-1].tag != "ns" and not of) if core else False
    if kind in _SIZES and own and (lead.after[0].letter == "W" or measures or (kind == "measure" and in_list)):
        return None
    if own and core[-1].kind in ("level", "relative") and kind != "count" and not of:
        return None
    return [[label_of(lead.after)]]


def _doing(lead: Lead) -> Labels | None:
    """5家获评优秀, 1324人晋升职称: who is counted is named by what they did."""
    if lead.value.unit_class not in _PEOPLE or has_noun(lead.core):
        return None
    words = lead.tokens[lead.at + 1 : lead.at + _DOING_WITHIN]
    end = next((i for i, token in enumerate(words) if token.letter in ",;()VX"), len(words))
    words = words[:end]
    return (
        [[label_of(words)]]
        if any(token.letter in "WOR" or opens(token.word) for token in words[:2]) and has_noun(words)
        else None
    )


_DOING_WITHIN = 9  # tokens


def _stated(lead: Lead) -> Labels | None:
    """注册用户突破105万: a subject and its predicate."""
    return [[lead.own]] if lead.own else None


def _deed(lead: Lead) -> Labels | None:
    """开展治安检查579次, 培训3000人次: a deed and what it was done to, or the deed alone."""
    if lead.own:
        return [[lead.own]]
    if lead.value.unit_class == "medal" and _topic(lead):
        return [[_topic(lead)]]
    label = label_of(lead.core)
    return [[label]] if len(label) > 1 and any(token.letter in "NW" for token in lead.core) else None


def _nearest(lead: Lead) -> Labels:
    """What is left: the nearest words that name anything."""
    near = label_of(lead.after)
    return [[_topic(lead) or near or label_of(lead.core) or label_of(lead.tokens[lead.at + 1 : lead.at + _FEW])]]


_FEW = 6  # tokens


def _topic(lead: Lead) -> str:
    """The subject that a value without one of its own goes on with: of a clause since the last value, else that value's."""
    return _earlier(lead, with_deeds=not lead.topic) or lead.topic


def _earlier(lead: Lead, *, with_deeds: bool = True) -> str:
    """The subject of an earlier clause: one that begins with a noun, else (``with_deeds``) any that names something."""
    clauses = [_subject_of(clause) for clause in lead.clauses_before()]
    named = [clause for clause in clauses if has_noun(clause) and not is_relative(clause)]
    plain = [clause for clause in named if clause[0].letter == "N"]
    chosen = plain[:1] or (named[:1] if with_deeds else [])
    return label_of(chosen[0]) if chosen else ""


def _subject_of(clause: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a clause up to its predicate: none where it only says when or under which conditions."""
    first = next((i for i, token in enumerate(clause) if token.letter not in "TMGAL,;()UP"), len(clause))
    if first == len(clause) or clause[first].letter == "O":
        return ()
    end = next(
        (i for i in range(first, len(clause)) if clause[i].letter in "CRBFDE,;" or clause[i].kind == "standing"), len(clause)
    )
    return clause[first:end]


def _pattern(
    name: str, shape: str, read: Callable[[Lead], Labels | None], example: str, *labels: str, traits: Sequence[str] = ()
) -> Pattern:
    return Pattern(name, re.compile(shape), read, frozenset(traits), example, labels)


PATTERNS = (
    _pattern("dealt", "[^V]*D[^,;()V]*[VX] ", _dealt, "甲类案件、乙类案件同比分别下降7.1%、14.1%。", "甲类案件", "乙类案件",
             traits=["deals", "copies"]),
    _pattern("each", "[^V]*E[MCRBFATU]*V ", _each, "水质达标率、空气达标率均达到100%。", "水质达标率", "空气达标率"),
    _pattern("dealt_silently", ".*[NW].*V [L]", _dealt_silently, "事故起数、死亡人数下降16%、33%。", "事故起数", "死亡人数",
             traits=["deals", "copies"]),
    _pattern("from_to", ".*F[TUMB]*V [^,;()]*[CR]", _from_to, "覆盖率由85%提高到92%。", "覆盖率", "覆盖率", traits=["second"]),
    _pattern("rung", ".*V ", _rung, "地区生产总值连跨4个千亿台阶。", "地区生产总值", traits=["takes rung"]),
    _pattern("ratio", ".*X ", _ratio, "二三产比例45:55。", "二三产比例（第二产业）", "二三产比例（第三产业）"),
    _pattern("listed", "L?V (?!U?N)", _listed, "新增企业3家、5家。", "新增企业", traits=["same subject", "copies"]),
    _pattern("counted", ".*V [^,;()]", _counted, "136个省级重点项目全部实行。", "省级重点项目",
             traits=["counts", "takes noun"]),
    _pattern("relative", ".*N.*V ", _relative, "新增企业5家，总量达到80家。", "新增企业总量", traits=["same subject"]),
    _pattern("doing", ".*V [WOMNR]", _doing, "1324人晋升职称。", "晋升职称", traits=["takes noun"]),
    _pattern("continued", "(?:.*[,;(])?[LMTGEAUCRBF]*V ", _continued, "产值130亿元，增长5.8%。", "产值",
             traits=["same subject", "may be growth"]),
    _pattern("stated", ".*[CRBAF][^,;()]*V ", _stated, "注册用户突破105万。", "注册用户"),
    _pattern("deed", ".*[NW][^,;()]*V ", _deed, "开展治安检查579次。", "开展治安检查"),
    _pattern("nearest", ".*[VX] ", _nearest, "5个。", "", traits=["same subject"]),
)  # fmt: skip
