"""`python -m geo play`: from files of events over their counts to a page."""

from pathlib import Path

import pytest

from geo.cli import main
from geo.timemap import render_cube_page
from tests.counted import counted_rows, write_cube

Output = pytest.CaptureFixture[str]
EVENTS = (
    "date,lat,lon,kind\n"
    "2022-01-05T14:50+06:00,43.238,76.945,fire\n"
    "2022-01-05T15:10+06:00,43.238,76.945,clash\n"
)


def test_what_was_counted_is_written_as_a_page(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text(EVENTS, encoding="utf-8")
    folder, page = tmp_path / "cube", tmp_path / "map.html"
    assert main(["cube", str(events), "-o", str(folder)]) == 0
    assert main(["play", str(folder), "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == render_cube_page(folder)


def test_the_page_speaks_the_language(tmp_path: Path) -> None:
    folder = write_cube(tmp_path, counted_rows(50))
    page = tmp_path / "map.html"
    assert main(["play", str(folder), "-o", str(page), "--lang", "kk"]) == 0
    assert '<html lang="kk">' in page.read_text(encoding="utf-8").replace(
        "<html lang=kk>", '<html lang="kk">'
    )


def test_a_folder_that_holds_no_cube_is_named(tmp_path: Path, capsys: Output) -> None:
    page = tmp_path / "map.html"
    assert main(["play", str(tmp_path), "-o", str(page)]) == 1
    assert "cube.json" in capsys.readouterr().err
    assert not page.exists()


def test_a_folder_that_is_not_there_is_wrong_use(
    tmp_path: Path, capsys: Output
) -> None:
    assert main(["play", str(tmp_path / "gone"), "-o", "-"]) == 2
    assert "is not a folder" in capsys.readouterr().err
