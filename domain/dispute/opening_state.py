"""The state of a dispute, first part: intake, parties, claims, acceptance, officers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.dispute import facts
from domain.dispute.records import NOTHING, Claim, Intake, Stage, Track, Worker
from domain.kernel import Aggregate, applies


class OpeningState(Aggregate):
    """What the opening of a dispute leaves behind."""

    station: str = ""
    applicant: str | None = None
    intakes: Mapping[str, Intake] = NOTHING
    procedure: Stage = Stage.INTAKE
    applied_on: date | None = None
    case_no: str = ""
    serial: int = 0
    accepted_on: date | None = None
    route: facts.RouteChecked | None = None
    workers: Mapping[str, Worker] = NOTHING
    claims: Mapping[int, Claim] = NOTHING
    tracks: Mapping[Track, int] = NOTHING
    groups: Mapping[str, set[str]] = NOTHING
    respondents: Mapping[str, str] = NOTHING
    refused_by: frozenset[str] = frozenset()
    representatives: tuple[str, ...] = ()
    mediators: Mapping[str, str] = NOTHING
    recused: frozenset[str] = frozenset()
    offered: tuple[str, str | None] | None = None
    hold_until: date | None = None
    workshop_order: str = ""
    closed: bool = False
    outcome: str = ""
    closed_on: date | None = None

    def _own(self, name: str) -> dict[Any, Any]:
        """Give the table of this state alone; class defaults are never changed."""
        table: dict[Any, Any] = self.__dict__.setdefault(name, {})
        return table

    def _worker(self, worker: str) -> Worker:
        """Find a claimant; a fact of an old register may name one that was never added."""
        found = self.workers.get(worker)
        if found is None:
            found = self._own("workers")[worker] = Worker(claims=[])
            self._count(Track.CLAIMED, 1)
        return found

    def _count(self, track: Track, step: int) -> None:
        tracks = self._own("tracks")
        tracks[track] = tracks.get(track, 0) + step

    def _move(self, record: Worker, track: Track) -> None:
        """Put a claimant on a track and keep the count of every track."""
        if record.track is not track:
            self._count(record.track, -1)
            self._count(track, 1)
            record.track = track

    def _shut(self, outcome: str, on: date) -> None:
        self.closed, self.outcome, self.closed_on = True, outcome, on

    @applies(facts.IntakeRecorded)
    def _intake_recorded(self, fact: facts.IntakeRecorded, on: date) -> None:
        self.station, self.workshop_order = fact.station, fact.workshop_order or ""
        self._take_in(fact, on)

    @applies(facts.IntakeAttached)
    def _take_in(self, fact: facts.IntakeRecorded | facts.IntakeAttached, on: date) -> None:
        self.applicant = self.applicant or fact.applicant
        self._own("intakes")[fact.intake_no] = Intake(
            fact.intake_no, on, fact.channel, fact.outer_no, fact.reply_due
        )

    @applies(facts.RouteChecked)
    def _route_checked(self, fact: facts.RouteChecked, _on: date) -> None:
        self.route = fact

    @applies(facts.ReplySent)
    def _reply_sent(self, fact: facts.ReplySent, _on: date) -> None:
        if fact.intake_no in self.intakes:
            self.intakes[fact.intake_no].replies += (fact.kind,)

    @applies(facts.ApplicationReceived)
    def _application_received(self, _fact: facts.ApplicationReceived, on: date) -> None:
        self.applied_on = on
        if self.procedure is Stage.INTAKE:
            self.procedure = Stage.RECEIVED

    @applies(facts.ClaimantAdded)
    def _claimant_added(self, fact: facts.ClaimantAdded, _on: date) -> None:
        self._worker(fact.worker)

    @applies(facts.ClaimantWithdrawn)
    def _claimant_withdrawn(self, fact: facts.ClaimantWithdrawn, _on: date) -> None:
        self._move(self._worker(fact.worker), Track.WITHDRAWN)
        for group in self.groups.values():
            group.discard(fact.worker)

    @applies(facts.RepresentativesChosen)
    def _representatives_chosen(self, fact: facts.RepresentativesChosen, _on: date) -> None:
        self.representatives = fact.representatives

    @applies(facts.RespondentAdded)
    def _respondent_added(self, fact: facts.RespondentAdded, _on: date) -> None:
        self._own("respondents")[fact.respondent] = fact.role

    @applies(facts.EmploymentEnded)
    def _employment_ended(self, fact: facts.EmploymentEnded, _on: date) -> None:
        self._worker(fact.worker).ended_on = fact.ended_on

    @applies(facts.ClaimStated)
    def _claim_stated(self, fact: facts.ClaimStated, _on: date) -> None:
        self._own("claims")[fact.claim] = Claim(
            fact.claim,
            fact.worker,
            fact.code,
            fact.from_on,
            fact.to_on,
            fact.known_on,
            int(fact.undisputed or 0),
            int(fact.amount),
            basis=fact.basis,
        )
        worker = self._worker(fact.worker)
        worker.claims.append(fact.claim)
        if worker.track is not Track.WITHDRAWN:
            self._own("groups").setdefault(fact.code, set()).add(fact.worker)

    @applies(facts.ClaimAmended)
    def _claim_amended(self, fact: facts.ClaimAmended, _on: date) -> None:
        if fact.claim in self.claims:
            self.claims[fact.claim].claimed = int(fact.amount)

    @applies(facts.ClaimVerified)
    def _claim_verified(self, fact: facts.ClaimVerified, _on: date) -> None:
        if fact.claim in self.claims:
            self.claims[fact.claim].verified = int(fact.amount)

    @applies(facts.MaterialsRequested)
    def _materials_requested(self, _fact: facts.MaterialsRequested, _on: date) -> None:
        """Change nothing: what is missing is free text."""

    @applies(facts.MaterialsReceived)
    def _materials_received(self, _fact: facts.MaterialsReceived, _on: date) -> None:
        """Change nothing: what came in is free text."""

    @applies(facts.Accepted)
    def _accepted(self, fact: facts.Accepted, on: date) -> None:
        self.case_no, self.serial, self.accepted_on = fact.case_no, fact.serial, on
        self.procedure = Stage.ACCEPTED

    @applies(facts.NotAccepted)
    def _not_accepted(self, _fact: facts.NotAccepted, on: date) -> None:
        self._shut("not_accepted", on)

    @applies(facts.TransferredOut)
    def _transferred_out(self, _fact: facts.TransferredOut, on: date) -> None:
        self._shut("transferred", on)

    @applies(facts.RespondentConsentRecorded)
    def _respondent_consent(self, fact: facts.RespondentConsentRecorded, _on: date) -> None:
        if fact.consents:
            self.refused_by -= {fact.respondent}
        else:
            self.refused_by |= {fact.respondent}

    @applies(facts.RefusalNotified)
    def _refusal_notified(self, _fact: facts.RefusalNotified, _on: date) -> None:
        """Keep nothing: only DL-02 reads it, from the history."""

    @applies(facts.MediatorAssigned)
    def _mediator_assigned(self, fact: facts.MediatorAssigned, _on: date) -> None:
        mediators = self._own("mediators")
        if fact.role == "owner":
            for former in [m for m, role in mediators.items() if role == "owner"]:
                del mediators[former]
        mediators[fact.mediator] = fact.role
        if self.procedure is Stage.ACCEPTED:
            self.procedure = Stage.ASSIGNED

    @applies(facts.MediatorRecused)
    def _mediator_recused(self, fact: facts.MediatorRecused, _on: date) -> None:
        self._own("mediators").pop(fact.mediator, None)
        self.recused |= {fact.mediator}

    @applies(facts.MediatorUnassigned)
    def _mediator_unassigned(self, fact: facts.MediatorUnassigned, _on: date) -> None:
        self._own("mediators").pop(fact.mediator, None)

    @applies(facts.TransferOffered)
    def _transfer_offered(self, fact: facts.TransferOffered, _on: date) -> None:
        self.offered = (fact.to_station, fact.to_officer)

    @applies(facts.TransferDeclined)
    def _transfer_declined(self, _fact: facts.TransferDeclined, _on: date) -> None:
        self.offered = None

    @applies(facts.Transferred)
    def _transferred(self, fact: facts.Transferred, _on: date) -> None:
        self.station, self.offered = fact.to_station, None
        self.mediators = {fact.to_officer: "owner"} if fact.to_officer else {}

    @applies(facts.HoldPlaced)
    def _hold_placed(self, fact: facts.HoldPlaced, _on: date) -> None:
        self.hold_until = fact.until

    @applies(facts.HoldLifted)
    def _hold_lifted(self, _fact: facts.HoldLifted, _on: date) -> None:
        self.hold_until = None
