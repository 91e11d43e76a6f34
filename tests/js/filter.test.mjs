import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { timemapFilter } = load("time", "filter");
const { create, fold, windowOf } = timemapFilter;

const WORDS = ["shots on abay avenue", "сеифуллин кошесі", "мерзімі", "network cut"];

/** Four events: to the minute, an instant, a whole day, and one of wide bounds. */
const DATA = {
  span: [0, 2000],
  kinds: ["march", "fire", "statement"],
  attributions: ["observed", "official"],
  events: {
    ids: ["exact", "instant", "daylong", "vague"],
    start: [110, 120, 0, 300],
    end: [130, 120, 1440, 310],
    earliest: [110, 120, 0, 150],
    latest: [130, 120, 1440, 400],
    coarse: [0, 0, 1, 0],
    kind: [0, 1, 2, 0],
    by: [0, 1, 1, 0],
  },
};

const STATE = { from: 100, to: 200, mode: "window", possible: false, kinds: [], attributions: [], q: "", only: null };
const evaluate = (changes = {}) => create(DATA, (row) => WORDS[row]).evaluate({ ...STATE, ...changes });

test("fold drops case and accents", () => {
  assert.equal(fold("ÉTÉ Café"), "ete cafe");
});

test("fold opens ligatures and wide letters", () => {
  assert.equal(fold("ﬁre Ｆ５"), "fire f5");
});

test("fold takes й as и and ё as е, as Python's does", () => {
  assert.equal(fold("Сейфуллин"), "сеифуллин");
  assert.equal(fold("Ёлка"), "елка");
});

test("fold keeps Kazakh letters apart from their Russian neighbours", () => {
  assert.equal(fold("ҚАЗАҚСТАН Әуезов Өтеген Үкімет Ұлы Іле Ғабит Ңһ"), "қазақстан әуезов өтеген үкімет ұлы іле ғабит ңһ");
  assert.notEqual(fold("қ"), fold("к"));
});

test("fold gives a Turkish capital dotted I its plain letter", () => {
  assert.equal(fold("İ"), "i");
});

test("statuses are those of the window", () => {
  assert.deepEqual({ ...evaluate({ possible: true }).statuses },
    { exact: "certain", instant: "certain", daylong: "coarse", vague: "possible" });
});

test("possible events are told but not shown until asked for", () => {
  const hidden = evaluate();
  assert.deepEqual(hidden.visible, ["exact", "instant", "daylong"]);
  assert.deepEqual(hidden.possible_ids, ["vague"]);
  assert.deepEqual(evaluate({ possible: true }).visible, ["exact", "instant", "daylong", "vague"]);
});

test("a possible event has its status whether it is shown or not", () => {
  assert.equal(evaluate().statuses.vague, "possible");
  assert.equal(evaluate().rows[3], null);
});

test("counts tell every status, shown or not", () => {
  assert.deepEqual(evaluate().counts, { certain: 2, likely: 0, coarse: 1, possible: 1 });
});

test("kinds are alternatives", () => {
  assert.deepEqual(evaluate({ kinds: ["march", "fire"] }).visible, ["exact", "instant"]);
});

test("kind and attribution must both hold", () => {
  assert.deepEqual(evaluate({ kinds: ["fire", "march"], attributions: ["official"] }).visible, ["instant"]);
});

test("only keeps to its ids, an empty one to none", () => {
  assert.deepEqual(evaluate({ only: ["daylong", "nobody"] }).visible, ["daylong"]);
  assert.deepEqual(evaluate({ only: [] }).visible, []);
});

test("every word must be found, a part of a word suffices", () => {
  assert.deepEqual(evaluate({ q: "ABAY sho" }).visible, ["exact"]);
  assert.deepEqual(evaluate({ q: "abay network" }).visible, []);
});

test("words are folded as the texts are", () => {
  assert.deepEqual(evaluate({ q: "Сейфуллин" }).visible, ["instant"]);
});

test("blank words ask for nothing", () => {
  assert.equal(evaluate({ q: " \t\n " }).visible.length, 3);
});

test("words part at the same signs as in Python", () => {
  // str.split() parts at the separators U+001C to U+001F and at U+0085 too.
  assert.deepEqual(evaluate({ q: "shots\u001favenue\u0085abay\u2003on" }).visible, ["exact"]);
});

test("texts are read only when words are asked for", () => {
  const filter = create(DATA, () => assert.fail("nobody asked for words"));
  assert.equal(filter.evaluate(STATE).visible.length, 3);
});

test("so far begins with the data, whatever from says", () => {
  assert.deepEqual(windowOf(DATA, { ...STATE, mode: "sofar", from: 190 }), [0, 200]);
  assert.deepEqual(evaluate({ mode: "sofar", from: 190 }).visible, ["exact", "instant", "daylong"]);
});

test("an empty window shows nothing", () => {
  const { visible, possible_ids: possible, statuses } = evaluate({ from: 120, to: 120, possible: true });
  assert.deepEqual([visible, possible, Object.keys(statuses)], [[], [], []]);
});

test("an id may be any word, even one of JavaScript's own", () => {
  const ids = ["__proto__", "constructor", "toString", "vague"];
  const data = { ...DATA, events: { ...DATA.events, ids } };
  assert.deepEqual(Object.entries(create(data, () => "").evaluate(STATE).statuses),
    [["__proto__", "certain"], ["constructor", "certain"], ["toString", "coarse"], ["vague", "possible"]]);
});

test("one filter answers many states, each by itself", () => {
  const filter = create(DATA, (row) => WORDS[row]);
  filter.evaluate({ ...STATE, q: "network" });
  assert.equal(filter.evaluate(STATE).visible.length, 3);
  assert.deepEqual(filter.evaluate({ ...STATE, kinds: ["fire"] }).visible, ["instant"]);
});
