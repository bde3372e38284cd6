"""Facts of a person 个人 (domain.md 4.8): what names somebody stands in `Sealed` records only."""

from datetime import date

from domain.kernel import Correction, Event, Sealed


class Registered(Event, frozen=True, kw_only=True):
    """建立个人档案: identity {id_type, id_no?, name, birth?} and contact {phone, address}."""

    TOPIC = "person.registered"

    identity: Sealed
    contact: Sealed
    birth_year: int | None = None
    sex: str
    domicile: str


class IdentityCorrected(Event, frozen=True, kw_only=True):
    """身份更正: the whole identity reads otherwise from now on."""

    TOPIC = "person.identity_corrected"

    identity: Sealed
    birth_year: int | None = None
    sex: str
    domicile: str
    reason: Sealed


class ContactChanged(Event, frozen=True, kw_only=True):
    """联系方式变更: phone and address."""

    TOPIC = "person.contact_changed"

    contact: Sealed


class EmailGiven(Event, frozen=True, kw_only=True):
    """邮箱: the address that e-mail goes to; "" when it was taken out."""

    TOPIC = "person.email_given"

    email: Sealed


class ChannelsDeclined(Event, frozen=True, kw_only=True):
    """不接收消息: the channels the person does not want messages by; empty: none is declined."""

    TOPIC = "person.channels_declined"

    channels: tuple[str, ...]


class AccountGiven(Event, frozen=True, kw_only=True):
    """收款账户: the account that subsidies or wages are paid to."""

    TOPIC = "person.account_given"

    account: Sealed


class ProofFiled(Event, frozen=True, kw_only=True):
    """证明材料: a paper that was shown; its kind may name an illness and is sealed."""

    TOPIC = "person.proof_filed"

    kind: Sealed
    sha256: str
    valid_until: date | None = None


class Merged(Event, frozen=True, kw_only=True):
    """并入: this is a duplicate, the person goes on in another stream."""

    TOPIC = "person.merged"

    into: str


class Absorbed(Event, frozen=True, kw_only=True):
    """接收: a duplicate goes on here."""

    TOPIC = "person.absorbed"

    person: str


class Unmerged(Event, frozen=True, kw_only=True):
    """撤销并入: on both streams, the merge was wrong."""

    TOPIC = "person.unmerged"

    other: str
    reason: Sealed


class ToldApart(Event, frozen=True, kw_only=True):
    """确认非同一人: on both streams, the pair is not asked about again (F-27)."""

    TOPIC = "person.told_apart"

    other: str
    reason: str


class LegalHoldPlaced(Event, frozen=True, kw_only=True):
    """保全: an authority's letter forbids erasure."""

    TOPIC = "person.legal_hold_placed"

    ref_no: str
    reason: str


class LegalHoldLifted(Event, frozen=True, kw_only=True):
    """解除保全: of the letter named; others go on."""

    TOPIC = "person.legal_hold_lifted"

    ref_no: str
    reason: str


class ErasureRequested(Event, frozen=True, kw_only=True):
    """申请删除: by the person or because retention ended (PIPL 47)."""

    TOPIC = "person.erasure_requested"

    ground: str
    entered_by: str


class ErasureApproved(Event, frozen=True, kw_only=True):
    """批准删除: by somebody else than who entered the request."""

    TOPIC = "person.erasure_approved"


class Erased(Event, frozen=True, kw_only=True):
    """已依法删除: the key is destroyed; history and counts stay."""

    TOPIC = "person.erased"


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正: a field of an earlier fact, but for the identity, which has its own fact."""

    TOPIC = "person.record_corrected"

    reason: Sealed
