import pytest
from pyproj import Geod

from geo.dataset import Dataset
from geo.geocode import Answer, Geocoder, How, Match, geocode, locate, suggest

# Where streets cross, and in which two ways people may say so. Coordinates:
# OpenStreetMap, October 2024 (ODbL); none of these is a place of the data.
KNOWN_CROSSINGS = [
    ("Satpayev x Turgut Ozal", 76.88327, 43.23408),
    ("Abay x Nauryzbai batyr", 76.93787, 43.24178),
    ("угол Курмангазы и Наурызбай батыра", 76.93761, 43.24401),
    ("Шевченко-Масанчи", 76.93034, 43.24527),
    ("Қабанбай батыр мен Мұқанов қиылысы", 76.9156, 43.24765),
    ("Bogenbai Batyr / Gagarin", 76.89321, 43.24943),
    ("corner of Bogenbai batyr and Zhumaliev", 76.9134, 43.2509),
    ("Карасай батыра, Пушкина", 76.95408, 43.25203),
    ("Zhibek Zholy × Pushkin", 76.95274, 43.26255),
    ("Гоголя уг. Пушкина", 76.95299, 43.26053),
    ("перекрёсток Макатаева и Чайковского", 76.93691, 43.26345),
    ("Raiymbek & Suyunbai", 76.95096, 43.27097),
    ("на пересечении Рыскулова и Папанина", 76.95352, 43.29438),
    ("Shalyapin at Utegen Batyr", 76.87453, 43.22756),
    ("Байзакова х Казыбек би", 76.91131, 43.25418),
    ("Сейфуллин және Әйтеке би", 76.93235, 43.25737),
    ("intersection of Kunaev and Kazybek bi", 76.94998, 43.25685),
]


@pytest.fixture(scope="module")
def geocoder(shipped: Dataset) -> Geocoder:
    return Geocoder.of(shipped)


def only(answer: Answer) -> Match:
    assert len(answer.matches) == 1
    return answer.matches[0]


def place_of(geocoder: Geocoder, name: str) -> str | None:
    return only(geocoder.look_up(name)).place


# Names


@pytest.mark.parametrize(
    "name",
    [
        "Republic Square",
        "площадь Республики",
        "Республика алаңы",
        "REPUBLIC  square",
        "«Площадь Республики»",
        "Republic Square (New Square)",
    ],
)
def test_an_exact_name_in_any_language_is_found(geocoder: Geocoder, name: str) -> None:
    match = only(geocoder.look_up(name))
    assert (match.place, match.how, match.score) == ("republic-square", How.EXACT, 1)


@pytest.mark.parametrize(
    "name", ["Square of the Republic", "на площади Республики", "алаңы Республика"]
)
def test_words_may_stand_in_another_order_and_case(
    geocoder: Geocoder, name: str
) -> None:
    match = only(geocoder.look_up(name))
    assert (match.place, match.how) == ("republic-square", How.ALIAS)


@pytest.mark.parametrize(
    "name",
    [
        "Abay",
        "Abay street",
        "Абая",
        "пр. Абая",
        "пр-т Абая",
        "на проспекте Абая",
        "Абай",
        "Абай даңғылында",
    ],
)
def test_a_street_is_found_without_its_type_and_in_any_case(
    geocoder: Geocoder, name: str
) -> None:
    assert place_of(geocoder, name) == "abay-avenue"


@pytest.mark.parametrize(
    ("name", "street"),
    [
        ("Seyfullin", "seifullin"),
        ("Jeltoqsan", "zheltoksan"),
        ("Zheltoqsan köşesi", "zheltoksan"),
        ("Töle bı", "tole-bi"),
        ("Tolebi", "tole-bi"),
        ("ulitsa Gogolya", "gogol"),
        ("Djandosov", "zhandosov"),
        ("Қонаев", "kunaev"),
    ],
)
def test_other_spellings_and_alphabets_are_found(
    geocoder: Geocoder, name: str, street: str
) -> None:
    found = [match.streets for match in geocoder.look_up(name).matches]
    assert (street,) in found


