"""What a reader asks for, and which events answer.

A Query is frozen and says the same thing as the page's address. Nothing here
knows of a page: parameters come as a plain mapping of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from geo.dataset import Dataset
from geo.folding import fold, words_of
from geo.labels import noop
from geo.lean import degrees_of
from geo.params import Dropped, ParamReader
from geo.timeline import format_moment, minute_of, statuses
from geo.vocab import Attribution, Corroboration, Kind, Mode, Status

__all__ = [
    "Dropped",
    "Locate",
    "Query",
    "Selection",
    "fold",
    "near_point",
    "select",
]

DEFAULT_WITHIN_M = 500.0

OTHER_PARAMS = frozenset({"view", "id", "step", "lang", "embed", "embed_options"})
"""Parameters of the page's address that are no part of the question."""

PARAMS = frozenset(
    {
        "from", "to", "mode", "possible", "kinds", "by", "corroboration",
        "place", "near", "within", "actor", "q", "contested", "independent",
    }
)  # fmt: skip

_WGS84 = Geod(ellps="WGS84")

Mask = npt.NDArray[np.bool_]
Locate = Callable[[Dataset, str], tuple[float, float] | None]
"""Finds the (lon, lat) that a ``near`` names; None if it has none."""


@dataclass(frozen=True)
class Query:
    """Which events: the defaults ask for everything."""

    start: datetime | None = None
    """Aware; None: from the start of the data's span."""
    end: datetime | None = None
    """Aware, exclusive; None: to the end of the data's span."""
    mode: Mode = Mode.WINDOW
    possible: bool = False
    """Show events that are only possible in the window, too."""
    kinds: tuple[Kind, ...] = ()
    by: tuple[Attribution, ...] = ()
    corroboration: tuple[Corroboration, ...] = ()
    place: tuple[str, ...] = ()
    """Ids of places; an event at any of them answers."""
    near: str | None = None
    """Name of a point, as `near_point` knows it."""
    within_m: float = DEFAULT_WITHIN_M
    """Metres round `near`."""
    actor: str | None = None
    """Words, all of which the actors must have, folded."""
    q: str = ""
    """Words, all of which title, summary or note must have, folded."""
    contested: bool = False
    """Only events with contradictions between sources."""
    independent: bool = False
    """Only events that an independent source supports."""
    only: tuple[str, ...] | None = None
    """Ids of events somebody else has filtered; no part of the address."""

    @classmethod
    def from_params(
        cls,
        params: Mapping[str, str],
        dataset: Dataset,
        *,
        locate: Locate | None = None,
    ) -> tuple[Query, list[Dropped]]:
        """Read the parameters of an address; never fails.

        Parameters
        ----------
        params
            Text by name. An empty text is no parameter.
        locate
            Finds the point of ``near``; `near_point` if not given.

        Returns
        -------
        query, dropped
            What could be read, and what could not and why.
        """
        reader = ParamReader(params)
        mode = reader.code("mode", Mode, default=Mode.WINDOW)
        start, end = reader.moment("from"), reader.moment("to")
        if (
            mode is Mode.WINDOW
            and start is not None
            and end is not None
            and end <= start
        ):
            reader.drop("to", noop("is not after from"))
            end = None
        query = cls(
            start=start,
            end=end,
            mode=mode,
            possible=reader.flag("possible"),
            kinds=reader.codes("kinds", Kind),
            by=reader.codes("by", Attribution),
            corroboration=reader.codes("corroboration", Corroboration),
            place=reader.ids(
                "place", dataset.places.index, noop("is not the id of a place")
            ),
            near=_near_of(reader, dataset, locate or near_point),
            within_m=reader.metres("within", default=DEFAULT_WITHIN_M),
            actor=reader.text("actor") or None,
            q=reader.text("q"),
            contested=reader.flag("contested"),
            independent=reader.flag("independent"),
        )
        reader.drop_unknown(PARAMS | OTHER_PARAMS)
        return query, reader.dropped

    def to_params(self) -> dict[str, str]:
        """Write the query as parameters; what is at its default is left out."""
        lists: dict[str, tuple[str, ...]] = {
            "kinds": self.kinds,
            "by": self.by,
            "corroboration": self.corroboration,
            "place": self.place,
        }
        texts = {
            "from": format_moment(self.start) if self.start else "",
            "to": format_moment(self.end) if self.end else "",
            "mode": "" if self.mode is Mode.WINDOW else self.mode.value,
            "possible": "1" if self.possible else "",
            **{name: ",".join(items) for name, items in lists.items()},
            "near": self.near or "",
            "within": ""
            if self.within_m == DEFAULT_WITHIN_M
            else _written(self.within_m),
            "actor": self.actor or "",
            "q": self.q,
            "contested": "1" if self.contested else "",
            "independent": "1" if self.independent else "",
        }
        return {name: text for name, text in texts.items() if text}


def _written(number: float) -> str:
    """Write a number so that it reads back the same, without a needless .0."""
    return repr(number).removesuffix(".0")


