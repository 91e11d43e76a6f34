"""Ways to a map that is ready, in the dashboard or in a page from disk."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

READY = "() => window.timemap !== undefined"
READY_WITHIN_MS = 60_000


def map_frame(page: Page) -> Frame:
    """Return the dashboard's sandboxed frame once its map is ready."""
    iframe = page.locator("iframe[sandbox][srcdoc], iframe[sandbox][src]").first
    iframe.wait_for(state="attached", timeout=READY_WITHIN_MS)
    frame = iframe.element_handle().content_frame()
    if frame is None:
        raise RuntimeError("the map's iframe holds no frame")
    frame.wait_for_function(READY, timeout=READY_WITHIN_MS)
    return frame


def open_map(page: Page, url: str) -> Frame:
    """Go to a page of the dashboard and return its map's frame."""
    page.goto(url)
    return map_frame(page)


def open_exported(page: Page, path: Path, fragment: str = "") -> Frame:
    """Open a page from disk and return its main frame, the map ready in it."""
    page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    page.wait_for_function(READY, timeout=READY_WITHIN_MS)
    return page.main_frame


def state(frame: Frame) -> dict[str, Any]:
    """Return `timemap.state()`."""
    result: dict[str, Any] = frame.evaluate("() => window.timemap.state()")
    return result


def set_state(frame: Frame, partial: Mapping[str, Any]) -> None:
    """Call `timemap.set` and wait until the two frames it may take have passed."""
    frame.evaluate(
        """async partial => {
            window.timemap.set(partial);
            const frame = () => new Promise(requestAnimationFrame);
            await frame();
            await frame();
            await new Promise(done => setTimeout(done));
        }""",
        partial,
    )
