"""Report → the table of its figures, and the list of numbers that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportkit.metrics.labels import begins_with_verb, ends_with_noun, has_noun, name_after, name_before, shared_subjects, tidy
from reportkit.metrics.numerals import Numeral, find_numerals
from reportkit.metrics.predicates import Predicate, base_in, bound_after, peel
from reportkit.metrics.rejects import Zones, find_zones
from reportkit.metrics.units import unit_at, unit_class
from reportkit.report import Report, Section, Sentence, Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Metric", "Reject", "extract_metrics", "extract_rejected", "find_metrics"]

_CLAUSE = re.compile("[，；。：！？（）\n]")
_LEVEL_WORD = re.compile("(?:率|指数|系数|比重|占比|比例|浓度|得分|分值|均值|密度|强度|值|数|量|额)(?:约|近|超|达到?|为|是|在|降至|升至|突破)*$")
_SEPARATOR = re.compile(r"^[、，]?(?:和|及|以及|与|或)?$")
_RANGE = re.compile(r"^(?:[-—–－~～]{1,2}|至|到)$")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?)+")
_ABSTRACT = frozenset(["个", "项", "大", "条", "件", "次", "类", "方面", "步", "方", "代", "路", "道", "门", "本", "分", "天", "级"])
_PLAN = re.compile(
    "工作安排|工作计划|下一步|下步|主要任务|重点工作|重点任务|目标任务|奋斗目标|工作打算|工作思路|发展目标|主要目标|总体要求|建议|工作部署|民生实事|主要工作任务"
)
_REVIEW = re.compile("回顾|成效|工作情况|总结|完成情况|过去|取得|进展|落实情况")
# What aims at the rest of a sentence, and what requires something of its own clause alone.
_AIMS = re.compile("力争|争取|预期目标|目标是|目标为|主要目标|计划(?=[新建完投启实开增安])|拟(?=[新建投])|要(?=突出|抓好)")
_REQUIRES = re.compile("确保|将(?=[达建新实完投增提])|要(?=达|完成|新)|应(?:当)?(?=不|达)|须|必须|不得|(?:率|值|数|额|量|比重)(?:要|应)?不(?:低于|少于|高于|超过)|目标(?:值)?(?:定|确定|设定)?(?:为|是|在)?约?[0-9]")
_DONE = re.compile("去年|上年|已(?!经?达标)|累计完成|过去")
_YEAR = re.compile(r"\d{4}年|今年|去年|上年|前年")
_SCOPE = re.compile("全国|全省|全市|全区|全县|全州|全盟|全旗|全镇|全系统|全社会|我[省市区县州]|本[省市区县]")


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that a report states: its place and all that the table of :func:`extract_metrics` says of it."""

    span: Span
    text: str
    label: str
    value: float
    unit: str
    kind: str
    direction: str
    base: str
    bound: str
    status: str
    period: str
    scope: str
    part_of: int | None
    section: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A number that is no figure: its place and the reason."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit inside a sentence, before anything is said of it; places are in the report's text."""

    start: int
    end: int
    value: float
    unit: str
    more: bool
    bound: str
    writing: str
    scaled: bool
    borrowed: bool = False  # unit and scale taken from the number after it


def extract_metrics(report: Report) -> pd.DataFrame:
    """Every figure that a report states, with what it means and where it stands.

    Returns
    -------
    DataFrame
        One row a figure, in reading order. ``text`` as printed; ``label`` in the report's own words; ``value`` in base units (万
        and 亿 folded in; 7.1% is 7.1); ``unit``; ``kind`` ``level``, ``share`` or ``change``; ``direction`` ``up``, ``down``,
        ``flat`` or ``none``; ``base`` of a change (同比); ``bound`` ``exact``, ``at_least``, ``at_most`` or ``approx``; ``status``
        ``reported`` or ``target``; ``period`` and ``scope`` as the sentence, the section or the report gives them; ``part_of`` the
        row of the whole that 其中 makes this a part of; ``section`` (path), ``sentence``, ``start``, ``end``.

    Notes
    -----
    What it gets wrong: a label that is spread over several sentences; a subject that only the context names; counts in Chinese
    numerals below ten are left out.
    """
    import pandas as pd

    columns = [
        "text", "label", "value", "unit", "kind", "direction", "base", "bound", "status", "period", "scope", "part_of", "section",
        "sentence", "start", "end",
    ]  # fmt: skip
    metrics, _ = find_metrics(report)
    rows = [[getattr(m, name) for name in columns[:-2]] + [m.span.start, m.span.end] for m in metrics]
    table = pd.DataFrame(rows, columns=columns)
    table["part_of"] = table["part_of"].astype("Int64")
    return table


