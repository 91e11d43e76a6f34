import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapBridge, timemapTime } = load("time", "dom", "bridge");
const { read, readFragment, writeFragment } = timemapBridge;

const DATA = { kinds: ["march", "fire"], attributions: ["observed", "official"], events: { ids: ["a-march", "a-fire"] } };
const at = (clock) => timemapTime.parse(`2022-01-05T${clock}`);

test("a whole state is read in the map's own terms", () => {
  const view = { lat: 43.25, lon: 76.94, zoom: 12.5 };
  assert.deepEqual(
    read({ from: "2022-01-05T14:07", to: "2022-01-05T16:00", mode: "sofar", possible: true, kinds: ["fire"],
      attributions: ["official"], q: "Abay", only: ["a-fire"], selected: "a-fire", view }, DATA),
    { from: at("14:07"), to: at("16:00"), mode: "sofar", possible: true, kinds: ["fire"],
      attributions: ["official"], q: "Abay", only: ["a-fire"], selected: "a-fire", view },
  );
});

test("what is not named is not touched", () => {
  assert.deepEqual(read({}, DATA), {});
  assert.deepEqual(read({ q: "" }, DATA), { q: "" });
});

test("what state() tells beyond what can be set is passed over", () => {
  assert.deepEqual(read({ visible: ["a-fire"], marks: 3, total: 2, statuses: {} }, DATA), {});
});

test("null closes the card and lifts only", () => {
  assert.deepEqual(read({ selected: null, only: null }, DATA), { selected: null, only: null });
});

test("a card of no event is none", () => {
  assert.equal(read({ selected: "nobody" }, DATA).selected, null);
});

test("a window may be empty, turned round or far outside: nothing is clamped", () => {
  const { from, to } = read({ from: "2199-01-01T00:01", to: "1925-01-01T00:00" }, DATA);
  assert.ok(from > to);
});

for (const [partial, why] of [
  [{ from: 27355 }, "a number for a time"],
  [{ from: "2022-01-05T14:00+06:00" }, "a time with an offset"],
  [{ to: "2022-02-30T00:00" }, "a time that does not exist"],
  [{ to: null }, "no time"],
  [{ mode: "range" }, "an unknown mode"],
  [{ possible: "1" }, "a text for a boolean"],
  [{ possible: null }, "null for a boolean"],
  [{ kinds: "fire" }, "a text for a list"],
  [{ kinds: ["flood"] }, "an unknown kind"],
  [{ kinds: [1] }, "a list of numbers"],
  [{ attributions: ["me"] }, "an unknown attribution"],
  [{ q: 7 }, "a number for words"],
  [{ only: "a-fire" }, "a text for ids"],
  [{ only: [null] }, "a null among ids"],
  [{ selected: 3 }, "a number for an event"],
  [{ view: null }, "no view"],
  [{ view: { lat: 43, lon: 77 } }, "a view without zoom"],
  [{ view: { lat: "43", lon: 77, zoom: 12 } }, "a text for a coordinate"],
  [{ view: { lat: NaN, lon: 77, zoom: 12 } }, "no number for a coordinate"],
]) {
  test(`${why} is refused`, () => assert.throws(() => read(partial, DATA), /./));
}

test("nothing of a state is taken when a part of it is refused", () => {
  assert.throws(() => read({ q: "words", mode: "range" }, DATA), RangeError);
});

test("lists are copied: what the caller does with them later changes nothing", () => {
  const kinds = ["fire"];
  const taken = read({ kinds }, DATA);
  kinds.push("march");
  assert.deepEqual(taken.kinds, ["fire"]);
});

const WHOLE = { from: "2022-01-05T14:07", to: "2022-01-05T16:00", mode: "sofar", possible: true, kinds: ["fire", "march"],
  attributions: ["official"], q: "a&b=c #d % ё, +", only: null, selected: "a-fire", view: { lat: 43.23835, lon: 76.94529, zoom: 12.5 } };

test("a fragment gives back the state it was written for, but for only", () => {
  const { only, ...rest } = read(WHOLE, DATA);
  assert.deepEqual(readFragment(writeFragment(WHOLE), DATA), rest);
});

test("a fragment of the plainest state holds times and view alone", () => {
  const plain = { ...WHOLE, mode: "window", possible: false, kinds: [], attributions: [], q: "", selected: null };
  assert.equal(writeFragment(plain), "#from=2022-01-05T14:07&to=2022-01-05T16:00&view=43.23835,76.94529,12.5");
});

test("a fragment without anything asks for nothing", () => {
  assert.deepEqual(readFragment("", DATA), {});
  assert.deepEqual(readFragment("#", DATA), {});
});

test("what a fragment spoils is left out, and the rest holds", () => {
  assert.deepEqual(readFragment("#from=05.01.2022&to=2022-01-05T16:00&mode=x&kinds=flood&view=1,2&nonsense=1", DATA),
    { to: at("16:00") });
});

test("a fragment with broken escapes is read as text, not refused", () => {
  assert.deepEqual(readFragment("#q=%E0%A4%A&from=2022-01-05T14:00", DATA).from, at("14:00"));
});
