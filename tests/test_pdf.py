"""PDF as a reader sees it: the layout on sheets made in code, the engine on files that Chromium prints, and hostile files."""

from __future__ import annotations

import base64
import io
import random
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

import reportkit as rk
from reportkit.loading.layout import laid_out
from reportkit.loading.layout.placed import Char, Rule, Sheet
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded

from .fixtures import FONT, browser_of
from .mutations.pdf import mutated

PROSE = (
    "全市共检查企业一百二十家次，发现问题隐患八十六处，整改完成八十五处。"
    "围绕群众反映强烈的突出问题，组织开展专项整治行动十二次，出动执法人员三千余人次。"
)
LEFT, WIDTH, HEIGHT, SIZE = 80.0, 595.0, 842.0, 16.0


def chars_of(text: str, x: float, y: float, size: float = SIZE, angle: float = 0.0) -> Iterator[Char]:
    """A line of text from ``x``, its top at ``y``; a Latin character is half as wide as a Han one."""
    for char in text:
        wide = size / 2 if char.isascii() else size
        if not char.isspace():
            yield Char(char, x, y, x + wide, y + size, size, angle)
        x += wide


def prose(text: str, y: float, x: float = LEFT, n: int = 27, indent: int = 2) -> list[Char]:
    """A paragraph set in lines of ``n`` characters, 28 points apart."""
    chars: list[Char] = []
    line, start = text[: n - indent], x + indent * SIZE
    while line:
        chars += chars_of(line, start, y)
        text = text[len(line) :]
        line, start, y = text[:n], x, y + 28
    return chars


def read(*sheets: Sequence[Char] | tuple[Sequence[Char], Sequence[Rule]]) -> Loaded:
    pages = []
    for number, sheet in enumerate(sheets, 1):
        chars, rules = sheet if isinstance(sheet, tuple) else (sheet, ())
        pages.append(Sheet(number, WIDTH, HEIGHT, tuple(chars), tuple(rules)))
    return laid_out(pages, "report", "pdf", Clock("report", Limits()))


def lines(loaded: Loaded) -> list[str]:
    return loaded.text.splitlines()


def across(x0: float, x1: float, *ys: float) -> list[Rule]:
    return [Rule(x0, y, x1, y) for y in ys]


def down(y0: float, y1: float, *xs: float) -> list[Rule]:
    return [Rule(x, y0, x, y1) for x in xs]


CELLS = (("指标", "单位", "上年", "本年"), ("行政许可", "件", "5120", "5340"), ("行政处罚", "件", "880", "792"))
XS, YS = (80.0, 220.0, 300.0, 400.0, 500.0), (200.0, 230.0, 260.0, 290.0)


def cells_of(rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, top: float = YS[0]) -> list[Char]:
    return [
        char
        for n, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        for char in chars_of(text, x + 8, top + 30 * n + 9, 12)
    ]


def test_lines_of_prose_are_joined_and_paragraphs_are_not() -> None:
    loaded = read(prose("一、总体情况", 80) + prose(PROSE, 108) + prose(PROSE, 220))
    assert lines(loaded) == ["一、总体情况", PROSE, PROSE]
    assert loaded.places[1] == (7, "page 1, 112-512 x 108-124")
    assert loaded.notes == ()


@pytest.mark.parametrize("indent", [0, 2])
def test_headings_are_no_full_lines_where_a_page_holds_nothing_else(indent: int) -> None:
    heads = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、行政复议和行政诉讼的有关情况",
    ]
    alone = [char for n, head in enumerate(heads) for char in prose(head, 80 + 28 * n, indent=indent)]
    assert lines(read(alone)) == heads
    assert lines(read(prose(PROSE, 80), alone, prose(PROSE, 80))) == [PROSE, *heads, PROSE]


def test_a_line_is_full_where_the_next_word_would_not_have_fitted() -> None:
    short = list(chars_of("全年办理各类行政复议案件的群众满意率比上一年提高", LEFT + 32, 80))  # a word of 5 did not fit
    more = list(chars_of("98.75%，创历史新高。", LEFT, 108))
    body = prose(PROSE, 140) + prose(PROSE, 260)
    assert lines(read(short + more + body))[0] == "全年办理各类行政复议案件的群众满意率比上一年提高98.75%，创历史新高。"


