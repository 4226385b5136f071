from __future__ import annotations

import json

import pytest

import reportkit as rk
from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.report import Report
from reportkit.structure.mood import mood_of, together
from reportkit.structure.roles import section_roles

from .conftest import ROOT

GOLD = json.loads((ROOT / "tests" / "gold" / "jining_psb_2023" / "outline.json").read_text(encoding="utf-8"))


def tree(sections: list[dict]) -> list:  # type: ignore[type-arg]
    return [(s["number"], s["title"], tree(s.get("children", []))) for s in sections]


def test_the_seed_has_the_outline_that_annotators_found(seed: Report) -> None:
    found = seed.outline.as_dict()
    assert tree(found["sections"]) == tree(GOLD["sections"])
    assert (found["issuer"], found["title"], found["year"]) == (GOLD["issuer"], GOLD["title"], GOLD["year"])
    assert bool(found["closing"]) is GOLD["closing"]
    assert found["diagnostics"] == []


def test_words_that_page_breaks_cut_are_whole_in_the_seed(seed: Report) -> None:
    assert all(words in seed.text for words in GOLD["rejoined"])


def test_the_outline_prints_as_a_tree() -> None:
    outline = rk.parse("某某局\n2023年工作报告\n一、成效\n（一）执法。办案3件。\n三、问题\n无。").outline
    assert str(outline).splitlines() == [
        "2023年工作报告 · 某某局 · 2023",
        "├─ (preamble) [14 characters]",
        "├─ 一、成效 [17 characters]",
        "│  ├─ （一）执法 [12 characters]",
        "├─ 三、问题 [7 characters]",
        "!  A number is missing after 一、: the next heading is “三、问题”.",
    ]


def test_the_html_tree_folds_without_script_and_escapes_the_report() -> None:
    html = rk.parse("一、<script>alert(1)</script>工作\n（一）甲&乙。完成。").outline._repr_html_()
    assert "<details open><summary>" in html
    assert "<script" not in html
    assert "甲&amp;乙" in html


def test_sections_come_as_a_table_that_leads_back(seed: Report) -> None:
    table = rk.extract_sections(seed)
    assert list(table["path"][:3]) == ["一", "一/（一）", "一/（二）"]
    for row in table.itertuples():
        assert seed.text[row.start : row.end].startswith(row.number + row.title)
        assert row.n_chars == row.end - row.start
    top = table[table["level"] == 1]
    assert top["n_sentences"].sum() == 33
    assert rk.extract_sections(rk.parse("没有标题的文字。")).empty


def test_a_report_that_is_in_its_file_twice_is_noticed(seed: Report) -> None:
    twice = rk.parse(seed.text + "\n" + seed.text)
    kinds = [diagnostic.kind for diagnostic in twice.outline.diagnostics]
    assert "repeated_text" in kinds
    assert "misordered_number" in kinds


def test_thousands_of_headings_and_one_endless_line_are_no_trouble() -> None:
    many = rk.parse("".join(f"一、标题\n第{i}段文字。\n" for i in range(3000)))
    assert len(many.outline.sections) == 3000
    assert len(rk.parse("工作有序推进，" * 30_000).sentences) == 1


# Last year's outline and this year's: 一、（一） stands in both, and only the id tells the two apart.
TWO_OUTLINES = """2023年工作总结
2023年工作情况
一、行政执法
（一）检查企业。检查企业30家。
（二）办理案件。办理案件5件。
2024年工作计划
一、行政执法
（一）检查企业。检查企业40家。
（二）办理案件。办理案件6件。"""


def test_sections_with_one_path_have_each_its_id_its_role_and_its_sentences() -> None:
    report = rk.parse(TWO_OUTLINES.replace("2023年工作情况", "2023年，完成各项任务。\n2023年工作情况"))
    twins = [section for section in report.outline.walk() if section.number == "（一）"]
    assert [section.title for section in twins] == ["检查企业", "检查企业"]
    assert twins[0].id != twins[1].id
    roles = section_roles(report)
    assert [roles[section.id].name for section in twins] == ["review", "plan"]
    of_each = [[s.text for s in report.sentences if s.section_id == section.id] for section in twins]
    assert of_each == [["检查企业30家。"], ["检查企业40家。"]]
    metrics = rk.extract_metrics(report)
    assert list(metrics["status"]) == ["reported", "reported", "target", "target"]
    assert list(metrics["section_id"])[::2] == [section.id for section in twins]


def test_paths_that_come_twice_are_said_to_once() -> None:
    report = rk.parse(
        "一、甲工作\n（一）执法。办案3件。\n（二）普法。宣讲5场。\n一、乙工作\n（一）执法。办案4件。\n（二）普法。宣讲6场。"
    )
    said = [diagnostic for diagnostic in report.outline.diagnostics if diagnostic.kind == "repeated_path"]
    assert [diagnostic.message for diagnostic in said] == [
        "3 paths, among them 一, name more than one section: tell sections by their id."
    ]


def test_a_copy_in_traditional_characters_has_the_same_tree_and_prints_its_own(seed: Report) -> None:
    pairs = [(e["simplified"], e["traditional"]) for e in reversed(lexicon("traditional"))]
    to_traditional = {
        plain: other for plain, other in pairs if other < "\uf900"
    }  # no compatibility forms, which cleaning mends
    text = seed.text.translate(str.maketrans(to_traditional))
    copy = rk.parse(text)
    assert copy.text == text != seed.text
    assert [(s.level, s.number, s.span, s.heading) for s in copy.outline.walk()] == [
        (s.level, s.number, s.span, s.heading) for s in seed.outline.walk()
    ]
    for section, original in zip(copy.outline.walk(), seed.outline.walk(), strict=True):
        assert section.title in text
        assert to_simplified(section.title) == to_simplified(original.title)
    assert copy.outline.title in text
    assert copy.outline.issuer in text
    assert [s.span for s in copy.sentences] == [s.span for s in seed.sentences]
    assert {i: role.name for i, role in section_roles(copy).items()} == {
        i: role.name for i, role in section_roles(seed).items()
    }


@pytest.mark.parametrize(
    ("words", "plans"),
    [
        ("要推进改革，继续完善制度。" + "加强监督。" * 40, True),  # two words of planning are enough
        ("要推进改革，完善制度。" + "加强监督。" * 40, False),  # one is not
        ("要推进改革，继续完善制度，完成了任务。" + "加强监督。" * 40, True),  # two to one is still a plan
        ("要推进改革，继续完善制度，完成了任务，已见成效。" + "加强监督。" * 40, False),
        ("要推进改革，继续完善制度。", False),  # too short to say
        ("重要任务，主要做法。" + "加强监督。" * 40, False),  # 要 inside a word
    ],
)
def test_a_passage_plans_where_its_words_do(words: str, plans: bool) -> None:
    assert mood_of(words).plans is plans


def test_parts_of_a_chapter_are_judged_together() -> None:
    assert not mood_of("要推进改革。" + "加强监督。" * 90).tells_nothing
    assert together([mood_of("要推进改革。" + "加强监督。" * 90)] * 2).tells_nothing
    assert together([]).n_chars == 0
