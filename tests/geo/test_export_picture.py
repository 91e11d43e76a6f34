import io
import math
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile
from pyproj import Geod

from geo.dataset import Dataset, load
from geo.export.picture import View, to_png, to_svg
from geo.export.picture.compose import compose
from geo.export.picture.fonts import drawable, shortened, width_of, wrapped
from geo.export.picture.layout import box_round, merged, straight_spots
from geo.export.picture.png import glyph_points
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Glyph,
    Label,
    Layer,
    Line,
    Scene,
    Shape,
)
from geo.export.picture.view import Projection, fitted
from geo.palette import GLYPHS, GROUP_COLOURS, MAP_COLOURS
from geo.query import Query
from geo.texts import Texts
from geo.vocab import KindGroup
from tests import cast
from tests.exports import ENGLISH, ODD_LINE, asked, odd_dataset, window

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Box(0, 0, 800, 600)
AFTERNOON = {"from": "2022-01-05T14:00", "to": "2022-01-05T17:00"}


def layer(scene: Scene, name: str) -> Layer:
    return next(each for each in scene.layers if each.name == name)


def words(scene: Scene, name: str) -> list[str]:
    return [each.text for each in layer(scene, name).shapes if isinstance(each, Label)]


def picture(dataset: Dataset, query: Query, view: View | None = None) -> Scene:
    return compose(dataset, query, ENGLISH, view)


def png(content: bytes) -> PngImageFile:
    image = Image.open(io.BytesIO(content))
    assert isinstance(image, PngImageFile)
    image.load()
    return image


def all_shapes(scene: Scene) -> Iterator[Shape]:
    for each in scene.layers:
        yield from each.shapes


# Both painters


def test_pillow_opens_the_png(shipped: Dataset) -> None:
    image = png(to_png(shipped, asked(shipped, **AFTERNOON), ENGLISH))
    assert image.size == (2400, 1800)


def test_png_says_question_version_licence_and_credit(small: Dataset) -> None:
    text = png(to_png(small, window(small), ENGLISH)).text
    assert "5 January 2022, 14:00–16:00" in text["Description"]
    assert "1.0.0" in text["Description"]
    assert "CC BY 4.0" in text["Description"]
    assert "© somebody" in text["Copyright"]


def test_png_shows_a_mark_in_its_groups_colour(small: Dataset) -> None:
    query = asked(small, kinds="clash")
    image = png(to_png(small, query, ENGLISH)).convert("RGB")
    (glyph,) = (
        each
        for each in layer(picture(small, query), "marks").shapes
        if isinstance(each, Glyph)
    )
    # Two pixels a unit of the page.
    pixel = image.getpixel((int(glyph.x * 2), int(glyph.y * 2)))
    colour = GROUP_COLOURS[KindGroup.CONFRONTATION]
    assert pixel == tuple(bytes.fromhex(colour.removeprefix("#")))


def test_words_of_the_svg_are_text(small: Dataset) -> None:
    svg = ET.fromstring(to_svg(small, window(small), ENGLISH))
    texts = {each.text for each in svg.iter(f"{SVG}text")}
    assert {"The January 2022 events in Almaty", "5 January 2022, 14:00–16:00"} <= texts


def test_svg_asks_nothing_of_any_host(shipped: Dataset) -> None:
    svg = ET.fromstring(to_svg(shipped, asked(shipped, **AFTERNOON), ENGLISH))
    style = svg.findtext(f"{SVG}style") or ""
    addresses = re.findall(r"url\(([^)]*)\)", style)
    assert addresses
    assert all(each.startswith("data:font/woff;base64,") for each in addresses)
    for element in svg.iter():
        assert not any(name.endswith("href") for name in element.attrib)


def test_svg_says_question_version_licence_and_credit(small: Dataset) -> None:
    svg = ET.fromstring(to_svg(small, window(small), ENGLISH))
    about = svg.findtext(f"{SVG}desc") or ""
    for text in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "© somebody"):
        assert text in about


def test_layers_of_the_svg_are_layers_in_an_editor(small: Dataset) -> None:
    svg = ET.fromstring(to_svg(small, Query(), ENGLISH))
    inkscape = "{http://www.inkscape.org/namespaces/inkscape}"
    groups = svg.findall(f"{SVG}g")
    assert {"streets", "marches", "marks"} <= {each.get("id") for each in groups}
    assert {each.get(f"{inkscape}groupmode") for each in groups} == {"layer"}


