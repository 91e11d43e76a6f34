// A large set: columns instead of elements, one canvas instead of marks.
const timemapMany = (() => {
  /** As timemapFew.create gives it; the columns are open by then. */
  function create(root, data) {
    const words = timemapTexts.create(data);
    const list = timemapRows.create(root, data, words);
    const marks = (map, { onChange, onOpen }) => timemapDots.create(map, data, timemapSpots.create(data), { onChange, nameOf: list.nameOf,
      onOpen: ({ row, has }) => onOpen(has ? { has, name: data.messages.cellName } : { id: data.events.ids.at(row) }) });
    return { list, marks, pointsOf: data.events.pointsOf, filter: timemapIndex.create(data, words.of), ready: words.ready,
      // What is told at rest stays light: no lists of ids.
      tellsAll: false,
      routeOf: (row) => words.at("route", row) || null };
  }

  return { create, open: timemapColumns.open };
})();
