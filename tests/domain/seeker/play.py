"""People of the stories 1 to 5 and 9 of domain.md 8, played by the decisions themselves."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from domain.kernel import Event, Refused, decode, encode
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED
from domain.seeker.placement import Terms
from domain.seeker.values import Caps, Course, Post, Wants

STATION = "station-xingye"
OFFICER, COLLEAGUE = "staff-officer", "staff-colleague"
CAPS = Caps(single=180, total=365, back=30)
BIRTH = date(1990, 5, 20)
WIDE = date(2099, 12, 31)


class Play:
    """A case that goes on day by day; every fact is stored, read back and applied."""

    def __init__(self, birth: date = BIRTH, sex: str = "female") -> None:
        self.case, self.birth, self.sex = SeekerCase(), birth, sex
        self.day = date(2024, 3, 4)

    def on(self, year: int, month: int, day: int) -> "Play":
        """Turn to another day."""
        self.day = date(year, month, day)
        return self

    def record(self, facts: Sequence[Event]) -> "Play":
        """Record what a decision returned."""
        assert facts
        for fact in facts:
            read = decode(type(fact), encode(fact))
            assert read == fact
            self.case.apply(read, self.day)
        return self

    def refused(self, decision: Callable[[], object], rule: str, because: str = "") -> "Play":
        """Expect a decision to be refused by a rule, with these words."""
        with pytest.raises(Refused) as caught:
            decision()
        assert caught.value.rule == rule, str(caught.value)
        assert because in str(caught.value)
        return self

    def register(self, *, domicile: str = "440784", activity: str = "jobless") -> "Play":
        """Register the person on the day."""
        return self.record(
            self.case.register(
                occurred_on=self.day,
                person="person-1",
                station=STATION,
                county="440784",
                serial=123,
                channel="walk_in",
                birth=self.birth,
                sex=self.sex,
                domicile=domicile,
                activity=activity,
                wants=Wants(trades=("catering",), pay=Fen(300_000)),
                notice_version="2024-1",
                valid_until=WIDE,
            )
        )

    def place(self, kind: str, start_on: date | None = None, **more: object) -> "Play":
        """Record that work begins, today unless said otherwise."""
        return self.record(self.placing(kind, start_on, **more))

    def placing(self, kind: str, start_on: date | None = None, **more: object) -> list[Event]:
        """Ask for a placement."""
        plain: dict[str, object] = {"employer": "employer-1"}
        plain |= more
        return self.case.place(
            today=self.day,
            kind=kind,
            start_on=start_on or self.day,
            terms=Terms(36, self.birth),
            **plain,  # type: ignore[arg-type]  # a test names what it varies
        )

    def refer(self, vacancy: str = "vacancy-1", **more: object) -> "Play":
        """Refer to a vacancy that is open."""
        return self.record(
            self.case.refer(occurred_on=self.day, post=post(vacancy, **more), consent=True)
        )

    def accept(self, referral: int = 1) -> "Play":
        """Let the person say yes."""
        return self.record(self.case.answer_referral(referral=referral, accepted=True))

    def enrol(self, training: str = "training-1", starts_on: date | None = None) -> "Play":
        """Enrol in a class that has a seat."""
        course = Course(training, "planned", starts_on or self.day, 5)
        return self.record(self.case.enrol(occurred_on=self.day, course=course))

    def follow(self, month: int, result: str = "retained", placement: int = 1) -> "Play":
        """Record a retention contact."""
        return self.record(self.following(month, result, placement))

    def following(self, month: int, result: str = "retained", placement: int = 1) -> list[Event]:
        """Ask for a retention contact."""
        return self.case.record_follow_up(
            occurred_on=self.day,
            purpose="retention",
            channel="phone",
            result=result,
            placement=placement,
            month=month,
        )

    def recognise(self, category: str = "H01") -> "Play":
        """Take an application on the day, and recognise it nine days later."""
        if category in {"H02", "H08", "H09", "H10", "H12"}:
            self.record(self.case.give_consent(purpose="sensitive", notice_version="2024-1"))
        self.record(
            self.case.apply_for_hardship(
                occurred_on=self.day,
                category=category,
                proofs="proof",
                entered_by=OFFICER,
                birth=self.birth,
                criteria=SHIPPED[-1],
            )
        )
        number = max(self.case.hardships)
        start = self.day
        self.record(
            self.case.post_hardship_notice(
                hardship=number,
                notice_from=start,
                notice_to=date.fromordinal(start.toordinal() + 7),
                notice_days=7,
            )
        )
        self.day = date.fromordinal(start.toordinal() + 9)
        return self.record(
            self.case.recognise_hardship(
                occurred_on=self.day,
                hardship=number,
                officer=COLLEAGUE,
                criteria=SHIPPED[-1],
                birth=self.birth,
            )
        )


def post(vacancy: str = "vacancy-1", **more: object) -> Post:
    """Describe a vacancy that may be referred to, but for what a test varies."""
    plain: dict[str, object] = {
        "vacancy": vacancy,
        "employer": "employer-1",
        "state": "published",
        "verified": True,
        "valid_until": WIDE,
        "seats": 2,
    }
    return Post(**(plain | more))  # type: ignore[arg-type]  # a test names what it varies


def outcome(decision: Callable[[], object]) -> str:
    """Give the rule that refuses, or 'allowed'."""
    try:
        decision()
    except Refused as refused:
        return refused.rule
    return "allowed"
