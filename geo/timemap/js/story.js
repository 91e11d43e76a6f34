// The story beside the map: its chapters, the keys that step through them, and
// the way back from exploring. A page that tells no story does not carry this.
const timemapStory = (() => {
  // Settled well within a second: a flight, and a moment until it is checked.
  const FLIGHT_S = 0.6;
  const LANDED_MS = 720;
  // What a presenter's clicker sends is PageUp and PageDown.
  const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  const SCROLLS = { ArrowDown: 1, ArrowUp: -1 };
  const SIZES = 3;
  // A quarter of an hour a second lets a class follow a march.
  const WALK_SPEED = "15";
  const UNFILTERED = { possible: false, kinds: [], attributions: [], q: "", only: null };
  // Where these keys already move something.
  const OWN_KEYS = "input:not([type=checkbox]), select, textarea, [contenteditable], [role=slider]";

  /** The step that a key leads to, or null; the ends wrap nowhere. */
  function stepAfter({ key, altKey, ctrlKey, metaKey, shiftKey }, step, last) {
    if (!(key in STEPS) || altKey || ctrlKey || metaKey || shiftKey) return null;
    return Math.max(0, Math.min(last, step + STEPS[key]));
  }

  /** Whether a state is no longer the one its step asks for; an open card does not count. */
  function hasLeft(state, own) {
    return Object.keys(own).some((key) => JSON.stringify(state[key]) !== JSON.stringify(own[key]));
  }

  /** The part of time to show round a window. */
  function timeAround({ from, to, mode }, [first]) {
    const low = mode === "sofar" ? first : from;
    const margin = (to - low) * 0.3;
    return [low - margin, to + margin];
  }

  function create(root, map, data, { change, getState, pause, toggle, zoomTime, changed, closePlace }) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const all = (selector) => [...root.querySelectorAll(selector)];
    const last = data.chapters.length;
    const articles = all("[data-chapter]");
    const body = part("story");
    const menu = part("story-menu");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const note = { from: data.opening.from, to: data.opening.to, mode: "window", view: viewOfCity() };
    let step = 0;
    let shown = null;
    let size = 0;
    let isRoaming = false;
    let isListed = false;
    // Opening at a step is no flight; who holds this page says at which it opens.
    let jumps = window.parent === window ? 1 : 2;
    let wantsHeading = false;
    let landing = 0;
    let march = null;
    let isWalking = false;

    /** Where the content note looks: at the whole city. */
    function viewOfCity() {
      const bounds = L.latLngBounds(data.bounds.city);
      const { lat, lng } = bounds.getCenter();
      const round = (value, digits) => Number(value.toFixed(digits));
      return { lat: round(lat, 5), lon: round(lng, 5), zoom: round(map.getBoundsZoom(bounds, false, L.point(72, 72)), 2) };
    }

    /** What a step asks of the map. */
    function ownOf(number) {
      const { from, to, mode, view } = number === 0 ? note : data.chapters[number - 1];
      return { ...UNFILTERED, from, to, mode, view };
    }

    /** The march that a chapter offers to play, or nothing. */
    const routeOf = (number) => (number === 0 ? null : data.chapters[number - 1].route);

    const isExploring = () => isRoaming || hasLeft(getState(), ownOf(step));

    /** A change with a step in it: what the step asks for, and what else was asked. */
    function read(asked) {
      if (!isWalking && ["from", "to", "step"].some((name) => name in asked)) march = null;
      if (!("step" in asked)) return asked;
      const { step: next, ...rest } = asked;
      if (next !== step) for (const button of all("[data-answer]")) answer(button, false);
      step = next;
      pause();
      closePlace();
      isListed = false;
      roam(false);
      zoomTime(timeAround({ ...ownOf(step), ...rest }, data.span));
      return { ...ownOf(step), selected: null, ...rest };
    }

    /** Give the map more room, or take it back. */
    function roam(wanted) {
      if (isRoaming === wanted) return;
      isRoaming = wanted;
      root.classList.toggle("tm-roaming", wanted);
      map.invalidateSize({ animate: false });
    }

    /** Fly to the view of a step; false where the view is to be set at once. */
    function fly(asked) {
      const mayFly = jumps === 0 && "step" in asked && !("view" in asked) && !calm.matches;
      if (jumps > 0 && "step" in asked) jumps -= 1;
      clearTimeout(landing);
      landing = 0;
      if (!mayFly) return false;
      if (isThere()) return true;
      const { lat, lon, zoom } = getState().view;
      map.flyTo([lat, lon], zoom, { duration: FLIGHT_S });
      landing = setTimeout(land, LANDED_MS);
      return true;
    }

    function isThere() {
      const { lat, lon, zoom } = getState().view;
      const at = (latlng) => map.project(latlng, zoom);
      return map.getZoom() === zoom && at([lat, lon]).distanceTo(at(map.getCenter())) < 1;
    }

    /** End a flight where it was to lead. */
    function land() {
      if (!landing) return;
      clearTimeout(landing);
      const { lat, lon, zoom } = getState().view;
      if (!isThere()) map.setView([lat, lon], zoom, { animate: false, reset: true });
      landing = 0;
      changed();
    }

    // A hand on the map ends the flight; what it does next starts where it led.
    for (const name of ["pointerdown", "wheel"]) map.getContainer().addEventListener(name, land, true);

    function go(next, { takesHeading = false } = {}) {
      wantsHeading = takesHeading;
      change({ step: next });
    }

    function draw() {
      const isNew = shown !== step;
      if (isNew) turn();
      drawControls();
      if (isNew || wantsHeading) placeFocus();
    }

    /** Show the chapter of the step, from its beginning. */
    function turn() {
      for (const article of articles) article.hidden = Number(article.dataset.chapter) !== step;
      for (const entry of all("[data-step]")) {
        if (Number(entry.dataset.step) === step) entry.setAttribute("aria-current", "step");
        else entry.removeAttribute("aria-current");
      }
      menu.open = false;
      body.scrollTop = 0;
      timemapDom.setText(part("story-place"), articles[step].dataset.place);
      // The first is read from the page itself.
      if (shown !== null) timemapDom.setText(part("story-live"), articles[step].dataset.spoken);
      part("story-march").hidden = !routeOf(step);
    }

    function drawControls() {
      part("story-previous").setAttribute("aria-disabled", String(step === 0));
      part("story-next").setAttribute("aria-disabled", String(step === last));
      part("story-left").hidden = !isExploring() || march !== null;
      part("story-explore").setAttribute("aria-pressed", String(isRoaming));
      part("story-list").setAttribute("aria-expanded", String(isListed));
      root.classList.toggle("tm-listed", isListed);
    }

    /** Keep the focus where it is; what was hidden under it gives it to the chapter's title. */
    function placeFocus() {
      const active = document.activeElement;
      const isHidden = active !== document.body && !active.checkVisibility({ visibilityProperty: true });
      // A page that has just opened leaves the focus alone.
      if (wantsHeading || (shown !== null && isHidden)) articles[step].querySelector("h2").focus({ preventScroll: true });
      wantsHeading = false;
      shown = step;
    }

    function answer(button, wanted) {
      button.setAttribute("aria-expanded", String(wanted));
      document.getElementById(button.getAttribute("aria-controls")).hidden = !wanted;
    }

    /** Play the march of this chapter from its start, or go on where it was paused. */
    function playMarch() {
      if (!march) {
        const { start, end } = data.routes.find(({ id }) => id === routeOf(step));
        part("speed").value = WALK_SPEED;
        change({ ...UNFILTERED, from: start, to: start, mode: "window", selected: null });
        march = { start, end };
      }
      toggle();
    }

    /** The player's change of time; a march grows from its start to its end and pauses there. */
    function walk(partial) {
      if (!march) { change(partial); return; }
      const { start, end } = march;
      isWalking = true;
      change({ from: start, to: Math.max(start, Math.min(end, partial.to)) });
      isWalking = false;
      if (partial.to < end) return;
      march = null;
      pause();
    }

    function resize(by) {
      size = Math.max(0, Math.min(SIZES - 1, size + by));
      root.dataset.size = String(size);
      part("story-smaller").setAttribute("aria-disabled", String(size === 0));
      part("story-larger").setAttribute("aria-disabled", String(size === SIZES - 1));
    }

    function back() {
      go(step);
      part("story-explore").focus({ preventScroll: true });
    }

    const clicks = {
      "story-previous": () => step > 0 && go(step - 1),
      "story-next": () => step < last && go(step + 1),
      "story-explore": () => { roam(!isRoaming); change({}); },
      "story-back": back,
      "story-list": () => { isListed = !isListed; change({ selected: null }); },
      "story-smaller": () => resize(-1),
      "story-larger": () => resize(1),
      "story-screen": () => (document.fullscreenElement ? document.exitFullscreen()
        : document.documentElement.requestFullscreen().catch(() => { part("story-screen").hidden = true; })),
    };
    for (const [name, act] of Object.entries(clicks)) part(name).addEventListener("click", act);

    root.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-part=story-menu]")) menu.open = false;
      const button = target.closest("button");
      if (!button) return;
      const { step: number, event } = button.dataset;
      if (number !== undefined) go(Number(number), { takesHeading: true });
      if (event !== undefined) change({ selected: event }, { takesFocus: true });
      if ("march" in button.dataset) playMarch();
      if ("answer" in button.dataset) answer(button, button.getAttribute("aria-expanded") !== "true");
    });

    /** Esc leaves one thing at a time; cards and places are left elsewhere. */
    function escape(event) {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
      else if (isListed && getState().selected === null) { isListed = false; change({}); part("story-list").focus(); }
      else return;
      event.stopPropagation();
    }

    // Before Leaflet, which would pan, and before anything that would scroll.
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { escape(event); return; }
      if (event.key in SCROLLS && event.target === document.body) body.scrollBy(0, SCROLLS[event.key] * body.clientHeight * 0.3);
      const next = stepAfter(event, step, last);
      if (next === null || event.target.closest?.(OWN_KEYS)) return;
      if (event.key.startsWith("Arrow") && isExploring() && map.getContainer().contains(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      if (next !== step && !event.repeat) go(next);
    }, true);

    part("story-screen").hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => {
      part("story-screen").setAttribute("aria-pressed", String(document.fullscreenElement !== null));
    });
    resize(0);

    return { read, fly, land, draw, walk, isFlying: () => landing !== 0,
      report: () => ({ step, exploring: isExploring() }) };
  }

  return { create, stepAfter, hasLeft, timeAround };
})();
