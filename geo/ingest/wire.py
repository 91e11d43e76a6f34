"""How two processes hand each other what they know: pickles over a pipe.

The columns of a dataset go as they lie in memory, after the pickle of the rest
(protocol 5), and are neither copied nor taken apart on the way.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO, Any

_SIZE = struct.Struct("<Q")


def _frozen(content: dict[Any, Any]) -> Mapping[Any, Any]:
    """Make a mapping that nobody writes to; its own type has no name to pickle."""
    return MappingProxyType(content)


def _raised(kind: type[Exception], args: Any, members: dict[str, Any]) -> Exception:  # noqa: ANN401
    """Make an exception as it was, whatever its class asks for when it is made."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(members)
    return error


class _Pickler(pickle.Pickler):
    """Writes some objects by name: the other side has them already."""

    def __init__(
        self, out: IO[bytes], buffers: list[pickle.PickleBuffer], shared: dict[int, str]
    ) -> None:
        super().__init__(out, protocol=5, buffer_callback=buffers.append)
        self._shared = shared

    def persistent_id(self, obj: object) -> str | None:
        """Give the name of what both sides have."""
        return self._shared.get(id(obj))

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 - pickle's own
        """Say how to make what pickle makes in no way, or in another."""
        if isinstance(obj, MappingProxyType):
            return _frozen, (dict(obj),)
        if isinstance(obj, Exception):
            return _raised, (type(obj), obj.args, obj.__dict__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Reads what `_Pickler` wrote."""

    def __init__(
        self, content: bytes, buffers: list[bytearray], shared: Mapping[str, object]
    ) -> None:
        super().__init__(io.BytesIO(content), buffers=buffers)
        self._shared = shared

    def persistent_load(self, pid: str) -> object:
        """Give what stands here under a name."""
        return self._shared[pid]


def send(pipe: IO[bytes], thing: object, shared: Mapping[str, object]) -> None:
    """Write one object.

    Parameters
    ----------
    shared
        What the other side has under the same names.
    """
    out = io.BytesIO()
    buffers: list[pickle.PickleBuffer] = []
    named = {id(each): name for name, each in shared.items()}
    _Pickler(out, buffers, named).dump(thing)
    parts = [out.getbuffer(), *(each.raw() for each in buffers)]
    pipe.write(_SIZE.pack(len(parts)))
    for part in parts:
        pipe.write(_SIZE.pack(part.nbytes))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes], shared: Mapping[str, object]) -> Any:  # noqa: ANN401
    """Read one object.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    parts: list[bytearray] = []
    for _ in range(_read_size(pipe)):
        part = bytearray(_read_size(pipe))
        if pipe.readinto(part) != len(part):  # type: ignore[attr-defined]  # a pipe
            raise EOFError
        parts.append(part)
    return _Unpickler(bytes(parts[0]), parts[1:], shared).load()


def _read_size(pipe: IO[bytes]) -> int:
    """Read a number of bytes or parts."""
    raw = pipe.read(_SIZE.size)
    if len(raw) < _SIZE.size:
        raise EOFError
    size: int = _SIZE.unpack(raw)[0]
    return size
