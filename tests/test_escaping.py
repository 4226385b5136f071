"""Texts and names made by others, in every place where reportkit puts them: terminal, CSV, JSON, picture, folder, page."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportkit as rk
from reportkit.cli import main
from reportkit.display import readable, visible, writable
from reportkit.display.safe import file_name, guarded_output
from reportkit.display.spreadsheets import as_csv, cell, from_spreadsheet
from reportkit.functions.rules import FUNCTIONS
from reportkit.plots.drawing import Figure
from reportkit.report import Repair, Table
from reportkit.site import Site
from reportkit.site.names import folder_names

from .fixtures import browser_of
from .test_site import parsed

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
HOSTILE = [
    "$", "$#$", "甲$#$乙", r"$\frac$", r"$\frac{1}{0}$", r"\$x$", r"\\", "a_b^c", "%", "#", "{}", "{{ 7*7 }}", "<b>&amp;",
    '"\'`', "😀👍🏽", "𠮷", "\x00\x01", "\x1b]0;title\x07", "\x9b31m", "שלום عربي", "\u202egnp.txt", "甲\r乙", "甲\n乙",
    "\t", " ", "", "长" * 3000, "\ud800", "\udcff",
]  # fmt: skip


# ---- terminal


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_visible_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = visible(text)
    assert not OBEYED.search(shown)
    assert not {"\t", "\n"} & set(shown)
    assert shown.encode() or not text
    assert visible(shown) == shown


def test_what_a_terminal_does_not_obey_stays() -> None:
    for text in (
        "一、增长5.7%（含）。",
        "C:\\reports\\报告.txt",
        "👩‍🔬 é e\u0301 नी",
        "$x$ <b> “引”",
        "１２、Ａ　甲\u00a0乙",
        "\ufefftext,label",
    ):
        assert visible(text) == text


def test_json_shown_on_a_terminal_is_still_json() -> None:
    text = "\x1b[31m甲\x9b乙\u202e丙\u2028丁\U000e0041戊\x7f"
    shown = visible(json.dumps({"title": text}, ensure_ascii=False))
    assert json.loads(shown) == {"title": text}
    assert not OBEYED.search(shown)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_guarded_and_a_pipe_gets_the_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for stdout, expected in ((Terminal(), "甲\\u001b[2J\t乙\n\\xff\n"), (io.StringIO(), "甲\x1b[2J\t乙\n\ufffd\n")):
        stderr = io.StringIO()  # a message may be read later, on a terminal
        monkeypatch.setattr(sys, "stdout", stdout)
        monkeypatch.setattr(sys, "stderr", stderr)
        with guarded_output():
            print("甲\x1b[2J\t乙\n\udcff")
            print("\x1b]0;x\x07", file=sys.stderr)
            sys.stderr.writelines(["\x9b\n"])
        assert stdout.getvalue() == expected
        assert stderr.getvalue() == "\\u001b]0;x\\u0007\n\\u009b\n"
        assert (sys.stdout, sys.stderr) == (stdout, stderr)


def test_a_message_is_one_line_whatever_the_name_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "no\x1b[2J\r\nreportkit: all is well\u202e.txt"
    assert main(["text", str(tmp_path / name)]) == 2
    assert main(["metrics", str(tmp_path / name)]) == 2
    assert main(["metrics", "seeds/jining_psb_2023.txt", "--to", str(tmp_path / name / "a.csv")]) == 2
    with pytest.raises(SystemExit):
        main(["text", "a.txt", f"--{name}"])  # the command line's own message repeats what it was given
    out, err = capsys.readouterr()
    assert out == ""
    assert not OBEYED.search(err)
    assert [line for line in err.splitlines() if line.startswith("reportkit: all")] == ["reportkit: all is well\\u202e.txt"]
    assert err.count("\n") == 3 + 2 + err.count("usage: ")  # argparse repeats its line as it was given


def test_an_error_shows_no_control_character_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "报\x1b[31m告\udcff\n.txt"
    with pytest.raises(rk.LoadingError) as caught:
        rk.read(path)
    assert "报\\u001b[31m告\\xff\\n.txt: there is no such file" in str(caught.value)
    told = "".join(traceback.format_exception_only(caught.value))
    assert not OBEYED.search(told)
    assert told.count("\n") == 1


def test_what_the_model_prints_holds_no_control_character() -> None:
    report = rk.parse("某局2023年工作报告\n一、甲\x1b[31m乙\x9b2J\n（一）丙\u202e。办案\x083件，增长5%。", name="\x1b[2J\udcff")
    bad = "\x1b[31m甲\x9b\u202e\ud800"
    table = readable(pd.DataFrame({"cell": [bad], "unit": ["件"]}))
    figure = Figure(b"", bad, bad, table)
    marked = rk.highlight(report, rk.extract_metrics(report))
    shown = [repr(report), repr(report.outline), str(report.outline), repr(report.source),
    repr(report.repairs[0]), repr(figure),
             repr(table), repr(table["cell"]), table.to_string(), repr(rk.extract_repairs(report)), repr(marked),
             repr(Table(((bad,),), bad).frame()), repr(Table(((bad,),), bad)), repr(Repair("kind", 0, 1, bad,
             bad))]  # fmt: skip
    for text in shown:
        assert text.encode()
        assert not OBEYED.search(text), text
    assert figure._repr_html_().encode()
    for shown_as in (report, report.outline, marked, rk.extract_repairs(report), Table(((bad,),), bad)):
        assert "mathjax_ignore" in shown_as._repr_html_()  # JupyterLab, too, takes what is between dollar signs for mathematics


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_nothing_of_a_report_or_its_name_reaches_a_real_terminal(tmp_path: Path) -> None:
    import pty

    path = tmp_path / "报\x1b]0;owned\x07告.txt"
    path.write_text("一、甲\x1b[31m乙\n办案3件\x1b[2J，增长5%。\n" + "力量不足。\n" * 50, encoding="utf-8")
    for arguments in (
        ["text", path, "--repairs"],
        ["metrics", path, path],
        ["outline", path, "--format", "json"],
        ["text", tmp_path],
    ):
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "reportkit.cli", *map(str, arguments)],
            stdout=theirs,
            stderr=theirs,
            stdin=subprocess.DEVNULL,
        ) as running:
            os.close(theirs)
            sent = b""
            while True:
                try:
                    block = os.read(ours, 65536)
                except OSError:  # Linux: the other end is closed
                    break
                if not block:
                    break
                sent += block
        os.close(ours)
        assert running.returncode == (2 if arguments[-1] == tmp_path else 0)
        assert len(sent) > 20
        shown = re.sub(
            r"\r\n|\r(?=.*it/s|.*file|\s*\r)", "\n", sent.decode()
        )  # the terminal's own line ends, the progress bar's
        assert not re.search(r"\x1b(?!\[A)|\x07|\x9b", shown), shown


# ---- CSV


RUN = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "＝1+1", "＋1+1", "－1+1", "＠x",
    "\ufeff=1", "\u200b=1", '"=1', "'=1", '=HYPERLINK("http://x")', "-", "- 推进工作", "-A1", "+A1", "--5", "-5-3",
    "\x00=1", "=", "-5;=1",
]  # fmt: skip
NOT_RUN = [
    "-7.1%", "+5.7%", "-1,203", "+3", "-.5", "-5e-7", "7.1％", -7.1, -3, 0, True, None, "增长5%", "'一网统管'机制", "a=b",
    "下降-5%", "1-2", "", "（一）", "甲；-5",
]  # fmt: skip


@pytest.mark.parametrize("text", RUN)
def test_a_cell_that_a_spreadsheet_would_run_is_marked_and_can_be_had_back(text: str) -> None:
    assert cell(text).startswith("'")
    assert from_spreadsheet(cell(text)) == text


@pytest.mark.parametrize("value", NOT_RUN)
def test_numbers_and_what_is_not_in_danger_stay(value: object) -> None:
    assert cell(value) is value


@given(st.text(st.sampled_from("=+-@＝\t\r\n;'\" 1甲%,\u3000")) | st.text())
def test_a_cell_can_be_had_back_and_no_reading_of_it_begins_with_a_sign(text: str) -> None:
    made = cell(text)
    assert from_spreadsheet(made) == text
    for part in (made, *re.split(r"[;\n]", made)):  # also where a semicolon parts cells
        if cell(part) == part and re.match(r"[\s\"]*[=+\-@＝＋－＠]", part):
            assert re.fullmatch(r"[+-][\d.,eE+-]+[%％‰]?", made)


def test_the_csv_of_a_table_is_harmless_and_its_numbers_are_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame({"=label": ["=cmd|'/C calc'!A0", "增长"], "value": [-7.1, 5.0], "n": [-3, 4], "text": ["-7.1%", None]})
    assert as_csv(table) == "'=label,value,n,text\n'=cmd|'/C calc'!A0,-7.1,-3,-7.1%\n增长,5.0,4,\n"
    assert as_csv(table.head(0)) == "'=label,value,n,text\n"
    report = tmp_path / "=1+1.txt"
    report.write_text("一、=SUM(A1)工作\n=1+1，办案3件，下降5%。\n-办案5件。\n@办案6件。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in ("metrics", "sentiment", "mechanisms", "citations"):
        assert main([command, report.name, report.name, "--to", "t.csv"]) == 0
        rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig"))))
        bad = [
            c
            for row in rows
            for c in row
            if re.match(r"[\s\"]*[=+\-@\t\r＝＋－＠]", c) and not re.fullmatch(r"[+-][\d.]+%?", c)
        ]
        assert bad == []
        assert len(rows) == 1 or "'=1+1.txt" in rows[1]


# ---- JSON


def test_json_is_valid_whatever_the_name_and_the_text(tmp_path: Path) -> None:
    names = ["\"'\\\n\x1b\u2028{}.txt", *(["报\udcff.txt"] if sys.platform == "linux" else [])]
    for name in names:
        path = tmp_path / name
        path.write_text('一、"甲"\\乙\x1b\u2028\n办案3件，增长5%。\n' + "力量不足。\n" * 30, encoding="utf-8")
        for arguments in (["metrics", path, path, "--format", "jsonl"], ["outline", path, "--format", "json"]):
            done = subprocess.run(
                [sys.executable, "-m", "reportkit.cli", *map(str, arguments)], capture_output=True, check=False, cwd=tmp_path
            )
            assert (done.returncode, done.stderr) == (0, b"")
            text = done.stdout.decode("utf-8")
            if "jsonl" in arguments:
                rows = [json.loads(line) for line in text.split("\n")[:-1]]
                assert {row["path"] for row in rows} == {file_name(str(path))}
            else:
                assert json.loads(text)["sections"][0]["title"] == '"甲"\\乙'


def test_lone_surrogates_become_one_character_each() -> None:
    assert writable("甲\ud800乙\udcff丙😀") == "甲\ufffd乙\ufffd丙😀"


# ---- pictures


def _columns(n: int) -> pd.DataFrame:
    """A table with every column that a plot reads, its texts hostile."""
    texts = (HOSTILE * 2)[:n]
    functions = (list(FUNCTIONS) * n)[:n]
    return pd.DataFrame(
        {
            "label": texts, "base": texts[::-1], "section": texts, "path": texts, "title": texts[::-1],
            "word": texts, "name": texts,
            "content": texts, "sentence": texts, "unit": "%", "value": [float(1 + i) for i in range(n)], "bound": "exact",
            "status": (["reported", "target"] * n)[:n], "direction": (["up", "down"] * n)[:n], "start": range(n),
            "end": range(1, n + 1), "level": 1, "n_chars": range(1, n + 1), "n_numbers": range(n), "count": range(n),
            "snownlp": 0.5, "function": functions, "n_sentences": 5, "state": "present", "mentions": [[(i,
            i + 1)] for i in range(n)],
            "figures": [[1]] * n, **{f"n_{name}": 1 for name in FUNCTIONS},
        }
    )  # fmt: skip


_TABLE = _columns(len(HOSTILE))
PLOTS: dict[str, Callable[[], Figure]] = {
    "plot_changes": lambda: rk.plot_changes(_TABLE.assign(kind="change")),
    "plot_coverage": lambda: rk.plot_coverage(_TABLE),
    "plot_density": lambda: rk.plot_density(_TABLE, _TABLE),
    "plot_functions": lambda: rk.plot_functions(_TABLE),
    "plot_levels": lambda: rk.plot_levels(_TABLE.assign(kind="level", value=[10.0 ** (i % 9) for i in range(len(_TABLE))])),
    "plot_mechanisms": lambda: rk.plot_mechanisms(_TABLE),
    "plot_saturation": lambda: rk.plot_saturation(_TABLE),
    "plot_scores": lambda: rk.plot_scores(_TABLE),
    "plot_sentence_lengths": lambda: rk.plot_sentence_lengths(_TABLE),
    "plot_structure": lambda: rk.plot_structure(_TABLE),
    "plot_words": lambda: rk.plot_words(_TABLE, top=99),
}


def test_every_public_plot_is_drawn_from_hostile_texts_here() -> None:
    public = {name for name in rk.__all__ if name.startswith("plot_")}
    assert public == set(PLOTS)


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_of_a_report_is_markup_in_a_picture(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        figure = PLOTS[name]()
        assert figure.image.startswith(b"\x89PNG")
        html = figure._repr_html_()
        assert html.encode()
        assert "<b>" not in html


@pytest.mark.parametrize("name", ["plot_changes", "plot_levels"])
def test_nor_where_the_user_has_asked_matplotlib_for_tex(name: str) -> None:
    with mpl.rc_context({"text.usetex": True, "axes.formatter.use_mathtext": True}):
        assert PLOTS[name]().image.startswith(b"\x89PNG")


@pytest.mark.parametrize("unit", ["$#$", r"$\frac$", "\\", "\x1b", "", "😀"])
def test_a_unit_is_drawn_as_it_is_printed(unit: str) -> None:
    assert rk.plot_levels(_TABLE.assign(kind="level", unit=unit), unit=unit).image.startswith(b"\x89PNG")


def test_pictures_go_through_one_door() -> None:
    sources = (Path(rk.__file__).parent / "plots").glob("*.py")
    assert [path.name for path in sources if "savefig" in path.read_text(encoding="utf-8")] == ["drawing.py"]


def test_a_report_with_dollar_signs_has_all_its_pictures() -> None:
    report = rk.parse(
        "某局2023年工作报告\n一、甲$#$乙\n（一）$协调$。全局建立“$#$联动”工作机制，办案3件，$x_$件数增长5%，$#$率为95%。\n二、$\n力量不足。"
    )
    metrics, sections, scores = rk.extract_metrics(report), rk.extract_sections(report), rk.score_sentiment(report)
    drawn = [rk.plot_changes(metrics), rk.plot_levels(metrics), rk.plot_density(metrics, sections), rk.plot_structure(sections),
             rk.plot_scores(scores), rk.plot_functions(rk.summarize_sentiment(scores)), rk.plot_words(rk.count_words(report)),
             rk.plot_mechanisms(rk.extract_mechanisms(report))]  # fmt: skip
    assert all(figure.image for figure in drawn)


# ---- folders

_SAFE = re.compile(r"\w(?:[\w-]*\w)?")
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def _assert_safe(names: list[str]) -> None:
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names}
    assert len(folded) == len(names)
    assert not folded & _RESERVED
    for name in names:
        assert _SAFE.fullmatch(name), name
        assert len(name.encode()) < 255


def test_each_file_has_a_safe_folder_of_its_own() -> None:
    stems = [
        "报告", "报告", "a", "A", "a-2", "Ａ", "é", "e\u0301", "ß", "ss", "", "..", ".", "...", "-rf", "--",
        "con", "CON", "nul.tar", "com1",
        "COM¹", "LPT９", "x" * 250, "长" * 80, "𠮷" * 63, "a b", "a\nb", "a\x1b[31mb", "a/b", "a\\b", "C:", "~",
        "$(x)", "%2e%2e", "😀",
        "\u202egnp", "\udcb1\udca8", "\ud800", "<script>", '"', "'", "a.", "a ", "index.html", "report",
        "\u0301", "x" * 250 + "y",
    ]  # fmt: skip
    _assert_safe(folder_names([Path("f") / f"{stem}.txt" for stem in stems]))


def test_a_plain_name_is_kept() -> None:
    paths = [Path("jining_psb_2023.txt"), Path("济南市2023年报告.pdf"), Path("a-b.txt")]
    assert folder_names(paths) == ["jining_psb_2023", "济南市2023年报告", "a-b"]


@given(
    st.lists(st.text(st.characters(exclude_characters="/\x00", exclude_categories=()), min_size=1, max_size=90), max_size=12)
)
def test_any_names_have_safe_folders(stems: list[str]) -> None:
    _assert_safe(folder_names([Path(f"{stem}.txt") for stem in stems]))


# ---- site

TEXT = (
    """某<script>alert("title")</script>市"onmouseover="alert(1)"局2023年工作报告
