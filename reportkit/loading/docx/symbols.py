"""Characters that Word takes from a symbol font by number (w:sym), in Unicode."""

from __future__ import annotations

from reportkit.loading.docx.elements import attribute

__all__ = ["symbol"]

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢",
    0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)}, **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x98: "●",
    **{0x6A + n: chr(0x2460 + n) for n in range(10)},
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xA5: "∞", 0xBB: "≈", 0xB7: "·", 0x2D: "－",
    0xA2: "′", 0xB2: "″", 0xAE: "→", 0xAC: "←", 0xE5: "∑", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x57: "Ω", 0x25: "%", 0x2B: "+",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(element: object) -> str:
    """The character of a ``w:sym``; ``""`` where no character of Unicode is known for it."""
    said = attribute(element, "char")
    if not 1 <= len(said) <= 6 or any(char not in "0123456789abcdefABCDEF" for char in said):
        return ""
    code = int(said, 16)
    own = 0xF000 <= code <= 0xF0FF  # where symbol fonts put their characters
    table = _FONTS.get(attribute(element, "font").strip().lower())
    if table is not None:
        return table.get(code & 0xFF if own else code, "")
    if own or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or code < 0x20 or code > 0x10FFFF:
        return ""
    return chr(code)
