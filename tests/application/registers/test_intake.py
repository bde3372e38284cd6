"""Seekers out of a spreadsheet: each row sorted, registered once, with a real log and real keys."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.database.embedded import EmbeddedServer
from application.jobs import Job
from application.registers.desk import ImportDesk
from application.registers.intake import Intake
from application.registers.profile import load_profile
from application.registers.table import Table
from domain.kernel import Refused
from domain.seeker import SeekerCase
from tests.web.reading import Page
from tests.wired import Wired, wired
from yizhan.demo.people import Roster, Someone
from yizhan.demo.places import Places
from yizhan.demo.script import Script

HEAD = ("姓名", "性别", "身份证号", "电话", "登记日期")
Town = Wired[list[Someone]]


def people(_script: Script, _places: Places, roster: Roster) -> list[Someone]:
    """Know some people, and write nobody's case."""
    return [roster.person(sex="female", born=(1985, 1995)) for _ in range(30)]


@pytest.fixture(scope="module")
def town(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with wired(server, tmp_path_factory.mktemp("intake"), people) as made:
        yield made


def row(one: Someone, **changed: str) -> tuple[str, ...]:
    cells = {"姓名": one.name, "性别": "女", "身份证号": one.id_no, "电话": one.phone}
    return tuple({**cells, "登记日期": "2026/04/15", **changed}.values())


def intake(town: Town, *rows: tuple[str, ...], label: str = "manager") -> Intake:
    sha = str(hash(rows))
    table = Table(HEAD, rows, sha)
    return Intake(town.office.counter, load_profile("seekers"), table, town.who(label))


def test_new_people_are_registered_as_at_the_counter_and_once(town: Town) -> None:
    rows = [row(town.stock.pop()) for _ in range(3)]
    dry = intake(town, *rows).run(dry=True)
    assert (dict(dry.counts), dry.facts, dry.position) == ({"new": 3}, 6, 0)
    report = intake(town, *rows).run(dry=False)
    assert dict(report.counts) == {"new": 3}
    town.settle()
    assert dict(intake(town, *rows).run(dry=False).counts) == {"unchanged": 3}
    person = town.office.enrolling.known([rows[0][2]])[rows[0][2]]
    case = town.office._open_case(person)
    state = town.office.store.load(SeekerCase, case)
    assert (state.standing, state.registered_on) == ("REGISTERED", date(2026, 4, 15))
    assert state.case_no.startswith("JS-440784-2026-")


def test_who_has_a_file_is_matched_and_who_has_a_case_is_a_conflict(town: Town) -> None:
    filed, served = town.stock.pop(), town.stock.pop()
    person = town.person(filed)
    intake(town, row(served)).run(dry=False)
    town.settle()
    again = [row(filed), row(served, 电话="13800009999")]
    report = intake(town, *again).run(dry=False)
    assert dict(report.counts) == {"matched": 1, "conflict": 1}
    assert report.problems[0].refused.rule == "S-02"
    town.settle()
    assert town.office._open_case(person)


def test_another_name_and_the_same_number_twice_are_conflicts(town: Town) -> None:
    filed, twice = town.stock.pop(), town.stock.pop()
    town.person(filed)
    rows = [row(filed, 姓名="甲某"), row(twice), row(twice, 电话="13800009999")]
    report = intake(town, *rows).run(dry=True)
    assert dict(report.counts) == {"conflict": 2, "new": 1}
    assert [(one.row, one.refused.rule) for one in report.problems] == [(2, "I-06"), (4, "I-06")]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"身份证号": "449901199001010000"}, "S-03"),
        ({"身份证号": ""}, "P-01"),
        ({"姓名": ""}, "P-01"),
        ({"性别": "不详"}, "I-04"),
        ({"电话": "12"}, "P-01"),
        ({"登记日期": "明天"}, "I-04"),
        ({"登记日期": "2026-04-17"}, "S-19"),
    ],
)
def test_what_the_counter_refuses_is_invalid(
    town: Town, changed: dict[str, str], rule: str
) -> None:
    report = intake(town, row(town.stock[0], **changed)).run(dry=True)
    assert dict(report.counts) == {"invalid": 1}
    assert report.problems[0].refused.rule == rule


def test_a_table_without_its_columns_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="身份证号"):
        Intake(
            town.office.counter,
            load_profile("seekers"),
            Table(("姓名", "性别"), (), "x"),
            town.who("manager"),
        )


