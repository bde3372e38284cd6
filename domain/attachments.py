"""Attachments 附件: files of a case as facts (ADR 29).

A fact says what a file is: SHA-256, size, media type, kind, under which name its sealed bytes are
kept, and whether a scanner looked at it. Title and file name are sealed; the bytes are no fact.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.codes import table
from domain.kernel import N_, Dated, Event, Refused, Sealed

KINDS = table("""visit_photo | 走访照片 | visit photo
identity | 证件复印件 | copy of papers
proof | 资格证明 | proof of eligibility
contract | 合同协议 | contract or agreement
wage_record | 工资考勤记录 | pay or attendance record
evidence | 其他证据 | other evidence
signed_paper | 签字盖章的文书 | signed or stamped paper
workplace | 用人单位核实 | check of an employer
other | 其他 | other""")
# What can be attached: the ending that a file of this type may have, the first one as we write it.
MEDIA: Mapping[str, Sequence[str]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}
SCANS = ("clean", "unscanned")  # an infected file becomes no fact
MOST_TITLE = 60  # characters
MEGABYTE = 1_000_000
_DIGITS = frozenset("0123456789abcdef")


class Adding(Event, frozen=True, kw_only=True):
    """Base of every `attachment_added` 附件.

    `stored` names the sealed bytes by the SHA-256 of what lies on the disk, so that anybody can
    check them without a key; `sha256` and `size` are those of the file itself. `about` is the
    claimant whom it is about, "" for the case.
    """

    attachment: str
    kind: str
    sha256: str
    size: int
    media_type: str
    stored: str
    scan: str
    name: Sealed
    title: Sealed | None = None
    about: str = ""

    @property
    def subject(self) -> str:
        """Whose key seals the bytes, with title and name."""
        return self.name.subject


class Withdrawing(Event, frozen=True, kw_only=True):
    """Base of every `attachment_withdrawn` 撤回附件: the file is offered no more."""

    attachment: str
    reason: Sealed


class Attachment(msgspec.Struct, frozen=True):
    """What a case remembers of an attachment."""

    fact: Adding
    on: date
    withdrawn_on: date | None = None


Attachments = Mapping[str, Attachment]


class Offered(NamedTuple):
    """A file that was checked, scanned and sealed, on its way into a case.

    `subject` is whose key sealed the bytes (`whose` of the case); title and name go with them.
    """

    subject: str
    attachment: str
    kind: str
    sha256: str
    size: int
    media_type: str
    stored: str
    scan: str
    title: str
    name: str
    about: str = ""

    def fields(self) -> dict[str, Any]:
        """Give the fields of its fact, personal ones sealed as the bytes are."""
        given = self._asdict()
        subject = given.pop("subject")
        given["name"] = Sealed(subject, "name", self.name)
        given["title"] = Sealed(subject, "title", self.title) if self.title else None
        return given


def added(held: Attachments, fact: Adding, on: date) -> dict[str, Attachment]:
    """Give what a case holds with one more."""
    return {**held, fact.attachment: Attachment(fact, on)}


def withdrawn(held: Attachments, fact: Withdrawing, on: date) -> dict[str, Attachment]:
    """Give what a case holds after one was withdrawn."""
    found = held.get(fact.attachment)
    return {**held, fact.attachment: Attachment(found.fact, found.on, on)} if found else {**held}


def offered(held: Attachments) -> list[Attachment]:
    """List what was not withdrawn."""
    return [one for one in held.values() if one.withdrawn_on is None]


def fresh(
    held: Attachments, files: Sequence[Offered], *, most: int, most_bytes: int
) -> list[Offered]:
    """Give the files that a case does not have yet; the same file twice is one attachment.

    `most` files a case and `most_bytes` a file are settings of the office (A-01). What is no file
    of ours is refused (A-02).
    """
    known = {one.fact.sha256 for one in offered(held)}
    wanted = list({f.sha256: f for f in reversed(files) if f.sha256 not in known}.values())[::-1]
    for one in wanted:
        check(one.kind, one.title, one.size, most_bytes)
        if one.media_type not in MEDIA or one.scan not in SCANS:
            raise not_taken()
        if not _is_hash(one.sha256) or not _is_hash(one.stored) or one.attachment in held:
            raise Refused(rule="A-02", text=N_("附件的校验值或编号不正确。"), field="files")
    room(held, len(wanted), most)
    return wanted


def room(held: Attachments, more: int, most: int) -> None:
    """Refuse more files than a case may hold (A-01)."""
    if len(offered(held)) + more > most:
        raise Refused(
            rule="A-01",
            text=N_("本案已有{held}个附件，每案最多{most}个。"),
            field="files",
            held=len(offered(held)),
            most=most,
        )


def check(kind: str, title: str, size: int, most_bytes: int) -> None:
    """Refuse an unknown kind, a long title, an empty file or one over the limit (A-01)."""
    if kind not in KINDS:
        raise Refused(rule="A-01", text=N_("请选择附件的种类。"), field="kind")
    if len(title) > MOST_TITLE:
        raise Refused(rule="A-01", text=N_("标题最多{most}个字。"), field="title", most=MOST_TITLE)
    if size == 0:
        raise Refused(rule="A-01", text=N_("文件是空的，没有内容。"), field="files")
    if size > most_bytes:
        raise too_large(most_bytes)


def too_large(most_bytes: int) -> Refused:
    """Say that a file is over the limit (A-01)."""
    return Refused(
        rule="A-01",
        text=N_("文件超过{most}MB，请压缩或分开后再添加。"),
        field="files",
        most=most_bytes // MEGABYTE,
    )


def not_taken() -> Refused:
    """Say which files are taken (A-02)."""
    return Refused(
        rule="A-02",
        text=N_("只能添加照片(JPG、PNG、WebP)、PDF、Word(docx)和Excel(xlsx)文件。"),
        field="files",
    )


def standing(held: Attachments, attachment: str) -> Attachment:
    """Give an attachment that is still offered, or refuse (A-04)."""
    found = held.get(attachment)
    if found is None:
        raise Refused(rule="A-04", text=N_("本案没有这个附件。"), field="attachment")
    if found.withdrawn_on is not None:
        raise Refused(rule="A-04", text=N_("这个附件已撤回，不再提供。"), field="attachment")
    return found


def why(held: Attachments, attachment: str, reason: str) -> Sealed:
    """Seal why an attachment is withdrawn under the key that its title has (A-04)."""
    found = standing(held, attachment)
    if not reason.strip():
        raise Refused(rule="A-04", text=N_("请写明撤回附件的理由。"), field="reason")
    return Sealed(found.fact.subject, "reason", reason.strip())


def amendable(fact: Event) -> bool:
    """Say whether a fact can be corrected or voided: not what vouches for a file (A-04)."""
    return not isinstance(fact, Adding | Withdrawing)


def not_amended(history: Sequence[Dated], version: int) -> None:
    """Refuse to correct or void what vouches for a file: it is withdrawn instead (A-04)."""
    if 0 < version <= len(history) and not amendable(history[version - 1][0]):
        raise Refused(
            rule="A-04", text=N_("附件的记录不能更正或作废，请撤回附件。"), field="version"
        )


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= _DIGITS
