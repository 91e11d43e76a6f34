"""A Nominatim server on loopback that answers as a test tells it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

# In the shape of Nominatim's own documentation, format jsonv2.
ANSWER = {
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0",
    "osm_type": "way",
    "osm_id": 24,
    "lat": "43.2382",
    "lon": "76.9453",
    "category": "place",
    "type": "square",
    "display_name": "Republic Square, Almaty, Kazakhstan",
}


class Stub(ThreadingHTTPServer):
    """A Nominatim server on loopback that answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), StubHandler)
        self.status = 200
        self.body = json.dumps([ANSWER]).encode()
        self.is_slow = False
        self.may_answer = threading.Event()
        self.requests: list[tuple[str, dict[str, list[str]]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class StubHandler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        agent = self.headers["User-Agent"]
        self.server.requests.append((agent, parse_qs(parts.query)))
        if self.server.is_slow:
            self.server.may_answer.wait()
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Stub() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.may_answer.set()
        server.shutdown()
        thread.join()
