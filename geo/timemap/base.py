"""The schematic city for the script, and the one turn of the axes.

shapely says (lon, lat), Leaflet (lat, lon): `latlons` is where they meet.
"""

from collections.abc import Iterable
from typing import Any

from shapely.geometry import Point

from geo.dataset import Dataset
from geo.texts import Texts, short_name

LatLon = tuple[float, float]


def base_of(dataset: Dataset, texts: Texts) -> dict[str, list[dict[str, Any]]]:
    """The city: streets, outlines and labels, and the country's towns."""
    out: dict[str, list[dict[str, Any]]] = {"streets": [], "outlines": [], "labels": []}
    for row in dataset.drawn_streets.to_dict("records"):
        line = latlons(row["geometry"].coords)
        out["streets"].append(
            {"name": texts.field(row, "name"), "rank": int(row["rank"]), "line": line}
        )
    for row in dataset.streets.to_dict("records"):
        name, shape = texts.field(row, "name"), row["geometry"]
        if row["layer"] == "street":
            continue
        if row["layer"] == "outline":
            ring = latlons(shape.exterior.coords)
            out["outlines"].append({"kind": str(row["kind"]), "ring": ring})
        else:
            out["labels"].append(_label(name, str(row["kind"]), shape))
    towns = dataset.places["kind"].isin(["city", "region"])
    located = dataset.places.geometry.notna()
    for place in dataset.places[towns & located].to_dict("records"):
        name = texts.field(place, "name")
        out["labels"].append(_label(name, str(place["kind"]), place["geometry"]))
    return out


def _label(name: str, kind: str, point: Point) -> dict[str, Any]:
    return {"text": short_name(name), "kind": kind, "lat": point.y, "lon": point.x}


def latlons(points: Iterable[tuple[float, ...]]) -> list[LatLon]:
    """The one place where (lon, lat) becomes Leaflet's (lat, lon)."""
    return [(lat, lon) for lon, lat in points]
