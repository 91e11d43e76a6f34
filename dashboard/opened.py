"""A reader's own file, open in one session. Knows nothing of Streamlit.

Everything that is made of the file hangs on its `Opened`, which the session
alone holds: when the session lets go of it, all of it is gone. Pages do not
leave its events in what Streamlit keeps of them (fragments, callbacks, files
to be made): those ask `store` for the data when they run, or hold them weakly.
"""

import secrets
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from geo.dataset import Dataset
from geo.ingest import (
    FileError,
    FileKind,
    Progress,
    Reading,
    ZoneWanted,
    read_apart,
    zone_of,
)

Made = TypeVar("Made")

# Quick rather than small: a table is a fifth of its size all the same.
_LEVEL = 1


@dataclass(frozen=True)
class Choice:
    """What the reader says of a file."""

    kind: FileKind | None = None
    """None: as it is recognised."""
    zone: str = ""
    """Name of a time zone, as `geo.ingest.zone_of` takes it; "": not said."""


class Opened:
    """One file, and what reading it led to.

    Parameters
    ----------
    name
        Of the file, without its folder.
    content
        Its bytes; kept packed, so that it can be read again in another way.
    """

    def __init__(self, name: str, content: bytes | bytearray) -> None:
        self.id = secrets.token_hex(4)
        self.name = name
        self.choice = Choice()
        self.is_read = False
        self.reading: Reading | None = None
        self.trouble = ""
        """Why the file cannot be read, in English; "" if it can."""
        self.question: ZoneWanted | None = None
        """What must be answered before the file can be read."""
        self._packed = zlib.compress(content, _LEVEL)
        self._made: dict[Hashable, Any] = {}

    @property
    def dataset(self) -> Dataset | None:
        """The events that can be shown; None if there are none."""
        return self.reading.dataset if self.reading else None

    def choose(self, choice: Choice) -> None:
        """Have the file read anew, as the reader says."""
        self.choice = choice
        self.is_read = False
        self.reading, self.trouble, self.question = None, "", None
        self._made.clear()

    def read(self, gazetteer: Dataset, progress: Progress) -> None:
        """Read the file as it was chosen to be read; what is wrong is kept.

        Parameters
        ----------
        gazetteer
            The data whose places are known by name.
        """
        zone = zone_of(self.choice.zone) if self.choice.zone else None
        try:
            self.reading = read_apart(
                zlib.decompress(self._packed),
                name=self.name,
                kind=self.choice.kind,
                zone=zone,
                gazetteer=gazetteer,
                progress=progress,
            )
        except ZoneWanted as error:
            # A new one: the traceback would keep the rows that were read.
            self.question = ZoneWanted(error.name, error.count, error.example)
        except FileError as error:
            self.trouble = str(error)
        self.is_read = True

    def forget(self) -> None:
        """Let go of everything: whoever still holds this holds nothing of the file."""
        self.choose(Choice())
        self._packed = b""

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what was made of the file, made once."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made
