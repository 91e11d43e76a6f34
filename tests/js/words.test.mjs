import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { load } from "./load.mjs";

const { timemapWords } = load("time", "filter", "words");

/** Packs lines whose letters stand in order of `letters`, all below 128 of them. */
function pack(letters, text) {
  const codes = String.fromCodePoint(...[...text].map((sign) => [...letters].indexOf(sign) + 1));
  return { letters, deflated: deflateSync(codes).toString("base64") };
}

test("packed lines come out again", async () => {
  const packed = pack(" \nабвқ😀", "аб вқ\n\n😀 а");
  assert.deepEqual(await timemapWords.unpack(packed), ["аб вқ", "", "😀 а"]);
});

test("letters behind the surrogates are counted past them", async () => {
  const letters = Array.from({ length: 0xd900 }, (_, place) => String.fromCodePoint(0x10000 + place)).join("");
  const code = 0xd8ff + 1 + 0x800;
  const packed = { letters, deflated: deflateSync(String.fromCodePoint(code)).toString("base64") };
  assert.deepEqual(await timemapWords.unpack(packed), [String.fromCodePoint(0x10000 + 0xd8ff)]);
});

test("a page that shows all words is ready at once", async () => {
  await timemapWords.create({ words: null, events: { ids: [] } }).ready;
});

test("words that cannot be unpacked leave those of the page", async (t) => {
  const said = t.mock.method(console, "error", () => {});
  await timemapWords.create({ words: { letters: "a", deflated: "AAAA" }, events: { ids: [] } }).ready;
  assert.equal(said.mock.callCount(), 1);
});
