"""The schematic city under everything: land, outlines, streets and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import degrees

from geo.dataset import Dataset
from geo.export.chosen import Chosen, Row
from geo.export.picture.fonts import width_of
from geo.export.picture.layout import (
    Room,
    Spot,
    box_round,
    boxes_along,
    straight_spots,
)
from geo.export.picture.scene import Font, Ink, Label, Layer, Line, Point, Shape
from geo.export.picture.view import Projection
from geo.palette import MAP_COLOURS
from geo.texts import Texts, short_name
from geo.vocab import StreetLayer

# As the map element does: from which zoom a street of each rank is drawn and
# from which it is named.
_DRAWN_FROM = {1: 8.0, 2: 10.5, 3: 12.0, 4: 14.0}
_NAMED_FROM = {1: 11.4, 2: 12.8, 3: 14.0, 4: 15.4}
_WIDTHS = {1: 4.6, 2: 2.8, 3: 1.5, 4: 0.9}
_CASING = 1.5
_NAME_EVERY = 560.0
_ASIDE = 11.0

# The least that can be read in print.
_SMALLEST = 7.5
_STREET_FONT = Font(9.5)
_DISTRICT_FONT = Font(10, is_bold=True)
_LANDSCAPE_FONT = Font(13, "serif", is_italic=True)
_OTHER_FONT = Font(11.5, "serif", is_italic=True)

# Kinds of labels in the order in which they take room, with the zooms between
# which each is of use.
_LABEL_ZOOMS = {
    "city": (0.0, 9.5),
    "square": (12.4, 20.0),
    "airport": (10.4, 20.0),
    "mountains": (9.5, 14.0),
    "park": (12.0, 20.0),
    "arena": (12.0, 20.0),
    "district": (10.6, 14.6),
    "region": (5.2, 7.5),
}


def ground(dataset: Dataset, projection: Projection) -> Iterator[Layer]:
    """Give the layers of land, outlines and streets."""
    zoom = projection.view.zoom
    yield Layer("graticule", tuple(_graticule(projection)), is_clipped=True)
    rows = dataset.streets.to_dict("records")
    outlines = (row for row in rows if row["layer"] == StreetLayer.OUTLINE.value)
    yield Layer(
        "outlines",
        tuple(_outline(row, projection) for row in outlines),
        is_clipped=True,
    )
    streets = [
        row
        for row in dataset.drawn_streets.to_dict("records")
        if zoom >= _DRAWN_FROM[row["rank"]]
    ]
    # All casings first, so that crossings stay open; main streets on top.
    streets.sort(key=lambda row: -row["rank"])
    casings = [_street(row, projection, is_casing=True) for row in streets]
    fills = [_street(row, projection, is_casing=False) for row in streets]
    yield Layer("streets", (*casings, *fills), is_clipped=True)


def names(chosen: Chosen, projection: Projection, room: Room) -> Layer:
    """Give the names that find room, the most important first."""
    labels = [
        *_fixed_names(chosen, projection, room),
        *_street_names(chosen.dataset, chosen.texts, projection, room),
    ]
    return Layer("names", tuple(labels), is_clipped=True)


def _graticule(projection: Projection) -> Iterator[Shape]:
    """Give meridians and parallels: an empty steppe still has a scale."""
    ink = Ink(stroke=MAP_COLOURS["graticule"])
    for lon in range(45, 100, 5):
        ends = [(float(lon), 35.0), (float(lon), 60.0)]
        yield Line(projection.line(ends), ink)
    for lat in range(35, 65, 5):
        ends = [(45.0, float(lat)), (95.0, float(lat))]
        yield Line(projection.line(ends), ink)


def _outline(row: Row, projection: Projection) -> Shape:
    """Give a square, a park or another area."""
    colour = MAP_COLOURS["park" if row["kind"] == "park" else "square"]
    points = projection.line(row["geometry"].exterior.coords)
    return Line(points, Ink(fill=colour), is_closed=True)


def _street(row: Row, projection: Projection, *, is_casing: bool) -> Shape:
    """Give one stroke of a street; streets grow as one comes closer."""
    width = _WIDTHS[row["rank"]] * 2 ** ((projection.view.zoom - 13) * 0.55)
    colour = MAP_COLOURS["street-casing" if is_casing else "street-fill"]
    width = (width + _CASING if is_casing else width) * projection.scale
    ink = Ink(stroke=colour, width=width)
    return Line(projection.line(row["geometry"].coords), ink)


def _fixed_names(chosen: Chosen, projection: Projection, room: Room) -> Iterator[Shape]:
    """Give districts, squares, parks, mountains and towns."""
    order = list(_LABEL_ZOOMS)
    spots = [
        (kind, name, point)
        for kind, name, point in _labels(chosen, projection)
        if kind in _LABEL_ZOOMS
        and _LABEL_ZOOMS[kind][0] <= projection.view.zoom <= _LABEL_ZOOMS[kind][1]
    ]
    for kind, name, (x, y) in sorted(spots, key=lambda spot: order.index(spot[0])):
        font = {
            "district": _DISTRICT_FONT,
            "mountains": _LANDSCAPE_FONT,
            "region": _LANDSCAPE_FONT,
        }.get(kind, _OTHER_FONT)
        font = _scaled(font, projection)
        text = name.upper() if kind == "district" else name
        is_quiet = kind in ("district", "mountains", "region")
        box = box_round(x, y, width_of(text, font) + 8, font.size + 8)
        if room.take([box]):
            colour = MAP_COLOURS["name" if is_quiet else "place-name"]
            halo = MAP_COLOURS["land"]
            yield Label(text, x, y, font, colour, "middle", halo=halo)


def _labels(chosen: Chosen, projection: Projection) -> Iterator[tuple[str, str, Point]]:
    """Give kind, name and point of every label of the base."""
    texts = chosen.texts
    for row in chosen.dataset.streets.to_dict("records"):
        if row["layer"] == StreetLayer.LABEL.value:
            point = projection.point(row["geometry"].x, row["geometry"].y)
            yield row["kind"], short_name(texts.field(row, "name")), point
    for row in chosen.dataset.places.to_dict("records"):
        if row["kind"] in ("city", "region") and row["geometry"] is not None:
            point = projection.point(row["geometry"].x, row["geometry"].y)
            yield row["kind"], short_name(texts.field(row, "name")), point


def _street_names(
    dataset: Dataset, texts: Texts, projection: Projection, room: Room
) -> Iterator[Shape]:
    """Give the names of streets along their straight runs, main streets first."""
    rows = [
        row
        for row in dataset.drawn_streets.to_dict("records")
        if projection.view.zoom >= _NAMED_FROM[row["rank"]] and row["name_en"]
    ]
    font = _scaled(_STREET_FONT, projection)
    for row in sorted(rows, key=lambda row: row["rank"]):
        name = texts.field(row, "name")
        line = projection.line(row["geometry"].coords)
        for spot in _free_spots(name, font, line, room):
            yield Label(
                name,
                spot.x,
                spot.y,
                font,
                MAP_COLOURS["name"],
                "middle",
                angle=degrees(spot.angle),
                halo=MAP_COLOURS["street-fill"],
            )


def _scaled(font: Font, projection: Projection) -> Font:
    """Give a face at the size it has on this page."""
    return replace(font, size=max(font.size * projection.scale, _SMALLEST))


def _free_spots(
    name: str, font: Font, line: Sequence[Point], room: Room
) -> Iterator[Spot]:
    """Find room for a name on its street, else beside it; at most every so often."""
    width, height = width_of(name, font) + 6, font.size + 3
    off = _ASIDE * font.size / _STREET_FONT.size
    last: Spot | None = None
    for spot in straight_spots(line, width, 24, 5):
        if last and abs(spot.x - last.x) + abs(spot.y - last.y) < _NAME_EVERY:
            continue
        for aside in (0.0, -off, off):
            moved = spot.moved(aside)
            if room.take(boxes_along(moved, width, height)):
                yield moved
                last = spot
                break
