// The counts of a cube in the cells of a view: the level whose tiles are just
// wide enough on screen, added up to squares that hold a number.
const timemapCells = (() => {
  const LEAST_PX = 12;
  const TILE_PX = 256;
  const { STRENGTHS } = timemapHeaps;

  /** The finest level whose tiles are wide enough at a zoom, or the widest there is. */
  function levelAt(levels, zoom) {
    const most = zoom + Math.log2(TILE_PX / LEAST_PX);
    return levels.findLast((level) => level.zoom <= most) ?? levels[0];
  }

  /** What timemapDots paints from. */
  function create(data) {
    const { levels } = data.cube;
    const width = data.groups.length * STRENGTHS;

    /** The cells of a view, and the cell of each row of its level: -1 out of sight. */
    function lay(view) {
      const level = levelAt(levels, view.zoom);
      const cells = timemapGrid.frame(view, level.zoom);
      const scale = 2 ** (level.zoom - cells.level);
      const { x, y } = level;
      const cellOf = new Int32Array(x.length);
      for (let i = 0; i < x.length; i += 1) {
        const col = Math.floor(x[i] / scale) - cells.col0;
        const row = Math.floor(y[i] / scale) - cells.row0;
        cellOf[i] = col >= 0 && row >= 0 && col < cells.cols && row < cells.rows ? row * cells.cols + col : -1;
      }
      return { ...cells, cellOf, rows: level, size: cells.rows * cells.cols };
    }

    /** One square for each cell with events in the window. */
    function read({ cellOf, rows, size }, { range: [low, high], isKind }) {
      const { hour, kind, count } = rows;
      const tallies = new Uint32Array(size * width);
      const totals = new Float64Array(size);
      const last = firstOf(hour, high);
      for (let i = firstOf(hour, low); i < last; i += 1) {
        const cell = cellOf[i];
        if (cell < 0 || !isKind[kind[i]]) continue;
        totals[cell] += count[i];
        tallies[cell * width + data.groupOf[kind[i]] * STRENGTHS] += count[i];
      }
      const tiles = [];
      totals.forEach((n, cell) => { if (n > 0) tiles.push({ cell, n, tally: tallies.subarray(cell * width, (cell + 1) * width) }); });
      return { tiles, heads: [] };
    }

    return { lay, read, pointsOf: () => [] };
  }

  /** The first row of at least some hour. */
  function firstOf(hour, wanted) {
    let [low, high] = [0, hour.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (hour[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return { create, levelAt };
})();
