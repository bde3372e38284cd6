"""Every route and method of the real site, asked by every role and by nobody (domain.md 9.1).

The routes come from the site itself and the acts from its desks; what is expected is written down
here, by hand. A route without an entry fails the test.
"""

import inspect
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from application import rights
from tests.browser.site import TODAY
from tests.security.conftest import Client, Whole
from web.acts import Act, Desk, Field

ROLES = ("caseworker", "mediator", "station_manager", "auditor", "admin", "informant")
READ_CASES = {"caseworker", "mediator", "station_manager", "auditor"}
WITH_LEADS = READ_CASES | {"informant"}
EVERYBODY = set(ROLES)
ANYONE = EVERYBODY | {""}
OPENING = {"caseworker", "mediator", "station_manager"}
ADMIN, MANAGER = {"admin"}, {"station_manager"}
HEALTH = {"auditor", "admin"}
STAFF = {"admin", "station_manager"}

# The rows of domain.md 9.1, and what follows from its last lines about auditor, admin, informant.
PAGES: dict[tuple[str, str], set[str]] = {
    ("GET", "/healthz"): ANYONE,
    ("GET", "/readyz"): ANYONE,
    ("GET", "/login"): ANYONE,
    ("POST", "/login"): ANYONE,
    ("POST", "/login/demo"): ANYONE,
    ("POST", "/logout"): ANYONE,
    ("POST", "/look"): ANYONE,
    ("GET", "/help"): ANYONE,
    ("GET", "/"): EVERYBODY,
    ("GET", "/account"): EVERYBODY,
    ("POST", "/account/sessions/{which}/end"): EVERYBODY,
    ("GET", "/cases"): WITH_LEADS,
    ("POST", "/search"): WITH_LEADS,
    ("GET", "/search/{which}"): WITH_LEADS,
    ("GET", "/seekers"): EVERYBODY,  # leads on to /cases
    ("GET", "/disputes"): EVERYBODY,
    ("GET", "/seekers/{case}"): READ_CASES,
    ("GET", "/seekers/{case}/events/{version}"): READ_CASES,
    ("POST", "/seekers/{case}/reveal"): READ_CASES,
    ("GET", "/disputes/{case}"): READ_CASES,
    ("GET", "/disputes/{case}/events/{version}"): READ_CASES,
    ("GET", "/jobs"): EVERYBODY,
    ("GET", "/jobs/{which}"): ADMIN,  # another's job; one's own is everybody's
    ("GET", "/jobs/{which}/stream"): ADMIN,
    ("POST", "/jobs/{which}/cancel"): ADMIN,
    ("POST", "/jobs/{which}/again"): ADMIN,
    ("GET", "/imports"): MANAGER,
    ("POST", "/imports"): MANAGER,
    ("GET", "/imports/{which}"): set(),  # another's import is a missing page
    ("POST", "/imports/{which}/take"): set(),
    ("GET", "/imports/{which}/problems.xlsx"): set(),
    ("GET", "/projections"): HEALTH,
    ("POST", "/projections/rebuild"): ADMIN,
    ("POST", "/projections/{projection}/unpark/{stream}"): set(),  # nothing is set aside
    ("GET", "/statistics"): READ_CASES,
    ("GET", "/statistics/export.xlsx"): READ_CASES,
    ("GET", "/statistics/{code}"): READ_CASES,
    ("GET", "/staff"): STAFF,
    ("GET", "/staff/new"): ADMIN,
    ("POST", "/staff/new"): ADMIN,
    ("GET", "/staff/{account}"): STAFF,
    ("POST", "/staff/{account}/password"): ADMIN,
    ("POST", "/staff/{account}/sessions/end"): ADMIN,
    ("GET", "/settings"): ADMIN,
    ("POST", "/settings"): ADMIN,
    ("GET", "/calendar"): ADMIN,
    ("POST", "/calendar"): ADMIN,
    ("GET", "/stations"): EVERYBODY,
    ("GET", "/stations/{station}"): EVERYBODY,
    ("GET", "/employers"): READ_CASES,
    ("GET", "/employers/{stream}"): READ_CASES,
    ("GET", "/vacancies"): READ_CASES,
    ("GET", "/vacancies/{stream}"): READ_CASES,
    ("GET", "/classes"): READ_CASES,
    ("GET", "/classes/{stream}"): READ_CASES,
    ("GET", "/screen/{station}"): STAFF,  # and a paired device
    ("GET", "/absences"): OPENING,
    ("POST", "/absences"): OPENING,
    ("POST", "/absences/end"): OPENING,
    ("GET", "/criteria"): EVERYBODY,
    ("POST", "/criteria"): ADMIN,
    ("GET", "/devices"): STAFF,
    ("POST", "/devices"): STAFF,
    ("POST", "/devices/{device}/end"): STAFF,
    ("POST", "/notices"): STAFF,
    ("POST", "/notices/{notice}/end"): STAFF,
    ("GET", "/disputes/{case}/limits"): READ_CASES,
    ("GET", "/seekers/{case}/hardships/{hardship}/replay"): set(),  # none to replay
}
# Right -> roles, from the rows of domain.md 9.1.
NINE_ONE: dict[str, set[str]] = {
    "seeker.lead": {"informant", "caseworker", "station_manager"},
    "seeker.edit": {"caseworker", "station_manager"},
    "hardship.decide": {"caseworker", "station_manager"},
    "subsidy.decide": {"caseworker", "station_manager"},
    "dispute.intake": OPENING,
    "dispute.edit": {"mediator", "station_manager"},
    "dispute.settle": {"mediator", "station_manager"},
    "case.receive": OPENING,
    "case.reassign": MANAGER,
    "case.reopen": MANAGER,
    "override": MANAGER,
    "staff.manage": ADMIN,
    "settings.manage": ADMIN,
    "station.manage": STAFF,
    "employer.edit": OPENING,
    "vacancy.edit": {"caseworker", "station_manager"},
    "training.edit": {"caseworker", "station_manager"},
    "person.edit": {"informant", *OPENING},
    "person.erase": MANAGER,
    "import": MANAGER,
    "station.count": {"informant", *OPENING},
    "station.report": {"caseworker", "station_manager"},
    "device.manage": STAFF,
    "queue.review": OPENING,
    "staff.delegate": STAFF,
}
OF_ACTS = ("/new/{verb}", "/{case}/{verb}")


