"""What a case says about an occasion: the day, place and amount that a message will name.

Everything here is a suggestion for the form; what goes out is what the sheet shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.documents.kinds import kinds_of
from application.store import Store
from domain import deadlines
from domain.calendar import WorkCalendar
from domain.dispute import DisputeCase
from domain.dispute.rooms import number_of
from domain.employer import Employer
from domain.job_fair import Announced, JobFair
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.settings import Settings
from domain.station import Station
from domain.training import TrainingClass
from domain.vacancy import Vacancy

# What can be told of each kind of case, in the order of the form.
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "seeker": (
        "follow_up_due",
        "interview",
        "class_reminder",
        "fair_reminder",
        "document_ready",
        "free",
    ),
    "dispute": ("session_invitation", "instalment_due", "document_ready", "free"),
}


@dataclass(frozen=True)
class Suggesting:
    """Reads a case for the values of a message; `calendar` and `settings` are those in force."""

    store: Store
    calendar: WorkCalendar
    settings: Settings
    today: date

    def values(self, case: Any, stream: str, occasion: str, about: str) -> dict[str, str]:
        """Suggest what the placeholders of an occasion stand for; unknown ones are left out."""
        found = getattr(self, f"_{occasion}")(case, stream, about)
        return {**self._station(case.station), **{k: v for k, v in found.items() if v}}

    def _station(self, station: str) -> dict[str, str]:
        terms = self.store.load(Station, station).terms
        if terms is None:
            return {}
        return {"station": terms.official_name, "phone": terms.phone or ""}

    def _place(self, station: str) -> str:
        terms = self.store.load(Station, station).terms
        return f"{terms.official_name} {terms.address or ''}".strip() if terms else ""

    def _free(self, _case: Any, _stream: str, _about: str) -> dict[str, str]:
        return {}

    def _follow_up_due(self, case: SeekerCase, _stream: str, _about: str) -> dict[str, str]:
        due = case.follow_ups_due(self.calendar)
        # One that is overdue is made now: nobody is told of a day that has passed.
        return {"date": max(due[0].due.on, self.today).isoformat()} if due else {}

    def _interview(self, case: SeekerCase, _stream: str, about: str) -> dict[str, str]:
        open_ones = [one for one in case.open_referrals if about in {"", str(one.no)}]
        if not open_ones:
            return {}
        latest = open_ones[-1]
        return {
            "employer": self.store.load(Employer, latest.employer).name,
            "post": terms.title
            if (terms := self.store.load(Vacancy, latest.vacancy).terms)
            else "",
        }

    def _class_reminder(self, case: SeekerCase, _stream: str, about: str) -> dict[str, str]:
        enrolled = [e.training for e in case.enrolments.values() if e.standing == "enrolled"]
        wanted = about if about in enrolled else next(iter(enrolled), "")
        if not wanted:
            return {}
        training = self.store.load(TrainingClass, wanted)
        first = next((one.on.isoformat() for one in training.lessons), "")
        return {"title": training.title, "date": first}

    def _fair_reminder(self, _case: SeekerCase, _stream: str, about: str) -> dict[str, str]:
        if not about:
            return {}
        for fact, _ in self.store.load(JobFair, about).history:
            if isinstance(fact, Announced):
                return {"title": fact.name, "date": fact.on.isoformat(), "place": fact.place}
        return {}

    def _session_invitation(self, case: DisputeCase, _stream: str, about: str) -> dict[str, str]:
        planned = [
            one
            for one in case.sessions.values()
            if one.standing == "scheduled" and about in {"", str(one.no)}
        ]
        if not planned:
            return {}
        session = planned[-1]
        room = f" {number_of(session.room)}号调解室" if session.room else ""
        return {
            "date": session.on.isoformat(),
            "time": session.from_at,
            "place": f"{self._place(case.station)}{room}",
        }

    def _instalment_due(self, case: DisputeCase, _stream: str, about: str) -> dict[str, str]:
        for agreement in case.agreements.values():
            if agreement.voided:
                continue
            running = deadlines.instalments(agreement, case, self.calendar, self.settings)
            for clock in running:
                if clock.done_on is None and about in {"", f"{agreement.no}-{clock.instalment}"}:
                    owed = next(i for i in agreement.instalments if i.no == clock.instalment)
                    return {
                        "date": owed.due_on.isoformat(),
                        "amount": written(Fen(sum(line.amount for line in owed.lines))),
                    }
        return {}

    def _document_ready(self, case: Any, stream: str, about: str) -> dict[str, str]:
        issued = case.documents.get(about) or next(reversed(list(case.documents.values())), None)
        if issued is None:
            return {}
        return {"title": kinds_of(stream)[issued.kind].paper.title}


def written(amount: Fen) -> str:
    """Write an amount for a message: ¥8,960.00."""
    return f"¥{amount // 100:,}.{amount % 100:02d}"
