"""How many events each filter would leave, and which filter to loosen.

A count beside a value says how many events there would be if that value were
the only one chosen of its filter, everything else as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import Geod

from geo.dataset import Dataset, PointFrame
from geo.folding import words_of
from geo.lean import degrees_of
from geo.query import Locate, Query, Selection, near_point, select, window_of
from geo.texts import Texts
from geo.timeline import minute_of, statuses
from geo.vocab import Attribution, Corroboration, Kind, Status

DISTANCES_M = (100, 250, 500, 1000, 2000, 5000)
"""Distances offered round a place, in metres."""

_MOST_PLACES = 1500
"""Above this many, the distances of all to all would take too long."""

_COLUMNS = ("kind", "attribution", "corroboration", "places", "contradictions")
_TIMES = ("start_min", "end_min", "earliest_min", "latest_min", "time_precision")
_WGS84 = Geod(ellps="WGS84")

Metres = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Key = TypeVar("Key", bound=str)


class Filter(StrEnum):
    """A part of a query that narrows it and can be left out by itself."""

    TIME = "time"
    KINDS = "kinds"
    BY = "by"
    CORROBORATION = "corroboration"
    PLACE = "place"
    NEAR = "near"
    ACTOR = "actor"
    WORDS = "q"
    CONTESTED = "contested"
    INDEPENDENT = "independent"


_FIELDS: Mapping[Filter, tuple[str, ...]] = {
    Filter.TIME: ("start", "end", "mode"),
    Filter.KINDS: ("kinds",),
    Filter.BY: ("by",),
    Filter.CORROBORATION: ("corroboration",),
    Filter.PLACE: ("place",),
    Filter.NEAR: ("near", "within_m"),
    Filter.ACTOR: ("actor",),
    Filter.WORDS: ("q",),
    Filter.CONTESTED: ("contested",),
    Filter.INDEPENDENT: ("independent",),
}


@dataclass(frozen=True)
class Facets:
    """What a query leaves, and what it would leave if it were changed."""

    selection: Selection
    """The answer to the query as it is."""
    loosened: Mapping[Filter, int]
    """Events without one filter, for each filter that narrows the query."""
    kinds: Mapping[Kind, int]
    by: Mapping[Attribution, int]
    corroboration: Mapping[Corroboration, int]
    place: Mapping[str, int]
    """By id, for each place of any event."""
    near: Mapping[str, int]
    """By id of each place with a position, within the query's distance; empty
    if there are too many places to try them all."""
    within: Mapping[int, int]
    """By distance in metres round the query's ``near``; empty without one."""
    actors: Mapping[str, int]
    moments: Mapping[str, int]
    """By id of a moment, looking through its window."""
    contested: int
    independent: int
    possible: int
    """Events with those that are only possible in the window."""


def facets_of(
    dataset: Dataset,
    query: Query,
    *,
    locate: Locate | None = None,
    texts: Texts | None = None,
) -> Facets:
    """Count what a query leaves and what its neighbours would leave.

    Parameters
    ----------
    locate
        Finds the point of ``query.near``, as `geo.query.select` takes it.
    texts
        The language of the actors' names.
    """
    point = (locate or near_point)(dataset, query.near) if query.near else None

    def ask(other: Query) -> Selection:
        return select(dataset, other, locate=lambda _dataset, _near: point)

    events = pd.DataFrame(dataset.events[list(_COLUMNS)])
    selection = ask(query)
    loosened = {each: ask(without(query, each)) for each in active(dataset, query)}

    def left(of: Filter) -> pd.DataFrame:
        answer = loosened.get(of, selection)
        return events.loc[list(answer.visible)]

    near = _incidence(dataset, left(Filter.NEAR).index)
    return Facets(
        selection=selection,
        loosened={each: len(answer.visible) for each, answer in loosened.items()},
        kinds=_counted(Kind, left(Filter.KINDS)["kind"]),
        by=_counted(Attribution, left(Filter.BY)["attribution"]),
        corroboration=_counted(
            Corroboration, left(Filter.CORROBORATION)["corroboration"]
        ),
        place=_counted(_items(events["places"]), _items(left(Filter.PLACE)["places"])),
        near=_near_counts(dataset, near, query.within_m),
        within=_within_counts(dataset, near, point),
        actors=_actor_counts(dataset, left(Filter.ACTOR).index, texts or Texts()),
        moments=_moment_counts(
            dataset, query, loosened.get(Filter.TIME, selection).statuses
        ),
        contested=int(left(Filter.CONTESTED)["contradictions"].map(bool).sum()),
        independent=_independent(left(Filter.INDEPENDENT)),
        possible=len(selection.statuses),
    )


def active(dataset: Dataset, query: Query) -> tuple[Filter, ...]:
    """Give the filters that narrow a query; a window round all data does not."""
    low, high = window_of(dataset, query)
    first, last = dataset.span.minutes
    narrows = {each: without(query, each) != query for each in Filter}
    narrows[Filter.TIME] = low > first or high < last
    narrows[Filter.NEAR] = query.near is not None
    return tuple(each for each in Filter if narrows[each])


