from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .measure import FLOORS, GOLD, Measured, annotated, measure, measure_functions, measure_metrics

FIGURE = {
    "value": 3.0, "unit": ["件"], "head": ["办案"], "near": "共办案3件", "kind": "level", "direction": ["none"], "base": [""],
    "bound": "exact", "status": "reported",
}  # fmt: skip
READ = {**FIGURE, "unit": "件", "label": "办案", "sentence": "共办案3件。", "direction": "none", "base": "", "how": "counted"}


@pytest.mark.parametrize("folder", sorted(path for path in GOLD.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_no_score_falls_below_its_floor(folder: Path) -> None:
    scores = measure(folder).scores
    floors = FLOORS[folder.name]
    assert {name: scores[name] for name, floor in floors.items() if scores[name] < floor} == {}
    assert {name for name in scores if name not in ("figures", "sections", "sentences")} == set(floors)


def test_a_wrong_field_a_missed_and_an_invented_figure_cost() -> None:
    gold = [FIGURE, {**FIGURE, "value": 5.0}, {**FIGURE, "value": 7.0, "optional": True}]
    found = [READ, {**READ, "value": 4.0, "how": ""}, {**READ, "value": 7.0}]
    measured = Measured()
    measure_metrics(gold, found, measured)
    assert measured.scores == {"figures": 2, "detection": 0.5, "record": 0.5}
    assert {how: str(tally) for how, tally in measured.how.items()} == {"counted": "1/1", "?": "0/1"}
    wrong = Measured()
    measure_metrics([FIGURE], [{**READ, "base": "同比", "kind": "change"}], wrong)
    assert wrong.scores["record"] == 0.0
    assert [name for name, tally in wrong.fields.items() if str(tally) == "0/1"] == ["base", "kind"]


def test_a_label_that_holds_the_head_of_a_neighbour_is_wrong() -> None:
    gold = [FIGURE, {**FIGURE, "value": 5.0, "head": ["抓获"]}]
    measured = Measured()
    measure_metrics(gold, [{**READ, "label": "办案抓获"}, {**READ, "value": 5.0, "label": "抓获"}], measured)
    assert str(measured.fields["label"]) == "1/2"


def test_functions_may_be_annotated_by_sentence_or_by_line() -> None:
    found = [{"sentence": "共办案3件。", "function": "result"}, {"sentence": "将继续办案。", "function": "plan"}]
    gold = [
        {"line": "共 办案３件。", "function": ["result", "context"]},
        {"sentence": "下一步将继续办案。", "function": ["plan"]},
        {"sentence": "没有这一句。", "function": ["plan"]},
    ]
    measured = Measured()
    measure_functions(gold, found, measured)
    assert measured.scores == {"sentences": 3, "functions": 2 / 3}


def test_a_folder_with_part_of_an_annotation_is_measured_and_printed(tmp_path: Path) -> None:
    folder = tmp_path / "gold" / "short"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text("共办案3件。", encoding="utf-8")
    (folder / "metrics.jsonl").write_text(json.dumps(FIGURE), encoding="utf-8")
    (tmp_path / "gold" / "empty").mkdir()
    assert list(annotated(tmp_path / "gold")) == [folder]
    command = [sys.executable, Path(__file__).with_name("measure.py"), tmp_path, "--by", "field", "--by", "how"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    scores, fields, how = done.stdout.split("\n\n")
    assert "| short | 1 | 1.00 | 1.00 | – | – | – | – |" in scores
    assert "| short | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 |" in fields
    assert "| how | short | all |" in how
    assert "| 1/1 | 1/1 |" in how
    nothing = subprocess.run([*command[:2], tmp_path / "gold" / "empty"], capture_output=True, encoding="utf-8", check=False)
    assert nothing.returncode == 2
    assert "no annotation" in nothing.stderr
