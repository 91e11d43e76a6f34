"""The machine's own Chromium, and the options under which it is driven."""

import os
import shutil
from typing import TypedDict

from playwright.sync_api import ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What Playwright switches off, which a list of ours replaces, and the pages that
# Chromium keeps ready below an address bar nobody sees: they cost a second of a
# processor for each new context.
DISABLED_FEATURES = (
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "AimEnabled",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)

# Without the background flags Chromium looks up its maker's hosts at every
# start; without a GPU it renders the same on a laptop and in CI.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(DISABLED_FEATURES)}",
)


class LaunchOptions(TypedDict):
    """What `BrowserType.launch` is given."""

    executable_path: str
    args: list[str]


class ContextOptions(TypedDict):
    """What `Browser.new_context` is given."""

    timezone_id: str
    locale: str
    viewport: ViewportSize


# A reader far from Almaty: whatever shows the viewer's clock fails a test.
READER: ContextOptions = {
    "timezone_id": "America/New_York",
    "locale": "en-US",
    "viewport": {"width": 1440, "height": 900},
}


def chromium_path() -> str:
    """Find Chromium or Chrome, or say how to get one.

    Raises
    ------
    FileNotFoundError
        If neither $CHROMIUM nor any usual name leads to one.
    """
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    for name in names:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"none of {', '.join(names)} was found: `make chromium` installs Debian's, "
        "or name yours in $CHROMIUM"
    )


def launch_options() -> LaunchOptions:
    """Name the browser and its flags."""
    return {"executable_path": chromium_path(), "args": list(FLAGS)}
