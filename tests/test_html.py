"""Web pages as sites make them: the whole report, and nothing else of the page."""

from __future__ import annotations

import time
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

import reportkit as rk
from reportkit.loading import read_source

from .fixtures import html_of
from .mutations import html as html_mutations
from .mutations import txt as txt_mutations

TITLE = "某某县水务局2023年法治政府建设年度报告"
LINES = [
    "2023年，县水务局坚持依法治水，现将有关情况报告如下。",
    "一、主要工作",
    "（一）规范执法行为",
    "全年开展执法检查120次，立案查处水事案件15件，同比下降6.5%。",
    "（二）加强法治宣传",
    "组织“世界水日”宣传活动4场，发放宣传资料3600余份。",
    "二、存在问题",
    "基层执法力量不足，全县仅有执法人员9人。",
    "三、下一步打算",
    "2024年新增执法人员5人，推广“河湖长+检察长”机制。",
    "某某县水务局",
    "2024年1月18日",
]
PARAGRAPHS = "".join(f"<p>　　{line}</p>" for line in LINES)
MENU = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("首页", "政务公开", "办事服务", "互动交流")))
TOP = f"""<div class="top"><a href="#">无障碍阅读</a> <a href="#">长者模式</a></div><ul class="nav">{MENU}</ul>
<form action="/s"><input name="q"><button>搜索</button></form>"""
CRUMBS = (
    '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 年度报告</div>',
    '<p><a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 法治政府建设</p>',
    "<div><span>您现在的位置：</span><span>首页 » 信息公开 » 正文</span></div>",
)
RELATED = '<li><a href="/x1">全县水利工作会议召开</a></li><li><a href="/x2">我县推进节水型社会建设</a></li>'
AFTER = f"""<div class="ewm"><p>扫一扫在手机打开当前页</p></div>
<p>附件：<a href="/a.docx">1.水务局2023年报告.docx</a></p><p><a href="/b.pdf">2.统计表.pdf</a></p>
<p>【<a href="#">打印</a>】【<a href="#">关闭</a>】</p><div>分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="list"><h3>相关新闻</h3><ul>{RELATED}</ul></div>
<div class="pl"><h3>网友评论</h3><div><p>水务局的工作做得不错，河道比以前干净多了。</p><p>希望多搞宣传。</p></div></div>"""
FOOT = """<div class="bot"><p>主办：某某县人民政府办公室　承办：某某县大数据局</p>
<p>Copyright © 2024 版权所有 网站标识码：3700000000　ICP备12345678号　公安备37000000000001号</p>
<p>地址：某某县人民路1号　邮编：270000</p></div>"""
BLOCKS = {
    "table": """<table><tr><td>索引号：</td><td>0043/2024-00012</td><td>主题分类：</td><td></td></tr>
<tr><td>发布机构：</td><td>某某县水务局</td><td>成文日期：</td><td>2024-01-18</td></tr>
<tr><td>文　　号：</td><td>某水〔2024〕3号</td><td>有效性：</td><td>有效</td></tr></table>""",
    "bare table": """<table><tr><th>索引号</th><td>0043/2024-00012</td><th>公开方式</th><td>主动公开</td></tr>
<tr><th>发布机构</th><td>某某县水务局</td><th>成文日期</th><td>2024年1月18日</td></tr></table>""",
    "list": """<ul><li><b>索 引 号：</b>0043/2024-00012</li><li><b>发布机构：</b>某某县水务局</li>
<li><b>成文日期：</b>2024-01-18</li><li><b>主题词：</b></li></ul>""",
    "dl": """<dl><dt>索引号</dt><dd>0043/2024-00012</dd><dt>发文机关</dt><dd>某某县水务局</dd>
<dt>发布日期</dt><dd>2024-01-18</dd></dl>""",
    "line": "<div>发布日期：2024-01-18 09:30　来源：某某县水务局　浏览次数：<span>123</span>　字号：【大 中 小】</div>",
    "spans": "<p><span>发布时间：2024-01-18</span><span>信息来源：某某县水务局</span><span>【字体：大 中 小】</span></p>",
}
EDITORS = {
    "TRS": '<div class="article"><h1>{title}</h1>{block}<div class="view TRS_UEDITOR">{body}</div>{after}</div>',
    "zoom": '<div class="content"><h2>{title}</h2>{block}<div id="Zoom">{body}</div>{after}</div>',
    "UCAP": '<div><div class="t"><ucaptitle>{title}</ucaptitle></div>{block}<UCAPCONTENT>{body}</UCAPCONTENT>{after}</div>',
    "no name": "<div><div>{title}</div>{block}<div>{body}</div>{after}</div>",
    "form": '<form id="aspnetForm"><div><b>{title}</b></div>{block}<div>{body}</div>{after}</form>',
    "layout table": """<table><tr><td>{title}</td></tr><tr><td>{block}</td></tr><tr><td>{body}</td></tr>
<tr><td>{after}</td></tr></table>""",
    "article": "<main><article><header><h1>{title}</h1></header>{block}{body}</article>{after}</main>",
    "two halves": """<div class="box"><h1>{title}</h1>{block}<div class="s">{first}</div>
<div class="s">{second}</div>{after}</div>""",
}


