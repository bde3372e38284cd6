"""Signing in and out, and how the pages look."""

import pytest
from starlette.testclient import TestClient

from tests.web import fakes
from tests.web.reading import Page


def token_of(browser: TestClient, path: str = "/login") -> str:
    form = Page(browser.get(path).text).forms[0]
    return form.values["csrf"]


def test_a_right_password_opens_the_page_that_was_asked_for() -> None:
    browser = fakes.browser(fakes.parts())
    asked = browser.get("/cases?due=overdue")
    assert asked.headers["location"] == "/login?next=/cases?due=overdue"
    form = {"csrf": token_of(browser), "login": "mediator", "password": fakes.PASSWORD}
    answer = browser.post("/login", data=form | {"back": "/cases?due=overdue"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases?due=overdue")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("sid=t")]
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert browser.get("/cases").status_code == 200


def test_behind_tls_the_cookie_is_bound_to_the_host() -> None:
    browser = fakes.browser(fakes.parts(secure=True))
    answer = browser.get("/login")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-visit=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("login", ["mediator", "nobody"])
def test_a_wrong_password_says_one_sentence_and_the_wait(login: str) -> None:
    browser = fakes.browser(fakes.parts())
    form = {"csrf": token_of(browser), "login": login, "password": "x"}
    answer = browser.post("/login", data=form)
    assert answer.status_code == 403
    assert "工号、密码或验证码不正确。" in answer.text
    assert "请等 2 秒再试。" in answer.text
    assert f'value="{login}"' in answer.text
    assert "请等 4 秒再试。" in browser.post("/login", data=form).text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
)
def test_the_way_back_never_leaves_the_site(back: str) -> None:
    browser = fakes.browser(fakes.parts())
    form = {"csrf": token_of(browser), "login": "mediator", "password": fakes.PASSWORD}
    assert browser.post("/login", data=form | {"back": back}).headers["location"] == "/"


def test_a_demo_role_enters_by_one_click_at_this_machine() -> None:
    browser = fakes.browser(fakes.parts(demo=fakes.DEMO))
    form = {"csrf": token_of(browser), "account": "staff-auditor"}
    assert browser.post("/login/demo", data=form).status_code == 303
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("demo", "address"), [(fakes.DEMO, "10.0.0.7"), ((), "127.0.0.1"), (fakes.DEMO, "")]
)
def test_nobody_else_enters_without_a_password(demo: tuple[object, ...], address: str) -> None:
    browser = fakes.browser(fakes.parts(demo=demo), address=address)
    form = {"csrf": token_of(browser), "account": "staff-auditor"}
    assert browser.post("/login/demo", data=form).status_code == 403
    assert "/login/demo" not in browser.get("/login").text


def test_an_account_that_is_no_demo_role_does_not_enter_by_a_click() -> None:
    browser = fakes.browser(fakes.parts(demo=fakes.DEMO))
    form = {"csrf": token_of(browser), "account": "staff-admin"}
    assert browser.post("/login/demo", data=form).status_code == 403


def test_signing_out_ends_the_session_and_clears_the_browser() -> None:
    own = fakes.parts()
    browser = fakes.browser(own, "mediator")
    answer = browser.post("/logout", data={"csrf": token_of(browser, "/account")})
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    browser.cookies.set("sid", fakes.token("mediator"))
    assert browser.get("/account").status_code == 303


def test_the_language_changes_on_the_same_page() -> None:
    browser = fakes.browser(fakes.parts(), "mediator")
    form = {"csrf": token_of(browser, "/cases?due=none"), "language": "en"}
    answer = browser.post("/look", data=form | {"back": "/cases?due=none"})
    assert answer.headers["location"] == "/cases?due=none"
    assert '<html lang="en">' in browser.get("/cases").text


def test_the_care_version_and_the_shortcuts_are_wishes_of_the_device() -> None:
    browser = fakes.browser(fakes.parts(), "mediator")
    assert "shortcuts.js" in browser.get("/cases").text
    form = {"csrf": token_of(browser, "/cases"), "care": "1", "shortcuts": "0"}
    browser.post("/look", data=form)
    page = browser.get("/cases").text
    assert 'class="care"' in page
    assert "shortcuts.js" not in page


def test_one_of_ones_own_sessions_can_be_ended() -> None:
    own = fakes.parts()
    browser = fakes.browser(own, "mediator")
    form = {"csrf": token_of(browser, "/account")}
    assert browser.post("/account/sessions/s-auditor/end", data=form).status_code == 303
    assert own.accounts.session(fakes.token("auditor")) is not None
    browser.post("/account/sessions/s-mediator/end", data=form)
    assert own.accounts.session(fakes.token("mediator")) is None


def test_an_admin_is_not_led_to_cases() -> None:
    assert fakes.browser(fakes.parts(), "admin").get("/").headers["location"] == "/account"
    assert fakes.browser(fakes.parts(), "mediator").get("/").headers["location"] == "/cases"
