// Almaty's clock as whole minutes since 1970-01-01T00:00 on its own wall clock,
// and the rule that says how an event stands to a window. The viewer's zone
// never enters: Date is used only in UTC, as a calendar.
// The rule's twin is geo/timeline.py; tests/cases/windows.json binds the two.
const timemapTime = (() => {
  const HOUR = 60;
  const DAY = 1440;
  const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

  /** "2022-01-05T14:50" -> minutes; throws a RangeError for anything else. */
  function parse(text) {
    const match = MOMENT.exec(text);
    if (!match) throw new RangeError(`not a moment such as 2022-01-05T14:50: ${text}`);
    const [year, month, day, hour, minute] = match.slice(1).map(Number);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute);
    const minutes = date.getTime() / 60000;
    // 31 February would roll over; only a moment that reads back is one.
    if (format(minutes) !== text) throw new RangeError(`no such moment: ${text}`);
    return minutes;
  }

  /** Minutes -> "2022-01-05T14:50". */
  function format(minutes) {
    return new Date(Math.floor(minutes) * 60000).toISOString().slice(0, 16);
  }

  /** Hour and minute, "14:50". */
  function clock(minutes) {
    return format(minutes).slice(11);
  }

  /** Days since 1970-01-01. */
  function dayOf(minutes) {
    return Math.floor(minutes / DAY);
  }

  /** Whether [start, end) meets [from, to); an instant counts where from <= start < to. */
  function overlaps(start, end, from, to) {
    if (to <= from) return false;
    return start === end ? from <= start && start < to : start < to && end > from;
  }

  /** "certain" | "coarse" | "likely" | "possible" | null, the first that holds. */
  function status(start, end, earliest, latest, isCoarse, from, to) {
    if (overlaps(start, end, from, to)) {
      if (from <= earliest && latest <= to) return "certain";
      if (isCoarse && (start < from || end > to)) return "coarse";
      return "likely";
    }
    return overlaps(earliest, latest, from, to) ? "possible" : null;
  }

  return { HOUR, DAY, parse, format, clock, dayOf, overlaps, status };
})();
