"""Pages with one thing after the other changed in their tree, as no site makes them."""

from __future__ import annotations

import random
from collections.abc import Callable

from lxml import etree, html

_STYLES = (
    "display:none",
    "position:fixed",
    "transform:rotate(30deg)",
    "writing-mode:vertical-rl",
    "opacity:0",
    ";;:",
    "a" * 9000,
)
_VALUES = ("0", "-1", "x", "2.0", "²", "9" * 5000, "", "65535", "1000")
_TAGS = ("div", "p", "span", "table", "tr", "td", "li", "ol", "template", "noscript", "script", "svg", "o:p", "h1", "br", "pre")
_TEXTS = ("", "。" * 3000, "一、", "\u202e", "<", "&#0;", "索引号：", "相关新闻", "12" * 400, "\U0001f600", "首页 > 正文")


def mutated(data: bytes, seed: int) -> bytes:
    """The page with one to twelve mutations of its tree, and of its bytes now and then; the same for a seed."""
    chance = random.Random(seed)
    tree = html.document_fromstring(data)
    for _ in range(chance.randrange(1, 13)):
        elements = [element for element in tree.iter() if isinstance(element.tag, str) and element.getparent() is not None]
        chance.choice(_WAYS)(chance.choice(elements), chance, elements)
        if len(etree.tostring(tree)) > 2_000_000:
            break
    text = etree.tostring(tree, encoding="utf-8", method=chance.choice(["html", "html", "xml"]))
    return _bytes_changed(text, chance)


def _retagged(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    element.tag = chance.choice(_TAGS[:-4])


def _repeated(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    copy = etree.tostring(element, with_tail=False)
    if len(copy) < 20_000:
        for _n in range(chance.choice([1, 3, 60])):
            element.addnext(html.fromstring(copy))


def _moved(element: etree._Element, chance: random.Random, elements: list[etree._Element]) -> None:
    target = chance.choice(elements)
    if element not in target.iterancestors() and element is not target:
        target.append(element)


def _nested(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    for _n in range(chance.choice([1, 30, 700])):
        inner = etree.SubElement(element, chance.choice(["div", "table", "span", "ol"]))
        inner.text = "层"
        element = inner


def _attribute(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    element.set(
        chance.choice(["colspan", "rowspan", "start", "value", "class", "id", "hidden", "type"]), chance.choice(_VALUES)
    )


def _styled(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    element.set("style", chance.choice(_STYLES))


def _written(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    element.text = chance.choice([one for one in _TEXTS if "\x00" not in one])


def _dropped(element: etree._Element, chance: random.Random, _: list[etree._Element]) -> None:
    if element.tag not in ("body", "head"):
        element.getparent().remove(element)


_WAYS: tuple[Callable[[etree._Element, random.Random, list[etree._Element]], None], ...] = (
    _retagged, _repeated, _moved, _nested, _attribute, _attribute, _styled, _written, _dropped,
)  # fmt: skip
_PIECES = (
    b"</div>",
    b"<table>",
    b"<!--",
    b'"',
    b"<",
    b"&#x110000;",
    b"\x00",
    b"\xff\xfe",
    b"<style>p{display:none}",
    b"<![CDATA[",
)


def _bytes_changed(text: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return text
    data = bytearray(text)
    for _ in range(chance.choice([1, 5, 30])):
        at = chance.randrange(len(data))
        data[at:at] = chance.choice(_PIECES)
    charset = chance.choice([b"utf-8", b"gb2312", b"punycode", b"undefined", b"utf-7", b"utf-16"])
    return bytes(data).replace(b"charset=utf-8", b"charset=" + charset).replace(b'charset="utf-8"', b"charset=" + charset)
