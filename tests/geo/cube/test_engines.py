"""DuckDB and a Dask cluster of real processes give the same bytes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.generate import write_csv, write_parquet
from geo.cube import csv_blocks
from tests.geo.cube.given import (
    SQUARE,
    contents,
    cube,
    index,
    point,
    points,
    run,
    set_aside,
    table,
)

Output = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 90


def start(
    folder: Path, module: str, *options: str, path: str = str(ROOT)
) -> subprocess.Popen[bytes]:
    """Start one process of Dask, on this machine alone."""
    log = (folder / f"{module}.log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=log,
            stderr=log,
        )


def address_in(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Wait until the scheduler says where it listens."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        assert scheduler.poll() is None, (
            file.parent / "dask_scheduler.log"
        ).read_text()
        try:
            return str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers; end them."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    first = start(
        folder, "dask_scheduler", *here, "--port", "0", "--scheduler-file", str(file)
    )
    running = [first]
    try:
        address = address_in(file, first)
        one = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        running += [start(folder, "dask_worker", address, *here, *one) for _ in "12"]
        yield address
    finally:
        for process in reversed(running):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process; one that was still starting may not listen."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def both(folder: Path, scheduler: str, *arguments: object) -> Path:
    """Count with both engines, compare every byte, and give the cube."""
    (folder / "dask").mkdir()
    there = cube(folder, *arguments)
    dask = ("--engine", "dask", "--scheduler", scheduler)
    assert contents(cube(folder / "dask", *arguments, *dask)) == contents(there)
    return there


def odd_rows() -> list[tuple[str, ...]]:
    """Give rows at every edge: of hours, of cells, of the map and the year."""
    places = [
        ("90", "180"), ("-90", "-180"), ("0", "0"), ("-0.0000001", "-0.0000001"),
        ("85.051128", "179.9999999"), ("-85.051129", "1e-7"), ("66.5132604431119", "90"),
    ]  # fmt: skip
    times = [
        "2022-01-05T13:59:59.999+06:00", "2022-01-05T14:00+06:00", "2022-01-05",
        "1925-01-01T00:00Z", "2199-12-31T23:59-23:59", "2024-02-29T23:30",
        "2022-01-05T00:00+05:45", "",
    ]  # fmt: skip
    kinds = ["fire", "", "riot"]
    return [(t, *place, kind) for t in times for place in places for kind in kinds]


def test_odd_rows_are_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    path = table(tmp_path / "x.csv", *odd_rows(), *[("x", "y", "z", "")] * 3)
    with path.open("ab") as file:
        file.write(
            b'"2022-01-05T10:00Z,1,1,fire\n\xff,1,1,fire\n2022-01-05T10:00Z,1,1,'
        )
    there = both(tmp_path, scheduler, path, "--zone", "Asia/Almaty")
    assert set_aside(there) == {"broken": 1, "no-time": 21, "bad-time": 4}


def test_made_up_events_are_the_same_bytes_in_every_way(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 200_000)
    files = [tmp_path / "x.csv", tmp_path / "x.parquet"]
    write_csv(files[0], 20_000, 7)
    write_parquet(files[1], 20_000, 7)
    there = both(tmp_path, scheduler, *files, "--rows", 9_000)
    about = index(there)
    assert about["total"] == 40_000
    assert about["left_out"] != []
    levels = {each["file"] for each in about["levels"]}
    for file in files:
        one = contents(cube(tmp_path, file, "--rows", 9_000))
        assert {each for each in one if each in levels} == levels


def test_points_are_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    shapes = [point(76.9, 43.2), None, b"x", point(180, -90), point(float("nan"), 1)]
    there = both(tmp_path, scheduler, points(tmp_path / "x.parquet", shapes))
    assert index(there)["total"] == 2


def test_what_a_worker_cannot_read_is_said_as_here(
    tmp_path: Path, scheduler: str, capsys: Output
) -> None:
    path = points(tmp_path / "x.parquet", [point(76.9, 43.2)] * 1000)
    raw = bytearray(path.read_bytes())
    raw[4:200] = b"\xff" * 196
    path.write_bytes(raw)
    dask = ("--engine", "dask", "--scheduler", scheduler)
    assert run(path, "-o", tmp_path / "cube", *dask) == 1
    assert f"{path}: is damaged" in capsys.readouterr().err


def test_what_a_worker_says_can_be_said_in_every_language(
    tmp_path: Path, scheduler: str, capsys: Output
) -> None:
    path = table(tmp_path / "x.csv", ("2022-01-05", *SQUARE[1:]))
    dask = ("--engine", "dask", "--scheduler", scheduler)
    assert run(path, "-o", tmp_path / "cube", *dask, "--lang", "kk") == 2
    assert f"{path}: «" not in capsys.readouterr().err


def test_a_worker_asks_for_the_zone_as_we_do(
    tmp_path: Path, scheduler: str, capsys: Output
) -> None:
    path = table(tmp_path / "x.csv", ("2022-01-05", *SQUARE[1:]))
    dask = ("--engine", "dask", "--scheduler", scheduler)
    assert run(path, "-o", tmp_path / "cube", *dask) == 2
    assert 'such as "2022-01-05": which time zone' in capsys.readouterr().err


def test_a_scheduler_that_is_not_there_is_wrong_use(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geo.cube import cluster

    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.2)
    path = table(tmp_path / "x.csv", SQUARE)
    for address in ("tcp://127.0.0.1:9", "nonsense://x", "tcp://127.0.0.1:x"):
        dask = ("--engine", "dask", "--scheduler", address)
        assert run(path, "-o", tmp_path / "cube", *dask) == 2
        assert f'no Dask scheduler answers at "{address}"' in capsys.readouterr().err


@pytest.mark.long
def test_a_cluster_that_cannot_count_is_wrong_use(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geo.cube import cluster

    file = tmp_path / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    file_option = ("--port", "0", "--scheduler-file", str(file))
    running = [start(tmp_path, "dask_scheduler", *here, *file_option, path="")]
    try:
        address = address_in(file, running[0])
        given = (table(tmp_path / "x.csv", SQUARE), "-o", tmp_path / "cube")
        dask = ("--engine", "dask", "--scheduler", address)
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "_PATIENCE_S", 2)
            assert run(*given, *dask) == 2
        assert "has no workers" in capsys.readouterr().err
        one = ("--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
        running.append(start(tmp_path, "dask_worker", address, *here, *one, path=""))
        monkeypatch.setattr(cluster, "_PATIENCE_S", PATIENCE_S)
        assert run(*given, *dask) == 2
        assert "cannot import this project" in capsys.readouterr().err
    finally:
        for process in reversed(running):
            end(process)
