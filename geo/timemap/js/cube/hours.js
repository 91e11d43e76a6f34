// How many events of a cube fall into a window: differences of prefix sums by
// kind and hour. An hour that the window cuts counts whole, as likely only.
const timemapHours = (() => {
  const { HOUR } = timemapTime;

  /** As timemapIndex.create gives it, for the levels of data.cube. */
  function create(data) {
    const { first, hours, levels } = data.cube;
    const before = data.kinds.map(() => new Float64Array(hours + 1));
    // Every level counts the same events; the widest cells have the fewest rows.
    const { hour, kind, count } = levels[0];
    for (let row = 0; row < hour.length; row += 1) before[kind[row]][hour[row] + 1] += count[row];
    for (const sums of before) for (let at = 0; at < hours; at += 1) sums[at + 1] += sums[at];

    const keep = (at) => Math.max(0, Math.min(hours, at));
    const chosen = ({ kinds }) => data.kinds.map((code) => kinds.length === 0 || kinds.includes(code));

    function evaluate(state) {
      const [from, to] = timemapFilter.windowOf(data, state);
      const isKind = chosen(state);
      const range = to > from ? [keep(Math.floor(from / HOUR) - first), keep(Math.ceil(to / HOUR) - first)] : [0, 0];
      const whole = [keep(Math.ceil(from / HOUR) - first), keep(Math.floor(to / HOUR) - first)];
      const sum = ([low, high]) => before.reduce((all, sums, code) => (isKind[code] && high > low ? all + sums[high] - sums[low] : all), 0);
      const shown = sum(range);
      const certain = sum(whole);
      return { counts: { certain, likely: shown - certain, coarse: 0, possible: 0 }, shown, mapped: shown, range, isKind,
        visible: [], possible_ids: [], statuses: {} };
    }

    /** The events before a minute, an hour's spread evenly over it. */
    function weightBefore(sums, minute) {
      const at = keep(minute / HOUR - first);
      const low = Math.floor(at);
      return low === hours ? sums[hours] : sums[low] + (sums[low + 1] - sums[low]) * (at - low);
    }

    function barsOf(state) {
      const isKind = chosen(state);
      return ([low, high], bin) => {
        const n = Math.ceil((high - low) / bin);
        const sharp = data.groups.map(() => new Float64Array(n));
        before.forEach((sums, code) => {
          if (!isKind[code]) return;
          const row = sharp[data.groupOf[code]];
          for (let i = 0; i < n; i += 1) row[i] += weightBefore(sums, low + (i + 1) * bin) - weightBefore(sums, low + i * bin);
        });
        return { sharp, coarse: new Float64Array(n) };
      };
    }

    return { evaluate, barsOf, forget() {} };
  }

  return { create };
})();
