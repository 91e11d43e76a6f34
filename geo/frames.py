"""From validated rows to columns: the frames that make up a Dataset.

Text that is not there is ``""``, a number NaN, a time NaT; a list is a tuple.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import BaseModel
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.model import BasemapRow, EventRow, LegRow, PlaceRow, StreetRow
from geo.reading import Table
from geo.timeline import ALMATY, minute_of
from geo.vocab import GROUP_OF, PlaceKind, Scope

CRS = "EPSG:4326"
"""WGS84; shapely's order, (lon, lat)."""

_TIMES = {
    "start",
    "end",
    "earliest",
    "latest",
    "earliest_start",
    "latest_start",
    "earliest_end",
    "latest_end",
}
_NUMBERS = {"radius_m", "claimed_km"}
_TEXTS_THAT_MAY_BE_NULL = {"route", "street", "from_place", "to_place", "source"}


def columns_of(rows: Sequence[BaseModel], model: type[BaseModel]) -> list[str]:
    """Give the fields a file has: all required ones, others where they stand."""
    given = {name for row in rows for name in row.model_fields_set}
    return [
        name
        for name, each in model.model_fields.items()
        if each.is_required() or name in given
    ]


def frame_of(rows: Sequence[BaseModel], columns: Iterable[str]) -> pd.DataFrame:
    """Make a frame with one column a field, in the order given."""
    return pd.DataFrame(
        {name: _column(name, [getattr(row, name) for row in rows]) for name in columns}
    )


def _column(name: str, values: list[Any]) -> pd.Series[Any]:
    """Make one column of the type its name stands for."""
    if name in _TIMES:
        return pd.Series(values, dtype=pd.DatetimeTZDtype("us", ALMATY))
    if name in _NUMBERS:
        return pd.Series(values, dtype="float64")
    if values and isinstance(values[0], int):
        return pd.Series(values, dtype="int64")
    if name in _TEXTS_THAT_MAY_BE_NULL:
        values = [value or "" for value in values]
    words = [value.value if isinstance(value, StrEnum) else value for value in values]
    return pd.Series(words, dtype="object")


def places_frame(table: Table[PlaceRow], home: str | None) -> gpd.GeoDataFrame:
    """Make the frame of places; ``marked`` are those that get a marker.

    The city itself and a country are headings of the list, not points.
    """
    frame = frame_of(table.rows, columns_of(table.rows, PlaceRow))
    geometry = gpd.GeoSeries([entry.geometry for entry in table.entries], crs=CRS)
    is_heading = (frame["id"] == home) | (frame["kind"] == PlaceKind.COUNTRY.value)
    frame["marked"] = (geometry.notna() & ~is_heading).astype(bool)
    return gpd.GeoDataFrame(frame, geometry=geometry).set_index("id")


def legs_frame(table: Table[LegRow]) -> gpd.GeoDataFrame:
    """Make the frame of legs, in the order they were walked."""
    frame = frame_of(table.rows, columns_of(table.rows, LegRow))
    geometry = gpd.GeoSeries([entry.geometry for entry in table.entries], crs=CRS)
    legs = gpd.GeoDataFrame(frame, geometry=geometry).set_index("leg")
    return legs.sort_values(["route", "order"], kind="stable")


def features_frame(
    table: Table[StreetRow] | Table[BasemapRow], model: type[BaseModel]
) -> gpd.GeoDataFrame:
    """Make the frame of streets or of other features with a name and a shape."""
    frame = frame_of(table.rows, columns_of(table.rows, model))
    geometry = gpd.GeoSeries([entry.geometry for entry in table.entries], crs=CRS)
    return gpd.GeoDataFrame(frame, geometry=geometry).set_index("id")


def events_frame(
    table: Table[EventRow], places: gpd.GeoDataFrame, home: str | None
) -> gpd.GeoDataFrame:
    """Make the frame of events, in file order, with minutes, group and scope."""
    rows = table.rows
    frame = frame_of(rows, table.columns)
    for name in ("start", "end", "earliest", "latest"):
        frame[f"{name}_min"] = _minutes(getattr(row, name) for row in rows)
    frame["group"] = pd.Series(
        [GROUP_OF[row.kind].value for row in rows], dtype="object"
    )
    points = dict(places.loc[places["marked"]].geometry)
    countries = set(places.index[places["kind"] == PlaceKind.COUNTRY.value])
    frame["scope"] = pd.Series(
        [scope_of(row.places, points, home, countries).value for row in rows],
        dtype="object",
    )
    geometry = gpd.GeoSeries([points_of(row.places, points) for row in rows], crs=CRS)
    return gpd.GeoDataFrame(frame, geometry=geometry).set_index("id")


def _minutes(moments: Iterable[datetime]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Turn moments into minutes on Almaty's wall clock."""
    return np.fromiter((minute_of(each) for each in moments), dtype=np.int64)


def points_of(ids: Sequence[str], points: Mapping[str, Point]) -> BaseGeometry | None:
    """Gather an event's marked places: a point, several, or none."""
    marked = [points[each] for each in ids if each in points]
    if not marked:
        return None
    return marked[0] if len(marked) == 1 else MultiPoint(marked)


def scope_of(
    ids: Sequence[str],
    points: Mapping[str, Point],
    home: str | None,
    countries: set[str],
) -> Scope:
    """Say where an event stands: on the map or under which heading."""
    if any(each in points for each in ids):
        return Scope.MAPPED
    if home in ids:
        return Scope.CITY
    return Scope.COUNTRY if countries.intersection(ids) else Scope.UNKNOWN
