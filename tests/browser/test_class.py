"""The story in class: on the dashboard's page, and in one file with the network cut.

The pages are opened once and shared; each test begins at the content note.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect

from tests.browser.chromium import READER
from tests.browser.guard import Guard
from tests.browser.maps import map_frame, open_exported, set_state, state
from tests.browser.server import ROOT, AppServer

PROJECTORS = [(1280, 720), (1024, 768)]
# What can be read from the last row, in CSS pixels.
LEAST_TEXT_PX = 22
LONGEST_FLIGHT_MS = 800

STORY = json.loads((ROOT / "data" / "story.json").read_text(encoding="utf-8"))
CHAPTERS: list[dict[str, Any]] = STORY["chapters"]
LAST = len(CHAPTERS)
MARCHES = [n for n, chapter in enumerate(CHAPTERS, start=1) if chapter["route"]]
EARLIER = {"from": "2022-01-03T00:00", "to": "2022-01-04T00:00"}


@dataclass(frozen=True)
class Place:
    """Where the story is told, and what has the keyboard's focus."""

    page: Page
    frame: Frame
    guard: Guard

    def part(self, name: str) -> Locator:
        return self.frame.locator(f"[data-part='{name}']")

    def chapter(self, step: int) -> Locator:
        return self.frame.locator(f"[data-chapter='{step}']")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, step: int) -> None:
        self.frame.wait_for_function(
            "step => window.timemap.state().step === step", arg=step
        )

    def go(self, step: int) -> dict[str, Any]:
        """Go to a step as an embedder does, and give its state."""
        set_state(self.frame, {"step": step})
        return state(self.frame)


@pytest.fixture(scope="module")
def open_page(browser: Browser) -> Iterator[Callable[..., tuple[Page, Guard]]]:
    """Open watched pages at projector size; `options` are the context's."""
    contexts = []

    def open_one(**options: Any) -> tuple[Page, Guard]:
        size = {"width": 1280, "height": 720}
        context = browser.new_context(**{**READER, "viewport": size, **options})
        contexts.append(context)
        guard = Guard(context)
        return context.new_page(), guard

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared_pack(
    open_page: Callable[..., tuple[Page, Guard]], class_pack: Path
) -> Place:
    page, guard = open_page(offline=True)
    return Place(page, open_exported(page, class_pack), guard)


@pytest.fixture(scope="module")
def shared_class(
    open_page: Callable[..., tuple[Page, Guard]], app_server: AppServer
) -> Place:
    page, guard = open_page()
    page.goto(f"{app_server.url}/class")
    frame = map_frame(page)
    page.wait_for_url("**/class?step=0")
    return Place(page, frame, guard)


def begin(place: Place) -> Iterator[Place]:
    """Begin at the note, with the focus nowhere; end with nothing to complain of."""
    place.frame.evaluate("() => document.activeElement?.blur()")
    place.page.evaluate("() => document.activeElement?.blur()")
    place.go(0)
    yield place
    place.guard.check()


@pytest.fixture
def pack(shared_pack: Place) -> Iterator[Place]:
    yield from begin(shared_pack)


@pytest.fixture
def lesson(shared_class: Place) -> Iterator[Place]:
    yield from begin(shared_class)


@pytest.fixture(params=["pack", "frame", "page"])
def anywhere(request: pytest.FixtureRequest) -> Place:
    """Give the pack, or the dashboard with the focus in the frame or beside it."""
    name = "pack" if request.param == "pack" else "lesson"
    place: Place = request.getfixturevalue(name)
    if request.param == "frame":
        place.part("story").focus()
    if request.param == "page":
        # The page hears where the frame is once that rests.
        place.page.wait_for_function(
            "() => globalThis[Symbol.for('almaty-events-class')].host.step === 0"
        )
    return place


# Keys