def page_of(editor: str = "TRS", block: str = "line", crumbs: int = 0, body: str = PARAGRAPHS, head: str = "") -> bytes:
    half = PARAGRAPHS.index("<p>　　二、")
    shape = EDITORS[editor].format(
        title=TITLE, block=BLOCKS[block], body=body, after=AFTER, first=PARAGRAPHS[:half], second=PARAGRAPHS[half:]
    )
    top = TOP + CRUMBS[crumbs]
    start = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>页</title>{head}</head><body>'
    return f"{start}{top}{shape}{FOOT}</body></html>".encode()


def plain(body: str, head: str = "") -> bytes:
    return f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def lines_of(data: bytes) -> list[str]:
    return rk.read(data).text.split("\n")


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("block", BLOCKS)
def test_the_whole_report_is_read_and_nothing_else_of_the_page(editor: str, block: str) -> None:
    crumbs = (len(editor) + len(block)) % len(CRUMBS)
    assert lines_of(page_of(editor, block, crumbs)) == [TITLE, *LINES]


@pytest.mark.parametrize("block", BLOCKS)
def test_what_a_page_tells_of_its_report_is_kept_with_its_basis(block: str) -> None:
    source = read_source(page_of(block=block))
    told = {what: (value, basis) for what, value, basis in source.told}
    assert told["date"][0].startswith("2024")
    assert all(value and basis for value, basis in told.values())
    if "索" in BLOCKS[block]:
        assert told["issuer"] in (("某某县水务局", "the label 发布机构"), ("某某县水务局", "the label 发文机关"))
        assert told["index number"][0] == "0043/2024-00012"
        assert "the page says index number: 0043/2024-00012" in source.notes
    assert not source.tables


def test_a_newspaper_or_a_page_that_reposts_is_no_issuer() -> None:
    unsigned = "".join(f"<p>{line}</p>" for line in LINES[1:-2])

    def issuer(source: str, title: str) -> str:
        head = f'<meta name="ContentSource" content="{source}"><meta name="ArticleTitle" content="{title}">'
        return rk.read(plain(f"<div>{unsigned}</div>", head)).outline.issuer

    assert issuer("某某县水务局", "年度情况") == "某某县水务局"
    assert issuer("某某日报", "年度情况") == ""
    assert issuer("本网", "年度情况") == ""
    assert issuer("某某县水务局", "（转载）年度情况") == ""


