"""What a register says about an application for recognition, and the button that asks it (F-47)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.store import Done, Stamp
from domain.kernel import N_, Redacted, Sealed
from domain.seeker import SeekerCase, facts
from domain.seeker.checks import CERTIFIABLE
from web import texts
from web.access import parts
from web.act_pages import Posted, gate, once, see_other, standing
from web.acts import Act
from web.case_page import READERS, Shown, readers, shown
from web.errors import kept
from web.fact_tell import CLOSED, GONE
from web.pages import page
from web.seekers.asked import asked
from web.visit import who

router = APIRouter()
FIELDS: Mapping[str, str] = {
    "criterion": N_("类别代码"),
    "valid_from": N_("有效期自"),
    "valid_to": N_("有效期至"),
    "as_of": N_("数据日期"),
    "problem": N_("故障"),
}


class Returned(NamedTuple):
    """What came back with one answer, as the reader may see it."""

    reference: str
    pairs: Sequence[tuple[str, str]]


@router.get("/seekers/{case}/hardships/{hardship}/register")
def register(request: Request, case: str, hardship: int) -> Response:
    """Show what registers have said about an application, with all that came back."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    return page(request, "seekers/register_says.html", **_drawn(request, case, hardship))


@router.post("/seekers/{case}/hardships/{hardship}/register")
def ask(request: Request, case: str, hardship: int, form: Posted) -> Response:
    """Ask the register; the answer is a fact of the case."""
    desk = parts(request).desks["seekers"]
    act = desk.act("certify_hardship") or Act("certify_hardship", "")
    gate(request, act, standing(request, desk, case), case)
    kept(request, "seekers/register_says.html", {}, **_drawn(request, case, hardship))

    def work(sealed: Stamp) -> Done:
        done: Done = desk.method("certify_hardship")(case, hardship=hardship, stamp=sealed)
        return done

    done = once(request, form, work)
    place = f"/seekers/{case}"
    sheet = str(form.get("back", ""))
    verb = sheet if sheet in {"recognise_hardship", "uphold_hardship"} else ""
    back = (
        f"{place}/{verb}?hardship={hardship}" if verb else f"{place}/hardships/{hardship}/register"
    )
    return see_other(request, back, done)


def _drawn(request: Request, case: str, hardship: int) -> dict[str, Any]:
    found = shown(request, SeekerCase, case, field_class="hardship")
    if hardship not in found.state.hardships:
        raise HTTPException(404)
    own = asked(request, found.state, hardship)
    return {
        "case": found.state,
        "place": f"/seekers/{case}",
        "stream": case,
        "asked": own,
        "returned": _returned(request, found, hardship),
        "open": own.record.standing in CERTIFIABLE and found.past.now,
    }


def _returned(request: Request, found: Shown, hardship: int) -> dict[int, Returned]:
    """Open what came back, by the number of the answer: for officers of the case only (S-18)."""
    said = [
        one.event
        for one in found.history
        if isinstance(one.event, facts.HardshipCertified) and one.event.hardship == hardship
    ]
    sealed: list[Sealed] = [part for one in said for part in (one.reference, one.returned)]
    if not found.full:
        closed = texts.translate(CLOSED)
        return {one.certification: Returned(closed, ()) for one in said}
    opened = list(readers(request).opened(sealed))
    return {
        one.certification: Returned(_text(opened[2 * n]), _pairs(opened[2 * n + 1]))
        for n, one in enumerate(said)
    }


def _text(value: object) -> str:
    return texts.translate(GONE) if isinstance(value, Redacted) else str(value)


def _pairs(value: object) -> list[tuple[str, str]]:
    """Write everything that came back, field by field; an unknown field by its own name."""
    if isinstance(value, Redacted):
        return []
    given: dict[str, object] = json.loads(str(value))
    return [
        (texts.translate(FIELDS[name]) if name in FIELDS else name, str(text))
        for name, text in given.items()
        if text not in ("", None)
    ]
