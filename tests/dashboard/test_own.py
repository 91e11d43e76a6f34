"""A reader's own file: how it comes, what its page says, who sees it."""

import base64
import csv
import gc
import io
import re
import weakref
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import state
from dashboard.arrival import plain_name, take
from dashboard.desk_report import Turn, report_of
from dashboard.opened import Choice, Opened
from dashboard.own_words import (
    note_lines,
    problem_lines,
    problems_name,
    trouble_words,
    zone_names,
)
from geo.dataset import Dataset, load
from geo.export import FORMATS, file_name
from geo.export.tables import to_csv
from geo.geocode import geocode
from geo.ingest import UPLOAD, FileKind, problems_csv
from geo.query import Query
from geo.texts import Texts

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "files"
TEXTS = Texts("en")
OWN = "dashboard/pages/own.py"
PAGES = [f"dashboard/pages/{name}.py" for name in ("map", "desk", "class_", "sources")]

TABLE = (
    b"id,title,start,lat,lon\n"
    b"a,A kiosk opens,2022-01-05T09:30+06:00,43.25667,76.92861\n"
    b"b,A concert,2022-01-06T10:00+06:00,43.238,76.945\n"
    b"c,Nowhere,2022-01-06T10:00+06:00,143.238,76.945\n"
)
NO_ZONE = b"title,start,lat,lon\nA kiosk opens,2022-01-05T09:30,43.25667,76.92861\n"


@pytest.fixture(scope="module")
def almaty() -> Dataset:
    return load()


def opened(
    almaty: Dataset, content: bytes = TABLE, name: str = "mine.csv", **choice: Any
) -> Opened:
    own = Opened(name, content)
    own.choose(Choice(**choice))
    own.read(almaty, lambda _: None)
    return own


def part(part: bytes, at: int = 0, size: int | None = None, **other: Any) -> object:
    return {
        "id": "first",
        "name": "mine.csv",
        "size": len(part) if size is None else size,
        "at": at,
        "content": base64.b64encode(part).decode(),
    } | other


# How it comes


def test_parts_make_the_file() -> None:
    arrival = take(None, part(b"abc", size=5))
    assert arrival
    assert not arrival.is_whole
    assert arrival.got == {"id": "first", "at": 3}
    arrival = take(arrival, part(b"de", at=3, size=5))
    assert arrival
    assert arrival.is_whole
    assert bytes(arrival.content) == b"abcde"


def test_an_empty_file_is_whole_at_once() -> None:
    arrival = take(None, part(b""))
    assert arrival
    assert arrival.is_whole


def test_a_part_that_comes_twice_counts_once() -> None:
    arrival = take(None, part(b"abc", size=6))
    for _ in range(2):
        arrival = take(arrival, part(b"def", at=3, size=6))
    assert arrival
    assert bytes(arrival.content) == b"abcdef"


def test_another_file_begins_anew() -> None:
    arrival = take(take(None, part(b"abc", size=6)), part(b"x", id="second"))
    assert arrival
    assert (arrival.id, bytes(arrival.content)) == ("second", b"x")


