"""Scripts and styles of the map element, read from installed files.

Leaflet comes from the XStatic-Leaflet package; our own scripts and styles lie
beside this module. Everything is put into the page as text, so that a page
asks nothing of any host.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

import minify_html
from xstatic.pkg import leaflet

HERE = Path(__file__).parent

# In the order they are read: a part may use the parts before it.
PARTS = (
    "time",
    "filter",
    "words",
    "layout",
    "dom",
    "basemap",
    "marks",
    "routes",
    "timeline",
    "touch",
    "sheet",
    "list",
    "few",
    "panel",
    "player",
    "bridge",
    "story",
    "large/columns",
    "large/spans",
    "large/texts",
    "large/sums",
    "large/index",
    "large/grid",
    "large/heaps",
    "large/sprites",
    "large/canvas",
    "large/picture",
    "large/spots",
    "large/dots",
    "large/card",
    "large/rows",
    "large/many",
    "cube/hours",
    "cube/cells",
    "cube/cube",
    "timemap",
)

# Carried only by a page that tells the story.
STORY = "story"


class Way(StrEnum):
    """How a page shows its events: an element each, as columns, or as counts."""

    FEW = "few"
    MANY = "many"
    CUBE = "cube"


# What a page of one way alone carries.
_FEW = ("words", "marks", "list", "few")
_OF_MANY = ("spans", "texts", "sums", "index", "spots", "card", "rows", "many")


@cache
def leaflet_script() -> str:
    """Leaflet, minified, without the pointer to its source map."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    return text.split("\n//# sourceMappingURL=")[0]


@cache
def leaflet_style() -> str:
    """Leaflet's styles; the images they name are not used by this map."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    return _without_images(text)


def parts(*, way: Way = Way.FEW, has_story: bool = False) -> list[str]:
    """Name the parts of the script that a page carries, in their order."""
    return [
        part for part in PARTS if way in _ways_of(part) and (has_story or part != STORY)
    ]


def _ways_of(part: str) -> tuple[Way, ...]:
    """Say which pages carry a part."""
    if part in _FEW:
        return (Way.FEW,)
    folder, _, name = part.rpartition("/")
    if folder == "large":
        return (Way.MANY,) if name in _OF_MANY else (Way.MANY, Way.CUBE)
    return (Way.CUBE,) if folder == "cube" else tuple(Way)


@cache
def script(*, way: Way = Way.FEW, has_story: bool = False) -> str:
    """Our scripts as one text in a scope of its own."""
    texts = [_own_text(f"js/{part}.js") for part in parts(way=way, has_story=has_story)]
    mount = f"(map, data) => timemapMount(timemap{way.capitalize()}, map, data)"
    return (
        "const mountTimemap = (() => {\n"
        + "\n".join(texts)
        + f"\nreturn {mount};\n}})();"
    )


@cache
def style(*, way: Way = Way.FEW, has_story: bool = False) -> str:
    """Our styles."""
    names = ["timemap", *[STORY] * has_story, *["large"] * (way is not Way.FEW)]
    return "\n".join(_own_text(f"{name}.css") for name in names)


def _own_text(name: str) -> str:
    return without_comments((HERE / name).read_text(encoding="utf-8"))


def without_comments(text: str) -> str:
    r"""Drop indentation and whole-line comments, which a page need not carry.

    Works on our own files only, where a line that begins with ``//``, ``/*``
    or ``*`` is a comment and no text runs over several lines.

    Examples
    --------
    >>> without_comments("/** Twice. */\n  return 2 * n; // why\n")
    'return 2 * n; // why'
    """
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        line for line in lines if line and not line.startswith(("//", "/*", "*"))
    )


def squeezed(page: str) -> str:
    """Drop what a browser does not need of a document.

    Text stays text: of it, only runs of blanks change.
    """
    # It takes comments before functions for documentation and leaves them:
    # `without_comments` has taken them out.
    return str(
        minify_html.minify(
            page,
            keep_html_and_head_opening_tags=True,
            minify_css=True,
            minify_js=True,
        )
    )


def _without_images(css: str) -> str:
    """Drop declarations that would load an image file."""
    return "\n".join(line for line in css.splitlines() if "url(images/" not in line)
