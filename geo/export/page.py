"""The whole map as one HTML file that opens from disk, with no network.

Plain, with the view of a query, or as the class pack, with the story beside it.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geo.dataset import Dataset
from geo.export.imprint import Imprint, imprint_of
from geo.geocode import locate
from geo.query import Query, select
from geo.texts import Texts
from geo.timeline import format_moment
from geo.timemap import render_page
from geo.vocab import Mode


def to_html(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the page; it holds all events and opens with a query's view.

    Its head says what was asked, the data's version, licence and credit.
    """
    state = page_state(dataset, query)
    imprint = imprint_of(dataset, query, texts)
    page = render_page(dataset, texts=texts, state=state or None)
    return _with_imprint(page, imprint)


def to_class_pack(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the story with its map, timeline, list and cards, for a class.

    A chapter has its own window and view, so the query narrows nothing.
    """
    del query
    imprint = imprint_of(dataset, Query(), texts)
    title = imprint.title
    if imprint.whose.is_ours:
        title = texts.t("January 2022 in Almaty: a story for the class")
    page = render_page(dataset, texts=texts, title=title, has_story=True)
    return _with_imprint(page, imprint)


def _with_imprint(page: str, imprint: Imprint) -> bytes:
    """Put the imprint into a document's head."""
    return page.replace("</title>", f"</title>\n{_metadata(imprint)}", 1).encode()


def _metadata(imprint: Imprint) -> str:
    """Give the imprint as elements of a document's head."""
    contents = {
        "description": f"{imprint.title}. {imprint.question}. {imprint.clock}",
        "version": imprint.version,
        "rights": imprint.rights,
    }
    return "\n".join(
        f'<meta name="{name}" content="{html.escape(content)}">'
        for name, content in contents.items()
        if content
    )


def page_state(dataset: Dataset, query: Query) -> Mapping[str, Any]:
    """Say a query in the words of ``window.timemap.state()``.

    Returns
    -------
    state
        What differs from the page's own first view. What the page has no
        control for (place, nearness, actors, corroboration …) comes as
        ``only``: the ids that pass it.
    """
    state = {
        "from": format_moment(query.start) if query.start else None,
        "to": format_moment(query.end) if query.end else None,
        "mode": query.mode.value if query.mode is not Mode.WINDOW else None,
        "possible": query.possible or None,
        "kinds": [kind.value for kind in query.kinds] or None,
        "attributions": [by.value for by in query.by] or None,
        "q": query.q or None,
        "only": _only(dataset, query),
    }
    return {key: value for key, value in state.items() if value is not None}


def _only(dataset: Dataset, query: Query) -> list[str] | None:
    """Ids that pass the filters the page lacks; None if there is none."""
    rest = replace(
        query,
        start=None,
        end=None,
        mode=Mode.WINDOW,
        possible=True,
        kinds=(),
        by=(),
        q="",
    )
    if rest == Query(possible=True, within_m=query.within_m):
        return None
    return list(select(dataset, rest, locate=locate).statuses)
