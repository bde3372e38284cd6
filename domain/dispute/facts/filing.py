"""Facts of the file itself: pauses, closing, merging, links, papers, corrections."""

from typing import Any

import msgspec

from domain.attachments import Adding, Withdrawing
from domain.kernel import Correction, Event, Sealed, Voiding


class Suspended(Event, frozen=True, kw_only=True):
    """调解中止: pauses DL-03 and local promises only."""

    TOPIC = "dispute.suspended"

    reason: str
    resume_when: Sealed


class Resumed(Event, frozen=True, kw_only=True):
    """恢复: the derived stage holds again."""

    TOPIC = "dispute.resumed"


class Closed(Event, frozen=True, kw_only=True):
    """结案: with one of the outcomes 结案方式."""

    TOPIC = "dispute.closed"

    outcome: str
    note: Sealed | None = None


class Reopened(Event, frozen=True, kw_only=True):
    """重新立案: `default_after_closure` or `new_evidence` for the named workers."""

    TOPIC = "dispute.reopened"

    reason: str
    workers: tuple[str, ...]


class Merged(Event, frozen=True, kw_only=True):
    """并入: this case goes on as another one."""

    TOPIC = "dispute.merged"

    into: str


class Absorbed(Event, frozen=True, kw_only=True):
    """接收并案: another case goes on here; `copies` claimants and claims stated again follow it."""

    TOPIC = "dispute.absorbed"

    case: str
    copies: int = 0


class Unmerged(Event, frozen=True, kw_only=True):
    """撤销并案: the merge was wrong."""

    TOPIC = "dispute.unmerged"

    other: str
    reason: Sealed


class Classified(Event, frozen=True, kw_only=True):
    """标注(原登记册分类): a category of a foreign register; no rule reads it."""

    TOPIC = "dispute.classified"

    scheme: str
    value: str
    reason: str | None = None


class LinkedToSeeker(Event, frozen=True, kw_only=True):
    """关联求职案卷: the worker is also a seeker here."""

    TOPIC = "dispute.linked_to_seeker"

    seeker: str
    worker: str


class UnlinkedFromSeeker(Event, frozen=True, kw_only=True):
    """取消关联: the link was wrong."""

    TOPIC = "dispute.unlinked_from_seeker"

    seeker: str
    reason: Sealed


class NoteAdded(Event, frozen=True, kw_only=True):
    """备注: free text of the file."""

    TOPIC = "dispute.note_added"

    note: Sealed


class DocumentIssued(Event, frozen=True, kw_only=True):
    """出具文书: which template, engine, state and hash a paper was made from.

    `about` is the number of what it is about, `worker` whose own copy it is, `code` what the
    verification page knows it by, `inputs` what it prints that stands in no fact (an address of
    the site, due days by the calendar of the day); never anything personal.
    """

    TOPIC = "dispute.document_issued"

    document: str
    kind: str
    template: str
    engine: str
    at_position: int
    salt: str
    sha256: str
    about: str = ""
    worker: str = ""
    code: str = ""
    inputs: dict[str, Any] = msgspec.field(default_factory=dict)


class DocumentDelivered(Event, frozen=True, kw_only=True):
    """送达: a paper reached somebody."""

    TOPIC = "dispute.document_delivered"

    document: str
    to: str
    method: str


class AccessCodeGiven(Event, frozen=True, kw_only=True):
    """发给查询码: a worker can look at the own progress; of the code a keyed hash stays."""

    TOPIC = "dispute.access_code_given"

    worker: str
    digest: str


class AttachmentAdded(Adding, frozen=True, kw_only=True):
    """添加附件: a photo, scan or document of the case; the fact vouches for it by its hash."""

    TOPIC = "dispute.attachment_added"


class AttachmentWithdrawn(Withdrawing, frozen=True, kw_only=True):
    """撤回附件: the file is offered no more; that it was there stays."""

    TOPIC = "dispute.attachment_withdrawn"


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正: a field of an earlier fact reads otherwise (S-17)."""

    TOPIC = "dispute.record_corrected"

    reason: Sealed


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废: an earlier fact counts no more; never money (D-08)."""

    TOPIC = "dispute.fact_voided"

    reason: Sealed
