import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapStory, timemapBridge, timemapTime } = load("time", "dom", "bridge", "story");
const { stepAfter, hasLeft, timeAround } = timemapStory;

const press = (key, modifiers = {}) => ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers });

test("arrows and a clicker's page keys lead one step on or back", () => {
  assert.deepEqual(["ArrowRight", "PageDown", "ArrowLeft", "PageUp"].map((key) => stepAfter(press(key), 4, 11)), [5, 5, 3, 3]);
});

test("the ends wrap nowhere", () => {
  assert.equal(stepAfter(press("ArrowLeft"), 0, 11), 0);
  assert.equal(stepAfter(press("ArrowRight"), 11, 11), 11);
});

test("a story without chapters has nowhere to go", () => {
  assert.equal(stepAfter(press("ArrowRight"), 0, 0), 0);
});

test("other keys, and shortcuts of the browser, are left alone", () => {
  assert.equal(stepAfter(press("a"), 4, 11), null);
  for (const modifier of ["altKey", "ctrlKey", "metaKey", "shiftKey"]) {
    assert.equal(stepAfter(press("ArrowLeft", { [modifier]: true }), 4, 11), null);
  }
});

const OWN = { from: 10, to: 20, mode: "window", possible: false, kinds: [], attributions: [], q: "", only: null,
  view: { lat: 43.2, lon: 76.9, zoom: 12 } };

test("a step's own state has not left it, with or without an open card", () => {
  assert.equal(hasLeft({ ...OWN, selected: null }, OWN), false);
  assert.equal(hasLeft({ ...OWN, selected: "a-march" }, OWN), false);
});

for (const [name, value] of [["from", 11], ["to", 19], ["mode", "sofar"], ["possible", true], ["kinds", ["march"]],
  ["attributions", ["observed"]], ["q", "words"], ["only", []], ["view", { lat: 43.2, lon: 76.9, zoom: 12.1 }]]) {
  test(`another ${name} has left the step`, () => assert.equal(hasLeft({ ...OWN, [name]: value }, OWN), true));
}

test("time is shown with a margin round a window, and from the start in the mode so far", () => {
  assert.deepEqual(timeAround({ from: 100, to: 200, mode: "window" }, [0, 1000]), [70, 230]);
  assert.deepEqual(timeAround({ from: 100, to: 200, mode: "sofar" }, [0, 1000]), [-60, 260]);
});

// How a step is read and written: the bridge's part.

const { read, readFragment, writeFragment } = timemapBridge;
const DATA = { kinds: ["march"], attributions: ["observed"], events: { ids: ["a-march"] }, chapters: [{}, {}] };
const STATE = { from: "2022-01-05T14:00", to: "2022-01-05T16:00", mode: "window", possible: false, kinds: [],
  attributions: [], q: "", only: null, selected: null, view: { lat: 43.2, lon: 76.9, zoom: 12 }, step: 2, exploring: false };

test("a step is one of the chapters or the note before them", () => {
  for (const step of [0, 1, 2]) assert.deepEqual(read({ step }, DATA), { step });
  for (const step of [-1, 3, 1.5, "1", null, NaN]) assert.throws(() => read({ step }, DATA), RangeError);
});

test("a bad step in a fragment is left out, and the rest holds", () => {
  for (const bad of ["3", "-1", "x", "1.5", " "]) assert.deepEqual(readFragment(`#step=${bad}&q=words`, DATA), { q: "words" });
});

test("at a step a fragment names it alone, and an open card", () => {
  assert.equal(writeFragment(STATE), "#step=2");
  assert.equal(writeFragment({ ...STATE, selected: "a-march" }), "#step=2&id=a-march");
});

test("a fragment of what was explored gives back all of it", () => {
  const at = (clock) => timemapTime.parse(`2022-01-05T${clock}`);
  const { from, to, mode, step, view } = { ...STATE, from: at("14:00"), to: at("16:00") };
  assert.deepEqual(readFragment(writeFragment({ ...STATE, exploring: true }), DATA), { step, from, to, mode, view });
});
