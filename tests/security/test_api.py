"""The JSON API: tokens, the same rights and refusals as the pages, facts up to the watermark."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.canaries import Hunt, canaries
from tests.security.conftest import ADDRESS, Client, Whole
from tests.wired import TODAY


class Program:
    """A program with a token."""

    def __init__(self, whole: Whole, token: str) -> None:
        self._http = TestClient(whole.site, base_url=ADDRESS, raise_server_exceptions=False)
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: Any) -> Any:
        return self._http.get(f"/api/v1{path}", params=query, headers=self._headers)

    def post(self, path: str, **body: Any) -> Any:
        return self._http.post(f"/api/v1{path}", json=body, headers=self._headers)


def program(whole: Whole, role: str, *, writes: bool = False) -> Program:
    tokens = whole.parts.extra["tokens"]
    account = whole.accounts[role]
    for one in tokens.of(account):
        tokens.end(one.id, account=account)
    return Program(whole, tokens.make(account, name="试", days=1, writes=writes))


def operations(whole: Whole) -> Iterator[tuple[str, str]]:
    paths = Program(whole, "")._http.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for method in methods:
            yield method, path


def asked(whole: Whole, by: Program, method: str, path: str) -> int:
    case = whole.cases["seekers"]
    place = path.replace("{kind}", "seekers").replace("{case}", case).replace("{verb}", "add_note")
    if method == "post":
        status: int = by.post(place, command_id=str(uuid.uuid4())).status_code
    else:
        status = by.get(place, first="2026-01-01", last="2026-04-16").status_code
    return status


def test_nobody_without_a_living_token_and_no_admin_reads_anything(whole: Whole) -> None:
    found = list(operations(whole))
    assert len(found) == 6
    for method, path in found:
        assert asked(whole, Program(whole, ""), method, path) == 401
        assert asked(whole, Program(whole, "yz_wrong"), method, path) == 401
        for role in ("admin", "informant"):
            assert asked(whole, program(whole, role, writes=True), method, path) == 403
    cookie = whole.client("auditor").http.get("/api/v1/facts")
    assert cookie.status_code == 401  # a browser's session is no token


def test_a_case_of_another_station_is_not_there(whole: Whole) -> None:
    stranger = program(whole, "stranger", writes=True)
    for path in ("/cases/{case}", "/cases/{case}/facts"):
        assert asked(whole, stranger, "get", path) == 404
    assert asked(whole, stranger, "post", "/{kind}/{case}/{verb}") == 403
    assert program(whole, "auditor").get("/cases/seeker-none").status_code == 404


def test_lists_cases_and_facts_are_those_of_the_pages(whole: Whole) -> None:
    worker, case = program(whole, "caseworker"), whole.cases["seekers"]
    listed = worker.get("/cases").json()
    assert case in {one["case_id"] for one in listed["cases"]}
    assert worker.get("/cases", after="0").json() == listed  # no key of a row: from the first
    one = worker.get(f"/cases/{case}").json()
    assert (one["kind"], one["state"]) == ("seeker", "REGISTERED")
    facts = worker.get(f"/cases/{case}/facts").json()["facts"]
    assert facts[0]["topic"] == "seeker.registered"
    assert worker.get("/facts").status_code == 403
    read = whole.client("auditor").get(f"/reads?case={one['case_no']}").text
    assert "/api/v1/cases/{case}" in read


def test_the_whole_log_is_read_page_by_page_up_to_the_watermark_and_sealed(whole: Whole) -> None:
    auditor, after, positions = program(whole, "auditor"), 0, []
    while True:
        page = auditor.get("/facts", after=after, limit=200).json()
        if not page["facts"]:
            break
        positions += [one["position"] for one in page["facts"]]
        assert Hunt(canaries(1)).search(str(page).encode()) == []
        assert whole.stock.known.name not in str(page)
        after = page["after"]
    assert positions == sorted(set(positions))
    assert positions[-1] == page["watermark"] == whole.last


def test_figures_are_those_of_the_board(whole: Whole) -> None:
    told = program(whole, "station_manager").get(
        "/figures", first="2026-01-01", last=TODAY.isoformat()
    )
    measures = told.json()["measures"]
    assert measures["seekers_registered"]["value"] > 0
    assert measures["paid"]["unit"] == "fen"


def test_an_act_is_recorded_once_with_the_rules_of_the_page(whole: Whole) -> None:
    worker, case = program(whole, "caseworker", writes=True), whole.cases["seekers"]
    note = {"command_id": str(uuid.uuid4()), "note": "接口登记"}
    before = whole.last
    answers = [worker.post(f"/seekers/{case}/add_note", **note) for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert whole.last == before + 1
    refused = worker.post(f"/seekers/{case}/add_note", command_id=str(uuid.uuid4()))
    assert refused.status_code == 409
    assert refused.json() == {"rule": "F-00", "sentence": "此项必填。", "field": "note"}
    stated = worker.post(f"/seekers/{case}/reopen", command_id=str(uuid.uuid4()))
    assert stated.status_code == 403
    reader = program(whole, "caseworker")
    assert reader.post(f"/seekers/{case}/add_note", **note).status_code == 403


def test_a_token_is_shown_once_and_ends(whole: Whole) -> None:
    token = whole.office.accounts.start_session(whole.accounts["auditor"]).token
    owner = Client(whole.site, token)
    made = owner.post("/account/tokens", name="县平台", days="30").text
    secret = made.split("yz_")[1].split("<")[0]
    assert f"yz_{secret}" not in owner.get("/account/tokens").text
    by = Program(whole, f"yz_{secret}")
    assert by.get("/facts").status_code == 200
    with whole.database.pools.writer.connection() as conn:
        rows = conn.execute("SELECT id, hash FROM office.tokens WHERE name = '县平台'").fetchall()
    assert secret not in str(rows)
    owner.post(f"/account/tokens/{rows[0][0]}/end")
    assert by.get("/facts").status_code == 401
    assert owner.post("/account/tokens", name="x", days="366").status_code == 409


def test_a_list_holds_the_stations_of_the_owner_and_no_other(whole: Whole) -> None:
    case = whole.cases["seekers"]
    ours = program(whole, "caseworker").get("/cases", whose="team", limit=500).json()["cases"]
    theirs = program(whole, "stranger").get("/cases", whose="team", limit=500).json()["cases"]
    assert case in {one["case_id"] for one in ours}
    assert case not in {one["case_id"] for one in theirs}
    for role, rows in (("caseworker", ours), ("stranger", theirs)):
        account = whole.accounts[role]
        served = whole.office.accounts.who(account, TODAY)
        assert served is not None
        assert {one["station"] for one in rows} <= served.stations | {served.station}


def test_an_admin_lists_and_ends_the_token_of_another(whole: Whole) -> None:
    by = program(whole, "auditor")
    assert by.get("/facts").status_code == 200
    admin = whole.client("admin")
    (one,) = whole.parts.extra["tokens"].of(whole.accounts["auditor"])
    assert f"/tokens/{one.id}/end" in admin.get("/tokens").text
    other = whole.client("caseworker")
    assert other.post(f"/tokens/{one.id}/end").status_code == 403
    other.post(f"/account/tokens/{one.id}/end")  # one's own only
    assert by.get("/facts").status_code == 200
    assert admin.post(f"/tokens/{one.id}/end").status_code == 303
    assert by.get("/facts").status_code == 401


@pytest.mark.long
def test_no_input_that_a_schema_can_make_breaks_an_operation(whole: Whole) -> None:
    import schemathesis
    from hypothesis import HealthCheck, given, settings

    secret = whole.parts.extra["tokens"].make(
        whole.accounts["auditor"], name="schemathesis", days=1, writes=True
    )
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", whole.site)
    checked = 0
    every: list[Any] = list(schema.get_all_operations())
    for operation in every:
        strategy = operation.ok().as_strategy()

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=strategy)
        def tried(case: Any) -> None:
            answer = case.call(headers={"authorization": f"Bearer {secret}"})
            assert answer.status_code < 500, f"{case.method} {case.path}: {answer.status_code}"
            assert answer.status_code in {200, 401, 403, 404, 409, 422, 429}

        tried()
        checked += 1
    assert checked == 6
