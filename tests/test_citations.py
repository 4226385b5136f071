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


def test_real_reports_pass_through(real_reports: list[Report]) -> None:
    for report in real_reports:
        citations = rk.extract_citations(report)
        assert citations["title"].is_unique
        assert all(
            0 <= start < end <= len(report.text) for start, end in zip(citations["start"], citations["end"], strict=True)
        )
