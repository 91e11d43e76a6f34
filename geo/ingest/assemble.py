"""From a draft to a `Dataset` that everything else takes for one of ours.

There is no story and no evidence in it; routes and streets are those of the
data the file was read beside, as far as its events name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.dataset import Dataset
from geo.frames import CRS, places_frame, points_of, scope_of
from geo.ingest.draft import Draft, some
from geo.ingest.places import Places
from geo.ingest.results import NoteKind
from geo.ingest.sources import Sources
from geo.model import EventRow
from geo.said import said
from geo.timeline import ALMATY, minute_of, span_of
from geo.vocab import GROUP_OF, Kind, PlaceKind

_TIMES = ("start", "end", "earliest", "latest")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def forget_unknown_routes(draft: Draft, gazetteer: Dataset) -> None:
    """Let events be of no route whose route stands in no file we have."""
    known = set(gazetteer.routes.index)
    routes = draft.values["route"]
    unknown = [row for row, route in enumerate(routes) if route and route not in known]
    if unknown:
        words = some(routes[row] for row in unknown)
        message = said(
            "These rows are of routes that are not in the file: {routes}.", routes=words
        )
        draft.note(NoteKind.ROUTE, message, unknown)
        draft.values["route"] = [route if route in known else None for route in routes]


def assemble(
    draft: Draft,
    rows: Sequence[int],
    places: Places,
    sources: Sources,
    gazetteer: Dataset,
    extras: pd.DataFrame,
) -> Dataset:
    """Make the dataset of the good rows.

    Parameters
    ----------
    rows
        The good rows; at least one.
    extras
        What else the file says of them, row by row.
    """
    values = {
        name: [column[row] for row in rows] for name, column in draft.values.items()
    }
    routes = gazetteer.routes[gazetteer.routes.index.isin(_used(values["route"]))]
    legs = gazetteer.legs[gazetteer.legs["route"].isin(routes.index)]
    places.add_known([*_used(legs["from_place"]), *_used(legs["to_place"])])
    places.finish({place for each in values["places"] for place in each})
    frame = places_frame(places.table, places.home)
    events = _events_frame(values, frame, places.home)
    used = {source for each in values["sources"] for source in each}
    return Dataset(
        events=events,
        places=frame,
        routes=routes,
        legs=legs,
        streets=gazetteer.streets,
        basemap=gazetteer.basemap,
        evidence=_evidence(events),
        claims=gazetteer.claims.iloc[:0],
        moments=gazetteer.moments.iloc[:0],
        sources=MappingProxyType(
            {name: item for name, item in sources.items.items() if name in used}
        ),
        chapters=(),
        home=places.home,
        span=span_of(events["earliest_min"], events["latest_min"]),
        credit=gazetteer.credit,
        extras=extras.set_index(events.index),
        file=draft.file,
    )


def _evidence(events: pd.DataFrame) -> pd.DataFrame:
    """Say of each source that it speaks of its event; what it adds is not known."""
    pairs = [
        (event, source, "")
        for event, sources in events["sources"].items()
        for source in sources
    ]
    return pd.DataFrame(pairs, columns=["event", "source", "adds"], dtype="object")


def _used(values: Sequence[Any] | pd.Series[Any]) -> list[Any]:
    """Give the different values that are there."""
    return [each for each in dict.fromkeys(values) if each]


def _events_frame(
    values: dict[str, list[Any]], places: gpd.GeoDataFrame, home: str | None
) -> gpd.GeoDataFrame:
    """Make the frame of events, as `geo.frames.events_frame` makes it of rows."""
    names = [name for name in EventRow.model_fields if name in values]
    minutes: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    for name in names:
        if name in _TIMES:
            columns[name], minutes[f"{name}_min"] = _time_columns(values[name])
        else:
            columns[name] = pd.Series(_plain(values[name]), dtype="object")
    frame = pd.DataFrame(columns | minutes)
    frame["group"] = pd.Series(
        [GROUP_OF[Kind(kind)].value for kind in values["kind"]], dtype="object"
    )
    frame["scope"], geometry = _places_columns(values["places"], places, home)
    return gpd.GeoDataFrame(frame, geometry=geometry).set_index("id")


def _plain(values: list[Any]) -> list[Any]:
    """Give what a frame holds: the words of codes, "" for nothing."""
    known = {
        each: each.value if isinstance(each, StrEnum) else each or ""
        for each in set(values)
        if each is None or isinstance(each, StrEnum)
    }
    return [known.get(each, each) for each in values] if known else values


def _time_columns(
    moments: Sequence[datetime],
) -> tuple[pd.Series[Any], npt.NDArray[np.int64]]:
    """Give moments as a column, and as minutes on Almaty's wall clock."""
    known = {each: (_utc_minute(each), minute_of(each)) for each in set(moments)}
    utc, wall = np.array([known[each] for each in moments], dtype=np.int64).T
    stamps = (utc * 60_000_000).view("datetime64[us]")
    column = pd.Series(pd.DatetimeIndex(stamps, tz="UTC").tz_convert(ALMATY))
    return column, np.ascontiguousarray(wall)


def _utc_minute(moment: datetime) -> int:
    """Count whole minutes since 1970 in UTC."""
    return int((moment - _EPOCH).total_seconds() // 60)


def _places_columns(
    ids: Sequence[tuple[str, ...]], places: gpd.GeoDataFrame, home: str | None
) -> tuple[pd.Series[Any], gpd.GeoSeries]:
    """Give where each event stands, and the points of its marked places."""
    marked = places[places["marked"]]
    points = dict(zip(marked.index, marked.geometry.to_numpy(), strict=True))
    countries = set(places.index[places["kind"] == PlaceKind.COUNTRY.value])
    different = set(ids)
    scopes = {each: scope_of(each, points, home, countries).value for each in different}
    shapes = {each: points_of(each, points) for each in different}
    scope = pd.Series([scopes[each] for each in ids], dtype="object")
    return scope, gpd.GeoSeries([shapes[each] for each in ids], crs=CRS)
