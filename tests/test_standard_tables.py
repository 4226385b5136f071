"""The standard tables of a disclosure report: which rows and columns are found, and what may be said of their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import reportkit as rk
from reportkit.report import Table

if TYPE_CHECKING:
    import pandas as pd

Rows = list[list[str]]

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
NEW, CARRIED, LEFT = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"
RESULTS = "三、本年度办理结果"
PARTS = {
    "（一）予以公开": [""],
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": [""],
    "（三）不予公开": [
        "属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益",
        "属于三类内部事务信息", "属于四类过程性信息", "属于行政执法案卷", "属于行政查询事项",
    ],
    "（四）无法提供": ["本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确"],
    "（五）不予处理": [
        "信访举报投诉类申请", "重复申请", "要求提供公开出版物",
        "无正当理由大量反复申请", "要求行政机关确认或重新出具已获取信息",
    ],
    "（六）其他处理": [
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "其他",
    ],
}  # fmt: skip


def numbers(person: int, firm: int = 0) -> list[str]:
    """A row of the form: so many by persons, so many by firms."""
    return [str(n) for n in (person, firm, 0, 0, 0, 0, person + firm)]


def form(number: Callable[[int], str] = lambda n: f"{n}.", *, repeated: bool = True, divided: bool = True) -> Rows:
    """The table of 三、 as files give it: 20 + 2 came in, each result once by a person; 21 + 1 out, 1 is left."""
    head = [[RULE, RULE, RULE] + ["申请人情况"] * 7, [RULE] * 3 + ["自然人"] + ["法人或其他组织"] * 5 + ["总计"]]
    head.append([RULE] * 3 + APPLICANTS)
    rows = [*head, [NEW] * 3 + numbers(20, 1), [CARRIED] * 3 + numbers(2 if divided else 0)]
    for heading, parts in PARTS.items():
        if not divided and "其他处理" in heading:
            parts = [""]
        for n, part in enumerate(parts, 1):
            label = number(n) + part if part else heading
            rows.append([RESULTS, heading, label, *numbers(1, int("部分" in heading))])
    rows += [[RESULTS, "（七）总计", "（七）总计", *numbers(21 if divided else 19, 1)], [LEFT] * 3 + numbers(1)]
    return rows if repeated else unrepeated(rows)


def unrepeated(rows: Rows) -> Rows:
    """The same with a merged cell's text only where it begins, as some files give it."""
    words = [[cell if not cell.isdigit() else "" for cell in row] for row in rows]
    return [
        [
            "" if words[y][x] and ((x and words[y][x] == words[y][x - 1]) or (y and words[y][x] == words[y - 1][x])) else cell
            for x, cell in enumerate(row)
        ]
        for y, row in enumerate(rows)
    ]


def checked(*tables: Rows) -> pd.DataFrame:
    report = rk.parse("某某市2024年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息30条。")
    made = tuple(Table(tuple(map(tuple, rows)), "", f"page {n}") for n, rows in enumerate(tables, 1))
    return rk.check_tables(replace(report, source=replace(report.source, tables=made)))


def verdicts(*tables: Rows) -> dict[str, str]:
    checks = checked(*tables)
    return dict(zip(checks["check"], checks["verdict"], strict=True))


def counted(*tables: Rows) -> dict[str, int]:
    return {str(verdict): int(n) for verdict, n in checked(*tables)["verdict"].value_counts().items()}


def changed(rows: Rows, label: str, values: Sequence[str]) -> Rows:
    """The rows with other numbers in the last cells of the one whose last label holds these words."""
    return [row[: len(row) - len(values)] + list(values) if any(label in cell for cell in row[:3]) else row for row in rows]


NUMBERS: dict[str, Callable[[int], str]] = {
    "1.": lambda n: f"{n}.",
    "1、": lambda n: f"{n}、",
    "（1）": lambda n: f"（{n}）",
    "1)": lambda n: f"{n})",
    "①": lambda n: chr(ord("①") + n - 1),
    "(一)": lambda n: f"({'一二三四五六七八'[n - 1]})",
    "none": lambda _: "",
}


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_rows_are_known_by_their_words_with_any_number(number: Callable[[int], str], repeated: bool) -> None:
    assert counted(form(number, repeated=repeated)) == {"holds": 18}
    wrong = changed(form(number, repeated=repeated), "总计", ["22", "1", "0", "0", "0", "0", "23"])
    told = verdicts(wrong)
    assert {check for check, verdict in told.items() if verdict == "fails"} == {
        f"{column}：{rule}"
        for column in ("自然人", "总计")
        for rule in ("新收＋上年结转＝总计＋结转下年", "各项办理结果之和＝总计")
    }


