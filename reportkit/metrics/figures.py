"""Which numbers of a sentence are figures: a numeral with a unit that no reject covers.

Numbers that are read together are one :class:`Value`: the ends of a range (6%—6.5%), a pair (10件12人), the parts of a ratio
(11.7:24.8:63.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportkit.language.characters import DASHES, HAN
from reportkit.language.numerals import Numeral, find_numerals
from reportkit.metrics.rejects import Zones
from reportkit.metrics.units import han_use, unit_at, unit_class
from reportkit.metrics.words import bound_after, ends_on_level, reaching, rung_at, word_at_end
from reportkit.report import Span

__all__ = ["Figure", "Reject", "Value", "find_values"]

_RANGE = re.compile(rf"(?:[{DASHES}]{{1,2}}|至|到)约?")
_RATIO = re.compile(r"(?=\d)\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?)+")
_RATIO_WORD = re.compile("[比构]")
_MINUS = re.compile(rf"(?<=[{HAN}、，：（])[-−－](?=\d)")
_NAMED_PLACES = re.compile(f"[、和与及][{HAN}]{{1,8}}$|[县区市镇乡村等]$")  # 甲、乙2县; 3县2区
_SCALE_WORDS = re.compile("[余多]?(?:[十百千]?[万亿]|万亿)?[余多]?")
_MEDAL = re.compile(r"[金银铜](?=\d|[，。、；牌好的]|$)")
_LISTS = f"{DASHES}至到、和及与"  # what may stand between numbers that share a scale word
_TELLS = ("up", "down", "flat", "reach", "from", "at_least", "at_most", "approx")  # words that make a span of time a figure
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
    ratios = [(m.start() + span.start, m.end() + span.start) for m in _RATIO.finditer(words) if _is_ratio(words, m)]
    for numeral in numerals:
        start, end = span.start + numeral.start, span.start + numeral.end
        if figures and start < figures[-1].end:
            continue  # the 10万 of 12.5/10万 is its unit
        in_ratio = any(a <= start < b for a, b in ratios)
        reason = "" if in_ratio else zones.reason(start)
        figure = None if reason else _figure(text, numeral, start, span, in_ratio)
        if figure is not None:
            figures.append(figure)
        elif numeral.writing == "arabic":
            digits = re.match(r"[\d.,]+", text[start:end])
            stop = start + len(digits[0].rstrip(".,")) if digits else end
            rejects.append(Reject(Span(start, stop), text[start:stop], reason or "no_unit"))
    return list(_together(text, _with_borrowed_units(text, figures), ratios)), rejects


def _is_ratio(sentence: str, found: re.Match[str]) -> bool:
    """Whether 3.6:48:48.4 is a ratio and no clock time."""
    parts = re.split("[:：∶]", found[0])
    return len(parts) > 2 or "." in found[0] or bool(_RATIO_WORD.search(sentence[: found.start()]))


# --- one figure --------------------------------------------------------------------------------


def _figure(text: str, numeral: Numeral, start: int, span: Span, in_ratio: bool) -> Figure | None:
    """A numeral as a figure, or ``None`` where it states nothing."""
    end = span.start + numeral.end
    if in_ratio:
        return Figure(start, end, numeral.value, "", False, "", "ratio", False)
    unit, stop = _unit(text, numeral, end, span.end)
    before = text[max(span.start, start - _BEFORE) : start]
    if not _states(text, numeral, unit, before, stop):
        return None
    more = numeral.more and not (numeral.writing == "scale" and word_at_end(before, "rung_verb"))  # 迈上|万亿元, but 上|亿元
    if unit_class(unit) in ("percent", "measure", "multiple") and text[stop : stop + 1] in ("余", "多"):
        more, stop = True, stop + 1
    value = numeral.value
    if _MINUS.match(text, start - 1):
        value, start = -value, start - 1
    bound, _ = bound_after(text, stop)
    return Figure(start, stop, value, unit, more, bound, numeral.writing, numeral.scaled)


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
    if numeral.writing == "han":
        return _counts_in_han(numeral, unit, before, text[stop : stop + 1])
    if kind == "time":
        best = word_at_end(before, "adverb")
        return ends_on_level(before) or bool(word_at_end(before.removesuffix(best), *_TELLS))
    if kind == "place":
        return bool(_NAMED_PLACES.search(before)) and not re.match("[域级城位]", text[stop : stop + 1])
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
    if unit_class(unit) not in ("count", "money", "measure", "percent", "point") or re.search("[第“前近之]$", before):
        return False
    use = han_use(unit)
    if numeral.more or use == "concrete":
        return numeral.value >= _FEWEST_IN_HAN
    return numeral.value >= _MANY_IN_HAN if use == "abstract" else numeral.value > _TEN and not re.match("[大届]", after)


_FEWEST_IN_HAN, _TEN, _MANY_IN_HAN = 2, 10, 100


def _next_to_range(text: str, end: int) -> bool:
    """Whether the number is the lower end of a range or of 由…到…, whose unit follows the upper end."""
    found = _next().match(text, end, end + 40)
    return found is not None and unit_at(text, _scale_end(text, found.end())) is not None


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
    scale = _scale_of(text, following) if shares_scale else 1
    return replace(figure, unit=following.unit, value=round(figure.value * scale, 6))


def _scale_of(text: str, figure: Figure) -> float:
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
    if _RANGE.fullmatch(between) or (between in ("与", "和", "年-", "年至") and text[b.end : b.end + 2] == "之间"):
        return "range"
    return ""


def _value(text: str, run: Sequence[Figure], link: str) -> Value:
    return Value(tuple(run), bound_after(text, run[-1].end)[1], link)
