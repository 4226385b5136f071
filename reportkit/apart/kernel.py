"""Notebooks' kernels that run nothing but the notebook: no module, settings or startup file from where they run."""

from __future__ import annotations

import json
import os
from pathlib import Path

from reportkit.apart.interpreter import clean_environment, isolated_python

__all__ = ["kernel_arguments", "kernel_command", "kernel_environment", "write_kernel_spec"]

_START = "ipykernel.kernelapp:launch_new_instance"


def kernel_command() -> list[str]:
    """The command of an isolated kernel; whoever starts it fills in ``{connection_file}``."""
    return isolated_python(_START, "-f", "{connection_file}")


def kernel_arguments() -> list[str]:
    """What an isolated kernel is told: the current folder is not searched, nothing is kept of what was run."""
    return ["--IPKernelApp.log_level=50", "--IPKernelApp.ignore_cwd=True", "--HistoryManager.hist_file=:memory:"]


def kernel_environment(scratch: Path) -> dict[str, str]:
    """A clean environment whose settings folders are empty ones in ``scratch``."""
    environment = {**clean_environment(), **_own_folders(scratch)}
    if not all(_writable(folder) for folder in _matplotlib_folders(environment)):
        environment["MPLCONFIGDIR"] = str(scratch / "matplotlib")  # else each picture would begin with a warning
    return environment


def write_kernel_spec(folder: Path) -> None:
    """Put the isolated kernel where Jupyter, with ``JUPYTER_PATH`` set to ``folder``, finds it as its Python."""
    place = folder / "kernels" / "python3"
    place.mkdir(parents=True)
    spec = {
        "argv": [*kernel_command(), "--IPKernelApp.ignore_cwd=True"],
        "display_name": "Python 3 (reportkit)",
        "language": "python",
        "env": _own_folders(folder),
        "metadata": {"debugger": True},
    }
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def _own_folders(scratch: Path) -> dict[str, str]:
    return {
        "IPYTHONDIR": str(scratch / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the debugger, which nobody uses, else warns at each start
    }


def _matplotlib_folders(environment: dict[str, str]) -> tuple[Path, Path]:
    home = Path.home()
    return home / ".config", Path(environment.get("XDG_CACHE_HOME") or home / ".cache")


def _writable(folder: Path) -> bool:
    """Whether one may write into a folder, or make it."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)
