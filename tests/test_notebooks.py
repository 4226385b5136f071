"""What nbval does not see: cells that were never run, pages of a notebook that teach nothing, answers that are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

import reportkit as rk
from reportkit.language.lexicon import lexicon

from .conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("[0-9][0-9]_*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=nbformat.NO_CONVERT)


def test_every_cell_was_run_once_and_in_order(notebook: nbformat.NotebookNode) -> None:
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_no_cell_warns_or_fails(notebook: nbformat.NotebookNode) -> None:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []


def test_a_notebook_follows_the_pattern(notebook: nbformat.NotebookNode) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert re.match(r"# .+\?", prose[0])
    assert [cell.source for cell in code if "parameters" in cell.metadata.get("tags", [])] == [code[0].source]
    assert code[0].source.startswith("REPORT = ")
    assert max(cell.source.count("\n") + 1 for cell in code) <= 10
    together = "\n".join(prose)
    for heading in ("## How we go about it", "## What we found", "## What this cannot tell"):
        assert heading in together
    assert 20 <= len(notebook.cells) <= 48


def test_no_path_of_the_machine_is_saved(notebook: nbformat.NotebookNode) -> None:
    assert str(ROOT) not in nbformat.writes(notebook)
    assert str(Path.home()) not in nbformat.writes(notebook)


ANSWERS = {
    "01-1": lambda: sum(repair.kind == "spread_text" for repair in rk.parse("政 府 工 作 报 告").repairs),
    "01-2": lambda: rk.parse("增长６．４％").text,
    "01-3": lambda: len(rk.parse("一、工作情况\n全年办案３件，群众满\n\n意。").text.splitlines()),
    "02-1": lambda: sum(
        s.level == 2
        for s in rk.parse("一、成效\n（一）执法。办案3件。\n（二）普法。讲座5场。\n二、问题\n力量不足。").outline.walk()
    ),
    "02-2": lambda: len(rk.split_sentences("增长7.1%。“办实事。办好事。”群众满意。")),
    "02-3": lambda: rk.parse("一、甲甲\n办案。\n二、乙乙\n办案。\n二、丙丙\n办案。").outline.diagnostics[0].kind,
    "03-1": lambda: len(rk.extract_metrics(rk.parse("启动“五场战役”，破获案件3起，抓获12人，同比上升5%。"))),
    "03-2": lambda: float(rk.extract_metrics(rk.parse("注册用户突破2.3亿。"))["value"].iloc[0]),
    "03-3": lambda: rk.extract_rejected(rk.parse("依据国办发〔2021〕30号推进工作。"))["reason"].iloc[0],
    "04-1": lambda: rk.score_sentiment(rk.parse("针对基层力量薄弱的问题，招录执法人员60名。"))["function"].iloc[0],
    "04-2": lambda: rk.extract_outcomes(rk.parse("抓获逃犯12人，同比上升20%；群众满意率同比下降2个百分点。"))["outcome"].iloc[
        1
    ],
    "04-3": lambda: rk.agreement(["a"] * 50, ["a"] * 45 + ["b"] * 5).percent,
    "05-1": lambda: len(rk.extract_mechanisms(rk.parse("建立“亮灯”、“回头看”等配套机制，获“金盾奖”。"))),
    "05-2": lambda: rk.extract_quotations(rk.parse("落实“一把手”责任。"))["reading"].iloc[0],
    "05-3": lambda: rk.extract_citations(rk.parse("《某市公安局法制员工作规定》"))["type"].iloc[0],
    "06-1": lambda: rk.check_coverage(
        rk.parse(
            "某市2023年法治政府建设年度报告\n\n一、主要工作\n"
            + "开展执法检查。" * 10
            + "\n二、存在的不足\n开展自查自纠，持续改进工作。"
        )
    )["state"].iloc[1],
    "06-2": lambda: rk.recognize_genre(rk.parse("某区政府工作报告")),
    "06-3": lambda: len(lexicon("coverage/information_disclosure")),
}


@pytest.mark.parametrize("question", ANSWERS)
def test_the_right_answer_is_accepted_and_others_are_not(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    rk.check_answer(question, ANSWERS[question]())
    rk.check_answer(question, "wrong")
    rk.check_answer(question, ...)
    right, wrong, none = capsys.readouterr().out.splitlines()
    assert right == f"{question}: right."
    assert wrong.startswith(f"{question}: not yet. Hint: ")
    assert none.startswith(f"{question}: no answer yet.")


def test_every_exercise_has_an_answer_that_is_tested() -> None:
    asked = {q for path in NOTEBOOKS for q in re.findall(r'rk\.check_answer\(\\"([\d-]+)', path.read_text(encoding="utf-8"))}
    assert asked == set(ANSWERS) == {entry["question"] for entry in lexicon("answers")}


def test_an_unknown_exercise_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    rk.check_answer("99-1", 3)
    assert "there is no such exercise" in capsys.readouterr().out
