from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportkit.cli import main
from reportkit.teaching.lab import copy_notebooks

from .conftest import SEED


def test_outline_prints_a_tree_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", str(SEED)]) == 0
    assert "├─ 一、加强组织领导" in capsys.readouterr().out
    assert main(["outline", str(SEED), "--format", "json"]) == 0
    outline = json.loads(capsys.readouterr().out)
    assert list(outline) == ["issuer", "title", "year", "preamble", "sections", "closing", "diagnostics"]
    assert list(outline["sections"][0]) == ["number", "title", "level", "start", "end", "paragraphs", "children"]


def test_text_prints_clean_text_or_repairs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(SEED)]) == 0
    assert "高质量发展工作。" in capsys.readouterr().out
    assert main(["text", str(SEED), "--repairs"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("kind\tfound\tafter\tstart\tend\n")
    assert out.count("cut_line") == 4


def test_metrics_print_for_people_for_excel_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metrics", str(SEED)]) == 0
    assert "全市治安警情" in capsys.readouterr().out
    assert main(["metrics", str(SEED), "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufefftext,label,value,unit,")
    assert out.count("\n") == 33
    assert main(["metrics", str(SEED), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 32
    assert rows[9]["text"] == "14.1%"
    assert main(["metrics", str(SEED), "--rejected", "--format", "jsonl"]) == 0
    assert {json.loads(line)["reason"] for line in capsys.readouterr().out.splitlines()} == {"date", "name", "title", "hotline"}
    assert main(["metrics", str(SEED), "--checks"]) == 0
    assert capsys.readouterr().out == "(no rows)\n"


@pytest.mark.parametrize("command", ["outline", "text", "metrics"])
def test_input_that_cannot_be_used_is_one_line_and_status_2(command: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reportkit.cli", command, str(tmp_path / "没有.txt")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("reportkit: ")
    assert "there is no such file" in done.stderr


def test_the_copy_for_lab_keeps_what_the_user_changed(tmp_path: Path) -> None:
    written = copy_notebooks(tmp_path)
    assert tmp_path / "notebooks" / "00_start_here.ipynb" in written
    assert tmp_path / "seeds" / SEED.name in written
    mine = tmp_path / "notebooks" / "01_loading.ipynb"
    mine.write_text("mine", encoding="utf-8")
    assert copy_notebooks(tmp_path) == []
    assert mine.read_text(encoding="utf-8") == "mine"
