"""Registers and recognitions in the wired office: the log, the wall, pages and the daily round."""

import io
import json
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from docx import Document

from application.database.embedded import EmbeddedServer
from application.store import Stamp
from domain.codes import HARDSHIPS
from domain.kernel import Refused, Sealed
from domain.seeker import SeekerCase, facts
from domain.seeker.records import Hardship
from domain.seeker.values import Wants
from tests.certifying.stub import Stub, register, says
from tests.web.reading import Page
from tests.wired import TODAY, Wired, wired
from yizhan.configuration import RegisterSource
from yizhan.demo.people import Roster, Someone
from yizhan.demo.places import Places
from yizhan.demo.script import Script
from yizhan.registers import CERTIFY, Daily
from yizhan.wiring import OPERATOR

NAME = "县低保登记"
Town = Wired[list[Someone]]


def people(_script: Script, _places: Places, roster: Roster) -> list[Someone]:
    """Know some people, and write nobody's case."""
    return [roster.person(sex="female", born=(1985, 1995)) for _ in range(12)]


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with register() as made:
        yield made


@pytest.fixture(scope="module")
def town(
    server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory, stub: Stub
) -> Iterator[Town]:
    with wired(server, tmp_path_factory.mktemp("certifying"), people) as made:
        made.office.configuration.registers = (
            RegisterSource(name=NAME, criteria=frozenset({"H03"}), url=stub.url),
        )
        yield made


@pytest.fixture(autouse=True)
def _fresh(town: Town, stub: Stub) -> None:
    stub.reply = says(answer="unknown")
    stub.asked.clear()
    if town.today != TODAY:
        town.turn(TODAY)


def applied(town: Town, category: str = "H03") -> tuple[str, Someone]:
    """Lead an application of somebody new to the day after its notice."""
    someone = town.stock.pop()
    day = date(2026, 4, 7)
    service = town.office.assistance

    def stamp() -> Stamp:
        return town.stamp("caseworker", day)

    case = service.register(
        person=town.person(someone),
        station=town.who("caseworker").station,
        channel="walk_in",
        sex=someone.sex,
        domicile="440784",
        activity="jobless",
        wants=Wants(),
        notice_version="1",
        stamp=stamp(),
    ).streams[0]
    service.assign(case, officer=town.who("caseworker").account, role="owner", stamp=stamp())
    service.apply_for_hardship(case, category=category, proofs="低保证", stamp=stamp())
    service.post_hardship_notice(
        case, hardship=1, notice_from=day, notice_to=date(2026, 4, 14), stamp=stamp()
    )
    town.settle()
    return case, someone


def held(town: Town, case: str) -> Hardship:
    return town.office.store.load(SeekerCase, case).hardships[1]


def recognise(town: Town, case: str) -> None:
    town.office.assistance.recognise_hardship(case, hardship=1, stamp=town.stamp("second"))
    town.settle()


def test_one_button_asks_and_the_decision_cites_the_answer(town: Town, stub: Stub) -> None:
    case, someone = applied(town)
    stub.reply = says(answer="met", reference="DB-2026-7", as_of="2026-04-15", household="3人")
    sheet = f"/seekers/{case}/recognise_hardship"
    desk = town.client("second")
    page = desk.get(sheet).text
    assert NAME in page
    form = next(f for f in Page(page).forms if f.action.endswith("/hardships/1/register"))
    for _ in range(2):  # a double click asks once
        answer = desk.post(form.action, data=form.values)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{sheet}?hardship=1")
    assert stub.asked == [{"id_number": someone.id_no, "criterion": "H03", "on": TODAY.isoformat()}]
    assert "符合" in desk.get(f"{sheet}?hardship=1").text
    town.at("second").do(sheet, hardship="1")
    decided = town.office.store.load(SeekerCase, case).facts_in_force()[-1][0]
    assert isinstance(decided, facts.HardshipRecognised)
    assert (decided.certification, decided.certify_by) == (1, None)
    # Everything that came back is there for an officer of the case, and for nobody else.
    place = f"/seekers/{case}/hardships/1/register"
    shown = town.client("caseworker").get(place).text
    assert "DB-2026-7" in shown
    assert "3人" in shown
    assert someone.id_no not in shown
    closed = town.client("auditor").get(place).text
    assert "限制查看" in closed
    assert "3人" not in closed
    told = town.client("caseworker").get(f"/seekers/{case}").text
    assert "登记库核验" in told
    assert "3人" not in told


def test_the_answer_is_sealed_and_every_sending_stands_in_the_read_log(
    town: Town, stub: Stub
) -> None:
    case, someone = applied(town)
    stub.reply = says(answer="met", reference="DB-SECRET-9", household="3人")
    stamp = town.stamp("caseworker")
    town.office.assistance.certify_hardship(case, hardship=1, stamp=stamp)
    with town.database.pools.reader.connection() as conn:
        rows = conn.execute(
            "SELECT state FROM log.events WHERE originator_id = %s", [case]
        ).fetchall()
    stored = b"".join(bytes(row[0]) for row in rows)
    assert b"seeker.hardship_certified" not in stored  # the topic has its own column
    assert b"DB-SECRET-9" not in stored
    assert someone.id_no.encode() not in stored
    reads = town.office.reads.of(case)
    sent = [one for one in reads if (one.kind, one.purpose) == ("reveal", "certify")]
    assert [(one.who, one.field_class) for one in sent] == [(stamp.actor, "id_no")]
    fact = town.office.store.load(SeekerCase, case).facts_in_force()[-1][0]
    assert isinstance(fact, facts.HardshipCertified)
    assert isinstance(fact.returned, Sealed)
    assert town.office.vault.open(fact.reference) == "DB-SECRET-9"
    assert json.loads(str(town.office.vault.open(fact.returned)))["household"] == "3人"