@dataclass(frozen=True)
class Selection:
    """The events that answer a query."""

    statuses: Mapping[str, Status]
    """Status by id, in file order, of every event that passes the other
    filters and falls into the window; those only possible are always here."""
    visible: tuple[str, ...]
    """Ids to show, in file order; only possible ones if the query asks."""
    possible_ids: tuple[str, ...]
    """Ids that are only possible, shown or not."""
    total: int
    """Number of all events there are."""

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many visible events have each status; all four are there."""
        counted = Counter(self.statuses[each] for each in self.visible)
        return MappingProxyType({each: counted[each] for each in Status})


def _near_of(reader: ParamReader, dataset: Dataset, locate: Locate) -> str | None:
    """Read ``near``; drop it if it has no position."""
    near = reader.text("near")
    if not near:
        return None
    if locate(dataset, near) is not None:
        return near
    is_known = near in dataset.places.index
    no_position, unknown = noop("has no known position"), noop("is not a known place")
    reader.drop("near", no_position if is_known else unknown)
    return None


def near_point(dataset: Dataset, near: str) -> tuple[float, float] | None:
    """Find the (lon, lat) of a place by its id; None if it has none."""
    if near not in dataset.places.index:
        return None
    point = dataset.places.geometry.loc[near]
    return None if point is None else (point.x, point.y)


def window_of(dataset: Dataset, query: Query) -> tuple[int, int]:
    """Give the window a query looks at, in minutes; it may be empty."""
    start = dataset.span.start if query.start is None else query.start
    end = dataset.span.end if query.end is None else query.end
    if query.mode is Mode.SOFAR:
        start = dataset.span.start
    return minute_of(start), minute_of(end)


def select(
    dataset: Dataset, query: Query, *, locate: Locate | None = None
) -> Selection:
    """Find the events that answer a query.

    Parameters
    ----------
    locate
        Finds the point of ``query.near``; `near_point` if not given. A point
        that cannot be found is near nothing.
    """
    events = dataset.events
    found = statuses(
        events["start_min"].to_numpy(),
        events["end_min"].to_numpy(),
        events["earliest_min"].to_numpy(),
        events["latest_min"].to_numpy(),
        events["time_precision"].to_numpy(),
        window_of(dataset, query),
    )
    keep = _passes(dataset, query, locate or near_point) & (found != None)  # noqa: E711 - an array
    ids, said = events.index.to_numpy()[keep], found[keep]
    is_possible = said == Status.POSSIBLE
    return Selection(
        statuses=MappingProxyType(dict(zip(ids, said, strict=True))),
        visible=tuple(ids if query.possible else ids[~is_possible]),
        possible_ids=tuple(ids[is_possible]),
        total=len(events),
    )


def _passes(dataset: Dataset, query: Query, locate: Locate) -> Mask:
    """Tell which events pass every filter but the time."""
    events = dataset.events
    mask = np.ones(len(events), dtype=bool)
    for column, wanted in (
        ("kind", query.kinds),
        ("attribution", query.by),
        ("corroboration", query.corroboration),
    ):
        if wanted:
            mask &= events[column].isin([each.value for each in wanted]).to_numpy()
    if query.only is not None:
        mask &= np.asarray(events.index.isin(query.only))
    if query.independent:
        mask &= (events["corroboration"] == Corroboration.INDEPENDENT.value).to_numpy()
    if query.contested:
        mask &= events["contradictions"].map(bool).to_numpy(dtype=bool)
    if query.place:
        mask &= _visits(dataset, frozenset(query.place))
    if query.near is not None:
        mask &= _visits(dataset, _close_places(dataset, query, locate))
    if query.q:
        mask &= _has_words(dataset.folded_texts, words_of(query.q))
    if query.actor:
        mask &= _has_words(dataset.folded_actors, words_of(query.actor))
    return mask


def _visits(dataset: Dataset, places: frozenset[str]) -> Mask:
    """Tell which events have at least one of the places."""
    return np.fromiter(
        (not places.isdisjoint(each) for each in dataset.events["places"]), dtype=bool
    )


def _close_places(dataset: Dataset, query: Query, locate: Locate) -> frozenset[str]:
    """Give the places within the query's distance and known that exactly."""
    point = locate(dataset, query.near or "")
    if point is None:
        return frozenset()
    places = dataset.places[dataset.places.geometry.notna()]
    lon, lat = degrees_of(places.geometry)
    _, _, distance_m = _WGS84.inv(
        np.full(len(lon), point[0]), np.full(len(lat), point[1]), lon, lat
    )
    is_close = (distance_m <= query.within_m) & (places["radius_m"] <= query.within_m)
    return frozenset(places.index[is_close])


def _has_words(texts: Sequence[str], words: tuple[str, ...]) -> Mask:
    """Tell which texts have every word."""
    return np.fromiter(
        (all(word in text for word in words) for text in texts), dtype=bool
    )
