"""Stories 6, 7, 8 and 10 of domain.md 8: disputes, with their dates and amounts, to 2026-04-16."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from application.store import History, Who
from domain.dispute import DisputeCase, facts
from domain.dispute.claims import ClaimRow
from domain.dispute.rooms import rooms
from domain.dispute.values import Basis, Instalment, Line
from domain.kernel import Event, Source
from domain.money import Fen
from domain.workshop import WorkshopOrder
from domain.workshop.facts import OrderReceived
from yizhan.demo.course import Course, Desk
from yizhan.demo.disputes import (
    DOUBLE,
    HALF_YEAR,
    LATE,
    LATE_CLOSE,
    MISREAD,
    TWICE,
    Turn,
    half_year,
    run,
)
from yizhan.demo.jobs import employ
from yizhan.demo.people import Firm, Roster, stream
from yizhan.demo.places import HECHENG, STANDS, Places
from yizhan.demo.script import Imported, Script, at, days_between

PAID_BY = date(2025, 6, 27)
ARBITRATION = "鹤山市劳动人事争议仲裁委员会"
PIECE = Fen(60)
ROOMS = rooms(HECHENG, 2)


def yuan(amount: int) -> Fen:
    """Write whole yuan as fen."""
    return Fen(amount * 100)


class Recoveries:
    """The disputes of Hecheng."""

    def __init__(self, script: Script, roster: Roster, places: Places) -> None:
        """Take where to write, whom to invent, who works where."""
        self.script, self.roster, self.places = script, roster, places
        self.desks = [
            Desk(HECHENG, places.who(intake), places.who(mediator), places.who("manager"), room)
            for intake, mediator, room in (
                ("caseworker", "mediator", ROOMS[0]),
                ("second", "mediator-2", ROOMS[1]),
                ("caseworker", "mediator-3", ""),
            )
        ]

    # Story 10 ---------------------------------------------------------------------------------

    def first_half(self) -> None:
        """Tell the 159 cases of 2025 H1, and what was put right afterwards."""
        turns, employers = half_year(self.roster), dict[str, Firm]()
        for turn in turns:
            employers.setdefault(turn.employer.id, turn.employer)
        for firm in employers.values():
            employ(self.script, self.places.who("second"), date(2025, 1, 2), firm)
        for number, turn in enumerate(turns):
            until = PAID_BY if turn.pay_from < HALF_YEAR[1] else date(2025, 9, 26)
            course = run(self.script, self.desks[number % 3], turn, until=until)
            self._put_right(course, turn)
            if number == 140:
                self._raise_claim(course, turn)

    def _put_right(self, course: Course, turn: Turn) -> None:
        """Correct what was typed wrong; reverse what an old register brought twice."""
        if turn.quirk == LATE:
            self._correct(course, date(2025, 7, 3), facts.Closed, "occurred_on",
                          lambda _fact: LATE_CLOSE - timedelta(1))  # fmt: skip
        elif turn.quirk == MISREAD:
            self._correct(course, date(2025, 7, 10), facts.ClaimVerified, "amount",
                          lambda _fact: turn.claims[0].agreed)  # fmt: skip
        elif turn.quirk == TWICE:
            self._book_twice(course, turn.employer)

    def _raise_claim(self, course: Course, turn: Turn) -> None:
        """Correct a claim that was typed 1,000 yuan too low."""
        claimed = turn.claims[0].claimed + yuan(1_000)
        self._correct(course, date(2025, 7, 18), facts.ClaimStated, "amount", lambda _fact: claimed)

    def _correct(
        self,
        course: Course,
        day: date,
        kind: type[Event],
        field: str,
        value: Callable[..., object],
    ) -> None:
        """Correct a field of the first fact of a kind."""

        def correct(case: DisputeCase) -> list[Event]:
            found = [n for n, (fact, _) in enumerate(case.history, 1) if isinstance(fact, kind)]
            return case.correct_record(
                version=found[0],
                field=field,
                value=value(case.history[found[0] - 1][0]),
                reason="月度核对发现录入有误",
                occurred_on=day,
            )

        course.do(course.desk.mediator, at(day), correct)

    def _book_twice(self, course: Course, firm: Firm) -> None:
        """Let an old register bring a payment of 12,000 yuan again, and reverse it."""
        source = Source(batch="demo-2025-06", row=7, identity="demo/2025-06/7")
        again = facts.PaymentRecorded(
            payment=2,
            agreement=1,
            payer=firm.id,
            fund="employer",
            method="bank",
            voucher_no=f"PZ-{course.label}-1",
            lines=(Line(1, DOUBLE),),
            source=source,
        )
        manager, booked = course.desk.manager, date(2025, 6, 20)
        rows = [History(course.stream, [(again, booked)])]
        self.script.imports.append(Imported(at(booked, 12), manager, "demo-2025-06", rows))
        course.do(
            manager, at(PAID_BY, 12),
            lambda case: case.reverse_payment(payment=2, reason="同一凭证重复入账"),
            "dispute.settle",
        )  # fmt: skip

    # Story 6 ----------------------------------------------------------------------------------

    def garment(self) -> None:
        """Tell the 32 garment workers: instalments, and default on 2026-04-16."""
        script, desk = self.script, self.desks[0]
        firm = self.roster.firm(
            "鹤山市鹤城镇", "鹤山市鹤城镇鸿锦制衣厂", "91449901MAXX000313", "garment"
        )
        employ(script, desk.intake, date(2026, 1, 27), firm)
        people = self.roster.crowd(32, born=(1970, 2003))
        opened = at(date(2026, 1, 27))
        names = [script.open_file(desk.intake, opened, person) for person in people]
        amounts = [yuan(15_550)] * 20 + [yuan(14_300)] * 10 + [yuan(16_200)] * 2
        rows = [
            wage_row(
                name, "C01", amount, date(2025, 11, 1), date(2025, 12, 31), "11月、12月工资未发"
            )
            for name, amount in zip(names, amounts, strict=True)
        ]
        course = Course(script, desk, "garment", opened)
        course.open(opened, "walk_in", "32名制衣工人中3人来访，反映两个月工资未发", rows, firm.id)
        course.do(
            desk.intake, at(opened.date(), 10),
            lambda case: case.attach_intake(
                intake_no="LJ-20260127-GARMENT-2", channel="petition", outer_no="XF-2026-0127",
                summary="信访转来同一事项", reply_due=date(2026, 2, 11),
            ),
            "dispute.intake",
        )  # fmt: skip
        course.accept(at(date(2026, 1, 28)))
        speakers = tuple(names[:4])
        course.do(
            desk.mediator, at(date(2026, 1, 28), 10),
            lambda case: case.choose_representatives(representatives=speakers),
        )  # fmt: skip
        course.meet(at(date(2026, 1, 28), 10), date(2026, 2, 3), (*speakers, firm.id), "未达成一致")
        self._settle(course, names, (*speakers, firm.id), firm.id)

    def _settle(
        self, course: Course, names: Sequence[str], both: Sequence[str], payer: str
    ) -> None:
        """Agree for 30 in three instalments, lead two to arbitration, pay until the default."""
        third = _same(range(1, 21), yuan(5_000)) + _same(range(21, 31), yuan(4_600))
        plan = [
            Instalment(no=no, due_on=day, method="bank", lines=third)
            for no, day in enumerate((date(2026, 2, 13), date(2026, 3, 16), date(2026, 4, 15)), 1)
        ]
        signed = date(2026, 2, 6)
        course.agree(at(signed), both, plan, "分三期支付，每期146,000元")
        course.fail(at(signed, 10), names[30:])
        course.pay(at(plan[0].due_on, 15), payer, plan[0])
        course.pay(at(plan[1].due_on, 15), payer, plan[1])
        short = Instalment(no=3, due_on=plan[2].due_on, method="bank",
                           lines=_same(range(21, 31), yuan(4_600)))  # fmt: skip
        course.pay(at(plan[2].due_on, 15), payer, short)
        course.do(
            course.desk.mediator, STANDS,
            lambda case: case.record_default(
                agreement=1, instalment=3, occurred_on=STANDS.date()
            ),
            "dispute.settle",
        )  # fmt: skip

    # Story 7 ----------------------------------------------------------------------------------

    def overtime(self) -> None:
        """Tell 李国栋: two sessions missed, failed, arbitration accepted on 2026-03-20."""
        script, desk = self.script, self.desks[0]
        firm = self.roster.firm("鹤山市鹤城镇", "鹤山市鹤城镇卓越五金塑料厂", trade="electronics")
        employ(script, desk.intake, date(2026, 3, 2), firm)
        opened = at(date(2026, 3, 2))
        worker = script.open_file(
            desk.intake, opened, self.roster.person("李国栋", "449902200102030373")
        )
        row = wage_row(
            worker, "C03", yuan(8_960), date(2025, 6, 1), date(2025, 11, 30), "加班费未付"
        )
        course = Course(script, desk, "overtime", opened)
        course.open(opened, "walk_in", "李国栋反映加班费未付", [row], firm.id)
        course.do(
            desk.intake, at(opened.date(), 10),
            lambda case: case.end_employment(
                worker=worker, ended_on=date(2025, 11, 30), reason="dismissed"
            ),
            "dispute.intake",
        )  # fmt: skip
        course.accept(at(date(2026, 3, 3)))
        invited = date(2026, 3, 3)
        for number, wanted in enumerate((date(2026, 3, 9), date(2026, 3, 16)), start=1):
            met = course.invite(at(invited, 10), wanted)
            course.do(
                desk.mediator, at(met, 17),
                partial(DisputeCase.miss_session, session=number, absent=(firm.id,)),
            )  # fmt: skip
            invited = met + timedelta(1)
        self._arbitrate(course, worker)

    def _arbitrate(self, course: Course, worker: str) -> None:
        """Fail, refer to legal aid, file with the commission."""
        mediator, workers = course.desk.mediator, (worker,)
        failed, filed = at(date(2026, 3, 17), 15), at(date(2026, 3, 18))
        course.do(mediator, failed,
                  lambda case: case.fail_mediation(workers=workers, reason="no_show"))  # fmt: skip
        course.do(
            mediator, failed,
            lambda case: case.explain_routes(
                workers=workers, routes=("arbitration",), method="in_person"
            ),
        )  # fmt: skip
        course.do(
            mediator, filed,
            lambda case: case.refer_legal_aid(workers=workers, centre="鹤山市法律援助处"),
        )  # fmt: skip
        course.do(
            mediator, filed,
            lambda case: case.escalate(workers=workers, route="arbitration", body=ARBITRATION),
        )  # fmt: skip
        course.do(
            mediator, filed,
            lambda case: case.file_arbitration(workers=workers, commission=ARBITRATION),
        )  # fmt: skip
        course.do(
            mediator, at(date(2026, 3, 20)),
            lambda case: case.accept_arbitration(ref_no="鹤山劳人仲案〔2026〕88号"),
        )  # fmt: skip

    # Story 8 ----------------------------------------------------------------------------------

    def piecework(self) -> None:
        """Tell 黄彩莲: 2,072 strings of lamps at 0.60 yuan, paid after a dispute."""
        script, desk, market = self.script, self.desks[1], self.places.who("market-1")
        person = self.roster.person("黄彩莲", sex="female", born=(1979, 1984))
        worker = script.open_file(market, at(date(2025, 5, 30)), person)
        firm = self.roster.firm("鹤山市", "鹤山市明灿灯饰有限公司", "91449901MAXX000238", "lamps")
        employ(script, market, date(2025, 5, 29), firm)
        self._lamps(market, worker, firm)
        row = wage_row(worker, "C14", PIECE * 2_072, date(2025, 6, 1), date(2025, 6, 30),
                       "6月计件报酬未付", Basis(kind="pieces", rate=PIECE, quantity="2072"),
                       date(2025, 7, 10))  # fmt: skip
        opened = at(date(2025, 7, 15))
        course = Course(script, desk, "piecework", opened)
        course.open(opened, "walk_in", "黄彩莲反映灯串计件报酬未付", [row], firm.id)
        course.accept(at(date(2025, 7, 16), 10))
        course.pay_at_once(at(date(2025, 7, 22), 15), firm.id, [Line(1, PIECE * 2_072)])
        course.close(at(date(2025, 7, 22), 18), "paid_immediately")

    def _lamps(self, who: Who, worker: str, firm: Firm) -> None:
        """Tell the order of 10,000 strings: 100 a day on 21 days of June 2025."""
        received = at(date(2025, 5, 30), 10)
        order = stream("workshop", "lamps", received)

        def ask(
            day: date, decision: Callable[[WorkshopOrder], list[Event]], hour: int = 17
        ) -> None:
            self.script.ask(who, at(day, hour), WorkshopOrder, order, decision, "training.edit")

        terms = OrderReceived(
            customer=firm.id, product="灯串", quantity=10_000, unit_price=Fen(80),
            piece_price=PIECE, due_on=date(2025, 8, 29), quality_rule="逐串点亮检验", payout_day=10,
        )  # fmt: skip
        ask(received.date(), lambda o: o.receive_order(terms=terms), 10)
        ask(received.date(), lambda o: o.issue_material(worker=worker, quantity=2_100), 10)
        days = [*days_between(date(2025, 6, 1), date(2025, 6, 30)), date(2025, 6, 28)]
        days = sorted(set(days) | {date(2025, 6, 7), date(2025, 6, 14)})[:21]
        for number, day in enumerate(days):
            passed = 98 if number < 7 else 99
            ask(day, lambda o: o.record_piecework(worker=worker, quantity=100, minutes=480))
            ask(
                day,
                partial(
                    WorkshopOrder.check_quality,
                    worker=worker,
                    worked_on=day,
                    accepted=passed,
                    rejected=100 - passed,
                ),
                18,
            )
        ask(
            date(2025, 6, 30),
            lambda o: o.close_payroll(
                month="2025-06", pay_by=date(2025, 7, 10), lines=o.payroll("2025-06")
            ),
            19,
        )
        ask(
            date(2025, 7, 22),
            lambda o: o.pay_piecework(
                month="2025-06", worker=worker, amount=PIECE * 2_072, voucher_no="JJ-2025-06-01"
            ),
        )


def wage_row(
    worker: str, code: str, amount: Fen, from_on: date, to_on: date, text: str,
    basis: Basis | None = None, known_on: date | None = None,
) -> ClaimRow:  # fmt: skip
    """Write one row of a wage table."""
    return ClaimRow(
        worker=worker,
        code=code,
        from_on=from_on,
        to_on=to_on,
        amount=amount,
        basis=basis or Basis(kind="months", quantity="2"),
        text=text,
        known_on=known_on,
    )


def _same(numbers: Sequence[int], amount: Fen) -> tuple[Line, ...]:
    """Give the same amount to several claims."""
    return tuple(Line(number, amount) for number in numbers)
