"""Fixtures for tests in a real Chromium: `page` is watched by a `guard`.

A test that makes pages by itself asks for `guard` too, or for a Guard of its own
round each further context.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import READER, launch_options
from tests.browser.exports import export
from tests.browser.guard import Guard
from tests.browser.server import ROOT, AppServer, serve_app

HERE = Path(__file__).parent
SERVERS = pytest.StashKey[list[AppServer]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Let what the guard saw fail the test itself, so that a screenshot is kept."""
    result = yield
    if isinstance(guard := pyfuncitem.funcargs.get("guard"), Guard):
        guard.check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers printed beside a failed test."""
    report = yield
    if report.failed:
        for server in item.config.stash.get(SERVERS, []):
            report.sections.append((f"log of {server.url}", server.log()))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, **READER}


@pytest.fixture
def guard(context: BrowserContext) -> Guard:
    return Guard(context)


@pytest.fixture
def page(guard: Guard, page: Page) -> Page:
    """Watch the page from its first request on."""
    return page


Serve = Callable[..., AppServer]


@pytest.fixture(scope="session")
def serve(pytestconfig: pytest.Config) -> Iterator[Serve]:
    """Start further servers: `serve(env={...})`; stopped when the session ends."""
    running = pytestconfig.stash.setdefault(SERVERS, [])
    with ExitStack() as servers:

        def start(
            script: Path = ROOT / "app.py", *, env: dict[str, str] | None = None
        ) -> AppServer:
            server = servers.enter_context(serve_app(script, env=env))
            running.append(server)
            return server

        yield start
        running.clear()


@pytest.fixture(scope="session")
def app_server(serve: Serve) -> Iterator[AppServer]:
    """Serve the dashboard with the shipped data, on which no run may break."""
    server = serve()
    yield server
    assert "Traceback" not in server.log(), server.log()


@pytest.fixture(scope="session")
def exported_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the self-contained page as a reader would."""
    return export("html", tmp_path_factory.mktemp("export") / "almaty.html")


@pytest.fixture(scope="session")
def class_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the class pack as a teacher would."""
    return export("class", tmp_path_factory.mktemp("class") / "almaty-class.html")
