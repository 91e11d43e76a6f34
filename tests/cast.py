"""A named cast of places, events and a march, small enough to know by heart.

``write`` puts them into a folder as data files, with changes where a test
wants them; what a test does not name is good data. All times are Almaty's.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Fields = dict[str, Any]

# The window most tests look through: 5 January 2022, 14:00 to 16:00.
FROM, TO = "2022-01-05T14:00", "2022-01-05T16:00"

HOSTILE = "</script><script>alert(1)</script>`${1}`{{ x }}<img src=x onerror=alert(1)>"


def at(clock: str, day: int = 5) -> str:
    """Write a time of January 2022 as it stands in a data file."""
    return f"2022-01-{day:02}T{clock}+06:00"


def event(event_id: str, start: str, end: str, **changes: Any) -> Fields:
    """Make a row of events.csv whose bounds are its best estimate."""
    row = {
        "id": event_id,
        "title": event_id.replace("-", " ").capitalize(),
        "summary": "",
        "kind": "gathering",
        "start": start,
        "end": end,
        "earliest": start,
        "latest": end,
        "time_precision": "hour",
        "time_basis": "article",
        "places": "square",
        "route": "",
        "attribution": "reported",
        "corroboration": "partial",
        "actors": "",
        "article_locator": "S1p3",
        "sources": "article",
        "contradictions": "",
        "note": "",
    }
    assert not set(changes) - set(row) - {f"{name}_ru" for name in row}
    return row | changes


def place(place_id: str, point: object, **changes: Any) -> Fields:
    """Make a feature of locations.geojson."""
    properties = {
        "id": place_id,
        "name_en": place_id.replace("-", " ").capitalize(),
        "name_ru": "",
        "name_kk": "",
        "kind": "square",
        "precision": "exact",
        "radius_m": 30,
        "address": None,
        "confidence": "high",
        "source": "",
        "note": "",
        "street": None,
    }
    geometry = None if point is None else {"type": "Point", "coordinates": point}
    return feature(properties | changes, geometry)


def leg(leg_id: str, line: list[list[float]] | None, **changes: Any) -> Fields:
    """Make a feature of routes.geojson."""
    properties = {
        "route": "walk",
        "leg": leg_id,
        "order": int(leg_id.rpartition("-")[2]),
        "street": "Abay Avenue",
        "evidence": "documented",
        "start": None,
        "end": None,
        "sources": ["article"],
        "note": "",
        "from_place": None,
        "to_place": None,
        "sketch": "line" if line else "none",
    }
    geometry = line and {"type": "LineString", "coordinates": line}
    return feature(properties | changes, geometry)


def route(route_id: str, **changes: Any) -> Fields:
    """Make an entry of the routes in routes.geojson."""
    return {
        "id": route_id,
        "title": "A walk",
        "start": at("10:00"),
        "end": at("12:00"),
        "earliest_start": at("09:00"),
        "latest_start": at("11:00"),
        "earliest_end": at("11:30"),
        "latest_end": at("13:00"),
        "time_basis": "",
        "claimed_km": None,
        "direction": "one-way",
        "article_locator": "",
        "conflicts": [],
        "unknown": [],
        "note": "",
    } | changes


def street(street_id: str, geometry: Fields, **changes: Any) -> Fields:
    """Make a feature of streets.geojson."""
    properties = {
        "id": street_id,
        "layer": "street",
        "kind": "street",
        "name_en": "Abay Avenue",
        "name_ru": "",
        "name_kk": "",
        "rank": 1,
        "note": "",
    }
    return feature(properties | changes, geometry)


def source(source_id: str, **changes: Any) -> Fields:
    """Make an item of sources.json."""
    return {"id": source_id, "type": "webpage", "title": "[A report]"} | changes


def chapter(chapter_id: str = "afternoon", **changes: Any) -> Fields:
    """Make a chapter of story.json: two sentences, 60 words, two questions."""
    events = ["clash-to-the-minute", "march-fills-the-window"]
    return {
        "id": chapter_id,
        "title": "An afternoon",
        "from": at("14:00"),
        "to": at("16:00"),
        "view": {"lat": 43.24, "lon": 76.94, "zoom": 14.5},
        "events": events,
        "route": None,
        "text": [
            [{"sentence": "One " + "word " * 38 + "more.", "events": events[:1]}],
            [{"sentence": "And " + "word " * 18 + "more.", "events": events[1:]}],
        ],
        "unsettled": {"text": "Nobody knows how many.", "claims": ["deaths"]},
        "questions": [
            {
                "kind": "map",
                "ask": "How many clashes?",
                "answer": "1.",
                "count": {"number": 1, "kinds": ["clash"]},
            },
            {
                "kind": "evidence",
                "ask": "Who says so?",
                "answer": "The authors.",
                "events": events[:1],
            },
        ],
    } | changes


def feature(properties: Fields, geometry: object) -> Fields:
    """Make a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


PLACES = [
    place("square", [76.9453, 43.2382], radius_m=120),
    place("monument", [76.9455, 43.2386], kind="monument"),
    place("arena", [76.8175, 43.2638], kind="building"),
    place("hospital", None, kind="hospital", radius_m=None, note="Address not known."),
    place("almaty", [76.9, 43.25], kind="city", precision="city", radius_m=15000),
    place("taraz", [71.37, 42.9], kind="city", precision="city", radius_m=6000),
    place("kazakhstan", None, kind="country", radius_m=None, note="A country."),
]

