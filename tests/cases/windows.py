"""The shared table of windows: an oracle, and what makes its random part.

``windows.json`` is read by the tests of the Python rule and of the
JavaScript rule. Its first cases were worked out by hand and say why; the rest
are random, and this module makes them again. After a change here, run
``python tests/cases/windows.py``.
"""

import json
import random
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("windows.json")
RANDOM = "random"
SEED = 20220105
HOW_MANY = 400

Case = dict[str, Any]


def read_cases() -> list[Case]:
    """Read the table."""
    cases: list[Case] = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]
    return cases


def minutes_taken(start: int, end: int) -> set[int]:
    """Step through ``[start, end)``; an instant takes its one minute."""
    return {start} if start == end else set(range(start, end))


def oracle(case: Case) -> str | None:
    """Tell the status by counting minutes, sharing no formula with the code."""
    window = set(range(case["from"], case["to"]))
    best = minutes_taken(case["start"], case["end"])
    bounds = minutes_taken(case["earliest"], case["latest"])
    if best & window:
        if bounds <= window:
            return "certain"
        if case["precision"] in ("part-of-day", "day") and not best <= window:
            return "coarse"
        return "likely"
    return "possible" if bounds & window else None


def random_cases() -> list[Case]:
    """Make the random part: short times, so that edges meet often."""
    chance = random.Random(SEED)
    return [_random_case(chance) for _ in range(HOW_MANY)]


def _random_case(chance: random.Random) -> Case:
    earliest, start, end, latest = sorted(chance.choices(range(30), k=4))
    if chance.random() < 0.25:
        end = start
    lo, hi = sorted(chance.sample(range(30), k=2))
    case: Case = {
        "start": start,
        "end": end,
        "earliest": earliest,
        "latest": latest,
        "precision": chance.choice(["minute", "hour", "part-of-day", "day"]),
        "from": lo,
        "to": hi,
    }
    return {**case, "status": oracle(case), "why": RANDOM}


def write_table() -> None:
    """Keep the cases made by hand and make the random ones anew."""
    by_hand = [case for case in read_cases() if case["why"] != RANDOM]
    lines = [
        json.dumps(case, ensure_ascii=False) for case in [*by_hand, *random_cases()]
    ]
    text = '{"cases": [\n' + ",\n".join(lines) + "\n]}\n"
    TABLE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_table()
