"""Which marks a window must show, taken from the data and not from any map."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from geo.dataset import Dataset
from geo.timeline import ALMATY, format_moment

Event = tuple[str, list[str]]
"""An event's id, and its places that a mark can stand for."""

START = datetime(2022, 1, 5, 8, tzinfo=ALMATY)
OPENING_END = datetime(2022, 1, 5, 14, tzinfo=ALMATY)
STEP = timedelta(hours=1)
STEPS = 12
GRID = timedelta(minutes=15)


@dataclass(frozen=True)
class Expectations:
    """Computes expected marks from the best-estimate columns alone."""

    dataset: Dataset

    def events(self, start: datetime, end: datetime) -> list[Event]:
        """Return the events overlapping [start, end) that have a marked place."""
        events = self.dataset.events
        instant = events["start"] == events["end"]
        inside = (events["start"] < end) & (instant | (events["end"] > start))
        shown = events[inside & (~instant | (events["start"] >= start))]
        return [
            (str(event), marked)
            for event, places in shown["places"].items()
            if (marked := self._marked(places))
        ]

    def _marked(self, ids: tuple[str, ...]) -> list[str]:
        return [place for place in ids if self.dataset.places.loc[place, "marked"]]

    def city_only(self, events: list[Event]) -> list[Event]:
        """Leave out regions, which this map names only where a country is in view."""
        kinds = self.dataset.places["kind"]
        return [
            (event, near)
            for event, places in events
            if (near := [place for place in places if kinds[place] != "region"])
        ]

    def by_end(self, start: datetime, last: datetime) -> dict[str, list[Event]]:
        """Return what this map shows for each end on the grid that a drag can cross."""
        end, table = start + GRID, {}
        while end <= last:
            table[format_moment(end)] = self.city_only(self.events(start, end))
            end += GRID
        return table


def ends() -> list[datetime]:
    """Return the ends a benchmark steps through: forth, then back."""
    forth = [OPENING_END + STEP * i for i in range(STEPS + 1)]
    return [*forth, *forth[-2::-1]]
