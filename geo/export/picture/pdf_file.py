"""A PDF file as numbered objects, before anything is drawn on its pages.

Knows what a file consists of (ISO 32000-1) and nothing of maps. Nothing in it
depends on the hour or the machine: equal pages give equal bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from geo.export.xml import add, root

# Four bytes above 127 tell programs that copy files that this is no text.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_XPACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_NAMESPACES = {
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}


@dataclass(frozen=True)
class About:
    """What a file says of itself."""

    title: str
    language: str
    """A code such as ``en``."""
    description: str
    rights: str
    """Licence and credit, in words."""
    licence: str
    """Address of the licence; "" if none is known."""


@dataclass
class Objects:
    """The numbered objects of one file; numbers begin at 1."""

    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str) -> int:
        """Add an object and give its number."""
        self.bodies.append(body.encode("ascii"))
        return len(self.bodies)

    def add_stream(
        self, content: bytes, entries: str = "", *, is_packed: bool = True
    ) -> int:
        """Add a stream with further entries of its dictionary."""
        if is_packed:
            content = zlib.compress(content, 9)
            entries += " /Filter /FlateDecode"
        head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode("ascii")
        self.bodies.append(head + content + b"\nendstream")
        return len(self.bodies)

    def file(self, catalogue: int, info: int) -> bytes:
        """Write all objects with the table that finds them."""
        out, offsets = bytearray(_HEADER), []
        for number, body in enumerate(self.bodies, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        digest = hashlib.sha256(out).hexdigest()[:32]
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        for offset in offsets:
            out += b"%010d 00000 n \n" % offset
        trailer = (
            f"trailer\n<< /Size {len(offsets) + 1} /Root {ref(catalogue)}"
            f" /Info {ref(info)} /ID [<{digest}> <{digest}>] >>\n"
            f"startxref\n{table}\n%%EOF\n"
        )
        return bytes(out) + trailer.encode("ascii")


@dataclass(frozen=True)
class Page:
    """One page, ready to be written."""

    width: float
    height: float
    content: bytes
    title: str
    """Its bookmark; several pages of one title share one."""


def write_file(
    objects: Objects, pages: Sequence[Page], resources: str, about: About
) -> bytes:
    """Write a whole file.

    Parameters
    ----------
    objects
        May hold what the resources refer to.
    resources
        A dictionary that all pages share.
    """
    shared = objects.add(resources)
    contents = [objects.add_stream(page.content) for page in pages]
    # The tree of pages comes after its leaves, which must name it.
    parent = len(objects.bodies) + len(pages) + 1
    numbers = [
        objects.add(
            f"<< /Type /Page /Parent {ref(parent)} /Resources {ref(shared)}"
            f" /MediaBox [0 0 {page.width:g} {page.height:g}]"
            f" /Contents {ref(content)} >>"
        )
        for page, content in zip(pages, contents, strict=True)
    ]
    kids = " ".join(map(ref, numbers))
    objects.add(f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>")
    outlines = _add_outlines(objects, pages, numbers)
    metadata = _add_metadata(objects, about)
    catalogue = objects.add(
        f"<< /Type /Catalog /Pages {ref(parent)} /Lang {text_string(about.language)}"
        f" /Metadata {ref(metadata)} /Outlines {ref(outlines)}"
        " /ViewerPreferences << /DisplayDocTitle true >> >>"
    )
    info = objects.add(
        f"<< /Title {text_string(about.title)}"
        f" /Subject {text_string(about.description)}"
        f" /Keywords {text_string(about.rights)} >>"
    )
    return objects.file(catalogue, info)


def ref(number: int) -> str:
    """Refer to an object."""
    return f"{number} 0 R"


def text_string(text: str) -> str:
    """Write text for people, any letters.

    Examples
    --------
    >>> text_string("(ә")
    '<FEFF002804D9>'
    """
    marked = f"\ufeff{text}".encode("utf-16-be")
    return f"<{marked.hex().upper()}>"


def _add_outlines(
    objects: Objects, pages: Sequence[Page], numbers: Sequence[int]
) -> int:
    """Add a bookmark for each page that begins with a new title."""
    starts = [
        (page.title, number)
        for at, (page, number) in enumerate(zip(pages, numbers, strict=True))
        if at == 0 or page.title != pages[at - 1].title
    ]
    first = len(objects.bodies) + 1
    parent, last = first + len(starts), first + len(starts) - 1
    for at, (title, number) in enumerate(starts, first):
        before = f" /Prev {ref(at - 1)}" if at > first else ""
        after = f" /Next {ref(at + 1)}" if at < last else ""
        objects.add(
            f"<< /Title {text_string(title)} /Parent {ref(parent)}{before}{after}"
            f" /Dest [{ref(number)} /Fit] >>"
        )
    return objects.add(
        f"<< /Type /Outlines /First {ref(first)} /Last {ref(last)}"
        f" /Count {len(starts)} >>"
    )


def _add_metadata(objects: Objects, about: About) -> int:
    """Add title, language, rights and licence as XMP, as archives read it."""
    rdf = root("rdf:RDF", **_NAMESPACES)
    item = add(rdf, "rdf:Description", **{"rdf:about": ""})
    for name, text in (
        ("dc:title", about.title),
        ("dc:description", about.description),
        ("dc:rights", about.rights),
    ):
        alt = add(add(item, name), "rdf:Alt")
        add(alt, "rdf:li", text, **{"xml:lang": "x-default"})
    add(add(add(item, "dc:language"), "rdf:Bag"), "rdf:li", about.language)
    add(item, "dc:format", "application/pdf")
    if about.licence:
        add(item, "xmpRights:Marked", "True")
        add(item, "xmpRights:WebStatement", about.licence)
    text = ET.tostring(rdf, encoding="unicode")
    packet = f'{_XPACKET}\n{text}\n<?xpacket end="r"?>'
    # Left readable: a program that knows no PDF may look for it.
    return objects.add_stream(
        packet.encode(), "/Type /Metadata /Subtype /XML", is_packed=False
    )
