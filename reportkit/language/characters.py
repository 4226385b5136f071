"""Characters of written Chinese, named once."""

from __future__ import annotations

__all__ = ["HAN"]

HAN = "〇㐀-鿿豈-﫿"  # for use inside [ ]
