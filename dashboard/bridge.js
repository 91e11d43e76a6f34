/**
 * Hosts the map's sandboxed frame in the Streamlit page.
 *
 * The frame is made once and lives as long as the page: no rerun touches it.
 * What it says goes up through relay.js, a component of its own, so that the
 * server never sends the document again; the two meet in `link`.
 */

/** Parameters that mirror the map's own state; `state.py` spells the same. */
export const MAP_KEYS = [
  "from", "to", "mode", "possible", "kinds", "by", "q", "id", "view",
];

/** Parameters that reach the map only as the list `only`. */
export const OTHER_KEYS = [
  "corroboration", "place", "near", "within", "actor", "contested", "independent",
];

/** What the map is told or tells; `visible` and `statuses` stay in the browser. */
const SPOKEN = [
  "from", "to", "mode", "possible", "kinds", "attributions", "q", "only",
  "selected", "view",
];

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** Shared with relay.js, which sets `tell` and `ask`; either may come first. */
const link = (globalThis[Symbol.for("almaty-events-map")] ??= {});
// host: the Host in the page.
// tell: passes a state to the server.
// ask: what the server asks for, {id, state}.
// obeyed: `ask.id` of what the map was last told.
// heard: the last state heard; a frame made anew starts from it.
// isUnsaid: whether it came while there was no relay to tell.

export default function mount({ parentElement, data }) {
  try {
    if (link.host?.parent === parentElement && link.host.document === data.document) {
      link.host.say(data);
    } else {
      link.host?.remove();
      link.host = new Host(parentElement, data);
    }
  } catch (error) {
    console.error("the map could not be mounted", error);
  }
  const { host } = link;
  return () => host?.remove();
}

/** The frame, and beside it the button that copies a link to what it shows. */
class Host {
  constructor(parent, data) {
    this.parent = parent;
    this.document = data.document;
    this.isReady = false;
    this.root = element("div", "almaty-map");
    this.copier = new Copier(() => addressOf(link.heard));
    this.frame = makeFrame(data.document);
    this.note = element("span", "almaty-map-note");
    this.report = element("a", "almaty-map-report");
    this.report.target = "_blank";
    this.report.rel = "noopener";
    const bar = element("div", "almaty-map-bar");
    bar.append(this.note, this.report, this.copier.root);
    this.root.append(bar, this.frame);
    this.say(data);
    this.onMessage = (event) => this.hear(event);
    window.addEventListener("message", this.onMessage);
    parent.append(this.root);
  }

  say({ words, corrections }) {
    this.frame.title = words.title;
    this.note.textContent = words.note;
    this.report.textContent = words.report;
    this.report.href = corrections ?? "";
    this.report.hidden = corrections === null;
    this.copier.say(words);
  }

  /** A frame made anew goes on where the last one was, unless asked otherwise. */
  start() {
    this.isReady = true;
    if (link.ask && link.ask.id === link.obeyed) {
      this.post(link.heard ?? link.ask.state);
    }
    this.obey();
  }

  /** Pass on what Python asks for, once. */
  obey() {
    if (this.isReady && link.ask && link.ask.id !== link.obeyed) {
      link.obeyed = link.ask.id;
      this.post(link.ask.state);
    }
  }

  post(state) {
    if (Object.keys(state).length === 0) {
      return;
    }
    // A sandboxed frame has an opaque origin, which only "*" reaches.
    this.frame.contentWindow.postMessage({ type: "timemap:set", state }, "*");
  }

  hear({ source, data }) {
    if (source !== this.frame.contentWindow) {
      return;
    }
    if (data?.type === "timemap:ready") {
      this.start();
    } else if (data?.type === "timemap:state" && this.isReady && isRecord(data.state)) {
      this.follow(spoken(data.state));
    }
  }

