import tomllib
from pathlib import Path

import pytest

from geo.nominatim import USER_AGENT, OnlineError, OnlineGeocoder
from tests.nominatim import Stub, stub

__all__ = ["stub"]

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def online(stub: Stub, clock: Clock, tmp_path: Path) -> OnlineGeocoder:
    return OnlineGeocoder(
        stub.address, cache_dir=tmp_path, clock=clock.read, sleep=clock.sleep
    )


def test_an_answer_is_read(online: OnlineGeocoder) -> None:
    (answer,) = online.look_up("Republic Square")
    assert (answer.lon, answer.lat) == (76.9453, 43.2382)
    assert (answer.kind, answer.osm_id) == ("place square", "way 24")
    assert "OpenStreetMap" in answer.licence


def test_the_request_says_who_asks_and_where(
    online: OnlineGeocoder, stub: Stub
) -> None:
    online.look_up("Republic Square")
    ((agent, query),) = stub.requests
    assert agent == USER_AGENT
    assert query["q"] == ["Republic Square"]
    assert query["countrycodes"] == ["kz"]


def test_the_user_agent_bears_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"{project['project']['name']}/{project['project']['version']}" == USER_AGENT


def test_requests_are_a_second_apart(online: OnlineGeocoder, clock: Clock) -> None:
    for name in ("Almaty", "Taraz", "Aktobe"):
        online.look_up(name)
    assert clock.slept == [1.0, 1.0]


def test_no_wait_after_a_pause(online: OnlineGeocoder, clock: Clock) -> None:
    online.look_up("Almaty")
    clock.now += 1
    online.look_up("Taraz")
    assert clock.slept == []


def test_the_same_question_is_asked_once(online: OnlineGeocoder, stub: Stub) -> None:
    assert online.look_up("Almaty") == online.look_up(" Almaty ")
    assert len(stub.requests) == 1


def test_answers_outlive_the_process(
    online: OnlineGeocoder, stub: Stub, tmp_path: Path
) -> None:
    first = online.look_up("Almaty")
    again = OnlineGeocoder(stub.address, cache_dir=tmp_path)
    assert again.look_up("Almaty") == first
    assert len(stub.requests) == 1


def test_a_spoilt_cache_is_asked_for_anew(
    online: OnlineGeocoder, stub: Stub, tmp_path: Path
) -> None:
    first = online.look_up("Almaty")
    for file in tmp_path.iterdir():
        file.write_bytes(b"[{")
    assert online.look_up("Almaty") == first
    assert len(stub.requests) == 2


def test_a_cache_that_cannot_be_written_does_no_harm(
    stub: Stub, clock: Clock, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    online = OnlineGeocoder(
        stub.address, cache_dir=blocked, clock=clock.read, sleep=clock.sleep
    )
    assert len(online.look_up("Almaty")) == 1


def test_an_empty_answer_is_an_answer(online: OnlineGeocoder, stub: Stub) -> None:
    stub.body = b"[]"
    assert online.look_up("Atlantis") == ()
    assert online.look_up("Atlantis") == ()
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b""), (403, b"no"), (200, b"<html>"), (200, b'{"error": 1}')],
)
def test_an_error_is_one_sentence_and_is_not_kept(
    online: OnlineGeocoder, stub: Stub, status: int, body: bytes
) -> None:
    stub.status, stub.body = status, body
    with pytest.raises(OnlineError, match=r"127\.0\.0\.1"):
        online.look_up("Almaty")
    stub.status, stub.body = 200, b"[]"
    assert online.look_up("Almaty") == ()


def test_a_busy_server_is_not_asked_again_at_once(
    online: OnlineGeocoder, stub: Stub
) -> None:
    stub.status = 429
    with pytest.raises(OnlineError, match="fewer requests"):
        online.look_up("Almaty")
    assert len(stub.requests) == 1


def test_a_slow_server_is_given_up(stub: Stub, tmp_path: Path) -> None:
    stub.is_slow = True
    online = OnlineGeocoder(stub.address, cache_dir=tmp_path, timeout_s=0.1)
    with pytest.raises(OnlineError, match=r"within 0\.1 s"):
        online.look_up("Almaty")
    assert len(stub.requests) == 1


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with Stub() as gone:
        address = gone.address
    with pytest.raises(OnlineError, match="no usable answer"):
        OnlineGeocoder(address, cache_dir=tmp_path).look_up("Almaty")


@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org", "http://"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the address of a server"):
        OnlineGeocoder(address, cache_dir=tmp_path)
