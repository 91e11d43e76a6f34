"""`python -m bench.cube`: ten million rows, both engines, the bytes compared.

Makes the rows as CSV and as GeoParquet, counts each with DuckDB and on a Dask
cluster of two workers on this machine, and prints seconds and the most memory
of every process that took part.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
WORKER_MEMORY = "1500MB"

_PATIENCE_S = 120
_LAST_WORDS_S = 10
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Ended:
    """A process that came to its end."""

    seconds: float
    cpu_seconds: float
    """Of processor time, which a busy machine does not stretch."""
    peak_mb: float
    """The most memory it had."""
    code: int


class Process:
    """A Python module that runs as a process of its own."""

    def __init__(self, folder: Path, module: str, *options: str) -> None:
        self._start = time.monotonic()
        with (folder / f"{module}.log").open("ab") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", module, *options],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def is_running(self) -> bool:
        """Whether it has not ended by itself."""
        return self._child.poll() is None

    def wait(self) -> Ended:
        """Wait for its end."""
        return self._ended(os.wait4(self._child.pid, 0))

    def end(self) -> Ended:
        """Ask it to end, and do not wait for long."""
        self._child.terminate()
        late = time.monotonic() + _LAST_WORDS_S
        while True:
            found = os.wait4(self._child.pid, os.WNOHANG)
            if found[0]:
                return self._ended(found)
            if time.monotonic() > late:
                self._child.kill()
            time.sleep(0.1)

    def _ended(self, found: tuple[int, int, resource.struct_rusage]) -> Ended:
        """Keep what the system says of it."""
        _, status, usage = found
        self._child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - self._start
        cpu_seconds = usage.ru_utime + usage.ru_stime
        # Linux counts in kilobytes (getrusage(2)).
        peak_mb = usage.ru_maxrss * 1024 / _MEGABYTE
        return Ended(seconds, cpu_seconds, peak_mb, self._child.returncode)


@contextmanager
def cluster(folder: Path, ended: list[Ended]) -> Iterator[str]:
    """Run a scheduler and workers; give the address, and how they ended.

    The scheduler ends last.
    """
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = ("--port", "0", "--scheduler-file", str(file))
    running = [Process(folder, "distributed.cli.dask_scheduler", *here, *scheduler)]
    try:
        address = _address(file, running[0])
        options = ("--nthreads", "1", "--no-nanny", "--memory-limit", WORKER_MEMORY)
        for _ in range(WORKERS):
            worker = (address, *here, *options, "--local-directory", str(folder))
            running.append(Process(folder, "distributed.cli.dask_worker", *worker))
        yield address
    finally:
        # A worker takes its leave of the scheduler, so that one goes last.
        ended += [process.end() for process in reversed(running)]


def _address(file: Path, scheduler: Process) -> str:
    """Wait until the scheduler says where it listens."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and scheduler.is_running():
        try:
            return str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise RuntimeError("the scheduler did not start; its log is beside its file")


def finished(folder: Path, module: str, *options: str) -> Ended:
    """Run a process to its good end.

    The rows are made in one too: a child's peak begins with its parent's, so
    this process has to stay small.
    """
    ended = Process(folder, module, *options).wait()
    if ended.code != 0:
        raise RuntimeError((folder / f"{module}.log").read_text("utf-8"))
    return ended


def count(folder: Path, file: Path, output: Path, *options: str) -> Ended:
    """Make one cube."""
    return finished(folder, "geo", "cube", str(file), "-o", str(output), *options)


def digest(folder: Path) -> str:
    """Give a digest of all bytes of a cube, names of files included."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        found.update(f"{path.name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def run(folder: Path, rows: int, seed: int, memory_gb: float) -> bool:
    """Measure everything, print it, and say whether the bytes are the same."""
    files = [folder / "events.csv", folder / "events.parquet"]
    for file in files:
        made = finished(
            folder, "bench.generate", f"{rows}", str(file), "--seed", f"{seed}"
        )
        size = file.stat().st_size / _MEGABYTE
        print(
            f"{file.suffix[1:]}: {rows:,} rows, {size:,.0f} MB, made in"
            f" {made.cpu_seconds:.0f} s of a processor, {made.peak_mb:,.0f} MB of memory"
        )
    print(
        "\n| file | engine | seconds | of processors | most memory, MB"
        " | SHA-256 of the cube |\n|---|---|---:|---:|---|---|"
    )
    same = [_compare(folder, file, memory_gb) for file in files]
    return all(same)


def _compare(folder: Path, file: Path, memory_gb: float) -> bool:
    """Count one file with both engines."""
    outputs = [folder / f"{file.suffix[1:]}-{name}" for name in ("duckdb", "dask")]
    ended = count(folder, file, outputs[0], "--memory", f"{memory_gb:g}")
    _print_row(file, "DuckDB", [ended], f"{ended.peak_mb:,.0f}", outputs[0])
    others: list[Ended] = []
    with cluster(folder, others) as address:
        dask = ("--engine", "dask", "--scheduler", address)
        ended = count(folder, file, outputs[1], *dask)
    peaks = ", ".join(f"{each.peak_mb:,.0f}" for each in others[1:])
    memory = (
        f"{ended.peak_mb:,.0f}; scheduler {others[0].peak_mb:,.0f}; workers {peaks}"
    )
    engine = f"Dask, {WORKERS} workers"
    _print_row(file, engine, [ended, *others], memory, outputs[1])
    return digest(outputs[0]) == digest(outputs[1])


def _print_row(
    file: Path, engine: str, ended: Sequence[Ended], memory: str, output: Path
) -> None:
    """Print one row of the table; the first process is the command."""
    cells = (
        file.suffix[1:],
        engine,
        f"{ended[0].seconds:.0f}",
        f"{sum(each.cpu_seconds for each in ended):.0f}",
        memory,
        digest(output)[:16],
    )
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.cube", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--memory", type=float, default=2.0, help="GB, for DuckDB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cube-") as folder:
        is_same = run(Path(folder), options.rows, options.seed, options.memory)
    print("\nThe two engines' bytes are " + ("the same." if is_same else "DIFFERENT."))
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
