from __future__ import annotations

import hashlib
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
    assert out.startswith("\ufeff")
    assert "text,label,value,unit," in out.partition("\n")[0]
    assert out.count("\n") == 33
    assert main(["metrics", str(SEED), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 32
    assert rows[9]["text"] == "14.1%"
    assert main(["metrics", str(SEED), "--rejected", "--format", "jsonl"]) == 0
    assert {json.loads(line)["reason"] for line in capsys.readouterr().out.splitlines()} == {"date", "name", "title", "hotline"}
    assert main(["metrics", str(SEED), "--checks"]) == 0
    assert capsys.readouterr().out == "(no rows)\n"


def test_numbers_print_as_people_write_them_and_go_plain_to_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "短.txt"
    path.write_text("生产总值达到64697.5亿元，增长5.7%。失业人员比重下降0.05个百分点。", encoding="utf-8")
    assert main(["metrics", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "6,469,750,000,000 元" in printed
    assert " 5.7 %" in printed
    assert " 0.05 个百分点" in printed
    assert "e+" not in printed
    assert main(["metrics", str(path), "--format", "jsonl"]) == 0
    assert [json.loads(line)["value"] for line in capsys.readouterr().out.splitlines()] == [6469750000000.0, 5.7, 0.05]


def test_what_the_report_leaves_unsaid_is_told_from_what_there_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "短.txt"
    path.write_text("一、措施\n完善“一网统管”机制。贯彻《安全生产工作方案》。\n", encoding="utf-8")
    assert main(["mechanisms", str(path)]) == 0
    assert "报告未说明" in capsys.readouterr().out
    assert main(["citations", str(path)]) == 0
    assert capsys.readouterr().out.count("报告未说明") == 2  # year and issuer
    assert main(["sentiment", str(path), "--summary"]) == 0
    printed = capsys.readouterr().out  # no result: the ratio of problems to results has no denominator
    assert "—" in printed
    assert "报告未说明" not in printed
    assert main(["coverage", str(path), "--genre", "law_based_government", "--format", "jsonl"]) == 0
    assert "报告未说明" not in capsys.readouterr().out


def test_several_files_give_one_table_that_tells_them_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, empty = tmp_path / "另.txt", tmp_path / "无.txt"
    other.write_text("共办案3件。", encoding="utf-8")
    empty.write_text("没有数字。", encoding="utf-8")
    assert main(["metrics", str(SEED), str(empty), str(other), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 33
    assert list(rows[0])[:2] == ["doc", "path"]
    assert {row["path"]: row["doc"] for row in rows} == {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in (SEED, other)
    }
    assert main(["metrics", str(SEED), str(other)]) == 0
    printed = capsys.readouterr().out
    assert rows[0]["doc"][:8] in printed
    assert str(other) in printed
    assert main(["metrics", str(empty), str(empty)]) == 0
    assert capsys.readouterr().out == "(no rows)\n"


def test_a_file_that_cannot_be_used_is_told_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["citations", str(tmp_path / "没有.txt"), str(SEED), "--format", "jsonl"]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 12
    assert err.count("\n") == 1
    assert "没有.txt" in err


def test_a_table_is_written_to_a_file_whose_name_tells_the_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kind in (("a.csv", "csv"), ("a.JSONL", "jsonl"), ("a.txt", "table")):
        assert main(["metrics", str(SEED), "--format", kind]) == 0
        printed = capsys.readouterr().out
        assert main(["metrics", str(SEED), "--to", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().decode("utf-8") == printed
    assert main(["metrics", str(SEED), "--to", str(tmp_path / "a.dat"), "--format", "csv"]) == 0
    assert (tmp_path / "a.dat").read_bytes() == (tmp_path / "a.csv").read_bytes()
    assert b"\r" not in (tmp_path / "a.csv").read_bytes()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("to", "said"), [("a.dat", "--format"), ("none/a.csv", "cannot be written")])
def test_a_file_that_cannot_be_written_is_one_line_and_status_2(
    to: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["metrics", str(SEED), "--to", str(tmp_path / to)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert to in err
    assert said in err


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
