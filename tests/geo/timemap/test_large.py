"""Large sets: when they begin, what the page carries, and that it is all there."""

import hashlib
import json
import random
import zlib
from base64 import b64decode
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset
from geo.texts import LANGUAGES, Texts
from geo.timeline import Window, minute_of, moment_of, parse_moment
from geo.timemap import render_page
from geo.timemap.large import LARGE_FROM, large_payload_of
from geo.timemap.large.columns import codes_of, id_columns
from geo.timemap.large.packing import Array, Bundle, bundle, narrow, texts_as_arrays
from geo.vocab import Kind, TimePrecision
from tests.generated import generated
from tests.geo.timemap.test_element import document
from tests.test_scripts import HERE, run_node

# What only a page of a large set has, and what only one of a small set has.
LARGE_PARTS = ("timemapIndex =", '"packed"', 'data-part="rows"', ".tm-large-label")
SMALL_PARTS = ("timemapMarks =", "timemapList =", 'id="tm-card-')

TYPES = {"u8": "<u1", "u16": "<u2", "u32": "<u4", "i32": "<i4"}


def unpack(packed: Bundle) -> dict[str, Array]:
    """Read as the browser does."""
    stream = zlib.decompress(b64decode(packed["deflated"]))
    arrays, at = {}, 0
    for name, kind, length in packed["columns"]:
        arrays[name] = np.frombuffer(stream, TYPES[kind], length, at)
        at += arrays[name].nbytes
    assert at == len(stream)
    return arrays


