"""What goes between the two processes: frames of JSON, never pickles, and a report as plain values and back."""

from __future__ import annotations

import dataclasses
import json
import struct
from functools import cache
from types import NoneType, UnionType
from typing import IO, Any, Union, get_args, get_origin, get_type_hints

__all__ = ["made", "plain", "receive", "send"]

_HEAD = struct.Struct(">QQ")  # how long the JSON is, and the bytes after it
_LONGEST = 4 << 30


def send(stream: IO[bytes], message: Any, data: bytes = b"") -> None:
    """Write one message and the bytes that belong to it."""
    words = json.dumps(message).encode("ascii")  # ASCII: also lone surrogates, of odd names, go over
    stream.write(_HEAD.pack(len(words), len(data)))
    stream.write(words)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Any, bytes] | None:
    """The next message and its bytes; ``None`` where the other side is gone or does not speak so."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    n_words, n_data = _HEAD.unpack(head)
    if max(n_words, n_data) > _LONGEST:
        return None
    words, data = stream.read(n_words), stream.read(n_data)
    if len(words) < n_words or len(data) < n_data:
        return None
    return json.loads(words), data


def plain(value: Any) -> Any:
    """A dataclass as lists of its fields, in order, and tuples as lists."""
    if hasattr(value, "__dataclass_fields__"):
        kind: Any = type(value)
        return [plain(getattr(value, name)) for name, _ in _fields(kind)]
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def made(kind: Any, value: Any) -> Any:
    """The value of a type that :func:`plain` took apart; raises ``TypeError`` where it is none."""
    if hasattr(kind, "__dataclass_fields__"):
        fields = _fields(kind)
        return kind(**{name: made(of, one) for (name, of), one in zip(fields, value, strict=True)})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = (arguments[0],) * len(value) if arguments[-1] is ... else arguments
        return tuple(made(of, one) for of, one in zip(kinds, value, strict=True))
    if origin in (Union, UnionType):
        return None if value is None else made(next(of for of in arguments if of is not NoneType), value)
    if not isinstance(value, origin or kind):
        raise TypeError(f"{kind} was expected")
    return value


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields that a dataclass is made from, and their types."""
    hints = get_type_hints(kind)
    return tuple((one.name, hints[one.name]) for one in dataclasses.fields(kind) if one.init)
