from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import reportkit as rk
from reportkit.functions.rules import FUNCTIONS, judge_sentences
from reportkit.metrics import find_metrics
from reportkit.report import Report
from reportkit.sentiment.model import bayes_model, segmentation_model
from reportkit.sentiment.outcomes import judge_change
from reportkit.sentiment.snownlp_score import score_snownlp
from reportkit.sentiment.tone import LISTS, read_tone

from .conftest import ROOT
from .test_cases import cases

ODD = [
    " ", "\n", "。", "abc", "龘龘龘", "一", "一龘二", "a法b治", "龘法治政府", "法龘",
    "１２３", "𠮷法", "法治" * 200, "\u3000办案", "警情下降7.1%。",
]  # fmt: skip


def generated(n: int) -> list[str]:
    """Texts from a fixed seed: common and rare characters, digits, marks and spaces in any order."""
    chance = random.Random(20231)
    signs = "法治政府建设群众满意率下降上升突出问题没有不龘𠮷鑫㐀，。“” 0123%abN\n"
    return ["".join(chance.choices(signs, k=chance.randint(1, 60))) for _ in range(n)]


def test_scores_equal_snownlps_to_the_last_bit(seed: Report) -> None:
    texts = [*(sentence.text for sentence in seed.sentences), *ODD, *generated(150)]
    assert score_snownlp(texts) == snownlps_own(texts)


def snownlps_own(texts: list[str]) -> list[float]:
    from snownlp import SnowNLP

    return [SnowNLP(text).sentiments for text in texts]


def test_scores_equal_snownlps_on_every_sentence_of_real_reports(real_reports: list[Report]) -> None:
    texts = list(dict.fromkeys(sentence.text for report in real_reports for sentence in report.sentences))
    with ProcessPoolExecutor(2) as pool:  # SnowNLP takes minutes
        halves = pool.map(snownlps_own, [texts[::2], texts[1::2]])
        assert [score_snownlp(texts[::2]), score_snownlp(texts[1::2])] == list(halves)


def test_one_by_one_and_all_at_once_are_the_same() -> None:
    texts = generated(40)
    assert [score_snownlp([text])[0] for text in texts] == score_snownlp(texts)
    assert score_snownlp([]) == []


def test_an_empty_text_is_refused_by_its_place() -> None:
    with pytest.raises(ValueError, match="text 1 is empty: SnowNLP divides by zero there"):
        score_snownlp(["好", ""])


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    first = segmentation_model(tmp_path)
    (cached,) = tmp_path.glob("snownlp-seg-*.npz")
    cached.write_bytes(cached.read_bytes()[:1000])
    segmentation_model.cache_clear()
    again = segmentation_model(tmp_path)
    assert (again.triple_keys == first.triple_keys).all()
    assert cached.stat().st_size > 1_000_000
    assert [path.name for path in tmp_path.iterdir()] == [cached.name]


def test_a_trained_model_can_be_named_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    from snownlp import sentiment

    sentiment.save(str(tmp_path / "mine.marshal"))
    assert score_snownlp(["办事方便"], model=str(tmp_path / "mine.marshal")) == score_snownlp(["办事方便"])
    (tmp_path / "wrong").write_bytes(b"nothing")
    with pytest.raises(rk.LoadingError, match="no model that SnowNLP saved"):
        bayes_model(str(tmp_path / "wrong"))
    with pytest.raises(rk.LoadingError, match="no model that SnowNLP saved"):
        bayes_model(str(tmp_path / "missing"))


# --- what sentences do, and which way outcomes point -------------------------------------------


@pytest.mark.parametrize(("text", "expect"), cases("functions"))
def test_sentences_do_what_the_case_says(text: str, expect: list[str]) -> None:
    assert list(rk.score_sentiment(rk.parse(text))["function"]) == expect


