"""The sources that chosen events rest on, for reference managers."""

from __future__ import annotations

from geo.dataset import Dataset
from geo.export.bibtex import bibtex_entry, keys_of
from geo.export.chosen import choose
from geo.export.geodata import about, json_bytes
from geo.query import Query
from geo.texts import Texts


def to_bibtex(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the sources as BibTeX, what the file is as a comment above them."""
    chosen = choose(dataset, query, texts)
    # Outside of entries BibTeX skips everything up to the next @.
    comment = (
        f"% {' '.join(line.split())}".replace("@", "(at)")
        for line in chosen.imprint.lines
    )
    keys = keys_of(dataset.sources)
    entries = (bibtex_entry(item, keys[name]) for name, item in chosen.sources.items())
    return "\n\n".join(["\n".join(comment), *entries, ""]).encode()


def to_csl(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the sources as CSL-JSON, a bare list of items.

    The list has no place for words about itself; they stand in the ``custom``
    of each item, which CSL leaves to whoever writes it.
    """
    chosen = choose(dataset, query, texts)
    export = about(chosen.imprint, query, texts)
    items = [
        {**item, "custom": {**item.get("custom", {}), "export": export}}
        for item in chosen.sources.values()
    ]
    return json_bytes(items)
