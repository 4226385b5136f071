"""What a bad file can do: be refused in one clear sentence, and nothing else."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from pathlib import Path

import pytest

import reportkit as rk

from .broken import broken_files
from .fixtures import docx_of, html_of, pdf_of
from .test_formats import SHORT


def docx_with(part: str, data: bytes) -> bytes:
    """A Word file with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of(SHORT))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != part:
                new.writestr(entry, old.read(entry.filename))
        new.writestr(part, data)
    return stream.getvalue()


def ofd() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("OFD.xml", '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
    return stream.getvalue()


def pdf_bomb(times: int) -> bytes:
    """A PDF whose one page draws a stream of 300 MB of spaces, packed once or twice."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    filters = b"/FlateDecode " * times
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    stream = b"4 0 obj <</Length %d /Filter [%s]>> stream\n%s\nendstream endobj\n" % (len(packed), filters, packed)
    page = b"3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 500 500]>> endobj\n"
    tree = b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    return b"%PDF-1.7\n" + tree + page + stream + b"trailer <</Root 1 0 R>>\n%%EOF"


BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BAD = {
    "a zip bomb": (lambda: docx_with("word/media/x.xml", b"0" * 50_000_000), "would unpack to"),
    "an XML entity bomb": (lambda: docx_with("word/document.xml", BOMB), "declares XML entities"),
    "a Word file cut short": (lambda: docx_of(SHORT)[:9000], "the file is damaged"),
    "an OFD file without a document": (ofd, "the OFD has no page that can be read"),
    "a Word file of no XML": (lambda: docx_with("word/document.xml", b"nothing"), "the Word file is damaged"),
    "a PDF bomb": (lambda: pdf_bomb(1), "would unpack to more than 200,000,000 bytes"),
    "a PDF bomb packed twice": (lambda: pdf_bomb(2), "would unpack to more than 200,000,000 bytes"),
    "a page of 21 MB": (lambda: b"<html><p>" + b"a" * 21_000_000, "more than the 20,000,000 that are read"),
    "a page of no text but bytes": (lambda: b"<html>" + bytes(range(256)) * 50, "this is no web page"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n%%EOF", "the PDF is damaged"),
    "a page without text": (lambda: b"<html><body><div></div></body></html>", "holds no text"),
    "a page that nests": (lambda: b"<html>" + b"<div>" * 100_000 + "报告".encode(), "nests more than 500 elements"),
    "an encrypted Office file": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted Office file"),
    "a file of old Word": (lambda: OLE + "WordDocument".encode("utf-16-le"), r"a document of old Word \(.doc\); open it in"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(kind: str) -> None:
    make, say = BAD[kind]
    with pytest.raises(rk.LoadingError, match=say) as caught:
        rk.read(make(), name="报告.docx")
    assert str(caught.value).startswith("报告.docx: ")
    assert "\n" not in str(caught.value)


def test_an_encrypted_pdf_and_a_scan_are_named(chromium: str) -> None:
    from PIL import Image
    from pypdf import PdfWriter
    from pypdfium2 import PdfDocument

    scan = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(scan, format="PDF")
    with pytest.raises(rk.LoadingError, match="it is a scan"):
        rk.read(scan.getvalue())
    plain = pdf_of(SHORT, "plain", chromium)
    assert len(PdfDocument(plain)) == 1
    with pytest.raises(rk.LoadingError, match="more than the 0 that are read"):
        rk.read(plain, limits=rk.Limits(n_pages=0))
    with pytest.raises(rk.LoadingError, match="took more than 0 s"):
        rk.read(plain, limits=rk.Limits(seconds=0))
    locked = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(plain))
    writer.encrypt("secret")
    writer.write(locked)
    with pytest.raises(rk.LoadingError, match="the PDF is encrypted and asks for a password"):
        rk.read(locked.getvalue())


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    start = time.perf_counter()
    with pytest.raises(rk.LoadingError, match="200,000,000 bytes, more than the 100,000,000 that are read"):
        rk.read(path)
    assert time.perf_counter() - start < 1
    with pytest.raises(rk.LoadingError, match="more than the 10 that are read"):
        rk.read("报告报告报告".encode(), limits=rk.Limits(n_bytes=10))


def test_a_folder_and_names_with_tricks_are_only_names(tmp_path: Path) -> None:
    for name in ("../../etc/nothing", "a\0b", "CON", "x" * 5000):
        with pytest.raises(rk.LoadingError):
            rk.read(tmp_path / name if "\0" not in name else name)
    with pytest.raises(rk.LoadingError, match="this is a folder"):
        rk.read(tmp_path)


@pytest.mark.parametrize(
    "line",
    ["推进改革发展机制3个", "“甲乙”机制，", "《甲法》", "（", "《", "“", "一、", "2.5%", "下降1%、", "。", "\u3000", "x@"],
)
def test_an_endless_line_takes_linear_time(line: str) -> None:
    tables = (rk.extract_metrics, rk.score_sentiment, rk.extract_mechanisms, rk.extract_citations, rk.check_coverage)
    start = time.perf_counter()
    report = rk.parse(line * (20_000 // len(line)) + "报告")
    for make in tables:
        make(report)
    assert time.perf_counter() - start < 60  # quadratic would take an hour


def test_many_headings_are_read() -> None:
    report = rk.parse("".join(f"一、标题{n}\n（一）小标题\n办案{n}件。\n" for n in range(20_000)))
    assert len(list(report.outline.walk())) == 40_000


def test_odd_characters_lose_nothing_else() -> None:
    odd = "一、工作\n办案\ud800\x00\x07\x1b[31m3件\u202e，满意率\ufeff99%。<script>alert(1)</script>\n"
    report = rk.parse(odd)
    assert "<script>alert(1)</script>" in report.text
    metrics = rk.extract_metrics(report)
    assert list(metrics["value"]) == [3, 99]
    assert "<script>" not in report.outline._repr_html_()
    assert "<script>" not in rk.highlight(report, metrics)._repr_html_()
    for table in (rk.score_sentiment, rk.extract_mechanisms, rk.extract_citations, rk.check_coverage):
        assert table(report) is not None


def test_script_in_a_page_is_no_text() -> None:
    report = rk.read(
        html_of(SHORT).replace("</h1>", "</h1><script>alert('坏')</script><iframe src='http://x'></iframe>").encode()
    )
    assert "alert" not in report.text
    assert "办理案件120件" in report.text


def test_broken_files_are_read_or_refused_by_name(chromium: str) -> None:
    refused = []
    for label, data in broken_files(120, pdf=pdf_of(SHORT * 20, "plain", chromium)):
        try:
            assert rk.read(data, name=label).text
        except rk.LoadingError as error:
            refused.append((label, str(error)))
    assert 30 < len(refused) < 110
    assert all(message.startswith(f"{label}: ") for label, message in refused)
