"""OFD files: characters and rules where the standard puts them, what is no text of the report apart, bad files refused."""

from __future__ import annotations

from collections import Counter

import pytest

import reportkit as rk
from reportkit.loading.layout.placed import Char, Sheet
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.ofd import reading_of, text_of_ofd
from reportkit.loading.ofd.measures import POINTS
from reportkit.report import Report

from .conftest import REAL_REPORTS
from .fixtures import SAMPLE
from .mutations.ofd import mutated
from .ofd_files import OLD_SPACE, SPACE, Book, annotation, image, package_of, page, path, report_of, table, text, text_object

OTHER = """某某县交通运输局
2022年度政府信息公开工作年度报告
本报告由某某县交通运输局按照《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自2022年1月1日起，至2022年12月31日止。
一、总体情况
2022年，本局主动公开政府信息1,236条，其中通过网站公开980条、占79.3%，比上年增加105条，增长9.3%；回应公众关注热点12次。
二、收到和处理申请情况
（一）申请情况
全年收到申请35件，上年结转2件，均在20个工作日内答复。
1.予以公开。共18件，占48.6%。
2.不予公开。共7件。
（二）收费情况
未收取任何费用。
三、存在的主要问题
公开内容不够丰富，APP和WeChat等新媒体运用不足。
"""
ROWS = (("项目", "上年", "本年"), ("行政许可", "5120", "5340"), ("行政处罚", "880", "792"))
CTM_UP = "0 -1 1 0 0 0"  # it reads upwards
WORDS = "全年共检查企业120家次。"


def sheets_of(data: bytes, **limits: float) -> list[Sheet]:
    given = Limits(**limits)  # type: ignore[arg-type]
    return reading_of(data, "x.ofd", given, Clock("x.ofd", given))[0].sheets


def notes_of(data: bytes) -> tuple[str, ...]:
    return reading_of(data, "x.ofd", Limits(), Clock("x.ofd", Limits()))[1]


def only_page(content: str, **more: str) -> Sheet:
    (sheet,) = sheets_of(package_of(Book([page(content)], **more)))  # type: ignore[arg-type]
    return sheet


def words(chars: tuple[Char, ...]) -> str:
    """The characters in the order of the file, with a space where a gap is left between Latin ones."""
    said = ""
    for n, char in enumerate(chars):
        before = chars[n - 1] if n else char
        latin = before.text.isascii() and char.text.isascii()
        said += " " * (n > 0 and latin and char.x0 - before.x1 > 0.25 * char.size) + char.text
    return said


def rich() -> bytes:
    """A file of two documents that has a little of everything."""
    cell = text("部件", 2, 5) + '<CompositeObject ID="7" Boundary="9 9 9 9" ResourceID="C2"/>'
    unit = '<CompositeGraphicUnit ID="{}" Width="40" Height="20"><Content>{}</Content></CompositeGraphicUnit>'
    ligature = '<CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><Glyphs>7</Glyphs></CGTransform>'
    content = (
        text("某某市2023年工作报告", 60, 40, 7.7)
        + text("一、主要工作", 39, 55)
        + f"<PageBlock>{text(WORDS, 39, 65)}</PageBlock>"
        + table(ROWS, 30, 80, [40, 40, 40], how="boxes")
        + text_object(ligature + '<TextCode X="0" Y="5" DeltaX="g 2 3 3">afib</TextCode>', "30 130 20 6")
        + text("竖排", 20, 150, ReadDirection="90", CharDirection="0")
        + text("草稿", 90, 150, 30, CTM="0.7 -0.7 0.7 0.7 0 0")
        + '<CompositeObject ID="7" CTM="0.5 0 0 0.5 0 0" Boundary="30 160 40 20" ResourceID="C1"/>'
        + image("150 200 30 30")
    )
    book = Book(
        [
            page(content, template="T1", area="0 0 210 297"),
            page(text("二、下一步打算", 39, 40) + table(ROWS, 30, 80, [40] * 3, how="fills")),
        ],
        {"T1": page(text("内部资料", 85, 20))},
        annotations=[annotation("Watermark", text("机密", 10, 10)), annotation("Stamp", image("0 0 20 20"))],
        n_signatures=1,
        resources=unit.format("C1", cell) + unit.format("C2", text("更小", 1, 5)),
    )
    return package_of(book, Book([page(text("附件", 39, 40))]))


