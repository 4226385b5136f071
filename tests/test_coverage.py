from __future__ import annotations

from pathlib import Path

import pytest

import reportkit as rk
from reportkit.coverage.genres import GENRES
from reportkit.language.lexicon import lexicon
from reportkit.report import Report

from .conftest import ROOT

DEEDS = "开展执法检查30次。印发普法要点。办理案件12件。组织培训。健全机制。推进公开。" * 2


def states(text: str, **options: str) -> dict[str, str]:
    table = rk.check_coverage(rk.parse(text), **options)
    return dict(zip(table["content"], table["state"], strict=True))


def test_the_seed_has_what_people_found(seed: Report) -> None:
    coverage = rk.check_coverage(seed)
    assert list(coverage["state"]) == ["present", "absent", "present", "token", "absent"]
    assert coverage["reason"][1] == "No sentence was found that admits a shortfall."
    assert coverage["reason"][3] == "Only 1 sentence makes a plan, without a figure, and it lists no items."
    assert "一把手" in coverage["evidence"][2]
    assert coverage["start"].isna().tolist() == [False, True, False, False, True]
    first = coverage.iloc[3]
    assert seed.text[first["start"] : first["end"]].startswith("对照推进依法行政")
    assert coverage["basis"].str.contains("厅字〔2019〕28号").all()


def test_contents_are_found_by_what_is_said_not_by_headings() -> None:
    head = "某市2023年法治政府建设年度报告\n\n一、主要工作\n"
    admitted = "基层力量薄弱。执法能力有待提高。"
    assert states(head + DEEDS)["shortcomings_and_causes"] == "absent"
    assert states(head + DEEDS + "但也存在一些不足：" + admitted)["shortcomings_and_causes"] == "present"
    assert states(head + DEEDS + "\n二、存在的不足\n开展执法检查。")["shortcomings_and_causes"] in ("absent", "token")


