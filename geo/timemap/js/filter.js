// Which events a state shows, and how sure each is to lie in its window.
// The twin of geo/query.py for the parts that a map's state can hold.
const timemapFilter = (() => {
  // Where Python's str.split parts: what is white to \s but U+FEFF, and some controls.
  const BLANKS = /(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/u;

  /** Text without case and accents, as geo/query.py folds it. */
  function fold(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  }

  /** The words of a text, folded. */
  const wordsIn = (text) => fold(text).split(BLANKS).filter(Boolean);

  /** The window that counts: "so far" begins with the data. */
  function windowOf(data, state) {
    return [state.mode === "sofar" ? data.span[0] : state.from, state.to];
  }

  /**
   * A filter over the events' columns. wordsOf(i) gives the folded words of
   * event i and is asked only when words are looked for.
   */
  function create(data, wordsOf) {
    const { ids, start, end, earliest, latest, coarse, kind, by, sites } = data.events;
    let maskKey = null;
    let mask = null;

    /** Everything but time; kept until one of its ingredients changes. */
    function maskOf(state) {
      const key = JSON.stringify([state.kinds, state.attributions, state.q, state.only]);
      if (key === maskKey) return mask;
      const kinds = new Set(state.kinds);
      const attributions = new Set(state.attributions);
      const words = wordsIn(state.q);
      const only = state.only && new Set(state.only);
      mask = ids.map(
        (id, i) =>
          (kinds.size === 0 || kinds.has(data.kinds[kind[i]])) &&
          (attributions.size === 0 || attributions.has(data.attributions[by[i]])) &&
          (!only || only.has(id)) &&
          (words.length === 0 || words.every((word) => wordsOf(i).includes(word))),
      );
      maskKey = key;
      return mask;
    }

    /** Statuses by row (null: not shown) and by id (those only possible are always there). */
    function evaluate(state) {
      const passes = maskOf(state);
      const [from, to] = windowOf(data, state);
      const result = {
        rows: new Array(ids.length).fill(null),
        // Without a prototype even an id such as __proto__ is just a key.
        statuses: Object.create(null),
        visible: [],
        possible_ids: [],
        counts: { certain: 0, likely: 0, coarse: 0, possible: 0 },
        shown: 0,
        mapped: 0,
      };
      for (let i = 0; i < ids.length; i += 1) {
        if (!passes[i]) continue;
        const status = timemapTime.status(
          start[i], end[i], earliest[i], latest[i], coarse[i] === 1, from, to,
        );
        if (!status) continue;
        result.counts[status] += 1;
        result.statuses[ids[i]] = status;
        if (status === "possible") result.possible_ids.push(ids[i]);
        if (status === "possible" && !state.possible) continue;
        result.rows[i] = status;
        result.shown += 1;
        if (sites?.[i].length) result.mapped += 1;
        result.visible.push(ids[i]);
      }
      return result;
    }

    return {
      evaluate,
      /** The histogram of all events that pass the filters. */
      barsOf(state) {
        const passing = maskOf(state);
        return (range, bin) => timemapTimeline.histogram(data, passing, range, bin);
      },
      /** Look through the words anew: there are more than there were. */
      forget() { maskKey = null; },
    };
  }

  return { create, fold, wordsIn, windowOf };
})();
