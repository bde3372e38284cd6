"""One dispute of the demo, day by day, by the decisions of the domain."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from application.dispute_desk import case_number
from application.store import Who
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis, Instalment, Line
from domain.kernel import Event
from domain.money import Fen
from yizhan.demo.people import Someone, stream
from yizhan.demo.script import Script, at

COUNTY = "鹤"
TEN_YUAN = 1_000
TEXTS = {
    "C01": "工资未发",
    "C02": "低于最低工资标准",
    "C03": "加班费未付",
    "C05": "经济补偿未付",
    "C06": "违法解除赔偿",
    "C10": "工伤医疗费未付",
    "C13": "加付赔偿金",
}


class Claimed(NamedTuple):
    """What one worker claims, and what is agreed and paid in the end."""

    worker: Someone
    claimed: Fen
    agreed: Fen


class Desk(NamedTuple):
    """Who takes a case in and who mediates it, at one station, in which room."""

    station: str
    intake: Who
    mediator: Who
    manager: Who
    room: str = ""


class Course:
    """One dispute, day by day."""

    def __init__(self, script: Script, desk: Desk, label: str, began: datetime) -> None:
        """Name the case; nothing is recorded yet."""
        self.script, self.desk, self.label = script, desk, label
        self.stream = stream("dispute", label, began)

    def do(
        self,
        who: Who,
        moment: datetime,
        decision: Callable[[DisputeCase], list[Event]],
        right: str = "dispute.edit",
        *,
        on: date | None = None,
        serial: bool = False,
    ) -> None:
        """Ask one decision of this case."""
        self.script.ask(
            who,
            moment,
            DisputeCase,
            self.stream,
            lambda case: decision(case.named(self.stream)),
            right,
            on=on,
            serial=serial,
        )

    def open(
        self, moment: datetime, channel: str, summary: str, rows: Sequence[ClaimRow], employer: str
    ) -> None:
        """Take the case in: intake, respondent, wage table, application."""
        who, day, right = self.desk.intake, moment.date(), "dispute.intake"
        number = f"LJ-{day:%Y%m%d}-{self.label.upper()}"
        outer = {"petition": "XF", "phone_12345": "GD"}.get(channel)
        self.do(
            who, moment,
            lambda case: case.record_intake(
                station=self.desk.station,
                intake_no=number,
                channel=channel,
                summary=summary,
                outer_no=f"{outer}-{day:%Y%m%d}-{self.label}" if outer else None,
                reply_due=day + timedelta(15) if outer else None,
            ),
            right,
        )  # fmt: skip
        self.do(
            who,
            moment,
            lambda case: case.add_respondent(respondent=employer, role="employer"),
            right,
        )
        self.do(who, moment, lambda case: case.state_claims_table(rows=rows), right)
        self.do(who, moment, lambda case: case.receive_application(form="oral"), right)

    def accept(self, moment: datetime) -> None:
        """Accept under the next number, and take the case."""
        year, mediator = moment.year, self.desk.mediator

        def accept(case: DisputeCase) -> list[Event]:
            serial = self.script.next_serial(COUNTY, year, "dispute")
            return case.accept(case_no=case_number(COUNTY, year, serial), serial=serial)

        self.do(mediator, moment, accept, serial=True)
        self.do(mediator, moment, lambda case: case.assign_mediator(mediator=mediator.account))

    def meet(self, invited: datetime, wanted: date, present: Sequence[str], minutes: str) -> date:
        """Invite to the mediator's next free hour and hold the session; give its day."""
        day = self.invite(invited, wanted)
        mediator = self.desk.mediator
        self.do(
            mediator,
            at(day, 17),
            lambda case: case.hold_session(
                occurred_on=day,
                mediator=mediator.account,
                present=present,
                minutes=minutes,
                session=max(case.sessions),
            ),
        )
        return day

    def invite(self, invited: datetime, wanted: date) -> date:
        """Invite to the mediator's next free hour; give its day."""
        mediator = self.desk.mediator
        day, start, end = self.script.slot(mediator.account, wanted)
        self.do(
            mediator,
            invited,
            lambda case: case.schedule_session(
                mediator=mediator.account,
                on=day,
                from_at=start,
                to_at=end,
                place="调解室",
                room=self.desk.room or None,
            ),
        )
        return day

    def agree(
        self, moment: datetime, signed_by: Sequence[str], plan: Sequence[Instalment], terms: str
    ) -> None:
        """Sign an agreement whose sums are those of its instalments."""
        sums: dict[int, Fen] = {}
        for part in plan:
            for line in part.lines:
                sums[line.claim] = sums.get(line.claim, Fen(0)) + line.amount
        mediator = self.desk.mediator
        self.do(
            mediator, moment,
            lambda case: case.sign_agreement(
                occurred_on=moment.date(),
                mediator=mediator.account,
                signed_by=signed_by,
                sealed=True,
                lines=[Line(claim, amount) for claim, amount in sums.items()],
                perform_by=plan[-1].due_on,
                terms=terms,
                instalments=plan,
            ),
            "dispute.settle",
        )  # fmt: skip

    def pay(
        self,
        moment: datetime,
        payer: str,
        part: Instalment,
        *,
        on: date | None = None,
        fund: str = "employer",
        line: int | None = None,
    ) -> None:
        """Record the money of an instalment, or of one of its lines from a source."""
        day = on or moment.date()
        lines = part.lines if line is None else (part.lines[line - 1],)
        self.do(
            self.desk.mediator, moment,
            lambda case: case.record_payment(
                occurred_on=day,
                agreement=1,
                instalment=part.no,
                payer=payer,
                fund=fund,
                method=part.method,
                voucher_no=f"PZ-{self.label}-{line or part.no}",
                lines=lines,
            ),
            "dispute.settle",
            on=on,
        )  # fmt: skip

    def pay_at_once(self, moment: datetime, payer: str, lines: Sequence[Line]) -> None:
        """Record money that settles before any agreement."""
        self.do(
            self.desk.mediator, moment,
            lambda case: case.pay_immediately(
                payer=payer,
                fund="employer",
                method="cash",
                voucher_no=f"PZ-{self.label}-1",
                lines=lines,
                settles=True,
            ),
            "dispute.settle",
        )  # fmt: skip

    def fail(
        self, moment: datetime, workers: Sequence[str], reason: str = "different_claims"
    ) -> None:
        """End mediation, tell the routes, lead the workers to arbitration."""
        mediator = self.desk.mediator
        self.do(mediator, moment, lambda case: case.fail_mediation(workers=workers, reason=reason))
        self.do(
            mediator, moment,
            lambda case: case.explain_routes(
                workers=workers, routes=("arbitration", "court"), method="in_person"
            ),
        )  # fmt: skip
        self.do(
            mediator, moment,
            lambda case: case.escalate(
                workers=workers, route="arbitration", body="鹤山市劳动人事争议仲裁委员会"
            ),
        )  # fmt: skip

    def close(self, moment: datetime, outcome: str, *, on: date | None = None) -> None:
        """Close the case."""
        self.do(self.desk.mediator, moment, lambda case: case.close(outcome=outcome), on=on)


def claim_rows(claims: Sequence[Claimed], code: str, received: date) -> list[ClaimRow]:
    """Write a wage table about the two months before the application."""
    first = (received.replace(day=1) - timedelta(40)).replace(day=1)
    last = received.replace(day=1) - timedelta(1)
    return [
        ClaimRow(
            worker=claim.worker.id,
            code=code,
            from_on=first,
            to_on=last,
            amount=claim.claimed,
            basis=Basis(kind="months", quantity="2"),
            text=f"{first.month}月至{last.month}月{TEXTS.get(code, '款项未付')}",
        )
        for claim in claims
    ]


def lines_of(claims: Sequence[Claimed], share: int = 1, of: int = 1) -> tuple[Line, ...]:
    """Give what is agreed for each claim, or one of equal parts; the last takes the rest."""
    found = []
    for number, claim in enumerate(claims, start=1):
        part = int(claim.agreed) // of // TEN_YUAN * TEN_YUAN
        amount = part if share < of else int(claim.agreed) - part * (of - 1)
        found.append(Line(number, Fen(amount)))
    return tuple(found)
