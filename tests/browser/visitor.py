"""Somebody at the counter: opens pages, fills in forms by their fields, and meets no trouble."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.browser.looks import checked
from tests.browser.site import Site

ANSWERED = re.compile(r"the server responded with a status of 4\d\d")
FIRST = object()  # choose what is offered first
ALL = object()  # tick everything that is offered


class Visitor:
    """One person in a browser of their own."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        self.troubles: list[str] = []
        context.on("request", self._only_ours)
        self.page: Page = context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))

    def _only_ours(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:")):
            self.troubles.append(f"foreign: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """Take errors and reports of the policy; a refused form answers 4xx, which is no error."""
        asked = message.location["url"] if message.location else ""
        if message.type not in {"error", "warning"}:
            return
        if not (ANSWERED.search(message.text) and "/static/" not in asked):
            self.troubles.append(f"{self.page.url}: {message.text}")

    # Going

    def sign_in(self, role: str) -> None:
        """Come in by one click, as somebody of the cast."""
        name = self.site.stock.places.staff[role].person.name
        self.page.goto("/login")
        self.page.locator("button.role", has_text=name).click()
        assert self.path != "/login"

    def open(self, path: str, status: int = 200) -> None:
        """Open a page and look at how it is made."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}\n{self.words}"
        self.look()

    def look(self) -> None:
        """Check what every page owes its reader (experience.md 3)."""
        self.page.wait_for_load_state()  # with its styles
        wrong = checked(self.page)
        assert wrong == [], f"{self.page.url}: {wrong}"

    @property
    def path(self) -> str:
        """Where the visitor is."""
        return urlsplit(self.page.url).path

    @property
    def words(self) -> str:
        """What can be read on the page."""
        return " ".join(self.page.locator("body").inner_text().split())

    # Acting

    def fill(self, **values: Any) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            _enter(self.page.locator(f"main [name='{name}']"), name, value)

    def submit(self) -> None:
        """Press the form's own button."""
        self.page.locator("main button[data-key='submit']").click()
        self.page.wait_for_load_state()

    def do(self, place: str, verb: str, /, **values: Any) -> str:
        """Do one act of a case from its form, and see the case again; give the path."""
        self.open(f"{place}/{verb}")
        self.fill(**values)
        self.submit()
        told = self.told()
        assert told == [], f"{verb}: {told}"
        assert not self.path.endswith(f"/{verb}"), f"{verb}: the browser wants more"
        self.look()
        return self.path

    def told(self) -> list[str]:
        """List the sentences of a refusal."""
        return self.page.locator("#said, .act-form .said, #same, main > .cannot").all_inner_texts()

    def refused(self, place: str, verb: str, /, **values: Any) -> str:
        """Try an act that is refused; give the page's words, with the form still there."""
        self.open(f"{place}/{verb}")
        self.fill(**values)
        self.submit()
        assert self.path == f"{place}/{verb}"
        self.look()
        return self.words


def _enter(found: Locator, name: str, value: Any) -> None:
    """Type, choose or tick, as the field wants it."""
    assert found.count(), f"no field {name}"
    kind = found.first.evaluate("e => e.type || e.tagName.toLowerCase()")
    if kind in {"checkbox", "radio"}:
        _tick(found, value)
    elif kind.startswith("select"):
        _choose(found, name, value)
    elif kind == "file":
        found.set_input_files(value)
    else:
        found.fill(value)


def _tick(found: Locator, value: Any) -> None:
    if value is ALL or value is True:
        for one in found.all():
            one.check()
        return
    wanted: Sequence[str] = [value] if isinstance(value, str) else value
    for code in wanted:
        found.and_(found.page.locator(f"[value='{code}']")).check()


def _choose(found: Locator, name: str, value: Any) -> None:
    offered = found.locator("option:not([value=''])")
    if value is FIRST:
        found.select_option(offered.first.get_attribute("value"))
        return
    codes = [one.get_attribute("value") for one in offered.all()]
    if value in codes:
        found.select_option(value)
        return
    labels = [text for text in offered.all_inner_texts() if value in text]
    assert labels, f"{name}: {value} is not offered"
    found.select_option(label=labels[0])