@pytest.mark.parametrize(
    "message",
    [
        None,
        "part",
        {},
        part(b"de", at=3, size=5, id="another"),
        part(b"de", at=4, size=9),
        part(b"def", at=3, size=5),
        part(b"de", at=3, size=5, content="not base64"),
        part(b"de", at=3, size=5, content=None),
        part(b"de", at=-1, size=5),
        part(b"de", at=True, size=5),
        part(b"de", size=UPLOAD.most_bytes + 1),
    ],
)
def test_anything_strange_changes_nothing(message: object) -> None:
    known = take(None, part(b"abc", size=5))
    assert known
    assert take(known, message) is known
    assert bytes(known.content) == b"abc"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("mine.csv", "mine.csv"),
        ("/home/me/mine.csv", "mine.csv"),
        ("..", ".."),
        ("", "file"),
        ("\x00", "file"),
        ("a\nb.csv", "a b.csv"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_is_one_plain_line(given: str, name: str) -> None:
    assert plain_name(given) == name


# How it is read


def test_a_file_is_read_and_its_bad_rows_are_kept(almaty: Dataset) -> None:
    own = opened(almaty)
    assert own.reading
    assert (own.reading.shown, len(own.reading.set_aside)) == (2, 1)
    assert own.dataset
    assert own.dataset.file == "mine.csv"


def test_times_without_a_zone_are_a_question_until_it_is_answered(
    almaty: Dataset,
) -> None:
    own = opened(almaty, NO_ZONE)
    assert own.question
    assert own.question.count == 1
    assert own.dataset is None
    own.choose(Choice(zone="Europe/Kyiv"))
    own.read(almaty, lambda _: None)
    assert own.reading
    assert own.reading.shown == 1


def test_what_cannot_be_read_says_why(almaty: Dataset) -> None:
    own = opened(almaty, b"PK\x03\x04")
    assert own.is_read
    assert own.reading is None
    assert "workbook" in own.trouble


def test_the_kind_can_be_overridden(almaty: Dataset) -> None:
    own = opened(almaty, kind=FileKind.ACLED)
    assert "ACLED" in own.trouble
    own.choose(Choice(kind=FileKind.TABLE))
    own.read(almaty, lambda _: None)
    assert own.reading
    assert own.reading.kind is FileKind.TABLE


def test_what_is_made_of_a_file_is_made_once_and_anew_with_another_choice(
    almaty: Dataset,
) -> None:
    own = opened(almaty)
    made = [own.kept("page", object) for _ in range(2)]
    assert made[0] is made[1]
    own.choose(Choice())
    assert own.kept("page", object) is not made[0]


@pytest.mark.parametrize("content", [TABLE, NO_ZONE, b"PK\x03\x04"])
def test_nothing_outlives_the_session_that_held_the_file(
    almaty: Dataset, content: bytes
) -> None:
    own = opened(almaty, content)
    gone: list[weakref.ref[Any]] = [weakref.ref(own)]
    if own.dataset is not None:
        gone.append(weakref.ref(own.dataset))
        own.kept("head", partial(answer, own.dataset))
    del own
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)


def answer(dataset: Dataset) -> str:
    """Ask what keeps most: distances, and the names of all places."""
    view, _ = state.from_url({"near": str(dataset.places.index[0])}, dataset)
    assert not geocode("kiosk", dataset)
    assert to_csv(dataset, view.query, TEXTS)
    return report_of(view, Turn(), dataset, TEXTS)["head"]


# What is said of it


def test_problems_name_line_and_column(almaty: Dataset) -> None:
    reading = opened(almaty).reading
    assert reading
    (problem,) = problem_lines(reading, TEXTS)
    assert (problem.line, problem.column) == ("4", "lat")
    assert "143.238" in problem.message


def test_a_note_names_its_rows_and_speaks_the_readers_language(
    almaty: Dataset,
) -> None:
    reading = opened(almaty, NO_ZONE, zone="Asia/Almaty").reading
    assert reading
    (english,) = note_lines(reading, TEXTS)
    assert english.rows == "Rows: 2."
    (other,) = note_lines(reading, Texts("ru"))
    assert not re.search("[a-z]{4}", other.message.replace("Asia/Almaty", ""))


def test_a_problem_speaks_the_readers_language(almaty: Dataset) -> None:
    reading = opened(almaty).reading
    assert reading
    (problem,) = problem_lines(reading, Texts("kk"))
    assert not re.search("[a-z]{4}", problem.message)


def test_trouble_speaks_the_readers_language(almaty: Dataset) -> None:
    own = opened(almaty, b"")
    assert trouble_words(own.name, own.trouble, TEXTS) == "mine.csv: is empty"
    assert trouble_words(own.name, own.trouble, Texts("ru")) == "mine.csv: пусто"


def test_almatys_zone_is_offered_first_and_every_zone_is_one() -> None:
    names = zone_names()
    assert names[0] == "Asia/Almaty"
    assert len(names) == len(set(names))
    assert set(names) <= available_timezones()


def test_the_download_is_named_after_the_file(almaty: Dataset) -> None:
    reading = opened(almaty, name="my events.csv").reading
    assert reading
    assert problems_name(reading) == "my events-set-aside.csv"
    rows = list(csv.reader(io.StringIO(problems_csv(reading).decode("utf-8-sig"))))
    assert rows[1][0] == "4"
    assert rows[1][2:] == [
        "c",
        "Nowhere",
        "2022-01-06T10:00+06:00",
        "143.238",
        "76.945",
    ]


