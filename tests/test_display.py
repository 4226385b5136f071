"""What people see: the model in a notebook, an error in a notebook, numbers in a table."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import traceback
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

import reportkit as rk
from reportkit.display import number, readable
from reportkit.display.frames import ReadableFrame, ReadableSeries
from reportkit.report import Report, Table

HOSTILE = "一、推进<script>alert(1)</script>&“工作”$x^2$和$y$\n（一）<img src=x onerror=alert(2)>\n" + "办案3件。" * 400


class Tags(HTMLParser):
    """The tags of a piece of HTML and what is written between them; a tag left open fails."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") for name, _ in attrs)
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def table() -> pd.DataFrame:
    columns = ["label", "value", "unit", "start"]
    rows = [
        ("总值", 64697.5 * 1e8, "元", 3),
        ("增速", 5.7, "%", 20),
        ("比重<b>", 0.05, "%", 31),
        ("其他", float("nan"), "", 40),
    ]
    return readable(pd.DataFrame(rows, columns=columns))


def test_a_report_says_in_a_few_lines_whose_it_is_and_how_much(seed: Report) -> None:
    lines = repr(seed).splitlines()
    assert lines[0] == "2023年度推进法治政府建设工作情况报告 · 济宁市公安局 · 2023"
    assert lines[1] == (
        f"txt · {len(seed.text):,} characters · 13 sections · 36 sentences · {len(seed.repairs)} repairs · 0 tables"
    )
    assert lines[2].startswith("├─ 一、加强组织领导")
    assert len(lines) == 2 + 13


def test_a_report_in_a_notebook_shows_its_facts_and_an_outline_that_folds(seed: Report) -> None:
    shown = Tags(seed._repr_html_())
    facts = ("2023年度推进法治政府建设工作情况报告", "body 济宁市公安局 · year 2023 · format txt", "13 sections · 36 sentences")
    assert all(fact in shown.text for fact in facts)
    assert shown.tags.count("details") == 1 + 3
    assert all(section.title in shown.text for section in seed.outline.walk())


def test_what_a_report_prints_is_never_markup_nor_formula() -> None:
    report = rk.parse(HOSTILE)
    cells = Table((("<b>甲</b>", "$1$"), ("&", "<script>")), caption="<i>表</i>", place='page "1"')
    for shown in (report, report.outline, cells):
        html = shown._repr_html_()
        assert {"script", "img", "i"} & set(Tags(html).tags) <= {"i"}
        assert html.startswith('<div class="') and "mathjax_ignore" in html[:80]  # noqa: PT018
        assert "style" not in html  # no colours of its own: it reads in the dark and on paper
    assert "<script>alert(1)</script>" in Tags(report._repr_html_()).text


def test_a_report_without_title_issuer_and_year_shows_that(seed: Report) -> None:
    report = rk.parse("办案3件。")
    assert repr(report) == "(no title)\ntxt · 5 characters · 0 sections · 1 sentence · 0 repairs · 0 tables"
    assert "body — · year — · format txt" in Tags(report._repr_html_()).text


def test_nothing_of_the_model_floods_a_notebook() -> None:
    chapters = "".join(f"{n}、部分{n}\n" + "（一）小节。内容。\n（二）小节。内容。\n" for n in "一二三四五六七八九")
    report = rk.parse(HOSTILE + "\n" + chapters * 3)
    items = [report, report.outline, report.clean, report.source, *report.outline.sections, *report.sentences]
    assert max(len(repr(item)) for item in items) < 1500
    assert max(len(repr(item).splitlines()) for item in items) <= 20
    assert max(len(repr(item)) for item in (*report.sentences, *report.outline.sections)) < 300
    many = Table((("甲", "乙"),) * 500)
    assert len(repr(many)) < 80
    assert many._repr_html_().count("<tr>") == 20
    assert "480 further rows" in many._repr_html_()


def test_sections_that_a_repr_leaves_out_are_counted() -> None:
    report = rk.parse("".join(f"{n}、部分\n内容。\n" for n in ("一二三四五六七八九十".replace("", " ").split())) * 3)
    shown = [line for line in repr(report.outline).splitlines() if line.startswith("├─")]
    hidden = len(list(report.outline.walk())) - len(shown)
    assert hidden > 0
    assert repr(report.outline).endswith(f"└─ … {hidden} further sections")


def test_a_missing_file_is_one_sentence_in_a_notebook_and_a_traceback_in_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    missing = tmp_path / "没有.txt"
    with pytest.raises(rk.LoadingError, match="there is no such file") as caught:
        rk.read(missing)
    assert str(caught.value).count("\n") == 0
    assert "in read" in "".join(traceback.format_exception(caught.value))
    shell = InteractiveShell.instance()
    try:
        done = shell.run_cell(f"import reportkit\nreportkit.read({str(missing)!r})")
        assert isinstance(done.error_in_exec, rk.LoadingError)
        out, err = capsys.readouterr()
        assert (out + err).strip() == f"LoadingError: {caught.value}"
        shell.run_cell("{}['gone']")
        assert "Traceback" in "".join(capsys.readouterr())  # other errors keep theirs
    finally:
        InteractiveShell.clear_instance()


