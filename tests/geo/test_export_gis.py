from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import gpxpy
import pandas as pd
import pyogrio
import pytest
from gpxpy.gpx import GPX
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset, load
from geo.export.geopackage import to_geopackage
from geo.export.xml import add, document, root
from geo.query import Query
from geo.texts import Texts
from tests import cast
from tests.exports import (
    CONTROL,
    ENGLISH,
    ODD,
    asked,
    odd_dataset,
    rendered,
    window,
    written,
)

needs_libkml = pytest.mark.skipif(
    "LIBKML" not in pyogrio.list_drivers(),
    reason="GDAL's plain KML reader knows no times and no placemarks without a place",
)

KML = {"k": "http://www.opengis.net/kml/2.2"}


def layer(path: Path, name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(path, layer=name, engine="pyogrio")


def table(path: Path, name: str) -> pd.DataFrame:
    """Read a layer's attributes, geometry or not."""
    return pd.DataFrame(pyogrio.read_dataframe(path, layer=name))


# XML


@given(st.text())
def test_xml_gives_back_any_text_that_xml_can_hold(text: str) -> None:
    top = root("top", a=text)
    add(top, "leaf", text)
    leaf = ET.fromstring(document(top)).find("leaf")
    assert leaf is not None
    kept = "".join(sign for sign in leaf.text or "" if sign != "\ufffd")
    can_stand = [sign for sign in text if sign in "\t\n\r" or sign >= " "]
    expected = (sign for sign in can_stand if sign not in "\ufffd\ufffe\uffff")
    assert kept == "".join(expected)


# kml


@needs_libkml
def test_gdal_opens_events_and_marches_of_the_kml(
    shipped: Dataset, tmp_path: Path
) -> None:
    path = written(tmp_path, "kml", shipped)
    events, legs = layer(path, "Events"), layer(path, "March routes")
    assert list(events["Name"]) == list(shipped.events["title"])
    assert events.geometry.notna().to_list() == [
        geometry is not None for geometry in shipped.events.geometry
    ]
    assert legs.geometry.notna().sum() == shipped.legs.geometry.notna().sum()


@needs_libkml
def test_gdal_reads_the_time_spans_of_the_kml(shipped: Dataset, tmp_path: Path) -> None:
    events = layer(written(tmp_path, "kml", shipped), "Events")
    spans = shipped.events["end"] > shipped.events["start"]
    begin = pd.to_datetime(events["begin"], utc=True)
    expected = shipped.events["start"].dt.tz_convert("UTC")
    assert (begin[spans.to_numpy()].to_numpy() == expected[spans].to_numpy()).all()


def test_instant_is_a_time_stamp(small: Dataset) -> None:
    kml = ET.fromstring(rendered("kml", small))
    marks = {
        mark.findtext("k:name", namespaces=KML): mark
        for mark in kml.iterfind(".//k:Placemark", KML)
    }
    instant, span = marks["Instant as it opens"], marks["Clash to the minute"]
    assert (
        instant.findtext("k:TimeStamp/k:when", namespaces=KML)
        == "2022-01-05T14:00:00+06:00"
    )
    assert (
        span.findtext("k:TimeSpan/k:end", namespaces=KML) == "2022-01-05T15:10:00+06:00"
    )


def test_march_without_an_end_has_an_open_span(tmp_path: Path) -> None:
    data = load(cast.write(tmp_path, routes=[cast.route("walk", end=None)]))
    kml = ET.fromstring(rendered("kml", data))
    folder = kml.findall(".//k:Folder", KML)[1]
    spans = folder.findall("k:Placemark/k:TimeSpan", KML)
    assert [[part.tag.rpartition("}")[2] for part in span] for span in spans] == [
        ["begin"]
    ] * 3


def test_events_are_styled_by_group(small: Dataset) -> None:
    kml = ET.fromstring(rendered("kml", small))
    styles = {
        style.get("id"): style.findtext("k:IconStyle/k:color", namespaces=KML)
        for style in kml.iterfind(".//k:Style", KML)
    }
    # KML writes colours as alpha, blue, green, red.
    assert styles["people-gather"] == "ffb27200"
    used = {url.text for url in kml.iterfind(".//k:styleUrl", KML)}
    assert used <= {f"#{name}" for name in styles}


def test_parts_of_a_placemark_stand_in_the_order_of_the_schema(small: Dataset) -> None:
    # OGC 07-147r2, section 9.1: AbstractFeature, then the geometry.
    order = [
        "name",
        "Snippet",
        "description",
        "TimeStamp",
        "TimeSpan",
        "styleUrl",
        "ExtendedData",
    ]
    kml = ET.fromstring(rendered("kml", small))
    for mark in kml.iterfind(".//k:Placemark", KML):
        tags = [part.tag.rpartition("}")[2] for part in mark]
        ranks = [order.index(tag) if tag in order else len(order) for tag in tags]
        assert ranks == sorted(ranks)


def test_kml_says_question_version_licence_and_credit(small: Dataset) -> None:
    kml = ET.fromstring(rendered("kml", small, window(small)))
    data = {
        each.get("name"): each.findtext("k:value", namespaces=KML)
        for each in kml.iterfind("k:Document/k:ExtendedData/k:Data", KML)
    }
    assert data["question"] == "5 January 2022, 14:00–16:00"
    assert data["query"] == "from=2022-01-05T14%3A00&to=2022-01-05T16%3A00"
    assert data["data_version"] == "1.0.0"
    assert "CC BY 4.0" in (data["licence"] or "")
    assert "© somebody" in (data["credit"] or "")


@needs_libkml
def test_gdal_reads_odd_text_of_the_kml(tmp_path: Path) -> None:
    data = odd_dataset(tmp_path, ODD + CONTROL)
    event = layer(written(tmp_path, "kml", data), "Events").iloc[0]
    assert event["Name"] == (ODD + CONTROL).replace("\x1b", "\ufffd")
    assert event["title"] == event["Name"]


def test_description_of_a_placemark_shows_text_and_runs_none(small: Dataset) -> None:
    kml = ET.fromstring(rendered("kml", small))
    shown = [each.text or "" for each in kml.iterfind(".//k:description", KML)]
    assert any("&lt;script&gt;alert(1)" in text for text in shown)
    assert not any("<script" in text or "<img" in text for text in shown)


# gpx


def gpx(dataset: Dataset, query: Query | None = None) -> GPX:
    return gpxpy.parse(rendered("gpx", dataset, query).decode())


def test_gpxpy_reads_the_drawn_marches(shipped: Dataset) -> None:
    drawn = shipped.legs[shipped.legs.geometry.notna()]["route"].unique()
    titles = [shipped.routes.loc[route, "title"] for route in drawn]
    assert [route.name for route in gpx(shipped).routes] == titles


def test_route_of_the_gpx_is_as_long_as_the_march(shipped: Dataset) -> None:
    # gpxpy measures on a sphere, we on an ellipsoid: half a per cent apart.
    line = gpx(shipped, asked(shipped, q="Tole bi")).routes
    march = next(route for route in line if "March along Tole bi" in (route.name or ""))
    legs = shipped.legs[shipped.legs["route"] == "r5-tole-bi-march-5-jan"]
    metric = gpd.GeoSeries(legs.geometry.dropna(), crs=4326).to_crs(32643).length.sum()
    assert march.length() == pytest.approx(metric, rel=0.005)


def test_unbroken_march_is_one_route_with_its_streets_named(small: Dataset) -> None:
    (route,) = gpx(small).routes
    points = [(point.longitude, point.latitude) for point in route.points]
    assert points == [(76.90, 43.0), (76.93, 43.0), (76.94, 43.0)]
    assert [point.name for point in route.points] == [
        "Abay Avenue",
        "Abay Avenue",
        None,
    ]
    assert route.points[1].type == "inferred street"


def test_march_with_a_gap_is_two_routes(tmp_path: Path) -> None:
    legs = [
        cast.leg("walk-1", [[76.90, 43.0], [76.93, 43.0]]),
        cast.leg("walk-2", None, evidence="unknown"),
        cast.leg("walk-3", [[76.95, 43.0], [76.96, 43.0]]),
    ]
    data = load(cast.write(tmp_path, legs=legs))
    assert [len(route.points) for route in gpx(data).routes] == [2, 2]


def test_places_of_the_events_are_waypoints(small: Dataset) -> None:
    found = {point.name: point for point in gpx(small, window(small)).waypoints}
    assert set(found) == {"Square", "Monument"}
    assert "Clash to the minute" in (found["Square"].description or "")


def test_gdal_opens_the_gpx(shipped: Dataset, tmp_path: Path) -> None:
    path = written(tmp_path, "gpx", shipped)
    assert len(layer(path, "routes")) == len(gpx(shipped).routes)
    assert len(layer(path, "waypoints")) == len(gpx(shipped).waypoints)


def test_gpx_says_question_version_licence_and_credit(small: Dataset) -> None:
    found = gpx(small, window(small))
    for words in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "© somebody"):
        assert words in (found.description or "")
    assert found.copyright_license == "https://opendatacommons.org/licenses/odbl/1-0/"


