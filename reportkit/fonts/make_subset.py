"""Make ``ReportkitSansSC-Regular.otf``, the font that plots and exported pages use.

A report's plots must show Chinese on a machine that has no Chinese font, so a subset of
Noto Sans SC ships with the package.  It holds

* GB 2312 (6,763 characters and its symbols),
* 通用规范汉字表, the 8,105 characters of the Table of General Standard Chinese Characters (2013),
* Latin, punctuation, full-width forms and the arrows, circles and marks that reports print.

Run it only to rebuild the font; nothing imports it::

    pip install fonttools pylopdf-fonts-zh-cn==0.1.1 pypinyin-dict==0.9.0
    python reportkit/fonts/make_subset.py

The source font is licensed under the SIL Open Font License 1.1 (``OFL.txt`` beside this file), which
allows subsets and asks that they do not carry a reserved name: the subset has a name of its own.
"""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILY = "Reportkit Sans SC"
IN_NAMES = "濛喆堃瑄镕"  # seen in people's names, and not all of them in the two tables
MOJIBAKE = ("对不起，", "现将有关工作情况报告如下：")  # the notebooks show what these look like when decoded wrongly
TARGET = HERE / "ReportkitSansSC-Regular.otf"


def gb2312() -> set[int]:
    """Every character of GB 2312, by asking the codec."""
    codes = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return codes


def general_standard() -> set[int]:
    """The 8,105 characters of 通用规范汉字表, which Unicode's kTGHZ2013 field lists."""
    from pypinyin_dict.pinyin_data import ktghz2013

    table = next(v for v in vars(ktghz2013).values() if isinstance(v, dict) and len(v) > 8000)
    return set(table)


def wanted() -> set[int]:
    """All code points of the subset."""
    blocks = [
        (0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x2010, 0x2060), (0x2070, 0x20A0),
        (0x2100, 0x2190), (0x2190, 0x2200), (0x2200, 0x2270), (0x2460, 0x2500),
        (0x25A0, 0x2600), (0x3000, 0x3040), (0x3200, 0x3400), (0xFF00, 0xFFF0),
    ]  # fmt: skip
    codes = {code for start, end in blocks for code in range(start, end)}
    extra = IN_NAMES + "".join(text.encode().decode("gb18030", errors="ignore") for text in MOJIBAKE)
    return codes | gb2312() | general_standard() | {ord(char) for char in extra}


def main() -> None:
    """Read Noto Sans SC, keep the wanted characters, rename, write."""
    source = importlib.resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    with importlib.resources.as_file(source) as path:
        font = TTFont(path)
    options = subset.Options(layout_features=["kern", "ccmp", "locl"], hinting=False, desubroutinize=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    names = {1: FAMILY, 2: "Regular", 3: f"{FAMILY} Regular", 4: f"{FAMILY} Regular", 6: "ReportkitSansSC-Regular"}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17):
            table.removeNames(nameID=record.nameID)
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["CFF "].cff.fontNames = ["ReportkitSansSC-Regular"]
    top = font["CFF "].cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"{FAMILY} Regular", FAMILY
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
