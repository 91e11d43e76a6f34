"""Which marks a window must show, taken from the data and not from any map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from bench.rows import SHIPPED, between, rows
from bench.synthetic import dataset as made_up
from geo.dataset import Dataset, load
from geo.timeline import ALMATY

Reader = Literal["timemap", "leaflet", "deck", "plotly", "empty"]
"""How the marks on screen are told, by the names `probe.js` has for it."""
Expected = dict[str, Any]
"""What `probe.js` compares the marks with."""

HOURS = 24
STEP = timedelta(days=1)
STEPS = 5
OPENING_END = datetime(2022, 1, 5)  # noqa: DTZ001 - Almaty's wall clock
DOM_LIMIT = 2_000
"""Above so many events this map draws on a canvas."""
DRAG_GRID = timedelta(minutes=15)


def ends() -> list[datetime]:
    """Return the ends of the windows a benchmark steps through: forth, then back."""
    forth = [OPENING_END + STEP * i for i in range(STEPS + 1)]
    return [*forth, *forth[-2::-1]]


@dataclass(frozen=True)
class Events:
    """The events of one size, as the peers and as this map know them."""

    rows: pd.DataFrame
    dataset: Dataset

    def expected(
        self, reader: Reader, end: datetime, *, hours: float = HOURS, by_start: bool
    ) -> Expected:
        """Return what a window must show.

        Parameters
        ----------
        by_start
            For a tool that knows one time an event, its start.
        """
        if reader == "timemap":
            is_large = len(self.dataset.events) > DOM_LIMIT
            events = self.own(end, hours)
            return {"reader": reader, "events": events, "isLarge": is_large}
        frame = self.rows.assign(end=self.rows["start"]) if by_start else self.rows
        numbers = between(frame, end, hours)["n"].tolist()
        return {"reader": reader, "numbers": numbers}

    def own(self, end: datetime, hours: float) -> list[tuple[str, list[str]]]:
        """Return the events with the places that this map marks.

        Regions are left out: this map names them only where a country is in view.
        """
        inside = between(self._wall, end, hours)["places"].items()
        return [(str(event), near) for event, near in inside if near]

    @cached_property
    def _wall(self) -> pd.DataFrame:
        """Start and end on Almaty's wall clock, and the places a mark stands for."""
        events, places = self.dataset.events, self.dataset.places
        marked = set(places.index[places["marked"] & (places["kind"] != "region")])
        times = {
            name: events[name].dt.tz_convert(ALMATY).dt.tz_localize(None)
            for name in ("start", "end")
        }
        near = [_among(ids, marked) for ids in events["places"]]
        places_of = pd.Series(near, index=events.index, dtype="object")
        return pd.DataFrame({**times, "places": places_of})

    def own_by_end(self, first: datetime, last: datetime) -> dict[str, Any]:
        """Return what this map shows for each end on the grid a drag can cross."""
        start = OPENING_END - timedelta(hours=HOURS)
        table, end = {}, first
        while end <= last:
            hours = (end - start) / timedelta(hours=1)
            table[f"{end:%Y-%m-%dT%H:%M}"] = self.expected(
                "timemap", end, hours=hours, by_start=False
            )
            end += DRAG_GRID
        return table


def events_of(size: int) -> Events:
    """Return the events of a size."""
    return Events(rows(size), load() if size == SHIPPED else made_up(size))


def _among(ids: Sequence[str], marked: set[str]) -> list[str]:
    return [place for place in ids if place in marked]
