"""DataFrame and Series that show fractional numbers as people print them, whatever pandas' options say of their format.

Everything else is pandas': ``max_rows`` and the other options, dtypes, values, files, pickles.
"""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pandas as pd

from reportkit.display.numbers import number
from reportkit.display.safe import visible
from reportkit.display.widths import width

if TYPE_CHECKING:
    _Series = pd.Series[Any]
else:
    _Series = pd.Series

__all__ = ["ReadableFrame", "ReadableSeries"]


def _as_people_print() -> AbstractContextManager[None]:
    """Options while something is shown: numbers by :func:`number`, and no formula where a report prints two dollar signs."""
    return pd.option_context("display.float_format", number, "display.html.use_mathjax", False)


class ReadableSeries(_Series):
    """A column or a row of a :class:`ReadableFrame`."""

    @property
    def _constructor(self) -> type[ReadableSeries]:
        return ReadableSeries

    @property
    def _constructor_expanddim(self) -> type[ReadableFrame]:
        return ReadableFrame

    def __repr__(self) -> str:
        with _as_people_print():
            return super().__repr__()

    def describe(self, *args: Any, **kwargs: Any) -> ReadableSeries:  # type: ignore[misc] # final in the stubs
        """As pandas', which makes a plain column of it."""
        return ReadableSeries(super().describe(*args, **kwargs))

    def to_string(self, *args: Any, **kwargs: Any) -> Any:
        """As pandas', with readable numbers and without characters that a terminal obeys."""
        with _as_people_print():
            text: str | None = super().to_string(*args, **kwargs)
        return text and visible(text, keep="\n")


class ReadableFrame(pd.DataFrame):
    """A table whose numbers read as people print them; a column ``unit`` stands close to the number before it."""

    @property
    def _constructor(self) -> type[ReadableFrame]:
        return ReadableFrame

    @property
    def _constructor_sliced(self) -> type[ReadableSeries]:
        return ReadableSeries

    def __repr__(self) -> str:
        with _as_people_print():
            return super().__repr__()

    def _repr_html_(self) -> str | None:
        with _as_people_print():
            html: str | None = super()._repr_html_()  # type: ignore[misc] # not in the stubs
        return html and _aligned(html, self)

    def to_string(self, buf: Any = None, **kwargs: Any) -> Any:
        """As pandas', with readable numbers and units and without characters that a terminal obeys."""
        kwargs.setdefault("formatters", _unit_formatter(self))
        with _as_people_print():
            text: str | None = super().to_string(buf, **kwargs)
        return text and "\n".join(visible(line.rstrip()) for line in text.split("\n"))

    def describe(self, *args: Any, **kwargs: Any) -> ReadableFrame:  # type: ignore[misc] # final in the stubs
        """As pandas', which makes a plain table of it."""
        return ReadableFrame(super().describe(*args, **kwargs))

    def to_html(self, *args: Any, **kwargs: Any) -> Any:
        """As pandas', with readable numbers."""
        with _as_people_print():
            return super().to_html(*args, **kwargs)


def _unit_formatter(frame: pd.DataFrame) -> dict[Hashable, Any] | None:
    """What sets the units of a table flush left, next to the numbers before them."""
    columns = list(frame.columns)
    if columns.count("unit") != 1 or not columns.index("unit"):
        return None
    at = columns.index("unit")
    if not pd.api.types.is_float_dtype(frame.dtypes.iloc[at - 1]):
        return None
    size = width if pd.get_option("display.unicode.east_asian_width") else len
    widest = max([len("unit"), *(size(str(unit)) for unit in frame["unit"])])
    return {"unit": lambda unit: str(unit) + " " * (widest - size(str(unit)))}


def _aligned(html: str, frame: pd.DataFrame) -> str:
    """A table's HTML with numbers flush right and everything else flush left, heads like their columns.

    The class is named by what it says (``reportkit-1-3``: one column of row names, numbers in the third), so that the rules of
    two tables on one page never contradict each other.
    """
    if frame.columns.nlevels > 1:
        return html
    places = [at for at, dtype in _places(frame) if pd.api.types.is_numeric_dtype(dtype)]
    levels = frame.index.nlevels
    name = "-".join(map(str, ["reportkit", levels, *places]))
    rules = f".{name} td, .{name} thead th {{ text-align: left !important; }}\n"
    if places:
        cells = ", ".join(f":nth-of-type({at})" for at in places)
        heads = ", ".join(f":nth-of-type({at + levels})" for at in places)
        rules += f"    .{name} td:is({cells}), .{name} thead th:is({heads}) {{ text-align: right !important; }}\n"
    return html.replace("</style>", f"    {rules}</style>", 1).replace('class="dataframe', f'class="dataframe {name}', 1)


def _places(frame: pd.DataFrame) -> list[tuple[int, Any]]:
    """Place (from 1) and dtype of each column that pandas shows: of too many, the first and the last, with … between."""
    dtypes = list(frame.dtypes)
    most = pd.get_option("display.max_columns") or len(dtypes)
    if len(dtypes) <= most:
        return list(enumerate(dtypes, 1))
    half = most // 2
    last = dtypes[-half:] if half else []
    return [*enumerate(dtypes[: half or 1], 1), *enumerate(last, half + 2)]
