"""How well the tables agree with hand-annotated reports.

    python tests/accuracy/measure.py [FOLDER ...] [--by field|how]

A folder holds a report (``report.txt``; the seed's own is in ``seeds/``) and its annotation, any of: ``metrics.jsonl``, one
figure a line, with every accepted reading; ``outline.json``; ``functions.jsonl``, one ``sentence`` (or ``line`` of the text) a
line with the codes accepted for it.  A folder of such folders stands for all of them; without one, ``tests/gold/`` is measured.
Prints a Markdown table; ``--by field`` and ``--by how`` (both may be given) print below it how many figures are right in each
field, and how many rows of each pattern are right.

A record is right if value, unit, label, kind, direction, base, bound and status all are.  A label is right if it holds
one of the accepted heads and no head of another figure of the same words.  Optional figures cost nothing, found or not.
Two annotators who worked apart agree at a record F1 of 0.95 to 1.00.  What a sentence does is right if it is one of the
accepted codes; two annotators agree on 0.97 of them.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import reportkit as rk

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
# The floors, in one place, a folder of tests/gold a line: a change that falls below one does not pass.
FLOORS = {
    "jining_psb_2023": {"detection": 1.0, "record": 1.0, "outline": 1.0, "functions": 0.97},
}
FIELDS = ("label", "kind", "direction", "base", "bound", "status")
COLUMNS = {
    "figures": "figures",
    "detection": "found (F1)",
    "record": "whole record (F1)",
    "sections": "sections",
    "outline": "outline (F1)",
    "sentences": "sentences",
    "functions": "function (share right)",
}
COUNTS = ("figures", "sections", "sentences")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """Which of the things looked at are right."""

    marks: list[bool] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{sum(self.marks)}/{len(self.marks)}" if self.marks else ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of one annotated report; ``fields`` and ``how`` count its figures by field and by pattern."""

    scores: dict[str, float] = field(default_factory=dict)
    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    how: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def squeeze(text: object) -> str:
    """Full width folded and white space dropped: ２０２３ 年 and 2023年 are the same."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


def accepted(reading: object) -> list[object]:
    return reading if isinstance(reading, list) else [reading]


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def same_number(gold: Row, found: Row) -> bool:
    if found["value"] is None:
        return False
    close = abs(found["value"] - gold["value"]) <= 1e-6 * max(1.0, abs(gold["value"]))
    return close and squeeze(found["unit"]) in {squeeze(unit) for unit in gold["unit"]}


def weight(gold: Row, found: Row) -> float:
    """What a pair is worth: among equal numbers, one that stands in the annotated words is the better."""
    near = squeeze(gold.get("near"))[:6]
    return (0.5 if gold.get("optional") else 1.0) + (0.01 if near and near in squeeze(found["sentence"]) else 0.0)


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


def right_fields(gold: Row, found: Row, rivals: Iterable[str]) -> dict[str, bool]:
    label, heads = squeeze(found["label"]), [squeeze(head) for head in gold["head"]]
    apart = [rival for rival in rivals if not any(rival in head or head in rival for head in heads)]
    base = squeeze(found["base"])
    return {
        "label": any(head in label for head in heads) and not any(rival in label for rival in apart),
        "base": any((not b and not base) or (b and base and (b in base or base in b)) for b in map(squeeze, gold["base"])),
        **{name: found[name] in accepted(gold[name]) for name in ("kind", "direction", "bound", "status")},
    }


def measure_metrics(gold: list[Row], found: list[Row], measured: Measured) -> None:
    pairs = align(gold, found)
    heads: dict[str, set[str]] = defaultdict(set)
    for row in gold:
        heads[row["near"]].update(map(squeeze, row["head"]))
    whole = dict.fromkeys(range(len(found)), False)
    for i, j in pairs:
        if gold[i].get("optional"):
            del whole[j]  # costs nothing
            continue
        fields = right_fields(gold[i], found[j], heads[gold[i]["near"]] - set(map(squeeze, gold[i]["head"])))
        whole[j] = all(fields.values())
        for name, right in fields.items():
            measured.fields[name].marks.append(right)
    for j, right in whole.items():
        measured.how[found[j].get("how") or "?"].marks.append(right)
    needed = sum(not gold[i].get("optional") for i, _ in pairs)
    wanted = sum(not row.get("optional") for row in gold)
    measured.scores.update(
        figures=wanted, detection=f1(needed, len(whole), wanted), record=f1(sum(whole.values()), len(whole), wanted)
    )


def section_rows(sections: list[Row], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for section in sections:
        own = (*path, squeeze(section["number"]).strip("、.．"))
        yield own, squeeze(section["title"]).rstrip("。：:；;.")
        yield from section_rows(section.get("children") or [], own)


def measure_outline(gold: Row, found: Row, measured: Measured) -> None:
    wanted, got = list(section_rows(gold["sections"])), list(section_rows(found["sections"]))
    measured.scores.update(sections=len(wanted), outline=f1(len(set(wanted) & set(got)), len(got), len(wanted)))


def said_of(sentence: str, functions: dict[str, str]) -> str | None:
    """The function of the same sentence, or of one that differs by a heading glued to its front."""
    if sentence in functions:
        return functions[sentence]
    for other, function in functions.items():
        short, long = sorted((other, sentence), key=len)
        if len(short) >= 0.4 * len(long) and long.endswith(short):
            return function
    return None


def measure_functions(gold: list[Row], found: list[Row], measured: Measured) -> None:
    functions: dict[str, str] = {}
    for row in found:
        functions.setdefault(squeeze(row["sentence"]), row["function"])
    right = sum(said_of(squeeze(row.get("sentence") or row.get("line")), functions) in row["function"] for row in gold)
    measured.scores.update(sentences=len(gold), functions=right / len(gold) if gold else 0.0)


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def rows_of(table: Any) -> list[Row]:
    """The rows as ``--format jsonl`` prints them."""
    return json.loads(table.to_json(orient="records"))


def measure(folder: Path) -> Measured:
    """The scores of one annotated report, for what is annotated."""
    path = folder / "report.txt"
    report = rk.read(path if path.exists() else ROOT / "seeds" / f"{folder.name}.txt")
    measured = Measured()
    if (annotation := folder / "metrics.jsonl").exists():
        measure_metrics(read_rows(annotation), rows_of(rk.extract_metrics(report)), measured)
    if (annotation := folder / "outline.json").exists():
        measure_outline(json.loads(annotation.read_text(encoding="utf-8")), report.outline.as_dict(), measured)
    if (annotation := folder / "functions.jsonl").exists():
        measure_functions(read_rows(annotation), rows_of(rk.score_sentiment(report)), measured)
    return measured


def annotated(folder: Path) -> Iterator[Path]:
    """The folder itself where it holds an annotation of a report, else the annotated folders in it."""
    if any((folder / name).exists() for name in ("metrics.jsonl", "outline.json", "functions.jsonl")):
        yield folder
    elif folder.is_dir():
        for inner in sorted(folder.iterdir()):
            yield from annotated(inner)


def print_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    head = list(head)
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")


def added(all_measured: Iterable[Measured]) -> Measured:
    total = Measured()
    for one in all_measured:
        for tallies, sums in ((one.fields, total.fields), (one.how, total.how)):
            for key, tally in tallies.items():
                sums[key].marks.extend(tally.marks)
    return total


def score_cells(scores: dict[str, float]) -> list[str]:
    return [("–" if key not in scores else f"{scores[key]:g}" if key in COUNTS else f"{scores[key]:.2f}") for key in COLUMNS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[GOLD])
    parser.add_argument("--by", choices=["field", "how"], action="append", default=[])
    arguments = parser.parse_args()
    folders = [inner for folder in arguments.folders for inner in annotated(folder)]
    if not folders:
        parser.error("no annotation was found in " + ", ".join(map(str, arguments.folders)))
    found = [measure(folder) for folder in folders]
    names = [folder.name for folder in folders]
    print_table(
        ["report", *COLUMNS.values()], ([name, *score_cells(one.scores)] for name, one in zip(names, found, strict=True))
    )
    total = added(found)
    names, found = [*names, "all"], [*found, total]
    if "field" in arguments.by:
        print()
        rows = ([name, *(one.fields[key] for key in FIELDS)] for name, one in zip(names, found, strict=True))
        print_table(["report", *FIELDS], rows)
    if "how" in arguments.by:
        print()
        patterns = sorted(total.how, key=lambda how: -len(total.how[how].marks))
        print_table(["how", *names], ([how, *(one.how[how] for one in found)] for how in patterns))


if __name__ == "__main__":
    main()
