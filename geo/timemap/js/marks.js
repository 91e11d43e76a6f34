// One mark a place: the count in the window, ring segments by group, merged
// with its neighbours where they would overprint; a ring to scale for places
// that are not known exactly.
const timemapMarks = (() => {
  const { svg, html, fill, plural } = timemapDom;
  const MERGE_PX = 30;
  // Above this a ring would cover the map instead of telling something.
  const WIDEST_RING_M = 15000;
  const NARROWEST_RING_M = 100;
  const STRENGTH = { certain: "solid", likely: "solid", coarse: "pale", possible: "hollow" };
  const TOWN_ZOOM = 9.5;
  const NAME_HEIGHT = 17;
  // Beyond it a name is cut; the style sheet says the same.
  const NAME_WIDTH = 200;

  function create(map, data, { onOpen, onChange }) {
    map.createPane("tm-rings").style.zIndex = 350;
    const ringRenderer = L.svg({ pane: "tm-rings", padding: 0.6 });
    const rings = data.sites.map((site) => createRing(map, site, ringRenderer));
    const markers = new Map();
    let rows = data.sites.map(() => []);
    let pixels = [];
    let selected = null;
    const measure = timemapDom.createMeasure();
    // A canvas knows no variables of the style sheet.
    const sans = getComputedStyle(map.getContainer()).getPropertyValue("--tm-sans");
    const font = `600 11.5px ${sans}`;

    function project() {
      pixels = data.sites.map(({ lat, lon }) => map.latLngToLayerPoint([lat, lon]));
    }

    /** Show what a filter's result holds; selected is an event's row or null. */
    function draw(result, selectedRow) {
      rows = data.sites.map(() => []);
      result.rows.forEach((status, row) => {
        if (status) for (const site of data.events.sites[row]) rows[site].push({ row, status });
      });
      selected = selectedRow;
      rings.forEach((ring, i) => ring?.show(rows[i].length > 0, rows[i].some(({ row }) => row === selected)));
      arrange();
    }

    function arrange() {
      const active = rows.flatMap((own, i) => (own.length && isInZoom(data.sites[i], map.getZoom()) ? [i] : []));
      const points = active.map((i) => ({ x: pixels[i].x, y: pixels[i].y, weight: rows[i].length }));
      const groups = timemapLayout.cluster(points, MERGE_PX).map(({ members }) => members.map((m) => active[m]));
      const wanted = new Set(groups.map(([leader]) => leader));
      for (const [leader, marker] of markers) {
        if (!wanted.has(leader)) { marker.remove(); markers.delete(leader); }
      }
      for (const sites of groups) showMark(sites);
      onChange(labelMarks());
    }

    function showMark(sites) {
      const own = merged(sites);
      const face = describe(data, own);
      const key = JSON.stringify([sites, nameOf(sites), face.segments, own.some(({ row }) => row === selected)]);
      let marker = markers.get(sites[0]);
      if (!marker) {
        marker = createMarker(map, data.sites[sites[0]]);
        markers.set(sites[0], marker);
      }
      if (marker.key === key) return;
      marker.key = key;
      marker.update({ sites, own, face, name: nameOf(sites), isSelected: own.some(({ row }) => row === selected) });
    }

    /** The events of several sites, each once, in the data's order. */
    function merged(sites) {
      const seen = new Map();
      for (const i of sites) for (const entry of rows[i]) seen.set(entry.row, entry);
      return [...seen.values()].sort((a, b) => a.row - b.row);
    }

    /** Seen from afar, what stands in the home city is the city. */
    function leaderName([leader]) {
      const { name, style } = data.sites[leader];
      return style === "point" && data.home && map.getZoom() < TOWN_ZOOM ? data.home : name;
    }

    function nameOf(sites) {
      const name = leaderName(sites);
      if (sites.length === 1 || name === data.home) return name;
      return fill(plural(data.lang, data.messages.placeAndMore, sites.length - 1), { place: name, n: sites.length - 1 });
    }

    /** Let names stand beside marks where they are free; returns what is covered. */
    function labelMarks() {
      const shown = [...markers.entries()].sort((a, b) => b[1].own.length - a[1].own.length);
      const taken = shown.map(([leader, { radius }]) => {
        const { x, y } = pixels[leader];
        return { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius };
      });
      shown.forEach(([leader, marker], i) => {
        const { x, y } = pixels[leader];
        const isNamed = map.getZoom() >= 11.6 || map.getZoom() < TOWN_ZOOM || data.sites[leader].style !== "point";
        const spot = isNamed && labelSpots(marker).find(([dx, dy]) => {
          const box = labelBox(marker, x + dx, y + dy);
          return !taken.some((other, j) => j !== i && timemapLayout.boxesMeet(box, other));
        });
        marker.label.classList.toggle("tm-off", !spot);
        if (!spot) return;
        [marker.label.style.left, marker.label.style.top] = spot.map((at) => `${at.toFixed(1)}px`);
        taken.push(labelBox(marker, x + spot[0], y + spot[1]));
      });
      return taken;
    }

    function createMarker(leaflet, site) {
      const face = html("div", "tm-mark-face");
      const label = html("span", `tm-mark-name tm-mark-name-${site.style}`);
      face.append(label);
      const layer = L.marker([site.lat, site.lon], {
        icon: L.divIcon({ html: face, className: "tm-mark", iconSize: [0, 0] }),
        keyboard: true, riseOnHover: true, bubblingMouseEvents: false,
      }).addTo(leaflet);
      const marker = { label, labelWidth: 0, radius: 0, own: [], sites: [], remove: () => layer.remove() };
      layer.on("click", () => onOpen(marker.sites, marker.own.map(({ row }) => row)));
      layer.getElement().addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        onOpen(marker.sites, marker.own.map(({ row }) => row));
      });
      marker.update = ({ sites, own, face: look, name, isSelected }) => {
        Object.assign(marker, { sites, own, radius: look.radius });
        face.replaceChildren(picture(look, isSelected), label);
        const short = sites.length > 1 && name !== data.home ? `${leaderName(sites)} +${sites.length - 1}` : name;
        timemapDom.setText(label, short);
        marker.labelWidth = Math.min(NAME_WIDTH, measure(short, font)) + 6;
        const element = layer.getElement();
        element.setAttribute("role", "button");
        element.setAttribute("aria-label", markWords(data, name, look, own.length));
        // A box of the mark's own size: to be hit, seen as a target and focused.
        Object.assign(element.style, { width: `${2 * look.radius}px`, height: `${2 * look.radius}px`,
          marginLeft: `${-look.radius}px`, marginTop: `${-look.radius}px` });
        element.dataset.count = String(own.length);
        element.dataset.places = sites.flatMap((i) => data.sites[i].places).join(" ");
        layer.setZIndexOffset(own.length);
      };
      return marker;
    }

    map.on("zoomend viewreset", () => { project(); arrange(); });
    project();
    return { draw, count: () => markers.size };
  }

  /** Where a mark's name may stand, from its centre: below, right, left, above. */
  function labelSpots({ radius, labelWidth }) {
    const aside = radius + labelWidth / 2 + 1;
    return [[0, radius + NAME_HEIGHT / 2], [aside, 0], [-aside, 0], [0, -radius - NAME_HEIGHT / 2]];
  }

  function labelBox({ labelWidth }, x, y) {
    return { x0: x - labelWidth / 2, x1: x + labelWidth / 2, y0: y - NAME_HEIGHT / 2, y1: y + NAME_HEIGHT / 2 };
  }

  /** Regions are named only where a whole country is in view. */
  function isInZoom(site, zoom) {
    return site.style !== "region" || zoom < TOWN_ZOOM;
  }

  /** What a mark shows of its events: segments in the order of the groups. */
  function describe(data, own) {
    const counts = new Map();
    for (const { row, status } of own) {
      const key = `${data.groupOf[data.events.kind[row]]}|${STRENGTH[status]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const segments = [...counts.entries()]
      .map(([key, n]) => ({ group: Number(key.split("|")[0]), strength: key.split("|")[1], n }))
      .sort((a, b) => a.group - b.group || a.strength.localeCompare(b.strength));
    return { segments, total: own.length, radius: Math.min(30, 9.5 + 3.4 * Math.sqrt(own.length)), groups: data.groups };
  }

  /** A mark as SVG: a glyph for one event, a ring with a count for more. */
  function picture({ segments, total, radius, groups }, isSelected) {
    const size = Math.ceil(radius) + 5;
    const root = svg("svg", { class: "tm-mark-picture", viewBox: `${-size} ${-size} ${2 * size} ${2 * size}`,
      width: 2 * size, height: 2 * size, "aria-hidden": "true", focusable: "false" });
    if (isSelected) root.append(svg("circle", { r: radius + 3, class: "tm-mark-chosen" }));
    root.append(svg("circle", { r: radius, class: "tm-mark-paper" }));
    if (total === 1) {
      const { group, strength } = segments[0];
      root.append(svg("path", { d: groups[group].glyph, class: `tm-ink tm-group-${group} tm-${strength}` }));
      return root;
    }
    let from = 0;
    for (const { group, strength, n } of segments) {
      const to = from + n / total;
      root.append(svg("path", { d: timemapLayout.ringSegment(radius - 6, radius - 0.5, from, to),
        class: `tm-ink tm-group-${group} tm-${strength}` }));
      from = to;
    }
    const text = svg("text", { class: "tm-mark-count", y: "0.36em" });
    text.textContent = String(total);
    root.append(text);
    return root;
  }

  /** A mark in words, for those who hear it. */
  function markWords(data, name, { segments, groups }, total) {
    const sums = new Map();
    for (const { group, n } of segments) sums.set(group, (sums.get(group) ?? 0) + n);
    const parts = [...sums].map(([group, n]) => fill(data.messages.groupCount, { group: groups[group].label, n }));
    return fill(plural(data.lang, data.messages.markWords, total), { place: name, n: total, parts: parts.join(", ") });
  }

  /** The ring of one site, or a band along its street; null where exact. */
  function createRing(map, site, renderer) {
    const options = { pane: "tm-rings", renderer, interactive: false };
    let layer = null;
    if (site.street) layer = L.polyline(site.street, { ...options, className: "tm-ring tm-band" });
    else if (site.radius_m > NARROWEST_RING_M && site.radius_m <= WIDEST_RING_M) {
      layer = L.circle([site.lat, site.lon], { ...options, radius: site.radius_m, className: "tm-ring tm-circle" });
    }
    if (!layer) return null;
    let isShown = false;
    return {
      show(wanted, isChosen) {
        if (wanted !== isShown) { if (wanted) layer.addTo(map); else layer.remove(); isShown = wanted; }
        if (wanted) layer.getElement()?.classList.toggle("tm-chosen", isChosen);
      },
    };
  }

  return { create };
})();
