from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.cube import csv_blocks
from geo.cube.csv_blocks import CsvLayout, Table, blocks_of, layout_of
from geo.ingest import UPLOAD
from geo.ingest.csv_file import read_csv_sheet
from tests.geo.cube.given import (
    HEADER,
    SQUARE,
    Row,
    cube,
    index,
    level,
    run,
    set_aside,
    table,
)

LINE = ",".join(SQUARE) + "\n"
HEAD = ",".join(HEADER) + "\n"

Output = pytest.CaptureFixture[str]


def tables(path: Path) -> tuple[CsvLayout, list[Table]]:
    layout = layout_of(path)
    return layout, [
        csv_blocks.read_block(path, start, end, layout)
        for start, end in blocks_of(path, layout)
    ]


def rows_of(found: list[Table]) -> list[tuple[str, ...]]:
    """Give the cells of all whole rows."""
    names = found[0].cells.keys() if found else ()
    columns = [
        [cell for each in found for cell in each.cells[name].to_pylist()]
        for name in names
    ]
    return list(zip(*columns, strict=True))


cells = st.text("ab1\",;\n\r \u2028'", max_size=5)
lines = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=12)


def as_csv(rows: list[list[str]], *, quoting: bool) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoting else text

    return "".join(",".join(map(cell, row)) + "\n" for row in rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lines, quoting=st.booleans(), block=st.sampled_from([40, 8_000_000]))
def test_rows_are_those_of_a_single_file(
    tmp_path: Path, rows: list[list[str]], quoting: bool, block: int
) -> None:
    text = "date,lat,lon\n" + as_csv(rows, quoting=quoting)
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        # Where a stray quote opens, small blocks may begin afresh elsewhere.
        patch.setattr(csv_blocks, "BLOCK_BYTES", block if quoting else 8_000_000)
        _, found = tables(path)
    sheet = read_csv_sheet(text, "x.csv", lambda _: None, UPLOAD)
    records = [sheet.record(row).given[:3] for row in range(len(sheet))]
    assert rows_of(found) == records
    assert sum(each.count for each in found) == len(records) + len(sheet.broken)


def test_blocks_are_whole_rows_and_leave_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 100)
    path = tmp_path / "x.csv"
    path.write_text(HEAD + LINE * 20)
    layout = layout_of(path)
    spans = list(blocks_of(path, layout))
    raw = path.read_bytes()
    assert len(spans) > 5
    assert spans[0][0] == len(HEAD)
    assert spans[-1][1] == len(raw)
    assert all(raw[end - 1 : end] == b"\n" for _, end in spans)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


def test_a_line_end_in_a_cell_does_not_end_a_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 120)
    note = "a\nb\n\n" * 8
    rows = [(*SQUARE, note)] * 9
    path = table(tmp_path / "x.csv", *rows, header=(*HEADER, "note"))
    _, found = tables(path)
    assert len(found) > 5
    assert [each.broken for each in found] == [()] * len(found)
    assert sum(each.count for each in found) == 9


def test_one_stray_quote_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD + LINE * 3 + '"' + LINE + LINE * 3)
    assert set_aside(cube(tmp_path, path)) == {"broken": 1}
    assert index(tmp_path / "cube")["total"] == 6


def test_a_quote_never_closed_does_not_hold_up_later_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 200)
    path = tmp_path / "x.csv"
    path.write_text(HEAD + '"' + LINE * 30)
    assert set_aside(cube(tmp_path, path)) == {"broken": 1}


def test_a_line_longer_than_a_block_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 200)
    path = tmp_path / "x.csv"
    path.write_text(HEAD + LINE + "x" * 500)
    assert run(path, "-o", tmp_path / "cube") == 1
    assert f"{path}: has a line of more than 200 bytes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("codec", "separator", "end"),
    [
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ";", "\r\n"),
        ("utf-8", "\t", "\r"),
        ("cp1251", ";", "\n"),
    ],
)
def test_text_as_other_programs_write_it(
    tmp_path: Path, codec: str, separator: str, end: str
) -> None:
    header = ("дата", "широта", "долгота", "вид", "название")
    rows = [header, *[(*SQUARE, "Митинг на площади")] * 3]
    path = tmp_path / "x.csv"
    path.write_bytes(end.join(separator.join(row) for row in rows).encode(codec))
    assert set_aside(cube(tmp_path, path)) == {}
    assert index(tmp_path / "cube")["total"] == 3


def test_bytes_that_are_no_text_cost_the_row_they_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(
        (HEAD + LINE).encode()
        + b"2022-01-05T10:00Z,\xff,1,fire\n"
        + LINE.replace("fire", "пожар").encode()
    )
    assert set_aside(cube(tmp_path, path)) == {"broken": 1}


