"""Pages to hand out: a map with numbers, who says so, questions, room to write.

One page a chapter of the story, or the answer to a query on as many pages as
it needs. PDF for print; a picture of the same pages for slides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.dataset import Dataset
from geo.export.handout.options import HandoutError, HandoutOptions, Paper
from geo.export.imprint import imprint_of
from geo.query import Query
from geo.said import said_n
from geo.texts import Texts

if TYPE_CHECKING:
    from geo.export.picture.scene import Scene

__all__ = ["HandoutError", "HandoutOptions", "Paper", "to_pdf", "to_png"]

_PIXELS_AN_INCH = 150
_MOST_PAGES = 20
_DEFAULTS = HandoutOptions()


def to_pdf(
    dataset: Dataset, query: Query, texts: Texts, options: HandoutOptions = _DEFAULTS
) -> bytes:
    """Write a handout for print, with text that can be searched.

    Parameters
    ----------
    query
        Asks for everything: then the handout is of the story's chapters.

    Raises
    ------
    HandoutError
        If there is no such chapter, or no story.
    """
    from geo.export.picture.pdf import paint_pdf
    from geo.export.picture.pdf_file import About

    scenes = _scenes(dataset, query, texts, options)
    imprint = imprint_of(dataset, query, texts)
    titles = dict.fromkeys(scene.title for scene in scenes)
    about = About(
        title=texts.t("{title}: handout", title=imprint.title),
        language=texts.language,
        description="; ".join(titles),
        rights=imprint.rights,
        licence=next(iter(imprint.whose.addresses), ""),
    )
    return paint_pdf(scenes, about)


def to_png(
    dataset: Dataset, query: Query, texts: Texts, options: HandoutOptions = _DEFAULTS
) -> bytes:
    """Write the same as a picture, its pages one below the other.

    Raises
    ------
    HandoutError
        As `to_pdf`, and if there are too many pages for a picture.
    """
    from geo.export.picture.png import paint_png

    scenes = _scenes(dataset, query, texts, options)
    if len(scenes) > _MOST_PAGES:
        raise HandoutError(
            said_n(
                "a picture of {n} page would be too tall; choose fewer events, or a"
                " handout as PDF",
                "a picture of {n} pages would be too tall; choose fewer events, or a"
                " handout as PDF",
                len(scenes),
            )
        )
    return paint_png(*scenes, scale=_PIXELS_AN_INCH / 72)


def _scenes(
    dataset: Dataset, query: Query, texts: Texts, options: HandoutOptions
) -> list[Scene]:
    """Lay out all pages."""
    # Not above: who asks for a table need not wait for faces and painters.
    from geo.export.handout.page import pages_of
    from geo.export.handout.sheet import sheets_of

    return [
        page
        for sheet in sheets_of(dataset, query, texts, options)
        for page in pages_of(sheet, options.paper)
    ]
