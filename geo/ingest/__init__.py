"""Other people's files: read here, shown as if they were ours.

A CSV in our own format, a simple CSV, one of ACLED, GeoJSON points with a
time, or the events of TimeMap. What cannot be used is set aside, unchanged and
with its reason; what is shown passes the checks of our own data. Nothing is
written to disk, and nothing is parsed but by the standard library, pandas and
pydantic: a program for geodata would open files and hosts that a file names.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

import pyarrow as pa

from geo.dataset import Dataset, load
from geo.ingest.apart import read_apart
from geo.ingest.assemble import assemble, forget_unknown_routes
from geo.ingest.clock import zone_of
from geo.ingest.csv_file import read_csv_sheet
from geo.ingest.decoding import Decoded, decode
from geo.ingest.draft import Draft, some
from geo.ingest.events import (
    extra_columns,
    fail_repeated,
    fill_ids,
    fill_texts,
    validate,
)
from geo.ingest.json_file import kind_of_json, read_json_sheet
from geo.ingest.kinds import (
    ABOUT,
    JSON_KINDS,
    FileKind,
    kind_of_header,
    missing_columns,
)
from geo.ingest.known_places import KnownPlaces
from geo.ingest.places import Places
from geo.ingest.report import problems_csv
from geo.ingest.results import (
    FileError,
    Note,
    NoteKind,
    Reading,
    SetAside,
    ZoneWanted,
)
from geo.ingest.sheet import COMMAND_LINE, UPLOAD, Limits, Progress, Sheet, bytes_of
from geo.ingest.sources import Sources
from geo.ingest.times import fill_acled_times, fill_times
from geo.labels import noop
from geo.said import said

__all__ = [
    "ABOUT",
    "COMMAND_LINE",
    "UPLOAD",
    "FileError",
    "FileKind",
    "Limits",
    "Note",
    "NoteKind",
    "Progress",
    "Reading",
    "SetAside",
    "ZoneWanted",
    "problems_csv",
    "read",
    "read_apart",
    "zone_of",
]

_NOTHING = noop("The file has no row that can be shown.")


def read(
    source: bytes | Path,
    *,
    name: str | None = None,
    kind: FileKind | None = None,
    zone: tzinfo | None = None,
    gazetteer: Dataset | None = None,
    progress: Progress | None = None,
    limits: Limits = UPLOAD,
) -> Reading:
    """Read somebody else's file.

    Parameters
    ----------
    source
        The bytes of the file, or where it is.
    name
        What to call the file in problems; by default the name of its path.
    kind
        What the file is; recognised, if not given.
    zone
        Whose clock times without an offset follow; `zone_of` finds it.
    gazetteer
        The data whose places are known by name or id, and whose streets lie
        beneath the map; by default our own.
    progress
        Is told how much is done, 0 to 1, now and then.
    limits
        How large the file may be; by default as large as an upload.

    Returns
    -------
    reading
        Every row of the file is in its dataset or among those set aside.

    Raises
    ------
    FileError
        If the file as a whole cannot be read, or is too large.
    ZoneWanted
        If times have no offset and no zone is given.
    OSError
        If there is no such file, or it cannot be opened.
    """
    tell = progress or (lambda _: None)
    raw = bytes_of(source, limits)
    file = name or (source.name if isinstance(source, Path) else "file")
    with _given_back(), _without_collector():
        decoded = decode(raw)
        kind, sheet = _sheet_of(decoded.text, file, kind, _part(tell, 0.1, 0.5), limits)
        draft = Draft.of(file, kind, sheet)
        _note_encoding(draft, decoded)
        dataset = _dataset_of(draft, zone, gazetteer or load(), _part(tell, 0.5, 1.0))
    return Reading(
        name=file,
        kind=kind,
        encoding=decoded.encoding,
        separator=sheet.separator,
        header=sheet.given_header,
        read=len(sheet) + len(sheet.broken),
        dataset=dataset,
        set_aside=draft.set_aside(),
        notes=draft.notes(),
    )


@contextmanager
def _given_back() -> Iterator[None]:
    """Let the system have the memory again that a million objects took.

    Arrow's allocator and the C library would keep much of it for later.
    """
    try:
        yield
    finally:
        pa.default_memory_pool().release_unused()
        if sys.platform == "linux":
            trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
            if trim is not None:
                trim(0)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let Python not search for cycles while it makes a million objects.

    There are none among them, and the search takes a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _sheet_of(
    text: str, file: str, kind: FileKind | None, progress: Progress, limits: Limits
) -> tuple[FileKind, Sheet]:
    """Recognise the kind of a file, and read its rows."""
    if not text.strip():
        raise FileError(said("is empty"))
    is_json = text.lstrip()[:1] in ("{", "[")
    if kind in JSON_KINDS or (kind is None and is_json):
        kind = kind or kind_of_json(text)
        sheet = read_json_sheet(text, file, kind, progress, limits)
    else:
        sheet = read_csv_sheet(text, file, progress, limits)
        kind = kind or kind_of_header(sheet.header)
    if kind is None:
        raise FileError(
            said(
                "is no kind of file we know: it has the columns {columns}; for a"
                " simple table it lacks {missing}",
                columns=some(sheet.header),
                missing=missing_columns(FileKind.TABLE, sheet.header),
            )
        )
    missing = missing_columns(kind, sheet.header)
    if missing and (len(sheet) or kind not in JSON_KINDS):
        raise FileError(
            said(
                "is not {kind}: it lacks {missing}, and has {columns}",
                kind=ABOUT[kind],
                missing=missing,
                columns=some(sheet.header),
            )
        )
    return kind, sheet


def _dataset_of(
    draft: Draft, zone: tzinfo | None, gazetteer: Dataset, progress: Progress
) -> Dataset | None:
    """Check the rows, and make a dataset of the good ones; None without any."""
    if not len(draft):
        draft.note(NoteKind.EMPTY, said(_NOTHING))
        return None
    fill = fill_acled_times if draft.kind is FileKind.ACLED else fill_times
    fill(draft, zone)
    progress(0.2)
    fill_texts(draft)
    fill_ids(draft)
    sources = Sources()
    sources.fill(draft, lambda each: _known_source(gazetteer, each))
    places = Places(draft, KnownPlaces(gazetteer))
    places.fill()
    progress(0.4)
    validate(draft)
    fail_repeated(draft)
    forget_unknown_routes(draft, gazetteer)
    progress(0.7)
    # In order of time, as our own events stand; lists follow it.
    rows = sorted(draft.good_rows(), key=draft.values["start"].__getitem__)
    extras = extra_columns(draft, rows)
    if not rows:
        draft.note(NoteKind.EMPTY, said(_NOTHING))
        return None
    dataset = assemble(draft, rows, places, sources, gazetteer, extras)
    progress(1.0)
    return dataset


def _known_source(gazetteer: Dataset, name: str) -> dict[str, object] | None:
    """Give the item of one of our own sources."""
    item = gazetteer.sources.get(name)
    return None if item is None else dict(item)


def _note_encoding(draft: Draft, decoded: Decoded) -> None:
    """Say if the encoding is a guess."""
    if decoded.is_guessed:
        draft.note(
            NoteKind.ENCODING,
            said(
                "The file is not UTF-8 and was read as {encoding}: if letters look"
                " wrong, save it as UTF-8.",
                encoding=decoded.encoding,
            ),
        )


def _part(progress: Progress, low: float, high: float) -> Callable[[float], None]:
    """Make a progress that is told of one part of the whole."""
    return lambda share: progress(low + (high - low) * share)
