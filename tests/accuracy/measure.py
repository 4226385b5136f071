"""How well the tables agree with hand-annotated reports.

    python tests/accuracy/measure.py [FOLDER ...]

Each folder holds a report (``report.txt``; the seed's own is in ``seeds/``) and its annotation: ``outline.json``,
``metrics.jsonl``, one figure a line, with every accepted reading, and ``functions.jsonl``, one sentence a line.  Without
a folder the seed is measured, whose annotation is in ``tests/gold/``.  Prints a Markdown table.

A record is right if value, unit, label, kind, direction, base, bound and status all are.  A label is right if it holds
one of the accepted heads and no head of another figure of the same words.  Optional figures cost nothing, found or not.
Two annotators who worked apart agree at a record F1 of 0.95 to 1.00.  What a sentence does is right if it is one of the
accepted codes; two annotators agree on 0.97 of them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import reportkit as rk

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
# The floors, in one place: a change that falls below one does not pass.
FLOORS = {"detection": 1.0, "record": 1.0, "outline": 1.0, "functions": 0.97}

Row = dict[str, Any]


def squeeze(text: object) -> str:
    return re.sub(r"\s+", "", str(text or ""))


def same_number(gold: Row, found: Row) -> bool:
    close = abs(found["value"] - gold["value"]) <= 1e-6 * max(1.0, abs(gold["value"]))
    return close and squeeze(found["unit"]) in {squeeze(unit) for unit in gold["unit"]}


def align(gold: list[Row], found: list[Row]) -> list[tuple[int, int]]:
    """The longest weighted common subsequence of equal numbers, both sides in reading order."""
    best = [[0.0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in reversed(range(len(gold))):
        for j in reversed(range(len(found))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if same_number(gold[i], found[j]):
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + weight(gold[i], found[j]))
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(found):
        if same_number(gold[i], found[j]) and best[i][j] == best[i + 1][j + 1] + weight(gold[i], found[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def weight(gold: Row, found: Row) -> float:
    near = squeeze(gold.get("near"))[:6] in squeeze(found["sentence"])
    return (0.5 if gold.get("optional") else 1.0) + (0.01 if near else 0.0)


def right_fields(gold: Row, found: Row, rivals: Iterable[str]) -> dict[str, bool]:
    label, heads = squeeze(found["label"]), [squeeze(head) for head in gold["head"]]
    apart = [rival for rival in rivals if not any(rival in head or head in rival for head in heads)]
    base = squeeze(found["base"])
    return {
        "label": any(head in label for head in heads) and not any(rival in label for rival in apart),
        "base": any((not b and not base) or (b and base and (b in base or base in b)) for b in map(squeeze, gold["base"])),
        **{
            name: found[name] in (gold[name] if isinstance(gold[name], list) else [gold[name]])
            for name in ("kind", "direction", "bound", "status")
        },
    }


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def measure_metrics(gold: list[Row], found: list[Row]) -> dict[str, float]:
    pairs = align(gold, found)
    free = sum(bool(gold[i].get("optional")) for i, _ in pairs)
    needed = [(i, j) for i, j in pairs if not gold[i].get("optional")]
    wanted = sum(not row.get("optional") for row in gold)
    heads: dict[str, set[str]] = {}
    for row in gold:
        heads.setdefault(row["near"], set()).update(map(squeeze, row["head"]))
    whole = sum(
        all(right_fields(gold[i], found[j], heads[gold[i]["near"]] - set(map(squeeze, gold[i]["head"]))).values())
        for i, j in needed
    )
    counted = len(found) - free
    return {"figures": wanted, "detection": f1(len(needed), counted, wanted), "record": f1(whole, counted, wanted)}


def section_rows(sections: list[Row], path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    rows = []
    for section in sections:
        own = (*path, squeeze(section["number"]).strip("、.．"))
        rows += [(own, squeeze(section["title"])), *section_rows(section.get("children", []), own)]
    return rows


def measure_functions(gold: list[Row], found: list[Row]) -> float:
    """The share of annotated sentences whose function is an accepted one."""
    said = {squeeze(row["sentence"]): row["function"] for row in found}
    return sum(said.get(squeeze(row["sentence"])) in row["function"] for row in gold) / len(gold)


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(folder: Path) -> dict[str, float]:
    """The scores of one annotated report."""
    path = folder / "report.txt"
    report = rk.read(path if path.exists() else ROOT / "seeds" / f"{folder.name}.txt")
    gold = read_rows(folder / "metrics.jsonl")
    found = rk.extract_metrics(report).to_dict("records")
    outline = json.loads((folder / "outline.json").read_text(encoding="utf-8"))
    wanted, got = section_rows(outline["sections"]), section_rows(report.outline.as_dict()["sections"])
    scores = measure_metrics(gold, found)
    sentences = read_rows(folder / "functions.jsonl")
    return {
        **scores,
        "sections": len(wanted),
        "outline": f1(len(set(wanted) & set(got)), len(got), len(wanted)),
        "sentences": len(sentences),
        "functions": measure_functions(sentences, rk.score_sentiment(report).to_dict("records")),
    }


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:]] or sorted(path for path in GOLD.iterdir() if path.is_dir())
    print(
        "| report | figures | found (F1) | whole record (F1) | sections | outline (F1) | sentences | function (share right) |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for folder in folders:
        scores = measure(folder)
        cells = [
            f"{scores[k]:.2f}" if k in FLOORS else f"{scores[k]:g}"
            for k in ("figures", "detection", "record", "sections", "outline", "sentences", "functions")
        ]
        print(f"| {folder.name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
