"""How long reading a report takes, against jieba segmenting the same text in the same run.

    pip install -c constraints.txt ".[bench]"
    python tests/benchmarks/reading.py [REPORT] [--runs 15]

Measured are (a) the seed from file to outline and figures, (b) all ten tables of a longer text, from its characters on: of
REPORT, or of the seed five times over (some 16,000 characters; a report of your own says more, since nothing in it comes
twice).  Each run is ours, then jieba's; nothing is kept from one run to the next.  Prints milliseconds (medians) and ratios;
the ratios are what to quote, since machines differ and are noisy.  How time grows is measured by ``growth.py``.
"""

from __future__ import annotations

import argparse
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
from reportkit.report import Report
from reportkit.structure.tree import parse_outline

SEED = Path(__file__).parents[2] / "seeds" / "jining_psb_2023.txt"
TABLES: tuple[Callable[[Report], object], ...] = (
    rk.extract_sections, rk.extract_sentences, rk.extract_metrics, rk.extract_rejected, rk.check_metrics, rk.score_sentiment,
    rk.extract_outcomes, rk.extract_citations, rk.extract_mechanisms, rk.check_coverage,
)  # fmt: skip


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def compared(name: str, ours: Callable[[], object], text: str, runs: int) -> None:
    """Print the medians of ours, jieba, ours, jieba … and the median of the ratios of neighbours."""
    pairs = [(seconds(ours), seconds(lambda: jieba.lcut(text))) for _ in range(runs)]
    mine, peer = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:44}{len(text):8,}{mine:12.1f}{peer:12.1f}{ratio:8.2f}", flush=True)


def import_seconds(runs: int = 5) -> float:
    code = "import time; t = time.perf_counter(); import reportkit; print(time.perf_counter() - t)"
    done = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(runs)]
    return statistics.median(float(run.stdout) for run in done)


def all_tables(text: str) -> None:
    report = rk.parse(text)
    for make in TABLES:
        make(report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    seed = rk.read(SEED).text
    long = rk.read(arguments.report).text if arguments.report else "\n".join([seed] * 5)
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")  # loads jieba's dictionary
    all_tables(seed)  # loads ours, the lists and the prepared model
    name = arguments.report.name if arguments.report else "the seed five times"
    print(f"{'':44}{'length':>8}{'ours (ms)':>12}{'jieba (ms)':>12}{'ratio':>8}")
    compared("seed: read, clean, outline", lambda: parse_outline(clean(read_source(SEED).text).text), seed, arguments.runs)
    compared("seed: read, clean, outline, figures", lambda: find_metrics(rk.read(SEED)), seed, arguments.runs)
    compared(f"{name}: ten tables", lambda: all_tables(long), long, arguments.runs)
    print(f"import reportkit: {import_seconds():.3f} s")


if __name__ == "__main__":
    main()