def assert_same(report: Report, other: Report) -> None:
    """Outline, title page, figures and sentences are the same."""
    assert report.outline.as_dict()["sections"] == other.outline.as_dict()["sections"]
    assert (report.outline.issuer, report.outline.title) == (other.outline.issuer, other.outline.title)
    mine, theirs = (rk.extract_metrics(one).drop(columns=["start", "end"]) for one in (report, other))
    assert mine.astype(str).equals(theirs.astype(str))
    assert [sentence.text for sentence in report.sentences] == [sentence.text for sentence in other.sentences]


def test_characters_stand_where_the_standard_puts_them() -> None:
    sheet = only_page(text("某市2023", 30, 40, 5.6))
    assert (round(sheet.width), round(sheet.height)) == (595, 842)
    first, second, third = sheet.chars[:3]
    assert [char.text for char in sheet.chars] == list("某市2023")
    assert (first.x0, first.x1) == pytest.approx((30 * POINTS, 35.6 * POINTS))
    assert (first.top, first.bottom) == pytest.approx(((40 - 0.88 * 5.6) * POINTS, (40 + 0.12 * 5.6) * POINTS))
    assert second.x0 == pytest.approx(35.6 * POINTS)
    assert third.x1 - third.x0 == pytest.approx(2.8 * POINTS)
    assert [char.size for char in sheet.chars] == pytest.approx([5.6 * POINTS] * 6)
    assert {char.angle for char in sheet.chars} == {0.0}


def test_a_matrix_scales_and_turns() -> None:
    scaled = only_page(
        text_object('<TextCode X="10" Y="50" DeltaX="56">某市</TextCode>', "30 40 12 6", 56, CTM="0.1 0 0 0.1 0 0")
    )
    assert scaled.chars[0].x0 == pytest.approx(31 * POINTS)
    assert scaled.chars[1].x0 - scaled.chars[0].x0 == pytest.approx(5.6 * POINTS)
    assert scaled.chars[0].size == pytest.approx(5.6 * POINTS)
    for turn, angle in ((CTM_UP, 90.0), ("0 1 -1 0 0 0", 270.0), ("0.7071 0.7071 -0.7071 0.7071 0 0", 315.0)):
        turned = only_page(text(WORDS, 30, 40) + text("机密", 100, 100, CTM=turn)).chars[-2:]
        assert [char.angle for char in turned] == [angle, angle]
        assert (turned[1].top < turned[0].top) == (turn == CTM_UP)
    assert only_page(text(WORDS, 30, 40) + text("机密", 50, 50, CharDirection="90")).chars[-1].angle == 270.0


def test_a_page_may_begin_elsewhere_and_have_no_size() -> None:
    (moved,) = sheets_of(package_of(Book([page(text("某", 30, 40), area="10 10 100 100")])))
    assert (moved.chars[0].x0, moved.width) == pytest.approx((20 * POINTS, 100 * POINTS))
    (odd,) = sheets_of(package_of(Book([page(text("某", 30, 40), area="0 0 -5 nan")])))
    assert odd.width == pytest.approx(210 * POINTS)


