"""Windows and birthdays in plain Python, day by day."""

import calendar
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]


class Days:
    """What is said of days, seen from one of them."""

    def __init__(self, today: date) -> None:
        self.today = today

    def span(self, window: Row) -> tuple[date | None, date | None]:
        if "last" in window:
            months = {"months": 1, "years": 12}.get(window["unit"])
            days = {"days": 1, "weeks": 7}.get(window["unit"], 0)
            if months:
                return (self.months_ago(window["last"] * months) + timedelta(1),
                        self.months_ago(window.get("until", 0) * months))  # fmt: skip
            return (self.today - timedelta(window["last"] * days - 1),
                    self.today - timedelta(window.get("until", 0) * days))  # fmt: skip
        if "this" in window or "previous" in window:
            same = window.get("this") or window["previous"]
            shown = self.today
            if "previous" in window:
                while self.period(shown, same) == self.period(self.today, same):
                    shown -= timedelta(1)
            days = [shown + timedelta(n) for n in range(-366, 367)]
            inside = [one for one in days if self.period(one, same) == self.period(shown, same)]
            return inside[0], inside[-1]
        return tuple(  # type: ignore[return-value]
            date.fromisoformat(window[end]) if window.get(end) else None for end in ("from", "to")
        )

    def period(self, day: date, name: str) -> Any:
        return {"week": day.isocalendar()[:2], "month": (day.year, day.month),
                "quarter": (day.year, (day.month - 1) // 3), "year": day.year}[name]  # fmt: skip

    def months_ago(self, months: int) -> date:
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.today.day, last))

    def birthday(self, born: date, year: int) -> date:
        try:
            return born.replace(year=year)
        except ValueError:
            return date(year, 2, 28)

    def age(self, born: date | None) -> int | None:
        if born is None:
            return None
        return self.today.year - born.year - (self.birthday(born, self.today.year) > self.today)

    def until_birthday(self, born: date) -> int:
        years = (self.birthday(born, self.today.year + more) for more in (0, 1))
        return min((day - self.today).days for day in years if day >= self.today)

    def latest_birthday(self, born: date) -> date:
        years = (self.birthday(born, self.today.year - less) for less in (0, 1))
        return max(day for day in years if day <= self.today)
