"""The characters of a page as a small font inside it, for readers whose machine has no Chinese font."""

from __future__ import annotations

import io
from base64 import b64encode
from html import unescape

from reportkit.plots.drawing import font_path

__all__ = ["font_face"]

_FAMILY = "Reportkit Sans SC"
# Named first in the style sheet, but for Chinese alone: Latin text stays in the reader's own font.  (Named last, Chromium
# was seen to leave boxes where a cell held nothing but one Han character.)
_RANGE = "U+2018-201D,U+2026,U+2190-23FF,U+2460-27FF,U+2E80-FFEF,U+20000-2FFFF"


def font_face(page: str) -> str:
    """A CSS ``@font-face`` rule whose data: URL holds, as WOFF2, the page's own characters beyond Latin.

    Empty for a page that has none.  100 distinct Han characters weigh some 12 KB.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    wanted = {ord(char) for char in unescape(page) if char > "\u024f"}
    with TTFont(font_path()) as font:
        kept = sorted(wanted & set(font.getBestCmap()))
        if not kept:
            return ""
        subsetter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2]))
        subsetter.populate(unicodes=kept)
        subsetter.subset(font)
        font.flavor = "woff2"
        stream = io.BytesIO()
        font.save(stream)
    data = b64encode(stream.getvalue()).decode()
    source = f'url(data:font/woff2;base64,{data}) format("woff2")'
    return f'@font-face{{font-family:"{_FAMILY}";font-display:block;unicode-range:{_RANGE};src:{source}}}'
