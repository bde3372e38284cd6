"""A person 个人: identity and contact under the own key, duplicates, legal hold, erasure.

Catalogue and rules P-01, P-02, P-07, S-03, S-17: domain.md 4.8. The number, the name and the
phone stand in `Sealed` records only; what another stream must know comes in as an argument.
"""

from collections.abc import Collection
from datetime import date

from domain.amending import Amendable
from domain.codes import known
from domain.codes_message import CHANNELS
from domain.codes_person import APART_REASONS, ERASURE_GROUNDS, HOLD_ENDS, HOLD_REASONS
from domain.identity import Identity, check_email, check_phone
from domain.kernel import N_, Event, Refused, Sealed, applies, decides
from domain.person.facts import (
    Absorbed,
    AccountGiven,
    ChannelsDeclined,
    ContactChanged,
    EmailGiven,
    Erased,
    ErasureApproved,
    ErasureRequested,
    IdentityCorrected,
    LegalHoldLifted,
    LegalHoldPlaced,
    Merged,
    ProofFiled,
    RecordCorrected,
    Registered,
    ToldApart,
    Unmerged,
)

ACTIVE, REQUESTED, APPROVED, MERGED, ERASED = "active", "requested", "approved", "merged", "erased"
LIVING = (ACTIVE, REQUESTED, APPROVED)

# State ----------------------------------------------------------------------------------------


def _unheld(person: "Person") -> None:
    """P-02: a legal hold stands above every erasure."""
    if person.holds:
        raise Refused(
            rule="P-02",
            text=N_("该人员档案正在保全({ref_no})，解除前不能删除。"),
            ref_no=", ".join(sorted(person.holds)),
        )