def extract_rejected(report: Report) -> pd.DataFrame:
    """Every number of a report that is no figure, and why.

    Returns
    -------
    DataFrame
        One row a run of digits, in reading order: ``text``, ``reason`` (``title``, ``name``, ``date``, ``document_number``,
        ``numbering``, ``ordinal``, ``hotline``, ``contact``, ``table_cell``, ``no_unit``), ``start``, ``end``.  Together with the
        table of :func:`extract_metrics` it accounts for every run of digits.
    """
    import pandas as pd

    _, rejects = find_metrics(report)
    rows = [(r.text, r.reason, r.span.start, r.span.end) for r in rejects]
    return pd.DataFrame(rows, columns=["text", "reason", "start", "end"])


def find_metrics(report: Report) -> tuple[list[Metric], list[Reject]]:
    """The figures of a report and the numbers that are none, both in reading order."""
    text = report.text
    zones = find_zones(text, report.outline)
    sections = {section.path: section for section in report.outline.walk()}
    metrics: list[Metric] = []
    rejects: list[Reject] = []
    covered: list[tuple[int, int]] = []
    for sentence in _units(report):
        figures, refused = _figures(text, sentence.span, zones)
        rejects += refused
        covered += [(figure.start, figure.end) for figure in figures]
        metrics += _read_sentence(report, sentence, figures, len(metrics), sections)
    rejects += _left_over(text, zones, covered, rejects)
    return metrics, sorted(rejects, key=lambda reject: reject.span)


def _units(report: Report) -> list[Sentence]:
    """Sentences and headings, in reading order."""
    headings = [
        Sentence(section.heading.of(report.text), section.heading, section.path) for section in report.outline.walk()
    ]
    return sorted([*report.sentences, *headings], key=lambda unit: unit.span)


def _left_over(text: str, zones: Zones, covered: Sequence[tuple[int, int]], known: Sequence[Reject]) -> Iterator[Reject]:
    """Digit runs outside all sentences (title page, table rows) or inside a figure's neighbours."""
    taken = sorted([*covered, *((reject.span.start, reject.span.end) for reject in known)])
    at = 0
    for run in re.finditer(r"\d+(?:[.,]\d+)*", text):
        while at < len(taken) and taken[at][1] <= run.start():
            at += 1
        if at < len(taken) and taken[at][0] < run.end():
            continue
        yield Reject(Span(*run.span()), run[0], zones.reason(*run.span()) or "no_unit")


# --- which numbers are figures --------------------------------------------------------------------------------------


def _figures(text: str, span: Span, zones: Zones) -> tuple[list[_Figure], list[Reject]]:
    figures: list[_Figure] = []
    rejects: list[Reject] = []
    ratios = [(m.start() + span.start, m.end() + span.start) for m in _RATIO.finditer(span.of(text)) if _is_ratio(span.of(text), m)]
    offset = span.start
    for numeral in find_numerals(span.of(text)):
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
    return _with_borrowed_units(text, figures, rejects), rejects


def _is_ratio(sentence: str, found: re.Match[str]) -> bool:
    """Whether 3.6:48:48.4 is a ratio and no clock time."""
    parts = re.split("[:：∶]", found[0])
    return len(parts) > 2 or "." in found[0] or bool(re.search("比|结构|比例", sentence[: found.start()]))


