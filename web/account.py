"""One's own account: sessions, language, care version, shortcuts; and the help page."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.access import figures, parts, public
from web.pages import page
from web.visit import session

router = APIRouter()


@router.get("/account")
def own_account(request: Request) -> Response:
    """我的账号."""
    own = session(request)
    return page(
        request,
        "account/account.html",
        sessions=parts(request).accounts.sessions(own.who.account),
    )


@router.post("/account/sessions/{which}/end")
def end_session(request: Request, which: str) -> Response:
    """End one of one's own sessions."""
    parts(request).accounts.end_session(session(request).who.account, which)
    return RedirectResponse("/account", 303)


@router.get("/help")
@public
@figures
def help_page(request: Request) -> Response:
    """帮助."""
    return page(request, "account/help.html")