def test_the_rights_are_those_of_the_domain() -> None:
    for right in rights.GRANTS.keys() | NINE_ONE.keys():
        assert set(rights.GRANTS.get(right, ())) == NINE_ONE.get(right), right
    writing = {role for roles in NINE_ONE.values() for role in roles}
    assert "auditor" not in writing  # an auditor writes nothing
    about_cases = rights.OF_A_CASE | {"case.reassign", "case.reopen", "override", "person.edit"}
    assert not any("admin" in NINE_ONE[right] for right in about_cases)


def test_every_route_of_the_site_has_an_entry(whole: Whole) -> None:
    acts = {
        (method, f"/{kind}{tail}")
        for kind in whole.desks
        for tail in OF_ACTS
        for method in ("GET", "POST")
    }
    found = set(whole.routes())
    assert len(found) > 80
    without = sorted(found - set(PAGES) - acts)
    assert not without, f"say in PAGES who may ask for these: {without}"
    gone = sorted(set(PAGES) - found)
    assert not gone, f"these are no routes any more: {gone}"


def places(whole: Whole) -> dict[str, str]:
    """What stands for each gap of a path: a case of the cast's station, and what belongs to it."""
    entries = whole.office.entries
    places = {
        f"/{kind}/{{stream}}": next(iter(entries.of_kind(listed))).stream
        for kind, listed in (
            ("employers", "employer"),
            ("vacancies", "vacancy"),
            ("classes", "training"),
        )
    }
    jobs = whole.parts.extra["office"].jobs
    jobs.cancel(job := jobs.begin("unknown", whole.accounts["admin"], {}))
    return places | {
        "{account}": whole.stock.places.staff["second"].account,
        "{station}": whole.stock.places.staff["caseworker"].station,
        "{code}": "seekers_registered",
        "{version}": "1",
        "{which}": job,
        "{projection}": "caseload",
        "{device}": "device-none",
        "{notice}": "notice-none",
        "{hardship}": "1",
        "{stream}": "seeker-none",
    }


def filled(whole: Whole, path: str, gaps: dict[str, str]) -> str:
    if path.startswith("/search/"):
        return path  # a search is its owner's: made in the test
    for kind in ("seekers", "disputes"):
        if path.startswith(f"/{kind}/{{case}}"):
            path = path.replace("{case}", whole.cases[kind])
    for gap, value in gaps.items():
        path = path.replace(gap, value if gap.startswith("{") else gap.replace("{stream}", value))
    return path


class Tried(NamedTuple):
    """What a role met on a route."""

    method: str
    path: str
    role: str
    status: int
    let_in: bool


