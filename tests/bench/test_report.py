import pytest

from bench.report import (
    column,
    figures_table,
    number,
    p95,
    ratio,
    said,
    table,
    times,
)
from bench.subjects import OURS, PEERS, Subject
from tests.bench.runs import SIZE, run


def peer(key: str) -> Subject:
    return next(each for each in PEERS if each.key == key)


def test_percentile_counts_the_ends_in() -> None:
    assert p95([float(i) for i in range(101)]) == 95


def test_percentile_of_a_single_value_is_the_value() -> None:
    assert p95([7.0]) == 7.0


def test_load_is_the_share_beyond_an_empty_page() -> None:
    assert number(run(), "load", OURS, SIZE) == 200


def test_step_is_a_median_and_processor_time_a_mean() -> None:
    assert number(run(), "step", OURS, SIZE) == 30
    assert number(run(), "cpu", OURS, SIZE) == 20


def test_ratio_of_times_says_how_many_times_faster_this_project_is() -> None:
    assert ratio(run(), "step", peer("A"), SIZE) == pytest.approx(4)
    assert ratio(run(), "load", peer("A"), SIZE) == pytest.approx(3)


def test_ratio_of_frames_says_how_many_times_more_this_project_shows() -> None:
    assert ratio(run(), "frames", peer("E1"), SIZE) == pytest.approx(6)


def test_ratio_below_one_where_the_peer_is_faster() -> None:
    assert ratio(run(), "step", peer("E1"), SIZE) == pytest.approx(0.5)


def test_no_ratio_without_a_number() -> None:
    assert ratio(run(), "step", peer("F"), SIZE) is None


def test_no_ratio_to_nothing() -> None:
    made = run()
    made.cells["P", SIZE].step_bytes = [0.0]
    assert ratio(made, "bytes", peer("A"), SIZE) is None


def test_cell_says_why_it_has_no_number() -> None:
    assert said(run(), "frames", peer("A"), SIZE) == "no play"
    assert said(run(), "step", peer("F"), SIZE) == "over 30 s"
    assert said(run(), "step", peer("G"), SIZE) == "not run"


def test_cell_rounds_as_its_column_does() -> None:
    assert column("frames").decimals == 1
    assert said(run(), "frames", OURS, SIZE) == "60.0"
    assert said(run(), "step", OURS, SIZE) == "30"


def test_no_ratio_of_a_share_within_the_noise() -> None:
    made = run()
    made.cells["E1", SIZE].load_ms = [490]
    assert ratio(made, "load", peer("E1"), SIZE) is None
    assert said(made, "load", peer("E1"), SIZE) == "-10"


def test_table_has_a_line_a_subject_that_was_run_with_its_ratio() -> None:
    lines = figures_table(run(), "step").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]
    assert cells == [
        ["**P**", "30"],
        ["**A**", "120 (4.0 ×)"],
        ["**E1**", "15 (0.50 ×)"],
        ["**F**", "over 30 s"],
    ]


def test_ratio_has_as_many_decimals_as_it_deserves() -> None:
    assert [times(each) for each in (0.456, 4.56, 456.0)] == [
        "0.46 ×",
        "4.6 ×",
        "456 ×",
    ]


def test_columns_of_a_table_line_up() -> None:
    lines = table(["", "wide head"], [["a long label", "1"]]).splitlines()
    assert lines[0] == "|              | wide head |"
    assert lines[1] == "| :----------- | --------: |"
    assert lines[2] == "| a long label |         1 |"
