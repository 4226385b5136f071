"""Which numbers of a sentence are figures: a numeral with a unit that no reject covers.

Numbers that are read together are one :class:`Value`: the ends of a range (6%—6.5%), a pair (10件12人), the parts of a ratio
(11.7:24.8:63.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportkit.language.characters import DASHES, HAN, HAN_DIGITS
from reportkit.language.numerals import Numeral, find_numerals, han_amount
from reportkit.metrics.rejects import Zones
from reportkit.metrics.units import han_use, unit_at, unit_class
from reportkit.metrics.words import bound_after, ends_on_level, reaching, rung_at, word_at_end
from reportkit.report import Span

__all__ = ["Figure", "Reject", "Value", "find_values"]

_RANGE = re.compile(rf"(?:[{DASHES}]{{1,2}}|至|到)约?")
_RATIO = re.compile(r"\d(?<!\d\d)\d*(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?)+")
_RATIO_WORD = re.compile("[比构]")
_MINUS = re.compile(rf"(?<=[{HAN}、，：（{DASHES[1:]}])[-−－]\Z")
_PLUS = re.compile(rf"(?<=[{HAN}，：（])[+＋]\Z")
_LONG_MINUS = re.compile(r"(?<=[^—–])[—–]\Z")  # 增长–2.1%: a dash for a minus, behind a word that tells a change or a level
_BELOW = re.compile("(?<=[为是达至到在由从长降率幅])负\\Z|零下\\Z")  # no 减负30亿元
_BETWEEN = "之间"
_LOWER_END = re.compile(rf"\d[\d.,]*[{HAN}]{{0,2}}(?:[{DASHES}至到]{{1,2}}|[与和])\Z")
_UPPER_END = re.compile(rf"(?:[{DASHES}至到]{{1,2}}|[与和])\d[\d.,]*[{HAN}]{{1,2}}{_BETWEEN}")
_NAMED_PLACES = re.compile(f"[、和与及][{HAN}]{{1,8}}$|[县区市镇乡村等]$")  # 甲、乙2县; 3县2区
_SCALE_WORDS = re.compile("[余多]?(?:[十百千]?[万亿]|万亿)?[余多]?")
_MEDAL = re.compile(r"[金银铜](?=\d|[，。、；牌好的]|$)")
_LISTS = f"{DASHES}至到、和及与"  # what may stand between numbers that share a scale word
_TELLS = ("up", "down", "flat", "reach", "from", "at_least", "at_most", "approx")  # words that make a span of time a figure
_SIGNED = ("up", "down", "reach", "from")
_LARGEST = 10**18  # more counts nothing: a row of digits
_BEFORE = 14  # characters before a number that tell what it is


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


@dataclass(frozen=True, slots=True)
class Value:
    """One figure, or several that are read together: ``link`` is ``""``, ``"range"``, ``"pair"`` or ``"ratio"``.

    ``end`` stands after a bound that follows the unit (以上).
    """

    figures: tuple[Figure, ...]
    end: int
    link: str = ""

    @property
    def start(self) -> int:
        """Where its first figure begins."""
        return self.figures[0].start

    @property
    def unit(self) -> str:
        """The unit of its last figure, which the others mostly share."""
        return self.figures[-1].unit

    @property
    def unit_class(self) -> str:
        """What that unit is a unit of."""
        return unit_class(self.unit)


def find_values(text: str, span: Span, zones: Zones) -> tuple[list[Value], list[Reject]]:
    """The values that a sentence states, and its numbers that are none."""
    figures: list[Figure] = []
    rejects: list[Reject] = []
    words = span.of(text)
    numerals = list(find_numerals(words))
    if not numerals:
        return [], []
    told = _RATIO_WORD.search(words)
    named = told.end() if told else len(words)  # from here on 3:2 is a ratio and no clock time
    ratios = [(m.start() + span.start, m.end() + span.start) for m in _RATIO.finditer(words) if _is_ratio(m, named)]
    for numeral in numerals:
        start, end = span.start + numeral.start, span.start + numeral.end
        if figures and start < figures[-1].end:
            continue  # the 10万 of 12.5/10万 is its unit
        in_ratio = any(a <= start < b for a, b in ratios)
        reason = "" if in_ratio else zones.reason(start)
        figure = None if reason else _figure(text, numeral, start, span, in_ratio, figures[-1].end if figures else -1)
        if figure is not None:
            figures.append(figure)
        elif numeral.writing == "arabic":
            digits = re.match(r"[\d.,]+", text[start:end])
            stop = start + len(digits[0].rstrip(".,")) if digits else end
            rejects.append(Reject(Span(start, stop), text[start:stop], reason or "no_unit"))
    return list(_together(text, _with_borrowed_units(text, figures), ratios)), rejects


def _is_ratio(found: re.Match[str], named: int) -> bool:
    """Whether 3.6:48:48.4 is a ratio and no clock time."""
    parts = re.split("[:：∶]", found[0])
    return len(parts) > 2 or "." in found[0] or found.start() >= named


# --- one figure --------------------------------------------------------------------------------


def _figure(text: str, numeral: Numeral, start: int, span: Span, in_ratio: bool, last: int) -> Figure | None:
    """A numeral as a figure, or ``None`` where it states nothing; ``last`` is where the figure before it ends."""
    end = span.start + numeral.end
    if in_ratio:
        return Figure(start, end, numeral.value, "", False, "", "ratio", False)
    if numeral.value > _LARGEST:
        return None
    unit, stop = _unit(text, numeral, end, span.end)
    before = text[max(span.start, start - _BEFORE) : start]
    if not _states(text, numeral, unit, before, stop):
        return None
    more = numeral.more and not (numeral.writing == "scale" and word_at_end(before, "rung_verb"))  # 迈上|万亿元, but 上|亿元
    if unit_class(unit) in ("percent", "measure", "multiple") and text[stop : stop + 1] in ("余", "多"):
        more, stop = True, stop + 1
    value = numeral.value
    sign = _sign(before) if start - last != 1 else 0  # the dash of 3万元-5万元 is none
    if sign:
        value, start = -value, start - sign
    elif _PLUS.search(before) and unit_class(unit) in ("percent", "point"):
        start -= 1
    bound, _ = bound_after(text, stop)
    return Figure(start, stop, value, unit, more, bound, numeral.writing, numeral.scaled)


def _sign(before: str) -> int:
    """How many characters before a number make it one below nought: those of -, 负 or 零下."""
    found = _MINUS.search(before) or _BELOW.search(before)
    if found is None and (dash := _LONG_MINUS.search(before)) and word_at_end(before[: dash.start()], *_SIGNED):
        found = dash
    return len(found[0]) if found else 0


def _unit(text: str, numeral: Numeral, end: int, limit: int) -> tuple[str, int]:
    """The unit of a numeral (``""`` for none) and where the figure ends."""
    if numeral.unit:
        return numeral.unit, end
    if numeral.writing == "arabic" and (medal := _MEDAL.match(text, end)):
        return medal[0], medal.end()
    found = unit_at(text, end)
    if found is not None and found.end <= limit and unit_class(found) != "medal":
        return str(found), found.end
    if numeral.writing == "scale":
        return "元", end  # 总量突破万亿
    return "", end


def _states(text: str, numeral: Numeral, unit: str, before: str, stop: int) -> bool:
    """Whether a numeral with its unit says how much, by what stands around it."""
    kind = unit_class(unit)
    if numeral.writing == "scale":
        return numeral.more or _reaches(before.removesuffix("了"))
    if numeral.unit in ("倍", "番"):
        return before.endswith(("的", "了")) or bool(word_at_end(before, *_TELLS))
    if numeral.writing == "han" and numeral.scaled and not unit:
        return rung_at(text, stop)  # 突破三千亿大关
    if numeral.writing == "han" and not unit and not numeral.scaled:
        return _next_to_han_range(text, before, stop)
    if numeral.writing == "han":
        return _counts_in_han(numeral, unit, before, text[stop : stop + 1])
    if kind == "time":
        if not numeral.value.is_integer():
            return True  # 80.6岁, 2.5天: no date and no term is so exact
        best = word_at_end(before, "adverb")
        if ends_on_level(before) or word_at_end(before.removesuffix(best), *_TELLS):
            return True
        upper = _UPPER_END.match(text, stop)  # 18岁|与60岁之间
        return bool(upper) or (text.startswith(_BETWEEN, stop) and _LOWER_END.search(before) is not None)
    if kind == "place":
        return bool(_NAMED_PLACES.search(before)) and not re.match("[域级城位]", text[stop : stop + 1])
    if numeral.scaled and unit in ("人", "人口") and before.endswith("每"):
        return False  # 每10万人: what a rate is counted by
    if unit or numeral.scaled:
        return True
    return ends_on_level(before) or _next_to_range(text, stop)


def _reaches(before: str) -> bool:
    """Whether a bare scale word is a number, by the word before it: 突破|万亿元, 达到|千亿元; not 实现|万家灯火."""
    return word_at_end(before, "reach")[-1:] in ("达", "到", "至", "入") or bool(
        word_at_end(before, "rung_verb", "at_least", "approx")
    )


def _counts_in_han(numeral: Numeral, unit: str, before: str, after: str) -> bool:
    """Whether a Chinese numeral counts something; small ones and names (十四五, 百姓) do not."""
    if numeral.unit:
        return True
    if not _NO_COUNT.search(before) and unit_class(unit) in ("money", "measure") and not numeral.value.is_integer():
        return True  # 一点二元
    if _NO_COUNT.search(before) or not _is_enough(unit, numeral.value, numeral.more):
        return False
    return han_use(unit) != "" or numeral.more or not re.match("[大届]", after)


def _is_enough(unit: str, value: float, more: bool) -> bool:
    """Whether a Chinese numeral is large enough to count with its unit, and not just a way to speak: 三名, 十二家, 一百项."""
    kind, use = unit_class(unit), han_use(unit)
    if kind in ("percent", "point"):
        return True  # 两个百分点
    if kind not in ("count", "money", "measure"):
        return False
    if more or use == "concrete":
        return more or value >= _FEWEST_IN_HAN
    return value >= _MANY_IN_HAN if use == "abstract" else value > _TEN


_NO_COUNT = re.compile("[第“前之]$")
_HAN_UPPER_END = re.compile(rf"(?:[{DASHES}至到]{{1,2}}|([与和]))约?([{HAN_DIGITS}十百千万亿]{{1,12}})")
_FEWEST_IN_HAN, _TEN, _MANY_IN_HAN = 2, 10, 100


def _next_to_range(text: str, end: int) -> bool:
    """Whether the number is the lower end of a range or of 由…到…, whose unit follows the upper end."""
    found = _next().match(text, end, end + 40)
    unit = unit_at(text, _scale_end(text, found.end())) if found else None
    if found is None or unit is None:
        return False
    return unit_class(unit) != "time" or not found[0].startswith(tuple(DASHES + "与和")) or text.startswith(_BETWEEN, unit.end)


def _next_to_han_range(text: str, before: str, end: int) -> bool:
    """Whether a Chinese numeral is the lower end of a range that counts something: 五|至八名; not 第五至八条."""
    found = _HAN_UPPER_END.match(text, end)
    unit = unit_at(text, found.end()) if found and not _NO_COUNT.search(before) else None
    if found is None or unit is None or (found[1] and not text.startswith(_BETWEEN, unit.end)):
        return False
    return _is_enough(unit, han_amount(found[2]), False)


@cache
def _tied() -> re.Pattern[str]:
    """What stands between a number and the one whose unit it shares."""
    return re.compile(rf"[{DASHES}至到]{{1,2}}约?|[、和及与]|(?:{reaching()})约?")


@cache
def _next() -> re.Pattern[str]:
    return re.compile(rf"(?:[、和及与]\d[\d.,]*)+|(?:[{DASHES}至到]{{1,2}}|{reaching()})约?\d[\d.,]*")


def _scale_end(text: str, position: int) -> int:
    scale = _SCALE_WORDS.match(text, position)
    return scale.end() if scale else position


# --- figures together --------------------------------------------------------------------------


def _with_borrowed_units(text: str, figures: list[Figure]) -> list[Figure]:
    """The lower end of a range or list takes unit and scale of the number after it: 从1720提高至1960元, 5-20万元."""
    done: list[Figure] = []
    for figure in reversed(figures):
        done.append(_with_borrowed_unit(text, figure, done[-1]) if done else figure)
    done.reverse()
    return done


def _with_borrowed_unit(text: str, figure: Figure, following: Figure) -> Figure:
    between = text[figure.end : following.start]
    if figure.unit == "个" and following.unit.startswith("个") and between in ("、", "和", "及"):
        return replace(figure, unit=following.unit)  # 12.7个、12个百分点
    if figure.unit or not following.unit or figure.writing == "ratio" or not _tied().fullmatch(between):
        return figure
    shares_scale = between[0] in _LISTS and not figure.scaled and figure.value < following.value
    shares_scale = shares_scale and (figure.writing != "han" or figure.value < _TEN)  # 三至五百元, 二十至三百人
    scale = _scale_of(text, following) if shares_scale else 1
    return replace(figure, unit=following.unit, value=round(figure.value * scale, 6))


def _scale_of(text: str, figure: Figure) -> float:
    if figure.writing == "han":
        scale = re.match(f"[{HAN_DIGITS}十]+([百千万亿]+)", text[figure.start : figure.end])
        return han_amount(f"一{scale[1]}") if scale else 1
    number = re.match(r"[\d.,]+", text[figure.start : figure.end])
    printed = float(number[0].replace(",", "")) if number else 0.0
    return figure.value / printed if printed else 1


def _together(text: str, figures: Sequence[Figure], ratios: Sequence[tuple[int, int]]) -> Iterator[Value]:
    """Figures that are read as one value."""
    run: list[Figure] = []
    link = ""
    for figure in figures:
        joined = _link(text, run[-1], figure, ratios) if run else ""
        if joined and (not link or joined == link) and (joined != "range" or len(run) == 1):
            link = joined
        elif run:
            yield _value(text, run, link)
            run, link = [], ""
        run.append(figure)
    if run:
        yield _value(text, run, link)


def _link(text: str, a: Figure, b: Figure, ratios: Sequence[tuple[int, int]]) -> str:
    """How two neighbours are read together, ``""`` where they are not."""
    between = text[a.end : b.start]
    if between in ("", "共"):
        return "pair" if a.unit and b.unit else ""
    if any(start <= a.start and b.end <= end for start, end in ratios):
        return "ratio"
    if a.unit != b.unit:
        return ""  # 增长2.6倍至124家
    if _RANGE.fullmatch(between) or (between in ("与", "和", "年-", "年至") and text.startswith(_BETWEEN, b.end)):
        return "range"
    return ""


def _value(text: str, run: Sequence[Figure], link: str) -> Value:
    return Value(tuple(run), bound_after(text, run[-1].end)[1], link)
