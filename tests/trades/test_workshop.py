"""Story 8 over HTTP with its days and amounts: lamp strings by the piece, paid after a dispute."""

from datetime import date, timedelta

import pytest

from domain.dispute import DisputeCase
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.workshop import DayLine, WorkshopOrder
from tests.trades.conftest import Town
from tests.trades.test_vacancies import stream

JUNE = [date(2025, 6, 2) + timedelta(days=n) for n in range(21)]


def order(town: Town, on: str = "2025-05-30", **changed: str) -> str:
    terms = {
        "customer": town.stock.customer.id,
        "product": "灯串",
        "quantity": "10000",
        "unit_price": "0.80",
        "piece_price": "0.60",
        "due_on": "2025-08-29",
        "quality_rule": "逐串点亮检验",
        "payout_day": "10",
    }
    path = town.at("caseworker").do("/workshop/new/receive_order", occurred_on=on, **terms)
    return path.partition("#")[0]


def spent(town: Town, path: str, worker: str, day: date, good: int) -> None:
    """Record and check one day of a hundred pieces."""
    service, stamp = town.office.workshop, town.stamp("caseworker", day)
    service.record_day(stream(path), lines=[DayLine(worker, 100, 480)], stamp=stamp)
    lines = [DayLine(worker, good, 100 - good)]
    stamp = town.stamp("caseworker", day)
    service.check_day(stream(path), worked_on=day, lines=lines, stamp=stamp)


def load(town: Town, path: str) -> WorkshopOrder:
    return town.office.store.load(WorkshopOrder, stream(path))


def test_story_8_from_the_order_to_the_money_with_a_dispute_between(town: Town) -> None:
    browser, huang = town.at("caseworker"), town.stock.seekers[10]
    worker, path = huang.someone.id, order(town)
    browser.do(f"{path}/issue_material", occurred_on="2025-05-30", worker=worker, quantity="100")
    page = browser.refused(
        f"{path}/record_day", occurred_on="2025-06-02", **{f"quantity-{worker}": "120"}
    )
    assert "W-01" in page
    assert f'id="f-quantity-{worker}-said"' in page
    assert 'value="120"' in page
    assert load(town, path).recorded(worker) == 0
    browser.do(f"{path}/issue_material", occurred_on="2025-06-02", worker=worker, quantity="2000")
    for number, day in enumerate(JUNE):
        if 1 < number < 20:  # as the sheet does, without the pages
            spent(town, path, worker, day, 98 if number < 7 else 99)
            continue
        cells = {f"quantity-{worker}": "100", f"minutes-{worker}": "480"}
        browser.do(f"{path}/record_day", occurred_on=day.isoformat(), **cells)
        good = 98 if number < 7 else 99
        checked = {f"accepted-{worker}": str(good), f"rejected-{worker}": str(100 - good)}
        place = f"{path}/check_day?day={day}"
        browser.do(place, occurred_on=day.isoformat(), worked_on=day.isoformat(), **checked)
    state = load(town, path)
    assert (state.recorded(worker), state.accepted) == (2_100, 2_072)
    assert state.earned(worker) == Fen(124_320)
    assert "待结算" in browser.see(f"{path}/close_payroll")
    browser.do(f"{path}/close_payroll", occurred_on="2025-06-30", month="2025-06",
               pay_by="2025-07-10")  # fmt: skip
    page = browser.see(path)
    assert "¥1,243.20" in page
    assert f"{path}/open_dispute?worker={worker}" in page
    early = browser.refused(
        f"{path}/open_dispute", occurred_on="2025-07-10", worker=worker, summary="未付"
    )
    assert "W-05" in early
    assert "到期未发的计件工资" in browser.see("/workshop")
    browser.do(f"{path}/open_dispute?worker={worker}", occurred_on="2025-07-15", worker=worker,
               summary="黄彩莲反映灯串计件报酬未付")  # fmt: skip
    (opened,) = load(town, path).disputes
    assert (opened.amount, opened.months) == (Fen(124_320), ("2025-06",))
    dispute = town.office.store.load(DisputeCase, opened.dispute)
    (claim,) = dispute.claims.values()
    assert (claim.code, claim.claimed, claim.worker) == ("C14", Fen(124_320), worker)
    assert dispute.respondents
    assert set(dispute.seekers) == {huang.stream}
    assert town.office.store.load(SeekerCase, huang.stream).disputes == {opened.dispute}
    town.settle()
    assert f"/disputes/{opened.dispute}" in browser.see(path)
    assert dispute.workshop_order == stream(path)
    page = browser.see(f"/disputes/{opened.dispute}")
    assert f'href="{path}"' in page
    assert f'href="/seekers/{huang.stream}"' in page
    assert f"/disputes/{opened.dispute}" in browser.see(f"/seekers/{huang.stream}")
    twice = browser.refused(
        f"{path}/open_dispute", occurred_on="2025-07-16", worker=worker, summary="又来"
    )
    assert "W-05" in twice
    pay(town, path, f"2025-06|{worker}")