def test_a_sum_of_a_row_that_fails_is_told() -> None:
    told = verdicts(changed(form(), "本年新收", ["20", "1", "0", "0", "0", "0", "22"]))
    assert told["新收：自然人＋各类组织＝总计"] == "fails"
    assert told["结转上年：自然人＋各类组织＝总计"] == "holds"
    assert told["总计：新收＋上年结转＝总计＋结转下年"] == "fails"


def test_rows_may_stand_in_another_order() -> None:
    rows = form()
    assert counted([*rows[:3], *reversed(rows[3:])]) == {"holds": 18}


def test_the_form_of_2019_does_not_divide_other_handling() -> None:
    assert counted(form(divided=False)) == {"holds": 18}
    told = verdicts(changed(form(divided=False), "其他处理", ["2", "0", "0", "0", "0", "0", "2"]))
    assert told["自然人：各项办理结果之和＝总计"] == "fails"


def test_a_missing_row_is_no_fault_of_the_report() -> None:
    rows = [row for row in form() if "重复申请" not in row[2]]
    table = checked(rows).set_index("check")
    told = table.loc["自然人：各项办理结果之和＝总计"]
    assert told["verdict"] == "not_assessable"
    assert told["reason"].startswith("the form’s rows do not all stand in the table: 重复申请; ")
    assert table["verdict"]["商业企业：各项办理结果之和＝总计"] == "holds"  # the row that is missing counts none of them
    assert table["verdict"]["自然人：新收＋上年结转＝总计＋结转下年"] == "holds"
    empty = changed(form(), "重复申请", [""] * 7)
    assert verdicts(empty)["自然人：各项办理结果之和＝总计"] == "not_assessable"


def test_a_row_that_is_not_of_the_form_counts_where_it_makes_the_sum_right() -> None:
    garbled = [[cell.replace("1.属于国家秘密", "1.属千囯家密") for cell in row] for row in form()]
    assert counted(garbled) == {"holds": 18}
    wrong = changed(garbled, "总计", ["19", "1", "0", "0", "0", "0", "20"])
    assert verdicts(wrong)["自然人：各项办理结果之和＝总计"] == "not_assessable"
    assert verdicts(wrong)["自然人：新收＋上年结转＝总计＋结转下年"] == "fails"


def test_numbers_of_a_heading_are_no_further_result() -> None:
    rows = form()
    at = next(n for n, row in enumerate(rows) if row[1] == "（三）不予公开")
    rows.insert(at, [RESULTS, "（三）不予公开", "（三）不予公开", *numbers(8)])
    assert counted(rows) == {"holds": 18}


@pytest.mark.parametrize("nought", ["", "-", "—", "——", "/", "无"])
def test_noughts_may_be_printed_as_nothing_or_a_mark(nought: str) -> None:
    rows = [[cell if cell != "0" else nought for cell in row] for row in form()]
    told = counted(rows)
    assert "fails" not in told
    assert told["holds"] >= 10
    wrong = changed(rows, "总计", ["22", "1", *[nought] * 4, "23"])
    assert verdicts(wrong)["自然人：各项办理结果之和＝总计"] == "fails"  # no cell of this sum is a nought
    assert verdicts(wrong)["总计：自然人＋各类组织＝总计"] == "holds"
    wrong = changed(rows, "总计", ["21", "1", *[nought] * 4, "23"])
    assert verdicts(wrong)["总计：自然人＋各类组织＝总计"] == ("fails" if nought else "not_assessable")


