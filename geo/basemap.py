"""Local streets from an OpenStreetMap extract of the reader's own.

They replace the schematic streets beneath the map; the geocoder, the routes and
the names of districts keep to the schematic ones, which our data refer to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from pyogrio import read_dataframe
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry import LineString, MultiLineString

from geo.dataset import Dataset
from geo.problems import quoted
from geo.said import said
from geo.vocab import StreetLayer

Bounds = tuple[float, float, float, float]
"""West, south, east, north in WGS84 degrees."""

RANK_OF: Mapping[str, int] = {
    "motorway": 1,
    "trunk": 1,
    "primary": 1,
    "secondary": 2,
    "tertiary": 3,
    "residential": 4,
    "unclassified": 4,
    "living_street": 4,
    "pedestrian": 4,
}
"""How early a way of OpenStreetMap's ``highway`` is drawn; others are not.

The values are those of https://wiki.openstreetmap.org/wiki/Key:highway.
"""

CREDIT = "© OpenStreetMap contributors, ODbL"
"""As https://www.openstreetmap.org/copyright asks for."""

ENDINGS = (".osm", ".pbf")
"""Of extracts; GDAL tells the two apart by them."""

MARGIN_DEGREES = 0.03
"""Kept beyond the schematic streets: some 3 km."""

# About 3 m: no step of it can be seen at the closest zoom of the map.
_TOLERANCE_DEGREES = 0.00003
_DIGITS = 6
_LANGUAGES = ("en", "ru", "kk")
_NAMES = [f"name_{language}" for language in _LANGUAGES]
# OpenStreetMap's further tags, as GDAL writes them: "key"=>"value","key"=>…
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


class BasemapError(Exception):
    """The extract is of no use; the message is for people."""


def bounds_of(dataset: Dataset) -> Bounds:
    """Give the part of the world a local map is wanted of.

    Raises
    ------
    BasemapError
        If the data have no streets to go by.
    """
    streets = dataset.streets[dataset.streets["layer"] == StreetLayer.STREET.value]
    if streets.empty:
        raise BasemapError(
            said("{file} has no street that says where to look", file="streets.geojson")
        )
    west, south, east, north = map(float, streets.total_bounds)
    return (
        west - MARGIN_DEGREES,
        south - MARGIN_DEGREES,
        east + MARGIN_DEGREES,
        north + MARGIN_DEGREES,
    )


def basemap_json(extract: Path, bounds: Bounds) -> tuple[bytes, int]:
    """Turn an extract into the text of a ``basemap.geojson``.

    Parameters
    ----------
    extract
        An ``.osm`` or ``.osm.pbf`` file.
    bounds
        What lies outside is cut off.

    Returns
    -------
    content, count
        GeoJSON (RFC 7946), the same bytes for the same extract, and how many
        pieces of street it has.

    Raises
    ------
    BasemapError
        If it cannot be read, or has no street within the bounds.
    """
    streets = _merged(_cut(_ways_of(extract, bounds), bounds))
    if not streets:
        message = said(
            "{file} has no street in the part of the map", file=quoted(extract.name)
        )
        raise BasemapError(message)
    features = [
        _feature(number, street) for number, street in enumerate(streets, start=1)
    ]
    head = json.dumps(
        {"type": "FeatureCollection", "credit": CREDIT}, ensure_ascii=False
    )
    lines = ",\n".join(
        json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features
    )
    content = f'{head[:-1]}, "features": [\n{lines}\n]}}\n'
    return content.encode("utf-8"), len(features)


def _ways_of(extract: Path, bounds: Bounds) -> gpd.GeoDataFrame:
    """Read the ways that are streets."""
    # GDAL would open other hosts for names that are no files.
    if not extract.is_file():
        raise BasemapError(said("there is no file {file}", file=f'"{extract}"'))
    if not extract.name.lower().endswith(ENDINGS):
        name = quoted(extract.name)
        raise BasemapError(
            said("{file} does not end in {endings}", file=name, endings=ENDINGS)
        )
    listed = ", ".join(f"'{value}'" for value in RANK_OF)
    try:
        ways = read_dataframe(
            extract.resolve(),
            layer="lines",
            columns=["name", "highway", "other_tags"],
            where=f"highway IN ({listed})",
            bbox=bounds,
        )
    except (DataSourceError, DataLayerError) as error:
        message = said("{file} is no OpenStreetMap extract", file=quoted(extract.name))
        raise BasemapError(message) from error
    ways["rank"] = ways["highway"].map(RANK_OF)
    names = [
        _names_of(name, tags)
        for name, tags in zip(ways["name"], ways["other_tags"], strict=True)
    ]
    ways[_NAMES] = pd.DataFrame(names, columns=_NAMES, index=ways.index, dtype="object")
    return ways


def _names_of(name: object, tags: object) -> tuple[str, ...]:
    """Give the name in each language; on the spot it is called by its local one."""
    said = {
        key: re.sub(r"\\(.)", r"\1", value)
        for key, value in _TAG.findall(tags if isinstance(tags, str) else "")
    }
    local = name if isinstance(name, str) else ""
    return tuple(said.get(f"name:{language}") or local for language in _LANGUAGES)


def _cut(ways: gpd.GeoDataFrame, bounds: Bounds) -> gpd.GeoDataFrame:
    """Cut off what lies outside."""
    cut = ways.set_geometry(shapely.clip_by_rect(ways.geometry.to_numpy(), *bounds))
    return cut[~cut.geometry.is_empty]


def _merged(ways: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Join the ways of one street end to end, main streets first."""
    streets = []
    for key, group in ways.groupby(["rank", *_NAMES], sort=True):
        lines = [line for shape in group.geometry for line in _lines(shape)]
        joined = shapely.simplify(
            shapely.line_merge(MultiLineString(lines)), _TOLERANCE_DEGREES
        )
        names = dict(zip(_NAMES, key[1:], strict=True))
        streets += [
            {"rank": int(key[0]), **names, "line": line} for line in _lines(joined)
        ]
    return streets


def _lines(shape: shapely.Geometry) -> Iterable[LineString]:
    """Give the lines of a line or of several; a point at the edge is none."""
    return (part for part in shapely.get_parts(shape) if isinstance(part, LineString))


def _feature(number: int, street: Mapping[str, Any]) -> dict[str, Any]:
    """Write one piece of a street."""
    names = {name: street[name] for name in _NAMES}
    points = [
        [round(lon, _DIGITS), round(lat, _DIGITS)] for lon, lat in street["line"].coords
    ]
    return {
        "type": "Feature",
        "properties": {"id": f"way-{number}", **names, "rank": street["rank"]},
        "geometry": {"type": "LineString", "coordinates": points},
    }
