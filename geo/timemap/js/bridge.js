// The map's state for others: window.timemap, messages to and from the page
// that holds this one, and the fragment of a page opened by itself.
const timemapBridge = (() => {
  const REST_MS = 300;
  // The names a link bears, and the state they stand for.
  const LISTS = { kinds: "kinds", by: "attributions" };

  const checks = {
    from: minute, to: minute,
    mode: (value) => oneOf(value, ["window", "sofar"]),
    possible: (value) => typed(value, "boolean"),
    kinds: texts, attributions: texts,
    q: (value) => typed(value, "string"),
    only: (value) => (value === null ? null : texts(value)),
    selected: (value) => (value === null ? null : typed(value, "string")),
    view: (value) => {
      const { lat, lon, zoom } = value ?? {};
      if (![lat, lon, zoom].every(Number.isFinite)) throw new TypeError("view is not {lat, lon, zoom}");
      return { lat, lon, zoom };
    },
    step: (value, { chapters }) => {
      // A page that tells no story has no steps to go to.
      if (chapters && !(Number.isInteger(value) && value >= 0 && value <= chapters.length)) throw new RangeError(`no such step: ${value}`);
      return value;
    },
  };

  /** A partial state from outside in the map's own terms; throws on what it cannot be. */
  function read(partial, data) {
    const out = {};
    for (const [name, value] of Object.entries(partial)) {
      if (!(name in checks)) continue;
      out[name] = checks[name](value, data);
    }
    for (const [name, known] of [["kinds", data.kinds], ["attributions", data.attributions]]) {
      for (const code of out[name] ?? []) {
        if (!known.includes(code)) throw new RangeError(`${name}: no such value: ${code}`);
      }
    }
    if (out.selected && !data.events.ids.includes(out.selected)) out.selected = null;
    return out;
  }

  function minute(value) {
    return timemapTime.parse(typed(value, "string"));
  }

  function typed(value, type) {
    if (typeof value !== type) throw new TypeError(`expected a ${type}, not ${JSON.stringify(value)}`);
    return value;
  }

  function oneOf(value, allowed) {
    if (!allowed.includes(value)) throw new RangeError(`expected one of ${allowed.join(", ")}, not ${value}`);
    return value;
  }

  function texts(value) {
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
      throw new TypeError("expected a list of strings");
    }
    return [...value];
  }

  /** A fragment such as #from=…&to=… as a partial state; what cannot be read is left out. */
  function readFragment(fragment, data) {
    const params = new URLSearchParams(fragment.replace(/^#/, ""));
    const out = {};
    const take = (key, value) => {
      try { Object.assign(out, read({ [key]: value }, data)); } catch { console.info(`ignored: ${key}`); }
    };
    for (const name of ["from", "to", "mode", "q"]) if (params.has(name)) take(name, params.get(name));
    for (const [name, key] of Object.entries(LISTS)) if (params.get(name)) take(key, params.get(name).split(","));
    if (params.get("step")?.trim()) take("step", Number(params.get("step")));
    if (params.has("possible")) take("possible", params.get("possible") === "1");
    if (params.get("id")) take("selected", params.get("id"));
    if (params.get("view")) {
      const [lat, lon, zoom] = params.get("view").split(",").map(Number);
      take("view", { lat, lon, zoom });
    }
    return out;
  }

  /** The fragment of a state, as readFragment takes it. */
  function writeFragment(state) {
    const isTold = "step" in state;
    const params = isTold ? [["step", state.step]] : [];
    // At a step of the story all the rest but the open card follows from it.
    if (isTold && !state.exploring) return fragmentOf(state.selected ? [...params, ["id", state.selected]] : params);
    params.push(["from", state.from], ["to", state.to]);
    if (isTold || state.mode !== "window") params.push(["mode", state.mode]);
    if (state.possible) params.push(["possible", "1"]);
    for (const [name, key] of Object.entries(LISTS)) if (state[key].length) params.push([name, state[key].join(",")]);
    if (state.q) params.push(["q", state.q]);
    if (state.selected) params.push(["id", state.selected]);
    params.push(["view", [state.view.lat, state.view.lon, state.view.zoom].join(",")]);
    return fragmentOf(params);
  }

  function fragmentOf(params) {
    // Colons and commas may stand in a fragment as they are, and read better so.
    const escape = (text) => encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2C/g, ",");
    return `#${params.map(([name, value]) => `${name}=${escape(value)}`).join("&")}`;
  }

  // A document given by srcdoc has no address of its own to read or write.
  const ownsAddress = typeof location !== "undefined" && location.protocol !== "about:";

  /** The state that the address asks for. */
  function openingOf(data) {
    return ownsAddress ? readFragment(location.hash, data) : {};
  }

  /** Join a map to its surroundings; returns {changed} to be called at each change. */
  function create(data, { state, told = state, set, change, play, pause, isHeld }) {
    const isFramed = window.parent !== window;
    let ask = null;
    const tell = timemapDom.afterRest(REST_MS, () => {
      // A hand that pauses on a handle has not let go: its release tells.
      if (isHeld()) return;
      const now = told();
      // What was set last may not have arrived yet: the other side can tell by `ask`.
      if (isFramed) window.parent.postMessage({ type: "timemap:state", state: now, ...(ask && { ask }) }, "*");
      if (ownsAddress) history.replaceState(null, "", writeFragment(now));
    });
    window.addEventListener("message", (event) => {
      if (!isFramed || event.source !== window.parent || event.data?.type !== "timemap:set") return;
      ask = event.data.ask ?? ask;
      try { set(event.data.state, { takesFocus: event.data.takesFocus === true }); } catch (error) { console.error(error); }
    });
    if (ownsAddress) {
      window.addEventListener("hashchange", () => change(readFragment(location.hash, data)));
    }
    return {
      expose() { window.timemap = { state, set, play, pause }; if (isFramed) window.parent.postMessage({ type: "timemap:ready" }, "*"); },
      changed: tell,
    };
  }

  return { create, openingOf, read, readFragment, writeFragment };
})();
