// The list and the cards of a small set: every one stands in the page; this
// part shows, hides and marks them.
const timemapList = (() => {
  const { setText } = timemapDom;

  function create(root, data) {
    const { ids, sites } = data.events;
    const all = (selector) => [...root.querySelectorAll(selector)];
    const items = all(".tm-item").map((element) => ({ element, row: Number(element.dataset.row) }));
    for (const { element, row } of items) element.firstElementChild.prepend(glyphOf(data.groupOf[data.events.kind[row]]));
    const sections = all("[data-scope]").map((element) => ({
      element, count: element.querySelector(".tm-scope-count"), items: items.filter(({ element: li }) => element.contains(li)),
    }));

    /** Show what a result holds; has(row) keeps to the rows of a place. */
    function draw({ rows }, has) {
      for (const { element, row } of items) {
        const status = rows[row];
        element.hidden = !status || Boolean(has && !has(row));
        if (status && element.dataset.status !== status) tag(element, status);
      }
      for (const { element, count, items: own } of sections) {
        const shown = own.filter(({ element: li }) => !li.hidden).length;
        element.hidden = shown === 0;
        setText(count, String(shown));
      }
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

    /** Mark the event whose card is open. */
    function mark(id) {
      for (const { element, row } of items) {
        if (ids[row] === id) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
    }

    return {
      draw, cardOf, mark,
      countOf: ({ rows }, has) => rows.filter((status, row) => status && has(row)).length,
      isMapped: (id) => sites[ids.indexOf(id)].length > 0,
      /** The event before or after one among those that are shown. */
      neighbour({ visible }, id, step) { return visible[visible.indexOf(id) + step] ?? null; },
    };
  }

  /** The shape of a group, drawn from the page's own symbol. */
  function glyphOf(group) {
    const { svg } = timemapDom;
    return svg("svg", { class: `tm-glyph tm-group-${group}` }, [svg("use", { href: `#tm-glyph-${group}` })]);
  }

  return { create };
})();
