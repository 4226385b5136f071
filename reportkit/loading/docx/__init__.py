"""DOCX → text: paragraphs in order with the numbers that Word generates, tables and notes kept apart.

Text boxes follow the paragraph that they hang on, a table that is only a frame around text is opened, tracked changes read as
accepted; hidden text, tables of contents, headers and footers are left out.  What looks like a heading is told by the text
later on: real files style every paragraph Normal.
"""

from __future__ import annotations

from functools import partial

from reportkit.loading.docx.blocks import blocks_of
from reportkit.loading.docx.model import Story
from reportkit.loading.docx.numbering import Counter
from reportkit.loading.docx.parts import parts_of
from reportkit.loading.docx.styles import Styles
from reportkit.loading.docx.writing import Writer
from reportkit.loading.limits import Clock, Limits
from reportkit.loading.loaded import Loaded

__all__ = ["text_of_docx"]


def text_of_docx(data: bytes, name: str, limits: Limits) -> Loaded:
    """The text and the tables of a Word file; raises :class:`LoadingError` for a damaged, encrypted or oversized one."""
    clock = Clock(name, limits)

    def read(data: bytes, inserted: bool) -> Loaded:
        parts = parts_of(data, name, limits)
        styles = Styles(parts.styles)
        story = Story(styles, clock)
        # A Word file may insert Word files; those that they insert are left out, for it could go on so for ever.
        writer = Writer(parts, Counter(parts.numbering, styles), story, None if inserted else partial(read, inserted=True))
        writer.write(blocks_of(parts.body, story))
        return writer.loaded()

    return read(data, False)