def test_a_broken_file_is_one_sentence_in_an_executed_notebook(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 nothing follows")
    cell = nbformat.v4.new_code_cell(f"import reportkit as rk\nrk.read({str(broken)!r})")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    (error,) = cell.outputs
    assert error["ename"] == "LoadingError"
    assert error["traceback"] == [f"LoadingError: {error['evalue']}"]
    assert broken.name in error["evalue"]


def test_numbers_read_as_people_print_them_whatever_pandas_is_told(table: pd.DataFrame) -> None:
    options = ("display.precision", 1, "display.float_format", "{:e}".format, "display.chop_threshold", 0.5)
    with pd.option_context(*options):
        before = pd.get_option("display.float_format")
        shown = [repr(table), str(table), table.to_string(), repr(table["value"]), table._repr_html_(), table.to_html()]
        assert pd.get_option("display.float_format") is before
    for text in shown:
        assert re.findall(r"[\d,.]*\d(?=\s*(?:元|%|\n|<))", text)
        assert all(value in text for value in ("6,469,750,000,000", "5.7", "0.05"))
        assert not re.search(r"\de[+-]\d|5\.70|0\.050", text)
    assert "总值 6,469,750,000,000 元" in " ".join(repr(table).split())
    assert repr(table.iloc[0]).split()[3] == "6,469,750,000,000"  # a row shows its value alike


def test_number_and_unit_stand_next_to_each_other(table: pd.DataFrame) -> None:
    lines = repr(table[["value", "unit"]]).splitlines()
    assert [line.rpartition(" ")[0][-1] for line in lines[1:4]] == ["0", "7", "5"]
    assert len({line.rindex(" ") for line in lines[1:4]}) == 1
    html = table._repr_html_()
    name = re.search(r'class="dataframe (\S+)', html)[1]  # type: ignore[index]
    assert f".{name} td:is(:nth-of-type(2), :nth-of-type(4))" in html
    assert html.count("<td>") == 16
    assert "比重&lt;b&gt;" in html


def test_how_much_of_a_table_is_shown_stays_the_users_choice(table: pd.DataFrame) -> None:
    long = pd.concat([table] * 30, ignore_index=True)
    with pd.option_context("display.max_rows", 6, "display.max_columns", 2, "display.max_colwidth", 3):
        assert "[120 rows x 4 columns]" in repr(long)
        assert "120 rows × 4 columns" in long._repr_html_()
        assert ":nth-of-type(3)" in long._repr_html_()  # the last column, after the one of dots
        assert "..." in repr(long["label"])
    with pd.option_context("display.notebook_repr_html", False):
        assert table._repr_html_() is None
    with pd.option_context("display.large_repr", "info", "display.max_rows", 2):
        assert "float64" in table._repr_html_()


def test_a_readable_table_is_an_ordinary_table(table: pd.DataFrame) -> None:
    table.attrs["caption"] = "表"
    plain = pd.DataFrame(table)
    assert isinstance(table, pd.DataFrame)
    assert table["value"].dtype == "float64"
    assert type(plain) is pd.DataFrame
    assert table.equals(plain)
    assert (table.dtypes == plain.dtypes).all()
    assert table.to_csv() == plain.to_csv()
    assert "6469750000000" in table.to_csv()
    assert json.loads(table.to_json(orient="records"))[0]["value"] == 6469750000000.0
    assert pd.read_csv(StringIO(table.to_csv(index=False)))["value"].tolist()[:3] == table["value"].tolist()[:3]
    again = pickle.loads(pickle.dumps(table))
    assert type(again) is ReadableFrame
    pd.testing.assert_frame_equal(again, table)
    assert readable(table).attrs == {"caption": "表"}


def test_what_is_made_of_a_readable_table_is_readable(table: pd.DataFrame) -> None:
    made = [
        table[table["value"] > 1], table[["value", "unit"]], table.head(1), table.assign(half=table["value"] / 2), table.T,
        pd.concat([table, table]), table.merge(table, on="label"), table.groupby("unit")[["value"]].sum(), table.copy(),
        table.groupby("unit").agg(mean=("value", "mean")), table.describe(), table.set_index("label"),
        table["value"].to_frame(), table.convert_dtypes(),
    ]  # fmt: skip
    assert [type(one) for one in made] == [ReadableFrame] * len(made)
    columns = [table["value"], table.iloc[0], table.groupby("unit")["value"].sum(), table["value"].describe()]
    assert [type(one) for one in columns] == [ReadableSeries] * len(columns)
    assert all("6,469,750,000,000" in repr(one) for one in (*made[:7], *made[11:], *columns))


def test_an_empty_table_and_odd_columns_can_be_shown(table: pd.DataFrame) -> None:
    odd = [table.head(0), table[[]], pd.concat([table, table], axis=1), table.pivot_table(index="unit", columns="label")]
    assert all(repr(one) and one._repr_html_() for one in odd)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_has_no_exponent_and_is_as_near_as_six_places_can_be(value: float) -> None:
    shown = number(value)
    assert re.fullmatch(r"[<>]?-?\d{1,3}(,\d{3})*(\.\d*[1-9])?", shown)
    assert float(shown.strip("<>").replace(",", "")) == pytest.approx(value, rel=1e-11, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (100, "100"),
        (1e-9, "<0.000001"),
        (-1e-9, ">-0.000001"),
        (float("inf"), "inf"),
        (99.995, "99.995"),
    ],
)
def test_a_number_at_the_edge(value: float, shown: str) -> None:
    assert number(value) == shown


def test_importing_reportkit_and_its_display_imports_no_pandas() -> None:
    code = "import sys, reportkit, reportkit.display, reportkit.report; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
