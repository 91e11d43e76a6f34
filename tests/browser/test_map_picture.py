"""What stands on the screen is what stands in the CSV, counted by hand.

Three windows were gone through row by row in data/events.csv; the numbers below
are what a reader with a pencil finds. `tally` counts the same once more, with
nothing but csv, json and datetime, so that an edit of the data that changes a
number says which.
"""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import (
    headings,
    listed_titles,
    marks,
    part,
    set_state,
    state,
)
from tests.browser.maps import open_exported
from tests.browser.server import ROOT

DATA = ROOT / "data"


@dataclass(frozen=True)
class Count:
    """What a window holds."""

    start: str
    end: str
    sure: int
    likely: int
    coarse: int
    possible: int
    """Only possible, not among the events shown."""
    on_map: int
    city: int
    country: int
    at: dict[str, int]
    """Events at each marked place, regions left out: they have no mark in a city."""


# 5 January, 14:00 to 16:00. No row's outer bounds lie within these two hours.
# To the hour, best estimate touching: tole-bi-march-reaches-square,
# prosecutor-office-fire, grenades-from-akimat, akimat-broken-into,
# residence-approaches, akimat-fire-grows, aktobe-administration: 7 likely. Parts
# of days and days: 28, ten of them on Tole bi Street. nur-otan-windows ends at
# 14:00 and tv-buildings-burn begins at 16:00: both are outside, and possible.
AFTERNOON = Count(
    "2022-01-05T14:00",
    "2022-01-05T16:00",
    sure=0,
    likely=7,
    coarse=28,
    possible=9,
    on_map=26,
    city=5,
    country=4,
    at={
        "tole-bi-street": 10,
        "republic-square": 4,
        "almaty-akimat": 3,
        "taraz": 2,
        "almaty-arena": 1,
        "momyshuly-street": 1,
        "nur-otan-almaty": 1,
        "central-almaty": 1,
        "presidential-residence": 1,
        "district-almaly": 1,
        "district-auezov": 1,
        "aktobe": 1,
    },
)

# 4 January, 22:00 to midnight. The column from Halyk Arena and the procession
# on Abay go on past midnight: 2 likely. march-reaches-republic-square begins at
# 00:00 sharp and is outside, but possible from 23:00 on.
LATE_EVENING = Count(
    "2022-01-04T22:00",
    "2022-01-05T00:00",
    sure=0,
    likely=2,
    coarse=9,
    possible=7,
    on_map=6,
    city=2,
    country=3,
    at={
        "abay-avenue": 3,
        "halyk-arena": 1,
        "tole-bi-street": 1,
        "republic-square": 1,
        "astana-nur-sultan": 1,
    },
)

# 6 January, 18:00 to 21:00. square-shooting-6-jan lies within, bounds and all:
# the one that is sure. activists-return-akimat ends at 18:43: the one likely.
SHOOTING = Count(
    "2022-01-06T18:00",
    "2022-01-06T21:00",
    sure=1,
    likely=1,
    coarse=21,
    possible=9,
    on_map=9,
    city=7,
    country=7,
    at={
        "republic-square": 2,
        "almaty-akimat": 2,
        "astana-nur-sultan": 2,
        "satpayev-x-zheltoksan": 1,
        "sairan-bus-station": 1,
        "almaty-airport": 1,
    },
)

COUNTS = (AFTERNOON, LATE_EVENING, SHOOTING)
every_count = pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.start)


def shown(count: Count) -> int:
    return count.sure + count.likely + count.coarse


@dataclass(frozen=True)
class Tally:
    """The events of a window, read off the files in the plainest way."""

    statuses: Counter[str]
    titles: list[str]
    on_map: int
    at: dict[str, int]


