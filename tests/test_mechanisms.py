from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

import reportkit as rk
from reportkit.mentions.details import actors_in, does_after, does_before
from reportkit.mentions.variants import abbreviates
from reportkit.report import Report, Span

from .conftest import ROOT
from .test_cases import cases


def gold() -> list[dict[str, Any]]:
    path = ROOT / "tests" / "gold" / "jining_psb_2023" / "mechanisms.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def plain(text: str) -> str:
    return re.sub(r"[\s“”]", "", text)


def found_rows(register: list[dict[str, Any]], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    names = {plain(name) for name in [wanted["name"], *wanted["aliases"]]}
    return [row for row in register if names & {plain(name) for name in [row["name"], *row["variants"]]}] or [
        row for row in register if any(plain(row["name"]) in name for name in names)
    ]


@pytest.mark.parametrize(("text", "expect"), cases("mechanisms"))
def test_mechanisms_are_as_expected(text: str, expect: list[list[str]]) -> None:
    assert rk.extract_mechanisms(rk.parse(text))[["name", "kind"]].to_numpy().tolist() == expect


@pytest.mark.parametrize(("text", "expect"), cases("mechanism_details"))
def test_what_is_said_of_mechanisms_is_as_expected(text: str, expect: list[dict[str, Any]]) -> None:
    report = rk.parse(text)
    stated = rk.extract_metrics(report).set_index("id")["text"]
    found = rk.extract_mechanisms(report).to_dict("records")
    for row in found:
        row["figures"] = [stated[figure] for figure in row["figures"]]
        row["mentions"] = [report.text[start:end] for start, end in row["mentions"]]
    assert [row["name"] for row in found] == [row["name"] for row in expect]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, expect, strict=True)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("quotations"))
def test_quotations_are_read_as_expected(text: str, expect: list[list[str]]) -> None:
    assert rk.extract_quotations(rk.parse(text))[["text", "reading"]].to_numpy().tolist() == expect


def test_an_abbreviation_keeps_its_ending_its_order_and_most_of_the_name() -> None:
    assert abbreviates("会商研判机制", "会商研判机制")
    assert abbreviates("甲乙丙机制", "甲乙丙丁戊己机制")  # five of eight: more than six tenths
    assert not abbreviates("甲乙丙机制", "甲乙丙丁戊己庚机制")  # five of nine
    assert abbreviates("甲乙丙丁戊己机制", "甲1乙2丙3丁4戊己机制")
    assert not abbreviates("甲丙乙丁机制", "甲乙丙丁戊机制")
    assert not abbreviates("甲乙丙丁制度", "甲乙丙丁戊机制")
    assert not abbreviates("甲乙机制", "甲乙丙机制")  # two characters beside the ending
    assert not abbreviates("甲乙丙丁戊机制", "甲乙丙丁机制")


def test_a_name_far_from_the_others_finds_them_among_the_nearest() -> None:
    chance = random.Random(3)
    others = ["".join(chance.choices("东南西北春夏秋冬山水风云", k=7)) for _ in range(150)]
    text = "".join(f"健全{name}机制。" for name in ["群众诉求会商研判", *others, "诉求会商研判"])
    near = "".join(f"健全{name}机制。" for name in [*others, "群众诉求会商研判", "诉求会商研判"])
    assert "诉求会商研判机制" not in set(rk.extract_mechanisms(rk.parse(near))["name"])  # a variant
    assert "诉求会商研判机制" in set(rk.extract_mechanisms(rk.parse(text))["name"])  # too far: 150 names between


def test_details_are_cut_where_they_end() -> None:
    assert does_after("一" * 91) == Span(0, 90)
    assert does_after("，，甲乙丙丁，；戊") == Span(2, 6)
    assert does_after("等三项制度，甲乙丙丁") == Span(6, 10)
    assert does_before("启动" + "、".join(["甲乙"] * 3)) == Span(2, 10)
    assert does_before("启动甲乙、丙丁") is None
    assert does_before("把甲乙丙、丁戊作为年度的") == Span(1, 7)
    assert does_before("把甲乙、丁作为年度的") is None  # four characters are no content
    assert actors_in("由市局牵头") == []  # two characters name no body
    assert actors_in("由市区局牵头") == [Span(1, 4)]


def test_what_stands_far_away_is_no_mechanisms_own() -> None:
    filler = "，".join(["认真学习"] * 80)
    near, far = (
        rk.extract_mechanisms(rk.parse(f"建立“甲乙”机制，{words}，由市公安局牵头，化解纠纷12件。")).iloc[0]
        for words in ("学习", filler)
    )
    assert (len(near["figures"]), near["actors"]) == (1, ["市公安局"])
    assert (len(far["figures"]), far["actors"]) == (0, None)