def tried(client: Client, role: str, method: str, path: str) -> Tried:
    answer = client.get(path) if method == "GET" else client.post(path)
    to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    assert answer.status_code < 500, f"{role} {method} {path}: {answer.status_code}"
    said_no = answer.status_code == 409 and "P-05" in answer.text
    kept_out = answer.status_code in {403, 404} or to_sign_in or said_no
    return Tried(method, path, role, answer.status_code, not kept_out)


def visited(whole: Whole) -> Iterator[tuple[Tried, bool]]:
    gaps = places(whole)
    for (method, pattern), let_in in sorted(PAGES.items()):
        if pattern in {"/login", "/login/demo", "/logout", "/projections/rebuild"}:
            continue
        for role in (*ROLES, ""):
            path = filled(whole, pattern, gaps)
            if pattern == "/search/{which}":
                path = found_by(whole, role)
            elif pattern == "/account/sessions/{which}/end":
                path = path.replace(gaps["{which}"], "none")
            yield tried(whole.client(role), role, method, path), role in let_in


def found_by(whole: Whole, role: str) -> str:
    """Search as a role; whose search is refused asks for a result that is nobody's."""
    answer = whole.client(role).post("/search", text="陈志明")
    return answer.headers.get("location", "/search/none") if role else "/search/none"


def test_every_page_lets_in_whom_it_should_and_nobody_else(whole: Whole) -> None:
    before = whole.last
    met = list(visited(whole))
    assert len(met) > 300
    wrong = [one for one, expected in met if one.let_in != expected]
    assert not wrong, wrong
    assert whole.last == before, "an empty form recorded something"


def test_signing_in_is_open_and_guarded_by_its_token(whole: Whole) -> None:
    visitor = Client(whole.site)
    assert visitor.get("/login").status_code == 200
    assert visitor.post("/login", login="nobody").status_code == 403
    assert visitor.http.post("/login", data={}).status_code == 403
    assert visitor.post("/login/demo", account=whole.accounts["informant"]).status_code == 403
    assert visitor.post("/logout").status_code == 303


def test_a_rebuild_is_begun_by_an_admin_alone(whole: Whole) -> None:
    for role in (*ROLES, ""):
        answer = whole.client(role).post("/projections/rebuild")
        begun = answer.headers.get("location", "").startswith("/jobs/")
        assert begun == (role == "admin"), role


def test_a_case_of_another_station_is_a_missing_page_for_a_caseworker(whole: Whole) -> None:
    for kind, case in whole.cases.items():
        place, nowhere = f"/{kind}/{case}", f"/{kind}/{kind[:-1]}-none"
        other, none = (whole.client("stranger").get(path) for path in (place, nowhere))
        assert (other.status_code, none.status_code) == (403, 404)
        assert other.text.replace(place, "") == none.text.replace(nowhere, "")


# Acts


def acts(whole: Whole) -> Iterator[tuple[Desk, Act]]:
    for desk in whole.desks.values():
        for act in desk.acts:
            yield desk, act


def test_every_act_names_a_right_of_the_domain(whole: Whole) -> None:
    named = [(desk.kind, act.verb, act.right) for desk, act in acts(whole)]
    assert len(named) > 180
    assert [one for one in named if one[2] not in NINE_ONE] == []


def act_place(whole: Whole, desk: Desk, act: Act) -> str:
    if act.begins:
        return f"/{desk.kind}/new/{act.verb}"
    return f"/{desk.kind}/{stream_of(whole, desk)}/{act.verb}"


def stream_of(whole: Whole, desk: Desk) -> str:
    match desk.kind:
        case "seekers" | "disputes":
            return whole.cases[desk.kind]
        case "staff":
            return whole.accounts["caseworker"]
        case "stations":
            return whole.stock.places.staff["caseworker"].station
        case _:
            return next(iter(whole.office.entries.of_kind(desk.stream))).stream


def one_of_each_right(whole: Whole) -> list[tuple[Desk, Act]]:
    """Give the first act of each right of each desk, on a case and to begin one."""
    return list(
        {(desk.kind, act.right, act.begins): (desk, act) for desk, act in acts(whole)}.values()
    )


@pytest.mark.parametrize("role", [*ROLES, "stranger", ""])
def test_an_act_of_each_right_agrees_with_the_rights_for(whole: Whole, role: str) -> None:
    chosen = one_of_each_right(whole)
    assert len(chosen) > 20
    agrees(whole, role, chosen)


