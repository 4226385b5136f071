"""Nothing that lies beside a report, or that the environment points to, is run: not by reading, pages, commands or lab."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import nbformat
import pytest

import reportkit as rk
from reportkit.apart.interpreter import clean_environment, open_environment
from reportkit.apart.kernel import write_kernel_spec
from reportkit.apart.process import read_apart
from reportkit.teaching import lab
from reportkit.teaching.shipped import sample_paths

from .conftest import ROOT, SEED

MODULES = (
    "pandas", "numpy", "reportkit", "matplotlib", "lxml", "docx", "ipykernel", "IPython", "jupyterlab", "traitlets", "json",
    "sitecustomize", "usercustomize", "conftest", "planted_backend", "ipython_kernel_config", "ipython_config",
    "jupyter_config", "jupyter_server_config", "jupyter_lab_config", "jupyter_nbconvert_config",
)  # fmt: skip


def plant(folder: Path, marks: Path) -> dict[str, str]:
    """Fill a folder with what Python and its friends run where they find it; gives the variables that point there."""
    leave = f"import os; open(os.path.join({str(marks)!r}, {{!r}}), 'w').close()\n"
    folder.mkdir(exist_ok=True)
    for name in MODULES:
        (folder / f"{name}.py").write_text(leave.format(name), encoding="utf-8")
    (folder / "startup.py").write_text(leave.format("startup"), encoding="utf-8")
    (folder / "matplotlibrc").write_text("backend: module://planted_backend\nfont.size: 61\n", encoding="utf-8")
    (folder / ".pdbrc").write_text(leave.format("pdbrc"), encoding="utf-8")
    profile = folder / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text(leave.format("ipython_startup"), encoding="utf-8")
    (profile / "ipython_kernel_config.py").write_text(leave.format("ipython_profile"), encoding="utf-8")
    (folder / "kernels" / "python3").mkdir(parents=True)
    spec = {"argv": [sys.executable, str(folder / "startup.py")], "display_name": "Python 3", "language": "python"}
    (folder / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    (folder / "nbconvert" / "templates" / "base").mkdir(parents=True)
    (folder / "nbconvert" / "templates" / "base" / "display_priority.j2").write_text("planted template", encoding="utf-8")
    return {
        "PYTHONPATH": str(folder),
        "PYTHONSTARTUP": str(folder / "startup.py"),
        "PYTHONUSERBASE": str(folder),
        "IPYTHONDIR": str(folder),
        "JUPYTER_PATH": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder),
        "JUPYTER_CONFIG_PATH": str(folder),
        "MPLCONFIGDIR": str(folder),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
    }


class Garden:
    """A folder with a report and planted files, which is the current one, and the marks of those that ran."""

    def __init__(self, folder: Path, marks: Path, variables: dict[str, str]) -> None:
        self.folder, self._marks, self.variables = folder, marks, variables

    @property
    def ran(self) -> list[str]:
        return sorted(path.name for path in self._marks.iterdir())


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Garden:
    folder, marks = tmp_path / "reports", tmp_path / "marks"
    marks.mkdir()
    variables = plant(folder, marks)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    (folder / "报告.txt").write_bytes(SEED.read_bytes())
    return Garden(folder, marks, variables)


def write_notebook(path: Path, code: str) -> Path:
    cells = [
        nbformat.v4.new_markdown_cell(f"# What does {path.stem} do?"),
        nbformat.v4.new_code_cell('REPORT = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


LOOK = """
import os, sys
import numpy, pandas, lxml.etree, matplotlib
import matplotlib.pyplot as plt
import reportkit as rk
figure = plt.figure()
report = rk.read(REPORT)
print("title", report.outline.title)
print("folder", os.listdir())
print("size", plt.rcParams["font.size"])
print("path", "" in sys.path, os.getcwd() in sys.path, FOLDER in sys.path)
print("package", rk.__file__)
"""


def test_what_is_planted_would_run(garden: Garden) -> None:
    """Else the tests below say nothing."""
    subprocess.run([sys.executable, "-c", "import pandas, ipykernel"], check=True)
    assert {"pandas", "ipykernel", "sitecustomize"} <= set(garden.ran)


def test_a_page_is_made_without_what_lies_beside_the_report(garden: Garden, tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "00_look.ipynb", LOOK.replace("FOLDER", repr(str(garden.folder))))
    site = rk.export(["报告.txt"], tmp_path / "site", notebooks=[notebook])
    assert site.failures == ()
    text = unescape(site.pages[0].read_text(encoding="utf-8"))
    assert f"title {rk.read(SEED).outline.title}" in text
    assert "folder ['报告.txt']" in text
    assert "size 61" not in text
    assert "planted template" not in text
    assert "path False False False" in text
    assert f"package {ROOT / 'reportkit'}" in text  # the one that runs the export, wherever it lies
    assert garden.ran == []


@pytest.mark.parametrize("path", [SEED, *sample_paths()], ids=lambda path: path.name)
def test_a_file_is_read_without_what_lies_beside_it(path: Path, garden: Garden) -> None:
    assert read_apart(path) == rk.read(path)
    assert garden.ran == []


def test_commands_run_without_what_lies_in_the_current_folder(garden: Garden) -> None:
    (garden.folder / "reportkit.py").unlink()  # `python -m` looks there for reportkit itself
    for name in ("json", "traitlets", "sitecustomize", "usercustomize"):
        (garden.folder / f"{name}.py").unlink()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command in (["outline"], ["metrics", "--format", "csv"]):
        told = [*command, "报告.txt"]
        done = subprocess.run(
            [sys.executable, "-m", "reportkit.cli", *told], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "全市治安警情" in done.stdout or "加强组织领导" in done.stdout
    assert garden.ran == []


def test_the_kernel_of_lab_runs_nothing_from_the_folder_of_the_notebooks(garden: Garden, tmp_path: Path) -> None:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager

    write_kernel_spec(tmp_path / "own")
    specs = KernelSpecManager(kernel_dirs=[str(tmp_path / "own" / "kernels")], ensure_native_kernel=False)
    kernel = KernelManager(kernel_spec_manager=specs, connection_file=str(tmp_path / "own" / "connection.json"))
    kernel.start_kernel(cwd=str(garden.folder), env=open_environment())
    client = kernel.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(
            "import sys, pandas, reportkit, matplotlib.pyplot; assert '' not in sys.path", timeout=60
        )
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert reply["content"]["status"] == "ok"
    assert garden.ran == []


def test_lab_is_started_in_an_empty_folder_with_a_clean_environment(
    garden: Garden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = (
        "import json, os, sys; "
        f"json.dump([sys.argv[1:], os.listdir(), dict(os.environ)], open({str(tmp_path / 'seen')!r}, 'w')); sys.exit(3)"
    )
    monkeypatch.setattr(lab, "isolated_python", lambda *words: [sys.executable, "-I", "-c", look, *words])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert lab.open_lab(tmp_path / "copy", browser=False) == 3
    words, beside, environment = json.loads((tmp_path / "seen").read_text(encoding="utf-8"))
    assert words[0] == "jupyterlab.labapp:main"
    assert words[-1] == "--no-browser"
    assert beside == []
    assert not {name for name in garden.variables if environment.get(name) == garden.variables[name]}
    assert list(tmp_path.glob("reportkit-*")) == []
    assert garden.ran == []


def test_an_environment_is_cleaned_of_what_names_code_and_keeps_what_is_needed() -> None:
    given = {
        "PATH": "/bin",
        "HOME": "/home/a",
        "LC_ALL": "C",
        "PYTHONPATH": "x",
        "IPYTHONDIR": "x",
        "LD_PRELOAD": "x",
        "MY": "x",
    }
    assert clean_environment(given) == {"PATH": "/bin", "HOME": "/home/a", "LC_ALL": "C"}
    left = {"JUPYTER_PATH": "x", "PIP_CONFIG_FILE": "x", "MPLBACKEND": "x", "MATPLOTLIBRC": "x", "PYTHONHOME": "x"}
    assert open_environment({**given, **left}) == {
        "PATH": "/bin",
        "HOME": "/home/a",
        "LC_ALL": "C",
        "LD_PRELOAD": "x",
        "MY": "x",
    }
