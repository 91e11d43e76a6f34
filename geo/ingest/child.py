"""The process that `geo.ingest.apart` starts: reads one file and answers."""

from __future__ import annotations

import os
import sys
from typing import IO

from geo.ingest import FileError, read
from geo.ingest.wire import receive, send

if sys.platform != "win32":
    import resource

# A file of 50 MB takes 1 to 2 GB; libraries reserve much that they never use.
_MOST_BYTES = 8_000_000_000


def main() -> None:
    """Read what stands in the standard input, and answer on the standard output."""
    pipe_in, pipe_out = sys.stdin.buffer, _only_answers()
    _limit()
    given = receive(pipe_in, {})
    raw = bytes(receive(pipe_in, {}))
    gazetteer = given["gazetteer"]
    try:
        answer: object = read(
            raw,
            **given["asked"],
            gazetteer=gazetteer,
            progress=lambda share: send(pipe_out, share, {}),
        )
    except FileError as error:
        answer = error
    send(pipe_out, answer, {"streets": gazetteer.streets})


def _only_answers() -> IO[bytes]:
    """Take the standard output for answers alone: what is printed goes nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _limit() -> None:
    """Allow no file to be written, and no more memory than any file needs."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, hard))


if __name__ == "__main__":
    main()
