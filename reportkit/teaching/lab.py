"""A working copy of the notebooks, and JupyterLab on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from reportkit.display import visible
from reportkit.errors import ExportError
from reportkit.teaching.shipped import notebook_paths, seed_paths

__all__ = ["copy_notebooks", "open_lab"]


def copy_notebooks(to: Path) -> list[Path]:
    """Copy notebooks and seeds into a folder; what is there already, changed or not, stays.

    Returns the files that were written.  Raises :class:`ExportError` if the folder cannot be written.
    """
    exercises = sorted((notebook_paths()[0].parent / "exercises").glob("*.ipynb"))
    wanted = [
        *((path, to / "notebooks" / path.name) for path in notebook_paths()),
        *((path, to / "notebooks" / "exercises" / path.name) for path in exercises),
        *((path, to / "seeds" / path.name) for path in seed_paths()),
    ]
    written = []
    try:
        for source, target in wanted:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
                written.append(target)
    except OSError as error:
        raise ExportError(f"{to}: the notebooks cannot be copied there ({error.strerror}); name another folder.") from None
    return written


def open_lab(to: Path, *, browser: bool = True) -> int:
    """Copy the notebooks and run JupyterLab on the first until it is stopped; returns its exit status."""
    written = copy_notebooks(to)
    first = to / "notebooks" / notebook_paths()[0].name
    print(f"{len(written)} files copied to {visible(str(to))}; your own changes there are kept.")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={to.resolve()}", str(first.resolve())]
    return subprocess.call(command if browser else [*command, "--no-browser"])  # noqa: S603  our own command line
