"""A file on its way from the browser, part by part. Pure.

Streamlit's own field for files is not used: it speaks English only, and its
server writes what is larger than a megabyte to the disk while it comes in.
Here nothing leaves memory. The browser sends a part when it has heard that the
one before has come, so that no message is large.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, TypedDict

from geo.ingest import UPLOAD

_LONGEST_NAME = 120


class Got(TypedDict):
    """What the browser is told, so that it sends the next part."""

    id: str
    at: int
    """How many bytes have come."""


@dataclass
class Arrival:
    """One file, as far as it has come."""

    id: str
    """The browser's own name for this sending."""
    name: str
    size: int
    """In bytes, as the browser says."""
    content: bytearray = field(default_factory=bytearray)

    @property
    def is_whole(self) -> bool:
        """Whether all of it has come."""
        return len(self.content) == self.size

    @property
    def got(self) -> Got:
        """Say how far it has come."""
        return Got(id=self.id, at=len(self.content))


def take(known: Arrival | None, message: object) -> Arrival | None:
    """Add a part to what has come; anything strange changes nothing.

    Parameters
    ----------
    known
        What has come so far, if anything.
    message
        As the browser sent it, of any type: with `id`, `name`, `size`, `at` (the
        first byte of the part) and `content` (base64).

    Returns
    -------
    arrival
        `known` with the part, or the beginning of another file.
    """
    part = _part_of(message)
    if part is None:
        return known
    sending, name, size, at, content = part
    if at == 0:
        known = Arrival(sending, name, size)
    if known is None or known.id != sending or len(known.content) != at:
        return known
    if at + len(content) <= known.size:
        known.content += content
    return known


def plain_name(name: str) -> str:
    r"""Give the name of a file on one line, without folders.

    Examples
    --------
    >>> plain_name("C:\\mine\\events.csv"), plain_name("../a\u202eb.csv")
    ('events.csv', 'a b.csv')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = "".join(sign if sign.isprintable() else " " for sign in last).strip()
    return plain[:_LONGEST_NAME] or "file"


def _part_of(message: object) -> tuple[str, str, int, int, bytes] | None:
    """Read a message; None if it is none of ours, or of too large a file."""
    if not isinstance(message, Mapping):
        return None
    values: dict[str, Any] = {
        name: message.get(name) for name in ("id", "name", "size", "at", "content")
    }
    types = {"id": str, "name": str, "size": int, "at": int, "content": str}
    if any(type(values[name]) is not kind for name, kind in types.items()):
        return None
    size, at = values["size"], values["at"]
    if not (0 <= at <= size <= UPLOAD.most_bytes):
        return None
    try:
        content = base64.b64decode(values["content"], validate=True)
    except (binascii.Error, ValueError):
        return None
    return values["id"], plain_name(values["name"]), size, at, content
