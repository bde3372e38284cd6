"""Ranking by one statement against the plain rules of the domain, over chance facts."""

import random
from datetime import date, timedelta

import msgspec
import pytest

from domain import codes
from domain.catalogue import aggregates
from domain.kernel import Event, Sealed
from domain.matching import Near, Post, Refusal, Seeker, lawful, match, monthly, nearness, skills
from domain.matching.hours import shifts, window
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker import facts as seeker
from domain.seeker.values import Wants
from domain.station.facts import Opened
from domain.training import facts as training
from domain.vacancy import Vacancy
from domain.vacancy import facts as vacancy
from projections.directory_reader import DirectoryReader
from projections.matching_reader import MatchingReader
from projections.rebuild import rebuild
from projections.runner import Runner
from tests.database import Database
from tests.projections.played import on_the_wall, views_now
from tests.projections.trial import FakeLog, dump

DAY = date(2026, 3, 2)
STATIONS = {  # station -> parent, district
    "station-market": ("", "440784"),
    "station-town": ("station-market", "440784"),
    "station-village": ("station-town", "440784"),
    "station-other": ("station-market", "440784"),
    "station-city": ("", "440700"),
    "station-far": ("", "440106"),
}
WORDS = ("08:30-17:30", "09:00-16:00", "22:00-06:00", "full_time", "part_time", "flexible", "13-17")
FREE = (
    "after 8:30, before 16:30",
    "18:00以后",
    "night",
    "part_time",
    "flexible",
    "9-16",
    "weekend",
)


