"""Named facts of the stories of domain.md 8 about disputes: 6, 7, 8 and 10. Invented people only.

A story is played by the decisions themselves, so that its history is one that the rules allow.
"""

from collections.abc import Sequence
from datetime import date

from domain.dispute import DisputeCase
from domain.dispute.arithmetic import allocate
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis, Instalment, Line
from domain.kernel import Dated, Event
from domain.money import Fen

STATION = "station-xingye"
MEDIATOR = "staff-mediator"
EMPLOYER = "employer-0313"
MONTHS = Basis(kind="months", quantity="2")


def yuan(amount: int) -> Fen:
    """Write whole yuan as fen."""
    return Fen(amount * 100)


def lines(numbers: Sequence[int], amount: Fen) -> tuple[Line, ...]:
    """Give the same amount to several claims."""
    return tuple(Line(number, amount) for number in numbers)


class Play:
    """A case that goes on day by day; `history` is what was recorded so far."""

    def __init__(self, stream: str) -> None:
        self.case = DisputeCase().named(stream)
        self.day = date(2026, 1, 27)

    def on(self, month: int, day: int, year: int = 2026) -> "Play":
        """Turn to another day."""
        self.day = date(year, month, day)
        return self

    def record(self, facts: Sequence[Event]) -> "Play":
        """Record what a decision returned."""
        for fact in facts:
            self.case.apply(fact, self.day)
        return self

    @property
    def history(self) -> list[Dated]:
        """The facts so far, with their days."""
        return list(self.case.history)


def row(worker: str, code: str, amount: Fen) -> ClaimRow:
    """Write one row of a wage table for November and December 2025."""
    return ClaimRow(
        worker=worker,
        code=code,
        from_on=date(2025, 11, 1),
        to_on=date(2025, 12, 31),
        amount=amount,
        basis=MONTHS,
        text="11月、12月工资未发",
    )


def open_case(play: Play, rows: Sequence[ClaimRow], *, respondent: str = EMPLOYER) -> Play:
    """Lead a case from the counter to the application, with claims and respondent."""
    case = play.case
    intake = case.record_intake(
        station=STATION, intake_no=f"LJ-{case.stream}", channel="walk_in", summary="来访"
    )
    play.record(intake).record(case.add_respondent(respondent=respondent, role="employer"))
    play.record(case.state_claims_table(rows=rows))
    return play.record(case.receive_application(form="oral"))


def accept(play: Play, serial: int = 159) -> Play:
    """Accept a case and assign its mediator."""
    number = f"鹤劳调〔{play.day.year}〕{serial:04d}号"
    play.record(play.case.accept(case_no=number, serial=serial))
    return play.record(play.case.assign_mediator(mediator=MEDIATOR))


# Story 6: 32 garment workers, agreement in three instalments for 30, default of 20.
WORKERS = tuple(f"person-6-{number:02d}" for number in range(1, 33))
TWENTY, TEN, TWO = range(1, 21), range(21, 31), range(31, 33)
REPRESENTATIVES = WORKERS[:4]


def story_6_opened() -> Play:
    """Story 6 up to the first session without result, 2026-02-03."""
    amounts = [yuan(15_550)] * 20 + [yuan(14_300)] * 10 + [yuan(16_200)] * 2
    rows = [row(w, "C01", amount) for w, amount in zip(WORKERS, amounts, strict=True)]
    play = open_case(Play("dispute-6").on(1, 27), rows)
    case = play.case
    play.record(
        case.attach_intake(
            intake_no="LJ-6-2", channel="petition", outer_no="XF-0127", summary="信访"
        )
    )
    accept(play.on(1, 28))
    play.record(case.choose_representatives(representatives=REPRESENTATIVES))
    held = case.hold_session
    return play.on(2, 3).record(
        held(
            occurred_on=date(2026, 2, 3),
            mediator=MEDIATOR,
            present=(*REPRESENTATIVES, EMPLOYER),
            minutes="未达成一致",
        )
    )


