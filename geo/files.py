"""Write files and folders so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW_FILE_MODE = 0o666
_NEW_FOLDER_MODE = 0o777


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


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Fill a folder whole, or leave what was there as it was.

    Gives an empty folder beside the target, which takes its place at the end.
    Whatever goes wrong in between, the draft is removed.

    Parameters
    ----------
    path
        A link is followed. A folder that is there is replaced with all it
        holds.

    Raises
    ------
    OSError
        If the folder around it is not there, or may not be written.
    """
    target = path.resolve()
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield draft
        draft.chmod(_mode_for(target, _NEW_FOLDER_MODE))
        _take_place(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _take_place(draft: Path, target: Path) -> None:
    """Let a folder take another's place; a folder cannot replace a full one."""
    if not target.exists():
        draft.rename(target)
        return
    old = draft.with_name(f"{draft.name}.old")
    target.rename(old)
    try:
        draft.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _mode_for(target: Path, new_mode: int = _NEW_FILE_MODE) -> int:
    """Give the mode the file has, or a new one would have got."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return new_mode & ~mask
