"""The files a reader may take away, one module a family.

A new format is one line in `FORMATS`: the command line, its help and the
download buttons read them there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.dataset import Dataset
from geo.export.geodata import to_geojson
from geo.export.page import to_html
from geo.export.tables import to_csv
from geo.query import Query
from geo.texts import Texts

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    suffix: str
    media_type: str
    about: str
    """What it holds and what for, in a few words."""
    render: Callable[[Dataset, Query, Texts], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            ".html", "text/html", "the map as one page that needs no internet", to_html
        ),
        "geojson": Format(
            ".geojson",
            "application/geo+json",
            "events and routes for GIS programs",
            to_geojson,
        ),
        "csv": Format(
            ".csv", "text/csv", "the events as a table, as in data/events.csv", to_csv
        ),
    }
)