def test_decimal_commas_where_they_separate_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("date;lat;lon\n2022-01-05T14:50Z;43,2382;76,9452\n")
    plain = table(tmp_path / "y.csv", ("2022-01-05T14:50Z", "43.2382", "76.9452", ""))
    there = level(cube(tmp_path, path), 16)
    assert there == level(cube(tmp_path, plain), 16)


def test_blank_lines_and_empty_rows_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"\n{HEAD}\n{LINE}\n,,,\n  \n{LINE}")
    assert set_aside(cube(tmp_path, path)) == {}
    assert index(tmp_path / "cube")["read"] == 2


def test_a_block_of_blank_lines_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD + "\n \n")
    _, found = tables(path)
    assert [each.count for each in found] == [0]


def test_a_separator_at_the_end_of_each_row_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD + LINE.replace("\n", ",\n") * 2)
    assert set_aside(cube(tmp_path, path)) == {}


def test_acleds_words_become_ours(tmp_path: Path) -> None:
    header = (
        "event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude",
    )  # fmt: skip
    rows = [
        ("KZ1", "05 January 2022", "Riots", "Mob violence", "43.25", "76.95"),
        ("KZ2", "05 January 2022", "Protests", "", "43.25", "76.95"),
        ("KZ3", "05 January 2022", "A new type", "", "43.25", "76.95"),
        ("KZ4", "5.1.2022", "Protests", "", "43.25", "76.95"),
    ]
    path = table(tmp_path / "x.csv", *rows, header=header)
    folder = cube(tmp_path, path, "--zone", "Asia/Almaty")
    assert set_aside(folder) == {"bad-time": 1}
    assert [row.kind for row in level(folder, 16)] == [
        "gathering",
        "clash",
        "observation",
    ]
    assert index(folder)["only_day_known"] == 3
    assert index(folder)["other_kinds"] == 1


def test_every_row_is_counted_or_has_one_reason(tmp_path: Path) -> None:
    rows = [
        SQUARE,
        ("", "x", "", "fire"),
        ("05.01.2022", "43.2", "76.9", "fire"),
        ("2022-03-27T03:30", "43.2", "76.9", "fire"),
        ("2022-01-05T14:50Z", "", "", "fire"),
        ("2022-01-05T14:50Z", "43.2", "", "fire"),
        ("2022-01-05T14:50Z", "43.2°", "76.9", "fire"),
        ("2022-01-05T14:50Z", "143.2", "76.9", "fire"),
        ("2022-01-05T14:50Z", "43.2", "76.9", "fire", "more"),
        ("2022-01-05T14:50Z", "43.2", "76.9", "riot"),
        ("2022-01-05T14:50Z", "43.2", "76.9", ""),
    ]
    folder = cube(tmp_path, table(tmp_path / "x.csv", *rows), "--zone", "Europe/Kyiv")
    assert set_aside(folder) == {
        "broken": 1,
        "no-time": 1,
        "bad-time": 1,
        "skipped-time": 1,
        "no-position": 1,
        "bad-position": 2,
        "off-map": 1,
    }
    assert index(folder)["other_kinds"] == 1


def test_the_cell_the_hour_and_the_kind_are_those_of_the_row(tmp_path: Path) -> None:
    folder = cube(tmp_path, table(tmp_path / "x.csv", SQUARE, SQUARE))
    # 14:00 of 5 January 2022; tile 10/730/375.
    assert level(folder, 10) == {Row(18_997 * 24 + 14, 375, 730, "fire"): 2}
    assert level(folder, 4) == {Row(18_997 * 24 + 14, 375 >> 6, 730 >> 6, "fire"): 2}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"title,date\nA,2022-01-05\n", "row 1: a CSV to be counted has the columns"),
        (b"lat,lon\n1,2\n", "lacks date or start"),
        (b"date,lat\n2022-01-05,2\n", "lacks lat and lon"),
        (b'{"type": "FeatureCollection"}', "is JSON"),
        (b"PK\x03\x04 and more", "is a workbook or an archive"),
        ("date,lat,lon\n".encode("utf-16"), "is UTF-16"),
        (b'"date,lat,lon\n', "has a header that is not CSV"),
        (b"d\0a\0t\0e\0\n\0", "has null bytes in its header"),
    ],
)
def test_what_cannot_be_counted_is_named_and_said(
    tmp_path: Path, capsys: Output, content: bytes, message: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert run(path, "-o", tmp_path / "cube") == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"{path}")
    assert (message in said.err, said.err.count("\n"), said.out) == (True, 1, "")
    assert not (tmp_path / "cube").exists()
