"""Events and marches as KML 2.2, with times, for globes with a time slider.

A program that shows KML takes a description as HTML. So descriptions are
escaped twice over: what such a program shows is the text itself. The exact
values stand beside them in ExtendedData, which the balloon does not show.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pandas as pd
import shapely

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.geodata import about, event_fields, legs
from geo.export.wording import event_lines, when_words
from geo.export.xml import add, document, root
from geo.palette import GROUP_COLOURS, MAP_COLOURS
from geo.query import Query
from geo.texts import Texts
from geo.vocab import GROUP_OF, Kind, LegEvidence

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_LEG_WIDTHS = {
    LegEvidence.DOCUMENTED: 4,
    LegEvidence.INFERRED: 2,
    LegEvidence.UNKNOWN: 1,
}


def to_kml(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write a folder of events and one of the legs of their marches.

    An event has the time span of its best estimate, an instant a time stamp.
    Events and legs without a position are placemarks without a geometry.
    """
    chosen = choose(dataset, query, texts)
    kml = root("kml", xmlns=_NAMESPACE)
    top = add(kml, "Document")
    imprint = chosen.imprint
    add(top, "name", imprint.title)
    add(top, "description", _shown(imprint.lines[1:]))
    _add_styles(top)
    fields = about(imprint, query, texts)
    _add_data(top, {**fields, "query": urlencode(fields["query"])})
    events, marches = add(top, "Folder"), add(top, "Folder")
    add(events, "name", texts.t("Events"))
    for event in chosen.events:
        _add_event(events, chosen, event)
    add(marches, "name", texts.t("March routes"))
    for geometry, leg in legs(chosen):
        _add_leg(marches, chosen, geometry, leg)
    return document(kml)


def _add_styles(top: ET.Element) -> None:
    """Add a style for each group, and for legs by how sure they are."""
    for group, colour in GROUP_COLOURS.items():
        style = add(top, "Style", id=group.value)
        add(add(style, "IconStyle"), "color", _kml_colour(colour))
        _add_balloon(style)
    for evidence, width in _LEG_WIDTHS.items():
        style = add(top, "Style", id=f"leg-{evidence.value}")
        line = add(style, "LineStyle")
        add(line, "color", _kml_colour(MAP_COLOURS["route"]))
        add(line, "width", str(width))
        _add_balloon(style)


def _add_balloon(style: ET.Element) -> None:
    """Show the escaped description and nothing else."""
    add(add(style, "BalloonStyle"), "text", "$[description]")


def _add_event(folder: ET.Element, chosen: Chosen, event: str) -> None:
    """Add one event; KML fixes the order of what a placemark holds."""
    row, texts = chosen.events[event], chosen.texts
    title, group = texts.field(row, "title"), GROUP_OF[Kind(row["kind"])]
    mark = add(folder, "Placemark")
    add(mark, "name", title)
    # Says the group in words where a program shows all pins alike.
    snippet = f"{texts.label(group)}; {when_words(chosen, event)}"
    add(mark, "Snippet", snippet, maxLines="2")
    add(mark, "description", _shown([title, *event_lines(chosen, event)]))
    _add_time(mark, row["start"].isoformat(), row["end"].isoformat())
    add(mark, "styleUrl", f"#{group.value}")
    _add_data(mark, event_fields(chosen, event))
    _add_geometry(mark, row["geometry"])


def _add_leg(
    folder: ET.Element,
    chosen: Chosen,
    geometry: shapely.Geometry | None,
    leg: Mapping[str, Any],
) -> None:
    """Add one leg, with the time of its whole march."""
    evidence = chosen.texts.label(LegEvidence(leg["evidence"]))
    mark = add(folder, "Placemark")
    add(mark, "name", leg["street"])
    add(mark, "Snippet", f"{leg['title']}; {evidence}", maxLines="2")
    lines = [leg["title"], leg["street"], evidence, leg["note"]]
    add(mark, "description", _shown(lines))
    march = chosen.dataset.routes.loc[leg["route"]]
    times = (march[name] for name in ("start", "end"))
    _add_time(mark, *(None if pd.isna(at) else at.isoformat() for at in times))
    add(mark, "styleUrl", f"#leg-{leg['evidence']}")
    _add_data(mark, leg)
    _add_geometry(mark, geometry)


def _add_time(mark: ET.Element, start: str | None, end: str | None) -> None:
    """Add a span as far as it is known; an instant is a stamp."""
    if start and start == end:
        add(add(mark, "TimeStamp"), "when", start)
    elif start or end:
        span = add(mark, "TimeSpan")
        for tag, moment in (("begin", start), ("end", end)):
            if moment:
                add(span, tag, moment)


def _add_data(parent: ET.Element, fields: Mapping[str, object]) -> None:
    """Add values by name; what is not known is left out."""
    data = add(parent, "ExtendedData")
    for name, value in fields.items():
        if value not in (None, ""):
            add(add(data, "Data", name=name), "value", str(value))


def _add_geometry(mark: ET.Element, geometry: shapely.Geometry | None) -> None:
    """Add points or a line, (lon, lat); nothing for what has no position."""
    parts = shapely.get_parts(geometry) if geometry is not None else []
    parent = add(mark, "MultiGeometry") if len(parts) > 1 else mark
    for part in parts:
        coordinates = " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in part.coords)
        add(add(parent, part.geom_type), "coordinates", coordinates)


def _shown(lines: Iterable[str]) -> str:
    """Give lines as HTML that shows them letter by letter."""
    return "<br>".join(html.escape(line).replace("\n", "<br>") for line in lines)


def _kml_colour(colour: str) -> str:
    """Turn #rrggbb into KML's aabbggrr, opaque.

    Examples
    --------
    >>> _kml_colour("#0072b2")
    'ffb27200'
    """
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"ff{blue}{green}{red}"