def test_odd_text_stands_in_the_svg_as_it_is(tmp_path: Path) -> None:
    data = odd_dataset(tmp_path, ODD_LINE)
    svg = ET.fromstring(to_svg(data, Query(q="=1+1"), ENGLISH))
    assert any("“=1+1”" in (each.text or "") for each in svg.iter(f"{SVG}text"))
    # A title of a place is cut to its room.
    assert any(
        (each.text or "").startswith(ODD_LINE[:12]) for each in svg.iter(f"{SVG}text")
    )


def test_words_come_in_the_readers_language(shipped: Dataset) -> None:
    scene = compose(shipped, asked(shipped, **AFTERNOON), Texts("ru"))
    assert "площадь Республики" in " ".join(
        [*words(scene, "mark names"), *words(scene, "names")]
    )


# What is shown


def test_marks_count_the_events_of_their_places(small: Dataset) -> None:
    # In the window the square has four sure or coarse events, the monument,
    # 47 m from it, one.
    scene = picture(small, window(small))
    assert words(scene, "marks") == ["4"]


def test_possible_events_are_counted_and_explained_when_asked_for(
    small: Dataset,
) -> None:
    scene = picture(small, window(small, possible="1"))
    assert words(scene, "marks") == ["5"]
    assert "possible" in words(scene, "key")
    assert "possible" not in words(picture(small, window(small)), "key")


def test_heading_says_time_and_count(small: Dataset) -> None:
    heading = words(picture(small, window(small, near="square")), "heading")
    assert heading == [
        "The January 2022 events in Almaty",
        "5 January 2022, 14:00–16:00",
        "Almaty time, UTC+6",
        "4 of 13 events: 3 sure, 1 some time that day",
        "Filters: within 500 m of Square",
    ]


def test_events_without_a_mark_are_told(small: Dataset) -> None:
    foot = " ".join(words(picture(small, window(small)), "footer"))
    assert "1 in the whole country, 2 at a place that is not known" in foot


def test_every_event_has_a_mark_or_is_told(shipped: Dataset) -> None:
    scene = picture(shipped, Query())
    told = [
        int(n)
        for n in re.findall(
            r"(\d+) (?:outside|in|at)", " ".join(words(scene, "footer"))
        )
    ]
    key = [
        int(each.rpartition(": ")[2]) for each in words(scene, "key") if ": " in each
    ]
    assert sum(told) + sum(key) == len(shipped.events)


def test_groups_are_explained_with_their_numbers(small: Dataset) -> None:
    key = words(picture(small, window(small)), "key")
    assert {"People gather: 3", "Confrontation: 1"} <= set(key)


def test_shape_repeats_the_colour_in_every_part_of_a_ring(small: Dataset) -> None:
    scene = picture(small, window(small))
    glyphs = [each for each in layer(scene, "marks").shapes if isinstance(each, Glyph)]
    assert {each.path for each in glyphs} == {
        GLYPHS[KindGroup.PEOPLE_GATHER],
        GLYPHS[KindGroup.CONFRONTATION],
    }


def test_inexact_place_has_its_circle_to_scale(small: Dataset) -> None:
    query = asked(small, kinds="clash")
    scene = picture(small, query)
    (circle,) = layer(scene, "uncertainty").shapes
    assert isinstance(circle, Disc)
    (mark,) = (s for s in layer(scene, "marks").shapes if isinstance(s, Glyph))
    assert (circle.x, circle.y) == (mark.x, mark.y)
    # At zoom 15.2 and 43.24° N a unit is 3.03 m: 40 075 017 · cos / 256 · 2^15.2.
    assert circle.radius == pytest.approx(120 / 3.03, rel=0.01)


def test_credit_of_both_licences_stands_in_the_picture(shipped: Dataset) -> None:
    foot = " ".join(words(picture(shipped, Query()), "footer"))
    assert "Almaty events map, CC BY 4.0" in foot
    assert "© OpenStreetMap contributors, ODbL" in foot


# Marches


def marches_of(scene: Scene) -> list[Line]:
    return [s for s in layer(scene, "marches").shapes if isinstance(s, Line)]


def dashes(scene: Scene) -> set[tuple[float, ...]]:
    return {line.ink.dash for line in marches_of(scene) if len(line.points) != 3}


def test_documented_leg_is_solid_and_inferred_one_dashed(small: Dataset) -> None:
    assert dashes(picture(small, Query())) == {(), (7.0, 6.0)}


def test_unknown_leg_is_not_drawn(tmp_path: Path) -> None:
    data = load(
        cast.write(tmp_path, legs=[cast.leg("walk-1", None, evidence="unknown")])
    )
    assert marches_of(picture(data, Query())) == []


