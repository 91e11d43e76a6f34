// The schematic city: streets, outlines and names that keep out of each
// other's way. Colours and widths live in the style sheet; widths follow the
// zoom through one custom property.
const timemapBasemap = (() => {
  const { svg, fill } = timemapDom;
  // From which zoom a street of rank 1 to 4 is drawn, and from which it is named.
  const DRAWN_FROM = { 1: 8, 2: 10.5, 3: 12, 4: 14 };
  const NAMED_FROM = { 1: 11.8, 2: 13, 3: 14.2, 4: 15.6 };
  const NAME_EVERY_PX = 520;
  // The zooms between which a label of some kind is of use.
  const LABEL_ZOOM = {
    city: [0, 9.5], region: [5.2, 7.5], district: [10.6, 14.6], mountains: [9.5, 14],
    square: [12.4, 20], park: [12, 20], airport: [10.4, 20], arena: [12, 20], building: [14.5, 20],
  };

  /** Add the base to a map; returns {shade(boxes)}, which hides names under marks. */
  function add(map, base) {
    for (const [name, z] of [["tm-land", 210], ["tm-streets", 220], ["tm-names", 390]]) {
      map.createPane(name).style.zIndex = z;
      map.getPane(name).style.pointerEvents = "none";
    }
    const land = L.svg({ pane: "tm-land", padding: 0.6 });
    const roads = L.svg({ pane: "tm-streets", padding: 0.6 });
    addGraticule(map, land);
    for (const outline of base.outlines) {
      L.polygon(outline.ring, { pane: "tm-land", renderer: land, interactive: false,
        className: `tm-outline tm-outline-${outline.kind}` }).addTo(map);
    }
    const streets = addStreets(map, base.streets, roads);
    const names = createNames(map, base);

    function restyle() {
      const zoom = map.getZoom();
      map.getContainer().style.setProperty("--tm-street", String(2 ** ((zoom - 13) * 0.55)));
      for (const { rank, layers } of streets) {
        const shown = zoom >= DRAWN_FROM[rank];
        for (const layer of layers) layer.getElement()?.classList.toggle("tm-off", !shown);
      }
      names.layOut();
    }
    map.on("zoomend", restyle);
    map.on("moveend", names.layOut);
    restyle();
    return { shade: names.shade };
  }

  /** Meridians and parallels, so that an empty steppe still has a scale. */
  function addGraticule(map, renderer) {
    const line = (points) => L.polyline(points, { pane: "tm-land", renderer, interactive: false,
      className: "tm-graticule" }).addTo(map);
    for (let lon = 45; lon <= 95; lon += 5) line([[35, lon], [60, lon]]);
    for (let lat = 35; lat <= 60; lat += 5) line([[lat, 45], [lat, 95]]);
  }

  /** Streets of one rank as one path, in two strokes: all casings first, so that crossings stay open. */
  function addStreets(map, streets, renderer) {
    const ranks = Object.keys(DRAWN_FROM).map(Number).sort((a, b) => b - a);
    const stroke = (rank, part) => L.polyline(streets.filter((street) => street.rank === rank).map(({ line }) => line), {
      pane: "tm-streets", renderer, interactive: false, className: `tm-street tm-street-${part} tm-rank-${rank}` }).addTo(map);
    const casings = ranks.map((rank) => stroke(rank, "casing"));
    const fills = ranks.map((rank) => stroke(rank, "fill"));
    return ranks.map((rank, i) => ({ rank, layers: [casings[i], fills[i]] }));
  }

  /** The names, laid out for the current view in one SVG. */
  function createNames(map, base) {
    const root = svg("svg", { class: "tm-names", "aria-hidden": "true", width: 1, height: 1 });
    map.getPane("tm-names").append(root);
    const measure = timemapDom.createMeasure();
    let placed = [];
    let shades = [];

    map.on("zoomstart", () => root.classList.add("tm-moving"));

    function layOut() {
      const zoom = map.getZoom();
      const size = map.getSize();
      const corner = map.containerPointToLayerPoint([0, 0]);
      // A margin of half a map each way, so that a short drag shows names at once.
      const view = { x0: corner.x - size.x / 2, y0: corner.y - size.y / 2,
        x1: corner.x + size.x * 1.5, y1: corner.y + size.y * 1.5 };
      placed = [];
      for (const spot of fixedSpots(map, base.labels, zoom, measure)) put(spot, view);
      for (const spot of streetSpots(map, base.streets, zoom, measure)) put(spot, view);
      root.replaceChildren(...placed.map(({ element }) => element));
      root.classList.remove("tm-moving");
      shade(shades);
    }

    /** Keep a spot if it lies in view and touches no name already there. */
    function put(spot, view) {
      if (!timemapLayout.boxesMeet(spot.hull, view)) return;
      const meets = (other) => spot.boxes.some((a) => other.boxes.some((b) => timemapLayout.boxesMeet(a, b)));
      if (placed.some((other) => timemapLayout.boxesMeet(spot.hull, other.hull) && meets(other))) return;
      const turn = (spot.angle * 180) / Math.PI;
      const text = svg("text", { class: `tm-name tm-name-${spot.kind}`,
        transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)}) rotate(${turn.toFixed(1)})` });
      text.textContent = spot.text;
      placed.push({ ...spot, element: text });
    }

    /** Hide the names that lie under any of these boxes. */
    function shade(boxes) {
      shades = boxes;
      for (const { hull, boxes: own, element } of placed) {
        const hidden = boxes.some((box) => timemapLayout.boxesMeet(box, hull)
          && own.some((part) => timemapLayout.boxesMeet(box, part)));
        element.classList.toggle("tm-off", hidden);
      }
    }

    return { layOut, shade };
  }

  const FONTS = {
    street: { font: "500 10.5px system-ui, sans-serif", height: 13, spacing: 0.2 },
    district: { font: "600 11px system-ui, sans-serif", height: 15, spacing: 2.2 },
    mountains: { font: "italic 15px Georgia, serif", height: 20, spacing: 3 },
    region: { font: "italic 12px Georgia, serif", height: 16, spacing: 1 },
    other: { font: "italic 12.5px Georgia, serif", height: 16, spacing: 0.2 },
  };

  /** Districts, squares, parks, towns and mountains: most important first. */
  function fixedSpots(map, labels, zoom, measure) {
    const order = ["city", "square", "airport", "mountains", "park", "arena", "district", "region"];
    return labels
      .filter(({ kind }) => kind in LABEL_ZOOM && zoom >= LABEL_ZOOM[kind][0] && zoom <= LABEL_ZOOM[kind][1])
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .map(({ text, lat, lon, kind }) => {
        const { font, height, spacing } = FONTS[kind] ?? FONTS.other;
        const shown = kind === "district" ? text.toLocaleUpperCase() : text;
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        const box = timemapLayout.turnedBox(x, y, measure(shown, font, spacing) + 8, height + 4, 0);
        return { text: shown, kind, x, y, angle: 0, hull: box, boxes: [box] };
      });
  }

  /** Street names on straight runs of their street, main streets first. */
  function streetSpots(map, streets, zoom, measure) {
    const { font, height, spacing } = FONTS.street;
    const named = streets.filter(({ name, rank }) => name && zoom >= NAMED_FROM[rank]);
    return [...named].sort((a, b) => a.rank - b.rank).flatMap(({ name, line }) => {
      const width = measure(name, font, spacing) + 6;
      const pixels = line.map((point) => map.latLngToLayerPoint(point));
      return timemapLayout.straightSpots(pixels, width, NAME_EVERY_PX, 5).map((spot) => ({
        text: name, kind: "street", ...spot, ...boxesAlong(spot, width, height),
      }));
    });
  }

  /** A slanting name as a row of small boxes, so that its corners claim nothing. */
  function boxesAlong({ x, y, angle }, width, height) {
    const steps = Math.max(1, Math.ceil(width / (height * 1.2)));
    const part = width / steps;
    const boxes = Array.from({ length: steps }, (_, i) => {
      const off = -width / 2 + part * (i + 0.5);
      return timemapLayout.turnedBox(x + off * Math.cos(angle), y + off * Math.sin(angle), part, height, angle);
    });
    return { boxes, hull: timemapLayout.turnedBox(x, y, width, height, angle) };
  }

  /** A switch for street tiles: off at first, and never turned on by a link. */
  function offerTiles(map, root, { url, max_zoom: maxNativeZoom }) {
    map.createPane("tm-tiles").style.zIndex = 300;
    const layer = L.tileLayer(url, { pane: "tm-tiles", maxNativeZoom, maxZoom: map.getMaxZoom() });
    const button = root.querySelector("[data-part=tiles]");
    button.addEventListener("click", () => {
      const isOn = !map.hasLayer(layer);
      if (isOn) layer.addTo(map);
      else layer.remove();
      button.setAttribute("aria-pressed", String(isOn));
      root.querySelector("[data-part=tiles-credit]").hidden = !isOn;
      map.getContainer().classList.toggle("tm-tiled", isOn);
    });
  }

  /** Leaflet's scale, which by itself speaks English, with the messages {m, km}. */
  function addScale(map, { m, km }) {
    const Scale = L.Control.Scale.extend({
      _updateMetric(most) {
        const length = this._getRoundNum(most);
        const words = length < 1000 ? fill(m, { n: length }) : fill(km, { n: length / 1000 });
        this._updateScale(this._mScale, words, length / most);
      },
    });
    new Scale({ imperial: false, position: "bottomleft" }).addTo(map);
  }

  return { add, addScale, offerTiles };
})();
