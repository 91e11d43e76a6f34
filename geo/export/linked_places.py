"""The gazetteer in the Linked Places format, version 1.

What gazetteers exchange: https://github.com/LinkedPasts/linked-places-format.
It is GeoJSON and JSON-LD at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from geo.dataset import Dataset
from geo.export.chosen import Chosen, Row, choose
from geo.export.geodata import about, json_bytes
from geo.links import web_address
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Confidence, PlaceKind, PlacePrecision

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"

# Concepts of Getty's Art & Architecture Thesaurus that the World Historical
# Gazetteer accepts (its list of 9 June 2023), the nearest that is not too
# narrow. In our data a city is any town or village.
_TYPES: Mapping[PlaceKind, tuple[str, str]] = {
    PlaceKind.SQUARE: ("300008304", "squares"),
    PlaceKind.BUILDING: ("300004790", "single built works"),
    PlaceKind.MONUMENT: ("300004790", "single built works"),
    PlaceKind.PARK: ("300008187", "parks"),
    PlaceKind.AIRPORT: ("300000681", "airports"),
    PlaceKind.AREA: ("300000705", "districts"),
    PlaceKind.HOSPITAL: ("300004790", "single built works"),
    PlaceKind.DISTRICT: ("300000705", "districts"),
    PlaceKind.STREET: ("300008217", "roads"),
    PlaceKind.CROSSING: ("300122438", "transportation spaces"),
    PlaceKind.ROUTE_POINT: ("300122438", "transportation spaces"),
    PlaceKind.CITY: ("300008347", "inhabited places"),
    PlaceKind.REGION: ("300232418", "administrative divisions"),
    PlaceKind.COUNTRY: ("300387506", "countries"),
}
_LANGUAGES = ("en", "ru", "kk")


def to_linked_places(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the places that the events of a query name, and their marches.

    Without any question it is the whole gazetteer.
    """
    chosen = choose(dataset, query, texts)
    return json_bytes(
        {
            "type": "FeatureCollection",
            "@context": _CONTEXT,
            **about(chosen.imprint, query, texts),
            "features": [
                _place(chosen, place, row) for place, row in chosen.places.items()
            ],
        }
    )


def place_uri(place: str, name: str = "almaty-events-map") -> str:
    """Give a place's permanent URI, made from its id and the data's own name.

    A name and no address: the data has no home of its own on the web.

    Examples
    --------
    >>> place_uri("republic-square")
    'urn:uuid:ca482085-9492-57f3-ad2b-14938a564bcf'
    """
    return uuid5(NAMESPACE_URL, f"{name}/places/{place}").urn


def _place(chosen: Chosen, place: str, row: Row) -> dict[str, Any]:
    """Give one place as a Linked Places feature."""
    concept, label = _TYPES[PlaceKind(row["kind"])]
    kind = chosen.texts.label(PlaceKind(row["kind"]))
    return {
        "@id": place_uri(place, chosen.imprint.whose.name),
        "type": "Feature",
        "properties": {
            "title": chosen.place_names[place],
            "id": place,
            "precision": row["precision"],
            "confidence": row["confidence"],
            "address": row["address"],
        },
        "names": _names(row, chosen.imprint.whose.dataset),
        "types": [
            {
                "identifier": f"aat:{concept}",
                "label": label,
                "sourceLabels": [{"label": kind, "lang": chosen.texts.language}],
            }
        ],
        "geometry": _geometry(row),
        "descriptions": [*_descriptions(chosen, row)],
    }


def _names(row: Row, dataset: str) -> list[dict[str, Any]]:
    """Give the names in three languages; the first one says where it is from."""
    names: list[dict[str, Any]] = [
        {"toponym": row[f"name_{language}"], "lang": language}
        for language in _LANGUAGES
        if row[f"name_{language}"]
    ]
    names[0]["citations"] = [*_citations(row, dataset)]
    return names


def _citations(row: Row, dataset: str) -> Iterator[dict[str, str]]:
    """Cite what a place rests on, and the data set where it names nothing."""
    for reference in str(row["source"] or dataset).split(" | "):
        address = web_address(reference)
        yield {"label": reference, **({"@id": address} if address else {})}


def _geometry(row: Row) -> dict[str, Any]:
    """Give a collection of one point, or of none where none is known.

    The format's own page writes ``["null"]`` for none, which is no GeoJSON
    and which the World Historical Gazetteer's schema refuses.
    """
    point = row["geometry"]
    geometries = []
    if point is not None:
        coordinates = [round(point.x, 6), round(point.y, 6)]
        geometries = [
            {
                "type": "Point",
                "coordinates": coordinates,
                "certainty": _certainty(row),
                "radius_m": row["radius_m"],
            }
        ]
    return {"type": "GeometryCollection", "geometries": geometries}


def _certainty(row: Row) -> str:
    """Say in the format's three words how sure a position is."""
    if row["confidence"] == Confidence.LOW.value:
        return "uncertain"
    is_exact = row["precision"] == PlacePrecision.EXACT.value
    is_sure = row["confidence"] == Confidence.HIGH.value
    return "certain" if is_exact and is_sure else "less-certain"


def _descriptions(chosen: Chosen, row: Row) -> Iterator[dict[str, str]]:
    """Give the note on a place, such as why it has no position."""
    if note := chosen.texts.field(row, "note"):
        has_own = bool(row.get(f"note_{chosen.texts.language}"))
        yield {"value": note, "lang": chosen.texts.language if has_own else "en"}
