// The time control: an overview of the whole span, a detail that zooms, a
// histogram by group and two handles. It holds what part of time the detail
// shows; the window itself belongs to the map's state.
const timemapTimeline = (() => {
  const { perFrame, setText, fill } = timemapDom;
  const { HOUR, DAY } = timemapTime;
  const SNAP_MIN = 15;
  const NARROWEST_MIN = 2 * HOUR;
  // Width of a bin in minutes for the widest detail it serves.
  const BINS = [[10 * HOUR, 15], [5 * DAY, HOUR], [12 * DAY, 3 * HOUR], [Infinity, 12 * HOUR]];
  const TICKS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY];

  function create(root, data, { onWindow, onRelease, getState }) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    const [first, last] = data.span;
    const over = part("overview");
    const detail = part("detail");
    let range = [...data.opening.detail];
    // What gives the bins of a stretch of time, as `histogram` does.
    let bars = null;
    let isHeld = false;

    const paint = perFrame(() => {
      drawHistogram(part("overview-bars"), bars, [first, last], 12 * HOUR);
      drawHistogram(part("detail-bars"), bars, range, binFor(range));
      drawTicks(part("ticks"), data, range);
      place(part("brush"), first, last, range[0], range[1]);
      drawWindow();
    });

    function drawWindow() {
      const { from, to, mode } = getState();
      const start = mode === "sofar" ? first : from;
      place(part("overview-window"), first, last, start, to);
      place(part("window"), range[0], range[1], start, to);
      for (const [name, at] of [["from", from], ["to", to]]) {
        const handle = part(name);
        const share = (at - range[0]) / (range[1] - range[0]);
        handle.style.left = `${(Math.max(0, Math.min(1, share)) * 100).toFixed(3)}%`;
        handle.classList.toggle("tm-beyond", share < 0 || share > 1);
        handle.setAttribute("aria-valuemin", String(first));
        handle.setAttribute("aria-valuemax", String(last));
        handle.setAttribute("aria-valuenow", String(at));
        handle.setAttribute("aria-valuetext", momentWords(data, at));
      }
      part("from").classList.toggle("tm-idle", mode === "sofar");
    }

    /** Bring the window into the detail, unless a hand is on it. */
    function follow() {
      const { from, to, mode } = getState();
      if (!isHeld) {
        const low = mode === "sofar" ? to : from;
        if (to - low > range[1] - range[0]) setRange(widen(low, to));
        else if (to > range[1]) setRange(shifted(to - range[1]));
        else if (low < range[0]) setRange(shifted(low - range[0]));
      }
      drawWindow();
    }

    const widen = (low, high) => [low - (high - low) * 0.05, high + (high - low) * 0.05];
    const shifted = (by) => [range[0] + by, range[1] + by];

    function setRange([low, high]) {
      const width = Math.min(last - first, Math.max(NARROWEST_MIN, high - low));
      const start = Math.max(first, Math.min(last - width, low + (high - low - width) / 2));
      range = [start, start + width];
      paint();
    }

    /** Zoom the detail about the middle of the window; factor < 1 looks closer. */
    function zoom(factor) {
      const { from, to } = getState();
      const middle = Math.max(range[0], Math.min(range[1], (from + to) / 2));
      const left = (middle - range[0]) * factor;
      setRange([middle - left, middle - left + (range[1] - range[0]) * factor]);
    }

    const minuteAt = (element, [low, high], x) => {
      const box = element.getBoundingClientRect();
      return low + ((x - box.left) / box.width) * (high - low);
    };
    const snap = (minute) => Math.max(first, Math.min(last, Math.round(minute / SNAP_MIN) * SNAP_MIN));

    /** Follow one pointer from its press to its release. */
    function hold(element, event, move, after = follow) {
      event.preventDefault();
      isHeld = true;
      element.setPointerCapture(event.pointerId);
      const stop = () => {
        isHeld = false;
        element.removeEventListener("pointermove", move);
        element.removeEventListener("pointerup", stop);
        element.removeEventListener("pointercancel", stop);
        after();
        onRelease();
      };
      element.addEventListener("pointermove", move);
      element.addEventListener("pointerup", stop);
      element.addEventListener("pointercancel", stop);
    }

    /** Move one end of the window, never past the other. */
    function moveEnd(name, minute) {
      const { from, to } = getState();
      if (name === "from") onWindow(Math.min(snap(minute), to - SNAP_MIN), to);
      else onWindow(from, Math.max(snap(minute), from + SNAP_MIN));
    }

    for (const name of ["from", "to"]) {
      const handle = part(name);
      handle.addEventListener("pointerdown", (event) => {
        event.stopPropagation();
        handle.focus({ preventScroll: true });
        const grip = minuteAt(detail, range, event.clientX) - getState()[name];
        hold(handle, event, (moved) => moveEnd(name, minuteAt(detail, range, moved.clientX) - grip));
      });
      handle.addEventListener("keydown", (event) => stepHandle(event, name));
    }

    function stepHandle(event, name) {
      const step = root.querySelector("[data-part=step]");
      const size = Number(step.value) * (event.shiftKey ? 4 : 1);
      const at = getState()[name];
      const targets = { ArrowLeft: at - size, ArrowDown: at - size, ArrowRight: at + size, ArrowUp: at + size,
        PageDown: at - 4 * size, PageUp: at + 4 * size, Home: first, End: last };
      if (!(event.key in targets)) return;
      event.preventDefault();
      event.stopPropagation();
      moveEnd(name, targets[event.key]);
    }

    // A press inside the window moves it whole; beside it, the nearer end comes.
    detail.addEventListener("pointerdown", (event) => {
      const at = minuteAt(detail, range, event.clientX);
      const { from, to, mode } = getState();
      if (mode === "window" && at > from && at < to && to - from < range[1] - range[0]) {
        hold(detail, event, (moved) => {
          const by = snap(from + minuteAt(detail, range, moved.clientX) - at) - from;
          const kept = Math.max(first - from, Math.min(last - to, by));
          onWindow(from + kept, to + kept);
        });
        return;
      }
      const name = mode === "sofar" || Math.abs(at - to) <= Math.abs(at - from) ? "to" : "from";
      moveEnd(name, at);
      hold(detail, event, (moved) => moveEnd(name, minuteAt(detail, range, moved.clientX)));
    });

    over.addEventListener("pointerdown", (event) => {
      const width = range[1] - range[0];
      const whole = [first, last];
      const at = minuteAt(over, whole, event.clientX);
      const grip = at > range[0] && at < range[1] ? at - range[0] : width / 2;
      const move = (moved) => {
        const start = minuteAt(over, whole, moved.clientX) - grip;
        setRange([start, start + width]);
      };
      move(event);
      hold(over, event, move, () => {});
    });
    part("zoom-in").addEventListener("click", () => zoom(0.5));
    part("zoom-out").addEventListener("click", () => zoom(2));
    new ResizeObserver(paint).observe(detail);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

    return {
      follow,
      show: setRange,
      isHeld: () => isHeld,
      redraw(newBars) { bars = newBars; paint(); },
      words(state) { setText(part("clock"), windowWords(data, state, fill)); },
    };
  }

  function binFor([low, high]) {
    return BINS.find(([widest]) => high - low <= widest)[1];
  }

  function place(element, low, high, from, to) {
    const share = (at) => Math.max(0, Math.min(1, (at - low) / (high - low))) * 100;
    element.style.left = `${share(from).toFixed(3)}%`;
    element.style.width = `${Math.max(0, share(to) - share(from)).toFixed(3)}%`;
  }

  /**
   * Weight 1 an event, spread evenly over the bins of [start, end); events
   * known only to a part of the day or the day are summed apart.
   * Returns {sharp: [group][bin], coarse: [bin]}; geo/timeline.py counts alike.
   */
  function histogram(data, mask, [low, high], bin) {
    const n = Math.ceil((high - low) / bin);
    const sharp = data.groups.map(() => new Float64Array(n));
    const coarse = new Float64Array(n);
    const { start, end, kind, coarse: isCoarse } = data.events;
    for (let i = 0; i < start.length; i += 1) {
      if (!mask[i]) continue;
      const row = isCoarse[i] ? coarse : sharp[data.groupOf[kind[i]]];
      spread(row, low, bin, start[i], end[i]);
    }
    return { sharp, coarse };
  }

  /** Add one event's weight to the bins it touches. */
  function spread(row, low, bin, start, end) {
    if (start === end) {
      const at = Math.floor((start - low) / bin);
      if (at >= 0 && at < row.length) row[at] += 1;
      return;
    }
    const from = Math.max(0, Math.floor((start - low) / bin));
    const to = Math.min(row.length - 1, Math.ceil((end - low) / bin) - 1);
    for (let at = from; at <= to; at += 1) {
      const shared = Math.min(end, low + (at + 1) * bin) - Math.max(start, low + at * bin);
      row[at] += shared / (end - start);
    }
  }

  /** Paint the bars: sharp groups stacked upward, the coarse band hanging below. */
  function drawHistogram(canvas, bars, [low, high], bin) {
    const scale = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !height) return;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const styles = getComputedStyle(canvas);
    const colour = (name) => styles.getPropertyValue(`--tm-${name}`).trim();
    const start = Math.floor(low / bin) * bin;
    const { sharp, coarse } = bars([start, high], bin);
    const band = Math.round(height * 0.24);
    const inks = sharp.map((_, group) => colour(`group-${group}`));
    const pale = colour("coarse-band");
    const sums = coarse.map((_, at) => sharp.reduce((sum, row) => sum + row[at], 0));
    const tallest = Math.max(1, ...sums);
    const densest = Math.max(1, ...coarse);
    const step = (bin / (high - low)) * width;
    const base = height - band - 1;
    coarse.forEach((weight, at) => {
      const x = ((start + at * bin - low) / (high - low)) * width;
      let y = base;
      sharp.forEach((row, group) => {
        const tall = (row[at] / tallest) * (base - 3);
        if (!tall) return;
        context.fillStyle = inks[group];
        context.fillRect(x + 0.5, y - tall, Math.max(1, step - 1), tall);
        y -= tall;
      });
      if (!weight) return;
      context.fillStyle = pale;
      const deep = Math.max(1, (weight / densest) * band);
      context.fillRect(x, base + 1, step + 0.3, deep);
    });
  }

  /** Day and hour labels under the detail, as many as fit. */
  function drawTicks(element, data, [low, high]) {
    const width = element.clientWidth || 1;
    const wanted = ((high - low) / width) * 58;
    const step = TICKS.find((size) => size >= wanted) ?? TICKS[TICKS.length - 1];
    const ticks = [];
    for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
      const isDay = at % DAY === 0;
      const text = isDay ? data.days.short[timemapTime.dayOf(at) - data.days.first] ?? "" : timemapTime.clock(at);
      const tick = timemapDom.html("span", isDay ? "tm-tick tm-tick-day" : "tm-tick", text);
      tick.style.left = `${(((at - low) / (high - low)) * 100).toFixed(3)}%`;
      ticks.push(tick);
    }
    element.replaceChildren(...ticks);
  }

  /** "Wednesday 5 January 2022, 14:50". */
  function momentWords(data, minute) {
    return fill(data.messages.moment, { day: dayWords(data, minute), time: timemapTime.clock(minute) });
  }

  function dayWords(data, minute) {
    return data.days.long[timemapTime.dayOf(minute) - data.days.first] ?? timemapTime.format(minute).slice(0, 10);
  }

  /** A window in words; a midnight at its end closes the day before it. */
  function windowWords(data, { from, to, mode }, fillIn) {
    const closes = to % DAY === 0 && to > from;
    const end = { day: dayWords(data, closes ? to - 1 : to), time: closes ? "24:00" : timemapTime.clock(to) };
    if (mode === "sofar") return fillIn(data.messages.untilMoment, end);
    const start = { day: dayWords(data, from), time: timemapTime.clock(from) };
    if (start.day === end.day) {
      return fillIn(data.messages.windowInDay, { day: start.day, start: start.time, end: end.time });
    }
    return fillIn(data.messages.windowAcross, {
      start: fillIn(data.messages.moment, start), end: fillIn(data.messages.moment, end) });
  }

  return { create, histogram, windowWords, momentWords };
})();