def test_a_total_sums_up_the_last_hundred_names() -> None:
    chance = random.Random(5)
    names = ["".join(chance.choices("东南西北春夏秋冬山水风云", k=6)) for _ in range(120)]
    text = "、".join(f"“{name}”" for name in names)
    found = rk.extract_mechanisms(rk.parse(f"建立{text}等机制。共办理案件12件。"))
    assert found["figures"].map(len).tolist() == [0] * 20 + [1] * 100


def test_a_name_without_marks_has_sixty_characters_at_most() -> None:
    name = rk.extract_mechanisms(rk.parse("甲乙丙丁戊己庚辛壬癸" * 9 + "机制。"))["name"][0]
    assert len(name) == 60


def test_a_name_is_found_within_its_reach_only() -> None:
    far = "推行“甲乙”" + "某" * 18
    assert rk.extract_mechanisms(rk.parse(f"{far}机制。"))["name"].tolist() == [f"“甲乙”{'某' * 18}机制"]
    assert "“甲乙”" + "某" * 22 not in "".join(rk.extract_mechanisms(rk.parse(f"{far}某某某某机制。"))["name"])


def test_every_mechanism_that_people_found_in_the_seed_is_one_row(seed: Report) -> None:
    register = rk.extract_mechanisms(seed).to_dict("records")
    assert len(gold()) == 29
    assert {wanted["name"]: len(found_rows(register, wanted)) for wanted in gold()} == {wanted["name"]: 1 for wanted in gold()}
    appeals = next(row for row in register if "2+4+N" in row["name"])
    assert appeals["name"] == "“2+4+N”群众诉求会商研判处置机制"
    assert set(appeals["variants"]) == {"“2+4+N”群众诉求会商处置机制", "“2+4+N”会商研判机制"}
    assert len(appeals["mentions"]) == 3


def test_the_figures_that_people_attached_in_the_seed_are_attached(seed: Report) -> None:
    register = rk.extract_mechanisms(seed).to_dict("records")
    texts = rk.extract_metrics(seed).set_index("id")["text"]
    wanted = found = 0
    for mechanism in gold():
        own = [plain(texts[figure]) for hit in found_rows(register, mechanism) for figure in hit["figures"]]
        wanted += len(mechanism["figures"])
        found += sum(any(figure in text or text in figure for text in own) for figure in map(plain, mechanism["figures"]))
    assert wanted == 27
    assert found / wanted >= 0.9


def test_what_the_report_does_not_say_stays_empty(seed: Report) -> None:
    register = rk.extract_mechanisms(seed).set_index("name")
    appeals = register.loc["“2+4+N”群众诉求会商研判处置机制"]
    assert appeals["does"] == "集结各方力量对重点疑难诉求会诊把脉"
    assert appeals["cadence"] is None
    assert appeals["actors"] is None
    analysis = register.loc["“通研强督”模式"]
    assert analysis["cadence"] == "每半月"
    assert analysis["channels"] == ["12345", "12389", "信访"]
    assert register.loc["“法治公安建设年”"]["status"] == "planned"


def test_every_mention_leads_back_and_lies_in_a_sentence(seed: Report) -> None:
    for row in rk.extract_mechanisms(seed).itertuples():
        for start, end in row.mentions:
            text = seed.text[start:end]
            assert text in (row.name, *row.variants) or row.name.startswith(text)
            assert any(sentence.span.start <= start < sentence.span.end for sentence in seed.sentences)


def test_every_quotation_is_accounted_for(seed: Report) -> None:
    quotations = rk.extract_quotations(seed)
    assert len(quotations) == len(re.findall("“[^“”\n]{1,60}”", seed.text))
    readings = quotations.set_index("text")["reading"].to_dict()
    assert readings["“一把手”"] == "office"
    assert readings["“4.15”"] == "day"
    assert readings["“解决群众诉求先进集体”"] == "honour"
    assert readings["“突出政治引领，业务整体推进”"] == "slogan"
    assert readings["“急难愁盼”"] == "problem"


def test_real_reports_pass_through(real_reports: list[Report]) -> None:
    for report in real_reports:
        ids = set(rk.extract_metrics(report)["id"])
        for row in rk.extract_mechanisms(report).itertuples():
            assert row.name
            assert set(row.figures) <= ids
            assert all(0 <= start < end <= len(report.text) for start, end in row.mentions)
