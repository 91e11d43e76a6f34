// One canvas over the map, a little wider than it, that moves along with it
// and is painted anew when the map rests.
const timemapCanvas = (() => {
  const MARGIN = 0.12;
  // Sharper than this costs more than it shows.
  const MOST_PIXELS = 2;

  /** A layer whose canvas `paint(context, view)` fills; view: {zoom, left, top, width, height} in world pixels. */
  function add(map, paint) {
    const Layer = L.Renderer.extend({
      _initContainer() { this._container = L.DomUtil.create("canvas", "tm-large"); },
      _destroyContainer() { this._container.remove(); },
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        L.DomUtil.setPosition(this._container, this._bounds.min);
        resize(this._container, this._bounds.getSize());
        this.paint();
      },
      /** Paint what is seen now. */
      paint() {
        const { x: width, y: height } = this._bounds.getSize();
        const context = this._container.getContext("2d");
        const pixels = pixelsOf();
        context.setTransform(pixels, 0, 0, pixels, 0, 0);
        context.clearRect(0, 0, width, height);
        paint(context, this.view(), pixels);
      },
      view() {
        const { x: width, y: height } = this._bounds.getSize();
        const corner = this._map.getPixelOrigin().add(this._bounds.min);
        return { zoom: this._map.getZoom(), left: corner.x, top: corner.y, width, height };
      },
      /** Where a point of the map's frame lies on the canvas. */
      pointAt(containerPoint) { return this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min); },
    });
    const layer = new Layer({ padding: MARGIN, pane: "tm-large" });
    return layer.addTo(map);
  }

  const pixelsOf = () => Math.min(MOST_PIXELS, window.devicePixelRatio || 1);

  function resize(canvas, { x: width, y: height }) {
    const [wide, high] = [width, height].map((size) => Math.round(size * pixelsOf()));
    if (canvas.width === wide && canvas.height === high) return;
    Object.assign(canvas, { width: wide, height: high });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }

  return { add };
})();
