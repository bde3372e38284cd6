"""Screens, terminals and notices of the stations 大屏、终端与告示: admitted and ended here."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.devices import RIGHT
from application.rights import may
from domain.kernel import N_
from web import forms
from web.access import parts
from web.act_pages import Posted, stamp
from web.acts import Act, Field
from web.errors import kept
from web.network.parts import network
from web.office_parts import office
from web.pages import page
from web.statistics_scope import reached
from web.visit import who


def managing(request: Request) -> None:
    """Let nobody else in, whatever is asked."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(managing)])
KINDS: Mapping[str, str] = {"screen": N_("大屏"), "terminal": N_("自助终端")}
PATHS: Mapping[str, str] = {"screen": "/screen/{}?token={}", "terminal": "/terminal/{}?token={}"}
DEVICE = Act(
    "admit",
    N_("登记设备"),
    (
        Field("kind", N_("设备"), "code", choices=KINDS),
        Field("station", N_("站点"), "station"),
        Field("name", N_("名称"), hint=N_("例如：大厅屏、门口终端")),
        Field("contact", N_("联系窗口"), required=False, hint=N_("大屏右下角显示，例如：1 号窗口")),
    ),
    N_("登记后给出一个网址，只显示一次，请在设备上打开。"),
    RIGHT,
)
NOTICE = Act(
    "put_up",
    N_("张贴告示"),
    (
        Field("station", N_("站点"), "station"),
        Field("title", N_("标题")),
        Field("body", N_("内容"), "longtext", required=False),
        Field("until_on", N_("挂到(含)"), "date"),
    ),
    N_("大屏和公开名录页都会显示；不能写任何人的号码。"),
    RIGHT,
)
TEMPLATES = {"admit": "network/devices.html", "put_up": "network/notices.html"}


def served(request: Request) -> list[tuple[str, str]]:
    """Give the stations whose devices the reader may manage, by name; an admin's are all."""
    asker, entries = who(request), office(request).entries
    if "admin" in asker.roles:
        rows = entries.of_kind("station", states=("active",), limit=5_000)
        return [(one.stream, one.name) for one in rows]
    names = entries.named(reached(asker))
    return sorted(names.items(), key=lambda pair: pair[1])


def context(request: Request, act: Act, **more: Any) -> dict[str, Any]:
    """Give what the page shows."""
    stations = served(request)
    ids = [station for station, _ in stations]
    own = network(request)
    hanging = act is NOTICE
    shown = {
        "act": act,
        "devices": () if hanging else own.devices.of(ids),
        "notices": own.notices.hanging(ids, parts(request).today()) if hanging else (),
        "stations": stations,
        "names": dict(stations),
        "kinds": KINDS,
        "asked": "",
        "typed": {},
        "told": {},
        "address": "",
        "made": "",
        "labels": {},
    }
    return shown | more


@router.get("/devices")
def listing(request: Request) -> Response:
    """大屏与终端."""
    return page(request, "network/devices.html", **context(request, DEVICE))


@router.get("/notices")
def notices(request: Request) -> Response:
    """告示."""
    return page(request, "network/notices.html", **context(request, NOTICE))


@router.post("/devices")
def admit(request: Request, form: Posted) -> Response:
    """Admit a device; its address is shown on this answer and never again."""
    values = _read(request, DEVICE, form)
    token = network(request).devices.make(
        who(request), **values, command=stamp(request, form).command_id
    )
    base = f"{request.url.scheme}://{request.headers.get('host', '')}"
    address = base + PATHS[values["kind"]].format(values["station"], token)
    return page(
        request,
        "network/devices.html",
        **context(request, DEVICE, address=address, made=values["name"]),
    )


@router.post("/devices/{device}/end")
def end(request: Request, device: str) -> Response:
    """Let a device in no more."""
    network(request).devices.end(who(request), device)
    return RedirectResponse("/devices", 303)


@router.post("/notices")
def put_up(request: Request, form: Posted) -> Response:
    """Hang a notice."""
    values = _read(request, NOTICE, form)
    network(request).notices.put_up(
        who(request),
        **values,
        today=parts(request).today(),
        command=stamp(request, form).command_id,
    )
    return RedirectResponse("/notices", 303)


@router.post("/notices/{notice}/end")
def take_down(request: Request, notice: str) -> Response:
    """Take a notice down."""
    network(request).notices.take_down(who(request), notice)
    return RedirectResponse("/notices", 303)


def _read(request: Request, act: Act, form: Posted) -> dict[str, Any]:
    """Read a form; a refusal comes back to it with everything typed."""
    labels = {field.name: field.label for field in act.fields}
    drawn = context(request, act, asked=act.verb, labels=labels)
    for filled in ("typed", "told"):
        drawn.pop(filled)
    kept(request, TEMPLATES[act.verb], forms.typed(form), **drawn)
    return forms.parse(act, form, {"station": drawn["stations"]})
