import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load } from "./load.mjs";

const { timemapTime, timemapFilter, timemapTimeline, timemapColumns, timemapIndex, timemapSums, timemapGrid, timemapHeaps } =
  load("time", "dom", "filter", "timeline", "large/columns", "large/sums", "large/index", "large/grid", "large/heaps");

const KINDS = ["march", "fire", "statement"];

/** Numbers that look random and are the same each time (mulberry32). */
function chanceOf(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Data of rows {start, end, earliest, latest, coarse, kind, by}, as columns.js opens it. */
function dataOf(rows, span = [0, 2880]) {
  const column = (name, Type) => Type.from(rows, (row) => row[name] ?? 0);
  const ids = { length: rows.length, at: (row) => `e${row}`, indexOf: (id) => Number(id.slice(1)), includes: () => true };
  return { span, kinds: KINDS, attributions: ["observed", "official"], groups: [0, 1], groupOf: [0, 1, 1],
    events: { total: rows.length, ids, order: null, isMapped: column("mapped", Uint8Array), coarse: column("coarse", Uint8Array),
      kind: column("kind", Uint8Array), by: column("by", Uint8Array), group: Uint8Array.from(rows, ({ kind }) => [0, 1, 1][kind ?? 0]),
      ...Object.fromEntries(["start", "end", "earliest", "latest"].map((name) => [name, column(name, Int32Array)])) } };
}

const STATE = { from: 0, to: 1440, mode: "window", possible: true, kinds: [], attributions: [], q: "", only: null };
const sorted = (rows) => [...rows].sort((a, b) => a.start - b.start);

/** Rows whose times are drawn from a short stretch, so that edges meet often. */
function randomRows(n, chance, longest = 2880) {
  return sorted(Array.from({ length: n }, () => {
    const [earliest, start, end, latest] = [0, 0, 0, 0].map(() => chance(longest)).sort((a, b) => a - b);
    const isInstant = chance(4) === 0;
    return { earliest, start, end: isInstant ? start : end, latest, coarse: chance(2), kind: chance(3), by: chance(2), mapped: chance(2) };
  }));
}

/** What the plain rule says of every row. */
function plainly(rows, { from, to, mode, kinds = [], attributions = [] }) {
  const low = mode === "sofar" ? 0 : from;
  return Object.fromEntries(rows.flatMap((row, i) => {
    const { start, end, earliest, latest, coarse, kind, by } = row;
    if (kinds.length && !kinds.includes(KINDS[kind])) return [];
    if (attributions.length && !attributions.includes(["observed", "official"][by])) return [];
    const status = timemapTime.status(start, end, earliest, latest, coarse === 1, low, to);
    return status ? [[`e${i}`, status]] : [];
  }));
}

test("the index gives the statuses of the shared table", () => {
  for (const { start, end, earliest, latest, precision, from, to, status, why } of cases("windows")) {
    const coarse = Number(["part-of-day", "day"].includes(precision));
    const index = timemapIndex.create(dataOf([{ start, end, earliest, latest, coarse }]), () => "");
    assert.equal(index.evaluate({ ...STATE, from, to }).statuses.e0 ?? null, status, why);
  }
});

test("the index gives them too when it comes from another window", () => {
  const table = cases("windows");
  const rows = sorted(table.map((one) => ({ ...one, coarse: Number(["part-of-day", "day"].includes(one.precision)) })));
  const index = timemapIndex.create(dataOf(rows), () => "");
  for (const { from, to } of table) {
    assert.deepEqual({ ...index.evaluate({ ...STATE, from, to }).statuses }, plainly(rows, { from, to }));
  }
});

test("however the window moves, the index agrees with the plain rule", () => {
  const chance = chanceOf(20220105);
  const rows = randomRows(300, chance);
  const index = timemapIndex.create(dataOf(rows), () => "");
  let state = { ...STATE };
  for (let i = 0; i < 400; i += 1) {
    const near = () => state.to + chance(60) - 30;
    const moves = [{ to: near() }, { from: chance(2880) }, { from: chance(2880), to: chance(2880) },
      { mode: ["window", "sofar"][chance(2)] }, { kinds: [[], ["fire"], ["march", "statement"]][chance(3)] },
      { attributions: [[], ["official"]][chance(2)] }, { possible: chance(2) === 1 }];
    state = { ...state, ...moves[chance(moves.length)] };
    const answer = index.evaluate(state);
    const wanted = plainly(rows, state);
    assert.deepEqual({ ...answer.statuses }, wanted);
    const shown = Object.entries(wanted).filter(([, status]) => state.possible || status !== "possible");
    assert.deepEqual(answer.visible, shown.map(([id]) => id));
    assert.equal(answer.shown, shown.length);
    assert.equal(answer.mapped, shown.filter(([id]) => rows[Number(id.slice(1))].mapped).length);
    for (const name of ["certain", "coarse", "likely", "possible"]) {
      assert.equal(answer.counts[name], Object.values(wanted).filter((status) => status === name).length);
    }
  }
});

test("ids are told in the order of the file", () => {
  const data = dataOf(randomRows(3, chanceOf(1)));
  data.events.order = Uint32Array.of(2, 0, 1);
  const { visible } = timemapIndex.create(data, () => "").evaluate({ ...STATE, from: -1, to: 9999 });
  assert.deepEqual(visible, ["e1", "e2", "e0"]);
});

test("words and ids narrow the answer", () => {
  const data = dataOf(sorted([{ start: 1, end: 2, earliest: 1, latest: 2 }, { start: 3, end: 4, earliest: 3, latest: 4 }]));
  const index = timemapIndex.create(data, (row) => ["abay avenue", "tole bi"][row]);
  assert.deepEqual(index.evaluate({ ...STATE, q: "AVE abay" }).visible, ["e0"]);
  assert.deepEqual(index.evaluate({ ...STATE, only: ["e1"] }).visible, ["e1"]);
  assert.deepEqual(index.evaluate({ ...STATE, only: [] }).visible, []);
});

test("prefix sums give the bars that counting gives", () => {
  const rows = randomRows(500, chanceOf(7));
  const data = dataOf(rows);
  const mask = Uint8Array.from(rows, (_, i) => i % 3);
  const sums = timemapSums.create(data);
  sums.build(mask);
  for (const [range, bin] of [[[0, 2880], 15], [[0, 2880], 60], [[180, 2000], 180], [[720, 2880], 720], [[7, 400], 15]]) {
    const wanted = timemapTimeline.histogram(data, mask, range, bin);
    const found = sums.bars(range, bin);
    [...wanted.sharp, wanted.coarse].forEach((row, i) => {
      const own = [...found.sharp, found.coarse][i];
      assert.equal(own.length, row.length);
      // The last bin may reach beyond the data's end, where nothing is.
      row.forEach((weight, at) => assert.ok(Math.abs(weight - own[at]) < 1e-9, `${range} ${bin} ${i} ${at}: ${own[at]} is not ${weight}`));
    });
  }
});

test("a place in a rising column is found at its edges", () => {
  const { placeOf, sorted: rising } = timemapIndex;
  assert.deepEqual([0, 1, 2, 9].map((value) => placeOf([1, 1, 2], value, false)), [0, 0, 2, 3]);
  assert.deepEqual([0, 1, 2, 9].map((value) => placeOf([1, 1, 2], value, true)), [0, 2, 3, 3]);
  const { values, rows } = rising(Int32Array.of(5, -3, 5, 0));
  assert.deepEqual([[...values], [...rows]], [[-3, 0, 5, 5], [1, 3, 0, 2]]);
});

test("cells are wide enough for a number, at every zoom", () => {
  for (let zoom = 2; zoom <= 19; zoom += 0.1) {
    const { side } = timemapGrid.cellsAt(zoom);
    assert.ok(side >= 37.99 && side <= 76.01, `${side} at ${zoom}`);
  }
});

test("Mercator is the published one", () => {
  // EPSG:3857: 85.051129 degrees north is the edge of the square.
  const [x, y] = timemapGrid.project(85.051129, -180);
  assert.ok(Math.abs(x) < 1e-12 && Math.abs(y) < 1e-6, `${x} ${y}`);
  assert.deepEqual(timemapGrid.project(0, 0), [0.5, 0.5]);
});

const VIEW = { zoom: 10, left: 100_000, top: 100_000, width: 400, height: 300 };

/** A grid of spots given in pixels of VIEW. */
function laid(spots) {
  const scale = 256 * 2 ** VIEW.zoom;
  const lat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * (VIEW.top + y)) / scale))) * 180) / Math.PI;
  const places = { lat: Int32Array.from(spots, ({ y }) => lat(y) * 1e6), lon: Int32Array.from(spots, ({ x }) => (((VIEW.left + x) / scale) * 360 - 180) * 1e6) };
  const events = { total: spots.length, group: new Uint8Array(spots.length), spotRow: Uint32Array.from(spots, ({ row }, i) => row ?? i),
    spotPlace: Uint32Array.from(spots, (_, i) => i) };
  return { grid: timemapGrid.create(places, events).lay(VIEW), events };
}

