"""What is imported is declared, and what is declared is used or has its reason."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from .conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """A distribution's name, spelled the one way."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[]", name)[0]).lower()


def imported(path: Path) -> set[str]:
    """The packages that a file imports, the standard library's and its own left out."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"reportkit", "tests"}


def test_what_the_package_imports_is_declared_and_what_is_declared_is_imported() -> None:
    command = [sys.executable, "-m", "deptry", ".", "--no-ansi"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_deptry_is_told_to_ignore_is_declared() -> None:
    declared = {plain(one) for one in PROJECT["project"]["dependencies"]}
    ignored = PROJECT["tool"]["deptry"]["per_rule_ignores"]
    assert list(ignored) == ["DEP002"]
    assert {plain(one) for one in ignored["DEP002"]} <= declared


def test_what_the_tests_import_is_declared() -> None:
    project = PROJECT["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    declared = {plain(one) for one in asked}
    homes = packages_distributions()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        undeclared = {name for name in imported(path) if not {plain(home) for home in homes.get(name, [name])} & declared}
        assert undeclared == set(), path.name
