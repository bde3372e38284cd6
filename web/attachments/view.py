"""What the list of attachments shows of each: words, size, hash, and whether its file is there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request

from application.attachments.service import State
from domain.attachments import KINDS, MEDIA, Adding, Attachments, Withdrawing, offered
from domain.kernel import N_, Recorded, Redacted, Sealed
from web import texts
from web.attachments.words import MEDIA_WORDS, SCAN_WORDS
from web.fact_tell import CLOSED, GONE

STATE_WORDS: Mapping[State, str] = {
    "same": N_("文件与登记时的校验值一致。"),
    "missing": N_("文件不在服务器上了，请告诉管理员。"),
    "changed": N_("文件与登记时的不一致，不能打开，请告诉管理员。"),
    "erased": N_("所属人员的个人信息已依法删除，文件不能再打开。"),
}
ACCEPT = ",".join(ending for endings in MEDIA.values() for ending in endings)


class Shown(NamedTuple):
    """One attachment on the page."""

    attachment: str
    kind: str
    media: str
    picture: bool
    size: str
    sha256: str
    scan: str
    scanned: bool
    title: str
    about: str
    on: date
    actor: str
    state: State
    position: int
    named: bool
    reason: str = ""
    withdrawn_by: str = ""
    evidence: date | None = None


class Brief(NamedTuple):
    """One attachment on the page of its case and on paper: what it is by its hash."""

    kind: str
    on: date
    media: str
    size: str
    sha256: str


def attached(request: Request, held: Attachments) -> list[Brief] | None:
    """List what a case holds, without a word that is sealed; None on a site without attachments."""
    if "/seekers/{case}/attachments" not in request.app.state.paths:
        return None
    return [
        Brief(
            texts.label(KINDS[one.fact.kind]) if one.fact.kind in KINDS else one.fact.kind,
            one.on,
            texts.translate(MEDIA_WORDS.get(one.fact.media_type, one.fact.media_type)),
            size(one.fact.size),
            one.fact.sha256,
        )
        for one in offered(held)
    ]


def size(count: int) -> str:
    """Write a number of bytes as a person reads it."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1_000)):,} KB"
    return f"{count / 1_000_000:,.1f} MB"


def listed(
    history: Sequence[Recorded],
    *,
    opened: Callable[[Sequence[Sealed]], Sequence[object]] | None,
    states: Mapping[str, State],
    name: Callable[[str], str],
    staff: Callable[[str], str],
) -> tuple[list[Shown], list[Shown]]:
    """List attachments, youngest first: those offered, and those withdrawn.

    `opened` is None for a reader who sees that they are there and not what they are called.
    """
    gone = {one.event.attachment: one for one in history if isinstance(one.event, Withdrawing)}
    known = _evidence(history)
    found = [one for one in reversed(history) if isinstance(one.event, Adding)]
    sealed = [s for one in found for s in _sealed(one, gone)]
    values = opened(sealed) if opened else [texts.translate(CLOSED)] * len(sealed)
    words = {
        id(s): texts.translate(GONE) if isinstance(v, Redacted) else str(v)
        for s, v in zip(sealed, values, strict=True)
    }
    kept: list[Shown] = []
    withdrawn: list[Shown] = []
    for one in found:
        fact: Any = one.event
        end = gone.get(fact.attachment)
        shown = Shown(
            attachment=fact.attachment,
            kind=texts.label(KINDS[fact.kind]) if fact.kind in KINDS else fact.kind,
            media=texts.translate(MEDIA_WORDS.get(fact.media_type, fact.media_type)),
            picture=fact.media_type.startswith("image/"),
            size=size(fact.size),
            sha256=fact.sha256,
            scan=texts.translate(SCAN_WORDS[fact.scan]),
            scanned=fact.scan == "clean",
            title=words[id(fact.title or fact.name)],
            about=name(fact.about) if fact.about else "",
            on=one.occurred_on,
            actor=staff(one.actor),
            state=states.get(fact.attachment, "same"),
            position=one.position,
            named=bool(opened),
            reason=words[id(_reason(end))] if end else "",
            withdrawn_by=staff(end.actor) if end else "",
            evidence=known.get(fact.sha256),
        )
        (withdrawn if end else kept).append(shown)
    return kept, withdrawn


def _reason(end: Recorded) -> Sealed:
    event: Any = end.event
    reason: Sealed = event.reason
    return reason


def _sealed(one: Recorded, gone: Mapping[str, Recorded]) -> list[Sealed]:
    fact: Any = one.event
    end = gone.get(fact.attachment)
    return [fact.title or fact.name, *([_reason(end)] if end else [])]


def _evidence(history: Sequence[Recorded]) -> dict[str, date]:
    """Give the day on which evidence of the same hash was written down, by the hash."""
    return {
        one.event.sha256: one.occurred_on  # type: ignore[attr-defined]  # the topic says it
        for one in history
        if one.event.TOPIC == "dispute.evidence_filed"
    }
