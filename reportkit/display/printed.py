"""The tables of commands as people, Excel and programs want them: each a function of a table and the command that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportkit.display.safe import visible
from reportkit.display.spreadsheets import as_csv
from reportkit.display.widths import fit

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WRITERS"]

_UNSAID = "报告未说明"  # the report does not say
_UNSAID_IN = {"mechanisms": ("does", "actors", "channels", "cadence"), "citations": ("year", "issuer")}
_NONE = "—"  # there is nothing to say: a ratio without a denominator
# What people see of a table; of those not named here, all but the columns that lead back to the text.
_SHOWN = {
    "metrics": ["text", "label", "value", "unit", "kind", "direction", "base", "bound", "status", "section"],
    "sentiment": ["section", "function", "outcome", "snownlp", "n_metrics", "sentence"],
    "coverage": ["content", "state", "reason"],
    "citations": ["title", "type", "year", "issuer", "section"],
    "mechanisms": ["name", "kind", "does", "actors", "cadence", "figures", "section"],
}
_FILE = ("doc", "path")  # whose row it is, where there are several files
_LEFT_OUT = ("sentence", "start", "end", "other_start", "other_end", "section_id")


def _shown(table: pd.DataFrame, command: str) -> list[str]:
    """The columns that people see; ``--summary`` and its like give tables that have others."""
    chosen = _SHOWN[command]
    if not set(chosen) <= set(table):
        chosen = [str(column) for column in table if column not in (*_LEFT_OUT, *_FILE)]
    return [column for column in _FILE if column in table] + chosen


def _for_people(table: pd.DataFrame, command: str) -> str:
    import pandas as pd

    from reportkit.display import readable

    if table.empty:
        return "(no rows)\n"
    columns = _shown(table, command)
    narrow = table[columns].copy()
    if "doc" in narrow:
        narrow["doc"] = narrow["doc"].str[:8]  # enough to tell files apart
    for column in narrow.columns.intersection(list(_UNSAID_IN.get(command, ()))):
        narrow[column] = [said if said and said == said else _UNSAID for said in narrow[column]]
    wide = 60 if len(columns) > 3 else 160
    for column in narrow.select_dtypes(exclude="float").columns.astype(str):
        cells = narrow[column].astype(object).where(narrow[column].notna(), _NONE)
        shown = [visible(str(cell)) for cell in cells]
        narrow[column] = shown if column in _FILE else [fit(cell, wide) for cell in shown]
    with pd.option_context("display.unicode.east_asian_width", True):  # a terminal gives a Chinese character two places
        return str(readable(narrow).to_string(na_rep=_NONE)) + "\n"


def _for_excel(table: pd.DataFrame, command: str) -> str:
    return "\ufeff" + as_csv(table)  # without the byte order mark, Excel takes it for GBK


def _for_programs(table: pd.DataFrame, command: str) -> str:
    return table.to_json(orient="records", lines=True, force_ascii=False)


WRITERS: Mapping[str, Callable[[pd.DataFrame, str], str]] = MappingProxyType(
    {"table": _for_people, "csv": _for_excel, "jsonl": _for_programs}
)