def test_an_empty_cell_beside_printed_noughts_is_not_assessable() -> None:
    told = verdicts(changed(form(), "本年新收", ["20", "1", "0", "0", "0", "", "21"]))
    assert told["其他：新收＋上年结转＝总计＋结转下年"] == "not_assessable"
    assert told["新收：自然人＋各类组织＝总计"] == "not_assessable"
    told = verdicts(changed(form(), "本年新收", ["20", "1", "0", "0", "0", "-", "22"]))
    assert told["其他：新收＋上年结转＝总计＋结转下年"] == "holds"
    assert told["新收：自然人＋各类组织＝总计"] == "not_assessable"  # what the dash means is not sure, and the sum is not right


def test_an_empty_form_says_nothing() -> None:
    rows = [[cell if not cell.isdigit() else "" for cell in row] for row in form()]
    assert counted(rows) == {"not_assessable": 18}


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("1,020", "holds"), ("1，020", "holds"), ("1 020", "holds"), ("1020件", "holds"), ("1020 宗", "holds"),
        ("１０２０", "holds"), ("1020（件）", "holds"), ("1020.00", "holds"), ("10\n20", "holds"),
        ("1,021", "fails"), ("1021件", "fails"), ("10\n21", "not_assessable"), ("1 021", "not_assessable"),
        ("1020元", "not_assessable"), ("10.20", "not_assessable"), ("约1020", "not_assessable"), ("1020万件", "not_assessable"),
        ("1020*", "not_assessable"), ("9" * 5000, "not_assessable"), ("1020²", "not_assessable"), ("-1020", "not_assessable"),
    ],
)  # fmt: skip
def test_what_a_cell_says(cell: str, verdict: str) -> None:
    rows = changed(form(), "本年新收", [cell, "1", "0", "0", "0", "0", "1021"])
    rows = changed(rows, "予以公开", ["1001", "0", "0", "0", "0", "0", "1001"])
    rows = changed(rows, "总计", ["1021", "1", "0", "0", "0", "0", "1022"])
    told = verdicts(rows)
    assert told["新收：自然人＋各类组织＝总计"] == verdict
    assert told["自然人：新收＋上年结转＝总计＋结转下年"] == (
        "fails" if verdict == "fails" else told["新收：自然人＋各类组织＝总计"]
    )


def test_names_of_columns_may_be_broken_and_cells_hold_white_space() -> None:
    rows = [[cell.replace("商业企业", "商业\n企业").replace("总计", "总 计") for cell in row] for row in form()]
    assert counted(rows) == {"holds": 18}
    split = form()
    split[2:3] = [[RULE] * 3 + [cell[:2] for cell in APPLICANTS], [RULE] * 3 + [cell[2:] for cell in APPLICANTS]]
    assert "自然人：各项办理结果之和＝总计" in verdicts(split)
    assert counted(split) == {"holds": 18}


def test_columns_without_names_are_not_accused() -> None:
    told = verdicts(changed(form()[3:], "本年新收", ["20", "1", "0", "0", "0", "0", "22"]))
    assert told["新收：自然人＋各类组织＝总计"] == "not_assessable"
    assert told["总计：新收＋上年结转＝总计＋结转下年"] == "fails"  # what came in must go out, whoever asked
    assert counted(form()[3:]) == {"holds": 18}


def test_a_row_that_is_shifted_is_not_accused() -> None:
    rows = [[*row, ""] for row in form()]
    at = next(n for n, row in enumerate(rows) if "本年新收" in row[2])
    rows[at] = [NEW, NEW, NEW, "", *numbers(20, 1)]
    assert "fails" not in counted(rows)
    rows[at] = [NEW, NEW, NEW, "", *numbers(20, 1)[:-1], ""]  # the last number is lost
    assert "fails" not in counted(rows)


def test_a_table_without_a_column_is_not_accused() -> None:
    rows = [row[:4] + row[5:] for row in changed(form(), "重复申请", numbers(2))]
    told = verdicts(rows)
    assert "fails" not in told.values()
    assert told["第1列：各项办理结果之和＝总计"] == told["新收：自然人＋各类组织＝总计"] == "not_assessable"
    assert told["第1列：新收＋上年结转＝总计＋结转下年"] == "holds"
    assert counted([[*row, "（备注）"] for row in form()[3:]]) == {
        "not_assessable": 1
    }  # columns without names, words at the end
    assert counted([[*row, "（备注）"] for row in form()]) == {"holds": 18}


