"""The Desk in a real browser: one question on table, map and chart alike."""

import csv
import json
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, FrameLocator, Locator, Page, expect

from tests import cast
from tests.browser.chromium import READER
from tests.browser.guard import Guard
from tests.browser.maps import map_frame, open_map, set_state, state
from tests.browser.server import ROOT, AppServer

Serve = Callable[..., AppServer]

QUESTION = {
    "from": "2022-01-05T14:00",
    "to": "2022-01-05T17:00",
    "near": "almaty-akimat",
    "within": "500",
}


def desk(server: AppServer, **params: str) -> str:
    return f"{server.url}/desk?{urlencode(params)}"


def open_desk(page: Page, server: AppServer, **params: str) -> Frame:
    """Open the Desk and wait until table and map show the answer."""
    frame = open_map(page, desk(server, **params))
    expect(page.locator(".almaty-head")).to_have_text(re.compile(r"\d+ events? of"))
    return frame


def rows(page: Page) -> list[str]:
    """Read the ids in sight in the table, in their order."""
    ids: list[str] = page.locator(".almaty-events-table tbody tr:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.id)"
    )
    return ids


def head(page: Page) -> str:
    return page.locator(".almaty-head").inner_text()


def wait_until_all_agree(page: Page, frame: Frame, count: int) -> list[str]:
    """Wait until table and map show so many events; give their ids."""
    expect(page.locator(".almaty-head")).to_have_text(
        re.compile(rf"^{count} events? of")
    )
    frame.wait_for_function(f"() => timemap.state().visible.length === {count}")
    ids = rows(page)
    assert sorted(ids) == sorted(state(frame)["visible"])
    assert len(ids) == count
    return ids


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("form", name="Filters").get_by_label(label, exact=False)


