// Says times as the map of a large set does, for comparison with Python:
// {packed, first, rows: [[start, end, earliest, latest, precision]]} -> [words].
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { timemapSpans } = load("time", "dom", "large/spans");
const { packed, first, rows } = JSON.parse(readFileSync(0, "utf8"));
const { span } = timemapSpans.create(packed, first);
console.log(JSON.stringify(rows.map((row) => span(...row))));
