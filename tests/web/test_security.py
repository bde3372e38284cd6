"""Closed by default: tokens, headers, caching and limits, asked of every route there is."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from httpx2 import Response as Answer
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from tests.web import fakes
from tests.web.desk import Errands, desk, opened
from web import security
from web.parts import SiteParts
from web.site import create_site

NOT_PAGES = {"/healthz", "/readyz", "/static"}


def whole_site() -> SiteParts:
    store = fakes.FakeStore()
    store.states["errand-1"] = opened()
    return fakes.parts(store=store, demo=fakes.DEMO, desks={"errands": desk(Errands(store))})


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path of the site, with something in each gap."""
    for context in iter_route_contexts(create_site(whole_site()).routes):
        for method in sorted(getattr(context.route, "methods", None) or context.methods or ()):
            path = (context.path or "").replace("{case}", "errand-1").replace("{verb}", "pay")
            yield method, path.replace("{which}", "s0")


# No person and no session posts here: a gateway does, signed (tests/messages/test_receipts.py).
SIGNED = {("POST", "/messages/receipts")}
CHANGING = [one for one in routes() if one[0] not in {"GET", "HEAD"} and one not in SIGNED]
PAGES = [path for method, path in routes() if method == "GET" and path not in NOT_PAGES]


def test_every_route_was_found() -> None:
    assert {("POST", "/errands/errand-1/pay"), ("POST", "/look"), ("POST", "/search")} < set(
        CHANGING
    )
    assert {"/cases", "/help", "/account", "/login"} < set(PAGES)
    assert set(routes()) > SIGNED


@pytest.mark.parametrize("signed_in", ["mediator", ""])
@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_nothing_changes_without_the_token_of_the_session(
    method: str, path: str, signed_in: str
) -> None:
    browser = fakes.browser(whole_site(), signed_in)
    foreign = fakes.browser(whole_site(), "auditor").get("/account").text
    token = foreign.split('name="csrf" value="')[1].split('"')[0]
    assert browser.request(method, path).status_code == 403
    assert browser.request(method, path, data={"csrf": token}).status_code == 403
    assert browser.request(method, path, headers={"x-csrf-token": token}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(headers: dict[str, str]) -> None:
    browser = fakes.browser(whole_site(), "mediator")
    assert browser.post("/look", data=own(browser), headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
    ],
)
def test_our_own_form_is_taken(headers: dict[str, str]) -> None:
    browser = fakes.browser(whole_site(), "mediator")
    assert browser.post("/look", data=own(browser), headers=headers).status_code == 303


