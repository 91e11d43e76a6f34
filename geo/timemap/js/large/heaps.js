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

  /** Read a laid grid: {tiles: [{cell, n, tally}], heads: [{x, y, n, row, tally}]}. */
  function read(grid, look, group, groups) {
    const out = { tiles: [], heads: [] };
    const width = groups * STRENGTHS;
    for (let cell = 0; cell < grid.ends.length - 1; cell += 1) {
      if (grid.ends[cell] === grid.ends[cell + 1]) continue;
      const tally = new Uint32Array(width);
      const found = readCell(grid, cell, look, group, tally, width);
      if (found.n === 0) continue;
      if (found.heads && keepClear(found.heads)) out.heads.push(...found.heads);
      else out.tiles.push({ cell, n: found.n, tally });
    }
    return out;
  }

  /** Count a cell's events, each once, and gather them by spot while the spots are few. */
  function readCell({ ends, row: rows, x, y }, cell, look, group, tally, width) {
    let heads = [];
    let n = 0;
    let last = -1;
    for (let i = ends[cell]; i < ends[cell + 1]; i += 1) {
      const row = rows[i];
      const status = look[row];
      // The spots of one event follow each other.
      if (status === 0 || row === last) continue;
      last = row;
      n += 1;
      const key = group[row] * STRENGTHS + STRENGTH[status];
      tally[key] += 1;
      if (!heads) continue;
      const head = headAt(heads, x[i], y[i], row, cell, width);
      if (heads.length > MOST_HEADS) { heads = null; continue; }
      head.n += 1;
      head.tally[key] += 1;
    }
    return { heads, n };
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

  return { read, radiusOf, STRENGTHS };
})();
