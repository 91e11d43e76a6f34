// Paints tiles, heaps and single events, as geo's style sheet colours them.
const timemapPicture = (() => {
  const { radiusOf } = timemapHeaps;
  const GAP_PX = 1;
  const BAR_PX = 5;
  const RING_PX = 4.5;
  const MOST_FONT_PX = 14;
  // A figure's width as a share of its height.
  const FIGURE = 0.62;
  /** The size of a number that fits a width, in pixels. */
  const fontOf = (text, width) => Math.min(MOST_FONT_PX, width / (FIGURE * text.length));

  /** Paint everything of a view; chosen: points of the event whose card is open. */
  function paint(context, grid, { tiles, heads }, chosen, sprites, write) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const tile of tiles) paintTile(context, boxOf(grid, tile.cell), tile, sprites, write(tile.n));
    for (const head of heads) {
      if (head.n === 1) sprites.stamp(context, head.tally.findIndex(Boolean), head.x, head.y);
      else paintHeap(context, head, sprites, write(head.n));
    }
    for (const { x, y } of chosen) paintChosen(context, x, y, sprites.plain);
  }

  /** Where a cell stands in the view. */
  function boxOf({ cols, side, x0, y0 }, cell) {
    return { x: x0 + (cell % cols) * side, y: y0 + Math.floor(cell / cols) * side, side };
  }

  /** A square with its number, and a bar of its kinds at its foot. */
  function paintTile(context, { x, y, side }, { n, tally }, sprites, text) {
    const { fill, ink } = sprites.shadeOf(n);
    const [left, top, width] = [Math.round(x) + GAP_PX, Math.round(y) + GAP_PX, Math.round(x + side) - Math.round(x) - 2 * GAP_PX];
    const height = Math.round(y + side) - Math.round(y) - 2 * GAP_PX;
    for (const colour of [sprites.plain.veil, fill]) {
      context.fillStyle = colour;
      context.fillRect(left, top, width, height);
    }
    context.strokeStyle = sprites.plain.line;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    context.fillStyle = sprites.plain.panel;
    context.fillRect(left + 1, top + height - BAR_PX - 1, width - 2, BAR_PX);
    let at = left + 1;
    tally.forEach((part, key) => {
      if (part === 0) return;
      const wide = (part / n) * (width - 2);
      sprites.part(context, key);
      context.fillRect(at, top + height - BAR_PX - 1, wide, BAR_PX);
      at += wide;
    });
    context.globalAlpha = 1;
    context.fillStyle = ink;
    context.font = `600 ${fontOf(text, width - 4)}px ${sprites.sans}`;
    context.fillText(text, left + width / 2, top + (height - BAR_PX) / 2);
  }

  /** Several events at one spot: a ring of their kinds round their number. */
  function paintHeap(context, { x, y, n, tally }, sprites, text) {
    const radius = radiusOf(n);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = sprites.plain.panel;
    context.fill();
    let from = -Math.PI / 2;
    tally.forEach((part, key) => {
      if (part === 0) return;
      const to = from + (part / n) * 2 * Math.PI;
      sprites.part(context, key);
      context.beginPath();
      context.arc(x, y, radius - 0.5, from, to);
      context.arc(x, y, radius - RING_PX, to, from, true);
      context.fill();
      from = to;
    });
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = sprites.plain.edge;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = sprites.plain.ink;
    context.font = `600 ${Math.min(fontOf(text, 2 * (radius - RING_PX) - 1), radius)}px ${sprites.sans}`;
    context.fillText(text, x, y + 0.5);
  }

  function paintChosen(context, x, y, { panel, ink }) {
    for (const [colour, width] of [[panel, 5], [ink, 2.5]]) {
      context.beginPath();
      context.arc(x, y, 12, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  }

  return { paint, boxOf };
})();
