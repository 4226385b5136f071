"""The same text written otherwise: clean text, outline, figures and what sentences do stay the same.

Each change keeps what a reader understands.  Where a change cannot be undone to the letter, its comment says what is compared.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

import reportkit as rk
from reportkit.cleaning import clean
from reportkit.functions.rules import judge_sentences
from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.report import Report

from .conftest import ROOT, SEED
from .test_cases import CASES
from .test_invariants import check_everything
from .test_traditional import traditional

FIELDS = ["label", "value", "unit", "kind", "direction", "base", "bound", "status"]
Change = Callable[[str], str]


# --- writing otherwise ------------------------------------------------------------------------------------------------


def ascii_marks(text: str) -> str:
    return text.translate(str.maketrans("，：；（）？！％", ",:;()?!%"))


def points_as_stops(text: str) -> str:
    return ascii_marks(text).replace("。", ".")


def points_and_spaces(text: str) -> str:
    return re.sub("([,;.])(?=[\u4e00-\u9fff“《])", r"\1 ", points_as_stops(text))


def wide(text: str) -> str:
    """Full-width digits, points, letters and signs, but for addresses."""
    return re.sub(r"[0-9A-Za-z%+]|(?<=\d)\.(?=\d)", lambda char: chr(ord(char[0]) + 0xFEE0), text)


def spaced_with(space: str) -> Change:
    """A space between Han characters and digits; a name with one number, alone on its line, would become a table row."""

    def change(text: str) -> str:
        return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", space, text)

    return change


def grouped_with(space: str) -> Change:
    def change(text: str) -> str:
        return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", space, text)

    return change


def wrapped_at(width: int, *, longest: int = 0) -> Change:
    """Hard line ends every ``width`` characters, in paragraphs that are longer than ``longest``."""

    def change(text: str) -> str:
        return "\n".join(
            "\n".join(line[i : i + width] for i in range(0, len(line), width)) if len(line) > longest else line
            for line in text.split("\n")
        )

    return change


def wrapped_in_cells(width: int) -> Change:
    """Hard line ends where the next character does not fit; a Han character is two cells wide."""

    def change(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            lines.append("")
            used = 0
            for char in line:
                cells = 1 + (char > "\u2000")
                if used + cells > width:
                    lines.append("")
                    used = 0
                lines[-1] += char
                used += cells
        return "\n".join(lines)

    return change


@cache
def radical_of() -> dict[int, str]:
    kangxi = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    return str.maketrans({**{e["ideograph"]: e["radical"] for e in lexicon("radicals")}, **kangxi})


def radicals(text: str) -> str:
    return text.translate(radical_of())


def indented(text: str) -> str:
    return "\n".join(f"\u3000\u3000{line}" for line in text.split("\n"))


def with_header(text: str) -> str:
    return (
        "标题:某某年度工作报告\n发布时间:2024-03-01 10:20\n来源:某某日报\n栏目:政务公开\n"
        f"原文链接:http://www.example.gov.cn/art/2024/3/1/art_1_2.html\n首页 > 政务公开 > 工作报告\n==== 正文 ====\n{text}"
    )


CHANGES: dict[str, Change] = {
    "ascii marks": ascii_marks,
    "points as stops": points_as_stops,
    "points and spaces": points_and_spaces,
    "full width": wide,
    "spaced": spaced_with(" "),
    "no-break spaces": spaced_with("\u00a0"),
    "thin spaces": spaced_with("\u2009"),
    "wrapped at 38": wrapped_at(38, longest=60),
    "wrapped at 31": wrapped_at(31),
    "wrapped at 76 cells": wrapped_in_cells(76),
    "wrapped in ascii": lambda text: wrapped_at(38, longest=60)(ascii_marks(text)),
    "radicals": radicals,
    "indented": indented,
    "wrapped and indented": lambda text: wrapped_at(36)(indented(text)),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "crawler's header": with_header,
}


@cache
def texts() -> dict[str, str]:
    """The project's own texts, cleaned once: what is compared is a text with itself, written otherwise."""
    invented = json.loads((CASES / "same_text.json").read_text(encoding="utf-8"))
    files = {"seed": SEED, "sample": ROOT / "seeds" / "formats" / "sample.txt"}
    return {entry["label"]: entry["text"] for entry in invented} | {name: rk.read(path).text for name, path in files.items()}


@cache
def report_of(name: str) -> Report:
    return rk.parse(texts()[name])


# --- what stays the same ----------------------------------------------------------------------------------------------


def headings_alike(text: str) -> str:
    """The outline reads the number of a heading in either form, so it keeps its own: (一) and （一） are one here."""
    return re.sub(r"(?m)^[（(]([一二三四五六七八九十]+|\d+)[）)]", r"（\1）", text)


def outline_of(report: Report) -> list[Any]:
    outline = report.outline
    sections = [(section.level, headings_alike(section.number), section.title) for section in outline.walk()]
    return [outline.issuer, outline.title, outline.year, sections, [paragraph.text for paragraph in outline.closing]]


def figures_of(report: Report) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rk.extract_metrics(report)[FIELDS].itertuples(index=False)]


def functions_of(report: Report) -> list[tuple[str, str]]:
    judged = zip(report.sentences, judge_sentences(report), strict=True)
    return [(headings_alike(sentence.text), judgement.function) for sentence, judgement in judged]


# A text of a dozen lines does not show that they were cut at one width.
PAIRS = [
    pytest.param(name, change, id=f"{name}, {change}")
    for name, text in texts().items()
    for change in CHANGES
    if len(text) > 400 or not change.startswith("wrapped")
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_changes_something(change: str) -> None:
    assert any(CHANGES[change](text) != text for text in texts().values())


@pytest.mark.parametrize(("name", "change"), PAIRS)
def test_a_text_written_otherwise_is_the_same_report(name: str, change: str) -> None:
    report = rk.parse(CHANGES[change](texts()[name]))
    assert headings_alike(report.text) == headings_alike(texts()[name])
    check_everything(report)
    plain = report_of(name)
    assert outline_of(report) == outline_of(plain)
    assert figures_of(report) == figures_of(plain)
    assert functions_of(report) == functions_of(plain)


@pytest.mark.parametrize("name", texts())
def test_a_traditional_copy_has_the_same_outline_and_figures(name: str) -> None:
    plain, copy = report_of(name), rk.parse(traditional(texts()[name]))
    assert copy.text == traditional(plain.text)
    assert outline_of(copy) == traditional(outline_of(plain))
    # A label may hold a word of ours (which of two incomes is meant), so both are compared in one script.
    assert [tuple(map(to_simplified, row)) for row in figures_of(copy)] == figures_of(plain)


@pytest.mark.parametrize(
    "change", ["ascii marks", "full width", "wrapped at 38", "wrapped at 76 cells", "radicals", "blank lines"]
)
def test_real_reports_written_otherwise_are_hardly_changed(real_reports: list[Report], change: str) -> None:
    for report in real_reports[::5]:
        again = headings_alike(clean(CHANGES[change](report.text)).text).split("\n")
        lines = headings_alike(report.text).split("\n")
        blocks = difflib.SequenceMatcher(None, lines, again, autojunk=False).get_matching_blocks()
        different = sum(
            abs(len("".join(lines[a.a + a.size : b.a])) - len("".join(again[a.b + a.size : b.b])))
            + max(b.a - a.a - a.size, b.b - a.b - a.size)
            for a, b in pairwise([difflib.Match(0, 0, 0), *blocks])
        )
        assert different <= 0.001 * len(report.text), (report.source.path, change)
