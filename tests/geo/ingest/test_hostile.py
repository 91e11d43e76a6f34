"""Files that somebody made to break a reader, or that broke on the way."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.ingest import FileError, FileKind, problems_csv, read
from geo.ingest.report import summary_lines
from tests.geo.ingest.given import ALMATY, FILES, our_data

SAMPLES = [file.read_bytes() for file in sorted(FILES.iterdir())]
FEW, MANY = 150, 10_000

# Cells that have broken readers of tables.
NASTY = st.sampled_from(
    [
        "", " ", "nan", "NaN", "inf", "-Infinity", "1e999", "-0", "null", "None", "0001-01-01",
        "9999-12-31", "9999-12-31T23:59-23:59", "2022-01-05", "2022-01-05T14:50+06:00",
        "2022-02-30", "1641369600", "05.01.2022", "05 January 2022", "43.2382", "76,9453",
        "=1+1", "'=1+1", '"', '""', "\0", "\ud83d", "\udcff", "\r", "\u2028", "\x85", "\x1a",
        "[[[[", '{"a":', "x" * 140_000, "Republic Square", "a;a;;", "Ж" * 300, "../../etc/passwd",
    ]
)  # fmt: skip
CELLS = NASTY | st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3)
    ),
    max_leaves=6,
)


def check(raw: bytes, kind: FileKind | None = None) -> None:
    """Read a file: no row is lost, and what was read can be told and written."""
    try:
        found = read(raw, name="hostile", kind=kind, zone=ALMATY, gazetteer=our_data())
    except FileError:
        return
    assert found.read == found.shown + len(found.set_aside)
    assert all(row.problems for row in found.set_aside)
    assert list(summary_lines(found))
    assert problems_csv(found).count(b"\n") > len(found.set_aside)
    if found.dataset is not None:
        assert found.dataset.events.index.is_unique
        assert found.dataset.events.index.equals(found.dataset.extras.index)


def check_text(text: str, kind: FileKind | None = None) -> None:
    check(text.encode("utf-8", "surrogatepass"), kind)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Give a sample that was cut, flipped, doubled or put into another encoding."""
    raw = bytearray(draw(st.sampled_from(SAMPLES)))
    if draw(st.booleans()):
        codec = draw(
            st.sampled_from(
                ["utf-16", "cp1251", "utf-32", "cp866", "utf-8-sig", "utf-7"]
            )
        )
        raw = bytearray(raw.decode().encode(codec, "replace"))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        change = draw(st.sampled_from(["flip", "cut", "insert", "double", "swap"]))
        if change == "flip" and raw:
            raw[at] ^= 1 << draw(st.integers(0, 7))
        elif change == "cut":
            del raw[at : at + draw(st.integers(1, 200))]
        elif change == "insert":
            raw[at:at] = draw(st.binary(max_size=6))
        elif change == "double":
            raw[at:at] = raw[at : at + 300]
        else:
            raw[at : at + 2] = raw[at : at + 2][::-1]
    return bytes(raw[: draw(st.integers(0, len(raw)))] if draw(st.booleans()) else raw)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Give a table whose cells may be anything, quoted or not."""
    separator = draw(st.sampled_from(",;\t"))
    header = draw(
        st.sampled_from(
            [
                "title,date,lat,lon,place,source,id",
                "event_id_cnty,event_date,event_type,latitude,longitude,geo_precision,time_precision",
                (FILES / "events.csv").read_text("utf-8").splitlines()[0],
            ]
        )
    )
    rows = draw(st.lists(st.lists(CELLS, min_size=5, max_size=20), max_size=6))
    quote = draw(st.sampled_from(['"', ""]))
    lines = [header.replace(",", separator)]
    lines += [separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows]
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """Give a GeoJSON or a TimeMap whose values may be anything."""
    names = st.sampled_from(
        [
            "title",
            "time",
            "date",
            "description",
            "id",
            "latitude",
            "longitude",
            "lat",
            "sources",
            "x",
        ]
    )
    things = st.dictionaries(names, VALUES, max_size=6)
    geometry = st.fixed_dictionaries(
        {
            "type": st.just("Point"),
            "coordinates": VALUES | st.lists(st.floats(), min_size=2, max_size=2),
        }
    )
    features = st.fixed_dictionaries(
        {
            "type": st.just("Feature"),
            "properties": things | VALUES,
            "geometry": geometry | VALUES,
        }
    )
    items = draw(st.lists(features | things | VALUES, max_size=6))
    return json.dumps(
        {"type": "FeatureCollection", "features": items}
        if draw(st.booleans())
        else items
    )


KINDS = st.none() | st.sampled_from(FileKind)


@given(damaged(), KINDS)
@settings(max_examples=FEW)
def test_no_damaged_file_loses_a_row(raw: bytes, kind: FileKind | None) -> None:
    check(raw, kind)


@given(tables())
@settings(
    max_examples=FEW,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large],
)
@example("title,date,lat,lon,place\nA,9999-12-31,,,\nB,0001-01-01,,,\n")
@example('title,date,lat,lon,place\n"""",2022-01-05,nan,inf,\n')
def test_no_table_loses_a_row(text: str) -> None:
    check_text(text)


