"""What a PDF would cost to read, told from its bytes before an engine opens it that cannot be stopped.

Each stream is unpacked within bounds, whatever filters it names, and what is drawn is counted: forms that draw forms, and
pages put together of one stream many times.  All of it is linear in the size of the file and in what it unpacks to.
"""

from __future__ import annotations

import base64
import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportkit.errors import LoadingError
from reportkit.loading.limits import Clock, Limits

__all__ = ["check_pdf"]

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s{0,9}(?:\[([^\]]{0,400})\]|/([^\s/<>\[\]()]{1,40})|(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R)")
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})")
_ENTRY = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s{0,9}(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b")
_DRAW = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s{1,9}Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_N_ALIKE = 50  # forms of one name that are looked at where a stream does not say which it means
_HEADER = 65_536  # bytes of an object before its stream that are looked at
_N_DRAWN = 10_000  # forms that one page draws; a chart has hundreds
_N_MARKS = 8  # beginnings of a stream that are looked at in one object; there is one, and strings that look like it
_OVERLAP = 9  # times the file's size that all streams have together at most
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream: what its dictionary says, how long it is unpacked, and which forms it draws how often."""

    head: bytes
    length: int
    draws: Mapping[bytes, int]


def check_pdf(data: bytes, name: str, limits: Limits, clock: Clock) -> None:
    """Refuse a PDF that would unpack to, or draw, far more than it holds."""
    objects: dict[int, bytes] = {}
    streams: dict[int, _Stream] = {}
    left = limits.n_unpacked
    for number, head, content, length in _streams(data, name, objects, limits, clock):
        left -= length
        if left < 0:
            raise _too_much(name, limits)
        if b"/ObjStm" in head:
            for packed, text in _packed_objects(content):
                _keep(objects, packed, text)
        draws: dict[bytes, int] = {}
        for found in _DRAW.finditer(content):
            draws[found[1]] = draws.get(found[1], 0) + 1
        streams[number] = _with(streams.get(number), _Stream(head, len(content), draws))
    _check_drawn(_Drawing(objects, streams), name, limits)


def _keep(objects: dict[int, bytes], number: int, text: bytes) -> None:
    """Add the text of an object; of one that the file gives twice both texts count."""
    known = objects.get(number, b"")
    if len(known) < _HEADER:
        objects[number] = known + b" " + text if known else text


def _with(known: _Stream | None, stream: _Stream) -> _Stream:
    if known is None:
        return stream
    draws = {name: max(known.draws.get(name, 0), stream.draws.get(name, 0)) for name in {*known.draws, *stream.draws}}
    head = known.head + b" " + stream.head if len(known.head) < _HEADER else known.head
    return _Stream(head, max(known.length, stream.length), draws)


def _too_much(name: str, limits: Limits) -> LoadingError:
    return LoadingError(
        f"{name}: the PDF would unpack to more than {limits.n_unpacked:,} bytes; such a file is not opened. "
        "Print it to a new PDF, or allow more with limits=Limits(n_unpacked=…)."
    )


def _streams(
    data: bytes, name: str, objects: dict[int, bytes], limits: Limits, clock: Clock
) -> Iterator[tuple[int, bytes, bytes, int]]:
    """Each stream: the number of its object, its dictionary, what it unpacks to, and how much all steps of that give."""
    starts = [(found.end(), int(found[1])) for found in _OBJECT.finditer(data)]
    places = [place for place, _ in starts]
    for (start, number), end in zip(starts, [*places[1:], len(data)], strict=False):
        _keep(objects, number, data[start : min(end, start + _HEADER)])
    begins = [found.span() for found in _STREAM.finditer(data)]
    ends = [found.start() for found in re.finditer(rb"endstream", data)]
    total, last_owner, n_of_owner = 0, -1, 0
    for i, (before, start) in enumerate(begins):
        if i % 1000 == 0:
            clock.check()
        owner = bisect_right(places, before) - 1
        n_of_owner = n_of_owner + 1 if owner == last_owner else 1
        last_owner = owner
        if owner < 0 or n_of_owner > _N_MARKS:
            continue  # a word in the bytes of a stream
        at = bisect_left(ends, start)
        following = begins[i + 1][0] if i + 1 < len(begins) else len(data)
        packed = data[start : ends[at] if at < len(ends) else following]
        total += len(packed) if at < len(ends) else len(data) - start  # an engine looks for the end in all the rest
        if total > _OVERLAP * len(data) + 1_000_000:
            raise LoadingError(f"{name}: the PDF is damaged (its streams have no end); fetch it again, then read that.")
        head = data[max(starts[owner][0], before - _HEADER) : before]
        head = _plain_names(head)
        content, length = _unpacked(packed, _filters(head, objects), limits.n_unpacked, clock)
        yield starts[owner][1], head, content, length


def _plain_names(text: bytes) -> bytes:
    """Names without the escapes that they may be written with (``/Flate#44ecode``)."""
    return _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), text) if b"#" in text else text