@pytest.mark.parametrize(
    ("codes", "said", "places"),
    [
        ('<TextCode X="0" Y="5" DeltaX="g 2 6 7">甲乙丙丁</TextCode>', "甲乙丙丁", [0, 6, 12, 19]),
        ('<TextCode X="0" Y="5" DeltaX="g 999999999 6">甲乙丙</TextCode>', "甲乙丙", [0, 6, 12]),
        ('<TextCode X="0" Y="5">甲乙</TextCode><TextCode>丙</TextCode>', "甲乙丙", [0, 5.6, 11.2]),
        ('<TextCode X="0" Y="5" DeltaX="6">甲乙</TextCode><TextCode X="20">丙</TextCode>', "甲乙丙", [0, 6, 20]),
        ('<TextCode X="1" Y="5" DeltaX="6">\n  甲乙\n</TextCode>', "甲乙", [1, 7]),
        ('<TextCode X="0" Y="5" DeltaX="2 6"> 甲乙</TextCode>', "甲乙", [2, 8]),
        ('<TextCode X="x" Y="" DeltaX="1e99 6">甲乙丙</TextCode>', "甲乙丙", [0, 0, 6]),
        (
            '<CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"/><TextCode X="0" Y="5" DeltaX="3 4 3">\nafib'
            "</TextCode>",
            "afib",
            [0, 3, 5, 7],
        ),
        (
            '<CGTransform CodePosition="0" CodeCount="1" GlyphCount="2"/><TextCode X="0" Y="5" DeltaX="3 4 3">甲乙丙'
            "</TextCode>",
            "甲乙丙",
            [0, 7, 10],
        ),
    ],
    ids=["short_form", "far_too_many", "goes_on", "no_y", "line_ends", "space", "no_numbers", "two_by_one", "one_by_two"],
)
def test_the_ways_between_characters(codes: str, said: str, places: list[float]) -> None:
    chars = only_page(text_object(codes, "20 20 60 6")).chars
    assert "".join(char.text for char in chars) == said
    assert [char.x0 / POINTS - 20 for char in chars] == pytest.approx(places)


@pytest.mark.parametrize(
    ("words_given", "ways", "said"),
    [
        ("He affixed", "0.72 0.69 0.44 0.33 0.33 0.28 0.5 0.44 0.5", "He affixed"),
        ("Heaffixed", "0.72 0.69 0.44 0.33 0.33 0.28 0.5 0.44", "He affixed"),  # the space left out, its way kept
        ("xs:int", "0.5 0.5 0.5 0.5 0.5", "xs:int"),  # every letter as wide as the others
        ("CodeList", "0.8 0.65 0.65 0.6 0.7 0.4 0.55", "CodeList"),  # letters set apart
        ("A股 B股", "0.7 1 0.25 0.7", "A股B股"),  # only Latin words take a space
    ],
)
def test_latin_words_are_parted_where_a_gap_is(words_given: str, ways: str, said: str) -> None:
    ways = " ".join(f"{float(way) * 10:g}" for way in ways.split())
    code = f'<TextCode X="0" Y="9" DeltaX="{ways}">{words_given}</TextCode>'
    assert words(only_page(text_object(code, "20 20 0 0", 10)).chars) == said


@pytest.mark.parametrize("how", ["lines", "boxes", "fills"])
def test_the_rules_of_a_table(how: str) -> None:
    sheet = only_page(table(ROWS, 30, 80, [40, 40, 40], how=how))
    across = {round(rule.top / POINTS) for rule in sheet.rules if rule.top == rule.bottom}
    down = {round(rule.x0 / POINTS) for rule in sheet.rules if rule.x0 == rule.x1}
    assert across == {80, 89, 98, 107}
    assert down == {30, 70, 110, 150}
    assert len(sheet.rules) >= 8


@pytest.mark.parametrize(
    "drawn",
    [
        path("M 0 0 L 210 0 L 210 297 L 0 297 C", Stroke="false", Fill="true"),  # the ground of the page
        path("M 20 20 L 60 20 L 60 40 L 20 40 C", Stroke="false"),
        path("M 20 20 L 60 20", Alpha="0"),
        path("M 20 20 L 60 20", Visible="false"),
        path("M 20 20 L 60 50"),
        path("M 20 20 B 30 20 40 20 60 20"),
        path("M 20 20 A 20 20 0 0 1 60 20"),
        path("M 20 20 L 20.4 20 L 20.4 20.4 L 20 20.4 C", Fill="true"),  # the corner of a table
        path("M 20 20 L 24 20 L 24 30 L 22 33 L 20 30 C", Stroke="false", Fill="true"),  # a letter drawn as a shape
        path("M 900 900 L 950 900"),
        path("L L M x y Z 5 M 20"),
    ],
)
def test_what_is_drawn_and_no_rule(drawn: str) -> None:
    assert only_page(text("某市", 20, 30) + drawn).rules == ()