def test_link_between_two_places_is_a_dotted_bow(tmp_path: Path) -> None:
    leg = cast.leg(
        "walk-1",
        None,
        evidence="inferred",
        sketch="link",
        from_place="square",
        to_place="arena",
    )
    scene = picture(load(cast.write(tmp_path, legs=[leg])), Query())
    (bow,) = marches_of(scene)
    assert len(bow.points) > 10
    assert bow.ink.dash == (0.1, 6.0)
    assert "march, way not known" in words(scene, "key")


def test_march_is_faint_before_its_head(small: Dataset) -> None:
    # The walk of 10:00 to 12:00 is half-way at 11:00.
    view = View(lat=43.0, lon=76.92, zoom=13)
    scene = picture(small, asked(small, to="2022-01-05T11:00"), view)
    strengths = {line.ink.stroke_opacity for line in marches_of(scene)}
    assert {0.38, 0.95} <= strengths
    assert "position estimated" in words(scene, "heads")


def test_head_stands_where_half_the_way_is(small: Dataset) -> None:
    # Legs of 2.446 and 0.815 km: half of 3.261 km lies on the first.
    scene = picture(small, asked(small, to="2022-01-05T11:00"))
    line = marches_of(scene)[0].points
    (arrow,) = (s for s in layer(scene, "heads").shapes if isinstance(s, Line))
    tip_x = arrow.points[0][0] - 12
    share = (tip_x - line[0][0]) / (line[-1][0] - line[0][0])
    assert share == pytest.approx(0.5 * 3.261 / 2.446, abs=0.01)


def test_march_that_is_over_is_strong_throughout(small: Dataset) -> None:
    scene = picture(small, asked(small, to="2022-01-05T13:00"))
    assert {line.ink.stroke_opacity for line in marches_of(scene)} <= {0.95, 1.0}


# The view


def test_view_has_its_centre_in_the_middle() -> None:
    projection = Projection(View(lat=43.25, lon=76.9, zoom=13), FRAME)
    assert projection.point(76.9, 43.25) == pytest.approx((400, 300))


def test_tile_is_256_units_wide_as_in_leaflet() -> None:
    projection = Projection(View(lat=0, lon=0, zoom=3), FRAME)
    x0, _ = projection.point(0, 0)
    x1, _ = projection.point(360 / 2**3, 0)
    assert x1 - x0 == pytest.approx(256)


def test_north_is_up_and_east_is_right() -> None:
    projection = Projection(View(lat=43.25, lon=76.9, zoom=13), FRAME)
    x, y = projection.point(76.91, 43.26)
    assert x > 400
    assert y < 300


def test_length_on_the_page_is_the_geodesic_one() -> None:
    # A kilometre eastward, by GeographicLib; the sphere of Mercator is a
    # third of a per cent off at this latitude.
    projection = Projection(View(lat=43.25, lon=76.9, zoom=13), FRAME)
    lon, lat, _ = Geod(ellps="WGS84").fwd(76.9, 43.25, 90, 1000)
    drawn = math.dist(projection.point(lon, lat), (400, 300))
    assert projection.length(1000) == pytest.approx(drawn, rel=0.005)


def test_fitted_view_holds_all_points() -> None:
    points = [(76.8, 43.2), (77.04, 43.35), (76.9, 43.22)]
    projection = Projection(fitted(points, FRAME), FRAME)
    assert all(FRAME.has(projection.point(*point)) for point in points)


def test_single_point_is_not_seen_through_a_microscope() -> None:
    assert fitted([(76.9, 43.2)], FRAME).zoom < 16


def test_picture_shows_the_view_that_is_asked_for(shipped: Dataset) -> None:
    near = picture(shipped, Query(), View(lat=43.2382, lon=76.9453, zoom=15))
    assert "Republic Square" in words(near, "mark names")
    assert "Almaty International Airport" not in words(near, "mark names")


def test_city_fills_the_picture_if_most_events_are_there(shipped: Dataset) -> None:
    names = words(picture(shipped, asked(shipped, **AFTERNOON)), "mark names")
    assert "Aktobe" not in names


def test_towns_are_shown_if_most_events_are_there(shipped: Dataset) -> None:
    scene = picture(shipped, asked(shipped, place="taraz,aktobe,zhanaozen"))
    assert {"Taraz", "Aktobe", "Zhanaozen"} <= set(words(scene, "mark names"))


def test_scale_bar_is_as_long_as_it_says(shipped: Dataset) -> None:
    view = View(lat=43.25, lon=76.9, zoom=13)
    scene = picture(shipped, Query(), view)
    frame_layer = layer(scene, "frame")
    bar = next(
        s
        for s in frame_layer.shapes
        if isinstance(s, Line) and len(s.points) == 4 and not s.is_closed
    )
    metres = Projection(view, scene.frame).length(1000)
    said = [text for text in words(scene, "frame") if "km" in text]
    assert said == ["2 km"]
    assert bar.points[2][0] - bar.points[1][0] == pytest.approx(2 * metres)


