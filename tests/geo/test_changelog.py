from datetime import date

import pytest

from geo.changelog import ChangelogError, changelog, parse_changelog
from geo.dataset import Dataset
from geo.texts import Texts

TWO = """\
# Change log

## Data

Some words on how to read this.

### 1.1.0 (2026-12-01)

- One event less.
- A title that runs
  over two lines.

#### Withdrawn

- `gone-event`: It happened in another
  city.

### 1.0.0 (2026-11-22)

- First version.

## Code

### 9.9.9 (2030-01-01)
"""


def test_first_version_is_of_22_november_2026_and_withdraws_nothing() -> None:
    first = changelog().versions[-1]
    assert (first.number, first.day) == ("1.0.0", date(2026, 11, 22))
    assert first.entries
    assert first.withdrawn == ()


def test_withdrawn_id_is_never_used_again(shipped: Dataset) -> None:
    withdrawn = {each.id for each in changelog().withdrawn}
    assert withdrawn.isdisjoint(shipped.events.index)


def test_newest_version_is_the_current_one() -> None:
    assert parse_changelog(TWO).current.number == "1.1.0"


def test_points_may_run_over_lines() -> None:
    assert [each.text for each in parse_changelog(TWO).current.entries] == [
        "One event less.",
        "A title that runs over two lines.",
    ]


def test_points_may_be_translated() -> None:
    translated = "- One event less.\n  - ru: Одним событием меньше.\n"
    log = parse_changelog(TWO.replace("- One event less.\n", translated))
    point, other = log.current.entries
    assert point.in_language(Texts("ru")) == "Одним событием меньше."
    assert point.in_language(Texts("en")) == "One event less."
    assert other.text == "A title that runs over two lines."


def test_reason_of_a_withdrawal_may_be_translated() -> None:
    log = parse_changelog(
        TWO.replace("  city.\n", "  city.\n  - kk: Басқа қалада болған.\n")
    )
    gone = log.withdrawal_of("gone-event")
    assert gone is not None
    assert gone.reason.in_language(Texts("kk")) == "Басқа қалада болған."


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_change_log_is_translated(language: str) -> None:
    points = [each for version in changelog().versions for each in version.entries]
    points += [each.reason for each in changelog().withdrawn]
    assert all(getattr(each, f"text_{language}") for each in points)


def test_withdrawn_event_still_says_why() -> None:
    gone = parse_changelog(TWO).withdrawal_of("gone-event")
    assert gone is not None
    assert gone.reason.text == "It happened in another city."
    assert (gone.version, gone.day) == ("1.1.0", date(2026, 12, 1))


def test_event_that_was_never_withdrawn_has_no_reason() -> None:
    assert parse_changelog(TWO).withdrawal_of("other") is None


def test_other_sections_are_left_alone() -> None:
    assert [each.number for each in parse_changelog(TWO).versions] == ["1.1.0", "1.0.0"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("(2026-12-01)", "(1 December)", "line 7 does not fit"),
        ("(2026-12-01)", "(2026-13-01)", "line 7: 2026-13-01 is no day"),
        ("- One event less.", "One event less.", "line 9 does not fit"),
        ("`gone-event`: It", "gone-event: It", "is not a withdrawn id"),
        ("1.1.0 (2026-12-01)", "1.1.0 (2026-11-01)", "1.1.0 does not come after 1.0.0"),
        ("### 1.1.0", "### 0.9.0", "0.9.0 does not come after 1.0.0"),
        ("## Data", "## Dates", "no version below ## Data"),
        ("  city.\n", "  city.\n- `gone-event`: Again.\n", "withdrawn more than once"),
    ],
)
def test_another_shape_is_refused(old: str, new: str, message: str) -> None:
    assert old in TWO
    with pytest.raises(ChangelogError, match=message.replace(".", r"\.")):
        parse_changelog(TWO.replace(old, new, 1))


def test_versions_are_ordered_as_numbers() -> None:
    text = TWO.replace("1.1.0", "1.10.0").replace("1.0.0", "1.9.0")
    assert parse_changelog(text).current.number == "1.10.0"
