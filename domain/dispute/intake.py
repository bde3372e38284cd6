"""Decisions at the counter: intake, application, parties, materials, acceptance, other bodies."""

from collections.abc import Sequence
from datetime import date

from domain import codes_dispute as codes
from domain.dispute import facts
from domain.dispute.checks import known, on_track
from domain.dispute.records import ANY, MED, OPEN_TRACKS, PAUSED, PRE, Track
from domain.dispute.route_check import check_route
from domain.dispute.state import DisputeState
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen

MOST_REPRESENTATIVES = 5


class IntakePhase(DisputeState):
    """From the first word to acceptance or to another body."""

    @decides("D-00", {"-"})
    def record_intake(
        self,
        *,
        station: str,
        intake_no: str,
        channel: str,
        summary: str,
        applicant: str | None = None,
        outer_no: str | None = None,
        reply_due: date | None = None,
        open_elsewhere: str = "",
        workshop_order: str | None = None,
    ) -> list[Event]:
        """Open a dispute. `open_elsewhere`: an open case of the same people and claims (D-12).

        `workshop_order` is the order of the workshop that it came out of (W-05).
        """
        known(channel, codes.DISPUTE_CHANNELS, "channel")
        self._no_twin(open_elsewhere)
        return [
            facts.IntakeRecorded(
                station=station,
                applicant=applicant,
                intake_no=intake_no,
                channel=channel,
                outer_no=outer_no,
                reply_due=reply_due,
                summary=Sealed(applicant or self.stream, "summary", summary),
                workshop_order=workshop_order,
            )
        ]

    @decides("D-00", PAUSED)
    def attach_intake(
        self,
        *,
        intake_no: str,
        channel: str,
        summary: str,
        applicant: str | None = None,
        outer_no: str | None = None,
        reply_due: date | None = None,
    ) -> list[Event]:
        """Record that the same dispute came in by another channel: still one case (3.1)."""
        known(channel, codes.DISPUTE_CHANNELS, "channel")
        if intake_no in self.intakes:
            raise Refused(
                rule="D-00",
                text=N_("来件编号{no}已在本案登记。"),
                field="intake_no",
                no=intake_no,
            )
        return [
            facts.IntakeAttached(
                applicant=applicant,
                intake_no=intake_no,
                channel=channel,
                outer_no=outer_no,
                reply_due=reply_due,
                summary=Sealed(self.subject, "summary", summary),
            )
        ]

    @decides("D-00", PRE | MED)
    def check_route(self, *, relation: str, matter: str, elsewhere: str) -> list[Event]:
        """Record the answers that decide which body is right, and where they lead (3.2)."""
        known(relation, codes.RELATIONS, "relation")
        known(matter, codes.MATTERS, "matter")
        known(elsewhere, codes.ELSEWHERE, "elsewhere")
        route = check_route(relation=relation, matter=matter, elsewhere=elsewhere)
        return [
            facts.RouteChecked(
                relation=relation, matter=matter, elsewhere=elsewhere, body=route.body
            )
        ]

    @decides("D-00", ANY)
    def send_reply(self, *, intake_no: str, kind: str) -> list[Event]:
        """Record an answer to an intake: `registered` or `final` (DL-15, DL-16, DL-20)."""
        known(kind, {"registered", "final"}, "kind")
        known(intake_no, self.intakes, "intake_no")
        return [facts.ReplySent(intake_no=intake_no, kind=kind)]

    @decides("D-00", {"INTAKE"})
    def receive_application(self, *, form: str) -> list[Event]:
        """Receive the application, written or oral; DL-01 and DL-03 count from its day.

        To ask for mediation interrupts the limitation of who asks (调解仲裁法 27(2), DL-08b).
        """
        known(form, {"written", "oral"}, "form")
        received: list[Event] = [facts.ApplicationReceived(form=form)]
        if self.active:
            workers = tuple(sorted(self.active))
            received.append(facts.LimitationInterrupted(workers=workers, ground="relief_asked"))
        return received

    @decides("D-00", PRE | MED)
    def add_claimant(
        self, *, worker: str, job: str | None = None, hired_on: date | None = None
    ) -> list[Event]:
        """Add a worker with a track of the own."""
        if worker in self.workers:
            raise Refused(rule="D-00", text=N_("该劳动者已是本案申请人。"), field="worker")
        return [facts.ClaimantAdded(worker=worker, job=job, hired_on=hired_on)]

    @decides("D-00", PAUSED)
    def withdraw_claimant(self, *, worker: str, by: str, power: str, reason: str) -> list[Event]:
        """Withdraw one worker; the last one to withdraw closes the case with it (D-16)."""
        on_track(self, (worker,), set(Track))
        track = self.workers[worker].track
        if track not in {Track.CLAIMED, Track.FAILED}:
            raise Refused(
                rule="D-16",
                text=N_("该劳动者的进度为“{track}”，不能撤回。"),
                field="worker",
                track=track.value,
            )
        own = power == "self" and by == worker
        if not own and not (power == "representative" and by in self.representatives):
            raise Refused(rule="D-16", text=N_("只能由本人或有权限的代表人撤回。"), field="by")
        gone: list[Event] = [
            facts.ClaimantWithdrawn(worker=worker, by=by, power=power, reason=reason)
        ]
        if self.active == {worker}:
            gone.append(facts.Closed(outcome="withdrawn"))
        return gone

    @decides("D-00", PRE | MED)
    def choose_representatives(self, *, representatives: Sequence[str]) -> list[Event]:
        """Name at most five claimants who speak for the others (D-14, 信访工作条例 20)."""
        if not 0 < len(set(representatives)) <= MOST_REPRESENTATIVES:
            raise Refused(
                rule="D-14",
                text=N_("代表人应为1至{most}名。"),
                field="representatives",
                most=MOST_REPRESENTATIVES,
            )
        if not self.active.issuperset(representatives):
            raise Refused(rule="D-14", text=N_("代表人必须是本案申请人。"), field="representatives")
        return [facts.RepresentativesChosen(representatives=tuple(representatives))]

    @decides("D-00", PRE | MED)
    def add_respondent(self, *, respondent: str, role: str) -> list[Event]:
        """Name an employer that answers, in one of seven roles."""
        known(role, codes.RESPONDENT_ROLES, "role")
        if self.respondents.get(respondent) == role:
            raise Refused(rule="D-00", text=N_("该单位已是本案被申请人。"), field="respondent")
        return [facts.RespondentAdded(respondent=respondent, role=role)]

    @decides("D-00", ANY)
    def end_employment(self, *, worker: str, ended_on: date, reason: str) -> list[Event]:
        """Record the end of employment; arrears lapse one year after it (DL-08d)."""
        on_track(self, (worker,), set(Track))
        return [facts.EmploymentEnded(worker=worker, ended_on=ended_on, reason=reason)]

    @decides("D-00", PRE | MED)
    def request_materials(
        self, *, items: Sequence[str], due_on: date, occurred_on: date
    ) -> list[Event]:
        """Tell everything that is missing, at once."""
        if not items:
            raise Refused(rule="D-00", text=N_("请至少列出一项材料。"), field="items")
        if due_on < occurred_on:
            raise Refused(
                rule="D-00",
                text=N_("补正期限{due}不能早于{day}。"),
                field="due_on",
                due=due_on,
                day=occurred_on,
            )
        return [facts.MaterialsRequested(listed=self._listed(items), due_on=due_on)]

    @decides("D-00", PAUSED)
    def receive_materials(self, *, items: Sequence[str]) -> list[Event]:
        """Record papers that came in."""
        if not items:
            raise Refused(rule="D-00", text=N_("请至少列出一项材料。"), field="items")
        return [facts.MaterialsReceived(listed=self._listed(items))]

    def _listed(self, items: Sequence[str]) -> Sealed:
        return Sealed(self.subject, "listed", "\n".join(items))

    @decides("D-00", {"RECEIVED"})
    def accept(
        self,
        *,
        case_no: str,
        serial: int,
        fee: Fen = Fen(0),  # noqa: B008 - an immutable amount
        open_elsewhere: str = "",
        awarded_elsewhere: str = "",
    ) -> list[Event]:
        """Accept for mediation, free of charge. Basis: 调解仲裁法 12, 53 (D-01, D-12, D-19).

        From outside: the number of an open case of the same claimants, respondent and period,
        and of one in which the same has already been awarded.
        """
        if not self.active:
            raise Refused(rule="D-01", text=N_("受理前应登记至少一名身份明确的申请人。"))
        if not self.respondents:
            raise Refused(rule="D-01", text=N_("受理前应登记明确的被申请人。"))
        if not any(claim.worker in self.active for claim in self.claims.values()):
            raise Refused(rule="D-01", text=N_("受理前应登记至少一项请求及其事实、理由。"))
        self._no_twin(open_elsewhere)
        if awarded_elsewhere:
            raise Refused(
                rule="D-12",
                text=N_("同一请求已在{case}中裁决，不再受理。"),
                case=awarded_elsewhere,
            )
        if fee > 0:
            raise Refused(rule="D-19", text=N_("劳动争议调解不收费。"), field="fee")
        return [facts.Accepted(case_no=case_no, serial=serial)]

    def _no_twin(self, open_elsewhere: str) -> None:
        if open_elsewhere:
            raise Refused(
                rule="D-12",
                text=N_("相同申请人、被申请人和期间的案件{case}尚未办结，请并案。"),
                case=open_elsewhere,
            )

    @decides("D-00", {"RECEIVED"})
    def not_accept(self, *, reason: str, told_route: str) -> list[Event]:
        """Refuse the application and say where to go; closes the case."""
        if not told_route:
            raise Refused(rule="D-00", text=N_("不予受理应告知其他途径。"), field="told_route")
        return [facts.NotAccepted(reason=reason, told_route=told_route)]

    @decides("D-00", PRE | MED)
    def transfer_out(self, *, body: str, reason: str, ref_no: str | None = None) -> list[Event]:
        """Hand the whole case to another body; closes it (D-09)."""
        if any(map(self.tracks.get, (Track.AGREED, Track.DEFAULTED))):
            raise Refused(rule="D-09", text=N_("仍有劳动者已达成协议或逾期未履行，不能整案移送。"))
        return [
            facts.TransferredOut(
                body=body, grounds=Sealed(self.subject, "grounds", reason), ref_no=ref_no
            )
        ]

    @decides("D-00", PRE | MED)
    def record_consent(self, *, respondent: str, consents: bool) -> list[Event]:
        """Record whether a respondent agrees to mediation; a refusal starts DL-02 (D-02)."""
        known(respondent, self.respondents, "respondent")
        return [facts.RespondentConsentRecorded(respondent=respondent, consents=consents)]

    @decides("D-00", PRE | MED)
    def notify_refusal(self, *, workers: Sequence[str], method: str) -> list[Event]:
        """Tell the workers that the respondent refuses mediation (DL-02)."""
        on_track(self, workers, OPEN_TRACKS)
        if not self.refused_by:
            raise Refused(rule="D-00", text=N_("被申请人尚未表示不同意调解。"))
        return [facts.RefusalNotified(workers=tuple(workers), method=method)]
