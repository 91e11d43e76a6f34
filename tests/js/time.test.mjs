import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load } from "./load.mjs";

const { timemapTime } = load("time");
const { clock, dayOf, format, overlaps, parse, status } = timemapTime;

const WINDOWS = cases("windows");
const isCoarse = ({ precision }) => precision === "part-of-day" || precision === "day";

test("the shared table of windows is there", () => {
  assert.ok(WINDOWS.length > 400);
  assert.deepEqual(new Set(WINDOWS.map((one) => one.status)),
    new Set(["certain", "likely", "coarse", "possible", null]));
});

test("every case of the shared table has the status the table says", () => {
  for (const one of WINDOWS) {
    const found = status(one.start, one.end, one.earliest, one.latest, isCoarse(one), one.from, one.to);
    assert.equal(found, one.status, JSON.stringify(one));
  }
});

test("minute 0 is the first minute of 1970", () => {
  assert.equal(parse("1970-01-01T00:00"), 0);
  assert.equal(format(0), "1970-01-01T00:00");
});

test("a moment of January 2022 is the number of minutes counted by hand", () => {
  // 52 years with 13 leap days are 18993 days; then 4 days, 14 hours, 50 minutes.
  assert.equal(parse("2022-01-05T14:50"), (18993 + 4) * 1440 + 14 * 60 + 50);
});

test("what is parsed is formatted as it was", () => {
  for (const text of ["1925-01-01T00:00", "1969-12-31T23:59", "2020-02-29T12:00", "2022-01-05T23:59",
    "2024-03-01T00:30", "2199-12-31T23:59"]) {
    assert.equal(format(parse(text)), text);
  }
});

test("the viewer's daylight saving leaves no hole and no double hour", () => {
  // New York skips 02:00 to 03:00 on 13 March 2022 and has 01:30 twice on 6 November.
  assert.equal(parse("2022-03-13T03:00") - parse("2022-03-13T01:00"), 120);
  assert.equal(parse("2022-11-06T03:00") - parse("2022-11-06T00:00"), 180);
});

for (const text of ["", "2022-01-05", "2022-01-05 14:50", "2022-01-05T14:50+06:00", "2022-01-05T14:50:00",
  "2022-01-05T24:00", "2022-01-05T14:60", "2022-02-31T00:00", "2021-02-29T00:00", "2022-13-01T00:00",
  "2022-00-10T00:00", "05.01.2022", " 2022-01-05T14:50", "2022-01-05T14:50\n"]) {
  test(`${JSON.stringify(text)} is no moment`, () => {
    assert.throws(() => parse(text), RangeError);
  });
}

test("half a minute is cut off, not rounded", () => {
  assert.equal(format(1.9), "1970-01-01T00:01");
});

test("a clock shows hour and minute with both digits", () => {
  assert.equal(clock(parse("2022-01-05T04:05")), "04:05");
});

test("a day lasts from its midnight to the next", () => {
  const midnight = parse("2022-01-05T00:00");
  assert.equal(dayOf(midnight) - dayOf(midnight - 1), 1);
  assert.equal(dayOf(midnight), dayOf(midnight + 1439));
});

test("a stretch that ends where the window opens is outside", () => {
  assert.equal(overlaps(0, 10, 10, 20), false);
});

test("a stretch that begins where the window closes is outside", () => {
  assert.equal(overlaps(20, 30, 10, 20), false);
});

test("an instant on the opening edge is inside, on the closing edge outside", () => {
  assert.equal(overlaps(10, 10, 10, 20), true);
  assert.equal(overlaps(20, 20, 10, 20), false);
});

test("an empty window meets nothing, not even what surrounds it", () => {
  assert.equal(overlaps(0, 30, 15, 15), false);
  assert.equal(overlaps(15, 15, 15, 15), false);
});

test("a window turned round meets nothing", () => {
  assert.equal(overlaps(0, 30, 20, 10), false);
});