HIDDEN = {
    "hidden": ("<p hidden>{}</p>", ""),
    "display": ('<div style="color:red; DISPLAY : none !important"><p>{}</p></div>', ""),
    "visibility": ('<p style="visibility:hidden">{}</p>', ""),
    "class": ('<p class="b draft">{}</p>', "<style>/* a */ .draft { display: none }</style>"),
    "id": ('<div id="old"><p>{}</p></div>', "<style>@media screen { #old { display:none } }</style>"),
    "descendant": ('<div class="tabs"><span class="no">{}</span></div>', "<style>div.tabs .no, h9 { display:none }</style>"),
    "mso": ('<p><span style="mso-hide:all">{}</span></p>', ""),
    "far": ('<p style="position:absolute;left:-9999px">{}</p>', ""),
    "indent": ('<p style="text-indent:-999em">{}</p>', ""),
    "opacity": ('<p style="opacity:0">{}</p>', ""),
    "template": ("<template><p>{}</p></template>", ""),
    "noscript": ("<noscript><p>{}</p></noscript>", ""),
    "comment": ("<!-- <p>{}</p> -->", ""),
    "aria": ('<ul aria-hidden="true"><li>{}</li></ul>', ""),
    "textarea": ("<textarea>{}</textarea>", ""),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_a_browser_does_not_show_is_not_read(way: str) -> None:
    shape, head = HIDDEN[way]
    body = PARAGRAPHS.replace("<p>　　二、", shape.format("草稿写明全年立案98件。") + "<p>　　二、")
    assert lines_of(plain(f"<div>{body}</div>", head)) == LINES


SHOWN = {
    "print": ('<p class="p">{}</p>', "<style>@media print { .p { display:none } }</style>"),
    "small screens": ('<p class="p">{}</p>', "<style>@media (max-width: 600px) { .p { display:none } }</style>"),
    "another class": ('<p class="pp">{}</p>', "<style>.p { display:none }</style>"),
    "shown again": ('<p class="p on">{}</p>', "<style>.p { display:none } .p.on { display:block }</style>"),
    "hover": ('<p class="p">{}</p>', "<style>.p:hover { display:none } .p[x] { display:none }</style>"),
    "placed": ('<p style="position:absolute; top:90px; left:20px">{}</p>', ""),
    "not turned": ('<p style="transform:translate(3px) rotate(0deg)">{}</p>', ""),
}


@pytest.mark.parametrize("way", SHOWN)
def test_what_only_looks_hidden_is_read(way: str) -> None:
    shape, head = SHOWN[way]
    words = "全年立案98件，办结97件。"
    body = PARAGRAPHS.replace("<p>　　二、", shape.format(words) + "<p>　　二、")
    assert lines_of(plain(f"<div>{body}</div>", head)) == [*LINES[:6], words, *LINES[6:]]


@pytest.mark.parametrize(
    "mark",
    [
        '<div style="position:fixed;top:40%">内部资料注意保存</div>',
        '<div style="position:absolute;transform:rotate(-30deg)">内部资料注意保存</div>',
        '<div class="w"><span>内部资料注意保存</span><span>内部资料注意保存</span></div>',
        '<div style="writing-mode:vertical-rl">内部资料注意保存</div>',
        '<div style="position:absolute;opacity:.1;pointer-events:none">内部资料注意保存</div>',
    ],
)
def test_a_watermark_is_told_and_not_read(mark: str) -> None:
    head = "<style>.w span { position:absolute; -webkit-transform: rotate(45deg) }</style>"
    source = read_source(plain(mark + PARAGRAPHS, head))
    assert source.text.split("\n")[:-1] == LINES
    assert any("内部资料注意保存" in note for note in source.notes)


def test_a_page_that_a_script_shows_is_read_with_a_note() -> None:
    whole = plain(PARAGRAPHS).replace(b"<body>", b'<body style="visibility:hidden">')
    assert lines_of(whole) == LINES
    source = read_source(plain(f'<div id="app" style="display:none">{PARAGRAPHS}</div>'))
    assert source.text.split("\n")[:-1] == LINES
    assert any("before its scripts have run" in note for note in source.notes)


def test_lines_are_broken_as_a_browser_breaks_them() -> None:
    body = (
        "<p>全年\n  办案<span>12</span>件，<b>办\n结</b>10件。<br>其中刑事3件。</p><pre>一行。\n二行。</pre>"
        "<p>面积5km<sup>2</sup>，<sup><a href='#f1'>1</a></sup>增长3<a href='#f2'><sup>2</sup></a>。</p>"
        "<div>甲。<span style='display:block'>乙。</span>丙。</div>"
    )
    want = ["全年办案12件，办结10件。", "其中刑事3件。", "一行。", "二行。", "面积5km2，[1]增长3[2]。", "甲。", "乙。", "丙。"]
    assert read_source(plain(body)).text.split("\n")[:-1] == want


def test_numbers_of_lists_are_read_as_they_are_shown() -> None:
    def numbers(attributes: str) -> str:
        items = "<li>规范执法行为，推进改革。</li><li value='4'>加强普法宣传，形成合力。</li>"
        return "".join(line[:3] for line in read_source(plain(f"<ol {attributes}>{items}</ol>")).text.split("\n"))

    assert numbers("") == "1.规4.加"
    assert numbers("style='list-style-type: cjk-ideographic'") == "一、规四、加"
    assert numbers("class='custom_cn2'") == "（一）（四）"
    assert numbers("type='A'") == "A.规D.加"
    assert numbers("start='3'") == "3.规4.加"
    assert numbers("style='list-style:none'") == "规范执加强普"
    assert numbers("start='²'") == "1.规4.加"


def test_data_tables_are_kept_with_merged_cells_and_captions() -> None:
    table = """<table><caption>{}</caption><tfoot><tr><td>合计</td><td>5</td><td>6</td></tr></tfoot>
<tr><th rowspan=2>类别</th><th colspan=2>件数</th></tr><tr><th>上年</th><th>本年</th></tr>
<tr><td>许可</td><td>2</td><td>3</td></tr><tr><td>处罚</td><td colspan=9>3</td></tr></table>"""
    body = f"<p>全年情况较好，详见下表。</p><p>表1 执法情况</p>{table.format('')}<p>完毕。</p>{table.format('收费')}"
    source = read_source(plain(body))
    assert source.tables[0].rows == (
        ("类别", "件数", "件数"), ("类别", "上年", "本年"), ("许可", "2", "3"), ("处罚", "3", "3"), ("合计", "5", "6"),
    )  # fmt: skip
    assert [table.caption for table in source.tables] == ["表1 执法情况", "收费"]
    assert [table.place for table in source.tables] == ["/html/body/table[1]", "/html/body/table[2]"]
    assert source.text == "全年情况较好，详见下表。\n表1 执法情况\n完毕。\n"
    assert source.place(0) == "/html/body/p[1]"


def test_a_table_in_a_table_stands_apart_and_in_its_cell() -> None:
    inner = "<table><tr><td>罚款</td><td>3</td></tr><tr><td>警告</td><td>4</td></tr></table>"
    rows = f"<tr><td>类别</td><td>情况</td></tr><tr><td>处罚</td><td>{inner}</td></tr><tr><td>许可</td><td>9</td></tr>"
    source = read_source(plain(f"<p>情况如下，共三类。</p><table>{rows}</table>"))
    assert source.tables[0].rows == (("类别", "情况"), ("处罚", "罚款 3 警告 4"), ("许可", "9"))
    assert source.tables[1].rows == (("罚款", "3"), ("警告", "4"))


def test_a_frame_around_a_report_is_opened_and_its_side_names_are_told() -> None:
    half = PARAGRAPHS.index("<p>　　二、")
    rows = f"<tr><td colspan=2><h1>{TITLE}</h1></td></tr><tr><td>工作情况</td><td>{PARAGRAPHS[:half]}</td></tr>"
    rows += f"<tr><td>其他情况</td><td>{PARAGRAPHS[half:]}</td></tr>"
    source = read_source(plain(f"<table border=1>{rows}</table>"))
    assert source.text.split("\n")[:-1] == [TITLE, *LINES]
    assert not source.tables
    assert source.notes == ("names at the side of a frame around text: “工作情况”, “其他情况”",)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "charset",
    ["iso-8859-1", "utf-8", "gb2312", "big5", "utf-16", "undefined", "punycode", "utf-7", "idna", "hex", "x" * 15, ""],
)
def test_a_page_may_be_wrong_about_its_charset(codec: str, charset: str) -> None:
    page = page_of().decode().replace('charset="utf-8"', f'charset="{charset}"' if charset else "")
    assert lines_of(page.encode(codec)) == [TITLE, *LINES]


