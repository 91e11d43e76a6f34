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

  // Finer than any cell on screen, and a pair of such numbers fits a double.
  const FINEST = 26;
  const HALF = 13;
  const LOW = 2 ** HALF - 1;
  // The bits of a number of 13, each with room for a bit of another between.
  const SPREAD = Uint32Array.from({ length: LOW + 1 }, (_, n) => {
    let spread = 0;
    for (let bit = 0; bit < HALF; bit += 1) spread |= ((n >> bit) & 1) << (2 * bit);
    return spread;
  });

  /** Column and row as one number (Morton 1966), by which every cell of every level is one run. */
  function mortonOf(col, row) {
    const high = SPREAD[col >> HALF] + 2 * SPREAD[row >> HALF];
    const low = SPREAD[col & LOW] + 2 * SPREAD[row & LOW];
    return high * 4 ** HALF + low;
  }

  /** Numbers of up to 52 bits in rising order, as their places: by counting, 13 bits at a time. */
  function orderOf(keys) {
    let order = Uint32Array.from(keys, (_, i) => i);
    for (let pass = 0; pass < 4; pass += 1) {
      const digits = Uint16Array.from(keys, (key) => Math.floor(key / 2 ** (HALF * pass)) % (LOW + 1));
      const next = new Uint32Array(LOW + 2);
      for (const digit of digits) next[digit + 1] += 1;
      for (let i = 0; i <= LOW; i += 1) next[i + 1] += next[i];
      const sorted = new Uint32Array(order.length);
      for (const at of order) { sorted[next[digits[at]]] = at; next[digits[at]] += 1; }
      order = sorted;
    }
    return order;
  }

  /** Sorts spots once by where they lie; `lay` finds those of each cell of a view. */
  function create({ lat, lon }, { spotRow, spotPlace }) {
    const cells = 2 ** FINEST;
    const clip = (share) => Math.max(0, Math.min(cells - 1, Math.floor(share * cells)));
    const points = Array.from(lat, (_, i) => project(lat[i] / 1e6, lon[i] / 1e6));
    const placeKeys = Float64Array.from(points, ([x, y]) => mortonOf(clip(x), clip(y)));
    const order = orderOf(Float64Array.from(spotPlace, (place) => placeKeys[place]));
    const column = (read) => Float64Array.from(order, (spot) => read(spotPlace[spot]));
    const keys = column((place) => placeKeys[place]);
    const spots = { row: Uint32Array.from(order, (spot) => spotRow[spot]), wx: column((place) => points[place][0]), wy: column((place) => points[place][1]) };

    /** The first spot whose number is at least some number. */
    function firstFrom(wanted) {
      let [low, high] = [0, keys.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (keys[middle] < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    /**
     * The cells of a view; spots `starts[cell]` to `stops[cell]` lie in one.
     * `row` says whose a spot is, `xOf` and `yOf` where in the view.
     */
    function lay(view) {
      const seen = frame(view);
      const scale = TILE_PX * 2 ** view.zoom;
      const [starts, stops] = [0, 0].map(() => new Uint32Array(seen.cols * seen.rows));
      const width = 4 ** (FINEST - seen.level);
      const most = 2 ** seen.level;
      for (let cell = 0; cell < starts.length; cell += 1) {
        const [col, row] = [seen.col0 + (cell % seen.cols), seen.row0 + Math.floor(cell / seen.cols)];
        if (col < 0 || row < 0 || col >= most || row >= most) continue;
        const key = mortonOf(col, row);
        starts[cell] = firstFrom(key * width);
        stops[cell] = firstFrom((key + 1) * width);
      }
      return { ...seen, starts, stops, row: spots.row, xOf: (spot) => spots.wx[spot] * scale - view.left, yOf: (spot) => spots.wy[spot] * scale - view.top };
    }

    return { lay };
  }

  return { create, project, cellsAt, frame };
})();