def without(query: Query, left_out: Filter) -> Query:
    """Give a query without one of its filters.

    Examples
    --------
    >>> without(Query(q="fire", contested=True), Filter.WORDS) == Query(contested=True)
    True
    """
    return _with(query, left_out, Query())


def alone(query: Query, kept: Filter) -> Query:
    """Give a query that asks for one of its filters and nothing else."""
    return _with(Query(), kept, query)


def _with(query: Query, changed: Filter, other: Query) -> Query:
    """Give a query with one filter as another query has it."""
    fields: dict[str, Any] = {name: getattr(other, name) for name in _FIELDS[changed]}
    return replace(query, **fields)


def _moment_counts(
    dataset: Dataset, query: Query, passing: Iterable[str]
) -> dict[str, int]:
    """Count the events that pass all other filters in each moment's window."""
    events = dataset.events.loc[list(passing), list(_TIMES)]
    start, end, earliest, latest, precision = (
        events[name].to_numpy() for name in _TIMES
    )
    hidden = {None} if query.possible else {None, Status.POSSIBLE}
    counts = {}
    for moment, row in dataset.moments.to_dict("index").items():
        window = minute_of(row["start"]), minute_of(row["end"])
        found = statuses(start, end, earliest, latest, precision, window)
        counts[str(moment)] = sum(each not in hidden for each in found)
    return counts


def _actor_counts(
    dataset: Dataset, events: pd.Index[str], texts: Texts
) -> dict[str, int]:
    """Count the events that each actor's words would find, as the query does."""
    words = dict(zip(dataset.events.index, dataset.folded_actors, strict=True))
    chosen = [words[event] for event in events]
    rows = dataset.events.filter(regex=r"^actors(_\w\w)?$").to_dict("records")
    named = (name for row in rows for name in texts.listed(row, "actors"))
    return {
        actor: sum(all(word in text for word in words_of(actor)) for text in chosen)
        for actor in dict.fromkeys(named)
    }


def _counted(keys: Iterable[Key], found: Iterable[str]) -> dict[Key, int]:
    """Count what was found of each key, in the order of the keys."""
    counts = Counter(found)
    return {key: counts[key] for key in keys}


def _items(cells: pd.Series[Any]) -> list[str]:
    """Give the items of all cells; what a cell names twice counts once."""
    return [item for cell in cells for item in dict.fromkeys(cell)]


def _independent(events: pd.DataFrame) -> int:
    """Count the events that an independent source supports."""
    return int((events["corroboration"] == Corroboration.INDEPENDENT.value).sum())


def _located(dataset: Dataset) -> PointFrame:
    """Give the places that have a position."""
    return dataset.places.loc[dataset.places["geometry"].notna()]


def _incidence(dataset: Dataset, events: pd.Index[str]) -> Mask:
    """Tell which event (row) is at which located place (column)."""
    column = {place: at for at, place in enumerate(_located(dataset).index)}
    mask = np.zeros((len(events), len(column)), dtype=bool)
    for row, places in enumerate(dataset.events.loc[events, "places"]):
        mask[row, [column[place] for place in places if place in column]] = True
    return mask


def _near_counts(dataset: Dataset, at: Mask, within_m: float) -> dict[str, int]:
    """Count the events near each located place."""
    places = _located(dataset)
    if len(places) > _MOST_PLACES:
        return {}
    is_close = _reach_m(dataset) <= within_m
    counts = (at @ is_close.T).sum(axis=0)
    return {str(place): int(n) for place, n in zip(places.index, counts, strict=True)}


def _within_counts(
    dataset: Dataset, at: Mask, point: tuple[float, float] | None
) -> dict[int, int]:
    """Count the events within each distance of a point."""
    if point is None:
        return {}
    reach_m = _reach_from(dataset, np.array([point]))[0]
    return {
        metres: int((at & (reach_m <= metres)).any(axis=1).sum())
        for metres in DISTANCES_M
    }


@lru_cache(maxsize=2)
def _reach_m(dataset: Dataset) -> Metres:
    """Give `_reach_from` each located place (row) to each (column)."""
    degrees = degrees_of(_located(dataset).geometry)
    return _reach_from(dataset, np.column_stack(degrees))


def _reach_from(dataset: Dataset, points: Metres) -> Metres:
    """Give the least distance at which a place is near a point, in metres.

    A place is near if it lies that close and is itself known that exactly.

    Parameters
    ----------
    points
        (lon, lat), one row a point.

    Returns
    -------
    reach_m
        One row a point, one column a located place.
    """
    places = _located(dataset)
    shape = (len(points), len(places))
    lon, lat = (np.broadcast_to(points[:, [axis]], shape) for axis in (0, 1))
    x, y = (np.broadcast_to(axis, shape) for axis in degrees_of(places.geometry))
    _, _, distance_m = _WGS84.inv(lon, lat, x, y)
    return np.asarray(np.maximum(distance_m, places["radius_m"].to_numpy()))
