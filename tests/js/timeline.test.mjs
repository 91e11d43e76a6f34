import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapDom, timemapTime, timemapTimeline } = load("time", "dom", "timeline");
const { histogram, momentWords, windowWords } = timemapTimeline;

const FIRST_DAY = timemapTime.dayOf(timemapTime.parse("2022-01-04T00:00"));
const WORDS = {
  days: { first: FIRST_DAY, long: ["Tuesday 4 January", "Wednesday 5 January", "Thursday 6 January"], short: [] },
  messages: {
    moment: "{day}, {time}", windowInDay: "{day}, {start}–{end}", windowAcross: "{start} – {end}",
    untilMoment: "Everything up to {day}, {time}",
  },
};
const words = (from, to, mode = "window") => windowWords(WORDS,
  { from: timemapTime.parse(`2022-01-${from}`), to: timemapTime.parse(`2022-01-${to}`), mode }, timemapDom.fill);

test("a window within a day names the day once", () => {
  assert.equal(words("05T14:00", "05T16:30"), "Wednesday 5 January, 14:00–16:30");
});

test("midnight at a window's end closes the day before it as 24:00", () => {
  assert.equal(words("05T00:00", "06T00:00"), "Wednesday 5 January, 00:00–24:00");
});

test("a window across days names both", () => {
  assert.equal(words("04T22:00", "05T02:00"), "Tuesday 4 January, 22:00 – Wednesday 5 January, 02:00");
});

test("a window of several whole days ends at 24:00 of the last", () => {
  assert.equal(words("04T00:00", "07T00:00"), "Tuesday 4 January, 00:00 – Thursday 6 January, 24:00");
});

test("an empty window at midnight is not turned into the day before", () => {
  assert.equal(words("05T00:00", "05T00:00"), "Wednesday 5 January, 00:00–00:00");
});

test("so far names its end alone", () => {
  assert.equal(words("04T00:00", "05T14:50", "sofar"), "Everything up to Wednesday 5 January, 14:50");
});

test("a moment outside the days in words is given as a date", () => {
  assert.equal(momentWords(WORDS, timemapTime.parse("2030-06-01T10:00")), "2030-06-01, 10:00");
});

test("text put into a message is not filled once more", () => {
  assert.equal(timemapDom.fill("{a} {b} {c}", { a: "{b}", b: "$&" }), "{b} $& {c}");
});

/** Data of some [start, end, coarse, group] in two groups. */
function dataOf(rows) {
  const column = (i) => rows.map((row) => row[i]);
  return { groups: [0, 1], groupOf: [0, 1],
    events: { start: column(0), end: column(1), coarse: column(2), kind: column(3) } };
}

const bins = (rows, range, bin, mask = rows.map(() => true)) => {
  const { sharp, coarse } = histogram(dataOf(rows), mask, range, bin);
  return { sharp: sharp.map((row) => [...row]), coarse: [...coarse] };
};

test("an event spreads its weight evenly over its time", () => {
  assert.deepEqual(bins([[30, 90, 0, 0]], [0, 180], 60).sharp[0], [0.5, 0.5, 0]);
});

test("an instant puts its whole weight into its bin, on an edge into the later one", () => {
  assert.deepEqual(bins([[59, 59, 0, 0], [60, 60, 0, 0]], [0, 120], 60).sharp[0], [1, 1]);
});

test("coarse events stand apart from all groups", () => {
  assert.deepEqual(bins([[0, 120, 1, 0], [0, 60, 0, 1]], [0, 120], 60),
    { sharp: [[0, 0], [1, 0]], coarse: [0.5, 0.5] });
});

test("what is filtered away weighs nothing", () => {
  assert.deepEqual(bins([[0, 60, 0, 0], [0, 60, 0, 0]], [0, 60], 60, [true, false]).sharp[0], [1]);
});

test("what lies outside the range is not counted, what reaches in is in part", () => {
  assert.deepEqual(bins([[-60, 0, 0, 0], [60, 120, 0, 0], [-30, 30, 0, 1]], [0, 60], 60).sharp, [[0], [0.5]]);
});

test("all weights together are the number of events, whatever the bin", () => {
  const rows = Array.from({ length: 60 }, (_, i) => [(i * 37) % 900, ((i * 37) % 900) + ((i * 13) % 100), i % 3 === 0 ? 1 : 0, i % 2]);
  for (const bin of [15, 60, 180, 720, 999]) {
    const { sharp, coarse } = bins(rows, [0, 1080], bin);
    const sum = [...sharp.flat(), ...coarse].reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - rows.length) < 1e-9, `bins of ${bin} minutes hold ${sum}`);
  }
});
