r"""A text where it could do harm: in a terminal, and where it is written in an encoding that cannot hold all of it.

A report's text, the cells of its tables and the names of files are made by others.  A terminal obeys some characters
(ESC ] sets its title, CR writes over a line, a direction mark turns a name round): they are shown, never sent.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

__all__ = ["file_name", "guarded_output", "visible", "writable"]

# Controls (C0, DEL, C1), line and paragraph separators, marks that turn the direction of writing, annotations and tags that
# nobody sees, and lone surrogates.
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r"}


def visible(text: str, keep: str = "") -> str:
    r"""The text with each character that a terminal would obey written out, all but those to ``keep``.

    Written as JSON writes it, so that JSON stays JSON; a byte of a file's name that is no UTF-8 as ``\xff``.

    >>> print(visible("一、\x1b[31m工作\n二、"), visible("一\n二\x9b", keep="\n"), visible("报告\udcff.txt"))
    一、\u001b[31m工作\n二、 一
    二\u009b 报告\xff.txt
    """
    return _OBEYED.sub(lambda found: found[0] if found[0] in keep else _written_out(found[0]), text)


def _written_out(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if "\udc80" <= char <= "\udcff":  # how Python carries a byte of a name that it could not decode
        return f"\\x{ord(char) - 0xDC00:02x}"
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def writable(text: str) -> str:
    r"""The text with U+FFFD for each lone surrogate, which no encoding can write; every place stays where it is.

    >>> writable("报告\udcff.txt")
    '报告�.txt'
    """
    return _SURROGATE.sub("\ufffd", text)


def file_name(name: str) -> str:
    r"""The name of a file as text that can be written anywhere: a byte that is no UTF-8 as ``\xff``, all else as it is.

    >>> print(file_name("报告\udcff.txt"))
    报告\xff.txt
    """
    return _SURROGATE.sub(lambda found: _written_out(found[0]), name)


@contextmanager
def guarded_output() -> Iterator[None]:
    """While it lasts, whatever is printed is made visible on its way to a terminal, and what is said on stderr always.

    What goes into a pipe or a file through stdout stays as it is, but for lone surrogates.
    """
    stdout, stderr = sys.stdout, sys.stderr
    shown = _for_terminal if stdout is not None and stdout.isatty() else writable
    with redirect_stdout(_guarded(stdout, shown)), redirect_stderr(_guarded(stderr, _for_terminal)):
        yield


def _for_terminal(text: str) -> str:
    return visible(text, keep="\n\t")


def _guarded(stream: TextIO | None, shown: Callable[[str], str]) -> TextIO | None:
    return None if stream is None else cast("TextIO", _Guarded(stream, shown))


class _Guarded:
    """A stream that changes what is written to it; all else is the stream's."""

    def __init__(self, stream: TextIO, shown: Callable[[str], str]) -> None:
        self._stream = stream
        self._shown = shown

    def write(self, text: str) -> int:
        self._stream.write(self._shown(text))
        return len(text)

    def writelines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
