"""The services about thin aggregates: what they look up before they ask the domain."""

from datetime import date
from uuid import uuid4

import pytest

from application.classes import Classes
from application.directory import Directory
from application.fairs import Fairs
from application.households import Households
from application.store import Stamp, Who
from application.vacancies import Employers, Vacancies
from application.workshop import Workshop
from domain.household import Household
from domain.job_fair import JobFair
from domain.kernel import Refused
from domain.money import Fen
from domain.settings import Settings
from domain.station import Station
from domain.station.facts import Opened
from domain.station.network import Row
from domain.training import TrainingClass
from domain.training.facts import Lesson
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted
from domain.vacancy.text import MinimumWage
from domain.workshop import WorkshopOrder
from domain.workshop.facts import OrderReceived
from tests.memory import MemoryStore

TODAY = date(2026, 3, 2)
CLERK = Who("staff-1", "station-1", frozenset({"caseworker"}))
BOSS = Who("staff-2", "station-1", frozenset({"station_manager"}))
AUDITOR = Who("staff-3", "station-1", frozenset({"auditor"}))
CODE = "91449901MAXX00015D"


def stamp(who: Who = CLERK, on: date = TODAY) -> Stamp:
    return Stamp(who, str(uuid4()), on)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(TODAY)


@pytest.fixture
def employers(store: MemoryStore) -> Employers:
    return Employers(store, holder=lambda code: "employer-old" if code == "X" else "")


@pytest.fixture
def vacancies(store: MemoryStore) -> Vacancies:
    wage = MinimumWage("449900", Fen(190_000), Fen(1_800), date(2026, 1, 1), demo=True)
    return Vacancies(store, settings=Settings, wages=lambda: [wage])


def employer(employers: Employers, *, checked: bool = True) -> str:
    name = employers.register(
        kind="company", district="449901", name="示例", credit_code=CODE, stamp=stamp()
    ).streams[0]
    if checked:
        employers.check_documents(name, result="valid", stamp=stamp())
    return name


def terms(firm: str, pay: int = 190_000) -> Drafted:
    return Drafted(
        employer=firm,
        occupation="8-03",
        title="缝纫工",
        headcount=3,
        conditions="",
        work="缝制",
        place="449901",
        pay_from=Fen(pay),
        pay_to=Fen(400_000),
        pay_unit="month",
        valid_until=date(2026, 5, 1),
    )


def published(vacancies: Vacancies, firm: str) -> str:
    post = vacancies.draft(terms=terms(firm), fee=Fen(0), stamp=stamp()).streams[0]
    vacancies.submit(post, stamp=stamp())
    vacancies.verify(post, method="visit", stamp=stamp())
    vacancies.publish(post, stamp=stamp())
    return post


def test_a_post_meets_the_wage_of_its_place_and_the_papers_of_its_employer(
    store: MemoryStore, employers: Employers, vacancies: Vacancies
) -> None:
    firm = employer(employers, checked=False)
    with pytest.raises(Refused, match="V-03"):
        vacancies.draft(terms=terms(firm, 189_999), fee=Fen(0), stamp=stamp())
    with pytest.raises(Refused, match="V-04"):
        published(vacancies, firm)
    employers.check_documents(firm, result="valid", stamp=stamp())
    post = published(vacancies, firm)
    assert vacancies.warnings(post, TODAY) == []
    vacancies.pause(post, reason="season", stamp=stamp())
    employers.list_stop(firm, reason="arrears", stamp=stamp())
    with pytest.raises(Refused, match="V-04"):
        vacancies.resume(post, stamp=stamp())
    with pytest.raises(Refused, match="V-10"):
        employers.lift_stop(firm, reason="x", stamp=stamp())
    employers.lift_stop(firm, reason="cleared", stamp=stamp(BOSS))
    vacancies.resume(post, stamp=stamp())
    vacancies.revise(post, field="place", value="449902", stamp=stamp())
    assert store.load(Vacancy, post).standing == "submitted"


def test_an_auditor_writes_nothing(employers: Employers) -> None:
    with pytest.raises(Refused, match="P-05"):
        employers.register(kind="company", district="449901", stamp=stamp(AUDITOR))


def test_a_class_asks_for_the_papers_of_its_provider_and_the_share_in_force(
    store: MemoryStore, employers: Employers
) -> None:
    classes = Classes(store, settings=Settings)
    lessons = [Lesson(no=1, on=TODAY, hours=3)]

    def opened(provider: str) -> str:
        return classes.open_class(
            title="月嫂",
            trade="care",
            kind="skill",
            provider=provider,
            venue="station-1",
            capacity=1,
            mode="offline",
            sessions=lessons,
            subsidised=False,
            stamp=stamp(),
        ).streams[0]

    with pytest.raises(Refused, match="K-04"):
        opened(employer(employers, checked=False))
    course = opened(employer(employers))
    classes.wait_list(course, seeker="seeker-1", stamp=stamp())
    classes.hold_session(
        course, session=1, instructor="person-1", hours=3, present=[], stamp=stamp()
    )
    with pytest.raises(Refused, match="K-03"):
        classes.complete_class(course, completers=["seeker-1"], stamp=stamp())
    classes.complete_class(course, completers=[], stamp=stamp())
    assert store.load(TrainingClass, course).standing == "completed"


