"""Reading pages as a browser does: forms, what they hold, and sending them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient


@dataclass
class Form:
    """A form: where it goes, what it holds, which inputs are seen and which have a label."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """Collects forms, headings, links and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self._ids: dict[str, str] = {}
        self._labels: list[str] = []
        self._in_label = self._in_fieldset = 0
        self._area = self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes |= given.keys()
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if tag == "label":
            self._in_label += 1
            self._labels.append(given.get("for", ""))
        if tag == "fieldset":
            self._in_fieldset += 1
        if self.forms and tag in {"input", "textarea", "select"} and given.get("name"):
            self._input(tag, given)
        if tag == "option" and "selected" in given and self._select:
            self.forms[-1].values[self._select] = given.get("value", "")

    def _input(self, tag: str, given: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], given["name"], given.get("type", "text")
        if kind != "hidden":
            form.shown.append(name)
        if self._in_label or given.get("aria-label") or given.get("id") in self._labels:
            form.labelled.add(name)
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        form.values[name] = given.get("value", "")
        self._area = name if tag == "textarea" else self._area
        self._select = name if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""


def forms(page: Response) -> list[Form]:
    return Page(page.text).forms


def act_form(page: Response) -> Form:
    """The form of the page that records something: the act's own, else one with a command id."""
    found = [form for form in forms(page) if "command_id" in form.values]
    return next((form for form in found if "version" in form.values), found[0])


def typed(page: Response) -> dict[str, str]:
    return act_form(page).values


def send(browser: TestClient, page: Response, **values: Any) -> Response:
    form = act_form(page)
    return browser.post(form.action, data=form.values | values)
