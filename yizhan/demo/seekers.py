"""Seekers of the demo: one case a person, by the decisions of the domain."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from application.store import Who
from domain.calendar import add_months
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.placement import Terms
from domain.seeker.values import Post, Wants
from domain.settings import Settings
from domain.vacancy import Vacancy
from yizhan.demo.people import Someone, stream
from yizhan.demo.script import Script, at, working

NOTICE = "2023-08"
SETTINGS = Settings()
NO_PAY = Fen(0)


class Opening(NamedTuple):
    """A published post of the demo, as far as referrals need to know it."""

    id: str
    employer: str
    published: date
    valid_until: date
    headcount: int


class Seeker:
    """One person's case at a station."""

    def __init__(
        self,
        script: Script,
        who: Who,
        someone: Someone,
        moment: datetime,
        *,
        domicile: str = "440784",
    ) -> None:
        """Open the person's file; nothing is recorded about work yet."""
        self.script, self.who, self.someone, self.domicile = script, who, someone, domicile
        self.stream = stream("seeker", someone.id, moment)
        script.open_file(who, moment, someone, domicile)

    def do(
        self,
        moment: datetime,
        decision: Callable[[SeekerCase], list[Event]],
        *,
        who: Who | None = None,
        right: str = "seeker.edit",
        serial: bool = False,
    ) -> "Seeker":
        """Ask one decision of this case."""
        self.script.ask(
            who or self.who, moment, SeekerCase, self.stream, decision, right, serial=serial
        )
        return self

    def register(
        self,
        moment: datetime,
        *,
        county: str = "440784",
        channel: str = "walk_in",
        activity: str = "jobless",
        trades: Sequence[str] = (),
        hours: Sequence[str] = (),
    ) -> "Seeker":
        """Register with the next number of the county; the officer takes the case."""
        on, someone = moment.date(), self.someone
        months = SETTINGS.value("registration_months", on)

        def register(seeker: SeekerCase) -> list[Event]:
            return seeker.register(
                occurred_on=on,
                person=someone.id,
                station=self.who.station,
                county=county,
                serial=self.script.next_serial(county, on.year, "seeker"),
                channel=channel,
                birth=someone.birth,
                sex=someone.sex,
                domicile=self.domicile,
                activity=activity,
                wants=Wants(trades=tuple(trades), hours=tuple(hours), places=(county,)),
                notice_version=NOTICE,
                valid_until=add_months(on, months),
            )

        self.do(moment, register, serial=True)
        return self.do(moment, lambda case: case.assign(officer=self.who.account))

    def group(self, moment: datetime, group: str) -> "Seeker":
        """Mark a key group."""
        return self.do(moment, lambda case: case.tag_group(group=group))

    def assess(
        self, moment: datetime, needs: Sequence[str], tier: str, barriers: Sequence[str] = ()
    ) -> "Seeker":
        """Record needs and tier."""
        self.do(moment, lambda case: case.assess_needs(needs=needs, barriers=barriers))
        reason = "按需求和障碍评定"
        return self.do(moment, lambda case: case.assign_tier(tier=tier, reason=reason))

    def refer(self, moment: datetime, opening: Opening) -> "Seeker":
        """Propose a post that stands published on the day."""
        if not opening.published <= moment.date() <= opening.valid_until:
            raise ValueError(f"{opening.id} is not open on {moment:%Y-%m-%d}")
        post = Post(
            opening.id, opening.employer, "published", True, opening.valid_until, opening.headcount
        )
        return self.do(
            moment, lambda case: case.refer(occurred_on=moment.date(), post=post, consent=True)
        )

    def answer(self, moment: datetime, reason: str = "", *, referral: int = 1) -> "Seeker":
        """Record yes, or no for a reason."""
        return self.do(
            moment,
            lambda case: case.answer_referral(
                referral=referral, accepted=not reason, reason=reason
            ),
        )

    def interview(self, moment: datetime, result: str, *, referral: int = 1) -> "Seeker":
        """Record an interview."""
        return self.do(
            moment,
            lambda case: case.hold_interview(
                occurred_on=moment.date(), referral=referral, result=result
            ),
        )

    def place(
        self,
        moment: datetime,
        kind: str,
        *,
        employer: str = "",
        opening: Opening | None = None,
        referral: int | None = None,
        training: str = "",
        licence_no: str = "",
        term_until: date | None = None,
        pay: Fen | None = None,
        placement: int = 1,
    ) -> "Seeker":
        """Record that work begins that day; a referral's post loses the seat with it."""
        on = moment.date()
        terms = Terms(SETTINGS.value("public_welfare_months", on), self.someone.birth)
        self.do(
            moment,
            lambda case: case.place(
                today=on,
                kind=kind,
                start_on=on,
                terms=terms,
                employer=employer,
                referral=(referral or 1) if opening else None,
                training=training,
                licence_no=licence_no,
                term_until=term_until,
                pay=pay,
            ),
        )
        if opening:
            self.script.ask(
                self.who, moment, Vacancy, opening.id,
                lambda post: post.fill_seat(seeker=self.stream, placement=placement), "",
            )  # fmt: skip
        return self

    def verify(self, moment: datetime, method: str = "call", *, placement: int = 1) -> "Seeker":
        """Verify that the person works."""
        return self.do(
            moment,
            lambda case: case.verify_placement(
                occurred_on=moment.date(), placement=placement, method=method
            ),
        )

    def follow(
        self, moment: datetime, month: int, result: str = "retained", *, placement: int = 1
    ) -> "Seeker":
        """Record a call about retention."""
        return self.do(
            moment,
            lambda case: case.record_follow_up(
                occurred_on=moment.date(),
                purpose="retention",
                placement=placement,
                month=month,
                channel="phone",
                result=result,
            ),
        )

    def guide(self, moment: datetime, kind: str = "career") -> "Seeker":
        """Record guidance."""
        return self.do(moment, lambda case: case.give_guidance(kind=kind, minutes=30))

    def close(self, moment: datetime, reason: str) -> "Seeker":
        """End the case."""
        return self.do(moment, lambda case: case.close(occurred_on=moment.date(), reason=reason))

    def stays(self, start: date, until: date) -> "Seeker":
        """Follow the first placement through its three calls, up to a day, then end the case."""
        for month in (1, 3, 6):
            due = working(add_months(start, month))
            if due > until:
                return self
            self.follow(at(due, 11), month)
        return self.close(at(due, 16), "employed_stable")

    def leaves(self, start: date, days: int, reason: str) -> "Seeker":
        """Record that the first placement ended after some days, and end the case."""
        last = start + timedelta(days)
        day = working(last, 1)
        self.do(
            at(day, 11),
            lambda case: case.end_placement(
                occurred_on=day, placement=1, ended_on=last, reason=reason
            ),
        )
        return self.close(at(day, 16), "no_will")
