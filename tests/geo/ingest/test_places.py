import pytest

from geo.export.tables import csv_of
from geo.ingest import NoteKind
from geo.ingest.positions import reader_of
from tests.geo.ingest.given import FILES, noted, our_data, problems, reading, shown

HEADER = "title,date,lat,lon,place\n"


def row(lat: str, lon: str, place: str = "") -> str:
    return f"{HEADER}A,2022-01-05,{lat},{lon},{place}\n"


def why_not(text: str) -> str:
    (problem,) = problems(reading(text))
    return problem


def test_a_point_becomes_a_place_with_the_name_of_the_row() -> None:
    data = shown(row("43.2382", "76.9453", "The kiosk"))
    (place,) = data.places.to_dict("records")
    assert (place["name_en"], place["source"]) == ("The kiosk", "given.csv")
    assert (place["geometry"].x, place["geometry"].y) == (76.9453, 43.2382)


def test_events_at_one_point_share_a_place() -> None:
    data = shown(
        row("43.2", "76.9") + "B,2022-01-05,43.2,76.9,\nC,2022-01-05,43.3,76.9,\n"
    )
    assert list(data.events["places"]) == [("place-1",), ("place-1",), ("place-2",)]


@pytest.mark.parametrize(
    ("lat", "lon", "precision", "radius_m"),
    [
        # Half a unit of the last decimal; a degree of latitude is 111 km.
        ("43", "76", "region", 55_000),
        ("43.2", "76", "city", 5_500),
        ("43.25", "76.9", "locality", 550),
        ("43.2382", "76.9453", "vicinity", 100),
    ],
)
def test_a_point_is_no_more_exact_than_it_is_written(
    lat: str, lon: str, precision: str, radius_m: float
) -> None:
    (place,) = shown(row(lat, lon)).places.to_dict("records")
    assert (place["precision"], place["radius_m"]) == (precision, radius_m)


def test_decimal_commas_are_read_where_the_separator_is_another() -> None:
    text = "title;date;lat;lon;place\nA;2022-01-05;43,2382;76,9453;\n"
    assert shown(text).places.geometry.iloc[0].y == 43.2382


def test_decimal_commas_are_refused_where_the_separator_is_a_comma() -> None:
    assert "is not a number of degrees" in why_not(row('"43,2382"', "76.9"))


@pytest.mark.parametrize(
    "lat", ["nan", "inf", "-inf", "43°14'", "4e9999", "1 5.2", "٤٣", "0x10", "43.2 N"]
)
def test_what_is_no_number_is_refused(lat: str) -> None:
    assert "is not a number of degrees" in why_not(row(lat, "76.9"))


def test_a_number_too_great_for_a_map_is_refused() -> None:
    assert "lies on no map" in why_not(row("4e999", "76.9"))


@pytest.mark.parametrize(
    "pair", [("90.1", "0"), ("-91", "0"), ("0", "180.1"), ("1e200", "0")]
)
def test_what_lies_on_no_map_is_refused(pair: tuple[str, str]) -> None:
    assert "lies on no map" in why_not(row(*pair))


def test_a_latitude_above_90_is_asked_about() -> None:
    assert "swapped?" in why_not(row("104.5", "43.2"))


def test_the_edges_of_the_map_are_on_it() -> None:
    read = reader_of(",")
    assert read(("90", "-180")) is not None
    assert read(("-90", "180")) is not None


def test_half_a_point_is_refused() -> None:
    assert "only one of latitude and longitude" in why_not(row("43.2", ""))


def test_swapped_coordinates_are_suspected_by_the_places_we_know() -> None:
    found = reading(row("76.9453", "43.2382"))
    assert noted(found, NoteKind.SWAPPED) == [(2,)]
    assert found.shown == 1


def test_swapped_coordinates_are_suspected_by_the_rest_of_the_file() -> None:
    rows = "".join(f"B,2022-01-05,-34.6{n},-58.4{n},\n" for n in range(5))
    found = reading(HEADER + rows + "C,2022-01-05,-58.4,-34.6,\n")
    assert noted(found, NoteKind.SWAPPED) == [(7,)]


