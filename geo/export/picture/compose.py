"""From what a query chooses to a whole page."""

from __future__ import annotations

from math import dist

from pyproj import Geod

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.picture import city, legend, marks
from geo.export.picture.border import frame_and_scale
from geo.export.picture.layout import Room, box_of
from geo.export.picture.marches import heads, marches
from geo.export.picture.scene import Box, Disc, Ink, Layer, Line, Scene, Shape
from geo.export.picture.sites import Site, sites_of
from geo.export.picture.view import LonLat, Projection, View, fitted
from geo.palette import MAP_COLOURS
from geo.query import Query
from geo.texts import Texts

WIDTH, HEIGHT = 1200.0, 900.0
_EDGE = 28.0
# A smaller circle is hidden under its mark.
_SMALLEST_CIRCLE = 14.0
_GAP = 10.0
# Towns and regions are far from the city and from each other.
_WGS84 = Geod(ellps="WGS84")
_FAR_STYLES = ("town", "region")


def compose(
    dataset: Dataset, query: Query, texts: Texts, view: View | None = None
) -> Scene:
    """Lay out the map of what a query chooses.

    Parameters
    ----------
    view
        What part of the world; by default the marks and marches of the city,
        or all marks if none is there.
    """
    chosen = choose(dataset, query, texts)
    width = WIDTH - 2 * _EDGE
    heading, heading_height = legend.heading(chosen, _EDGE, _EDGE - 8, width)
    top = _EDGE - 8 + heading_height
    frame = Box(_EDGE, top, WIDTH - _EDGE, HEIGHT - _EDGE)
    # The key depends on what is in the frame, and the frame on the key's
    # height: a second look settles it.
    for _ in range(2):
        projection = Projection(view or view_of(chosen, frame), frame)
        below, height = _below(chosen, projection, width)
        frame = Box(_EDGE, top, WIDTH - _EDGE, HEIGHT - _EDGE - height)
    projection = Projection(view or view_of(chosen, frame), frame)
    layers = (_paper(frame), *_map_layers(chosen, projection), heading, *below)
    return Scene(
        WIDTH,
        HEIGHT,
        frame,
        layers,
        title=chosen.imprint.title,
        about=chosen.imprint.lines[1:],
        credit=chosen.imprint.credit,
    )


def _paper(frame: Box) -> Layer:
    """Give the page and the land under the map."""
    page = Box(0, 0, WIDTH, HEIGHT)
    colours = ((page, MAP_COLOURS["panel"]), (frame, MAP_COLOURS["land"]))
    boxes = (
        Line(box.corners, Ink(fill=colour), is_closed=True) for box, colour in colours
    )
    return Layer("paper", tuple(boxes))


def _map_layers(chosen: Chosen, projection: Projection) -> tuple[Layer, ...]:
    """Give the layers inside the frame; names come last, where room is left."""
    shown = marks.marks_of(chosen, projection)
    border, taken = frame_and_scale(projection, chosen.texts)
    lines, line_boxes = marches(chosen, projection)
    room = Room(projection.frame, [*taken, *(mark.box for mark in shown)])
    head_layer = heads(chosen, projection, shown, room)
    mark_names = marks.mark_names(shown, room)
    room.taken.extend(line_boxes)
    names = city.names(chosen, projection, room)
    return (
        *city.ground(chosen.dataset, projection),
        marks.rings(chosen, projection),
        lines,
        names,
        marks.faces(shown),
        mark_names,
        head_layer,
        border,
    )


def _below(
    chosen: Chosen, projection: Projection, width: float
) -> tuple[tuple[Layer, ...], float]:
    """Give key and footer at the foot of the page, and the height they take."""
    sites = in_frame(chosen, projection)
    shown = frozenset(event for site in sites for event in site.events)
    entries = legend.entries_of(
        chosen,
        marks.marks_of(chosen, projection),
        sites,
        _drawn(chosen, projection),
    )
    rows = legend.rows_of(entries, width)
    lines = legend.footer_lines(chosen, shown, width)
    footer, footer_height = legend.footer(lines, _EDGE, 0)
    key_height = legend.key_height(rows)
    total = key_height + footer_height + 2 * _GAP
    key_top = HEIGHT - _EDGE - total + _GAP
    footer, _ = legend.footer(lines, _EDGE, key_top + key_height + _GAP)
    return (legend.key_layer(rows, _EDGE, key_top), footer), total


def _drawn(chosen: Chosen, projection: Projection) -> list[Shape]:
    """Give the circles, bands and marches that can be seen in the frame."""
    march_layer, _ = marches(chosen, projection)
    return [
        shape
        for shape in (*marks.rings(chosen, projection).shapes, *march_layer.shapes)
        if isinstance(shape, Line | Disc)
        and box_of(shape).meets(projection.frame)
        and not (isinstance(shape, Disc) and shape.radius < _SMALLEST_CIRCLE)
    ]


def in_frame(chosen: Chosen, projection: Projection) -> list[Site]:
    """Give the sites that have a mark in the frame."""
    is_near = projection.view.zoom >= marks.TOWN_ZOOM
    return [
        site
        for site in sites_of(chosen)
        if projection.frame.has(projection.point(site.lon, site.lat))
        and not (is_near and site.style == "region")
    ]


def view_of(chosen: Chosen, frame: Box, scale: float = 1.0) -> View:
    """Fit the city if most events are there, else all marks, else the streets.

    Parameters
    ----------
    scale
        As the `Projection` has it.
    """
    sites = sites_of(chosen)
    near = [site for site in sites if site.style not in _FAR_STYLES]
    at_home = {event for site in near for event in site.events}
    all_events = {event for site in sites for event in site.events}
    if 2 * len(at_home) < len(all_events):
        near = sites
    points = [(site.lon, site.lat) for site in near]
    if near is not sites and not (chosen.query.near or chosen.query.place):
        # Who asks for a place looks at the place, not along the whole march.
        legs = [leg for route in chosen.routes.values() for leg in route.legs]
        points += [point for leg in legs for point in leg.line]
    view = fitted(points or _streets(chosen), frame, scale=scale)
    first = Projection(view, frame, scale)
    hidden = [site for site in near if _is_all_inside(site, first)]
    points += [point for site in hidden for point in _reach(site)]
    return fitted(points, frame, scale=scale) if hidden else view


def _is_all_inside(site: Site, projection: Projection) -> bool:
    """Tell whether a site's circle runs round the frame and is not to be seen."""
    if not marks.has_ring(site):
        return False
    radius = projection.length(site.radius_m, site.lat)
    middle, frame = projection.point(site.lon, site.lat), projection.frame
    return all(dist(middle, corner) < radius for corner in frame.corners)


def _reach(site: Site) -> list[LonLat]:
    """Give four points on the circle within which a site lies."""
    lons, lats = [site.lon] * 4, [site.lat] * 4
    lon, lat, _ = _WGS84.fwd(lons, lats, [0, 90, 180, 270], [site.radius_m] * 4)
    return list(zip(lon, lat, strict=True))


def _streets(chosen: Chosen) -> list[LonLat]:
    """Give the ends of all streets: the extent of the city."""
    streets = chosen.dataset.streets.geometry
    lines = [line for line in streets if line.geom_type == "LineString"]
    return [end for line in lines for end in (line.coords[0], line.coords[-1])]
