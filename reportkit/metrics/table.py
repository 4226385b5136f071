"""Report → the table of its figures, and the list of numbers that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportkit.metrics.context import after_bound, after_quotation, clause_start, period, scope, status_reader, to_clause_end
from reportkit.metrics.figures import RANGE, Figure, Reject, find_figures, level_word
from reportkit.metrics.labels import begins_with_verb, ends_with_noun, has_noun, name_after, name_before, tidy
from reportkit.metrics.predicates import Predicate, base_in, peel
from reportkit.metrics.rejects import Zones, find_zones
from reportkit.metrics.sharing import dealt, dealt_in_silence, earlier_subject, subjects_of_jun, values_after
from reportkit.metrics.units import unit_class
from reportkit.report import Report, Section, Sentence, Span, once
from reportkit.structure.roles import Role, section_roles

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Metric", "extract_metrics", "extract_rejected", "find_metrics"]
_FAR = 2000  # characters
_SEPARATOR = re.compile(r"^[、，]?(?:和|及|以及|与|或)?$")


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


@once
def find_metrics(report: Report) -> tuple[list[Metric], list[Reject]]:
    """The figures of a report and the numbers that are none, both in reading order."""
    text = report.text
    zones = find_zones(text, report.outline)
    sections = {section.id: section for section in report.outline.walk()}
    roles = section_roles(report.outline)
    metrics: list[Metric] = []
    rejects: list[Reject] = []
    covered: list[tuple[int, int]] = []
    for sentence in _units(report):
        figures, refused = find_figures(text, sentence.span, zones)
        rejects += refused
        covered += [(figure.start, figure.end) for figure in figures]
        metrics += _read_sentence(report, sentence, figures, len(metrics), sections, roles)
    rejects += _left_over(text, zones, covered, rejects)
    return metrics, sorted(rejects, key=lambda reject: reject.span)


def _units(report: Report) -> list[Sentence]:
    """Sentences and headings, in reading order."""
    headings = [
        Sentence(section.heading.of(report.text), section.heading, section.path, section.id)
        for section in report.outline.walk()
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


# --- what is said of them ----------------------------------------------------------------------


def _read_sentence(
    report: Report,
    sentence: Sentence,
    figures: Sequence[Figure],
    first_row: int,
    sections: dict[str, Section],
    roles: dict[str, Role],
) -> list[Metric]:
    text = report.text
    rows: list[Metric] = []
    previous: Metric | None = None
    root = ""  # the last label that names a thing by itself
    consumed = sentence.span.start
    group: list[str] = []  # subjects still to be dealt out to the values after 分别
    status_of = status_reader(roles.get(sentence.section_id, Role()))
    for i, figure in enumerate(figures):
        near = _near(sentence, figure)
        clause = clause_start(text, near.span.start, figure.start)
        left = max(clause, consumed if i else clause)
        before = text[left : figure.start]
        after_from = after_bound(text, figure.end)
        tail = i  # of a range, the words after its upper end tell
        while tail + 1 < len(figures) and RANGE.match(text[figures[tail].end : figures[tail + 1].start]):
            tail += 1
        after_from = max(after_from, after_bound(text, figures[tail].end))
        right = figures[tail + 1].start if tail + 1 < len(figures) else sentence.span.end
        after = to_clause_end(text[after_from : max(after_from, right)])
        if tail + 1 < len(figures) and after_from + len(after) >= right:
            after = after.split("、")[0]  # what follows 、 belongs to the next figure
        quoted = after_quotation(text, figure, sentence.span)
        if quoted:
            before, after = "", quoted
        predicate = peel(re.sub("^[、，]", "", before))
        listed = bool(_SEPARATOR.match(before.strip())) and i > 0
        ranged = i > 0 and bool(RANGE.match(text[figures[i - 1].end : figure.start]))
        whole = text[clause : figure.start]
        labels: list[str]
        if ranged and previous is not None:
            labels = [previous.label]
        elif group:
            labels = [group.pop(0)]
        elif "分别" in before:
            values = values_after(text, figures, i)
            named_before = list(dict.fromkeys(row.label for row in rows if row.kind != "change"))
            group = dealt(text, near, clause, before, values, named_before)
            labels = [group.pop(0)] if group else [""]
        elif predicate.cue and (silent := dealt_in_silence(text, figures, i, predicate)):
            group = silent
            labels = [group.pop(0)]
        elif shared := subjects_of_jun(before, predicate.core):
            labels = shared
        else:
            labels = [_label(text, near, figure, predicate, before, after, root, previous, listed)]
        named = labels == [name_after(after)] and figure.unit != "位"
        kind, direction, base, bound = _said(
            figure, predicate, whole, before, previous, listed or ranged or "分别" in whole, after, named
        )
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
                    status=status_of(text[near.span.start : figure.end]),
                    period=period(text, near, figure.start, report, sections),
                    scope=scope(text[near.span.start : figure.start], report),
                    part_of=_whole_of(before, text[previous.span.end : left] if previous else "", figure, rows, first_row),
                    section=sentence.section,
                    sentence=sentence.text,
                )
            )
        previous = rows[-1]
        if not root or not previous.label.startswith(root):
            root = previous.label
        consumed = after_bound(text, figure.end)
        if named:
            consumed = max(consumed, text.find(labels[0], consumed) + len(labels[0]))
    return rows


def _near(sentence: Sentence, figure: Figure) -> Sentence:
    """The sentence as far as it can tell of a figure: a text of one endless line is not read from its start each time."""
    start = max(sentence.span.start, figure.start - _FAR)
    return Sentence(sentence.text, Span(start, sentence.span.end), sentence.section, sentence.section_id)


def _label(
    text: str, sentence: Sentence, figure: Figure, predicate: Predicate, before: str, after: str, root: str,
    previous: Metric | None, listed: bool,
) -> str:  # fmt: skip
    own = name_before(predicate.core)
    named = "" if unit_class(figure.unit) == "medal" else name_after(after)
    if named and own and unit_class(figure.unit) in ("money", "measure"):
        measured = begins_with_verb(after) or (ends_with_noun(own) and not after.startswith("的"))
        named = "" if measured and not has_noun(predicate.cue) else named
    if listed and previous is not None and not named:
        return previous.label
    if named and not (own and has_noun(own) and level_word(before)):
        is_amount = unit_class(figure.unit) in ("percent", "point", "multiple") and bool(predicate.change or has_noun(own))
        if not is_amount:
            return named if has_noun(named) or not has_noun(own) else own
    if own and has_noun(own) and not _relative(own):
        return own
    if unit_class(figure.unit) == "percent" and not own and after and (previous is None or not before.strip("、，")):
        object_of = tidy(after[:20])
        if object_of and not predicate.cue:
            return object_of
    if own and ("其中" in before or (previous is not None and previous.part_of is not None)):
        return own
    if root:
        return root if not own or own in root else f"{root}{own}"
    return own or earlier_subject(text, sentence, figure.start) or named or tidy(after[:12])


def _relative(label: str) -> bool:
    """Whether a label only makes sense beside the one before: 增速, 总数, 占比, 规模."""
    return bool(
        re.fullmatch(
            "(?:为|完成|占|达到?)?(?:年度|全年|年初|调整后?)*(?:预算|预期目标|目标任务|目标|计划|任务)(?:数|值|任务|目标)?|(?:其)?(?:增速|增幅|降幅|总数|总量|总额|规模|占比|比重|占全[国省市区县].{0,6}|占.{0,10}|数量|总计|名义|平均|人均|增量)",
            label,
        )
    )


def _alike(unit: str, other: str) -> bool:
    """Whether two units may stand in one list of values: of one class, or both relative (1.5倍和72.6%)."""
    relative = ("percent", "point", "multiple")
    return unit_class(unit) == unit_class(other) or (unit_class(unit) in relative and unit_class(other) in relative)


def _said(
    figure: Figure,
    predicate: Predicate,
    whole: str,
    before: str,
    previous: Metric | None,
    goes_on: bool,
    after: str,
    named: bool,
) -> tuple[str, str, str, str]:
    """Kind, direction, base and bound of a figure."""
    bound = (
        figure.bound
        or ("at_least" if figure.more else "")
        or predicate.bound
        or ("at_least" if re.search(r"(?:至少|不少于)[^，\d]{0,6}$", before) else "")
        or ("at_most" if after.startswith("以内") else "")
    )
    change = predicate.change
    if (
        change
        and named
        and unit_class(figure.unit) == "count"
        and re.search("(?:改善|加快|提升|提高|扩大|扩增)(?:了)?$", predicate.cue)
    ):
        change = ""  # 改善7000所学校办学条件 counts schools
    base = base_in(before) or (base_in(whole) if predicate.change and "分别" in whole else "")
    bare = not predicate.cue and bool(_SEPARATOR.match(before.strip()) or RANGE.match(before.strip()))
    if bare and previous is not None and goes_on and _alike(figure.unit, previous.unit):
        return previous.kind, previous.direction, previous.base, bound or "exact"
    if not change:
        led = re.match(
            r"^[、，]?(?:[^，]{0,6}?)(净增|净减少|减少|压减|精简(?!率)|增加|压缩|缩短|提升|提高|降低|下调|上调)(?!到|至|值|率|量|幅)(?=[^到至]*$)",
            before,
        )
        if (
            led
            and not predicate.reach
            and unit_class(figure.unit) != "multiple"
            and not (unit_class(figure.unit) == "percent" and re.search("(?:率|比|重|度|比例|水平)$", predicate.core))
        ):
            change = "down" if led[1] in ("净减少", "减少", "压减", "精简", "压缩", "缩短", "降低", "下调") else "up"
    if unit_class(figure.unit) == "point" and not change:
        rose, fell = (re.search(cue, whole[-12:]) for cue in ("增|升|提|高|快|扩", "降|减|低|回落|慢"))
        change = "down" if fell and not rose else "up"
    rate = re.search("(?<!自然)(?:增长率|下降率|增幅|降幅|减幅|涨幅|跌幅|增速)$", predicate.core)
    if rate and unit_class(figure.unit) in ("percent", "point"):
        change = change or ("down" if rate[0][0] in "下降减跌" else "up")
    if change:
        if not base and goes_on and previous is not None and previous.kind == "change" and "分别" in whole:
            base = previous.base
        return "change", change, base, bound or "exact"
    share = unit_class(figure.unit) == "percent" or figure.writing == "fraction"
    return ("share" if share else "level"), "none", "", bound or "exact"


def _whole_of(before: str, gap: str, figure: Figure, rows: Sequence[Metric], first_row: int) -> int | None:
    """The row of the whole, where 其中 stands before the figure or before its sibling (其中维持150件，撤销22件)."""
    if not rows:
        return None
    if "其中" not in before:
        sibling = rows[-1].unit == figure.unit and gap in ("", "，", "、") and re.match(r"[，、]?[^，、\d]+", before)
        return rows[-1].part_of if sibling and len(before) < 16 else None
    at = len(rows) - 1
    while at > 0 and rows[at].kind == "change":
        at -= 1
    return first_row + at
