// Single events for the canvas: where their spots lie in a view, and what is
// drawn of them there.
const timemapSpots = (() => {
  const SAME_PX = 3;

  /** What timemapDots paints from: lay(view), read(laid, result), chosen(row), rowsOf(laid, mark). */
  function create(data) {
    const grid = timemapGrid.create(data.places, data.events);
    const heaps = timemapHeaps.create(data.events, data.groups.length);

    /** The rows that lie where something is drawn, shown now or not. */
    function rowsOf(laid, mark) {
      const rows = new Set();
      for (let i = laid.starts[mark.cell]; i < laid.stops[mark.cell]; i += 1) {
        const isThere = !("x" in mark) || (Math.abs(laid.xOf(i) - mark.x) < SAME_PX && Math.abs(laid.yOf(i) - mark.y) < SAME_PX);
        if (isThere) rows.add(laid.row[i]);
      }
      return rows;
    }

    return { lay: grid.lay, read: (laid, { look }) => heaps.read(laid, look), rowsOf, pointsOf: data.events.pointsOf };
  }

  return { create };
})();
