import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import guarded, unguarded
from geo.dataset import DataError, Dataset, load
from geo.export.tables import csv_of
from geo.export.timeline_js import COLUMNS
from geo.query import Query
from tests import cast
from tests.exports import CONTROL, ODD, asked, odd_dataset, rendered, window, written

DATA = Path(__file__).resolve().parents[2] / "data"


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# csv


def test_table_of_everything_is_read_back_the_same(
    shipped: Dataset, tmp_path: Path
) -> None:
    for file in DATA.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "events.csv").write_bytes(rendered("csv", shipped))
    pd.testing.assert_frame_equal(
        pd.DataFrame(load(tmp_path).events), pd.DataFrame(shipped.events)
    )


def test_text_of_every_sort_is_read_back_the_same(tmp_path: Path) -> None:
    first = odd_dataset(tmp_path, ODD + CONTROL)
    (tmp_path / "events.csv").write_bytes(rendered("csv", first))
    again = load(tmp_path)
    assert again.events.loc["odd", "title"] == ODD + CONTROL
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.events), pd.DataFrame(first.events)
    )


def test_pandas_reads_the_shipped_events(shipped: Dataset, tmp_path: Path) -> None:
    frame = pd.read_csv(written(tmp_path, "csv", shipped), keep_default_na=False)
    assert list(frame["id"]) == list(shipped.events.index)
    assert list(frame["summary"]) == list(shipped.events["summary"])


def test_excel_knows_the_table_as_utf_8(small: Dataset) -> None:
    # Microsoft: Excel opens a CSV as UTF-8 if it begins with the mark EF BB BF.
    assert rendered("csv", small).startswith(b"\xef\xbb\xbfid,title,")


def test_version_and_licence_are_columns(small: Dataset) -> None:
    row = rows_of(rendered("csv", small))[0]
    assert row["data_version"] == "1.0.0"
    assert "CC BY 4.0" in row["licence"]


def test_imprint_columns_are_read_past(folder: Path) -> None:
    events = [row | {"data_version": "1.0.0", "licence": "x"} for row in cast.EVENTS]
    cast.write_csv(folder / "events.csv", events)
    assert "licence" not in load(folder).events


def test_other_columns_are_still_refused(folder: Path) -> None:
    cast.write_csv(folder / "events.csv", [row | {"extra": ""} for row in cast.EVENTS])
    with pytest.raises(DataError, match='unknown column "extra"'):
        load(folder)


def test_table_holds_the_chosen_events_only(small: Dataset) -> None:
    expected = [key for key, status in cast.STATUSES.items() if status != "possible"]
    rows = rows_of(rendered("csv", small, window(small)))
    assert [row["id"] for row in rows] == expected


def test_times_carry_almatys_offset(small: Dataset) -> None:
    (row,) = rows_of(csv_of(small, ["clash-to-the-minute"]))
    assert row["start"] == "2022-01-05T14:50+06:00"


def test_lists_are_joined_as_in_the_data(small: Dataset) -> None:
    (row,) = rows_of(csv_of(small, ["clash-to-the-minute"]))
    assert row["actors"] == "police | protesters"


def test_table_of_nothing_is_a_header(small: Dataset) -> None:
    table = rendered("csv", small, Query(q="nosuchword"))
    assert table.count(b"\n") == 1


# Cells that a spreadsheet might run


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
def test_cell_that_may_be_a_formula_is_guarded(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ["", "1+1", "a=b", "'Three floors'", " =1", "é"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell == unguarded(cell)


@given(st.text(alphabet="'=+-@\t\r\nab", max_size=6) | st.text())
def test_guard_comes_off_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("name", ["csv", "timelinejs"])
def test_no_exported_cell_begins_like_a_formula(tmp_path: Path, name: str) -> None:
    rows = rows_of(rendered(name, odd_dataset(tmp_path)))
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_hand_written_row_with_a_guard_loses_it_too(folder: Path) -> None:
    rows = [cast.EVENTS[0] | {"note": "'=1+1"}, *cast.EVENTS[1:]]
    cast.write_csv(folder / "events.csv", rows)
    assert load(folder).events["note"].iloc[0] == "=1+1"


# TimelineJS


def slides(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def test_timeline_has_the_columns_of_its_template(small: Dataset) -> None:
    # The header row of the spreadsheet template of Knight Lab, timeline.knightlab.com.
    assert tuple(slides(rendered("timelinejs", small)).columns) == COLUMNS
    assert COLUMNS[0] == "Year"
    assert COLUMNS[-3:] == ("Type", "Group", "Background")


def test_timeline_opens_with_a_title_that_says_what_it_is(small: Dataset) -> None:
    title = slides(rendered("timelinejs", small, window(small))).iloc[0]
    assert (title["Type"], title["Year"]) == ("title", "")
    for words in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "ODbL"):
        assert words in title["Text"]


def test_slide_stands_on_almatys_clock(small: Dataset) -> None:
    frame = slides(rendered("timelinejs", small))
    row = frame[frame["Headline"] == "Clash to the minute"].iloc[0]
    assert list(row[["Year", "Month", "Day", "Time"]]) == ["2022", "1", "5", "14:50:00"]
    assert row["End Time"] == "15:10:00"


def test_slide_says_how_exactly_its_time_is_known(small: Dataset) -> None:
    frame = slides(rendered("timelinejs", small))
    row = frame[frame["Headline"] == "Network down that day"].iloc[0]
    assert row["Display Date"].startswith("some time on 5 January 2022")


def test_instant_has_no_end(small: Dataset) -> None:
    frame = slides(rendered("timelinejs", small))
    row = frame[frame["Headline"] == "Instant as it opens"].iloc[0]
    assert row["End Year"] == ""


def test_every_chosen_event_is_a_slide(shipped: Dataset) -> None:
    query = asked(shipped, kinds="fire")
    frame = slides(rendered("timelinejs", shipped, query))
    fires = shipped.events[shipped.events["kind"] == "fire"]
    assert len(frame) == 1 + len(fires)


def test_text_of_a_slide_is_no_html(small: Dataset) -> None:
    content = rendered("timelinejs", small).decode()
    assert "&lt;script&gt;" in content
    assert "<script" not in content
