"""Every quotation of a report: does it name something that the body set up, or why not?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.functions.words import function_cues
from reportkit.language.characters import HAN
from reportkit.language.lexicon import lexicon, longest_first
from reportkit.report import Span

__all__ = ["Name", "Refusal", "heads", "kinds", "read_quotations"]

_QUOTATION = re.compile("“([^“”\n]{1,60})”")
_DAY = re.compile(r"\d{1,2}[.·•・]\d{1,2}.*|.*(?:[^今]日|节)")
_FIGURE = re.compile(
    r"[\d一二三四五六七八九十百]+(?:大类|小项|项|类|个|件|名|条|%)(?:、[\d一二三四五六七八九十百]+(?:大类|小项|项|类|个|件|名|条|%))*"
)
_LIST = re.compile("、|以及|和|及|与|，")
_SET_UP = re.compile(
    f"(?:推行|实行|开通|打造|创建|启动|建立|推出|运行|实施|探索|深化|构建|开展|推广|实现|擦亮|做实|创新|形成|升级|用好|推进|组织|举办)(?:了)?(?:[{HAN}]{{0,10}})$"
)
_STOP = re.compile("[，。；：！？、《》“”（）\n被将对在]|等(?!级)|的(?!士)")
_PRACTICE = "做法"  # set up, but no noun says as what
_CERTAIN = ("day", "figure", "period", "office", "matter", "honour")  # whatever noun follows
_NEAR = 6  # characters after a head noun in which a further one belongs to the same name
_REACH = 18  # characters between a quotation and its head noun


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a mechanism where it stands: ``core`` is the part in quotation marks (or all of it)."""

    text: str
    core: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Refusal:
    """A quotation that names no mechanism, and why: ``honour``, ``slogan``, ``day``, ``figure``, ``problem``, ``period``,
    ``office``, ``matter``, ``account``, ``title`` (of a document) or ``unclear``.
    """

    text: str
    reason: str
    span: Span


def read_quotations(text: str) -> tuple[list[Name], list[Refusal]]:
    """Sort the quotations of a text into names and refusals, in reading order."""
    names: list[Name] = []
    refusals: list[Refusal] = []
    quotations = list(_QUOTATION.finditer(text))
    titles = [match.span() for match in re.finditer("《[^《》\n]{1,160}》", text)]
    for i, quotation in enumerate(quotations):
        span = Span(*quotation.span())
        group, head = _group(text, quotations, i)
        kind, end = _kind(text, quotation[1], span, head if group != i else None)
        reason = _reason(text, quotation[1], span)
        in_title = any(a < span.start and span.end < b for a, b in titles)
        if reason in _CERTAIN or (reason and kind in ("", _PRACTICE)):
            refusals.append(Refusal(quotation[0], reason, span))
        elif kind and not (in_title and end == span.end):
            whole = Span(span.start, end)
            names.append(Name(whole.of(text), quotation[0], kind, whole))
        else:
            refusals.append(Refusal(quotation[0], "title" if in_title else "unclear", span))
    return names, refusals


def _group(text: str, quotations: Sequence[re.Match[str]], i: int) -> tuple[int, str]:
    """The last quotation of the list that this one stands in, and the words after it, where the head noun is."""
    last = i
    while last + 1 < len(quotations):
        between = text[quotations[last].end() : quotations[last + 1].start()]
        if between and not _LIST.fullmatch(between):
            break
        last += 1
    after = text[quotations[last].end() : quotations[last].end() + _REACH + 4]
    return last, after


def _kind(text: str, quoted: str, span: Span, listed: str | None) -> tuple[str, int]:
    """The kind of mechanism that a quotation names, and where the name ends; ``("", …)`` where it names none."""
    after = text[span.end : span.end + _REACH + 4]
    stop = _STOP.search(after)
    words = after[: stop.start()] if stop else after
    joined = re.match("和|及|与|暨", words)
    head = heads("yes", "made", "quoted").search(words)
    if head and not joined:
        while further := heads("yes", "made", "quoted").search(words, head.end(), head.end() + _NEAR):
            head = further  # 服务|平台, 制度|体系
        return kinds()[head[0]], span.end + head.end()
    if head:
        return kinds()[head[0]], span.end  # “甲”和乙行动: only 甲 is quoted
    own = [head for head in heads("self", "bare", "yes", "made", "quoted").finditer(quoted) if head.end() == len(quoted) > 2]
    if own and not function_cues("action").match(quoted):
        return kinds()[own[0][0]], span.end
    if listed is not None:
        shared = re.match(rf"等?([{HAN}]{{0,12}})", listed)
        head = heads("yes", "made", "quoted").search(shared[1]) if shared else None
        if head:
            return kinds()[head[0]], span.end
    elif words == "" and after.startswith("等"):
        head = heads("yes", "made", "quoted").search(re.split("[，。；]", after[1:])[0])
        if head:
            return kinds()[head[0]], span.end
    if not words and len(quoted) > 1 and _SET_UP.search(re.split("[，。；、]", text[max(0, span.start - 20) : span.start])[-1]):
        return _PRACTICE, span.end
    return "", span.end


def _reason(text: str, quoted: str, span: Span) -> str:
    """Why a quotation is no name, ``""`` where nothing speaks against it."""
    before, after = text[max(0, span.start - 14) : span.start], text[span.end : span.end + 10]
    if _DAY.fullmatch(quoted):
        return "day"
    if _FIGURE.fullmatch(quoted):
        return "figure"
    for entry in lexicon("quotation_reasons"):
        cue, where = entry["cue"], entry["where"]
        if where == "self" and quoted == cue:
            return entry["reason"]
        if where == "ends" and quoted.endswith(cue):
            return entry["reason"]
        if where == "before" and re.search(f"{cue}(?:了|为)?(?:[{HAN}]{{0,6}})$", re.split("[，。；“”]", before)[-1]):
            return entry["reason"]
        if where == "after" and re.match(f"[{HAN}]{{0,4}}?{cue}", re.split("[，。；“”]", after)[0]):
            return entry["reason"]
    if "，" in quoted or quoted.count("、") >= 3:
        return "slogan"
    return ""


@cache
def heads(*where: str) -> re.Pattern[str]:
    """The head nouns that may stand in such places, as ``lexicons/mechanism_heads.tsv`` says."""
    return re.compile(longest_first(entry["head"] for entry in lexicon("mechanism_heads") if entry["where"] in where))


@cache
def kinds() -> dict[str, str]:
    """The kind of mechanism that each head noun names."""
    return {entry["head"]: entry["kind"] for entry in lexicon("mechanism_heads")}
