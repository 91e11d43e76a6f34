"""The dashboard in a real browser: the frame, the link, the way back, bad data."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Frame, Page, WebSocket, expect

from tests import cast
from tests.browser.maps import map_frame, open_map, set_state, state
from tests.browser.server import AppServer

Serve = Callable[..., AppServer]

AFTERNOON = {"from": "2022-01-05T14:00", "to": "2022-01-05T16:00"}

# More than the state and its wrapping, far less than the map's document.
SMALL_BYTES = 10_000


def params(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def wait_for_link(page: Page, **wanted: str) -> None:
    page.wait_for_url(lambda url: wanted.items() <= params(url).items())


def shown(frame: Frame) -> dict[str, Any]:
    said = state(frame)
    kept = ("from", "to", "mode", "possible", "kinds", "q", "selected", "visible")
    return {name: said[name] for name in kept}


def copy_link(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.get_by_role("status").filter(has_text="Link copied.")).to_be_visible()
    copied: str = page.evaluate("() => navigator.clipboard.readText()")
    return copied


def test_the_map_cannot_reach_the_page_it_stands_in(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    sandbox = page.locator("iframe.almaty-map-frame").get_attribute("sandbox") or ""
    assert "allow-same-origin" not in sandbox.split()
    reached = frame.evaluate(
        "() => { try { return parent.document.title; } catch { return null; } }"
    )
    assert reached is None


def test_the_address_holds_the_view_once_it_rests(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    set_state(frame, {**AFTERNOON, "possible": True, "kinds": ["clash"]})
    wait_for_link(page, **AFTERNOON, possible="1", kinds="clash")


def test_the_server_hears_of_a_view_without_getting_or_sending_the_map(
    page: Page, app_server: AppServer
) -> None:
    sent: list[int] = []
    received: list[int] = []

    def weigh(socket: WebSocket) -> None:
        socket.on("framesent", lambda data: sent.append(len(data)))
        socket.on("framereceived", lambda data: received.append(len(data)))

    page.on("websocket", weigh)
    frame = open_map(page, app_server.url)
    set_state(frame, {"q": "fire"})
    wait_for_link(page, q="fire")
    page.wait_for_load_state("networkidle")
    sent.clear()
    received.clear()
    set_state(frame, AFTERNOON)
    wait_for_link(page, **AFTERNOON)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    assert sent
    assert sum(sent) + sum(received) < SMALL_BYTES


def test_no_view_makes_the_frame_anew(page: Page, app_server: AppServer) -> None:
    frame = open_map(page, app_server.url)
    frame.evaluate("() => { window.untouched = true; }")
    for clock in ("10:00", "11:00", "12:00"):
        moment = f"2022-01-05T{clock}"
        set_state(frame, {"from": moment, "to": "2022-01-06T00:00"})
        wait_for_link(page, **{"from": moment})
    assert frame.evaluate("() => window.untouched") is True


def test_resting_handles_leave_no_trail_in_the_history(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    set_state(frame, {"q": "fire"})
    wait_for_link(page, q="fire")
    before = page.evaluate("() => history.length")
    for words in ("square", "airport"):
        set_state(frame, {"q": words})
        wait_for_link(page, q=words)
    assert page.evaluate("() => history.length") == before


def test_a_link_opened_again_shows_the_same_view(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    first = state(frame)["visible"][0]
    set_state(frame, {**AFTERNOON, "q": "the", "mode": "sofar", "selected": first})
    wait_for_link(page, **AFTERNOON, q="the", mode="sofar", id=first)
    before = shown(frame)
    again = open_map(page, page.url)
    again.wait_for_function("() => timemap.state().q === 'the'")
    assert shown(again) == before


def test_a_link_opened_again_shows_the_same_part_of_the_map(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    set_state(frame, {"view": {"lat": 43.26, "lon": 76.95, "zoom": 14}})
    wait_for_link(page, view="43.26,76.95,14")
    again = open_map(page, page.url)
    again.wait_for_function("() => Math.abs(timemap.state().view.zoom - 14) < 0.01")
    view = state(again)["view"]
    assert (view["lat"], view["lon"]) == pytest.approx((43.26, 76.95), abs=1e-3)


def test_the_copied_link_opens_the_view(page: Page, app_server: AppServer) -> None:
    frame = open_map(page, app_server.url)
    set_state(frame, AFTERNOON)
    wait_for_link(page, **AFTERNOON)
    copied = copy_link(page)
    assert AFTERNOON.items() <= params(copied).items()
    again = open_map(page, copied)
    again.wait_for_function("() => timemap.state().to === '2022-01-05T16:00'")
    assert state(again)["from"] == AFTERNOON["from"]


def test_a_link_that_cannot_be_copied_can_be_selected(
    page: Page, app_server: AppServer
) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    )
    open_map(page, app_server.url)
    page.get_by_role("button", name="Copy link to this view").click()
    field = page.get_by_role("textbox", name="Link to this view")
    expect(field).to_be_visible()
    assert field.input_value().startswith(app_server.url)
    assert page.evaluate("() => getSelection().toString()") == field.input_value()


def test_the_view_is_back_after_a_change_of_page(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, app_server.url)
    set_state(frame, {**AFTERNOON, "view": {"lat": 43.26, "lon": 76.95, "zoom": 14}})
    wait_for_link(page, **AFTERNOON)
    page.get_by_role("link", name="Sources & method").click()
    page.get_by_text("Program: MIT licence.").wait_for()
    assert params(page.url) == {}
    page.get_by_role("link", name="Map", exact=True).click()
    again = map_frame(page)
    wait_for_link(page, **AFTERNOON)
    again.wait_for_function("() => Math.abs(timemap.state().view.zoom - 14) < 0.01")
    assert state(again)["from"] == AFTERNOON["from"]


def test_a_message_from_elsewhere_is_not_believed(
    page: Page, app_server: AppServer
) -> None:
    open_map(page, app_server.url)
    # Listeners hear in the order they came, so ours hears last.
    page.evaluate(
        """() => new Promise(done => {
            addEventListener("message", () => done(), { once: true });
            postMessage({ type: "timemap:state", state: { q: "forged" } }, "*");
        })"""
    )
    assert "q" not in params(page.evaluate("() => location.href"))


def test_a_map_that_spoke_before_it_was_asked_is_heard(
    page: Page, app_server: AppServer
) -> None:
    open_map(page, app_server.url)
    wait_for_link(page, **{"from": "2022-01-04T00:00"})
    # As if the relay had come late: what the map said meanwhile is forgotten.
    page.evaluate(
        """() => {
            const link = globalThis[Symbol.for("almaty-events-map")];
            link.heard = null;
            link.host.isSet = false;
            history.replaceState(history.state, "", "/");
            link.host.obey();
        }"""
    )
    wait_for_link(page, **{"from": "2022-01-04T00:00"})


def test_a_bad_parameter_is_named_and_the_good_ones_hold(
    page: Page, app_server: AppServer
) -> None:
    frame = open_map(page, f"{app_server.url}/?from=05.01.2022&q=fire")
    expect(page.get_by_text("from=05.01.2022")).to_be_visible()
    frame.wait_for_function("() => timemap.state().q === 'fire'")


def test_an_embedded_map_is_the_map_alone_and_its_link_the_whole_page(
    page: Page, app_server: AppServer
) -> None:
    open_map(page, f"{app_server.url}/?embed=true&q=fire")
    expect(page.get_by_role("heading", name="Almaty, January 2022")).to_have_count(0)
    expect(page.get_by_role("link", name="Sources & method")).to_have_count(0)
    copied = params(copy_link(page))
    assert "embed" not in copied
    assert copied["q"] == "fire"


@pytest.mark.parametrize("path", ["/", "/sources"])
@pytest.mark.parametrize("width", [375, 1024, 1440])
def test_no_page_is_wider_than_the_screen(
    page: Page, app_server: AppServer, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(app_server.url + path)
    page.locator("h1").first.wait_for()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0


def test_hostile_text_in_the_data_shows_as_text_on_both_pages(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    markdown = "[x](javascript:alert(1)) :red[y] $z$"
    cast.write(
        tmp_path,
        claims=[cast.CLAIM | {"claimant": cast.HOSTILE, "note": markdown}],
        sources=[
            cast.source("article", title=cast.HOSTILE, URL="javascript:alert(1)"),
            cast.source("other", title=markdown, publisher=cast.HOSTILE),
        ],
    )
    server = serve(env={"ALMATY_MAP_DATA": str(tmp_path)})
    open_map(page, server.url)
    page.goto(f"{server.url}/sources")
    page.get_by_text("Program: MIT licence.").wait_for()
    for text in (cast.HOSTILE, markdown):
        expect(page.get_by_text(text, exact=False).first).to_be_visible()
    assert page.locator("a[href^='javascript']").count() == 0
    # By key: a list opened by a click closes with the scroll that led to it, and
    # one that a rerun still moves may close once more.
    options = page.get_by_role("option")
    for _ in range(3):
        page.get_by_role("combobox").press("ArrowDown")
        page.wait_for_timeout(1000)
        if options.count():
            break
    expect(options.filter(has_text=cast.HOSTILE)).to_be_visible()


def test_broken_data_is_named_on_one_clear_page(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    cast.write(tmp_path)
    (tmp_path / "claims.csv").unlink()
    (tmp_path / "events.csv").write_text("id\n", encoding="utf-8")
    server = serve(env={"ALMATY_MAP_DATA": str(tmp_path)})
    page.goto(server.url)
    expect(page.get_by_role("heading", name="The data cannot be shown")).to_be_visible()
    expect(page.get_by_text(re.compile("^claims.csv"))).to_be_visible()
    expect(page.get_by_text(re.compile("^events.csv")).first).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
