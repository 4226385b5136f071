from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import reportkit as rk
from reportkit.site import Site

from .conftest import SEED
from .fixtures import browser_of

HOSTILE = """<script>alert("title")</script>市2023年工作报告
一、<img src="http://example.org/x.png" onerror="alert(1)">工作
（一）执法</summary></details><iframe src="http://example.org"></iframe>。办案3件，$x^2$，\\(y\\)，![](http://example.org/y.png)。
（二）普法。讲座<style>@import url(http://example.org/z.css);</style>5场，<a href="javascript:alert(2)">点击</a>。
二、问题
力量不足。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("reports")
    hostile = folder / "恶意 <b>报告.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    broken = folder / "broken.txt"
    broken.write_bytes(b"")
    said: list[str] = []
    done = rk.export([SEED, hostile, broken], folder / "site", progress=said.append)
    assert len(said) == 14
    return done


class Links(HTMLParser):
    """Collects what a page refers to and what it could run."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "href":
                self.hrefs.append(value or "")
            elif name in ("src", "srcset", "data", "poster"):
                self.sources.append(value or "")
            elif name == "id":
                self.ids.add(value or "")
            elif name.startswith("on"):
                self.handlers.append(name)


def parsed(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def test_a_failing_report_leaves_the_others_and_is_named(site: Site) -> None:
    assert len(site.pages) == 14
    assert [(Path(f.report).name, f.notebook) for f in site.failures] == [("broken.txt", "")]
    index = site.index.read_text(encoding="utf-8")
    assert "broken.txt" in index
    assert "the file is empty" in index
    assert "2 of 3 reports were read" in index


def test_links_work_and_pages_fetch_and_run_nothing(site: Site) -> None:
    for page in (site.index, *site.pages):
        links = parsed(page)
        assert links.tags.isdisjoint({"script", "iframe", "object", "embed", "link", "form", "base"}), page
        assert links.handlers == []
        assert all(source.startswith("data:image/png;base64,") for source in links.sources)
        for href in links.hrefs:
            path, _, anchor = unquote(href).partition("#")
            assert ":" not in path
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, href)
            assert not anchor or anchor in parsed(target).ids, (page, href)
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert "http://example.org" not in re.sub(r"&[a-z]+;", "", "".join(links.sources + links.hrefs))
        assert str(SEED.parent) not in text


def test_a_page_weighs_at_most_300_kb_beside_its_pictures(site: Site) -> None:
    for page in (site.index, *site.pages):
        text = re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]*", "", page.read_text(encoding="utf-8"))
        assert len(text.encode()) <= 300_000, page


def test_a_page_carries_the_characters_that_it_shows(site: Site) -> None:
    import io

    from fontTools.ttLib import TTFont

    text = next(page for page in site.pages if page.stem == "02_structure").read_text(encoding="utf-8")
    data = re.search(r"data:font/woff2;base64,([A-Za-z0-9+/=]*)", text)
    assert data is not None
    with TTFont(io.BytesIO(base64.b64decode(data[1]))) as font:
        known = set(font.getBestCmap())
    body = re.sub(r"(?s)<style>.*?</style>|data:[^\"]*", "", text)
    assert {char for char in body if "\u4e00" <= char <= "\u9fff" and ord(char) not in known} == set()


def test_pages_stay_in_the_folder(site: Site) -> None:
    root = site.index.parent.resolve()
    assert all(page.resolve().is_relative_to(root) for page in site.pages)
    assert {path.name for path in root.iterdir()} == {"index.html", "jining_psb_2023", "恶意_b_报告"}


def test_no_page_makes_a_request_or_overflows_in_chromium(site: Site, chromium: str) -> None:
    from playwright.sync_api import Request, sync_playwright

    with sync_playwright() as driver:
        browser = browser_of(driver, chromium)
        for width in (390, 1280):
            view = browser.new_page(viewport={"width": width, "height": 900})
            requests: list[Request] = []
            said: list[object] = []
            view.on("request", lambda request, to=requests: to.append(request))
            view.on("console", lambda message, to=said: to.append(message))
            view.on("dialog", lambda dialog, to=said: to.append(dialog))
            for page in (site.index, *site.pages):
                view.goto(page.as_uri())
                view.wait_for_load_state("networkidle")
                assert view.evaluate("document.documentElement.scrollWidth") <= width, (page, width)
                assert view.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)"), page
            outside = [r.url for r in requests if not r.url.startswith(("file:", "data:"))]
            assert outside == []
            assert said == []
        browser.close()


def test_a_notebook_that_fails_is_named_and_its_neighbours_stay(tmp_path: Path) -> None:
    import nbformat

    def write(name: str, code: str) -> Path:
        cells = [
            nbformat.v4.new_markdown_cell(f"# What does {name} do?"),
            nbformat.v4.new_code_cell('REPORT = ""', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(code),
        ]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return path

    notebooks = [write("00_good", "print(REPORT)"), write("01_bad", "raise ValueError('no such thing')")]
    site = rk.export([SEED], tmp_path / "site", notebooks=notebooks)
    assert [page.name for page in site.pages] == ["00_good.html"]
    assert [(f.notebook, f.reason) for f in site.failures] == [("Bad", "ValueError: no such thing")]
    assert "Bad (failed)" in site.pages[0].read_text(encoding="utf-8")
    assert "Bad (failed)" in site.index.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(rk.ExportError, match="the site cannot be written there"):
        rk.export([SEED], tmp_path / "file" / "site")
    with pytest.raises(rk.ExportError, match="nothing to export"):
        rk.export([], tmp_path / "site")
