"""A scene as SVG: text stays text, layers stay layers.

The faces are embedded with just the signs that are used, so the file looks
the same wherever it is opened, and its words can still be edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from geo.export.picture.fonts import FAMILIES, embedded
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Glyph,
    Ink,
    Label,
    Line,
    Scene,
    Shape,
)
from geo.export.xml import add, document, root

_NAMESPACE = "http://www.w3.org/2000/svg"
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
_FALLBACKS = {"sans": "sans-serif", "serif": "serif"}
_CLIP = "map-frame"
# From the middle of a small letter down to the base line, in sizes.
BASELINE = 0.35


def paint_svg(scene: Scene) -> bytes:
    """Write a scene as a document that stands alone."""
    svg = root(
        "svg",
        **{"xmlns": _NAMESPACE, "xmlns:inkscape": _INKSCAPE},
        width=decimal(scene.width),
        height=decimal(scene.height),
        viewBox=f"0 0 {decimal(scene.width)} {decimal(scene.height)}",
        role="img",
    )
    add(svg, "title", scene.title)
    add(svg, "desc", "\n".join(scene.about))
    _add_metadata(svg, scene)
    add(svg, "style", _faces(scene))
    _add_clip(svg, scene.frame)
    for layer in scene.layers:
        attributes = {"clip-path": f"url(#{_CLIP})"} if layer.is_clipped else {}
        group = add(
            svg,
            "g",
            **{
                "id": layer.name.replace(" ", "-"),
                "inkscape:groupmode": "layer",
                "inkscape:label": layer.name,
                **attributes,
            },
        )
        for shape in layer.shapes:
            _add_shape(group, shape)
    return document(svg)


def _add_metadata(svg: ET.Element, scene: Scene) -> None:
    """Add title, rights and description in Dublin Core, as editors read it."""
    metadata = add(svg, "metadata")
    rdf = add(
        metadata,
        "rdf:RDF",
        **{
            "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    work = add(rdf, "rdf:Description", **{"rdf:about": ""})
    add(work, "dc:title", scene.title)
    add(work, "dc:description", "\n".join(scene.about))
    add(work, "dc:rights", scene.credit)


def _faces(scene: Scene) -> str:
    """Embed each face with the signs that it shows."""
    texts: dict[Font, list[str]] = {}
    for layer in scene.layers:
        for shape in layer.shapes:
            if isinstance(shape, Label):
                font = shape.font
                face = Font(0, font.family, font.is_bold, font.is_italic)
                texts.setdefault(face, []).append(shape.text)
    return "\n".join(_face(face, shown) for face, shown in texts.items())


def _face(face: Font, texts: Sequence[str]) -> str:
    """Give one rule that embeds a face."""
    return (
        f"@font-face {{ font-family: '{FAMILIES[face.family]}';"
        f" font-weight: {'bold' if face.is_bold else 'normal'};"
        f" font-style: {'italic' if face.is_italic else 'normal'};"
        f" src: url({embedded(face, texts)}) format('woff'); }}"
    )


def _add_clip(svg: ET.Element, frame: Box) -> None:
    """Add the frame that the map is cut off at."""
    clip = add(add(svg, "defs"), "clipPath", id=_CLIP)
    add(
        clip,
        "rect",
        x=decimal(frame.x0),
        y=decimal(frame.y0),
        width=decimal(frame.width),
        height=decimal(frame.height),
    )


def _add_shape(group: ET.Element, shape: Shape) -> None:
    """Add one shape."""
    writers: dict[type, Callable[..., None]] = {
        Line: _add_line,
        Disc: _add_disc,
        Glyph: _add_glyph,
        Label: _add_label,
    }
    writers[type(shape)](group, shape)


def _add_line(group: ET.Element, line: Line) -> None:
    points = " ".join(f"{decimal(x)},{decimal(y)}" for x, y in line.points)
    tag = "polygon" if line.is_closed else "polyline"
    add(group, tag, points=points, **_ink(line.ink))


def _add_disc(group: ET.Element, disc: Disc) -> None:
    position = {"cx": decimal(disc.x), "cy": decimal(disc.y), "r": decimal(disc.radius)}
    add(group, "circle", **position, **_ink(disc.ink))


def _add_glyph(group: ET.Element, glyph: Glyph) -> None:
    place = f"translate({decimal(glyph.x)} {decimal(glyph.y)})"
    if glyph.scale != 1:
        place += f" scale({decimal(glyph.scale)})"
    add(group, "path", d=glyph.path, transform=place, **_ink(glyph.ink))


def _add_label(group: ET.Element, label: Label) -> None:
    """Add a text; its halo is painted first, under the letters."""
    font = label.font
    attributes = {
        "x": "0",
        "y": decimal(BASELINE * font.size),
        "transform": f"translate({decimal(label.x)} {decimal(label.y)})",
        "fill": label.colour,
        "font-family": f"'{FAMILIES[font.family]}', {_FALLBACKS[font.family]}",
        "font-size": decimal(font.size),
        "text-anchor": label.anchor,
    }
    if label.angle:
        attributes["transform"] += f" rotate({decimal(label.angle)})"
    if font.is_bold:
        attributes["font-weight"] = "bold"
    if font.is_italic:
        attributes["font-style"] = "italic"
    if label.halo:
        attributes |= {
            "stroke": label.halo,
            "stroke-width": decimal(label.halo_width),
            "stroke-linejoin": "round",
            "paint-order": "stroke",
        }
    add(group, "text", " ".join(label.text.split()), **attributes)


def _ink(ink: Ink) -> dict[str, str]:
    """Give the attributes of an ink, without those that are SVG's own."""
    attributes = {"fill": ink.fill or "none"}
    if ink.fill and ink.fill_opacity != 1:
        attributes["fill-opacity"] = decimal(ink.fill_opacity)
    if ink.stroke:
        attributes |= {
            "stroke": ink.stroke,
            "stroke-width": decimal(ink.width),
            "stroke-linejoin": "round",
            "stroke-linecap": "round" if ink.is_round else "butt",
        }
        if ink.stroke_opacity != 1:
            attributes["stroke-opacity"] = decimal(ink.stroke_opacity)
        if ink.dash:
            attributes["stroke-dasharray"] = " ".join(map(decimal, ink.dash))
    return attributes


def decimal(value: float) -> str:
    """Write a number with two decimals at most.

    Examples
    --------
    >>> decimal(12.0), decimal(0.125), decimal(-0.001)
    ('12', '0.12', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