def own(browser: TestClient) -> dict[str, str]:
    text = browser.get("/account").text
    return {"csrf": text.split('name="csrf" value="')[1].split('"')[0], "care": "1"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_stored_or_holds_nothing_personal(path: str) -> None:
    browser = fakes.browser(whole_site(), "mediator")
    answer = browser.get(path)
    kept = answer.headers["cache-control"]
    assert kept in {"no-store", "private, no-cache"}
    assert ("etag" in answer.headers) == (kept == "private, no-cache")
    if kept != "no-store":
        assert "command_id" not in answer.text
        assert not any(view.name in answer.text for view in fakes.PEOPLE.values())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_closed_to_visitors_unless_it_says_otherwise(path: str) -> None:
    answer = fakes.browser(whole_site()).get(path)
    if path in {"/login", "/help"}:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login")


def test_a_figures_page_unchanged_is_not_sent_again() -> None:
    browser = fakes.browser(whole_site(), "mediator")
    tag = browser.get("/help").headers["etag"]
    assert browser.get("/help", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("role", ["auditor", ""])
def test_the_tag_of_a_figures_page_is_the_readers_own(role: str) -> None:
    first = fakes.browser(whole_site(), "mediator").get("/help").headers["etag"]
    assert fakes.browser(whole_site(), role).get("/help").headers["etag"] != first


def test_the_tag_of_a_figures_page_moves_with_the_tables_and_the_language() -> None:
    progress = fakes.FakeProgress()
    browser = fakes.browser(fakes.parts(progress=progress), "mediator")
    first = browser.get("/help").headers["etag"]
    progress.at += 1
    second = browser.get("/help").headers["etag"]
    browser.post("/look", data=own(browser) | {"language": "en"})
    assert len({first, second, browser.get("/help").headers["etag"]}) == 3


@pytest.mark.parametrize("path", ["/login", "/nix", "/healthz", "/static/base.css"])
def test_every_answer_carries_the_headers(path: str) -> None:
    answer = fakes.browser(whole_site().but(secure=True)).get(path)
    for name, value in security.HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["strict-transport-security"] == security.HSTS
    assert len(answer.headers["x-request-id"]) == 12


def test_the_policy_allows_our_own_files_and_nothing_inline() -> None:
    assert "script-src 'self';" in security.CSP
    assert "unsafe" not in security.CSP


def test_a_page_that_may_not_be_seen_reads_like_one_that_is_not_there() -> None:
    browser = fakes.browser(whole_site(), "auditor")
    hidden, missing = browser.get("/errands/errand-1/pay"), browser.get("/errands/x/pay")
    assert (hidden.status_code, missing.status_code) == (403, 404)
    assert nameless(hidden) == nameless(missing)


def nameless(page: Answer) -> str:
    """The body without the address of the page in its own forms."""
    return page.text.replace("errand-1", "x")


def test_what_nobody_foresaw_is_a_page_with_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    site = create_site(whole_site())
    broken = APIRouter()

    @broken.get("/broken")
    def _broken(_request: Request) -> Response:
        raise RuntimeError("龚凤")

    site.include_router(broken)
    browser = TestClient(site, base_url="http://127.0.0.1:8000")
    browser.cookies.set("sid", fakes.token("mediator"))
    answer = browser.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["content-security-policy"] == security.CSP
    told = capsys.readouterr().out
    assert "RuntimeError" in told
    assert "龚凤" not in told


@pytest.mark.parametrize(("size", "status"), [(security.BODY - 200, 303), (security.BODY + 1, 413)])
def test_a_body_over_two_megabytes_is_refused(size: int, status: int) -> None:
    browser = fakes.browser(whole_site(), "mediator")
    files = {"file": ("x", b"0" * (size - 400))} if status == 303 else {"file": ("x", b"0" * size)}
    assert browser.post("/look", data=own(browser), files=files).status_code == status


def test_a_body_that_does_not_say_its_size_is_counted() -> None:
    browser = fakes.browser(whole_site(), "mediator")
    chunks = (b"0" * security.MB for _ in range(4))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/look", content=chunks, headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [
        ("/imports", 20),
        ("/imports/x/upload", 20),
        ("/importance", 2),
        ("/seekers/seeker-1/attachments", 64),
        ("/disputes/dispute-1/attachments", 64),
        ("/disputes/dispute-1/attachments/a/withdraw", 2),
        ("/m/visits/seeker-1/photos", 64),
        ("/m/visits/seeker-1", 2),
    ],
)
def test_routes_that_carry_files_take_larger_bodies(path: str, megabytes: int) -> None:
    assert security.largest(path) == megabytes * security.MB


def test_the_pages_say_when_the_clock_is_set_by_hand() -> None:
    told = "测试时钟"
    for path in ("/login", "/help", "/nix"):
        assert told in fakes.browser(fakes.parts(test_clock=True)).get(path).text
        assert told not in fakes.browser(fakes.parts()).get(path).text


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
def test_readiness_tells_nothing_but_itself(ready: bool, status: int) -> None:
    answer = fakes.browser(fakes.parts(ready=lambda: ready)).get("/readyz")
    assert (answer.status_code, answer.text) == (status, "ok" if ready else "not ready")


def test_a_search_too_often_has_to_wait() -> None:
    browser = fakes.browser(whole_site(), "mediator")
    form = own(browser) | {"text": "龚"}
    answers = [browser.post("/search", data=form).status_code for _ in range(61)]
    assert answers == [303] * 60 + [429]


def test_files_are_kept_for_ever_under_their_version_only() -> None:
    browser = fakes.browser(whole_site())
    text = browser.get("/login").text
    address = text.split('href="/static/tokens.css')[1].split('"')[0]
    assert "immutable" in browser.get(f"/static/tokens.css{address}").headers["cache-control"]
    assert "immutable" not in browser.get("/static/tokens.css?v=0").headers["cache-control"]


def test_a_plain_text_answer_of_a_route_is_not_stored_either() -> None:
    assert "cache-control" not in PlainTextResponse("ok").headers
    assert fakes.browser(whole_site()).get("/healthz").headers["cache-control"] == "no-store"
