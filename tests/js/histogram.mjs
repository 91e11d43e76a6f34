// Counts as the map does what the standard input asks for, for comparison with Python:
// {data, window: [from, to], bin} -> {sharp: [group][bin], coarse: [bin]}.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { timemapTimeline } = load("time", "dom", "timeline");
const { data, window, bin } = JSON.parse(readFileSync(0, "utf8"));
const { sharp, coarse } = timemapTimeline.histogram(data, data.events.ids.map(() => true), window, bin);
console.log(JSON.stringify({ sharp: sharp.map((row) => [...row]), coarse: [...coarse] }));