def test_right_and_left_walk_all_chapters_and_wrap_nowhere(anywhere: Place) -> None:
    for step, chapter in enumerate(CHAPTERS, start=1):
        anywhere.press("ArrowRight")
        anywhere.until(step)
        title = anywhere.chapter(step).get_by_role("heading", level=2)
        expect(title).to_have_text(chapter["title"])
        expect(title).to_be_visible()
        expect(anywhere.part("story-place")).to_have_text(f"{step} of {LAST}")
    anywhere.press("ArrowRight", "ArrowLeft")
    anywhere.until(LAST - 1)
    for step in range(LAST - 2, -1, -1):
        anywhere.press("ArrowLeft")
        anywhere.until(step)
    anywhere.press("ArrowLeft", "ArrowRight")
    anywhere.until(1)


def test_a_presenters_clicker_turns_the_chapters(anywhere: Place) -> None:
    anywhere.press("PageDown", "PageDown", "PageDown", "PageUp")
    anywhere.until(2)


def test_keys_with_a_modifier_are_the_browsers(anywhere: Place) -> None:
    anywhere.press("Shift+ArrowRight", "Control+PageDown", "ArrowRight")
    anywhere.until(1)


def test_keys_that_move_something_else_turn_no_chapter(pack: Place) -> None:
    pack.go(4)
    set_state(pack.frame, {"mode": "window"})
    pack.part("story-list").click()
    fields = [pack.part("words"), pack.part("step"), pack.part("from")]
    for field in [*fields, pack.frame.locator("input[name=tm-mode]").first]:
        field.focus()
        pack.press("ArrowRight", "ArrowLeft")
        pack.press("PageDown", "PageUp")
    assert state(pack.frame)["step"] == 4


def test_arrows_turn_chapters_on_the_map_too_unless_it_is_explored(
    pack: Place,
) -> None:
    pack.go(3)
    pack.frame.locator(".folium-map").focus()
    pack.press("ArrowRight")
    pack.until(4)
    pack.part("story-explore").click()
    pack.frame.locator(".folium-map").focus()
    before = state(pack.frame)["view"]
    pack.press("ArrowRight")
    pack.frame.wait_for_function(
        "lon => window.timemap.state().view.lon > lon", arg=before["lon"]
    )
    assert state(pack.frame)["step"] == 4


def test_arrows_up_and_down_scroll_the_chapter_without_any_focus(pack: Place) -> None:
    pack.go(3)
    pack.press("ArrowDown")
    pack.frame.wait_for_function("document.querySelector('.tm-story').scrollTop > 50")


def test_space_still_plays_and_pauses(pack: Place) -> None:
    pack.go(4)
    pack.press(" ")
    expect(pack.part("root")).to_have_attribute("data-playing", "true")
    pack.press(" ")
    expect(pack.part("root")).to_have_attribute("data-playing", "false")


# What a chapter shows


def test_the_pack_and_the_dashboard_show_the_same_at_every_chapter(
    pack: Place, lesson: Place
) -> None:
    for step, chapter in enumerate(CHAPTERS, start=1):
        one, other = pack.go(step), lesson.go(step)
        assert one == other
        assert one["from"] == chapter["from"][:16]
        assert one["to"] == chapter["to"][:16]
        assert one["mode"] == chapter.get("mode", "window")
        assert one["view"] == chapter["view"]
        assert one["exploring"] is False


def test_no_chapter_shows_an_event_outside_its_window(pack: Place) -> None:
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    first = min(datetime.fromisoformat(row["earliest"]) for row in rows.values())
    for step, chapter in enumerate(CHAPTERS, start=1):
        shown = pack.go(step)["visible"]
        low, high = (datetime.fromisoformat(chapter[end]) for end in ("from", "to"))
        low = first if chapter.get("mode") == "sofar" else low
        for event in shown:
            start, end = (
                datetime.fromisoformat(rows[event][column])
                for column in ("start", "end")
            )
            assert start < high, (step, event)
            assert end > low or start == end >= low, (step, event)
        assert set(chapter["events"]) <= set(shown)


def test_a_chapter_lifts_filters_and_closes_the_card(pack: Place) -> None:
    event = CHAPTERS[0]["events"][0]
    set_state(pack.frame, {"q": "gas", "kinds": ["march"], "possible": True})
    set_state(pack.frame, {"selected": event})
    pack.press("ArrowRight")
    pack.until(1)
    now = state(pack.frame)
    assert (now["q"], now["kinds"], now["possible"]) == ("", [], False)
    assert now["selected"] is None


