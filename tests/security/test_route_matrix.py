"""Every route and method of the real site, asked by every role and by nobody (domain.md 9.1).

The routes come from the site itself; what is expected stands in `matrix.py`, written by hand.
"""

import uuid
from collections.abc import Iterator

from application import rights
from tests.security.conftest import Client, Whole
from tests.security.matrix import NINE_ONE, OF_ACTS, PAGES, ROLES, Tried, tried
from tests.wired import TODAY


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
    vacancy = next(iter(entries.of_kind("vacancy", states=("published",))))
    jobs = whole.parts.extra["office"].jobs
    jobs.cancel(job := jobs.begin("unknown", whole.accounts["admin"], {}))
    return places | {
        "{account}": whole.stock.places.staff["second"].account,
        "{station}": whole.stock.places.staff["caseworker"].station,
        "{code}": "seekers_registered",
        "{version}": "1",
        "{number}": "1",
        "{draft}": "draft-none",
        "{token}": "token-none",
        "{which}": job,
        "{projection}": "caseload",
        "{device}": "device-none",
        "{notice}": "notice-none",
        "{kind}": "job",
        "{entry}": "none",
        "{step}": "serve",
        "{document}": "document-none",
        "{message}": "message-none",
        "{row}": "1",
        "{person}": "person-none",
        "{attachment}": "attachment-none",
        "{hardship}": "1",
        "{household}": "household-none",
        "{referral}": "1",
        "{vacancy}": vacancy.stream,
        "{fair}": "job_fair-none",
        "{stream}": "seeker-none",
    }


def filled(whole: Whole, path: str, gaps: dict[str, str]) -> str:
    if path.startswith("/search/"):
        return path  # a search is its owner's: made in the test
    for kind in ("seekers", "disputes"):
        if path.startswith(f"/{kind}/{{case}}"):
            path = path.replace("{case}", whole.cases[kind])
    path = path.replace("{case}", whole.cases["seekers"])
    for gap, value in gaps.items():
        path = path.replace(gap, value if gap.startswith("{") else gap.replace("{stream}", value))
    return path


def visited(whole: Whole) -> Iterator[tuple[Tried, bool]]:
    gaps = places(whole)
    for (method, pattern), let_in in sorted(PAGES.items()):
        if pattern in {"/login", "/login/demo", "/logout", "/projections/rebuild"}:
            continue
        if (method, pattern) == ("POST", "/progress"):
            continue  # the tries of all roles together would wait
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
    assert not wrong, "\n".join(map(str, wrong))
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
