"""WCAG 2.2 AA as far as a machine can tell, on each page and in each state.

axe-core looks at every page by light and by dark, at cards, lists and menus,
and into the map's frame. Sizes, themes and reflow are measured here; what a
keyboard does is in test_keyboard.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Frame, Page, expect

from geo.texts import LANGUAGES
from tests import cast
from tests.browser.axe import faults
from tests.browser.exports import export
from tests.browser.maps import map_frame, open_exported, set_state
from tests.browser.server import ROOT, AppServer

Serve = Callable[..., AppServer]
Scheme: TypeAlias = Literal["light", "dark"]
# A walk through what a page can show; yields the name of each sight.
Walk: TypeAlias = Callable[[Page, Frame], Iterator[str]]

PICTURES = ROOT / "test-results"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# The exported pages are looked at in both; the pages around the same map, in `make test-long`.
LONG_DARK = pytest.param("dark", marks=pytest.mark.long)
AFTERNOON = {"from": "2022-01-05T14:00", "to": "2022-01-05T16:00"}
CARD = "akimat-broken-into"
CHAPTER_WITH_MARCH = 3


# Walks


def walk_map(page: Page, frame: Frame) -> Iterator[str]:
    yield "opening"
    set_state(frame, {**AFTERNOON, "possible": True, "kinds": ["clash"]})
    yield "filtered"
    set_state(frame, {"kinds": [], "possible": False, "selected": CARD})
    yield "card"
    set_state(frame, {"selected": None})
    frame.locator(".tm-mark[data-places*='almaty-akimat']").focus()
    page.keyboard.press("Enter")
    expect(frame.locator("[data-part=place]")).to_be_visible()
    yield "list of a place"
    page.keyboard.press("Escape")
    open_details(frame, ".tm-panel details")
    yield "opened entries"
    set_state(frame, {"q": "nothing has these words"})
    yield "nothing found"


def walk_desk(page: Page, frame: Frame) -> Iterator[str]:
    expect(page.locator(".almaty-head")).not_to_be_empty()
    page.locator(".almaty-quoted").first.wait_for()
    yield "opening"
    open_details(page.main_frame, ".st-key-desk details")
    page.locator("[name=from_day]").fill("05.01.2022")
    page.locator("[name=actor]").fill("nobody of this name")
    expect(page.locator("[data-problem=from]")).not_to_be_empty()
    yield "all filters, a problem and no answer"
    page.locator("[data-clear]").click()
    page.locator(f"tr[data-id='{CARD}'] button").click()
    expect(frame.locator(f"#tm-card-{CARD}")).to_be_visible()
    yield "card"


def walk_class(page: Page, frame: Frame) -> Iterator[str]:
    yield "note before the story"
    set_state(frame, {"step": CHAPTER_WITH_MARCH})
    frame.locator("[data-answer]:visible").first.click()
    yield "chapter with an answer"
    frame.locator("[data-part=story-menu] summary").click()
    yield "menu of chapters"
    page.keyboard.press("Escape")
    frame.locator("[data-part=story-explore]").click()
    yield "exploring"
    frame.locator("[data-part=story-list]").click()
    yield "list"
    set_state(frame, {"step": CHAPTER_WITH_MARCH, "selected": CARD})
    yield "card"


def walk_sources(page: Page, _: Frame) -> Iterator[str]:
    page.locator("#licences").wait_for()
    yield "opening"
    page.get_by_test_id("stExpander").locator("summary").click()
    yield "opened list"


def glance(_: Page, frame: Frame) -> Iterator[str]:
    yield "opening"
    set_state(frame, {"selected": CARD})
    yield "card"


def glance_at_desk(page: Page, frame: Frame) -> Iterator[str]:
    sights = walk_desk(page, frame)
    next(sights)
    yield next(sights)


def walk_own(page: Page, _: Frame) -> Iterator[str]:
    page.locator(".almaty-own-zone").wait_for()
    yield "opening"


WALKS: dict[str, Walk] = {
    "": walk_map,
    "desk": walk_desk,
    "class": walk_class,
    "own": walk_own,
    "sources": walk_sources,
}
# What the frame can show besides is looked at where it is the whole page: axe
# takes long in a frame. `make test-long` walks here, too.
GLANCES = WALKS | {"": glance, "desk": glance_at_desk, "class": glance}
PAGES = list(WALKS)
WITHOUT_MAP = ("own", "sources")


def open_details(frame: Frame, selector: str) -> None:
    """Open everything that unfolds, as a reader who looks everywhere."""
    frame.locator(selector).evaluate_all(
        "all => all.forEach(one => { one.open = true; })"
    )


def open_page(page: Page, server: AppServer, path: str, language: str = "en") -> Frame:
    """Open a page of the dashboard; gives its map's frame, or its own."""
    page.goto(f"{server.url}/{path}?lang={language}")
    page.locator(f"html[lang={language}]").wait_for(state="attached")
    return page.main_frame if path in WITHOUT_MAP else map_frame(page)