def texts_of(arrays: dict[str, Array], name: str, rows: int) -> list[str]:
    """Read a column of texts as the browser does."""
    if f"{name}.lengths" not in arrays:
        return [""] * rows
    ends = np.cumsum(arrays[f"{name}.lengths"].astype(np.int64))
    data = arrays[f"{name}.bytes"].tobytes()
    texts = [
        data[start:end].decode()
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    codes = arrays.get(f"{name}.codes", np.arange(rows))
    return [texts[code] for code in codes]


@pytest.fixture(scope="module")
def large() -> Dataset:
    return generated(LARGE_FROM + 1)


@pytest.fixture(scope="module")
def packed(large: Dataset) -> dict[str, Any]:
    return dict(large_payload_of(large, Texts(), {})["packed"])


def test_the_way_is_chosen_by_the_number_of_events(large: Dataset) -> None:
    page = document(large)
    assert [part for part in LARGE_PARTS if part not in page] == []
    assert [part for part in SMALL_PARTS if part in page] == []
    fewer = replace(large, events=large.events.iloc[:LARGE_FROM])
    page = document(replace(fewer, evidence=large.evidence.iloc[:LARGE_FROM]))
    assert [part for part in SMALL_PARTS if part not in page] == []
    assert [part for part in LARGE_PARTS if part in page] == []


def test_same_input_gives_the_same_bytes() -> None:
    pages = [render_page(generated(LARGE_FROM + 5)).encode() for _ in range(2)]
    first, second = (hashlib.sha256(page).hexdigest() for page in pages)
    assert first == second


def test_times_come_out_as_they_went_in(large: Dataset, packed: dict[str, Any]) -> None:
    columns = unpack(packed["numbers"])
    order = columns["order"].astype(np.int64)
    start = packed["first"] + np.cumsum(columns["start"].astype(np.int64))
    end = start + columns["lasts"]
    events = large.events.iloc[order]
    assert (np.diff(start) >= 0).all()
    assert start.tolist() == events["start_min"].tolist()
    assert end.tolist() == events["end_min"].tolist()
    assert (start - columns["before"]).tolist() == events["earliest_min"].tolist()
    assert (end + columns["after"]).tolist() == events["latest_min"].tolist()


def test_places_and_codes_come_out_as_they_went_in(
    large: Dataset, packed: dict[str, Any]
) -> None:
    columns, texts = unpack(packed["numbers"]), unpack(packed["texts"])
    events = large.events.iloc[columns["order"]]
    kinds = [list(Kind)[code].value for code in columns["kind"]]
    assert kinds == events["kind"].tolist()
    named = [place for places in events["places"] for place in places]
    used = [place for place in large.places.index if place in set(named)]
    assert [used[code] for code in columns["place"]] == named
    assert columns["places"].tolist() == [len(places) for places in events["places"]]
    located = large.places.loc[used]
    lat = located.geometry.map(lambda point: point.y if point else 0)
    assert columns["lat"] / 1e6 == pytest.approx(lat.to_numpy(), abs=5e-7)
    assert columns["marked"].astype(bool).tolist() == located["marked"].tolist()
    assert texts_of(texts, "place.name", len(used)) == located["name_en"].tolist()


def test_texts_come_out_as_they_went_in(large: Dataset, packed: dict[str, Any]) -> None:
    columns, texts = unpack(packed["numbers"]), unpack(packed["texts"])
    events = large.events.iloc[columns["order"]]
    for name in ("title", "summary", "note"):
        assert texts_of(texts, name, len(events)) == events[name].tolist()
    actors = texts_of(texts, "actors", len(events))
    assert [tuple(json.loads(text or "[]")) for text in actors] == list(
        events["actors"]
    )
    ids = [f"{packed['prefix']}{number}" for number in columns["number"]]
    assert ids == events.index.tolist()


def test_sources_follow_the_order_of_the_events(
    large: Dataset, packed: dict[str, Any]
) -> None:
    columns, texts = unpack(packed["numbers"]), unpack(packed["texts"])
    events = large.events.iloc[columns["order"]]
    assert texts["sources"].tolist() == [1] * len(events)
    titles = texts_of(texts, "source.title", len(large.sources))
    found = [titles[code] for code in texts["source"]]
    assert found == [large.sources[row[0]]["title"] for row in events["sources"]]


def test_what_all_events_lack_is_left_out(large: Dataset) -> None:
    events = large.events.copy()
    for bound, time in (("earliest_min", "start_min"), ("latest_min", "end_min")):
        events[bound] = events[time]
    events = events.sort_values("start_min", kind="stable").assign(note="", summary="")
    packed = large_payload_of(replace(large, events=events), Texts(), {})["packed"]
    assert not {"before", "after", "order"} & set(unpack(packed["numbers"]))
    assert not {"note.bytes", "summary.codes"} & set(unpack(packed["texts"]))


@pytest.mark.parametrize("dtype", ["category", "string"])
def test_columns_may_be_of_any_make(
    large: Dataset, packed: dict[str, Any], dtype: str
) -> None:
    names = ["kind", "attribution", "title", "summary", "note", "time_precision"]
    events = large.events.astype(dict.fromkeys(names, dtype))
    other = large_payload_of(replace(large, events=events), Texts(), {})["packed"]
    assert other["numbers"] == packed["numbers"]
    assert other["texts"] == packed["texts"]


def test_texts_of_other_languages_are_searched_and_shown(large: Dataset) -> None:
    events = large.events.assign(title_ru="", summary_ru="")
    events.iloc[7, events.columns.get_loc("title_ru")] = "Событие"
    columns = unpack(
        large_payload_of(replace(large, events=events), Texts("ru"), {})["packed"][
            "texts"
        ]
    )
    titles = texts_of(columns, "title", len(events))
    assert "Событие" in titles
    assert all("Event" in title or title == "Событие" for title in titles)
    assert any("событие" in words for words in texts_of(columns, "words", len(events)))


@given(st.lists(st.text(), min_size=1))
def test_any_text_survives(texts: list[str]) -> None:
    valid = [text.encode("utf-8", "replace").decode() for text in texts]
    arrays = unpack(bundle(texts_as_arrays("text", valid)))
    assert texts_of(arrays, "text", len(valid)) == valid


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_survive_in_the_narrowest_type(numbers: list[int]) -> None:
    array = narrow(np.array(numbers, dtype=np.int64))
    assert unpack(bundle({"n": array}))["n"].tolist() == numbers
    assert array.itemsize == (1 if max(numbers, default=0) < 256 else array.itemsize)


def test_half_a_character_does_not_stop_a_page() -> None:
    arrays = unpack(bundle(texts_as_arrays("text", ["a\ud800b"])))
    assert texts_of(arrays, "text", 1) == ["a?b"]


@pytest.mark.parametrize(
    "ids", [["a", "b"], ["a1", "b2"], ["a01", "a2"], ["a1", "a"], [f"a{2**32}"]]
)
def test_ids_that_are_more_than_a_number_are_kept_as_texts(ids: list[str]) -> None:
    assert id_columns(ids) is None


def test_ids_without_a_prefix_are_numbers() -> None:
    found = id_columns(["12", "7"])
    assert found
    assert (found[0], found[1].tolist()) == ("", [12, 7])


def test_a_word_of_no_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="'flood' is no Kind"):
        codes_of(pd.Series(["fire", "flood"]), Kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_says_times_as_python_does(large: Dataset, language: str) -> None:
    texts = Texts(language)
    # Round the end of a year, so that months and years differ.
    first = minute_of(parse_moment("2021-12-29T00:00"))
    rows = _random_times(first)
    span = Window(moment_of(first), moment_of(first + 6 * 1440))
    packed = large_payload_of(replace(large, span=span), texts, {})
    asked = {"packed": packed["packed"], "first": packed["days"]["first"], "rows": rows}
    said = json.loads(run_node(HERE / "js" / "spans.mjs", text=json.dumps(asked)))
    for row, words in zip(rows, said, strict=True):
        start, end, earliest, latest = map(moment_of, row[:4])
        assert words == texts.span(start, end, earliest, latest, row[4]), row


def _random_times(first: int) -> list[tuple[int, int, int, int, str]]:
    """Draw times within a few days, most on whole hours, many on midnights."""
    chance = random.Random(20220105)
    rows = []
    for _ in range(400):
        step = chance.choice([1, 60, 360, 1440])
        moments = sorted(chance.choices(range(0, 4 * 1440 + 1, step), k=4))
        earliest, start, end, latest = (first + 1440 + moment for moment in moments)
        end = chance.choice([start, end])
        bounds = chance.choice([(earliest, latest), (start, end)])
        precision = chance.choice(list(TimePrecision)).value
        if precision == "day":
            start = start // 1440 * 1440
            end = max(end // 1440, start // 1440 + 1) * 1440
            bounds = (start, end)
        rows.append((start, end, *bounds, precision))
    return rows
