"""From a draft to a `Dataset` that everything else takes for one of ours.

There is no story and no evidence in it; routes and streets are those of the
data the file was read beside, as far as its events name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from geo.dataset import Dataset
from geo.ingest.draft import Draft, picked, some
from geo.ingest.places import Places
from geo.ingest.results import NoteKind
from geo.ingest.sources import Sources
from geo.lean import ListArray, ShapeArray, category_column, text_column
from geo.model import EventRow
from geo.said import said
from geo.timeline import ALMATY, Minutes, minute_of, span_of
from geo.vocab import (
    GROUP_OF,
    Attribution,
    Corroboration,
    Kind,
    KindGroup,
    PlaceKind,
    Scope,
    TimeBasis,
    TimePrecision,
)

_TIMES = ("start", "end", "earliest", "latest")
_CODES: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "time_precision": TimePrecision,
    "time_basis": TimeBasis,
    "attribution": Attribution,
    "corroboration": Corroboration,
}
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
    used_routes = _used(draft.values["route"][row] for row in rows)
    routes = gazetteer.routes[gazetteer.routes.index.isin(used_routes)]
    legs = gazetteer.legs[gazetteer.legs["route"].isin(routes.index)]
    places.add_known([*_used(legs["from_place"]), *_used(legs["to_place"])])
    frame, ids = places.finish(rows)
    events = _events_frame(draft, rows, frame, ids, places.home)
    cited = set(events["sources"].array.words.to_pylist())
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
            {name: item for name, item in sources.items.items() if name in cited}
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
    sources = events["sources"].array
    rows = np.repeat(np.arange(len(events)), sources.counts)
    return pd.DataFrame(
        {
            "event": pd.Series(events.index.array.take(rows), copy=False),
            "source": category_column(sources.codes, sources.words.to_pylist()),
            "adds": category_column(np.zeros(len(rows), dtype=np.int8), [""]),
        },
        copy=False,
    )


def _used(values: Iterable[Any]) -> list[Any]:
    """Give the different values that are there."""
    return [each for each in dict.fromkeys(values) if each]


def _events_frame(
    draft: Draft,
    rows: Sequence[int],
    places: pd.DataFrame,
    ids: ListArray,
    home: str | None,
) -> pd.DataFrame:
    """Make the frame of events, as `geo.frames.events_frame` makes it of rows."""
    minutes: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    times = _Times()
    for name in EventRow.model_fields:
        if name == "places":
            columns[name] = pd.Series(ids, copy=False)
        elif name in draft.values:
            column = draft.values.pop(name)
            values = picked(column, rows)
            if name in _TIMES:
                columns[name], minutes[f"{name}_min"] = times.columns(values)
            else:
                columns[name] = _column(name, values)
    kinds = columns["kind"].cat
    groups, of_kind = (
        list(KindGroup),
        [GROUP_OF[Kind(kind)] for kind in kinds.categories],
    )
    group_of = np.array([groups.index(group) for group in of_kind], dtype=np.int8)
    columns["group"] = category_column(group_of[kinds.codes], groups)
    columns |= minutes
    columns["scope"], columns["geometry"] = _places_columns(ids, places, home)
    return pd.DataFrame(columns, copy=False).set_index("id")


def _column(name: str, values: Sequence[Any]) -> pd.Series[Any]:
    """Make one column of the type its name stands for."""
    if name in _CODES:
        words = list(_CODES[name])
        known = {word: code for code, word in enumerate(words)}
        codes = np.fromiter((known[each] for each in values), dtype=np.int8)
        return category_column(codes, words)
    if isinstance(values[0], tuple):
        return pd.Series(ListArray.of(values), copy=False)
    if name == "route":
        values = [each or "" for each in values]
    return text_column(values)


class _Times:
    """Makes columns of moments; equal columns are one."""

    def __init__(self) -> None:
        self._known: dict[datetime, tuple[int, int]] = {}
        self._made: list[tuple[Minutes, pd.Series[Any], Minutes]] = []

    def columns(self, moments: Sequence[datetime]) -> tuple[pd.Series[Any], Minutes]:
        """Give moments as a column, and as minutes on Almaty's wall clock."""
        for each in set(moments).difference(self._known):
            self._known[each] = _utc_minute(each), minute_of(each)
        both = np.fromiter(
            chain.from_iterable(map(self._known.__getitem__, moments)),
            dtype=np.int64,
            count=2 * len(moments),
        )
        utc, wall = both[::2], both[1::2]
        for known, column, minutes in self._made:
            if np.array_equal(known, utc):
                return column, minutes
        stamps = (utc * 60_000_000).view("datetime64[us]")
        column = pd.Series(pd.DatetimeIndex(stamps, tz="UTC").tz_convert(ALMATY))
        wall = np.ascontiguousarray(wall)
        self._made.append((np.ascontiguousarray(utc), column, wall))
        return column, wall


def _utc_minute(moment: datetime) -> int:
    """Count whole minutes since 1970 in UTC."""
    return int((moment - _EPOCH).total_seconds() // 60)


def _places_columns(
    ids: ListArray, places: pd.DataFrame, home: str | None
) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Give where each event stands, and the points of its marked places.

    Parameters
    ----------
    ids
        The places of each event; its words are the index of the places.
    """
    rows = np.repeat(np.arange(len(ids)), ids.counts)
    is_marked = places["marked"].to_numpy(bool)[ids.codes]
    is_home = places.index.isin([home or ""])[ids.codes]
    is_country = (places["kind"] == PlaceKind.COUNTRY.value).to_numpy(bool)[ids.codes]
    code_of = {scope: code for code, scope in enumerate(Scope)}
    scope = np.full(len(ids), code_of[Scope.UNKNOWN], dtype=np.int8)
    scope[rows[is_country]] = code_of[Scope.COUNTRY]
    scope[rows[is_home]] = code_of[Scope.CITY]
    scope[rows[is_marked]] = code_of[Scope.MAPPED]
    starts = np.cumsum([0, *np.bincount(rows[is_marked], minlength=len(ids))])
    lon, lat = places["geometry"].array.degrees
    points = np.column_stack([lon, lat])[ids.codes[is_marked]]
    shapes = pd.Series(ShapeArray(starts, points), copy=False)
    return category_column(scope, list(Scope)), shapes
