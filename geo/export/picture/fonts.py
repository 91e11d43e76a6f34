"""Faces to measure, to paint with and to put into an SVG.

They are the DejaVu faces that matplotlib brings along: always there, the same
everywhere, with Cyrillic and all Kazakh letters, and free to embed.
"""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools.subset import (  # type: ignore[import-untyped]  # has none
    Options,
    Subsetter,
)
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has none

from geo.export.picture.scene import Font

# On its first run matplotlib reads every face of the machine and says so on
# standard error; none of them is used here.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

FAMILIES = {"sans": "DejaVu Sans", "serif": "DejaVu Serif"}
_FILES = {
    ("sans", False, False): "DejaVuSans",
    ("sans", True, False): "DejaVuSans-Bold",
    ("sans", False, True): "DejaVuSans-Oblique",
    ("sans", True, True): "DejaVuSans-BoldOblique",
    ("serif", False, False): "DejaVuSerif",
    ("serif", True, False): "DejaVuSerif-Bold",
    ("serif", False, True): "DejaVuSerif-Italic",
    ("serif", True, True): "DejaVuSerif-BoldItalic",
}
_MISSING = "\ufffd"


@cache
def face_path(font: Font) -> Path:
    """Give the file of a face; asked for every word that is measured."""
    name = _FILES[font.family, font.is_bold, font.is_italic]
    return Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf")


def drawable(text: str, font: Font) -> str:
    r"""Put text on one line, in signs that the face has.

    Examples
    --------
    >>> drawable("Әуезов\n漢", Font(10))
    'Әуезов �'
    """
    known = _advances(face_path(font))
    line = " ".join(text.split())
    return "".join(sign if ord(sign) in known else _MISSING for sign in line)


def width_of(text: str, font: Font) -> float:
    """Measure a line of text, in the page's units."""
    advances = _advances(face_path(font))
    return font.size * sum(advances[ord(sign)] for sign in drawable(text, font))


def wrapped(text: str, font: Font, width: float, most: int) -> list[str]:
    """Break a text into lines of some width, the last cut off with an ellipsis.

    Parameters
    ----------
    most
        Number of lines there is room for.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, font) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += " …"
    return [shortened(line, font, width) for line in shown]


def shortened(text: str, font: Font, width: float) -> str:
    """Cut a text to a width, with an ellipsis where something is cut."""
    if width_of(text, font) <= width:
        return text
    while text and width_of(f"{text}…", font) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def embedded(font: Font, texts: Iterable[str]) -> str:
    """Give a face with just the signs of some texts, as a data address."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl", "ccmp"]
    options.flavor = "woff"
    # When the face was made, in a table that the subsetter does not know.
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(set("".join(texts)))))
    out = io.BytesIO()
    with TTFont(face_path(font), lazy=True, recalcTimestamp=False) as face:
        subsetter.subset(face)
        face.flavor = "woff"
        face.save(out)
    return f"data:font/woff;base64,{base64.b64encode(out.getvalue()).decode()}"


@cache
def _advances(path: Path) -> Mapping[int, float]:
    """Read how wide each sign of a face is, at size one; read once."""
    with TTFont(path, lazy=True) as face:
        size, widths = face["head"].unitsPerEm, face["hmtx"]
        glyphs = face.getBestCmap()
        return {code: widths[name][0] / size for code, name in glyphs.items()}
