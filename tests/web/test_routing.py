"""Routers are asked by how an address begins; who answers stays who answered before."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from application.database.embedded import EmbeddedServer
from tests.caseload.town import Town, desks
from tests.web import fakes
from tests.wired import wired

Asked = Callable[[BaseRoute, Scope], tuple[Match, Scope]]


@pytest.fixture(scope="module")
def town(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The whole site."""
    with wired(server, tmp_path_factory.mktemp("routing"), desks) as found:
        yield found


def first(routes: Sequence[BaseRoute], scope: dict[str, Any], ask: Asked) -> tuple[Match, int]:
    """Give how and by which of the routers an address is answered."""
    partial = (Match.NONE, -1)
    for nth, route in enumerate(routes):
        match, _ = ask(route, dict(scope))
        if match == Match.FULL:
            return match, nth
        if match == Match.PARTIAL and partial[0] == Match.NONE:
            partial = (match, nth)
    return partial


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_address_is_answered_by_the_router_that_a_whole_search_finds(
    town: Town, method: str
) -> None:
    app = town.site
    paths = {context.path or "/static" for context in iter_route_contexts(app.routes)}
    given = {re.sub(r"\{[^}]*\}", "x1", path) for path in paths}
    given |= {f"{path}/" for path in given} | {f"{path}/a/b/c" for path in given}
    for path in sorted(given | {"/", "//", "/nowhere", "/Cases", "/cases%2Fx"}):
        scope = {"type": "http", "method": method, "path": path, "headers": [], "app": app}
        quick = first(app.router.routes, scope, lambda one, asked: one.matches(asked))
        whole = first(app.router.routes, scope, lambda one, asked: type(one).matches(one, asked))
        assert quick == whole, path


def test_what_nobody_answers_is_a_missing_page_and_a_wrong_method_is_said() -> None:
    browser = fakes.browser(fakes.parts(), "caseworker")
    assert browser.get("/nowhere").status_code == 404
    assert browser.delete("/cases").status_code == 405
    assert browser.get("/cases/").status_code in {307, 404}
