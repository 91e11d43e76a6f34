"""Write files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_NEW_FILE_MODE = 0o666


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was.

    Writes beside the target and then takes its place. What is no ordinary
    file (a pipe, a terminal, /dev/null) is written to and never replaced.

    Parameters
    ----------
    path
        A link is followed; its target is replaced.

    Raises
    ------
    OSError
        If the folder is not there, or the file may not be written.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(_mode_for(target))
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mode_for(target: Path) -> int:
    """Give the mode the file has, or a new one would have got."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return _NEW_FILE_MODE & ~mask
