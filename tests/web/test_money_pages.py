"""The ledger of subsidies over HTTP: story 9 to its thirty-seventh month, and what is told."""

from datetime import date

import pytest

from domain.money import Fen
from domain.seeker import SeekerCase
from tests.web.reading import Page, typed
from tests.web.seeker_office import Office, registered, take

CHEN = {"id_no": "449902196904050318", "name": "陈志强", "sex": "male"}


@pytest.fixture
def office() -> Office:
    made = Office()
    made.store.today = date(2023, 6, 1)
    made.vacancy()
    return made


def done(office: Office, case: str, verb: str, role: str = "caseworker", **values: object) -> None:
    answer = take(office.at(role), case, verb, **values)
    assert answer.status_code == 303, answer.text[-3000:]


def chen(office: Office) -> str:
    """Story 9: recognised as disabled, on a public-welfare post from 2023-08-01 to 2026-07-31."""
    case = registered(office, **CHEN)
    done(office, case, "give_consent", purpose="sensitive", notice_version="2023-05")
    done(office, case, "apply_for_hardship", category="H02", proofs="残疾人证")
    done(
        office, case, "post_hardship_notice",
        hardship="1", notice_from="2023-06-01", notice_to="2023-06-08",
    )  # fmt: skip
    office.store.today = date(2023, 6, 12)
    done(office, case, "recognise_hardship", "station_manager", hardship="1")
    office.store.today = date(2023, 8, 1)
    done(
        office, case, "place",
        kind="public_welfare", start_on="2023-08-01", employer="employer-1",
        term_until="2026-07-31",
    )  # fmt: skip
    return case


def asked(office: Office, case: str, month: str) -> None:
    done(
        office, case, "apply_for_subsidy",
        kind="post", rests_on="placement 1", amount="1720", months=month,
    )  # fmt: skip


def test_a_month_goes_from_the_application_to_the_voucher_by_four_eyes(office: Office) -> None:
    case = chen(office)
    office.store.today = date(2023, 9, 4)
    asked(office, case, "2023-08")
    done(office, case, "check_subsidy", subsidy="1", findings="in_order")
    own = take(office.at(), case, "approve_subsidy", subsidy="1", amount="1720")
    assert "经办人不能对本人录入的补贴申请作出决定" in own.text
    done(office, case, "approve_subsidy", "station_manager", subsidy="1", amount="1720")
    done(
        office, case, "pay_subsidy", "station_manager",
        subsidy="1", amount="1720", voucher_no="BT-1", months="2023-08",
    )  # fmt: skip
    text = office.at().get(f"{case}/subsidies").text
    for word in ("¥1,720.00", "BT-1", "已发 1 个月", "2023-08 已发", "2023-09 可申请", "2 / 36"):
        assert word in text, word
    assert "第1号就业登记" in text
    ledger = office.at("station_manager").get("/subsidies").text
    assert "岗位补贴" in ledger
    assert "¥1,720.00" in ledger
    assert f"{case}/subsidies" in Page(ledger).links
    assert "陈*" in ledger
    assert "没有符合条件的补贴" in office.at().get("/subsidies?kind=training").text


def test_the_thirty_seventh_month_is_refused_and_everything_typed_stays(office: Office) -> None:
    case = chen(office)
    office.store.today = date(2026, 8, 20)
    answer = take(
        office.at(), case, "apply_for_subsidy",
        kind="post", rests_on="placement 1", amount="1720", months="2026-08",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "2026-08不在该就业登记的起止期间内" in answer.text
    assert "S-12" in answer.text
    assert 'id="f-months-said"' in answer.text
    assert typed(answer)["amount"] == "1720"
    longer = take(
        office.at(), case, "place",
        kind="public_welfare", start_on="2026-08-01", employer="employer-1",
        term_until="2026-12-31",
    )  # fmt: skip
    assert longer.status_code == 409
    assert "S-11" in longer.text


def test_a_second_stay_takes_a_station_managers_reason(office: Office) -> None:
    case = chen(office)
    office.store.today = date(2026, 8, 20)
    done(office, case, "end_placement", placement="1", ended_on="2026-07-31", reason="term_over")
    values = {
        "kind": "public_welfare", "start_on": "2026-08-01", "employer": "employer-1",
        "term_until": "2026-12-31", "override": "重度残疾证明已核",
    }  # fmt: skip
    assert take(office.at(), case, "place", **values).status_code == 409
    done(office, case, "place", "station_manager", **values)
    state = office.store.load(SeekerCase, case.rpartition("/")[2])
    assert state.placements[2].overridden
    office.store.today = date(2026, 9, 2)
    done(
        office, case, "apply_for_subsidy",
        kind="post", rests_on="placement 2", amount="1720", months="2026-08",
    )  # fmt: skip
    assert office.store.load(SeekerCase, case.rpartition("/")[2]).subsidies[1].amount == Fen(
        172_000
    )


def test_the_exact_category_is_hidden_from_other_officers(office: Office) -> None:
    case = chen(office)
    other = office.at("station_manager").get(case).text
    assert "残疾人员" not in other
    assert "限制查看" in other
    replayed = office.at("station_manager").get(f"{case}/hardships/1/replay").text
    assert "H02" not in replayed