function read(spots) {
  const { grid, events } = laid(spots);
  return timemapHeaps.create(events, 1).read(grid, new Uint8Array(spots.length).fill(1));
}

test("events that keep clear of each other stand singly, each once", () => {
  const { tiles, heads } = read([{ x: 100, y: 100 }, { x: 140, y: 100 }, { x: 300, y: 200 }]);
  assert.equal(tiles.length, 0);
  assert.deepEqual(heads.map(({ n }) => n), [1, 1, 1]);
});

test("events at one spot are a heap with their number", () => {
  const { tiles, heads } = read([{ x: 100, y: 100 }, { x: 100, y: 100 }, { x: 100, y: 100 }]);
  assert.equal(tiles.length, 0);
  assert.deepEqual(heads.map(({ n }) => n), [3]);
});

test("events that would overprint are a square with their number", () => {
  const { tiles, heads } = read([{ x: 100, y: 100 }, { x: 105, y: 100 }, { x: 110, y: 101 }]);
  assert.equal(heads.length + tiles.length, 1);
  assert.equal(tiles[0].n, 3);
});

test("an event with two places in one square counts once there", () => {
  const { tiles, heads } = read([{ x: 100, y: 100, row: 0 }, { x: 106, y: 100, row: 0 }, { x: 112, y: 101, row: 1 }]);
  assert.equal(tiles.concat(heads).reduce((sum, { n }) => sum + n, 0), 2);
});

