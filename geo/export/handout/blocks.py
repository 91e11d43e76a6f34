"""What stands on a handout besides the map, as blocks of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.export.handout.flow import (
    INK,
    SOFT,
    Block,
    Run,
    Strip,
    line_width,
    lines_of,
    middle,
    paragraph,
    space,
)
from geo.export.handout.sheet import Entry, Sheet
from geo.export.handout.tags import chip
from geo.export.picture.fonts import shortened, width_of
from geo.export.picture.scene import Box, Font, Ink, Label, Line, Shape
from geo.export.question import filter_words, time_words
from geo.palette import MAP_COLOURS

SMALLEST = 7.5
"""The least size of any letter, in points."""

_TITLE = Font(16, "serif", is_bold=True)
_TIME = Font(9.5, is_bold=True)
_NOTE = Font(8)
_FOOT = Font(SMALLEST)
_NUMBER_ROOM = 21.0
_NAME_ROOM = 190.0
_INSET = 6.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RULE = Ink(stroke=SOFT, width=0.6)
_HAIR = Ink(stroke=MAP_COLOURS["line"], width=0.8)


@dataclass(frozen=True)
class Look:
    """How closely a page is set."""

    size: float
    """Of the text, in points."""
    rules: int
    """Lines to write on after each question."""
    rule_height: float
    least_map: float
    """How high the map must be at least."""
    has_bounds: bool = True
    """Whether the list gives the outer bounds of the times, too."""
    spacing: float = 1.2
    """From line to line, in sizes; letters reach over one."""

    @property
    def font(self) -> Font:
        """The face of the text."""
        return Font(self.size)

    @property
    def bold(self) -> Font:
        """The face of titles in the text."""
        return Font(self.size, is_bold=True)

    @property
    def leading(self) -> float:
        """From line to line."""
        return self.size * self.spacing


def heading(sheet: Sheet, width: float) -> Block:
    """Give title, time, count and, of a query, what was asked."""
    texts, query = sheet.chosen.texts, sheet.chosen.query
    strips = paragraph([Run(sheet.title, _TITLE)], width, 20)
    when = [
        Run(time_words(query, texts), _TIME),
        Run(sheet.chosen.imprint.clock, _NOTE, SOFT),
    ]
    strips += paragraph(when, width, 13)
    if sheet.is_worksheet:
        used = line_width(lines_of(when, width)[-1])
        if used + _NAME_ROOM > width:
            strips.append(space(14))
        strips[-1] = _with_name(strips[-1], texts.t("Name"), width)
    strips += paragraph([Run(sheet.count, _NOTE, SOFT)], width, 11)
    filters = "; ".join(filter_words(query, sheet.chosen.dataset, texts))
    if filters:
        words = texts.t("Filters: {filters}", filters=filters)
        strips += paragraph([Run(words, _NOTE, SOFT)], width, 11)
    return Block((*strips, space(4)))


def listed(sheet: Sheet, entry: Entry, look: Look, width: float) -> Block:
    """Give one event of the numbered list."""
    title = Run(entry.title, look.bold)
    details = Run(entry.details, look.font)
    leading = look.leading
    strips = paragraph([title], width, leading + 0.5, _NUMBER_ROOM)
    strips += paragraph([details], width, leading, _NUMBER_ROOM)
    strength = sheet.strength(entry.event)
    return Block((_numbered(strips[0], str(entry.number), strength), *strips[1:]))


def unsettled(sheet: Sheet, look: Look, width: float) -> Iterator[Block]:
    """Give what the sources do not settle, set off by a line at its side."""
    if sheet.chapter is None:
        return
    texts = sheet.chosen.texts
    text = texts.field(sheet.chapter.unsettled.model_dump(), "text")
    runs = [
        Run(texts.t("Not settled:"), look.bold),
        Run(text, look.font),
    ]
    strips = paragraph(runs, width, look.leading, _INSET + 3)
    yield Block(tuple(_beside_a_line(strip) for strip in strips))


def questions(sheet: Sheet, look: Look, width: float) -> Iterator[Block]:
    """Give each question with room to write."""
    if sheet.chapter is None:
        return
    texts = sheet.chosen.texts
    for letter, each in zip(_LETTERS, sheet.chapter.questions, strict=False):
        runs = [
            Run(f"{letter}  {texts.label(each.kind)}", look.bold),
            Run(texts.field(each.model_dump(), "ask"), look.font),
        ]
        strips = paragraph(runs, width, look.leading)
        strips += [_rule(look.rule_height, width)] * look.rules
        yield Block(tuple(strips))


def answers(sheet: Sheet, look: Look, width: float) -> Iterator[Block]:
    """Give what can be said in answer, on a ground of its own."""
    if sheet.chapter is None or sheet.is_worksheet:
        return
    texts = sheet.chosen.texts
    font, bold = Font(SMALLEST), Font(SMALLEST, is_bold=True)
    leading = SMALLEST * look.spacing
    inner = width - _INSET
    strips = paragraph([Run(texts.t("Answers"), bold)], inner, leading, _INSET)
    for letter, each in zip(_LETTERS, sheet.chapter.questions, strict=False):
        answer = texts.field(each.model_dump(), "answer")
        runs = [Run(letter, bold), Run(answer, font)]
        strips += paragraph(runs, inner, leading, _INSET)
    padded = [space(2.5), *strips, space(3)]
    yield Block(tuple(_on_ground(strip, width) for strip in padded))


def sources(sheet: Sheet, width: float) -> Iterator[Block]:
    """Name the sources of the numbered events."""
    if names := sheet.sources:
        texts = sheet.chosen.texts
        words = texts.t("Sources of the numbered events: {names}.", names=names)
        yield Block(tuple(paragraph([Run(words, _FOOT, SOFT)], width, 9)))


def credits_of(sheet: Sheet, width: float) -> Block:
    """Give version, licence and credit, for the foot of every page."""
    imprint = sheet.chosen.imprint
    words = " · ".join(imprint.legal_lines)
    return Block(tuple(paragraph([Run(words, _FOOT, SOFT)], width, 9)))


def running_head(left: str, right: str, box: Box) -> Iterator[Shape]:
    """Draw the line above everything: what it is, and which page."""
    y = middle(box.y0, 10, _FOOT.size)
    yield Label(left, box.x0, y, _FOOT, SOFT)
    yield Label(right, box.x1, y, _FOOT, SOFT, "end")
    below = box.y0 + 12.5
    yield Line(((box.x0, below), (box.x1, below)), _HAIR)


def _numbered(strip: Strip, number: str, strength: str) -> Strip:
    """Put a number before a line, as it stands on the map."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        yield from chip(left, top - 1.2, number, strength)
        yield from strip.draw(left, top)

    return Strip(strip.height, draw)


