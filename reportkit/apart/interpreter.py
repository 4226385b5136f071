"""A Python that takes nothing from the folder it runs in: for notebooks' kernels, JupyterLab and the reading of files.

``python -I`` leaves out the current folder, ``PYTHON*`` variables and what the user installed for themselves; the
environment is made anew from a list of what is needed.  What a user's Python really rests on is given back by name: the
place of reportkit itself (which may be a source tree) and the folders that packages are installed into.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["clean_environment", "isolated_python", "open_environment"]

# The package is loaded from its own place, without making the folder around it importable.
_START = """
import importlib, importlib.util, sys
_, init, folders, entry, *rest = sys.argv
sys.path += [folder for folder in folders.splitlines() if folder not in sys.path]
spec = importlib.util.spec_from_file_location("reportkit", init)
sys.modules["reportkit"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
module, _, function = entry.partition(":")
sys.argv[:] = [module, *rest]
sys.exit(getattr(importlib.import_module(module), function)())
"""
_KEPT = """
    PATH HOME USER LOGNAME USERNAME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA SYSTEMROOT SYSTEMDRIVE WINDIR
    COMSPEC PATHEXT TEMP TMP TMPDIR LANG LANGUAGE TZ XDG_CACHE_HOME LD_LIBRARY_PATH DYLD_LIBRARY_PATH CONDA_PREFIX
    OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS
"""
# What makes Python, IPython, Jupyter, matplotlib or pip look for code or settings somewhere else.
_LEFT_OUT = ("PYTHON", "IPYTHON", "JUPYTER", "JPY_", "MPL", "MATPLOTLIB", "PIP_", "COVERAGE_")


def isolated_python(entry: str, *arguments: str) -> list[str]:
    """The command that calls ``entry`` (``"module:function"``) in an isolated Python; its ``sys.argv`` are the arguments."""
    init = Path(__file__).resolve().parent.parent / "__init__.py"
    return [sys.executable, "-I", "-X", "utf8", "-c", _START, str(init), "\n".join(_installed()), entry, *arguments]


def clean_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Of the environment, what a program without settings of its own needs."""
    given = os.environ if environment is None else environment
    kept = frozenset(_KEPT.split())
    return {name: value for name, value in given.items() if name.upper() in kept or name.startswith("LC_")}


def open_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what names code or settings to load: for a program that a user works in."""
    given = os.environ if environment is None else environment
    return {name: value for name, value in given.items() if not name.upper().startswith(_LEFT_OUT)}


def _installed() -> list[str]:
    """The folders of ``sys.path`` that packages are installed into, the current one never."""
    here = Path.cwd() if _has_cwd() else None
    folders = [Path(entry) for entry in sys.path if os.path.isabs(entry)]  # noqa: PTH117
    return [str(folder) for folder in folders if folder != here and next(folder.glob("*.dist-info"), None) is not None]


def _has_cwd() -> bool:
    try:
        return bool(os.getcwd())  # noqa: PTH109
    except OSError:  # it was taken away
        return False