def test_a_paragraph_goes_on_over_a_page_and_a_heading_does_not() -> None:
    first, second = prose(PROSE, 700), prose("二、存在的问题", 80)
    at = 27 * 2 - 2
    cut = [char for char in first if char.top < 750], prose(PROSE[at:], 80, indent=0) + prose("二、存在的问题", 140)
    assert lines(read(*cut)) == [PROSE, "二、存在的问题"]
    assert lines(read(prose(PROSE, 100), second)) == [PROSE, "二、存在的问题"]


def test_what_is_drawn_twice_to_look_bold_counts_once() -> None:
    bold = [*chars_of("一、总体总体情况", LEFT, 80), *chars_of("一、总体总体情况", LEFT + 0.4, 80.2)]
    assert lines(read(bold + prose(PROSE, 120))) == ["一、总体总体情况", PROSE]


def test_a_raised_mark_stays_in_its_line() -> None:
    mark = Char("①", LEFT + 6 * SIZE, 78, LEFT + 6 * SIZE + 8, 86, 8)
    assert lines(read([*chars_of("一、总体情况", LEFT, 80), mark]))[0] == "一、总体情况①"


def test_turned_characters_and_watermarks_are_apart_and_said_to_be() -> None:
    text = prose(PROSE, 80) + prose(PROSE, 220)
    turned = [Char(char, 100 + 60 * n, 60 + 60 * n, 150 + 60 * n, 110 + 60 * n, 40, 45) for n, char in enumerate("内部资料")]
    flat = list(chars_of("征求意见稿", 120, 100, 60))
    for extra in (turned, flat):
        loaded = read(text + extra, extra)  # also on a page where no text stands over it
        assert lines(loaded) == [PROSE, PROSE]
        assert f"left out: {2 * len(extra)} turned characters" in loaded.notes[0]
    title = list(chars_of("年度报告", 200, 40, 30))
    assert lines(read(text + title)) == ["年度报告", PROSE, PROSE]


def test_text_that_runs_down_at_the_side_is_apart_and_a_list_of_numbers_is_not() -> None:
    side = [Char(char, 40, 90 + 20 * n, 52, 102 + 20 * n, 12) for n, char in enumerate("装订线内请勿答题")]
    assert lines(read(prose(PROSE, 80) + prose(PROSE, 220) + side)) == [PROSE, PROSE]
    numbers = [char for n in range(4) for char in chars_of(f"{n + 1}", 40, 80 + 28 * n)]
    assert "1" in read(prose(PROSE, 80) + numbers).text


RULED = {
    "closed": across(80, 500, *YS) + down(200, 290, *XS),
    "open at the sides": across(80, 500, *YS) + down(200, 290, *XS[1:-1]),
    "three lines": across(80, 500, 200, 230, 290),
    "only columns": across(80, 500, 200, 230, 290) + down(200, 290, *XS[1:-1]),
    "lines in pieces": [rule for a, b in pairwise(XS) for rule in across(a, b, *YS)] + down(200, 290, *XS),
    "rows boxed apart": across(80, 500, *YS) + [rule for y in YS[:-1] for rule in down(y, y + 30, *XS)],
    "none": [],
}


@pytest.mark.parametrize("kind", RULED)
def test_a_table_reads_the_same_however_it_is_ruled(kind: str) -> None:
    before, after = prose("一、总体情况", 60) + prose(PROSE, 88), prose("二、存在的问题", 310) + prose(PROSE, 338)
    loaded = read((before + list(chars_of("表1 执法情况", 240, 178, 12)) + cells_of(CELLS) + after, RULED[kind]))
    assert [table.rows for table in loaded.tables] == [CELLS]
    assert loaded.tables[0].caption == "表1执法情况"
    assert lines(loaded) == ["一、总体情况", PROSE, "表1执法情况", "二、存在的问题", PROSE]
    if kind != "none":
        assert loaded.tables[0].place == "page 1, 80-500 x 200-290"


