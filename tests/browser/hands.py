"""What a reader's hand and eye do on the map, in words a test can use."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

# As many frames as the contract grants, told by the screen's own clock.
FRAMES_GRANTED = 2


@dataclass(frozen=True)
class Mark:
    """One place marker on the map, as it stands in the document."""

    places: frozenset[str]
    count: int
    words: str


def marks(page: Page) -> list[Mark]:
    """Read the marks off the document."""
    found: list[dict[str, str]] = page.evaluate(
        """() => [...document.querySelectorAll(".tm-mark")].map(mark =>
            ({...mark.dataset, words: mark.getAttribute("aria-label")}))"""
    )
    return [
        Mark(frozenset(one["places"].split()), int(one["count"]), one["words"])
        for one in found
    ]


def count_at(page: Page, place: str) -> int:
    """Return the number on the mark that stands for a place; 0 without a mark."""
    return sum(mark.count for mark in marks(page) if place in mark.places)


def part(page: Page, name: str) -> Locator:
    """Find a part of the map by the name the script gives it."""
    return page.locator(f"[data-part='{name}']")


def item(page: Page, title: str) -> Locator:
    """Find the button of an event in the list."""
    return page.locator(".tm-item button").filter(has=page.get_by_text(title)).first


def listed_titles(page: Page) -> list[str]:
    """Read the titles in sight in the list, in their order."""
    # What lies below the fold has text but is not laid out.
    return page.locator(".tm-item:visible b").all_text_contents()


def headings(page: Page) -> dict[str, int]:
    """Read the list's headings in sight and the number beside each."""
    sections = page.locator("[data-scope]:visible .tm-scope").all_text_contents()
    pairs = (text.rsplit(maxsplit=1) for text in sections)
    return {name: int(number) for name, number in pairs}


def state(page: Page) -> dict[str, Any]:
    """Return `timemap.state()`."""
    result: dict[str, Any] = page.evaluate("() => window.timemap.state()")
    return result


def set_state(page: Page, **partial: Any) -> None:
    """Call `timemap.set` and let the frames it may take pass; `from_` is `from`."""
    named = {name.rstrip("_"): value for name, value in partial.items()}
    page.evaluate(
        """async ([partial, frames]) => {
            window.timemap.set(partial);
            for (let i = 0; i < frames; i += 1) await new Promise(requestAnimationFrame);
        }""",
        [named, FRAMES_GRANTED],
    )


def until_state(page: Page, condition: str) -> None:
    """Wait until a condition on `state` holds, written in JavaScript."""
    page.wait_for_function(f"() => (state => {condition})(window.timemap.state())")


def middle(handle: Locator) -> tuple[float, float]:
    """Give the middle of something on screen, in CSS pixels."""
    box = handle.bounding_box()
    assert box, "it is not on screen"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