test("what lies outside the view is in no cell", () => {
  const { grid } = laid([{ x: -500, y: 100 }, { x: 100, y: 900 }, { x: 100, y: 100 }]);
  const inside = [...grid.starts].flatMap((start, cell) => [...grid.row.subarray(start, grid.stops[cell])]);
  assert.deepEqual(inside, [2]);
});

test("every spot lies in the cell that its place in the view says", () => {
  const chance = chanceOf(3);
  const spots = Array.from({ length: 500 }, () => ({ x: chance(400), y: chance(300) }));
  const { grid } = laid(spots);
  const found = [];
  grid.starts.forEach((start, cell) => {
    for (let i = start; i < grid.stops[cell]; i += 1) {
      const [col, row] = [(grid.xOf(i) - grid.x0) / grid.side, (grid.yOf(i) - grid.y0) / grid.side].map(Math.floor);
      assert.equal(row * grid.cols + col, cell);
      found.push(grid.row[i]);
    }
  });
  assert.deepEqual(found.sort((a, b) => a - b), spots.map((_, i) => i));
});

test("texts are decoded by row, equal ones from one copy", () => {
  const bytes = new TextEncoder().encode("aбв😀");
  const arrays = { "t.bytes": bytes, "t.lengths": Uint8Array.of(1, 0, 8), "t.codes": Uint8Array.of(2, 0, 1, 2) };
  const { at } = timemapColumns.field(arrays, "t");
  assert.deepEqual([0, 1, 2, 3].map(at), ["бв😀", "a", "", "бв😀"]);
  assert.equal(timemapColumns.field(arrays, "none").at(3), "");
});
