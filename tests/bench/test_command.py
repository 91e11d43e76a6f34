import re
from pathlib import Path

import pytest

from bench.__main__ import parser, plan_of
from bench.measure import turns
from bench.rows import SIZES
from bench.subjects import EMPTY, PEERS, SUBJECTS
from bench.turn import reason
from tests.browser.server import ROOT


def plan(*words: str) -> tuple[list[str], tuple[int, ...], int]:
    made = plan_of(parser().parse_args(words))
    return [each.key for each in made.subjects], tuple(made.sizes), made.rounds


def test_default_is_everything() -> None:
    assert plan() == (["P", *(peer.key for peer in PEERS)], SIZES, 2)


def test_run_can_be_divided() -> None:
    asked = plan("--peers", "f,A", "--sizes", "139,1000", "--rounds", "3")
    assert asked == (["P", "A", "F"], (139, 1000), 3)


def test_quick_look_takes_what_is_named_besides() -> None:
    assert plan("--quick") == (["P", *(peer.key for peer in PEERS)], (139, 1000), 1)
    assert plan("--quick", "--sizes", "10000")[1] == (10000,)


@pytest.mark.parametrize(
    "words", [["--peers", "Q"], ["--sizes", "0"], ["--sizes", "x"]]
)
def test_what_cannot_be_run_is_wrong_use(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        parser().parse_args(words)
    assert raised.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_every_subject_has_its_page() -> None:
    for subject in (EMPTY, *SUBJECTS):
        assert all(subject.script(size).is_file() for size in SIZES)


def test_probe_waits_as_long_as_a_cell_says() -> None:
    probe = (ROOT / "bench" / "probe.js").read_text(encoding="utf-8")
    found = re.search(r"GIVES_UP_AFTER_MS = (\d+)", probe)
    assert found
    assert reason("Timeout 1ms exceeded.") == f"over {int(found[1]) // 1000} s"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Page.goto: Timeout 35000ms exceeded.\nCall log:", "over 30 s"),
        ("Frame.evaluate: Error: over 30 s\n    at until", "over 30 s"),
        ("Page.evaluate: Target crashed", "the page crashes"),
        (
            "Page.goto: Target page, context or browser has been closed",
            "the page crashes",
        ),
        ("its script fails", "its script fails"),
        ("Error: the map is upside down\nat line 1", "the map is upside down"),
    ],
)
def test_failure_is_put_into_the_words_of_a_cell(words: str, told: str) -> None:
    assert reason(words) == told


def test_page_says_that_it_is_written_by_the_run() -> None:
    page = ROOT / "docs" / "benchmark.md"
    assert page.read_text(encoding="utf-8").startswith("# How fast the map is")
    assert Path(ROOT / "docs" / "benchmark.svg").is_file()


def test_rounds_go_to_and_fro_with_the_empty_page_in_each() -> None:
    made = plan_of(parser().parse_args(["--peers", "A"]))
    order = [(i, subject.key) for i, subject in turns(made)]
    assert order == [
        (0, "empty"),
        (0, "P"),
        (0, "A"),
        (1, "A"),
        (1, "P"),
        (1, "empty"),
    ]