def _filters(head: bytes, objects: Mapping[int, bytes]) -> list[bytes]:
    found = next((found for found in _FILTER.finditer(head)), None)
    if found is None:
        return []
    if found[3] is not None:
        names = _plain_names(objects.get(int(found[3]), b"")[:400])
    else:
        names = found[1] if found[1] is not None else b"/" + found[2]
    return _NAME.findall(names)[:8]


def _unpacked(packed: bytes, filters: list[bytes], most: int, clock: Clock) -> tuple[bytes, int]:
    """What a stream unpacks to, and the bytes of all steps together; a filter of pictures, or an unknown one, ends it."""
    total = 0
    names = iter(filters)
    while True:
        unpack = _UNPACK.get(next(names, b""))
        if unpack is None and packed[:1] == b"\x78":
            unpack = _flate  # whatever the file says of it
        if unpack is None or total > most:
            return packed, total
        clock.check()
        packed, length = unpack(packed, most - total + 1)
        total += length


def _flate(packed: bytes, most: int) -> tuple[bytes, int]:
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    length = 0
    try:
        for start in range(0, len(packed), _CHUNK):
            parts.append(unpacker.decompress(packed[start : start + _CHUNK], most - length))
            length += len(parts[-1])
            if length >= most or unpacker.eof:
                break
    except zlib.error:
        pass  # an engine takes what comes before the damage, too
    return b"".join(parts), length


def _hex(packed: bytes, most: int) -> tuple[bytes, int]:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed.partition(b">")[0])
    unpacked = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return unpacked, len(unpacked)


def _base_85(packed: bytes, most: int) -> tuple[bytes, int]:
    digits = re.sub(rb"[^!-uz]", b"", packed.partition(b"~")[0].removeprefix(b"<"))
    try:
        unpacked = base64.a85decode(digits)
    except ValueError:
        return b"", 0
    return unpacked, len(unpacked)