def pay(town: Town, path: str, line: str) -> None:
    """Pay the line: a fen less or more is refused, the whole is taken."""
    browser = town.at("caseworker")
    short = {"line": line, "amount": "1243.19", "voucher_no": "JJ-1"}
    assert "W-02" in browser.refused(f"{path}/pay_piecework", occurred_on="2025-07-22", **short)
    more = {"line": line, "amount": "1243.21", "voucher_no": "JJ-1"}
    page = browser.refused(f"{path}/pay_piecework", occurred_on="2025-07-22", **more)
    assert "W-03" in page
    assert 'value="1243.21"' in page
    exact = {"line": line, "amount": "1243.20", "voucher_no": "JJ-1"}
    browser.do(f"{path}/pay_piecework", occurred_on="2025-07-22", **exact)
    assert load(town, path).unpaid() == Fen(0)


def test_pay_an_hour_below_the_minimum_is_flagged(town: Town) -> None:
    town.office.minimum_wages.enter(
        place="440784", monthly=Fen(190_000), hourly=Fen(1_830), from_on=date(2025, 3, 1), by="x"
    )
    browser, path = town.at("caseworker"), order(town)
    slow, quick = town.stock.seekers[11].someone.id, town.stock.seekers[12].someone.id
    for worker in (slow, quick):
        browser.do(f"{path}/issue_material", occurred_on="2025-05-30", worker=worker,
                   quantity="500")  # fmt: skip
    cells = {f"quantity-{slow}": "100", f"minutes-{slow}": "480",
             f"quantity-{quick}": "300", f"minutes-{quick}": "480"}  # fmt: skip
    browser.do(f"{path}/record_day", occurred_on="2025-06-02", **cells)
    checked = {f"accepted-{slow}": "100", f"accepted-{quick}": "300"}
    browser.do(f"{path}/check_day", occurred_on="2025-06-02", worked_on="2025-06-02", **checked)
    page = browser.see(path)
    assert page.count("低于最低") == 1  # 7.50 an hour; the other makes 22.50
    assert "¥7.50" in page
    assert "¥22.50" in page


def test_a_sheet_takes_numbers_only_and_keeps_what_was_typed(town: Town) -> None:
    browser, path = town.at("caseworker"), order(town)
    worker = town.stock.seekers[13].someone.id
    browser.do(f"{path}/issue_material", occurred_on="2025-05-30", worker=worker, quantity="50")
    page = browser.refused(
        f"{path}/record_day", occurred_on="2025-06-02", **{f"quantity-{worker}": "一百"}
    )
    assert f'id="f-quantity-{worker}-said"' in page
    assert 'value="一百"' in page
    page = browser.refused(f"{path}/record_day", occurred_on="2025-06-02")
    assert "请至少填一人" in page


@pytest.mark.parametrize("verb", ["record_day", "check_day", "issue_material"])
def test_a_cancelled_order_says_why_it_takes_nothing(town: Town, verb: str) -> None:
    browser, path = town.at("caseworker"), order(town)
    browser.do(f"{path}/cancel_order", occurred_on="2025-06-02", reason="客户撤单")
    assert "W-00" in browser.see(f"{path}/{verb}", 409)
    assert "已取消" in browser.see(path)


def test_an_auditor_reads_orders_and_writes_nothing(town: Town) -> None:
    path = order(town)
    auditor = town.at("auditor")
    assert "灯串" in auditor.see(path)
    assert auditor.client.get(f"{path}/record_day").status_code == 403
    assert "/workshop/new/receive_order" not in auditor.see("/workshop")
