"""What a query chooses, gathered once for whichever format writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.export.imprint import Imprint, imprint_of
from geo.geocode import locate
from geo.query import Query, Selection, select, window_of
from geo.routes import Route, is_shown, routes_of
from geo.texts import Texts
from geo.timeline import Window, moment_of

ARTICLE = "article"
"""Id of the source that ``article_locator`` points into."""

Row = Mapping[Any, Any]


@dataclass(frozen=True, eq=False)
class Chosen:
    """The answer to a query: events, marches, places and sources."""

    dataset: Dataset
    query: Query
    texts: Texts
    selection: Selection
    imprint: Imprint

    @cached_property
    def events(self) -> Mapping[str, Row]:
        """The rows of the visible events by id, in file order."""
        frame = self.dataset.events.loc[list(self.selection.visible)]
        rows: dict[str, Row] = frame.to_dict("index")
        return rows

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Marches of the events; all in the window if time is all that is asked."""
        routes = routes_of(self.dataset)
        query = self.query
        plain = Query(
            query.start, query.end, query.mode, query.possible, within_m=query.within_m
        )
        if query == plain:
            window = Window(*map(moment_of, window_of(self.dataset, query)))
            return {
                name: route
                for name, route in routes.items()
                if route.earliest is None or is_shown(route, window)
            }
        named = {row["route"] for row in self.events.values()}
        return {name: route for name, route in routes.items() if name in named}

    @cached_property
    def places(self) -> Mapping[str, Row]:
        """The rows of the places that events and legs name, in file order.

        All places there are, if the query asks for everything.
        """
        rows: dict[str, Row] = self.dataset.places.to_dict("index")
        if self.query == Query():
            return rows
        named = {place for row in self.events.values() for place in row["places"]}
        legs = [leg for route in self.routes.values() for leg in route.legs]
        named |= {place for leg in legs for place in (leg.from_place, leg.to_place)}
        return {place: row for place, row in rows.items() if place in named}

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """The CSL-JSON items that the events rest on, in file order."""
        used = {source for row in self.events.values() for source in row["sources"]}
        if any(row["article_locator"] for row in self.events.values()):
            used.add(ARTICLE)
        items = self.dataset.sources.items()
        return {name: item for name, item in items if name in used}

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """Every place's name in the reader's language."""
        rows = self.dataset.places.to_dict("index")
        return {str(key): self.texts.field(row, "name") for key, row in rows.items()}

    def by_place(self) -> Mapping[str, list[str]]:
        """The visible events of each marked place, ids in file order."""
        found: dict[str, list[str]] = {}
        for event, row in self.events.items():
            for place in self.marked(row):
                found.setdefault(place, []).append(event)
        return found

    def marked(self, row: Row) -> Iterator[str]:
        """Give the ids of an event's places that get a mark."""
        marked = self.dataset.places["marked"]
        return (place for place in row["places"] if marked[place])

    def when(self, row: Row) -> str:
        """Say when an event happened, with its precision and bounds."""
        bounds = row["earliest"], row["latest"]
        return self.texts.span(row["start"], row["end"], *bounds, row["time_precision"])


def choose(dataset: Dataset, query: Query, texts: Texts) -> Chosen:
    """Answer a query for an export."""
    selection = select(dataset, query, locate=locate)
    return Chosen(dataset, query, texts, selection, imprint_of(dataset, query, texts))


def iso(when: datetime) -> str | None:
    """Write a time as ISO 8601 with Almaty's offset; None if it is not known."""
    return None if pd.isna(when) else when.isoformat(timespec="minutes")
