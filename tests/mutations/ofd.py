"""Structure-aware mutations of OFD files: the XML of the parts stays well-formed mostly, what it says does not.

``mutated(data, seed)`` changes one to three things in a package: values, elements, paths, whole parts, or circles among them.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

VALUES = (
    *(
        "",
        " ",
        "x",
        "²",
        "-1",
        "0",
        "00",
        "1e308",
        "-1e9",
        "nan",
        "inf",
        "1/0",
        "0x10",
        "１２",
        "\u200b",
        "é" * 400,
        "9" * 5000,
    ),
    *("0 0 0 0", "0 0 -210 -297", "0 0 1e6 1e6", "1 2 3", "0 0 210 297 " * 400, "0.0001 0 0 0.0001 0 0", "0 0 0 0 0 0"),
    *("1e6 0 0 1e6 0 0", "0 1 -1 0 0 0", "-1 0 0 -1 0 0", "g", "g 999999999 1", "g -5 1", "g x y", "g 3", "1 " * 20000),
    *(
        "M",
        "C C C",
        "M 0 0 L",
        "M 0 0 L 1 1 " * 5000,
        "Z 1 2 3",
        "A 1 1 0 0 0 5 5 C",
        "M 1e6 1e6 L -1e6 1e6",
        "M 0 0 L 10 0 " * 9000,
    ),
    *("..", "../..", "../../../../etc/passwd", "/", "//", "/OFD.xml", "OFD.xml", "Document.xml", "/Doc_0/Document.xml"),
    *(
        "DOCUMENTRES.XML",
        "..\\..\\OFD.xml",
        "C:\\x",
        "file:///etc/passwd",
        "http://localhost/x",
        "Pages/Page_0/Content.xml",
        "a" * 9000,
    ),
    *("true", "false", "90", "180", "270", "360", "Body", "T1", "C1", "C2"),
)
NAMES = (
    "TextObject",
    "TextCode",
    "PathObject",
    "CompositeObject",
    "PageBlock",
    "Layer",
    "Content",
    "Page",
    "Area",
    "CGTransform",
)
Parts = dict[str, bytes]


def mutated(data: bytes, seed: int) -> bytes:
    """Another package than the one given, always the same for a seed."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    for _ in range(chance.choice((1, 1, 2, 3))):
        chance.choice(_CHANGES)(parts, chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _within(change: Callable[[Any, random.Random], None]) -> Callable[[Parts, random.Random], None]:
    """A change of an element of a part."""

    def apply(parts: Parts, chance: random.Random) -> None:
        name = chance.choice(sorted(parts))
        try:
            root = etree.fromstring(parts[name])
        except etree.XMLSyntaxError:  # an earlier change broke it
            return
        change(chance.choice(list(root.iter())), chance)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return apply


def _set_value(element: Any, chance: random.Random) -> None:
    element.set(chance.choice(sorted(element.attrib) or ["Boundary"]), chance.choice(VALUES))


def _set_attribute(element: Any, chance: random.Random) -> None:
    names = ("X", "Y", "DeltaX", "DeltaY", "CTM", "Size", "HScale", "CharDirection", "ReadDirection", "Visible", "CodeCount")
    element.set(chance.choice(names), chance.choice(VALUES))


def _set_text(element: Any, chance: random.Random) -> None:
    element.text = chance.choice(VALUES)


def _drop(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _repeat(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        for _ in range(chance.choice((1, 3, 60))):
            element.addnext(deepcopy(element))


def _nest(element: Any, chance: random.Random) -> None:
    inner = deepcopy(element)
    for _ in range(chance.choice((1, 7, 100, 300))):
        holder = etree.Element(element.tag, dict(element.attrib))
        holder.append(inner)
        inner = holder
    element.append(inner)


def _rename(element: Any, chance: random.Random) -> None:
    space = chance.choice(("{http://www.ofdspec.org/2016}", "{http://www.ofdspec.org}", "{urn:x}", ""))
    element.tag = space + chance.choice(NAMES)


def _move(element: Any, chance: random.Random) -> None:
    others = [other for other in element.getroottree().getroot().iter() if element not in (other, *other.iterancestors())]
    if others and element.getparent() is not None:
        chance.choice(others).append(element)


def _rename_part(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(sorted(parts))
    other = chance.choice((name.upper(), "/" + name, name.replace("/", "\\"), "../" + name, "x/" + name, name + ".xml"))
    parts[other] = parts.pop(name)


def _drop_part(parts: Parts, chance: random.Random) -> None:
    parts.pop(chance.choice(sorted(parts)))
    parts.setdefault("OFD.xml", b"")


def _swap_parts(parts: Parts, chance: random.Random) -> None:
    one, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    parts[one], parts[other] = parts[other], parts[one]


def _fill_part(parts: Parts, chance: random.Random) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    lie = b'<?xml version="1.0" encoding="punycode"?><Page/>'
    contents = (b"", b"\x00" * 99, b"<Page/>", b"<" * 9000, b"<a>" * 9000, b"\xff\xfe<\x00a\x00/\x00>\x00", entity, lie)
    parts[chance.choice(sorted(parts))] = chance.choice(contents)


def _circle(parts: Parts, chance: random.Random) -> None:
    """Composite objects, templates or resources that draw or name themselves or one another."""
    space = b'xmlns="http://www.ofdspec.org/2016"'
    unit = b'<CompositeGraphicUnit ID="%s" Width="9" Height="9"><Content>%s</Content></CompositeGraphicUnit>'
    draw = b'<CompositeObject ID="7" Boundary="0 0 9 9" ResourceID="%s"/>'
    times = chance.choice((1, 3, 12))
    units = unit % (b"C1", draw % b"C2" * times) + unit % (b"C2", draw % b"C1" * times)
    parts["Doc_0/DocumentRes.xml"] = (
        b"<Res %s><DocumentRes>DocumentRes.xml</DocumentRes><CompositeGraphicUnits>%s</CompositeGraphicUnits></Res>"
        % (space, units)
    )
    body = b'<Template TemplateID="T1"/><Content><Layer>%s</Layer></Content>' % (draw % b"C1" * times)
    parts["Doc_0/Tpls/T1.xml"] = b"<Page %s>%s</Page>" % (space, body)
    parts["Doc_0/Pages/Page_0/Content.xml"] = b"<Page %s>%s</Page>" % (space, body)


_CHANGES: tuple[Callable[[Parts, random.Random], None], ...] = (
    *(_within(change) for change in (_set_value, _set_value, _set_attribute, _set_text, _set_text)),
    *(_within(change) for change in (_drop, _repeat, _nest, _rename, _move)),
    *(_rename_part, _drop_part, _swap_parts, _fill_part, _circle),
)