def test_merged_cells_stand_in_each_place_that_they_cover() -> None:
    rules = across(80, 500, 200, 260, 290) + across(220, 500, 230) + down(200, 290, 80, 220, 500) + down(230, 290, 300, 400)
    chars = [
        *chars_of("类别", 90, 225, 12),
        *chars_of("办理结果", 330, 209, 12),
        *cells_of([["", "件", "公开", "不予"]], top=230),
    ]
    loaded = read((chars + cells_of([["行政许可", "3", "2", "1"]], top=260), rules))
    assert loaded.tables[0].rows == (
        ("类别", "办理结果", "办理结果", "办理结果"),
        ("类别", "件", "公开", "不予"),
        ("行政许可", "3", "2", "1"),
    )


def test_a_turned_label_belongs_to_its_cell_and_a_wrapped_one_is_whole() -> None:
    rules = across(80, 500, 200, 290) + across(120, 500, 245) + down(200, 290, 80, 120, 300, 500)
    label = [Char(char, 92, 210 + 14 * n, 104, 222 + 14 * n, 12, 270) for n, char in enumerate("办理结果")]
    chars = [*label, *chars_of("不予公开的政府", 125, 206, 12), *chars_of("信息", 125, 222, 12), *chars_of("12", 320, 215, 12)]
    loaded = read(([*chars, *chars_of("其他", 125, 260, 12), *chars_of("3", 320, 260, 12)], rules))
    assert loaded.tables[0].rows == (("办理结果", "不予公开的政府信息", "12"), ("办理结果", "其他", "3"))
    assert loaded.notes == ()


def test_rules_that_are_no_table_leave_the_text_alone() -> None:
    text = prose(PROSE, 80) + prose(PROSE, 220)
    for rules in (across(60, 540, 70) + across(60, 540, 340), across(60, 540, 70, 200, 340), across(80, 230, 600)):
        assert lines(read((text, rules))) == [PROSE, PROSE]
        assert read((text, rules)).tables == ()
    box = across(60, 540, 70, 340) + down(70, 340, 60, 540)
    assert lines(read((text, box))) == [PROSE, PROSE]


def test_a_frame_around_a_report_is_no_table() -> None:
    rules = across(60, 570, 50, 78, 400) + down(50, 400, 60, 570) + down(78, 400, 110)
    label = list(chars_of("报告", 64, 200)) + list(chars_of("内容", 64, 220))
    text = (
        prose("一、总体情况", 84, x=120)
        + prose(PROSE, 112, x=120)
        + prose("二、存在的问题", 240, x=120)
        + prose(PROSE, 268, x=120)
    )
    loaded = read((list(chars_of("某某市年度报告", 220, 56)) + label + text, rules))
    assert lines(loaded) == ["某某市年度报告", "一、总体情况", PROSE, "二、存在的问题", PROSE]
    assert loaded.tables == ()
    assert loaded.notes == ("left out: labels at the side of a frame around the text: 报告内容",)


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    first, second = "甲" * 3 + PROSE, "乙" * 3 + PROSE
    left = prose(first, 80, x=40, n=15) + prose(first, 280, x=40, n=15)
    right = prose(second, 80, x=310, n=15) + prose(second, 280, x=310, n=15)
    title = list(chars_of("某某市二〇二三年法治政府建设年度报告全文", 130, 40))
    assert lines(read(title + right + left)) == ["某某市二〇二三年法治政府建设年度报告全文", first, first, second, second]


def test_a_space_of_the_file_parts_numbers_however_narrow_it_is() -> None:
    row = [*chars_of("案件59", LEFT, 80)]
    row.append(Char("8", row[-1].x1 + 3, 80, row[-1].x1 + 11, 96, SIZE, 0.0, spaced=True))
    assert lines(read(row + prose(PROSE, 140)))[0] == "案件59 8"
    glued = [*row[:-1], Char("8", row[-2].x1 + 3, 80, row[-2].x1 + 11, 96, SIZE)]
    assert lines(read(glued + prose(PROSE, 140)))[0] == "案件598"  # letters set apart a little are one word


