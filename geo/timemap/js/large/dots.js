// The picture of a large set on the map, and what a hand finds in it.
const timemapDots = (() => {
  const { radiusOf, STRENGTHS } = timemapHeaps;
  const { fill, plural, setText } = timemapDom;
  const REACH_PX = 5;
  const TOUCH_PX = 12;
  // So many are listed; where there are more, a click looks closer.
  const MOST_LISTED = 200;
  const CLOSER = 2;

  /** Paint what a source lays out and reads: timemapSpots, or timemapCells of a cube. */
  function create(map, data, source, { onOpen, onChange, nameOf }) {
    map.createPane("tm-large").style.zIndex = 395;
    map.getPane("tm-large").style.pointerEvents = "none";
    const write = (n) => timemapDom.number(data.lang, n);
    let sprites = null;
    let laid = null;
    let view = null;
    let result = null;
    let selected = null;
    let found = { tiles: [], heads: [] };

    const layer = timemapCanvas.add(map, (context, seen, pixels) => {
      if (!result) return;
      sprites ??= timemapSprites.create(map.getContainer(), data, pixels);
      if (JSON.stringify(seen) !== JSON.stringify(view)) { view = seen; laid = source.lay(seen); }
      found = source.read(laid, result);
      timemapPicture.paint(context, laid, found, chosen(), sprites, write);
      onChange(covered());
    });

    /** Where the open event lies in the view. */
    function chosen() {
      if (selected === null || selected < 0) return [];
      const scale = 256 * 2 ** view.zoom;
      return source.pointsOf(selected).map(([lat, lon]) => {
        const [x, y] = timemapGrid.project(lat, lon);
        return { x: x * scale - view.left, y: y * scale - view.top };
      });
    }

    /** The boxes of what is drawn, in the map's layer pixels, for names to keep clear of. */
    function covered() {
      const origin = map.getPixelOrigin();
      const [dx, dy] = [view.left - origin.x, view.top - origin.y];
      const boxes = found.tiles.map(({ cell }) => timemapPicture.boxOf(laid, cell))
        .map(({ x, y, side }) => ({ x0: x + dx, y0: y + dy, x1: x + dx + side, y1: y + dy + side }));
      for (const { x, y, n } of found.heads) {
        const radius = radiusOf(n);
        boxes.push({ x0: x + dx - radius, y0: y + dy - radius, x1: x + dx + radius, y1: y + dy + radius });
      }
      return boxes;
    }

    function draw(next, selectedRow) {
      result = next;
      selected = selectedRow;
      layer.paint();
    }

    /** What lies under a point of the map's frame: a head, a tile or nothing. */
    function pick(containerPoint, reach) {
      if (!laid) return null;
      const { x, y } = layer.pointAt(containerPoint);
      let best = null;
      for (const head of found.heads) {
        const off = Math.hypot(head.x - x, head.y - y) - radiusOf(head.n);
        if (off <= reach && (!best || off < best.off)) best = { off, head };
      }
      if (best) return best.head;
      const [col, row] = [Math.floor((x - laid.x0) / laid.side), Math.floor((y - laid.y0) / laid.side)];
      return found.tiles.find(({ cell }) => cell === row * laid.cols + col) ?? null;
    }

    /** What stands for a mark in words: how many, and of which kinds. */
    function words({ n, tally }) {
      const parts = data.groups.flatMap(({ label }, group) => {
        const sum = tally.subarray(group * STRENGTHS, (group + 1) * STRENGTHS).reduce((a, b) => a + b, 0);
        return sum ? [fill(data.messages.groupCount, { group: label, n: write(sum) })] : [];
      });
      return fill(plural(data.lang, data.messages.cellWords, n), { n: write(n), parts: parts.join(", ") });
    }

    function open(mark) {
      if (mark.n === 1 && "row" in mark) { onOpen({ row: mark.row }); return; }
      const isSpread = !("x" in mark) && map.getZoom() < map.getMaxZoom();
      if (isSpread && (mark.n > MOST_LISTED || !source.rowsOf)) {
        const { x, y, side } = timemapPicture.boxOf(laid, mark.cell);
        const middle = map.unproject([view.left + x + side / 2, view.top + y + side / 2], view.zoom);
        map.setView(middle, Math.min(map.getMaxZoom(), view.zoom + CLOSER), { animate: false });
        return;
      }
      const rows = source.rowsOf?.(laid, mark);
      if (rows) onOpen({ has: (row) => rows.has(row) });
    }

    const label = timemapDom.html("p", "tm-large-label");
    label.hidden = true;
    map.getContainer().append(label);

    /** Say what is under the hand. */
    function hover(mark, { x, y }) {
      map.getContainer().classList.toggle("tm-over", Boolean(mark));
      label.hidden = !mark;
      if (!mark) return;
      setText(label, mark.n === 1 && "row" in mark ? nameOf(mark.row) : words(mark));
      const { x: width } = map.getSize();
      label.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(${x > width / 2 ? "calc(-100% - 12px)" : "12px"}, 14px)`;
    }

    const reachOf = (event) => (event.originalEvent?.pointerType === "touch" ? TOUCH_PX : REACH_PX);
    map.on("click", (event) => {
      const mark = pick(event.containerPoint, reachOf(event));
      hover(null, event.containerPoint);
      if (mark) open(mark);
    });
    map.on("mousemove", (event) => hover(pick(event.containerPoint, REACH_PX), event.containerPoint));
    map.on("mouseout movestart", () => hover(null, { x: 0, y: 0 }));
    const restyle = () => { sprites = null; layer.paint(); };
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", restyle);

    return { draw, count: () => found.tiles.length + found.heads.length };
  }

  return { create };
})();