def test_white_lines_are_not_seen() -> None:
    white = '<PathObject ID="1" Boundary="0 0 99 99"><AbbreviatedData>M 9 9 L 60 9</AbbreviatedData>{}</PathObject>'
    for colour, seen in (("255 255 255", 0), ("#FF #ff #FF", 0), ("0 0 0 0", 0), ("0 0 0", 1), ("255 0 0", 1)):
        content = text("某市", 20, 30) + white.format(f'<StrokeColor Value="{colour}"/>')
        assert len(only_page(content).rules) == seen, colour


@pytest.mark.parametrize("space", [SPACE, OLD_SPACE, "urn:another"])
@pytest.mark.parametrize("absolute", [True, False])
def test_every_namespace_and_both_kinds_of_paths_are_read(space: str, absolute: bool) -> None:
    data = package_of(
        Book([page(text(WORDS, 30, 40), template="T1")], {"T1": page(text("机密", 9, 9))}), space=space, absolute=absolute
    )
    (sheet,) = sheets_of(data)
    assert words(sheet.chars) == WORDS
    assert notes_of(data) == ("left out: the text of 1 page template (letterhead, running header): “机密”",)


@pytest.mark.parametrize(
    "named",
    [
        "Pages/Page_0/Content.xml",
        "pages/PAGE_0/content.XML",
        "..\\Doc_0\\Pages\\Page_0\\Content.xml",
        "../../../Doc_0/Pages/Page_0",
    ],
)
def test_paths_in_any_spelling_stay_in_the_package(named: str) -> None:
    document = f'<Document xmlns="{SPACE}"><Pages><Page ID="0" BaseLoc="{named}"/></Pages></Document>'
    (sheet,) = sheets_of(package_of(Book([page(text(WORDS, 30, 40))]), changed={"Doc_0/Document.xml": document}))
    assert words(sheet.chars) == WORDS


def test_documents_are_read_one_after_another_and_what_stands_apart_is_said() -> None:
    data = rich()
    sheets = sheets_of(data)
    assert [sheet.number for sheet in sheets] == [1, 2, 3]
    said = words(sheets[0].chars)
    assert "部件更小" in said  # objects that are composed of others
    assert "afib" in said
    assert "内部资料" not in said + words(sheets[1].chars)
    assert {char.text for char in sheets[0].chars if char.angle} == {"草", "稿"}
    assert notes_of(data) == (
        "left out: the text of 1 page template (letterhead, running header): “内部资料”",
        "the file holds 2 documents; all of them were read, one after the other",
        "left out: 2 annotations (Watermark 1, Stamp 1): “机密”",
        "left out: 1 signature or seal, not checked",
    )


def test_a_damaged_part_beside_the_text_costs_a_note() -> None:
    book = Book([page(text(WORDS, 30, 40))], annotations=[annotation("Stamp", "")], n_signatures=1)
    data = package_of(book, changed={"Doc_0/Signatures.xml": "<Sign", "Doc_0/Annots/Page_0/Annotation.xml": ""})
    assert words(sheets_of(data)[0].chars) == WORDS
    assert notes_of(data) == (
        "left out: what stands in 2 damaged parts: “Doc_0/Annots/Page_0/Annotation.xml”, “Doc_0/Signatures.xml”",
    )


def test_a_file_whose_only_text_is_in_templates_is_read_from_them() -> None:
    data = package_of(Book([page("", template="T1")], {"T1": page(text(WORDS, 30, 40))}))
    assert words(sheets_of(data)[0].chars) == WORDS


@pytest.mark.parametrize("how", [{"Visible": "false"}, {"Alpha": "0"}, {"Fill": "false"}])
def test_hidden_text_is_left_out_unless_it_is_all(how: dict[str, str]) -> None:
    hidden = text("旧稿98件", 30, 60, **how)
    both = package_of(Book([page(text(WORDS, 30, 40) + hidden + text("页外", 300, 40))]))
    assert words(sheets_of(both)[0].chars) == WORDS
    assert notes_of(both) == ("left out: 7 characters that are faint (a watermark), hidden or beside the page: “页外旧稿98件”",)
    scan = package_of(Book([page(image("0 0 210 297") + hidden)]))  # text that OCR has put under the picture
    assert words(sheets_of(scan)[0].chars) == "旧稿98件"


