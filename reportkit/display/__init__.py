"""How reportkit shows what it has: the model as text and HTML, numbers as people print them, texts where they do no harm.

Stands at the left end of the line and knows no other room: what shows the model takes any object with the same attributes.
pandas is imported when a table is made readable, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportkit.display.model import (
    brief,
    outline_html,
    outline_repr,
    outline_text,
    report_html,
    report_repr,
    table_html,
)
from reportkit.display.numbers import number
from reportkit.display.safe import visible, writable
from reportkit.display.widths import fit

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "brief", "fit", "number", "outline_html", "outline_repr", "outline_text", "readable", "report_html", "report_repr",
    "table_html", "visible", "writable",
]  # fmt: skip


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table, with its fractional numbers shown as people print them.

    Only what is shown changes, in JupyterLab, in exported pages and by ``print``; values, dtypes and what is written to files
    stay.  What is selected, filtered or merged from it shows itself in the same way; ``pd.DataFrame(table)`` is pandas' own
    again (which ``pd.testing`` asks for, since it compares classes).

    >>> import pandas as pd
    >>> readable(pd.DataFrame({"value": [6469750000000.0, 5.7, 0.05], "unit": ["元", "%", "%"]}))
                  value unit
    0 6,469,750,000,000 元
    1               5.7 %
    2              0.05 %
    """
    from reportkit.display.frames import ReadableFrame

    shown = ReadableFrame(frame)
    shown.attrs.update(frame.attrs)
    return shown