一、]]>{{ 7*7 }}</style></title>甲$#$乙{% raw %}
（一）<svg onload=alert(1)>推进。办案3件，增长5%，[x](javascript:alert(2))，![y](http://example.org/y.png)。
（二）<img src="http://example.org/x.png" onerror="alert(3)">。\x1b[31m讲座5场\x1b]8;;http://example.org\x07链接\x1b]8;;\x07。
二、<a href="javascript:alert(4)">问题</a><base href="http://example.org"><meta http-equiv="refresh" content="0;http://example.org">
力量不足。
"""
    + "（三）执法。办案5件，力量不足。\n" * 20
)
NAMES = ["\"'\\{x}\n.txt", "<img src=x onerror=alert(1)>{{ 7*7 }}\x1b[31m%2e%2e%2f#?.txt"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of reports with hostile names and texts, and a series of one small notebook with a name that is no address."""
    if sys.platform == "win32":
        pytest.skip("Windows allows none of these names")
    folder = tmp_path_factory.mktemp("hostile")
    paths = [folder / name for name in [*NAMES, *(["报\udcff.txt"] if sys.platform == "linux" else [])]]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    target = folder / "elsewhere" / "target.txt"
    target.parent.mkdir()
    target.write_text(TEXT, encoding="utf-8")
    (folder / "a link.txt").symlink_to(target)
    code = [
        "import reportkit as rk\nreport = rk.read(REPORT)\nreport",
        "rk.plot_structure(rk.extract_sections(report))",
        "print(report.text, report.source.text, REPORT.encode('utf-8', 'replace'))",
        "rk.extract_repairs(report)",
        "rk.highlight(report, rk.extract_metrics(report))",
        "report.outline",
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# What?"),
        nbformat.v4.new_code_cell('REPORT = ""', metadata={"tags": ["parameters"]}),
        *map(nbformat.v4.new_code_cell, code),
    ]
    notebook = folder / "00_a b{x}#?.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    missing = folder / "gone\x1b[2J<script>alert(5)</script>\udcff.txt"
    return rk.export([*paths, folder / "a link.txt", missing], folder / "site", notebooks=[notebook])


def test_hostile_names_and_a_link_have_their_pages_and_a_missing_one_its_sentence(site: Site) -> None:
    assert [(failure.notebook, "there is no such file" in failure.reason) for failure in site.failures] == [("", True)]
    assert not OBEYED.search(site.failures[0].reason)
    assert len(site.pages) == len(NAMES) + 1 + (sys.platform == "linux")
    _assert_safe([page.parent.name for page in site.pages])
    assert all(page.parent.parent == site.index.parent for page in site.pages)
    index = site.index.read_text(encoding="utf-8")
    assert ">49" not in index
    assert "{{ 7*7 }}" in index
    assert not OBEYED.search(index)


def test_pages_of_hostile_names_hold_nothing_that_runs_and_their_links_work(site: Site) -> None:
    for page in (site.index, *site.pages):
        links = parsed(page)
        assert links.tags.isdisjoint({"script", "iframe", "object", "embed", "link", "form", "base", "svg"}), page
        assert links.handlers == []
        assert all(source.startswith("data:image/png;base64,") for source in links.sources)
        for href in links.hrefs:
            path = unquote(href.partition("#")[0])
            assert not path or (page.parent / path).is_file(), (page, href)
    assert sum("/" in href for href in parsed(site.index).hrefs) == len(site.pages)


def test_hostile_names_and_texts_run_nothing_and_request_nothing_in_chromium(site: Site, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = browser_of(driver, chromium)
        view = browser.new_page()
        requested: list[str] = []
        said: list[object] = []
        view.on("request", lambda request: requested.append(request.url))
        view.on("console", lambda it: said.append(it))
        view.on("dialog", lambda it: said.append(it))
        view.on("pageerror", lambda it: said.append(it))
        for page in (site.index, *site.pages):
            view.goto(page.as_uri())
            view.wait_for_load_state("networkidle")
            assert (
                view.evaluate("document.querySelectorAll('script, iframe, svg, base, form, [onload], [onerror]').length") == 0
            )
            assert view.evaluate("document.querySelectorAll('[href^=javascript]').length") == 0
            for place in view.query_selector_all("main *")[:15]:
                if place.is_visible():
                    place.hover(force=True)
            assert view.url == page.as_uri()
        view.goto(site.index.as_uri())
        for at in range(len(site.pages)):
            view.locator("main ol a").nth(at).click()
            assert view.locator("main").inner_text()
            assert view.url != site.index.as_uri()
            view.goto(site.index.as_uri())
        browser.close()
    assert said == []
    assert [url for url in requested if not url.startswith(("file:", "data:"))] == []
