"""SnowNLP's score, ours against SnowNLP's own, in one run: speed on text seen for the first time, time to load, peak memory.

    python tests/benchmarks/sentiment.py [REPORT ...]

Each side runs in a process of its own, once, on the same sentences (those of the reports named, or of the seed with its
characters shuffled into 400 further ones), after the cache of prepared models has been made.  The ratios are what to quote.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import reportkit as rk

SEED = Path(__file__).parents[2] / "seeds" / "jining_psb_2023.txt"

OURS = """
import json, resource, sys, time
texts = json.load(sys.stdin)
start = time.perf_counter()
from reportkit.sentiment.snownlp_score import score_snownlp
score_snownlp(["好"])
loaded = time.perf_counter()
scores = score_snownlp(texts)
done = time.perf_counter()
"""
PEER = """
import json, resource, sys, time
texts = json.load(sys.stdin)
start = time.perf_counter()
from snownlp import SnowNLP
SnowNLP("好").sentiments
loaded = time.perf_counter()
scores = [SnowNLP(text).sentiments for text in texts]
done = time.perf_counter()
"""
TELL = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"load": loaded - start, "score": done - loaded, "peak": peak, "scores": scores}))
"""


def sentences(paths: list[Path]) -> list[str]:
    texts = [sentence.text for path in paths or [SEED] for sentence in rk.read(path).sentences]
    if paths:
        return texts
    signs = "".join(texts)
    chance = random.Random(4)
    return texts + ["".join(chance.sample(signs, 80)) for _ in range(400)]


def run(code: str, texts: list[str]) -> dict[str, float]:
    command = [sys.executable, "-c", code + TELL]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main() -> None:
    texts = sentences([Path(argument) for argument in sys.argv[1:]])
    n_chars = sum(map(len, texts))
    run(OURS, ["预备"])  # makes the cache
    ours, peer = run(OURS, texts), run(PEER, texts)
    speeds = n_chars / ours["score"], n_chars / peer["score"]
    print(f"{len(texts):,} sentences, {n_chars:,} characters; scores equal: {ours['scores'] == peer['scores']}")
    print(f"{'':18}{'reportkit':>12}{'SnowNLP':>12}{'ratio':>10}")
    print(f"{'load (s)':18}{ours['load']:12.3f}{peer['load']:12.3f}{peer['load'] / ours['load']:10.1f}")
    print(f"{'characters/s':18}{speeds[0]:12,.0f}{speeds[1]:12,.0f}{speeds[0] / speeds[1]:10.1f}")
    print(f"{'peak memory (MiB)':18}{ours['peak']:12.0f}{peer['peak']:12.0f}{peer['peak'] / ours['peak']:10.1f}")


if __name__ == "__main__":
    main()
