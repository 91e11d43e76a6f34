"""Events and march routes as GeoJSON (RFC 7946) for maps and GIS programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import shapely

from geo.dataset import Dataset
from geo.export.chosen import Chosen, Row, choose, iso
from geo.export.imprint import Imprint
from geo.export.tables import cell
from geo.query import Query
from geo.texts import Texts

_TRANSLATED = ("title", "summary", "note")
_TRANSLATED_LISTS = ("actors", "contradictions")
_CODES = (
    "kind",
    "group",
    "scope",
    "time_precision",
    "time_basis",
    "attribution",
    "corroboration",
    "route",
)
_TIMES = ("start", "end", "earliest", "latest")
_PLACES_OF_DECIMALS = 6


def to_geojson(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the events that answer a query, and the legs of their marches.

    Lists stand in one string, as in events.csv: many programs skip arrays.
    Titles, summaries and notes are in the reader's language, codes are not.
    """
    chosen = choose(dataset, query, texts)
    features = [
        *(
            _feature("event", row["geometry"], event_fields(chosen, event))
            for event, row in chosen.events.items()
        ),
        *(_feature("leg", geometry, fields) for geometry, fields in legs(chosen)),
    ]
    return json_bytes(
        {
            "type": "FeatureCollection",
            **about(chosen.imprint, query, texts),
            "features": features,
        }
    )


def about(imprint: Imprint, query: Query, texts: Texts) -> dict[str, Any]:
    """Give the imprint as members of a collection."""
    return {
        "title": imprint.title,
        "question": imprint.question,
        "query": query.to_params(),
        "data_version": imprint.version,
        "licence": imprint.licence,
        "credit": imprint.credit,
        "clock": imprint.clock,
        "language": texts.language,
    }


def json_bytes(content: object) -> bytes:
    """Write JSON as UTF-8, for people to read too; NaN is refused."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode() + b"\n"


def event_fields(chosen: Chosen, event: str) -> dict[str, Any]:
    """Give the attributes of one event: texts, codes and Almaty times."""
    row, texts = chosen.events[event], chosen.texts
    names = (chosen.place_names[place] for place in row["places"])
    return {
        "id": event,
        "status": chosen.selection.statuses[event].value,
        **{name: texts.field(row, name) for name in _TRANSLATED},
        **{name: str(row[name]) for name in _CODES},
        **{name: iso(row[name]) for name in _TIMES},
        "when": chosen.when(row),
        "places": cell("places", row["places"]),
        "place_names": " | ".join(names),
        **{
            name: cell(name, chosen.texts.listed(row, name))
            for name in _TRANSLATED_LISTS
        },
        "article_locator": cell("article_locator", row["article_locator"]),
        "sources": cell("sources", row["sources"]),
    }


def legs(chosen: Chosen) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any]]]:
    """Give line and attributes of each leg; a line only where it is drawn as one."""
    frame = chosen.dataset.legs
    rows = frame[frame["route"].isin(list(chosen.routes))].to_dict("index")
    for leg, row in rows.items():
        yield row["geometry"], _leg_fields(chosen, str(leg), row)


def _leg_fields(chosen: Chosen, leg: str, row: Row) -> dict[str, Any]:
    """Give the attributes of one leg, with the times of its march."""
    march: Row = dict(chosen.dataset.routes.loc[row["route"]])
    texts = chosen.texts
    return {
        "id": leg,
        "title": texts.field(march, "title"),
        "route": row["route"],
        "order": row["order"],
        "street": texts.field(row, "street"),
        "evidence": row["evidence"],
        "sketch": row["sketch"],
        "start": iso(row["start"]),
        "end": iso(row["end"]),
        "route_start": iso(march["start"]),
        "route_end": iso(march["end"]),
        "from_place": row["from_place"],
        "to_place": row["to_place"],
        "sources": cell("sources", row["sources"]),
        "note": texts.field(row, "note"),
    }


def _feature(
    sort: str, geometry: shapely.Geometry | None, fields: dict[str, Any]
) -> dict[str, Any]:
    """Give a GeoJSON feature; (lon, lat) with six decimals, a tenth of a metre."""
    shape = None if geometry is None else shapely.geometry.mapping(geometry)
    if shape is not None:
        shape = {**shape, "coordinates": _rounded(shape["coordinates"])}
    properties = {"feature": sort, **fields}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _rounded(coordinates: float | Iterable[Any]) -> float | list[Any]:
    """Positions at any depth, rounded."""
    if isinstance(coordinates, float | int):
        return round(float(coordinates), _PLACES_OF_DECIMALS)
    return [_rounded(each) for each in coordinates]
