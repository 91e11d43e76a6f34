"""Counting on a Dask cluster: every worker counts blocks, then sums of them.

The workers read the files themselves, under the same paths, and have this
project to import. What goes over the network are counts, never rows; each is
at most one level large, so that more rows need no more memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from distributed import Client, Future, KilledWorker, as_completed

from geo.cube import rows
from geo.cube.engine import Counts, Level, Progress
from geo.cube.faults import CubeError, Misused
from geo.cube.memory import peak_bytes
from geo.cube.partial import Partial, added, counted, moved, summed
from geo.cube.rows import Block
from geo.cube.tiles import ZOOMS, unpacked
from geo.said import Quote, said

_PATIENCE_S = 10
# So many sums are added up at once.
_WIDTH = 4
# So many blocks a thread of the cluster has before it; the rest wait here.
_AHEAD = 3


def count(
    blocks: Iterable[Block], *, most_rows: int, address: str, progress: Progress
) -> Counts:
    """Count blocks.

    Parameters
    ----------
    most_rows
        Levels with more rows are left out, but for the coarsest.
    address
        Of the scheduler, such as tcp://127.0.0.1:8786.

    Raises
    ------
    CubeError
        If a file cannot be read, or the cluster is lost on the way.
    Misused
        If there is no scheduler, or it has no workers that know this project.
    """
    with _client(address) as client:
        _check_workers(client, address)
        try:
            total = _Sum(client, most_rows, progress).of(iter(blocks))
            worker_bytes = max(client.run(peak_bytes).values(), default=0)
        except (KilledWorker, OSError) as error:
            message = said(
                "the cluster at {address} was lost: {reason}",
                address=address,
                reason=Quote(error),
            )
            raise CubeError(message) from error
    fit = [zoom for zoom in ZOOMS if zoom <= total.zoom]
    left_out = tuple(zoom for zoom in ZOOMS if zoom > total.zoom)
    return Counts(dict(total.tallies), _levels(total, fit), left_out, worker_bytes)


def count_block(block: Block, most_rows: int) -> Partial:
    """Count one block; a worker does."""
    parts = [
        counted(found.keys, most_rows, {block.file: found.tally})
        for found in rows.read(block)
    ]
    return summed(parts, most_rows)


def _client(address: str) -> Client:
    """Reach the scheduler."""
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        message = said(
            'no Dask scheduler answers at "{address}": {reason}',
            address=address,
            reason=Quote(" ".join(str(error).split())),
        )
        raise Misused(message) from error


def _check_workers(client: Client, address: str) -> None:
    """Make sure that there are workers, and that they have this project."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as error:
        message = said("the scheduler at {address} has no workers", address=address)
        raise Misused(message) from error
    answers = client.run(peak_bytes, on_error="return").values()
    wrong = [each for each in answers if isinstance(each, Exception)]
    if wrong:
        message = said(
            "a worker of {address} cannot import this project: {reason}",
            address=address,
            reason=Quote(wrong[0]),
        )
        raise Misused(message) from wrong[0]


class _Sum:
    """Adds up blocks as the workers come to them."""

    def __init__(self, client: Client, most_rows: int, progress: Progress) -> None:
        self._client, self._most_rows, self._progress = client, most_rows, progress
        self._parts: list[Future[Partial]] = []

    def of(self, blocks: Iterator[Block]) -> Partial:
        """Count all blocks; give the sum.

        Raises
        ------
        CubeError
            If a file cannot be read.
        """
        most = _AHEAD * max(1, sum(self._client.nthreads().values()))
        weights = {self._submit(block): block.weight for block in islice(blocks, most)}
        waiting = as_completed(list(weights))
        done = 0
        for future in waiting:
            self._take(future)
            done += weights.pop(future)
            self._progress(done)
            for block in islice(blocks, 1):
                following = self._submit(block)
                weights[following] = block.weight
                waiting.add(following)
        while len(self._parts) > 1:
            self._add_up()
        if not self._parts:
            return summed([], self._most_rows)
        return self._parts[0].result()

    def _submit(self, block: Block) -> Future[Partial]:
        """Let a worker count a block."""
        return self._client.submit(count_block, block, self._most_rows, pure=False)

    def _take(self, future: Future[Partial]) -> None:
        """Keep a count; of many give the sum to a worker."""
        if future.status != "finished":
            future.result()
        self._parts.append(future)
        if len(self._parts) == _WIDTH:
            self._add_up()

    def _add_up(self) -> None:
        """Let a worker add up what there is."""
        some, self._parts = self._parts[:_WIDTH], self._parts[_WIDTH:]
        total = self._client.submit(summed, some, self._most_rows, pure=False)
        self._parts.append(total)


def _levels(total: Partial, zooms: Sequence[int]) -> Iterator[Level]:
    """Give the sum at each zoom."""
    for zoom in zooms:
        keys, counts = added(moved(total.keys, total.zoom - zoom), total.counts)
        hour, y, x, kind = unpacked(keys)
        yield Level(zoom, hour, y, x, kind, counts)
