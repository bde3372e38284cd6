"""The attachments of a case: list with previews, adding, opening, checking, withdrawing (F-50).

Who may work on the case opens its files; who may only read it sees that they are there, with their
hash, and can have the hash checked. Every look at a file leaves a row in the read log.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.attachments.service import Attachments, Content, Incoming, Said, shown_name
from application.rights import may
from application.store import Done
from domain.attachments import KINDS, MEDIA, standing
from domain.kernel import N_, Refused
from web import texts
from web.access import limited, parts
from web.act_pages import Posted, once, see_other
from web.attachments import view
from web.case_page import READERS, Shown, own_lead, readers, shown
from web.errors import kept
from web.forms import typed
from web.pages import page
from web.security import SANDBOX
from web.visit import visit, who

router = APIRouter()
ADD = {"disputes": "dispute.intake", "seekers": "seeker.visit"}
EDIT = {"disputes": "dispute.edit", "seekers": "seeker.edit"}
LABELS: Mapping[str, str] = {
    "files": N_("文件"),
    "kind": N_("种类"),
    "title": N_("标题"),
    "about": N_("有关的申请人"),
    "occurred_on": N_("发生日期"),
    "reason": N_("撤回理由"),
}


class Desk(NamedTuple):
    """A case whose attachments are asked for, with what its reader may do."""

    kind: str
    case: str
    found: Shown
    may_add: bool
    may_open: bool
    may_withdraw: bool

    @property
    def place(self) -> str:
        """The address of the case."""
        return f"/{self.kind}/{self.case}"


def service(request: Request) -> Attachments:
    """Give the door to the bytes."""
    found: Attachments = parts(request).extra["attachments"]
    return found


def desk(request: Request, case: str) -> Desk:
    """Load a case for its attachments as they stand; the reading is noted."""
    kind = request.url.path.split("/")[1]
    found = shown(request, parts(request).desks[kind].aggregate, case, field_class="attachments")
    if not found.past.now:
        raise HTTPException(404)
    texts.use(visit(request).language)
    asker, state = who(request), found.state
    edits = may(asker, EDIT[kind], state, case)
    own = bool(asker.accounts & state.officers and asker.roles & READERS)
    return Desk(
        kind,
        case,
        found,
        may_add=may(asker, ADD[kind], state, case),
        may_open=edits or found.full or own or own_lead(asker, state),
        may_withdraw=edits,
    )


def drawn(request: Request, at: Desk) -> dict[str, Any]:
    """Gather what the list shows."""
    state, directory = at.found.state, parts(request).directory
    people = _people(request, at)
    held = [one.fact for one in state.attachments.values()]
    offered, withdrawn = view.listed(
        at.found.history,
        opened=readers(request).opened if at.may_open else None,
        states=service(request).looks(held),
        name=lambda person: people.get(person, person),
        staff=directory.staff,
    )
    settings, today = readers(request).settings(), parts(request).today()
    return {
        "desk": at,
        "place": at.place,
        "offered": offered,
        "withdrawn": withdrawn,
        "kinds": KINDS,
        "people": people if at.kind == "disputes" else {},
        "accept": view.ACCEPT,
        "megabytes": settings.value("attachment_megabytes", today),
        "most": settings.value("attachments_per_case", today),
        "states": view.STATE_WORDS,
        "scanning": service(request).scanner.configured,
        "number": state.case_no or texts.translate(N_("未编号")),
        "station": directory.station(state.station),
        "labels": LABELS,
        "checked": None,
    }


def _people(request: Request, at: Desk) -> dict[str, str]:
    """Name the claimants of a dispute as the reader may see them."""
    workers = list(getattr(at.found.state, "workers", ()))
    names = parts(request).people.names(
        workers, full=lambda _person: at.found.full, on=parts(request).today()
    )
    return {one: f"{seen.name} {seen.last4}".strip() for one, seen in names.items()}


@router.get("/seekers/{case}/attachments")
@router.get("/disputes/{case}/attachments")
def listing(request: Request, case: str) -> Response:
    """附件: what there is, and the form that adds to it."""
    at = desk(request, case)
    return page(request, "attachments/list.html", typed={}, told={}, **drawn(request, at))


@router.post("/seekers/{case}/attachments")
@router.post("/disputes/{case}/attachments")
def attach(request: Request, case: str, form: Posted) -> Response:
    """Keep what was chosen, all or none."""
    at = desk(request, case)
    if not at.may_add:
        raise HTTPException(403)
    given = typed(form)
    kept(request, "attachments/list.html", given, **drawn(request, at))
    said = Said(
        kind=str(form.get("kind", "")),
        title=str(form.get("title", "")).strip(),
        about=str(form.get("about", "")),
    )
    done = keep(request, form, case, said, given)
    return see_other(request, f"{at.place}/attachments", done)


def keep(request: Request, form: FormData, case: str, said: Said, given: dict[str, Any]) -> Done:
    """Hand the files of a form to the service; sent twice they are answered as the first time.

    What was typed takes the name of the file of several that was refused.
    """
    files = [
        Incoming(one.file, one.filename or "")
        for one in form.getlist("files")
        if isinstance(one, UploadFile) and one.filename
    ]
    if not files:
        raise Refused(rule="F-00", text=N_("请选择要添加的文件。"), field="files")

    def one_by_one() -> Iterator[Incoming]:
        for one in files:
            given["failed"] = shown_name(one.name) if len(files) > 1 else ""
            yield one
        given["failed"] = ""

    return once(
        request,
        form,
        lambda sealed: service(request).attach(case, one_by_one(), said=said, stamp=sealed),
    )


def opened(request: Request, case: str, attachment: str, *, preview: bool) -> Content:
    """Open a file for who may; the row in the read log stands before a byte is shown."""
    at = desk(request, case)
    if attachment not in at.found.state.attachments:
        raise HTTPException(404)
    if not at.may_open:
        raise Refused(rule="P-05", text=N_("附件含个人信息，只有承办人和可以办理本案的人能打开。"))
    readers(request).reads.write(
        "view" if preview else "reveal",
        who(request),
        stream=case,
        field_class="attachment",
        purpose="" if preview else "document",
        route=request.scope["route"].path,
    )
    return service(request).open(case, attachment)


@router.get("/seekers/{case}/attachments/{attachment}", dependencies=[Depends(limited("reveal"))])
@router.get("/disputes/{case}/attachments/{attachment}", dependencies=[Depends(limited("reveal"))])
def download(request: Request, case: str, attachment: str) -> Response:
    """Give a file: a picture to look at, everything else to save."""
    content = opened(request, case, attachment, preview=False)
    return answer(content, attachment, inline=content.media_type.startswith("image/"))


@router.get("/seekers/{case}/attachments/{attachment}/preview")
@router.get("/disputes/{case}/attachments/{attachment}/preview")
def preview(request: Request, case: str, attachment: str) -> Response:
    """Give a picture for the list."""
    content = opened(request, case, attachment, preview=True)
    if not content.media_type.startswith("image/"):
        raise HTTPException(404)
    return answer(content, attachment, inline=True)


def answer(content: Content, attachment: str, *, inline: bool) -> Response:
    """Answer with a file under its own name, in a sandbox where it is shown (RFC 6266)."""
    ending = MEDIA[content.media_type][0]
    stem = (content.title or content.name.rpartition(".")[0] or content.name)[:80]
    stem = "".join("_" if char in '\\/:*?"<>|' else char for char in stem) or attachment
    plain = f'filename="{attachment[:19]}{ending}"'
    named = f"filename*=UTF-8''{quote(stem + ending, safe='')}"
    return Response(
        content.content,
        media_type=content.media_type,
        headers={
            "content-disposition": f"{'inline' if inline else 'attachment'}; {plain}; {named}",
            "content-security-policy": SANDBOX,
        },
    )


@router.post("/seekers/{case}/attachments/{attachment}/check")
@router.post("/disputes/{case}/attachments/{attachment}/check")
def check(request: Request, case: str, attachment: str, _form: Posted) -> Response:
    """Say whether the file is still the one that was attached; nothing of it is shown."""
    at = desk(request, case)
    if attachment not in at.found.state.attachments:
        raise HTTPException(404)
    state = service(request).check(case, attachment)
    context = drawn(request, at) | {"checked": (attachment, state)}
    return page(request, "attachments/list.html", typed={}, told={}, **context)


def _leaving(request: Request, case: str, attachment: str) -> tuple[Desk, dict[str, Any]]:
    """Let in who may withdraw; a file that is withdrawn already is refused."""
    at = desk(request, case)
    if attachment not in at.found.state.attachments:
        raise HTTPException(404)
    if not at.may_withdraw:
        raise HTTPException(403)
    context = drawn(request, at)
    every = [*context["offered"], *context["withdrawn"]]
    return at, context | {"one": next(x for x in every if x.attachment == attachment)}


@router.get("/seekers/{case}/attachments/{attachment}/withdraw")
@router.get("/disputes/{case}/attachments/{attachment}/withdraw")
def leave(request: Request, case: str, attachment: str) -> Response:
    """Ask why a file is withdrawn, and say what follows."""
    at, context = _leaving(request, case, attachment)
    standing(at.found.state.attachments, attachment)
    return page(request, "attachments/withdraw.html", typed={}, told={}, **context)


@router.post("/seekers/{case}/attachments/{attachment}/withdraw")
@router.post("/disputes/{case}/attachments/{attachment}/withdraw")
def withdraw(request: Request, case: str, attachment: str, form: Posted) -> Response:
    """撤回附件: the fact stays, the file is offered no more."""
    at, context = _leaving(request, case, attachment)
    kept(request, "attachments/withdraw.html", typed(form), **context)
    method = parts(request).desks[at.kind].method("withdraw_attachment")
    done = once(
        request,
        form,
        lambda sealed: method(
            case,
            attachment=attachment,
            reason=str(form.get("reason", "")),
            stamp=sealed,
        ),
    )
    return see_other(request, f"{at.place}/attachments", done)
