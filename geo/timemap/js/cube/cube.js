// A cube: counts alone, without ids and texts. The timeline, the legend and
// the canvas are those of a large set; there is nothing to list.
const timemapCube = (() => {
  // A cell wider than this says nothing that the map's look suggests.
  const BEYOND = 1;

  /** Unpack the levels: a row's hour counts from the cube's first. */
  async function open(data) {
    const { cube } = data;
    cube.levels = await Promise.all(cube.levels.map(async ({ zoom, rows }) => {
      const columns = await timemapColumns.unpack(rows);
      const hour = Uint32Array.from(columns.hour);
      for (let i = 1; i < hour.length; i += 1) hour[i] += hour[i - 1];
      return { zoom, ...columns, hour };
    }));
    // No event has an id here.
    data.events = { ids: { length: cube.total, includes: () => false, indexOf: () => -1, at: () => null } };
  }

  /** As timemapFew.create gives it. */
  function create(root, data) {
    const nothing = () => {};
    const list = { draw: nothing, mark: nothing, countOf: () => 0, neighbour: () => null, isMapped: () => false };
    function marks(map, { onChange }) {
      const finest = data.cube.levels[data.cube.levels.length - 1].zoom;
      map.setMaxZoom(Math.max(map.getMinZoom() + 1, Math.min(map.getMaxZoom(), finest - BEYOND)));
      return timemapDots.create(map, data, timemapCells.create(data), { onChange, onOpen: nothing, nameOf: () => "" });
    }
    return { list, marks, pointsOf: () => [], routeOf: () => null, tellsAll: false, filter: timemapHours.create(data), ready: Promise.resolve() };
  }

  return { create, open };
})();
