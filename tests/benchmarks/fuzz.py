"""What odd files do: thousands of structure-aware mutations of good ones, each read in a process with hard limits.

    python tests/benchmarks/fuzz.py [--n 10000] [--formats docx html ofd pdf txt] [--seconds 10] [--megabytes 1500] [--keep DIR]

The good files are one made-up report in every format (:mod:`tests.fixtures` and its neighbours; PDF needs Chromium); the
mutations are those of ``tests/mutations``.  Each file is read, and its outline, sentences and figures are made.  Prints a table: how many were
tried, read and refused (one sentence of :class:`reportkit.LoadingError`), how many ended otherwise (a traceback, a crash, too
long, too much memory), the slowest and the largest in memory.  What ended otherwise is kept in ``--keep``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.goods import FORMATS, good_files  # noqa: E402  (found by the line before)

WORKER = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
limit = int(sys.argv[1]) * 1_000_000
import reportkit as rk
rk.extract_metrics(rk.parse("一、概况\\n办理案件3件。"))
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for path in map(str.strip, sys.stdin):
    start = time.perf_counter()
    try:
        report = rk.read(path, limits=rk.Limits(seconds=float(sys.argv[2])))
        rk.extract_sections(report), rk.extract_sentences(report), rk.extract_metrics(report)
        told = "read"
    except rk.LoadingError as error:
        told = "refused" if "\\n" not in str(error) else "refused in several lines"
    except MemoryError:
        told = "out of memory"
    except BaseException as error:
        told = f"{type(error).__name__}: {str(error)[:80]}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(json.dumps([told, time.perf_counter() - start, peak]), flush=True)
"""


@dataclass
class Tally:
    """What became of the files of one format."""

    told: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0

    @property
    def otherwise(self) -> int:
        """How many were neither read nor refused."""
        return self.told.total() - self.told["read"] - self.told["refused"]


class Worker:
    """A process that reads file after file; a new one takes its place when it dies or takes too long."""

    def __init__(self, megabytes: int, seconds: float) -> None:
        self._megabytes, self._seconds = megabytes, seconds
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603  (this interpreter, and a program of ours)
            [sys.executable, "-c", WORKER, str(self._megabytes), str(self._seconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def read(self, path: Path) -> tuple[str, float, int]:
        """What became of a file, in how many seconds, and the megabytes that the process had at most so far."""
        ins, outs = self._process.stdin, self._process.stdout
        assert ins is not None
        assert outs is not None
        start = time.perf_counter()
        try:
            ins.write(f"{path}\n")
            ins.flush()
            line = _line_within(outs, 2 * self._seconds + 5)
        except BrokenPipeError:
            line = ""
        if line:
            told, seconds, peak = json.loads(line)
            return told, seconds, peak
        code = self._process.poll()
        self._process.kill()
        self._process.wait()
        told = "too long" if code is None else f"ended with {code}"
        self._process = self._started()
        return told, time.perf_counter() - start, 0

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


def _line_within(stream: IO[str], seconds: float) -> str:
    ready, _, _ = select.select([stream], [], [], seconds)
    return stream.readline() if ready else ""


def fuzz(kind: str, n: int, worker: Worker, keep: Path | None) -> Tally:
    """Read ``n`` mutations of the good files of a format."""
    mutated = importlib.import_module(f"tests.mutations.{kind}").mutated
    goods = good_files(kind)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="reportkit-fuzz-") as folder:
        path = Path(folder) / f"file.{kind}"
        for seed in range(n):
            data = mutated(goods[seed % len(goods)], seed)
            path.write_bytes(data)
            told, seconds, peak = worker.read(path)
            tally.told[told] += 1
            tally.slowest = max(tally.slowest, seconds)
            tally.largest = max(tally.largest, peak)
            if told not in ("read", "refused"):
                print(f"{kind} {seed}: {told} ({seconds:.1f} s)", flush=True)
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{kind}-{seed}.{kind}").write_bytes(data)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--formats", nargs="+", default=list(FORMATS), choices=FORMATS)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--megabytes", type=int, default=1500)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    print(f"{'format':8}{'tried':>8}{'read':>8}{'refused':>9}{'else':>6}{'slowest':>10}{'largest':>10}")
    for kind in arguments.formats:
        worker = Worker(arguments.megabytes, arguments.seconds)
        try:
            tally = fuzz(kind, arguments.n, worker, arguments.keep)
        finally:
            worker.close()
        told = tally.told
        line = f"{kind:8}{told.total():8,}{told['read']:8,}{told['refused']:9,}{tally.otherwise:6,}"
        print(f"{line}{tally.slowest:8.1f} s{tally.largest:7,} MB", flush=True)


if __name__ == "__main__":
    main()
