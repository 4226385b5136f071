"""What is asked of every element of WordprocessingML: a child, a value, whether it is switched on.

Names are compared without their namespace: Strict and transitional files, and Word 2003, differ in nothing else that counts
here.
"""

from __future__ import annotations

from typing import Any

from reportkit.loading.package import bounded, local

__all__ = ["alternative", "attribute", "child", "children", "number", "switched", "value"]

_OFF = frozenset({"0", "false", "off", "none"})


def child(element: Any, *names: str) -> Any:
    """The first child of a name, and in it the first of the next name …; ``None`` where there is none."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def attribute(element: Any, name: str) -> str:
    """The value of an attribute, ``""`` for none."""
    if element is None:
        return ""
    return next((str(said) for key, said in element.attrib.items() if key.rpartition("}")[2] == name), "")


def value(element: Any, *names: str) -> str:
    """The ``val`` of the child of these names, ``""`` for none (of no element, too)."""
    return attribute(child(element, *names), "val")


def number(element: Any, name: str, low: int, high: int, default: int) -> int:
    """The ``val`` of a child as a whole number within bounds, else the default."""
    return bounded(value(element, name), low, high, default)


def switched(element: Any, *names: str) -> bool | None:
    """Whether a property is on; ``None`` where nothing is said of it."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val").strip().lower() not in _OFF


def children(element: Any) -> list[Any]:
    """The children of an element, of ``None`` none."""
    return [] if element is None else list(element)


def alternative(element: Any) -> Any:
    """The first choice that holds words, else what older programs show."""
    choices = [one for one in element if local(one) == "Choice"]
    found = next((one for one in choices if _has_words(one)), None)
    fallback = child(element, "Fallback")
    if found is None and fallback is not None and (_has_words(fallback) or not choices):
        return fallback
    return found if found is not None else next(iter(choices), None)


def _has_words(element: Any) -> bool:
    return next(element.iter("{*}t", "{*}fldChar", "{*}tbl"), None) is not None
