"""The sources that a file names, as items that can be cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geo.ingest.draft import Draft
from geo.ingest.kinds import FileKind


@dataclass
class Sources:
    """The sources that a file names, as CSL items."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def fill(self, draft: Draft, known: Callable[[str], dict[str, Any] | None]) -> None:
        """Fill the sources of each row.

        Parameters
        ----------
        known
            Gives the item of a source of the data by its id.
        """
        if draft.kind is FileKind.EVENTS:
            for each in {
                name.strip()
                for cell in draft.cells("sources")
                for name in cell.split(";")
            }:
                if each:
                    self.items[each] = known(each) or _item(each, each)
            return
        read = draft.read("source", draft.cells("source"), self._read)
        draft.values["sources"] = [each or () for each in read]

    def _read(self, cell: str) -> tuple[str, ...]:
        """Give the ids of the sources that a cell names."""
        names = (name.strip() for name in _listed(cell))
        return tuple(dict.fromkeys(self._id_of(name) for name in names if name))

    def _id_of(self, name: str) -> str:
        """Give the id of a source; make it an item if it is new."""
        if name not in self._ids:
            each = f"source-{len(self._ids) + 1}"
            self._ids[name] = each
            self.items[each] = _item(each, name)
        return self._ids[name]


def _listed(cell: str) -> list[str]:
    """Take a list of sources apart: JSON, or with semicolons between them."""
    if cell.startswith("["):
        try:
            values = json.loads(cell)
        except (ValueError, RecursionError):
            return [cell]
        if isinstance(values, list):
            return [
                each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
                for each in values
            ]
    return cell.split(";")


def _item(name: str, title: str) -> dict[str, Any]:
    """Make a CSL item of what is called a source."""
    item = {"id": name, "type": "document", "title": title}
    if title.startswith(("https://", "http://")):
        item |= {"type": "webpage", "URL": title}
    return item
