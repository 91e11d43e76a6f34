// Cells of screen size over the map, the same ones wherever one pans: tiles of
// the Web Mercator square, of the level whose side is wide enough for a number.
const timemapGrid = (() => {
  const LEAST_PX = 38;
  const TILE_PX = 256;

  /** Web Mercator (EPSG:3857) as shares of its square, from its north-west corner. */
  function project(lat, lon) {
    const sine = Math.min(0.9999, Math.max(-0.9999, Math.sin((lat * Math.PI) / 180)));
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  /** The level of the cells at a zoom, and their side in pixels: 38 to 76, or more where no level is finer. */
  function cellsAt(zoom, finest = Infinity) {
    const level = Math.min(finest, Math.floor(zoom + Math.log2(TILE_PX / LEAST_PX)));
    return { level, side: TILE_PX * 2 ** (zoom - level) };
  }

  /** The cells that a view touches: how many, and where the first one stands in it. */
  function frame({ zoom, left, top, width, height }, finest) {
    const { level, side } = cellsAt(zoom, finest);
    const [col0, row0] = [Math.floor(left / side), Math.floor(top / side)];
    const cols = Math.floor((left + width) / side) - col0 + 1;
    const rows = Math.floor((top + height) / side) - row0 + 1;
    return { level, side, col0, row0, cols, rows, x0: col0 * side - left, y0: row0 * side - top };
  }

  /** Projects places once; `lay` sorts spots into the cells of a view. */
  function create({ lat, lon }, { spotRow, spotPlace }) {
    const wx = new Float64Array(lat.length);
    const wy = new Float64Array(lat.length);
    for (let i = 0; i < lat.length; i += 1) [wx[i], wy[i]] = project(lat[i] / 1e6, lon[i] / 1e6);

    /**
     * The spots of a view in the order of their cells: `ends` says where each
     * cell's begin, `row` whose they are, `x` and `y` where in the view.
     */
    function lay(view) {
      const cells = frame(view);
      const scale = TILE_PX * 2 ** view.zoom;
      const cellOf = new Int32Array(wx.length).fill(-1);
      for (let i = 0; i < wx.length; i += 1) {
        const col = Math.floor((wx[i] * scale) / cells.side) - cells.col0;
        const row = Math.floor((wy[i] * scale) / cells.side) - cells.row0;
        if (col >= 0 && row >= 0 && col < cells.cols && row < cells.rows) cellOf[i] = row * cells.cols + col;
      }
      return { ...cells, ...sort(cellOf, cells.cols * cells.rows, scale, view) };
    }

    /** Sort by counting: rows stay in order within each cell. */
    function sort(cellOf, size, scale, { left, top }) {
      const ends = new Uint32Array(size + 1);
      for (const place of spotPlace) if (cellOf[place] >= 0) ends[cellOf[place] + 1] += 1;
      for (let i = 0; i < size; i += 1) ends[i + 1] += ends[i];
      const next = ends.slice();
      const n = ends[size];
      const [row, x, y] = [new Uint32Array(n), new Float32Array(n), new Float32Array(n)];
      for (let spot = 0; spot < spotPlace.length; spot += 1) {
        const place = spotPlace[spot];
        if (cellOf[place] < 0) continue;
        const at = next[cellOf[place]];
        next[cellOf[place]] += 1;
        row[at] = spotRow[spot];
        x[at] = wx[place] * scale - left;
        y[at] = wy[place] * scale - top;
      }
      return { ends, row, x, y };
    }

    return { lay };
  }

  return { create, project, cellsAt, frame };
})();
