"""What holds for every text: nothing lost, every character led back, cleaning done once, the same result each time."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import reportkit as rk
from reportkit.cleaning import clean
from reportkit.errors import LoadingError
from reportkit.report import Report, Span

from .fixtures import docx_of

CASES = Path(__file__).parent / "cases"

# Pieces that reports are made of, whole and broken; texts are strung together from them.
PIECES = st.sampled_from(
    [
        "一、", "二、", "三、", "十一、", "（一）", "（二）", "(三)", "1.", "２．", "（1）", "①", "一是", "二是", "第一，",
        "总体情况", "法治政府建设", "工作", "报告", "某某市人民政府", "各位代表：", "特此报告。", "2023年", "1月5日",
        "12345", "24 项", "下降7.1%", "４３．８％", "33，212万吨",
        "0 5 5", "行政许可 550", "《条例》", "《暂", "”", "“一窗", "（其中", "）",
        "【字号：", "】",
        "。", "，", "；", "：", "！", "……", "- 2 -", "第2页", "3", "下载", "责任编辑：", "政 府 工 作", "李　强",
        "\n", "\n\n", "\r\n", "\r", "\f", "　　", " ", "\t", "\u200b", "\ufeff", "\u2028", "\x00",
        "abc", "LED", "。\n", "\n\n\n",
        ",", ":", ";", "(", ")", "?", "!", ".", ". ", "．", "(其中", "1,200", "12:30", "45：55",
        "1 234 567万元", "1\u2009234", "件,", "率98.8%.",
        "⼀、", "⼯作", "增⻓", "標題：", "标题:", "来源：", "栏目：", "发布时间：",
        "2024-01-08 09:30", "首页", " > ", "====", "正文", "http://a.cn/b?c=1",
        "全市坚持以公开为常态不断完善制度健全各项机制\n", "（一）全面推进依法行政不断提升服务群众能力水平\n",
    ]
)  # fmt: skip
BROKEN_REPORTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=120))


def tiles(report: Report) -> list[Span]:
    outline = report.outline
    return sorted([outline.preamble_span, *(section.span for section in outline.sections), outline.closing_span])


def is_form_of(clean: str, found: str) -> bool:
    """Whether two characters are one in another form: white space, width, a Chinese mark for an ASCII one, a CJK radical."""
    plain = unicodedata.normalize("NFKC", found)
    return (
        clean == found
        or (clean in " \n" and found.isspace())
        or unicodedata.normalize("NFKC", clean) == plain
        or (clean == "。" and plain == ".")
        or "\u2e80" <= found <= "\u2eff"
    )


def check_everything(report: Report) -> None:
    text, found = report.text, report.source.text
    # The parts follow each other and are the text.
    assert "".join(span.of(text) for span in tiles(report)) == text
    for section in report.outline.walk():
        children = section.children
        assert all(section.span.start <= c.span.start and c.span.end <= section.span.end for c in children)
        assert section.heading.of(text).startswith(section.number)
        assert section.title in section.heading.of(text).replace("\n", "")
        if children:
            assert children[-1].span.end == section.span.end
    # Spans are what they say they are.
    for sentence in report.sentences:
        assert sentence.span.of(text) == sentence.text
        assert sentence.text.strip()
    ends = [sentence.span.end for sentence in report.sentences]
    assert ends == sorted(ends)
    # Every clean character is the found one, but for its form; places only grow.
    places = [report.clean.found_index(i) for i in range(len(text))]
    assert all(a < b for a, b in pairwise(places))
    assert all(is_form_of(text[i], found[place]) for i, place in enumerate(places))
    whole = report.source_span(Span(0, len(text)))
    assert (whole.start, whole.end) == (places[0], places[-1] + 1)
    # Repairs name places of the found text; what is neither kept nor in a repair does not exist.
    assert all(found[r.start : r.end] == r.before and len(r.after) <= len(r.before) for r in report.repairs)
    covered = set(places).union(*(range(r.start, r.end) for r in report.repairs))
    assert covered == set(range(len(found)))


@settings(max_examples=300, deadline=None)
@given(BROKEN_REPORTS)
def test_every_text_keeps_its_promises(text: str) -> None:
    try:
        report = rk.parse(text)
    except LoadingError:
        return
    check_everything(report)


@settings(max_examples=120, deadline=None)
@given(BROKEN_REPORTS)
def test_every_table_of_every_text_leads_back(text: str) -> None:
    try:
        report = rk.parse(text)
    except LoadingError:
        return
    sentences = rk.score_sentiment(report)
    assert [report.text[a:b] for a, b in zip(sentences["start"], sentences["end"], strict=True)] == list(sentences["sentence"])
    metrics = rk.extract_metrics(report)
    assert [report.text[a:b] for a, b in zip(metrics["start"], metrics["end"], strict=True)] == list(metrics["text"])
    quotations = rk.extract_quotations(report)
    assert [report.text[a:b] for a, b in zip(quotations["start"], quotations["end"], strict=True)] == list(quotations["text"])
    for row in rk.extract_citations(report).itertuples():
        assert all(row.title in report.text[a:b] for a, b in row.mentions)
    for row in rk.extract_mechanisms(report).itertuples():
        assert row.mentions
        assert all(0 <= a < b <= len(report.text) for a, b in row.mentions)
        assert set(row.figures) <= set(metrics["id"])
    assert len(rk.check_coverage(report)) >= 3
    assert rk.measure_specificity(report)["n_metrics"].iloc[-1] <= len(metrics)


HAN = st.text("法治政府建设工作情况报告全年办理案件推进完善制度群众满意率提升普法宣传培训", min_size=4, max_size=30)
LINES = st.lists(
    st.one_of(HAN.map(lambda words: f"{words}，共计12件。"), HAN.map(lambda words: f"一、{words}")), min_size=3, max_size=12
)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_a_word_file_reads_as_the_text_that_was_put_in(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert rk.read(docx_of(text)).text == rk.parse(text).text


@settings(max_examples=300, deadline=None)
@given(BROKEN_REPORTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once
    assert not clean(once).repairs


@settings(max_examples=150, deadline=None)
@given(BROKEN_REPORTS)
def test_sentences_lose_nothing(text: str) -> None:
    assert "".join(span.of(text) for span in rk.split_sentences(text)) == text


@settings(max_examples=150, deadline=None)
@given(BROKEN_REPORTS)
def test_words_lose_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(rk.words(text)).split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(BROKEN_REPORTS)
def test_the_same_text_gives_the_same_report(text: str) -> None:
    try:
        first = rk.parse(text)
    except LoadingError:
        return
    assert first == rk.parse(text)


def test_every_case_keeps_the_promises() -> None:
    for path in CASES.glob("*.json"):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            check_everything(rk.parse(entry["text"]))


def test_the_seed_keeps_the_promises(seed: Report) -> None:
    check_everything(seed)


def test_every_real_report_loads_and_keeps_the_promises(real_texts: list[Path]) -> None:
    for path in real_texts:
        report = rk.read(path)
        check_everything(report)
        assert clean(report.text).text == report.text, path.name
        assert "\ufffd" not in report.text, path.name
