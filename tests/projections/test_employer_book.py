"""What an employer stands for, over the stories of domain.md 8 and posts of its own."""

from datetime import date, timedelta

import pytest

from domain.employer import Registered as EmployerRegistered
from domain.kernel import Dated, Event
from domain.money import Fen
from domain.vacancy import facts as vacancy
from projections.employer_book import EmployerBook
from tests import stories
from tests.database import Database
from tests.domain.seeker.play import OFFICER, Play
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog
from tests.stories import EMPLOYER

DAY = date(2026, 3, 2)
OTHER, QUIET = "employer-7", "employer-quiet"


def registered(name: str) -> list[Dated]:
    fact = EmployerRegistered(kind="company", credit_code="", name=name, district="440784")
    return [(fact, DAY)]


def post(employer: str, title: str) -> list[Dated]:
    terms = vacancy.Drafted(
        employer=employer, occupation="garment", title=title, headcount=3, conditions="", work="x",
        place="440784", pay_from=Fen(400_000), pay_to=Fen(500_000), pay_unit="month", hours=(),
        valid_until=DAY + timedelta(60),
    )  # fmt: skip
    made: list[Event] = [terms, vacancy.Submitted(), vacancy.Verified(method="visit")]
    return [(fact, DAY) for fact in (*made, vacancy.Published())]


@pytest.fixture
def book(database: Database) -> EmployerBook:
    log = FakeLog()
    for employer in (EMPLOYER, OTHER, QUIET):
        tell(log, employer, registered(employer))
    tell(log, "vacancy-1", post(EMPLOYER, "车工"))
    tell(log, "vacancy-2", post(OTHER, "冲压工"))
    referred = Play().on(2026, 3, 2).register().refer("vacancy-1")
    referred.record(referred.case.assign(officer=OFFICER))
    refused = Play().on(2026, 3, 2).register().refer("vacancy-1")
    refused.record(refused.case.answer_referral(referral=1, accepted=False, reason="pay"))
    for number, play in enumerate((referred, refused), start=1):
        tell(log, f"seeker-{number}", play.case.history)
    tell(log, "dispute-6", stories.story_6_defaulted().history)
    tell(log, "dispute-7", stories.story_7().history)
    on_the_wall(database, log)
    return EmployerBook(database.pools.reader)


def test_disputes_are_summed_up_by_employer(book: EmployerBook) -> None:
    found = book.standing([EMPLOYER, OTHER, QUIET], since=date(2025, 4, 16))
    assert set(found) == {EMPLOYER, OTHER}  # who has no dispute is left out
    six, seven = found[EMPLOYER], found[OTHER]
    assert (six.cases, six.running, six.workers, six.defaulted) == (1, 1, 32, 1)
    assert (six.claimed, six.agreed) == (48_640_000, 43_800_000)
    assert (six.paid, six.outstanding) == (33_800_000, 10_000_000)
    assert (six.recent, six.repeat, six.watched) == (1, False, True)
    assert (seven.cases, seven.running, seven.outstanding, seven.watched) == (1, 0, 0, False)
    assert book.standing([], since=DAY) == {}


def test_a_dispute_is_recent_by_the_day_it_was_opened(book: EmployerBook) -> None:
    assert book.standing([EMPLOYER], since=date(2026, 1, 26))[EMPLOYER].recent == 1
    assert book.standing([EMPLOYER], since=date(2026, 1, 27))[EMPLOYER].recent == 0


def test_the_watch_list_holds_who_owes_or_defaults(book: EmployerBook) -> None:
    assert [one.employer for one in book.watched(since=date(2025, 4, 16))] == [EMPLOYER]


def test_who_is_referred_to_its_posts_is_listed_until_the_answer(book: EmployerBook) -> None:
    (one,), total = book.referred(EMPLOYER)
    assert (one.case, one.owner, one.vacancy, one.title) == (
        "seeker-1",
        OFFICER,
        "vacancy-1",
        "车工",
    )
    assert total == 1
    assert book.referred(OTHER) == ([], 0)


def test_posts_and_placements_are_those_of_the_employer(book: EmployerBook) -> None:
    assert [(one.title, one.seats) for one in book.posts(EMPLOYER)] == [("车工", 3)]
    assert book.placed(EMPLOYER) == (0, 0)
