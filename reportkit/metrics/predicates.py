"""What stands between an indicator and its number, and what it says: change, direction, base, bound.

In ``注册用户突破105万`` the words before the number are an indicator (注册用户) and a predicate (突破).  A predicate is peeled
off from the right, word by word, with the cues of ``lexicons/predicates.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reportkit.language.characters import HAN
from reportkit.language.lexicon import lexicon, longest_first

__all__ = ["Predicate", "base_in", "bound_after", "peel"]

_LAST_YEAR = (
    r"(?:上年|去年|上一年(?:度)?|前一年|往年|上月|上季度|年初|上届|“?[一二三四五六七八九十]{1,2}五”?(?:末|期末|时期|期间)?"
    r"|(?:\d{4}|[一二三四五六七八九〇○零]{4})年(?:度)?(?:末|底|同期)?)"
)
_BASE = re.compile(
    rf"与[^，。；、\d]{{1,4}}[^，。；\d]{{0,14}}相比|同比(?:{_LAST_YEAR})?|环比"
    rf"|(?:比|较|相比|相较(?:于)?|对比)(?:于)?(?:{_LAST_YEAR}|前[一二三四五六]年(?:平均(?:值|水平)?)?|改革前|上一?轮|计划|预算|以前|此前|原来)"
    rf"(?:末|底|同期|平均(?:值|水平)?)?"
    rf"|(?:比|较)(?:全[国省市区县]|[{HAN}]{{1,6}}?平均)(?:平均)?(?:水平)?"
    rf"|(?<!不)(?:高于|低于|快于|慢于|好于|优于|高出|超出|领先|高过)(?:全[国省市区县]|[{HAN}、]{{1,10}}?)(?:平均(?:值|水平)?)?(?=\d|约|近|超|$)"
)
_THEN = re.compile(
    r"(?:由|从|是|为|在)?(?:\d{4}年(?:底|末|初)?|上年|去年)的$|(?:由|从)(?:\d{4}年(?:底|末|初)?|上年|去年)$|(?:由|从)(?:原来|原先|原有|法定|过去|以前|改革前)的?$"
)
_AFTER = re.compile(r"(?P<at_least>以上|之上|及以上)|(?P<at_most>以内|以下|之内|及以下)|(?P<approx>左右|上下)")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a predicate says of its number.

    ``core`` is what is left of the words before the number, ``cue`` the predicate itself; ``change`` is ``up``, ``down`` or
    ``""``; ``bound`` one of at_least, at_most, approx or ``""``; ``reach`` whether it says that a level was reached;
    ``apart`` whether it is a difference from somebody else (高于全国).
    """

    core: str
    cue: str
    change: str = ""
    bound: str = ""
    reach: bool = False
    apart: bool = False


def peel(words: str) -> Predicate:
    """Take the predicate off the end of the words before a number.

    >>> peel("注册用户突破")
    Predicate(core='注册用户', cue='突破', change='', bound='at_least', reach=False, apart=False)
    >>> peel("治安警情同比下降约").change, peel("由85%提高到").reach
    ('down', True)
    """
    core, cues = words.rstrip(" 、，"), []
    change = bound = ""
    reach = apart = False
    while core:
        base = _base_at_end(core)
        if base:
            if base.startswith(("高于", "快于", "好于", "优于", "高出", "超出", "领先", "高过", "低于", "慢于")):
                apart = True
                change = change or ("down" if base.startswith(("低于", "慢于")) else "up")
            cues.append(base)
            core = core[: -len(base)].rstrip(" 、，")
            continue
        then = _THEN.search(core)
        if then:
            cues.append(then[0])
            core = core[: then.start()].rstrip(" 、，")
            continue
        found = _cue_at_end(core)
        if found is None:
            break
        cue, kind = found
        if kind in ("up", "down", "flat") and not (reach and cues):
            change = change or kind
        elif kind in ("above", "below") and not cues and len(cue) > 1:
            bound = bound or ("at_least" if kind == "above" else "at_most")
        elif kind in ("above", "below"):
            change = change or ("up" if kind == "above" else "down")
            apart = True
        elif kind in ("at_least", "at_most", "approx"):
            bound = bound or kind
        elif kind == "reach":
            reach = True
        cues.append(cue)
        core = core[: -len(cue)].rstrip(" 、")
    return Predicate(core, "".join(reversed(cues)), change, bound, reach, apart)


def base_in(words: str) -> str:
    """What a change is measured against, as the words before it say; ``""`` where they do not.

    >>> base_in("道路交通“四项指数”与前三年平均值相比分别"), base_in("增速高于全国"), base_in("全年")
    ('与前三年平均值相比', '高于全国', '')
    """
    found = _BASE.findall(words)
    return found[-1] if found else ""


def bound_after(text: str, position: int) -> tuple[str, int]:
    """The bound that stands after a unit (以上, 左右), and where it ends."""
    found = _AFTER.match(text, position)
    return (found.lastgroup or "", found.end()) if found else ("", position)


def _base_at_end(words: str) -> str:
    for found in _BASE.finditer(words, max(0, len(words) - 30)):
        if found.end() == len(words):
            return found[0]
    return ""


def _cue_at_end(words: str) -> tuple[str, str] | None:
    found = _cues().search(words, max(0, len(words) - 8))
    if found is None:
        return None
    cue = found[0]
    if len(cue) == 1 and _part_of_a_word(words, cue):
        return None
    return cue, _kinds()[cue]


def _part_of_a_word(words: str, cue: str) -> bool:
    """Whether a cue of one character is the end of a longer word (占比, 习近, 投入增)."""
    before = words[-2:-1]
    return cue in _NEVER_AFTER and before in _NEVER_AFTER[cue]


_NEVER_AFTER = {"有": "国所具现富持拥还含享私公没共", "为": "行作成认称因", "是": "但于可还特凡", "近": "习附邻临", "高": "提崇", "低": "降最",
                "增": "新", "少": "减缺", "计": "统审会预设", "达": "发表抵到", "过": "通经不", "要": "主重需必", "均": "人平户亩年",
                "都": "首成", "可": "许认", "将": "", "快": "加", "总": "", "到": "得看", "至": "甚", "又": "", "再": "", "只": "头",
                "破": "侦", "从": "", "由": "理自", "减": "", "降": "", "升": "", "翻": ""}  # fmt: skip


@cache
def _kinds() -> dict[str, str]:
    return {entry["cue"]: entry["class"] for entry in lexicon("predicates")}


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(f"(?:{longest_first(_kinds())})$")