def _figure(text: str, numeral: Numeral, start: int, end: int, span: Span, in_ratio: bool) -> _Figure | None:
    if in_ratio:
        return _Figure(start, end, numeral.value, "", False, "", "arabic", False)
    unit, stop = numeral.unit, end
    medal = numeral.writing == "arabic" and re.match(r"[金银铜](?=\d|[，。、；牌好的]|$)", text[end:])
    if not unit:
        found = unit_at(text, end)
        if medal:
            unit, stop = medal[0][0], end + 1
        elif found is not None and found.end <= span.end and found not in ("金", "银", "铜"):
            unit, stop = str(found), found.end
    elif unit in ("倍", "番") and not re.search("增|升|提高|扩大|翻|高|达|为|是|的|超|长", text[max(span.start, start - 6) : start]):
        return None
    more = numeral.more
    if unit and stop < span.end and text[stop] in "余多" and unit_class(unit) == "percent":
        more, stop = True, stop + 1
    kind = unit_class(unit)
    before = text[max(span.start, start - 14) : start]
    if numeral.writing == "han" and not _counts_in_han(numeral, unit, before, text[stop : stop + 1]):
        return None
    if numeral.writing == "scale" and not unit:
        unit, stop = (("元", stop) if text[stop : stop + 1] != "元" else ("元", stop + 1))
    if kind == "time" and not peel(before).change and not re.search("压|缩|减|增|提前|快|达|为|至|到", before[-4:]):
        return None
    if not unit and not numeral.scaled and not _LEVEL_WORD.search(before) and not _next_to_range(text, end):
        return None
    bound, stop_bound = bound_after(text, stop)
    return _Figure(start, stop, numeral.value, unit, more, bound, numeral.writing, numeral.scaled)


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
    found = re.match(r"(?:[-—–－~～至到]{1,2}|(?:提高|增加|提升|上升|下降|降低|减少|扩大|增长)(?:到|至))约?\d[\d.,]*", text[end : end + 16])
    return bool(found) and unit_at(text, end + _scale_end(text, end + len(found[0])) - end if found else end) is not None


def _scale_end(text: str, position: int) -> int:
    scale = re.compile("[余多]?(?:[十百千]?[万亿]|万亿)?[余多]?").match(text, position)
    return scale.end() if scale else position


def _with_borrowed_units(text: str, figures: list[_Figure], rejects: list[Reject]) -> list[_Figure]:
    """The lower end of a range or list takes unit and scale of the number after it: 从1720提高至1960元, 5-20万元."""
    done: list[_Figure] = []
    for i in range(len(figures) - 1, -1, -1):
        figure = figures[i]
        following = done[-1] if done else None
        if not figure.unit and following is not None and following.unit:
            between = text[figure.end : following.start]
            tied = re.fullmatch(r"[-—–－~～至到]{1,2}约?|、|(?:提高|增加|提升|上升|下降|降低|减少|扩大|增长)(?:到|至)约?", between)
            if tied:
                ranged = re.match("[-—–－~～至到、]", between)
                scale = _scale_of(text, following) if ranged and not figure.scaled and figure.value < following.value else 1
                figure = replace(figure, unit=following.unit, value=round(figure.value * scale, 6), borrowed=True)
        done.append(figure)
    done.reverse()
    return done


def _scale_of(text: str, figure: _Figure) -> float:
    number = re.match(r"[\d.,]+", text[figure.start : figure.end])
    return figure.value / float(number[0].replace(",", "")) if number and float(number[0].replace(",", "")) else 1


# --- what is said of them -------------------------------------------------------------------------------------------


