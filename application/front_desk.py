"""One small claim at the counter 一页登记: person, employer, intake, claim, application at once.

Everything that one page asks for is one command on several streams, recorded by one append; the
same fact that reached the office before is joined to its open case instead (domain.md 3.1).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from application.dispute_desk import intake_number
from application.enrolling import Enrolling, Entrant, entrant_id
from application.persons import Papers
from application.store import Done, Part, Stamp
from application.wage_tables import Newcomer
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.employer import Employer, kind_of
from domain.identity import sex_of

INTAKE, EMPLOYER = "dispute.intake", "employer.edit"
DECIDE = "dispute.edit"


@dataclass(frozen=True)
class CameIn:
    """How the fact reached the office: channel, outer number, day of reply, what is said."""

    channel: str
    summary: str
    outer_no: str | None = None
    reply_due: date | None = None


@dataclass(frozen=True)
class Firm:
    """Who answers: an employer on file, or a new one by name and credit code; nobody yet."""

    employer: str = ""
    name: str = ""
    credit_code: str = ""
    role: str = "employer"

    def __bool__(self) -> bool:
        """Whether anybody is named."""
        return bool(self.employer or self.credit_code)


@dataclass(frozen=True)
class Worker:
    """Who claims: a person on file, or a newcomer."""

    person: str = ""
    newcomer: Newcomer | None = None


@dataclass(frozen=True)
class Answers:
    """The answers of the route check."""

    relation: str
    matter: str
    elsewhere: str


class FrontDesk:
    """What a counter asks for on one page."""

    def __init__(self, enrolling: Enrolling, district: str) -> None:
        """Take who opens files by the way, and the district of new employers."""
        self._enrolling, self._district = enrolling, district

    def open_case(
        self,
        *,
        came: CameIn,
        worker: Worker,
        firm: Firm,
        answers: Answers,
        claims: Sequence[ClaimRow],
        form: str,
        stamp: Stamp,
        open_elsewhere: str = "",
        told_route: str = "",
        refusal: str = "",
    ) -> Done:
        """Open a case with its first claims; the case is the first of `Done.streams`.

        `form` is that of an application received at once, or "". With `refusal` and `told_route`
        the application is not accepted, and its applicant was told where to go (D-12, 3.2).
        """
        case = f"dispute-{uuid.uuid5(uuid.UUID(stamp.command_id), 'case')}"
        person, entrants = self._person(worker, stamp)
        parts: list[Part[Any]] = [
            Part(
                DisputeCase,
                case,
                lambda c: c.named(case).record_intake(
                    station=stamp.station,
                    intake_no=intake_number(stamp),
                    channel=came.channel,
                    summary=came.summary,
                    applicant=person,
                    outer_no=came.outer_no,
                    reply_due=came.reply_due,
                    open_elsewhere=open_elsewhere,
                ),
                INTAKE,
                fresh=True,
            ),
            self._then(
                case,
                lambda c: c.check_route(
                    relation=answers.relation,
                    matter=answers.matter,
                    elsewhere=answers.elsewhere,
                ),
            ),
        ]
        parts += self._respondent(case, firm, stamp)
        if claims:
            parts.append(self._claims(case, person, claims, stamp))
        else:
            parts.append(self._then(case, lambda c: c.add_claimant(worker=person)))
        if form:
            parts.append(self._then(case, lambda c: c.receive_application(form=form)))
        if refusal:
            parts.append(
                self._then(
                    case, lambda c: c.not_accept(reason=refusal, told_route=told_route), DECIDE
                )
            )
        return self._enrolling.decide(stamp, entrants, *parts)

    def join_case(
        self, case: str, *, came: CameIn, worker: Worker, claims: Sequence[ClaimRow], stamp: Stamp
    ) -> Done:
        """Attach an intake to the open case that it is about, with the worker's claims (3.1)."""
        person, entrants = self._person(worker, stamp)
        parts: list[Part[Any]] = [
            self._then(
                case,
                lambda c: c.attach_intake(
                    intake_no=intake_number(stamp),
                    channel=came.channel,
                    summary=came.summary,
                    applicant=person,
                    outer_no=came.outer_no,
                    reply_due=came.reply_due,
                ),
            )
        ]
        if claims:
            parts.append(self._claims(case, person, claims, stamp))
        return self._enrolling.decide(stamp, entrants, *parts)

    def _person(self, worker: Worker, stamp: Stamp) -> tuple[str, list[Entrant]]:
        if worker.newcomer is None:
            return worker.person, []
        one = worker.newcomer
        papers = Papers(name=one.name, sex=sex_of(one.id_no), id_no=one.id_no)
        entrant = Entrant(entrant_id(stamp, 0), papers, one.phone)
        return entrant.person, [entrant]

    def _respondent(self, case: str, firm: Firm, stamp: Stamp) -> list[Part[Any]]:
        """Name who answers; an employer that is not on file yet is registered with it (V-10)."""
        if not firm:
            return []
        employer = firm.employer
        parts: list[Part[Any]] = []
        if not employer:
            employer = f"employer-{uuid.uuid5(uuid.UUID(stamp.command_id), 'employer')}"
            parts.append(
                Part(
                    Employer,
                    employer,
                    lambda e: e.register(
                        kind=kind_of(firm.credit_code),
                        district=self._district,
                        name=firm.name,
                        credit_code=firm.credit_code,
                    ),
                    EMPLOYER,
                    fresh=True,
                )
            )
        answering = self._then(
            case, lambda c: c.add_respondent(respondent=employer, role=firm.role)
        )
        return [*parts, answering]

    def _claims(
        self, case: str, person: str, claims: Sequence[ClaimRow], stamp: Stamp
    ) -> Part[Any]:
        rows = [msgspec.structs.replace(row, worker=person) for row in claims]
        return self._then(
            case, lambda c: c.state_claims_table(rows=rows, occurred_on=stamp.occurred_on)
        )

    def _then(self, case: str, decision: Any, right: str = INTAKE) -> Part[Any]:
        return Part(DisputeCase, case, lambda c: decision(c.named(case)), right)