class Town:
    """Invented facts, and the plain state of each stream beside them."""

    def __init__(self, seekers: int, posts: int) -> None:
        self.chance = random.Random(4)  # noqa: S311 - invented facts, no secret
        self.log = FakeLog()
        self.histories: dict[str, list[tuple[Event, date]]] = {}
        self.trained: dict[str, dict[str, str]] = {}
        for station, (parent, district) in STATIONS.items():
            terms = Opened(
                official_name=station, kind="station", level="town", district=district,
                parent=parent or None, address="1", hours="9-17", trades=("x",), phone="1",
                operator="government",
            )  # fmt: skip
            self.tell(station, terms)
        for number in range(posts):
            self.post(f"vacancy-{number:03d}")
        for number in range(seekers):
            self.seeker(f"seeker-{number:03d}", posts)
        self.classes()

    def tell(self, stream: str, *facts: Event, on: date = DAY - timedelta(40)) -> None:
        for fact in facts:
            position = self.log.append(stream, fact, on)
            if stream.startswith("vacancy-"):
                at = sorted(STATIONS)[int(stream[-3:]) % len(STATIONS)]
                placed = msgspec.structs.replace(self.log.facts[-1], station=at)
                self.log.facts[position - 1] = placed
            self.histories.setdefault(stream, []).append((fact, on))

    def some(self, words: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(self.chance.sample(words, self.chance.randint(0, most)))

    def post(self, stream: str) -> None:
        chance = self.chance
        low = chance.randrange(20, 60) * 10_000
        terms = vacancy.Drafted(
            employer=f"employer-{chance.randrange(6)}",
            occupation=chance.choice(("catering", "lamps", "garment", "office", "domestic")),
            title=stream, headcount=2, conditions="", work="x",
            place=chance.choice(tuple(codes.DISTRICTS)),
            pay_from=Fen(low if (unit := chance.choice(("month", "hour", "piece"))) == "month"
                         else low // 200),
            pay_to=Fen(low + 100_000 if unit == "month" else low // 150), pay_unit=unit,
            hours=self.some(WORDS, 2), valid_until=DAY + timedelta(chance.randrange(-3, 60)),
            age_from=chance.choice((16, 18, 20)), hazards=self.some(("heavy", "toxic"), 1),
        )  # fmt: skip
        self.tell(stream, terms, vacancy.Submitted(), vacancy.Verified(method="visit"))
        if chance.random() < 0.85:
            self.tell(stream, vacancy.Published())

    def seeker(self, stream: str, posts: int) -> None:
        chance = self.chance
        wants = Wants(
            trades=self.some(("catering", "lamps", "office"), 2),
            hours=self.some(FREE, 2),
            places=self.some(("440784", "440700", "440100"), 1),
            pay=chance.choice((None, Fen(350_000), Fen(480_000))),
        )
        self.tell(
            stream,
            seeker.Registered(
                person=f"person-{stream}", station=chance.choice(tuple(STATIONS)), case_no=stream,
                serial=1, channel="walk_in", birth_year=chance.randrange(1965, 2011),
                sex=chance.choice(("female", "male")), domicile="440784", activity="jobless",
                wants=wants, legal_basis="consent", notice_version="1",
                valid_until=date(2026, 12, 31),
            ),
        )  # fmt: skip
        for area in self.some(tuple(codes.ABILITY_AREAS), 3):
            level = chance.choice(tuple(codes.LEVELS))
            self.tell(stream, seeker.AbilityAssessed(area=area, level=level))
        if chance.random() < 0.3:
            self.tell(stream, seeker.NeedsAssessed(needs=("job",), barriers=("health",)))
        for no in range(1, chance.randint(1, 4)):
            other = f"vacancy-{chance.randrange(posts):03d}"
            terms = self.histories[other][0][0]
            assert isinstance(terms, vacancy.Drafted)
            referred = seeker.Referred(
                referral=no, vacancy=other, employer=terms.employer, consent=True
            )
            on = DAY - timedelta(chance.choice((10, 30, 365, 366, 400)))
            self.tell(stream, referred, on=on)
            if chance.random() < 0.8:
                reason = chance.choice(tuple(codes.ANSWER_REASONS))
                said = seeker.ReferralAnswered(referral=no, accepted=False, reason=reason)
                self.tell(stream, said, on=on)

    def classes(self) -> None:
        """Let some complete a class, some with a certificate; one class is voided again."""
        cases = sorted(s for s in self.histories if s.startswith("seeker-"))
        for number, trade in enumerate(("catering", "lamps", "lamps")):
            stream, names = f"training-{number}", tuple(self.chance.sample(cases, 12))
            opened = training.ClassOpened(
                title=stream, trade=trade, kind="skill", provider="employer-0", venue="x",
                capacity=20, mode="offline", subsidised=False,
                sessions=(training.Lesson(no=1, on=DAY, hours=4),),
            )  # fmt: skip
            self.tell(stream, opened, *(training.SeatTaken(seeker=name) for name in names))
            held = training.SessionHeld(session=1, instructor="staff-1", hours=4, present=names)
            self.tell(stream, held, training.ClassCompleted(completers=names))
            version = len(self.histories[stream])
            if number == 2:
                self.tell(stream, training.FactVoided(version=version, reason="x"))
                continue
            for name in names:
                self.trained.setdefault(name, {})[stream] = trade
                self.tell(name, seeker.TrainingEnrolled(training=stream))
                if self.chance.random() < 0.5:
                    done = seeker.TrainingCompleted(
                        training=stream, planned=1, attended=1, passed=True
                    )
                    self.tell(name, done)
                    if self.chance.random() < 0.5:
                        got = seeker.CertificateObtained(
                            training=stream, kind="skill_level", number=seeker_number(name)
                        )
                        self.tell(name, got)

    # The plain rules

    def one(self, stream: str) -> SeekerCase:
        return SeekerCase().fold(self.histories[stream])

    def offered(self, stream: str) -> tuple[Vacancy, Post]:
        state = Vacancy().fold(self.histories[stream])
        terms = state.terms
        assert terms is not None
        return state, Post(
            stream, sorted(STATIONS)[int(stream[-3:]) % len(STATIONS)], terms.employer,
            terms.occupation, terms.place, shifts(terms.hours),
            monthly(terms.pay_from, terms.pay_unit), monthly(terms.pay_to, terms.pay_unit),
            terms.age_from, terms.hazards,
        )  # fmt: skip

    def known(self, stream: str) -> Seeker:
        state = self.one(stream)
        trained: dict[str, bool] = {}
        for course, trade in self.trained.get(stream, {}).items():
            got = state.enrolments[course].standing == "certified"
            trained[trade] = trained.get(trade, False) or got
        refusals = []
        for one in state.referrals.values():
            if one.standing == "refused" and one.answered_on:
                _, old = self.offered(one.vacancy)
                refusals.append(
                    Refusal(one.vacancy, one.employer, one.reason, one.answered_on,
                            old.occupation, old.place, old.pay_to, old.shifts.shortest)
                )  # fmt: skip
        wants = state.wants
        return Seeker(
            stream, state.station, state.birth_year, state.sex, wants.trades, wants.places,
            window(wants.hours), None if wants.pay is None else int(wants.pay),
            skills(state.abilities), trained, state.barriers, tuple(refusals),
        )  # fmt: skip

    def totals(self, case: str, stream: str, on: date) -> int | None:
        """Give the sum of one pair; None where the post is not to be shown to the person."""
        state, post = self.offered(stream)
        person, case_state = self.known(case), self.one(case)
        shown = (
            state.is_open_on(on)
            and state.seats_left > 0
            and lawful(person, post, on.year)
            and stream not in {r.vacancy for r in case_state.open_referrals}
        )
        far = nearness(STATIONS, person.station)
        return match(person, post, far[post.station], on).total if shown else None


def seeker_number(name: str) -> Sealed:
    return Sealed(f"person-{name}", "number", "1")


@pytest.fixture
def town() -> Town:
    return Town(60, 40)


def reader(database: Database) -> MatchingReader:
    return MatchingReader(database.pools.reader, DirectoryReader(database.pools.reader).placed)


def test_the_statement_ranks_as_the_rules_do_on_both_sides(database: Database, town: Town) -> None:
    on_the_wall(database, town.log)
    found = reader(database)
    posts = sorted(s for s in town.histories if s.startswith("vacancy-"))
    cases = sorted(s for s in town.histories if s.startswith("seeker-"))
    for case in cases[:25]:
        fits = found.posts_for(case, DAY, limit=1_000)
        expected = {p: t for p in posts if (t := town.totals(case, p, DAY)) is not None}
        assert {fit.row["vacancy"]: fit.total for fit in fits} == expected, case
        assert [fit.total for fit in fits] == sorted(expected.values(), reverse=True)
        assert all(fit.match.total == fit.total for fit in fits)
    for post in posts[:15]:
        fits = found.seekers_for(post, DAY, limit=1_000)
        _, offered = town.offered(post)
        expected = {}
        for case in cases:
            person = town.known(case)
            referred = {r.vacancy for r in town.one(case).open_referrals}
            if lawful(person, offered, DAY.year) and post not in referred:
                far = nearness(STATIONS, offered.station)
                expected[case] = match(person, offered, far[person.station], DAY).total
        assert {fit.row["case_id"]: fit.total for fit in fits} == expected, post
        assert all(fit.match.total == fit.total for fit in fits)


def test_only_so_many_are_listed_and_the_best_come_first(database: Database, town: Town) -> None:
    on_the_wall(database, town.log)
    every = reader(database).seekers_for("vacancy-000", DAY, limit=1_000)
    assert len(every) > 20
    top = reader(database).seekers_for("vacancy-000", DAY)
    assert [f.row["case_id"] for f in top] == [f.row["case_id"] for f in every[:20]]


def test_a_rebuild_gives_the_rows_that_the_live_runner_gave(database: Database, town: Town) -> None:
    runner = on_the_wall(database, town.log)
    tables = next(p for p in runner.projections if p.name == "matching").tables
    live = dump(database.pools.reader, tables)
    again = Runner(town.log, database.pools.projector, views_now(), aggregates())
    view = next(p for p in again.projections if p.name == "matching")
    rebuild(again, town.log, database.pools.projector, [view], lambda *_: None)
    assert dump(database.pools.reader, tables) == live


def test_an_unknown_side_has_no_list(database: Database, town: Town) -> None:
    on_the_wall(database, FakeLog())
    assert reader(database).posts_for("seeker-none", DAY) == []
    assert reader(database).seekers_for("vacancy-none", DAY) == []


def test_two_stations_are_as_near_as_their_network_says() -> None:
    far = nearness(STATIONS, "station-village")
    assert far == {
        "station-village": Near(10, 0),
        "station-town": Near(8, 1),
        "station-market": Near(6, 2),
        "station-other": Near(4, 3),
        "station-city": Near(2, None),
        "station-far": Near(0, None),
    }
