"""Which numbers of a sentence are figures: a numeral with a unit that no reject covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportkit.language.numerals import Numeral, find_numerals
from reportkit.metrics.predicates import bound_after, peel
from reportkit.metrics.rejects import Zones
from reportkit.metrics.units import unit_at, unit_class
from reportkit.report import Span

__all__ = ["RANGE", "Figure", "Reject", "find_figures", "level_word"]

RANGE = re.compile(r"^(?:[-—–－~～]{1,2}|至|到|\s?[:：∶]\s?)$")
_LEVEL_WORD = re.compile(
    "(?:率|指数|系数|比重|占比|比例|浓度|得分|分值|均值|密度|强度|值|数|量|额)(?:约|近|超|达到?|为|是|在|由|从|降至|升至|突破)*$"
)
_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?)+")
_ABSTRACT = frozenset(
    ["个", "项", "大", "条", "件", "次", "类", "方面", "步", "方", "代", "路", "道", "门", "本", "分", "天", "级", "届"]
)


@dataclass(frozen=True, slots=True)
class Reject:
    """A number that is no figure: its place and the reason."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit inside a sentence, before anything is said of it; places are in the report's text."""

    start: int
    end: int
    value: float
    unit: str
    more: bool
    bound: str
    writing: str
    scaled: bool


def level_word(words: str) -> bool:
    """Whether words end with an indicator that needs no unit (率, 指数, 占比 …), its predicate apart."""
    return bool(_LEVEL_WORD.search(words))


def find_figures(text: str, span: Span, zones: Zones) -> tuple[list[Figure], list[Reject]]:
    """The figures of one sentence, and its numbers that are none."""
    figures: list[Figure] = []
    rejects: list[Reject] = []
    words = span.of(text)
    ratios = [(m.start() + span.start, m.end() + span.start) for m in _RATIO.finditer(words) if _is_ratio(words, m)]
    offset = span.start
    for numeral in find_numerals(words):
        start, end = offset + numeral.start, offset + numeral.end
        in_ratio = any(a <= start < b for a, b in ratios)
        reason = "" if in_ratio else zones.reason(start, end)
        figure = None if reason else _figure(text, numeral, start, end, span, in_ratio)
        if figure is not None:
            figures.append(figure)
        elif numeral.writing == "arabic":
            digits = re.match(r"[\d.,]+", text[start:end])
            stop = start + len(digits[0].rstrip(".,")) if digits else end
            rejects.append(Reject(Span(start, stop), text[start:stop], reason or "no_unit"))
    return _with_borrowed_units(text, figures), rejects


def _is_ratio(sentence: str, found: re.Match[str]) -> bool:
    """Whether 3.6:48:48.4 is a ratio and no clock time."""
    parts = re.split("[:：∶]", found[0])
    return len(parts) > 2 or "." in found[0] or bool(re.search("比|结构|比例", sentence[: found.start()]))


def _figure(text: str, numeral: Numeral, start: int, end: int, span: Span, in_ratio: bool) -> Figure | None:
    if in_ratio:
        return Figure(start, end, numeral.value, "", False, "", "arabic", False)
    unit, stop = numeral.unit, end
    medal = numeral.writing == "arabic" and re.match(r"[金银铜](?=\d|[，。、；牌好的]|$)", text[end:])
    if not unit:
        found = unit_at(text, end)
        if medal:
            unit, stop = medal[0][0], end + 1
        elif found is not None and found.end <= span.end and found not in ("金", "银", "铜"):
            unit, stop = str(found), found.end
    elif unit in ("倍", "番") and not re.search(
        "增|升|提高|扩大|翻|高|达|为|是|的|超|长", text[max(span.start, start - 6) : start]
    ):
        return None
    more = numeral.more
    if unit and stop < span.end and text[stop] in "余多" and unit_class(unit) == "percent":
        more, stop = True, stop + 1
    kind = unit_class(unit)
    before = text[max(span.start, start - 14) : start]
    if numeral.writing == "han" and not _counts_in_han(numeral, unit, before, text[stop : stop + 1]):
        return None
    if numeral.writing == "scale" and not unit:
        unit, stop = ("元", stop) if text[stop : stop + 1] != "元" else ("元", stop + 1)
    if kind == "time" and not peel(before).change and not re.search("压|缩|减|增|提前|快|达|为|至|到|由|从", before[-4:]):
        return None
    if not unit and not numeral.scaled and not _LEVEL_WORD.search(before) and not _next_to_range(text, end):
        return None
    value = numeral.value
    if numeral.writing == "arabic" and re.search("[为是达至到率增][-−－]$", text[max(span.start, start - 2) : start]):
        value, start = -value, start - 1  # 自然增长率为-1.48‰: a dash after a verb is a minus
    bound, _ = bound_after(text, stop)
    return Figure(start, stop, value, unit, more, bound, numeral.writing, numeral.scaled)


def _counts_in_han(numeral: Numeral, unit: str, before: str, after: str) -> bool:
    """Whether a Chinese numeral counts something; small ones and names (十四五, 百姓) do not."""
    if numeral.unit:
        return True
    if not unit or unit_class(unit) not in ("count", "money", "measure", "percent") or re.search("[第“前近之]$", before):
        return False
    if numeral.more:
        return True
    return numeral.value > 10 and unit not in _ABSTRACT and not re.match("[大届]", after)


def _next_to_range(text: str, end: int) -> bool:
    """Whether the number is the lower end of a range or of 由…到…, whose unit follows the upper end."""
    found = re.match(
        r"(?:(?:、|和|及)\d[\d.,]*)+|(?:[-—–－~～至到]{1,2}|(?:提高|增加|提升|上升|下降|降低|减少|扩大|增长)(?:到|至))约?\d[\d.,]*",
        text[end : end + 40],
    )
    return bool(found) and unit_at(text, end + _scale_end(text, end + len(found[0])) - end if found else end) is not None


def _scale_end(text: str, position: int) -> int:
    scale = re.compile("[余多]?(?:[十百千]?[万亿]|万亿)?[余多]?").match(text, position)
    return scale.end() if scale else position


def _with_borrowed_units(text: str, figures: list[Figure]) -> list[Figure]:
    """The lower end of a range or list takes unit and scale of the number after it: 从1720提高至1960元, 5-20万元."""
    done: list[Figure] = []
    for i in range(len(figures) - 1, -1, -1):
        figure = figures[i]
        following = done[-1] if done else None
        half = following is not None and figure.unit == "个" and following.unit.startswith("个") and following.unit != "个"
        if half and following is not None and text[figure.end : following.start] in ("、", "和", "及"):  # 12.7个、12个百分点
            figure = replace(figure, unit=following.unit)
        if not figure.unit and following is not None and following.unit:
            between = text[figure.end : following.start]
            tied = re.fullmatch(
                r"[-—–－~～至到]{1,2}约?|[、和及]|(?:提高|增加|提升|上升|下降|降低|减少|扩大|增长)(?:到|至)约?", between
            )
            if tied:
                ranged = re.match("[-—–－~～至到、和及]", between)
                scale = _scale_of(text, following) if ranged and not figure.scaled and figure.value < following.value else 1
                figure = replace(figure, unit=following.unit, value=round(figure.value * scale, 6))
        done.append(figure)
    done.reverse()
    return done


def _scale_of(text: str, figure: Figure) -> float:
    number = re.match(r"[\d.,]+", text[figure.start : figure.end])
    return figure.value / float(number[0].replace(",", "")) if number and float(number[0].replace(",", "")) else 1
