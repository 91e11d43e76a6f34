import codecs

import pytest

from geo.ingest import NoteKind, problems_csv
from tests.geo.ingest.given import noted, problems, reading, refusal, shown

TABLE = "title,date,lat,lon,place\nПлощадь,2022-01-05,43.238,76.945,Алматы\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TABLE.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TABLE.encode(), "UTF-8"),
        (codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "UTF-16"),
        (TABLE.encode("cp1251"), "Windows-1251"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "windows-1251"],
)
def test_every_encoding_gives_the_same_text(raw: bytes, encoding: str) -> None:
    found = reading(raw)
    assert found.encoding == encoding
    assert found.dataset is not None
    assert list(found.dataset.events["title"]) == ["Площадь"]


def test_a_guessed_encoding_is_said() -> None:
    assert noted(reading(TABLE.encode("cp1251")), NoteKind.ENCODING) == [()]
    assert noted(reading(TABLE), NoteKind.ENCODING) == []


def test_one_broken_byte_costs_one_row_of_utf_8() -> None:
    rows = "title,date,place\nСнег,2022-01-05,\nДождь,2022-01-06,\nВетер,2022-01-07,\n"
    found = reading(rows.encode().replace("ь".encode(), b"\xd1"))
    assert [each[:21] for each in problems(found)] == ["given.csv, row 3: has"]
    assert found.shown == 2


def test_broken_bytes_are_written_down_unchanged() -> None:
    raw = (
        b"title,date,place\nA,2022-01-05,\nB\xff\xfe,2022-01-05,\n"
        + "Ж,2022-01-05,\n".encode()
    )
    assert b"B\xff\xfe,2022-01-05" in problems_csv(reading(raw))


def test_letters_of_western_europe_are_not_taken_for_cyrillic() -> None:
    found = reading("title,date,place\nCafé Noël,2022-01-05,\n".encode("cp1252"))
    assert (found.encoding, found.shown, len(found.set_aside)) == ("UTF-8", 0, 1)


def test_half_a_letter_at_the_end_of_utf_16_costs_its_row() -> None:
    text = "title,date,place\nA,2022-01-05,\nB,2022-01-06,x"
    found = reading((codecs.BOM_UTF16_LE + text.encode("utf-16-le"))[:-1])
    assert (found.shown, len(found.set_aside)) == (1, 1)
    assert problems_csv(found)


def test_null_bytes_cost_their_row() -> None:
    found = reading("title,date,place\nA,2022-01-05,\nB\0,2022-01-05,\n")
    assert (found.shown, len(found.set_aside)) == (1, 1)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"PK\x03\x04rest", "save the sheet as CSV"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "UTF-32"),
        ("title,date,place".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no kind of file we know"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(raw: bytes, words: str) -> None:
    assert words in refusal(raw)


def test_text_of_every_sort_goes_through() -> None:
    title = "</script> {{ x }} ${1} \u202e \ufffd 🜨"
    assert (
        shown(f"title,date,place\n{title},2022-01-05,\n").events["title"].iloc[0]
        == title
    )
