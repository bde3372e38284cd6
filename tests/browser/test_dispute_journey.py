"""A mediator leads a wage dispute from intake to the closing, in Chinese, with and without JS."""

import pytest

from domain.dispute import DisputeCase
from domain.money import Fen
from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.visitor import ALL, FIRST

TODAY = "2026-04-16"


@pytest.mark.parametrize(
    ("number", "javascript", "hour"),
    [
        (3, True, "10"),
        pytest.param(4, False, "14", marks=pytest.mark.long),
    ],
)
def test_a_dispute_is_led_from_intake_to_performance(
    come: Come, site: Site, number: int, javascript: bool, hour: str
) -> None:
    worker, firm = site.stock.fresh[number], site.stock.firm
    said = f"{worker.name} {worker.id_no}"
    desk = come("mediator", javascript=javascript)
    case = desk.do("/disputes/new", "record_intake", channel="walk_in", summary="三月工资未发")
    assert "来访" in desk.words
    desk.do(case, "add_respondent", respondent=f"{firm.name} {firm.credit_code}", role="employer")
    desk.do(case, "add_claimant", worker=said, job="装配工")
    desk.do(case, "state_claim", row=f"{worker.name}\tC01\t2026-02\t2026-03\t8400.00\t8400.00")
    desk.do(case, "receive_application", form="oral")
    assert "已收件" in desk.words
    desk.do(case, "accept")
    assert "已受理" in desk.words
    name = site.stock.places.staff["mediator"].person.name
    desk.do(case, "assign_mediator", mediator=name, role="主办")
    assert "已指派" in desk.words
    desk.do(
        case, "schedule_session", on=TODAY, from_at=f"{hour}:00", to_at=f"{hour}:50",
        place="调解室",
    )  # fmt: skip
    desk.do(case, "hold_session", session=FIRST, present=ALL, minutes="双方同意分期付清")
    assert "调解中" in desk.words
    desk.do(
        case, "sign_agreement", signed_by=ALL, sealed=True, lines="1\t8400.00",
        perform_by=TODAY, terms="当日付清",
    )  # fmt: skip
    assert "已达成协议" in desk.words
    desk.do(
        case, "record_payment", agreement=FIRST, payer=firm.name, fund="employer",
        method="bank", voucher_no=f"P-{number}-1", lines="1\t3000.00",
    )  # fmt: skip
    assert "履行中" in desk.words
    paid = {"payer": firm.name, "fund": "employer", "method": "bank", "lines": "1\t5400.00"}
    words = desk.refused(
        case, "record_payment", agreement=FIRST, voucher_no=f"P-{number}-1", **paid
    )
    assert "D-07" in words
    desk.fill(voucher_no=f"P-{number}-2")
    desk.submit()
    assert "履行完毕" in desk.words
    desk.do(case, "close", outcome="settled_performed")
    assert "已结案" in desk.words
    state = site.office.store.load(DisputeCase, case.removeprefix("/disputes/"))
    assert (state.standing, state.totals.paid) == ("CLOSED", Fen(840_000))