def test_events_a_chapter_rests_on_open_their_cards_and_close_again(
    pack: Place,
) -> None:
    pack.go(3)
    button = pack.chapter(3).locator("[data-event]").first
    button.click()
    card = pack.frame.locator(f"#tm-card-{CHAPTERS[2]['events'][0]}")
    expect(card).to_be_visible()
    expect(card.get_by_role("heading", level=2)).to_be_focused()
    pack.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()


def test_answers_are_hidden_until_asked_for_and_after_turning_back(
    pack: Place,
) -> None:
    pack.go(1)
    answer = pack.chapter(1).locator(".tm-answer").first
    expect(answer).to_be_hidden()
    pack.chapter(1).get_by_role("button", name="Show an answer").first.click()
    expect(answer).to_be_visible()
    expect(answer).to_have_text(CHAPTERS[0]["questions"][0]["answer"])
    pack.press("ArrowRight", "ArrowLeft")
    pack.until(1)
    expect(answer).to_be_hidden()


# The way on, with buttons and for those who hear


def test_the_note_speaks_of_violence_and_starts_the_story(pack: Place) -> None:
    expect(pack.chapter(0)).to_contain_text("violence and death")
    pack.frame.get_by_role("button", name="Start the story").click()
    pack.until(1)
    expect(pack.chapter(1).get_by_role("heading", level=2)).to_be_focused()


def test_next_and_previous_keep_the_focus_and_say_the_title(pack: Place) -> None:
    button = pack.frame.get_by_role("button", name="Next chapter")
    button.click()
    button.press("Enter")
    pack.until(2)
    expect(button).to_be_focused()
    words = f"Chapter 2 of {LAST}: {CHAPTERS[1]['title']}"
    expect(pack.part("story-live")).to_have_text(words)
    pack.frame.get_by_role("button", name="Previous chapter").click()
    pack.until(1)


def test_the_menu_leads_to_any_chapter(pack: Place) -> None:
    pack.frame.locator("summary", has_text="Chapters").click()
    pack.frame.get_by_role("button", name=f"6. {CHAPTERS[5]['title']}").click()
    pack.until(6)
    expect(pack.frame.locator("[aria-current=step]")).to_have_count(1)
    expect(pack.chapter(6).get_by_role("heading", level=2)).to_be_focused()
    expect(pack.part("story-menu")).not_to_have_attribute("open", "")


def test_text_size_holds_while_stepping(pack: Place) -> None:
    pack.go(1)

    def size(step: int) -> float:
        text = pack.chapter(step).locator(".tm-told p").first
        return float(text.evaluate("p => parseFloat(getComputedStyle(p).fontSize)"))

    plain = size(1)
    pack.frame.get_by_role("button", name="Larger text").click()
    larger = size(1)
    assert larger > plain
    pack.press("ArrowRight")
    pack.until(2)
    assert size(2) == larger
    pack.frame.get_by_role("button", name="Smaller text").click()
    assert size(2) == plain


# Exploring, and the way back


def test_explore_frees_the_map_and_back_returns_to_the_very_step(
    anywhere: Place,
) -> None:
    before = anywhere.go(5)
    stage = anywhere.part("stage")
    narrow = stage.bounding_box()
    anywhere.part("story-explore").click()
    wide = stage.bounding_box()
    assert narrow
    assert wide
    assert wide["width"] > narrow["width"] * 1.1
    set_state(anywhere.frame, {**EARLIER, "q": "gas"})
    set_state(anywhere.frame, {"view": {"lat": 44, "lon": 70, "zoom": 6}})
    assert state(anywhere.frame)["exploring"] is True
    anywhere.part("story-back").click()
    anywhere.frame.wait_for_function("() => !window.timemap.state().exploring")
    assert state(anywhere.frame) == before
    assert stage.bounding_box() == narrow


def test_a_change_by_hand_says_that_the_story_is_left(pack: Place) -> None:
    pack.go(4)
    expect(pack.part("story-left")).to_be_hidden()
    pack.part("to").press("ArrowRight")
    expect(pack.part("story-left")).to_be_visible()
    pack.part("to").press("ArrowLeft")
    expect(pack.part("story-left")).to_be_hidden()
    pack.frame.locator("[data-group]").first.click()
    expect(pack.part("story-left")).to_be_visible()


