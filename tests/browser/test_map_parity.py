"""`geo.query` and `window.timemap` give the same answers to the same questions."""

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Page

from geo.dataset import Dataset
from geo.query import Query, select
from geo.timeline import format_moment, minute_of, moment_of, parse_moment
from geo.vocab import Attribution, Kind, Mode
from tests.browser.maps import open_exported
from tests.browser.server import ROOT

SEED = 20220105
HOW_MANY = 1200
HOW_MANY_BY_COMMAND = 3

T = TypeVar("T")

ASK_ALL = """questions => questions.map(question => {
    window.timemap.set(question);
    const { visible, possible_ids, statuses } = window.timemap.state();
    return { visible, possible_ids, statuses };
})"""


@dataclass(frozen=True)
class Chance:
    """Draws questions; the same ones for the same seed."""

    draw: random.Random
    moments: list[int]
    """Every minute at which something begins or ends in the data."""
    words: list[str]
    """Every word the data's titles, summaries and notes hold."""

    def questions(self) -> Iterator[Query]:
        """Draw questions without end."""
        while True:
            yield self._question()

    def _question(self) -> Query:
        start, end = self._window()
        return Query(
            start=moment_of(start),
            end=moment_of(end),
            mode=self.draw.choice([Mode.WINDOW, Mode.WINDOW, Mode.SOFAR]),
            possible=self.draw.random() < 0.5,
            kinds=tuple(self._some(list(Kind), 0.3)),
            by=tuple(self._some(list(Attribution), 0.3)),
            q=self._text(),
        )

    def _window(self) -> tuple[int, int]:
        """Most touch an edge of the data, or miss it by a minute."""
        near = self.draw.choice(self.moments) + self.draw.choice([-1, 0, 0, 1, 7, -400])
        width = self.draw.choice([0, 1, 2, 15, 60, 61, 360, 1440, 4320, -30, 60_000])
        far = self.draw.random()
        if far < 0.03:
            near += self.draw.choice([-20_000_000, 20_000_000])
        if far > 0.6:
            return near, self.draw.choice(self.moments)
        return near, near + width

    def _some(self, all_of_them: list[T], likely: float) -> list[T]:
        if self.draw.random() > likely:
            return []
        return self.draw.sample(all_of_them, self.draw.randint(1, len(all_of_them)))

    def _text(self) -> str:
        """Words as a reader types them: cut, in capitals, with accents."""
        if self.draw.random() < 0.5:
            return ""
        return self.draw.choice([" ", "  ", "\t"]).join(
            self._typed(self.draw.choice(self.words))
            for _ in range(self.draw.choice([1, 1, 1, 2]))
        )

    def _typed(self, word: str) -> str:
        start = self.draw.randrange(max(1, len(word) - 2))
        cut = self.draw.choice([word, word[start:], word[: start + 3]])
        return self.draw.choice([cut, cut.upper(), cut.title(), accented(cut)])


def accented(word: str) -> str:
    """Put an acute accent on every letter a."""
    return word.replace("a", "á").replace("и", "и́")


def chance_of(dataset: Dataset) -> Chance:
    """Prepare to ask about what a dataset holds."""
    events = dataset.events
    columns = ["start_min", "end_min", "earliest_min", "latest_min"]
    texts = (text for column in ("title", "summary", "note") for text in events[column])
    return Chance(
        random.Random(SEED),
        sorted({int(minute) for column in columns for minute in events[column]}),
        sorted({word for text in texts for word in text.split()}),
    )


def as_state(query: Query) -> dict[str, Any]:
    """Say a query in the terms of `window.timemap.set`."""
    assert query.start
    assert query.end
    return {
        "from": format_moment(query.start),
        "to": format_moment(query.end),
        "mode": query.mode.value,
        "possible": query.possible,
        "kinds": [kind.value for kind in query.kinds],
        "attributions": [by.value for by in query.by],
        "q": query.q,
    }


def as_answer(dataset: Dataset, query: Query) -> dict[str, Any]:
    """Answer with `geo.query` in the terms of `window.timemap.state`."""
    found = select(dataset, query)
    return {
        "visible": list(found.visible),
        "possible_ids": list(found.possible_ids),
        "statuses": {event: status.value for event, status in found.statuses.items()},
    }


def test_questions_are_worth_asking(shipped: Dataset) -> None:
    queries = list(islice(chance_of(shipped).questions(), HOW_MANY))
    answers = [as_answer(shipped, query) for query in queries]
    windows = [
        (minute_of(q.start), minute_of(q.end)) for q in queries if q.start and q.end
    ]
    assert sum(bool(answer["visible"]) for answer in answers) > HOW_MANY / 3
    assert sum(not answer["visible"] for answer in answers) > HOW_MANY / 10
    assert sum(end <= start for start, end in windows) > HOW_MANY / 20
    assert sum(start % 15 > 0 for start, _ in windows) > HOW_MANY / 3
    assert len({s for one in answers for s in one["statuses"].values()}) == 4
    assert {kind for query in queries for kind in query.kinds} == set(Kind)


def test_page_and_python_agree_on_random_questions(
    page: Page, exported_page: Path, shipped: Dataset
) -> None:
    queries = list(islice(chance_of(shipped).questions(), HOW_MANY))
    open_exported(page, exported_page)
    told = page.evaluate(ASK_ALL, [as_state(query) for query in queries])
    for query, answer in zip(queries, told, strict=True):
        assert answer == as_answer(shipped, query), query


def test_page_and_python_agree_on_every_word_of_the_data(
    page: Page, exported_page: Path, shipped: Dataset
) -> None:
    whole = Query(start=shipped.span.start, end=shipped.span.end)
    queries = [replace(whole, q=word) for word in chance_of(shipped).words]
    open_exported(page, exported_page)
    told = page.evaluate(ASK_ALL, [as_state(query) for query in queries])
    for query, answer in zip(queries, told, strict=True):
        assert answer["visible"] == list(select(shipped, query).visible), query.q


def test_page_and_command_line_agree(
    page: Page, exported_page: Path, shipped: Dataset
) -> None:
    askable = (
        query
        for query in chance_of(shipped).questions()
        if query.start and query.end and query.start < query.end and query.q.strip()
    )
    queries = list(islice(askable, HOW_MANY_BY_COMMAND - 1))
    start, end = parse_moment("2022-01-05T14:00"), parse_moment("2022-01-05T16:00")
    queries.append(Query(start=start, end=end))
    open_exported(page, exported_page)
    told = page.evaluate(ASK_ALL, [as_state(query) for query in queries])
    for query, answer in zip(queries, told, strict=True):
        assert ids_by_command(query) == answer["visible"], query


def ids_by_command(query: Query) -> list[str]:
    """Ask `python -m geo query`."""
    options = [f"--from={as_state(query)['from']}", f"--to={as_state(query)['to']}"]
    options += [f"--mode={query.mode.value}", "--format=ids"]
    options += [f"--kind={','.join(query.kinds)}"] if query.kinds else []
    options += [f"--by={','.join(query.by)}"] if query.by else []
    options += ["--possible"] if query.possible else []
    options += [f"--q={query.q}"] if query.q else []
    done = subprocess.run(
        [sys.executable, "-m", "geo", "query", *options],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.splitlines()
