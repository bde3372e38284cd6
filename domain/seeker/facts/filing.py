"""Facts of keeping the file: pauses, end, merge, links, notes, documents, corrections."""

from datetime import date
from typing import Any

import msgspec

from domain.attachments import Adding, Withdrawing
from domain.kernel import Correction, Event, Sealed, Voiding


class Suspended(Event, frozen=True, kw_only=True):
    """暂停: the case rests for a reason with a maximum of its own (S-21)."""

    TOPIC = "seeker.suspended"

    reason: str
    until: date | None = None


class SuspensionProlonged(Event, frozen=True, kw_only=True):
    """延长暂停: the case rests for longer."""

    TOPIC = "seeker.suspension_prolonged"

    reason: str
    until: date


class Resumed(Event, frozen=True, kw_only=True):
    """恢复: the case goes on in the state before."""

    TOPIC = "seeker.resumed"


class Closed(Event, frozen=True, kw_only=True):
    """退出: the case ended, for one of the reasons of 2.4."""

    TOPIC = "seeker.closed"

    reason: str


class Reopened(Event, frozen=True, kw_only=True):
    """重新建档: the same case goes on as registered."""

    TOPIC = "seeker.reopened"

    reason: str


class Merged(Event, frozen=True, kw_only=True):
    """并入: this case was a duplicate and goes on in another."""

    TOPIC = "seeker.merged"

    into: str


class Absorbed(Event, frozen=True, kw_only=True):
    """接收并案: a duplicate goes on in this case."""

    TOPIC = "seeker.absorbed"

    case: str


class Unmerged(Event, frozen=True, kw_only=True):
    """撤销并案: appended to both cases; both stand as before."""

    TOPIC = "seeker.unmerged"

    other: str
    reason: Sealed


class LinkedToDispute(Event, frozen=True, kw_only=True):
    """关联争议: the person is also a claimant."""

    TOPIC = "seeker.linked_to_dispute"

    dispute: str


class UnlinkedFromDispute(Event, frozen=True, kw_only=True):
    """取消关联: the dispute has nothing to do with this case."""

    TOPIC = "seeker.unlinked_from_dispute"

    dispute: str
    reason: Sealed


class NoteAdded(Event, frozen=True, kw_only=True):
    """备注: free text for the file."""

    TOPIC = "seeker.note_added"

    note: Sealed


class DocumentIssued(Event, frozen=True, kw_only=True):
    """出具文书: which document, printed from which position, and its hash.

    `about`, `code` and `inputs` as in `dispute.document_issued`.
    """

    TOPIC = "seeker.document_issued"

    document: str
    kind: str
    template: str
    engine: str
    at_position: int
    salt: str
    sha256: str
    about: str = ""
    code: str = ""
    inputs: dict[str, Any] = msgspec.field(default_factory=dict)


class AccessCodeGiven(Event, frozen=True, kw_only=True):
    """发给查询码: the person can look at the own progress; of the code a keyed hash stays."""

    TOPIC = "seeker.access_code_given"

    digest: str


class AttachmentAdded(Adding, frozen=True, kw_only=True):
    """添加附件: a photo, scan or document of the case; the fact vouches for it by its hash."""

    TOPIC = "seeker.attachment_added"


class AttachmentWithdrawn(Withdrawing, frozen=True, kw_only=True):
    """撤回附件: the file is offered no more; that it was there stays."""

    TOPIC = "seeker.attachment_withdrawn"


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正: one field of an earlier fact reads otherwise; the old value stays readable."""

    TOPIC = "seeker.record_corrected"

    reason: Sealed


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废: an earlier fact counts no more but stays readable."""

    TOPIC = "seeker.fact_voided"

    reason: Sealed
