"""A working copy of the notebooks, and JupyterLab on it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from reportkit.apart.interpreter import isolated_python, open_environment
from reportkit.apart.kernel import write_kernel_spec
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
    """Copy the notebooks and run JupyterLab on the first until it is stopped; returns its exit status.

    JupyterLab and its kernels run no module, settings or startup file from the current folder, from the copy's or from
    where the environment points: an own helper module is imported after ``sys.path.append`` only.
    """
    written = copy_notebooks(to)
    first = to / "notebooks" / notebook_paths()[0].name
    print(f"{len(written)} files copied to {visible(str(to))}; your own changes there are kept.", flush=True)
    with tempfile.TemporaryDirectory(prefix="reportkit-", ignore_cleanup_errors=True) as made:
        scratch = Path(made)
        (scratch / "empty").mkdir()
        write_kernel_spec(scratch)
        environment = {**open_environment(), "JUPYTER_PATH": str(scratch), "PYTHONSAFEPATH": "1"}
        command = isolated_python("jupyterlab.labapp:main", f"--ServerApp.root_dir={to.resolve()}", str(first.resolve()))
        if not browser:
            command.append("--no-browser")
        server = subprocess.Popen(command, cwd=scratch / "empty", env=environment)  # noqa: S603  our own command line
        return _wait(server)


def _wait(server: subprocess.Popen[bytes]) -> int:
    """Wait until JupyterLab ends; Ctrl-C reaches it as well, and it asks whether that was meant."""
    try:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue
    finally:
        if server.poll() is None:  # this process is told to end: JupyterLab ends its kernels, then itself
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
