"""What a batch of messages would say, row by row, before anything is queued."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.requests import Request

from domain.kernel import Refused
from web.access import parts
from web.case_page import in_full
from web.messages import words
from web.messages.desk import PLACES
from web.messages.parts import messages
from web.visit import who


class Preview(NamedTuple):
    """The texts of a row with their masked recipients, or why there will be none."""

    texts: Sequence[tuple[str, str]] = ()
    refused: Refused | None = None


def plain(values: Mapping[str, Any]) -> dict[str, str]:
    """Write what a form of a batch gave as values of a wording."""
    return {name: str(value) for name, value in values.items() if value}


def mark(values: Mapping[str, Any]) -> str:
    """Name what was typed, so that nothing is queued by other values than were previewed."""
    return hashlib.sha256(repr(sorted(plain(values).items())).encode()).hexdigest()[:32]


def batch_preview(
    request: Request, cases: Sequence[str], values: Mapping[str, Any]
) -> dict[str, Preview]:
    """Make the text of every row."""
    return {case: _preview(request, case, dict(values)) for case in cases}


def _preview(request: Request, case: str, values: dict[str, Any]) -> Preview:
    service, own = messages(request).messages, parts(request)
    state = own.store.load(own.desks[PLACES[case.partition("-")[0]]].aggregate, case)
    channel, occasion = values.pop("channel"), values.pop("occasion")
    try:
        several = service.for_all(case, channel=channel, occasion=occasion, values=plain(values))
        drafts = service.drafts(several)
    except Refused as refused:
        return Preview(refused=refused)
    full = in_full(who(request), state)
    return Preview([(draft.masked, words.legible(draft, full=full)) for draft in drafts])
