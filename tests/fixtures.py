"""One text in every format: the files that the loading tests read, written by the libraries that people use.

``python -m tests.fixtures`` writes the samples of ``seeds/formats/`` anew (it needs Chromium for the PDF).
"""

from __future__ import annotations

import io
import shutil
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .ofd_files import report_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FONT = Path(__file__).parent.parent / "reportkit" / "fonts" / "ReportkitSansSC-Regular.otf"
LAYOUTS = ("plain", "headers", "columns")


def docx_of(text: str) -> bytes:
    """A Word file with a paragraph a line, all of style Normal, as real ones are."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某某市人民政府</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-01-15 09:30">
<meta name="ContentSource" content="某某市公安局"><script>var hits = 1;</script><style>p {{ color: #333 }}</style></head><body>
<div class="header"><ul class="nav">{menu}</ul><form><input placeholder="请输入关键字"><button>搜索</button></form></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 正文</div>
<div class="article"><h1>{title}</h1><div class="info">发布日期：2024-01-15 09:30　来源：某某市公安局　浏览次数：123
字号：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div>{body}
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="attach">附件：<a href="/a.pdf">报告.pdf</a></div></div>
<div class="footer"><p>主办：某某市人民政府办公室　网站标识码：3700000000</p>
<p>ICP备12345678号　公安备案37080000000001号</p></div></body></html>"""


def html_of(text: str, *, body: str = "paragraphs") -> str:
    """A page of a government site: menu, search, share bar, the report, attachments, footer.

    ``body``: the report in ``paragraphs``, as one block with line ``breaks``, in a ``table`` that only lays it out, in the
    ``spans`` that a text processor leaves, or with ``headings``.
    """
    lines = [escape(line) for line in text.splitlines() if line.strip()]
    bodies = {
        "paragraphs": '<div class="TRS_Editor">' + "".join(f"<p>　　{line}</p>" for line in lines) + "</div>",
        "breaks": '<div id="zoom">' + "<br><br>".join(f"&emsp;&emsp;{line}" for line in lines) + "</div>",
        "spans": "".join(f"<p class='MsoNormal'>&nbsp;&nbsp;{_spans(line)}</p>" for line in lines),
        "headings": "".join(f"<h2>{line}</h2>" if len(line) < 30 else f"<p>{line}</p>" for line in lines),
        "table": "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in lines) + "</td></tr></table>",
    }
    words = ("首页", "政务公开", "办事服务", "互动交流", "数据开放")
    menu = "".join(f'<li><a href="/{n}.html">{word}</a></li>' for n, word in enumerate(words))
    return PAGE.format(title="".join(lines[:2]), menu=menu, body=bodies[body])


def _spans(line: str) -> str:
    return "".join(
        f'<span style="font-size:16pt"><font face="仿宋">{line[i : i + 7]}</font></span>' for i in range(0, len(line), 7)
    )


def browser_of(driver: Playwright, chromium: str) -> Browser:
    """A browser that asks for nothing by itself."""
    quiet = ["background-networking", "component-update", "sync"]
    arguments = ["--no-sandbox", "--disable-gpu", *(f"--disable-{what}" for what in quiet)]
    return driver.chromium.launch(executable_path=chromium, headless=True, args=arguments)


def pdf_of(text: str, layout: str, chromium: str) -> bytes:
    """A PDF as a browser prints it: ``plain``, with running ``headers`` and page numbers, or in two ``columns``."""
    from playwright.sync_api import sync_playwright

    lines = [line for line in text.splitlines() if line.strip()]
    columns = (
        "column-count: 2; column-gap: 12mm; column-fill: auto; font-size: 12pt;" if layout == "columns" else "font-size: 12pt;"
    )
    font = b64encode(FONT.read_bytes()).decode()
    style = (
        f"@font-face {{ font-family: R; src: url(data:font/otf;base64,{font}) }}"
        f"div {{ font-family: R; line-height: 1.7; {columns} }}"
        "p { margin: 0; text-indent: 2em; text-align: justify; word-break: break-all; line-break: anywhere }"
    )
    page = f"<meta charset=utf-8><style>{style}</style><div>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>"
    header = '<div style="font-size:9px;width:100%;text-align:center">JZ 2023 - internal</div>'
    footer = '<div style="font-size:9px;width:100%;text-align:center">- <span class="pageNumber"></span> -</div>'
    options = (
        {"display_header_footer": True, "header_template": header, "footer_template": footer} if layout == "headers" else {}
    )
    with sync_playwright() as driver:
        browser = browser_of(driver, chromium)
        sheet = browser.new_page()
        sheet.set_content(page)
        sheet.evaluate("document.fonts.ready")
        data = sheet.pdf(format="A4", margin={"top": "22mm", "bottom": "20mm", "left": "24mm", "right": "24mm"}, **options)
        browser.close()
    return data


SAMPLE = """某某市公安局
2023年度法治政府建设工作情况报告
2023年，某某市公安局在市委、市政府的领导下，扎实推进法治公安建设，现将有关情况报告如下。
一、主要工作
（一）规范执法。印发《某某市公安局执法监督规定》，选任12名专职法制员，全年办理案件1136件，同比上升4.8%。
（二）服务群众。推行“3+1+N”矛盾联调机制，每半月会商一次，共化解纠纷360起，群众满意率由95.5%提高到98.2%。
二、存在的不足
基层执法力量薄弱，普法形式不够丰富，执法信息化水平有待提高。
三、下一步打算
力争2024年群众满意率达到99%以上，健全执法监督机制，加强法制员培训。
"""


def main() -> None:
    folder = Path(__file__).parent.parent / "seeds" / "formats"
    folder.mkdir(exist_ok=True)
    (folder / "sample.txt").write_bytes(SAMPLE.encode("gb18030"))
    (folder / "sample.docx").write_bytes(docx_of(SAMPLE))
    (folder / "sample.html").write_text(html_of(SAMPLE), encoding="utf-8")
    (folder / "sample.ofd").write_bytes(report_of(SAMPLE))
    (folder / "sample.pdf").write_bytes(pdf_of(SAMPLE, "headers", shutil.which("chromium") or "google-chrome"))


if __name__ == "__main__":
    main()
