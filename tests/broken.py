"""Ways to break a file: for the tests, and for a long run by hand (``python -m tests.broken 1000``)."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import reportkit as rk

from .fixtures import docx_of, html_of

SEED = Path(__file__).parent.parent / "seeds" / "jining_psb_2023.txt"


def broken_files(n: int, seed: int = 1, pdf: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """Good files of every kind, cut, flipped, zeroed, swapped and stuffed: labels and bytes, always the same for a seed."""
    text = rk.read(SEED).text
    good = {"docx": docx_of(text), "html": html_of(text).encode(), "txt": text.encode(), "gb18030": text.encode("gb18030")}
    if pdf:
        good["pdf"] = pdf
    chance = random.Random(seed)
    for i in range(n):
        kind, how = chance.choice(sorted(good)), chance.choice(["cut", "flip", "zero", "swap", "insert"])
        data = bytearray(good[kind])
        at = chance.randrange(1, len(data))
        if how == "cut":
            del data[at:]
        elif how == "flip":
            for _ in range(chance.choice([1, 20, 500])):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif how == "zero":
            end = min(len(data), at + chance.randrange(1, 5000))
            data[at:end] = bytes(end - at)
        elif how == "swap":
            data = data[at:] + data[:at]
        else:
            data[at:at] = chance.randbytes(2000)
        yield f"{kind}-{how}-{i}", bytes(data)


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    pdf = Path(sys.argv[2]).read_bytes() if len(sys.argv) > 2 else b""
    told: Counter[str] = Counter()
    slowest = ("", 0.0)
    for label, data in broken_files(n, pdf=pdf):
        start = time.perf_counter()
        try:
            rk.read(data, name=label)
            told["read"] += 1
        except rk.LoadingError as error:
            told["refused by name" if str(error).startswith(label) else "refused without its name"] += 1
        slowest = max(slowest, (label, time.perf_counter() - start), key=lambda pair: pair[1])
    print(f"{n} broken files: {dict(told)}; slowest {slowest[0]}, {slowest[1]:.2f} s")


if __name__ == "__main__":
    main()
