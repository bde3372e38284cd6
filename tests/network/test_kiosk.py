"""The terminal adds to a queue and nothing comes back out; staff take over or decline (F-106)."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.database.roles import WRITER
from domain.kernel import Refused
from domain.terminal import OF_KIND, QUESTIONS, STEPS, check_answer, check_step, receipt
from tests.canaries import Canary, Hunt, canaries
from tests.network.conftest import Net, admit, own
from tests.wired import TODAY
from web.network.questions import ASKED
from yizhan.demo.places import GUILIN, GULAO, HECHENG, WOMEN, XINGYE

pytestmark = pytest.mark.xdist_group("network")
PEOPLE = canaries(40)


def terminal(net: Net, station: str) -> TestClient:
    """A browser that was let in by the token of a terminal."""
    browser = net.client()
    answer = browser.get(f"/terminal/{station}?token={admit(net, station, 'terminal')}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/kiosk")
    return browser


def fields(page: Response) -> dict[str, Any]:
    """The hidden fields of the form that asks; several of a name make a list."""
    form = re.findall(r'<form method="post" action="/kiosk/\w+".*?</form>', page.text, re.DOTALL)[0]
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def answer(browser: TestClient, page: Response, kind: str, **given: Any) -> Response:
    return browser.post(f"/kiosk/{kind}", data=fields(page) | {"go": "next"} | given)


def fill(browser: TestClient, kind: str, **answers: Any) -> Response:
    """Answer every question of a kind, to the page that is looked over."""
    page = browser.get(f"/kiosk/{kind}")
    for question in QUESTIONS[kind]:
        page = answer(browser, page, kind, **{question: answers.get(question, "")})
        assert page.status_code == 200, (question, page.text)
    return page


def job(browser: TestClient, one: Canary) -> Response:
    page = fill(
        browser, "job", trades=["lamps", "garment"], hours=["part_time"], name=one.name,
        phone=one.phone, id_no=one.id_no,
    )  # fmt: skip
    return answer(browser, page, "job", consent="1")


def number(page: Response) -> str:
    (found,) = re.findall(r"<b>([A-Z]\d{3})</b>", page.text)
    return str(found)


def waiting(net: Net, station: str, kind: str) -> list[Any]:
    return [one for one in own(net).queue.waiting((station,)) if one.kind == kind]


def test_one_question_a_page_then_a_look_over_then_a_number(net: Net) -> None:
    browser = terminal(net, GULAO)
    page = browser.get("/kiosk/job")
    assert "第 1 步，共 6 步" in page.text
    one = PEOPLE[0]
    done = job(browser, one)
    assert number(done) == "Z001"
    assert Hunt([one]).search(done.content) == []
    (entry,) = waiting(net, GULAO, "job")
    typed = own(net).queue.typed(net.who("manager"), entry)
    assert typed["name"] == one.name
    assert typed["trades"] == ["lamps", "garment"]


def test_the_look_over_masks_and_hides_nothing_else(net: Net) -> None:
    one = PEOPLE[1]
    browser = terminal(net, GULAO)
    page = fill(browser, "job", trades=["lamps"], name=one.name, phone=one.phone, id_no=one.id_no)
    seen = re.sub(r"<input[^>]*>", "", page.text)
    assert one.name in seen
    assert one.phone not in seen
    assert one.id_no not in seen


def test_back_keeps_what_was_answered(net: Net) -> None:
    browser = terminal(net, GULAO)
    page = fill(browser, "training", trades=["beauty"], name="欧阳静", phone="13800138000")
    back = browser.post("/kiosk/training", data=fields(page) | {"go": "back"})
    assert 'value="13800138000"' in back.text
    assert fields(back)["trades"] == ["beauty"]


@pytest.mark.parametrize(
    ("kind", "question", "given", "said"),
    [
        ("job", "phone", "123", "11位手机号码"),
        ("job", "name", "", "请回答"),
        ("job", "name", "张3", "不能有数字"),
        ("job", "id_no", "449901198403120228", "校验"),
        ("job", "trades", ["astronaut"], "列出的项目"),
        ("training", "trades", "", "至少选一项"),
        ("wages", "amount", "-5", "整数元"),
        ("wages", "amount", "99999999", "整数元"),
        ("appointment", "slot", "2026-04-18 am", "列出的项目"),
        ("appointment", "matter", "marry", "列出的项目"),
    ],
)
def test_a_wrong_answer_is_told_at_its_question_and_kept(
    net: Net, kind: str, question: str, given: Any, said: str
) -> None:
    browser = terminal(net, GULAO)
    page = browser.get(f"/kiosk/{kind}")
    right = {
        "trades": ["lamps"], "hours": "", "name": "欧阳静", "phone": "13800138000",
        "employer": "某工地", "amount": "", "matter": "job", "slot": "2026-04-17 am",
    }  # fmt: skip
    for asked in QUESTIONS[kind]:
        if asked == question:
            break
        page = answer(browser, page, kind, **{asked: right[asked]})
    refused = answer(browser, page, kind, **{question: given})
    assert refused.status_code == 409
    assert said in refused.text
    if isinstance(given, str) and given and ASKED[question].way in {"pad", "text", "secret"}:
        assert f'value="{given}"' in refused.text


def test_nothing_is_handed_in_without_consent(net: Net) -> None:
    browser = terminal(net, WOMEN)
    page = fill(browser, "training", trades=["beauty"], name="欧阳静", phone="13800138000")
    refused = answer(browser, page, "training")
    assert refused.status_code == 409
    assert "请勾选同意" in refused.text
    assert waiting(net, WOMEN, "training") == []


def test_a_form_sent_twice_is_one_entry_with_one_number(net: Net) -> None:
    browser = terminal(net, WOMEN)
    page = fill(browser, "training", trades=["beauty"], name="欧阳静", phone="13800138000")
    first, second = (answer(browser, page, "training", consent="1") for _ in range(2))
    assert number(first) == number(second)
    assert len(waiting(net, WOMEN, "training")) == 1


def test_a_terminal_reads_nothing_back(net: Net) -> None:
    """Its token opens no page of staff, and no page of the terminal shows what was handed in."""
    browser, one = terminal(net, XINGYE), PEOPLE[2]
    job(browser, one)
    (entry,) = waiting(net, XINGYE, "job")
    for path in ("/queue", f"/queue/{entry.id}", f"/queue/{entry.id}/register", "/devices"):
        assert browser.get(path).status_code == 303, path
    for path in ("/kiosk", "/kiosk/job", "/kiosk/posts", "/kiosk/wages"):
        page = browser.get(path)
        assert Hunt([one]).search(page.content) == []
        assert page.headers["cache-control"] == "no-store"
    assert '"cache"' in browser.get("/kiosk").headers["clear-site-data"]


def test_what_is_typed_stands_nowhere_in_clear(net: Net) -> None:
    browser = terminal(net, XINGYE)
    for one in PEOPLE[3:6]:
        job(browser, one)
    hunt = Hunt(PEOPLE[3:6])
    assert hunt.search(written(net)) == []


def test_progress_is_read_on_the_own_phone_and_not_on_the_terminal(net: Net) -> None:
    browser = terminal(net, GULAO)
    assert 'href="/kiosk/progress"' in browser.get("/kiosk").text
    text = browser.get("/kiosk/progress").text
    assert "用自己的手机查进度" in text
    assert 'href="/progress' not in text


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/job", "/kiosk/posts"])
def test_no_other_browser_gets_the_terminals_pages(net: Net, path: str) -> None:
    assert net.client().get(path).status_code == 403
    assert net.client("caseworker").get(path).status_code == 403
    screen = net.client()
    screen.cookies.set("terminal", admit(net, GULAO, "screen"))
    assert screen.get(path).status_code == 403


def test_an_ended_terminal_is_out_at_once(net: Net) -> None:
    token = admit(net, GUILIN, "terminal")
    browser = net.client()
    browser.get(f"/terminal/{GUILIN}?token={token}")
    assert browser.get("/kiosk").status_code == 200
    device = own(net).devices.admitted(token, "terminal")
    assert device
    own(net).devices.end(net.who("manager"), device.id)
    assert browser.get("/kiosk").status_code == 403


def test_a_terminal_that_is_played_with_is_stopped(net: Net) -> None:
    browser = terminal(net, GUILIN)
    codes = []
    for _ in range(45):
        page = browser.get("/kiosk")
        form = {"command_id": str(uuid.uuid4()), "csrf": fields(page)["csrf"]}
        codes.append(browser.post("/kiosk/call", data=form).status_code)
    assert codes[:40] == [200] * 40
    assert set(codes[40:]) == {429}


def test_the_next_number_is_called_in_one_step_in_the_order_of_the_queue(net: Net) -> None:
    browser = terminal(net, HECHENG)
    numbers = []
    for matter in ("job", "wages", "job"):
        page = browser.get("/kiosk/ticket")
        numbers.append(number(answer(browser, page, "ticket", matter=matter)))
    assert [one[0] for one in numbers] == ["A", "C", "A"]
    staff = net.client("caseworker")
    page = staff.get("/queue")
    csrf = re.findall(r'name="csrf" value="([^"]+)"', page.text)[0]
    for expected in numbers:
        staff.post("/queue/next", data={"csrf": csrf, "station": HECHENG})
        assert own(net).queue.called((HECHENG,), TODAY)[0].receipt == expected
    assert own(net).queue.call_next(net.who("caseworker"), HECHENG) is None
    token = admit(net, HECHENG, "screen")
    assert numbers[-1] in net.client().get(f"/screen/{HECHENG}?token={token}").text


def test_two_officers_never_call_the_same_number(net: Net) -> None:
    browser = terminal(net, HECHENG)
    for _ in range(2):
        answer(browser, browser.get("/kiosk/ticket"), "ticket", matter="other")
    queue = own(net).queue
    first, second = (queue.call_next(net.who(who), HECHENG) for who in ("caseworker", "second"))
    assert first
    assert second
    assert first.id != second.id


def test_an_entry_becomes_a_registration_filled_in_as_typed(net: Net) -> None:
    one = PEOPLE[7]
    job(terminal(net, HECHENG), one)
    (entry,) = waiting(net, HECHENG, "job")
    staff = net.client("caseworker")
    assert re.search(r"自助终端有 \d+ 条等待处理", staff.get("/today").text)
    page = staff.get(f"/queue/{entry.id}/register")
    form = _form(page)
    assert form["channel"] == "self_service"
    assert (form["name"], form["id_no"], form["phone"]) == (one.name, one.id_no, one.phone)
    assert one.name not in str(page.url)
    done = staff.post("/seekers/new/register", data=form | {"sex": one.sex})
    assert done.status_code == 303, re.findall(r'class="said"[^<]*(?:<[^>]*>)*([^<]+)', done.text)
    again = staff.post("/seekers/new/register", data=form | {"sex": one.sex})
    assert again.headers["location"] == done.headers["location"]
    after = own(net).queue.entry(net.who("caseworker"), str(entry.id))
    assert after
    assert (after.state, after.holds_data) == ("taken", False)
    assert done.headers["location"].endswith(after.result)


def test_unpaid_wages_become_an_intake_by_one_press(net: Net) -> None:
    one, browser = PEOPLE[8], terminal(net, HECHENG)
    page = fill(
        browser, "wages", employer="河边工地", amount="8960", name=one.name, phone=one.phone
    )
    answer(browser, page, "wages", consent="1")
    (entry,) = waiting(net, HECHENG, "wages")
    staff = net.client("mediator")
    shown = staff.get(f"/queue/{entry.id}")
    assert "¥8,960" in shown.text
    csrf = re.findall(r'name="csrf" value="([^"]+)"', shown.text)[0]
    form = {"csrf": csrf, "command_id": str(uuid.uuid4())}
    done = staff.post(f"/queue/{entry.id}/take", data=form)
    assert done.status_code == 303
    assert done.headers["location"].startswith("/disputes/dispute-")
    assert Hunt([one]).search(written(net)) == []
    again = staff.post(f"/queue/{entry.id}/take", data=form)
    assert again.headers["location"] == done.headers["location"]
    assert waiting(net, HECHENG, "wages") == []


def test_a_booked_visit_keeps_its_phone_until_it_is_over(net: Net) -> None:
    browser, who = terminal(net, HECHENG), net.who("caseworker")
    page = fill(
        browser, "appointment", matter="job", slot="2026-04-17 am", name="欧阳静",
        phone="13800138000",
    )  # fmt: skip
    answer(browser, page, "appointment", consent="1")
    (entry,) = waiting(net, HECHENG, "appointment")
    booked = own(net).queue.step(who, str(entry.id), "book")
    assert own(net).queue.typed(who, booked)["phone"] == "13800138000"
    assert own(net).queue.booked((HECHENG,), date(2026, 4, 17))
    own(net).queue.step(who, str(entry.id), "serve")
    assert own(net).queue.typed(who, booked) == {}


def test_an_entry_is_declined_with_a_reason_and_wiped(net: Net) -> None:
    who = net.who("caseworker")
    job(terminal(net, HECHENG), PEOPLE[9])
    (entry,) = waiting(net, HECHENG, "job")
    with pytest.raises(Refused, match="T-06"):
        own(net).queue.step(who, str(entry.id), "decline")
    own(net).queue.step(who, str(entry.id), "decline", reason="duplicate")
    with pytest.raises(Refused, match="T-06"):
        own(net).queue.step(who, str(entry.id), "take")
    assert own(net).queue.typed(who, entry) == {}


def test_opening_an_entry_is_logged_and_other_stations_have_none(net: Net) -> None:
    job(terminal(net, HECHENG), PEOPLE[10])
    (entry,) = waiting(net, HECHENG, "job")
    before = _reads(net, entry.id)
    assert net.client("caseworker").get(f"/queue/{entry.id}").status_code == 200
    assert _reads(net, entry.id) == before + 1
    assert net.client("taoyuan-1").get(f"/queue/{entry.id}").status_code == 404
    assert net.client("auditor").get("/queue").status_code == 403
    own(net).queue.step(net.who("caseworker"), str(entry.id), "decline", reason="duplicate")


def test_what_nobody_handles_is_wiped_after_thirty_days(net: Net) -> None:
    job(terminal(net, GULAO), PEOPLE[11])
    entry = waiting(net, GULAO, "job")[-1]
    with net.database.pools.writer.connection() as conn:
        conn.execute(
            "UPDATE office.applications SET received_at = received_at - interval '31 days'"
            " WHERE id = %s", [entry.id],
        )  # fmt: skip
    assert entry.id not in {one.id for one in own(net).queue.waiting((GULAO,))}
    kept = own(net).queue.entry(net.who("manager"), str(entry.id))
    assert kept
    assert (kept.state, kept.holds_data) == ("expired", False)


def test_a_full_queue_takes_nothing_more(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("application.terminal.MOST_WAITING", 0)
    page = answer(b := terminal(net, GULAO), b.get("/kiosk/ticket"), "ticket", matter="job")
    assert page.status_code == 409
    assert "请到窗口" in page.text


def test_every_kind_has_words_for_every_question_and_every_step_is_known() -> None:
    assert {q for asked in QUESTIONS.values() for q in asked} == set(ASKED)
    assert {step for steps in OF_KIND.values() for step in steps} == set(STEPS)
    assert set(OF_KIND) == set(QUESTIONS)
    assert receipt("ticket", "wages", 7) == "C007"
    assert check_step("ticket", "waiting", "call") == "called"
    assert check_answer("phone", "138 0013 8000", on=TODAY) == "13800138000"


def test_only_the_writer_touches_the_queue(net: Net) -> None:
    assert WRITER == "yizhan_writer"
    for pool in (net.database.pools.reader, net.database.pools.projector):
        with pool.connection() as conn, pytest.raises(Exception, match="permission denied"):
            conn.execute("SELECT sealed FROM office.applications")


def written(net: Net) -> bytes:
    """The queue, the read log and the youngest facts as the database holds them."""
    tables = (
        "SELECT a::text FROM office.applications a",
        "SELECT r::text FROM log.reads r",
        "SELECT convert_from(state, 'UTF8') FROM log.events WHERE notification_id > 200",
    )
    with net.database.pools.writer.connection() as conn:
        return "".join(row[0] for sql in tables for row in conn.execute(sql)).encode()


def _reads(net: Net, entry: object) -> int:
    with net.database.pools.reader.connection() as conn:
        row = conn.execute(
            "SELECT count(*) FROM log.reads WHERE stream = %s", [f"application-{entry}"]
        ).fetchone()
    return int(row[0]) if row else 0


def _form(page: Response) -> dict[str, str]:
    """What a browser would send of the registration."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name = re.search(r'name="(\w+)"', tag)
        box = "checkbox" in tag or "radio" in tag
        if name and (not box or "checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    for name, body in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    found.pop("text", None)
    return found
