"""From a sheet to pages: what goes where, and how closely it is set.

A chapter has one page: its text is set as large, and its map as high, as fits.
Where even the closest setting is too long, or a query has many events, the
list goes on on further pages; nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.export.handout import blocks
from geo.export.handout.blocks import Look
from geo.export.handout.chart import Chart, plan
from geo.export.handout.fill import HEAD, Leaf, Parts, column_width, filled
from geo.export.handout.flow import Block
from geo.export.handout.key import key_strips
from geo.export.handout.options import Paper
from geo.export.handout.sheet import Sheet
from geo.export.picture.marks import TOWN_ZOOM
from geo.export.picture.scene import Box, Ink, Layer, Line, Scene, Shape
from geo.palette import MAP_COLOURS

_EDGE = 28.0
# Of the width; where the country is shown there is little to see.
_HIGHEST_MAP, _HIGHEST_FAR_MAP = 0.62, 0.45
# After each question of a worksheet.
_LEAST_RULES = 2
_MOST_RULES = 6
_ROUNDS = 4

# From the easiest to read to the closest; the first that fits is taken.
_LOOKS = (
    Look(8.5, 3, 19.0, 240.0),
    Look(8.5, 2, 19.0, 230.0),
    Look(8.0, 2, 18.0, 215.0),
    Look(7.5, 2, 18.0, 200.0),
    Look(7.5, 2, 17.0, 150.0),
)
# With the answers on the page there need not be as much room to write.
_CLOSE_LOOKS = (Look(7.5, 1, 17.0, 175.0), Look(7.5, 1, 16.0, 130.0))
# Precision is still told, in the words for the best estimate.
_CLOSEST_LOOKS = tuple(
    Look(7.5, rules, height, least, has_bounds=False, spacing=spacing)
    for rules, height, least, spacing in (
        (2, 16.0, 130.0, 1.2),
        (1, 16.0, 130.0, 1.2),
        (2, 15.0, 110.0, 1.13),
        (1, 15.0, 110.0, 1.13),
        (1, 15.0, 95.0, 1.1),
    )
)
_QUERY_LOOK = Look(8.0, 0, 0.0, 300.0)


def pages_of(sheet: Sheet, paper: Paper) -> list[Scene]:
    """Lay out a chapter or the answer to a query."""
    width, height = paper.size
    area = Box(_EDGE, _EDGE, width - _EDGE, height - _EDGE)
    parts, chart = _settled(sheet, area)
    leaves = filled(parts, chart, area)
    return [
        _scene(sheet, leaf, area, (number, len(leaves)), paper)
        for number, leaf in enumerate(leaves, 1)
    ]


def _settled(sheet: Sheet, area: Box) -> tuple[Parts, Chart]:
    """Find the easiest look that leaves enough room for the map."""
    if sheet.chapter is None:
        return _arranged(sheet, area, _QUERY_LOOK)
    for look in (*_LOOKS, *_CLOSE_LOOKS, *_CLOSEST_LOOKS):
        if sheet.is_worksheet and look.rules < _LEAST_RULES:
            continue
        parts, chart = _arranged(sheet, area, look)
        if parts.height + look.least_map <= area.height:
            return _with_more_rules(sheet, area, parts, chart)
    return parts, chart


def _arranged(sheet: Sheet, area: Box, look: Look) -> tuple[Parts, Chart]:
    """Fit map and text to each other.

    The list says what is not on the map, and the map's height depends on the
    list's: a few rounds settle it.
    """
    map_height = look.least_map
    for _ in range(_ROUNDS):
        chart = plan(sheet, _frame(sheet, area, map_height))
        parts = _parts(sheet, area, look, chart)
        room = area.height - parts.height
        wanted = max(min(room, _highest(sheet, chart, area)), look.least_map)
        if abs(wanted - map_height) < 0.01:
            break
        map_height = wanted
    return parts, chart


def _highest(sheet: Sheet, chart: Chart, area: Box) -> float:
    """Say how high a map is of use; of a query the list follows anyway."""
    if sheet.chapter is None:
        return _QUERY_LOOK.least_map
    is_far = chart.projection.view.zoom < TOWN_ZOOM
    return area.width * (_HIGHEST_FAR_MAP if is_far else _HIGHEST_MAP)


def _with_more_rules(
    sheet: Sheet, area: Box, parts: Parts, chart: Chart
) -> tuple[Parts, Chart]:
    """Use up what the map leaves free for lines to write on."""
    for rules in range(parts.look.rules + 1, _MOST_RULES + 1):
        more = _arranged(sheet, area, replace(parts.look, rules=rules))
        if more[0].height + chart.projection.frame.height > area.height + 0.01:
            break
        parts, chart = more
    return parts, chart


def _frame(sheet: Sheet, area: Box, height: float) -> Box:
    """Give where the map stands on the first page."""
    top = area.y0 + HEAD + blocks.heading(sheet, area.width).height
    return Box(area.x0, top, area.x1, top + height)


def _parts(sheet: Sheet, area: Box, look: Look, chart: Chart) -> Parts:
    """Set all text of a sheet."""
    width, column = area.width, column_width(area)
    entries = sheet.entries(chart.on_map, has_bounds=look.has_bounds)
    return Parts(
        look,
        blocks.heading(sheet, width),
        Block(tuple(key_strips(chart, width))),
        [blocks.listed(sheet, entry, look, column) for entry in entries],
        [
            *blocks.unsettled(sheet, look, width),
            *blocks.questions(sheet, look, width),
            *blocks.answers(sheet, look, width),
            *blocks.sources(sheet, width),
        ],
        blocks.credits_of(sheet, width),
    )


def _scene(
    sheet: Sheet, leaf: Leaf, area: Box, page: tuple[int, int], paper: Paper
) -> Scene:
    """Make a page of a leaf."""
    width, height = paper.size
    whole = Box(0, 0, width, height)
    white = Line(whole.corners, Ink(fill=MAP_COLOURS["panel"]), is_closed=True)
    head = tuple(_head(sheet, area, page))
    imprint = sheet.chosen.imprint
    return Scene(
        width,
        height,
        leaf.frame or whole,
        (
            Layer("paper", (white,)),
            Layer("head", head),
            *leaf.layers,
            Layer("text", tuple(leaf.shapes)),
        ),
        title=sheet.title,
        about=imprint.lines[1:],
        credit=imprint.credit,
    )


def _head(sheet: Sheet, area: Box, page: tuple[int, int]) -> Iterator[Shape]:
    """Give the line above everything."""
    texts, (number, total) = sheet.chosen.texts, page
    left = sheet.chosen.imprint.title
    if number > 1:
        left = texts.t(
            "{title} · {clock}", title=left, clock=sheet.chosen.imprint.clock
        )
    if sheet.is_worksheet:
        left = texts.t("{title} · worksheet", title=left)
    right = sheet.progress
    if total > 1:
        counted = texts.t("page {n} of {total}", n=number, total=total)
        right = (
            texts.t("{chapter}, {page}", chapter=right, page=counted)
            if right
            else counted
        )
    yield from blocks.running_head(left, right, area)