def third() -> tuple[Line, ...]:
    """One instalment of story 6: 20 x 5,000 + 10 x 4,600 yuan."""
    return lines(TWENTY, yuan(5_000)) + lines(TEN, yuan(4_600))


def agree(play: Play) -> list[Event]:
    """Decide the agreement of story 6."""
    days = (date(2026, 2, 13), date(2026, 3, 16), date(2026, 4, 15))
    plan = tuple(
        Instalment(no=no, due_on=day, method="bank", lines=third())
        for no, day in enumerate(days, start=1)
    )
    return play.case.sign_agreement(
        occurred_on=date(2026, 2, 6),
        mediator=MEDIATOR,
        signed_by=(*REPRESENTATIVES, EMPLOYER),
        sealed=True,
        lines=lines(TWENTY, yuan(15_000)) + lines(TEN, yuan(13_800)),
        perform_by=date(2026, 4, 15),
        terms="分三期支付",
        instalments=plan,
    )


def story_6_agreed() -> Play:
    """Story 6 up to 2026-02-06: 30 agreed, 2 escalated to arbitration."""
    play = story_6_opened()
    case, two = play.case, WORKERS[30:]
    play.on(2, 6).record(agree(play))
    play.record(case.fail_mediation(workers=two, reason="different_claims"))
    play.record(case.explain_routes(workers=two, routes=("arbitration",), method="in_person"))
    return play.record(case.escalate(workers=two, route="arbitration", body="鹤城区仲裁委"))


def pay(play: Play, paid: Sequence[Line], instalment: int, voucher: str) -> Play:
    """Pay under the agreement of story 6 on the day of the play."""
    return play.record(
        play.case.record_payment(
            occurred_on=play.day,
            agreement=1,
            instalment=instalment,
            payer=EMPLOYER,
            fund="employer",
            method="bank",
            voucher_no=voucher,
            lines=paid,
        )
    )


def story_6_short() -> Play:
    """Story 6 up to 2026-04-15: the third instalment came for ten workers only."""
    play = pay(story_6_agreed().on(2, 13), third(), 1, "P-1")
    pay(play.on(3, 16), third(), 2, "P-2")
    return pay(play.on(4, 15), lines(TEN, yuan(4_600)), 3, "P-3")


def story_6_defaulted() -> Play:
    """Story 6 up to 2026-05-20: default, payment order applied, issued and served."""
    play = story_6_short().on(4, 16)
    case = play.case
    play.record(case.record_default(agreement=1, instalment=3, occurred_on=play.day))
    play.on(4, 20).record(case.apply_payment_order(agreement=1, court="鹤城区法院"))
    play.on(4, 28).record(case.issue_payment_order(ref_no="督1号"))
    return play.on(5, 20).record(case.serve_payment_order())


def story_6() -> Play:
    """Story 6 to its end, 2026-06-02."""
    play = pay(story_6_defaulted().on(6, 2), lines(TWENTY, yuan(5_000)), 3, "P-4")
    return play.record(play.case.close(outcome="settled_performed"))


# Story 7: overtime of one worker, failed, arbitration.
LI = "person-0373"


def story_7_received() -> Play:
    """Story 7 up to the application of 2026-03-02."""
    play = Play("dispute-7").on(3, 2)
    open_case(play, [row(LI, "C03", yuan(8_960))], respondent="employer-7")
    return play.record(
        play.case.end_employment(worker=LI, ended_on=date(2025, 11, 30), reason="dismissed")
    )


def story_7_failed() -> Play:
    """Story 7 up to 2026-03-17: two sessions missed, mediation failed, routes explained."""
    play = accept(story_7_received().on(3, 3), 160)
    case = play.case
    for number, day in ((1, date(2026, 3, 9)), (2, date(2026, 3, 16))):
        play.record(
            case.schedule_session(
                mediator=MEDIATOR, on=day, from_at="09:00", to_at="10:00", place="调解室"
            )
        )
        play.on(day.month, day.day)
        play.record(case.miss_session(session=number, absent=("employer-7",)))
    play.on(3, 17).record(case.fail_mediation(workers=(LI,), reason="no_show"))
    return play.record(
        case.explain_routes(workers=(LI,), routes=("arbitration",), method="in_person")
    )