def test_gpxpy_reads_odd_text(tmp_path: Path) -> None:
    found = gpx(odd_dataset(tmp_path, ODD + CONTROL))
    expected = (ODD + CONTROL).replace("\x1b", "\ufffd")
    assert found.routes[0].name == expected
    assert found.waypoints[0].name == expected


# gpkg


def test_gdal_finds_three_layers_and_a_table(shipped: Dataset, tmp_path: Path) -> None:
    layers = pyogrio.list_layers(written(tmp_path, "gpkg", shipped))
    assert [tuple(each) for each in layers] == [
        ("events", "MultiPoint"),
        ("places", "Point"),
        ("route_legs", "LineString"),
        ("metadata", None),
    ]


def test_layers_hold_what_was_chosen(shipped: Dataset, tmp_path: Path) -> None:
    path = written(tmp_path, "gpkg", shipped)
    assert list(table(path, "events")["id"]) == list(shipped.events.index)
    assert list(table(path, "places")["id"]) == list(shipped.places.index)
    assert list(table(path, "route_legs")["id"]) == list(shipped.legs.index)


def test_geopackage_has_times_to_filter_by(small: Dataset, tmp_path: Path) -> None:
    events = table(written(tmp_path, "gpkg", small), "events").set_index("id")
    row = events.loc["clash-to-the-minute"]
    assert row["start"] == "2022-01-05T14:50+06:00"
    assert row["start_utc"] == pd.Timestamp("2022-01-05T08:50Z")


