"""What the tests of all exports share: a question asked, odd words, a file written."""

from dataclasses import replace
from pathlib import Path

from geo.dataset import Dataset, load
from geo.export import FORMATS
from geo.geocode import locate
from geo.query import Query
from geo.texts import Texts
from tests import cast

ENGLISH = Texts("en")

# Everything that has broken some format somewhere, on one line.
ODD_LINE = (
    "=1+1 \"double\" 'single' comma, semicolon; back\\slash {brace} 50 % & $ # _ ^ ~ "
    "алаң Әуезов ғ қ ң ө ұ ү һ і «уголок» ]]> --> 😀 " + cast.HOSTILE
)
ODD = ODD_LINE + "\nsecond line\r\nthird\ttab"
CONTROL = "\x1b[31m"


def asked(dataset: Dataset, **params: str) -> Query:
    """Read a query of which everything must be understood."""
    query, dropped = Query.from_params(params, dataset, locate=locate)
    assert dropped == []
    return query


def window(dataset: Dataset, **params: str) -> Query:
    """Ask through the window that most tests look through."""
    return asked(dataset, **{"from": cast.FROM, "to": cast.TO}, **params)


def rendered(
    name: str,
    dataset: Dataset,
    query: Query | None = None,
    texts: Texts = ENGLISH,
) -> bytes:
    """Render one format; without a query, of everything."""
    return FORMATS[name].render(dataset, query or Query(), texts)


def written(
    folder: Path, name: str, dataset: Dataset, query: Query | None = None
) -> Path:
    """Write one format to a file with its own ending."""
    path = folder / f"out{FORMATS[name].suffix}"
    path.write_bytes(rendered(name, dataset, query))
    return path


def odd_dataset(folder: Path, text: str = ODD) -> Dataset:
    """Give a data set whose words are all odd."""
    events = [
        cast.event(
            "odd",
            cast.at("14:00"),
            cast.at("15:00"),
            title=text,
            summary=text,
            note=text,
            actors="=a, b | c; d",
            contradictions="one | @two",
            route="walk",
            places="square;arena",
        )
    ]
    places = [
        cast.place("square", [76.9453, 43.2382], radius_m=120, name_en=text),
        cast.place("arena", [76.8175, 43.2638], name_en=text, note=text),
        cast.place("almaty", [76.9, 43.25], kind="city", radius_m=1500),
    ]
    legs = [cast.leg("walk-1", [[76.90, 43.2], [76.93, 43.2]], street=text, note=text)]
    sources = [cast.source("article", title=f"[{text}]", note=text)]
    streets = [
        cast.street(
            "abay",
            {"type": "LineString", "coordinates": [[76.7, 43.25], [77.1, 43.25]]},
            name_en=text,
        )
    ]
    route = cast.route("walk", title=text, note=text)
    data = load(
        cast.write(
            folder,
            events=events,
            places=places,
            legs=legs,
            routes=[route],
            sources=sources,
            streets=streets,
        )
    )
    # As if it were our own: so it shows what our own files say.
    return replace(data, folder="")
