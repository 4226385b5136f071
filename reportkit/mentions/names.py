"""Names of mechanisms without quotation marks: a head noun (机制, 平台, 法制员) and the nouns before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reportkit.functions.clauses import blanked
from reportkit.language.characters import HAN
from reportkit.language.lexicon import lexicon, longest_first
from reportkit.mentions.quotations import Name, heads, kinds
from reportkit.report import Span

__all__ = ["read_nouns"]

_PIECE = re.compile("[^，。；：！？、《》“”（）\n□]+")
# Where a name cannot go on to the left: what was done with it, and what only leads to it.
_SET_UP = (
    "建立|健全|完善|建成|构建|打造|制定|出台|推行|实行|公布|编制|梳理|组建"
    "|成立|搭建|开通|上线|开发|升级|优化|作为|列为|形成|推出|设立|创建|印发"
)
_MADE = re.compile(f"{_SET_UP}|运行|实施|落实|执行")
_CUT = re.compile(
    r".*(?:[一二三四五六七八九十]是|\d+(?:个|项|类|套|大|条|批)|[一二三四五六七八九十]大|一系列|一批|一套|纳入|建设|依托|借助|利用|运用|通过|按照|根据|等(?:部门|单位|方式|形式|领域|地)?"
    r"|以及|并|对|在|向|为|将|把|由|与|和|及|要|了|实现|借鉴|首创|打赢|变成|夯实|充实|理顺|履行|完成|加大|强化|进一步|开展|进行|针对|围绕|深化|"
    rf"{_SET_UP})"
)
_VERBS = re.compile(
    "^(?:(?:全面|积极|深入|持续|大力|切实|扎实|认真|严格|进一步|着力|不断|有效|充分|逐步|率先|首次|创新|重点|加快|统筹|同步|扎实"
    "|推动|推进|落实|健全|完善|优化|升级|深化|加强|强化|坚持|发挥|实施|执行|用好|做好|开展|启动|组织|建立|建成|打造|搭建|制定|出台"
    "|创建|探索|设立|成立|开通|规范|改革|参加|召开|举办|巩固|拓展|提升|提高|构建|运行|实现|推出|推广|使用|整合|接入|上线|开发|研发|引入|印发|梳理|公布|公开|编制|动态调整)(?:了)?)+"
)
_ROLE = re.compile(
    rf"(?:选任|选聘|聘任|聘请|配备|配齐|配强|设立|选派|任命|组建|发展|共有|现有)[^，。；□]{{0,10}}?[\d一二三四五六七八九十百千余]+名((?:专职|兼职|专兼职)?[{HAN}]{{1,8}}?"
    rf"(?:员|律师|法律顾问|副校长|警长|联络人))(?![{HAN}]{{0,2}}(?:工|会))"
)
_OPEN = re.compile(
    rf"将(?:所有|全部|各类)?([{HAN}]{{4,14}}?)(?:的[^。；\n]{{0,60}}?)?(?:等)?(?:均|全部|一律|及时|主动)?(?:对外|向社会)(?:进行|予以)?公[开示布]"
)
_REACH = 60  # characters that are looked at for a name
_LEAST = 2  # characters that must stand before a head noun


def read_nouns(text: str, quoted: Sequence[Name]) -> list[Name]:
    """The names that stand without quotation marks, in reading order; none inside a quoted one."""
    taken = [name.span for name in quoted]
    flat = blanked(text)
    found = [*_roles(flat), *_published(flat), *_by_head(flat)]
    names: list[Name] = []
    for name in sorted(found, key=lambda name: (name.span.start, -name.span.end)):
        if not any(map(name.span.overlaps, taken)):
            names.append(name)
            taken.append(name.span)
    return names


def _by_head(flat: str) -> Iterator[Name]:
    for piece in _PIECE.finditer(flat):
        for head in heads("yes", "made", "bare").finditer(piece[0]):
            first = max(0, head.end() - _REACH)
            words = piece[0][first : head.end()]
            follows = piece[0][head.end() : head.end() + 4]
            if follows.startswith(("性", "化", "内", "下", "上", "型", "改造")) and not follows.startswith("上线"):
                continue
            start = _left(words, len(head[0]))
            name = words[start:]
            if head[0] in _made() and not _MADE.search(words[:start]):
                continue
            bare = heads("bare").fullmatch(name)
            if not bare and _is_generic(name[: -len(head[0])]):
                continue
            span = Span(piece.start() + first + start, piece.start() + head.end())
            yield Name(name, name, kinds()[head[0]], span)


def _left(words: str, head: int) -> int:
    """Where a name begins: after the verbs that lead the clause and after what cannot be part of it."""
    start = 0
    cut = _CUT.match(words[: len(words) - head])
    if cut:
        start = cut.end()
    while verbs := _VERBS.match(words[start : len(words) - head]):
        start += verbs.end()
    of = words.rfind("的", start, len(words) - head)
    # 重大决策的必经程序 keeps what stands before 的, as the rest is no name by itself
    if of >= 0 and (len(words) - head - of - 1 > _LEAST or of - start > 8):
        start = of + 1
    return start


def _is_generic(modifier: str) -> bool:
    """Whether the words before a head noun make no name: 长效|机制, 各项|制度."""
    rest = re.sub("^(?:各类|各项|各种|相关|有关|这一|一系列|多项|该|本|新)", "", modifier)
    return len(rest) < _LEAST or _generic().fullmatch(rest) is not None


def _roles(flat: str) -> Iterator[Name]:
    """People appointed to a task, and further mentions of them: 选任22名专职法制员 … 法制员队伍."""
    roles = {re.sub("^(?:专职|兼职|专兼职)", "", match[1]) for match in _ROLE.finditer(flat)}
    for role in sorted(roles):
        if len(role) < 3:
            continue
        for match in re.finditer(f"(?:专职|兼职|专兼职)?{role}(?:队伍|制度)?", flat):
            yield Name(match[0], role, "队伍", Span(*match.span()))


def _published(flat: str) -> Iterator[Name]:
    """What is laid open to everybody: 将所有执法权力事项的名称、依据…均对外公开 is 执法权力事项公开."""
    for match in _OPEN.finditer(flat):
        yield Name(f"{match[1]}公开", f"{match[1]}公开", "制度", Span(*match.span(1)))


@cache
def _made() -> frozenset[str]:
    return frozenset(entry["head"] for entry in lexicon("mechanism_heads") if entry["where"] == "made")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(longest_first(entry["term"] for entry in lexicon("generic_names")))
