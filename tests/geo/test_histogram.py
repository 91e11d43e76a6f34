import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset
from geo.histogram import histogram, spread
from geo.timeline import Window, moment_of
from geo.vocab import KindGroup

EDGES = np.array([0, 60, 120, 180, 200])


def spread_one(start: int, end: int) -> list[float]:
    return list(spread(np.array([start]), np.array([end]), EDGES))


def test_a_stretch_inside_one_bin_counts_there() -> None:
    assert spread_one(70, 80) == [0, 1, 0, 0]


def test_a_stretch_over_an_edge_is_shared_by_its_minutes() -> None:
    assert spread_one(45, 105) == [0.25, 0.75, 0, 0]


def test_a_long_stretch_fills_the_bins_between() -> None:
    # 10 + 60 + 60 + 10 of 140 minutes, the last bin being short.
    assert spread_one(50, 190) == pytest.approx([1 / 14, 6 / 14, 6 / 14, 1 / 14])


def test_a_stretch_that_ends_on_an_edge_leaves_the_next_bin_empty() -> None:
    assert spread_one(0, 60) == [1, 0, 0, 0]


def test_an_instant_counts_whole_in_its_bin() -> None:
    assert spread_one(60, 60) == [0, 1, 0, 0]


def test_an_instant_on_the_closing_edge_is_outside() -> None:
    assert spread_one(200, 200) == [0, 0, 0, 0]


def test_only_the_share_inside_the_window_counts() -> None:
    assert spread_one(-60, 60) == [0.5, 0, 0, 0]


def test_what_surrounds_the_window_counts_by_its_share() -> None:
    assert spread_one(-100, 300) == pytest.approx([0.15, 0.15, 0.15, 0.05])


def test_no_events_give_empty_bins() -> None:
    assert spread(np.array([], int), np.array([], int), EDGES).tolist() == [0, 0, 0, 0]


@given(
    st.lists(st.tuples(st.integers(0, 999), st.integers(0, 500)), max_size=30),
    st.integers(1, 400),
)
def test_weight_is_conserved(times: list[tuple[int, int]], bin_minutes: int) -> None:
    events = frame(
        [(start, start + length, "hour", "confrontation") for start, length in times]
    )
    window = Window(moment_of(0), moment_of(1500))
    bins = histogram(events, window, bin_minutes).fine[KindGroup.CONFRONTATION]
    assert bins.sum() == pytest.approx(len(times))
    assert (bins >= 0).all()


def test_coarse_events_stand_in_a_band_of_their_own() -> None:
    events = frame([(0, 60, "hour", "said-and-seen"), (0, 120, "day", "said-and-seen")])
    found = histogram(events, Window(moment_of(0), moment_of(120)), 60)
    assert found.fine[KindGroup.SAID_AND_SEEN].tolist() == [1, 0]
    assert found.coarse[KindGroup.SAID_AND_SEEN].tolist() == [0.5, 0.5]


def test_groups_are_counted_apart() -> None:
    events = frame([(0, 60, "hour", "said-and-seen")])
    found = histogram(events, Window(moment_of(0), moment_of(120)), 60)
    assert found.fine[KindGroup.CONFRONTATION].tolist() == [0, 0]


def test_the_last_bin_ends_with_the_window() -> None:
    found = histogram(frame([]), Window(moment_of(0), moment_of(100)), 60)
    assert found.edges.tolist() == [0, 60, 100]


def test_an_empty_window_has_no_bins() -> None:
    with pytest.raises(ValueError, match="no bins"):
        histogram(frame([]), Window(moment_of(5), moment_of(5)), 60)


def test_a_bin_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="no bins"):
        histogram(frame([]), Window(moment_of(0), moment_of(60)), 0)


def test_the_whole_span_counts_every_shipped_event(shipped: Dataset) -> None:
    found = histogram(shipped.events, shipped.span, 60)
    bands = [*found.fine.values(), *found.coarse.values()]
    assert sum(band.sum() for band in bands) == pytest.approx(139)


def frame(events: list[tuple[int, int, str, str]]) -> pd.DataFrame:
    columns = ["start_min", "end_min", "time_precision", "group"]
    types = {"start_min": "int64", "end_min": "int64"}
    return pd.DataFrame(events, columns=columns).astype(types)