def test_faint_text_is_a_watermark_and_pale_grey_is_not() -> None:
    code = '<FillColor Value="200 200 200" Alpha="{}"/><TextCode X="0" Y="9" DeltaX="10">密件</TextCode>'
    faint = text("内部", 60, 60, Alpha="60") + text_object(code.format(80), "60 70 30 10", 10)
    kept = text_object(code.format(200), "60 90 30 10", 10)
    data = package_of(Book([page(text(WORDS, 30, 40) + faint + kept)]))
    assert words(sheets_of(data)[0].chars) == WORDS + "密件"
    assert notes_of(data) == ("left out: 4 characters that are faint (a watermark), hidden or beside the page: “内部密件”",)
    with pytest.raises(rk.LoadingError, match="it is a scan"):
        sheets_of(package_of(Book([page(image("0 0 210 297") + faint)])))


def test_a_page_of_pictures_among_others_and_a_missing_page_are_said() -> None:
    pages = [page(text(WORDS * 2, 30, 40)), page(image("0 0 210 297") + text("— 2 —", 90, 280)), page(text("丙", 30, 40))]
    notes = notes_of(package_of(Book(pages), changed={"Doc_0/Pages/Page_2/Content.xml": None}))
    assert notes == (
        "left out: 1 page that the file names and does not hold: “Pages/Page_2/Content.xml”",
        "left out: what stands in a picture that covers page 2",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            package_of(Book([page(image("0 0 210 297")), page(image("0 0 210 297"))])),
            "2 pages and no text: it is a scan. Run it through OCR",
        ),
        (
            package_of(Book([page(path("M 9 9 B 1 1 2 2 3 3 C"))])),
            "1 page and no text: its words are drawn as pictures. Run it through OCR",
        ),
        (package_of(Book([page(text("某", 9, 9))]), changed={"Doc_0/Document.xml": None}), "has no part 'Doc_0/Document.xml'"),
        (package_of(Book([])), "has no page that can be read"),
        (package_of(), "has no page that can be read"),
        (package_of(Book([page(text("某", 9, 9))]), changed={"OFD.xml": "<OFD"}), "the part OFD.xml is damaged"),
    ],
    ids=["scan", "outlines", "no_document", "no_pages", "nothing", "cut"],
)
def test_a_file_without_text_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(rk.LoadingError, match=said) as caught:
        rk.read(data, name="x.ofd")
    assert str(caught.value).startswith("x.ofd: ")


def test_pages_objects_and_characters_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportkit.loading.ofd.drawn._N_OBJECTS", 30_000)
    monkeypatch.setattr("reportkit.loading.ofd.drawn._N_CHARACTERS", 30_000)
    one = page(text("某", 9, 9))
    with pytest.raises(rk.LoadingError, match="the OFD has 3 pages, more than the 2 that are read"):
        sheets_of(package_of(Book([one] * 3)), n_pages=2)
    unit = '<CompositeGraphicUnit ID="C{}"><Content>{}</Content></CompositeGraphicUnit>'
    draw = '<CompositeObject ID="7" Boundary="0 0 9 9" ResourceID="C{}"/>'
    units = "".join(unit.format(n, draw.format(n + 1) * 30) for n in range(9))
    with pytest.raises(rk.LoadingError, match="draws more than 30,000 objects"):
        sheets_of(package_of(Book([page(draw.format(0))], resources=units)))
    long = unit.format(0, text_object(f"<TextCode>{'某' * 4000}</TextCode>", "0 0 9 9"))
    with pytest.raises(rk.LoadingError, match="draws more than 30,000 characters"):
        sheets_of(package_of(Book([page(draw.format(0) * 60)], resources=long)))
    with pytest.raises(rk.LoadingError, match="draws more than 20,000 characters in one text object"):
        only_page(text_object(f"<TextCode>{'某' * 20001}</TextCode>", "0 0 9 9"))
    circle = unit.format(0, text("某", 9, 9) + draw.format(0) * 50)
    (sheet,) = sheets_of(package_of(Book([page(draw.format(0))], resources=circle)))
    assert words(sheet.chars) == "某"


