"""Short ways to read what a test has written."""

from functools import cache
from pathlib import Path
from typing import Any

from geo.dataset import Dataset, load
from geo.ingest import FileError, NoteKind, Reading, read, zone_of

FILES = Path(__file__).resolve().parents[2] / "files"
ALMATY = zone_of("Asia/Almaty")


@cache
def our_data() -> Dataset:
    """Give our own places, read once."""
    return load()


def reading(content: str | bytes, name: str = "given.csv", **options: Any) -> Reading:
    """Read a file on Almaty's clock, and check that no row is lost."""
    raw = content.encode() if isinstance(content, str) else content
    defaults: dict[str, Any] = {"zone": ALMATY, "gazetteer": our_data()}
    found = read(raw, name=name, **(defaults | options))
    assert found.read == found.shown + len(found.set_aside)
    return found


def shown(content: str | bytes, **options: Any) -> Dataset:
    """Read a file all of whose rows are good."""
    found = reading(content, **options)
    assert [problems(found), found.dataset is None] == [[], False]
    assert found.dataset is not None
    return found.dataset


def problems(found: Reading) -> list[str]:
    """Give every problem as it is printed."""
    return [str(each) for row in found.set_aside for each in row.problems]


def noted(found: Reading, kind: NoteKind) -> list[tuple[int, ...]]:
    """Give the rows of the notes of one kind."""
    return [note.rows for note in found.notes if note.kind is kind]


def refusal(content: str | bytes, **options: Any) -> str:
    """Read what cannot be read; say why."""
    try:
        reading(content, **options)
    except FileError as error:
        return str(error)
    raise AssertionError("the file was read")


def sample(name: str) -> bytes:
    """Give one of the files in tests/files."""
    return (FILES / name).read_bytes()
