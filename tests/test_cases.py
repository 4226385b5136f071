"""Cases as data: tests/cases/*.json, each {label, origin, comment, text, expect}; a known failure is a strict xfail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import reportkit as rk
from reportkit.cleaning import clean

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    entries = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            entry["text"],
            entry["expect"],
            id=entry["label"],
            marks=[pytest.mark.xfail(strict=True, reason=entry["comment"])] if entry.get("known_failure") else [],
        )
        for entry in entries
    ]


@pytest.mark.parametrize(("text", "expect"), cases("cleaning"))
def test_cleaning_gives_the_expected_text(text: str, expect: str) -> None:
    assert clean(text).text == expect


@pytest.mark.parametrize(("text", "expect"), cases("outline"))
def test_the_outline_is_as_expected(text: str, expect: dict[str, Any]) -> None:
    outline = rk.parse(text).outline
    got: dict[str, Any] = {
        "sections": [[section.level, section.number, section.title] for section in outline.walk()],
        "closing": [paragraph.text for paragraph in outline.closing],
        "diagnostics": [diagnostic.kind for diagnostic in outline.diagnostics],
        "issuer": outline.issuer,
        "title": outline.title,
        "year": outline.year,
    }
    assert {key: got[key] for key in expect} == expect


@pytest.mark.parametrize(("text", "expect"), cases("sentences"))
def test_sentences_are_cut_as_expected(text: str, expect: list[str]) -> None:
    assert [span.of(text) for span in rk.split_sentences(text)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("words"))
def test_terms_stay_whole(text: str, expect: list[str]) -> None:
    found = rk.words(text)
    assert [term for term in expect if term not in found] == []


def test_every_case_says_where_it_comes_from_and_why() -> None:
    for path in CASES.glob("*.json"):
        entries = json.loads(path.read_text(encoding="utf-8"))
        labels = [entry["label"] for entry in entries]
        assert len(set(labels)) == len(labels), path.name
        assert all(entry["origin"] and entry["comment"] for entry in entries), path.name
