"""Word files with a few things changed that a parser of XML lets pass: for a fuzzer, always the same for a seed."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

__all__ = ["mutated"]

ODD = (
    "", " ", "x", "0", "-1", "1", "2", "2.0", "1e9", "²", "٣", "NaN", "true", "off", "99", "101", "32768", "30000000",
    "2147483648", "9" * 5000, "%1", "%1%2%3%4%5%6%7%8%9" * 40, "%0%10", "restart", "continue", "begin", "separate",
    "end", "TOC", " TOC \\o ", "chineseCounting", "upperLetter", "bullet", "none", "custom", "F0FE", "../../x",
    "/word/document.xml", "rId1", "一", "\u202e", "\ufeff", "甲" * 300, "Table of Contents", "toc 1", "=1+1", "<b>",
    "&amp;",
)  # fmt: skip
TAGS = (
    "p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "moveFrom", "moveTo", "fldChar", "instrText",
    "fldSimple", "txbxContent", "pict", "object", "numPr", "numId", "ilvl", "lvl", "num", "abstractNum",
    "abstractNumId", "numStyleLink", "style", "basedOn", "gridSpan", "vMerge", "vanish", "footnoteReference",
    "altChunk", "sym", "br", "tab", "body", "smartTag", "lvlOverride",
)  # fmt: skip
_MOST = 20_000  # elements of a part that is mutated


def mutated(data: bytes, seed: int) -> bytes:
    """The same file with one to eight mutations."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    for _ in range(chance.randint(1, 8)):
        name = chance.choice(sorted(parts))
        if chance.random() < 0.07:
            chance.choice(_OF_PARTS)(parts, name, chance)
        else:
            parts[name] = _changed(parts[name], chance)
        if not parts:
            break
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _changed(content: bytes, chance: random.Random) -> bytes:
    """A part with one change in its tree; unchanged where it is no XML."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return content
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    if len(elements) > _MOST:
        return content
    chance.choice(_OF_ELEMENTS)(chance.choice(elements), elements, chance)
    return etree.tostring(root)


def _attribute(element: Any, elements: list[Any], chance: random.Random) -> None:
    names = list(element.attrib) or [f"{{{etree.QName(element).namespace}}}val"]
    element.set(chance.choice(names), chance.choice(ODD))


def _no_attribute(element: Any, elements: list[Any], chance: random.Random) -> None:
    for name in list(element.attrib)[:1]:
        del element.attrib[name]


def _drop(element: Any, elements: list[Any], chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(element: Any, elements: list[Any], chance: random.Random) -> None:
    if element.getparent() is not None and len(elements) < _MOST // 2:
        for _ in range(chance.choice((1, 2, 9))):
            element.addnext(copy.deepcopy(element))


def _swap(element: Any, elements: list[Any], chance: random.Random) -> None:
    neighbour = element.getnext()
    if neighbour is not None:
        neighbour.addnext(element)


def _nest(element: Any, elements: list[Any], chance: random.Random) -> None:
    """Copies of an element inside each other, without what it holds."""
    inner = element
    for _ in range(chance.choice((1, 3, 60))):
        inner = etree.SubElement(inner, element.tag, dict(element.attrib))


def _wrap(element: Any, elements: list[Any], chance: random.Random) -> None:
    """An element put into a new one of another name."""
    parent = element.getparent()
    if parent is not None:
        around = etree.Element(_name(element, chance))
        parent.replace(element, around)
        around.append(element)


def _move(element: Any, elements: list[Any], chance: random.Random) -> None:
    goal = chance.choice(elements)
    if element.getparent() is not None and element not in list(goal.iterancestors()) and goal is not element:
        goal.append(element)


def _rename(element: Any, elements: list[Any], chance: random.Random) -> None:
    element.tag = _name(element, chance)


def _insert(element: Any, elements: list[Any], chance: random.Random) -> None:
    new = etree.Element(_name(element, chance))
    new.set(f"{{{etree.QName(element).namespace}}}val", chance.choice(ODD))
    element.insert(0, new)


def _words(element: Any, elements: list[Any], chance: random.Random) -> None:
    element.text = chance.choice(ODD)


def _name(element: Any, chance: random.Random) -> str:
    return f"{{{etree.QName(element).namespace}}}{chance.choice(TAGS)}"


def _no_part(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    del parts[name]


def _empty_part(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    parts[name] = chance.choice((b"", b"<x/>", b"\x00" * 9, parts[name][: len(parts[name]) // 2]))


def _other_name(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    parts[chance.choice((name.upper(), f"/{name}", f"../{name}", name.replace("/", "\\"), f"{name}2"))] = parts.pop(name)


def _swapped_parts(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    other = chance.choice(sorted(parts))
    parts[name], parts[other] = parts[other], parts[name]


_OF_ELEMENTS: tuple[Callable[[Any, list[Any], random.Random], None], ...] = (
    _attribute, _attribute, _attribute, _no_attribute, _drop, _double, _swap, _nest, _wrap, _move, _rename, _insert, _words,
)  # fmt: skip
_OF_PARTS: tuple[Callable[[dict[str, bytes], str, random.Random], None], ...] = (
    _no_part, _empty_part, _other_name, _swapped_parts,
)  # fmt: skip