def test_traditional_pages_in_big5_are_read() -> None:
    words = "本局依法執行公務，全年辦理案件三百件，較上年減少百分之五，人民滿意度進一步提高。"
    for charset in ("big5", "utf-8", "gb2312", "iso-8859-1"):
        page = plain(f"<p>{words}</p>").replace(b"utf-8", charset.encode()).decode().encode("big5hkscs")
        assert lines_of(page) == [words]


def test_a_page_of_mojibake_is_refused() -> None:
    garbled = "".join(f"<p>{line.encode().decode('gb18030', 'replace')}</p>" for line in LINES)
    for page in (plain(garbled), page_of(body=garbled)):
        with pytest.raises(rk.LoadingError, match=r"mojibake.*UTF-8 that was read as GB18030"):
            rk.read(page)


TEXT = "全年办理案件三件，群众满意。"
HOSTILE = {
    "50,000 paragraphs": "<p>办结三件。</p>" * 50_000,
    "100,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + TEXT,
    "endless names": ("<" + "a" * 4000) * 500,
    "a million places": "<table>" + "<tr><td colspan=100 rowspan=100>x</td></tr>" * 1000 + "</table>" + TEXT,
    "100,000 elements deep": "<div>" * 100_000 + TEXT,
    "tables deep": "<table><tr><td>a</td><td>" * 200 + TEXT,
    "a cell of a million characters": f"<table><tr><td>{TEXT * 80_000}</td><td>b</td></tr><tr><td>c<td>d</tr></table>",
    "open comments": "<!--" * 200_000 + TEXT,
    "open quotes": '<p a="' * 100_000 + TEXT,
    "open braces": "<style>" + "{" * 200_000 + "/*" * 100_000 + "</style>" + TEXT,
    "spaces": "<p>" + " " * 2_000_000 + TEXT,
    "tails": "<p>相关新闻</p>" * 10_000 + TEXT,
    "labels": "<p>索引号：</p><p>12</p>" * 10_000 + TEXT,
    "fixed": "<p style='position:fixed'>文字文字。</p>" * 10_000 + TEXT,
    "shares": "<div class=share>分享文字。</div>" * 10_000 + TEXT,
    "rules": "<style>" + "div p i .a { display:none }" * 5000 + "</style>" + "<div><p class=a>字。</p></div>" * 3000,
}