def _run_length(packed: bytes, most: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    length, i = 0, 0
    while i < len(packed) and packed[i] != 128 and length < most:
        n = packed[i]
        part = packed[i + 1 : i + 2 + n] if n < 128 else packed[i + 1 : i + 2] * (257 - n)
        i += 2 + n if n < 128 else 2
        length += len(part)
        parts.append(part)
    return b"".join(parts), length


def _lzw(packed: bytes, most: int) -> tuple[bytes, int]:
    """How long LZW unpacks to, from the lengths of its entries alone."""
    lengths: list[int] = []
    total, width, last = 0, 9, 0
    bits, n_bits = 0, 0
    for byte in packed:
        bits, n_bits = ((bits << 8) | byte) & 0xFFFFFF, n_bits + 8
        if n_bits < width:
            continue
        n_bits -= width
        code = (bits >> n_bits) & ((1 << width) - 1)
        if code == 256:
            lengths, width, last = [], 9, 0
            continue
        if code == 257 or total >= most:
            break
        length = 1 if code < 256 else lengths[code - 258] if code - 258 < len(lengths) else last + 1
        if last and len(lengths) < 4096 - 258:
            lengths.append(last + 1)
        width = (
            12 if len(lengths) + 259 >= 2048 else 11 if len(lengths) + 259 >= 1024 else 10 if len(lengths) + 259 >= 512 else 9
        )
        last = length
        total += length
    return b"", total


_UNPACK: Mapping[bytes, Callable[[bytes, int], tuple[bytes, int]]] = MappingProxyType(
    {
        **dict.fromkeys((b"FlateDecode", b"Fl"), _flate),
        **dict.fromkeys((b"ASCIIHexDecode", b"AHx"), _hex),
        **dict.fromkeys((b"ASCII85Decode", b"A85"), _base_85),
        **dict.fromkeys((b"RunLengthDecode", b"RL"), _run_length),
        **dict.fromkeys((b"LZWDecode", b"LZW"), _lzw),
    }
)


def _packed_objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects of an object stream: pairs of number and place, then the objects themselves."""
    front = re.match(rb"[\d\s]*", content)
    numbers = [int(word[:10]) for word in (front[0].split() if front else [])][:200_000]
    first = len(front[0]) if front else 0
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    for (number, place), following in zip(pairs, [*(place for _, place in pairs[1:]), len(content)], strict=False):
        yield number, content[first + place : first + min(following, place + _HEADER)]


class _Drawing:
    """Which streams draw which forms, and what that costs: how many forms are drawn, and how many bytes are gone through."""

    def __init__(self, objects: Mapping[int, bytes], streams: Mapping[int, _Stream]) -> None:
        self.objects, self.streams = objects, streams
        self._entries: dict[int, dict[bytes, int]] = {}
        self._costs: dict[int, tuple[int, int]] = {}
        self._by_name: dict[bytes, list[int]] = {}
        for number in objects:
            for entry, form in self.entries_of(number).items():
                if self._is_form(form):
                    self._by_name.setdefault(entry, []).append(form)

    def _is_form(self, number: int) -> bool:
        return number in self.streams and b"/Form" in self.streams[number].head

    def entries_of(self, number: int) -> dict[bytes, int]:
        """What the entries of an object refer to."""
        if number not in self._entries:
            self._entries[number] = {key: int(to) for key, to in _ENTRY.findall(self.objects.get(number, b""))}
        return self._entries[number]

    def drawn_by(self, number: int) -> list[tuple[list[int], int]]:
        """The forms that a stream draws, each with how often: by its own resources, else all forms that go by that name."""
        draws = self.streams[number].draws
        if not draws:
            return []
        entries = dict(self.entries_of(number))
        for key in (b"Resources", b"XObject"):
            entries |= self.entries_of(entries.get(key, -1))
        found: list[tuple[list[int], int]] = []
        for entry, n in draws.items():
            own = entries.get(entry, -1)
            forms = [own] if self._is_form(own) else self._by_name.get(entry, [])[:_N_ALIKE]
            if forms:
                found.append((forms, n))
        return found

    def cost(self, root: int) -> tuple[int, int]:
        """What a stream draws, with all that this draws; a form that draws itself has no end."""
        todo = [(root, False)]
        open_forms: set[int] = set()
        while todo:
            number, is_done = todo.pop()
            if number in self._costs:
                continue
            if number in open_forms and not is_done:
                self._costs[number] = _N_DRAWN + 1, 0
                continue
            drawn = self.drawn_by(number)
            if is_done:
                below = [(n, max(self._costs.get(form, (0, 0)) for form in forms)) for forms, n in drawn]
                n_drawn = sum(n * (1 + cost[0]) for n, cost in below)
                n_bytes = self.streams[number].length + sum(n * cost[1] for n, cost in below)
                self._costs[number] = min(n_drawn, _N_DRAWN + 1), n_bytes
                continue
            open_forms.add(number)
            todo.append((number, True))
            todo += [(form, False) for forms, _ in drawn for form in forms if len(forms) == 1 or form not in open_forms]
        return self._costs[root]


def _check_drawn(drawing: _Drawing, name: str, limits: Limits) -> None:
    """Refuse pages that draw forms without end, or are put together of more than may be unpacked."""
    for text in drawing.objects.values():
        if text.count(b" R") > 20 and _of_references(text, drawing.streams) > limits.n_unpacked:
            raise _too_much(name, limits)
    for number in drawing.streams:
        n_drawn, n_bytes = drawing.cost(number)
        if n_drawn > _N_DRAWN or n_bytes > limits.n_unpacked:
            raise LoadingError(
                f"{name}: a page of the PDF draws forms more than {_N_DRAWN:,} times, or without end; such a file is not "
                "opened. Print it to a new PDF, then read that."
            )


def _of_references(text: bytes, streams: Mapping[int, _Stream]) -> int:
    """The bytes of all streams that an object names, as often as it names them."""
    numbers = (int(found[1]) for found in _REFERENCE.finditer(text))
    return sum(streams[number].length for number in numbers if number in streams)
