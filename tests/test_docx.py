"""Word files as Word shows them: each kind with what looks alike and must stay."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest

import reportkit as rk
from reportkit.loading.docx import text_of_docx
from reportkit.loading.docx.number_formats import FORMATS, formatted
from reportkit.loading.limits import Limits
from reportkit.loading.loaded import Loaded
from reportkit.report import Report

from .mutations.docx import mutated
from .word import (
    abstract,
    box,
    cell,
    control,
    docx,
    flat,
    in_field,
    in_list,
    level,
    mark,
    num,
    override,
    para,
    row,
    run,
    style,
    table,
    toc_field,
    vml_box,
)

HAN = level(0, "chineseCountingThousand", "%1、", more='<w:suff w:val="nothing"/>')
PAREN = level(1, "chineseCountingThousand", "（%2）", more='<w:suff w:val="nothing"/>')
ARABIC = level(2, "decimal", "%3.")
HIDDEN = "<w:vanish/>"


def loaded(body: str, **more: object) -> Loaded:
    return text_of_docx(docx(body, **more), "报告.docx", Limits())


def lines(body: str, **more: object) -> list[str]:
    return loaded(body, **more).text.splitlines()


def rows(body: str, n: int = 0, **more: object) -> tuple[tuple[str, ...], ...]:
    return loaded(body, **more).tables[n].rows


def listed(*paragraphs: tuple[object, object], numbering: str) -> list[str]:
    """The numbers of paragraphs that are given as list and level."""
    body = "".join(para("甲", num=ident, level=at) for ident, at in paragraphs)
    return [line.removesuffix("甲") for line in lines(body, numbering=numbering)]


# -- numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "written"),
    {
        "decimal": "1 2 10 11 20 21 100 101 110 1000",
        "decimalZero": "01 02 10 11 20 21 100 101 110 1000",
        "decimalFullWidth": "１ ２ １０ １１ ２０ ２１ １００ １０１ １１０ １０００",
        "decimalEnclosedCircle": "① ② ⑩ ⑪ ⑳ 21 100 101 110 1000",
        "decimalEnclosedCircleChinese": "① ② ⑩ ⑪ ⑳ 21 100 101 110 1000",
        "decimalEnclosedParen": "⑴ ⑵ ⑽ ⑾ ⒇ 21 100 101 110 1000",
        "decimalEnclosedFullstop": "⒈ ⒉ ⒑ ⒒ ⒛ 21 100 101 110 1000",
        "upperRoman": "I II X XI XX XXI C CI CX M",
        "lowerRoman": "i ii x xi xx xxi c ci cx m",
        "chineseCounting": "一 二 十 十一 二十 二十一 一○○ 一○一 一一○ 一○○○",
        "chineseCountingThousand": "一 二 十 十一 二十 二十一 一百 一百〇一 一百一十 一千",
        "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹 壹佰壹拾 壹仟",
        "ideographLegalTraditional": "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 壹佰 壹佰零壹 壹佰壹拾 壹仟",
        "ideographDigital": "一 二 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇 一〇〇〇",
        "ideographTraditional": "甲 乙 癸 11 20 21 100 101 110 1000",
        "ideographZodiac": "子 丑 酉 戌 20 21 100 101 110 1000",
        "ideographZodiacTraditional": "甲子 乙丑 癸酉 甲戌 癸未 甲申 癸卯 甲辰 癸丑 癸卯",
        "ideographEnclosedCircle": "㈠ ㈡ ㈩ 11 20 21 100 101 110 1000",
        "taiwaneseCountingThousand": "一 二 十 十一 二十 二十一 一百 一百零一 一百一十 一千",
        "japaneseCounting": "一 二 十 十一 二十 二十一 百 百一 百十 千",
        "japaneseLegal": "壱 弐 壱拾 壱拾壱 弐拾 弐拾壱 壱百 壱百壱 壱百壱拾 壱阡",
        "upperLetter": "A B J K T U VVVV WWWW FFFFF " + "L" * 39,
        "ordinal": "1st 2nd 10th 11th 20th 21st 100th 101st 110th 1000th",
        "koreanCounting": "1 2 10 11 20 21 100 101 110 1000",
    }.items(),
)
def test_every_number_format_is_right_where_it_turns(form: str, written: str) -> None:
    numbers = (1, 2, 10, 11, 20, 21, 100, 101, 110, 1000)
    wanted = written.split()
    if form == "upperLetter":  # past thirty letters of a kind it writes digits
        wanted[-1] = "1000"
    assert [formatted(n, form) for n in numbers] == wanted


def test_no_number_of_any_format_is_empty_or_long() -> None:
    for form in FORMATS:
        for n in (0, 1, 9, 12, 99, 105, 999, 1010, 9999, 10_000, 10_001, 20_300, 32_767):
            assert 0 < len(formatted(n, form)) <= 40, (form, n)


def test_a_list_counts_by_paragraph_style_linked_style_and_based_on() -> None:
    numbering = abstract(0, HAN, PAREN, ARABIC) + num(1, 0)
    styles = (
        style("a1", "heading 1", paragraph=in_list(1))
        + style("a2", "heading 2", based_on="a1", paragraph='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + style("a3", "标题三", based_on="a2")
        + style("a4", "无号标题", based_on="a1", paragraph=in_list(0))
    )
    body = para("工作", style="a1") + para("执法", style="a2") + para("普法", style="a3") + para("说明", style="a4")
    body += para("问题", style="a1") + para("不足", num=1, level=2, style="a1") + para("附注", num=0, style="a1")
    numbered = ["一、工作", "（一）执法", "（二）普法", "说明", "二、问题", "1.不足", "附注"]
    assert lines(body, numbering=numbering, styles=styles) == numbered


def test_the_level_that_names_a_style_is_the_style_s() -> None:
    second = level(1, "decimal", "%2、", more='<w:pStyle w:val="h2"/><w:suff w:val="nothing"/>')
    numbering = abstract(0, HAN, second) + num(1, 0)
    styles = style("h1", "heading 1", paragraph=in_list(1)) + style("h2", "heading 2", paragraph=in_list(1))
    body = para("工作", style="h1") + para("执法", style="h2") + para("普法", style="h2")
    assert lines(body, numbering=numbering, styles=styles) == ["一、工作", "1、执法", "2、普法"]


def test_lists_of_one_abstract_list_go_on_and_a_start_override_begins_anew_once() -> None:
    shared = abstract(0, HAN, PAREN) + num(1, 0) + num(2, 0)
    assert listed((1, 0), (2, 0), (2, 1), (1, 0), (2, 1), numbering=shared) == ["一、", "二、", "（一）", "三、", "（一）"]
    anew = abstract(0, HAN) + num(1, 0) + num(2, 0, override(0, start=1)) + num(3, 0, override(0, start=5))
    assert listed((1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (1, 0), numbering=anew) == [f"{n}、" for n in "一二一二五六"]
    apart = abstract(0, HAN) + abstract(1, HAN) + num(1, 0) + num(2, 1)
    assert listed((1, 0), (2, 0), (1, 0), numbering=apart) == ["一、", "一、", "二、"]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = override(0, own=level(0, "decimal", "第%1章", more='<w:suff w:val="space"/>'))
    assert listed((1, 0), (2, 0), numbering=abstract(0, HAN) + num(1, 0) + num(2, 0, own)) == ["一、", "第2章 "]


def test_a_style_of_lists_lends_its_levels() -> None:
    numbering = abstract(0, more='<w:numStyleLink w:val="L"/>') + abstract(1, HAN, more='<w:styleLink w:val="L"/>')
    numbering += num(1, 0) + num(2, 1)
    assert listed((1, 0), (2, 0), (1, 0), numbering=numbering) == ["一、", "二、", "三、"]
    by_style = abstract(0, more='<w:numStyleLink w:val="L"/>') + abstract(1, HAN) + num(1, 0) + num(2, 1)
    styles = style("L", "公文编号", paragraph=in_list(2), kind="numbering")
    assert lines(para("甲", num=1), numbering=by_style, styles=styles) == ["一、甲"]


def test_levels_start_anew_as_they_say() -> None:
    plain = abstract(0, HAN, PAREN, ARABIC) + num(1, 0)
    walk = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert listed(*walk, numbering=plain) == ["一、", "（一）", "1.", "（二）", "1.", "二、", "1."]
    never = level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/><w:suff w:val="nothing"/>')
    assert listed((1, 0), (1, 1), (1, 0), (1, 1), numbering=abstract(0, HAN, never) + num(1, 0)) == ["一、", "1.", "二、", "2."]
    first = level(2, "decimal", "%3.", more='<w:lvlRestart w:val="1"/><w:suff w:val="nothing"/>')
    walk = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert listed(*walk, numbering=abstract(0, HAN, PAREN, first) + num(1, 0))[2::2] == ["1.", "2.", "1."]


def test_numbers_of_several_levels_and_of_legal_form() -> None:
    second = level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    third = level(2, "lowerLetter", "第%1部分第%2节（%3）", more='<w:suff w:val="nothing"/>')
    numbering = abstract(0, HAN, second, third) + num(1, 0)
    assert listed((1, 0), (1, 0), (1, 1), (1, 2), numbering=numbering) == ["一、", "二、", "2.1 ", "第二部分第1节（a）"]
    assert listed((1, 1), (1, 0), numbering=numbering) == ["1.1 ", "二、"]  # a level that was left out counts as begun


def test_what_a_number_is_followed_by_makes_no_other_number_of_it() -> None:
    bare = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%2.")) + num(1, 0)
    body = para("2023年工作", num=1, level=0) + para("5个中心", num=1, level=1) + para("　执法", num=1, level=1)
    assert lines(body, numbering=bare) == ["1 2023年工作", "1. 5个中心", "2.执法"]


def test_bullets_and_levels_without_number_write_none_and_empty_paragraphs_count() -> None:
    numbering = abstract(0, level(0, "bullet", "l"), level(1, "none", "%2、"), level(2, "none", "附")) + num(1, 0)
    assert listed((1, 0), (1, 1), (1, 2), numbering=numbering) == ["", "", "附 "]
    body = para("甲", num=1) + para(num=1) + para("丙", num=1)
    assert lines(body, numbering=abstract(0, HAN) + num(1, 0)) == ["一、甲", "三、丙"]


def test_a_custom_format_is_read_where_word_writes_it() -> None:
    form = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    choice = f'<mc:AlternateContent><mc:Choice Requires="w14">{form}</mc:Choice></mc:AlternateContent>'
    one = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{choice}<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    assert listed((1, 0), (1, 0), numbering=abstract(0, one) + num(1, 0)) == ["007、", "008、"]


def test_numbers_run_through_cells_text_boxes_and_frames_in_reading_order() -> None:
    numbering = abstract(0, level(0, "decimal", "%1", more='<w:suff w:val="nothing"/>')) + num(1, 0)
    auto = [cell(para(num=1, runs=run("项"))) for _ in range(2)]
    body = para("甲", num=1) + table(row(auto[0], "40"), row(auto[1], "52")) + para("乙", num=1, runs=box(para("丙", num=1)))
    assert lines(body, numbering=numbering) == ["1甲", "4乙", "5丙"]
    assert rows(body, numbering=numbering) == (("2项", "40"), ("3项", "52"))
    counted = table(row("序号", "事项"), row(cell(para(num=1)), "许可"), row(cell(para(num=1)), "处罚"))
    assert rows(counted, numbering=numbering) == (("序号", "事项"), ("1", "许可"), ("2", "处罚"))


REPORTS = {
    "orders": "某某区应急管理局\n2024年法治政府建设年度报告\n现将有关情况报告如下。\n一、主要工作\n（一）压实责任\n"
    "1.健全制度。全年印发文件12份，同比增长20%。\n2.加强培训。培训执法人员136人次。\n（二）规范执法\n"
    "1.日常检查。检查企业1203家次，整改率98.8%。\n二、存在问题\n执法力量不足，缺员3人。\n三、下一步打算\n（一）补齐短板\n计划新增5人。\n",
    "long": "某某市2023年政府信息公开工作年度报告\n"
    + "".join(f"{formatted(n, 'chineseCounting')}、第{n}项工作\n全年公开信息{n * 7}条。\n" for n in range(1, 13)),
}
NUMBERED = ((r"[一二三四五六七八九十]{1,3}、", HAN), (r"（[一二三四五六七八九十]{1,3}）", PAREN), (r"\d{1,2}\.(?!\d)", ARABIC))


def automatic(text: str, how: str) -> str:
    """The body of a report whose typed numbers are automatic ones: by ``paragraph``, by ``style``, or by ``both``."""
    body = []
    for line in text.splitlines():
        for at, (pattern, _) in enumerate(NUMBERED):
            if found := re.match(pattern, line):
                words = line[found.end() :]
                listed = {"paragraph": {"num": 1, "level": at}, "style": {"style": f"h{at}"}}
                body.append(para(words, **listed[how if how != "both" else ("paragraph", "style")[len(body) % 2]]))  # type: ignore[arg-type]
                break
        else:
            body.append(para(line))
    return "".join(body)


@pytest.mark.parametrize("report", ["seed", *REPORTS])
@pytest.mark.parametrize("how", ["paragraph", "style", "linked style", "both", "frame", "strict", "flat"])
def test_a_report_reads_the_same_however_its_numbers_get_into_it(report: str, how: str, seed: Report) -> None:
    text = seed.text if report == "seed" else REPORTS[report]
    levels = [form for _, form in NUMBERED]
    numbering = abstract(0, *levels) + num(1, 0)
    if how == "linked style":
        link, target = '<w:numStyleLink w:val="L"/>', '<w:styleLink w:val="L"/>'
        numbering = abstract(0, more=link) + abstract(1, *levels, more=target) + num(1, 0) + num(2, 1)
    styles = style("L", "公文", paragraph=in_list(2), kind="numbering")
    styles += "".join(style(f"h{at}", f"heading {at + 1}", paragraph=in_list(1, at)) for at in range(3))
    body = automatic(text, how if how in ("paragraph", "style", "both") else "style")
    if how == "frame":
        body = table(row(cell(body)))
    make = flat if how == "flat" else docx
    read = rk.read(make(body, numbering=numbering, styles=styles, strict=how == "strict"))
    assert read.text == text.strip()
    wanted = rk.parse(text)
    assert [(one.number, one.title) for one in read.outline.walk()] == [
        (one.number, one.title) for one in wanted.outline.walk()
    ]
    assert read.tables == ()


# -- what is hidden, deleted, left out -----------------------------------------------------------------------------------


def test_hidden_text_is_left_out_by_run_style_and_mark() -> None:
    styles = (
        style("h", "隐藏", run=HIDDEN) + style("hc", "隐字", run=HIDDEN, kind="character") + style("h2", "更隐", based_on="h")
    )
    shown = run("办案120件", '<w:vanish w:val="0"/>')
    body = para("办案", runs=run("98件", HIDDEN) + run("（初稿）", '<w:rStyle w:val="hc"/>') + run("120件。"))
    body += (
        para("草稿", style="h") + para("草稿二", style="h2") + para(style="h", runs=shown) + para("正文", more="<w:webHidden/>")
    )
    assert lines(body, styles=styles) == ["办案120件。", "办案120件正文"]  # the end of a hidden paragraph is hidden, too
    assert any("left out of the text: hidden text" in note for note in loaded(body, styles=styles).notes)


def test_a_hidden_end_runs_on_into_the_next_paragraph() -> None:
    body = para("（一）规范执法。", mark="<w:vanish/><w:specVanish/>") + para("办案3件。") + para("（二）普法。")
    assert lines(body) == ["（一）规范执法。办案3件。", "（二）普法。"]


def test_tracked_changes_read_as_accepted() -> None:
    deleted = f'<w:del w:id="1">{run("98", kind="delText")}</w:del>'
    moved = f"<w:moveFrom>{run('旧处')}</w:moveFrom>"
    body = para("办案", runs=deleted + f"<w:ins>{run('120')}</w:ins>" + run("件。") + moved)
    body += para("二、下一步", mark="<w:del/>") + para("工作打算") + para(mark="<w:del/>", runs=deleted) + para("三、完")
    body += f"<w:moveTo>{para('移来一段。')}</w:moveTo>"
    assert lines(body) == ["办案120件。", "二、下一步工作打算", "三、完", "移来一段。"]
    gone = table(row("甲", "1"), row("乙", "2", more="<w:del/>"), row("丙", "3"))
    assert rows(gone) == (("甲", "1"), ("丙", "3"))
    assert loaded(table(row("甲", "1", more="<w:del/>"))).tables == ()


def test_a_joined_paragraph_is_numbered_once() -> None:
    numbering = abstract(0, HAN) + num(1, 0)
    body = para("下一步", num=1, mark="<w:del/>") + para("打算", num=1) + para(mark="<w:del/>") + para("完", num=1)
    assert lines(body, numbering=numbering) == ["一、下一步打算", "二、完"]


TITLES = ("一、主要工作", "二、存在问题", "三、下一步打算")
REPORT = "".join(para(title) + para("全年办案120件。") for title in TITLES)
READ = [line for title in TITLES for line in (title, "全年办案120件。")]


@pytest.mark.parametrize(
    "contents",
    [
        para("目　录", style="x0") + "".join(para(f"{title}\t{n}", style="x1") for n, title in enumerate(TITLES, 1)),
        control(para("目录") + "".join(para(title) for title in TITLES), "Table of Contents"),
        para("目录") + toc_field(*(f"{title}\t{n}" for n, title in enumerate(TITLES, 1))),
        toc_field(*TITLES),
        para("目录") + "".join(para(f"{title}          {n}") for n, title in enumerate(TITLES, 1)),
        para(
            runs="<w:br/>".join(run(f"{title}……{n}") for n, title in enumerate(TITLES, 1)).replace(
                "<w:br/>", "<w:r><w:br/></w:r>"
            )
        ),
        "".join(para(f"{title[2:]}……{n}") for n, title in enumerate(TITLES, 1)),
        para("目  录") + "".join(para(f"{title}……………{n}") for n, title in enumerate(TITLES, 1)),
        "".join(para(f"{title}............ - {n} -") for n, title in enumerate(TITLES, 1)),
        "".join(para(runs=run(title) + "<w:r><w:tab/></w:r>" + run(str(n))) for n, title in enumerate(TITLES, 1)),
        "".join(para(runs=run(t) + "<w:r><w:tab/></w:r>" + in_field("PAGEREF _Toc1", run("1"))) for t in TITLES),
    ],
    ids=[
        "style",
        "gallery",
        "field",
        "field without numbers",
        "spaces",
        "one paragraph",
        "titles alone",
        "dots",
        "stops",
        "tab",
        "page references",
    ],
)
def test_a_table_of_contents_is_left_out_and_said(contents: str) -> None:
    styles = style("x0", "TOC Heading") + style("x1", "toc 1") + style("TOC1", "正文一")
    got = loaded(contents + REPORT, styles=styles)
    assert got.text.splitlines() == READ
    assert any("lines of a table of contents" in note for note in got.notes)


def test_what_looks_like_contents_stays() -> None:
    figures = ["行政许可\t40", "行政处罚\t52", "行政强制\t7"]
    assert lines("".join(para(words) for words in figures)) == figures
    rising = ["行政许可\t4", "行政处罚\t5"]
    told = ["行政许可共办理4件。", "行政处罚共办理5件。"]
    assert lines("".join(para(words) for words in rising + told)) == rising + told
    styles = style("TOC1", "正文一")  # its id only looks so
    assert lines(para("办案3件。", style="TOC1"), styles=styles) == ["办案3件。"]
    assert lines(para("目录") + para("办案……3")) == ["目录", "办案……3"]
    assert lines(REPORT) == READ


def test_fields_show_their_result_and_never_swallow_text() -> None:
    inner = (
        mark("begin") + run("IF ", kind="instrText") + in_field("PAGE", run("7")) + mark("separate") + run("真") + mark("end")
    )
    body = para("见第", runs=in_field("REF _Ref1 \\h", run("三")) + run("章，") + inner)
    body += para("共", runs='<w:fldSimple w:instr="NUMPAGES">' + run("9") + "</w:fldSimple>" + run("页"))
    body += para("索引", runs=mark("begin") + run('XE "隐"', kind="instrText") + mark("end") + run("后"))
    assert lines(body) == ["见第三章，真", "共9页", "索引后"]
    assert lines(para("前", runs=mark("end") * 3 + mark("separate") + run("后"))) == ["前后"]
    open_field = para("前", runs=mark("begin") + run("PAGE", kind="instrText")) + para("后面的话。")
    assert lines(open_field) == ["前", "后面的话。"]


def test_text_after_a_comment_symbols_and_breaks_are_kept() -> None:
    body = "<w:p><w:r><w:t>全年<!-- x -->办案120件</w:t><w:noBreakHyphen/><w:t>结</w:t></w:r></w:p>"
    body += para(runs='<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:sym w:font="无" w:char="F0FE"/></w:r>')
    body += para(runs="<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>")
    body += para(runs=f"<w:smartTag>{run('丙')}</w:smartTag>{control(run('丁'))}<w:hyperlink>{run('戊')}</w:hyperlink>")
    body += "<w:p><w:r><w:t>\n  缩进的XML，\n  两行 </w:t></w:r>" + run(" 3") + "</w:p>"
    body += para("某", more='<w:framePr w:dropCap="drop"/>') + para("某市办案3件。")
    ruby = f"<w:r><w:ruby><w:rt>{run('han')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>"
    body += para(runs=ruby + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    assert lines(body) == ["全年办案120件-结", "☑是", "甲", "乙", "丙丁戊", "缩进的XML， 两行 3", "某某市办案3件。", "汉x=1"]


# -- text boxes, notes, inserted files -----------------------------------------------------------------------------------


def test_text_boxes_follow_their_paragraph_once_and_from_top_to_bottom() -> None:
    lower, upper = box(para("下"), y=900), box(para("上"), para("上二"), y=100)
    body = para("前", runs=lower + upper) + para(runs=vml_box(para("旧框"))) + para("后")
    assert lines(body) == ["前", "上", "上二", "下", "旧框", "后"]
    inside = table(row(cell(para("项", runs=box(para("框")))), "3"), row("乙", "4"))
    assert rows(inside)[0] == ("项\n框", "3")
    hidden = para("前", runs=box(para("框")).replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>", 1))
    assert lines(hidden) == ["前"]


def test_notes_stand_apart_with_their_mark() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}">{para(words)}</w:footnote>' for n, words in ((0, ""), (2, "不含区县。"), (3, "口径调整。"))
    )
    end = f'<w:endnote w:id="5">{para("来源：统计年鉴。")}</w:endnote>'
    plain, own = '<w:r><w:footnoteReference w:id="3"/></w:r>', '<w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
    body = para("办案120件", runs=f"<w:r>{own}<w:t>＊</w:t></w:r>" + run("，罚款3万元") + plain + run("。"))
    body += para("完", runs='<w:r><w:endnoteReference w:id="5"/></w:r>')
    got = loaded(body, notes=notes, endnotes=end)
    assert got.text.splitlines() == ["办案120件，罚款3万元。", "完"]
    assert [one.rows for one in got.tables] == [
        (("＊", "不含区县。", "paragraph 1"), ("1", "口径调整。", "paragraph 1")),
        (("i", "来源：统计年鉴。", "paragraph 2"),),
    ]
    assert [one.caption for one in got.tables] == ["Footnotes", "Endnotes"]
    assert "kept apart from the text, in a table: footnotes (2)" in got.notes


def test_inserted_files_are_read_or_said() -> None:
    page = "<html><head><title>x</title></head><body><p>网页<b>一段</b></p><div>二<br>三</div><script>坏()</script>"
    page += "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td></tr></table></body></html>"
    files = {"word/a.html": page.encode(), "word/b.txt": "纯文本。\n两行。".encode(), "word/c.rtf": b"{\\rtf1 x}"}
    chunks = "".join(f'<w:altChunk r:id="rIdA{n}"/>' for n in (0, 1, 2, 9, 0))
    got = loaded(para("前") + chunks + para("后"), inserted=files)
    assert got.text.splitlines() == ["前", "网页一段", "二", "三", "纯文本。", "两行。", "后"]
    assert got.tables[0].rows == (("甲", "1"), ("乙", ""))
    assert any("inserted files" in note and note.endswith("(3)") for note in got.notes)


def test_an_inserted_word_file_is_read_but_none_inside_it() -> None:
    inner = docx(para("内中工作", num=1) + '<w:altChunk r:id="rIdA0"/>', numbering=abstract(0, HAN) + num(1, 0))
    middle = docx(
        para("工作", num=1) + table(row("甲", "1"), row("乙", "2")) + '<w:altChunk r:id="rIdA0"/>',
        numbering=abstract(0, HAN) + num(1, 0),
        inserted={"word/b.docx": inner},
    )
    got = loaded(para("前") + '<w:altChunk r:id="rIdA0"/>', inserted={"word/a.docx": middle})
    assert got.text.splitlines() == ["前", "一、工作"]
    assert got.tables[0].place == "inserted file after paragraph 1"
    assert any("inserted files" in note for note in got.notes)


# -- tables --------------------------------------------------------------------------------------------------------------


def test_cells_stand_in_their_columns() -> None:
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("类别", more=start), cell("件数", more=span)),
        row(cell("", more=on), "上年", "本年"),
        row("合计", more='<w:gridAfter w:val="2"/>'),
        row("40", "41", more='<w:gridBefore w:val="1"/>'),
        control(row(control(cell("刑事")), cell(control(para("80"))), "95")),
        row(cell("横", more='<w:hMerge w:val="restart"/>'), cell("", more='<w:hMerge w:val="continue"/>'), "3"),
    )
    assert rows(body) == (
        ("类别", "件数", "件数"),
        ("类别", "上年", "本年"),
        ("合计", "", ""),
        ("", "40", "41"),
        ("刑事", "80", "95"),
        ("横", "横", "3"),
    )


def test_a_nested_table_stands_apart_and_the_caption_is_the_line_above() -> None:
    inner = table(row("罚款", "12"), row("警告", "7"))
    got = loaded(para("表1 执法情况") + table(row("类别", "明细"), row("处罚", cell("其中：", inner, "完")), row("许可", "33")))
    assert [one.rows for one in got.tables] == [
        (("类别", "明细"), ("处罚", "其中：\n完"), ("许可", "33")),
        (("罚款", "12"), ("警告", "7")),
    ]
    assert [one.caption for one in got.tables] == ["表1 执法情况", "其中："]
    assert [one.place for one in got.tables] == ["after paragraph 1", "after paragraph 1, in row 2"]


LONG = "全年共检查企业一百二十家次，发现问题隐患86处，整改完成85处，整改率98.8%，并组织开展专项整治行动12次。"


@pytest.mark.parametrize(
    "frame",
    [
        table(row(cell(*READ))),
        table(row(cell(table(row(cell(*READ)))))),
        table(row("", cell(*READ), "")),
        table(row(cell(*READ[:4])), row(cell(*READ[4:]))),
        table(row(cell(*READ[:4]), cell(*READ[4:], LONG))),
        table(row("政务公开", cell(*READ, LONG))),
        control(table(control(row(control(cell(*READ)))))),
    ],
    ids=["one cell", "two frames", "margins", "a column", "two columns", "a menu", "controls"],
)
def test_a_frame_around_a_report_is_opened(frame: str) -> None:
    got = loaded(para("前言。") + frame)
    assert [line for line in got.text.splitlines() if line not in ("前言。", "政务公开", LONG)] == READ
    assert got.tables == ()


def test_a_table_inside_a_frame_is_a_table() -> None:
    inner = table(row("类别", "件数"), row("许可", "40"))
    got = loaded(table(row(cell("一、工作", "表1 情况", inner, "二、问题"))))
    assert got.text.splitlines() == ["一、工作", "表1 情况", "二、问题"]
    assert [(one.rows, one.caption) for one in got.tables] == [((("类别", "件数"), ("许可", "40")), "表1 情况")]


def test_a_form_with_long_cells_stays_a_table() -> None:
    form = table(row("项目", "内容"), row("做法", cell(LONG, LONG)), row("成效", cell(LONG, "好。")), row("联系人", "张三"))
    assert len(rows(form)) == 4
    short = table(row("办公室"), row("法制科"), row("监察科"))
    assert rows(short) == (("办公室",), ("法制科",), ("监察科",))


# -- packages ------------------------------------------------------------------------------------------------------------


def test_any_package_of_word_is_read() -> None:
    numbering = abstract(0, HAN) + num(1, 0)
    body = para("工作", num=1) + para("办案3件。")
    wanted = ["一、工作", "办案3件。"]
    for main in ("word/document.xml", "word/document2.xml", "body.xml", "文档/正文.xml"):
        assert lines(body, numbering=numbering, main=main) == wanted
    assert lines(body, numbering=numbering, strict=True) == wanted
    assert text_of_docx(flat(body, numbering=numbering), "x", Limits()).text.splitlines() == wanted
    assert rk.read(flat(body, numbering=numbering)).source.format == "docx"


def test_word_2003_xml_is_read_with_the_numbers_that_stand_in_it() -> None:
    number = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr>'
    base = "http://schemas.microsoft.com/office/word/2003"
    spaces = f'xmlns:w="{base}/wordml" xmlns:wx="{base}/auxHint"'
    body = f"<wx:sect>{para('工作', more=number)}{para('办案3件。')}{table(row('甲', '1'), row('乙', '2'))}</wx:sect>"
    data = f'<?xml version="1.0"?><w:wordDocument {spaces}><w:body>{body}</w:body></w:wordDocument>'.encode()
    report = rk.read(data)
    assert (report.source.format, report.text) == ("docx", "一、工作\n办案3件。")
    assert report.tables[0].rows == (("甲", "1"), ("乙", "2"))


def test_a_package_without_relations_is_read_by_its_usual_names() -> None:
    stream = io.BytesIO()
    data = docx(para("工作", num=1), numbering=abstract(0, HAN) + num(1, 0))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            if not part.endswith(".rels"):
                new.writestr(part, old.read(part))
    assert text_of_docx(stream.getvalue(), "x", Limits()).text == "一、工作\n"


# -- hostile files -------------------------------------------------------------------------------------------------------

HOSTILE = ("9" * 5000, "²", "-1", "x", "", "2.0", "30000000", "1e9", " 3 ", "٣", "0x10", "NaN", "99999999999999999999")


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_number_is_only_data(said: str) -> None:
    numbering = abstract(0, level(0, "decimal", "%1、", start=said)) + num(1, 0) + num(2, 0, override(0, start=said))
    numbering += abstract(said, HAN) + num(said, said) + abstract(4, level(said, "decimal", "%1")) + num(4, 4)
    body = (
        para("甲。", num=1, level=said) + para("乙。", num=2, level=0) + para("丙。", num=said, level=1) + para("丁。", num=4)
    )
    spans = "".join(f'<w:{name} w:val="{said}"/>' for name in ("gridSpan", "vMerge", "hMerge"))
    around = f'<w:gridBefore w:val="{said}"/><w:gridAfter w:val="{said}"/>'
    body += table(row("类别", cell("件数", more=spans)), row("许可", "40", more=around))
    got = loaded(body, numbering=numbering)
    assert [line[-2:] for line in got.text.splitlines()] == ["甲。", "乙。", "丙。", "丁。"]
    assert len(got.text) < 100
    assert {"类别", "许可", "40"} <= {text for one in got.tables[0].rows for text in one}


def test_a_file_without_a_body_is_refused_in_one_sentence() -> None:
    bad = docx("").replace(b"", b"")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    for data, say in ((stream.getvalue(), "it has no body"), (bad[:300], "is damaged")):
        with pytest.raises(rk.LoadingError, match=say) as caught:
            text_of_docx(data, "报告.docx", Limits())
        assert str(caught.value).startswith("报告.docx: ")
        assert "\n" not in str(caught.value)


def _wide() -> str:
    wide = row(*(cell("甲", more='<w:gridSpan w:val="100"/>') for _ in range(3000)))
    return table(wide, *(row("乙", "1") for _ in range(3000)))


def _chain() -> str:
    return "".join(style(f"s{n}", f"样式{n}", based_on=f"s{(n + 1) % 20_000}", run="") for n in range(20_000))


LARGE: dict[str, tuple[Callable[[], str], dict[str, str]]] = {
    "a wide row above short ones": (_wide, {}),
    "pages of empty paragraphs": (lambda: "<w:p/>" * 100_000 + para("末。"), {}),
    "a number of 200,000 places": (
        lambda: "".join(para("甲", num=1) for _ in range(2000)),
        {"numbering": abstract(0, level(0, "decimal", "%1" * 200_000, start=30_000)) + num(1, 0)},
    ),
    "100,000 lists": (
        lambda: "".join(para("甲", num=n) for n in range(1, 3000)),
        {"numbering": abstract(0, HAN) + "".join(num(n, 0) for n in range(100_000))},
    ),
    "styles in a circle": (lambda: "".join(para("甲", style=f"s{n}") for n in range(2000)), {"styles": _chain()}),
    "deleted ends": (lambda: "".join(para(" ", mark="<w:del/>") for _ in range(20_000)) + para("末。"), {}),
    "fields in fields": (lambda: para("甲", runs=mark("begin") * 20_000 + mark("separate") * 9 + mark("end") * 20_000), {}),
    "open fields": (lambda: "".join(para("甲", runs=mark("begin") + run("TOC", kind="instrText")) for _ in range(5000)), {}),
    "a line of contents": (lambda: "".join(para(f"题{n}\t{n % 999}") for n in range(20_000)), {}),
    "controls in controls": (lambda: "<w:sdt><w:sdtContent>" * 100 + para("甲") + "</w:sdtContent></w:sdt>" * 100, {}),
    "tables in tables": (lambda: "<w:tbl><w:tr><w:tc>" * 80 + para("甲") + "</w:tc></w:tr></w:tbl>" * 80 + para("乙"), {}),
    "boxes in boxes": (
        lambda: (
            "<w:p><w:r><w:pict><w:txbxContent>" * 60 + para("甲") + "</w:txbxContent></w:pict></w:r></w:p>" * 60 + para("乙")
        ),
        {},
    ),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_large_or_deep_file_is_read_in_linear_time(kind: str) -> None:
    make, more = LARGE[kind]
    data = docx(make(), **more)
    start = time.perf_counter()
    got = text_of_docx(data, "x", Limits(ratio=100_000))
    assert time.perf_counter() - start < 15
    assert got.text.strip() or got.notes
    assert len(got.text) < 1_000_000


def rich() -> bytes:
    """A file with something of every kind in it."""
    numbering = abstract(0, HAN, PAREN, ARABIC) + abstract(1, more='<w:numStyleLink w:val="L"/>')
    numbering += abstract(2, HAN, more='<w:styleLink w:val="L"/>') + num(1, 0) + num(2, 1, override(0, start=2)) + num(3, 2)
    styles = style("h1", "heading 1", paragraph=in_list(1)) + style("h2", "heading 2", based_on="h1", paragraph=in_list(1, 1))
    styles += style("x1", "toc 1") + style("hc", "隐字", run=HIDDEN, kind="character")
    body = para("某某市2023年法治政府建设报告") + toc_field("一、工作\t1", "二、问题\t2") + para("工作", style="h1")
    body += para("执法", style="h2", runs=run("初稿", '<w:rStyle w:val="hc"/>') + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    body += para("办案", runs=f"<w:ins>{run('120件')}</w:ins><w:del>{run('98件', kind='delText')}</w:del>") + para(
        "打算", num=2
    )
    body += para("见第", runs=in_field("REF a", run("三")) + box(para("框内一段。"), para("二", num=1))) + control(
        para("控件。")
    )
    merged = cell("项目", more='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
    inner = table(row("罚款", "12"), row("警告", "7"))
    body += table(row(merged, "件数"), row("甲", cell(inner), "3", more='<w:gridBefore w:val="1"/>')) + table(row(cell(*READ)))
    body += '<w:altChunk r:id="rIdA0"/>' + para("结束。", mark="<w:del/>") + para("真的。")
    notes = f'<w:footnote w:id="2">{para("不含区县。")}</w:footnote>'
    page = "<html><p>网页一段</p></html>".encode()
    return docx(body, numbering=numbering, styles=styles, notes=notes, inserted={"word/a.html": page})


def test_mutants_are_read_or_refused_and_nothing_else() -> None:
    data = rich()
    assert "一、工作" in text_of_docx(data, "x", Limits()).text
    assert mutated(data, 7) == mutated(data, 7)
    n_read, refused = 0, []
    for seed in range(200):
        try:
            got = text_of_docx(mutated(data, seed), f"mutant {seed}", Limits(seconds=10))
            assert all(len({len(cells) for cells in one.rows}) == 1 for one in got.tables)
            n_read += 1
        except rk.LoadingError as error:
            refused.append(str(error))
    assert all("\n" not in message and message.startswith("mutant ") for message in refused)
    assert n_read > 100
    assert len(refused) > 3


def test_styles_of_lists_in_a_circle_end() -> None:
    link = '<w:numStyleLink w:val="{}"/>'
    numbering = abstract(0, more=link.format("A")) + abstract(1, more=link.format("B")) + num(1, 0) + num(2, 1)
    styles = style("A", "甲", paragraph=in_list(2), kind="numbering") + style("B", "乙", paragraph=in_list(1), kind="numbering")
    assert lines(para("甲", num=1), numbering=numbering, styles=styles) == ["甲"]


def test_time_is_watched() -> None:
    with pytest.raises(rk.LoadingError, match="took more than 0 s"):
        text_of_docx(docx("<w:p/>" * 10), "x", Limits(seconds=0))


def test_a_heading_that_is_broken_over_two_lines_is_one() -> None:
    broken = run("二、问题") + "<w:r><w:br/></w:r>" + run("和不足")
    address = run("一、地址") + "<w:r><w:br/></w:r>" + run("二、电话")
    texts = [rk.read(docx(para(runs=runs) + para("人员不足。"))).text.split("\n") for runs in (broken, address)]
    assert texts == [["二、问题和不足", "人员不足。"], ["一、地址", "二、电话", "人员不足。"]]
