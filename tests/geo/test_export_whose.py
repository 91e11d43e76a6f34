"""Files of other people's events never bear our name, version or licence."""

import json
import zlib
from pathlib import Path

import pytest

from geo.dataset import Dataset, load
from geo.export import FORMATS, file_name
from geo.export.citations import Style, cite_dataset, cite_event
from geo.export.handout.options import HandoutOptions
from geo.export.imprint import imprint_of, whose
from geo.export.names import handout_stem
from geo.ingest import read, zone_of
from geo.query import Query
from geo.texts import Texts
from tests import cast

OURS = (
    "Almaty events map",
    "almaty-events",
    "January 2022 events in Almaty",
    "January 2022 in Almaty",
    "CC BY",
    "creativecommons.org",
    "opendatacommons.org",
    "ODbL 1.0",
    "2026-11-22",
    "20261122",
)
TABLE = (
    "title,date,lat,lon,source\n"
    "A meeting,2022-01-05T14:00,43.2382,76.9453,https://example.org/a\n"
    "A march,2022-01-06,43.25,76.93,Wire\n"
)
TEXTS = Texts("en")


def shown_text(content: bytes) -> str:
    """Give what stands in a file, with what a PDF or a PNG has packed."""
    parts = [content]
    for mark in (b"stream\n", b"IDAT"):
        for piece in content.split(mark)[1:]:
            try:
                parts.append(zlib.decompressobj().decompress(piece))
            except zlib.error:
                continue
    return b"\n".join(parts).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def mine(small: Dataset) -> Dataset:
    """Give a file that was read beside data without a credit of ours."""
    found = read(
        TABLE.encode(),
        name="Моё дело.csv",
        zone=zone_of("Asia/Almaty"),
        gazetteer=small,
    )
    assert found.dataset is not None
    return found.dataset


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give a folder that somebody else has made."""
    return load(cast.write(tmp_path_factory.mktemp("their-events")))


@pytest.fixture(params=["mine", "theirs"])
def other(request: pytest.FixtureRequest) -> Dataset:
    dataset: Dataset = request.getfixturevalue(request.param)
    return dataset


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_claims_other_peoples_events(other: Dataset, name: str) -> None:
    query = Query(q="a") if "handout" in name else Query()
    text = shown_text(FORMATS[name].render(other, query, TEXTS))
    assert [word for word in OURS if word in text] == []


@pytest.mark.parametrize(
    "name", ["geojson", "kml", "gpx", "ics", "linked-places", "gpkg"]
)
def test_other_peoples_events_bear_their_own_name(other: Dataset, name: str) -> None:
    text = shown_text(FORMATS[name].render(other, Query(), TEXTS))
    assert whose(other).dataset in text


@pytest.mark.parametrize(
    "name", sorted(set(FORMATS) - {"csv", "html", "class", "png", "handout-png"})
)
def test_our_own_events_bear_ours(small: Dataset, name: str) -> None:
    query = Query(q="march") if "handout" in name else Query()
    content = FORMATS[name].render(small, query, TEXTS)
    if name == "handout":
        assert b"creativecommons.org" in content
    else:
        assert "January 2022 events in Almaty" in shown_text(content)


def test_our_own_tables_pages_and_pictures_say_so(small: Dataset) -> None:
    for name in ("csv", "html", "class", "png"):
        assert "CC BY" in shown_text(FORMATS[name].render(small, Query(), TEXTS))


@pytest.mark.parametrize("style", Style)
def test_no_citation_claims_other_peoples_events(other: Dataset, style: Style) -> None:
    event = str(other.events.index[0])
    for text in (cite_event(other, event, style), cite_dataset(other, style)):
        assert [word for word in OURS if word in text] == []


def test_a_citation_of_a_file_names_the_file(mine: Dataset) -> None:
    assert cite_dataset(mine).startswith("Моё дело.csv.")
    (item,) = json.loads(cite_event(mine, "row-2", Style.CSL))
    assert (item["container-title"], item["id"]) == ("Моё дело.csv", "moe-delo:row-2")
    assert {"publisher", "version", "issued"}.isdisjoint(item)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_names_of_files_are_those_of_the_data(
    small: Dataset, mine: Dataset, theirs: Dataset, name: str
) -> None:
    suffix = FORMATS[name].suffix
    assert file_name(name, Query(), small) == f"almaty-events_v1.0.0{suffix}"
    assert file_name(name, Query(), mine) == f"moe-delo{suffix}"
    assert file_name(name, Query(), theirs).startswith("their-events")


def test_a_handout_is_named_after_its_data(small: Dataset, theirs: Dataset) -> None:
    options = HandoutOptions()
    assert handout_stem(options, whose(small)) == "almaty-handout_v1.0.0"
    assert handout_stem(options, whose(theirs)) == f"{whose(theirs).stem}-handout"


def test_other_peoples_events_have_no_version_and_no_licence(other: Dataset) -> None:
    imprint = imprint_of(other, Query(), TEXTS)
    assert (imprint.version, imprint.licence, imprint.whose.addresses) == ("", "", ())
    assert imprint.title == (other.file or other.folder)


def test_the_credit_for_the_streets_stays(theirs: Dataset) -> None:
    assert imprint_of(theirs, Query(), TEXTS).credit.endswith("; © somebody")


def test_the_same_file_is_written_the_same_twice(mine: Dataset) -> None:
    for name in ("ics", "gpkg"):
        one, two = (FORMATS[name].render(mine, Query(), TEXTS) for _ in range(2))
        assert one == two


def test_our_own_folder_by_its_path_is_ours() -> None:
    from geo.dataset import DATA_DIR

    assert whose(load(Path(DATA_DIR))).is_ours
