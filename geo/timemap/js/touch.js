// A finger on a map that stands in somebody's page scrolls that page; two
// move the map.
const timemapTouch = (() => {
  const HINT_MS = 1400;
  const MEANT_PX = 24;

  /** Leave one finger to the page around, and say so to who tries to pull the map. */
  function share(map, hint) {
    const container = map.getContainer();
    const hide = timemapDom.afterRest(HINT_MS, () => { hint.hidden = true; });
    let from = null;
    map.dragging.disable();
    // Up and down only: across, a browser would leaf back in its history.
    container.style.touchAction = "pan-y";
    container.addEventListener("touchstart", ({ touches }) => {
      from = touches.length === 1 ? touches[0] : null;
      hint.hidden = true;
    }, { passive: true });
    container.addEventListener("touchmove", ({ touches }) => {
      if (!from || touches.length !== 1) return;
      const [x, y] = [touches[0].clientX - from.clientX, touches[0].clientY - from.clientY];
      // Up and down is how one scrolls; across is meant for the map.
      if (Math.abs(x) < MEANT_PX || Math.abs(x) < Math.abs(y)) return;
      hint.hidden = false;
      hide();
    }, { passive: true });
  }

  return { share };
})();
