"""What is counted about vacancies, stations and employers."""

from datetime import date, datetime
from typing import Any

from domain import employer
from domain.kernel import Event, Recorded
from domain.station import facts as station
from domain.vacancy import facts as vacancy
from projections.book import Book, Key


class ThinBook(Book):
    """The book of a vacancy, a station or an employer."""

    def __init__(self, stream: str) -> None:
        """Begin empty."""
        super().__init__(stream)
        self._headcount = 0
        self._site: dict[str, Any] = {}
        self._until: date | None = None
        self._demand: Key | None = None
        self._industry: Key | None = None

    def take(self, event: Event, on: date, source: Recorded) -> None:
        """Book one fact as it reads today."""
        match event:
            case vacancy.Drafted(headcount=headcount, valid_until=until):
                self._headcount, self._until = headcount, until
            case vacancy.Revised(field="headcount", value=value):
                self._headcount = int(value)
            case vacancy.Published():
                self.add("vacancy", on, source, headcount=self._headcount)
                self._demand = self.add(
                    "vacancy_headcount", on, source, quantity=self._headcount, until=self._until
                )
            case vacancy.Renewed(valid_until=until) if self._demand:
                self.change(self._demand, until=until)
            case vacancy.Withdrawn() if self._demand:
                self.change(self._demand, until=on)
            case vacancy.QuickMatched(day=day, count=count):
                self.add("matched", day, source, quantity=count)
            case employer.Registered(industry=industry) if industry:
                self._work_in(industry, on, source)
            case employer.DetailsCorrected(field="industry", value=value):
                self._work_in(str(value), on, source)
            case _:
                self._network(event, on, source)

    def _network(self, event: Event, on: date, source: Recorded) -> None:
        """Book a fact of a station; one opened and closed counts as one and as one less."""
        match event:
            case station.Opened():
                self.station = self.stream
                self._site = {"site": event.kind, "level": event.level, "grade": event.grade or ""}
                self.add("station", on, source, **self._site)
            case station.Closed():
                self.add("station", on, source, quantity=-1, **self._site)
            case station.DayReported(position=position, figures=figures, sha256=sha256):
                self.add(
                    "day_report", on, source, position=position, figures=figures, sha256=sha256
                )
            case station.FootfallCounted(from_at=from_at, entered=entered):
                begun = datetime.fromisoformat(from_at)
                self.add("footfall", begun.date(), source, quantity=entered, hour=begun.hour)
            case station.BudgetSet(year=year, purpose=purpose, amount=amount):
                self.add("budget", on, source, amount=amount, year=year, purpose=purpose)

    def _work_in(self, industry: str, on: date, source: Recorded) -> None:
        """Keep one row for the industry of an employer, by which its disputes are broken down."""
        if self._industry:
            self.drop(self._industry)
        self._industry = self.add("employer", on, source, industry=industry)
