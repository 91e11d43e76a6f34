import pytest

from geo.dataset import Dataset
from geo.ingest import FileKind, NoteKind, ZoneWanted, read
from geo.ingest.acled import KIND_OF_SUB_TYPE, KIND_OF_TYPE, kind_of
from tests.geo.ingest.given import noted, our_data, problems, reading, sample, shown

COLUMNS = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,"
    "location,latitude,longitude,geo_precision,source,notes,fatalities"
)


@pytest.fixture(scope="module")
def acled() -> Dataset:
    return shown(sample("acled.csv"), name="acled.csv")


def one(**changes: str) -> str:
    cells = dict.fromkeys(COLUMNS.split(","), "") | {
        "event_id_cnty": "INV1",
        "event_date": "05 January 2022",
        "event_type": "Riots",
        "latitude": "43.25",
        "longitude": "76.95",
    }
    return f"{COLUMNS}\n{','.join((cells | changes).values())}\n"


def bounds(dataset: Dataset, event: str) -> list[str]:
    row = dataset.events.loc[event]
    return [
        f"{row[name]:%Y-%m-%d %H:%M}" for name in ("earliest", "start", "end", "latest")
    ]


def test_acled_is_recognised_by_its_columns() -> None:
    assert reading(sample("acled.csv")).kind is FileKind.ACLED


def test_exact_date_is_that_day(acled: Dataset) -> None:
    day = [
        "2022-01-05 00:00",
        "2022-01-05 00:00",
        "2022-01-06 00:00",
        "2022-01-06 00:00",
    ]
    assert bounds(acled, "INV1") == day


def test_a_date_in_a_week_has_the_week_round_it_as_bounds(acled: Dataset) -> None:
    assert bounds(acled, "INV2") == [
        "2022-01-09 00:00", "2022-01-12 00:00", "2022-01-13 00:00", "2022-01-16 00:00",
    ]  # fmt: skip


def test_a_date_in_a_month_has_the_month_as_bounds(acled: Dataset) -> None:
    assert bounds(acled, "INV3") == [
        "2022-02-01 00:00", "2022-02-15 00:00", "2022-02-16 00:00", "2022-03-01 00:00",
    ]  # fmt: skip


def test_december_ends_with_the_year() -> None:
    data = shown(one(event_date="31 December 2021", time_precision="3"))
    assert bounds(data, "INV1")[3] == "2022-01-01 00:00"


def test_every_date_is_known_to_the_day_only(acled: Dataset) -> None:
    assert set(acled.events["time_precision"]) == {"day"}


def test_places_are_as_exact_as_their_code(acled: Dataset) -> None:
    places = acled.places[["name_en", "precision", "radius_m"]].to_numpy().tolist()
    assert places == [
        ["Almaty", "city", 5_000],
        ["Smalltown", "region", 25_000],
        ["Provincetown", "region", 100_000],
    ]


def test_no_code_is_the_least_exact() -> None:
    assert shown(one()).places["radius_m"].tolist() == [100_000]


def test_kinds_are_ours_and_acleds_words_stay(acled: Dataset) -> None:
    assert list(acled.events["kind"]) == ["gathering", "detention", "clash"]
    assert list(acled.extras["sub_event_type"]) == [
        "Peaceful protest",
        "Arrests",
        "Armed clash",
    ]
    assert acled.events["title"].iloc[0] == "Peaceful protest, Almaty"


def test_fatalities_sources_and_notes_are_kept(acled: Dataset) -> None:
    assert list(acled.extras["fatalities"]) == ["0", "0", "3"]
    titles = [acled.sources[each]["title"] for each in acled.events["sources"].iloc[0]]
    assert titles == ["Invented Wire", "Invented Weekly"]
    assert acled.events["summary"].iloc[0] == "An invented gathering."


def test_actors_are_named_once_each(acled: Dataset) -> None:
    assert acled.events.loc["INV3", "actors"] == (
        "Group A (Invented)", "Group B (Invented)", "Group C (Invented)",
    )  # fmt: skip


def test_acleds_own_precision_does_not_pass_for_ours(acled: Dataset) -> None:
    assert list(acled.extras["time_precision (as given)"]) == ["1", "2", "3"]


def test_iso_dates_of_the_programming_interface_are_read_too() -> None:
    assert bounds(shown(one(event_date="2022-01-05")), "INV1")[1] == "2022-01-05 00:00"


@pytest.mark.parametrize(
    "date", ["05/01/2022", "5 Jan 2022", "January 5, 2022", "05 january 2022"]
)
def test_other_date_forms_are_refused(date: str) -> None:
    (problem,) = problems(reading(one(event_date=f'"{date}"')))
    assert "such as 05 January 2022" in problem


def test_acleds_date_form_is_for_acled_only() -> None:
    found = reading("title,date,place\nA,05 January 2022,\n")
    assert "is not ISO 8601" in problems(found)[0]


