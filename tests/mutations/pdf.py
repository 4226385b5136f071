"""Mutations of a PDF on the level of its objects: what a fuzzer of bytes hardly ever reaches behind packed streams."""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass

__all__ = ["mutated"]

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_PARTS = re.compile(rb"(?s)(.*?)\bstream\r?\n(.*)\r?\nendstream")
_TOKEN = re.compile(rb"-?\d+(?:\.\d+)?")
_KEY = re.compile(rb"/[A-Za-z]\w*")
_REFERENCE = re.compile(rb"\d+ 0 R")
_ODD = (b"-1", b"0", b"2147483648", b"99999999999999999999", b"1e38", b"0.0000001", b"-32769", b"nan", b"()", b"null", b"1.5.5")
_FILTERS = (
    b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]", b"/LZWDecode", b"/RunLengthDecode", b"/CCITTFaxDecode", b"/JBIG2Decode",
    b"/JPXDecode", b"/Crypt", b"[/FlateDecode /FlateDecode /FlateDecode]", b"/None", b"[]", b"4 0 R",
)  # fmt: skip


@dataclass
class _Object:
    number: int
    head: bytes
    stream: bytes | None


def mutated(data: bytes, seed: int) -> bytes:
    """A PDF with some of its objects changed; always the same for a seed."""
    chance = random.Random(seed)
    objects = _objects(data)
    if not objects:
        return data
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        _change(chance.choice(objects), objects, chance)
    return _written(objects, data, chance)


def _objects(data: bytes) -> list[_Object]:
    found = []
    for number, body in _OBJECT.findall(data):
        parts = _PARTS.fullmatch(body)
        head, stream = (parts[1], parts[2]) if parts else (body, None)
        if stream is not None and b"/FlateDecode" in head:
            try:
                stream = zlib.decompress(stream)
                head = re.sub(rb"/Filter\s*/FlateDecode", b"", head)
            except zlib.error:
                pass
        found.append(_Object(int(number), head, stream))
    return found


def _change(one: _Object, objects: list[_Object], chance: random.Random) -> None:
    how = chance.choice(
        ["number", "number", "key", "reference", "filter", "swap", "length", "content", "content", "nest", "drop"]
    )
    other = chance.choice(objects)
    if how == "number":
        one.head = _replaced(_TOKEN, one.head, chance.choice(_ODD), chance)
    elif how == "key":
        one.head = _replaced(_KEY, one.head, chance.choice([b"/Odd", b"/Type", b"/Kids", b"/Parent", b"/Contents"]), chance)
    elif how == "reference":
        one.head = _replaced(_REFERENCE, one.head, b"%d 0 R" % chance.choice([one.number, other.number, 999999]), chance)
    elif how == "filter" and one.stream is not None:
        one.head = one.head.replace(b"<<", b"<</Filter " + chance.choice(_FILTERS) + b" ", 1)
    elif how == "swap":
        one.stream, other.stream = other.stream, one.stream
    elif how == "length":
        one.head = re.sub(rb"/Length \d+", b"/Length " + chance.choice([*_ODD, b"%d 0 R" % one.number]), one.head)
    elif how == "content" and one.stream is not None:
        one.stream = _replaced(_TOKEN, one.stream, chance.choice(_ODD), chance, chance.choice([1, 5, 50]))
    elif how == "nest":
        one.head = one.head.replace(b"<<", b"<</Nested " + b"[" * chance.choice([1, 100, 5000]), 1)
    elif how == "drop":
        one.head = chance.choice([b"<<>>", b"null", b"[%d 0 R]" % one.number, b"42"])


def _replaced(what: re.Pattern[bytes], text: bytes, new: bytes, chance: random.Random, n: int = 1) -> bytes:
    spans = [found.span() for found in what.finditer(text)]
    for start, end in sorted(chance.sample(spans, min(n, len(spans))), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _written(objects: list[_Object], data: bytes, chance: random.Random) -> bytes:
    parts = [b"%PDF-1.7\n"]
    offsets: dict[int, int] = {}
    at = len(parts[0])
    for one in objects:
        head = one.head if one.stream is None else re.sub(rb"/Length \d+", b"/Length %d" % len(one.stream), one.head)
        body = head if one.stream is None else head + b" stream\n" + one.stream + b"\nendstream"
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (one.number, body))
        offsets[one.number] = at
        at += len(parts[-1])
    size = max(offsets) + 1
    lines = [b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size)]
    root = re.search(rb"/Root \d+ 0 R", data)
    table = b"xref\n0 %d\n%s" % (size, b"".join(lines)) if chance.random() < 0.8 else b""
    end = b"trailer <</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root[0] if root else b"/Root 1 0 R", at)
    return b"".join(parts) + table + end
