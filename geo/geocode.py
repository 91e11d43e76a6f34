"""Find the place a name means, with how sure and why.

Looks in the places and streets of a dataset only; `geo.nominatim` asks a
server. When nothing is good enough the answer is no match and some
suggestions, never a confident wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import fuzz, process
from shapely import LineString

from geo.crossings import Halves, Meeting, gap_m, halves, meetings
from geo.dataset import Dataset, kept_with
from geo.gazetteer import (
    STRICT,
    Fit,
    Found,
    How,
    Step,
    Thing,
    find,
    in_part,
    lines_of,
    misspelt,
    things_of,
)
from geo.names import Name, readings
from geo.said import said, said_n, sentences
from geo.vocab import PlaceKind

__all__ = [
    "Answer",
    "Geocoder",
    "How",
    "Match",
    "geocode",
    "geocoder_of",
    "locate",
    "suggest",
]

_WORST_SUGGESTION = 70.0
_MOST_PARTIAL = 3
# Below this a place is offered to a person, but no filter is built on it.
SURE = 0.75


@dataclass(frozen=True)
class Match:
    """One place a name may mean."""

    place: str | None
    """Id of a place; None for a bare street or a crossing worked out here."""
    streets: tuple[str, ...] | None
    """Ids of the two streets that cross, or of the one street."""
    name: str
    """The name by which it was found, as the data has it."""
    lon: float | None
    """WGS84 degrees; None where no coordinate is known."""
    lat: float | None
    radius_m: float | None
    """How far from the point the place may lie or reach; None without one."""
    score: float
    """0 to 1: how sure; 1 only for an exact name that nothing else bears."""
    how: How
    why: str
    """A sentence or two for people."""


@dataclass(frozen=True)
class Answer:
    """What a name led to; `matches` is empty if nothing was good enough."""

    matches: tuple[Match, ...]
    """Best first."""
    suggestions: tuple[str, ...] = ()
    """Names that look like it; only where there is no match."""
    note: str = ""
    """Why there is no match, where there is more to say than that."""


@dataclass(frozen=True)
class Geocoder:
    """The names of a dataset, ready to be searched."""

    things: tuple[Thing, ...]
    lines: Mapping[str, LineString]
    """The run of each street by its id, (lon, lat)."""
    crossings: Mapping[frozenset[str], Thing] = field(default_factory=dict)
    """Crossings that are places, by the ids of their two streets."""

    @classmethod
    def of(cls, dataset: Dataset) -> Geocoder:
        """Gather the names of a dataset."""
        bare = cls(things_of(dataset), lines_of(dataset))
        return replace(bare, crossings=dict(bare._named_crossings()))

    def look_up(self, name: str, limit: int = 5) -> Answer:
        """Find what a name means, or say why nothing was found."""
        wanted, _ = readings(name)
        if not wanted or not wanted[0].folded:
            return Answer((), note=said("There is no name to look for."))
        if found := self._by_id(name.strip()):
            return Answer((_match(found),))
        crossing = self._crossing(name)
        matches = crossing.matches or self._by_name(wanted[0])
        if matches:
            return Answer(_ranked(matches)[:limit])
        return crossing if crossing.note else Answer((), self.suggest(name, limit))

    def suggest(self, name: str, limit: int = 5) -> tuple[str, ...]:
        """Names that look most like a name, best first, one for each place."""
        return _suggest(name, self.things, limit)

    def _by_id(self, text: str) -> Found | None:
        """Give the place that bears an id."""
        fit = Fit(1.0, How.EXACT, said("It is the id of the place."))
        things = (thing for thing in self.things if thing.place == text)
        return next((Found(thing, thing.titles[0], fit) for thing in things), None)

    def _by_name(self, wanted: Name) -> tuple[Match, ...]:
        """Places and streets by the strictest step that finds any."""
        for step in (*STRICT, in_part, misspelt):
            found = find(wanted, self.things, step)
            if found and not (step is in_part and len(found) > _MOST_PARTIAL):
                return tuple(_match(each) for each in found)
        return ()

    def _crossing(self, name: str) -> Answer:
        """Give the crossing a name means, or why the streets it names have none."""
        splits = list(halves(name))
        for steps in (STRICT, (*STRICT, misspelt)):
            for parts in splits:
                if parts.is_plain or steps is STRICT:
                    matches = self._crossings_of(parts, steps)
                    if matches:
                        return Answer(matches)
        answers = (self._why_none(parts) for parts in splits)
        return next((each for each in answers if each.note), Answer(()))

    def _crossings_of(
        self, parts: Halves, steps: tuple[Step, ...]
    ) -> tuple[Match, ...]:
        """Give the places where the streets named by two halves meet."""
        first, second = (
            self._streets(half, steps) for half in (parts.first, parts.second)
        )
        return tuple(
            match for a, b in product(first, second) for match in self._meet(a, b)
        )

    def _streets(self, half: str, steps: tuple[Step, ...]) -> tuple[Found, ...]:
        """Give the streets that one half of a crossing may mean."""
        wanted, _ = readings(half)
        streets = tuple(thing for thing in self.things if thing.street)
        for step in steps if wanted else ():
            if found := find(wanted[0], streets, step):
                return found
        return ()

    def _meet(self, first: Found, second: Found) -> Iterator[Match]:
        """Give the crossings of two streets: a place of the data, else worked out."""
        ids = (str(first.thing.street), str(second.thing.street))
        worst = min(first.fit, second.fit, key=lambda fit: fit.score)
        doubt = worst.why if worst.how is How.MISSPELT else ""
        if place := self.crossings.get(frozenset(ids)):
            yield Match(
                place=place.place,
                streets=ids,
                name=place.titles[0],
                lon=place.lon,
                lat=place.lat,
                radius_m=place.radius_m,
                score=worst.score,
                how=How.CROSSING,
                why=sentences(said("This crossing is a place of the data."), doubt),
            )
        elif ids[0] != ids[1] and all(each in self.lines for each in ids):
            for meeting in meetings(*(self.lines[each] for each in ids)):
                yield _worked_out(first, second, meeting, worst.score, doubt)

    def _why_none(self, parts: Halves) -> Answer:
        """Say why two halves make no crossing; no note if they hardly meant one."""
        sides = [self._streets(half, STRICT) for half in (parts.first, parts.second)]
        if all(sides):
            return Answer((), note=self._apart(sides[0][0], sides[1][0]))
        if not parts.is_plain or not any(sides):
            return Answer(())
        unknown = parts.second if sides[0] else parts.first
        streets = tuple(thing for thing in self.things if thing.street)
        note = said('"{name}" is no street we know.', name=unknown)
        return Answer((), _suggest(unknown, streets, limit=5), note)

    def _apart(self, first: Found, second: Found) -> str:
        """Say how far two streets stay apart."""
        a, b = first.thing, second.thing
        if a.key == b.key:
            return said("Both names mean {name}.", name=first.title)
        ids = (str(a.street), str(b.street))
        runs = [self.lines[each] for each in ids if each in self.lines]
        if len(runs) < 2:
            return said(
                "The run of {first} or {second} is not known.",
                first=first.title,
                second=second.title,
            )
        gap = gap_m(*runs)
        return said(
            "{first} and {second} do not meet: as drawn here, they come no nearer than"
            " {gap} m.",
            first=first.title,
            second=second.title,
            gap=f"{gap:.0f}",
        )

    def _named_crossings(self) -> Iterator[tuple[frozenset[str], Thing]]:
        """Give the crossings among the places, with the two streets in their names."""
        for thing in self.things:
            if thing.kind != PlaceKind.CROSSING:
                continue
            for parts in halves(thing.titles[0]):
                first = self._streets(parts.first, STRICT)
                second = self._streets(parts.second, STRICT)
                if first and second:
                    ids = (str(first[0].thing.street), str(second[0].thing.street))
                    yield frozenset(ids), thing
                    break


@kept_with
def geocoder_of(dataset: Dataset) -> Geocoder:
    """Give the geocoder of a dataset, made once."""
    return Geocoder.of(dataset)


def geocode(name: str, dataset: Dataset, limit: int = 5) -> tuple[Match, ...]:
    """Find the places a name may mean, best first.

    Parameters
    ----------
    name
        A name in English, Russian or Kazakh, in any usual spelling or case; or
        a crossing: "Abay x Seifullin", "угол Абая и Сейфуллина".
    limit
        At most so many.

    Returns
    -------
    matches
        Empty if nothing is good enough: then `suggest` has something to offer.
    """
    return geocoder_of(dataset).look_up(name, limit).matches


def suggest(name: str, dataset: Dataset, limit: int = 5) -> tuple[str, ...]:
    """Names of the data that look most like a name, best first."""
    return geocoder_of(dataset).suggest(name, limit)


def locate(dataset: Dataset, near: str) -> tuple[float, float] | None:
    """Find the (lon, lat) of a place id, a name or a crossing, if it is sure.

    What is misspelt, or may mean several places, has no position here: a
    filter must not rest on a guess.
    """
    if near in dataset.places.index:
        point = dataset.places.geometry.loc[near]
        return None if point is None else (point.x, point.y)
    best = next(iter(geocode(near, dataset)), None)
    if best is None or best.lon is None or best.lat is None or best.score < SURE:
        return None
    return best.lon, best.lat


def _match(found: Found) -> Match:
    """Give the match of a place or street found by its name."""
    thing, fit = found.thing, found.fit
    why = fit.why
    if thing.lon is None:
        why = sentences(why, said("Its position is not known."), thing.note)
    return Match(
        place=thing.place,
        streets=(thing.street,) if thing.street else None,
        name=found.title,
        lon=thing.lon,
        lat=thing.lat,
        radius_m=thing.radius_m,
        score=fit.score,
        how=fit.how,
        why=why,
    )


def _worked_out(
    first: Found, second: Found, meeting: Meeting, score: float, doubt: str
) -> Match:
    """Give the match of a crossing that the data has only as two lines."""
    why = (
        said(
            "Worked out from the simplified lines of the two streets, {gap} m apart.",
            gap=f"{meeting.gap_m:.0f}",
        )
        if meeting.gap_m
        else said("Worked out from the simplified lines of the two streets.")
    )
    return Match(
        place=None,
        streets=(str(first.thing.street), str(second.thing.street)),
        name=f"{first.title} / {second.title}",
        lon=round(meeting.lon, 5),
        lat=round(meeting.lat, 5),
        radius_m=meeting.radius_m,
        score=score * 0.95,
        how=How.CROSSING,
        why=sentences(why, doubt),
    )


def _ranked(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Best first; where a name may mean several places, none of them is sure."""
    if len(matches) == 1:
        return matches
    why = said_n(
        "It is one of {n} that the name may mean.",
        "It is one of {n} that the name may mean.",
        len(matches),
    )
    shared = (
        replace(each, score=each.score / len(matches), why=sentences(each.why, why))
        for each in matches
    )
    return tuple(sorted(shared, key=lambda each: -each.score))


def _suggest(name: str, things: tuple[Thing, ...], limit: int) -> tuple[str, ...]:
    """Titles whose sound is most like a name's, one for each thing."""
    titles = {
        (thing.key, reading.title): " ".join(reading.name.sounds)
        for thing in things
        for reading in thing.names
        if reading.is_main and thing.kind != PlaceKind.ROUTE_POINT
    }
    ranked = process.extract(
        " ".join(Name(name).sounds),
        titles,
        scorer=fuzz.WRatio,
        score_cutoff=_WORST_SUGGESTION,
        limit=None,
    )
    best: dict[object, str] = {}
    for _, _, (key, title) in ranked:
        best.setdefault(key, title)
    return tuple(best.values())[:limit]