@given(lists())
@settings(max_examples=FEW)
@example('[{"date": NaN, "description": Infinity}]')
@example('{"features": [{"type": "Feature"}, {"type": "Feature", "properties": {}}]}')
def test_no_list_loses_an_item(text: str) -> None:
    check_text(text)


@given(st.binary(max_size=400), KINDS)
@settings(max_examples=FEW)
def test_any_bytes_are_read_or_refused(raw: bytes, kind: FileKind | None) -> None:
    check(raw, kind)


@pytest.mark.long
@given(damaged(), KINDS)
@settings(max_examples=MANY)
def test_ten_thousand_damaged_files_lose_no_row(
    raw: bytes, kind: FileKind | None
) -> None:
    check(raw, kind)


@pytest.mark.long
@given(tables() | lists(), KINDS)
@settings(
    max_examples=MANY,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large],
)
def test_ten_thousand_made_up_files_lose_no_row(
    text: str, kind: FileKind | None
) -> None:
    check_text(text, kind)


MEGABYTE = 1_000_000
SLOW: dict[str, bytes] = {
    "open quotes": b"title,date,place\n" + b'"a,2022-01-05,\n' * 70_000,
    "quotes": b"title,date,place\n" + b'"' * MEGABYTE,
    "quotes and separators": b"title,date,place\n" + b'",' * 500_000,
    "quotes and lines": b"title,date,place\n" + b'"\n' * 500_000,
    "names": b"title,date,place\n"
    + b"".join(b"a,2022-01-05,p %d\n" % n for n in range(50_000)),
    "short rows": b"title,date,place\n" + b"a\n" * 400_000,
    "bad dates": b"title,date,place\n"
    + b"".join(b"a,%d,\n" % n for n in range(80_000)),
    "one cell": b"title,date,place\n" + b"a" * MEGABYTE,
    "columns": b"title,date,place" + b",a" * 500_000,
    "lines of commas": b"title,date,place\n" + (b"," * 999 + b"\n") * 1000,
    "null bytes": b"title,date,place\n" + b"\0" * MEGABYTE,
    "not utf-8": b"title,date,place\n" + b"\xd0" * MEGABYTE,
    "utf-16": codecs.BOM_UTF16_LE + b"\xd8" * MEGABYTE,
    "brackets": b"[" * MEGABYTE,
    "braces": b'{"a":' * 200_000,
    "deep items": b"[" + b'{"a":[{},' * 110_000,
    "open items": b"[" + b'{"date":"2022-01-05","description":"},' * 26_000,
    "empty items": b"[" + b"{}," * 330_000,
    "digits": b'[{"date":' + b"1" * MEGABYTE + b"}]",
    "keys": b'[{"date":"2022-01-05","description":"a"},'
    + b",".join(b'{"k%d":1}' % n for n in range(80_000))
    + b"]",
    "one deep value": b'[{"date":"2022-01-05","description":'
    + b"[" * 900
    + b"]" * 900
    + b"}]",
    "features": b'{"type":"FeatureCollection","features":['
    + b'{"type":"Feature"},' * 50_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_megabyte_of_anything_comes_to_an_end(name: str) -> None:
    check(SLOW[name])


def test_the_samples_are_all_there() -> None:
    assert len(SAMPLES) == 10
    assert Path(FILES).is_dir()
