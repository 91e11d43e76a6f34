"""A filter on the Desk, timed from the click to exactly the expected rows."""

from collections.abc import Iterator

from playwright.sync_api import BrowserContext

from geo.dataset import Dataset
from geo.query import Query, select
from geo.vocab import Kind
from tests.browser.maps import open_map
from tests.browser.server import AppServer

KINDS = (Kind.FIRE, Kind.CLASH, Kind.MARCH, Kind.SHOOTING)
REST_MS = 800

# Resolves in the frame in which the table's rows are the expected ones.
CLICK = """([kind, expected, restMs]) => new Promise((done) => {
  const rows = () => [...document.querySelectorAll("tr[data-id]:not([hidden])")]
    .map((row) => row.dataset.id).sort().join();
  const start = performance.now();
  const look = () => {
    if (rows() !== expected) { requestAnimationFrame(look); return; }
    const took = performance.now() - start;
    setTimeout(() => done(took), restMs);
  };
  document.querySelector(`input[name=kinds][value=${kind}]`).click();
  look();
})"""


def filter_to_table(
    context: BrowserContext, server: AppServer, dataset: Dataset
) -> list[float]:
    """Check and clear one kind after the other; return milliseconds."""
    page = context.new_page()
    open_map(page, f"{server.url}/desk")
    page.locator(".almaty-head:not(:empty)").wait_for()
    page.wait_for_timeout(REST_MS)
    took = [
        float(page.evaluate(CLICK, [kind.value, expected, REST_MS]))
        for kind, expected in _clicks(dataset)
    ]
    page.close()
    return took


def _clicks(dataset: Dataset) -> Iterator[tuple[Kind, str]]:
    """Give each click and the ids, sorted and joined, that it leads to."""
    for kind in KINDS:
        for kinds in ((kind,), ()):
            visible = select(dataset, Query(kinds=kinds)).visible
            yield kind, ",".join(sorted(visible))
