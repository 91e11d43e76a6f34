"""What axe-core finds wrong with a page, all its frames included.

axe-core comes in the package axe-playwright-python, so that no npm is needed.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# WCAG 2.2 to level AA, and axe's advice on headings, landmarks and the like.
# Named, because axe leaves 2.2 out by default.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# The map's sandboxed frame has an origin of its own: axe speaks to it only if
# told to.
_PREPARE = "() => axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] })"

_RUN = """async rules => {
    // A busy frame may take its time to answer.
    const options = { runOnly: rules, pingWaitTime: 10_000,
        resultTypes: ["violations", "incomplete"] };
    const { violations, incomplete } = await axe.run(document, options);
    const unseen = incomplete.filter(({ id }) => id === "frame-tested");
    return [...violations, ...unseen].flatMap(({ id, help, nodes }) => nodes.map(
        ({ target, html }) => ({ id, help, target, html: html.slice(0, 300) })));
}"""


def faults(page: Page) -> list[str]:
    """Run axe on what the page shows now; one line a fault, none if it is fine.

    A frame that axe could not look into is a fault, too.
    """
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
        frame.evaluate(_PREPARE)
    found: list[dict[str, Any]] = page.evaluate(_RUN, list(RULES))
    return [_line(fault) for fault in found]


def _line(fault: dict[str, Any]) -> str:
    where = " in ".join(str(part) for part in reversed(fault["target"]))
    return f"{fault['id']} ({fault['help']}) at {where}: {fault['html']}"
