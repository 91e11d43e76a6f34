"""A reader's own file in a real browser: opened, shown, asked about, closed."""

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.chromium import READER
from tests.browser.guard import Guard
from tests.browser.maps import map_frame, state
from tests.browser.server import ROOT, AppServer

FILES = ROOT / "tests" / "files"
Serve = Callable[..., AppServer]

# Loaded by Python itself at the server's start: tells how many datasets of files
# are alive, and lets a lost browser come back for a second only.
WITNESS = """
import pathlib, sys, threading, time, weakref

def watch():
    while not hasattr(sys.modules.get("dashboard.own_session"), "opened"):
        time.sleep(0.05)
    from dashboard import leaving, own_session
    leaving.GRACE_S = 1
    alive = weakref.WeakSet()
    read = own_session.read
    def noted(own, *others):
        read(own, *others)
        alive.add(own.dataset)
    own_session.read = noted
    while True:
        pathlib.Path(PATH).write_text(str(len(alive)))
        time.sleep(0.1)

threading.Thread(target=watch, daemon=True).start()
"""

HOSTILE = "<img src=x onerror=window.pwned=1>"


def open_page(page: Page, server: AppServer) -> None:
    page.goto(f"{server.url}/own")
    page.get_by_text("Choose a file").wait_for()


def drop(page: Page, file: Path | dict[str, Any]) -> None:
    page.get_by_label("Choose a file").set_input_files(file)  # type: ignore[arg-type]


def read_as(page: Page, zone: str) -> None:
    """Answer the question for the time zone, by keys alone."""
    page.get_by_text("Which time zone").wait_for()
    box = page.get_by_role("combobox", name="Time zone")
    box.focus()
    page.keyboard.type(zone)
    expect(page.get_by_role("option").first).to_have_text(re.compile(zone))
    page.keyboard.press("Enter")
    # Disabled until the answer has come; for a moment there may be both.
    button = page.get_by_role(
        "button", name="Read the file", exact=True, disabled=False
    )
    expect(button).to_have_count(1)
    button.press("Enter")


def wait_for_counts(page: Page, words: str) -> None:
    expect(page.get_by_text(words)).to_be_visible(timeout=30_000)


def table(*rows: str) -> dict[str, Any]:
    text = "\n".join(("id,title,start,lat,lon", *rows, ""))
    return {"name": "mine.csv", "mimeType": "text/csv", "buffer": text.encode()}


def row(event: str, title: str) -> str:
    return f"{event},{title},2022-01-05T09:30+06:00,43.25667,76.92861"


@pytest.fixture
def another(browser: Browser) -> Iterator[Page]:
    """The page of another reader, on a phone."""
    options: dict[str, Any] = {**READER, "viewport": {"width": 375, "height": 800}}
    context = browser.new_context(**options)
    guard = Guard(context)
    yield context.new_page()
    guard.check()
    context.close()


