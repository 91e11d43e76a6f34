"""What the Sources & method page says of the data."""

from enum import StrEnum
from pathlib import Path

import pytest

from dashboard import method
from dashboard.meanings import MEANINGS, reading
from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.vocab import Attribution, KindGroup, Scope, Status, TimePrecision
from tests import cast

TEXTS = Texts("en")


def test_only_contested_events_are_listed_with_each_side(small: Dataset) -> None:
    (event,) = method.contradictions(small, TEXTS)
    assert event.title == "Network down that day"
    assert event.remarks == ("16:30 (Cloudflare)", "17:00 (NetBlocks)")


def test_a_correction_is_an_event_whose_note_says_so(tmp_path: Path) -> None:
    events = [
        cast.event("a", cast.at("10:00"), cast.at("11:00"), note="Corrected date: x."),
        cast.event("b", cast.at("10:00"), cast.at("11:00"), note="Not corrected."),
    ]
    dataset = load(cast.write(tmp_path, events=events))
    found = method.corrections(dataset, TEXTS)
    assert [event.remarks for event in found] == [("Corrected date: x.",)]


def test_the_dates_the_article_has_wrong_are_all_named(shipped: Dataset) -> None:
    # The four dates the evidence notes ask to correct visibly.
    wanted = {"government-resigns", "taldykorgan-prison", "emergency-nationwide"}
    titles = {shipped.events.loc[each, "title"] for each in wanted}
    assert titles <= {event.title for event in method.corrections(shipped, TEXTS)}


def test_places_without_a_position_are_listed_with_the_reason(small: Dataset) -> None:
    assert method.unmarked_places(small, TEXTS) == [
        ("Hospital", "Address not known."),
        ("Kazakhstan", "A country."),
    ]


def test_events_without_a_mark_are_counted_by_heading(small: Dataset) -> None:
    # By hand from the cast: night-fires; network-down; hospital and statement.
    assert method.unmapped_counts(small) == {
        Scope.CITY: 1,
        Scope.COUNTRY: 1,
        Scope.UNKNOWN: 2,
    }


def test_a_leg_that_is_not_drawn_is_listed(small: Dataset) -> None:
    assert method.undrawn_legs(small, TEXTS) == [("A walk", "Abay Avenue", "")]


def test_sources_stand_by_publisher_and_count_their_events(tmp_path: Path) -> None:
    items = [
        cast.source("article", publisher="Zeta"),
        cast.source("other", **{"container-title": "alpha"}),
    ]
    found = method.sources(load(cast.write(tmp_path, sources=items)), TEXTS)
    assert [(each.publisher, each.events) for each in found] == [
        ("alpha", 0),
        ("Zeta", len(cast.EVENTS)),
    ]


def test_every_precision_has_an_example_that_says_it(shipped: Dataset) -> None:
    examples = method.precision_examples(shipped, TEXTS)
    assert set(examples) == set(TimePrecision)
    assert "some time on" in examples[TimePrecision.DAY].when


def test_every_status_has_an_example_in_the_shipped_data(shipped: Dataset) -> None:
    assert set(method.status_examples(shipped, TEXTS)) == set(Status)


def test_six_groups_hold_eighteen_kinds() -> None:
    groups = method.kinds_by_group()
    assert set(groups) == set(KindGroup)
    assert sum(map(len, groups.values())) == 18


@pytest.mark.parametrize("enum", list(MEANINGS))
def test_every_word_that_is_explained_has_a_meaning(enum: type[StrEnum]) -> None:
    assert list(MEANINGS[enum]) == [
        each for each in MEANINGS[enum] if each in {member.value for member in enum}
    ]
    assert set(MEANINGS[enum]) == {member.value for member in enum}


def test_a_table_of_meanings_counts_what_bears_the_word(small: Dataset) -> None:
    rows = reading(small, TEXTS)["attributions"]
    # One event of the cast was seen by the authors.
    assert rows[0][0] == TEXTS.label(Attribution.OBSERVED)
    assert rows[0][2] == "1 event"
