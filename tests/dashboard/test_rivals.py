"""Rival claims: in words, on one axis, each with a name that lasts."""

from pathlib import Path

import pytest

from dashboard.rivals import Mark, claim_ids, rival_claims
from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.vocab import Topic
from tests import cast

TEXTS = Texts("en")


def claim(**changes: str) -> cast.Fields:
    return cast.CLAIM | {"value": "", "low": "", "high": ""} | changes


def values(folder: Path, *claims: cast.Fields) -> list[str]:
    rivals = rival_claims(load(cast.write(folder, claims=claims)), TEXTS)
    return [each.value for topic in rivals.values() for each in topic.claims]


FIGURES = [
    ({"value": "20000"}, "20,000"),
    ({"low": "4500"}, "at least 4,500"),
    ({"high": "10000"}, "at most 10,000"),
    ({"value": "5", "low": "4", "high": "6"}, "5 (4 to 6)"),
    (
        {"low": "2000000000", "high": "3000000000", "unit": "usd", "topic": "damage"},
        "2 billion to 3 billion US dollars",
    ),
    (
        {"value": cast.at("15:47"), "unit": "time", "topic": "airport-taken"},
        "5 January 2022, 15:47",
    ),
    (
        {
            "low": cast.at("17:48"),
            "high": cast.at("21:14"),
            "unit": "time",
            "topic": "airport-taken",
        },
        "5 January 2022, 17:48–21:14",
    ),
    (
        {"high": cast.at("15:34"), "unit": "time", "topic": "airport-taken"},
        "not after 5 January 2022, 15:34",
    ),
]


@pytest.mark.parametrize(("changes", "words"), FIGURES)
def test_a_figure_is_said_with_its_range_and_unit(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    assert values(tmp_path, claim(**changes)) == [words]


def test_rival_figures_stand_by_date_vague_dates_last(tmp_path: Path) -> None:
    dated = {"241": "2022", "225": "2022-01-15", "230": "2022-03", "164": "2022-01-09"}
    claims = [claim(value=value, as_of=date) for value, date in dated.items()]
    assert values(tmp_path, *claims) == ["164", "225", "230", "241"]


def test_a_claim_names_its_claimant_date_and_source(small: Dataset) -> None:
    (words,) = rival_claims(small, TEXTS)[Topic.DEATHS].claims
    assert (words.claimant, words.as_of) == ("The article", "January 2022")
    assert words.source is not None
    assert words.source.title == "[A report]"


def marks(folder: Path, *claims: cast.Fields) -> list[Mark]:
    rivals = rival_claims(load(cast.write(folder, claims=claims)), TEXTS)
    return [each.mark for topic in rivals.values() for each in topic.claims]


def test_claims_of_a_topic_stand_on_one_axis_from_least_to_most(tmp_path: Path) -> None:
    claims = [claim(value=value) for value in ("100", "150", "200")]
    assert marks(tmp_path, *claims) == [
        Mark(4.0, None, None),
        Mark(50.0, None, None),
        Mark(96.0, None, None),
    ]


def test_a_range_that_is_open_runs_to_the_end_of_the_axis(tmp_path: Path) -> None:
    claims = [claim(low="100"), claim(high="200"), claim(low="100", high="200")]
    assert marks(tmp_path, *claims) == [
        Mark(None, 4.0, 100.0),
        Mark(None, 0.0, 96.0),
        Mark(None, 4.0, 96.0),
    ]


def test_a_topic_with_one_figure_has_it_in_the_middle(tmp_path: Path) -> None:
    assert marks(tmp_path, claim(value="5")) == [Mark(50.0, None, None)]


def test_the_ends_of_an_axis_are_said(tmp_path: Path) -> None:
    claims = [claim(value="164"), claim(low="225", high="1241")]
    rivals = rival_claims(load(cast.write(tmp_path, claims=claims)), TEXTS)
    assert (rivals[Topic.DEATHS].least, rivals[Topic.DEATHS].most) == ("164", "1,241")


def test_a_claim_is_named_after_what_it_says(small: Dataset) -> None:
    assert claim_ids(small) == {"deaths-227-2022-01-article"}


def test_a_claim_keeps_its_name_when_another_comes_before_it(tmp_path: Path) -> None:
    before = claim(value="164", as_of="2022-01-09")
    dataset = load(cast.write(tmp_path, claims=[before, cast.CLAIM]))
    assert "deaths-227-2022-01-article" in claim_ids(dataset)


def test_claims_that_say_the_same_have_names_of_their_own(tmp_path: Path) -> None:
    dataset = load(cast.write(tmp_path, claims=[cast.CLAIM] * 3))
    assert len(claim_ids(dataset)) == 3


def test_every_shipped_claim_has_a_name_of_its_own(shipped: Dataset) -> None:
    assert len(claim_ids(shipped)) == len(shipped.claims)


@pytest.mark.parametrize("figure", ["225", "227", "230", "238"])
def test_the_death_tolls_stand_with_claimant_and_date(
    shipped: Dataset, figure: str
) -> None:
    claims = rival_claims(shipped, TEXTS)[Topic.DEATHS].claims
    found = [each for each in claims if each.value == figure]
    assert found
    assert all(each.claimant and each.as_of for each in found)