def test_a_heading_that_announces_a_content_is_told_of(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("content\ttitle\tfunctions\tcues\tpresent\tbasis\nhead\t职责\tproblem\t职责\t1\t\n", encoding="utf-8")
    told = [
        rk.check_coverage(rk.parse(f"一、主要工作\n{DEEDS}\n二、{title}\n{words}"), checklist=mine).iloc[0]
        for title, words in (
            ("职责情况", "组织学法。"),
            ("职责情况", "行政许可 550\n规章 0 5 5"),
            ("学法情况", "组织学法。"),
            ("职责情况", "力量薄弱。"),
        )
    ]
    assert [row["state"] for row in told] == ["absent", "not_assessable", "absent", "present"]
    assert (
        told[0]["reason"]
        == "A heading announces it, but no sentence under it was found that admits a shortfall in these words."
    )
    assert told[1]["reason"].startswith("A heading announces it, but no sentence stands under it")
    assert told[2]["reason"] == "No sentence was found that admits a shortfall in these words."
    assert told[3]["reason"] == "1 sentence admits a shortfall in these words, without a figure."


def test_one_vague_sentence_is_a_token_and_a_list_is_present() -> None:
    head = "某市2023年法治政府建设年度报告\n\n一、主要工作\n"
    vague = "\n二、下一步打算\n继续推进法治建设。"
    listed = "\n二、下一步打算\n一是推进培训；二是加强检查；三是健全机制。"
    assert states(head + DEEDS + vague)["plan_for_the_next_year"] == "token"
    assert states(head + DEEDS + listed)["plan_for_the_next_year"] == "present"


def test_genres_are_recognised_and_can_be_named() -> None:
    assert rk.recognize_genre(rk.parse("某区政府工作报告\n\n一、工作回顾\n建成学校。")) == "government_work"
    disclosure = "某局2023年政府信息公开工作年度报告\n\n一、总体情况\n主动公开。"
    assert rk.recognize_genre(rk.parse(disclosure)) == "information_disclosure"
    assert rk.recognize_genre(rk.parse("今天天气很好。")) == ""
    assert set(states(DEEDS, genre="government_work")) == {"review", "targets", "tasks"}
    assert set(states("今天天气很好。").values()) == {"not_assessable"}
    with pytest.raises(ValueError, match="one of law_based_government, information_disclosure, government_work was expected"):
        rk.check_coverage(rk.parse(DEEDS), genre="novel")


def test_a_short_text_is_not_assessable() -> None:
    table = rk.check_coverage(rk.parse("某市2023年法治政府建设年度报告\n\n一、主要工作\n开展检查。"))
    assert set(table["state"]) == {"not_assessable"}
    assert table["reason"][0] == "The text has 1 sentence: too few to say what is missing."


def test_a_checklist_of_ones_own_can_be_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("content\ttitle\tfunctions\tcues\tpresent\tbasis\ntraining\t培训\t\t培训\t1\tour rule\n", encoding="utf-8")
    table = rk.check_coverage(rk.parse(DEEDS), checklist=mine)
    assert table[["content", "state", "basis"]].to_numpy().tolist() == [["training", "present", "our rule"]]
    mine.write_text("content\ttitle\tfunctions\tcues\tpresent\tbasis\ntraining\t培训\t\t游泳\t1\tour rule\n", encoding="utf-8")
    assert rk.check_coverage(rk.parse(DEEDS), checklist=mine)["state"].tolist() == ["absent"]  # it is read again


HEAD = "content\ttitle\tfunctions\tcues\tpresent\tbasis\n"
WRONG_CHECKLISTS = {
    "no column": ("content\ttitle\nx\t培训\n", "line 1: no column functions, cues, present, basis"),
    "another function": (HEAD + "x\t培训\tplan dancing\t\t1\t\n", "line 2: functions are 'plan dancing'; of context, measure"),
    "no number": (HEAD + "x\t培训\tplan\t\tmany\t\n", "line 2: present is 'many'; a whole number from 1"),
    "nought": (HEAD + "x\t培训\tplan\t\t0\t\n", "line 2: present is '0'; a whole number from 1"),
    "no name": (HEAD + "\t培训\tplan\t\t1\t\n", "line 2: content is empty"),
    "an open bracket": (HEAD + "x\t培训\t\t(\t1\t\n", "line 2: the cue “(” opens a bracket that it does not close"),
    "a regular expression": (
        HEAD + "x\t培训\t\t培训|(?:学习)\t1\t\n",
        "line 2: the cue “培训|(?:学习)” has a | outside brackets",
    ),
    "nothing": ("", "the list is empty"),
}


@pytest.mark.parametrize(("text", "told"), WRONG_CHECKLISTS.values(), ids=WRONG_CHECKLISTS)
def test_a_wrong_checklist_is_refused_in_one_sentence_with_file_and_line(text: str, told: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(rk.LexiconError) as refused:
        rk.check_coverage(rk.parse(DEEDS), checklist=mine)
    assert str(refused.value).startswith(str(mine))
    assert told in str(refused.value)


def test_a_checklist_without_entries_gives_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(HEAD, encoding="utf-8")
    table = rk.check_coverage(rk.parse(DEEDS), checklist=tmp_path / "mine.tsv")
    assert (len(table), "state" in table.columns) == (0, True)


@pytest.mark.parametrize("genre", GENRES)
def test_our_own_checklists_pass_the_checks_of_yours(genre: str) -> None:
    ours = ROOT / "reportkit" / "lexicons" / "coverage" / f"{genre}.tsv"
    table = rk.check_coverage(rk.parse(DEEDS), checklist=ours)
    assert table["state"].tolist() == rk.check_coverage(rk.parse(DEEDS), genre=genre)["state"].tolist()


def test_every_checklist_names_its_rule_and_date() -> None:
    for genre in GENRES:
        assert all(entry["basis"] and entry["title"] for entry in lexicon(f"coverage/{genre}"))
    assert [len(lexicon(f"coverage/{genre}")) for genre in GENRES] == [5, 6, 3]


def test_specificity_counts_what_can_be_checked(seed: Report) -> None:
    table = rk.measure_specificity(seed)
    whole = table.iloc[-1]
    assert whole["n_metrics"] == 32
    assert whole["n_sentences"] == len(seed.sentences)
    assert table["n_metrics"][:-1].sum() == 32
    assert whole["per_1000"] == round(32_000 / whole["n_chars"], 1)
    bare = rk.measure_specificity(rk.parse("警情下降5%。满意率98%。办理案件20件，办结率100%。")).iloc[-1]
    assert (bare["n_without_base"], bare["n_without_denominator"]) == (1, 1)


def test_a_share_of_no_sentences_is_no_number() -> None:
    empty = rk.measure_specificity(rk.parse("一、概况"))
    assert empty["n_sentences"].tolist() == [0]
    assert empty[["per_1000", "checkable_share"]].isna().all(axis=None)


def test_two_chapters_of_one_number_are_two_rows() -> None:
    text = "一、工作回顾\n办理案件3件。\n二、工作安排\n推进改革。\n二、重点任务\n完善制度。加强监督。"
    table = rk.measure_specificity(rk.parse(text))
    assert table["section"].tolist() == ["一", "二", "二", "all"]
    assert table["n_sentences"].tolist() == [1, 1, 2, 4]


def test_real_reports_pass_through(real_reports: list[Report]) -> None:
    for report in real_reports:
        coverage = rk.check_coverage(report)
        assert set(coverage["state"]) <= {"present", "token", "absent", "not_assessable"}
        assert rk.measure_specificity(report)["n_sentences"].iloc[-1] == len(report.sentences)
