import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapLayout } = load("layout");
const { boxesMeet, cluster, partUpTo, pointAt, ringSegment, runs, straightSpots, turnedBox } = timemapLayout;

const members = (points, gap) => cluster(points, gap).map((group) => group.members);
const near = (found, wanted, slack = 1e-9) => assert.ok(Math.abs(found - wanted) <= slack, `${found} is not ${wanted}`);

test("points nearer than the gap merge under the heaviest", () => {
  const points = [{ x: 0, y: 0, weight: 1 }, { x: 10, y: 0, weight: 5 }, { x: 100, y: 0, weight: 2 }];
  assert.deepEqual(members(points, 30), [[1, 0], [2]]);
});

test("points exactly the gap apart stay apart", () => {
  assert.deepEqual(members([{ x: 0, y: 0, weight: 1 }, { x: 30, y: 0, weight: 1 }], 30), [[0], [1]]);
});

test("points of equal weight keep their order, whatever else there is", () => {
  assert.deepEqual(members([{ x: 5, y: 0, weight: 1 }, { x: 0, y: 0, weight: 1 }], 30), [[0, 1]]);
});

test("no point is lost or told twice", () => {
  const points = Array.from({ length: 200 }, (_, i) => ({ x: (i * 37) % 101, y: (i * 53) % 97, weight: i % 7 }));
  const told = members(points, 20).flat().sort((a, b) => a - b);
  assert.deepEqual(told, points.map((_, i) => i));
});

test("leaders stand no nearer than the gap", () => {
  const points = Array.from({ length: 200 }, (_, i) => ({ x: (i * 37) % 101, y: (i * 53) % 97, weight: i % 7 }));
  const leaders = members(points, 20).map(([first]) => points[first]);
  for (const [i, a] of leaders.entries()) {
    for (const b of leaders.slice(0, i)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 20);
  }
});

test("no points give no groups", () => {
  assert.deepEqual(cluster([], 30), []);
});

/** The numbers of a path, in order; -0 is 0. */
const numbers = (path) => path.match(/-?\d+(\.\d+)?/g).map((text) => Number(text) + 0);

test("a quarter of a ring runs from north to east", () => {
  const path = ringSegment(5, 10, 0, 0.25);
  assert.deepEqual(numbers(path), [0, -10, 10, 10, 0, 0, 1, 10, 0, 5, 0, 5, 5, 0, 0, 0, 0, -5]);
});

test("more than half a ring takes the long way round", () => {
  const [, , , , , large] = numbers(ringSegment(5, 10, 0, 0.75));
  assert.equal(large, 1);
});

test("a whole ring is still drawn: its ends do not meet", () => {
  const path = numbers(ringSegment(5, 10, 0, 1));
  assert.notDeepEqual(path.slice(0, 2), path.slice(7, 9));
  assert.equal(path[5], 1);
});

test("boxes that only touch do not meet", () => {
  const box = { x0: 0, y0: 0, x1: 10, y1: 10 };
  assert.equal(boxesMeet(box, { x0: 10, y0: 0, x1: 20, y1: 10 }), false);
  assert.equal(boxesMeet(box, { x0: 9, y0: 9, x1: 20, y1: 20 }), true);
});

test("a box turned by a quarter swaps width and height", () => {
  const { x0, y0, x1, y1 } = turnedBox(100, 50, 40, 10, Math.PI / 2);
  near(x1 - x0, 10);
  near(y1 - y0, 40);
  near((x0 + x1) / 2, 100);
});

const L_SHAPE = [{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 30, y: 40 }];

test("lengths run along a line", () => {
  assert.deepEqual(runs(L_SHAPE), [0, 30, 70]);
});

test("a point beyond a line's end is its end", () => {
  const { x, y } = pointAt(L_SHAPE, runs(L_SHAPE), 1000);
  assert.deepEqual([x, y], [30, 40]);
});

test("a point part of the way looks along its piece", () => {
  const { x, y, angle } = pointAt(L_SHAPE, runs(L_SHAPE), 50);
  assert.deepEqual([x, y], [30, 20]);
  near(angle, Math.PI / 2);
});

test("a name has a spot in the run of a straight line, and each spacing one more", () => {
  const spots = straightSpots([{ x: 0, y: 0 }, { x: 1000, y: 0 }], 80, 400, 5);
  assert.equal(spots.length, 3);
  assert.ok(spots.every(({ y, angle }) => y === 0 && angle === 0));
  assert.ok(spots.slice(1).every(({ x }, i) => x - spots[i].x >= 400));
});

test("a name finds no spot on a line shorter than itself", () => {
  assert.deepEqual(straightSpots([{ x: 0, y: 0 }, { x: 60, y: 0 }], 80, 400, 5), []);
});

test("a name never stands across a corner", () => {
  const corner = [{ x: 0, y: 0 }, { x: 70, y: 0 }, { x: 70, y: 70 }];
  assert.deepEqual(straightSpots(corner, 80, 400, 5), []);
});

test("a name is never upside down, whichever way its street runs", () => {
  for (let turn = 0; turn < 360; turn += 15) {
    const angle = (turn * Math.PI) / 180;
    const line = [{ x: 0, y: 0 }, { x: 300 * Math.cos(angle), y: 300 * Math.sin(angle) }];
    const [spot] = straightSpots(line, 80, 400, 5);
    assert.ok(spot.angle > -Math.PI / 2 - 1e-9 && spot.angle <= Math.PI / 2 + 1e-9, `${turn}: ${spot.angle}`);
    // And it lies along the street, one way or the other.
    near(Math.sin(spot.angle - angle), 0, 1e-6);
  }
});

const LINE = [[0, 0], [0, 2], [1, 2]];
const KM = [0, 2, 3];

test("a march that has not begun has walked nothing and stands at its start", () => {
  assert.deepEqual(partUpTo(LINE, KM, 0), { line: [], tip: [0, 0], next: [0, 2] });
  assert.deepEqual(partUpTo(LINE, KM, -1).line, []);
});

test("a march part of the way stands in proportion to the length", () => {
  assert.deepEqual(partUpTo(LINE, KM, 0.5), { line: [[0, 0], [0, 0.5]], tip: [0, 0.5], next: [0, 2] });
  assert.deepEqual(partUpTo(LINE, KM, 2.5), { line: [[0, 0], [0, 2], [0.5, 2]], tip: [0.5, 2], next: [1, 2] });
});

test("a march on a corner looks along the next piece", () => {
  const { tip, next } = partUpTo(LINE, KM, 2);
  assert.deepEqual([tip, next], [[0, 2], [1, 2]]);
});

test("a march that has ended has walked all and stands at its end", () => {
  assert.deepEqual(partUpTo(LINE, KM, 3), { line: LINE, tip: [1, 2], next: null });
  assert.deepEqual(partUpTo(LINE, KM, 99).tip, [1, 2]);
});