def test_an_export_is_named_after_the_file_it_comes_from(almaty: Dataset) -> None:
    dataset = opened(almaty, name="Мои события.csv").dataset
    assert dataset
    name = file_name("csv", Query(q="kiosk"), dataset)
    assert name == "moi-sobytiya_q-kiosk.csv"


# Who sees it


def app(own: Opened | None = None) -> AppTest:
    made = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if own is not None:
        made.session_state[state.OPENED] = own
    return made


def html(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_page_says_what_becomes_of_a_file() -> None:
    page = app().run().switch_page(OWN).run()
    assert "never write it to a disk" in html(page)
    assert not page.button


def test_the_page_reads_the_file_and_says_what_came_of_it() -> None:
    page = app(Opened("mine.csv", TABLE)).run().switch_page(OWN).run()
    shown = html(page)
    assert "3 rows read: 2 shown, 1 set aside" in shown
    assert "143.238" in shown
    assert [each.proto.label for each in page.get("download_button")] == [
        "Download the 1 row set aside"
    ]


def test_the_zone_is_asked_for_and_the_answer_taken() -> None:
    page = app(Opened("mine.csv", NO_ZONE)).run().switch_page(OWN).run()
    assert "Which time zone does it follow?" in html(page)
    button = next(each for each in page.button if each.label == "Read the file")
    assert button.disabled
    page.selectbox[0].set_value("Europe/Kyiv").run()
    button = next(each for each in page.button if each.label == "Read the file")
    button.click().run()
    assert "1 row read: 1 shown, 0 set aside" in html(page)


def test_map_and_desk_show_the_file_and_the_other_pages_almaty(
    almaty: Dataset,
) -> None:
    page = app(opened(almaty)).run()
    assert "your own file, mine.csv: 2 events" in html(page)
    page.switch_page(PAGES[1]).run()
    assert "your own file, mine.csv: 2 events" in html(page)
    for path in PAGES[2:]:
        page.switch_page(path).run()
        assert "not about your file" in html(page)


def test_another_session_sees_nothing_of_it(almaty: Dataset) -> None:
    app(opened(almaty)).run()
    other = html(app().run())
    assert "mine.csv" not in other
    assert "Almaty, January 2022" in other


def test_closing_the_file_leads_back_and_forgets_the_view(almaty: Dataset) -> None:
    own = opened(almaty)
    page = app(own)
    page.query_params["id"] = "a"
    page.run()
    assert page.session_state[state.STATE].selected == "a"
    page.button[0].click().run()
    assert state.OPENED not in page.session_state
    assert own.dataset is None
    assert "Almaty, January 2022" in html(page)
    assert page.session_state[state.STATE].selected is None


def test_an_id_of_the_other_data_is_dropped_with_a_note(almaty: Dataset) -> None:
    page = app(opened(almaty))
    page.query_params["id"] = str(almaty.events.index[0])
    page.run()
    assert "which is not the id of an event" in html(page)


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.endswith("png")])
def test_every_format_takes_a_file_without_story(name: str, almaty: Dataset) -> None:
    dataset = opened(almaty).dataset
    assert dataset
    content = FORMATS[name].render(dataset, Query(), TEXTS)
    assert content


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_hostile_cells_and_names_are_text_on_every_page(almaty: Dataset) -> None:
    table = (
        "id,title,start,lat,lon,place,source\n"
        f"__proto__,{HOSTILE},2022-01-05T09:30+06:00,43.2,76.9,{HOSTILE},"
        "javascript:alert(1)\n"
        f"constructor,=1+1,2022-01-05T09:30+06:00,43.2,76.9,{'x' * 5000},\n"
        f"bad,{HOSTILE},{HOSTILE},43.2,76.9,,\n"
    )
    own = opened(almaty, table.encode(), name=f"{HOSTILE}.csv")
    assert own.reading
    assert own.reading.shown == 2
    page = app(own).run()
    for path in (PAGES[0], PAGES[1], OWN):
        page.switch_page(path).run()
        shown = html(page)
        assert "<script" not in shown
        assert "<img" not in shown