def test_coordinates_in_other_countries_are_not_suspected() -> None:
    rows = "A,2022-01-05,50.45,30.52,\nB,2022-01-05,-34.6,-58.4,\n"
    assert noted(reading(HEADER + rows), NoteKind.SWAPPED) == []


def test_the_origin_is_named() -> None:
    assert noted(reading(row("0", "0.0")), NoteKind.ORIGIN) == [(2,)]


def test_a_name_without_a_point_is_looked_up_and_marked() -> None:
    found = reading(row("", "", "Republic Square"))
    assert found.dataset is not None
    (place,) = found.dataset.places.to_dict("records")
    assert list(found.dataset.places.index) == ["republic-square"]
    assert place["note"].startswith(
        'The file gives no coordinates; found by the name "Republic Square".'
    )
    # The square's own confidence is high; by a name it is less.
    assert place["confidence"] == "medium"
    assert noted(found, NoteKind.GEOCODED) == [(2,)]


@pytest.mark.parametrize(
    "name",
    ["площадь Республики", "REPUBLIC SQUARE", "republic-square", "Республика алаңы"],
)
def test_a_name_is_known_in_three_languages(name: str) -> None:
    assert list(shown(row("", "", name)).places.index) == ["republic-square"]


def test_a_crossing_is_worked_out_and_little_trusted() -> None:
    (place,) = shown(row("", "", "Abay x Baitursynov")).places.to_dict("records")
    assert (place["kind"], place["confidence"] != "high") == ("crossing", True)


def test_a_point_is_not_looked_up() -> None:
    found = reading(row("43.2", "76.9", "Republic Square"))
    assert noted(found, NoteKind.GEOCODED) == []


def test_an_unknown_name_is_set_aside_with_what_it_may_mean() -> None:
    assert 'did you mean "Almaty"' in why_not(row("", "", "Atlantis"))


def test_a_name_of_several_places_is_set_aside_with_their_names() -> None:
    assert "did you mean" in why_not(row("", "", "Astana"))


def test_the_home_city_is_a_heading_as_in_our_own_data() -> None:
    data = shown(row("", "", "Almaty"))
    assert (data.home, list(data.events["scope"])) == ("almaty", ["city"])


def test_an_event_without_a_place_is_listed_and_named() -> None:
    found = reading(row("", ""))
    assert found.dataset is not None
    assert list(found.dataset.events["scope"]) == ["unknown"]
    assert noted(found, NoteKind.NO_PLACE) == [(2,)]


def test_places_of_rows_set_aside_are_not_there() -> None:
    text = row("43.2", "76.9") + "B,bad,50.1,30.1,\nC,bad,,,Republic Square\n"
    found = reading(text)
    assert found.dataset is not None
    assert len(found.dataset.places) == 1


def test_thousands_of_unknown_names_are_all_set_aside() -> None:
    rows = "".join(f"A,2022-01-05,,,Place {n} of nowhere\n" for n in range(2000))
    found = reading(HEADER + rows + "B,2022-01-05,,,Republic Square\n")
    assert (found.shown, len(found.set_aside)) == (1, 2000)
    assert "so similar ones were not looked for" in problems(found)[-1]


def test_a_place_that_a_name_and_an_id_lead_to_stands_there_once() -> None:
    text = (FILES / "events.csv").read_text("utf-8").splitlines()
    rows = [f"{text[0]},place", f"{text[1]},", f"{text[3]},Republic Square"]
    data = shown("\n".join(rows))
    assert list(data.places.index) == ["republic-square", "almaty"]


def test_a_name_does_not_cost_a_march_its_place() -> None:
    ours = our_data()
    march = ours.events[ours.events["route"] == "r5-tole-bi-march-5-jan"].index[:1]
    rows = csv_of(ours, list(march)).decode("utf-8-sig").splitlines()
    data = shown(f"{rows[0]},place\n{rows[1]},\n")
    assert set(data.legs["from_place"]) - {""} <= set(data.places.index)


@pytest.mark.parametrize(
    ("field", "word"), [("note_ru", "Точность"), ("note_kk", "Дәл")]
)
def test_the_note_of_a_point_is_in_the_other_languages_too(
    field: str, word: str
) -> None:
    (note,) = shown(row("43.24", "76.94")).places[field]
    assert note.startswith(word)
