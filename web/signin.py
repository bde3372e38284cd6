"""Signing in and out (experience.md 6.1, decision 28), language and care version of a visitor."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.accounts import Wait
from application.sessions import Session as Begun
from web.access import limited, local_path, parts, public
from web.pages import page
from web.parts import DemoRole
from web.texts import LANGUAGES
from web.visit import remember, signed_in, signed_out, visit

router = APIRouter()
Typed = Annotated[str, Form(max_length=200)]


def demo_roles(request: Request) -> tuple[DemoRole, ...]:
    """Give the one-click roles: only in a demo, only to a reader at this machine."""
    return tuple(parts(request).demo) if visit(request).loopback else ()


@router.get("/login")
@public
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the URL
    """工作人员登录."""
    if visit(request).session:
        return RedirectResponse("/", 303)
    return sign_in_page(request, back=local_path(next))


def sign_in_page(
    request: Request,
    *,
    back: str,
    login: str = "",
    wait: int = 0,
    tried: bool = False,
    status: int = 200,
) -> Response:
    """Draw the sign-in; `tried`: the last try failed; `wait`: seconds until the next."""
    return page(
        request,
        "signin/login.html",
        status=status,
        back=back,
        login=login,
        wait=wait,
        tried=tried,
        demo=demo_roles(request),
    )


@router.post("/login", dependencies=[Depends(limited("sign_in"))])
@public
def sign_in(
    request: Request,
    login: Typed = "",
    password: Typed = "",
    code: Typed = "",
    back: Typed = "/",
) -> Response:
    """Check a password; one sentence for every failure."""
    met = visit(request)
    answer = parts(request).accounts.sign_in(
        login.strip(),
        password,
        met.address,
        code=code.strip(),
        language=met.language,
        instead_of=met.token if met.session else "",
    )
    if isinstance(answer, Wait):
        return sign_in_page(
            request,
            back=local_path(back),
            login=login,
            wait=answer.seconds,
            tried=answer.tried,
            status=403,
        )
    return welcome(request, answer, back)


@router.post("/login/demo", dependencies=[Depends(limited("sign_in"))])
@public
def sign_in_demo(request: Request, account: Typed = "", back: Typed = "/") -> Response:
    """Sign in to a demo role by one click."""
    if account not in {role.account for role in demo_roles(request)}:
        raise HTTPException(403)
    met = visit(request)
    old = met.token if met.session else ""
    begun = parts(request).accounts.start_session(account, language=met.language, instead_of=old)
    return welcome(request, begun, back)


def welcome(request: Request, begun: Begun, back: str) -> Response:
    """Hand out the session and go on."""
    response = RedirectResponse(local_path(back), 303)
    signed_in(response, begun.token, parts(request).secure)
    return response


@router.post("/logout")
@public
def sign_out(request: Request) -> Response:
    """End the session and let the browser forget."""
    met = visit(request)
    if met.session:
        parts(request).accounts.sign_out(met.token)
    response = RedirectResponse("/login", 303)
    signed_out(response, parts(request).secure)
    return response


@router.post("/look")
@public
def look(
    request: Request,
    language: Typed = "",
    care: Typed = "",
    shortcuts: Typed = "",
    back: Typed = "/",
) -> Response:
    """Choose language, care version or shortcuts, and come back to the same page."""
    met, own = visit(request), parts(request)
    wishes = {
        "language": language if language in LANGUAGES else "",
        "care": care if care in {"0", "1"} else "",
        "shortcuts": shortcuts if shortcuts in {"0", "1"} else "",
    }
    if met.session and wishes["language"]:
        own.accounts.set_language(met.token, language)
    response = RedirectResponse(local_path(back), 303)
    remember(response, own.secure, **wishes)
    return response
