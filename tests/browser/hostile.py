"""The shipped data with hostile text in every field that takes text.

Ids, times, codes and coordinates stay as they are, so that all of it is still
valid, and what the map should show is known.
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from geo.dataset import DATA_DIR

# What a browser, a template engine or a script might take for more than text.
HOSTILE = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</title></style></textarea></svg><svg onload=window.pwned=1>",
    "<img src=x onerror=window.pwned=1>",
    "<a href=javascript:window.pwned=1>here</a>",
    "\"onmouseover=window.pwned=1 x=\" 'onfocus=window.pwned=1 autofocus '",
    "`${window.pwned=1}` ${window.pwned=1} \\u003cscript> \\x3c \\",
    "{{ 7*7 }} {% raise %} {# gone #} {n} {place} %s %(n)s $& $1",
    "&lt;b&gt; &amp;amp; &#60; <!-- --> ]]> <![CDATA[",
    "line\u2028paragraph\u2029 \u202eback to front\u202c \u200fmarks\u200e \ufeff",
    "🏔 Ә" + "very" * 60 + "long",
    "two\nlines",
)
ALL_OF_IT = " ".join(HOSTILE)

# Without ";", which parts locators.
LOCATORS = ("<script>window.pwned=1</script>", "{{ 7*7 }} p. 3", "S4p8")

GOOD_ADDRESS = "https://example.org/?q=\"><img src=x onerror=window.pwned=1>'"
BAD_ADDRESSES = (
    "javascript:alert(1)",
    " JavaScript:window.pwned=1",
    "java\nscript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:x",
    "//example.org/without-a-scheme",
)


def hostile(label: str) -> str:
    """Give all of it with a label before it; the end is no bracket to cut off."""
    return f"{label}: {ALL_OF_IT} end"


def write_hostile(directory: Path) -> Path:
    """Write the shipped data into a folder, hostile, and give the folder back."""
    shutil.copytree(DATA_DIR, directory, dirs_exist_ok=True)
    for name in ("events", "evidence", "claims", "moments"):
        _spoil_table(name, directory)
    for name in ("locations", "routes", "streets"):
        _spoil_features(name, directory)
    _spoil_sources(directory)
    return directory


TEXTS = {
    "events": ("title", "summary", "note"),
    "evidence": ("adds",),
    "claims": ("claimant", "note"),
    "moments": ("title",),
    "locations": ("name_en", "name_ru", "address", "source", "note"),
    "routes": ("street", "note"),
    "streets": ("name_en", "name_kk", "note"),
}
LISTS = {"events": ("actors", "contradictions")}


def _spoil_table(name: str, directory: Path) -> None:
    with (DATA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        key = f"{name} {row.get('id', number)}"
        row.update({field: hostile(f"{key} {field}") for field in TEXTS[name]})
        for field in LISTS.get(name, ()):
            row[field] = " | ".join(hostile(f"{key} {field} {i}") for i in (1, 2))
        if name == "events":
            row["title_ru"] = hostile(f"{key} title_ru")
            row["article_locator"] = ";".join(LOCATORS)
    with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _spoil_features(name: str, directory: Path) -> None:
    def spoil(collection: dict[str, Any]) -> None:
        for feature in collection["features"]:
            own = feature["properties"]
            key = f"{name} {own.get('id') or own.get('leg')}"
            own.update({field: hostile(f"{key} {field}") for field in TEXTS[name]})
        for route in collection.get("routes", ()):
            for field in ("title", "time_basis", "note"):
                route[field] = hostile(f"route {route['id']} {field}")
            for field in ("conflicts", "unknown"):
                route[field] = [hostile(f"route {route['id']} {field}")]
        if "credit" in collection:
            collection["credit"] = hostile("credit")

    _rewrite(f"{name}.geojson", directory, spoil)


def _spoil_sources(directory: Path) -> None:
    def spoil(items: Iterable[dict[str, Any]]) -> None:
        for number, item in enumerate(items):
            key = f"source {item['id']}"
            item["title"] = hostile(f"{key} title")
            item["container-title"] = hostile(f"{key} publisher")
            item.setdefault("custom", {})["dependence"] = hostile(f"{key} dependence")
            bad = BAD_ADDRESSES[number // 2 % len(BAD_ADDRESSES)]
            item["URL"] = bad if number % 2 else GOOD_ADDRESS

    _rewrite("sources.json", directory, spoil)


def _rewrite(name: str, directory: Path, spoil: Callable[[Any], None]) -> None:
    content = json.loads((DATA_DIR / name).read_text(encoding="utf-8"))
    spoil(content)
    text = json.dumps(content, ensure_ascii=False)
    (directory / name).write_text(text, encoding="utf-8")