def text_or_reason(data: bytes, name: str) -> str:
    """The text of a file, or in one sentence why it is refused."""
    try:
        return read_source(data, name=name, limits=rk.Limits(seconds=20)).text
    except rk.LoadingError as error:
        return str(error)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_takes_linear_time(kind: str) -> None:
    start = time.perf_counter()
    told = text_or_reason(plain(HOSTILE[kind]), "页.html")
    assert TEXT in told or told.startswith(("页.html: ", "办结三件。", "字。"))
    assert time.perf_counter() - start < 30


def test_the_seconds_that_a_page_may_take_are_kept() -> None:
    start = time.perf_counter()
    with pytest.raises(rk.LoadingError, match=r"took more than 0\.2 s"):
        read_source(plain("<p>办结三件。</p>" * 200_000), limits=rk.Limits(seconds=0.2))
    assert time.perf_counter() - start < 10


def mhtml_of(page: bytes, charset: str, *, start: bool = False) -> bytes:
    message = MIMEMultipart("related", type="text/html")
    image = MIMEImage(b"\x89PNG\r\n\x1a\n", "png")
    text = MIMEText(page.decode(), "html", charset)
    text["Content-Location"] = "file:///C:/报告.htm"
    parts = [text, image]
    if start:
        frame = MIMEText("<html><p>另一页，不是报告。</p></html>", "html", "utf-8")
        text["Content-ID"] = "<main>"
        message.set_param("start", "<main>")
        parts = [frame, text, image]
    for part in parts:
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_words_that_are_struck_out_are_left_out(tag: str) -> None:
    body = f"<h1>某某局2023年工作报告</h1><p>完成造林<{tag}>33</{tag}>120亩，办理案件5件，群众满意率为98%。</p>"
    assert lines_of(plain(body))[1] == "完成造林120亩，办理案件5件，群众满意率为98%。"


