"""Spots on the map: marked places that share a position, with their events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.export.chosen import Chosen
from geo.export.picture.view import LonLat
from geo.texts import short_name


@dataclass(frozen=True)
class Site:
    """One position and what happened there."""

    lon: float
    lat: float
    name: str
    """Of its first place."""
    style: str
    """``point``, ``town`` or ``region``."""
    radius_m: float
    street: tuple[LonLat, ...] | None
    """The street along which it lies, if it is one."""
    events: tuple[str, ...]


def sites_of(chosen: Chosen) -> list[Site]:
    """Give every spot of the chosen events, in the order of the places.

    An event stands at all its marked places, at each spot once.
    """
    found: dict[LonLat, Site] = {}
    by_place = chosen.by_place()
    for place in chosen.dataset.places.index:
        if place not in by_place:
            continue
        site = _site(chosen, place, tuple(by_place[place]))
        key = (site.lon, site.lat)
        if key in found:
            events = dict.fromkeys((*found[key].events, *site.events))
            found[key] = replace(found[key], events=tuple(events))
        else:
            found[key] = site
    return list(found.values())


def _site(chosen: Chosen, place: str, events: tuple[str, ...]) -> Site:
    """Give the spot of one place."""
    row = dict(chosen.dataset.places.loc[place])
    streets = chosen.dataset.streets.geometry
    street = streets.get(row["street"]) if row["street"] else None
    return Site(
        lon=row["geometry"].x,
        lat=row["geometry"].y,
        name=short_name(chosen.place_names[place]),
        style={"region": "region", "city": "town"}.get(row["kind"], "point"),
        radius_m=float(row["radius_m"]),
        street=None if street is None else tuple(street.coords),
        events=events,
    )