@pytest.mark.parametrize("again", [True, False])
def test_a_table_that_a_page_cuts_is_read_as_one(again: bool) -> None:
    rows = form(repeated=False)
    checks = checked(rows[:12], [*rows[:3], *rows[12:]] if again else rows[12:])
    assert dict(checks["verdict"].value_counts()) == {"holds": 18}
    assert set(checks["place"]) == {"page 1; page 2"}
    assert "fails" not in counted(rows[:12])  # the second half was lost
    assert "fails" not in counted(rows[:12], [row[1:] for row in rows[12:]])  # another width


def test_forms_may_stand_one_under_the_other() -> None:
    assert counted([*form(), *form()]) == {"holds": 36}
    proactive = [["第二十条第（一）项"] * 10, ["信息内容"] * 4 + ["本年制发件数"] * 6, ["规章"] * 4 + ["5"] * 6]
    results = [row + [""] * 5 for row in form()]
    told = checked([*([*row, *[""] * 5] for row in proactive), *results, *reviews()])
    assert dict(told["verdict"].value_counts()) == {"holds": 21}
    assert set(told["kind"]) == {"requests", "review_and_litigation"}


def test_a_merged_cell_of_numbers_is_one_column() -> None:
    rows = [row[:3] + [cell for cell in row[3:] for _ in "12"] for row in form()]
    assert counted(rows) == {"holds": 18}


def test_other_tables_are_not_checked() -> None:
    other = [
        ["类别", "上年", "本年", "总计"],
        ["行政案件", "80", "95", "1"],
        ["刑事案件", "40", "41", "2"],
        ["总计", "1", "1", "9"],
    ]
    assert checked(other, [["表"]], []).empty


REVIEWS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def reviews(values: Sequence[int | str] = (2, 1, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2)) -> Rows:
    first = ["行政复议"] * 5 + ["行政诉讼"] * 10
    return [first, REVIEWS + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5, REVIEWS * 3, [str(value) for value in values]]


def test_results_of_reviews_and_lawsuits_add_up() -> None:
    assert counted(reviews()) == {"holds": 3}
    assert list(checked(reviews((2, 1, 0, 0, 0, *[0] * 5, 5, 0, 0, 0, 0)))["verdict"]) == ["fails", "holds", "fails"]
    assert counted(unrepeated(reviews())) == {"holds": 3}
    assert counted([[cell.replace("果", "果 ") for cell in row] for row in reviews()]) == {"holds": 3}
    labelled = [["", *row] for row in reviews()]
    labelled[-1][0] = "件数"
    assert counted(labelled) == {"holds": 3}


def test_results_that_are_not_surely_those_of_the_form_are_not_assessable() -> None:
    assert counted(reviews()[:3]) == {"not_assessable": 3}
    assert counted(reviews([""] * 15)) == {"not_assessable": 3}
    assert counted([*reviews(), ["9"] * 15]) == {"not_assessable": 3}  # which of the two rows is it?
    without = [row[:3] + row[4:] for row in reviews()]
    assert list(checked(without)["verdict"]) == ["not_assessable", "holds", "holds"]
    assert counted(reviews()[:3], reviews()[3:]) == {"holds": 3}  # cut by a page


def test_columns_of_results_may_stand_in_another_order() -> None:
    rows = [[row[n // 5 * 5 + (n + 4) % 5] for n in range(15)] for row in reviews()]  # 总计 first
    assert counted(rows) == {"holds": 3}


def test_cells_are_mended_as_the_text_is() -> None:
    rows = [["类\u3000别", "⾏政许可", "増\u200b减"], ["数\r\n量", "１２件", " 3 "]]
    page = "<table><caption>⼆、许可</caption>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    (table,) = rk.read(f"<html><body><p>一、概况</p><p>全年办理许可12件。</p>{page}</table></body></html>".encode()).tables
    assert table.caption == "二、许可"
    assert table.rows[0][1:] == ("行政许可", "増减")
    assert table.rows[1][1:] == ("12件", "3")


def test_a_table_of_thousands_of_rows_is_looked_at_once() -> None:
    assert counted([*reviews()[:3], *[["1"] * 15] * 3000]) == {"fails": 3}  # one row, printed again and again
    assert counted([*form()[:8], *[form()[8]] * 3000, *form()[-2:]])["holds"] >= 7
    assert checked([form()[3]] * 3000).empty
