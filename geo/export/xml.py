"""What KML, GPX and SVG share: elements with text that any reader accepts."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

# XML 1.0 has no way to write these, not even as &#1;.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Replace the control characters that XML cannot hold by U+FFFD.

    Examples
    --------
    >>> clean(f"a{chr(0)}b")
    'a�b'
    """
    return _NOT_XML.sub("\ufffd", text)


def root(tag: str, **attributes: str) -> ET.Element:
    """Begin a document."""
    return ET.Element(tag, {key: clean(value) for key, value in attributes.items()})


def add(
    parent: ET.Element, tag: str, text: str | None = None, **attributes: str
) -> ET.Element:
    """Add an element; its text and attributes are cleaned here."""
    child = ET.SubElement(
        parent, tag, {key: clean(value) for key, value in attributes.items()}
    )
    if text is not None:
        child.text = clean(text)
    return child


def document(element: ET.Element) -> bytes:
    """Write a document as UTF-8 with its declaration.

    A carriage return is written as ``&#13;``: a bare one would be read back
    as a line feed.
    """
    ET.indent(element, " ")
    text = ET.tostring(element, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
