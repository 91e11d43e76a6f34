// Which events of a large set a state shows. The status of an event changes
// only when an edge of the window passes one of its four times: binary search
// in the sorted times finds those few, and each is judged by the plain rule.
const timemapIndex = (() => {
  const NAMES = [null, "certain", "coarse", "likely", "possible"];
  const CODES = { certain: 1, coarse: 2, likely: 3, possible: 4 };
  const POSSIBLE = CODES.possible;

  /** A column's values in rising order, and the row of each. */
  function sorted(values) {
    const n = values.length;
    const least = values.reduce((low, value) => Math.min(low, value), values[0] ?? 0);
    const keys = Float64Array.from(values, (value, row) => (value - least) * n + row).sort();
    const rows = Uint32Array.from(keys, (key) => key % n);
    return { values: Int32Array.from(rows, (row) => values[row]), rows };
  }

  /** The first place in a rising array whose value is at least (or above) some value. */
  function placeOf(values, wanted, isAbove) {
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle] < wanted || (isAbove && values[middle] === wanted)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Columns of times, each once, in rising order. */
  function edgesOf({ start, end, earliest, latest }) {
    return [...new Set([start, end, earliest, latest])].map((column) =>
      (column === start ? { values: start, rows: null } : sorted(column)));
  }

  function create(data, wordsOf) {
    const { total, start, end, earliest, latest, coarse, kind, by, isMapped, order, ids } = data.events;
    const edges = edgesOf(data.events);
    const sums = timemapSums.create(data);
    const status = new Uint8Array(total);
    const look = new Uint8Array(total);
    // How many have each status, off the map and on it.
    const tally = new Int32Array(2 * NAMES.length);
    let mask = null;
    let masked = null;
    let offersPossible = false;
    let window = [0, 0];

    function judge(row, from, to) {
      return CODES[timemapTime.status(start[row], end[row], earliest[row], latest[row], coarse[row] === 1, from, to)] ?? 0;
    }

    /** Give a row another status, and what follows from it. */
    function change(row, next) {
      if (mask[row]) {
        tally[2 * status[row] + isMapped[row]] -= 1;
        tally[2 * next + isMapped[row]] += 1;
        look[row] = next === POSSIBLE && !offersPossible ? 0 : next;
      }
      status[row] = next;
    }

    /** Judge what lies between the old and the new place of an edge. */
    function moveEdge(old, next, from, to) {
      const [low, high] = [Math.min(old, next), Math.max(old, next)];
      for (const { values, rows } of edges) {
        const last = placeOf(values, high, true);
        for (let i = placeOf(values, low, false); i < last; i += 1) {
          const row = rows ? rows[i] : i;
          const now = judge(row, from, to);
          if (now !== status[row]) change(row, now);
        }
      }
    }

    /** How many times of events lie between two minutes. */
    const between = (one, other) => edges.reduce((sum, { values }) =>
      sum + placeOf(values, Math.max(one, other), true) - placeOf(values, Math.min(one, other), false), 0);

    function moveTo([from, to]) {
      const [oldFrom, oldTo] = window;
      window = [from, to];
      // An empty window shows nothing, whatever its edges are near to.
      const isWhole = to <= from || oldTo <= oldFrom || between(oldFrom, from) + between(oldTo, to) > total;
      if (!isWhole) {
        if (from !== oldFrom) moveEdge(oldFrom, from, from, to);
        if (to !== oldTo) moveEdge(oldTo, to, from, to);
        return;
      }
      for (let row = 0; row < total; row += 1) {
        const now = judge(row, from, to);
        if (now !== status[row]) change(row, now);
      }
    }

    /** Take a new mask: everything but time. */
    function remask(state) {
      mask = maskOf(data, state, wordsOf);
      sums.build(mask);
      recount();
    }

    function recount() {
      tally.fill(0);
      for (let row = 0; row < total; row += 1) {
        const own = mask[row] ? status[row] : 0;
        if (mask[row]) tally[2 * own + isMapped[row]] += 1;
        look[row] = own === POSSIBLE && !offersPossible ? 0 : own;
      }
    }

    const isMasked = (state) => masked !== null && ["kinds", "attributions", "q", "only"].every((key) => masked[key] === state[key]);

    function prepare(state) {
      if (!isMasked(state)) {
        offersPossible = state.possible;
        masked = { ...state };
        remask(state);
      } else if (offersPossible !== state.possible) {
        offersPossible = state.possible;
        recount();
      }
    }

    /** What a state shows; lists of ids are made when they are asked for. */
    function evaluate(state) {
      prepare(state);
      moveTo(timemapFilter.windowOf(data, state));
      const counts = Object.fromEntries(Object.entries(CODES).map(([name, code]) => [name, tally[2 * code] + tally[2 * code + 1]]));
      const codes = [1, 2, 3, ...(offersPossible ? [POSSIBLE] : [])];
      const mapped = codes.reduce((sum, code) => sum + tally[2 * code + 1], 0);
      const shown = codes.reduce((sum, code) => sum + tally[2 * code] + tally[2 * code + 1], 0);
      return { counts, shown, mapped, look,
        get visible() { return inFileOrder((row) => look[row] !== 0).map(ids.at); },
        get possible_ids() { return inFileOrder((row) => mask[row] && status[row] === POSSIBLE).map(ids.at); },
        get statuses() { return statusesById(); } };
    }

    function inFileOrder(isMeant) {
      const rows = [];
      for (let row = 0; row < total; row += 1) if (isMeant(row)) rows.push(row);
      return order ? rows.sort((a, b) => order[a] - order[b]) : rows;
    }

    function statusesById() {
      // Without a prototype even an id such as __proto__ is just a key.
      const found = Object.create(null);
      for (const row of inFileOrder((one) => mask[one] && status[one] !== 0)) found[ids.at(row)] = NAMES[status[row]];
      return found;
    }

    return {
      evaluate,
      /** The histogram of all events that pass the filters. */
      barsOf(state) { prepare(state); return sums.bars; },
      /** Look through the words anew: there are more than there were. */
      forget() { masked = null; },
    };
  }

  /** Everything but time: 1 for each event that passes. */
  function maskOf(data, { kinds, attributions, q, only }, wordsOf) {
    const { total, kind, by, ids } = data.events;
    const isKind = data.kinds.map((code) => kinds.length === 0 || kinds.includes(code));
    const isBy = data.attributions.map((code) => attributions.length === 0 || attributions.includes(code));
    const words = timemapFilter.wordsIn(q);
    const mask = new Uint8Array(total);
    const passes = (row) => words.every((word) => wordsOf(row).includes(word));
    for (let row = 0; row < total; row += 1) {
      if (isKind[kind[row]] && isBy[by[row]] && (words.length === 0 || passes(row))) mask[row] = 1;
    }
    if (!only) return mask;
    const kept = new Uint8Array(total);
    for (const id of only) {
      const row = ids.indexOf(id);
      if (row >= 0) kept[row] = mask[row];
    }
    return kept;
  }

  return { create, sorted, placeOf, NAMES };
})();
