from __future__ import annotations

import pytest

import reportkit as rk
from reportkit.report import Report

from .conftest import ROOT
from .test_cases import cases


@pytest.mark.parametrize(("text", "expect"), cases("citations"))
def test_citations_are_as_expected(text: str, expect: list[list[str]]) -> None:
    assert rk.extract_citations(rk.parse(text))[["title", "type"]].to_numpy().tolist() == expect


def test_the_seeds_citations_are_those_that_people_found_in_order(seed: Report) -> None:
    gold = (ROOT / "tests" / "gold" / "jining_psb_2023" / "citations.txt").read_text(encoding="utf-8").split("\n")
    assert list(rk.extract_citations(seed)["title"]) == [line for line in gold if line]


def test_every_mention_leads_back(seed: Report) -> None:
    citations = rk.extract_citations(seed)
    for row in citations.itertuples():
        assert all(row.title in seed.text[start:end] for start, end in row.mentions)
        assert row.mentions[0] == (row.start, row.end)
    newspaper = citations[citations["type"] == "newspaper"].iloc[0]
    assert len(newspaper["mentions"]) == 2  # the second without 《》
    assert citations.set_index("title")["section"]["山东省重大行政决策程序规定"] == "二/（三）"
    assert citations["year"].tolist()[:2] == ["2021-2025", "2023"]
    assert citations["issuer"].tolist()[6] == "济宁市公安局"


def test_a_number_belongs_to_the_title_before_it() -> None:
    row = rk.extract_citations(rk.parse("落实《关于督察工作的意见》（厅字〔2019〕28号）。")).iloc[0]
    assert (row["number"], row["marked"]) == ("厅字〔2019〕28号", True)
    assert not rk.extract_citations(rk.parse("落实行政许可法。"))["marked"].iloc[0]


def rows(text: str, *columns: str) -> list[list[object]]:
    return rk.extract_citations(rk.parse(text))[list(columns)].to_numpy().tolist()


def test_the_sign_of_a_body_begins_after_what_leads_to_it() -> None:
    assert rows("根据国办发〔2021〕30号，印发某办字〔2022〕5号，对照〔2023〕7号。", "title") == [
        ["国办发〔2021〕30号"],
        ["某办字〔2022〕5号"],
    ]
    assert rows("见甲乙丙丁戊己庚辛壬〔2021〕30号。", "title", "start") == [
        ["乙丙丁戊己庚辛壬〔2021〕30号", 2]
    ]  # eight characters
    assert rows("据〔2021〕30号。某字[2020]1号。某字（2020）12345号。", "title") == [["某字[2020]1号"]]


def test_a_number_belongs_to_a_title_only_in_the_bracket_after_it() -> None:
    text = "落实《某意见》（某字〔2019〕28号）和《某决定》，某字〔2020〕3号。再次落实《某意见》（某字〔2021〕1号）。"
    assert rows(text, "title", "number") == [
        ["某意见", "某字〔2019〕28号"],
        ["某决定", ""],
        ["某字〔2020〕3号", "某字〔2020〕3号"],
    ]


def test_titles_without_marks_are_found_the_longest_first() -> None:
    text = "学习信访条例释义，落实信访条例。印发《信访条例》《信访条例释义》《某法》，某法和民法典宣传月，学习民法典。"
    found = rows(text, "title", "mentions", "marked")
    assert [(title, len(mentions), marked) for title, mentions, marked in found] == [
        ("信访条例释义", 2, False),
        ("信访条例", 2, False),
        ("某法", 1, True),  # two characters are looked for in marks only
        ("民法典", 1, False),  # not in 民法典宣传月
    ]


def test_a_title_of_four_characters_is_found_without_marks_one_of_three_is_not() -> None:
    found = rows("《信访条例》《信访法》。信访条例，信访法。", "title", "mentions")
    assert [(title, len(mentions)) for title, mentions in found] == [("信访条例", 2), ("信访法", 1)]


def test_years_issuers_and_sections_are_read_from_title_and_place() -> None:
    inside = "落实《某市教育局关于考试的规定》《教育部关于考试的意见》《部关于》。"
    text = f"《东山省法治规划（2021—2025年）》\n一、工作\n{inside}\n二、结语\n《某报》。"
    table = rk.extract_citations(rk.parse(text))
    assert table["year"].tolist() == ["2021—2025", "", "", "", ""]
    assert table["issuer"].tolist() == ["东山省", "某市教育局", "教育部", "", ""]
    assert table["type"].tolist() == ["plan", "internal rule", "opinion", "unknown", "newspaper"]
    assert table["section"].tolist() == ["", "一", "一", "一", "二"]


def test_drafts_are_told_by_the_bracket_after_the_kind() -> None:
    text = "《某条例（草案）》《某条例（修订草案征求意见稿）》《某条例（2020年修订）》《某办法（送审稿）》"
    assert [kind for (kind,) in rows(text, "type")] == ["draft", "draft", "regulation", "draft"]


def test_real_reports_pass_through(real_reports: list[Report]) -> None:
    for report in real_reports:
        citations = rk.extract_citations(report)
        assert citations["title"].is_unique
        assert all(
            0 <= start < end <= len(report.text) for start, end in zip(citations["start"], citations["end"], strict=True)
        )
