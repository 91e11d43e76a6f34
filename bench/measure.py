"""The run: for each size, rounds in which all subjects take turns.

Each turn has a server and a browser of its own, so that nobody pays for what
another left behind, and one that hangs takes nobody along.
"""

import gzip
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench.assets import NoScriptsError, fetch, serve_scripts
from bench.expected import Events, events_of
from bench.figures import Figures, Run
from bench.rows import SHIPPED
from bench.subjects import EMPTY, OURS, Subject
from bench.turn import Turn, reason, say, take
from tests.browser.chromium import READER, launch_options
from tests.browser.server import ROOT, serve_app

PACKAGES = ("streamlit", "folium", "streamlit-folium", "pydeck", "plotly")
# As this project's own configuration has it.
OWN_OPTIONS = ("--runner.postScriptGC", "false")
# Nothing outside this machine is ever asked, nor waited for.
NO_HOSTS = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass(frozen=True)
class Plan:
    """What is to be measured."""

    subjects: Sequence[Subject]
    sizes: Sequence[int]
    rounds: int = 2
    loads: int = 2
    """Loads that count, each round."""


def measure(plan: Plan) -> Run:
    """Measure everything."""
    run = Run(rounds=plan.rounds)
    began = time.monotonic()
    run.page_bytes, run.page_gzip_bytes = export_sizes()
    no_scripts = _why_no_scripts(plan)
    with serve_scripts() as assets, sync_playwright() as playwright:
        for size in plan.sizes:
            stage = Stage(playwright, assets, run, size, events_of(size))
            for i, subject in turns(plan):
                if subject.needs_npm and no_scripts:
                    stage.figures(subject).why["load"] = no_scripts
                if "load" not in stage.figures(subject).why:
                    say(f"{size:,} events, round {i + 1}: {subject.key}")
                    stage.play(subject, plan.loads)
    run.seconds = time.monotonic() - began
    return run


def turns(plan: Plan) -> Iterator[tuple[int, Subject]]:
    """Give whose turn it is in which round; every other goes the other way round."""
    order = [EMPTY, *plan.subjects]
    for i in range(plan.rounds):
        for subject in order if i % 2 == 0 else reversed(order):
            yield i, subject


@dataclass(frozen=True)
class Stage:
    """Where all turns at one size take place."""

    playwright: Playwright
    assets: str
    run: Run
    size: int
    events: Events

    def figures(self, subject: Subject) -> Figures:
        """Return what is known of a subject here."""
        return self.run.cell(subject.key, self.size)

    def play(self, subject: Subject, loads: int) -> None:
        """Give a subject its turn; what goes wrong is said in its cell."""
        try:
            with self._set(subject) as turn:
                take(turn, loads, self.run)
        except RuntimeError as error:  # of its server
            self.figures(subject).why["load"] = reason(str(error))

    @contextmanager
    def _set(self, subject: Subject) -> Iterator[Turn]:
        """Start a server and a browser for one turn."""
        env = {
            "PEER_SIZE": str(self.size),
            "PEER_ASSETS": self.assets,
            "PYTHONPATH": str(ROOT),
        }
        options = OWN_OPTIONS if subject is OURS else ()
        chromium = launch_options()
        chromium["args"].append(NO_HOSTS)
        with serve_app(subject.script(self.size), env=env, options=options) as server:
            browser = self.playwright.chromium.launch(**chromium)
            self.run.made_with = circumstances(browser.version)
            try:
                yield Turn(
                    subject=subject,
                    server=server,
                    browser=browser,
                    context=browser.new_context(**READER),
                    events=self.events,
                    figures=self.figures(subject),
                    is_shipped=self.size == SHIPPED,
                )
            finally:
                browser.close()


def export_sizes() -> tuple[int, int]:
    """Write the self-contained page; return its bytes, raw and gzipped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "almaty.html"
        command = [sys.executable, "-m", "geo", "export", "html", "-o", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        page = path.read_bytes()
    return len(page), len(gzip.compress(page))


def circumstances(chromium: str) -> str:
    """Say when, where and with which versions it is measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors, Python {platform.python_version()}, "
        f"headless Chromium {chromium} without GPU, {packages}"
    )


def _why_no_scripts(plan: Plan) -> str:
    """Fetch the scripts of peers that need some; "" if all is well."""
    if not any(subject.needs_npm for subject in plan.subjects):
        return ""
    try:
        fetch()
    except NoScriptsError as error:
        return str(error)
    return ""
