"""What a seeker's case will and will not allow 预告: asked of the decisions, never recorded."""

from datetime import date, timedelta
from typing import NamedTuple

from application.assistance_desk import Desk
from domain.calendar import add_months
from domain.dispute import DisputeCase
from domain.identity import retirement_date
from domain.kernel import Refused
from domain.seeker import SeekerCase
from domain.seeker.placement import Terms

OLD, NEW = date(2024, 12, 31), date(2025, 1, 1)


class Retirement(NamedTuple):
    """The retirement day by the rule of a day, by the plain rule, and by that since 2025."""

    on: date
    plain: date
    reform: date


class Hindrance(NamedTuple):
    """An act that will be refused, by the refusal itself; for posts the days it rests on."""

    act: str
    refused: Refused
    first_on: date | None = None
    until: date | None = None
    retirement: Retirement | None = None


class Foresight(Desk):
    """Asks decisions in advance, with the arguments that an officer would give."""

    def retirement(self, case: str) -> Retirement | None:
        """Give the retirement days of a person; None where the birth is not known."""
        state = self._store.load(SeekerCase, case)
        birth = self._outside.birth(state.person) if state.sex else None
        if birth is None:
            return None
        category = next((h.job_category for h in state.hardships.values()), "worker")
        dates = (
            retirement_date(birth, state.sex, category, on)
            for on in (self._outside.today(), OLD, NEW)
        )
        return Retirement(*dates)

    def hindrances(self, case: str) -> list[Hindrance]:
        """List what a page announces: a public-welfare post to its end, a case with loose ends."""
        state = self._store.load(SeekerCase, case)
        found = [self._longer(case, state), self._closing(state)]
        return [one for one in found if one]

    def _longer(self, case: str, state: SeekerCase) -> Hindrance | None:
        """Ask for one more month after the post that runs (S-11)."""
        posts = [p for p in state.placements.values() if p.kind == "public_welfare"]
        running = next((p for p in posts if p.running and p.term_until), None)
        birth = self._outside.birth(state.person)
        if running is None or running.term_until is None or birth is None:
            return None
        start = running.term_until + timedelta(days=1)
        settings, today = self._outside.settings(), self._outside.today()
        terms = Terms(
            settings.value("public_welfare_months", today),
            birth,
            near_months=settings.value("near_retirement_months", today),
        )
        try:
            state.place(
                today=start,
                kind="public_welfare",
                start_on=start,
                terms=terms,
                employer=running.employer or "",
                term_until=add_months(start, 1) - timedelta(days=1),
            )
        except Refused as refused:
            first = min(p.start_on for p in posts)
            return Hindrance("place", refused, first, running.term_until, self.retirement(case))
        return None

    def _closing(self, state: SeekerCase) -> Hindrance | None:
        """Ask for the end of the case (S-14)."""
        linked = {one: self._store.load(DisputeCase, one).standing for one in state.disputes}
        try:
            state.close(
                occurred_on=self._outside.today(),
                reason="no_will",
                open_disputes=[one for one, word in linked.items() if word != "CLOSED"],
            )
        except Refused as refused:
            return Hindrance("close", refused) if refused.rule == "S-14" else None
        return None