def test_a_table_across_two_columns_parts_them() -> None:
    """What stands above the table is read to its end before what stands below it."""
    parts = ["甲" * 3 + PROSE, "乙" * 3 + PROSE, "丙" * 3 + PROSE, "丁" * 3 + PROSE]
    places = ((40, 80), (310, 80), (40, 520), (310, 520))
    chars = [char for part, (x, y) in zip(parts, places, strict=True) for char in prose(part, y, x=x, n=15)]
    table = cells_of(CELLS, top=400)
    loaded = read((chars + table, across(80, 500, 400, 430, 460, 490) + down(400, 490, *XS)))
    assert lines(loaded) == parts
    assert [table.rows for table in loaded.tables] == [CELLS]


def test_a_three_line_table_that_the_page_cuts_off_is_closed_there() -> None:
    rest = [CELLS[0], ("行政强制", "件", "63", "58"), ("行政检查", "次", "9", "8")]
    first = prose(PROSE, 200) + cells_of(CELLS, top=680)
    pieces = [Rule(x0, y, x1, y) for y in (680, 710) for x0, x1 in pairwise(XS)]  # drawn cell by cell
    loaded = read((first, pieces), (cells_of(rest, top=80), across(80, 500, 80, 110, 170)))
    assert [table.rows for table in loaded.tables] == [(*CELLS, *rest[1:])]
    assert not any("footnote" in note for note in loaded.notes)


def test_a_mark_that_is_hardly_smaller_than_its_line_does_not_cut_it() -> None:
    size = 0.84 * SIZE
    mark = Char("①", LEFT + 6 * SIZE, 75, LEFT + 6 * SIZE + size, 75 + size, size)
    line = [*chars_of("提出修改意见", LEFT, 80), mark, *chars_of("三十条。", LEFT + 6 * SIZE + size, 80)]
    assert lines(read(line + prose(PROSE, 140)))[0] == "提出修改意见①三十条。"


def test_an_entry_of_a_table_of_contents_ends_its_paragraph() -> None:
    entry = list(chars_of("三、下步打算" + "." * 38 + "3", LEFT, 80))
    year = list(chars_of("2023年，全市办理案件三百余件。", LEFT, 108))
    assert lines(read(entry + year + prose(PROSE, 140)))[1].startswith("2023年")


def test_a_table_goes_on_over_a_page_without_its_head_and_a_cut_cell_is_whole() -> None:
    rules = across(80, 500, 700, 730, 760, 790) + down(700, 790, *XS)
    more = across(80, 500, 80, 110, 140) + down(80, 140, *XS)
    rest = [("行政强制", "件", "63", "58"), ("行政检查", "次", "9", "8")]
    for head, bottom in ((False, 140), (True, 170)):
        rows = [CELLS[0], *rest] if head else rest
        grid = across(80, 500, *range(80, bottom + 1, 30)) + down(80, bottom, *XS)
        loaded = read((prose(PROSE, 200) + cells_of(CELLS, top=700), rules), (cells_of(rows, top=80), grid))
        assert [table.rows for table in loaded.tables] == [(*CELLS, *rest)]
        assert loaded.tables[0].place == f"page 1, 80-500 x 700-790; page 2, 80-500 x 80-{bottom}"
    form = [("（一）公开", "1", "2", "3"), ("（二）部分", "1", "2", "3"), ("（三）无", "1", "2", "3")]
    cut = [("法提供", "4", "5", "6"), ("（四）其他", "4", "5", "6")]
    loaded = read((cells_of(form, top=700), rules), (cells_of(cut, top=80), more))
    assert [row[0] for row in loaded.tables[0].rows] == [
        "（一）公开",
        "（二）部分",
        "（三）无法提供",
        "（三）无法提供",
        "（四）其他",
    ]


def test_two_tables_on_two_pages_with_text_between_stay_two() -> None:
    rules = across(80, 500, *YS) + down(200, 290, *XS)
    page = prose("一、总体情况", 80) + cells_of(CELLS)
    assert [len(table.rows) for table in read((page, rules), (page, rules)).tables] == [3, 3]


