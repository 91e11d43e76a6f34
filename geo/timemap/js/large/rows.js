// The list of a large set: the first events of the window in the order of
// time, in elements that are filled anew as the window moves.
const timemapRows = (() => {
  const { setText, fill, plural } = timemapDom;
  const MOST = 200;
  // What is in sight is filled at once, the rest when the window rests.
  const AT_ONCE = 24;
  const REST_MS = 120;
  // While time plays nobody reads on: the list follows a few times a second.
  const PLAYING_MS = 400;
  const PRECISIONS = ["minute", "hour", "part-of-day", "day"];

  function create(root, data, texts) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const spans = { ...timemapSpans.create(data.packed, data.days.first), precisions: PRECISIONS };
    const { ids, start, end, codes, group, isMapped, placesOf } = data.events;
    const cardAt = timemapCard.create(root, data, texts, spans);
    const items = [];
    let isReady = false;
    let wanted = null;
    let marked = null;
    let drawnAt = -Infinity;
    let waiting = 0;
    texts.ready.then(() => { isReady = true; if (wanted) fillList(); });

    /** Show the first of what a result holds; has(row) keeps to the rows of a place. */
    function draw(result, has) {
      wanted = { result, has };
      if (!isReady || waiting) return;
      const wait = root.dataset.playing === "true" ? drawnAt + PLAYING_MS - performance.now() : 0;
      if (wait > 0) waiting = setTimeout(fillList, wait);
      else fillList();
    }

    function fillList() {
      waiting = 0;
      drawnAt = performance.now();
      const { result, has } = wanted;
      const rows = firstRows(result.look, has);
      fillItems(rows, 0, AT_ONCE);
      items.slice(AT_ONCE).forEach(({ element }) => { element.hidden = true; });
      if (rows.length > AT_ONCE) fillRest();
      const total = has ? countOf(result, has) : result.shown;
      part("first-of").hidden = total <= MOST;
      const numbers = { n: timemapDom.number(data.lang, MOST), total: timemapDom.number(data.lang, total) };
      setText(part("first-of"), fill(plural(data.lang, data.messages.firstOf, total), numbers));
      drawMark();
    }

    const fillRest = timemapDom.afterRest(REST_MS, () => {
      fillItems(firstRows(wanted.result.look, wanted.has), AT_ONCE, MOST);
      drawMark();
    });

    function fillItems(rows, from, to) {
      const last = Math.min(to, rows.length);
      while (items.length < last) items.push(createItem());
      for (let i = from; i < Math.min(to, items.length); i += 1) {
        items[i].element.hidden = i >= last;
        if (i < last) fillItem(items[i], rows[i], wanted.result.look[rows[i]]);
      }
    }

    function firstRows(look, has) {
      const rows = [];
      for (let row = 0; row < look.length && rows.length < MOST; row += 1) {
        if (look[row] !== 0 && (!has || has(row))) rows.push(row);
      }
      return rows;
    }

    function createItem() {
      const element = part("row").content.firstElementChild.cloneNode(true);
      const find = (selector) => element.querySelector(selector);
      part("rows").append(element);
      return { element, glyph: find("svg"), time: find("time"), title: find("b"), place: find("small"),
        by: find("[data-field=by]"), differ: find("[data-field=differ]"), status: find("[data-field=status]"), row: null };
    }

    function fillItem(item, row, look) {
      const status = timemapIndex.NAMES[look];
      item.element.dataset.status = status;
      const tag = data.messages[`tag_${status}`] ?? "";
      setText(item.status, tag);
      item.status.hidden = !tag;
      if (item.row === row) return;
      item.row = row;
      item.element.dataset.row = String(row);
      timemapCard.paintGlyph(item.glyph, group[row]);
      setText(item.time, spans.when(start[row], end[row], PRECISIONS[codes.time_precision[row]]));
      setText(item.title, texts.at("title", row));
      setText(item.place, Array.from(placesOf(row), (place) => texts.at("place.name", place)).join("; "));
      setText(item.by, data.packed.words.attribution[codes.attribution[row]]);
      item.differ.hidden = !texts.at("contradictions", row);
    }

    /** How many events of a result lie at a place. */
    function countOf({ look }, has) {
      let n = 0;
      for (let row = 0; row < look.length; row += 1) if (look[row] !== 0 && has(row)) n += 1;
      return n;
    }

    function mark(id) {
      marked = id;
      drawMark();
    }

    /** Mark the event whose card is open. */
    function drawMark() {
      for (const { element, row } of items) {
        if (marked !== null && ids.at(row) === marked) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
    }

    /** The event before or after one among those that are shown. */
    function neighbour({ look }, id, step) {
      let row = ids.indexOf(id) + step;
      while (row >= 0 && row < look.length && look[row] === 0) row += step;
      return row >= 0 && row < look.length ? ids.at(row) : null;
    }

    return { draw, mark, countOf, neighbour,
      cardOf: (id) => cardAt(ids.indexOf(id)),
      isMapped: (id) => isMapped[ids.indexOf(id)] === 1,
      /** An event in a few words. */
      nameOf: (row) => (isReady ? `${texts.at("title", row)} · ${spans.when(start[row], end[row], PRECISIONS[codes.time_precision[row]])}` : "") };
  }

  return { create };
})();