def test_local_dates_need_a_zone() -> None:
    with pytest.raises(ZoneWanted):
        read(sample("acled.csv"), name="acled.csv", gazetteer=our_data())


def test_each_bad_row_is_named() -> None:
    found = reading(sample("acled-bad.csv"), name="acled-bad.csv")
    assert (found.read, found.shown) == (6, 1)
    columns = (
        "event_date",
        "time_precision",
        "event_date",
        "event_id_cnty",
        "geo_precision",
    )
    for row, column, problem in zip(range(3, 8), columns, problems(found), strict=True):
        assert problem.startswith(f"acled-bad.csv, row {row}, column {column}: ")


def test_an_unknown_event_type_is_an_observation_and_is_said() -> None:
    found = reading(one(event_type="Festivals", sub_event_type="Fireworks"))
    assert noted(found, NoteKind.KIND) == [(2,)]


def test_an_unknown_sub_type_falls_back_to_its_type() -> None:
    assert kind_of(("Protests", "Something new")) == "gathering"


def test_types_are_compared_without_case() -> None:
    assert kind_of(("", " ARRESTS ")) == "detention"


# ACLED Codebook 2023: 6 event types, 25 sub-event types; one has two spellings.
CODEBOOK = {
    ("Battles", "Armed clash"): "clash",
    ("Battles", "Government regains territory"): "clash",
    ("Battles", "Non-state actor overtakes territory"): "clash",
    ("Explosions/Remote violence", "Chemical weapon"): "shooting",
    ("Explosions/Remote violence", "Air/drone strike"): "shooting",
    ("Explosions/Remote violence", "Suicide bomb"): "shooting",
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"): "shooting",
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"): "shooting",
    ("Explosions/Remote violence", "Grenade"): "shooting",
    ("Violence against civilians", "Sexual violence"): "observation",
    ("Violence against civilians", "Attack"): "observation",
    ("Violence against civilians", "Abduction/forced disappearance"): "observation",
    ("Protests", "Peaceful protest"): "gathering",
    ("Protests", "Protest with intervention"): "gathering",
    ("Protests", "Excessive force against protesters"): "gathering",
    ("Protests", "Excessive force against protestors"): "gathering",
    ("Riots", "Violent demonstration"): "clash",
    ("Riots", "Mob violence"): "clash",
    ("Strategic developments", "Agreement"): "statement",
    ("Strategic developments", "Arrests"): "detention",
    ("Strategic developments", "Change to group/activity"): "observation",
    ("Strategic developments", "Disrupted weapons use"): "observation",
    ("Strategic developments", "Headquarters or base established"): "observation",
    ("Strategic developments", "Looting/property destruction"): "looting",
    ("Strategic developments", "Non-violent transfer of territory"): "observation",
    ("Strategic developments", "Other"): "observation",
}


@pytest.mark.parametrize("words", CODEBOOK)
def test_every_sub_type_has_its_kind(words: tuple[str, str]) -> None:
    assert kind_of(words) == CODEBOOK[words]


def test_the_table_has_no_other_types() -> None:
    assert {sub_type.lower() for _, sub_type in CODEBOOK} == set(KIND_OF_SUB_TYPE)
    assert {event_type.lower() for event_type, _ in CODEBOOK} == set(KIND_OF_TYPE)


def test_only_battles_and_riots_are_clashes() -> None:
    clashes = {
        event_type for (event_type, _), kind in CODEBOOK.items() if kind == "clash"
    }
    assert clashes == {"Battles", "Riots"}


def test_only_arrests_are_acts_of_the_state() -> None:
    states = {"detention", "military", "government-measure", "communications"}
    found = [sub_type for (_, sub_type), kind in CODEBOOK.items() if kind in states]
    assert found == ["Arrests"]


@pytest.mark.parametrize(
    ("event_type", "kind"),
    [
        ("Battles", "clash"),
        ("Explosions/Remote violence", "shooting"),
        ("Violence against civilians", "observation"),
        ("Protests", "gathering"),
        ("Riots", "clash"),
        ("Strategic developments", "observation"),
    ],
)
def test_a_type_alone_has_its_kind(event_type: str, kind: str) -> None:
    assert kind_of((event_type, "")) == kind


def test_what_is_mapped_with_a_loss_is_named() -> None:
    found = reading(
        one(event_type="Violence against civilians", sub_event_type="Attack")
    )
    (note,) = (each for each in found.notes if each.kind is NoteKind.KIND)
    assert note.message.endswith("in the title: Attack (observation).")
    assert note.rows == (2,)


@pytest.mark.parametrize(
    ("event_type", "sub_type"),
    [
        ("Battles", "Armed clash"),
        ("Protests", "Peaceful protest"),
        ("Strategic developments", "Arrests"),
    ],
)
def test_what_is_the_same_needs_no_words(event_type: str, sub_type: str) -> None:
    found = reading(one(event_type=event_type, sub_event_type=sub_type))
    assert noted(found, NoteKind.KIND) == []
