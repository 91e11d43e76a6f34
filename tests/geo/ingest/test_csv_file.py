import csv
import io

import pytest

from geo.ingest import FileKind, problems_csv
from tests.geo.ingest.given import problems, reading, refusal, shown

HEADER = "title,date,place\n"


def numbers(text: str) -> list[tuple[int, int]]:
    return [(row.number, row.line) for row in reading(text).set_aside]


def written(text: str) -> list[list[str]]:
    """Give the problems file, without the mark and the header."""
    lines = problems_csv(reading(text)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(lines, newline="")))[1:]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    text = "title,date,place\nA,2022-01-05,\n".replace(",", separator)
    found = reading(text)
    assert (found.separator, found.shown) == (separator, 1)


def test_the_line_that_tells_excel_the_separator_is_read() -> None:
    found = reading("sep=;\ntitle;date;place\nA, B, C, D, E;2022-01-05;\nB;bad;\n")
    assert (found.separator, found.set_aside[0].number) == (";", 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end: str) -> None:
    rows = shown(f"{HEADER}A,2022-01-05,\nB,2022-01-06,\n".replace("\n", end)).events
    assert list(rows["title"]) == ["A", "B"]


def test_one_bad_row_in_the_middle_costs_itself_only() -> None:
    found = reading(f"{HEADER}A,2022-01-05,\nB,5.1.2022,\nC,2022-01-06,\n")
    assert (found.read, found.shown) == (3, 2)
    assert [row.cells for row in found.set_aside] == [("B", "5.1.2022", "")]


def test_ragged_rows_are_set_aside_with_both_counts() -> None:
    found = reading(f"{HEADER}A,2022-01-05\nB,2022-01-05,,x\nC,2022-01-05,\n")
    assert problems(found) == [
        "given.csv, row 2: has 2 cells where the header has 3",
        "given.csv, row 3: has 4 cells where the header has 3",
    ]


def test_empty_cells_past_the_end_do_no_harm() -> None:
    assert len(shown(f"{HEADER}A,2022-01-05,,,\n").events) == 1


def test_blank_lines_and_empty_rows_are_no_rows() -> None:
    found = reading(f"{HEADER}\nA,2022-01-05,\n,,\n\n \nB,bad,\n")
    assert (found.read, found.shown) == (2, 1)


def test_a_problem_has_the_row_of_the_spreadsheet_and_the_line_of_the_file() -> None:
    text = f'{HEADER}"A\nin two lines",2022-01-05,\n\nB,bad,\n'
    assert numbers(text) == [(4, 5)]


def test_a_cell_may_hold_line_breaks_and_quotes() -> None:
    text = f'{HEADER}"A ""b""\nc",2022-01-05,\n'
    assert list(shown(text).events["title"]) == ['A "b"\nc']


def test_a_quote_that_is_not_closed_costs_its_line_only() -> None:
    rows = "".join(f"Row {n},2022-01-05,\n" for n in range(50))
    found = reading(f'{HEADER}A,2022-01-05,\n"B,2022-01-05,\n{rows}')
    assert (found.shown, problems(found)) == (
        51,
        ["given.csv, row 3: opens a quote that is not closed"],
    )


def test_the_line_after_a_bad_quote_is_counted_on() -> None:
    assert numbers(f'{HEADER}"B,2022-01-05,\nC,2022-01-05,\nD,bad,\n') == [
        (2, 2),
        (4, 4),
    ]


def test_a_file_of_open_quotes_loses_no_row() -> None:
    found = reading(HEADER + '"A,2022-01-05,\n' * 3001)
    assert found.read >= 1501


def test_a_quote_inside_a_cell_is_text() -> None:
    assert list(shown(f'{HEADER}A 5" pipe,2022-01-05,\n').events["title"]) == [
        'A 5" pipe'
    ]


def test_text_after_a_closed_quote_is_set_aside() -> None:
    found = reading(f'{HEADER}"A"b,2022-01-05,\nC,2022-01-05,\n')
    assert (found.shown, len(found.set_aside)) == (1, 1)


def test_a_huge_cell_costs_its_row() -> None:
    found = reading(f"{HEADER}{'x' * 200_000},2022-01-05,\nB,2022-01-05,\n")
    assert (found.shown, len(found.set_aside)) == (1, 1)
    assert len(problems(found)[0]) < 200


def test_a_header_alone_is_read_and_shows_nothing() -> None:
    found = reading(HEADER)
    assert (found.read, found.shown, found.dataset) == (0, 0, None)


def test_columns_that_stand_twice_are_kept_apart() -> None:
    extras = shown("title,date,place,a,a,\nA,2022-01-05,,1,2,\n").extras
    assert extras[["a", "a (2)"]].iloc[0].tolist() == ["1", "2"]


def test_too_many_columns_are_refused() -> None:
    assert "columns" in refusal("title,date,place" + ",x" * 1000 + "\n")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,when\n", "lacks lat or place"),
        ("a,b,c\n", 'has the columns "a", "b", "c"'),
        ("title,date,lat\n", "lacks lat or place"),
    ],
)
def test_an_unknown_header_is_refused_with_what_it_lacks(
    header: str, words: str
) -> None:
    assert words in refusal(header + "x,y,z\n")


def test_a_given_kind_is_held_to() -> None:
    assert "is not a CSV of ACLED" in refusal(
        HEADER + "A,2022-01-05,\n", kind=FileKind.ACLED
    )


def test_problems_file_has_the_rows_unchanged() -> None:
    rows = written(f"{HEADER}  A ,bad,\nB,2022-01-05\n")
    assert [row[0] for row in rows] == ["2", "3"]
    assert [row[2:] for row in rows] == [["  A ", "bad", ""], ["B", "2022-01-05"]]


def test_problems_file_runs_no_formula() -> None:
    (row,) = written(f"{HEADER}=1+1,bad,@x\n")
    assert row[2:] == ["'=1+1", "bad", "'@x"]


def test_problems_file_is_separated_as_the_file_is() -> None:
    text = "title;date;lat;lon\nA;bad;43,2382;76,9453\n"
    content = problems_csv(reading(text)).decode("utf-8-sig")
    data = shown(content.replace(";bad;", ";2022-01-05;"))
    assert data.places.geometry.iloc[0].y == 43.2382


def test_problems_file_of_corrected_rows_is_read_again() -> None:
    text = problems_csv(reading(f"{HEADER}=1+1,bad,\n")).decode("utf-8-sig")
    events = shown(text.replace(",bad,", ",2022-01-05,")).events
    assert list(events["title"]) == ["=1+1"]