def test_a_file_goes_from_the_page_to_map_and_desk_and_is_closed_again(
    page: Page, app_server: AppServer
) -> None:
    open_page(page, app_server)
    assert faults(page) == []
    drop(page, FILES / "table.csv")
    read_as(page, "Kyiv")
    wait_for_counts(page, "3 rows read: 3 shown, 0 set aside")
    assert faults(page) == []
    page.get_by_role("link", name="See them on the Map").click()
    frame = map_frame(page)
    shown = state(frame)["visible"]
    assert len(shown) == 3
    expect(
        page.get_by_text("times without an offset follow Europe/Kyiv")
    ).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link, without your file").click()
    expect(
        page.get_by_text("It holds dates and filters, not your file")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Copy embed code")).to_have_count(0)
    page.get_by_role("link", name="Desk", exact=True).click()
    expect(page.locator(".almaty-head")).to_have_text(re.compile("^3 events of 3"))
    ids = page.locator(".almaty-events-table tbody tr:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.id)"
    )
    assert sorted(ids) == sorted(shown)
    assert faults(page) == []
    page.get_by_role("button", name="Back to Almaty’s events").click()
    expect(page.locator(".almaty-head")).to_have_text(re.compile("events of 139"))


def test_each_kind_is_recognised_and_said(page: Page, app_server: AppServer) -> None:
    open_page(page, app_server)
    for name, words in (
        ("events-bad.csv", "our own events.csv"),
        ("acled-bad.csv", "a CSV of ACLED"),
        ("points-bad.geojson", "GeoJSON points with a time"),
        ("timemap-bad.json", "the events JSON of TimeMap"),
    ):
        drop(page, FILES / name)
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        if name.startswith(("acled", "timemap")):
            read_as(page, "Almaty")
        expect(page.get_by_text(f"{name}: {words}")).to_be_visible()


def test_rows_set_aside_are_named_and_can_be_had(
    page: Page, app_server: AppServer
) -> None:
    open_page(page, app_server)
    drop(page, FILES / "table-bad.csv")
    read_as(page, "Almaty")
    wait_for_counts(page, "9 rows read: 2 shown, 7 set aside")
    problems = page.locator(".almaty-set-aside tbody tr")
    expect(problems.first).to_contain_text("05.01.2022")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all 7 rows set aside").click()
    assert download.value.suggested_filename == "table-bad-set-aside.csv"
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 1 + 7
    assert rows[0][:2] == ["line", "problem"]
    assert rows[1][0] == problems.first.locator("td").first.inner_text()


def test_two_readers_never_see_each_others_events(
    page: Page, another: Page, app_server: AppServer
) -> None:
    open_page(page, app_server)
    open_page(another, app_server)
    drop(page, table(row("a", "A kiosk opens")))
    drop(another, table(row("__proto__", HOSTILE), row("b", "=1+1")))
    wait_for_counts(page, "1 row read: 1 shown, 0 set aside")
    wait_for_counts(another, "2 rows read: 2 shown, 0 set aside")
    for reader, ids in ((page, ["a"]), (another, ["__proto__", "b"])):
        assert (
            reader.evaluate("document.documentElement.scrollWidth")
            <= (reader.viewport_size or {"width": 0})["width"]
        )
        reader.get_by_role("link", name="See them on the Map").click()
        frame = map_frame(reader)
        assert sorted(state(frame)["visible"]) == ids
        assert frame.evaluate("window.pwned") is None
    assert faults(another) == []
    another.reload()
    expect(another.get_by_role("heading", name="Almaty, January 2022")).to_be_visible()


def test_the_file_of_a_reader_who_left_is_gone(
    browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    said = tmp_path / "alive"
    witness = tmp_path / "sitecustomize.py"
    witness.write_text(WITNESS.replace("PATH", repr(str(said))), encoding="utf-8")
    server = serve(env={"PYTHONPATH": str(tmp_path)})
    options: dict[str, Any] = {**READER}
    context = browser.new_context(**options)
    page = context.new_page()
    open_page(page, server)
    wait_until(lambda: said.is_file())
    drop(page, table(row("a", "A kiosk opens")))
    wait_for_counts(page, "1 row read: 1 shown, 0 set aside")
    page.get_by_role("link", name="See them on the Desk").click()
    expect(page.locator(".almaty-head")).to_have_text(re.compile("^1 event of 1"))
    wait_until(lambda: said.read_text() == "1")
    context.close()
    wait_until(lambda: said.read_text() == "0")


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_of_a_long_file_in_parts_the_table_shows_the_first_rows(
    page: Page, app_server: AppServer
) -> None:
    rows = [f"{row(f'e{at}', f'Event {at}')},{'x' * 1500}" for at in range(2100)]
    file = table(*rows)
    file["buffer"] = file["buffer"].replace(b"lon\n", b"lon,bulk\n", 1)
    open_page(page, app_server)
    drop(page, file)
    wait_for_counts(page, "2,100 rows read: 2,100 shown, 0 set aside")
    page.get_by_role("link", name="See them on the Desk").click()
    rows_shown = page.locator(".almaty-events-table tbody tr:visible")
    expect(rows_shown).to_have_count(200, timeout=60_000)
    expect(page.get_by_text("The first 200 of 2,100 events, by time")).to_be_visible()
    page.get_by_label("Words in title, summary or note").first.fill("Event 2099")
    expect(rows_shown).to_have_count(1)
    expect(rows_shown.first).to_contain_text("Event 2099")


def test_a_file_that_is_too_large_is_refused_at_once(
    page: Page, app_server: AppServer, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    open_page(page, app_server)
    drop(page, path)
    expect(
        page.get_by_text("This file is too large: 50 MB is the most.")
    ).to_be_visible()
