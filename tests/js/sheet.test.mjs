import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapSheet } = load("sheet");
const { heightsIn, nearest } = timemapSheet;

test("heights are parts of the page, but for the lowest", () => {
  assert.deepEqual(heightsIn(1000, 74), { low: 74, half: 550, full: 920 });
});

for (const [px, name] of [[0, "low"], [300, "low"], [320, "half"], [734, "half"], [736, "full"], [2000, "full"]]) {
  test(`a sheet let go at ${px} of 1000 pixels comes to rest ${name}`, () => {
    assert.equal(nearest(heightsIn(1000, 74), px), name);
  });
}
