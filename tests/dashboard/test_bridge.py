"""The browser and the server write the same link for the same state."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import lesson, state
from geo.dataset import load
from tests import cast

ROOT = Path(__file__).resolve().parents[2]
# The playwright wheel brings a node of its own.
NODE = shutil.which("node") or str(Path(playwright.__file__).parent / "driver" / "node")

VIEW = {"lat": 43.2389, "lon": 76.9455, "zoom": 12}

CASES: list[dict[str, Any]] = [
    {},
    {"from": "2022-01-05T14:00", "to": "2022-01-05T16:00", "mode": "window"},
    {"from": "2022-01-05", "to": "2022-01-05T16:00:00", "mode": "sofar"},
    {"from": None, "to": 7, "mode": None, "possible": "1", "view": None},
    {"possible": True, "kinds": ["clash", "march"], "attributions": ["observed"]},
    {"kinds": [], "attributions": [1, "", "rumour"], "q": " two  words "},
    {"kinds": "clash", "q": "   ", "selected": None},
    {"q": "ё & = ? # + % 100*", "selected": "some-id"},
    {"view": VIEW},
    {"view": {**VIEW, "lat": 43.23885, "lon": -76.94555, "zoom": 12.345}},
    # A tie that binary fractions hold exactly: JavaScript rounds it away from 0.
    {"view": {**VIEW, "lat": 0.03125, "lon": -0.03125}},
    {"view": {**VIEW, "lat": -0.00001, "zoom": 0}},
    {"view": {**VIEW, "lat": 90.0001}},
    {"view": {**VIEW, "zoom": "12"}},
    {"view": [43, 76, 12]},
    {"view": {"lat": 43}},
]

SCRIPT = """
import { readFileSync } from "node:fs";
import { MAP_KEYS, OTHER_KEYS, lessonParamsOf, paramsOf } from "./dashboard/bridge.js";
const cases = JSON.parse(readFileSync(0, "utf8"));
const params = cases.map(
  (each) => Object.entries("step" in each ? lessonParamsOf(each) : paramsOf(each)),
);
process.stdout.write(JSON.stringify({ map: MAP_KEYS, other: OTHER_KEYS, params }));
"""


def ask_browser(cases: list[dict[str, Any]]) -> dict[str, Any]:
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", SCRIPT],
        cwd=ROOT,
        input=json.dumps(cases),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def said_by_server(case: dict[str, Any]) -> list[list[str]]:
    return [list(each) for each in state.params_of_message(case).items()]


def test_both_know_the_same_parameters_in_the_same_order() -> None:
    answer = ask_browser([])
    assert tuple(answer["map"]) == state.MAP_PARAMS
    assert tuple(answer["other"]) == state.OTHER_PARAMS


def test_both_write_the_same_link_for_every_case() -> None:
    assert ask_browser(CASES)["params"] == [said_by_server(case) for case in CASES]


# Of the Class page; what they name is in the cast.
STEPS: list[dict[str, Any]] = [
    {"step": 0, "exploring": False},
    {"step": 1, "exploring": False, "q": "not said", "view": VIEW},
    {"step": 1, "exploring": False, "selected": "clash-to-the-minute"},
    {"step": 1, "exploring": True, "selected": "clash-to-the-minute", "view": VIEW},
    {"step": 1, "exploring": True, "kinds": ["clash"], "mode": "sofar"},
    {"step": 1, "exploring": "yes", "q": "not said"},
]


def test_both_write_the_same_link_for_every_step(tmp_path: Path) -> None:
    told = load(cast.write(tmp_path, chapters=[cast.chapter()]))
    heard = [lesson.from_message(each, lesson.Lesson(), told) for each in STEPS]
    written = [[list(pair) for pair in lesson.to_url(each).items()] for each in heard]
    assert ask_browser(STEPS)["params"] == written


numbers = st.floats(-200, 200) | st.integers(-200, 200)
states = st.fixed_dictionaries(
    {},
    optional={
        "from": st.sampled_from(["2022-01-05T14:00", "2022-1-5T14:00", "", None]),
        "q": st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        "kinds": st.lists(st.sampled_from(["clash", "march", "x,y", ""])),
        "selected": st.none() | st.text("ab-", max_size=5),
        "view": st.fixed_dictionaries(
            {"lat": numbers, "lon": numbers, "zoom": numbers}
        ),
    },
)


@settings(max_examples=5, deadline=None)
@given(st.lists(states, min_size=100, max_size=100))
def test_both_write_the_same_link_for_random_states(
    cases: list[dict[str, Any]],
) -> None:
    assert ask_browser(cases)["params"] == [said_by_server(case) for case in cases]


SCRIPTS = sorted(path.name for path in (ROOT / "dashboard").glob("*.js"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_never_taken_for_a_path(name: str) -> None:
    # Streamlit takes a one-line text with *, ?, [ or / for a path.
    assert "\n" in (ROOT / "dashboard" / name).read_text(encoding="utf-8")
