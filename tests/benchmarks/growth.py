"""How long each table takes as the text grows, and how fast the time grows with it.

    python tests/benchmarks/growth.py [REPORT ...] [--sizes 1 3 10] [--only TABLE ...]

Texts of some megabytes (UTF-8) are made of the paragraphs of the reports named, or of the seed, in any order, each time with
other names in quotation marks, titles and before head nouns and with other figures, so that the number of distinct names and
figures grows with the text.  Prints seconds for each size and the exponent between the smallest and the largest one: 1.0 is
linear, 2.0 quadratic.  Each table is timed after the readings that tables share (figures, what sentences do), without garbage
collection as ``timeit`` does it; the best of three runs counts where a run takes less than a second.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import reportkit as rk
from reportkit.functions.rules import judge_sentences
from reportkit.metrics import find_metrics
from reportkit.report import Report

SEED = Path(__file__).parents[2] / "seeds" / "jining_psb_2023.txt"
NAMED = re.compile("(?<=[“《])[^“”《》]+(?=[”》])|[\u4e00-\u9fff]{3}(?=机制|平台|制度|模式|系统|中心|清单)|\\d+")

# The readings that tables share come first, each timed once; then every table, from them.
TABLES: dict[str, Callable[[Report], object]] = {
    "(figures)": find_metrics,
    "(functions)": judge_sentences,
    "sections": rk.extract_sections,
    "sentences": rk.extract_sentences,
    "repairs": rk.extract_repairs,
    "words": rk.count_words,
    "metrics": rk.extract_metrics,
    "rejected": rk.extract_rejected,
    "checks": lambda report: rk.check_metrics(report),
    "outcomes": rk.extract_outcomes,
    "mechanisms": rk.extract_mechanisms,
    "quotations": rk.extract_quotations,
    "citations": rk.extract_citations,
    "coverage": rk.check_coverage,
    "specificity": rk.measure_specificity,
    "standard tables": rk.check_tables,
    "sentiment": rk.score_sentiment,
}


def grown(paragraphs: list[str], megabytes: float) -> str:
    """A text of some size from a fixed seed: the paragraphs in any order, with other names and figures each time."""
    chance = random.Random(7)
    characters = sorted({char for paragraph in paragraphs for char in paragraph if "\u4e00" <= char <= "\u9fff"})
    size = 0
    lines = []
    while size < megabytes * 1_000_000:
        line = NAMED.sub(lambda found: altered(found[0], characters, chance), chance.choice(paragraphs))
        lines.append(line)
        size += len(line.encode()) + 1
    return "\n".join(lines)


def altered(name: str, characters: list[str], chance: random.Random) -> str:
    """Another name or number of the same length; the last two characters of a longer one stay, as they tell its kind."""
    if name.isdigit():
        return name if len(name) == 4 else "".join(chance.choice("123456789") for _ in name)
    kept = name[-2:] if len(name) > 3 else ""
    return "".join(chance.choice(characters) for _ in name[: len(name) - len(kept)]) + kept


def measured(text: str, only: list[str]) -> Iterator[tuple[str, float]]:
    start = time.perf_counter()
    report = rk.parse(text)
    yield "(reading)", time.perf_counter() - start
    for name, make in TABLES.items():
        if not only or name in only or name.startswith("("):
            yield name, best(make, report)


def best(make: Callable[[Report], object], report: Report) -> float:
    """The shortest of three runs, each from the readings that the report had before; of a long one the first."""
    kept = dict(report.readings)
    times: list[float] = []
    while len(times) < 3 and sum(times) < 1:
        report.readings.clear()
        report.readings.update(kept)
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        make(report)
        times.append(time.perf_counter() - start)
        gc.enable()
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path, default=[SEED])
    parser.add_argument("--sizes", nargs="+", type=float, default=[1, 3, 10], metavar="MB")
    parser.add_argument("--only", nargs="+", default=[], metavar="TABLE")
    arguments = parser.parse_args()
    paragraphs = [line for path in arguments.reports for line in rk.read(path).text.split("\n") if line.strip()]
    rk.score_sentiment(rk.parse("一、概况\n办理案件3件。"))  # loads dictionary, lists and models
    rows: dict[str, list[float]] = {}
    for size in arguments.sizes:
        for name, seconds in measured(grown(paragraphs, size), arguments.only):
            rows.setdefault(name, []).append(seconds)
            print(f"{size:g} MB: {name} {seconds:.2f} s", flush=True)
    print(f"\n{'':16}" + "".join(f"{size:>8g} MB" for size in arguments.sizes) + "   exponent")
    for name, times in rows.items():
        exponent = math.log(times[-1] / times[0]) / math.log(arguments.sizes[-1] / arguments.sizes[0])
        print(f"{name:16}" + "".join(f"{seconds:9.2f} s" for seconds in times) + f"{exponent:11.2f}")


if __name__ == "__main__":
    main()