def test_a_run_that_died_between_file_and_case_goes_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(town.stock.pop()) for _ in range(2)]
    dies = intake(town, *rows)

    def die(*_args: object, **_kwargs: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dies, "_registered", die)
    with pytest.raises(KeyboardInterrupt):
        dies.run(dry=False)
    report = intake(town, *rows).run(dry=False)
    assert dict(report.counts) == {"new": 2}


def test_a_run_that_is_stopped_goes_on_from_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.registers.intake.LOOK_AHEAD", 1)
    rows = [row(town.stock.pop()) for _ in range(3)]
    stopped = intake(town, *rows).run(dry=False, tell=lambda _at: False)
    assert dict(stopped.counts) == {"new": 1}
    assert dict(intake(town, *rows).run(dry=False).counts) == {"new": 2, "unchanged": 1}


def jobs_done(town: Town, job: str) -> Job:
    """Let the jobs run, and give one that is done."""
    jobs = town.parts.extra["office"].jobs
    jobs.run_all()
    found: Job = jobs.find(job)
    assert found.result is not None, found
    town.settle()
    return found


def uploaded(town: Town, *rows: tuple[str, ...]) -> Job:
    """Check a table of seekers for the manager."""
    desk: ImportDesk = town.parts.extra["office"].imports
    text = "\n".join(",".join(one) for one in (HEAD, *rows)) + "\n"
    file = io.BytesIO(text.encode())
    job = desk.begin(town.who("manager"), file=file, name="a.csv", profile="seekers")
    return jobs_done(town, job)


def test_the_page_takes_a_table_of_seekers_and_puts_a_row_right(town: Town) -> None:
    good, bad = town.stock.pop(), town.stock.pop()
    desk: ImportDesk = town.parts.extra["office"].imports
    check = uploaded(town, row(good), row(bad, 身份证号=bad.id_no[:-1]))
    assert "2 件里，1 件可以导入" in town.client("manager").get(f"/imports/{check.id}").text
    again = jobs_done(town, desk.fix(town.who("manager"), check, 3, {2: bad.id_no}))
    taken = jobs_done(town, desk.take(town.who("manager"), again, accept=False))
    assert taken.result
    assert taken.result["counts"] == {"new": 2}
    assert "已导入 2 件" in town.client("manager").get(f"/imports/{taken.id}").text


def test_a_whole_batch_is_undone_but_for_what_was_worked_on(town: Town) -> None:
    desk: ImportDesk = town.parts.extra["office"].imports
    manager, rows = town.who("manager"), [row(town.stock.pop()) for _ in range(3)]
    taken = jobs_done(town, desk.take(manager, uploaded(town, *rows), accept=False))
    cases = [one.case for one in desk.undoable(manager, taken)]
    assert len(cases) == 3
    town.office.assistance.assess_needs(
        cases[0], needs=["flexible_job"], barriers=[], stamp=town.stamp("manager")
    )
    browser = town.client("manager")
    page = browser.get(f"/imports/{taken.id}/undo")
    assert "登记之后已有办理" in page.text
    assert [town.office.store.load(SeekerCase, one).standing for one in cases].count("CLOSED") == 0
    answer = send(browser, page, "/undo")
    undone = jobs_done(town, answer.headers["location"].rpartition("/")[2])
    assert undone.result == {"undone": 2, "left": 1}
    states = [town.office.store.load(SeekerCase, one) for one in cases]
    assert [one.closed_for for one in states] == ["", "entered_in_error", "entered_in_error"]
    assert send(browser, page, "/undo").headers["location"] == answer.headers["location"]
    assert "这一批没有可以撤销的案件" in browser.get(f"/imports/{taken.id}/undo").text
    # The same rows can be taken again: a case in the file that stayed.
    again = jobs_done(town, desk.take(manager, uploaded(town, *rows), accept=False))
    assert again.result
    assert again.result["counts"] == {"unchanged": 1, "matched": 2}


def send(browser: TestClient, page: Response, action: str) -> Response:
    form = next(one for one in Page(page.text).forms if one.action.endswith(action))
    return browser.post(form.action, data=form.values)


def test_only_a_batch_of_seekers_can_be_undone(town: Town) -> None:
    desk: ImportDesk = town.parts.extra["office"].imports
    check = uploaded(town, row(town.stock.pop()))
    with pytest.raises(Refused, match="I-08"):
        desk.undoable(town.who("manager"), check)
    with pytest.raises(Refused, match="P-05"):
        desk.undoable(town.who("caseworker"), check)
