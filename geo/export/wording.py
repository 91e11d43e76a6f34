"""One event in plain sentences, for formats that show text to people."""

from __future__ import annotations

from collections.abc import Iterator

from geo.export.chosen import Chosen, Row
from geo.export.citations import outlet
from geo.vocab import Attribution, Corroboration, Kind, Status


def event_lines(chosen: Chosen, event: str) -> list[str]:
    """Say of an event what its card says: one line each, no markup.

    The title is left out: each format has its own place for it.
    """
    row = chosen.events[event]
    return [line for line in _lines(chosen, event, row) if line]


def _lines(chosen: Chosen, event: str, row: Row) -> Iterator[str]:
    """Give the lines; some may be empty."""
    texts = chosen.texts
    yield texts.field(row, "summary")
    yield texts.t("When: {when}", when=when_words(chosen, event))
    places = "; ".join(chosen.place_names[place] for place in row["places"])
    yield texts.t("Where: {places}", places=places) if places else ""
    yield texts.t("Kind: {kind}", kind=texts.label(Kind(row["kind"])))
    yield texts.t(
        "Who says so: {by}; {corroboration}",
        by=texts.label(Attribution(row["attribution"])),
        corroboration=texts.label(Corroboration(row["corroboration"])),
    )
    actors = ", ".join(texts.listed(row, "actors"))
    yield texts.t("Who took part: {actors}", actors=actors) if actors else ""
    for contradiction in texts.listed(row, "contradictions"):
        yield texts.t("Sources differ: {text}", text=contradiction)
    note = texts.field(row, "note")
    yield texts.t("Note: {note}", note=note) if note else ""
    items = (chosen.dataset.sources[source] for source in row["sources"])
    sources = "; ".join(map(outlet, items))
    yield texts.t("Sources: {sources}", sources=sources) if sources else ""


def when_words(chosen: Chosen, event: str) -> str:
    """Say when an event was, on whose clock, and if it is only possible."""
    texts, row = chosen.texts, chosen.events[event]
    words = texts.t(
        "{when}, {clock}", when=chosen.when(row), clock=chosen.imprint.clock
    )
    if chosen.selection.statuses[event] is Status.POSSIBLE:
        return texts.t("{when}; only possible in this window", when=words)
    return words
