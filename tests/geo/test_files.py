import os
import stat
from pathlib import Path

import pytest

from geo.files import whole_folder, write_whole


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("the disk is gone")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_target_of_a_link_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", b"")
    (tmp_path / "usual").write_bytes(b"")
    modes = {(tmp_path / name).stat().st_mode for name in ("out", "usual")}
    assert len(modes) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path(os.devnull), b"gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "out", b"")


def filled(target: Path, text: str) -> None:
    with whole_folder(target) as draft:
        (draft / "new").write_text(text)


def test_a_folder_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    filled(tmp_path / "out", "1")
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "new").read_text() == "1"


def test_a_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").write_text("old")
    filled(target, "1")
    assert [each.name for each in target.iterdir()] == ["new"]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_half_written_is_none(tmp_path: Path) -> None:
    filled(tmp_path / "out", "old")

    def half() -> None:
        with whole_folder(tmp_path / "out") as draft:
            (draft / "new").write_text("half")
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        half()
    assert (tmp_path / "out" / "new").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_the_old_folder_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    filled(target, "old")
    rename = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if to == target and not self.name.endswith(".old"):
            raise OSError("the disk is gone")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        filled(target, "1")
    assert (target / "new").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_new_folder_gets_the_usual_mode(tmp_path: Path) -> None:
    filled(tmp_path / "out", "1")
    (tmp_path / "usual").mkdir()
    modes = [(tmp_path / name).stat().st_mode for name in ("out", "usual")]
    assert modes[0] == modes[1]
