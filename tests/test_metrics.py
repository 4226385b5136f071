from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import reportkit as rk
from reportkit.language.lexicon import lexicon
from reportkit.metrics import find_metrics
from reportkit.metrics.patterns import PATTERNS, TRAITS, Pattern
from reportkit.metrics.rejects import shape_source
from reportkit.report import Report

from .test_cases import cases

FIELDS = ("value", "unit", "label", "kind", "direction", "base", "bound", "status")


@pytest.mark.parametrize(("text", "expect"), cases("metrics"))
def test_figures_are_read_as_expected(text: str, expect: list[dict[str, Any]]) -> None:
    found = rk.extract_metrics(rk.parse(text)).to_dict("records")
    assert [row["value"] for row in found] == [row["value"] for row in expect]
    for row, wanted in zip(found, expect, strict=True):
        assert {field: row[field] for field in FIELDS if field in wanted} == {f: wanted[f] for f in FIELDS if f in wanted}


@pytest.mark.parametrize(("text", "expect"), cases("rejects"))
def test_numbers_that_are_no_figures_are_refused_with_a_reason(text: str, expect: dict[str, str]) -> None:
    report = rk.parse(text)
    assert rk.extract_metrics(report).empty
    rejected = rk.extract_rejected(report)
    assert dict(zip(rejected["text"], rejected["reason"], strict=True)) == expect


@pytest.mark.parametrize(("text", "expect"), cases("checks"))
def test_the_arithmetic_of_a_report_is_checked(text: str, expect: list[list[str]]) -> None:
    assert rk.check_metrics(rk.parse(text))[["check", "verdict"]].to_numpy().tolist() == expect


def check_accounts(report: Report) -> None:
    """Every digit run is in a figure or among the rejects, and in one of them only."""
    metrics, rejects = find_metrics(report)
    places = {(m.span.start, m.span.end) for m in metrics}
    refused = [(r.span.start, r.span.end) for r in rejects]
    for m in metrics:
        assert m.span.of(report.text) == m.text
    for r in rejects:
        assert r.span.of(report.text) == r.text
    in_figure = {i for a, b in places for i in range(a, b) if report.text[i].isdigit()}
    in_reject = [i for a, b in refused for i in range(a, b) if report.text[i].isdigit()]
    assert len(in_reject) == len(set(in_reject))
    assert in_figure.isdisjoint(in_reject)
    assert in_figure | set(in_reject) >= {found.start() for found in re.finditer(r"[0-9]", report.text)}


def test_figures_and_rejects_account_for_every_digit_of_the_seed(seed: Report) -> None:
    check_accounts(seed)
    assert set(rk.extract_rejected(seed)["reason"]) == {"date", "name", "title", "hotline"}


def test_figures_and_rejects_account_for_every_digit_of_real_reports(real_texts: list[Path]) -> None:
    for path in real_texts:
        check_accounts(rk.read(path))


def test_figures_and_rejects_account_for_every_digit_of_the_cases() -> None:
    for path in (Path(__file__).parent / "cases").glob("*.json"):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            check_accounts(rk.parse(entry["text"]))


def test_the_table_has_the_columns_that_are_documented(seed: Report) -> None:
    table = rk.extract_metrics(seed)
    assert list(table.columns) == [
        "id", "text", "label", "value", "unit", "kind", "direction", "base", "bound", "status", "period", "year", "horizon",
        "scope", "part_of", "how", "section", "section_id", "sentence", "start", "end",
    ]  # fmt: skip
    for row in table.itertuples():
        assert seed.text[row.start : row.end] == row.text
        assert row.text in row.sentence
    assert set(table["kind"]) <= {"level", "share", "change"}
    empty = rk.extract_metrics(rk.parse("没有数字的文字。"))
    assert list(empty.columns) == list(table.columns)
    assert empty.empty


