// Mounts the map element: holds the one state, filters, and has each part
// draw at most once a frame.
const timemapMount = (() => {
  const CITY_PADDING = [36, 36];
  const COUNTRY_PADDING = [80, 50];
  const STATE_KEYS = ["from", "to", "mode", "possible", "kinds", "attributions", "q", "only", "selected", "view"];

  function mount(way, map, data) {
    const root = document.querySelector(".tm");
    root.querySelector("[data-part=stage]").prepend(map.getContainer());
    const opening = timemapBridge.read(data.opening.state, data);
    Object.assign(opening, timemapBridge.openingOf(data));
    // The view comes first: whatever is added afterwards is drawn once.
    if (opening.view) map.setView([opening.view.lat, opening.view.lon], opening.view.zoom, { animate: false });
    else map.fitBounds(data.bounds.city, { padding: CITY_PADDING, animate: false });
    L.control.zoom({ position: "topleft", zoomInTitle: data.messages.zoomIn, zoomOutTitle: data.messages.zoomOut }).addTo(map);
    timemapBasemap.addScale(map, data.messages.scale);
    const state = { from: data.opening.from, to: data.opening.to, mode: "window", possible: false,
      kinds: [], attributions: [], q: "", only: null, selected: null,
      view: opening.view ?? viewOf(map) };
    const { filter, list, pointsOf, routeOf, tellsAll, ready, marks: addMarks } = way.create(root, data);
    let result = null;
    let drawn = {};
    let shouldFocus = false;
    let shouldReveal = false;
    let route = null;
    // Only a page that tells the story carries its script.
    const story = data.chapters ? timemapStory.create(root, map, data, { change, getState: () => state,
      pause: () => player.pause(), toggle: () => player.toggle(), zoomTime: (range) => timeline.show(range),
      changed: () => bridge.changed(), closePlace: () => panel.isPlaceShown() && panel.showPlace(null) }) : null;

    /** The filter's answer to the state as it is now. */
    const current = () => (result ??= filter.evaluate(state));

    /** Change the state in the map's own terms (minutes). */
    function change(asked, { takesFocus = false } = {}) {
      const partial = story ? story.read(asked) : asked;
      for (const key of STATE_KEYS) if (key in partial) state[key] = partial[key];
      if (partial.view && !story?.fly(asked)) map.setView([state.view.lat, state.view.lon], state.view.zoom, { animate: false, reset: true });
      // Who sets a view wants that one, wherever the event lies.
      if ("selected" in partial || partial.view) shouldReveal = !partial.view;
      shouldFocus ||= takesFocus;
      result = null;
      paint();
      bridge.changed();
    }

    const paint = timemapDom.perFrame(drawAll);

    function drawAll() {
      const isSame = (...keys) => keys.every((key) => drawn[key] === state[key]);
      const answer = current();
      const row = state.selected === null ? null : data.events.ids.indexOf(state.selected);
      marks.draw(answer, row);
      routes.draw(...timemapFilter.windowOf(data, state), route ?? (row === null ? null : routeOf(row)));
      panel.draw(answer, state);
      if (!isSame("kinds", "attributions", "q", "only")) timeline.redraw(filter.barsOf(state));
      if (!isSame("from", "to", "mode")) timeline.follow();
      timeline.words(state);
      panel.open(state.selected, { takesFocus: shouldFocus });
      if (shouldReveal && !isSame("selected") && row !== null) reveal(row);
      story?.draw(state);
      shouldFocus = shouldReveal = false;
      drawn = { ...state };
    }

    /** Bring an event's place into view without a jump of the zoom. */
    function reveal(row) {
      // An opening card may have taken room from the map.
      map.invalidateSize({ animate: false });
      const size = map.getSize();
      const open = { x: size.x, y: size.y - (sheet?.covers(map.getContainer()) ?? 0) };
      const spots = pointsOf(row).map((point) => map.latLngToContainerPoint(point));
      if (spots.length === 0 || spots.some(({ x, y }) => x >= 0 && y >= 0 && x <= open.x && y <= open.y)) return;
      map.panBy([spots[0].x - open.x / 2, spots[0].y - open.y / 2], { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    }

    /** The state for others; isWhole: with what the filter finds, event by event. */
    function report(isWhole) {
      paint.now();
      story?.land();
      const answer = current();
      const { from, to, mode, possible, kinds, attributions, q, only, selected, view } = state;
      return { from: timemapTime.format(from), to: timemapTime.format(to), mode, possible, kinds: [...kinds],
        attributions: [...attributions], q, only: only && [...only], selected, view: { ...view },
        ...(isWhole && { visible: [...answer.visible], possible_ids: [...answer.possible_ids], statuses: { ...answer.statuses } }),
        marks: marks.count(), total: data.events.ids.length,
        ...story?.report() };
    }

    const base = timemapBasemap.add(map, data.base);
    if (data.tiles) timemapBasemap.offerTiles(map, root, data.tiles);
    const set = (partial, options) => change(timemapBridge.read(partial, data), options);
    const player = timemapPlayer.create(root, data, { set: story ? story.walk : change, getState: () => state, onChange: () => { bridge.changed(); panel.speak(); } });
    const bridge = timemapBridge.create(data, { state: () => report(true), told: () => report(tellsAll), set, change, play: player.play, pause: player.pause,
      isHeld: () => timeline.isHeld() || story?.isFlying() });
    const timeline = timemapTimeline.create(root, data, { getState: () => state, onRelease: () => bridge.changed(),
      onWindow: (from, to) => { player.pause(); change({ from, to }); } });
    const marks = addMarks(map, { onChange: base.shade, onOpen: openMark });
    const routes = timemapRoutes.create(map, data, { onOpen: openRoute });
    const sheet = root.querySelector("[data-part=grip]") && timemapSheet.create(root, { words: data.messages.sheet });
    const panel = timemapPanel.create(root, data, { list, getState: () => state, set: change, onRoute: showRoute, onShow: fit, onLocate: locate, onFill: (isFull) => sheet?.follow(isFull) });

    /** An event opens its card; a place, the list of its events. */
    function openMark({ id = null, has, name }) {
      change({ selected: id }, { takesFocus: id !== null });
      if (has) panel.showPlace(has, name);
    }

    /** From a line on the map to its entry below the list. */
    function openRoute(id) {
      change({ selected: null });
      panel.showPlace(null);
      const entry = document.getElementById(`tm-route-${id}`);
      entry.open = true;
      route = id;
      entry.scrollIntoView({ block: "nearest" });
      entry.querySelector("summary").focus({ preventScroll: true });
    }

    /** From an entry to its line on the map. */
    function showRoute(id) {
      const { bounds, earliest, latest, start, end } = data.routes.find((one) => one.id === id);
      route = id;
      change({ from: start ?? earliest, to: end ?? latest, mode: "window" });
      if (bounds) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 15, animate: false });
    }

    /** Bring the "city" or the "country" into view. */
    function fit(what) {
      map.fitBounds(data.bounds[what], { padding: what === "country" ? COUNTRY_PADDING : CITY_PADDING, animate: false });
    }

    /** Bring the places of an event into view. */
    function locate(id) {
      sheet?.makeWay();
      const row = data.events.ids.indexOf(id);
      const points = pointsOf(row);
      if (points.length) map.fitBounds(points, { maxZoom: 15.5, padding: [60, 60], animate: false });
    }

    if (window.parent !== window && matchMedia("(pointer: coarse)").matches) timemapTouch.share(map, root.querySelector("[data-part=hint]"));

    // In a compact map a card takes room from the map, and gives it back.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    map.on("moveend", () => {
      if (story?.isFlying()) return;
      const seen = viewOf(map);
      // A view that was set reads back as it was set, not as the pixel next to it.
      const pixel = ({ lat, lon }) => map.project([lat, lon], seen.zoom);
      if (pixel(seen).distanceTo(pixel(state.view)) < 1.5 && Math.abs(seen.zoom - state.view.zoom) < 0.01) return;
      state.view = seen;
      bridge.changed();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (state.selected !== null) change({ selected: null }, { takesFocus: true });
        else if (panel.isPlaceShown()) panel.showPlace(null);
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.closest("button, input, select, summary, a, [role=button], [role=slider]")) return;
      event.preventDefault();
      player.toggle();
    });

    const { view, ...rest } = opening;
    change(story ? { step: 0, ...opening } : rest);
    shouldReveal &&= !view;
    paint.now();
    // After the marks are on screen the list may take its time.
    requestAnimationFrame(() => setTimeout(() => root.querySelector("[data-waiting]").removeAttribute("data-waiting")));
    ready.then(() => {
      filter.forget();
      result = null;
      drawAll();
      root.dataset.ready = "true";
      bridge.expose();
    });
  }

  /** Where the map looks, as exactly as a link needs it. */
  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    return { lat: round(lat, 5), lon: round(lng, 5), zoom: round(map.getZoom(), 2) };
  }

  const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;

  /** Mount a map of few events or of many, as the way knows how. */
  return async (way, map, data) => {
    try {
      await way.open?.(data);
      mount(way, map, data);
    } catch (error) {
      console.error(error);
      document.querySelector(".tm [data-part=failure]").hidden = false;
    }
  };
})();