def _read_sentence(
    report: Report, sentence: Sentence, figures: Sequence[_Figure], first_row: int, sections: dict[str, Section]
) -> list[Metric]:
    text = report.text
    rows: list[Metric] = []
    previous: Metric | None = None
    root = ""  # the last label that names a thing by itself
    consumed = sentence.span.start
    group: list[str] = []  # subjects still to be dealt out to the values after 分别
    status_of = _status_reader(sentence, sections)
    for i, figure in enumerate(figures):
        clause = _clause_start(text, sentence.span.start, figure.start)
        left = max(clause, consumed if i else clause)
        before = text[left : figure.start]
        after_from = figure.end + (len(_bound_text(text, figure.end)))
        tail = i  # of a range, the words after its upper end tell
        while tail + 1 < len(figures) and _RANGE.match(text[figures[tail].end : figures[tail + 1].start]):
            tail += 1
        after_from = max(after_from, figures[tail].end + len(_bound_text(text, figures[tail].end)))
        right = figures[tail + 1].start if tail + 1 < len(figures) else sentence.span.end
        after = _to_clause_end(text[after_from : max(after_from, right)])
        if tail + 1 < len(figures) and after_from + len(after) >= right:
            after = after.split("、")[0]  # what follows 、 belongs to the next figure
        quoted = _after_quotation(text, figure, sentence.span)
        if quoted:
            before, after = "", quoted
        predicate = peel(re.sub("^[、，]", "", before))
        listed = bool(_SEPARATOR.match(before.strip())) and i > 0
        ranged = i > 0 and bool(_RANGE.match(before.strip()))
        whole = text[clause : figure.start]
        labels: list[str]
        if ranged and previous is not None:
            labels = [previous.label]
        elif group:
            labels = [group.pop(0)]
        elif "分别" in before:
            values = _list_after(text, figures, i)
            group = _dealt(text, sentence, clause, before, values, figures[i].start)
            labels = [group.pop(0)] if group else [""]
        elif _shares_by_jun(before):
            labels = shared_subjects(re.sub(r"均$|都$", "", predicate.core), _n_subjects(predicate.core)) or [""]
        else:
            labels = [_label(text, sentence, figure, predicate, before, after, root, previous, listed)]
        named = labels == [name_after(after)] and figure.unit != "位"
        kind, direction, base, bound = _said(figure, predicate, whole, before, previous, listed or ranged or "分别" in whole, after, named)
        for label in labels:
            rows.append(
                Metric(
                    span=Span(figure.start, figure.end),
                    text=text[figure.start : figure.end],
                    label=label,
                    value=figure.value,
                    unit=figure.unit,
                    kind=kind,
                    direction=direction,
                    base=base,
                    bound=bound,
                    status=status_of(text[sentence.span.start : figure.end]),
                    period=_period(text, sentence, figure.start, report, sections),
                    scope=_scope(text[sentence.span.start : figure.start], report),
                    part_of=_whole_of(before, rows, first_row),
                    section=sentence.section,
                    sentence=sentence.text,
                )
            )
        previous = rows[-1]
        if not root or not previous.label.startswith(root):
            root = previous.label
        consumed = figure.end + (len(_bound_text(text, figure.end)))
        if named:
            consumed = max(consumed, text.find(labels[0], consumed) + len(labels[0]))
    return rows


def _label(
    text: str, sentence: Sentence, figure: _Figure, predicate: Predicate, before: str, after: str, root: str,
    previous: Metric | None, listed: bool,
) -> str:  # fmt: skip
    own = name_before(predicate.core)
    named = "" if unit_class(figure.unit) == "medal" else name_after(after)
    if named and own and unit_class(figure.unit) in ("money", "measure"):
        measured = begins_with_verb(after) or (ends_with_noun(own) and not after.startswith("的"))
        named = "" if measured and not has_noun(predicate.cue) else named
    if listed and previous is not None and not named:
        return previous.label
    if named and not (own and has_noun(own) and _LEVEL_WORD.search(before)):
        is_amount = unit_class(figure.unit) in ("percent", "point", "multiple") and bool(predicate.change or has_noun(own))
        if not is_amount:
            return named if has_noun(named) or not has_noun(own) else own
    if own and has_noun(own) and not _relative(own):
        return own
    if unit_class(figure.unit) == "percent" and not own and after and (previous is None or not before.strip("、，")):
        object_of = tidy(after[:20])
        if object_of and not predicate.cue:
            return object_of
    if root:
        return root if not own or own in root else f"{root}{own}"
    return own or _earlier(text, sentence, figure.start) or named or tidy(after[:12])


def _relative(label: str) -> bool:
    """Whether a label only makes sense beside the one before: 增速, 总数, 占比, 规模."""
    return bool(re.fullmatch("(?:其)?(?:增速|增幅|降幅|总数|总量|总额|规模|占比|比重|占全[国省市区县].{0,6}|占.{0,10}|数量|总计|名义|平均|人均|增量)", label))


