// A small set: every event has its elements in the page, every place its mark.
const timemapFew = (() => {
  const { fill, plural } = timemapDom;

  /** What timemapMount needs of a set of events, whatever its size. */
  function create(root, data) {
    const { ids, sites, route } = data.events;
    const words = timemapWords.create(data);
    const list = timemapList.create(root, data);
    const pointsOf = (row) => sites[row].map((site) => [data.sites[site].lat, data.sites[site].lon]);

    /** The name of some sites, after the first. */
    function nameOf(own) {
      const { name } = data.sites[own[0]];
      return own.length === 1 ? name : fill(plural(data.lang, data.messages.placeAndMore, own.length - 1), { place: name, n: own.length - 1 });
    }

    /** One event opens its card; several, the list of their place. */
    const marks = (map, { onChange, onOpen }) => timemapMarks.create(map, data, { onChange, onOpen(own, rows) {
      if (rows.length === 1) onOpen({ id: ids[rows[0]] });
      else onOpen({ has: (row) => sites[row].some((site) => own.includes(site)), name: nameOf(own) });
    } });

    return { list, marks, pointsOf, tellsAll: true, filter: timemapFilter.create(data, words.of), ready: words.ready,
      routeOf: (row) => route[row] || null };
  }

  return { create };
})();
