"""What Lighthouse makes of the pages that are handed out, as a phone gets them.

Lighthouse is no dependency: npx fetches it where there is npm and a network,
and elsewhere these tests are skipped.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.compressed import serve_compressed

# The newest that node 20 runs; 13 asks for node 22.19.
LIGHTHOUSE = "lighthouse@12.8.2"
LEAST_NODE = (18, 16)
FETCHED_WITHIN_S = 180
DONE_WITHIN_S = 180

# A busy machine makes a page look slow, never fast: the best of some runs tells.
RUNS = 4
LEAST_PERFORMANCE = 0.9


@pytest.fixture(scope="session")
def lighthouse() -> list[str]:
    """Give the command; skips where it cannot be had."""
    npx, node = shutil.which("npx"), shutil.which("node")
    if npx is None or node is None:
        pytest.skip("Lighthouse needs node and npm, and this machine lacks them")
    version = subprocess.run([node, "--version"], capture_output=True, text=True)
    if tuple(map(int, version.stdout.strip("v\n").split(".")))[:2] < LEAST_NODE:
        pytest.skip(f"Lighthouse needs a newer node than {version.stdout.strip()}")
    command = [npx, "--yes", LIGHTHOUSE]
    try:
        fetched = subprocess.run(
            [*command, "--version"], capture_output=True, timeout=FETCHED_WITHIN_S
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npx could not fetch {LIGHTHOUSE} in {FETCHED_WITHIN_S} s")
    if fetched.returncode != 0:
        pytest.skip(f"npx could not fetch {LIGHTHOUSE}")
    return command


def audit(command: list[str], address: str, folder: Path) -> dict[str, Any]:
    """Run Lighthouse's phone profile once and read its report."""
    report = folder / "report.json"
    flags = " ".join(("--headless=new", *FLAGS))
    subprocess.run(
        [
            *(*command, address, "--quiet", "--no-enable-error-reporting"),
            *("--output=json", f"--output-path={report}", f"--chrome-flags={flags}"),
            "--only-categories=performance,accessibility,best-practices",
        ],
        env={**os.environ, "CHROME_PATH": chromium_path()},
        check=True,
        capture_output=True,
        timeout=DONE_WITHIN_S,
    )
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def score(report: dict[str, Any], category: str) -> float:
    return float(report["categories"][category]["score"])


def failed(report: dict[str, Any], category: str) -> list[str]:
    """Name what a category lost points for."""
    parts = report["categories"][category]["auditRefs"]
    audits = [report["audits"][part["id"]] for part in parts if part["weight"] > 0]
    return [
        f"{each['id']}: {each.get('displayValue', '')}"
        for each in audits
        if each["score"] is not None and each["score"] < 1
    ]


@pytest.mark.long
@pytest.mark.parametrize("form", ["exported_page", "class_pack"])
def test_lighthouse_finds_a_page_fast_accessible_and_well_made(
    request: pytest.FixtureRequest, lighthouse: list[str], tmp_path: Path, form: str
) -> None:
    with serve_compressed(request.getfixturevalue(form)) as address:
        for _ in range(RUNS):
            report = audit(lighthouse, address, tmp_path)
            for category in ("accessibility", "best-practices"):
                assert failed(report, category) == []
                assert score(report, category) == 1
            if score(report, "performance") >= LEAST_PERFORMANCE:
                return
    raise AssertionError(f"slow in all {RUNS} runs: {failed(report, 'performance')}")
