"""Say days, moments and spans of time, each as exactly as it is known.

`geo.texts.Texts` inherits these words; the language and its messages are its
own. Everything is on Almaty's clock.
"""

from abc import ABC, abstractmethod
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_skeleton

from geo.timeline import ALMATY
from geo.vocab import TimePrecision

# As Kazakh newspapers write a date; CLDR puts the year first, as a deed does.
_DATES = {
    "kk": {
        "full": "EEEE, d MMMM y 'ж.'",
        "long": "d MMMM y 'ж.'",
        "month": "MMMM y 'ж.'",
    }
}


class TimeWords(ABC):
    """Times in words, for a class that can translate."""

    language: str
    _locale: Locale

    @abstractmethod
    def t(self, message: str, /, **params: object) -> str:
        """Translate a message and fill its named places."""

    def weekday(self, day: date) -> str:
        """A date in full with its day of the week."""
        return self._date(day, "full")

    def short_day(self, day: date) -> str:
        """Day and month, short, for an axis."""
        return str(format_skeleton("MMMd", _local_day(day), locale=self._locale))

    def partial_date(self, year: int, month: int = 0, day: int = 0) -> str:
        """Write a date as far as it is known: a year, a month or a day."""
        if day:
            return self.day(date(year, month, day))
        if not month:
            return str(year)
        first = date(year, month, 1)
        if self.language in _DATES:
            return self._date(first, "month")
        return str(format_skeleton("yMMMM", first, locale=self._locale))

    def day(self, day: date) -> str:
        """Write a date in full; for a datetime, its day in Almaty."""
        return self._date(day, "long")

    def _date(self, day: date, form: str) -> str:
        """Write a date in a form of Babel's, or in one of our own."""
        pattern = _DATES.get(self.language, {}).get(form, form)
        return str(format_date(_local_day(day), format=pattern, locale=self._locale))

    def month_in_date(self, month: int) -> str:
        """Name a month as it stands behind a day's number."""
        first = date(2022, month, 1)
        return str(format_date(first, format="MMMM", locale=self._locale))

    def clock(self, when: datetime) -> str:
        """Write the hour and minute in Almaty."""
        return _local(when).strftime("%H:%M")

    def moment(self, when: datetime) -> str:
        """Write the day, hour and minute in Almaty."""
        return self.t("{day}, {time}", day=self.day(when), time=self.clock(when))

    def span(
        self,
        start: datetime,
        end: datetime,
        earliest: datetime,
        latest: datetime,
        precision: TimePrecision | str,
    ) -> str:
        """Say when an event happened, how exactly that is known, and its bounds.

        Parameters
        ----------
        start, end
            Best estimate, aware; `end` is exclusive, equal to `start` for an
            instant.
        earliest, latest
            Outer bounds, aware; named only where they are wider.
        precision
            How exactly the best estimate is known.

        Examples
        --------
        >>> from geo.texts import Texts
        >>> def at(hour): return datetime(2022, 1, 5, hour, tzinfo=ALMATY)
        >>> Texts("en").span(at(14), at(15), at(14), at(15), "hour")
        '5 January 2022, about 14:00–15:00'
        >>> Texts("en").span(at(14), at(14), at(13), at(16), "minute")
        '5 January 2022, 14:00 (at the earliest 13:00, at the latest 16:00)'
        """
        when = self.when(start, end, precision)
        bounds = self.bounds(start, end, earliest, latest)
        return self.t("{when} ({bounds})", when=when, bounds=bounds) if bounds else when

    def when(
        self, start: datetime, end: datetime, precision: TimePrecision | str
    ) -> str:
        """Say the best estimate of a time in words that carry its precision."""
        start, end = _local(start), _local(end)
        precision = TimePrecision(precision)
        if precision is TimePrecision.DAY:
            return self._some_day(start.date(), _last_day(start, end))
        if start == end:
            return self._instant(start, precision)
        if start.date() == _last_day(start, end):
            return self._within_a_day(start, end, precision)
        return self._across_days(start, end, precision)

    def bounds(
        self, start: datetime, end: datetime, earliest: datetime, latest: datetime
    ) -> str:
        """Say the outer bounds where they are wider than the best estimate.

        Returns
        -------
        words
            Empty if the bounds are no wider than `start` and `end`.
        """
        start, end, earliest, latest = map(_local, (start, end, earliest, latest))
        first, last = start.date(), _last_day(start, end)
        said_day = first if first == last else None
        lower = self._lower_bound(earliest, said_day) if earliest < start else ""
        upper = self._upper_bound(latest, said_day) if latest > end else ""
        if lower and upper:
            return self.t(
                "at the earliest {lower}, at the latest {upper}",
                lower=lower,
                upper=upper,
            )
        if lower:
            return self.t("at the earliest {lower}", lower=lower)
        return self.t("at the latest {upper}", upper=upper) if upper else ""

    def _some_day(self, first: date, last: date) -> str:
        """Say one day or a run of days of which any one may be meant."""
        if first == last:
            return self.t("some time on {day}", day=self.day(first))
        if (first.year, first.month) != (last.year, last.month):
            return self.t(
                "some time between {first} and {last}",
                first=self.day(first),
                last=self.day(last),
            )
        return self.t(
            "some time between {first_day} and {last_day} {month} {year}",
            first_day=first.day,
            last_day=last.day,
            month=self.month_in_date(last.month),
            year=last.year,
        )

    def _instant(self, at: datetime, precision: TimePrecision) -> str:
        """Say a single moment."""
        params = {"day": self.day(at), "time": self.clock(at)}
        if precision is TimePrecision.MINUTE:
            return self.t("{day}, {time}", **params)
        if precision is TimePrecision.HOUR:
            return self.t("{day}, about {time}", **params)
        return self.t("{day}, some time around {time}", **params)

    def _within_a_day(
        self, start: datetime, end: datetime, precision: TimePrecision
    ) -> str:
        """Say a stretch of one day; its end may be that day's midnight."""
        params = {
            "day": self.day(start),
            "start": self.clock(start),
            "end": self._end_clock(end),
        }
        if precision is TimePrecision.MINUTE:
            return self.t("{day}, {start}–{end}", **params)
        if precision is TimePrecision.HOUR:
            return self.t("{day}, about {start}–{end}", **params)
        return self.t("{day}, some time between {start} and {end}", **params)

    def _across_days(
        self, start: datetime, end: datetime, precision: TimePrecision
    ) -> str:
        """Say a stretch that crosses midnight."""
        params = {"start": self.moment(start), "end": self._end_moment(end)}
        if precision is TimePrecision.MINUTE:
            return self.t("{start} – {end}", **params)
        if precision is TimePrecision.HOUR:
            return self.t("about {start} – {end}", **params)
        return self.t("some time between {start} and {end}", **params)

    def _lower_bound(self, earliest: datetime, said_day: date | None) -> str:
        """Say a first moment, without the day if that has just been said."""
        if earliest.date() == said_day:
            return self.clock(earliest)
        return self.day(earliest) if _is_midnight(earliest) else self.moment(earliest)

    def _upper_bound(self, latest: datetime, said_day: date | None) -> str:
        """Say an exclusive end, without the day if that has just been said."""
        day = (latest - timedelta(minutes=1)).date()
        if day == said_day:
            return self._end_clock(latest)
        return self.day(day) if _is_midnight(latest) else self.moment(latest)

    def _end_clock(self, end: datetime) -> str:
        """Write the clock at an exclusive end: midnight closes the day before."""
        return "24:00" if _is_midnight(end) else self.clock(end)

    def _end_moment(self, end: datetime) -> str:
        """Write an exclusive end with its day: midnight closes the day before."""
        day = end - timedelta(minutes=1)
        return self.t("{day}, {time}", day=self.day(day), time=self._end_clock(end))


def _local(when: datetime) -> datetime:
    """Put a moment on Almaty's clock."""
    if when.tzinfo is None:
        raise ValueError(
            f"{when.isoformat()} has no offset; the machine's zone must not be guessed"
        )
    return when.astimezone(ALMATY)


def _local_day(day: date) -> date:
    """Take a date as it is, a datetime's day on Almaty's clock."""
    return _local(day).date() if isinstance(day, datetime) else day


def _last_day(start: datetime, end: datetime) -> date:
    """Find the last day a half-open span touches."""
    return max(start, end - timedelta(minutes=1)).date()


def _is_midnight(when: datetime) -> bool:
    """Tell whether a moment is the start of a day in Almaty."""
    return (when.hour, when.minute) == (0, 0)
