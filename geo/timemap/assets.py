"""Scripts and styles of the map element, read from installed files.

Leaflet comes from the XStatic-Leaflet package; our own scripts and styles lie
beside this module. Everything is put into the page as text, so that a page
asks nothing of any host.
"""

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
    "timemap",
)

# Carried only by a page that tells the story.
STORY = "story"

# Carried only by a page of many events, instead of what shows few.
LARGE = "large/"
SMALL = ("words", "marks", "list", "few")


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


def parts(*, has_story: bool = False, is_large: bool = False) -> list[str]:
    """Name the parts of the script that a page carries."""
    left_out = SMALL if is_large else ()
    return [
        part
        for part in PARTS
        if (has_story or part != STORY)
        and (is_large or not part.startswith(LARGE))
        and part not in left_out
    ]


@cache
def script(*, has_story: bool = False, is_large: bool = False) -> str:
    """Our scripts as one text in a scope of its own."""
    names = parts(has_story=has_story, is_large=is_large)
    way = "timemapMany" if is_large else "timemapFew"
    texts = [_own_text(f"js/{part}.js") for part in names]
    return (
        "const mountTimemap = (() => {\n"
        + "\n".join(texts)
        + f"\nreturn (map, data) => timemapMount({way}, map, data);\n}})();"
    )


@cache
def style(*, has_story: bool = False, is_large: bool = False) -> str:
    """Our styles."""
    names = ["timemap", *[STORY] * has_story, *["large"] * is_large]
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