def test_a_transliterated_name_says_so(geocoder: Geocoder) -> None:
    match = only(geocoder.look_up("Ploshchad Respubliki"))
    assert (match.place, match.how) == ("republic-square", How.TRANSLITERATED)


@pytest.mark.parametrize("name", ["Furmanov", "Furmanov Street", "ул. Фурманова"])
def test_a_former_name_leads_to_the_street_of_today(
    geocoder: Geocoder, name: str
) -> None:
    assert place_of(geocoder, name) == "nazarbayev-avenue"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Republik Sqare", "republic-square"),
        ("Taras", "taraz"),
        ("Halyk Arna", "halyk-arena"),
        ("Алмалинский раен", "district-almaly"),
    ],
)
def test_a_misspelt_name_is_found_but_never_surely(
    geocoder: Geocoder, name: str, place: str
) -> None:
    match = only(geocoder.look_up(name))
    assert (match.place, match.how) == (place, How.MISSPELT)
    assert match.score < 0.8


@pytest.mark.parametrize("name", ["Burger King", "qwertyuiop", "Aktba", "Тверская"])
def test_what_is_not_there_is_no_confident_match(geocoder: Geocoder, name: str) -> None:
    assert all(match.score < 0.7 for match in geocoder.look_up(name).matches)


@pytest.mark.parametrize(
    "name", ["", "   ", "!?", "()", "street", "улица", "\x00", "1"]
)
def test_what_names_nothing_finds_nothing(geocoder: Geocoder, name: str) -> None:
    assert geocoder.look_up(name).matches == ()


def test_a_number_is_never_taken_for_a_misspelt_one(geocoder: Geocoder) -> None:
    assert place_of(geocoder, "City Clinical Hospital no. 1") == "hospital-gkb1"
    assert place_of(geocoder, "City Clinical Hospital no. 7") == "hospital-gkb7"
    assert geocoder.look_up("City Clinical Hospital no. 9").matches == ()


def test_a_place_without_a_coordinate_is_found_and_says_so(geocoder: Geocoder) -> None:
    match = only(geocoder.look_up("Городская клиническая больница № 1"))
    assert (match.place, match.lon, match.lat) == ("hospital-gkb1", None, None)
    assert "not known" in match.why


def test_a_name_of_two_places_is_sure_of_neither(geocoder: Geocoder) -> None:
    matches = geocoder.look_up("Astana").matches
    assert {each.place for each in matches} == {"astana-square", "astana-nur-sultan"}
    assert all(each.score < 0.5 for each in matches)


def test_another_sort_of_thing_is_not_meant(geocoder: Geocoder) -> None:
    found = {match.place for match in geocoder.look_up("Taraz district").matches}
    assert "taraz" not in found


def test_a_street_is_never_one_bend_or_crossing_of_it(geocoder: Geocoder) -> None:
    kinds = {match.place for match in geocoder.look_up("проспект Абая").matches}
    assert kinds == {"abay-avenue"}


def test_the_id_of_a_place_is_a_name_of_it(geocoder: Geocoder) -> None:
    assert place_of(geocoder, "abay-x-seifullin") == "abay-x-seifullin"


def test_a_street_that_is_no_place_is_found_by_its_line(geocoder: Geocoder) -> None:
    match = only(geocoder.look_up("Gogol Street"))
    assert (match.place, match.streets) == (None, ("gogol",))
    assert match.lon is not None
    assert match.radius_m is not None
    assert match.radius_m > 500


def test_the_limit_holds(geocoder: Geocoder) -> None:
    assert len(geocoder.look_up("Astana", limit=1).matches) == 1


def test_suggestions_look_like_the_name(shipped: Dataset) -> None:
    assert suggest("Alma-Ata", shipped)[0] == "Almaty"


def test_nothing_found_comes_with_suggestions(geocoder: Geocoder) -> None:
    answer = geocoder.look_up("Kabanbai street hospital")
    assert answer.matches == ()
    assert answer.suggestions != ()


# Crossings