def test_running_titles_and_page_numbers_are_left_out_and_said_to_be() -> None:
    pages = [
        [*chars_of("某某市人民政府文件", 220, 40, 10), *prose(PROSE, 100), *chars_of(f"— {n} —", 270, 765, 12)]
        for n in (1, 2, 3)
    ]
    loaded = read(*pages)
    assert lines(loaded) == [PROSE] * 3
    assert loaded.notes[0].startswith("left out: 6 lines at the edges of pages")
    assert "某某市人民政府文件" in loaded.notes[0]
    year = read(prose(PROSE, 100) + list(chars_of("2023", 270, 400)))
    assert lines(year) == [PROSE, "2023"]


def test_footnotes_are_apart_and_a_small_table_of_contents_is_not() -> None:
    at = 27 * 2 - 2
    first = [char for char in prose(PROSE, 640) if char.top < 690]
    note = list(chars_of("① 数据来源：全市执法监督平台。", LEFT, 730, 9))
    loaded = read((first + note, across(80, 224, 722)), prose(PROSE[at:], 80, indent=0))
    assert lines(loaded) == [PROSE]
    assert loaded.notes == ("footnotes of page 1: ①数据来源：全市执法监督平台。",)
    small = read([char for n in range(12) for char in chars_of(f"第{n}项工作情况", LEFT, 400 + 20 * n, 10)])
    assert len(lines(small)) == 12


def test_every_character_is_in_the_text_in_a_cell_or_counted() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        n = chance.randrange(20, 200)
        chars = []
        for i in range(n):
            x, y, size = chance.uniform(0, 570), chance.uniform(0, 820), chance.choice([9, 12, 12, 16, 40])
            chars.append(Char(chr(0x4E00 + i), x, y, x + size, y + size, size, chance.choice([0, 0, 0, 0, 45, 90])))
        grid = [chance.uniform(50, 550) for _ in range(5)]
        rules = across(min(grid), max(grid), *(chance.uniform(50, 800) for _ in range(chance.randrange(8))))
        rules += down(chance.uniform(40, 300), chance.uniform(400, 800), *grid[: chance.randrange(6)])
        loaded = read((chars, rules))
        seen = set(loaded.text) | {char for table in loaded.tables for row in table.rows for cell in row for char in cell}
        counted = sum(int(found) for note in loaded.notes for found in re.findall(r"left out: (\d+) turned", note))
        told = set("".join(loaded.notes))
        lost = [char.text for char in chars if char.text not in seen and char.text not in told]
        assert len(lost) <= max(0, counted - 40), (seed, lost)


def test_many_rules_are_read_in_time() -> None:
    fine = across(50, 550, *(50 + 6 * n for n in range(120))) + down(50, 770, *(50 + 4 * n for n in range(120)))
    start = time.perf_counter()
    assert read((prose(PROSE, 100), fine)).tables  # each character in a cell of its own
    finer = across(0, 590, *(n / 100 for n in range(0, 80_000, 2))) + down(0, 800, *(n / 100 for n in range(0, 59_000, 2)))
    assert lines(read((prose(PROSE, 100), finer))) == [PROSE]
    assert time.perf_counter() - start < 10


# Files.

CSS = (
    "@page{{size:A4;margin:30mm 26mm}}@font-face{{font-family:R;src:url(data:font/otf;base64,{font})}}"
    "body{{font:16pt/28pt R;margin:0}}p{{margin:0;text-indent:2em;text-align:justify}}"
    "table{{border-collapse:collapse;width:100%;font-size:12pt;line-height:16pt}}td{{border:1px solid #000;padding:4px}}"
    ".three{{border-top:2px solid;border-bottom:2px solid}}.three td{{border:0}}"
    ".three tr:first-child td{{border-bottom:1px solid}}"
    ".open{{border-style:solid none;border-width:2px}}"
    ".open td:first-child{{border-left:0}}.open td:last-child{{border-right:0}}"
    ".mark{{position:fixed;top:40%;left:10%;transform:rotate(-45deg);font-size:40pt;color:#ddd;white-space:nowrap}}"
)
REPORT = [
    "某某市2023年法治政府建设年度报告",
    "现将有关情况报告如下。",
    "一、主要工作",
    PROSE,
    "（一）规范执法",
    PROSE,
    "二、存在的问题",
    PROSE,
]


