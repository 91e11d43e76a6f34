// Runs in the page under test. A step counts as done in the first painted frame
// whose marks are exactly the expected ones, not when something has moved.
// Marks are told by `read`, one of the readers below.
window.benchProbe = (() => {
  const GIVES_UP_AFTER_MS = 20000;

  /** Resolves with the time right after the next frame was painted. */
  const afterPaint = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(null);
      });
    });

  /** This map: one mark a place or cluster of places, with the number of events. */
  function readTimemap() {
    return [...document.querySelectorAll(".tm-mark")].map(({ dataset }) => ({
      places: new Set(dataset.places.split(" ")),
      count: Number(dataset.count),
    }));
  }

  /** Whether the marks tell of exactly these events: [[id, [place, ...]], ...]. */
  function isTimemapExact(events) {
    const marks = readTimemap();
    const seen = events.map(([, places]) => places.filter((place) => marks.some((mark) => mark.places.has(place))));
    return (
      events.every(([, places], i) => seen[i].length === places.length) &&
      marks.every(
        (mark) => mark.count > 0 && mark.count === events.filter(([, places]) => places.some((p) => mark.places.has(p))).length,
      )
    );
  }

  /** The peer: one mark an event, in a frame of the same origin. */
  function readPeer() {
    return [...document.querySelectorAll("iframe[title^='streamlit_folium']")].flatMap((frame) =>
      [...(frame.contentDocument?.querySelectorAll(".leaflet-marker-icon") ?? [])].map((icon) => icon.title),
    );
  }

  function isPeerExact(events) {
    const shown = readPeer();
    return shown.length === events.length && events.every(([id]) => shown.includes(id));
  }

  async function until(isDone, since) {
    for (;;) {
      const now = await afterPaint();
      if (isDone()) return now - since;
      if (now - since > GIVES_UP_AFTER_MS) throw new Error("the expected marks never showed");
    }
  }

  let result = null;

  /** Time the next event of a type until isDone holds; ask for it with result(). */
  function arm(type, isDone) {
    result = new Promise((resolve, reject) => {
      const start = (event) => until(isDone, event.timeStamp).then(resolve, reject);
      window.addEventListener(type, start, { capture: true, once: true });
    });
  }

  /** Time the next pointer move until this map shows another window, exactly. */
  function armMove(eventsUntil) {
    const before = window.timemap.state().to;
    arm("pointermove", () => {
      const { to } = window.timemap.state();
      return to !== before && isTimemapExact(eventsUntil[to]);
    });
  }

  /** Frames and different mark sets painted in some seconds. */
  async function watch(seconds) {
    const times = [];
    const sets = new Set();
    const ends = performance.now() + seconds * 1000;
    while (performance.now() < ends) {
      times.push(await new Promise(requestAnimationFrame));
      sets.add(JSON.stringify(readTimemap().map(({ places, count }) => [[...places], count])));
    }
    return { intervals: times.slice(1).map((time, i) => time - times[i]), sets: sets.size };
  }

  /** Count how often the peer's marks change until the count is asked for. */
  function countPeerChanges() {
    let last = readPeer().join();
    let changes = 0;
    let isOn = true;
    const look = () => {
      const now = readPeer().join();
      if (now !== last) changes += 1;
      last = now;
      if (isOn) requestAnimationFrame(look);
    };
    look();
    return () => {
      isOn = false;
      return changes;
    };
  }

  return {
    armTimemap: (type, events) => arm(type, () => isTimemapExact(events)),
    armPeer: (type, events) => arm(type, () => isPeerExact(events)),
    armMove,
    settlePeer: (events) => until(() => isPeerExact(events), performance.now()),
    settleTimemap: (events) => until(() => isTimemapExact(events), performance.now()),
    result: () => result,
    watch,
    countPeerChanges,
  };
})();