def test_a_marchs_play_grows_to_its_end_and_pauses_there(pack: Place) -> None:
    step = MARCHES[0]
    pack.go(step)
    with (ROOT / "data" / "routes.geojson").open(encoding="utf-8") as file:
        routes = {route["id"]: route for route in json.load(file)["routes"]}
    route = routes[CHAPTERS[step - 1]["route"]]
    pack.frame.get_by_role("button", name="Play this march").click()
    # The reader's own choice of speed holds while it plays.
    pack.part("speed").select_option("240")
    expect(pack.frame.get_by_role("button", name="Pause the march")).to_be_visible()
    expect(pack.part("root")).to_have_attribute("data-playing", "false")
    now = state(pack.frame)
    assert (now["from"], now["to"]) == (route["start"][:16], route["end"][:16])
    assert now["step"] == step


def test_turning_a_chapter_ends_the_play(pack: Place) -> None:
    pack.go(MARCHES[0])
    pack.frame.get_by_role("button", name="Play this march").click()
    pack.press("ArrowRight")
    pack.until(MARCHES[0] + 1)
    expect(pack.part("root")).to_have_attribute("data-playing", "false")
    assert state(pack.frame)["exploring"] is False


def test_only_chapters_with_a_march_offer_to_play_it(pack: Place) -> None:
    for step in range(LAST + 1):
        pack.go(step)
        is_offered = pack.part("story-march").is_visible()
        assert is_offered == (step in MARCHES), step


# Motion

ZOOM = "() => map_timemap.getZoom()"
# The zoom at once after a step, after the frames it may take, and at rest.
STEP_AND_WATCH = """async longest_ms => {
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    const frame = () => new Promise(requestAnimationFrame);
    await frame(); await frame();
    const soon = map_timemap.getZoom();
    await new Promise(done => setTimeout(done, longest_ms));
    return [soon, map_timemap.getZoom()];
}"""


def test_a_step_flies_and_lands_in_time(pack: Place) -> None:
    pack.go(1)
    wanted = CHAPTERS[1]["view"]["zoom"]
    pack.part("story").focus()
    soon, late = pack.frame.evaluate(STEP_AND_WATCH, LONGEST_FLIGHT_MS)
    assert abs(soon - wanted) > 1
    assert late == pytest.approx(wanted)


def test_where_less_motion_is_asked_for_a_step_jumps(
    open_page: Callable[..., tuple[Page, Guard]], class_pack: Path
) -> None:
    page, guard = open_page(reduced_motion="reduce", offline=True)
    open_exported(page, class_pack, "step=1")
    soon, _ = page.evaluate(STEP_AND_WATCH, 0)
    assert soon == pytest.approx(CHAPTERS[1]["view"]["zoom"])
    guard.check()


def test_nothing_moves_by_itself(pack: Place) -> None:
    before = pack.go(5)
    pack.frame.evaluate("() => new Promise(done => setTimeout(done, 1000))")
    assert state(pack.frame) == before


# Addresses


def test_a_link_opens_at_its_chapter(page: Page, app_server: AppServer) -> None:
    page.goto(f"{app_server.url}/class?step=4")
    frame = map_frame(page)
    frame.wait_for_function("() => window.timemap.state().step === 4")
    title = frame.get_by_role("heading", name=CHAPTERS[3]["title"])
    expect(title).to_be_visible()
    assert state(frame)["view"] == CHAPTERS[3]["view"]
    page.wait_for_url("**/class?step=4")


def test_the_fragment_of_a_pack_opens_what_was_explored_at_a_step(
    pack: Place, class_pack: Path
) -> None:
    pack.go(LAST)
    set_state(pack.frame, {**EARLIER, "mode": "window", "q": "gas"})
    pack.page.wait_for_url("**q=gas**")
    explored = state(pack.frame)
    address = pack.page.url.partition("#")[2]
    pack.page.goto("about:blank")
    assert state(open_exported(pack.page, class_pack, address)) == explored


