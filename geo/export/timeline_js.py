"""Events as a table for TimelineJS, through Google Sheets or as it is.

TimelineJS shows headline and text as HTML; so what stands there is escaped,
and a reader sees the text itself.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.tables import table_bytes
from geo.export.wording import event_lines, when_words
from geo.query import Query
from geo.texts import Texts
from geo.timeline import ALMATY
from geo.vocab import GROUP_OF, Kind

COLUMNS = (
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Type",
    "Group",
    "Background",
)


def to_timeline_js(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write a title slide with what the file is, and one slide an event."""
    chosen = choose(dataset, query, texts)
    slides = (_slide(chosen, event) for event in chosen.events)
    rows = [_title(chosen), *slides]
    return table_bytes(
        [COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in rows)]
    )


def _title(chosen: Chosen) -> dict[str, str]:
    """Give the slide that opens the timeline; it has no date."""
    headline, *about = chosen.imprint.lines
    return {"Headline": html.escape(headline), "Text": _shown(about), "Type": "title"}


def _slide(chosen: Chosen, event: str) -> dict[str, str]:
    """Give one event; its precision stands in the display date."""
    row, texts = chosen.events[event], chosen.texts
    return {
        **_moment("", row["start"]),
        **(_moment("End ", row["end"]) if row["end"] > row["start"] else {}),
        "Display Date": html.escape(when_words(chosen, event)),
        "Headline": html.escape(texts.field(row, "title")),
        "Text": _shown(event_lines(chosen, event)),
        "Group": html.escape(texts.label(GROUP_OF[Kind(row["kind"])])),
    }


def _moment(prefix: str, when: datetime) -> dict[str, str]:
    """Give a moment in four columns, on Almaty's clock."""
    local = when.astimezone(ALMATY)
    return {
        f"{prefix}Year": str(local.year),
        f"{prefix}Month": str(local.month),
        f"{prefix}Day": str(local.day),
        f"{prefix}Time": f"{local:%H:%M}:00",
    }


def _shown(lines: Iterable[str]) -> str:
    """Give lines as paragraphs that show them letter by letter."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)
