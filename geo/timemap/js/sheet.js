// On a small screen the list lies in a sheet over the foot of the map: it is
// pulled up by its grip, or rises by itself when it has something to show.
const timemapSheet = (() => {
  const SMALL = "(max-width: 720px)";
  // Shorter than this, a pull is a tap.
  const TAP_PX = 6;
  const PARTS = { low: null, half: 0.55, full: 0.92 };

  /** The sheet's heights in pixels, by name, in a page of some height. */
  function heightsIn(page_px, low_px) {
    return { low: low_px, half: PARTS.half * page_px, full: PARTS.full * page_px };
  }

  /** The name of the height nearest to some pixels. */
  function nearest(heights, px) {
    const distance = (name) => Math.abs(heights[name] - px);
    return Object.keys(heights).reduce((best, name) => (distance(name) < distance(best) ? name : best));
  }

  function create(root, { words }) {
    const panel = root.querySelector("[data-part=panel]");
    const grip = root.querySelector("[data-part=grip]");
    const small = matchMedia(SMALL);
    // Where a reader left it, for when what made it rise is closed.
    let before = null;

    function show(name) {
      root.dataset.sheet = name;
      panel.style.height = "";
      const isOpen = name !== "low";
      grip.setAttribute("aria-expanded", String(isOpen));
      grip.setAttribute("aria-label", isOpen ? words.lower : words.raise);
      if (!isOpen) panel.scrollTop = 0;
    }

    const now = () => root.dataset.sheet;
    const heights = () => heightsIn(root.clientHeight, parseFloat(getComputedStyle(root).getPropertyValue("--tm-sheet-low")));

    let pull = null;
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      pull = { from: event.clientY, height: panel.offsetHeight, now: panel.offsetHeight, isTap: true };
    });
    grip.addEventListener("pointermove", ({ clientY }) => {
      if (!pull) return;
      const up = pull.from - clientY;
      pull.isTap &&= Math.abs(up) < TAP_PX;
      if (pull.isTap) return;
      pull.now = Math.min(heights().full, Math.max(heights().low, pull.height + up));
      panel.classList.add("tm-pulled");
      panel.style.height = `${pull.now}px`;
    });
    const release = () => {
      panel.classList.remove("tm-pulled");
      if (pull && !pull.isTap) show(nearest(heights(), pull.now));
      // The click that follows a pull is none.
      setTimeout(() => { pull = null; });
    };
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
    grip.addEventListener("click", () => {
      if (pull && !pull.isTap) return;
      before = null;
      show(now() === "low" ? "half" : "low");
    });
    // Nobody tabs into what cannot be seen.
    panel.addEventListener("focusin", ({ target }) => {
      if (small.matches && now() === "low" && target !== grip) show("half");
    });
    show("low");

    return {
      /** Tell that a card or a place's list is open, or no more. */
      follow(isFull) {
        if (isFull && before === null) {
          before = now();
          if (now() === "low") show("half");
        } else if (!isFull && before !== null) {
          show(before);
          before = null;
        }
      },
      /** How many pixels of an element's foot it hides. */
      covers(element) {
        if (!small.matches) return 0;
        const top = root.getBoundingClientRect().bottom - heights()[now()];
        return Math.max(0, element.getBoundingClientRect().bottom - top);
      },
      /** Clear the view of the map. */
      makeWay() { if (now() === "full") show("half"); },
    };
  }

  return { create, heightsIn, nearest };
})();
