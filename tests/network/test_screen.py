"""The screen on the wall: what hangs there, that nobody is named, and that it asks for little."""

import re
import uuid
from datetime import date

import pytest

from application.persons import Papers
from domain.kernel import Refused
from domain.money import Fen
from domain.vacancy.facts import Drafted
from tests.canaries import Hunt, canaries
from tests.network.conftest import Net, admit, own
from tests.wired import TODAY
from web.network.qr import qr
from yizhan.demo.places import GULAO, HECHENG, MARKET, TAOYUAN

pytestmark = pytest.mark.xdist_group("network")


def path(station: str, token: str, **more: str) -> str:
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/screen/{station}?token={token}{query}"


def test_a_screen_shows_posts_of_its_county_by_pages_of_eight(net: Net) -> None:
    text = net.client().get(path(MARKET, admit(net, MARKET, "screen"))).text
    posts = text.count('class="pay"')
    assert posts > 16  # two full pages and a third
    assert "第 1 页，共" in text
    sheets = re.findall(r'<div class="led-sheet posts" data-sheet( hidden)?>', text)
    assert sheets == ["", *[" hidden"] * (-(-posts // 8) - 1)]
    assert "鹤山市零工市场" in text


def test_without_the_module_the_next_page_comes_by_reload(net: Net) -> None:
    token = admit(net, MARKET, "screen")
    first = net.client().get(path(MARKET, token)).text
    assert 'http-equiv="refresh" content="60;url=/screen/' in first
    assert "page=2" in first
    second = net.client().get(path(MARKET, token, page="2")).text
    sheets = re.findall(r'<div class="led-sheet posts" data-sheet( hidden)?>', second)
    assert sheets[:2] == [" hidden", ""]


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_any_page_number_shows_a_page(net: Net, page: str) -> None:
    text = net.client().get(path(MARKET, admit(net, MARKET, "screen"), page=page)).text
    sheets = re.findall(r'<div class="led-sheet [a-z]+" data-sheet( hidden)?>', text)
    assert sheets.count("") == 1


@pytest.mark.parametrize("case", ["no token", "wrong", "other station", "terminal", "ended"])
def test_nobody_comes_in_without_the_right_token(net: Net, case: str) -> None:
    token = admit(net, MARKET, "terminal" if case == "terminal" else "screen")
    if case == "ended":
        device = own(net).devices.admitted(token, "screen")
        assert device
        own(net).devices.end(net.who("manager"), device.id)
    given = {"no token": "", "wrong": "x" * 43}.get(case, token)
    station = TAOYUAN if case == "other station" else MARKET
    assert net.client().get(path(station, given)).status_code == 404


def test_an_unchanged_screen_is_told_so_and_no_figure_is_counted(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, address = net.client(), path(GULAO, admit(net, GULAO, "screen"), live="1")
    first = browser.get(address)
    assert first.headers["cache-control"].startswith("public")
    assert "set-cookie" not in first.headers
    counted: list[int] = []
    monkeypatch.setattr(type(net.office.statistics), "figures", lambda *_a, **_k: counted.append(1))
    again = browser.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, counted) == (304, [])


def test_a_notice_hangs_until_its_day_and_changes_the_screen(net: Net) -> None:
    browser, address = net.client(), path(GULAO, admit(net, GULAO, "screen"), live="1")
    before = browser.get(address).headers["etag"]
    own(net).notices.put_up(
        net.who("manager"), station=GULAO, title="五一放假安排", body="照常开放", until_on=TODAY,
        today=TODAY,
    )  # fmt: skip
    after = browser.get(address)
    assert after.headers["etag"] != before
    assert "五一放假安排" in after.text
    (notice,) = own(net).notices.hanging((GULAO,), TODAY)
    assert not own(net).notices.hanging((GULAO,), date(2026, 4, 17))
    own(net).notices.take_down(net.who("manager"), notice.id)
    assert "五一放假安排" not in browser.get(address).text


@pytest.mark.parametrize(
    ("title", "body", "field"),
    [
        ("", "x", "title"),
        ("字" * 41, "", "title"),
        ("公告", "字" * 201, "body"),
        ("联系13800138000", "", "title"),
        ("公告", "证号 449901198403120229", "body"),
    ],
)
def test_a_notice_without_title_or_with_a_number_is_refused(
    net: Net, title: str, body: str, field: str
) -> None:
    with pytest.raises(Refused) as told:
        own(net).notices.put_up(
            net.who("manager"), station=GULAO, title=title, body=body, until_on=TODAY, today=TODAY
        )
    assert (told.value.rule, told.value.field) == ("T-04", field)


def test_the_screen_holds_nobodys_data(net: Net) -> None:
    """Whoever is registered, whatever is typed into a post: no name, number or phone hangs."""
    people = canaries(60)[40:48]
    manager, officer = net.who("manager"), "caseworker"
    for one in people:
        net.office.persons.register(
            Papers(one.name, one.sex, id_no=one.id_no),
            domicile="440784",
            phone=one.phone,
            stamp=net.stamp(officer),
        )
    firm = net.office.entries.of_kind("employer", limit=1)[0].stream
    for one in people[:2]:
        _post(net, firm, f"普工 电{one.phone}", one.id_no)
    net.settle()
    assert "station_manager" in manager.roles
    for station in (MARKET, HECHENG):
        page = net.client().get(path(station, admit(net, station, "screen")))
        assert page.status_code == 200
        assert Hunt(people).search(page.content) == []
        assert "普工 电****" in page.text


def test_small_numbers_are_not_shown(net: Net) -> None:
    text = net.client().get(path(GULAO, admit(net, GULAO, "screen"))).text
    figures = re.findall(r"<dd>([^<]+)<small>", text)
    assert len(figures) == 5
    assert all(number == "—" or float(number.replace(",", "")) >= 5 for number in figures)


def test_an_english_screen_is_english(net: Net) -> None:
    text = net.client().get(path(MARKET, admit(net, MARKET, "screen"), lang="en")).text
    assert 'lang="en"' in text
    assert "Vacancies" in text


def test_a_manager_admits_a_screen_once_and_sees_its_address_once(net: Net) -> None:
    browser = net.client("manager")
    page = browser.get("/devices")
    csrf = re.findall(r'name="csrf" value="([^"]+)"', page.text)[0]
    form = {
        "csrf": csrf, "command_id": str(uuid.uuid4()), "kind": "screen", "station": GULAO,
        "name": "门厅屏", "contact": "2 号窗口",
    }  # fmt: skip
    made = browser.post("/devices", data=form)
    (address,) = re.findall(r"<code>(http://[^<]+)</code>", made.text)
    address = address.replace("&amp;", "&")
    assert "2 号窗口" in net.client().get(address).text
    again = browser.post("/devices", data=form)
    assert again.status_code == 409
    assert "http://127.0.0.1:8000/screen" not in again.text
    assert address.split("token=")[1] not in browser.get("/devices").text


@pytest.mark.parametrize("label", ["caseworker", "auditor", "mediator"])
def test_only_managers_and_admins_manage_devices(net: Net, label: str) -> None:
    assert net.client(label).get("/devices").status_code == 403
    with pytest.raises(Refused, match="P-05"):
        own(net).devices.make(net.who(label), kind="screen", station=GULAO, name="x")


def test_a_qr_code_is_square_and_drawn_in_runs() -> None:
    made = qr("http://127.0.0.1:8000/directory/station-1")
    assert made.side > 25
    assert set(re.findall(r"[a-zA-Z]", made.path)) == {"M", "h", "v", "z"}


def _post(net: Net, firm: str, title: str, note: str) -> None:
    stamp = net.stamp
    vacancies, label = net.office.vacancies, "market-1"
    terms = Drafted(
        employer=firm, occupation="other", title=title, headcount=3, conditions=note, work="装配",
        place="440784", pay_from=Fen(400_000), pay_to=Fen(500_000), pay_unit="month", hours=(),
        valid_until=date(2026, 6, 30),
    )  # fmt: skip
    post = vacancies.draft(terms=terms, stamp=stamp(label), fee=Fen(0)).streams[0]
    vacancies.submit(post, stamp=stamp(label))
    vacancies.verify(post, method="visit", stamp=stamp(label))
    vacancies.publish(post, stamp=stamp(label))
