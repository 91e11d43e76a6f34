// March routes: documented legs solid, inferred dashed, the walked part strong
// and the rest faint, chevrons for the direction, a head where both times are
// known. The head is an estimate and says so.
const timemapRoutes = (() => {
  const { svg, html } = timemapDom;
  const CHEVRON_EVERY_PX = 84;

  function create(map, data, { onOpen }) {
    map.createPane("tm-routes").style.zIndex = 380;
    map.createPane("tm-chevrons").style.zIndex = 385;
    map.getPane("tm-chevrons").style.pointerEvents = "none";
    const renderer = L.svg({ pane: "tm-routes", padding: 0.6 });
    const overlay = svg("svg", { class: "tm-chevrons", "aria-hidden": "true", width: 1, height: 1 });
    map.getPane("tm-chevrons").append(overlay);
    const routes = data.routes.map((route) => createRoute(map, route, renderer, overlay, data, onOpen));
    const redraw = () => { overlay.classList.remove("tm-moving"); for (const route of routes) route.point(); };
    map.on("zoomstart", () => overlay.classList.add("tm-moving"));
    map.on("zoomend viewreset", redraw);
    redraw();
    return {
      draw(from, to, chosen) { for (const route of routes) route.draw(from, to, chosen === route.id); },
    };
  }

  function createRoute(map, route, renderer, overlay, data, onOpen) {
    const options = { pane: "tm-routes", renderer, bubblingMouseEvents: false };
    const isTimed = route.start !== null && route.end !== null;
    const legs = route.legs.filter(({ line }) => line).map((leg) => ({
      ...leg,
      faint: L.polyline(leg.line, { ...options, className: `tm-leg tm-faint tm-${leg.evidence}` }),
      // Without both times nothing is known of its progress: it is drawn whole.
      strong: L.polyline(isTimed ? [] : leg.line, { ...options, className: `tm-leg tm-strong tm-${leg.evidence}` }),
      grip: L.polyline(leg.line, { ...options, className: "tm-leg tm-grip" }),
    }));
    const links = route.legs.filter(({ link }) => link).map(({ link }) =>
      L.polyline(arc(...link), { ...options, className: "tm-leg tm-link" }));
    const areas = route.legs.filter(({ area }) => area).map(({ area }) =>
      L.circle([area.lat, area.lon], { ...options, radius: area.radius_m, className: "tm-leg tm-area" }));
    const layers = [...legs.flatMap(({ faint, strong, grip }) => [faint, strong, grip]), ...links, ...areas];
    const arrows = svg("g", { class: "tm-off" });
    overlay.append(arrows);
    const total = legs.reduce((sum, { km }) => sum + km[km.length - 1], 0);
    const head = isTimed && total > 0 ? createHead() : null;
    const isWhole = legs.length === route.legs.length;
    let isShown = false;
    for (const layer of layers) layer.on("click", () => onOpen(route.id));

    function show(wanted) {
      if (wanted === isShown) return;
      isShown = wanted;
      for (const layer of layers) { if (wanted) layer.addTo(map); else layer.remove(); }
      arrows.classList.toggle("tm-off", !wanted);
      if (!wanted) head?.remove();
    }

    /** How far it has come at the window's end: km, from 0 to all. */
    function walked(to) {
      if (!head) return null;
      return Math.max(0, Math.min(1, (to - route.start) / (route.end - route.start))) * total;
    }

    function draw(from, to, isChosen) {
      show(timemapTime.overlaps(route.earliest, route.latest, from, to));
      if (!isShown) return;
      const km = walked(to);
      for (const { faint, strong } of legs) {
        for (const layer of [faint, strong]) layer.getElement()?.classList.toggle("tm-chosen", isChosen);
      }
      if (km === null) return;
      let before = 0;
      let tip = null;
      for (const leg of legs) {
        const length = leg.km[leg.km.length - 1];
        const part = timemapLayout.partUpTo(leg.line, leg.km, km - before);
        leg.strong.setLatLngs(part.line);
        if (km >= before && km <= before + length && km > 0 && km < total) tip = part;
        before += length;
      }
      if (tip) head.show(map, tip, data.messages[isWhole ? "headEstimated" : "headPartly"]);
      else head.remove();
    }

    /** Chevrons along the legs, anew for this zoom. */
    function point() {
      const paths = legs.flatMap((leg) => chevrons(leg.line.map((p) => map.latLngToLayerPoint(p)), route.both));
      arrows.replaceChildren(...paths.map((d) => svg("path", { d, class: "tm-chevron" })));
    }

    return { id: route.id, draw, point };
  }

  /** Small arrowheads each so many pixels; both ways alternate. */
  function chevrons(line, isBothWays) {
    const lengths = timemapLayout.runs(line);
    const total = lengths[lengths.length - 1];
    const out = [];
    for (let at = CHEVRON_EVERY_PX / 2, i = 0; at < total; at += CHEVRON_EVERY_PX, i += 1) {
      const { x, y, angle } = timemapLayout.pointAt(line, lengths, at);
      const turn = isBothWays && i % 2 ? angle + Math.PI : angle;
      const wing = (side) => {
        const a = turn + Math.PI - side * 0.62;
        return `${(x + 6.5 * Math.cos(a)).toFixed(1)} ${(y + 6.5 * Math.sin(a)).toFixed(1)}`;
      };
      out.push(`M${wing(1)}L${x.toFixed(1)} ${y.toFixed(1)}L${wing(-1)}`);
    }
    return out;
  }

  /** A flat bow between two [lat, lon]: no street is meant by it. */
  function arc([lat0, lon0], [lat1, lon1]) {
    const bend = 0.16;
    const mid = [(lat0 + lat1) / 2 + (lon1 - lon0) * bend, (lon0 + lon1) / 2 - (lat1 - lat0) * bend];
    return Array.from({ length: 33 }, (_, i) => {
      const t = i / 32;
      const weigh = (a, b, c) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c;
      return [weigh(lat0, mid[0], lat1), weigh(lon0, mid[1], lon1)];
    });
  }

  /** The head of a march: an arrow with the word that it is estimated. */
  function createHead() {
    const face = html("div", "tm-head");
    const arrow = svg("svg", { viewBox: "-11 -11 22 22", width: 22, height: 22, "aria-hidden": "true" }, [
      svg("path", { d: "M9 0L-6 7L-2 0L-6-7Z", class: "tm-head-arrow" })]);
    const label = html("span", "tm-head-label");
    face.append(arrow, label);
    const layer = L.marker([0, 0], { icon: L.divIcon({ html: face, className: "tm-head-mark", iconSize: [0, 0] }),
      interactive: false, keyboard: false, zIndexOffset: -2000 });
    let isShown = false;
    return {
      show(map, { tip, next }, words) {
        layer.setLatLng(tip);
        if (!isShown) { layer.addTo(map); isShown = true; }
        timemapDom.setText(label, words);
        if (!next) return;
        const a = map.latLngToLayerPoint(tip);
        const b = map.latLngToLayerPoint(next);
        const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
        arrow.style.transform = `rotate(${turn.toFixed(1)}deg)`;
      },
      remove() { if (isShown) { layer.remove(); isShown = false; } },
    };
  }

  return { create };
})();
