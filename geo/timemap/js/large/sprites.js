// The looks of what is drawn: colours of the style sheet, and each glyph drawn
// once and stamped as often as it is needed.
const timemapSprites = (() => {
  const { STRENGTHS } = timemapHeaps;
  const SIZE_PX = 20;
  const SCALE = 0.8;
  // From how many events on a tile has the next shade.
  const SHADES = [1, 5, 25, 100, 300, 1000, 5000];
  const PALE = 0.32;

  function create(element, data, pixels) {
    const styles = getComputedStyle(element);
    const colour = (name) => styles.getPropertyValue(name).trim();
    const groups = data.groups.map((_, group) => colour(`--tm-group-${group}`));
    const tiles = SHADES.map((_, shade) => ({ fill: colour(`--tm-tile-${shade}`), ink: colour(`--tm-tile-ink-${shade}`) }));
    const plain = { panel: colour("--tm-panel"), ink: colour("--tm-ink"), edge: colour("--tm-mark-edge"), line: colour("--tm-tile-line"), veil: colour("--tm-tile-veil") };
    const sans = colour("--tm-sans");
    const sheet = sheetOf(data, groups, plain, pixels);

    /** Stamp the glyph of a group and a strength. */
    function stamp(context, key, x, y) {
      const size = SIZE_PX * pixels;
      context.drawImage(sheet, key * size, 0, size, size, x - SIZE_PX / 2, y - SIZE_PX / 2, SIZE_PX, SIZE_PX);
    }

    /** The colour of a part of a bar or ring, and how strong it is. */
    function part(context, key) {
      context.fillStyle = groups[Math.floor(key / STRENGTHS)];
      context.globalAlpha = key % STRENGTHS === 0 ? 1 : PALE;
    }

    return { stamp, part, plain, sans, shadeOf: (n) => tiles[SHADES.findLastIndex((least) => n >= least)] };
  }

  /** All glyphs side by side: solid, pale and hollow of each group. */
  function sheetOf(data, groups, { panel, edge }, pixels) {
    const canvas = document.createElement("canvas");
    canvas.width = SIZE_PX * groups.length * STRENGTHS * pixels;
    canvas.height = SIZE_PX * pixels;
    const context = canvas.getContext("2d");
    groups.forEach((colour, group) => {
      const path = new Path2D(data.groups[group].glyph);
      for (let strength = 0; strength < STRENGTHS; strength += 1) {
        context.setTransform(SCALE * pixels, 0, 0, SCALE * pixels, (group * STRENGTHS + strength + 0.5) * SIZE_PX * pixels, (SIZE_PX / 2) * pixels);
        drawGlyph(context, path, { colour, panel, edge }, strength);
      }
    });
    return canvas;
  }

  function drawGlyph(context, path, { colour, panel, edge }, strength) {
    // Paper beneath, so that a street does not run through a pale shape.
    context.fillStyle = context.strokeStyle = panel;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.stroke(path);
    context.fill(path);
    context.fillStyle = colour;
    context.globalAlpha = [1, PALE, 0][strength];
    context.fill(path);
    context.globalAlpha = 1;
    context.strokeStyle = strength === 0 ? edge : colour;
    context.lineWidth = strength === 2 ? 1.8 : 1.1;
    context.setLineDash(strength === 2 ? [2.4, 1.8] : []);
    context.stroke(path);
    context.setLineDash([]);
  }

  return { create };
})();