# Names


def boxes(scene: Scene, name: str) -> list[Box]:
    """Give the boxes of level names, a little smaller than their letters."""
    return [
        box_round(
            each.x, each.y, width_of(each.text, each.font) - 1, each.font.size * 0.7
        )
        for each in layer(scene, name).shapes
        if isinstance(each, Label) and not each.angle
    ]


@pytest.mark.parametrize("zoom", [None, 12.0, 14.0])
def test_names_do_not_collide(shipped: Dataset, zoom: float | None) -> None:
    view = View(lat=43.245, lon=76.93, zoom=zoom) if zoom else None
    scene = picture(shipped, Query(), view)
    taken = [*boxes(scene, "mark names"), *boxes(scene, "names")]
    assert len(taken) > 5
    assert [pair for pair in combinations(taken, 2) if pair[0].meets(pair[1])] == []


def test_names_keep_clear_of_marks(shipped: Dataset) -> None:
    scene = picture(shipped, Query())
    discs = [s for s in layer(scene, "marks").shapes if isinstance(s, Disc)]
    for disc in discs:
        square = box_round(disc.x, disc.y, 1.4 * disc.radius, 1.4 * disc.radius)
        for name in ("mark names", "names"):
            assert not any(box.meets(square) for box in boxes(scene, name))


def test_main_streets_are_named(shipped: Dataset) -> None:
    view = View(lat=43.245, lon=76.93, zoom=14)
    names = words(picture(shipped, asked(shipped, kinds="fire"), view), "names")
    assert {"Abay Avenue", "Tole bi Street"} <= set(names)


def test_name_stands_along_its_street() -> None:
    line = [(0.0, 0.0), (300.0, 300.0)]
    spot = next(straight_spots(line, 100, 500, 5))
    assert spot.angle == pytest.approx(math.pi / 4)


def test_no_name_stands_upside_down() -> None:
    line = [(300.0, 300.0), (0.0, 0.0)]
    assert next(straight_spots(line, 100, 500, 5)).angle == pytest.approx(math.pi / 4)


def test_bent_street_has_no_room_for_a_name() -> None:
    line = [(0.0, 0.0), (60.0, 0.0), (60.0, 60.0)]
    assert list(straight_spots(line, 100, 500, 5)) == []


def test_close_points_merge_under_the_heaviest() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (100.0, 0.0)]
    assert merged(points, [1, 5, 2], 20) == [[1, 0], [2]]


# Faces


def test_face_has_every_letter_of_kazakh() -> None:
    letters = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    for font in (Font(10), Font(10, "serif"), Font(10, is_bold=True)):
        assert drawable(letters + letters.upper(), font) == letters + letters.upper()


def test_sign_without_a_glyph_is_replaced() -> None:
    assert drawable("a漢b\nc", Font(10)) == "a\ufffdb c"


def test_width_is_that_of_the_faces_own_table() -> None:
    # DejaVu Sans 2.37: advance of "m" 1995 of 2048 units.
    assert width_of("m", Font(2048)) == 1995


def test_long_text_is_cut_with_an_ellipsis() -> None:
    text = shortened("Presidential residence", Font(10), 60)
    assert text.endswith("…")
    assert width_of(text, Font(10)) <= 60


def test_wrapped_text_fits_its_lines() -> None:
    lines = wrapped("one two three four five six seven", Font(10), 60, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(line, Font(10)) <= 60 for line in lines)


# Shapes and colours


@pytest.mark.parametrize("group", list(KindGroup))
def test_glyph_is_round_the_point_and_some_14_wide(group: KindGroup) -> None:
    xs, ys = zip(*glyph_points(GLYPHS[group]), strict=True)
    assert max(xs) == pytest.approx(-min(xs), abs=0.01)
    assert 11 < max(xs) - min(xs) < 16
    assert min(ys) < 0 < max(ys)


def test_circle_is_a_circle() -> None:
    radii = {
        round(math.hypot(x, y), 6)
        for x, y in glyph_points(GLYPHS[KindGroup.PEOPLE_GATHER])
    }
    assert radii == {6.2}


def test_colours_are_those_of_the_map_on_screen() -> None:
    css = (Path(__file__).parents[2] / "geo/timemap/timemap.css").read_text()
    light = css.partition("@media (prefers-color-scheme: dark)")[0]
    said = dict(re.findall(r"--tm-([\w-]+): (#[0-9a-f]{6});", light))
    for i, group in enumerate(KindGroup):
        assert said[f"group-{i}"] == GROUP_COLOURS[group]
    assert {name: said[name] for name in MAP_COLOURS} == dict(MAP_COLOURS)
