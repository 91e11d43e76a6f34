"""Faces inside a PDF: just the signs that are used, searchable as text.

Each sign has a number of its own, even where two look alike and share a
glyph: so the text that is read back is the text that was written.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]  # has none
from fontTools.subset import (  # type: ignore[import-untyped]  # has none
    Options,
    Subsetter,
)
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has none

from geo.export.picture.fonts import FAMILIES, face_path
from geo.export.picture.pdf_file import Objects, ref
from geo.export.picture.scene import Font

_BLOCK = 100
"""How many lines a block of a character map may have."""
_TO_UNICODE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
# Bits of a font's description: it has serifs; it is slanted; its signs are
# not all Latin.
_SERIF, _ITALIC, _SYMBOLIC = 2, 64, 4
# Of all DejaVu faces, in thousandths of the size.
_CAP_HEIGHT = 729


@dataclass(frozen=True)
class EmbeddedFace:
    """A face in a file, by the numbers of its signs."""

    number: int
    """Of the object."""
    codes: Mapping[str, int]

    def written(self, text: str) -> str:
        """Write a text as the operand that shows it."""
        return f"<{''.join(f'{self.codes[sign]:04X}' for sign in text)}>"


def embed(objects: Objects, font: Font, texts: Iterable[str]) -> EmbeddedFace:
    """Put a face with the signs of some texts into a file.

    Parameters
    ----------
    font
        Its size is of no account.
    texts
        As `geo.export.picture.fonts.drawable` gives them.
    """
    signs = sorted(set("".join(texts)))
    program = _subset(font, signs)
    codes = {sign: code for code, sign in enumerate(signs, 1)}
    with TTFont(io.BytesIO(program), lazy=True) as face:
        cmap = face.getBestCmap()
        names = [".notdef", *(cmap[ord(sign)] for sign in signs)]
        glyphs = b"".join(face.getGlyphID(name).to_bytes(2, "big") for name in names)
        thousandth = 1000 / face["head"].unitsPerEm
        widths = [face["hmtx"][name][0] * thousandth for name in names]
        tag = hashlib.sha256(program).hexdigest()[:6]
        name = _tagged(tag, font)
        descriptor = _add_descriptor(objects, face, font, name, program)
    to_glyphs = objects.add_stream(glyphs)
    listed = " ".join(f"{width:.0f}" for width in widths)
    descendant = objects.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {ref(descriptor)} /CIDToGIDMap {ref(to_glyphs)}"
        f" /DW 1000 /W [0 [{listed}]] >>"
    )
    to_unicode = objects.add_stream(_character_map(signs).encode("ascii"))
    number = objects.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
        f" /DescendantFonts [{ref(descendant)}] /ToUnicode {ref(to_unicode)} >>"
    )
    return EmbeddedFace(number, codes)


@dataclass
class Outlines:
    """Letters as lines, for what lies under text and is no text itself."""

    faces: dict[Font, TTFont] = field(default_factory=dict)

    def path(self, text: str, font: Font) -> tuple[str, float]:
        """Give the outlines of a line of text and their units a size.

        Parameters
        ----------
        text
            As `geo.export.picture.fonts.drawable` gives it.
        """
        key = Font(0, font.family, font.is_bold, font.is_italic)
        if key not in self.faces:
            # Read whole: a lazy one would keep its file open.
            self.faces[key] = TTFont(face_path(key))
        face = self.faces[key]
        glyphs, cmap = face.getGlyphSet(), face.getBestCmap()
        pen, right = _PathPen(glyphs), 0.0
        for sign in text:
            name = cmap[ord(sign)]
            pen.right = right
            glyphs[name].draw(pen)
            right += face["hmtx"][name][0]
        return "\n".join(pen.steps), face["head"].unitsPerEm


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes outlines as steps of a path."""

    def __init__(self, glyphs: Mapping[str, object]) -> None:
        super().__init__(glyphs)
        self.steps: list[str] = []
        self.right = 0.0

    def _point(self, point: tuple[float, float]) -> str:
        return f"{point[0] + self.right:.0f} {point[1]:.0f}"

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.steps.append(f"{self._point(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.steps.append(f"{self._point(pt)} l")

    def _curveToOne(  # noqa: N802 - fontTools' name
        self,
        pt1: tuple[float, float],
        pt2: tuple[float, float],
        pt3: tuple[float, float],
    ) -> None:
        self.steps.append(f"{' '.join(map(self._point, (pt1, pt2, pt3)))} c")

    def _closePath(self) -> None:  # noqa: N802 - fontTools' name
        self.steps.append("h")


def _subset(font: Font, signs: Sequence[str]) -> bytes:
    """Give a face with just some signs."""
    options = Options()
    options.layout_features = []
    options.notdef_outline = True
    # When the face was made, in a table that the subsetter does not know.
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(signs))
    out = io.BytesIO()
    with TTFont(face_path(font), lazy=True, recalcTimestamp=False) as face:
        subsetter.subset(face)
        face.save(out)
    return out.getvalue()


def _tagged(digest: str, font: Font) -> str:
    """Name a subset: six capitals, then the face."""
    tag = "".join(chr(ord("A") + int(sign, 16)) for sign in digest)
    style = "".join(
        word
        for word, is_so in (("Bold", font.is_bold), ("Italic", font.is_italic))
        if is_so
    )
    name = FAMILIES[font.family].replace(" ", "")
    return f"{tag}+{name}-{style}" if style else f"{tag}+{name}"


def _add_descriptor(
    objects: Objects, face: TTFont, font: Font, name: str, program: bytes
) -> int:
    """Add what a reader must know of a face before it opens it."""
    file = objects.add_stream(program, f"/Length1 {len(program)}")
    head, lines = face["head"], face["hhea"]
    scale = 1000 / head.unitsPerEm
    box = " ".join(
        f"{side * scale:.0f}" for side in (head.xMin, head.yMin, head.xMax, head.yMax)
    )
    flags = _SYMBOLIC
    flags |= _SERIF if font.family == "serif" else 0
    flags |= _ITALIC if font.is_italic else 0
    return objects.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags}"
        f" /FontBBox [{box}] /ItalicAngle {-11 if font.is_italic else 0}"
        f" /Ascent {lines.ascent * scale:.0f} /Descent {lines.descent * scale:.0f}"
        f" /CapHeight {_CAP_HEIGHT}"
        f" /StemV {140 if font.is_bold else 80} /FontFile2 {ref(file)} >>"
    )


def _character_map(signs: Sequence[str]) -> str:
    """Say which sign each number stands for."""
    return _TO_UNICODE.format(blocks="\n".join(_blocks(signs)))


def _blocks(signs: Sequence[str]) -> Iterator[str]:
    """Give the lines of a character map in blocks of what is allowed."""
    lines = [
        f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>"
        for code, sign in enumerate(signs, 1)
    ]
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
