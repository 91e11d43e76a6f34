from bench.required import Check, checks
from bench.rows import SHIPPED
from tests.bench.runs import figures, run


def check(found: list[Check], promise: str) -> Check:
    (one,) = (each for each in found if each.promise.startswith(promise))
    return one


def test_promise_is_missed_below_its_ratio() -> None:
    one = check(checks(run()), "Filter change to picture, median: A against")
    assert (one.required, one.measured, one.verdict) == ("≥ 13 ×", "4.0 ×", "MISSED")


def test_promise_is_met_above_its_ratio() -> None:
    one = check(checks(run()), "First load: A against")
    assert (one.required, one.measured, one.verdict) == ("≥ 2.5 ×", "3.0 ×", "met")


def test_promise_against_what_cannot_do_it_is_met() -> None:
    made = run()
    made.cells["A", 1_000].step_ms = []
    made.cells["A", 1_000].why["step"] = "over 30 s"
    one = check(checks(made), "Filter change to picture, median: A against")
    assert (one.measured, one.verdict) == ("A: over 30 s", "met")


def test_promise_is_missed_where_this_project_has_no_figure() -> None:
    made = run()
    made.cells["P", 1_000].step_ms = []
    one = check(checks(made), "Filter change to picture, median: A against")
    assert one.verdict == "MISSED"


def test_promise_about_a_peer_that_was_not_run_is_open() -> None:
    one = check(checks(run()), "Filter change to picture, median: A2 against")
    assert one.verdict == "not measured"


def test_a_frame_may_be_lost_to_tools_without_a_server() -> None:
    one = check(checks(run()), "Filter change to picture, median: behind E1")
    assert (one.measured, one.verdict) == ("+15 ms", "met")


def test_more_than_a_frame_may_not_be_lost() -> None:
    made = run()
    made.cells["P", 1_000].step_ms = [35.0]
    one = check(checks(made), "Filter change to picture, median: behind E1")
    assert one.verdict == "MISSED"


def test_drag_keeps_its_promises_only_with_every_move_shown_in_silence() -> None:
    made = run()
    ours = made.cells["P", 1_000]
    ours.drag_moves, ours.drag_ms = [24], [10.0] * 23
    ours.sent_in_drag, ours.sent_after_rest = [0], [1]
    ours.address_follows = [True]
    found = checks(made)
    assert check(found, "Steps of the grid that a drag shows").verdict == "MISSED"
    assert check(found, "Messages to the server while dragging").verdict == "met"
    assert check(found, "After the hand rests").verdict == "met"
    ours.sent_in_drag = [1]
    assert check(checks(made), "Messages to the server").verdict == "MISSED"


def test_limits_of_the_shipped_data_are_checked_where_they_were_run() -> None:
    made = run()
    assert not any("139 events" in each.promise for each in checks(made))
    made.cells["P", SHIPPED] = figures(load=700, steps=[33.4], frames=60)
    made.cells["empty", SHIPPED] = made.cells["empty", 1_000]
    one = check(checks(made), "Filter change to picture, median, 139 events")
    assert (one.measured, one.verdict) == ("33.4 ms", "met")
