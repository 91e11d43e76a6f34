// Play, pause and step: the window walks through time on animation frames.
const timemapPlayer = (() => {
  // A window wider than this shows too much at once to be walked.
  const WIDEST_MIN = 12 * timemapTime.HOUR;
  const WALK_MIN = 3 * timemapTime.HOUR;
  const CALM_STEP_MS = 1000;

  function create(root, data, { set, getState, onChange }) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const [first, last] = data.span;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let frame = 0;
    let before = 0;
    let at = 0;

    const isPlaying = () => frame !== 0;
    const perSecond = () => Number(part("speed").value);

    function play() {
      if (isPlaying()) return;
      const { from, to, mode } = getState();
      if (mode === "window" && to - from > WIDEST_MIN) set({ to: from + WALK_MIN });
      if (getState().to >= last) moveTo(mode === "window" ? first + WALK_MIN : first + 15);
      at = getState().to;
      before = performance.now();
      frame = requestAnimationFrame(tick);
      tell();
    }

    function pause() {
      if (!isPlaying()) return;
      cancelAnimationFrame(frame);
      frame = 0;
      tell();
    }

    function tell() {
      root.dataset.playing = String(isPlaying());
      const button = part("play");
      button.setAttribute("aria-label", isPlaying() ? data.messages.pause : data.messages.play);
      button.title = button.getAttribute("aria-label");
      onChange(isPlaying());
    }

    function tick(now) {
      if (!isPlaying()) return;
      frame = requestAnimationFrame(tick);
      // Where less motion is asked for, time moves in jumps of a second.
      if (calm.matches && now - before < CALM_STEP_MS) return;
      at += ((now - before) / 1000) * perSecond();
      before = now;
      if (at >= last) { moveTo(last); pause(); return; }
      if (Math.floor(at) !== getState().to) moveTo(Math.floor(at));
    }

    /** Move the window's end to a minute and its start along with it. */
    function moveTo(to) {
      const { from, to: old, mode } = getState();
      set(mode === "sofar" ? { to } : { from: Math.max(first, to - (old - from)), to });
    }

    function step(direction) {
      pause();
      const { from, to, mode } = getState();
      const next = to + direction * Number(part("step").value);
      // Against the start of the data a window stops whole.
      const least = mode === "sofar" ? first : first + to - from;
      moveTo(Math.max(least, Math.min(last, next)));
    }

    part("play").addEventListener("click", () => (isPlaying() ? pause() : play()));
    part("back").addEventListener("click", () => step(-1));
    part("forward").addEventListener("click", () => step(1));
    return { play, pause, toggle: () => (isPlaying() ? pause() : play()), isPlaying };
  }

  return { create };
})();
