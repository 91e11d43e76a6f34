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
from geo.export.handout import HandoutOptions
from geo.export.handout import to_pdf as to_handout
from geo.export.handout import to_png as to_handout_picture
from geo.export.imprint import whose
from geo.export.kml import to_kml
from geo.export.linked_places import to_linked_places
from geo.export.names import stem_of
from geo.export.page import to_class_pack, to_html
from geo.export.picture import to_png, to_svg
from geo.export.sources import to_bibtex, to_csl
from geo.export.tables import to_csv
from geo.export.timeline_js import to_timeline_js
from geo.labels import noop
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
    lay_out: Callable[[Dataset, Query, Texts, HandoutOptions], bytes] | None = None
    """The same as pages that are asked for in detail; None where there are none."""
    is_whole: bool = False
    """Whether it holds all there is, whatever the query."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            ".html",
            "text/html",
            noop("the map as one page that needs no internet"),
            to_html,
        ),
        "class": Format(
            ".class.html",
            "text/html",
            noop("the whole story, whatever is asked, as a page for a class"),
            to_class_pack,
            is_whole=True,
        ),
        "handout": Format(
            ".handout.pdf",
            "application/pdf",
            noop("numbered map, list and questions, to print; of all: the story"),
            to_handout,
            to_handout,
        ),
        "handout-png": Format(
            ".handout.png",
            "image/png",
            noop("the same pages as one picture"),
            to_handout_picture,
            to_handout_picture,
        ),
        "svg": Format(
            ".svg", "image/svg+xml", noop("the map as a drawing, text editable"), to_svg
        ),
        "png": Format(
            ".png", "image/png", noop("the map as a picture, for print"), to_png
        ),
        "csv": Format(
            ".csv", "text/csv", noop("the events as a table, for spreadsheets"), to_csv
        ),
        "timelinejs": Format(
            ".timelinejs.csv",
            "text/csv",
            noop("the events as a table for TimelineJS"),
            to_timeline_js,
        ),
        "geojson": Format(
            ".geojson",
            "application/geo+json",
            noop("events and routes for GIS programs"),
            to_geojson,
        ),
        "gpkg": Format(
            ".gpkg",
            "application/geopackage+sqlite3",
            noop("events, places and routes as a GeoPackage"),
            to_geopackage,
        ),
        "kml": Format(
            ".kml",
            "application/vnd.google-earth.kml+xml",
            noop("events and routes with time spans, for globes"),
            to_kml,
        ),
        "gpx": Format(
            ".gpx",
            "application/gpx+xml",
            noop("march routes and places for GPS programs"),
            to_gpx,
        ),
        "linked-places": Format(
            ".lpf.json",
            "application/geo+json",
            noop("the places in the Linked Places format"),
            to_linked_places,
        ),
        "bibtex": Format(
            ".bib",
            "application/x-bibtex",
            noop("the sources used, for LaTeX"),
            to_bibtex,
        ),
        "csl": Format(
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            noop("the sources used, for reference managers"),
            to_csl,
        ),
        "ics": Format(
            ".ics", "text/calendar", noop("the events as a calendar"), to_icalendar
        ),
    }
)


def file_name(name: str, query: Query, dataset: Dataset) -> str:
    """Name a file after its data, their version and its query, with its ending.

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
    chosen = FORMATS[name]
    asked = Query() if chosen.is_whole else query
    return stem_of(asked, whose(dataset)) + chosen.suffix
