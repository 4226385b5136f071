"""How long reading a report takes, against jieba segmenting the same text in the same run.

    pip install -c constraints.txt ".[bench]"
    python tests/benchmarks/reading.py [REPORT]

Prints seconds (medians) and the ratio; the ratio is what to quote, since machines differ and are noisy.
"""

from __future__ import annotations

import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

import reportkit as rk
from reportkit.cleaning import clean
from reportkit.loading import read_source
from reportkit.metrics import find_metrics
from reportkit.structure.tree import parse_outline

SEED = Path(__file__).parents[2] / "seeds" / "jining_psb_2023.txt"


def median_seconds(job: Callable[[], object], runs: int = 15) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def import_seconds(runs: int = 5) -> float:
    code = "import time; t = time.perf_counter(); import reportkit; print(time.perf_counter() - t)"
    done = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(runs)]
    return statistics.median(float(run.stdout) for run in done)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    jieba.setLogLevel(logging.ERROR)
    text = rk.read(path).text  # loads rjieba's dictionary
    jieba.lcut("预热")  # loads jieba's
    ours = median_seconds(lambda: parse_outline(clean(read_source(path).text).text))
    peer = median_seconds(lambda: jieba.lcut(text))
    print(f"{path.name}: {len(text):,} characters")
    print(f"read + clean + outline  {ours * 1000:8.2f} ms")
    whole = median_seconds(lambda: find_metrics(rk.read(path)))
    print(f"read + … + metrics      {whole * 1000:8.2f} ms")
    print(f"jieba.lcut              {peer * 1000:8.2f} ms")
    print(f"ratio, outline          {ours / peer:8.2f}")
    print(f"ratio, metrics          {whole / peer:8.2f}")
    print(f"import reportkit        {import_seconds():8.3f} s")
    for factor in (1, 10, 100, 1000):
        long = (text + "\n") * factor
        seconds = median_seconds(lambda long=long: find_metrics(rk.parse(long)), runs=3 if factor < 1000 else 1)
        print(f"everything on {len(long):>9,} characters: {seconds:7.3f} s, {seconds / len(long) * 1e6:.2f} µs a character")


if __name__ == "__main__":
    main()