def _earlier(text: str, sentence: Sentence, position: int) -> str:
    """The subject of an earlier clause of the sentence."""
    clauses = [tidy(clause) for clause in re.split("[，；：]", text[sentence.span.start : position])]
    return next((clause for clause in reversed(clauses) if clause and has_noun(clause)), "")[:30]


def _said(
    figure: _Figure, predicate: Predicate, whole: str, before: str, previous: Metric | None, goes_on: bool, after: str, named: bool
) -> tuple[str, str, str, str]:
    """Kind, direction, base and bound of a figure."""
    bound = figure.bound or ("at_least" if figure.more else "") or predicate.bound or ("at_most" if after.startswith("以内") else "")
    change = predicate.change
    if change and named and unit_class(figure.unit) == "count" and re.search("(?:改善|加快|提升|提高|扩大|扩增)(?:了)?$", predicate.cue):
        change = ""  # 改善7000所学校办学条件 counts schools
    base = base_in(before) or (base_in(whole) if predicate.change and "分别" in whole else "")
    bare = not predicate.cue and bool(_SEPARATOR.match(before.strip()) or _RANGE.match(before.strip()))
    if bare and previous is not None and goes_on and unit_class(figure.unit) == unit_class(previous.unit):
        return previous.kind, previous.direction, previous.base, bound or "exact"
    if not change:
        led = re.match(r"^[、，]?(?:[^，]{0,6}?)(净增|净减少|减少|压减|精简(?!率)|增加|压缩|缩短|提升|提高|降低|下调|上调)(?!到|至|值|率|量|幅)(?=[^到至]*$)", before)
        if led and not predicate.reach and unit_class(figure.unit) not in ("percent", "multiple") and "率" not in predicate.core[-1:]:
            change = "down" if led[1] in ("净减少", "减少", "压减", "精简", "压缩", "缩短", "降低", "下调") else "up"
    if unit_class(figure.unit) == "point" and not change:
        change = "up" if re.search("增|升|提|高|快|扩", whole[-12:]) else "down" if re.search("降|减|低|回落|慢", whole[-12:]) else "up"
    rate = re.search("(?<!自然)(?:增长率|下降率|增幅|降幅|减幅|涨幅|跌幅|增速)$", predicate.core)
    if rate and unit_class(figure.unit) in ("percent", "point"):
        change = change or ("down" if rate[0][0] in "下降减跌" else "up")
    if change:
        if predicate.apart and not base:
            base = base_in(before)
        if not base and goes_on and previous is not None and previous.kind == "change" and "分别" in whole:
            base = previous.base
        return "change", change, base, bound or "exact"
    share = unit_class(figure.unit) == "percent"
    return ("share" if share else "level"), "none", "", bound or "exact"


# --- sharing ----------------------------------------------------------------------------------------------------------


def _list_after(text: str, figures: Sequence[_Figure], i: int) -> int:
    """How many values follow 分别 one after the other, each with its own predicate or without."""
    n = 1
    for a, b in zip(figures[i:], figures[i + 1 :], strict=False):
        between = text[a.end : b.start]
        between = re.sub(r"^(?:以上|左右|以下)", "", between)
        if not re.match("、|和|及|以及|与|，", between):
            break
        inner = re.sub("^(?:、|和|以及|及|与|，)", "", between)
        if inner and (peel(inner).core or ("，" in between and not peel(inner).cue)):
            break
        if "，" in between and inner and "分别" not in between and peel(inner).reach:
            break
        n += 1
    return n


def _dealt(text: str, sentence: Sentence, clause: int, before: str, n: int, position: int) -> list[str]:
    """The label of each of ``n`` values after 分别."""
    head, _, tail = before.rpartition("分别")
    said = peel(tail)
    noun = tidy(said.core) if has_noun(said.core) else ""
    subjects = shared_subjects(_without_base(head), n)
    if len(subjects) < n:
        for earlier in reversed(re.split("[，；：（）]", text[sentence.span.start : clause])):
            listed = shared_subjects(_without_base(earlier), n)
            if len(listed) == n and n > 1:
                last = re.sub("(?:再次|进一步|均|都|持续)?(?:提高|增长|下降|上升|增加|减少|提升|改善|显著|明显)+$", "", listed[-1])
                shared = tidy(head) if head and has_noun(head) and len(tidy(head)) <= 6 else ""
                subjects = [f"{item}{shared}" for item in [*listed[:-1], last]]
                break
    if not subjects:
        subjects = [_earlier(text, sentence, clause)]
    if len(subjects) < n:
        subjects = [subjects[0]] * n
    return [f"{subject}{noun}" for subject in subjects]