def check_walk(page: Page, frame: Frame, walk: Walk) -> None:
    """Look at each sight of a walk through axe's eyes."""
    for sight in walk(page, frame):
        found = faults(page)
        assert not found, f"{sight}:\n" + "\n".join(found)


# axe


@pytest.mark.parametrize("scheme", ["light", LONG_DARK])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault_on_a_page(
    page: Page, app_server: AppServer, path: str, scheme: Scheme
) -> None:
    page.emulate_media(color_scheme=scheme)
    check_walk(page, open_page(page, app_server, path), GLANCES[path])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_fault_in_the_exported_page(
    page: Page, exported_page: Path, scheme: Scheme
) -> None:
    page.emulate_media(color_scheme=scheme)
    check_walk(page, open_exported(page, exported_page), walk_map)


@pytest.mark.parametrize("scheme", ["light", LONG_DARK])
def test_axe_finds_no_fault_in_the_class_pack(
    page: Page, class_pack: Path, scheme: Scheme
) -> None:
    page.emulate_media(color_scheme=scheme)
    check_walk(page, open_exported(page, class_pack), walk_class)


def test_axe_finds_no_fault_where_a_link_cannot_be_kept_whole(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/?from=05.01.2022&corroboration=independent")
    map_frame(page)
    page.get_by_text("from=05.01.2022").wait_for()
    assert faults(page) == []


def test_axe_finds_no_fault_in_an_embedded_map(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/?embed=true")
    map_frame(page)
    assert faults(page) == []


def test_axe_finds_no_fault_where_data_are_broken(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    cast.write(tmp_path)
    (tmp_path / "claims.csv").unlink()
    server = serve(env={"ALMATY_MAP_DATA": str(tmp_path)})
    page.goto(server.url)
    page.get_by_text("claims.csv").first.wait_for()
    assert faults(page) == []


# axe, in every language and at every chapter


def walk_chapters(page: Page, frame: Frame) -> Iterator[str]:
    for step in range(frame.locator("[data-chapter]").count()):
        set_state(frame, {"step": step})
        yield f"step {step}"
    yield from walk_class(page, frame)


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault_in_any_language(
    page: Page, app_server: AppServer, language: str, path: str, scheme: Scheme
) -> None:
    page.emulate_media(color_scheme=scheme)
    frame = open_page(page, app_server, path, language)
    check_walk(page, frame, walk_chapters if path == "class" else WALKS[path])


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("form", "walk"), [("html", walk_map), ("class", walk_chapters)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault_in_an_exported_page_of_any_language(
    page: Page, tmp_path: Path, language: str, form: str, walk: Walk, scheme: Scheme
) -> None:
    path = export(form, tmp_path / f"{form}.html", "--lang", language)
    page.emulate_media(color_scheme=scheme)
    check_walk(page, open_exported(page, path), walk)


# The document


@pytest.mark.parametrize("form", ["exported_page", "class_pack"])
def test_an_exported_page_has_one_title_and_one_main_part(
    page: Page, request: pytest.FixtureRequest, form: str
) -> None:
    open_exported(page, request.getfixturevalue(form))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)


def test_each_language_is_offered_in_its_own_tongue(
    page: Page, app_server: AppServer
) -> None:
    open_page(page, app_server, "sources")
    buttons = page.locator(".almaty-language button")
    expect(buttons).to_have_count(len(LANGUAGES))
    spoken = buttons.evaluate_all("all => all.map(one => one.lang)")
    assert tuple(spoken) == LANGUAGES


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_title_in_another_language_says_which(
    page: Page, app_server: AppServer, language: str
) -> None:
    frame = open_page(page, app_server, "", language)
    set_state(frame, {"selected": CARD})
    title = frame.locator(f"#tm-card-{CARD} .tm-sources a").first
    expect(title).to_have_attribute("lang", "en")
    open_page(page, app_server, "sources", language)
    title = page.locator(".almaty-sources a").first
    expect(title).to_have_attribute("lang", "en")


# Targets


# Interactive elements in sight that are smaller than 24 by 24 CSS pixels
# (success criterion 2.5.8), a link in a line of text excepted. A box to tick is
# as large as its label; what only a focus brings up is no target.
SMALL_TARGETS = """() => {
    const wanted = "a[href], button, input, select, textarea, summary, "
        + "[role=button], [role=slider], [tabindex='0']";
    const isTyped = new Set(["checkbox", "radio"]);
    const target = (one) => (isTyped.has(one.type) ? one.closest("label") ?? one : one);
    const stands = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && one.getBoundingClientRect().width > 1;
    const isInText = (one) => getComputedStyle(one).display === "inline" && one.tagName === "A"
        && one.parentElement.textContent.trim() !== one.textContent.trim();
    return [...document.querySelectorAll(wanted)].map(target)
        .filter((one) => stands(one) && !isInText(one))
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < 23.99)
        .map(({ one, box }) => `${box.width} x ${box.height}: ${one.outerHTML.slice(0, 200)}`);
}"""


@pytest.mark.parametrize("width", [375, pytest.param(1440, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", PAGES)
def test_every_target_is_large_enough_to_hit(
    page: Page, app_server: AppServer, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    frame = open_page(page, app_server, path)
    for sight in WALKS[path](page, frame):
        small = [line for each in page.frames for line in each.evaluate(SMALL_TARGETS)]
        assert not small, f"{sight}:\n" + "\n".join(small)


# Reflow


# What a narrow window would hide: the sideways scroll of the page, and whatever
# reaches beyond its right edge but in a strip that scrolls by itself.
CUT_OFF = """() => {
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const isDrawn = (one) => one.closest(".leaflet-container, .tm-scales, svg") !== null;
    const isHeardOnly = (one) => one.closest(".tm-hear, .almaty-hear, .almaty-claims thead") !== null;
    const inStrip = (one) => {
        for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
            if (scrolls(up) && up.scrollWidth > up.clientWidth) return true;
        }
        return false;
    };
    const hasOwnText = (one) => [...one.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const cut = [...document.body.querySelectorAll("*")].filter((one) => isSeen(one)
        && (hasOwnText(one) || one.matches("button, input, select, a"))
        && !isDrawn(one) && !isHeardOnly(one)
        && one.getBoundingClientRect().right > innerWidth + 1 && !inStrip(one));
    const scroller = document.querySelector("[data-testid=stMain]") ?? document.documentElement;
    const sideways = scroller.scrollWidth - scroller.clientWidth;
    return [...(sideways > 0 ? [`scrolls sideways by ${sideways}`] : []),
        ...cut.map((one) => one.outerHTML.slice(0, 200))];
}"""

# A window of 1440 by 900 at 200 %, and the least width of criterion 1.4.10.
# 200 % of a small window, and a narrow one.
NARROW = [pytest.param((720, 450), marks=pytest.mark.long), (320, 640)]


@pytest.mark.parametrize("size", NARROW, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_window_hides_nothing(
    page: Page, app_server: AppServer, path: str, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    frame = open_page(page, app_server, path)
    for sight in WALKS[path](page, frame):
        name = f"{path or 'map'}-{sight.replace(' ', '-')}-{width}"
        page.screenshot(path=PICTURES / "narrow" / f"{name}.png")
        cut = [line for each in page.frames for line in each.evaluate(CUT_OFF)]
        assert not cut, f"{sight}:\n" + "\n".join(cut)


@pytest.mark.parametrize("size", NARROW, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("form", ["exported_page", "class_pack"])
def test_a_narrow_window_hides_nothing_of_an_exported_page(
    page: Page, request: pytest.FixtureRequest, form: str, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    frame = open_exported(page, request.getfixturevalue(form))
    walk = walk_class if form == "class_pack" else walk_map
    for sight in walk(page, frame):
        cut = frame.evaluate(CUT_OFF)
        assert not cut, f"{sight}:\n" + "\n".join(cut)


# Forced colours and stillness


# Whether something has an edge or a ground that differs from what lies round it.
STANDS_OUT = """(one, pseudo) => {
    const own = getComputedStyle(one, pseudo);
    const round = getComputedStyle(document.body).backgroundColor;
    const edge = parseFloat(own.borderTopWidth) > 0 && own.borderTopStyle !== "none"
        && own.borderTopColor !== round;
    const clear = ["rgba(0, 0, 0, 0)", round];
    return edge || !clear.includes(own.backgroundColor);
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_leave_handles_and_windows_in_sight(
    page: Page, exported_page: Path, scheme: Scheme
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    frame = open_exported(page, exported_page)
    set_state(frame, AFTERNOON)
    page.screenshot(path=PICTURES / f"forced-colours-{scheme}.png")
    for name in ("from", "to"):
        handle = frame.locator(f"[data-part={name}]")
        assert handle.evaluate(STANDS_OUT, "::after"), name
    for name in ("window", "overview-window", "brush", "play"):
        assert frame.locator(f"[data-part={name}]").evaluate(STANDS_OUT), name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_tell_a_pressed_chip_from_others(
    page: Page, exported_page: Path, scheme: Scheme
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    frame = open_exported(page, exported_page)
    chips = frame.locator("[data-group]")
    chips.nth(1).click()
    page.mouse.move(0, 0)
    looks = chips.evaluate_all(
        """all => all.map((one) => {
            const { backgroundColor, borderColor, color } = getComputedStyle(one);
            return [backgroundColor, borderColor, color].join();
        })"""
    )
    assert looks[1] != looks[0]
    assert looks[0] == looks[2]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colours_leave_marks_and_rings_in_sight(
    page: Page, exported_page: Path, scheme: Scheme
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    frame = open_exported(page, exported_page)
    set_state(frame, AFTERNOON)
    ground = frame.evaluate("() => getComputedStyle(document.body).backgroundColor")
    for drawn, part in [
        (".tm-mark-paper", "stroke"),
        (".tm-mark-count", "fill"),
        (".tm-circle", "stroke"),
    ]:
        colour = frame.locator(drawn).first.evaluate(
            "(one, part) => getComputedStyle(one)[part]", part
        )
        assert colour not in ("none", ground), drawn


def test_where_less_motion_is_asked_for_nothing_is_animated(
    page: Page, exported_page: Path
) -> None:
    page.emulate_media(reduced_motion="reduce")
    frame = open_exported(page, exported_page)
    frame.locator("[data-group]").first.click()
    frame.locator(".leaflet-control-zoom-in").click()
    assert frame.evaluate("() => document.getAnimations().length") == 0