def story_7_awarded() -> Play:
    """Story 7 up to the award of 2026-04-29."""
    play = story_7_failed().on(3, 18)
    case = play.case
    play.record(case.refer_legal_aid(workers=(LI,), centre="鹤城区法律援助中心"))
    play.record(case.escalate(workers=(LI,), route="arbitration", body="鹤城区仲裁委"))
    play.record(case.file_arbitration(workers=(LI,), commission="鹤城区仲裁委"))
    play.on(3, 20).record(case.accept_arbitration(ref_no="鹤劳仲1号"))
    return play.on(4, 29).record(
        case.record_result(
            procedure="arbitration",
            result="awarded",
            workers=(LI,),
            final=True,
            awards=(Line(1, yuan(7_450)),),
            received_on=date(2026, 4, 29),
        )
    )


def story_7() -> Play:
    """Story 7 to its end: the award paid on 2026-05-18, closed as failed and escalated."""
    play = story_7_awarded().on(5, 18)
    play.record(
        play.case.pay_award(
            payer="employer-7",
            fund="employer",
            method="bank",
            voucher_no="A-1",
            lines=(Line(1, yuan(7_450)),),
        )
    )
    return play.record(play.case.close(outcome="failed_escalated"))


# Story 8: piecework without labour relation.
HUANG = "person-8"


def story_8() -> Play:
    """Story 8: 2,072 strings of lamps at 0.60 yuan, paid late in one sum."""
    piece = ClaimRow(
        worker=HUANG,
        code="C14",
        from_on=date(2025, 6, 1),
        to_on=date(2025, 6, 30),
        amount=Fen(60) * 2_072,
        basis=Basis(kind="pieces", rate=Fen(60), quantity="2072"),
        text="6月计件报酬未付",
        known_on=date(2025, 7, 10),
    )
    play = Play("dispute-8").on(7, 15, 2025)
    accept(open_case(play, [piece], respondent="employer-8"), 12)
    case = play.case
    play.on(7, 22, 2025).record(
        case.pay_immediately(
            payer="employer-8",
            fund="employer",
            method="cash",
            voucher_no="C-1",
            lines=(Line(1, Fen(124_320)),),
            settles=True,
        )
    )
    return play.record(case.close(outcome="paid_immediately"))


# Story 10: 159 disputes of a half-year.
def story_10() -> dict[str, list[Dated]]:
    """Give 159 histories: 143 closed, 777 workers paid 11,900,000.00 yuan in all."""
    sizes = [6] * 62 + [5] * 81
    paid = allocate(Fen(1_190_000_000), lines(range(sum(sizes)), yuan(20_000)))
    histories = {}
    for serial in range(1, 160):
        play = Play(f"dispute-10-{serial:03d}").on(1 + serial % 6, 1 + serial % 28, 2025)
        size = sizes[serial - 1] if serial <= len(sizes) else 2
        workers = [f"person-10-{serial:03d}-{number}" for number in range(size)]
        rows = [row(worker, "C01", yuan(20_000)) for worker in workers]
        open_case(play, rows, respondent=f"employer-10-{serial % 40}")
        accept(play, serial)
        if serial <= len(sizes):
            first = sum(sizes[: serial - 1])
            amounts = [part.amount for part in paid[first : first + size]]
            play.record(
                play.case.pay_immediately(
                    payer=f"employer-10-{serial % 40}",
                    fund="employer",
                    method="bank",
                    voucher_no=f"V-{serial}",
                    lines=[Line(no, amount) for no, amount in enumerate(amounts, start=1)],
                    settles=True,
                )
            )
            play.record(play.case.close(outcome="paid_immediately"))
        histories[play.case.stream] = play.history
    return histories
