"""Ids in sentences are read as names: persons by right, employers, cases by their number."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.requests import Request

from tests.web.dispute_office import Office, words
from web.naming import namer


def begun(office: Office) -> str:
    """A case whose only claimant failed in mediation and was told no routes."""
    office.on(3, 2)
    case = office.do("new", "record_intake", channel="walk_in", summary="欠薪")
    firm = "锦霞制衣（示例）有限公司 91449901MAXX000313"
    office.do(case, "add_respondent", respondent=firm, role="employer")
    table = "李国栋 449902200102030373\tC01\t2025-09\t2025-11\t8960"
    office.do(case, "state_claims_table", rows=table)
    office.do(case, "receive_application", form="oral")
    office.do(case, "accept")
    office.do(case, "assign_mediator", mediator="staff-mediator", role="owner")
    office.do(case, "fail_mediation", workers=list(office.case(case).workers), reason="no_show")
    return case


@pytest.mark.parametrize(
    ("role", "name"), [("mediator", "李国栋"), ("station_manager", "李* 0373")]
)
def test_a_refusal_names_the_worker_as_the_reader_may_see_it(role: str, name: str) -> None:
    office = Office()
    case = begun(office)
    (worker,) = office.case(case).workers
    ask = {"workers": [worker], "route": "arbitration", "body": "仲裁委"}
    answer = office.ask(case, "escalate", as_=role, **ask)
    assert answer.status_code == 409
    assert f"转出前须先告知{name}救济途径" in words(answer)


def test_employers_and_cases_are_named_and_other_words_stay() -> None:
    office = Office()
    case = begun(office)
    state = office.case(case)
    visit = SimpleNamespace(session=SimpleNamespace(who=None))
    app = SimpleNamespace(state=SimpleNamespace(parts=office.parts))
    made: Any = SimpleNamespace(state=SimpleNamespace(visit=visit, about=None), app=app)
    name = namer(cast("Request", made))
    assert name(case) == state.case_no
    assert name(next(iter(state.respondents))) == "锦霞制衣（示例）有限公司"
    assert name("2026-03-02") == "2026-03-02"
    assert name("dispute-unknown") == "dispute-unknown"
    visit.session = None
    assert name(case) == case  # nobody is named to who is not signed in
