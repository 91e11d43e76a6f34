import gc
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from geo.export.tables import csv_of
from geo.ingest import FileError, Limits, Reading, ZoneWanted, read, read_apart
from geo.query import Query, select
from tests.geo.ingest.given import ALMATY, FILES, our_data, problems, sample

TABLE = b"title,date,lat,lon,source\nA,2022-01-05,43.2,76.9,Wire\nbad,x,,,\n"


def apart(content: bytes | Path, **options: Any) -> Reading:
    given: dict[str, Any] = {"zone": ALMATY, "gazetteer": our_data()}
    return read_apart(content, **(given | options))


@pytest.fixture(scope="module")
def table() -> Reading:
    return apart(TABLE, name="given.csv")


def test_what_is_read_apart_is_what_is_read_here(table: Reading) -> None:
    here = read(TABLE, name="given.csv", zone=ALMATY, gazetteer=our_data())
    assert here.dataset is not None
    assert table.dataset is not None
    for name in ("name", "kind", "encoding", "separator", "header", "read", "notes"):
        assert getattr(table, name) == getattr(here, name)
    assert table.set_aside == here.set_aside
    ids = list(here.dataset.events.index)
    assert csv_of(table.dataset, ids) == csv_of(here.dataset, ids)
    assert table.dataset.sources == here.dataset.sources


def test_what_is_read_apart_answers_queries(table: Reading) -> None:
    assert table.dataset is not None
    assert select(table.dataset, Query(q="a")).visible == ("row-2",)
    assert list(table.dataset.evidence["event"]) == ["row-2"]


def test_our_streets_are_not_sent_to_and_fro(table: Reading) -> None:
    assert table.dataset is not None
    assert table.dataset.streets is our_data().streets


def test_problems_come_along(table: Reading) -> None:
    (problem,) = problems(table)
    assert problem.startswith("given.csv, row 3, column date: ")


def test_a_path_is_read_and_progress_is_told() -> None:
    told: list[float] = []
    found = apart(FILES / "points.geojson", progress=told.append)
    assert (found.name, told == sorted(told), told[-1]) == ("points.geojson", True, 1.0)


def test_a_question_for_the_zone_comes_through() -> None:
    with pytest.raises(ZoneWanted) as caught:
        apart(sample("acled.csv"), name="acled.csv", zone=None)
    assert (caught.value.name, caught.value.count) == ("acled.csv", 3)
    assert "which time zone" in str(caught.value)


def test_a_file_of_no_kind_is_refused_in_the_same_words() -> None:
    with pytest.raises(FileError, match="is no kind of file we know"):
        apart(b"a,b\n1,2\n")


def test_a_file_that_is_too_large_starts_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(FileError, match="is the most"):
        apart(TABLE, limits=Limits(most_bytes=1))


def test_a_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        apart(tmp_path / "none.csv")


def test_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(FileError, match="took longer than 0 s to read"):
        apart(TABLE, most_seconds=0.01)


def test_a_reader_that_breaks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(FileError, match="could not be read"):
        apart(TABLE)


def test_who_leaves_while_a_file_is_read_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))
        return started[-1]

    def leave(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(KeyboardInterrupt):
        apart(TABLE, progress=leave)
    assert started[0].returncode is not None


def resident_bytes() -> int:
    gc.collect()
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.long
def test_a_server_grows_by_less_than_five_times_the_file() -> None:
    signs = random.Random(7)
    rows = [
        f"{' '.join(signs.choices(['crowd', 'street', 'shots', 'police'], k=4))},"
        f"2022-01-{1 + signs.randrange(30):02}T{signs.randrange(24):02}:"
        f"{signs.randrange(60):02}+06:00,{43 + signs.random() / 3:.5f},"
        f"{76.7 + signs.random() / 3:.5f}\n"
        for _ in range(100_000)
    ]
    raw = "".join(["title,date,lat,lon\n", *rows]).encode()
    del rows
    apart(TABLE)
    before = resident_bytes()
    found: Reading | None = apart(raw)
    grown = resident_bytes() - before
    assert found is not None
    assert found.shown == 100_000
    assert grown < 5 * len(raw)
    for _ in range(9):
        found = None
        found = apart(raw)
    assert resident_bytes() - before < 2 * grown
