"""Accounts, settings, calendar, stations and the state of the projections, and who may see them."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from application.directory import Directory
from domain.station.facts import Opened
from tests.database import Database
from tests.memory import MemoryStore
from tests.projections.played import tell
from tests.projections.trial import FakeLog
from tests.web import fakes
from tests.web.office import office
from tests.web.reading import Page, act_form, forms, send
from web.admin_settings import read_days
from web.office_parts import OfficeParts
from web.parts import SiteParts
from web.stations import station_desk

HOME = fakes.STATION


def terms(name: str, parent: str | None = None) -> Opened:
    return Opened(
        official_name=name,
        kind="station",
        level="town" if parent else "county",
        parent=parent,
        district="449901",
        address="示例路1号",
        hours="9:00-17:00",
        trades=("缝纫",),
        phone="0750-555 0100",
        operator="government",
    )


@pytest.fixture
def own(database: Database, tmp_path: Path) -> OfficeParts:
    log = FakeLog()
    tell(log, HOME, [(terms("示例一区就业驿站"), date(2026, 1, 5))])
    tell(log, "station-2", [(terms("示例镇就业驿站", HOME), date(2026, 1, 6))])
    made = office(database, tmp_path, log=log)
    made.runner.catch_up()
    made.settings.seed()
    return made


@pytest.fixture
def site(own: OfficeParts) -> SiteParts:
    store = MemoryStore(fakes.TODAY)
    directory = Directory(store, network=own.entries.network, open_cases=lambda _station: 0)
    return fakes.parts(
        extra={"office": own}, store=store, desks={"stations": station_desk(directory)}
    )


@pytest.fixture
def admin(site: SiteParts) -> TestClient:
    return fakes.browser(site, "admin")


def test_the_directory_is_a_tree(admin: TestClient) -> None:
    page = admin.get("/stations")
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.text.index("示例一区就业驿站") < page.text.index("示例镇就业驿站")
    assert "/stations/station-2" in Page(page.text).links


def test_a_station_is_opened_changed_and_closed(admin: TestClient) -> None:
    form = admin.get("/stations/new/open")
    answer = send(
        admin,
        form,
        official_name="示例二区就业驿站",
        kind="station",
        level="county",
        parent="",
        district="449902",
        address="示例路2号",
        hours="9:00-17:00",
        trades="缝纫、保洁",
        phone="0750-555 0101",
        operator="government",
        occurred_on=fakes.TODAY.isoformat(),
    )
    assert answer.status_code == 303
    at = answer.headers["location"]
    assert "缝纫、保洁" in admin.get(at).text
    changed = send(admin, admin.get(f"{at}/change_details"), field="trades", value="餐饮、保安")
    assert changed.status_code == 303
    assert "餐饮、保安" in admin.get(at).text
    assert send(admin, admin.get(f"{at}/close"), reason="合并").status_code == 303
    assert "已关闭" in admin.get(at).text


def test_a_station_without_a_right_name_is_refused_at_its_field(admin: TestClient) -> None:
    values = {
        "official_name": "abc",
        "kind": "station",
        "level": "county",
        "district": "449902",
        "address": "x",
        "hours": "x",
        "trades": "x",
        "phone": "x",
        "operator": "government",
    }
    answer = send(admin, admin.get("/stations/new/open"), **values)
    assert answer.status_code == 409
    assert "T-01" in answer.text
    assert act_form(answer).values["official_name"] == "abc"


def test_an_account_is_opened_and_its_password_is_told_once(
    admin: TestClient, database: Database
) -> None:
    values = {"name": "何志远", "sex": "male", "login": "he.zhiyuan", "operator": "government"}
    form = admin.get("/staff/new")
    answer = send(admin, form, station="x1", occurred_on="2026-03-02", **values)
    assert answer.status_code == 200
    assert re.search(r"<code>Aa7-[\w-]{16}</code>", answer.text)
    assert answer.headers["cache-control"] == "no-store"
    with database.pools.reader.connection() as conn:
        topics = conn.execute("SELECT topic FROM log.events ORDER BY notification_id").fetchall()
    assert topics == [("person.registered",), ("staff.account_opened",)]


def test_a_setting_is_entered_with_its_day_and_a_wrong_one_is_refused(
    admin: TestClient, own: OfficeParts
) -> None:
    page = admin.get("/settings")
    form = next(f for f in forms(page) if f.action == "/settings")
    values = form.values | {"code": "back_days", "from_on": "2026-05-01", "value": "3"}
    assert admin.post("/settings", data=values).status_code == 303
    held = own.settings.settings()
    assert [held.value("back_days", date(2026, d, 1)) for d in (4, 5)] == [30, 3]
    assert admin.post("/settings", data=values | {"value": "4"}).status_code == 303
    history = admin.get("/settings").text.partition('id="history"')[2]
    assert history.count(">back_days</code>") == 2
    assert history.count("已被同日的后一次取代") == 1
    refused = admin.post("/settings", data=values | {"value": "-1"})
    assert refused.status_code == 409
    assert "设置的值不能为负。" in refused.text


def test_settings_are_named_in_the_language_of_the_reader(admin: TestClient) -> None:
    page = admin.get("/settings")
    assert "分期付款宽限（天）" in page.text
    csrf = forms(page)[-1].values["csrf"]
    admin.post("/look", data={"csrf": csrf, "language": "en", "back": "/settings"})
    told = admin.get("/settings").text
    assert "grace of an instalment (days)" in told
    assert "分期付款宽限（天）" not in told


def test_a_year_is_entered_and_what_it_moves_is_said(admin: TestClient, own: OfficeParts) -> None:
    form = next(f for f in forms(admin.get("/calendar")) if f.action == "/calendar")
    values = {"year": "2027", "rest": "2027-01-01\n2027-02-05 至 2027-02-11", "worked": ""}
    page = admin.post("/calendar", data=form.values | values)
    assert page.status_code == 200
    assert re.search(r"7 working: [1-9]", page.text)
    assert 2027 not in own.settings.calendar().years
    version = re.findall(r'name="confirmed" value="(\d+)"', page.text)[0]
    entered = admin.post("/calendar", data=form.values | values | {"confirmed": version})
    assert entered.headers["location"].startswith("/jobs/")
    assert 2027 in own.settings.calendar().years
    refused = admin.post("/calendar", data=form.values | values | {"year": "2028"})
    assert refused.status_code == 409


def test_days_are_read_singly_and_as_spans() -> None:
    days = read_days("2027-01-01\n2027-02-05 至 2027-02-07，2027/3/1", "rest")
    assert [(d.month, d.day) for d in days] == [(1, 1), (2, 5), (2, 6), (2, 7), (3, 1)]


def test_the_projections_show_how_far_they_are_and_are_rebuilt_by_a_job(
    admin: TestClient, own: OfficeParts
) -> None:
    page = admin.get("/projections")
    assert "全部跟上，落后 0 条" in page.text
    form = next(f for f in forms(page) if f.action == "/projections/rebuild")
    answer = admin.post(form.action, data=form.values)
    assert answer.status_code == 303
    assert "等待开始" in admin.get(answer.headers["location"]).text


def test_a_parked_case_is_shown_without_personal_data_and_can_be_tried_again(
    admin: TestClient, database: Database
) -> None:
    with database.pools.projector.connection() as conn:
        conn.execute(
            "INSERT INTO wall.parked VALUES ('facts', 'station-2', 2, 'station.opened', %s)",
            ["ValueError: 龚凤"],
        )
    page = admin.get("/projections")
    assert "搁置了 1 件案件" in page.text
    assert "龚凤" not in page.text
    form = next(f for f in forms(page) if "unpark" in f.action)
    assert admin.post(form.action, data=form.values).status_code == 303
    assert "没有搁置的案件。" in admin.get("/projections").text


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("caseworker", "/staff", 403),
        ("caseworker", "/settings", 403),
        ("station_manager", "/calendar", 403),
        ("station_manager", "/staff/new", 403),
        ("station_manager", "/staff", 200),
        ("mediator", "/projections", 403),
        ("auditor", "/projections", 200),
        ("caseworker", "/stations", 200),
    ],
)
def test_each_page_opens_for_its_roles(site: SiteParts, role: str, path: str, status: int) -> None:
    assert fakes.browser(site, role).get(path).status_code == status


def test_an_auditor_sees_no_button_that_rebuilds(site: SiteParts) -> None:
    auditor = fakes.browser(site, "auditor")
    page = auditor.get("/projections")
    assert not [f for f in forms(page) if f.action.startswith("/projections")]
    token = next(f for f in forms(page) if "csrf" in f.values).values["csrf"]
    assert auditor.post("/projections/rebuild", data={"csrf": token}).status_code == 403
