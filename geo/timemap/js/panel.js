// Legend chips, words, counts, the list and the cards. Every text is already
// in the page; this part shows, hides and marks it.
const timemapPanel = (() => {
  const { fill, plural, setText, afterRest } = timemapDom;
  const SPEAK_AFTER_MS = 700;

  /** The list shows what it is given: timemapList element by element, timemapRows the first few of many. */
  function create(root, data, { list, set, getState, onRoute, onShow, onLocate, onFill }) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const all = (selector) => [...root.querySelectorAll(selector)];
    const groupChips = all("[data-group]");
    const byChips = all("[data-by]");
    const modes = all("input[name=tm-mode]");
    const moments = all("[data-moment]");
    const listing = part("list");
    const panel = part("panel");
    let place = null;
    let result = null;
    let opened = null;
    let returnTo = null;
    let cameFrom = null;

    const speak = afterRest(SPEAK_AFTER_MS, () => {
      if (root.dataset.playing !== "true") setText(part("live"), countSentence(data, result, getState()));
    });

    function draw(next, state) {
      result = next;
      list.draw(next, place?.has);
      drawCounts(state);
      drawChips(state);
      if (place) setText(part("place-count"), eventsWord(data, list.countOf(next, place.has)));
      speak();
    }

    function drawCounts(state) {
      const { counts, shown, mapped } = result;
      setText(part("count"), countHead(data, shown));
      for (const status of ["certain", "likely", "coarse", "possible"]) {
        const element = part(`count-${status}`);
        const isOffered = status === "possible" && !state.possible;
        element.hidden = counts[status] === 0;
        setText(element, fill(data.messages[isOffered ? "possibleHidden" : `status_${status}`], { n: written(data, counts[status]) }));
      }
      setText(part("count-mapped"), fill(data.messages.mapped, { n: written(data, mapped) }));
      setText(part("count-listed"), fill(data.messages.listedOnly, { n: written(data, shown - mapped) }));
      part("nothing").hidden = shown > 0;
      part("clear").hidden = !isFiltered(state);
    }

    const isFiltered = (state) => state.kinds.length + state.attributions.length > 0 || state.q !== "" || state.only !== null;

    function drawChips(state) {
      for (const chip of groupChips) {
        const kinds = data.groups[chip.dataset.group].kinds;
        chip.setAttribute("aria-pressed", String(kinds.some((kind) => state.kinds.includes(kind))));
      }
      part("legend").classList.toggle("tm-filtered", state.kinds.length > 0);
      for (const chip of byChips) {
        chip.setAttribute("aria-pressed", String(state.attributions.includes(chip.dataset.by)));
      }
      for (const input of modes) input.checked = input.value === state.mode;
      part("possible").checked = state.possible;
      if (part("words").value !== state.q && document.activeElement !== part("words")) part("words").value = state.q;
      for (const moment of moments) {
        const isNow = Number(moment.dataset.from) === state.from && Number(moment.dataset.to) === state.to;
        moment.setAttribute("aria-pressed", String(isNow));
      }
    }

    /** Show the card of an event, or the list for null. */
    function open(id, { takesFocus = false } = {}) {
      if (id === opened) return;
      if (id !== null && opened === null) returnTo = document.activeElement;
      if (opened !== null) list.cardOf(opened).hidden = true;
      opened = id;
      fillRoom();
      listing.hidden = id !== null;
      part("cards").hidden = id === null;
      if (id !== null) {
        const card = list.cardOf(id);
        card.hidden = false;
        part("locate").hidden = !list.isMapped(id);
        panel.scrollTop = 0;
        if (takesFocus) card.querySelector("h2").focus({ preventScroll: true });
      } else if (takesFocus) giveFocus(returnTo);
      list.mark(id);
    }

    /** Focus what led here, or the map if that is gone. */
    function giveFocus(element) {
      const isThere = element?.isConnected && element !== document.body && element.checkVisibility();
      (isThere ? element : root.querySelector(".folium-map")).focus({ preventScroll: true });
    }

    /** Say whether something asks for more room than the list. */
    const fillRoom = () => onFill(opened !== null || place !== null);

    const select = (id) => set({ selected: id }, { takesFocus: true });

    /** Keep the list to the rows of a place; null shows them all. */
    function showPlace(has, name) {
      const hadFocus = panel.contains(document.activeElement);
      if (has && !hadFocus) cameFrom = document.activeElement;
      place = has ? { has } : null;
      part("place").hidden = !place;
      if (place) setText(part("place-name"), name);
      fillRoom();
      draw(result, getState());
      panel.scrollTop = 0;
      if (place) part("place-name").focus({ preventScroll: true });
      else if (hadFocus) giveFocus(cameFrom);
    }

    function toggleKinds(group) {
      const { kinds } = getState();
      const own = data.groups[group].kinds;
      const rest = kinds.filter((kind) => !own.includes(kind));
      const next = rest.length < kinds.length ? rest : [...kinds, ...own];
      set({ kinds: next.length === data.kinds.length ? [] : next });
    }

    function toggleBy(code) {
      const { attributions } = getState();
      const next = attributions.includes(code) ? attributions.filter((by) => by !== code) : [...attributions, code];
      set({ attributions: next.length === data.attributions.length ? [] : next });
    }

    const actions = {
      group: (button) => toggleKinds(Number(button.dataset.group)),
      by: (button) => toggleBy(button.dataset.by),
      moment: (button) => set({ from: Number(button.dataset.from), to: Number(button.dataset.to), mode: "window" }),
      route: (button) => onRoute(button.dataset.route),
      show: (button) => onShow(button.dataset.show),
    };
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const item = button.closest(".tm-item");
      if (item) select(data.events.ids.at(Number(item.dataset.row)));
      for (const [name, act] of Object.entries(actions)) if (name in button.dataset) act(button);
    });
    part("locate").addEventListener("click", () => onLocate(opened));
    part("clear").addEventListener("click", () => set({ kinds: [], attributions: [], q: "", only: null }));
    part("place-close").addEventListener("click", () => showPlace(null));
    part("possible").addEventListener("change", ({ target }) => set({ possible: target.checked }));
    part("words").addEventListener("input", ({ target }) => set({ q: target.value }));
    for (const input of modes) input.addEventListener("change", () => set({ mode: input.value }));
    for (const button of all("[data-close]")) button.addEventListener("click", () => select(null));
    for (const [name, step] of [["earlier", -1], ["later", 1]]) {
      for (const button of all(`[data-${name}]`)) {
        button.addEventListener("click", () => { const id = list.neighbour(result, opened, step); if (id) select(id); });
      }
    }

    return { draw, open, speak, showPlace, isPlaceShown: () => place !== null };
  }

  /** A number as the page's language writes it. */
  const written = (data, n) => timemapDom.number(data.lang, n);

  const eventsWord = (data, n) => fill(plural(data.lang, data.messages.events, n), { n: written(data, n) });

  function countHead(data, n) {
    return fill(plural(data.lang, data.messages.countHead, n), { n: written(data, n), total: written(data, data.events.ids.length) });
  }

  function countSentence(data, { shown, counts }, state) {
    const numbers = { ...counts, possible: state.possible ? counts.possible : 0, n: shown, total: data.events.ids.length };
    const words = Object.entries(numbers).map(([name, n]) => [name, written(data, n)]);
    return fill(plural(data.lang, data.messages.countSentence, shown), Object.fromEntries(words));
  }

  return { create };
})();
