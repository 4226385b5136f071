"""The same report as TXT, DOCX, PDF and HTML: the same outline and the same tables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import reportkit as rk
from reportkit.report import Report, Span
from reportkit.teaching.shipped import sample_paths

from .conftest import REAL_REPORTS
from .fixtures import LAYOUTS, docx_of, html_of, pdf_of

SHORT = "某某市2023年度法治政府建设工作报告\n现将有关情况报告如下。\n一、主要工作\n全年办理案件120件，群众满意率99.5%。\n"


def assert_same(report: Report, seed: Report) -> None:
    assert report.outline.as_dict()["sections"] == seed.outline.as_dict()["sections"]
    assert (report.outline.issuer, report.outline.title) == (seed.outline.issuer, seed.outline.title)
    places = ["start", "end"]
    mine, theirs = (rk.extract_metrics(one).drop(columns=places) for one in (report, seed))
    assert mine.astype(str).equals(theirs.astype(str))
    assert [sentence.text for sentence in report.sentences] == [sentence.text for sentence in seed.sentences]


def test_a_word_file_reads_as_its_text(seed: Report) -> None:
    report = rk.read(docx_of(seed.text))
    assert_same(report, seed)
    assert report.source.format == "docx"
    assert "内部资料" not in report.text  # the page header
    assert report.place_of(report.outline.sections[0].heading) == "paragraph 4"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_pdf_reads_as_its_text(seed: Report, layout: str, chromium: str) -> None:
    report = rk.read(pdf_of(seed.text, layout, chromium))
    assert_same(report, seed)
    assert report.source.format == "pdf"
    assert report.place_of(Span(0, 4)).startswith("page 1, ")
    assert report.place_of(report.sentences[-1].span).startswith("page ")


@pytest.mark.parametrize("body", ["paragraphs", "breaks", "table", "spans", "headings"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_page_reads_as_its_report(seed: Report, body: str, charset: str) -> None:
    page = html_of(seed.text, body=body).replace('charset="utf-8"', f'charset="{charset}"')
    report = rk.read(page.encode("gb18030" if charset == "gb2312" else charset))
    assert_same(report, seed)
    assert report.source.format == "html"
    assert report.source.notes == ("the page says source: 某某市公安局", "the page says date: 2024-01-15 09:30")
    for residue in ("分享到", "浏览次数", "字号", "附件", "网站标识码", "政务公开"):
        assert residue not in report.text, residue


def test_the_samples_that_ship_are_one_report() -> None:
    samples = {path.suffix: rk.read(path) for path in sample_paths()}
    assert sorted(samples) == [".docx", ".html", ".ofd", ".pdf", ".txt"]
    for suffix in (".docx", ".html", ".ofd", ".pdf"):
        assert_same(samples[suffix], samples[".txt"])
    metrics = rk.extract_metrics(samples[".pdf"])
    assert "page 1, " in repr(rk.highlight(samples[".pdf"], metrics.head(1)))
    assert "page" not in repr(rk.highlight(samples[".txt"], metrics.head(1)))


def test_gb18030_text_reads_as_utf8(seed: Report) -> None:
    assert_same(rk.read(seed.text.encode("gb18030")), seed)


def test_content_decides_and_not_the_extension(tmp_path: Path, seed: Report) -> None:
    wrong = tmp_path / "report.txt"
    wrong.write_bytes(docx_of(seed.text))
    assert rk.read(wrong).source.format == "docx"
    wrong.write_text(html_of(seed.text), encoding="utf-8")
    assert rk.read(wrong).source.format == "html"


def test_numbers_that_word_generates_are_read() -> None:
    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate([("chineseCountingThousand", "%1、"), ("decimal", "%2.")])
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in ((0, "主要工作"), (1, "执法"), (1, "普法"), (0, "下一步打算"), (1, "培训")):
        paragraph = document.add_paragraph(words)._p
        properties = f'<w:pPr {space}><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        paragraph.insert(0, parse_xml(properties))
        document.add_paragraph("办理案件3件，群众满意。")
    stream = io.BytesIO()
    document.save(stream)
    sections = [(section.number, section.title) for section in rk.read(stream.getvalue()).outline.walk()]
    assert sections == [("一、", "主要工作"), ("1.", "执法"), ("2.", "普法"), ("二、", "下一步打算"), ("1.", "培训")]


def test_tracked_changes_are_read_as_accepted_and_tables_kept_apart() -> None:
    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    paragraph = document.add_paragraph("全年办理案件")
    runs = (
        "<w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r>"
    )
    for element in parse_xml(f"<w:p {space}>{runs}</w:p>"):
        paragraph._p.append(element)
    document.add_paragraph("附表 案件情况")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "案件"
    table.cell(0, 2).text = "合计"
    for n, words in enumerate(("刑事", "治安", "12")):
        table.cell(1, n).text = words
    stream = io.BytesIO()
    document.save(stream)
    report = rk.read(stream.getvalue())
    assert "办理案件12件。" in report.text
    assert "刑事" not in report.text
    (only,) = report.tables
    assert only.rows == (("案件", "案件", "合计"), ("刑事", "治安", "12"))
    assert only.caption == "附表 案件情况"
    assert only.frame().shape == (2, 3)
    assert only.frame().attrs["place"] == "after paragraph 2"


def test_tables_of_a_page_are_kept_apart_and_layout_is_opened() -> None:
    rows = "<tr><th colspan='2'>项目</th><th>金额</th></tr><tr><td>甲</td><td>乙</td><td>3</td></tr>"
    table = f"<table><caption>收费情况</caption>{rows}</table>"
    report = rk.read(html_of(SHORT).replace('<div class="share"', table + '<div class="share"').encode())
    assert report.tables[0].rows == (("项目", "项目", "金额"), ("甲", "乙", "3"))
    assert report.tables[0].caption == "收费情况"
    assert "金额" not in report.text
    assert report.tables[0]._repr_html_().count("<td>") == 6


def test_a_real_pdf_gives_its_tables_and_their_sums() -> None:
    path = REAL_REPORTS / "hzq2023_working.pdf"
    if not path.exists():
        pytest.skip(f"no {path}")
    report = rk.read(path)
    checks = rk.check_tables(report)
    assert [rk.recognize_table(table) for table in report.tables] == [
        "proactive_disclosure",
        "requests",
        "review_and_litigation",
    ]
    requests = checks[checks["kind"] == "requests"]
    assert len(requests) == 18
    assert set(requests["verdict"]) == {"holds"}
    coverage = rk.check_coverage(report).set_index("content")
    assert coverage["state"]["review_and_litigation"] == "present"
    assert coverage["reason"]["review_and_litigation"].startswith("It stands in a table of 4 rows (page 4, ")
    results = checks[checks["kind"] == "review_and_litigation"]
    assert list(results["verdict"]) == ["fails", "holds", "fails"]  # the report leaves two totals at 0
    assert results["reason"].iloc[0] == "10+1+0+0 = 11, 0 = 0"


def test_real_word_files_are_read() -> None:
    paths = sorted(REAL_REPORTS.glob("*.docx"))
    if not paths:
        pytest.skip(f"no Word files in {REAL_REPORTS}")
    for path in paths:
        report = rk.read(path)
        assert len(report.outline.sections) >= 2
        assert len(rk.extract_metrics(report)) > 50 or len(report.text) < 2000  # an empty form states no figures


def test_a_failing_sum_is_told_and_an_empty_cell_is_not_assessable() -> None:
    rows = [["一、本年新收政府信息公开申请数量", "5", "1", "6"], ["二、上年结转政府信息公开申请数量", "0", "0", "0"]]
    rows += [["（一）予以公开", "4", "1", "5"], ["（七）总计", "4", "1", "5"], ["四、结转下年度继续办理", "0", "", "0"]]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    report = rk.read(html_of(SHORT).replace('<div class="share"', f'<table>{body}</table><div class="share"').encode())
    verdicts = rk.check_tables(report).set_index("check")["verdict"]
    assert verdicts["第1列：新收＋上年结转＝总计＋结转下年"] == "fails"  # 5+0, but 4+0
    assert verdicts["第2列：新收＋上年结转＝总计＋结转下年"] == "not_assessable"  # an empty cell
    assert verdicts["第3列：新收＋上年结转＝总计＋结转下年"] == "fails"
    assert verdicts["第2列：各项办理结果之和＝总计"] == "holds"
