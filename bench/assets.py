"""The peers' scripts, served from this machine as quickly as one can.

Leaflet comes from the installed package; what folium's time plugins ask of
other hosts is packed by npm once, checked against its digest and kept beside
the repository's other caches. Nothing of it is ever committed.
"""

import hashlib
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from xstatic.pkg import leaflet

CACHE = Path(__file__).resolve().parents[1] / ".bench-cache"
NO_TILES = Path(__file__).parent / "peers" / "nothing.json"
"""A base map of nothing, for a peer that insists on one."""
NPM_WITHIN_S = 120


class NoScriptsError(Exception):
    """The scripts of a peer could not be had; says why."""


@dataclass(frozen=True)
class Package:
    """A pinned npm package, and the files of it that a peer loads."""

    name: str
    version: str
    sha256: str
    files: tuple[str, ...]

    @property
    def archive(self) -> Path:
        """Where its tarball is kept."""
        return CACHE / f"{self.name}-{self.version}.tgz"


# The versions folium 0.20 names in the addresses of its plugins.
PACKAGES = (
    Package(
        "leaflet-timedimension",
        "1.1.1",
        "6b1f367f0585ff4fe9d9729a958c288441c1549929a172c49eac0f5f3bcb8d2b",
        (
            "dist/leaflet.timedimension.min.js",
            "dist/leaflet.timedimension.control.min.css",
        ),
    ),
    Package(
        "iso8601-js-period",
        "0.2.1",
        "c19655708dc3fc63bc3e345e04316538361ae45658c1d0743ba90d7ba009013b",
        ("iso8601.js",),
    ),
    Package(
        "leaflet.timeline",
        "1.6.0",
        "9db0c16656413be757a00186e8524b29d479124c18c81f643ff38a26010854e3",
        ("dist/leaflet.timeline.js",),
    ),
    Package(
        "moment",
        "2.18.1",
        "133757b42a2a5d0e6db8b504b8ec405777bbe271389cbb88c613499c3fff9065",
        ("min/moment.min.js",),
    ),
)


def fetch() -> None:
    """Have every package's files in the cache.

    Raises
    ------
    NoScriptsError
        If there is no npm, it fails, or brings something else than is pinned.
    """
    CACHE.mkdir(exist_ok=True)
    for package in PACKAGES:
        if not all(
            (CACHE / PurePosixPath(file).name).exists() for file in package.files
        ):
            _pack(package)
            _unpack(package)


def _pack(package: Package) -> None:
    """Let npm bring a package's tarball."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoScriptsError("its scripts come by npm, which is not here")
    wanted = f"{package.name}@{package.version}"
    try:
        subprocess.run(
            [npm, "pack", wanted, "--silent", "--pack-destination", str(CACHE)],
            check=True,
            capture_output=True,
            timeout=NPM_WITHIN_S,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoScriptsError(f"npm could not bring {wanted}") from error


def _unpack(package: Package) -> None:
    """Take out what is needed, by bare name, if the digest is the pinned one."""
    digest = hashlib.sha256(package.archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise NoScriptsError(
            f"{package.archive.name} is not the package that was pinned"
        )
    with tarfile.open(package.archive) as archive:
        for file in package.files:
            content = archive.extractfile(f"package/{file}")
            if content is None:
                raise NoScriptsError(f"{package.archive.name} holds no {file}")
            (CACHE / PurePosixPath(file).name).write_bytes(content.read())


class _CachedFiles(SimpleHTTPRequestHandler):
    """Files a browser may keep for the whole run."""

    def translate_path(self, path: str) -> str:
        """Find a file by its name alone, among Leaflet's and the cached ones.

        When its style sheet comes late, Leaflet asks for /distmarker-icon.png
        where /dist/images/marker-icon.png was meant.
        """
        name = PurePosixPath(urlsplit(path).path).name.removeprefix("dist")
        folder = Path(leaflet.BASE_DIR)
        found = folder / "images" / name if name.endswith(".png") else folder / name
        if name == NO_TILES.name:
            return str(NO_TILES)
        return str(found if found.exists() else CACHE / name)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "public, max-age=86400")
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def serve_scripts() -> Iterator[str]:
    """Serve all scripts at the address this yields."""
    handler = partial(_CachedFiles, directory=str(CACHE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/dist"
        server.shutdown()