@pytest.mark.parametrize(("text", "expect"), cases("votes"))
def test_sentences_are_judged_by_the_words_that_the_case_says(text: str, expect: list[list[Any]]) -> None:
    judged = judge_sentences(rk.parse(text))
    votes = [[[vote.function, vote.words, vote.rule] for vote in one.votes if vote.rule != "shape"] for one in judged]
    assert [[one.function, one.runner_up, told] for one, told in zip(judged, votes, strict=True)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("outcomes"))
def test_changes_point_where_the_case_says(text: str, expect: list[list[str]]) -> None:
    outcomes = rk.extract_outcomes(rk.parse(text))
    assert outcomes[["direction", "outcome"]].to_numpy().tolist() == expect


def test_the_seeds_eight_changes_point_where_they_should(seed: Report) -> None:
    outcomes = rk.extract_outcomes(seed)
    assert list(outcomes["outcome"]) == ["favourable", "favourable", "", "", *["favourable"] * 4]
    assert list(outcomes["desired"]) == ["down", "down", "output", "output", *["down"] * 4]
    assert outcomes["reason"][2] == "破获电信诈骗案件数量 up: 破获 is work done (output), so no outcome"
    assert outcomes["reason"][4:].str.contains("an inference: the text does not say what the indices are").all()
    table = rk.score_sentiment(seed)
    told = table[table["evidence"].str.contains("outcome: ")]
    assert list(told["outcome"]) == ["favourable", "", "favourable"]
    assert told["evidence"].iloc[2].count("an inference") == 4


def test_every_row_leads_back_and_says_why(seed: Report) -> None:
    table = rk.score_sentiment(seed)
    assert list(table.columns[:8]) == ["sentence", "section", "start", "end", "snownlp", "function", "outcome", "commitment"]
    assert [seed.text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(table["sentence"])
    assert table["snownlp"].tolist() == score_snownlp(list(table["sentence"]))
    assert all(row.evidence.startswith(f"{row.function}: ") for row in table.itertuples())
    assert table["n_metrics"].sum() == len(rk.extract_metrics(seed))
    assert not table["evidence"].str.contains("nothing").any()


def test_a_figure_belongs_to_the_sentence_that_it_begins() -> None:
    assert rk.score_sentiment(rk.parse("推进改革。12件案件办结，3件移送。完善制度。"))["n_metrics"].tolist() == [0, 2, 0]


def test_real_reports_pass_through(real_reports: list[Report]) -> None:
    for report in real_reports:
        table = rk.score_sentiment(report)
        assert len(table) == len(report.sentences)
        assert rk.summarize_sentiment(table)["n_sentences"].iloc[-1] == len(table)


def test_words_of_tone_are_counted_outside_names() -> None:
    tone = read_tone("必须持续整治“全面清零”行动，侦办多起案件，破获300多起，将逐步扩大试点，在党委坚强领导下提高积极性。")
    assert tone.commitment == (("必须", 3), ("将", 2), ("逐步", 1))
    assert tone.strength == 3
    assert tone.degree == ("持续",)
    assert tone.vague == ("多起",)
    assert tone.boilerplate == ("在党委坚强领导下",)
    assert read_tone("将考核情况作为依据。").commitment == ()


def test_lists_of_ones_own_take_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "degree.tsv").write_text("term\n空前\n", encoding="utf-8")
    (tmp_path / "desired.tsv").write_text("indicator\tdesired\tinference\tbasis\n支出\tdown\t\tour own\n", encoding="utf-8")
    report = rk.parse("全面推进，空前高涨，一般性支出下降4%。")
    table = rk.score_sentiment(report, lists={"degree": tmp_path / "degree.tsv"}, desired=tmp_path / "desired.tsv")
    assert table["n_degree"].tolist() == [1]
    assert table["outcome"].tolist() == ["favourable"]
    assert rk.score_sentiment(report)["outcome"].tolist() == ["unknown"]