def test_what_is_not_allowed_is_refused_before_anything_is_sent(town: Town, stub: Stub) -> None:
    case, _ = applied(town, "H06")
    ask = town.office.assistance.certify_hardship
    with pytest.raises(Refused, match="S-05"):
        ask(case, hardship=1, stamp=town.stamp("caseworker"))
    with pytest.raises(Refused, match="P-05"):
        ask(case, hardship=1, stamp=town.stamp("auditor"))
    with pytest.raises(Refused, match="S-00"):
        ask(case, hardship=2, stamp=town.stamp("caseworker"))
    assert stub.asked == []
    page = town.client("second").get(f"/seekers/{case}/recognise_hardship").text
    assert "此类别没有连接登记库" in page
    recognise(town, case)
    assert held(town, case).awaited_until is None
    assert set(HARDSHIPS) >= {"H03", "H06"}


def test_a_decision_in_grace_is_due_and_the_daily_round_confirms_it(town: Town, stub: Stub) -> None:
    case, _ = applied(town)
    stub.reply = says(503)
    town.office.assistance.certify_hardship(case, hardship=1, stamp=town.stamp("caseworker"))
    recognise(town, case)
    assert held(town, case).awaited_until == date(2026, 7, 17)
    today = town.client("caseworker").get("/today").text
    assert "等登记库核验认定" in today
    assert f"/seekers/{case}/hardships/1/register" in today
    assert "先凭材料认定" in town.client("caseworker").get(f"/seekers/{case}").text
    assert "判断未经登记库核实的认定" not in town.client("second").get("/today").text
    assert rounds(town) == {"asked": 1, "news": 0}
    town.turn(date(2026, 4, 17))
    stub.reply = says(answer="met")
    assert rounds(town) == {"asked": 1, "news": 1}
    town.settle()
    assert held(town, case).awaited_until is None
    assert town.office.caseload.limited_by("certification") == []


def rounds(town: Town) -> dict[str, Any]:
    """Let the job of the day run, as the server does, twice: it runs once."""
    jobs = town.parts.extra["office"].jobs
    daily = Daily(jobs, OPERATOR, town.office.clock.today)
    assert daily.begin() == daily.begin()
    name = daily.begin()
    jobs.start()
    try:
        for _ in range(600):
            job = jobs.find(name)
            if job and not job.open:
                break
            jobs._ended.wait(0.05)
    finally:
        jobs.stop()
    assert job
    assert (job.kind, job.state) == (CERTIFY, "done")
    return dict(job.result or {})


def test_a_no_in_the_background_asks_the_human_who_decides_and_nothing_else(
    town: Town, stub: Stub
) -> None:
    case, _ = applied(town)
    recognise(town, case)
    stub.reply = says(answer="not_met", reference="DB-0")
    who = town.who("manager")
    stamp = Stamp(who, str(uuid.uuid4()), TODAY)
    town.office.assistance.ask_again(case, hardship=1, stamp=stamp)
    town.settle()
    assert held(town, case).standing == "recognised"  # nothing follows by itself (PIPL 24)
    asked = "判断未经登记库核实的认定"
    assert asked in town.client("second").get("/today").text
    assert asked not in town.client("caseworker").get("/today").text  # four eyes (S-06)
    own = town.at("caseworker").refused(
        f"/seekers/{case}/uphold_hardship", hardship="1", reason="看过低保证"
    )
    assert "受理人不能对本人受理的申请作出决定" in own
    assert "看过低保证" in own
    town.at("second").do(f"/seekers/{case}/uphold_hardship", hardship="1", reason="看过低保证")
    town.settle()
    assert asked not in town.client("second").get("/today").text
    assert held(town, case).awaited_until is None


def test_the_end_of_the_grace_asks_the_human_a_week_before(town: Town) -> None:
    case, _ = applied(town)
    recognise(town, case)
    asked = f"/seekers/{case}/uphold_hardship?hardship=1"
    town.turn(date(2026, 7, 10))
    assert asked not in town.client("second").get("/today").text
    town.turn(date(2026, 7, 11))
    assert asked in town.client("second").get("/today").text


def test_a_no_before_the_decision_wants_a_reason(town: Town, stub: Stub) -> None:
    case, _ = applied(town)
    stub.reply = says(answer="not_met")
    town.office.assistance.certify_hardship(case, hardship=1, stamp=town.stamp("caseworker"))
    sheet = f"/seekers/{case}/recognise_hardship"
    assert "须写明理由" in town.at("second").refused(sheet, hardship="1")
    town.at("second").do(sheet, hardship="1", despite="上月已恢复低保，登记库未更新")
    fact = town.office.store.load(SeekerCase, case).facts_in_force()[-1][0]
    assert isinstance(fact, facts.HardshipRecognised)
    assert fact.certification == 1


def test_the_paper_of_the_decision_cites_the_register(town: Town, stub: Stub) -> None:
    case, _ = applied(town)
    recognise(town, case)
    assert "2026年7月17日前由登记库核验" in printed(town, case)
    stub.reply = says(answer="met", reference="DB-2026-8", as_of="2026-04-15")
    town.office.assistance.certify_hardship(case, hardship=1, stamp=town.stamp("second"))
    text = printed(town, case)
    assert "前由登记库核验" not in text
    assert f"经向{NAME}核验，结果为“符合”，登记库编号DB-2026-8，数据日期2026-04-15" in text


def printed(town: Town, case: str) -> str:
    """Give the text of the decision as a Word file, without blanks."""
    which = f"/seekers/{case}/papers/word/hardship_decision?about=1"
    word = Document(io.BytesIO(town.client("caseworker").get(which).content))
    return "".join("".join(one.text for one in word.paragraphs).split())
