"""Reading in a process of its own, for servers.

While a file is parsed every cell is an object; a server that did so itself would
keep much of that memory for good, and one file could stop all its readers. So a
process of its own reads the file, is ended after a time, and gives back nothing
but the columns. It gets the file through a pipe and may write no file at all.

It is a new program and not a copy of the server (fork), which has threads; nor
does `multiprocessing` start it, which would run the server's page once more.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from pickle import PickleBuffer
from typing import IO

from geo.dataset import Dataset, load
from geo.ingest.kinds import FileKind
from geo.ingest.results import FileError, Reading
from geo.ingest.sheet import UPLOAD, Limits, Progress, bytes_of
from geo.ingest.wire import receive, send
from geo.said import said

MOST_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parents[2]
# Files that are read at once; more readers wait for their turn, so that the
# memory of all of them together has a bound.
_TURNS = threading.BoundedSemaphore(2)


def read_apart(
    source: bytes | Path,
    *,
    name: str | None = None,
    kind: FileKind | None = None,
    zone: tzinfo | None = None,
    gazetteer: Dataset | None = None,
    progress: Progress | None = None,
    limits: Limits = UPLOAD,
    most_seconds: float = MOST_SECONDS,
) -> Reading:
    """Read somebody else's file as `geo.ingest.read` does, in another process.

    Parameters
    ----------
    most_seconds
        After so long the reading is ended. The wait for a turn is no part of it.

    Raises
    ------
    FileError
        As `geo.ingest.read`; or if it takes too long or too much memory.
    ZoneWanted, OSError
        As `geo.ingest.read`.
    """
    raw = bytes_of(source, limits)
    file = name or (source.name if isinstance(source, Path) else "file")
    gazetteer = gazetteer or load()
    asked = {"name": file, "kind": kind, "zone": zone, "limits": limits}
    with _TURNS, _process(most_seconds) as (pipe_in, pipe_out):
        send(pipe_in, {"gazetteer": gazetteer, "asked": asked}, {})
        send(pipe_in, PickleBuffer(raw), {})
        while isinstance(
            answer := receive(pipe_out, {"streets": gazetteer.streets}), float
        ):
            if progress is not None:
                progress(answer)
    if isinstance(answer, FileError):
        raise answer
    reading: Reading = answer
    return reading


@contextmanager
def _process(most_seconds: float) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Start a process that reads one file; it is gone when this is left.

    Raises
    ------
    FileError
        If the process ends before it has answered.
    """
    is_over = threading.Event()
    process = subprocess.Popen(
        [sys.executable, "-m", "geo.ingest.child"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What it says when it fails could hold cells of the file.
        stderr=subprocess.DEVNULL,
    )

    def end() -> None:
        is_over.set()
        process.kill()

    timer = threading.Timer(most_seconds, end)
    timer.start()
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdin, process.stdout
    except (EOFError, BrokenPipeError) as error:
        if is_over.is_set():
            reason = said(
                "took longer than {n} s to read: split it", n=round(most_seconds)
            )
        else:
            reason = said(
                "could not be read: it needs too much memory, or breaks our reader"
            )
        raise FileError(reason) from error
    finally:
        timer.cancel()
        process.kill()
        process.communicate()
