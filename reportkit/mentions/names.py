"""Names of mechanisms without quotation marks: a head noun (机制, 平台, 法制员) and the nouns before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from reportkit.functions.clauses import BLANK, blanked
from reportkit.language.characters import HAN
from reportkit.language.cues import SHAPES, any_cue
from reportkit.language.lexicon import lexicon
from reportkit.mentions.quotations import Name
from reportkit.mentions.taken import Taken
from reportkit.mentions.words import heads, heads_in, mention_cues, one_of
from reportkit.report import Span

__all__ = ["read_nouns"]

_PIECE = re.compile(f"[^，。；：！？、《》“”（）\n{BLANK}]+")
_REACH = 60  # characters that are looked at for a name
_LEAST = 2  # characters that must stand before a head noun
_LEAST_ROLE = 3  # characters of a role: 法制员
_LONG = 8  # characters before 的 that are kept, as the rest is no name by itself


def read_nouns(text: str, quoted: Sequence[Name]) -> list[Name]:
    """The names that stand without quotation marks in a simplified text, in reading order; none inside a quoted one."""
    taken = Taken(len(text))
    for name in quoted:
        taken.take(name.span)
    flat = blanked(text)
    found = [*_roles(flat), *_published(flat), *_by_head(flat)]
    return [name for name in sorted(found, key=lambda name: (name.span.start, -name.span.end)) if taken.take(name.span)]


# --- by a head noun ----------------------------------------------------------------------------


def _by_head(flat: str) -> Iterator[Name]:
    for piece in _PIECE.finditer(flat):
        for head, entry in heads_in(piece[0], "yes", "made", "bare"):
            start = _name_start(piece[0], head, made=entry["where"] == "made")
            if start is not None:
                name = piece[0][start : head.end()]
                span = Span(piece.start() + start, piece.start() + head.end())
                yield Name(name, name, entry["kind"], span)


def _name_start(piece: str, head: re.Match[str], *, made: bool) -> int | None:
    """Where the name of a head noun begins, ``None`` where it is part of a longer word or no name stands before it."""
    if mention_cues("goes on").match(piece, head.end()) and not mention_cues("no going on").match(piece, head.end()):
        return None
    first = max(0, head.end() - _REACH)
    start = _left(piece[first : head.start()]) + first
    if made and not _set_up().search(piece, first, start):
        return None
    if heads("bare").pattern.fullmatch(piece, start, head.end()):
        return start
    return None if _is_generic(piece[start : head.start()]) else start


def _left(words: str) -> int:
    """Where a name begins in the words before its head: after the verbs that lead the clause, and what is no part of it."""
    cut = _last_cut().match(words)
    start = cut.end() if cut else 0
    while verbs := _leads().match(words, start):
        start = verbs.end()
    of = words.rfind("的", start)
    # 重大决策的必经程序 keeps what stands before 的, as the rest is no name by itself
    if of >= 0 and (len(words) - of - 1 > _LEAST or of - start > _LONG):
        start = of + 1
    return start


def _is_generic(modifier: str) -> bool:
    """Whether the words before a head noun make no name: 长效|机制, 各项|制度."""
    pointer = mention_cues("determiner").match(modifier)
    rest = modifier[pointer.end() :] if pointer else modifier
    return len(rest) < _LEAST or _generic().fullmatch(rest) is not None


@cache
def _last_cut() -> re.Pattern[str]:
    """Up to the last of what cannot be part of a name."""
    return re.compile(f".*{one_of('cut', 'sets up')}")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(f"{one_of('lead')}了?")


@cache
def _set_up() -> re.Pattern[str]:
    return re.compile(one_of("sets up", "runs"))


@cache
def _generic() -> re.Pattern[str]:
    return any_cue(entry["term"] for entry in lexicon("generic_names", ("term",), ("term",)))


# --- people appointed, and what is laid open ---------------------------------------------------


def _roles(flat: str) -> Iterator[Name]:
    """People appointed to a task, and further mentions of them: 选任22名专职法制员 … 法制员队伍."""
    roles = sorted({match["role"] for match in _appointed().finditer(flat)})
    roles = [role for role in roles if len(role) >= _LEAST_ROLE]
    if not roles:
        return
    rank, after = re.compile(f"{one_of('rank')}$"), mention_cues("with role")
    for i, start, end in AhoCorasick(roles, MatchKind.LeftmostLongest).find_matches_as_indexes(flat):
        before = rank.search(flat, max(0, start - _LEAST_ROLE), start)
        more = after.match(flat, end)
        span = Span(before.start() if before else start, more.end() if more else end)
        yield Name(span.of(flat), roles[i], "队伍", span)


@cache
def _appointed() -> re.Pattern[str]:
    """选任22名专职法制员: a verb, how many, and as what."""
    role = f"[{HAN}]{{1,8}}?(?:{heads('role').pattern.pattern})(?![{HAN}]{{0,2}}{one_of('no role')})"
    return re.compile(f"{one_of('appoints')}[^，。；{BLANK}]{{0,10}}?{SHAPES['numeral']}名{one_of('rank')}?(?P<role>{role})")


def _published(flat: str) -> Iterator[Name]:
    """What is laid open to everybody: 将所有执法权力事项的名称、依据…均对外公开 is 执法权力事项公开."""
    for match in _laid_open().finditer(flat):
        name = match["what"] + match["publishes"]
        yield Name(name, name, "制度", Span(*match.span("what")), Span(*match.span("publishes")))


@cache
def _laid_open() -> re.Pattern[str]:
    what = f"将{one_of('all')}?(?P<what>[{HAN}]{{4,14}}?)(?:的[^。；\n]{{0,60}}?)?等?"
    how = f"{one_of('evenly')}?{one_of('to all')}{one_of('done')}?"
    return re.compile(f"{what}{how}(?P<publishes>{one_of('publishes')})")