def page_of(extra: str = "", table: str = "", style: str = "") -> str:
    ps = [f"<p>{line}</p>" for line in REPORT]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in CELLS)
    if table:
        ps.insert(4, f"<table class={table}>{rows}</table>")
    css = CSS.format(font=base64.b64encode(FONT.read_bytes()).decode()) + style
    return f"<html><meta charset=utf-8><style>{css}</style><body>{''.join(ps)}{extra}</body></html>"


PAGES = {
    "plain": page_of(),
    "closed": page_of(table="closed"),
    "open": page_of(table="open"),
    "three": page_of(table="three"),
    "watermark": page_of("<div class=mark>内部资料注意保存</div>"),
    "ragged": page_of(style="p{text-align:left}"),
    "flush": page_of(style="p{text-indent:0;margin:0 0 8pt}"),
    "landscape": page_of(style="@page{size:A4 landscape}"),
}


@pytest.fixture(scope="module")
def printed(chromium: str) -> dict[str, bytes]:
    """Each of the pages as Chromium prints it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = browser_of(driver, chromium)
        sheet = browser.new_page()
        files = {}
        for name, page in PAGES.items():
            sheet.set_content(page)
            sheet.evaluate("document.fonts.ready")
            files[name] = sheet.pdf(prefer_css_page_size=True)
        browser.close()
    return files


def test_a_printed_page_reads_as_its_report(printed: dict[str, bytes]) -> None:
    for name, data in printed.items():
        report = rk.read(data, name=name)
        assert report.text.splitlines() == REPORT, name
        assert [table.rows for table in report.tables] == ([CELLS] if name in ("closed", "open", "three") else []), name


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_as_an_upright_one(printed: dict[str, bytes], angle: int) -> None:
    from pypdf import PdfWriter

    for in_content in (False, True):
        writer = PdfWriter(clone_from=io.BytesIO(printed["open"]))
        for page in writer.pages:
            page.rotate(angle)
            if in_content:
                page.transfer_rotation_to_content()
        turned = io.BytesIO()
        writer.write(turned)
        report = rk.read(turned.getvalue())
        assert report.text.splitlines() == REPORT
        assert report.tables[0].rows == CELLS


def test_a_scan_says_how_many_pages_it_has() -> None:
    from PIL import Image

    for n, words in ((1, "has 1 page and no text: it is a scan"), (3, "has 3 pages and no text: it is a scan")):
        scan = io.BytesIO()
        pages = [Image.new("RGB", (30, 40), "white") for _ in range(n)]
        pages[0].save(scan, format="PDF", save_all=True, append_images=pages[1:])
        with pytest.raises(rk.LoadingError, match=words):
            rk.read(scan.getvalue())


TEXT = b"BT /F1 12 Tf 72 700 Td (Annual report of the county for 2023, with 120 cases closed.) Tj ET\n"
FONT_1 = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
CID = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1 1]/Ascent 1/Descent 0>>%s>>"
)
TYPE_0 = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(content), entries, content)


def pdf(contents: bytes, resources: bytes = b"", font: bytes = FONT_1, more: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page; ``more`` are objects from number 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % resources
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: page, 4: contents, 5: font}
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in (objects | (more or {})).items())
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R>>\n%%EOF"


def forms(draws: bytes, *, resources: bytes = b"/Resources<</XObject<</X0 10 0 R/X1 11 0 R/X2 12 0 R/X3 13 0 R>>>>") -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + resources
    more = {10 + n: stream((b"/X%d Do " % (n + 1)) * 10 if n < 3 else draws, entries) for n in range(4)}
    return pdf(stream(TEXT + b"/X0 Do " * 100), b"/XObject<</X0 10 0 R/X1 11 0 R/X2 12 0 R/X3 13 0 R>>", more=more)


def cmap(ranges: bytes) -> dict[int, bytes]:
    codes = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange " + ranges + b" endbfrange endcmap"
    return {6: CID % b"", 7: stream(codes)}


def bomb() -> bytes:
    return zlib.compress(b" " * 250_000_000, 9)


SHOW = stream(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET")
HOSTILE = {
    "forms that draw forms": (lambda: forms(TEXT), "draws forms more than 10,000 times"),
    "forms that share what they draw": (lambda: forms(TEXT, resources=b""), "draws forms more than 10,000 times"),
    "a form that draws itself": (lambda: forms(b"/X0 Do /X0 Do "), "draws forms more than 10,000 times, or without end"),
    "one form many times": (lambda: pdf(stream(b"/X0 Do " * 20_000), b"/XObject<</X0 10 0 R>>",
        more={10: stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}), "draws forms more than"),
    "packed as hexadecimal": (
        lambda: pdf(stream(bomb().hex().encode(), b"/Filter[/ASCIIHexDecode /FlateDecode]")), "would unpack"),
    "packed in base 85": (
        lambda: pdf(stream(base64.a85encode(bomb()) + b"~>", b"/Filter[/A85 /Fl]")), "would unpack"),
    "packed under another name": (
        lambda: pdf(stream(bomb().hex().encode(), b"/Filter 9 0 R"), more={9: b"[/ASCIIHex#44ecode/FlateDecode]"}), "unpack"),
    "run lengths": (lambda: pdf(stream(b"\x81 " * 1_700_000, b"/Filter/RunLengthDecode")), "would unpack"),
    "one stream many times": (
        lambda: pdf(b"[" + b"9 0 R " * 3000 + b"]", more={9: stream(TEXT * 1000)}), "would unpack"),
    "streams without an end": (lambda: pdf(stream(TEXT)) + b"\nstream\n\x78\x9c" * 200_000, ""),
    "objects without an end": (lambda: pdf(stream(TEXT)) + b"\n9 0 obj<<>>stream\n\x78\x01" * 50_000, "no end"),
    "one line of many pieces": (lambda: pdf(stream(b"BT /F1 12 Tf 99 700 Td " + b"(a) Tj " * 20_000 + b"ET")), "on one line"),
    "contents that name themselves": (lambda: pdf(b"[4 0 R 4 0 R]"), "scan"),
    "widths of all codes": (
        lambda: pdf(SHOW, font=TYPE_0, more=cmap(b"<0041> <0042> <0041>") | {6: CID % b"/W[0 99999999 500]"}), ""),
    "a range of all codes": (lambda: pdf(SHOW, font=TYPE_0, more=cmap(b"<00000000> <FFFFFFFF> <0041>")), ""),
    "a fax of any width": (
        lambda: pdf(stream(b"\0" * 99, b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000>>")), "scan"),
    "a pages tree of itself": (lambda: pdf(stream(TEXT)).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "damaged|scan"),
}  # fmt: skip


def outcome(data: bytes, name: str) -> str:
    """``"read"``, or the sentence of a refusal."""
    try:
        rk.read(data, name=name)
    except rk.LoadingError as error:
        return str(error)
    return "read"


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_pdf_is_read_or_refused_in_time(kind: str) -> None:
    make, say = HOSTILE[kind]
    data = make()
    start = time.perf_counter()
    told = outcome(data, "bad.pdf")
    assert re.search(say, told)
    assert told == "read" or told.startswith("bad.pdf: ")
    assert time.perf_counter() - start < 8


def test_forms_that_draw_forms_as_programs_do_are_read() -> None:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X0 11 0 R>>>>"
    more = {10: stream(b"/X0 Do " * 20, entries), 11: stream(TEXT, entries)}  # each has an X0 of its own name
    more[11] = more[11].replace(b"/XObject<</X0 11 0 R>>", b"")
    report = rk.read(pdf(stream(b"/X0 Do"), b"/XObject<</X0 10 0 R>>", more=more))
    assert report.text.count("120 cases") == 1  # one place, drawn over and over


def test_mutants_of_a_pdf_are_read_or_refused(printed: dict[str, bytes]) -> None:
    told: Counter[str] = Counter()
    for seed in range(200):
        data = mutated(printed["open" if seed % 2 else "watermark"], seed)
        start = time.perf_counter()
        told[outcome(data, "mutant")[:8]] += 1
        assert time.perf_counter() - start < 8, seed
    assert told["read"] > 50
    assert told["mutant: "] > 3
    assert set(told) == {"read", "mutant: "}