EVENTS = [
    # One of each precision.
    event(
        "clash-to-the-minute",
        at("14:50"),
        at("15:10"),
        kind="clash",
        time_precision="minute",
        actors="police | protesters",
        attribution="observed",
        corroboration="independent",
    ),
    event(
        "march-fills-the-window",
        at("14:00"),
        at("16:00"),
        kind="march",
        places="monument",
    ),
    event(
        "rally-some-time-that-afternoon",
        at("12:00"),
        at("18:00"),
        time_precision="part-of-day",
        summary="People stood on the square.",
        summary_ru="Люди стояли на площади.",
    ),
    event(
        "network-down-that-day",
        at("00:00"),
        at("00:00", 6),
        kind="communications",
        time_precision="day",
        places="kazakhstan",
        contradictions="16:30 (Cloudflare) | 17:00 (NetBlocks)",
    ),
    # Touching each edge of the window.
    event("ends-as-it-opens", at("13:00"), at("14:00"), places="arena"),
    event("begins-as-it-closes", at("16:00"), at("17:00"), places="arena"),
    event("instant-as-it-opens", at("14:00"), at("14:00"), time_precision="minute"),
    event("instant-as-it-closes", at("16:00"), at("16:00"), time_precision="minute"),
    # Only the outer bounds reach into the window.
    event(
        "shots-perhaps",
        at("16:30"),
        at("17:00"),
        earliest=at("15:30"),
        latest=at("18:00"),
        kind="shooting",
        attribution="official",
        corroboration="official-only",
    ),
    # A place without a coordinate, two at one spot with others, no place at all.
    event("siege-of-a-hospital", at("15:00"), at("15:30"), places="hospital"),
    event(
        "statement-from-nowhere", at("15:00"), at("15:30"), kind="statement", places=""
    ),
    # Crossing midnight, in the whole city.
    event("night-fires", at("22:00"), at("03:00", 6), kind="fire", places="almaty"),
    event("hostile-text", at("09:00"), at("10:00"), title=HOSTILE, places="taraz"),
]

# In the window of 14:00 to 16:00, read off the rows above.
STATUSES = {
    "clash-to-the-minute": "certain",
    "march-fills-the-window": "certain",
    "rally-some-time-that-afternoon": "coarse",
    "network-down-that-day": "coarse",
    "instant-as-it-opens": "certain",
    "shots-perhaps": "possible",
    "siege-of-a-hospital": "certain",
    "statement-from-nowhere": "certain",
}

# Along the 43rd parallel 0.01 degrees are 815 m (published length of a degree
# of longitude at 43° N on WGS84: 81.54 km).
LEGS = [
    leg("walk-1", [[76.90, 43.0], [76.93, 43.0]]),
    leg("walk-2", None, evidence="unknown"),
    leg("walk-3", [[76.93, 43.0], [76.94, 43.0]], evidence="inferred"),
]

STREETS = [
    street("abay", {"type": "LineString", "coordinates": [[76.8, 43.2], [76.9, 43.2]]}),
    street(
        "park",
        {
            "type": "Polygon",
            "coordinates": [[[76.8, 43.2], [76.9, 43.2], [76.9, 43.3], [76.8, 43.2]]],
        },
        layer="outline",
    ),
    street("south", {"type": "Point", "coordinates": [76.9, 43.1]}, layer="label"),
]

CLAIM = {
    "topic": "deaths",
    "value": "227",
    "low": "",
    "high": "",
    "unit": "people",
    "claimant": "The article",
    "as_of": "2022-01",
    "source": "article",
    "note": "",
}


MOMENT = {
    "id": "noon",
    "title": "Around noon",
    "start": "2022-01-05T11:00+06:00",
    "end": "2022-01-05T13:00+06:00",
}


def write(
    directory: Path,
    *,
    events: Iterable[Fields] = EVENTS,
    evidence: Iterable[Fields] | None = None,
    claims: Iterable[Fields] = (CLAIM,),
    moments: Iterable[Fields] = (MOMENT,),
    places: Iterable[Fields] = PLACES,
    home: object = "almaty",
    routes: Iterable[Fields] | None = None,
    legs: Iterable[Fields] = LEGS,
    streets: Iterable[Fields] = STREETS,
    sources: Iterable[Fields] | None = None,
    chapters: Iterable[Fields] = (),
) -> Path:
    """Write a folder of data files and give the folder back."""
    events = list(events)
    if evidence is None:
        evidence = [
            {"event": row["id"], "source": each, "adds": "It says so."}
            for row in events
            for each in row["sources"].split(";")
        ]
    write_csv(directory / "events.csv", events)
    write_csv(directory / "evidence.csv", evidence)
    write_csv(directory / "claims.csv", claims)
    write_csv(directory / "moments.csv", moments)
    write_features(directory / "locations.geojson", places, home=home)
    write_features(
        directory / "routes.geojson", legs, routes=list(routes or [route("walk")])
    )
    write_features(directory / "streets.geojson", streets, credit="© somebody")
    write_json(directory / "sources.json", list(sources or [source("article")]))
    write_json(directory / "story.json", {"chapters": list(chapters)})
    return directory


def write_csv(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as CSV; the columns are those of all rows together."""
    rows = list(rows)
    columns = dict.fromkeys(name for row in rows for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_features(path: Path, features: Iterable[Fields], **members: object) -> None:
    """Write a FeatureCollection with foreign members."""
    write_json(
        path, {"type": "FeatureCollection", **members, "features": list(features)}
    )


def write_json(path: Path, content: object) -> None:
    """Write JSON."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
