"""The files a reader may take away, one module a family.

A new format is one line in `FORMATS`: the command line, its help and the
download buttons read them there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.dataset import Dataset
from geo.export.calendars import to_icalendar
from geo.export.geodata import to_geojson
from geo.export.geopackage import to_geopackage
from geo.export.gpx import to_gpx
from geo.export.kml import to_kml
from geo.export.linked_places import to_linked_places
from geo.export.names import stem_of
from geo.export.page import to_html
from geo.export.picture import to_png, to_svg
from geo.export.sources import to_bibtex, to_csl
from geo.export.tables import to_csv
from geo.export.timeline_js import to_timeline_js
from geo.query import Query
from geo.texts import Texts

__all__ = ["FORMATS", "Format", "file_name"]


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
        "svg": Format(
            ".svg", "image/svg+xml", "the map as a drawing, text editable", to_svg
        ),
        "png": Format(".png", "image/png", "the map as a picture, for print", to_png),
        "csv": Format(
            ".csv", "text/csv", "the events as a table, for spreadsheets", to_csv
        ),
        "timelinejs": Format(
            ".timelinejs.csv",
            "text/csv",
            "the events as a table for TimelineJS",
            to_timeline_js,
        ),
        "geojson": Format(
            ".geojson",
            "application/geo+json",
            "events and routes for GIS programs",
            to_geojson,
        ),
        "gpkg": Format(
            ".gpkg",
            "application/geopackage+sqlite3",
            "events, places and routes as a GeoPackage",
            to_geopackage,
        ),
        "kml": Format(
            ".kml",
            "application/vnd.google-earth.kml+xml",
            "events and routes with time spans, for globes",
            to_kml,
        ),
        "gpx": Format(
            ".gpx",
            "application/gpx+xml",
            "march routes and places for GPS programs",
            to_gpx,
        ),
        "linked-places": Format(
            ".lpf.json",
            "application/geo+json",
            "the places in the Linked Places format",
            to_linked_places,
        ),
        "bibtex": Format(
            ".bib", "application/x-bibtex", "the sources used, for LaTeX", to_bibtex
        ),
        "csl": Format(
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            "the sources used, for reference managers",
            to_csl,
        ),
        "ics": Format(
            ".ics", "text/calendar", "the events as a calendar", to_icalendar
        ),
    }
)


def file_name(name: str, query: Query, dataset: Dataset) -> str:
    """Name a file after its query and the data's version, with its ending.

    Parameters
    ----------
    name
        A key of `FORMATS`.

    Returns
    -------
    file_name
        ASCII, without anything that a file system or a shell takes amiss.

    Raises
    ------
    KeyError
        If there is no such format.
    """
    del dataset  # so far there is one data set, and the copy knows its version
    return stem_of(query) + FORMATS[name].suffix
