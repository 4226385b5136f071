"""Every quotation of a report: does it name something that the body set up, or why not?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.functions.words import function_cues
from reportkit.language.characters import HAN
from reportkit.language.cuelists import CueList, cue_list
from reportkit.language.lexicon import lexicon
from reportkit.mentions.words import heads_in, mention_cues, one_of
from reportkit.report import Span

__all__ = ["Name", "Refusal", "read_quotations"]

_QUOTATION = re.compile("“([^“”\n]{1,60})”")
_TITLE = re.compile("《[^《》\n]{1,160}》")
_MARKS = "，。；：！？、《》“”（）\n"
_BREAK = re.compile("[，。；“”]")
_CLAUSE = re.compile("[，。；、]")
_PRACTICE = "做法"  # set up, but no noun says as what
_AFTER_QUOTATION = ("yes", "made", "quoted")  # head nouns that may stand there
_CERTAIN = ("day", "figure", "period", "office", "matter", "honour")  # whatever noun follows
_NEAR = 6  # characters after a head noun in which a further one belongs to the same name
_REACH = 22  # characters after a quotation in which its head noun stands
_BEFORE, _AFTER = 14, 10  # characters around a quotation that tell why it is no name
_SLOGAN = 3  # 、 in a quotation that make it one
_HAN = re.compile(f"[{HAN}]")
_GAP = 4  # characters that may stand before the words that tell so


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a mechanism where it stands, its words simplified.

    ``core`` is the part in quotation marks (or all of it), ``tail`` the place of a word that completes a name from afar
    (公开 of 将…事项…对外公开).
    """

    text: str
    core: str
    kind: str
    span: Span
    tail: Span | None = None

    def printed(self, text: str) -> str:
        """The name as a text prints it."""
        return self.span.of(text) + (self.tail.of(text) if self.tail else "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A quotation that names no mechanism, and why: ``honour``, ``slogan``, ``day``, ``figure``, ``problem``, ``period``,
    ``office``, ``matter``, ``account``, ``title`` (of a document) or ``unclear``.
    """

    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A quotation: its place, the words in its marks, and where the list that it stands in ends."""

    span: Span
    words: str
    list_end: int

    @property
    def listed(self) -> bool:
        return self.list_end != self.span.end


def read_quotations(text: str) -> tuple[list[Name], list[Refusal]]:
    """Sort the quotations of a simplified text into names and refusals, in reading order."""
    names: list[Name] = []
    refusals: list[Refusal] = []
    titles = [Span(*match.span()) for match in _TITLE.finditer(text)]
    for quotation in _quotations(text):
        span = quotation.span
        kind, end = _kind(text, quotation)
        reason = _reason(text, quotation)
        in_title = _within(titles, span)
        if reason in _CERTAIN or (reason and kind in ("", _PRACTICE)):
            refusals.append(Refusal(reason, span))
        elif kind and not (in_title and end == span.end):
            whole = Span(span.start, end)
            names.append(Name(whole.of(text), span.of(text), kind, whole))
        else:
            refusals.append(Refusal("title" if in_title else "unclear", span))
    return names, refusals


def _quotations(text: str) -> list[_Quotation]:
    """The quotations of a text; of each the end of the last one of its list, after which the head noun stands."""
    found: list[_Quotation] = []
    after = None
    for match in reversed(list(_QUOTATION.finditer(text))):
        span = Span(*match.span())
        between = text[span.end : after.span.start] if after else None
        joined = between is not None and (not between or mention_cues("between").fullmatch(between))
        after = _Quotation(span, match[1], after.list_end if after and joined else span.end)
        found.append(after)
    return found[::-1]


def _within(titles: Sequence[Span], span: Span) -> bool:
    at = bisect_right(titles, span.start, key=lambda title: title.start) - 1
    return at >= 0 and titles[at].start < span.start and span.end < titles[at].end


# --- what it names -----------------------------------------------------------------------------


def _kind(text: str, quotation: _Quotation) -> tuple[str, int]:
    """The kind of mechanism that a quotation names, and where the name ends; ``("", …)`` where it names none."""
    span = quotation.span
    after = text[span.end : span.end + _REACH]
    words = after[: _name_end(after)]
    kind, end = _followed(words)
    if kind:
        return kind, span.end + end
    kind = _own_kind(quotation.words) or _shared_kind(text, quotation, words, after)
    if not kind and not words and len(quotation.words) > 1 and _practised(text, span):
        kind = _PRACTICE
    return kind, span.end


def _name_end(words: str) -> int:
    """How far a name can go on to the right."""
    stops = (found.start() for found in _stop().finditer(words) if not mention_cues("no stop").fullmatch(found[0]))
    return next(stops, len(words))


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(f"[{_MARKS}]|{one_of('stop', 'no stop')}")


def _followed(words: str) -> tuple[str, int]:
    """The kind that the head noun after a quotation tells, and where the name ends with it."""
    nouns = list(heads_in(words, *_AFTER_QUOTATION))
    if not nouns:
        return "", 0
    head, entry = nouns[0]
    if mention_cues("joins").match(words):
        return entry["kind"], 0  # “甲”和乙行动: only 甲 is quoted
    for further, also in nouns[1:]:
        if further.end() > head.end() + _NEAR:
            break
        head, entry = further, also  # 服务|平台, 制度|体系
    return entry["kind"], head.end()


def _own_kind(words: str) -> str:
    """The kind that the last noun of a quotation tells, if it begins with no verb."""
    own = [(head, entry) for head, entry in heads_in(words, "self", "bare", *_AFTER_QUOTATION) if head.end() == len(words) > 2]
    return own[0][1]["kind"] if own and not function_cues("action").match(words) else ""


def _shared_kind(text: str, quotation: _Quotation, words: str, after: str) -> str:
    """The kind that the head noun after a list tells: of “甲”、“乙”等机制 both."""
    if quotation.listed:
        shared = re.match(rf"等?([{HAN}]{{0,12}})", text[quotation.list_end : quotation.list_end + _REACH])
        told = shared[1] if shared else ""
    elif not words and after.startswith("等"):
        told = _BREAK.split(after[1:])[0]
    else:
        return ""
    return next((entry["kind"] for _, entry in heads_in(told, *_AFTER_QUOTATION)), "")


def _practised(text: str, span: Span) -> bool:
    return bool(_practice().search(_CLAUSE.split(text[max(0, span.start - 20) : span.start])[-1]))


@cache
def _practice() -> re.Pattern[str]:
    return re.compile(f"{one_of('practises')}了?[{HAN}]{{0,10}}$")


# --- why it is no name -------------------------------------------------------------------------


def _reason(text: str, quotation: _Quotation) -> str:
    """Why a quotation is no name, ``""`` where nothing speaks against it: the first line of the list that fits."""
    before = _BREAK.split(text[max(0, quotation.span.start - _BEFORE) : quotation.span.start])[-1]
    after = _BREAK.split(text[quotation.span.end : quotation.span.end + _AFTER])[0]
    found = [
        (_reasons("self"), _reasons("self").pattern.fullmatch(quotation.words)),
        (_reasons("ends"), _reasons("ends").pattern.search(quotation.words)),
        (_reasons("before"), _done_before().search(before)),
        *((_reasons("after"), match) for match in _said_after(after)),
    ]
    entries = [words.entry(match["cue"] if "cue" in match.re.groupindex else match[0]) for words, match in found if match]
    first = min((entry for entry in entries if entry["reason"]), key=lambda entry: int(entry["line"]), default=None)
    if first:
        return first["reason"]
    return "slogan" if "，" in quotation.words or quotation.words.count("、") >= _SLOGAN else ""


def _said_after(words: str) -> Iterator[re.Match[str]]:
    """The cues within a few Han characters after a quotation."""
    for at in range(min(_GAP, len(words)) + 1):
        if match := _reasons("after").pattern.match(words, at):
            yield match
        if not _HAN.match(words, at):
            return


@cache
def _done_before() -> re.Pattern[str]:
    return re.compile(f"(?P<cue>{_reasons('before').pattern.pattern})(?:了|为)?[{HAN}]{{0,6}}$")


@cache
def _reasons(where: str) -> CueList:
    entries = lexicon("quotation_reasons", ("cue", "reason", "where"), ("cue",))
    numbered = ({**entry, "line": str(line)} for line, entry in enumerate(entries))
    return cue_list([entry for entry in numbered if entry["where"] == where], at_end=where == "ends")
