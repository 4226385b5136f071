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
    "dl": """<dl><dt>索引号</dt><dd>0043/2024-00012</dd><dt>发文机关</dt><dd>某某县水务局</dd><dt>发布日期</dt><dd>2024-01-18</dd></dl>""",
    "line": "<div>发布日期：2024-01-18 09:30　来源：某某县水务局　浏览次数：<span>123</span>　字号：【大 中 小】</div>",
    "spans": "<p><span>发布时间：2024-01-18</span><span>信息来源：某某县水务局</span><span>【字体：大 中 小】</span></p>",
}
EDITORS = {
    "TRS": '<div class="article"><h1>{title}</h1>{block}<div class="view TRS_UEDITOR">{body}</div>{after}</div>',
    "zoom": '<div class="content"><h2>{title}</h2>{block}<div id="Zoom">{body}</div>{after}</div>',
    "UCAP": '<div><div class="t"><ucaptitle>{title}</ucaptitle></div>{block}<UCAPCONTENT>{body}</UCAPCONTENT>{after}</div>',
    "no name": "<div><div>{title}</div>{block}<div>{body}</div>{after}</div>",
    "form": '<form id="aspnetForm"><div><b>{title}</b></div>{block}<div>{body}</div>{after}</form>',
    "layout table": "<table><tr><td>{title}</td></tr><tr><td>{block}</td></tr><tr><td>{body}</td></tr><tr><td>{after}</td></tr></table>",
    "article": "<main><article><header><h1>{title}</h1></header>{block}{body}</article>{after}</main>",
    "two halves": '<div class="box"><h1>{title}</h1>{block}<div class="s">{first}</div><div class="s">{second}</div>{after}</div>',
}


def page_of(editor: str = "TRS", block: str = "line", crumbs: int = 0, body: str = PARAGRAPHS, head: str = "") -> bytes:
    half = PARAGRAPHS.index("<p>　　二、")
    shape = EDITORS[editor].format(
        title=TITLE, block=BLOCKS[block], body=body, after=AFTER, first=PARAGRAPHS[:half], second=PARAGRAPHS[half:]
    )
    top = TOP + CRUMBS[crumbs]
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>页</title>{head}</head><body>{top}{shape}{FOOT}</body></html>'.encode()


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
