"""A notebook and a report → the notebook with its outputs, run in a kernel that takes nothing from the report's folder."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import re
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.apart.kernel import kernel_arguments, kernel_command, kernel_environment
from reportkit.display.safe import file_name
from reportkit.errors import ExportError
from reportkit.faults import place_of
from reportkit.writing import sentence_of

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbformat import NotebookNode

__all__ = ["Desk", "desk", "run_notebook"]

_TIMEOUT = 300  # seconds a cell
_LONGEST_NAME = 255  # bytes of a file's name


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one report's notebooks run: a folder that holds a copy of the report and nothing else, and one beside it."""

    report: str  # the name of the copy
    folder: Path
    scratch: Path


@contextlib.contextmanager
def desk(name: str, data: bytes) -> Iterator[Desk]:
    """Lay a copy of a report into a folder of its own, for as long as its notebooks run.

    So every page is about the same bytes, whatever becomes of the file, and nothing lies beside it that could be run.
    """
    with contextlib.ExitStack() as stack:
        try:
            made = stack.enter_context(tempfile.TemporaryDirectory(prefix="reportkit-", ignore_cleanup_errors=True))
            where = Desk(_plain_name(name), Path(made) / "report", Path(made))
            where.folder.mkdir()
            (where.scratch / "kernel").mkdir()
            (where.folder / where.report).write_bytes(data)
        except OSError as error:
            raise ExportError(sentence_of("the folder for temporary files", error)) from error
        yield where


def run_notebook(notebook: Path, where: Desk) -> NotebookNode | str:
    """The notebook with its outputs on this report, or one line on why it did not run through."""
    import nbformat
    from nbclient import NotebookClient

    try:
        book: NotebookNode = nbformat.read(notebook, as_version=4)
        _name_report(book, where.report)
        kernel = _kernel(where)
        client = NotebookClient(book, km=kernel, timeout=_TIMEOUT, extra_arguments=kernel_arguments())
        _beside_signals(client, env=kernel_environment(where.scratch), cwd=str(where.folder))
    except Exception as error:  # whatever it is, it costs this page only
        lines = [line for line in re.sub("\x1b\\[[0-9;]*m", "", str(error)).splitlines() if line.strip()]
        return lines[-1] if lines else place_of(error)
    return book


def _name_report(book: NotebookNode, name: str) -> None:
    """Put a cell with the report's name after the one tagged ``parameters``, or first of all."""
    import nbformat

    tagged = [i for i, cell in enumerate(book.cells) if "parameters" in cell.metadata.get("tags", [])]
    cell = nbformat.v4.new_code_cell(f"REPORT = {name!r}", metadata={"tags": ["injected-parameters"]})
    book.cells.insert(tagged[0] + 1 if tagged else 0, cell)


def _kernel(where: Desk) -> AsyncKernelManager:
    """A kernel that is ours, whatever kernels are installed or named by settings."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from traitlets.config import Config

    class Ours(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(argv=kernel_command(), display_name="Python 3", language="python")

    return AsyncKernelManager(
        kernel_spec_manager=Ours(),
        connection_file=str(where.scratch / "kernel" / "connection.json"),
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),  # else ipykernel warns at each start
    )


def _beside_signals(client: NotebookClient, **start: Any) -> None:
    """Run a notebook beside the main thread, which waits for it and stays free for Ctrl-C: then the kernel is ended first.

    nbclient, in the main thread, would take Ctrl-C for itself: the kernel would end and the export go on.
    """
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:  # on Windows, ZeroMQ needs this kind
                loop.run(client.async_execute(cleanup_kc=True, **start))
        except BaseException as error:  # handed to the main thread
            failed.append(error)

    thread = threading.Thread(target=work, name="reportkit-notebook", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.5)  # Windows does not interrupt a wait without an end
    except BaseException:
        for _ in range(100):  # it may not have started yet
            _end(client.km)
            thread.join(0.1)
            if not thread.is_alive():
                break
        raise
    finally:
        atexit.unregister(client._cleanup_kernel)  # where the kernel never started, this would fail at the very end
    if failed:
        raise failed[0]


def _end(kernel: Any) -> None:
    """End a kernel's process and all that it started, at once."""
    process = getattr(getattr(kernel, "provisioner", None), "process", None)
    if process is None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
        else:
            process.kill()


def _plain_name(name: str) -> str:
    """A file's name as text, which notebooks show; one that gets too long by it is cut."""
    plain = file_name(name)
    return plain if len(plain.encode()) <= _LONGEST_NAME else plain.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
