"""The map as a picture, for whoever prints it: SVG and PNG of one page.

Made from the data, not from a screen: the same query gives the same picture.
"""

from __future__ import annotations

from geo.dataset import Dataset
from geo.export.picture.view import View
from geo.query import Query
from geo.texts import Texts

__all__ = ["View", "to_png", "to_svg"]


def to_svg(
    dataset: Dataset, query: Query, texts: Texts, *, view: View | None = None
) -> bytes:
    """Draw the events and marches of a query, words as text.

    Parameters
    ----------
    view
        What the map shows; by default what holds the city's marks.
    """
    # Not above: who asks for a table need not wait for faces and painters.
    from geo.export.picture.compose import compose
    from geo.export.picture.svg import paint_svg

    return paint_svg(compose(dataset, query, texts, view))


def to_png(
    dataset: Dataset, query: Query, texts: Texts, *, view: View | None = None
) -> bytes:
    """Draw the same as a picture of 2400 by 1800 pixels."""
    from geo.export.picture.compose import compose
    from geo.export.picture.png import paint_png

    return paint_png(compose(dataset, query, texts, view))