WRONG_LISTS = {
    "desired, no column": ("desired", "indicator\tdesired\n支出\tdown\n", "line 1: no column inference, basis; the columns"),
    "desired, another direction": (
        "desired",
        "indicator\tdesired\tinference\tbasis\n支出\tdown\t\t\n收入\tsideways\t\t\n",
        "line 3: desired is 'sideways'; one of 'up', 'down', 'output' was expected",
    ),
    "desired, an open bracket": (
        "desired",
        "indicator\tdesired\tinference\tbasis\n支出(\tdown\t\t\n",
        "line 2: the cue “支出(” opens a bracket that it does not close",
    ),
    "desired, no words": ("desired", "indicator\tdesired\tinference\tbasis\n\tup\t\t\n", "line 2: indicator is empty"),
    "commitment, no column": ("commitment", "term\n必须\n", "line 1: no column strength"),
    "commitment, another strength": ("commitment", "term\tstrength\n必须\tvery\n", "line 2: strength is 'very'; one of '1'"),
    "degree, no column": ("degree", "word\n很\n", "line 1: no column term"),
    "degree, an open bracket": ("degree", "term\n(\n", "line 2: the cue “\\(” opens a bracket"),
    "vague, an unknown shape": ("vague", "term\n{many}次\n", "line 2: the cue “{many}次” names a shape {many}; known are"),
    "vague, a cell too many": ("vague", "term\n多\t次\n", "line 2: 2 columns, but the head has 1"),
    "boilerplate, no words": ("boilerplate", "phrase\tnote\n\tempty\n", "line 2: phrase is empty"),
    "boilerplate, a bar outside brackets": (
        "boilerplate",
        "phrase\n一|二\n",
        "line 2: the cue “一|二” has a | outside brackets",
    ),
}


@pytest.mark.parametrize(("name", "text", "told"), WRONG_LISTS.values(), ids=WRONG_LISTS)
def test_a_wrong_list_is_refused_in_one_sentence_with_file_and_line(name: str, text: str, told: str, tmp_path: Path) -> None:
    report = rk.parse("支出下降4%。")
    wrong = tmp_path / "wrong.tsv"
    wrong.write_text(text, encoding="utf-8")
    options = {"desired": wrong} if name == "desired" else {"lists": {name: wrong}}
    with pytest.raises(rk.LexiconError) as refused:
        rk.score_sentiment(report, **options)
    assert str(refused.value).startswith(f"{wrong}, line ")
    assert told.replace("\\(", "(") in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_a_list_that_nobody_knows_is_refused() -> None:
    with pytest.raises(rk.LexiconError, match="of commitment, degree, vague, boilerplate each can be replaced"):
        rk.score_sentiment(rk.parse("支出下降4%。"), lists={"mood": "mood.tsv"})


def test_a_list_of_ones_own_is_read_again_at_each_call(tmp_path: Path) -> None:
    report = rk.parse("空前高涨，一般性支出下降4%。")
    degree, desired = tmp_path / "degree.tsv", tmp_path / "desired.tsv"
    for words, direction, counted, outcome in (("空前", "down", 1, "favourable"), ("绝后", "up", 0, "unfavourable")):
        degree.write_text(f"term\n{words}\n", encoding="utf-8")
        desired.write_text(f"indicator\tdesired\tinference\tbasis\n支出\t{direction}\t\t\n", encoding="utf-8")
        row = rk.score_sentiment(report, lists={"degree": degree}, desired=desired).iloc[0]
        assert (row["n_degree"], row["outcome"]) == (counted, outcome)


def test_lists_of_ones_own_may_hold_gaps_and_shapes(tmp_path: Path) -> None:
    (tmp_path / "phrases.tsv").write_text("phrase\n再上…台阶\n{numeral}(个|项)新突破\n", encoding="utf-8")
    table = rk.score_sentiment(rk.parse("工作再上新的台阶，实现三项新突破。"), lists={"boilerplate": tmp_path / "phrases.tsv"})
    assert table["n_boilerplate"].tolist() == [2]


