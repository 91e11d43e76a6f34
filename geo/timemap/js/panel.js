// Legend chips, words, counts, the list and the cards. Every text is already
// in the page; this part shows, hides and marks it.
const timemapPanel = (() => {
  const { fill, plural, setText, afterRest } = timemapDom;
  const SPEAK_AFTER_MS = 700;

  function create(root, data, { set, getState, onRoute, onShow, onLocate, onFill }) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const all = (selector) => [...root.querySelectorAll(selector)];
    const items = all(".tm-item").map((element) => ({ element, row: Number(element.dataset.row) }));
    for (const { element, row } of items) element.firstElementChild.prepend(glyphOf(data.groupOf[data.events.kind[row]]));
    const sections = all("[data-scope]").map((element) => ({
      element, count: element.querySelector(".tm-scope-count"), items: items.filter(({ element: li }) => element.contains(li)),
    }));
    const groupChips = all("[data-group]");
    const byChips = all("[data-by]");
    const modes = all("input[name=tm-mode]");
    const moments = all("[data-moment]");
    const list = part("list");
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
      const rowsAtPlace = place && new Set(rowsAt(place.sites));
      for (const { element, row } of items) {
        const status = next.rows[row];
        element.hidden = !status || Boolean(rowsAtPlace && !rowsAtPlace.has(row));
        if (status && element.dataset.status !== status) tag(element, status);
      }
      for (const { element, count, items: own } of sections) {
        const shown = own.filter(({ element: li }) => !li.hidden).length;
        element.hidden = shown === 0;
        setText(count, String(shown));
      }
      drawCounts(state);
      drawChips(state);
      if (place) setText(part("place-count"), eventsWord(data, rowsAt(place.sites).length));
      speak();
    }

    /** Mark an item with how sure it is to lie in the window, where that needs saying. */
    function tag(element, status) {
      element.dataset.status = status;
      const text = data.messages[`tag_${status}`];
      const old = element.querySelector(".tm-status");
      if (!text) { old?.remove(); return; }
      const label = old ?? timemapDom.html("i", "tm-status");
      setText(label, text);
      if (!old) element.querySelector(".tm-tags").append(label);
    }

    const rowsAt = (sites) => result.rows.flatMap((status, row) =>
      (status && data.events.sites[row].some((site) => sites.includes(site)) ? [row] : []));

    function drawCounts(state) {
      const { counts, visible, rows } = result;
      const mapped = rows.filter((status, row) => status && data.events.sites[row].length > 0).length;
      setText(part("count"), countHead(data, visible.length));
      for (const status of ["certain", "likely", "coarse", "possible"]) {
        const element = part(`count-${status}`);
        const isOffered = status === "possible" && !state.possible;
        element.hidden = counts[status] === 0;
        setText(element, fill(data.messages[isOffered ? "possibleHidden" : `status_${status}`], { n: counts[status] }));
      }
      setText(part("count-mapped"), fill(data.messages.mapped, { n: mapped }));
      setText(part("count-listed"), fill(data.messages.listedOnly, { n: visible.length - mapped }));
      part("nothing").hidden = visible.length > 0;
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
      if (opened !== null) cardOf(opened).hidden = true;
      opened = id;
      fillRoom();
      list.hidden = id !== null;
      part("cards").hidden = id === null;
      if (id !== null) {
        cardOf(id).hidden = false;
        part("locate").hidden = data.events.sites[data.events.ids.indexOf(id)].length === 0;
        panel.scrollTop = 0;
        if (takesFocus) cardOf(id).querySelector("h2").focus({ preventScroll: true });
      } else if (takesFocus) giveFocus(returnTo);
      for (const { element, row } of items) {
        if (data.events.ids[row] === id) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
    }

    /** The card of an event; lines it shares with others are copied in when it is first asked for. */
    function cardOf(id) {
      const card = document.getElementById(`tm-card-${id}`);
      for (const entry of card.querySelectorAll("[data-copy]")) {
        const line = document.getElementById(entry.dataset.copy).cloneNode(true);
        line.removeAttribute("id");
        entry.prepend(line);
        entry.removeAttribute("data-copy");
      }
      card.querySelector("h2").tabIndex = -1;
      return card;
    }

    /** Focus what led here, or the map if that is gone. */
    function giveFocus(element) {
      const isThere = element?.isConnected && element !== document.body && element.checkVisibility();
      (isThere ? element : root.querySelector(".folium-map")).focus({ preventScroll: true });
    }

    /** Say whether something asks for more room than the list. */
    const fillRoom = () => onFill(opened !== null || place !== null);

    const select = (id) => set({ selected: id }, { takesFocus: true });

    /** Keep the list to the events of some sites; null shows them all. */
    function showPlace(sites, name) {
      const hadFocus = panel.contains(document.activeElement);
      if (sites && !hadFocus) cameFrom = document.activeElement;
      place = sites ? { sites } : null;
      part("place").hidden = !place;
      if (place) setText(part("place-name"), name);
      fillRoom();
      draw(result, getState());
      panel.scrollTop = 0;
      if (place) part("place-name").focus({ preventScroll: true });
      else if (hadFocus) giveFocus(cameFrom);
    }

    /** The event before or after the open one among those in the list. */
    function neighbour(step) {
      const shown = items.filter(({ row }) => result.rows[row]).sort((a, b) => a.row - b.row)
        .map(({ row }) => data.events.ids[row]);
      return shown[shown.indexOf(opened) + step] ?? null;
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
      if (item) select(data.events.ids[Number(item.dataset.row)]);
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
        button.addEventListener("click", () => { const id = neighbour(step); if (id) select(id); });
      }
    }

    return { draw, open, speak, showPlace, isPlaceShown: () => place !== null };
  }

  /** The shape of a group, drawn from the page's own symbol. */
  function glyphOf(group) {
    const { svg } = timemapDom;
    return svg("svg", { class: `tm-glyph tm-group-${group}` }, [svg("use", { href: `#tm-glyph-${group}` })]);
  }

  const eventsWord = (data, n) => fill(plural(data.lang, data.messages.events, n), { n });

  function countHead(data, n) {
    return fill(plural(data.lang, data.messages.countHead, n), { n, total: data.events.ids.length });
  }

  function countSentence(data, { visible, counts }, state) {
    const possible = state.possible ? counts.possible : 0;
    return fill(plural(data.lang, data.messages.countSentence, visible.length),
      { ...counts, possible, n: visible.length, total: data.events.ids.length });
  }

  return { create };
})();
