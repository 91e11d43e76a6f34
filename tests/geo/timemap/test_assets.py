"""Scripts and styles: whole, small, and unable to call out."""

import re
from pathlib import Path

import pytest

from geo.timemap import assets

HERE = Path(assets.__file__).parent
SCRIPTS = sorted((HERE / "js").rglob("*.js"))

# Ways in which a script turns text into markup or code, or asks a host.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|DOMParser|\.srcdoc|\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:"
    r"|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource|\bimport\("
    r"|localStorage|sessionStorage|\.cookie"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_neither_parses_markup_nor_calls_out(script: Path) -> None:
    assert FORBIDDEN.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_reads_no_clock_of_the_viewer(script: Path) -> None:
    # Date as a calendar in UTC is fine; anything local is the viewer's zone.
    text = script.read_text(encoding="utf-8")
    local = r"\.get(Hours|Minutes|Date|Day|Month|FullYear)\(|toLocale(Time|Date)?String|Date\.now|new Date\(\)|DateTimeFormat"
    assert re.findall(local, text) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_part_is_one_name_a_page_or_two_long(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    names = re.findall(r"^const (\w+) =", text, flags=re.MULTILINE)
    assert names == [f"timemap{script.stem.capitalize()}"] or script.stem == "timemap"
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("way", list(assets.Way))
def test_script_holds_its_parts_in_their_order(way: assets.Way) -> None:
    text = assets.script(way=way)
    names = [part.split("/")[-1] for part in assets.parts(way=way)]
    places = [
        text.index(f"const timemap{name.capitalize()} =")
        for name in names
        if name != "timemap"
    ]
    assert places == sorted(places)
    assert text.startswith("const mountTimemap =")


def test_leaflet_is_the_version_folium_names() -> None:
    assert "Leaflet 1.9.3" in assets.leaflet_script()
    assert "sourceMappingURL" not in assets.leaflet_script()


def test_styles_ask_for_no_file() -> None:
    for css in (assets.leaflet_style(), assets.style()):
        assert re.findall(r"url\((?!#)[^)]*\)|@import|@font-face", css) == []


def test_without_comments_keeps_what_is_no_comment() -> None:
    text = 'const a = "// no comment";\n  // gone\n\n  const b = 2 * 3; /* stays */\n'
    assert assets.without_comments(text) == (
        'const a = "// no comment";\nconst b = 2 * 3; /* stays */'
    )
