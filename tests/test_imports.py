"""Imports run one way: app -> dashboard -> geo, and inside geo upwards only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Lower knows nothing of higher. What is not named here is above all of them.
RANK = {
    "geo.vocab": 0,
    "geo.folding": 0,
    "geo.labels": 0,
    "geo.said": 0,
    "geo.timeline": 1,
    "geo.problems": 1,
    "geo.cells": 2,
    "geo.model": 2,
    "geo.story": 2,
    "geo.geometry": 3,
    "geo.reading": 3,
    "geo.checks": 3,
    "geo.story_checks": 3,
    "geo.frames": 3,
    "geo.dataset": 4,
}
REST = 5

MODULES = sorted(
    path
    for path in [
        *ROOT.glob("app.py"),
        *ROOT.glob("geo/**/*.py"),
        *ROOT.glob("dashboard/**/*.py"),
    ]
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    package = (
        name_of(path)
        if path.name == "__init__.py"
        else name_of(path).rpartition(".")[0]
    )
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            module = (
                ".".join([*base, node.module or ""])
                if node.level
                else node.module or ""
            )
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rank_of(module: str) -> int:
    return RANK.get(module, REST)


def breaches(importer: str, imported: str) -> bool:
    """Tell whether one module may not import another."""
    room, target = importer.partition(".")[0], imported.partition(".")[0]
    if room == "geo":
        if target in ("streamlit", "dashboard", "app"):
            return True
        is_upwards = target == "geo" and rank_of(imported) > rank_of(importer)
        return (
            is_upwards
            and (ROOT / imported.replace(".", "/")).with_suffix(".py").exists()
        )
    return room == "dashboard" and target == "app"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_lies_below(path: Path) -> None:
    importer = name_of(path)
    assert [each for each in imports_of(path) if breaches(importer, each)] == []


def test_export_and_timemap_do_not_know_each_others_insides() -> None:
    rooms = {"geo.timemap": "geo.export.", "geo.export": "geo.timemap."}
    wrong = [
        (name_of(path), each)
        for path in MODULES
        for room, other in rooms.items()
        if name_of(path).startswith(room)
        for each in imports_of(path)
        if each.startswith(other)
        and (ROOT / each.replace(".", "/")).with_suffix(".py").exists()
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("geo.query", "streamlit"),
        ("geo.timeline", "dashboard.state"),
        ("geo.vocab", "geo.timeline"),
        ("geo.model", "geo.dataset"),
        ("geo.dataset", "geo.query"),
        ("dashboard.state", "app"),
    ],
)
def test_a_breach_is_seen(importer: str, imported: str) -> None:
    assert breaches(importer, imported)


def test_only_the_app_and_the_dashboard_know_streamlit() -> None:
    knowing = {
        name_of(path).partition(".")[0]
        for path in MODULES
        if any(each.partition(".")[0] == "streamlit" for each in imports_of(path))
    }
    assert knowing <= {"app", "dashboard"}


def test_the_domain_runs_without_streamlit() -> None:
    code = (
        "import sys; sys.modules['streamlit'] = None\n"
        "import geo.query, geo.routes, geo.histogram\n"
        "print(len(geo.query.select(geo.dataset.load(), geo.query.Query()).visible))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "139"
