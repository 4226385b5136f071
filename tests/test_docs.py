"""The habits: what the README prints, what ruff and mypy say, where imports point, what may not be committed."""

from __future__ import annotations

import ast
import doctest
import graphlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import reportkit
from reportkit.language.lexicon import read_lexicon

from .conftest import ROOT, SEED

# The one straight line: a room imports only from those before it.
LINE = (
    "display", "errors", "faults", "writing", "report", "language", "loading", "cleaning", "structure", "reading", "apart",
    "metrics", "functions", "mentions", "sentiment", "coverage", "plots", "teaching", "site", "cli",
)  # fmt: skip


def test_the_readme_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "--strict", "-p", "reportkit"]],
    ids=["ruff_check", "ruff_format", "mypy"],
)
def test_the_code_is_in_order(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT / "reportkit").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> set[str]:
    """The modules of reportkit that a module imports, at its top or inside a function."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.removeprefix("reportkit.") for name in named if name.startswith("reportkit.")}


def test_imports_point_to_the_left_and_never_in_a_circle() -> None:
    modules = {module_name(path): path for path in (ROOT / "reportkit").rglob("*.py") if "fonts" not in path.parent.name}
    del modules[""]
    assert {name.partition(".")[0] for name in modules} <= set(LINE)
    graph = {name: imports_of(path) for name, path in modules.items()}
    for name, imported in graph.items():
        room = LINE.index(name.partition(".")[0])
        assert [other for other in imported if LINE.index(other.partition(".")[0]) > room] == [], name
    assert list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_everything_public_has_a_docstring_and_a_home() -> None:
    for name in reportkit.__all__:
        assert getattr(reportkit, name).__doc__, name
    assert set(reportkit.__all__) <= set(dir(reportkit))
    with pytest.raises(AttributeError, match="reportkit attribute nothing"):
        reportkit.nothing  # noqa: B018


def test_versions_agree_and_the_changelog_names_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == reportkit.__version__
    assert f"## {reportkit.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_pins_are_exact_and_name_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line) for line in lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    pinned = {line.partition("==")[0].lower() for line in lines}
    assert {re.split("[>=<]", one)[0].lower() for one in wanted} <= pinned


def test_every_lexicon_names_its_source_and_licence() -> None:
    for path in sorted((ROOT / "reportkit" / "lexicons").glob("*.tsv")):
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        assert any("source:" in line and "licence:" in line and "version:" in line for line in head), path.name
        assert read_lexicon(path)


def test_a_broken_lexicon_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("term\tclass\n甲\tx\n乙\n", encoding="utf-8")
    with pytest.raises(reportkit.LexiconError, match=r"mine\.tsv, line 3: 1 columns, but the head has 2"):
        read_lexicon(path)
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(reportkit.LexiconError, match="the list is empty"):
        read_lexicon(path)
    with pytest.raises(reportkit.LexiconError, match="cannot be read"):
        read_lexicon(tmp_path / "none.tsv")


def test_the_seed_is_the_file_that_the_manifest_names() -> None:
    import hashlib

    entries = read_lexicon(ROOT / "seeds" / "manifest.tsv")
    assert [entry["id"] for entry in entries] == [SEED.stem]
    assert entries[0]["sha256"] == hashlib.sha256(SEED.read_bytes()).hexdigest()
