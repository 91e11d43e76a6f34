from pathlib import Path

from bench.chart import draw
from bench.document import document
from bench.reasons import REASONS
from bench.report import COLUMNS
from tests.bench.runs import run


def section(text: str, heading: str) -> str:
    return text.split(f"## {heading}\n")[1].split("\n## ")[0]


def test_every_column_has_a_reason_to_give() -> None:
    assert set(REASONS) == {each.key for each in COLUMNS}


def test_text_says_where_another_leads_and_why() -> None:
    behind = section(document(run(), "chart.svg"), "Where this project does not lead")
    assert "1,000 events: E1 15, P 30 ms" in behind
    assert REASONS["step"] in behind


def test_no_reason_is_given_where_nobody_else_leads() -> None:
    behind = section(document(run(), "chart.svg"), "Where this project does not lead")
    assert REASONS["frames"] not in behind
    assert REASONS["cpu"] not in behind


def test_nothing_beats_a_number_even_without_a_ratio() -> None:
    made = run()
    made.cells["E1", 1_000].step_bytes = [0.0]
    behind = section(document(made, "chart.svg"), "Where this project does not lead")
    assert "1,000 events: E1 0.0, P 2.0 kB" in behind


def test_page_holds_figures_promises_and_method() -> None:
    text = document(run(), "chart.svg")
    assert "(chart.svg)" in text
    assert all(f"### {each.title}\n" in text for each in COLUMNS)
    assert "## Promises\n" in text
    assert "## How it was measured\n" in text


def test_chart_is_the_same_for_the_same_run(tmp_path: Path) -> None:
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    draw(run(), first)
    draw(run(), second)
    assert first.read_bytes() == second.read_bytes()
