"""The guard and the server are what every other browser test leans on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.guard import Guard
from tests.browser.server import serve_app


def test_console_error_is_a_problem(page: Page, guard: Guard) -> None:
    guard.allow("broken on purpose")
    page.evaluate("console.error('broken on purpose')")
    page.evaluate("console.error('something else')")
    with pytest.raises(AssertionError, match="something else"):
        guard.check()
    guard.allow("something else")


def test_uncaught_error_is_a_problem(page: Page, guard: Guard) -> None:
    page.set_content("<script>throw new Error('nobody caught me')</script>")
    with pytest.raises(AssertionError, match="nobody caught me"):
        guard.check()
    guard.allow("nobody caught me")


def test_request_to_another_host_is_a_problem(page: Page, guard: Guard) -> None:
    page.set_content("<img src='http://tiles.invalid/1.png'>")
    guard.allow("ERR_NAME_NOT_RESOLVED")
    with pytest.raises(AssertionError, match=r"another host: http://tiles\.invalid"):
        guard.check()
    guard.allow("another host")
    guard.allow("Failed to load resource")


def test_dialog_is_a_problem(page: Page, guard: Guard) -> None:
    page.evaluate("alert('hello')")
    with pytest.raises(AssertionError, match="dialog: hello"):
        guard.check()
    guard.allow("dialog")


def test_reader_is_not_in_almaty(page: Page) -> None:
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    assert zone == "America/New_York"


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    missing = tmp_path / "missing.py"
    with (
        pytest.raises(RuntimeError, match=re.escape(missing.name)),
        serve_app(missing),
    ):
        pass


def test_server_is_gone_after_use(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text("import streamlit\nstreamlit.title('Here')\n")
    with serve_app(script) as server:
        assert server.process.poll() is None
    assert server.process.poll() is not None