def _beside_a_line(strip: Strip) -> Strip:
    """Draw a thick line at the left of a line of text."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        ink = Ink(stroke=INK, width=2.0, is_round=False)
        x = left + 1
        yield Line(((x, top), (x, top + strip.height)), ink)
        yield from strip.draw(left, top)

    return Strip(strip.height, draw)


def _on_ground(strip: Strip, width: float) -> Strip:
    """Put a tone under a line of text, without a seam to the next."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        box = Box(left, top, left + width, top + strip.height + 0.3)
        ink = Ink(fill=MAP_COLOURS["land"])
        yield Line(box.corners, ink, is_closed=True)
        yield from strip.draw(left, top)

    return Strip(strip.height, draw)


def _rule(height: float, width: float) -> Strip:
    """Give a line to write on."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        y = top + height - 2
        yield Line(((left, y), (left + width, y)), _RULE)

    return Strip(height, draw)


def _with_name(strip: Strip, word: str, width: float) -> Strip:
    """Add room for a pupil's name at the right of a line."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        yield from strip.draw(left, top)
        start, y = left + width - _NAME_ROOM + 12, top + strip.height - 2
        said = shortened(word, _NOTE, _NAME_ROOM / 2)
        middle_y = middle(top, strip.height, _NOTE.size)
        yield Label(said, start, middle_y, _NOTE, SOFT)
        rule_start = start + width_of(said, _NOTE) + 5
        yield Line(((rule_start, y), (left + width, y)), _RULE)

    return Strip(strip.height, draw)