@pytest.mark.parametrize("name", LISTS)
def test_our_own_lists_pass_the_checks_of_yours(name: str, seed: Report) -> None:
    ours = ROOT / "reportkit" / "lexicons" / f"{name}.tsv"
    assert rk.score_sentiment(seed, lists={name: ours}).equals(rk.score_sentiment(seed))
    assert rk.extract_outcomes(seed, desired=ours.with_name("desired_direction.tsv")).equals(rk.extract_outcomes(seed))


def test_a_change_without_a_direction_is_not_said_to_stand_still() -> None:
    metric = find_metrics(rk.parse("群众满意率提高2.3个百分点。"))[0][0]
    told = [judge_change(replace(metric, direction=way)) for way in ("flat", "none")]
    assert [outcome.outcome for outcome in told if outcome] == ["unknown", "unknown"]
    reasons = [outcome.reason.partition(": ")[2] for outcome in told if outcome]
    assert reasons == ["it neither rose nor fell", "its words do not tell whether it rose or fell"]


def test_the_summary_counts_what_the_table_holds(seed: Report) -> None:
    table = rk.score_sentiment(seed)
    summary = rk.summarize_sentiment(table)
    assert list(summary["section"]) == ["", "一", "二", "三", "all"]
    counts = summary[[f"n_{name}" for name in FUNCTIONS]]
    assert (counts.sum(axis=1) == summary["n_sentences"]).all()
    assert counts.iloc[:-1].sum().tolist() == counts.iloc[-1].tolist()
    assert summary["result_share"].iloc[3] == summary["n_result"].iloc[3] / summary["n_sentences"].iloc[3]
    assert summary["problem_per_result"].isna().tolist() == [False, True, False, False, False]
    assert summary["specificity"].between(0, 1).all()
    assert len(rk.summarize_sentiment(table, level=2)) == 12
    with pytest.raises(ValueError, match="level=0 was asked for"):
        rk.summarize_sentiment(table, level=0)


def test_a_report_without_sentences_gives_empty_tables() -> None:
    table = rk.score_sentiment(rk.parse("一、概况"))
    assert len(table) == 0
    summary = rk.summarize_sentiment(table)
    assert summary["n_sentences"].tolist() == [0]
    assert summary[["result_share", "specificity", "problem_per_result"]].isna().all(axis=None)  # a share of nothing is none


# --- agreement ---------------------------------------------------------------------------------


def test_agreement_is_that_of_the_textbook() -> None:
    # Cohen's 2 × 2 example: 20 and 15 alike, 5 and 10 not; κ = (0.7 - 0.5) / (1 - 0.5).
    a = ["yes"] * 25 + ["no"] * 25
    b = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    got = rk.agreement(a, b)
    assert got.percent == pytest.approx(70)
    assert got.kappa == pytest.approx(0.4)
    assert got.confusion.loc["yes"].tolist() == [5, 20]  # columns: no, yes
    assert got.prevalence["n_a"].tolist() == [25, 25]
    assert got.prevalence["share"].sum() == pytest.approx(1)


def test_krippendorffs_alpha_is_that_of_his_example() -> None:
    # Krippendorff, Computing Krippendorff's alpha-reliability (2011), B: two observers, binary; α = 0.095.
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert rk.agreement(a, b).alpha == pytest.approx(0.095, abs=0.0005)


def test_uncoded_things_are_left_out_and_one_code_has_no_kappa() -> None:
    got = rk.agreement(["plan", None, "plan", ""], ["plan", "plan", "plan", "result"])
    assert (got.n, got.n_left_out, got.percent) == (2, 2, 100)
    assert got.kappa != got.kappa
    assert "κ and α are low there by their nature" in got.note
    assert "2 coded by one only" in str(got)
    assert "<table" in got._repr_html_()


def test_codings_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="2 codes in a and 1 in b"):
        rk.agreement(["plan", "plan"], ["plan"])
    with pytest.raises(ValueError, match="nothing was coded by both"):
        rk.agreement([None], ["plan"])