@pytest.mark.long
@pytest.mark.parametrize("role", [*ROLES, "stranger", ""])
def test_every_act_agrees_with_the_rights_for(whole: Whole, role: str) -> None:
    agrees(whole, role, acts(whole))


def agrees(whole: Whole, role: str, chosen: Iterable[tuple[Desk, Act]]) -> None:
    """The form is drawn exactly for those whom `rights.py` lets pass; others' POST is not read."""
    client, before, wrong = whole.client(role), whole.last, []
    held = whole.office.accounts.who(whole.accounts[role], TODAY) if role else None
    for desk, act in chosen:
        place = act_place(whole, desk, act)
        stream = "" if act.begins else place.split("/")[2]
        state: Any = desk.aggregate()
        if stream:
            state = whole.office.store.load(desk.aggregate, stream)
        expected = held is not None and rights.may(held, act.right, state, stream)
        if held is not None and not held.roles & NINE_ONE[act.right]:
            assert not expected
        for method in ("GET",) if expected else ("GET", "POST"):
            met = tried(client, role, method, place)
            if met.let_in != expected:
                wrong.append(met)
    assert not wrong, wrong
    assert whole.last == before, "an empty form recorded something"


# To give somebody else's case to somebody asks for more than to take one.
NARROWER = {"seekers assign": "case.reassign"}


class Captured(Exception):
    """What a service asked of the store."""


class Recording:
    """A store that takes down the rights asked for and decides nothing."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def decide(self, stamp: Any, *parts: Any) -> None:
        raise Captured(*(part.right for part in parts))


def asked_for(method: Callable[..., Any], act: Act, known: dict[str, str]) -> dict[str, Any]:
    """Give something for every argument of a service's method, somebody known for a person."""
    fields = {field.name: dummy(field) for field in act.fields} | known
    wanted = list(inspect.signature(method).parameters.values())[0 if act.begins else 1 :]
    return {
        one.name: fields.get(one.name, Whatever("text"))
        for one in wanted
        if one.name != "stamp" and (one.name in fields or one.default is one.empty)
    }


class Whatever(str):
    """A text, and a record whose every field is a text."""

    __slots__ = ()

    def __getattr__(self, name: str) -> str:
        return "text"


def dummy(field: Field) -> Any:
    """Something of the kind that a field gives."""
    value: Any = {"int": 1, "bool": True, "date": TODAY, "month": TODAY, "money": 1}.get(field.kind)
    if value is None:
        value = next(iter(field.choices or {}), "text")
    return (value,) if field.many or field.kind == "table" else value


def test_every_service_asks_for_the_right_that_its_form_shows(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends a form past the page meets the same right in `Store.decide`."""
    from application.store import Stamp

    who = whole.stock.places.who("manager")
    known = {"officer": who.account, "person": whole.stock.known.id}
    other: dict[str, Any] = {}
    for desk, act in acts(whole):
        for service in desk.services:
            if isinstance(getattr(service, "_store", None), Recording):
                continue
            monkeypatch.setattr(service, "_store", Recording(whole.office.store))
        given = () if act.begins else (stream_of(whole, desk),)
        stamp = Stamp(who, str(uuid.uuid4()), TODAY)
        method = desk.method(act.verb)
        try:
            method(*given, stamp=stamp, **asked_for(method, act, known))
        except Captured as captured:
            name = f"{desk.kind} {act.verb}"
            if captured.args[0] != NARROWER.get(name, act.right):
                other[name] = (act.right, captured.args)
        except Exception as error:  # noqa: BLE001 - said in the assertion
            other[f"{desk.kind} {act.verb}"] = repr(error)[:150]
    assert not other, other


def test_an_informant_sees_own_leads_and_no_other_case(whole: Whole) -> None:
    client = whole.client("informant")
    for case in whole.cases.values():
        listed = whole.office.caseload.case(case)
        assert listed is not None
        assert case not in client.get("/cases?whose=team").text
        found = client.post("/search", text=listed.case_no or case).headers["location"]
        assert case not in client.get(found).text
    page = client.get("/seekers/new/record_lead")
    assert page.status_code == 200
    done = client.post(
        "/seekers/new/record_lead",
        command_id=str(uuid.uuid4()),
        occurred_on=TODAY.isoformat(),
        name="演示线索人",
        sex="female",
        domicile="440784",
        channel="grid_worker",
        note="住在河边",
    )
    assert done.status_code == 303, done.text
    whole.catch_up()
    lead = done.headers["location"]
    assert client.get(lead).status_code == 200
    assert lead in client.get("/cases").text
    assert whole.client("stranger").get(lead).status_code == 403