def test_the_items_of_a_list_have_the_numbers_that_a_browser_shows() -> None:
    items = "<li>办理案件5件，群众满意率为98%，同比提高两个百分点。</li><li>开展检查30次，整改问题12个，罚款3万元。</li>"
    numbered = plain(f"<h1>某某局2023年工作报告</h1><ol>{items}</ol>")
    assert [line[:2] for line in lines_of(numbered)[1:]] == ["1.", "2."]
    plain_list = plain(f"<h1>某某局2023年工作报告</h1><ol>{items}</ol>", "<style>ol, ul {list-style: none}</style>")
    assert [line[:2] for line in lines_of(plain_list)[1:]] == ["办理", "开展"]
    typed = plain(f"<h1>某某局2023年工作报告</h1><ol><li>一、主要工作</li>{items}<li><b>二、</b>下一步打算</li></ol>")
    assert [section.title for section in rk.read(typed).outline.walk()] == ["主要工作", "下一步打算"]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
@pytest.mark.parametrize("start", [False, True])
def test_a_page_in_one_file_is_read_as_the_page(charset: str, start: bool) -> None:
    report = rk.read(mhtml_of(plain(PARAGRAPHS), charset, start=start), name="报告.doc")
    assert report.source.format == "mhtml"
    assert report.text.split("\n") == LINES


def test_an_mhtml_file_without_a_page_is_refused() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    whole = mhtml_of(plain(PARAGRAPHS), "utf-8")
    for data in (head, head + b"--x--", whole.replace(b"text/html", b"image/gif")):
        with pytest.raises(rk.LoadingError, match=r"^a.doc: this is an MHTML file without a page of text"):
            rk.read(data, "mhtml", name="a.doc")
    with pytest.raises(rk.LoadingError, match="more parts than are opened"):
        rk.read(head + b"--x\nContent-Type: multipart/mixed\n\n" * 50, "mhtml")


@pytest.mark.parametrize("fuzz", ["html", "txt"])
def test_mutated_files_are_read_or_refused_and_nothing_else(fuzz: str) -> None:
    good = {"html": html_of("\n".join(LINES)).encode(), "txt": "\n".join([TITLE, *LINES]).encode()}[fuzz]
    mutate = {"html": html_mutations.mutated, "txt": txt_mutations.mutated}[fuzz]
    told = {f"{fuzz}-{seed}": text_or_reason(mutate(good, seed), f"{fuzz}-{seed}") for seed in range(200)}
    refused = {name: words for name, words in told.items() if words.startswith(f"{name}: ")}
    assert all(told.values())
    assert len(refused) < 100
    assert not any("\n" in words for words in refused.values())
