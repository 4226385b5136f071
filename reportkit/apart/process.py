"""The parent's side: a file's bytes go to a child process, and a report or one sentence comes back."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from reportkit.apart.child import MEMORY
from reportkit.apart.interpreter import clean_environment, isolated_python
from reportkit.apart.wire import made, receive, send
from reportkit.errors import LoadingError, ReportkitError
from reportkit.faults import fault_sentence
from reportkit.loading import Limits, bytes_of
from reportkit.report import Report

__all__ = ["Reading", "read_apart"]

_START = 60.0  # seconds that Python may take to start, on a slow disk
_GRACE = 5.0  # seconds past ``Limits.seconds``, in which the reader can still say itself what took so long
_PLAIN = "open it in the program it comes from, save it as plain text (.txt), and read that"


def read_apart(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Report:
    """:func:`reportkit.read` in a child process of its own; for many files, :class:`Reading` keeps one."""
    with Reading() as reading:
        return reading.read(path, limits=limits)


class Reading:
    """Reads files in a child process with hard limits of time and address space, started again when it dies.

    The limits are ``Limits.seconds`` (and a few for the reader's own sentence) of work and of waiting, and 2 GB above what
    Python itself takes; on Windows, time only.  Use it as a context manager: at the end no process and no folder is left.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._late = False

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        *,
        name: str | None = None,
        encoding: str | None = None,
        limits: Limits | None = None,
    ) -> Report:
        """The report of a file, as :func:`reportkit.read` gives it; raises :class:`LoadingError` for whatever goes wrong."""
        limits = limits or Limits()
        name = name or str(path)
        return self.read_bytes(bytes_of(Path(path), name, limits), format, name=name, encoding=encoding, limits=limits)

    def read_bytes(
        self,
        data: bytes,
        format: str | None = None,
        *,
        name: str,
        encoding: str | None = None,
        limits: Limits | None = None,
    ) -> Report:
        """The report of bytes that were read already."""
        limits = limits or Limits()
        message = {
            "name": name,
            "format": format,
            "encoding": encoding,
            "limits": dataclasses.asdict(limits),
            "grace": _GRACE,
        }
        try:
            answer = self._ask(message, data, limits.seconds + 2 * _GRACE)
        except OSError as error:
            self.close()
            reason = error.strerror or str(error)
            raise ReportkitError(f"{name}: no process can be started to read it ({reason}); close other programs.") from None
        if answer is None:
            raise LoadingError(self._why_it_ended(name, limits))
        if "report" not in answer and "refused" not in answer:
            self.close()  # it ends itself then
        return _taken(answer, name)

    def guard(self, folder: Path) -> None:
        """Let the child take this folder away should this process be killed, which can then do so no more."""
        with contextlib.suppress(OSError):
            process = self._running()
            if process is not None:
                send(cast("IO[bytes]", process.stdin), {"guard": str(folder)})

    def close(self) -> None:
        """End the child and take its folder away."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast("IO[bytes]", stream).close()
            process.wait()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None

    def _ask(self, message: dict[str, Any], data: bytes, seconds: float) -> dict[str, Any] | None:
        """The child's answer; ``None`` where it came to its end instead."""
        self._late = False
        process = self._running()
        if process is None:
            return None
        with self._at_most(seconds, process):
            try:
                send(cast("IO[bytes]", process.stdin), message, data)
            except BrokenPipeError:
                return None
            return _received(process)

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The child, ready for a file."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._folder = tempfile.TemporaryDirectory(prefix="reportkit-", ignore_cleanup_errors=True)
        self._process = process = subprocess.Popen(  # noqa: S603  our own command line
            isolated_python("reportkit.apart.child:serve"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=clean_environment(),
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        with self._at_most(_START, process):
            ready = _received(process) is not None
        if os.name == "posix":  # it works on in a folder that is gone: nothing can come to lie there, and none is left
            self._folder.cleanup()
        return process if ready else None

    @contextlib.contextmanager
    def _at_most(self, seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """End the child if what is done here takes longer."""

        def end() -> None:
            self._late = True
            process.kill()

        timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _why_it_ended(self, name: str, limits: Limits) -> str:
        process = self._process
        code = process.wait() if process is not None else 0
        late = self._late
        self.close()
        if late or (code and code == -getattr(signal, "SIGXCPU", 0)):
            return (
                f"{name}: reading took more than {limits.seconds:g} s and was stopped; {_PLAIN}, "
                "or read it in Python with limits=Limits(seconds=…)."
            )
        if code and code == -getattr(signal, "SIGKILL", 0):
            return f"{name}: the system ended the process that read it, as it does when memory is short; {_PLAIN}."
        if code < 0:
            return (
                f"{name}: a library that reads it broke down ({_signal(-code)}); the file is damaged, or made to do harm. "
                f"If you trust it, {_PLAIN}."
            )
        return fault_sentence(name, f"the process that reads files ended with status {code}")


def _received(process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
    try:
        answer = receive(cast("IO[bytes]", process.stdout))
    except ValueError:  # no JSON
        return None
    return answer[0] if answer is not None and isinstance(answer[0], dict) else None


def _taken(answer: dict[str, Any], name: str) -> Report:
    if "refused" in answer:
        raise LoadingError(str(answer["refused"]))
    if "memory" in answer:
        raise LoadingError(f"{name}: reading took more memory than {MEMORY >> 30} GB and was stopped; {_PLAIN}.")
    if "fault" in answer:
        raise LoadingError(fault_sentence(name, str(answer["fault"])))
    try:
        return cast("Report", made(Report, answer["report"]))
    except (TypeError, ValueError, KeyError) as error:
        raise LoadingError(fault_sentence(name, f"its process answered wrongly: {error}")) from None


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
