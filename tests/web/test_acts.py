"""Acts as forms: what is typed reaches the service, and comes back when refused."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from application.store import Clash, Unavailable
from domain.money import Fen
from tests.web import fakes
from tests.web.contracts import mismatches
from tests.web.desk import ACTS, Errands, Share, desk, opened
from tests.web.reading import forms, send, typed
from web.acts import Act, Field

CASE = "errand-1"
GOOD = {"amount": "￥1,000.00", "way": "bank", "occurred_on": "2026年4月2日"}


class Office:
    """A site with one trade, and a browser at it."""

    def __init__(self, role: str) -> None:
        self.store = fakes.FakeStore()
        self.service = Errands(self.store)
        self.store.states[CASE] = opened()
        self.progress = fakes.FakeProgress()
        self.parts = fakes.parts(
            store=self.store, progress=self.progress, desks={"errands": desk(self.service)}
        )
        self.browser: TestClient = fakes.browser(self.parts, role)


@pytest.fixture
def office() -> Office:
    return Office("mediator")


def test_what_is_typed_reaches_the_service_as_values(office: Office) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    answer = send(
        office.browser,
        page,
        **GOOD,
        days="3",
        note="备注",
        on_site="1",
        shares="罗美兰\t15,000.00\nw2，13800",
        workers=["w1", "w2"],
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/errands/{CASE}#latest")
    assert office.service.asked == {
        "case": CASE,
        "amount": Fen(100_000),
        "way": "bank",
        "days": 3,
        "note": "备注",
        "on_site": True,
        "shares": (Share("w1", Fen(1_500_000)), Share("w2", Fen(1_380_000))),
        "workers": ("w1", "w2"),
    }


def test_the_stamp_says_who_under_which_id_and_when(office: Office) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    send(office.browser, page, **(GOOD | {"amount": "10"}))
    (stamp,) = office.service.stamps
    assert (stamp.actor, stamp.occurred_on) == ("staff-mediator", date(2026, 4, 2))
    assert stamp.command_id == typed(page)["command_id"]


def test_the_redirect_waits_until_the_tables_show_what_was_recorded(office: Office) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    send(office.browser, page, **(GOOD | {"amount": "10"}))
    assert office.progress.waited == [7]


def test_a_refusal_comes_back_at_its_field_with_everything_typed(office: Office) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    answer = send(office.browser, page, **(GOOD | {"amount": "1000.01", "note": "打字<b>"}))
    assert answer.status_code == 409
    assert "不能多于¥1,000.00。" in answer.text
    assert "规则 D-07" in answer.text
    assert 'id="f-amount-said"' in answer.text
    again = typed(answer)
    assert (again["amount"], again["way"]) == ("1000.01", "bank")
    assert again["command_id"] == typed(page)["command_id"]
    assert "打字&lt;b&gt;" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("amount", "", "F-00"),
        ("amount", "12.345", "D-06"),
        ("amount", "1e3", "D-06"),
        ("way", "barter", "F-00"),
        ("days", "1.5", "F-00"),
        ("note", "长" * 5_001, "F-00"),
        ("shares", "罗美兰", "F-00"),
        ("shares", "某某\t5", "F-00"),
        ("shares", "罗美兰\t五元", "D-06"),
        ("workers", "w9", "F-00"),
        ("occurred_on", "2026-02-30", "S-19"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(
    office: Office, field: str, value: str, rule: str
) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    answer = send(office.browser, page, **(GOOD | {field: value}))
    assert answer.status_code == 409
    assert f"规则 {rule}" in answer.text
    assert f'href="#f-{field}"' in answer.text
    assert office.service.stamps == []


def test_an_act_that_the_state_refuses_is_shown_with_its_reason() -> None:
    office = Office("station_manager")
    answer = office.browser.get(f"/errands/{CASE}/reopen")
    assert answer.status_code == 409
    assert "当前状态为“已受理”，不能办理此事项。" in answer.text
    assert 'aria-disabled="true"' in answer.text


def test_an_act_that_the_role_never_has_is_no_page_of_that_role(office: Office) -> None:
    assert office.browser.get(f"/errands/{CASE}/reopen").status_code == 403


@pytest.mark.parametrize(
    "path", ["/errands/nobody/pay", f"/errands/{CASE}/dance", "/errands/new/pay"]
)
def test_what_is_not_there_is_a_missing_page(office: Office, path: str) -> None:
    assert office.browser.get(path).status_code == 404


def test_a_new_case_is_opened_where_the_answer_says(office: Office) -> None:
    page = office.browser.get("/errands/new/open")
    answer = send(office.browser, page, title="甲", month="2026年3月")
    assert answer.headers["location"] == "/errands/errand-new"
    assert office.service.asked == {"title": "甲", "month": date(2026, 3, 1)}


def test_a_form_without_an_id_records_nothing(office: Office) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")
    answer = send(office.browser, page, **(GOOD | {"command_id": ""}))
    assert answer.status_code == 409
    assert office.service.stamps == []


def test_a_clash_shows_what_others_recorded_and_keeps_the_form(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")

    def clash(*_: object) -> None:
        raise Clash([])

    monkeypatch.setattr(office.store, "decide", clash)
    answer = send(office.browser, page, **GOOD)
    assert answer.status_code == 409
    assert typed(answer)["amount"] == "￥1,000.00"


def test_a_tired_log_says_when_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.browser.get(f"/errands/{CASE}/pay")

    def tired(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(office.store, "decide", tired)
    answer = send(office.browser, page, **GOOD)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_every_input_of_a_form_has_a_label(office: Office) -> None:
    for form in forms(office.browser.get(f"/errands/{CASE}/pay")):
        for name in form.shown:
            assert name in form.labelled, name


def test_acts_and_service_say_the_same() -> None:
    assert mismatches(ACTS, (Errands,)) == []


def test_a_field_more_or_less_than_the_service_takes_is_found() -> None:
    found = mismatches([Act("reopen", "", [Field("why", "")]), Act("fly", "")], (Errands,))
    assert found == [
        "open: no act",
        "pay: no act",
        "fly: no such verb",
        "reopen: no argument ['why'], no field []",
    ]


def test_a_code_without_choices_is_no_field() -> None:
    with pytest.raises(ValueError, match="choices"):
        Field("way", "方式", "code")
