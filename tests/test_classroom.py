"""The lesson plan agrees with the story and with itself."""

import re
from pathlib import Path

from geo.dataset import Dataset

PLAN = Path(__file__).resolve().parents[1] / "docs" / "classroom.md"


def steps() -> list[list[tuple[int, str]]]:
    """Give minutes and name of each step, one list a lesson."""
    lessons = PLAN.read_text(encoding="utf-8").split("## Lesson ")[1:]
    rows = [
        re.findall(r"^\| (\d+) \| (.+) \|$", each, re.MULTILINE) for each in lessons
    ]
    return [[(int(minutes), name) for minutes, name in lesson] for lesson in rows]


def test_two_lessons_last_45_minutes_each() -> None:
    assert [sum(minutes for minutes, _ in lesson) for lesson in steps()] == [45, 45]


def test_the_lessons_go_through_all_chapters_in_order(shipped: Dataset) -> None:
    named = [name for lesson in steps() for _, name in lesson]
    chapters = [name for name in named if name not in ("Opening", "Closing")]
    assert chapters == [chapter.title for chapter in shipped.chapters]


def test_the_plan_is_short_enough_to_be_read() -> None:
    assert len(PLAN.read_text(encoding="utf-8").split()) < 1250
