"""A copy of a report in traditional characters says the same: rules read one script, tables show what is printed."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import reportkit as rk
from reportkit.language.lexicon import lexicon
from reportkit.report import Report

from .test_cases import CASES

if TYPE_CHECKING:
    import pandas as pd

TABLES = {
    "functions": lambda report: rk.score_sentiment(report).drop(columns=["snownlp", "evidence"]),
    "mechanisms": rk.extract_mechanisms,
    "quotations": rk.extract_quotations,
    "citations": rk.extract_citations,
    "coverage": rk.check_coverage,
    "specificity": rk.measure_specificity,
    "outcomes": lambda report: rk.extract_outcomes(report).drop(columns=["label", "reason"]),  # a label may hold words of ours
}
# What stands in these columns is ours, not the report's.
OURS = {"title", "basis", "kind", "type", "role", "state", "genre", "status", "function"}
OUR_TITLE = {"coverage"}  # of a checklist; the title of a citation is printed


@cache
def characters() -> dict[int, str]:
    """Simplified → traditional, where one character has one traditional form and is none itself (发 has two)."""
    pairs = [(entry["simplified"], entry["traditional"]) for entry in lexicon("traditional")]
    forms = Counter(simplified for simplified, _ in pairs)
    written = {traditional for _, traditional in pairs}
    compatible = {traditional for _, traditional in pairs if "\uf900" <= traditional <= "\ufaff"}  # cleaning maps them back
    return str.maketrans({s: t for s, t in pairs if forms[s] == 1 and s not in written and t not in compatible})


def traditional(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(characters())
    if isinstance(value, (list, tuple)):
        return type(value)(traditional(one) for one in value)
    return value


def as_printed(name: str, table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as a traditional copy should print them."""
    ours = OURS if name in OUR_TITLE else OURS - {"title"}
    rows = json.loads(table.to_json(orient="records"))
    return [{key: value if key in ours else traditional(value) for key, value in row.items()} for row in rows]


def check_a_copy(report: Report) -> None:
    plain = rk.parse(report.text)
    copy = rk.parse(traditional(plain.text))
    assert copy.text == traditional(plain.text)
    for name, make in TABLES.items():
        assert json.loads(make(copy).to_json(orient="records")) == as_printed(name, make(plain)), name


def test_there_are_traditional_characters_in_a_copy() -> None:
    assert traditional("开展执法，总体发展") == "開展執法，總體发展"
    assert len(characters()) > 2000


def test_a_traditional_copy_of_the_seed_says_the_same(seed: Report) -> None:
    check_a_copy(seed)


@pytest.mark.parametrize("name", ["mechanisms", "citations", "functions", "outcomes"])
def test_a_traditional_copy_of_every_case_says_the_same(name: str) -> None:
    for entry in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
        check_a_copy(rk.parse(entry["text"]))


def test_names_and_evidence_are_shown_as_printed() -> None:
    report = rk.parse("一、主要做法\n建立「民情直達」聯動機制，深入開展執法檢查，落實《某市執法條例》。")
    assert rk.extract_mechanisms(report)["name"].tolist() == ["「民情直達」聯動機制"]
    assert rk.extract_citations(report)[["title", "type"]].to_numpy().tolist() == [["某市執法條例", "regulation"]]
    evidence = rk.score_sentiment(report)["evidence"][0]
    assert "開展 (deed)" in evidence
    assert "degree: 深入" in evidence


def test_traditional_copies_of_real_reports_say_the_same(real_reports: list[Report]) -> None:
    for report in real_reports[::4]:
        check_a_copy(report)
