"""Accounts of the staff 账号: opening them, roles with their days, passwords, sessions."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.accounts import Accounts
from application.rights import may
from application.staffing import first_password
from domain.kernel import N_
from domain.staff import StaffAccount
from web import forms
from web.access import parts
from web.act_pages import Posted, doable, see_other, stamp, standing
from web.acts import Act, Desk, Field
from web.errors import kept
from web.office_parts import office
from web.pages import page
from web.visit import who
from web.words import ROLES

RIGHT = "staff.manage"
SEXES: Mapping[str, str] = {"female": N_("女"), "male": N_("男")}
OPERATORS: Mapping[str, str] = {
    "government": N_("政府自办"),
    "purchased_service": N_("政府购买服务"),
}
REASON = Field("reason", N_("理由"), "longtext")
ROLE = Field("role", N_("角色"), "code", choices=ROLES)
ACTS = (
    Act(
        "grant_role",
        N_("授予角色"),
        (ROLE, Field("from_on", N_("自"), "date"), Field("to_on", N_("至(含)"), "date")),
        N_("自起日起生效，到止日自动失效。"),
        RIGHT,
    ),
    Act("withdraw_role", N_("收回角色"), (ROLE, REASON), N_("自今日起失效。"), RIGHT),
    Act("change_station", N_("调换站点"), (Field("station", N_("站点"), "station"),), "", RIGHT),
    Act("deactivate", N_("停用账号"), (REASON,), N_("所有登录立即退出，角色不再生效。"), RIGHT),
    Act("reactivate", N_("恢复账号"), (REASON,), "", RIGHT),
)
OPENING = Act(
    "open_account",
    N_("开设账号"),
    (
        Field("name", N_("姓名")),
        Field("sex", N_("性别"), "code", choices=SEXES),
        Field("login", N_("登录名")),
        Field("station", N_("站点"), "station"),
        Field("operator", N_("用工方式"), "code", choices=OPERATORS),
    ),
    N_("口令由系统生成，只显示一次；首次登录须更换。"),
    RIGHT,
)


def staff_desk(accounts: Accounts) -> Desk:
    """Make the desk of accounts; its list and pages are this module's."""
    return Desk("staff", "staff", N_("账号与站点"), StaffAccount, (accounts,), ACTS)


def seeing(request: Request) -> None:
    """Let admins and station managers in; only admins act."""
    if not {"admin", "station_manager"} & who(request).roles:
        raise HTTPException(403)


def managing(request: Request) -> None:
    """Let in who manages accounts."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(seeing)])


@router.get("/staff")
def listing(request: Request) -> Response:
    """List the accounts: an admin sees all, a station manager those of the stations served."""
    own, asker = office(request), who(request)
    everybody = own.entries.of_kind("staff", limit=2_000)
    served = asker.stations | {asker.station}
    shown = [one for one in everybody if "admin" in asker.roles or one.parent in served]
    names = parts(request).directory
    rows = sorted(((names.staff(one.stream), one) for one in shown), key=lambda pair: pair[0])
    return page(
        request,
        "admin/staff.html",
        rows=rows,
        stations=own.entries.named({one.parent for one in shown}),
        may_manage=may(asker, RIGHT),
    )


def opening(request: Request) -> dict[str, Any]:
    """Give what the form of a new account needs."""
    stations = parts(request).choices.options("station", who=who(request), case="new")
    return {
        "act": OPENING,
        "labels": {field.name: field.label for field in OPENING.fields},
        "offered": {"station": stations},
    }


@router.get("/staff/new", dependencies=[Depends(managing)])
def ask(request: Request) -> Response:
    """Draw the form of a new account."""
    return page(request, "admin/open.html", typed={}, told={}, **opening(request))


@router.post("/staff/new", dependencies=[Depends(managing)])
def open_account(request: Request, form: Posted) -> Response:
    """Open an account and tell its first password, once."""
    context, password = opening(request), first_password()
    kept(request, "admin/open.html", forms.typed(form), **context)
    values = forms.parse(OPENING, form, context["offered"])
    done = office(request).staffing.open(**values, password=password, stamp=stamp(request, form))
    see_other(request, "/staff", done)  # waits until the tables show it
    return told_once(request, done.streams[0], password, values["login"])


def told_once(request: Request, account: str, password: str, login: str = "") -> Response:
    """Show a new password; no page shows it again."""
    return page(request, "admin/password.html", account=account, password=password, login=login)


@router.get("/staff/{account}")
def shown(request: Request, account: str) -> Response:
    """Show an account with its roles, its sessions and what can be done."""
    desk = parts(request).desks["staff"]
    state = standing(request, desk, account)
    assert isinstance(state, StaffAccount)  # noqa: S101 - what this desk's streams fold to
    asker, today = who(request), parts(request).today()
    served = asker.stations | {asker.station}
    if "admin" not in asker.roles and state.station not in served:
        raise HTTPException(404)
    may_manage = may(asker, RIGHT)
    return page(
        request,
        "admin/account.html",
        account=account,
        state=state,
        acts=doable(request, desk, state, account),
        sessions=parts(request).accounts.sessions(account) if may_manage else (),
        active=state.active_on(today),
        may_manage=may_manage,
    )


@router.post("/staff/{account}/password", dependencies=[Depends(managing)])
def reset(request: Request, account: str, form: Posted) -> Response:
    """Give an account a new password, told once; its sessions end."""
    password = first_password()
    accounts = parts(request).desks["staff"].services[0]
    assert isinstance(accounts, Accounts)  # noqa: S101 - staff_desk put it there
    accounts.set_password(account, password, stamp=stamp(request, form))
    return told_once(request, account, password)


@router.post("/staff/{account}/sessions/end", dependencies=[Depends(managing)])
def end_sessions(request: Request, account: str) -> Response:
    """End every session of an account."""
    parts(request).accounts.end_session(account)
    return shown(request, account)