def test_geopackage_says_what_it_is(small: Dataset, tmp_path: Path) -> None:
    path = written(tmp_path, "gpkg", small, window(small))
    about = table(path, "metadata").set_index("key")["value"]
    assert about["question"] == "5 January 2022, 14:00–16:00"
    assert about["data_version"] == "1.0.0"
    assert "CC BY 4.0" in about["licence"]
    assert "© somebody" in about["credit"]


def test_places_of_a_question_are_those_its_events_name(
    small: Dataset, tmp_path: Path
) -> None:
    path = written(tmp_path, "gpkg", small, asked(small, place="taraz"))
    places = table(path, "places").set_index("id")
    assert list(places.index) == ["taraz"]
    assert places.loc["taraz", "events"] == 1


def test_geopackage_of_nothing_opens(small: Dataset, tmp_path: Path) -> None:
    path = written(tmp_path, "gpkg", small, Query(q="nosuchword"))
    assert len(table(path, "events")) == 0


def test_gdal_reads_odd_text_of_the_geopackage(tmp_path: Path) -> None:
    path = written(tmp_path, "gpkg", odd_dataset(tmp_path, ODD + CONTROL))
    assert table(path, "events")["title"].iloc[0] == ODD + CONTROL
    assert table(path, "places")["name_en"].iloc[0] == ODD + CONTROL


def test_geopackage_leaves_nothing_behind(
    small: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    to_geopackage(small, Query(), ENGLISH)
    assert list(tmp_path.iterdir()) == []


def test_words_of_a_russian_geopackage_are_russian(
    small: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "ru.gpkg"
    path.write_bytes(to_geopackage(small, Query(), Texts("ru")))
    events = table(path, "events").set_index("id")
    summary = events.loc["rally-some-time-that-afternoon", "summary"]
    assert summary == "Люди стояли на площади."
