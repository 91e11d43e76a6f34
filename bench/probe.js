// Runs in every frame under test, before the page's own scripts. A step counts
// as done in the first painted frame whose marks are exactly the expected ones,
// not when something has moved. Marks are told by one of the readers below;
// `expected` is {reader, events: [[id, [place, ...]], ...]} for this map and
// {reader, numbers: [...]} for the others.
window.bench = (() => {
  const GIVES_UP_AFTER_MS = 30000;
  // This map's canvas rests when so many pictures in a row are the same.
  const ALIKE = 8;
  const PRINT = { width: 120, height: 80 };

  /** Resolves with the time right after the next frame was painted. */
  const afterPaint = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(null);
      });
    });

  /** This window and those of the frames it may look into. */
  function* windows() {
    yield window;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentDocument) yield frame.contentWindow;
    }
  }

  // ---- this map

  const ownCanvases = () => [...document.querySelectorAll(".folium-map canvas")]
    .filter(({ width, height }) => width && height);

  function readMarks() {
    return [...document.querySelectorAll(".tm-mark")].map(({ dataset }) => ({
      places: dataset.places.split(" "),
      count: Number(dataset.count),
    }));
  }

  /** Whether each place of each event is in a mark, and each mark counts its events. */
  function areMarksExact(events) {
    const markOf = new Map();
    const marks = readMarks();
    for (const mark of marks) {
      mark.events = new Set();
      for (const place of mark.places) markOf.set(place, mark);
    }
    for (const [id, places] of events) {
      for (const place of places) {
        if (!markOf.has(place)) return false;
        markOf.get(place).events.add(id);
      }
    }
    return marks.every((mark) => mark.count > 0 && mark.count === mark.events.size);
  }

  /** On a canvas only the map itself can say which events it shows. */
  function isVisibleExact(events) {
    const shown = new Set(window.timemap?.state().visible);
    return shown.size === events.length && events.every(([id]) => shown.has(id));
  }

  const isOnCanvas = ({ isLarge }) => Boolean(isLarge) && ownCanvases().length > 0;

  /** A small picture of the canvases, as one number. */
  function print() {
    const small = Object.assign(document.createElement("canvas"), PRINT);
    const context = small.getContext("2d", { willReadFrequently: true });
    for (const canvas of ownCanvases()) context.drawImage(canvas, 0, 0, PRINT.width, PRINT.height);
    const { data } = context.getImageData(0, 0, PRINT.width, PRINT.height);
    return new Uint32Array(data.buffer).reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 7);
  }

  // ---- the others: the numbers of the marks, or null while a drawing is due

  function leafletMaps() {
    const maps = [];
    for (const one of windows()) {
      if (!one.L) continue;
      const names = Object.keys(one).filter((name) => name === "map" || name.startsWith("map_"));
      maps.push(...names.map((name) => one[name]).filter((value) => value instanceof one.L.Map));
    }
    return [...new Set(maps)];
  }

  function leafletNumbers() {
    const maps = leafletMaps();
    if (!maps.length || maps.some((map) => map._renderer?._redrawRequest)) return null;
    const numbers = [];
    for (const map of maps) {
      for (const layer of Object.values(map._layers)) {
        const n = layer._layers ? undefined : (layer.options?.n ?? layer.feature?.properties?.n);
        if (n !== undefined) numbers.push(n);
      }
    }
    return numbers;
  }

  /** deck.gl hides in the chart's React tree; found once, then kept. */
  let deck = null;

  function findDeck() {
    const root = document.querySelector("[data-testid=stDeckGlJsonChart]");
    const key = root && Object.keys(root).find((name) => name.startsWith("__reactFiber"));
    const ahead = key ? [root[key].child] : [];
    while (ahead.length) {
      const fiber = ahead.pop();
      if (!fiber) continue;
      for (let hook = fiber.memoizedState; hook && typeof hook === "object"; hook = hook.next) {
        const kept = hook.memoizedState;
        for (const value of [kept, kept?.current, ...(Array.isArray(kept) ? kept : [])]) {
          if (value?.deck?.layerManager) return value.deck;
          if (value?.layerManager) return value;
        }
      }
      ahead.push(fiber.sibling, fiber.child);
    }
    return null;
  }

  function deckNumbers() {
    deck ??= findDeck();
    const layer = deck?.layerManager?.getLayers().find(({ id }) => id === "events");
    if (!layer || !layer.isLoaded || deck.needsRedraw({ clearRedrawFlags: false })) return null;
    return [...layer.props.data].map(({ n }) => n);
  }

  function plotlyNumbers() {
    const plot = document.querySelector(".js-plotly-plot");
    const trace = plot?._fullData?.[0];
    const inner = plot?._fullLayout?.map?._subplot?.map;
    if (!trace?.customdata || !inner?.loaded()) return null;
    return [...trace.customdata];
  }

  const READERS = { leaflet: leafletNumbers, deck: deckNumbers, plotly: plotlyNumbers };

  function areNumbersExact({ reader, numbers }) {
    const shown = READERS[reader]();
    if (shown?.length !== numbers.length) return false;
    const wanted = new Set(numbers);
    return shown.every((n) => wanted.has(n)) && new Set(shown).size === wanted.size;
  }

  // ---- waiting

  function isExact(expected) {
    if (expected.reader === "empty") {
      return document.querySelector("[data-test-script-state=notRunning] [data-testid=stText]") !== null;
    }
    if (expected.reader !== "timemap") return areNumbersExact(expected);
    if (!window.timemap) return false;
    return isOnCanvas(expected) ? isVisibleExact(expected.events) : areMarksExact(expected.events);
  }

  /** Resolves with the time when it was first shown, as `performance.now()` counts. */
  async function until(isDone, isCanvas, since = performance.now()) {
    for (;;) {
      const now = await afterPaint();
      if (isDone()) return isCanvas() ? stillSince(now) : now;
      if (now - since > GIVES_UP_AFTER_MS) throw new Error(`over ${GIVES_UP_AFTER_MS / 1000} s`);
    }
  }

  /** The time of the first of several pictures that are all alike. */
  async function stillSince(first) {
    let [since, last] = [first, print()];
    for (let alike = 1; alike < ALIKE; alike += 1) {
      const now = await afterPaint();
      const picture = print();
      if (picture !== last) [since, last, alike] = [now, picture, 0];
      if (now - first > GIVES_UP_AFTER_MS) throw new Error("never comes to rest");
    }
    return since;
  }

  let result = null;

  /** Time the next event of a type until isDone holds; ask for it with result(). */
  function arm(type, isDone, isCanvas) {
    result = new Promise((resolve, reject) => {
      const start = ({ timeStamp }) => {
        until(isDone, isCanvas, timeStamp).then((done) => resolve(done - timeStamp), reject);
      };
      window.addEventListener(type, start, { capture: true, once: true });
    });
    // Whoever asks for it later sees the failure.
    result.catch(() => {});
  }

  /** Time the next pointer move until this map shows another window, exactly. */
  function armMove(expectedUntil) {
    const before = window.timemap.state().to;
    const isDone = () => {
      const { to } = window.timemap.state();
      return to !== before && isExact(expectedUntil[to]);
    };
    arm("pointermove", isDone, () => isOnCanvas(expectedUntil[before]));
  }

  // ---- play and drag

  /** What distinguishes one set of marks from the next, told quickly. */
  function signature(expected) {
    const { reader } = expected;
    if (reader !== "timemap") {
      const numbers = READERS[reader]() ?? [];
      return `${numbers.length} ${numbers.reduce((sum, n) => sum + n, 0)}`;
    }
    if (isOnCanvas(expected)) return print();
    return readMarks().map(({ places, count }) => `${places} ${count}`).join();
  }

  /** The intervals between animation frames in some seconds, in ms. */
  async function frames(seconds) {
    const times = [];
    const ends = performance.now() + seconds * 1000;
    while (performance.now() < ends) times.push(await new Promise(requestAnimationFrame));
    return times.slice(1).map((time, i) => time - times[i]);
  }

  /** How often the marks changed from one frame to the next in some seconds. */
  async function changes(expected, seconds) {
    const stop = countChanges(expected);
    await new Promise((done) => { setTimeout(done, seconds * 1000); });
    return stop();
  }

  /** Count how often the marks change until the count is asked for. */
  function countChanges(expected) {
    let last = signature(expected);
    let changed = 0;
    let isOn = true;
    const look = () => {
      const now = signature(expected);
      if (now !== last) changed += 1;
      last = now;
      if (isOn) requestAnimationFrame(look);
    };
    look();
    return () => {
      isOn = false;
      return changed;
    };
  }

  const waitFor = (expected) => until(() => isExact(expected), () => isOnCanvas(expected));

  /** Note when the page's first picture was painted, counted from 1970. */
  function watchLoad(expected) {
    waitFor(expected).then(
      (done) => { window.benchLoaded = { at: performance.timeOrigin + done }; },
      (error) => { window.benchLoaded = { failed: error.message }; },
    );
  }

  return {
    watchLoad,
    arm: (type, expected) => arm(type, () => isExact(expected), () => isOnCanvas(expected)),
    armMove,
    settle: waitFor,
    result: () => result,
    frames,
    changes,
    countChanges,
    leafletMaps,
  };
})();
