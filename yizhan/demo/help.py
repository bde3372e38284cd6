"""Help of the demo that hangs on boards: subsidies of a post, households without work."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from application.store import Who
from domain.calendar import add_months
from domain.household import Household
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.values import RestsOn
from yizhan.demo.people import Someone, stream
from yizhan.demo.script import CALENDAR, Script, at, working
from yizhan.demo.seekers import SETTINGS, Seeker

POST = Fen(172_000)  # a month


def post_subsidies(seeker: Seeker, first: date, until: date, other: Who) -> None:
    """Ask for a post subsidy quarter by quarter; another officer approves and pays."""
    officer, number, month = seeker.who.account, 0, first
    while (asked := working(add_months(month, 3).replace(day=5))) < until:
        number += 1
        months = tuple(f"{add_months(month, n):%Y-%m}" for n in range(3))
        _asked(seeker, asked, months, officer)
        decide, pay = working(asked, 3), working(asked, 8)
        for moment, act in (
            (decide, partial(SeekerCase.approve_subsidy, subsidy=number, amount=_sum(3),
                             officer=other.account)),
            (pay, partial(SeekerCase.pay_subsidy, subsidy=number, amount=_sum(3), months=months,
                          voucher_no=f"GW-{months[-1]}")),
        ):  # fmt: skip
            seeker.do(at(moment, 15), act, who=other, right="subsidy.decide")
        month = add_months(month, 3)


def _asked(seeker: Seeker, day: date, months: Sequence[str], officer: str) -> None:
    def ask(case: SeekerCase) -> list[Event]:
        return case.apply_for_subsidy(
            occurred_on=day, kind="post", rests_on=RestsOn(placement=1), amount=_sum(len(months)),
            entered_by=officer, months=months,
        )  # fmt: skip

    def check(case: SeekerCase) -> list[Event]:
        return case.check_subsidy(subsidy=max(case.subsidies), findings=("in_order",))

    seeker.do(at(day), ask).do(at(day, 10), check)


def _sum(months: int) -> Fen:
    return Fen(int(POST) * months)


class Home:
    """One household of the demo."""

    def __init__(self, script: Script, who: Who, label: str, moment: datetime) -> None:
        """Write it down in Heshan."""
        self._script, self._who, self.stream = script, who, stream("household", label, moment)
        self.do(moment, lambda home: home.register(kind="urban", domicile="440784"))

    def do(self, moment: datetime, decision: Callable[[Household], list[Event]]) -> "Home":
        """Ask one decision."""
        self._script.ask(self._who, moment, Household, self.stream, decision, "seeker.edit")
        return self

    def joined(self, moment: datetime, person: str, relation: str, *, able: bool = True) -> "Home":
        """Add a member; who is able is willing."""
        return self.do(
            moment,
            lambda home: home.add_member(person=person, relation=relation, able=able, willing=able),
        )

    def declared(self, moment: datetime) -> "Home":
        """Declare it one without work, to be cleared within the promise (Q-05)."""
        days = SETTINGS.value("household_working_days", moment.date())
        until = CALENDAR.add_working(moment.date(), days)
        return self.do(moment, lambda home: home.declare_zero(placed=(), clear_by=until))


def waiting_home(script: Script, seeker: Seeker, mother: Someone, day: date) -> None:
    """Tell of a seeker who lives with the mother, on an allowance, where nobody works."""
    moment = at(day, 15)
    script.open_file(seeker.who, moment, mother)
    home = Home(script, seeker.who, f"home-{seeker.someone.id}", moment)
    home.joined(moment, seeker.someone.id, "self").joined(moment, mother.id, "parent", able=False)
    home.do(
        moment,
        lambda h: h.state_income(
            person=mother.id, source_of_income="allowance", monthly=Fen(91_300)
        ),
    ).declared(at(day, 16))
