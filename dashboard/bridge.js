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
  "selected", "view", "step", "exploring",
];

/** Keys that change the chapter, in the page as in the frame. */
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** Where these keys already move something. */
const FIELDS = "input:not([type=checkbox]), select, textarea, [contenteditable], "
  + "[role=slider], [role=combobox], [role=listbox], [role=menu], [role=tab]";

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/**
 * Shared with relay.js, which sets `tell` and `ask`; either may come first. The
 * Class page has one of its own: its steps are no views of the Map and the Desk.
 */
const linkOf = ({ link }) => (globalThis[Symbol.for(link)] ??= {});
// host: the Host in the page.
// tell: passes a state to the server.
// ask: what the server asks for, {id, state}.
// obeyed: `ask.id` of what the map was last told.
// heard: the last state heard; a frame made anew starts from it.
// table: the Desk's table, if it is on the page; it follows the map's choice.
// isUnsaid: whether it came while there was no relay to tell.

export default function mount({ parentElement, data }) {
  const link = linkOf(data);
  try {
    if (link.host?.parent === parentElement && link.host.document === data.document) {
      link.host.say(data);
    } else {
      link.host?.remove();
      link.host = new Host(parentElement, data, link);
    }
  } catch (error) {
    console.error("the map could not be mounted", error);
  }
  const { host } = link;
  return () => host?.remove();
}

/** The frame, and beside it the buttons that copy a link to what it shows. */
class Host {
  constructor(parent, data, link) {
    this.link = link;
    this.parent = parent;
    this.document = data.document;
    this.isReady = false;
    this.step = 0;
    this.turns = 0;
    this.root = element("div", `almaty-map almaty-map-${data.place}`);
    this.copier = new Copier(() => addressOf(link.heard), () => this.embedCode());
    this.frame = makeFrame(data.place);
    this.note = element("span", "almaty-map-note");
    this.report = outward("almaty-map-report");
    this.whole = outward("almaty-map-whole");
    const bar = element("div", "almaty-map-bar");
    bar.append(this.note, this.report, this.whole, this.copier.root);
    // A class wants the chapter first.
    this.root.append(...(data.place === "class" ? [this.frame, bar] : [bar, this.frame]));
    this.say(data);
    this.onMessage = (event) => this.hear(event);
    this.onKey = (event) => this.turn(event);
    window.addEventListener("message", this.onMessage);
    window.addEventListener("keydown", this.onKey);
    parent.append(this.root);
    this.onSize = whenSized(this.frame, () => {
      this.frame.srcdoc = data.document;
    });
  }

  say({ words, corrections, place, steps, canEmbed }) {
    this.words = words;
    this.place = place;
    this.steps = steps;
    this.frame.title = words.title;
    this.note.textContent = words.note;
    this.report.textContent = words.report;
    this.report.href = corrections ?? "";
    this.report.hidden = corrections === null;
    this.whole.textContent = words.whole;
    this.whole.href = addressOf(this.link.heard);
    this.whole.hidden = place !== "embedded";
    this.copier.say(words, canEmbed && place !== "embedded");
  }

  /**
   * Pass on what Python asks for, once. A frame made anew goes on where the
   * last one was, unless asked otherwise.
   */
  obey() {
    const { link } = this;
    if (!this.isReady || !link.ask) {
      return;
    }
    const isNew = link.ask.id !== link.obeyed;
    if (isNew || !this.isSet) {
      const state = isNew ? link.ask.state : (link.heard ?? link.ask.state);
      link.obeyed = link.ask.id;
      this.step = state.step ?? 0;
      this.isSet = true;
      this.set(state);
    }
  }

  /**
   * Set the map, and believe it only once it says that it knows. An empty wish
   * is one, too: what the map said before anybody asked was not heard.
   */
  set(state) {
    this.awaited = this.link.obeyed;
    this.post({ state, ask: this.awaited });
  }

  /** Open an event's card, with the keyboard's focus in it. */
  select(id) {
    this.frame.scrollIntoView({ block: "nearest" });
    this.frame.focus({ preventScroll: true });
    this.ask({ selected: id }, { takesFocus: true });
  }

  /** Go a chapter on or back for a key in the page; a class is on no other. */
  turn(event) {
    const by = STEPS[event.key];
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (this.place !== "class" || !by || !isPlain || event.target.closest(FIELDS)) {
      return;
    }
    event.preventDefault();
    const step = Math.max(0, Math.min(this.steps, this.step + by));
    if (this.isSet && !event.repeat && step !== this.step) {
      this.step = step;
      this.ask({ step });
    }
  }

  /** Ask for a change: what the frame said before it heard of it is out of date. */
  ask(state, more = {}) {
    this.turns += 1;
    this.awaited = `${this.link.obeyed}/${this.turns}`;
    this.post({ state, ask: this.awaited, ...more });
  }