def test_a_fair_looks_at_firms_and_posts_itself(
    store: MemoryStore, employers: Employers, vacancies: Vacancies
) -> None:
    fairs, firm = Fairs(store), employer(employers)
    post = published(vacancies, firm)
    draft = vacancies.draft(terms=terms(firm), fee=Fen(0), stamp=stamp()).streams[0]
    fair = fairs.announce(
        name="春风行动",
        mode="onsite",
        on=TODAY,
        place="桂林社区",
        safety_plan=True,
        fee=Fen(0),
        stamp=stamp(),
    ).streams[0]
    with pytest.raises(Refused, match="J-01"):
        fairs.join_employer(fair, employer=firm, vacancies=[draft], stamp=stamp())
    with pytest.raises(Refused, match="J-01"):
        fairs.join_employer(fair, employer="employer-none", vacancies=[post], stamp=stamp())
    fairs.join_employer(fair, employer=firm, vacancies=[post], stamp=stamp())
    fairs.hold(fair, firms=1, posts=3, visitors=2, cvs=1, intents=1, stamp=stamp())
    assert store.load(JobFair, fair).standing == "held"


def test_a_household_asks_who_lives_and_works_elsewhere(store: MemoryStore) -> None:
    placed = {"person-2"}
    households = Households(
        store,
        household_of=lambda person: "household-9" if person == "person-9" else "",
        placed=lambda persons: placed & set(persons),
    )
    home = households.register(kind="urban", domicile="449901", stamp=stamp()).streams[0]
    for person in ("person-1", "person-2"):
        households.add_member(
            home, person=person, relation="self", able=True, willing=True, stamp=stamp()
        )
    with pytest.raises(Refused, match="H-01"):
        households.add_member(
            home, person="person-9", relation="son", able=True, willing=True, stamp=stamp()
        )
    with pytest.raises(Refused, match="S-15"):
        households.declare_zero(home, stamp=stamp())
    placed.clear()
    households.declare_zero(home, stamp=stamp())
    with pytest.raises(Refused, match="S-15"):
        households.clear_zero(home, seeker="seeker-none", placement=1, stamp=stamp())
    households.withdraw_zero(home, reason="wrong", stamp=stamp())
    assert store.load(Household, home).standing == "active"


def test_a_station_knows_its_parent_and_its_open_cases(store: MemoryStore) -> None:
    rows: list[Row] = []
    directory = Directory(store, network=lambda: rows, open_cases=lambda _station: 2)

    def opened(level: str, parent: str | None) -> str:
        said = Opened(
            official_name="示例就业驿站",
            kind="station",
            level=level,
            parent=parent,
            district="449901",
            address="示例路1号",
            hours="9-17",
            trades=("sewing",),
            phone="0750-8888888",
            operator="government",
        )
        station = directory.open(terms=said, stamp=stamp(BOSS)).streams[0]
        rows.append((station, parent))
        return station

    town = opened("town", None)
    with pytest.raises(Refused, match="T-01"):
        opened("county", town)
    village = opened("village", town)
    with pytest.raises(Refused, match="T-01"):
        directory.change_details(town, field="parent", value=village, stamp=stamp(BOSS))
    with pytest.raises(Refused, match="T-03"):
        directory.close(village, reason="x", stamp=stamp(BOSS))
    directory.close(village, reason="x", moved_to=town, stamp=stamp(BOSS))
    assert store.load(Station, village).moved_to == town


def test_piecework_is_paid_by_the_lines_that_are_shown(store: MemoryStore) -> None:
    workshop = Workshop(store)
    order = workshop.receive_order(
        terms=OrderReceived(
            customer="employer-1",
            product="伞面",
            quantity=10,
            unit_price=Fen(80),
            piece_price=Fen(50),
            due_on=TODAY,
            quality_rule="",
        ),
        stamp=stamp(),
    ).streams[0]
    workshop.issue_material(order, worker="person-1", quantity=10, stamp=stamp())
    workshop.record_piecework(order, worker="person-1", quantity=9, stamp=stamp())
    workshop.return_material(order, worker="person-1", quantity=1, stamp=stamp())
    workshop.check_quality(
        order, worker="person-1", worked_on=TODAY, accepted=9, rejected=0, stamp=stamp()
    )
    lines = workshop.payroll(order, "2026-03")
    workshop.close_payroll(order, month="2026-03", pay_by=TODAY, lines=lines, stamp=stamp())
    workshop.pay_piecework(
        order,
        month="2026-03",
        worker="person-1",
        amount=Fen(450),
        voucher_no="V1",
        stamp=stamp(),
    )
    workshop.deliver_order(order, quantity=9, stamp=stamp())
    assert store.load(WorkshopOrder, order).unpaid() == 0
