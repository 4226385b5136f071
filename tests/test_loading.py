from __future__ import annotations

import io
from pathlib import Path

import pytest

import reportkit as rk
from reportkit.loading import read_source

TEXT = "某某市2023年度法治政府建设工作报告\n现将有关情况报告如下：\n一、主要工作\n全年办理案件120件，群众满意率99.5%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_newline_gives_the_same_text(encoding: str, newline: str) -> None:
    report = rk.read(TEXT.replace("\n", newline).encode(encoding))
    assert report.text == TEXT.strip()


def test_a_path_bytes_and_file_objects_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode())
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        reports = [rk.read(path), rk.read(str(path)), rk.read(path.read_bytes()), rk.read(binary), rk.read(text)]
    assert {report.text for report in reports} == {TEXT.strip()}
    assert {report.source.sha256 for report in reports} == {reports[0].source.sha256}
    assert reports[0].source.path == str(path)


def test_a_known_encoding_can_be_named() -> None:
    assert rk.read(TEXT.encode("big5", errors="ignore"), encoding="big5").source.encoding == "big5"
    with pytest.raises(rk.LoadingError, match="cannot be decoded as ascii"):
        rk.read(TEXT.encode(), encoding="ascii")
    with pytest.raises(rk.LoadingError, match="cannot be decoded as nonsense"):
        rk.read(TEXT.encode(), encoding="nonsense")


def test_a_lost_byte_is_noted_and_not_fatal() -> None:
    data = (TEXT * 10).encode("gb18030")
    source = read_source(data[:101] + b"\xff" + data[102:])
    assert source.encoding == "gb18030"
    assert source.notes
    assert "could not be decoded" in source.notes[0]


@pytest.mark.parametrize(("wrong", "right"), [("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")])
def test_mojibake_is_recognised_and_named(wrong: str, right: str) -> None:
    mojibake = (TEXT * 3).encode(right).decode(wrong, errors="ignore")
    with pytest.raises(rk.LoadingError, match=f"mojibake.*{right.upper()} that was read as {wrong.upper()}"):
        rk.read(mojibake.encode(), name="copied.txt")
    with pytest.raises(rk.LoadingError, match="mojibake"):
        rk.read(io.StringIO(mojibake))


@pytest.mark.parametrize(
    "text",
    ["English only, with 12 numbers.", TEXT, "濂 瀵 罕见字", "2023 年政府工作报告", "臺灣法治報告與國務院關於計劃"],
)
def test_real_text_is_no_mojibake(text: str) -> None:
    assert rk.read(text.encode()).text


# Every message names the file, says what was expected and what to do.
BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\r\n\t", "the file is empty"),
    "mark_only": (b"\xef\xbb\xbf\n", "holds no text"),
    "binary": (bytes(range(256)) * 20, "this is no text file"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "the PDF is damaged"),
    "docx": (b"PK\x03\x04\x14\x00", "the file is damaged"),
    "rtf": (b"{\\rtf1\\ansi}", "this is an RTF file without text"),
    "png": (b"\x89PNG\r\n\x1a\n", "this is a picture"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
    "html": (b"\n<!DOCTYPE html><html></html>", "the file holds no text"),
    "residue_only": ("下载\n打印\n- 2 -\n".encode(), "nothing is left of the text"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_clear_line(kind: str, tmp_path: Path) -> None:
    data, words = BAD[kind]
    path = tmp_path / f"{kind}.txt"
    path.write_bytes(data)
    with pytest.raises(rk.LoadingError) as caught:
        rk.read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert words in message
    assert "\n" not in message


def test_a_missing_file_a_folder_and_a_wrong_type_are_refused(tmp_path: Path) -> None:
    with pytest.raises(rk.LoadingError, match="there is no such file; a report file was expected"):
        rk.read(tmp_path / "none.txt")
    with pytest.raises(rk.LoadingError, match="this is a folder; one report file was expected"):
        rk.read(tmp_path)
    with pytest.raises(rk.LoadingError, match="a int was given; a path, bytes or an open file was expected"):
        rk.read(3)  # type: ignore[arg-type]
    with pytest.raises(rk.LoadingError, match="cannot be read"):
        rk.read("a\0b.txt")
    with pytest.raises(rk.LoadingError, match="format 'xyz' cannot be read"):
        rk.read(TEXT.encode(), "xyz")
    with pytest.raises(rk.LoadingError, match="the text is empty"):
        rk.parse(" \n")