@pytest.mark.parametrize(
    "name",
    [
        "Abay x Seifullin",
        "Abay / Seifullin",
        "corner of Abay and Seifullin",
        "угол Абая и Сейфуллина",
        "на углу Абая и Сейфуллина",
        "Абая-Сейфуллина",
        "Абая уг. Сейфуллина",
        "пр. Абая / пр. Сейфуллина",
        "Сейфуллина х Абая",
        "Абай мен Сейфуллин қиылысы",
        "Сейфуллин даңғылы мен Абай даңғылының қиылысында",
        "Abai & Seyfulin",
    ],
)
def test_a_crossing_of_the_data_is_found(geocoder: Geocoder, name: str) -> None:
    match = only(geocoder.look_up(name))
    assert (match.place, match.how) == ("abay-x-seifullin", How.CROSSING)
    assert set(match.streets or ()) == {"abay", "seifullin"}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Abay x Furmanov", "abay-x-nazarbayev"),
        ("аль-Фараби-Назарбаева", "al-farabi-x-nazarbayev"),
        ("Толе би мен Желтоқсан", "tole-bi-x-zheltoksan"),
        ("Tole bi - Zheltoksan", "tole-bi-x-zheltoksan"),
        ("Төле би / Шығыс айналма жолы", "tole-bi-x-voad"),
    ],
)
def test_hyphens_and_former_names_do_not_confuse_a_crossing(
    geocoder: Geocoder, name: str, place: str
) -> None:
    assert place_of(geocoder, name) == place


@pytest.mark.parametrize(("name", "lon", "lat"), KNOWN_CROSSINGS)
def test_a_crossing_worked_out_holds_the_true_one_in_its_ring(
    geocoder: Geocoder, name: str, lon: float, lat: float
) -> None:
    match = only(geocoder.look_up(name))
    assert (match.place, match.how) == (None, How.CROSSING)
    assert match.lon is not None
    assert match.lat is not None
    assert match.radius_m is not None
    off_m = Geod(ellps="WGS84").inv(match.lon, match.lat, lon, lat)[2]
    assert off_m <= match.radius_m <= 130


def test_streets_that_do_not_meet_are_no_match_and_the_note_says_so(
    geocoder: Geocoder,
) -> None:
    answer = geocoder.look_up("Abay x Raiymbek")
    assert answer.matches == ()
    assert "do not meet" in answer.note


def test_a_street_does_not_cross_itself(geocoder: Geocoder) -> None:
    answer = geocoder.look_up("Abay x Абая")
    assert answer.matches == ()
    assert "Both names mean" in answer.note


def test_an_unknown_street_of_a_crossing_is_named(geocoder: Geocoder) -> None:
    answer = geocoder.look_up("Abay x Broadway")
    assert answer.matches == ()
    assert '"Broadway"' in answer.note


def test_a_misspelt_half_makes_the_crossing_less_sure(geocoder: Geocoder) -> None:
    right = only(geocoder.look_up("Gogol x Panfilov"))
    wrong = only(geocoder.look_up("Gogol x Panfylow"))
    assert wrong.streets == right.streets
    assert wrong.score < right.score


def test_a_hyphen_in_a_name_is_no_crossing(geocoder: Geocoder) -> None:
    assert place_of(geocoder, "Nur-Sultan") == "astana-nur-sultan"


def test_an_unusual_name_never_breaks_the_geocoder(geocoder: Geocoder) -> None:
    for name in (
        "x",
        " x ",
        "a x b x c",
        "/",
        "(((",
        "-" * 500,
        "\ud800",
        "é́́",
        "😀 x 😀",
    ):
        assert isinstance(geocoder.look_up(name), Answer)


# As a filter's point


def test_locate_takes_ids_names_and_crossings(shipped: Dataset) -> None:
    by_id = locate(shipped, "republic-square")
    assert by_id == locate(shipped, "площадь Республики")
    assert locate(shipped, "Gogol x Panfilov") is not None


@pytest.mark.parametrize(
    "near", ["hospital-gkb1", "Astana", "Republik Sqare", "Atlantis"]
)
def test_locate_never_guesses(shipped: Dataset, near: str) -> None:
    assert locate(shipped, near) is None


def test_a_dataset_without_streets_can_be_searched(small: Dataset) -> None:
    assert geocode("Arena", small)[0].place == "arena"