def test_a_part_knows_its_whole() -> None:
    table = rk.extract_metrics(rk.parse("全年办理案件100件，其中刑事案件30件。"))
    assert list(table["id"]) == ["m1", "m2"]
    assert list(table["part_of"].fillna("")) == ["", "m1"]
    assert list(table["label"]) == ["办理案件", "刑事案件"]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("受理12宗，其中维持8宗，撤销4宗。", ["", "m1", "m1"]),
        ("受理12宗，其中维持8宗，罚款5万元。", ["", "m1", ""]),
        ("受理12宗，增长5%，其中维持8宗。", ["", "", "m1"]),
        ("受理12宗，维持8宗。", ["", ""]),
    ],
)
def test_parts_are_those_that_qizhong_names(text: str, wholes: list[str]) -> None:
    assert list(rk.extract_metrics(rk.parse(text))["part_of"].fillna("")) == wholes


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全年办案3件，确保新增5家。", ["reported", "target"]),
        ("力争办案3件，新增5家。", ["target", "target"]),
        ("确保办案3件，新增5家。", ["target", "reported"]),
        ("实施三年行动计划，新建5家。", ["reported"]),
        ("计划新建5家。", ["target"]),
        ("5000户居民的住房将得到改善。", ["target"]),
        ("完成预期目标，办案3件。", ["reported"]),
        ("超额完成全年预期目标，办案3件。", ["reported"]),
    ],
)
def test_what_is_aimed_at_is_a_target(text: str, status: list[str]) -> None:
    assert list(rk.extract_metrics(rk.parse(text))["status"]) == status


def test_an_id_survives_filtering_and_sorting(seed: Report) -> None:
    table = rk.extract_metrics(seed)
    assert table["id"].is_unique
    assert set(table["part_of"].dropna()) <= set(table["id"])
    some = table[table["kind"] == "change"].sort_values("value")
    assert all(table.set_index("id").loc[row.id, "text"] == row.text for row in some.itertuples())
    ids = {section.id for section in seed.outline.walk()}
    assert set(table["section_id"]) <= ids | {""}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_reads_its_own_example(pattern: Pattern) -> None:
    table = rk.extract_metrics(rk.parse(pattern.example))
    assert tuple(table["label"])[-len(pattern.labels) :] == pattern.labels
    assert set(table["how"][-len(pattern.labels) :]) == {pattern.name}
    assert pattern.traits <= set(TRAITS)


def test_every_shape_refuses_its_example_and_not_what_looks_alike() -> None:
    for entry in lexicon("rejects", ("shape", "reason", "not_after", "not_before"), ("shape", "not_after", "not_before")):
        text = f"说明{entry['example']}事"
        refused = rk.extract_rejected(rk.parse(f"{text}。"))
        assert entry["reason"] in set(refused["reason"]), entry["example"]
        if entry["other"]:
            assert re.search(shape_source(entry), entry["other"]) is None or entry["other"].startswith("铁路"), entry["other"]


def test_the_year_and_horizon_are_those_meant() -> None:
    text = "某某市\n2024年工作报告\n一、总体情况\n今年办案3件，去年办案2件。\n2021年办案1件。"
    text += "\n“十五五”时期建成公园5个，五年来建成公园9个。"
    table = rk.extract_metrics(rk.parse(text))
    assert list(table["year"]) == [2024, 2023, 2021, 2024, 2024]
    assert list(table["horizon"]) == ["annual", "annual", "annual", "plan", "term"]


def test_period_and_scope_come_from_the_sentence_the_section_or_the_report() -> None:
    table = rk.extract_metrics(rk.parse("某某局\n2023年工作报告\n一、2022年回顾\n全市办案3件。\n2021年办案2件。"))
    assert list(table["period"]) == ["2022年", "2021年"]
    assert list(table["scope"]) == ["全市", "某某局"]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全市用电增速居全国第五位，完成投资46亿元。", "全市"),
        ("全市用电量全省第三，完成投资46亿元。", "全市"),
        ("全县增速高于全国1.2个百分点，完成投资46亿元。", "全县"),
        ("全国完成投资46亿元。", "全国"),
        ("完成投资46亿元。", "某某局"),
    ],
)
def test_a_rank_or_a_comparison_is_no_scope(text: str, scope: str) -> None:
    table = rk.extract_metrics(rk.parse(f"某某局\n2023年工作报告\n一、情况\n{text}"))
    assert table["scope"].iloc[-1] == scope


def test_a_highlight_marks_the_figure_and_escapes_the_report() -> None:
    report = rk.parse("一、工作\n办理<script>alert(1)</script>案件100件。")
    shown = rk.highlight(report, rk.extract_metrics(report))
    assert "【100件】" in repr(shown)
    html = shown._repr_html_()
    assert "<script" not in html
    assert re.search("<mark[^>]*>100件</mark>", html)
    assert repr(rk.highlight(report, rk.extract_metrics(report).iloc[0])) == repr(shown)
    with pytest.raises(ValueError, match="columns 'start' and 'end' were expected"):
        rk.highlight(report, rk.extract_metrics(report)[["text"]])
    with pytest.raises(ValueError, match="is not in this report"):
        rk.highlight(report, rk.extract_metrics(report).assign(end=999))
