"""Events and march routes as GeoJSON (RFC 7946) for maps and GIS programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import shapely

from geo.dataset import Dataset
from geo.export.tables import cell
from geo.geocode import locate
from geo.query import Query, Selection, select, window_of
from geo.routes import is_shown, routes_of
from geo.texts import Texts
from geo.timeline import Window, moment_of

TITLE = "The January 2022 events in Almaty"
LICENCE = (
    "Event data: CC BY 4.0."
    " Coordinates of streets and crossings: ODbL, https://opendatacommons.org/licenses/odbl/."
)
CLOCK = "Almaty time, UTC+6"

_TRANSLATED = ("title", "summary", "note")
_TRANSLATED_LISTS = ("actors", "contradictions")
_CODES = ("kind", "group", "scope", "time_precision", "time_basis", "attribution")
_TIMES = ("start", "end", "earliest", "latest")
_PLACES_OF_DECIMALS = 6


def to_geojson(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the events that answer a query, and the legs of their marches.

    Lists stand in one string, as in events.csv: many programs skip arrays.
    Titles, summaries and notes are in the reader's language, codes are not.
    """
    selection = select(dataset, query, locate=locate)
    collection = {
        "type": "FeatureCollection",
        "title": texts.t(TITLE),
        "credit": dataset.credit,
        "licence": LICENCE,
        "clock": CLOCK,
        "language": texts.language,
        "query": query.to_params(),
        "features": [
            *_events(dataset, selection, texts),
            *_legs(dataset, _routes(dataset, query, selection)),
        ],
    }
    content = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    return content.encode() + b"\n"


def _events(
    dataset: Dataset, selection: Selection, texts: Texts
) -> Iterator[dict[str, Any]]:
    """One feature an event, with the points of its marked places or none."""
    names = {
        place: texts.field(row, "name")
        for place, row in dataset.places.to_dict("index").items()
    }
    chosen = dataset.events.loc[list(selection.visible)]
    for (event, row), geometry in zip(
        chosen.to_dict("index").items(), chosen.geometry, strict=True
    ):
        properties = {
            "feature": "event",
            "id": event,
            "status": selection.statuses[str(event)].value,
            **{name: texts.field(row, name) for name in _TRANSLATED},
            **{name: str(row[name]) for name in _CODES},
            **{name: _time(row[name]) for name in _TIMES},
            "when": _words(row, texts),
            "corroboration": row["corroboration"],
            "route": row["route"],
            "places": cell("places", row["places"]),
            "place_names": " | ".join(names[place] for place in row["places"]),
            **{name: _texts(row, name, texts.language) for name in _TRANSLATED_LISTS},
            "article_locator": cell("article_locator", row["article_locator"]),
            "sources": cell("sources", row["sources"]),
        }
        yield _feature(geometry, properties)


def _legs(dataset: Dataset, routes: frozenset[str]) -> Iterator[dict[str, Any]]:
    """One feature a leg; a line only where the street is known."""
    chosen = dataset.legs[dataset.legs["route"].isin(routes)]
    for (leg, row), geometry in zip(
        chosen.to_dict("index").items(), chosen.geometry, strict=True
    ):
        march = dataset.routes.loc[row["route"]]
        properties = {
            "feature": "leg",
            "id": leg,
            "title": march["title"],
            "route": row["route"],
            **{name: row[name] for name in ("order", "street", "evidence", "sketch")},
            "start": _time(row["start"]),
            "end": _time(row["end"]),
            "route_start": _time(march["start"]),
            "route_end": _time(march["end"]),
            "from_place": row["from_place"],
            "to_place": row["to_place"],
            "sources": cell("sources", row["sources"]),
            "note": row["note"],
        }
        yield _feature(geometry, properties)


def _routes(dataset: Dataset, query: Query, selection: Selection) -> frozenset[str]:
    """Give the marches of the chosen events; all in the window if time is all asked."""
    plain = Query(
        query.start, query.end, query.mode, query.possible, within_m=query.within_m
    )
    if query != plain:
        marches = dataset.events.loc[list(selection.visible), "route"]
        return frozenset(marches) - {""}
    window = Window(*map(moment_of, window_of(dataset, query)))
    return frozenset(
        route.id
        for route in routes_of(dataset).values()
        if route.earliest is None or is_shown(route, window)
    )


def _words(row: Mapping[Any, Any], texts: Texts) -> str:
    """Say when an event happened, with its precision and bounds."""
    start, end, earliest, latest = (row[name] for name in _TIMES)
    return texts.span(start, end, earliest, latest, row["time_precision"])


def _texts(row: Mapping[Any, Any], name: str, language: str) -> str:
    """Give a list of texts in a language, else in the first, as one string."""
    return cell(name, row.get(f"{name}_{language}") or row[name])


def _time(when: datetime) -> str | None:
    """ISO 8601 with Almaty's offset; None if it is not known."""
    return None if pd.isna(when) else when.isoformat(timespec="minutes")


def _feature(
    geometry: shapely.Geometry | None, properties: dict[str, Any]
) -> dict[str, Any]:
    """Give a GeoJSON feature; (lon, lat) with six decimals, a tenth of a metre."""
    shape = None if geometry is None else shapely.geometry.mapping(geometry)
    if shape is not None:
        shape = {**shape, "coordinates": _rounded(shape["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _rounded(coordinates: float | Iterable[Any]) -> float | list[Any]:
    """Positions at any depth, rounded."""
    if isinstance(coordinates, float | int):
        return round(float(coordinates), _PLACES_OF_DECIMALS)
    return [_rounded(each) for each in coordinates]
