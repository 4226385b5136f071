"""What words say of a mechanism: what it does, who acts, by which channels, how often; the rest stays empty.

Each function reads simplified words and gives places in them, so that a table can show what is printed there.
"""

from __future__ import annotations

import re
from functools import cache

from reportkit.language.characters import HAN
from reportkit.mentions.words import mention_cues, one_of
from reportkit.report import Span

__all__ = ["actors_in", "cadence_in", "channels_in", "does_after", "does_before"]

_SHORTEST, _LONGEST = 4, 90  # characters that tell something, and that are shown of it
_LEAST_ACTOR = 3  # characters of the name of a body
_PAUSES = "，、：:"
_LIST = re.compile(f"[{HAN}]{{2,12}}(?:、[{HAN}]{{2,12}}){{2,}}$")
_HOTLINE = r"(?<!\d)1\d{4}(?!\d)"  # 12345


def does_after(words: str) -> Span | None:
    """What is told after a name, up to a semicolon, if it tells something.

    >>> does_after("，集结各方力量会诊把脉；另外"), does_after("被评为十佳"), does_after("建设，")
    (Span(start=1, end=11), None, None)
    """
    start = len(words) - len(words.lstrip(_PAUSES))
    told = re.split("[；。]", words[start:])[0].rstrip(f"{_PAUSES} ")
    start += len(told) - len(told.lstrip(f"{_PAUSES} "))
    told = told.lstrip(f"{_PAUSES} ")
    passed = mention_cues("passed over").match(told)
    if passed:
        start, told = start + passed.end(), told[passed.end() :]
    if mention_cues("done to it").match(told) or len(told) < _SHORTEST:
        return None
    return Span(start, start + min(len(told), _LONGEST))


def does_before(words: str) -> Span | None:
    """What stands before a name as its content: 将甲、乙、丙作为必经程序, 启动甲、乙、丙“三项行动”.

    >>> words = "将专家论证、公众参与、合法性审查作为重大决策的"
    >>> does_before(words).of(words)
    '专家论证、公众参与、合法性审查'
    """
    put = _put().search(words)
    if put:
        return Span(*put.span("what"))
    listed = _LIST.search(words)
    if not listed:
        return None
    verb = mention_cues("starts").match(words, listed.start())
    return Span(verb.end() if verb else listed.start(), listed.end())


@cache
def _put() -> re.Pattern[str]:
    return re.compile(f"{one_of('takes')}(?P<what>[{HAN}、]{{6,80}}?){one_of('puts as')}[{HAN}]{{0,8}}$")


def actors_in(words: str) -> list[Span]:
    """The bodies and people that act in a sentence, in order.

    >>> words = "深化与外汇管理局、人民银行等部门联合机制，科学布局，各级公安机关认真落实"
    >>> [actor.of(words) for actor in actors_in(words)]
    ['外汇管理局', '人民银行', '各级公安机关']
    """
    actors = []
    for found in _actor().finditer(words):
        led = _led().match(found[0])
        span = Span(found.start() + (led.end() if led else 0), found.end())
        if len(span) >= _LEAST_ACTOR or mention_cues("person").fullmatch(found[0]):
            actors.append(span)
    return actors


@cache
def _actor() -> re.Pattern[str]:
    before, after = f"(?:(?<=[，。；、])|(?<={one_of('before actor')})|^)", f"(?=[，。；、]|{one_of('after actor')})"
    return re.compile(f"{before}{one_of('actor scope')}?[{HAN}]{{0,8}}?{one_of('body')}{after}|{one_of('person')}")


@cache
def _led() -> re.Pattern[str]:
    """What stands before a body without being part of its name; all of it where it only looks like a body."""
    return re.compile(f".*{one_of('before body')}(?=[{HAN}]{{2}})|{one_of('leads body')}+|.*{one_of('no body')}$")


def channels_in(words: str) -> list[Span]:
    """Hotlines, websites, counters and the like, in order."""
    found = (Span(*found.span()) for found in _channel().finditer(words))
    return [span for span in found if not mention_cues("no channel").fullmatch(words, span.start, span.end)]


@cache
def _channel() -> re.Pattern[str]:
    return re.compile(f"{_HOTLINE}{one_of('with number')}?|{one_of('channel', 'no channel')}")


def cadence_in(words: str) -> list[Span]:
    """How often something is done (每半月, 定期), in order."""
    return [Span(*found.span()) for found in mention_cues("cadence").finditer(words)]
