import gc
import weakref
from pathlib import Path

import pytest

from geo import ingest
from geo.export import FORMATS
from geo.ingest import FileError, FileKind, Limits, csv_file, read
from geo.query import Query
from geo.texts import Texts
from tests.geo.ingest.given import (
    ALMATY,
    FILES,
    our_data,
    reading,
    refusal,
    sample,
    shown,
)

TABLE = "title,date,place\nA,2022-01-05,\nB,2022-01-06,\n"


def test_a_path_is_read_under_its_own_name() -> None:
    found = read(FILES / "table.csv", zone=ALMATY, gazetteer=our_data())
    assert (found.name, found.read) == ("table.csv", 3)


def test_a_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv")


def test_a_file_at_the_limit_is_read() -> None:
    assert reading(TABLE, limits=Limits(most_bytes=len(TABLE))).shown == 2


def test_a_larger_file_is_refused_with_both_sizes() -> None:
    limits = Limits(most_bytes=1_000_000)
    assert refusal("x" * 1_200_000, limits=limits) == "is 1.2 MB; 1 MB is the most"


def test_a_large_path_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(TABLE)
    file.chmod(0)
    with pytest.raises(FileError, match="is the most"):
        read(file, limits=Limits(most_bytes=1))


def test_a_csv_with_as_many_rows_as_allowed_is_read() -> None:
    assert reading(TABLE, limits=Limits(most_rows=2)).shown == 2


@pytest.mark.parametrize("row", ["C,2022-01-05,\n", "ragged\n"])
def test_a_csv_with_one_row_more_is_refused(row: str) -> None:
    limits = Limits(most_rows=2)
    assert "more than 2 rows" in refusal(TABLE + row, limits=limits)


def test_a_json_with_one_item_more_is_refused() -> None:
    limits = Limits(most_rows=1)
    assert "more than 1 item" in refusal(sample("points.geojson"), limits=limits)


def test_the_limits_are_those_we_promise() -> None:
    assert Limits(50_000_000, 500_000) == ingest.UPLOAD


def test_progress_rises_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_STEP", 1)
    told: list[float] = []
    reading(TABLE, progress=told.append)
    assert told == sorted(told)
    assert (told[0] >= 0, told[-1]) == (True, 1.0)


def test_reading_leaves_the_collector_as_it_was() -> None:
    reading(TABLE)
    assert gc.isenabled()
    refusal("")
    assert gc.isenabled()


def test_nothing_remembers_a_file_that_was_read() -> None:
    found = reading(sample("acled.csv"))
    dataset = weakref.ref(found.dataset)
    del found
    gc.collect()
    assert dataset() is None


def test_reading_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    content = sample("table.csv")
    our_data()
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr("os.open", refuse)
    assert reading(content).shown == 3


def test_programs_for_geodata_are_not_asked() -> None:
    words = ("pyogrio", "fiona", "read_file(", "osgeo")
    modules = Path(ingest.__file__).parent.glob("*.py")
    assert not [each for file in modules for each in words if each in file.read_text()]


def test_a_kind_may_be_given() -> None:
    found = reading(sample("events.csv"), kind=FileKind.EVENTS)
    assert found.shown == 3


def test_two_readers_never_share_an_event() -> None:
    first, second = shown(TABLE), shown(TABLE.replace("A,", "C,"))
    assert list(first.events["title"]) == ["A", "B"]
    assert list(second.events["title"]) == ["C", "B"]


@pytest.mark.parametrize(
    "name", ["events.csv", "table.csv", "acled.csv", "points.geojson", "timemap.json"]
)
@pytest.mark.parametrize(
    "form", ["csv", "geojson", "kml", "html", "ics", "timelinejs", "bibtex"]
)
def test_every_kind_of_file_goes_out_in_our_formats(name: str, form: str) -> None:
    content = FORMATS[form].render(shown(sample(name), name=name), Query(), Texts())
    assert content
    if form in ("csv", "geojson", "kml", "html"):
        assert b"The January 2022 events" not in content
        assert b"CC BY" not in content
