"""Ask a Nominatim server about a name, politely, for a person to review.

Answers are shown and never written into the data. The public server's usage
policy asks for an own user agent, at most one request a second, and that
answers be kept: https://operations.osmfoundation.org/policies/nominatim/
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderRateLimited, GeocoderTimedOut, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from geo.files import write_whole
from geo.said import Quote, said

USER_AGENT = "almaty-events-map/0.1.0"
PUBLIC_SERVER = "https://nominatim.openstreetmap.org"
SERVER_VARIABLE = "ALMATY_NOMINATIM"
"""Environment variable that names another server."""

SECONDS_BETWEEN_REQUESTS = 1.0
TIMEOUT_S = 10.0

_COUNTRY = "kz"
# (lat, lon), as geopy wants them: answers round Almaty come first, others too.
_AROUND_ALMATY = ((43.0, 76.6), (43.5, 77.3))


@dataclass(frozen=True)
class OnlineAnswer:
    """One answer of the server."""

    name: str
    lon: float
    lat: float
    kind: str
    """OpenStreetMap's key and value, such as "highway primary"."""
    osm_id: str
    """Such as "way 23456"."""
    licence: str


class OnlineError(Exception):
    """The server could not be asked; the message is a sentence for people."""


class OnlineGeocoder:
    """Asks one server; keeps what it said.

    Parameters
    ----------
    server
        Address with http or https, with a path if need be.
    cache_dir
        Where answers are kept, one small file each.
    timeout_s
        Seconds to wait for an answer.
    clock, sleep
        Seconds that only go forward, and how to wait; for tests.

    Raises
    ------
    ValueError
        If the address is not one.
    """

    def __init__(
        self,
        server: str = PUBLIC_SERVER,
        *,
        cache_dir: Path,
        timeout_s: float = TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = _address(server)
        self._server = server.rstrip("/")
        self._cache_dir = cache_dir
        self._timeout_s = timeout_s
        client = Nominatim(
            user_agent=USER_AGENT,
            scheme=parts.scheme,
            domain=parts.netloc + parts.path,
            timeout=timeout_s,
            # Its other adapter repeats a failed request at once, unasked.
            adapter_factory=URLLibAdapter,
        )
        self._ask = _Limiter(client.geocode, clock, sleep)

    def look_up(self, name: str, limit: int = 5) -> tuple[OnlineAnswer, ...]:
        """Ask the server, or recall what it said before.

        Raises
        ------
        OnlineError
            If the server gives no usable answer. An empty answer is one.
        """
        file = self._cache_dir / f"{self._key(name, limit)}.json"
        known = _recall(file)
        if known is None:
            known = tuple(map(_answer, self._request(name, limit)))
            _keep(file, known)
        return known

    def _request(self, name: str, limit: int) -> list[Any]:
        """Send one request when its turn has come."""
        try:
            found = self._ask(
                name,
                exactly_one=False,
                limit=limit,
                language="en",
                country_codes=_COUNTRY,
                viewbox=_AROUND_ALMATY,
            )
        except GeocoderRateLimited as error:
            raise OnlineError(
                said("{server} asks for fewer requests.", server=self._server)
            ) from error
        except GeocoderTimedOut as error:
            raise OnlineError(
                said(
                    "{server} gave no answer within {seconds} s.",
                    server=self._server,
                    seconds=f"{self._timeout_s:g}",
                )
            ) from error
        except GeopyError as error:
            raise OnlineError(
                said(
                    "{server} gave no usable answer: {reason}",
                    server=self._server,
                    reason=Quote(error),
                )
            ) from error
        return found or []

    def _key(self, name: str, limit: int) -> str:
        """Give a file name for a question to this server."""
        question = json.dumps([self._server, " ".join(name.split()), limit])
        return hashlib.sha256(question.encode()).hexdigest()[:32]


class _Limiter(RateLimiter):  # type: ignore[misc]  # geopy has no type information
    """At most one request a second, by a given clock; errors are passed on."""

    def __init__(
        self,
        ask: Callable[..., Any],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        super().__init__(
            ask,
            min_delay_seconds=SECONDS_BETWEEN_REQUESTS,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._now, self._wait = clock, sleep

    def _clock(self) -> float:
        """Seconds by the given clock."""
        return self._now()

    def _sleep(self, seconds: float) -> None:
        """Wait by the given means."""
        self._wait(seconds)


def user_cache_dir() -> Path:
    """Where this user's programs keep what they can fetch again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "almaty-events-map" / "nominatim"


def _address(server: str) -> Any:  # noqa: ANN401 - urllib's own private class
    """Split the address of a server, or refuse it."""
    parts = urlsplit(server)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            said(
                '"{text}" is not the address of a server, such as {example}',
                text=server,
                example=PUBLIC_SERVER,
            )
        )
    return parts


def _answer(location: Any) -> OnlineAnswer:  # noqa: ANN401 - geopy has no types
    """One of geopy's locations as an answer."""
    raw = location.raw
    return OnlineAnswer(
        name=str(location.address),
        lon=float(location.longitude),
        lat=float(location.latitude),
        kind=f"{raw.get('category') or raw.get('class', '')} {raw.get('type', '')}".strip(),
        osm_id=f"{raw.get('osm_type', '')} {raw.get('osm_id', '')}".strip(),
        licence=str(raw.get("licence", "")),
    )


def _recall(file: Path) -> tuple[OnlineAnswer, ...] | None:
    """Give what was kept; None if nothing was, or it cannot be read."""
    try:
        return tuple(OnlineAnswer(**each) for each in json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _keep(file: Path, answers: tuple[OnlineAnswer, ...]) -> None:
    """Keep an answer; a disk that is full or locked must not spoil it."""
    content = json.dumps([asdict(each) for each in answers], ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content.encode())
    except OSError:
        return