  follow(state) {
    link.heard = state;
    this.copier.reset();
    const address = addressOf(link.heard, window.location.href);
    if (address !== window.location.href) {
      // Streamlit would push a history entry for every rest of a handle; it
      // does not when the address is there already.
      window.history.replaceState(window.history.state, "", address);
      link.isUnsaid = !link.tell;
      link.tell?.(link.heard);
    }
  }

  remove() {
    window.removeEventListener("message", this.onMessage);
    this.root.remove();
    if (link.host === this) {
      link.host = null;
    }
  }
}

/** A button, a spoken confirmation and, if copying fails, the link to select. */
class Copier {
  constructor(address) {
    this.address = address;
    this.root = element("div", "almaty-map-copier");
    this.button = element("button", "almaty-map-copy");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.copy());
    this.field = element("input", "almaty-map-link");
    this.field.readOnly = true;
    this.field.hidden = true;
    this.status = element("output", "almaty-map-status");
    this.root.append(this.status, this.field, this.button);
  }

  say(words) {
    this.words = words;
    this.button.textContent = words.copy;
    this.field.setAttribute("aria-label", words.link);
  }

  reset() {
    this.status.textContent = "";
    this.field.hidden = true;
  }

  async copy() {
    const address = this.address();
    try {
      await navigator.clipboard.writeText(address);
      this.field.hidden = true;
      this.status.textContent = this.words.copied;
    } catch {
      // Not allowed in some embedded pages, absent without https.
      this.field.value = address;
      this.field.hidden = false;
      this.field.select();
      this.status.textContent = this.words.select;
    }
  }
}

/**
 * The parameters of the address that say a state, in the order of MAP_KEYS.
 * Mirrors `params_of_message` in state.py; a shared table of cases proves it.
 */
export function paramsOf(state) {
  const params = {
    from: MOMENT.test(state.from) ? state.from : "",
    to: MOMENT.test(state.to) ? state.to : "",
    mode: state.mode === "sofar" ? "sofar" : "",
    possible: state.possible === true ? "1" : "",
    kinds: words(state.kinds),
    by: words(state.attributions),
    q: typeof state.q === "string" && state.q.trim() !== "" ? state.q : "",
    id: typeof state.selected === "string" ? state.selected : "",
    view: viewOf(state.view),
  };
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ""));
}

/**
 * A full address of a state. Without `base` it is one to hand on: it opens the
 * whole page even if this one is embedded.
 */
function addressOf(state, base = null) {
  const address = new URL(base ?? window.location.href);
  const { searchParams } = address;
  if (base === null) {
    address.hash = "";
    ["embed", "embed_options"].forEach((key) => searchParams.delete(key));
  }
  if (!state) {
    return address.href;
  }
  MAP_KEYS.forEach((key) => searchParams.delete(key));
  if (state.only === null) {
    OTHER_KEYS.forEach((key) => searchParams.delete(key));
  }
  for (const [key, value] of Object.entries(paramsOf(state))) {
    searchParams.append(key, value);
  }
  return address.href;
}

function words(list) {
  return Array.isArray(list)
    ? list.filter((word) => typeof word === "string" && word !== "").join(",")
    : "";
}

/** "lat,lon,zoom": 4 decimals are about 10 m here. */
function viewOf(view) {
  if (!isRecord(view)) {
    return "";
  }
  const parts = [
    decimal(view.lat, 4, 90), decimal(view.lon, 4, 180), decimal(view.zoom, 2, 30),
  ];
  return parts.includes("") ? "" : parts.join(",");
}

function decimal(value, digits, limit) {
  return typeof value === "number" && Math.abs(value) <= limit
    ? String(Number(value.toFixed(digits)))
    : "";
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function spoken(state) {
  return Object.fromEntries(
    SPOKEN.filter((key) => key in state).map((key) => [key, state[key]]),
  );
}

function makeFrame(text) {
  const frame = element("iframe", "almaty-map-frame");
  // Without allow-same-origin: the map cannot reach the page or its storage.
  frame.setAttribute(
    "sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox",
  );
  frame.srcdoc = text;
  return frame;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
