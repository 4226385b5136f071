"""Texts that repeat one thing without end take time in proportion to their length, in every table."""

from __future__ import annotations

import gc
import time

import pytest

import reportkit as rk
from reportkit.language.numerals import find_numerals, han_amount

from .benchmarks.growth import TABLES

REPEATED = {
    "digits": "1",
    "spread digits": "1 ",
    "clock times": "12:34:56:",
    "ratios": "1:2、",
    "parts": "其中1件，",
    "changes": "同比增长1%，",
    "citations": "《某某法》、",
    "Han numerals": "一二三四五六七八九十百千万",
    "scale words": "万",
}
TIMES = 4
GENEROUS = 2.5  # a linear reading takes TIMES as long, a quadratic one TIMES² = 16


def seconds(text: str) -> float:
    gc.collect()
    start = time.process_time()
    report = rk.parse(text)
    for table in TABLES.values():
        table(report)
    return time.process_time() - start


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_time_grows_with_the_length_of_a_text(unit: str) -> None:
    def text(size: int) -> str:
        return f"某某市2023年工作报告\n一、主要工作\n全市{unit * (size // len(unit))}。\n二、下一步\n继续努力。"

    rk.score_sentiment(rk.parse("一、概况\n办理案件3件。"))  # lists and models are loaded once
    small = max(min(seconds(text(4000)) for _ in "12"), 0.05)
    assert seconds(text(4000 * TIMES)) < small * TIMES * GENEROUS


def test_a_numeral_without_end_is_no_figure() -> None:
    for words in ("9" * 5000, "万" * 5000, "一亿" * 3000, "一" * 5000, "1,234" + ",567" * 2000):
        report = rk.parse(f"一、主要工作\n全年办理案件{words}件，其中调解12件。")
        assert list(rk.extract_metrics(report)["value"]) == [12]
        assert len(list(find_numerals(words))) <= 1
    assert han_amount("一亿五千万") == 150_000_000
