"""The child's side: it reads what it is sent, within limits that the system holds it to.

It is started as a program (:func:`serve`), and imports only what reading needs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from types import ModuleType
from typing import IO, Any

from reportkit.apart.wire import plain, receive, send
from reportkit.errors import LoadingError
from reportkit.faults import place_of
from reportkit.loading import Limits
from reportkit.reading import read

try:
    import fcntl
    import resource
except ImportError:  # Windows has neither: there the parent's wait alone is the limit
    fcntl = resource = None  # type: ignore[assignment]

__all__ = ["MEMORY", "serve"]

MEMORY = 2 << 30  # bytes of address space above what Python itself takes: reading the largest reports takes a tenth


def serve() -> None:
    """Answer requests from standard input until it ends."""
    requests, answers = _channels()
    if resource is not None:
        _bound(resource, resource.RLIMIT_CORE, 0)
        _bound(resource, resource.RLIMIT_AS, _address_space() + MEMORY)
    send(answers, {})  # ready: from here on the parent counts the time
    guarded: list[str] = []
    while (request := receive(requests)) is not None:
        message, data = request
        if "guard" in message:
            guarded.append(message["guard"])
            continue
        _limit_time(message["limits"]["seconds"] + message["grace"])
        _end_with_parent(requests, True)
        answer = _answer(message, data)
        _end_with_parent(requests, False)
        try:
            send(answers, answer)
        except OSError:
            break  # nobody is there
        if "report" not in answer and "refused" not in answer:
            return  # after a fault, or with the memory full, nothing here is relied upon
    _tidy(guarded)


def _tidy(folders: list[str]) -> None:
    """Take away the folders that the parent left: it was killed, else it would have ended this process."""
    os.chdir(os.path.dirname(sys.executable))  # noqa: PTH120
    for _ in range(50):  # a notebook's kernel may still write
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        if not any(map(os.path.exists, folders)):
            return
        time.sleep(0.1)


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent, out of reach of whatever a library prints."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)
    return requests, answers


def _answer(message: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        limits = Limits(**message["limits"])
        report = read(data, message["format"], name=message["name"], encoding=message["encoding"], limits=limits)
        return {"report": plain(report)}
    except LoadingError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # whatever it is, it costs this file only
        return {"fault": place_of(error)}


def _address_space() -> int:
    """How much this process takes now."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 1 << 30


def _limit_time(seconds: float) -> None:
    """Let the system end this process once it has worked so many seconds more."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _bound(resource, resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)


def _bound(limits: ModuleType, what: int, most: int) -> None:
    """Set a limit, never above one that is set already."""
    _, hard = limits.getrlimit(what)
    bounded = most if hard == limits.RLIM_INFINITY else min(most, hard)
    try:
        limits.setrlimit(what, (bounded, hard))
    except (OSError, ValueError):
        return  # a system that knows the limit but does not hold to it


def _end_with_parent(requests: IO[bytes], on: bool) -> None:
    """While reading, let the system end this process when the parent is gone: its end of the pipe closes, which is a signal.

    Python code could not see to it, for a C library may be running on and on.
    """
    if fcntl is None or not hasattr(signal, "SIGIO") or not hasattr(os, "O_ASYNC"):
        return
    with contextlib.suppress(OSError):  # a system that does not know this of pipes: there the limit of time ends it
        flags = fcntl.fcntl(requests, fcntl.F_GETFL)
        if on:
            fcntl.fcntl(requests, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(requests, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)
