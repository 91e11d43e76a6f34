// What stands in each cell of a view: single events and heaps of events at one
// spot where they keep clear of each other, one number for all where not.
const timemapHeaps = (() => {
  // Spots nearer than this are one spot.
  const SAME_PX = 3;
  // More than this in one cell would be a scatter that nobody counts.
  const MOST_HEADS = 12;
  const DOT_PX = 6;
  // Strength by status: solid, pale for coarse, hollow for possible.
  const STRENGTHS = 3;
  const STRENGTH = [0, 0, 1, 0, 2];

  /** The radius of a mark that stands for n events at one spot. */
  const radiusOf = (n) => (n === 1 ? DOT_PX : Math.min(20, 8.5 + 2.6 * Math.log2(n)));

  const touches = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < radiusOf(a.n) + radiusOf(b.n) - 1;

  /**
   * Reads laid grids of some events: {tiles: [{cell, n, tally}], heads: [{x, y, n, row, tally}]},
   * tallies by group and strength.
   */
  function create({ group, total, spotRow }, groups) {
    const width = groups * STRENGTHS;
    // In which cell an event was counted last; only where one may have several spots.
    const counted = spotRow.some((row, i) => i > 0 && row === spotRow[i - 1]) ? new Uint32Array(total) : null;
    let visit = 0;

    function read(grid, look) {
      const out = { tiles: [], heads: [] };
      for (let cell = 0; cell < grid.starts.length; cell += 1) {
        if (grid.starts[cell] === grid.stops[cell]) continue;
        const tally = new Uint32Array(width);
        visit += 1;
        const found = readCell(grid, cell, look, tally);
        if (found.n === 0) continue;
        if (found.heads && keepClear(found.heads)) out.heads.push(...found.heads);
        else out.tiles.push({ cell, n: found.n, tally });
      }
      return out;
    }

    /** Count a cell's events, each once, and gather them by spot while the spots are few. */
    function readCell({ starts, stops, row: rows, xOf, yOf }, cell, look, tally) {
      let heads = [];
      let n = 0;
      for (let i = starts[cell]; i < stops[cell]; i += 1) {
        const row = rows[i];
        const status = look[row];
        if (status === 0 || counted?.[row] === visit) continue;
        if (counted) counted[row] = visit;
        n += 1;
        const key = group[row] * STRENGTHS + STRENGTH[status];
        tally[key] += 1;
        if (!heads) continue;
        const head = headAt(heads, xOf(i), yOf(i), row, cell, width);
        if (heads.length > MOST_HEADS) { heads = null; continue; }
        head.n += 1;
        head.tally[key] += 1;
      }
      return { heads, n };
    }

    return { read };
  }

  function headAt(heads, x, y, row, cell, width) {
    for (const head of heads) {
      if (Math.abs(head.x - x) < SAME_PX && Math.abs(head.y - y) < SAME_PX) return head;
    }
    const head = { x, y, n: 0, row, cell, tally: new Uint32Array(width) };
    heads.push(head);
    return head;
  }

  function keepClear(heads) {
    return heads.every((one, i) => heads.every((other, j) => j <= i || !touches(one, other)));
  }

  return { create, radiusOf, STRENGTHS };
})();
