"""The map's script under node: its own tests, and its twins in Python."""

import json
import math
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import playwright
import pytest

from geo.dataset import Dataset
from geo.histogram import histogram
from geo.texts import Texts
from geo.timeline import Window, moment_of
from geo.timemap import assets
from geo.timemap.payload import payload_of

HERE = Path(__file__).parent
SCRIPTS = HERE.parent / "geo" / "timemap" / "js"

# Playwright's wheel brings a node of its own, so that none is ever missing.
DRIVER = Path(playwright.__file__).parent / "driver"


def run_node(*arguments: str | Path, text: str = "") -> str:
    """Run node and give what it prints; fail with what it complains about."""
    node = shutil.which("node") or shutil.which("node", path=str(DRIVER))
    assert node, f"no node on the PATH nor in {DRIVER}"
    done = subprocess.run(
        [node, *map(str, arguments)],
        input=text,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_parts_of_the_script_pass_their_own_tests() -> None:
    tests = sorted((HERE / "js").rglob("*.test.mjs"))
    report = run_node("--test", "--test-reporter=tap", *tests)
    assert "# fail 0" in report
    assert "# tests 0" not in report


def test_every_part_is_in_the_page_and_every_file_a_part() -> None:
    files = (path.relative_to(SCRIPTS) for path in SCRIPTS.rglob("*.js"))
    assert sorted(assets.PARTS) == sorted(str(path.with_suffix("")) for path in files)


@pytest.mark.parametrize("way", list(assets.Way))
def test_script_without_its_comments_is_still_javascript(
    tmp_path: Path, way: assets.Way
) -> None:
    script = tmp_path / "script.js"
    script.write_text(assets.script(way=way), encoding="utf-8")
    run_node("--check", script)


@pytest.mark.parametrize("bin_minutes", [15, 60, 180, 720])
def test_histogram_of_the_script_is_pythons(shipped: Dataset, bin_minutes: int) -> None:
    low, high = shipped.span.minutes
    # A bin that fits neither the days nor the hours leaves a short one at the end.
    window = (low + 7, high - 11)
    ours = histogram(shipped.events, _window(window), bin_minutes)
    theirs = _histogram_by_script(shipped, window, bin_minutes)
    for group, weights in zip(ours.fine.values(), theirs["sharp"], strict=True):
        assert _inner(group) == pytest.approx(_inner(weights), abs=1e-9)
    coarse = np.sum(list(ours.coarse.values()), axis=0)
    assert _inner(coarse) == pytest.approx(_inner(theirs["coarse"]), abs=1e-9)


def test_weights_of_the_whole_span_are_the_events(shipped: Dataset) -> None:
    theirs = _histogram_by_script(shipped, shipped.span.minutes, 60)
    rows = [*theirs["sharp"], theirs["coarse"]]
    assert math.fsum(map(math.fsum, rows)) == pytest.approx(len(shipped.events))


def _window(minutes: tuple[int, int]) -> Window:
    return Window(moment_of(minutes[0]), moment_of(minutes[1]))


def _inner(weights: Iterable[float]) -> list[float]:
    """All bins but the last, which Python cuts at the window and the script fills."""
    return [float(weight) for weight in weights][:-1]


def _histogram_by_script(
    dataset: Dataset, window: tuple[int, int], bin_minutes: int
) -> dict[str, Any]:
    """Give what the map's script counts: sharp weights by group, and coarse ones."""
    data = payload_of(dataset, Texts(), {})
    asked = {"data": data, "window": window, "bin": bin_minutes}
    found: dict[str, Any] = json.loads(
        run_node(HERE / "js" / "histogram.mjs", text=json.dumps(asked))
    )
    return found
