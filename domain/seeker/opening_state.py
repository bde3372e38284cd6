"""The state of a seeker's case, first part: registration, groups, assessment, responsibility."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.amending import Amendable
from domain.attachments import Attachments, added, withdrawn
from domain.kernel import Event, applies, as_it_reads
from domain.papers import Issued
from domain.seeker import facts
from domain.seeker.records import NOTHING, Pause, Unemployment
from domain.seeker.values import Wants


class OpeningState(Amendable):
    """Who the case is about, who is responsible for it, and whether it is open.

    `progress` is the state under a suspension or a closure: it goes on while the case rests, so
    that a case resumed after the loss of a job is not PLACED. `standing` is what everybody sees.
    """

    CORRECTED = facts.RecordCorrected
    VOIDED = facts.FactVoided

    progress: str = ""
    person: str = ""
    station: str = ""
    case_no: str = ""
    serial: int = 0
    channel: str = ""
    informant: str = ""
    lead_group: str = ""
    birth_year: int | None = None
    sex: str = ""
    domicile: str = ""
    activity: str = ""
    wants: Wants = Wants()
    registered_on: date | None = None
    valid_until: date | None = None
    consents: Mapping[str, str] = NOTHING
    withdrawn: Mapping[str, date] = NOTHING  # consents that were taken back, by purpose
    unemployments: tuple[Unemployment, ...] = ()
    groups: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    needs_known: bool = False
    tier: str = ""
    tier_known: bool = False
    tier_on: date | None = None
    willingness: str = ""
    weighed_on: date | None = None
    abilities: Mapping[str, str] = NOTHING
    roles: Mapping[str, str] = NOTHING
    offered_to: str = ""
    offered_officer: str = ""
    hold_until: date | None = None
    hold_reason: str = ""
    pauses: tuple[Pause, ...] = ()
    closed_for: str = ""
    closed_on: date | None = None
    merged_into: str = ""
    absorbed: frozenset[str] = frozenset()
    disputes: frozenset[str] = frozenset()
    documents: Mapping[str, Issued] = NOTHING
    attachments: Attachments = NOTHING
    access: str = ""

    @property
    def standing(self) -> str:
        """The state word of domain.md 2.4; '-' before any fact."""
        if self.closed_for or self.merged_into:
            return "CLOSED"
        return "SUSPENDED" if self.pause else self.progress or "-"

    @property
    def pause(self) -> Pause | None:
        """The suspension that runs, if any."""
        last = self.pauses[-1] if self.pauses else None
        return last if last and last.ended_on is None else None

    @property
    def close_reason(self) -> str:
        """Why the case is closed: `duplicate` while merged; '' while it is not."""
        return "duplicate" if self.merged_into else self.closed_for

    @property
    def officers(self) -> frozenset[str]:
        """Everybody who works on the case."""
        return frozenset(self.roles)

    @property
    def owner(self) -> str:
        """The officer responsible, or '' when nobody is assigned."""
        return next((officer for officer, role in self.roles.items() if role == "owner"), "")

    @property
    def unemployment(self) -> Unemployment | None:
        """The unemployment registration in force, if any."""
        last = self.unemployments[-1] if self.unemployments else None
        return last if last and last.cancelled_on is None else None

    def facts_in_force(self) -> Sequence[tuple[Event, date]]:
        """Give the history as it reads today, without what was voided."""
        return as_it_reads(self.history)

    @applies(facts.LeadRecorded)
    def _lead_recorded(self, fact: facts.LeadRecorded, _on: date) -> None:
        self.progress = "LEAD"
        self.person, self.station, self.channel = fact.person, fact.station, fact.channel
        self.informant, self.lead_group = fact.informant or "", fact.group or ""

    @applies(facts.Registered)
    def _registered(self, fact: facts.Registered, on: date) -> None:
        self.progress = "REGISTERED"
        self.person, self.station, self.channel = fact.person, fact.station, fact.channel
        self.case_no, self.serial = fact.case_no, fact.serial
        self.birth_year, self.sex, self.domicile = fact.birth_year, fact.sex, fact.domicile
        self.activity, self.wants = fact.activity, fact.wants
        self.registered_on, self.valid_until = on, fact.valid_until

    @applies(facts.RegistrationRenewed)
    def _registration_renewed(self, fact: facts.RegistrationRenewed, _on: date) -> None:
        self.valid_until = fact.valid_until

    @applies(facts.WishesChanged)
    def _wishes_changed(self, fact: facts.WishesChanged, _on: date) -> None:
        self.wants = fact.wants

    @applies(facts.ConsentGiven)
    def _consent_given(self, fact: facts.ConsentGiven, _on: date) -> None:
        self.consents = {**self.consents, fact.purpose: fact.notice_version}

    @applies(facts.ConsentWithdrawn)
    def _consent_withdrawn(self, fact: facts.ConsentWithdrawn, on: date) -> None:
        self.withdrawn = {**self.withdrawn, fact.purpose: on}
        self.consents = {p: v for p, v in self.consents.items() if p != fact.purpose}

    @applies(facts.UnemploymentRegistered)
    def _unemployment_registered(self, fact: facts.UnemploymentRegistered, on: date) -> None:
        self.unemployments += (Unemployment(on, fact.lost_on, fact.reason),)
        self.activity = "jobless"

    @applies(facts.UnemploymentCancelled)
    def _unemployment_cancelled(self, _fact: facts.UnemploymentCancelled, on: date) -> None:
        if last := self.unemployment:
            self.unemployments = (*self.unemployments[:-1], last._replace(cancelled_on=on))

    @applies(facts.GroupTagged)
    def _group_tagged(self, fact: facts.GroupTagged, _on: date) -> None:
        self.groups |= {fact.group}

    @applies(facts.GroupUntagged)
    def _group_untagged(self, fact: facts.GroupUntagged, _on: date) -> None:
        self.groups -= {fact.group}

    @applies(facts.AbilityAssessed)
    def _ability_assessed(self, fact: facts.AbilityAssessed, _on: date) -> None:
        self.abilities = {**self.abilities, fact.area: fact.level}

    @applies(facts.WillingnessAssessed)
    def _willingness_assessed(self, fact: facts.WillingnessAssessed, on: date) -> None:
        self.willingness, self.weighed_on = fact.level, on

    @applies(facts.NeedsAssessed)
    def _needs_assessed(self, fact: facts.NeedsAssessed, _on: date) -> None:
        self.needs, self.barriers, self.needs_known = fact.needs, fact.barriers, True
        self.activity = fact.activity or self.activity
        self._assess()

    @applies(facts.TierAssigned)
    def _tier_assigned(self, fact: facts.TierAssigned, on: date) -> None:
        self.tier, self.tier_known, self.tier_on = fact.tier, True, on
        self._assess()

    def _assess(self) -> None:
        """Needs and tier, both: the case is assessed."""
        if self.progress == "REGISTERED" and self.needs_known and self.tier_known:
            self.progress = "ASSESSED"

    @applies(facts.Assigned)
    def _assigned(self, fact: facts.Assigned, _on: date) -> None:
        """Make the former owner a co-worker: nobody loses sight of the case unsaid."""
        roles = dict(self.roles)
        if fact.role == "owner" and self.owner:
            roles[self.owner] = "co_worker"
        self.roles = {**roles, fact.officer: fact.role}

    @applies(facts.Unassigned)
    def _unassigned(self, fact: facts.Unassigned, _on: date) -> None:
        self.roles = {o: role for o, role in self.roles.items() if o != fact.officer}

    @applies(facts.TransferOffered)
    def _transfer_offered(self, fact: facts.TransferOffered, _on: date) -> None:
        self.offered_to, self.offered_officer = fact.to_station, fact.to_officer or ""

    @applies(facts.TransferDeclined)
    def _transfer_declined(self, _fact: facts.TransferDeclined, _on: date) -> None:
        self.offered_to = self.offered_officer = ""

    @applies(facts.Transferred)
    def _transferred(self, fact: facts.Transferred, _on: date) -> None:
        self.station, self.offered_to, self.offered_officer = fact.to_station, "", ""
        self.roles = {fact.to_officer: "owner"} if fact.to_officer else {}

    @applies(facts.HoldPlaced)
    def _hold_placed(self, fact: facts.HoldPlaced, _on: date) -> None:
        self.hold_until, self.hold_reason = fact.until, fact.reason

    @applies(facts.HoldLifted)
    def _hold_lifted(self, _fact: facts.HoldLifted, _on: date) -> None:
        self.hold_until, self.hold_reason = None, ""

    @applies(facts.Suspended)
    def _suspended(self, fact: facts.Suspended, on: date) -> None:
        self.pauses += (Pause(fact.reason, on, fact.until),)

    @applies(facts.SuspensionProlonged)
    def _suspension_prolonged(self, fact: facts.SuspensionProlonged, _on: date) -> None:
        if last := self.pause:
            longer = last._replace(reason=fact.reason, until=fact.until)
            self.pauses = (*self.pauses[:-1], longer)

    @applies(facts.Resumed)
    def _resumed(self, _fact: facts.Resumed, on: date) -> None:
        if last := self.pause:
            self.pauses = (*self.pauses[:-1], last._replace(ended_on=on))

    @applies(facts.Closed)
    def _closed(self, fact: facts.Closed, on: date) -> None:
        self.closed_for, self.closed_on = fact.reason, on
        self.offered_to = self.offered_officer = ""

    @applies(facts.Reopened)
    def _reopened(self, _fact: facts.Reopened, on: date) -> None:
        """Begin anew as registered; needs and tier are asked again."""
        self.progress, self.closed_for, self.closed_on = "REGISTERED", "", None
        self.needs_known = self.tier_known = False
        if last := self.pause:
            self.pauses = (*self.pauses[:-1], last._replace(ended_on=on))

    @applies(facts.Merged)
    def _merged(self, fact: facts.Merged, _on: date) -> None:
        self.merged_into = fact.into

    @applies(facts.Absorbed)
    def _absorbed(self, fact: facts.Absorbed, _on: date) -> None:
        self.absorbed |= {fact.case}

    @applies(facts.Unmerged)
    def _unmerged(self, fact: facts.Unmerged, _on: date) -> None:
        if fact.other == self.merged_into:
            self.merged_into = ""
        self.absorbed -= {fact.other}

    @applies(facts.LinkedToDispute)
    def _linked_to_dispute(self, fact: facts.LinkedToDispute, _on: date) -> None:
        self.disputes |= {fact.dispute}

    @applies(facts.UnlinkedFromDispute)
    def _unlinked_from_dispute(self, fact: facts.UnlinkedFromDispute, _on: date) -> None:
        self.disputes -= {fact.dispute}

    @applies(facts.NoteAdded)
    def _note_added(self, _fact: facts.NoteAdded, _on: date) -> None:
        """Keep nothing: the file lists it from the history."""

    @applies(facts.DocumentIssued)
    def _document_issued(self, fact: facts.DocumentIssued, on: date) -> None:
        issued = Issued(fact.kind, fact.about, "", on)
        self.documents = {**self.documents, fact.document: issued}

    @applies(facts.AccessCodeGiven)
    def _access_code_given(self, fact: facts.AccessCodeGiven, _on: date) -> None:
        self.access = fact.digest

    @applies(facts.AttachmentAdded)
    def _attachment_added(self, fact: facts.AttachmentAdded, on: date) -> None:
        self.attachments = added(self.attachments, fact, on)

    @applies(facts.AttachmentWithdrawn)
    def _attachment_withdrawn(self, fact: facts.AttachmentWithdrawn, on: date) -> None:
        self.attachments = withdrawn(self.attachments, fact, on)