def _without_base(words: str) -> str:
    base = base_in(words)
    words = words.replace(base, "") if base else words
    return peel(words).core if peel(words).cue else words


def _shares_by_jun(before: str) -> bool:
    found = re.search("均|都", before)
    if not found or re.search("[人户平亩年]均$", before[: found.end()]):
        return False
    core = before[: found.start()]
    return _n_subjects(core) > 1


def _n_subjects(core: str) -> int:
    core = tidy(re.sub("[均都].*$", "", core))
    parts = [part for part in re.split("、", core) if part]
    rates = [part for part in re.split("(?<=率)(?=[^率]{2,}率$)", core) if part]
    if len(parts) > 1:
        last = shared_subjects(core, len(parts) + 1)
        return len(parts) + 1 if len(last) == len(parts) + 1 else len(parts)
    return max(len(rates), 1)


def _whole_of(before: str, rows: Sequence[Metric], first_row: int) -> int | None:
    """The row of the whole, where 其中 stands before the figure or before its sibling."""
    if not rows or "其中" not in before:
        return rows[-1].part_of if rows and rows[-1].part_of is not None and re.match("^[，、]", before) and len(before) < 16 else None
    at = len(rows) - 1
    while at > 0 and rows[at].kind == "change":
        at -= 1
    return first_row + at


# --- context ----------------------------------------------------------------------------------------------------------


def _clause_start(text: str, start: int, position: int) -> int:
    last = start
    depth = 0
    for found in re.compile("[，；。：！？（）\n“”]").finditer(text, start, position):
        if found[0] == "“":
            depth += 1
        elif found[0] == "”":
            depth = max(0, depth - 1)
        elif depth == 0:
            last = found.end()
    return last


def _to_clause_end(words: str) -> str:
    found = _CLAUSE.search(words)
    return words[: found.start()] if found else words


def _after_quotation(text: str, figure: _Figure, span: Span) -> str:
    """What follows the quotation that a figure stands in: “6大类、43小项”执法突出问题 counts 执法突出问题."""
    opened = text.rfind("“", max(span.start, figure.start - 24), figure.start)
    closed = text.find("”", figure.end, min(span.end, figure.end + 24))
    if opened < 0 or closed < 0 or "”" in text[opened : figure.start]:
        return ""
    return _to_clause_end(text[closed + 1 : span.end])


def _bound_text(text: str, position: int) -> str:
    _, end = bound_after(text, position)
    return text[position:end]


def _status_reader(sentence: Sentence, sections: dict[str, Section]):  # type: ignore[no-untyped-def]
    """A function that tells target from result for words of this sentence, knowing the titles above it."""
    titles = []
    path = sentence.section
    while path:
        if path in sections:
            titles.append(sections[path].title)
        path = path.rpartition("/")[0]
    planned = any(_PLAN.search(title) and not _REVIEW.search(title) for title in titles)

    def status(words: str) -> str:
        if planned:
            return "reported" if _DONE.search(words) else "target"
        clause = re.split("[，；：]", words)[-1]
        return "target" if _AIMS.search(words) or _REQUIRES.search(clause) else "reported"

    return status


def _period(text: str, sentence: Sentence, position: int, report: Report, sections: dict[str, Section]) -> str:
    named = _YEAR.findall(text[sentence.span.start : position])
    if named:
        return str(named[-1])
    section = sections.get(sentence.section)
    titled = _YEAR.search(section.title) if section else None
    if titled:
        return titled[0]
    return f"{report.outline.year}年" if report.outline.year else ""


def _scope(words: str, report: Report) -> str:
    named = _SCOPE.findall(words)
    return str(named[-1]) if named else report.outline.issuer
