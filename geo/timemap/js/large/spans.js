// Times of events in words, from sentences with named places: the twin of
// geo/time_words.py, which a test holds it to. Midnight at an exclusive end
// closes the day before it as 24:00.
const timemapSpans = (() => {
  const { DAY, dayOf, clock } = timemapTime;
  const FORM = { minute: "Minute", hour: "Hour", "part-of-day": "Part" };

  /** {when, span} for the texts of one page: {spans, dates, months} and its first day. */
  function create({ spans, dates, months }, firstDay) {
    const fill = (name, values) => timemapDom.fill(spans[name], values);
    const date = (day) => dates[day - firstDay] ?? timemapTime.format(day * DAY).slice(0, 10);
    const isMidnight = (minute) => minute % DAY === 0;
    const endClock = (end) => (isMidnight(end) ? "24:00" : clock(end));
    const moment = (minute) => fill("atMinute", { day: date(dayOf(minute)), time: clock(minute) });
    const endMoment = (end) => fill("atMinute", { day: date(dayOf(end - 1)), time: endClock(end) });
    const lastDay = (start, end) => dayOf(Math.max(start, end - 1));

    /** The best estimate, in words that carry its precision. */
    function when(start, end, precision) {
      const [first, last] = [dayOf(start), lastDay(start, end)];
      if (precision === "day") return someDay(first, last);
      const form = FORM[precision];
      if (start === end) return fill(`at${form}`, { day: date(first), time: clock(start) });
      if (first === last) return fill(`inDay${form}`, { day: date(first), start: clock(start), end: endClock(end) });
      return fill(`across${form}`, { start: moment(start), end: endMoment(end) });
    }

    /** One day, or a run of days of which any one may be meant. */
    function someDay(first, last) {
      if (first === last) return fill("someDay", { day: date(first) });
      const [from, to] = [first, last].map((day) => timemapTime.format(day * DAY));
      if (from.slice(0, 7) !== to.slice(0, 7)) return fill("betweenDays", { first: date(first), last: date(last) });
      return fill("someDays", { first_day: Number(from.slice(8, 10)), last_day: Number(to.slice(8, 10)),
        month: months[Number(to.slice(5, 7)) - 1], year: Number(to.slice(0, 4)) });
    }

    /** The best estimate, and its bounds where they are wider. */
    function span(start, end, earliest, latest, precision) {
      const said = when(start, end, precision);
      const bounds = boundsOf(start, end, earliest, latest);
      return bounds ? fill("withBounds", { when: said, bounds }) : said;
    }

    function boundsOf(start, end, earliest, latest) {
      const [first, last] = [dayOf(start), lastDay(start, end)];
      const said = first === last ? first : null;
      const lower = earliest < start ? lowerBound(earliest, said) : "";
      const upper = latest > end ? upperBound(latest, said) : "";
      if (lower && upper) return fill("bounds", { lower, upper });
      if (lower) return fill("lower", { lower });
      return upper ? fill("upper", { upper }) : "";
    }

    function lowerBound(minute, said) {
      if (dayOf(minute) === said) return clock(minute);
      return isMidnight(minute) ? date(dayOf(minute)) : moment(minute);
    }

    function upperBound(minute, said) {
      const day = dayOf(minute - 1);
      if (day === said) return endClock(minute);
      return isMidnight(minute) ? date(day) : moment(minute);
    }

    return { when, span };
  }

  return { create };
})();