def test_a_step_there_is_not_is_left_out_of_the_link_and_named(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/class?step={LAST + 1}")
    expect(page.get_by_text(f"step={LAST + 1}")).to_be_visible()
    assert state(map_frame(page))["step"] == 0


def test_coming_back_to_the_class_returns_to_the_step_and_the_map_to_its_view(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/?q=fire")
    map_frame(page).wait_for_function("() => timemap.state().q === 'fire'")
    page.get_by_role("link", name="Class", exact=True).click()
    page.wait_for_url("**/class?step=0")
    map_frame(page)
    # Keys count once the server has said at which step the class is.
    page.wait_for_function(
        "() => globalThis[Symbol.for('almaty-events-class')]?.host?.isSet"
    )
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/class?step=1")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_url("**q=fire**")
    frame = map_frame(page)
    frame.wait_for_function("() => timemap.state().q === 'fire'")
    assert "step" not in state(frame)
    page.get_by_role("link", name="Class", exact=True).click()
    page.wait_for_url("**/class?step=1")
    frame = map_frame(page)
    frame.wait_for_function("() => timemap.state().step === 1")


def test_the_page_gives_the_pack(lesson: Place, class_pack: Path) -> None:
    # By key: a click at once after scrolling would still go to the frame.
    with lesson.page.expect_download() as download:
        lesson.page.get_by_role("button", name=".class.html").press("Enter")
    assert Path(download.value.path()).read_bytes() == class_pack.read_bytes()


# Sizes


def test_escape_leaves_full_screen_and_nothing_else(anywhere: Place) -> None:
    anywhere.go(3)
    is_full = "() => document.fullscreenElement !== null"
    anywhere.frame.get_by_role("button", name="Full screen").click()
    anywhere.frame.wait_for_function(is_full)
    anywhere.press("ArrowRight")
    anywhere.until(4)
    anywhere.press("Escape")
    anywhere.frame.wait_for_function(f"() => !({is_full})()")
    assert state(anywhere.frame)["step"] == 4


@pytest.mark.parametrize("size", PROJECTORS, ids=lambda size: str(size[0]))
def test_a_projector_shows_the_text_large_and_all_of_it_can_be_reached(
    anywhere: Place, size: tuple[int, int]
) -> None:
    width, height = size
    anywhere.page.set_viewport_size({"width": width, "height": height})
    try:
        for step in range(LAST + 1):
            anywhere.go(step)
            check_reach(anywhere, step)
        box = anywhere.part("stage").bounding_box()
        assert box
        assert box["width"] > width * 0.5
        assert box["height"] > height * 0.5
    finally:
        anywhere.page.set_viewport_size({"width": 1280, "height": 720})


def check_reach(place: Place, step: int) -> None:
    """Hold what holds of every chapter on a projector."""
    found = place.frame.evaluate(
        """step => {
            const story = document.querySelector(".tm-story");
            const next = document.querySelector("[data-part=story-next]").getBoundingClientRect();
            story.scrollTop = 1e6;
            const end = document.querySelector(`[data-chapter="${step}"]`).getBoundingClientRect().bottom;
            const told = document.querySelector(`[data-chapter="${step}"] .tm-told p`);
            return { sideways: document.documentElement.scrollWidth - innerWidth,
                within: story.scrollWidth - story.clientWidth,
                text: parseFloat(getComputedStyle(told).fontSize),
                below: next.bottom - innerHeight,
                hidden: end - story.getBoundingClientRect().bottom };
        }""",
        step,
    )
    assert found["sideways"] <= 0
    assert found["within"] <= 0
    assert found["text"] >= LEAST_TEXT_PX
    assert found["below"] <= 0
    assert found["hidden"] <= 0


def test_a_phone_stacks_story_map_and_timeline(pack: Place) -> None:
    pack.page.set_viewport_size({"width": 375, "height": 740})
    try:
        pack.go(3)
        overflow = "() => document.documentElement.scrollWidth - innerWidth"
        assert pack.frame.evaluate(overflow) <= 0
        boxes = [pack.part(name).bounding_box() for name in ("story", "stage")]
        story, stage = (box for box in boxes if box)
        assert stage["y"] >= story["y"] + story["height"]
        expect(pack.part("story-next")).to_be_in_viewport()
    finally:
        pack.page.set_viewport_size({"width": 1280, "height": 720})
