r"""RTF as Word and WPS write it: ``\'xx`` in the code page of a font, ``\uN?``, tables, lists, hidden text."""

from __future__ import annotations

import pytest

import reportkit as rk
from reportkit.loading import read_source

HEAD = r"{\rtf1\ansi\ansicpg%s\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}}{\info{\title x}}%s}"


def gbk(words: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in words.encode("gb18030"))


def escaped(words: str) -> str:
    units = words.encode("utf-16-le")
    numbers = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)


def mixed(words: str) -> str:
    return "".join(gbk(char) if n % 2 else f"\\uc1\\u{ord(char)}\\'3f" for n, char in enumerate(words))


def text_of(body: str, page: int = 936) -> list[str]:
    return read_source((HEAD % (page, body)).encode("latin-1"), name="报告.rtf").text.split("\n")[:-1]


LINES = ["某某市2023年法治政府建设年度报告", "一、主要工作", "全年办理案件120件，同比下降7.1%。", "二、存在问题"]


@pytest.mark.parametrize("write", [gbk, escaped, mixed])
@pytest.mark.parametrize("page", [936, 1252])
def test_chinese_is_read_however_it_is_written(write: object, page: int) -> None:
    assert callable(write)
    assert text_of("\\pard\\f0 " + "\\par\r\n".join(write(line) for line in LINES), page) == LINES


def test_a_second_byte_may_stand_as_a_character() -> None:
    raw = "镕丂"  # their second bytes are those of ASCII characters
    assert any(byte < 0x80 for byte in raw.encode("gbk")[1::2])
    words = "".join(f"\\'{a:02x}" + (chr(b) if b < 0x80 else f"\\'{b:02x}") for a, b in map(str.encode, raw, ["gbk"] * 2))
    assert text_of("\\f0 " + words) == [raw]


def test_what_word_does_not_show_is_not_read() -> None:
    body = (
        "{\\header\\pard " + gbk("内部资料") + "\\par}\\pard " + gbk("办案") + "{\\v " + gbk("草稿98件") + "}{\\deleted 10}12"
        + gbk("件。")
        + "{\\footnote " + gbk("见附表") + "}\\par{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}" + gbk("页。")
        + "{\\*\\unknown " + gbk("不读") + "}{\\pict\\bin4 }{}}}\\par ab\\par"
    )  # fmt: skip
    source = read_source((HEAD % (936, body)).encode("latin-1"))
    assert source.text == "办案12件。\n3页。\nab\n"
    assert source.notes == ("footnote: 见附表",)


def test_numbers_of_lists_and_text_boxes_are_read() -> None:
    body = "{\\listtext\\pard\\plain\\f0 " + gbk("一、") + "\\tab}" + gbk("主要工作")
    body += "{\\shp{\\*\\shpinst{\\shptxt " + gbk("框内文字。") + "\\par}}}" + "\\par " + gbk("完。") + "\\par"
    assert text_of(body) == ["一、主要工作", "框内文字。", "完。"]


def test_tables_are_kept_with_merged_cells() -> None:
    def row(edges: list[int], cells: list[str], joined: dict[int, str] | None = None) -> str:
        shape = "".join(
            f"\\{(joined or {})[n]}\\cellx{edge}" if n in (joined or {}) else f"\\cellx{edge}" for n, edge in enumerate(edges)
        )
        return f"\\trowd{shape}" + "".join(f"\\pard\\intbl {gbk(cell)}\\cell" for cell in cells) + "\\row"

    rows = row([1000, 3000], ["类别", "件数"], {0: "clvmgf"}) + row([1000, 2000, 3000], ["", "上年", "本年"], {0: "clvmrg"})
    rows += row([1000, 2000, 3010], ["许可", "2", "3"])
    source = read_source(
        (HEAD % (936, gbk("表1 执法情况") + "\\par" + rows + "\\pard " + gbk("完。") + "\\par")).encode("latin-1")
    )
    assert source.tables[0].rows == (("类别", "件数", "件数"), ("类别", "上年", "本年"), ("许可", "2", "3"))
    assert source.tables[0].caption == "表1 执法情况"
    assert source.text == "表1 执法情况\n完。\n"
    frame = row([9000], ["一、主要工作"]) + "\\pard\\par"
    assert text_of(frame) == ["一、主要工作"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{" * 2000,
        "\\bin99999999 x",
        "\\u99999999?",
        "\\cellx1" * 50_000 + "\\cell\\row" * 50_000,
        "\\'",
        "\\'d6",
        "}" * 5000,
        "\\v " + "x" * 10**6,
    ],
)
def test_bad_rtf_is_read_or_refused(body: str) -> None:
    data = (HEAD % (936, body)).encode("latin-1")
    with pytest.raises(rk.LoadingError, match=r"^a\.rtf: "):
        rk.read(data + b"{" * 2000, name="a.rtf", limits=rk.Limits(seconds=10))
    with pytest.raises(rk.LoadingError, match=r"^a\.rtf: "):
        rk.read(data[: len(data) // 2 + 1].replace(b"SimSun", b""), name="a.rtf", limits=rk.Limits(seconds=10))
