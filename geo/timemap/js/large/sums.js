// The histogram of a large set from prefix sums: how much weight lies before
// each step of a fixed raster, by group, so that a bin is one difference.
const timemapSums = (() => {
  const FINEST_MIN = 15;
  const COARSEST_MIN = 720;
  // Beyond it a raster would weigh more than the events themselves.
  const MOST_STEPS = 200_000;

  /** The weights before each step of the raster: one row a group, the coarse band last. */
  function create(data) {
    const { start, end, group, coarse, total } = data.events;
    const [first, last] = data.span;
    const step = (last - first) / FINEST_MIN <= MOST_STEPS ? FINEST_MIN : COARSEST_MIN;
    const low = Math.floor(first / COARSEST_MIN) * COARSEST_MIN;
    const steps = Math.ceil((last - low) / step);
    const bands = data.groups.length + 1;
    const before = Array.from({ length: bands }, () => new Float64Array(steps + 2));
    let mask = null;

    /** Count anew what a mask lets through; weight(row) counts a row more than once. */
    function build(newMask) {
      mask = newMask;
      for (const band of before) band.fill(0);
      // What runs through whole steps is kept as a rate that begins and stops.
      const rates = before.map((band) => new Float64Array(band.length + 1));
      for (let row = 0; row < total; row += 1) {
        if (mask[row]) spread(before[bandOf(row)], rates[bandOf(row)], start[row], end[row]);
      }
      before.forEach((band, i) => accumulate(band, rates[i]));
    }

    const bandOf = (row) => (coarse[row] ? bands - 1 : group[row]);

    /** Add the weight of 1 to the steps it touches. */
    function spread(band, rates, from, to) {
      const head = Math.floor((from - low) / step);
      if (from === to) { band[head] += 1; return; }
      const tail = Math.ceil((to - low) / step) - 1;
      if (head === tail) { band[head] += 1; return; }
      const rate = 1 / (to - from);
      band[head] += (low + (head + 1) * step - from) * rate;
      band[tail] += (to - low - tail * step) * rate;
      rates[head + 1] += rate * step;
      rates[tail] -= rate * step;
    }

    /** Turn weights by step into weights before each step. */
    function accumulate(band, rates) {
      let sum = 0;
      let rate = 0;
      for (let i = 0; i < band.length; i += 1) {
        rate += rates[i];
        const own = band[i] + rate;
        band[i] = sum;
        sum += own;
      }
    }

    /** As timemapTimeline.histogram gives it. */
    function bars([from, to], bin) {
      // Finer than the raster: few events then lie in what is asked for.
      if (bin % step !== 0 || (from - low) % step !== 0) return timemapTimeline.histogram(data, mask, [from, to], bin);
      const n = Math.ceil((to - from) / bin);
      const at = (i) => Math.max(0, Math.min(steps + 1, (from - low + i * bin) / step));
      const rows = before.map((band) => Float64Array.from({ length: n }, (_, i) => band[at(i + 1)] - band[at(i)]));
      return { sharp: rows.slice(0, -1), coarse: rows[rows.length - 1] };
    }

    return { build, bars };
  }

  return { create };
})();
