// Reads parts of the map's script as the page does: as texts in one scope.
import { readFileSync } from "node:fs";

const PARTS = new URL("../../geo/timemap/js/", import.meta.url);
const CASES = new URL("../cases/", import.meta.url);

/** The named parts, such as "time" or "large/index", in the order given, as {timemapTime, …}. */
export function load(...parts) {
  const texts = parts.map((part) => readFileSync(new URL(`${part}.js`, PARTS), "utf8"));
  const names = parts.map((part) => part.split("/").pop()).map((name) => `timemap${name[0].toUpperCase()}${name.slice(1)}`);
  return new Function(`"use strict";\n${texts.join("\n")}\nreturn { ${names.join(", ")} };`)();
}

/** A table of cases that the Python tests read too. */
export function cases(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, CASES), "utf8")).cases;
}