def test_the_same_lines_whether_objects_hold_lines_or_characters(seed: Report) -> None:
    by_line, by_character, scaled = (
        sheets_of(report_of(seed.text, objects=objects)) for objects in ("lines", "characters", "scaled")
    )
    assert [words(sheet.chars) for sheet in by_line] == [words(sheet.chars) for sheet in by_character]
    for one, other in zip(by_line, scaled, strict=True):
        assert [char.x0 for char in one.chars] == pytest.approx([char.x0 for char in other.chars], abs=0.5)


@pytest.mark.parametrize(("turn", "way"), [("0 -1 1 0 0 0", (0, -1)), ("0 1 -1 0 0 0", (0, 1)), ("-1 0 0 -1 0 0", (-1, 0))])
def test_a_page_that_is_turned_as_a_whole_is_turned_back(turn: str, way: tuple[int, int]) -> None:
    content = "".join(text(word, 100 + 20 * n * way[0], 150 + 20 * n * way[1], CTM=turn) for n, word in enumerate("甲乙丙"))
    sheet = only_page(content + path("M 20 20 L 20 90"))
    assert {char.angle for char in sheet.chars} == {0.0}
    assert [char.text for char in sorted(sheet.chars, key=lambda char: char.x0)] == list("甲乙丙")
    assert max(char.top for char in sheet.chars) - min(char.top for char in sheet.chars) < 1
    assert (sheet.width > sheet.height) == (way[0] == 0)
    (rule,) = sheet.rules
    assert (rule.top == rule.bottom) == (way[0] == 0)
    assert 0 <= rule.x0 <= rule.x1 <= sheet.width
    assert 0 <= rule.top <= rule.bottom <= sheet.height


def test_characters_of_the_private_use_area_are_no_text() -> None:
    unknown = "".join(chr(0xE000 + n) for n in range(12))
    with pytest.raises(rk.LoadingError, match="cannot be decoded"):
        rk.read(package_of(Book([page(text("第1页" + unknown + "…" * 200, 20, 40, 1.0))])))
    assert rk.read(package_of(Book([page(text(WORDS * 2 + unknown[:3], 20, 40))]))).text.startswith(WORDS)


@pytest.mark.parametrize("objects", ["lines", "characters", "scaled"])
@pytest.mark.parametrize("how", ["lines", "boxes", "fills"])
def test_an_ofd_file_reads_as_its_text(seed: Report, objects: str, how: str) -> None:
    report = rk.read(report_of(seed.text, rows=ROWS, how=how, objects=objects))
    assert_same(report, seed)
    assert report.source.format == "ofd"
    assert [table.rows for table in report.tables] == [ROWS]
    assert "内部资料" not in report.text
    assert report.place_of(report.sentences[-1].span).startswith("page 6, ")


@pytest.mark.parametrize("absolute", [True, False])
def test_made_up_reports_read_as_their_text(absolute: bool) -> None:
    for words_given in (SAMPLE, OTHER):
        report, same = rk.read(report_of(words_given, absolute=absolute)), rk.read(words_given.encode())
        assert_same(report, same)
        assert report.tables == ()


def test_genuine_files_are_read() -> None:
    paths = [REAL_REPORTS / "ofd" / name for name in ("n.ofd", "z.ofd")]
    if not all(path.exists() for path in paths):
        pytest.skip(f"no OFD files in {REAL_REPORTS}")
    letter, chapter = map(rk.read, paths)
    assert [len(line) > 40 for line in letter.text.split("\n")[:7]] == [False, False, False, False, False, True, True]
    assert letter.tables == ()
    assert "left out: 1 signature or seal, not checked" in letter.source.notes
    (only,) = chapter.tables
    assert [len(row) for row in only.rows] == [4] * 5
    assert all(cell for row in only.rows for cell in row)
    assert len(chapter.outline.sections) == 4


def test_mutated_files_are_read_or_refused() -> None:
    data = rich()
    outcomes = Counter(_outcome(mutated(data, seed)) for seed in range(200))
    assert set(outcomes) == {"read", "refused"}
    assert outcomes["read"] > 100


def _outcome(data: bytes) -> str:
    try:
        text_of_ofd(data, "x.ofd", Limits(seconds=20))
    except rk.LoadingError as error:
        return "refused" if str(error).startswith("x.ofd: ") else f"unnamed: {error}"
    return "read"