def params(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def row_of(page: Page, event: str) -> Locator:
    return page.locator(f"tr[data-id='{event}']")


def counted_by_hand() -> list[str]:
    """Count what the question asks for from the files alone.

    Distances on a sphere of 6371 km, which at 500 m differ from the
    ellipsoid's by less than 3 m.
    """
    with (ROOT / "data" / "locations.geojson").open(encoding="utf-8") as file:
        places = {
            each["properties"]["id"]: (each["properties"], each["geometry"])
            for each in json.load(file)["features"]
        }
    lon0, lat0 = places["almaty-akimat"][1]["coordinates"]

    def is_near(place: str) -> bool:
        properties, geometry = places[place]
        if geometry is None or properties["radius_m"] > 500:
            return False
        lon, lat = geometry["coordinates"]
        x = math.radians(lon - lon0) * math.cos(math.radians(lat0))
        return 6_371_000 * math.hypot(x, math.radians(lat - lat0)) <= 500

    found = []
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        for event in csv.DictReader(file):
            start, end = event["start"][:16], event["end"][:16]
            falls = (
                QUESTION["from"] <= start < QUESTION["to"]
                if start == end
                else start < QUESTION["to"] and end > QUESTION["from"]
            )
            if falls and any(map(is_near, filter(None, event["places"].split(";")))):
                found.append(event["id"])
    return found


# One question


def test_table_map_chart_and_command_line_give_what_a_hand_count_gives(
    page: Page, app_server: AppServer
) -> None:
    expected = counted_by_hand()
    assert len(expected) > 3
    frame = open_desk(page, app_server, **QUESTION)
    ids = wait_until_all_agree(page, frame, len(expected))
    assert sorted(ids) == sorted(expected)
    expect(page.locator(".almaty-chart figcaption")).to_contain_text(
        f"{len(expected)} events, each counted as one"
    )
    command = [sys.executable, "-m", "geo", "query", "--format", "ids"]
    options = [part for name, text in QUESTION.items() for part in (f"--{name}", text)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == expected


def test_the_chart_sums_up_to_what_the_timeline_shows_in_the_window(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    page.get_by_text("The chart as a table").click()
    numbers = page.locator(".almaty-chart tbody td").all_inner_texts()
    visible = state(frame)["visible"]
    # Each event's share of the three hours, from its own row.
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        events = {row["id"]: row for row in csv.DictReader(file)}
    weight = sum(share_of_window(events[event]) for event in visible)
    assert sum(map(float, numbers)) == pytest.approx(weight, abs=0.03)


def share_of_window(event: dict[str, str]) -> float:
    def minutes(text: str) -> int:
        day, clock = text[:16].split("T")
        return int(day[-2:]) * 1440 + int(clock[:2]) * 60 + int(clock[3:])

    start, end = minutes(event["start"]), minutes(event["end"])
    low, high = minutes(QUESTION["from"]), minutes(QUESTION["to"])
    return (min(end, high) - max(start, low)) / (end - start) if end > start else 1.0


# Filters


def test_a_filter_reaches_table_map_chart_and_address(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server)
    wait_until_all_agree(page, frame, 139)
    box = page.get_by_role("checkbox", name=re.compile("^Fire"))
    wanted = int(re.findall(r"\d+", box.locator("..").inner_text())[0])
    box.check()
    ids = wait_until_all_agree(page, frame, wanted)
    expect(page.locator(".almaty-chart figcaption")).to_contain_text(f"{wanted} events")
    page.wait_for_url(lambda url: params(url).get("kinds") == "fire")
    assert ids


def test_no_filter_makes_the_maps_frame_anew_or_loads_the_page(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server)
    frame.evaluate("() => { window.untouched = true; }")
    page.evaluate("() => { window.untouched = true; }")
    page.get_by_role("checkbox", name=re.compile("^on which sources differ")).check()
    expect(page.locator(".almaty-chips li")).to_have_count(1)
    field(page, "Place or crossing").fill("Abay / Seifullin")
    field(page, "Place or crossing").press("Enter")
    expect(page.locator(".almaty-chips li")).to_have_count(2)
    page.get_by_role("button", name="Clear all filters").click()
    wait_until_all_agree(page, frame, 139)
    assert frame.evaluate("() => window.untouched") is True
    assert page.evaluate("() => window.untouched") is True


def test_a_day_and_an_hour_can_be_typed(page: Page, app_server: AppServer) -> None:
    frame = open_desk(page, app_server)
    for label, text in [("From, day", "2022-01-05"), ("To, day", "2022-01-05")]:
        field(page, label).fill(text)
        field(page, label).press("Tab")
    hours = page.get_by_role("form").get_by_label("Hour")
    hours.nth(0).fill("14")
    hours.nth(1).fill("17:00")
    hours.nth(1).press("Enter")
    frame.wait_for_function(
        "() => timemap.state().from === '2022-01-05T14:00'"
        " && timemap.state().to === '2022-01-05T17:00'"
    )
    expect(hours.nth(0)).to_have_value("14:00")


def test_a_field_that_cannot_be_read_says_so_and_keeps_its_text(
    page: Page, app_server: AppServer
) -> None:
    open_desk(page, app_server)
    day = field(page, "From, day")
    day.fill("05.01.2022")
    day.press("Enter")
    expect(page.get_by_text("Write the day like this: 2022-01-05.")).to_be_visible()
    expect(day).to_have_value("05.01.2022")
    expect(day).to_have_attribute("aria-invalid", "true")


def test_words_answer_while_one_types_and_stay_as_typed(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server)
    words = field(page, "Words in title")
    words.press_sequentially("airport ", delay=60)
    frame.wait_for_function("() => timemap.state().q.trim() === 'airport'")
    expect(words).to_have_value("airport ")
    expect(words).to_be_focused()


def test_a_moment_fills_the_fields(page: Page, app_server: AppServer) -> None:
    frame = open_desk(page, app_server)
    page.get_by_label("Moments").select_option("march-on-tole-bi")
    frame.wait_for_function("() => timemap.state().from === '2022-01-05T10:30'")
    expect(field(page, "From, day")).to_have_value("2022-01-05")


def test_the_range_below_the_map_fills_the_fields_and_the_table(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    set_state(frame, {"to": "2022-01-05T15:00"})
    hours = page.get_by_role("form").get_by_label("Hour")
    expect(hours.nth(1)).to_have_value("15:00")
    ids = state(frame)["visible"]
    expect(page.locator(".almaty-events-table tbody tr:visible")).to_have_count(
        len(ids)
    )
    assert sorted(rows(page)) == sorted(ids)


def test_each_number_is_what_its_filter_leaves(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    option = page.locator("label.almaty-option", has_text="that an independent source")
    wanted = int(option.locator(".almaty-count").inner_text())
    option.get_by_role("checkbox").check()
    wait_until_all_agree(page, frame, wanted)


def test_no_result_says_which_filter_to_loosen(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION, kinds="detention")
    wait_until_all_agree(page, frame, 0)
    offer = page.get_by_role(
        "button", name=re.compile("kinds: Detention: .* without it")
    )
    wanted = int(re.findall(r"(\d+) events? without it$", offer.inner_text())[0])
    offer.click()
    wait_until_all_agree(page, frame, wanted)


def test_one_button_clears_all(page: Page, app_server: AppServer) -> None:
    frame = open_desk(
        page, app_server, **QUESTION, kinds="fire", possible="1", contested="1", q="a"
    )
    page.get_by_role("button", name="Clear all filters").click()
    wait_until_all_agree(page, frame, 139)
    expect(page.locator(".almaty-chips")).to_have_count(0)
    expect(field(page, "Place or crossing")).to_have_value("")
    page.wait_for_url(lambda url: "near" not in params(url))


# Table and map


def test_choosing_a_row_opens_its_card_on_the_map(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    row_of(page, "akimat-fire-grows").get_by_role("button").click()
    frame.wait_for_function("() => timemap.state().selected === 'akimat-fire-grows'")
    expect(row_of(page, "akimat-fire-grows")).to_have_attribute("aria-current", "true")
    card = map_of(page).get_by_role("heading", name="Fire in the city administration")
    expect(card).to_be_visible()
    page.wait_for_url(lambda url: params(url).get("id") == "akimat-fire-grows")


def map_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.almaty-map-frame")


def test_choosing_on_the_map_marks_the_row(page: Page, app_server: AppServer) -> None:
    frame = open_desk(page, app_server)
    last = rows(page)[-1]
    expect(row_of(page, last)).not_to_be_in_viewport()
    set_state(frame, {"selected": last})
    expect(row_of(page, last)).to_have_attribute("aria-current", "true")
    scrolled = page.locator(".almaty-table-part > .almaty-scroll")
    assert scrolled.evaluate("box => box.scrollTop") > 0


def test_the_keyboard_opens_a_card_and_comes_back(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    title = row_of(page, "akimat-broken-into").get_by_role("button")
    title.focus()
    page.keyboard.press("Enter")
    card = map_of(page).get_by_role("heading", name="People break into")
    expect(card).to_be_focused()
    page.wait_for_url(lambda url: params(url).get("id") == "akimat-broken-into")
    page.keyboard.press("Escape")
    frame.wait_for_function("() => timemap.state().selected === null")
    expect(title).to_be_focused()


def test_a_heading_sorts_and_says_so(page: Page, app_server: AppServer) -> None:
    open_desk(page, app_server, **QUESTION)
    heading = page.get_by_role("columnheader", name="What", exact=True)
    heading.get_by_role("button").click()
    titles = page.locator(".almaty-events-table .almaty-open:visible")
    found = titles.all_inner_texts()
    assert found == sorted(found, key=str.casefold)
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("button").click()
    assert titles.all_inner_texts() == found[::-1]
    expect(heading).to_have_attribute("aria-sort", "descending")
    when = page.get_by_role("columnheader", name="When")
    assert when.get_attribute("aria-sort") is None


def test_the_reader_chooses_the_columns(page: Page, app_server: AppServer) -> None:
    open_desk(page, app_server, **QUESTION)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Id").check()
    page.get_by_role("checkbox", name="Where").uncheck()
    expect(page.get_by_role("columnheader", name="Id")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Where")).to_have_count(0)
    expect(page.get_by_role("cell", name="akimat-fire-grows")).to_be_visible()


# Links


def random_view(chance: random.Random) -> dict[str, str]:
    """Make up a question that a reader might link to."""
    day, hour = chance.randint(2, 8), chance.randint(0, 23)
    view = {
        "from": f"2022-01-{day:02}T{hour:02}:{chance.choice(['00', '15', '30'])}",
        "to": f"2022-01-{day + chance.randint(1, 3):02}T{hour:02}:45",
    }
    extra = {
        "kinds": chance.choice(["fire,clash", "march", "statement,rumour,shooting"]),
        "by": chance.choice(["observed", "reported,official"]),
        "corroboration": chance.choice(["independent", "partial,none"]),
        "place": chance.choice(["republic-square", "almaty-airport,almaty-akimat"]),
        "near": chance.choice(["republic-square", "Abay / Seifullin"]),
        "actor": chance.choice(["police", "protesters"]),
        "q": chance.choice(["square", "the", "fire"]),
        "mode": "sofar",
        "possible": "1",
        "contested": "1",
        "independent": "1",
        "id": chance.choice(["akimat-fire-grows", "night-clashes"]),
    }
    view |= {name: extra[name] for name in chance.sample(sorted(extra), 3)}
    if "near" in view:
        view["within"] = chance.choice(["250", "1200.5"])
    return view


def seen(page: Page, frame: Frame) -> dict[str, Any]:
    """Give all that a link should bring along."""
    said = state(frame)
    kept = ("from", "to", "mode", "possible", "kinds", "attributions", "q", "selected")
    return {
        "page": page.get_by_role("heading", level=1).inner_text(),
        "map": {name: said[name] for name in (*kept, "visible", "statuses")},
        "view": [round(said["view"][name], 3) for name in ("lat", "lon", "zoom")],
        "table": rows(page),
        "head": head(page),
        "filters": page.locator(".almaty-chips button").all_inner_texts(),
    }


@pytest.mark.parametrize(
    "seed",
    [0, 1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 10))],
)
def test_a_link_opens_in_another_browser_on_the_same_view(
    page: Page, browser: Browser, app_server: AppServer, seed: int
) -> None:
    chance = random.Random(seed)
    frame = open_desk(page, app_server, **random_view(chance))
    set_state(
        frame, {"view": {"lat": 43.25, "lon": 76.92, "zoom": chance.choice([11, 13])}}
    )
    page.wait_for_url(lambda url: params(url).get("view", "").startswith("43.25,76.92"))
    expect(page.locator(".almaty-events-table tbody tr:visible")).to_have_count(
        len(state(frame)["visible"])
    )
    before = seen(page, frame)
    with browser.new_context(**READER) as other:
        guard = Guard(other)
        again = other.new_page()
        opened = open_map(again, page.url)
        opened.wait_for_function(
            "wanted => JSON.stringify(timemap.state().visible) === JSON.stringify(wanted)",
            arg=before["map"]["visible"],
        )
        opened.wait_for_function(
            "() => Math.abs(timemap.state().view.lat - 43.25) < 1e-3"
        )
        expect(again.locator(".almaty-head")).to_have_text(before["head"])
        assert seen(again, opened) == before
        guard.check()


def test_the_view_goes_with_the_reader_from_page_to_page(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    ids = wait_until_all_agree(page, frame, len(counted_by_hand()))
    page.wait_for_url(lambda url: "view" in params(url))
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="Almaty, January 2022")).to_be_visible()
    frame = map_frame(page)
    frame.wait_for_function("() => timemap.state().only !== null")
    assert sorted(state(frame)["visible"]) == sorted(ids)
    page.get_by_role("link", name="Desk", exact=True).click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    wait_until_all_agree(page, map_frame(page), len(ids))
    page.wait_for_url(lambda url: params(url).get("near") == "almaty-akimat")


def test_a_link_with_nonsense_opens_on_what_can_be_understood(
    page: Page, app_server: AppServer
) -> None:
    nonsense = {
        "from": "yesterday",
        "near": "<i>x</i>",
        "kinds": "fire,riot",
        "id": "?",
    }
    frame = open_desk(page, app_server, **nonsense)
    frame.wait_for_function("() => timemap.state().kinds.join() === 'fire'")
    for said in ("from=yesterday", "near=<i>x</i>", "kinds=riot", "id=?"):
        expect(page.get_by_text(said)).to_be_visible()


def test_a_claim_has_a_link_that_brings_it_into_sight(
    page: Page, app_server: AppServer
) -> None:
    open_desk(page, app_server)
    row = page.locator("tr.almaty-claim", has_text="RIA Novosti").first
    row.get_by_role("link", name="Link to the claim").click()
    page.wait_for_url(lambda url: params(url).get("claim", "").startswith("deaths-238"))
    page.goto(page.url)
    again = page.locator("tr.almaty-claim[aria-current]")
    expect(again).to_be_in_viewport()
    expect(again).to_contain_text("RIA Novosti")


def test_the_death_tolls_stand_side_by_side(page: Page, app_server: AppServer) -> None:
    open_desk(page, app_server)
    table = page.locator("#topic-deaths")
    for figure in ("225", "227", "230", "238"):
        row = table.locator("tr.almaty-claim", has=page.get_by_text(figure, exact=True))
        expect(row.first.locator(".almaty-axis-mark")).to_be_visible()
        assert all(row.first.locator("td").nth(at).inner_text() for at in (2, 3))


# Embedding


def copied(page: Page, button: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").filter(has_text="copied.")).to_be_visible()
    text: str = page.evaluate("() => navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("path", ["/", "/desk"])
def test_the_embed_code_shows_the_map_alone_in_a_plain_page(
    page: Page, app_server: AppServer, tmp_path: Path, path: str
) -> None:
    frame = open_map(page, f"{app_server.url}{path}?q=fire&from=2022-01-05T14:00")
    frame.wait_for_function("() => timemap.state().q === 'fire'")
    page.wait_for_url(lambda url: "view" in params(url))
    visible = state(frame)["visible"]
    code = copied(page, "Copy embed code")
    article = tmp_path / "article.html"
    article.write_text(f"<!doctype html><title>An article</title><p>Text.</p>{code}")
    page.goto(article.as_uri())
    embedded = page.frame_locator("iframe")
    inner = embedded.frame_locator("iframe.almaty-map-frame")
    expect(inner.get_by_role("slider").first).to_be_visible(timeout=60_000)
    expect(inner.get_by_text("OpenStreetMap contributors").first).to_be_visible()
    expect(embedded.get_by_role("link", name="See all")).to_be_visible()
    expect(embedded.get_by_role("link", name="Desk")).to_have_count(0)
    expect(embedded.get_by_role("heading")).to_have_count(0)
    shown = next(
        each for each in page.frames if each.evaluate("() => 'timemap' in window")
    )
    shown.wait_for_function("() => timemap.state().q === 'fire'")
    assert state(shown)["visible"] == visible


def test_see_all_leads_out_of_the_embedded_page_to_the_same_view(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, f"{app_server.url}/?embed=true&q=fire")
    frame.wait_for_function("() => timemap.state().q === 'fire'")
    link = page.get_by_role("link", name="See all")
    expect(link).to_have_attribute("href", re.compile("q=fire"))
    assert "embed" not in (link.get_attribute("href") or "")
    assert link.get_attribute("target") == "_blank"


# Files and citations


def test_a_file_of_the_view_can_be_taken_away(
    page: Page, app_server: AppServer
) -> None:
    frame = open_desk(page, app_server, **QUESTION)
    ids = wait_until_all_agree(page, frame, len(counted_by_hand()))
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile(r"^\.csv")).click()
    assert "almaty-akimat" in taken.value.suggested_filename
    with taken.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert sorted(row["id"] for row in csv.DictReader(file)) == sorted(ids)


def test_the_chosen_event_can_be_cited(page: Page, app_server: AppServer) -> None:
    open_desk(page, app_server, **QUESTION)
    row_of(page, "akimat-fire-grows").get_by_role("button").click()
    citation = page.locator(".almaty-quoted").first
    expect(citation).to_contain_text("[Fire in the city administration]")
    expect(citation).to_contain_text("/desk?id=akimat-fire-grows")


# Everybody


@pytest.mark.parametrize("width", [375, 1024, 1440])
def test_the_page_is_not_wider_than_the_screen(
    page: Page, app_server: AppServer, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    open_desk(page, app_server, **QUESTION)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_hostile_data_is_text_on_the_desk(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    markdown = "[x](javascript:alert(1)) :red[y] $z$"
    event = cast.event(
        "hostile", cast.at("10:00"), cast.at("11:00"), title=cast.HOSTILE,
        actors=cast.HOSTILE, places="evil", summary=markdown,
    )  # fmt: skip
    places = [*cast.PLACES, cast.place("evil", [76.9, 43.2], name_en=cast.HOSTILE)]
    claim = cast.CLAIM | {"claimant": cast.HOSTILE, "note": markdown}
    cast.write(tmp_path, events=[event], places=places, claims=[claim])
    server = serve(env={"ALMATY_MAP_DATA": str(tmp_path)})
    frame = open_desk(page, server, near="evil", id="hostile")
    wait_until_all_agree(page, frame, 1)
    expect(page.locator(".almaty-open:visible")).to_have_text(cast.HOSTILE)
    expect(page.locator(".almaty-chips")).to_contain_text(cast.HOSTILE)
    expect(page.locator("tr.almaty-claim")).to_contain_text(markdown)
    assert page.locator("a[href^='javascript'], img[src='x']").count() == 0
