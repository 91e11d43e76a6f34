"""What stands round the code: requirements, locks, scripts, theme."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

# Needed though nothing imports them: zoneinfo's data where the system has none,
# and what geopandas reads files with.
NEVER_IMPORTED = {"tzdata"}
# Imported, and promised by what brings it: pydantic documents its errors there.
BROUGHT_ALONG = {"pydantic-core"}


def requirements(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if re.match(r"\w", line)]
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


def imported_modules(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def imported_distributions() -> set[str]:
    sources = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py")]
    sources += (ROOT / "dashboard").rglob("*.py")
    modules = set().union(*map(imported_modules, sources))
    modules -= set(sys.stdlib_module_names) | {"geo", "dashboard"}
    # Several distributions share the namespace `xstatic`; ours is Leaflet.
    known = {**packages_distributions(), "xstatic": ["xstatic-leaflet"]}
    return {canonicalize_name(known[module][0]) for module in modules}


def test_requirements_are_exactly_what_is_imported() -> None:
    named = set(requirements("requirements.txt"))
    assert imported_distributions() - BROUGHT_ALONG == named - NEVER_IMPORTED


@pytest.mark.parametrize("kind", ["", "-dev"])
def test_locked_versions_lie_in_the_ranges(kind: str) -> None:
    locked = requirements(f"requirements{kind}.lock")
    for name, wanted in requirements(f"requirements{kind}.txt").items():
        (pin,) = locked[name].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version), f"{wanted}, locked {pin}"


def test_both_locks_agree() -> None:
    runtime = requirements("requirements.lock")
    development = requirements("requirements-dev.lock")
    assert runtime.items() <= development.items()


def test_peer_of_the_benchmark_is_not_needed_to_run() -> None:
    assert "streamlit-folium" not in requirements("requirements.lock")


def run_script(name: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / name],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_browser_is_told_with_a_way_out() -> None:
    result = run_script("find-chromium", CHROMIUM="/nowhere/chromium")
    assert result.returncode == 1
    assert "apt-get install chromium" in result.stderr


def test_missing_python_is_told_with_a_way_out(tmp_path: Path) -> None:
    result = run_script("make-venv", PYTHON="/nowhere/python", VENV=str(tmp_path / "v"))
    assert result.returncode == 1
    assert "Python 3.11" in result.stderr


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.1."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("ink", ["textColor", "linkColor"])
def test_text_of_the_theme_contrasts(theme: str, ground: str, ink: str) -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    colours = tomllib.loads(text)["theme"][theme]
    assert contrast(colours[ink], colours[ground]) >= 4.5
