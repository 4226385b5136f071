from __future__ import annotations

import json
import subprocess
import sys

import pytest

import reportkit as rk
from reportkit.report import Report


def test_the_seed_has_thirty_six_sentences_each_with_its_section(seed: Report) -> None:
    table = rk.extract_sentences(seed)
    assert len(table) == 36
    assert (table["section"] == "三/（一）").sum() == 5
    for row in table.itertuples():
        assert seed.text[row.start : row.end] == row.sentence


def test_title_lines_signatures_and_table_rows_are_no_sentences() -> None:
    report = rk.parse(
        "某某局\n2023年工作报告\n一、情况\n行政许可 550\n规章 0 5 5\n完成任务。\n特此报告。\n某某局\n2024年1月5日"
    )
    assert [sentence.text for sentence in report.sentences] == ["完成任务。", "特此报告。"]


def test_terms_of_the_user_stay_whole_and_are_forgotten_after() -> None:
    assert "会商研判机制" in rk.words("用好会商研判机制", terms=["会商研判机制"])
    assert "会商研判机制" not in rk.words("用好会商研判机制")


def test_what_a_quotation_coins_stays_whole_wherever_the_text_says_it() -> None:
    assert rk.words("用好访研快督模式，创建“访研快督”模式，访研快督。").count("访研快督") == 3
    assert "访研快督" not in rk.words("用好访研快督模式。")
    assert "法治建设" not in rk.words("“法治”建设，法治建设。")  # a word that the dictionary knows coins nothing


def test_snownlp_can_be_asked_and_nobody_else() -> None:
    assert "".join(rk.words("推行2+4+N机制", segmenter="snownlp")) == "推行2+4+N机制"
    with pytest.raises(ValueError, match="'rjieba' or 'snownlp' was expected"):
        rk.words("文字", segmenter="jieba")  # type: ignore[arg-type]


def test_word_counts_leave_out_numbers_and_punctuation(seed: Report) -> None:
    counts = rk.count_words(seed)
    assert counts["count"].is_monotonic_decreasing
    assert counts["share"].sum() == pytest.approx(1)
    assert not counts["word"].str.fullmatch(r"[\d.%，。]+").any()
    assert int(counts.loc[counts["word"] == "通研强督", "count"].iloc[0]) == 1


def test_importing_loads_neither_pandas_nor_matplotlib_nor_a_dictionary() -> None:
    heavy = ("pandas", "matplotlib", "rjieba", "snownlp", "nbconvert")
    code = f"import json, sys, reportkit; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
