"""`python -m bench`: measure this map beside others, and write a page of it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.chart import draw
from bench.document import circumstances, document, promises
from bench.figures import Run
from bench.measure import Plan, measure
from bench.report import COLUMNS, figures_table
from bench.rows import SHIPPED, SIZES
from bench.subjects import OURS, PEERS, Subject

DEFAULT_ROUNDS = 2
QUICK = Plan(subjects=(OURS, *PEERS), sizes=(SHIPPED, 1_000), rounds=1, loads=1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    options = parser().parse_args(arguments)
    plan = plan_of(options)
    run = measure(plan)
    print(text(run))
    if options.output:
        write(run, options.output)


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    made = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    made.add_argument(
        "--peers",
        type=subjects,
        help=f"which, with commas: {','.join(peer.key for peer in PEERS)}; "
        "by default all. This project is always measured",
    )
    made.add_argument(
        "--sizes",
        type=sizes,
        help=f"numbers of events, with commas; {SHIPPED} stands for the shipped data; "
        f"by default {','.join(map(str, SIZES))}",
    )
    made.add_argument(
        "--rounds", type=int, help=f"how often all is measured ({DEFAULT_ROUNDS})"
    )
    made.add_argument(
        "--quick", action="store_true", help="a look: two sizes, one round"
    )
    made.add_argument(
        "-o",
        "--output",
        type=Path,
        help="a Markdown file to write, and its chart beside it",
    )
    return made


def plan_of(options: argparse.Namespace) -> Plan:
    """Return what is asked for; what is named goes before --quick."""
    default = QUICK if options.quick else Plan((OURS, *PEERS), SIZES, DEFAULT_ROUNDS)
    return Plan(
        subjects=options.peers or default.subjects,
        sizes=options.sizes or default.sizes,
        rounds=options.rounds or default.rounds,
        loads=default.loads,
    )


def subjects(words: str) -> tuple[Subject, ...]:
    """Read names of peers; this project is among them anyway."""
    wanted = {word.strip().upper() for word in words.split(",")}
    if unknown := wanted - {each.key for each in (OURS, *PEERS)}:
        raise argparse.ArgumentTypeError(f"no peer is called {', '.join(unknown)}")
    return (OURS, *(peer for peer in PEERS if peer.key in wanted))


def sizes(words: str) -> tuple[int, ...]:
    """Read numbers of events."""
    found = tuple(int(word) for word in words.split(","))
    if min(found) < 1:
        raise argparse.ArgumentTypeError("a size is at least 1")
    return found


def text(run: Run) -> str:
    """Return what the terminal shows."""
    tables = [
        f"{each.title} ({each.unit})\n{figures_table(run, each.key)}"
        for each in COLUMNS
    ]
    return "\n\n".join([*tables, promises(run), circumstances(run)])


def write(run: Run, path: Path) -> None:
    """Write the page and its chart."""
    chart = path.with_suffix(".svg")
    draw(run, chart)
    path.write_text(document(run, chart.name), encoding="utf-8")
    print(f"{path} and {chart} written", file=sys.stderr)


if __name__ == "__main__":
    main()