def tally(start: str, end: str) -> Tally:
    begins, ends = (datetime.fromisoformat(f"{text}+06:00") for text in (start, end))
    statuses, titles, on_map, at = Counter[str](), [], 0, Counter[str]()
    for row in rows():
        status = status_of(row, begins, ends)
        statuses[status] += 1
        if status in ("possible", "outside"):
            continue
        titles.append(row["title"])
        spots = [place for place in row["places"].split(";") if place in kinds_on_map()]
        on_map += bool(spots)
        at.update(place for place in spots if kinds_on_map()[place] != "region")
    return Tally(statuses, titles, on_map, dict(at))


def rows() -> list[dict[str, str]]:
    with (DATA / "events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds_on_map() -> dict[str, str]:
    """Kinds of the places that have a mark: not the home town, not the country."""
    text = (DATA / "locations.geojson").read_text(encoding="utf-8")
    places = json.loads(text)["features"]
    return {
        place["properties"]["id"]: place["properties"]["kind"]
        for place in places
        if place["geometry"] and place["properties"]["id"] != "almaty"
        if place["properties"]["kind"] != "country"
    }


def status_of(row: dict[str, str], begins: datetime, ends: datetime) -> str:
    start, end, earliest, latest = (
        datetime.fromisoformat(row[name])
        for name in ("start", "end", "earliest", "latest")
    )
    if touches(start, end, begins, ends):
        if begins <= earliest and latest <= ends:
            return "sure"
        reaches_beyond = start < begins or end > ends
        is_rough = row["time_precision"] in ("part-of-day", "day")
        return "coarse" if is_rough and reaches_beyond else "likely"
    return "possible" if touches(earliest, latest, begins, ends) else "outside"


def touches(start: datetime, end: datetime, begins: datetime, ends: datetime) -> bool:
    if start == end:
        return begins <= start < ends
    return start < ends and end > begins


@every_count
def test_counts_by_hand_are_those_of_the_csv(count: Count) -> None:
    found = tally(count.start, count.end)
    wanted = {
        "sure": count.sure,
        "likely": count.likely,
        "coarse": count.coarse,
        "possible": count.possible,
    }
    assert {name: found.statuses[name] for name in wanted} == wanted
    assert found.on_map == count.on_map
    assert found.at == count.at
    assert count.on_map + count.city + count.country == shown(count)


@every_count
def test_list_holds_the_events_of_the_window_under_their_headings(
    page: Page, exported_page: Path, count: Count
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_=count.start, to=count.end)
    assert headings(page) == {
        "On the map": count.on_map,
        "The whole city": count.city,
        "The whole country": count.country,
    }
    assert sorted(listed_titles(page)) == sorted(tally(count.start, count.end).titles)
    assert len(state(page)["visible"]) == shown(count)


@every_count
def test_marks_hold_the_events_of_their_place(
    page: Page, exported_page: Path, count: Count
) -> None:
    open_exported(page, exported_page)
    # So near that no two of these places merge.
    view = {"lat": 43.2382, "lon": 76.9453, "zoom": 17}
    set_state(page, from_=count.start, to=count.end, view=view)
    assert {
        place: mark.count
        for mark in marks(page)
        for place in mark.places
        if place in count.at
    } == count.at
    assert len(marks(page)) == len(count.at) == state(page)["marks"]


def test_mark_shows_its_number_and_says_it(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    view = {"lat": 43.2382, "lon": 76.9453, "zoom": 17}
    set_state(page, from_=AFTERNOON.start, to=AFTERNOON.end, view=view)
    mark = page.locator(".tm-mark[data-places='tole-bi-street']")
    expect(mark.locator(".tm-mark-count")).to_have_text("10")
    expect(mark).to_have_attribute("role", "button")
    expect(mark).to_have_accessible_name(
        "Tole bi Street, 10 events: Confrontation: 3, Attack and fire: 1, Said and seen: 6"
    )


def test_merged_marks_count_each_event_once(page: Page, exported_page: Path) -> None:
    # almaty-arena and momyshuly-street bear one and the same event.
    open_exported(page, exported_page)
    view = {"lat": 43.24, "lon": 76.94, "zoom": 6}
    set_state(page, from_=AFTERNOON.start, to=AFTERNOON.end, view=view)
    [city] = [mark for mark in marks(page) if "republic-square" in mark.places]
    assert city.places == set(AFTERNOON.at) - {"taraz", "aktobe"}
    # The 26 on the map but two in Taraz, one in Aktobe and one of three regions.
    assert city.count == 26 - 2 - 1 - 1


def test_marks_that_would_overprint_are_merged(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    for zoom in (4, 8, 11, 13, 15):
        view = {"lat": 43.24, "lon": 76.94, "zoom": zoom}
        set_state(page, from_="2022-01-01T00:00", to="2022-01-28T00:00", view=view)
        spots: list[list[float]] = page.evaluate(
            """() => [...document.querySelectorAll(".tm-mark-picture")].map(picture => {
                const { x, y, width, height } = picture.getBoundingClientRect();
                return [x + width / 2, y + height / 2]; })"""
        )
        for (x0, y0), (x1, y1) in combinations(spots, 2):
            assert (x0 - x1) ** 2 + (y0 - y1) ** 2 >= 28**2


@every_count
def test_count_says_in_words_how_sure_it_is(
    page: Page, exported_page: Path, count: Count
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_=count.start, to=count.end)
    expect(part(page, "count")).to_have_text(f"{shown(count)} of 139 events")
    lines = page.locator(".tm-counts li:visible").all_inner_texts()
    wanted = [
        f"{count.sure} sure" if count.sure else "",
        f"{count.likely} likely",
        f"{count.coarse} some time that day",
        f"{count.possible} more possible",
        f"{count.on_map} on the map",
        f"{count.city + count.country} in the list only",
    ]
    assert lines == [line for line in wanted if line]


@every_count
def test_possible_too_shows_them_hollow_and_counts_them(
    page: Page, exported_page: Path, count: Count
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_=count.start, to=count.end, possible=True)
    expect(part(page, "count")).to_have_text(
        f"{shown(count) + count.possible} of 139 events"
    )
    expect(part(page, "count-possible")).to_have_text(f"{count.possible} possible")
    assert page.locator(".tm-item:visible .tm-status", has_text="possible").count() == (
        count.possible
    )
    expect(page.locator(".tm-mark .tm-hollow").first).to_be_attached()


def test_empty_window_shows_nothing_and_says_so(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T14:00", to="2022-01-05T14:00", possible=True)
    assert state(page)["visible"] == []
    assert page.locator(".tm-mark").count() == 0
    expect(part(page, "nothing")).to_be_visible()
    expect(part(page, "count")).to_have_text("0 of 139 events")


# Drawn to scale: a ring's radius on screen is its metres at this latitude.
RING_RADIUS_PX = """([lat, zoom, metres]) => metres * 256 * 2 ** zoom
    / (40075016.686 * Math.cos(lat * Math.PI / 180))"""


def test_imprecise_place_has_a_ring_to_scale(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    lat, zoom = 43.2565, 12
    set_state(
        page,
        only=["fog-thickens"],
        from_=AFTERNOON.start,
        to=AFTERNOON.end,
        view={"lat": lat, "lon": 76.945, "zoom": zoom},
    )
    features = json.loads((DATA / "locations.geojson").read_text(encoding="utf-8"))
    [metres] = [
        place["properties"]["radius_m"]
        for place in features["features"]
        if place["properties"]["id"] == "central-almaty"
    ]
    wanted = page.evaluate(RING_RADIUS_PX, [lat, zoom, metres])
    ring = page.locator("path.tm-circle")
    expect(ring).to_have_count(1)
    box = ring.bounding_box()
    assert box
    assert box["width"] / 2 == pytest.approx(wanted, rel=0.03)


def test_exact_place_has_no_ring(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    set_state(
        page, only=["akimat-broken-into"], from_=AFTERNOON.start, to=AFTERNOON.end
    )
    expect(page.locator(".tm-mark")).to_have_count(1)
    expect(page.locator("path.tm-ring")).to_have_count(0)