  hasFocus() {
    return document.activeElement === this.frame;
  }

  post(message) {
    // A sandboxed frame has an opaque origin, which only "*" reaches.
    this.frame.contentWindow.postMessage({ type: "timemap:set", ...message }, "*");
  }

  hear({ source, data }) {
    if (source !== this.frame.contentWindow) {
      return;
    }
    if (data?.type === "timemap:ready") {
      this.isReady = true;
      this.obey();
    } else if (data?.type === "timemap:state" && isRecord(data.state)) {
      if (this.isSet && data.ask === this.awaited) {
        this.follow(spoken(data.state));
      }
    }
  }

  follow(state) {
    const { link } = this;
    link.heard = state;
    this.step = state.step ?? 0;
    link.table?.highlight(state.selected);
    this.whole.href = addressOf(state);
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

  /** An iframe of this view that stands in anybody's page. */
  embedCode() {
    const address = new URL(addressOf(this.link.heard));
    if (this.place === "desk") {
      // The map's own page lies one step above.
      address.pathname = new URL(".", address).pathname;
    }
    address.searchParams.set("embed", "true");
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = this.words.title;
    frame.width = "100%";
    frame.height = "720";
    frame.setAttribute("style", "border:0");
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("allow", this.place === "class" ? "clipboard-write; fullscreen" : "clipboard-write");
    // The browser escapes what needs it.
    return frame.outerHTML;
  }

  remove() {
    window.removeEventListener("message", this.onMessage);
    window.removeEventListener("keydown", this.onKey);
    this.onSize.disconnect();
    this.root.remove();
    if (this.link.host === this) {
      this.link.host = null;
    }
  }
}

/** Buttons, a spoken confirmation and, if copying fails, the text to select. */
class Copier {
  constructor(address, embedCode) {
    this.root = element("div", "almaty-map-copier");
    this.link = this.button(address);
    this.embed = this.button(embedCode);
    this.field = element("input", "almaty-map-link");
    this.field.readOnly = true;
    this.field.hidden = true;
    this.status = element("output", "almaty-map-status");
    this.root.append(this.status, this.field, this.link, this.embed);
  }

  button(text) {
    const button = element("button", "almaty-map-copy");
    button.type = "button";
    button.addEventListener("click", () => this.copy(button, text()));
    return button;
  }

  say(words, canEmbed) {
    this.words = words;
    this.link.textContent = words.copy;
    this.embed.textContent = words.copyEmbed;
    this.embed.hidden = !canEmbed;
  }

  reset() {
    this.status.textContent = "";
    this.field.hidden = true;
  }

  async copy(button, text) {
    const isLink = button === this.link;
    try {
      await navigator.clipboard.writeText(text);
      this.field.hidden = true;
      this.status.textContent = isLink ? this.words.copied : this.words.copiedEmbed;
    } catch {
      // Not allowed in some embedded pages, absent without https.
      this.field.setAttribute("aria-label", isLink ? this.words.link : this.words.embed);
      this.field.value = text;
      this.field.hidden = false;
      this.field.select();
      this.status.textContent = isLink ? this.words.select : this.words.selectEmbed;
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
 * The parameters of a class: a step, and of the state what does not follow from
 * it. Mirrors `to_url` in lesson.py.
 */
export function lessonParamsOf(state) {
  const params = paramsOf(state);
  const step = { step: String(state.step) };
  if (state.exploring === true) {
    return { ...step, ...params };
  }
  return "id" in params ? { ...step, id: params.id } : step;
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
  const isClass = Number.isInteger(state.step);
  const keys = isClass ? ["step", ...MAP_KEYS] : MAP_KEYS;
  keys.forEach((key) => searchParams.delete(key));
  if (state.only === null) {
    OTHER_KEYS.forEach((key) => searchParams.delete(key));
  }
  for (const [key, value] of Object.entries(isClass ? lessonParamsOf(state) : paramsOf(state))) {
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

/** A link that leads out of an embedded page, too. */
function outward(className) {
  const made = element("a", className);
  made.target = "_blank";
  made.rel = "noopener";
  return made;
}

function makeFrame(place) {
  const frame = element("iframe", "almaty-map-frame");
  // Without allow-same-origin: the map cannot reach the page or its storage.
  frame.setAttribute(
    "sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox",
  );
  if (place === "class") {
    frame.allow = "fullscreen";
  }
  return frame;
}

/** A map that opens in a frame without a size fits its view into nothing. */
function whenSized(frame, act) {
  const watch = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width > 0 && contentRect.height > 0) {
      watch.disconnect();
      act();
    }
  });
  watch.observe(frame);
  return watch;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
