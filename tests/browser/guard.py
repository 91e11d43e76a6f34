"""Watches everything a browser does in a test for what must never happen."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    WebSocket,
)

LOOPBACK = {"127.0.0.1", "localhost"}
NETWORK_SCHEMES = {"http", "https", "ws", "wss", "ftp"}

# Below a page's path Streamlit first asks there for its own endpoints, gets a
# 404, and then asks at the root.
STREAMLIT_404 = re.compile(r"^/.+/_stcore/(health|host-config)$")


class Guard:
    """Collects console errors, page errors, dialogs and calls to other hosts.

    A test that provokes an error on purpose names it with `allow` beforehand.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self._context = context
        self._allowed: list[re.Pattern[str]] = []
        context.on("console", self._on_console)
        context.on("weberror", self._on_page_error)
        context.on("request", self._on_request)
        context.on("dialog", self._on_dialog)
        context.on("page", self._on_page)

    def allow(self, pattern: str) -> None:
        """Let problems pass whose text holds this regular expression."""
        self._allowed.append(re.compile(pattern))

    def check(self) -> None:
        """Fail with all that was seen."""
        self._context.cookies()  # a round trip: what was on its way has come in
        seen = [text for text in self.problems if not self._is_allowed(text)]
        if seen:
            raise AssertionError("the browser saw\n- " + "\n- ".join(seen))

    def _is_allowed(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._allowed)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = message.location.get("url", "")
        if "404" in message.text and STREAMLIT_404.match(urlsplit(address).path):
            return
        self.problems.append(f"console error at {address}: {message.text}")

    def _on_page_error(self, error: WebError) -> None:
        self.problems.append(f"page error: {error.error}")

    def _on_request(self, request: Request) -> None:
        self._note_other_host(request.url)

    def _on_page(self, page: Page) -> None:
        page.on("websocket", self._on_websocket)

    def _on_websocket(self, socket: WebSocket) -> None:
        self._note_other_host(socket.url)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_other_host(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in NETWORK_SCHEMES and parts.hostname not in LOOPBACK:
            self.problems.append(f"request to another host: {address}")
