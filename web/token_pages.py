"""Tokens for programs 接口令牌: one's own made, shown once, ended; an admin ends any (9.5)."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.tokens import MOST_DAYS, Tokens
from domain.kernel import N_
from web import forms
from web.access import parts
from web.act_pages import Posted
from web.acts import Act, Field
from web.errors import kept
from web.pages import page
from web.visit import session, who

router = APIRouter()
TOKEN = Act(
    "make_token",
    N_("新建令牌"),
    (
        Field("name", N_("给谁用"), hint=N_("例如：县数据平台")),
        Field("days", N_("有效天数"), "int", hint=N_("最多 365 天。")),
        Field("writes", N_("可以登记，不只是读取"), "bool", required=False),
    ),
)


def tokens(request: Request) -> Tokens:
    """Give the tokens of this site."""
    found: Tokens = parts(request).extra["tokens"]
    return found


def context(request: Request) -> dict[str, Any]:
    """Give what the page shows beside what was typed."""
    return {
        "act": TOKEN,
        "labels": {field.name: field.label for field in TOKEN.fields},
        "rows": tokens(request).of(session(request).account),
        "secret": "",
        "most": MOST_DAYS,
    }


@router.get("/account/tokens")
def listing(request: Request) -> Response:
    """接口令牌."""
    return page(request, "account/tokens.html", typed={"days": "90"}, told={}, **context(request))


@router.post("/account/tokens")
def make(request: Request, form: Posted) -> Response:
    """Make a token and show it on this answer and never again."""
    kept(request, "account/tokens.html", forms.typed(form), **context(request))
    values = forms.parse(TOKEN, form, {})
    secret = tokens(request).make(session(request).account, **values)
    shown = context(request) | {"secret": secret}
    return page(request, "account/tokens.html", typed={"days": "90"}, told={}, **shown)


@router.post("/account/tokens/{token}/end")
def end(request: Request, token: str) -> Response:
    """Let a token in no more."""
    tokens(request).end(token, account=session(request).account)
    return RedirectResponse("/account/tokens", 303)


def managing(request: Request) -> None:
    """Let in who manages accounts."""
    if not may(who(request), "staff.manage"):
        raise HTTPException(403)


@router.get("/tokens", dependencies=[Depends(managing)])
def everybodys(request: Request) -> Response:
    """List the living tokens of all accounts; an admin sees whose they are, never the secret."""
    names = parts(request).directory
    rows = [(names.staff(account), account, one) for account, one in tokens(request).living()]
    return page(request, "admin/tokens.html", rows=rows)


@router.post("/tokens/{token}/end", dependencies=[Depends(managing)])
def end_any(request: Request, token: str) -> Response:
    """Let somebody's token in no more."""
    tokens(request).end(token)
    return RedirectResponse("/tokens", 303)
