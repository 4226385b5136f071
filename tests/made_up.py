"""Made-up reports and the whole of what is read in them, a row a line.

``tests/readings/NAME.txt`` is a report that nobody issued, dense in kinds of headings and sentences; ``NAME.json`` beside
it is its whole reading.  ``python -m tests.made_up`` writes the readings anew: what changed is read in the diff, row by row,
before it is committed.  A reading stands here only because somebody read it and found it right.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reportkit as rk
from reportkit.structure.roles import section_roles

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parent / "readings"
Reading = dict[str, list[list[Any]]]  # of each table its rows, the names of its columns first


def reading_of(text: str) -> Reading:
    """The whole reading of a report: outline, sentences, figures, numbers that are none, checks."""
    report = rk.parse(text)
    outline, roles = report.outline, section_roles(report)
    metrics = rk.extract_metrics(report)
    metrics["sentence"] = [
        sentence[:8] for sentence in metrics["sentence"]
    ]  # as much as tells which it is; the table of sentences has the rest
    sections = rk.extract_sections(report)
    sections["role"] = [roles[name].name for name in sections["id"]]
    sections["role_words"] = [roles[name].words for name in sections["id"]]
    parts = [("preamble", outline.preamble_span), ("closing", outline.closing_span)]
    return {
        "outline": [
            ["issuer", "title", "year", "role_of_preamble"],
            [outline.issuer, outline.title, outline.year, roles[""].name],
        ],
        "parts": [["part", "text"], *([name, span.of(report.text)] for name, span in parts)],
        "sections": _rows(sections),
        "diagnostics": [
            ["kind", "message", "start", "end"],
            *([d.kind, d.message, d.span.start, d.span.end] for d in outline.diagnostics),
        ],
        "sentences": [["section_id", "sentence"], *([s.section_id, s.text] for s in report.sentences)],
        "metrics": _rows(metrics),
        "rejects": _rows(rk.extract_rejected(report)),
        "checks": _rows(rk.check_metrics(report)),
    }


def _rows(table: pd.DataFrame) -> list[list[Any]]:
    values = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return [list(table.columns), *([_plain(value) for value in row] for row in values)]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def differences(expected: Reading, found: Reading) -> list[str]:
    """Where two readings differ: the table, the row and the fields, a line each; rows are known by their first fields."""
    said = []
    for table, (columns, *rows) in expected.items():
        got = found[table][1:]
        for n, (want, have) in enumerate(zip(rows, got, strict=False), 1):
            if want != have:
                fields = (f"{c}: {a!r} → {b!r}" for c, a, b in zip(columns, want, have, strict=True) if a != b)
                said.append(f"{table}, row {n} {want[:3]}: " + "; ".join(fields))
                break  # rows after it are often only out of step
        if len(rows) != len(got):
            said.append(f"{table}: {len(got)} rows, {len(rows)} expected")
    return said


def written(reading: Reading) -> str:
    """A reading as JSON, a row a line."""
    tables = (
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in reading.items()
    )
    return "{\n" + ",\n".join(tables) + "\n}\n"


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.txt")):
        path.with_suffix(".json").write_text(written(reading_of(path.read_text(encoding="utf-8"))), encoding="utf-8")