class Person(Amendable):
    """One person, whom cases name by stream id only."""

    CORRECTED = RecordCorrected

    person: str = ""
    identity: Sealed | None = None
    contact: Sealed | None = None
    email: Sealed | None = None
    declined: frozenset[str] = frozenset()
    account: Sealed | None = None
    proofs: tuple[ProofFiled, ...] = ()
    birth_year: int | None = None
    sex: str = ""
    domicile: str = ""
    merged_into: str = ""
    absorbed: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    requested_by: str = ""
    approved: bool = False
    erased: bool = False

    @property
    def standing(self) -> str:
        """Active, requested, approved, merged or erased; '-' before any fact."""
        if self.version == 0:
            return "-"
        if self.erased:
            return ERASED
        if self.merged_into:
            return MERGED
        if self.requested_by:
            return APPROVED if self.approved else REQUESTED
        return ACTIVE

    @applies(Registered)
    def _registered(self, fact: Registered, _on: date) -> None:
        self.person = fact.identity.subject
        self.identity, self.contact = fact.identity, fact.contact
        self.birth_year, self.sex, self.domicile = fact.birth_year, fact.sex, fact.domicile

    @applies(IdentityCorrected)
    def _identity_corrected(self, fact: IdentityCorrected, _on: date) -> None:
        self.identity = fact.identity
        self.birth_year, self.sex, self.domicile = fact.birth_year, fact.sex, fact.domicile

    @applies(ContactChanged)
    def _contact_changed(self, fact: ContactChanged, _on: date) -> None:
        self.contact = fact.contact

    @applies(EmailGiven)
    def _email_given(self, fact: EmailGiven, _on: date) -> None:
        self.email = fact.email

    @applies(ChannelsDeclined)
    def _channels_declined(self, fact: ChannelsDeclined, _on: date) -> None:
        self.declined = frozenset(fact.channels)

    @applies(AccountGiven)
    def _account_given(self, fact: AccountGiven, _on: date) -> None:
        self.account = fact.account

    @applies(ProofFiled)
    def _proof_filed(self, fact: ProofFiled, _on: date) -> None:
        self.proofs = (*self.proofs, fact)

    @applies(Merged)
    def _merged(self, fact: Merged, _on: date) -> None:
        self.merged_into = fact.into

    @applies(Absorbed)
    def _absorbed(self, fact: Absorbed, _on: date) -> None:
        self.absorbed |= {fact.person}

    @applies(Unmerged)
    def _unmerged(self, fact: Unmerged, _on: date) -> None:
        if self.merged_into == fact.other:
            self.merged_into = ""
        self.absorbed -= {fact.other}

    @applies(ToldApart)
    def _told_apart(self, fact: ToldApart, _on: date) -> None:
        self.apart |= {fact.other}

    @applies(LegalHoldPlaced)
    def _legal_hold_placed(self, fact: LegalHoldPlaced, _on: date) -> None:
        self.holds |= {fact.ref_no}

    @applies(LegalHoldLifted)
    def _legal_hold_lifted(self, fact: LegalHoldLifted, _on: date) -> None:
        self.holds -= {fact.ref_no}

    @applies(ErasureRequested)
    def _erasure_requested(self, fact: ErasureRequested, _on: date) -> None:
        self.requested_by, self.approved = fact.entered_by, False

    @applies(ErasureApproved)
    def _erasure_approved(self, _fact: ErasureApproved, _on: date) -> None:
        self.approved = True

    @applies(Erased)
    def _erased(self, _fact: Erased, _on: date) -> None:
        self.erased = True

    # Decisions --------------------------------------------------------------------------------

    @decides("P-01", {"-"})
    def register(
        self,
        *,
        person: str,
        identity: Identity,
        domicile: str,
        phone: str = "",
        address: str = "",
    ) -> list[Event]:
        """Open the file of a person whose identity `check_identity` found in order (P-01)."""
        return [
            Registered(
                identity=Sealed(person, "identity", identity.record),
                contact=_contact(person, phone, address),
                birth_year=identity.birth_year,
                sex=identity.sex,
                domicile=domicile,
            )
        ]

    @decides("P-01", LIVING)
    def correct_identity(self, *, identity: Identity, domicile: str, reason: str) -> list[Event]:
        """Put a wrong identity right; the old one stays readable in the history (PIPL 46)."""
        return [
            IdentityCorrected(
                identity=Sealed(self.person, "identity", identity.record),
                birth_year=identity.birth_year,
                sex=identity.sex,
                domicile=domicile,
                reason=Sealed(self.person, "reason", _said(reason)),
            )
        ]

    @decides("P-01", LIVING)
    def change_contact(self, *, phone: str, address: str) -> list[Event]:
        """Take a new phone and address."""
        return [ContactChanged(contact=_contact(self.person, phone, address))]

    @decides("P-01", LIVING)
    def give_email(self, *, email: str) -> list[Event]:
        """Take the address that e-mail goes to; "" takes it out."""
        address = check_email(email) if email.strip() else ""
        return [EmailGiven(email=Sealed(self.person, "email", address))]

    @decides("P-01", LIVING)
    def decline_channels(self, *, channels: Collection[str]) -> list[Event]:
        """Note the channels the person wants no messages by (M-02); the same adds nothing."""
        wanted = frozenset(known(one, CHANNELS, "declined") for one in channels)
        return [] if wanted == self.declined else [ChannelsDeclined(channels=tuple(sorted(wanted)))]

    @decides("P-01", LIVING)
    def give_account(self, *, bank: str, number: str) -> list[Event]:
        """Take the account that money is paid to."""
        digits = "".join(number.split())
        if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 30):
            raise Refused(rule="P-01", text=N_("收款账号须为8至30位数字。"), field="number")
        record = {"bank": bank.strip(), "number": digits}
        return [AccountGiven(account=Sealed(self.person, "account", record))]

    @decides("P-01", LIVING)
    def file_proof(self, *, kind: str, sha256: str, valid_until: date | None = None) -> list[Event]:
        """File a paper by its hash."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise Refused(rule="P-01", text=N_("证明材料的文件摘要不完整。"), field="sha256")
        sealed = Sealed(self.person, "kind", kind)
        return [ProofFiled(kind=sealed, sha256=sha256, valid_until=valid_until)]

    @decides("P-02", {ACTIVE})
    def merge(self, *, into: str) -> list[Event]:
        """Go on in another stream as a duplicate (P-02); with `absorb` there."""
        if into == self.person:
            raise Refused(rule="P-02", text=N_("不能将人员并入其本人。"), field="into")
        return [Merged(into=into)]

    @decides("P-02", {ACTIVE, MERGED})
    def absorb(self, *, person: str) -> list[Event]:
        """Take in a duplicate (P-02)."""
        if self.merged_into:
            raise Refused(
                rule="P-02",
                text=N_("目标人员已并入{into}，请选择该人员。"),
                field="into",
                into=self.merged_into,
            )
        return [Absorbed(person=person)]

    @decides("P-02", {*LIVING, MERGED})
    def unmerge(self, *, other: str, reason: str) -> list[Event]:
        """Undo a wrong merge, on both streams (P-02)."""
        if other != self.merged_into and other not in self.absorbed:
            raise Refused(rule="P-02", text=N_("这两人没有合并关系。"), field="other")
        sealed = Sealed(self.person, "reason", _said(reason))
        return [Unmerged(other=other, reason=sealed)]

    @decides("P-02", {*LIVING, MERGED})
    def tell_apart(self, *, other: str, reason: str) -> list[Event]:
        """Record that two alike are not one person, on both streams (F-27)."""
        if other == self.person:
            raise Refused(rule="P-02", text=N_("请选择另一名人员。"), field="other")
        return (
            []
            if other in self.apart
            else [ToldApart(other=other, reason=known(reason, APART_REASONS, "reason"))]
        )

    @decides("P-02", {*LIVING, MERGED})
    def place_legal_hold(self, *, ref_no: str, reason: str) -> list[Event]:
        """Forbid erasure by an authority's letter."""
        if not ref_no.strip():
            raise Refused(rule="P-02", text=N_("请填写保全文书编号。"), field="ref_no")
        return [
            LegalHoldPlaced(ref_no=ref_no.strip(), reason=known(reason, HOLD_REASONS, "reason"))
        ]

    @decides("P-02", {*LIVING, MERGED})
    def lift_legal_hold(self, *, ref_no: str, reason: str) -> list[Event]:
        """End the hold of one letter."""
        if ref_no not in self.holds:
            raise Refused(rule="P-02", text=N_("没有该编号的保全。"), field="ref_no")
        return [LegalHoldLifted(ref_no=ref_no, reason=known(reason, HOLD_ENDS, "reason"))]

    @decides("P-02", {ACTIVE}, also=(_unheld,))
    def request_erasure(
        self, *, ground: str, entered_by: str, occurred_on: date, keep_until: date | None = None
    ) -> list[Event]:
        """Ask for erasure after the retention end (P-02, PIPL 47)."""
        _expired(keep_until, occurred_on)
        return [
            ErasureRequested(ground=known(ground, ERASURE_GROUNDS, "ground"), entered_by=entered_by)
        ]

    @decides("P-02", {REQUESTED}, also=(_unheld,))
    def approve_erasure(
        self, *, approver: str, occurred_on: date, keep_until: date | None = None
    ) -> list[Event]:
        """Approve an erasure that somebody else entered (P-02, four eyes)."""
        _expired(keep_until, occurred_on)
        if approver == self.requested_by:
            raise Refused(rule="P-02", text=N_("申请删除的人不能批准删除，须由另一人批准。"))
        return [ErasureApproved()]

    @decides("P-02", {APPROVED}, also=(_unheld,))
    def erase(self, *, occurred_on: date, keep_until: date | None = None) -> list[Event]:
        """Record the erasure; the application destroys key and indexes with it (PIPL 47)."""
        _expired(keep_until, occurred_on)
        return [Erased()]

    @decides("P-02", {MERGED}, also=(_unheld,))
    def erase_with(self, *, survivor: str) -> list[Event]:
        """Erase a duplicate together with the person it was merged into."""
        if survivor != self.merged_into:
            raise Refused(rule="P-02", text=N_("这两人没有合并关系。"), field="survivor")
        return [Erased()]

    @decides("S-17", {*LIVING, MERGED})
    def correct_record(
        self, *, version: int, field: str, value: object, reason: str | Sealed, occurred_on: date
    ) -> list[Event]:
        """Let a field of an earlier fact read otherwise from now on (S-17).

        Identity and contact have facts of their own, and who asked for an erasure stays.
        """
        if field not in _OPEN_TO_CORRECTION:
            raise Refused(rule="S-17", text=N_("该项不能这样更正。"), field="field")
        said = Sealed(self.person, "reason", _said(reason)) if isinstance(reason, str) else reason
        return super().correct_record(
            version=version, field=field, value=value, reason=said, occurred_on=occurred_on
        )


_OPEN_TO_CORRECTION = frozenset(
    {"kind", "valid_until", "ref_no", "reason", "ground", "occurred_on"}
)


def _contact(person: str, phone: str, address: str) -> Sealed:
    """Seal phone and address as one record."""
    number = check_phone(phone) if phone.strip() else ""
    return Sealed(person, "contact", {"phone": number, "address": address.strip()})


def _said(reason: str) -> str:
    """Refuse to correct without a reason (S-17)."""
    if not reason.strip():
        raise Refused(rule="S-17", text=N_("请填写理由。"), field="reason")
    return reason.strip()


def _expired(keep_until: date | None, occurred_on: date) -> None:
    """Refuse an erasure before the retention end (P-02, domain.md 5.4)."""
    if keep_until and occurred_on < keep_until:
        raise Refused(
            rule="P-02",
            text=N_("保存期限至{keep_until}，此前不能删除。"),
            keep_until=keep_until,
        )
