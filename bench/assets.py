"""Serves the peer its Leaflet from this machine, as quickly as one can."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from xstatic.pkg import leaflet


class _CachedFiles(SimpleHTTPRequestHandler):
    """Files a browser may keep for the whole run."""

    def translate_path(self, path: str) -> str:
        """Find a file by its name alone.

        When its style sheet comes late, Leaflet asks for /distmarker-icon.png
        where /dist/images/marker-icon.png was meant.
        """
        name = PurePosixPath(urlsplit(path).path).name.removeprefix("dist")
        folder = Path(self.directory)
        return str(folder / "images" / name if name.endswith(".png") else folder / name)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "public, max-age=86400")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def serve_leaflet() -> Iterator[str]:
    """Serve the installed Leaflet at the address this yields."""
    handler = partial(_CachedFiles, directory=leaflet.BASE_DIR)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/dist"
        server.shutdown()
