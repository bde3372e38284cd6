"""What a match compares 人岗匹配: a row a seeker, a post, a refusal, a completed class.

Only what measures may count stands here: no name, no number, no sealed value; of a birthday the
year alone. Windows and shifts are ranges of minutes, so that one statement can rank everybody.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from domain.kernel import Recorded
from domain.matching import SEEKING, monthly, prefix, skills
from domain.matching.hours import Span, shifts, window
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from domain.vacancy import Vacancy
from projections.folding import Case, Follower, Put
from projections.tables import Table

NAME = 'text COLLATE "C" NOT NULL'
WORDS = "text[] NOT NULL"
SOUGHT = ", ".join(f"'{state}'" for state in sorted(SEEKING))

SEEKERS = Table(
    "matching_seekers",
    {
        "case_id": NAME,
        "person": NAME,
        "state": NAME,
        "station": NAME,
        "owner": NAME,
        "case_no": NAME,
        "registered_on": "date",
        "birth_year": "integer",
        "sex": NAME,
        "trades": WORDS,
        "places": WORDS,
        "prefixes": WORDS,  # what a wished place holds: a city by its first four digits
        "hours": WORDS,
        "free": "int4multirange",
        "most": "integer",
        "pay": "bigint",
        "skills": "jsonb NOT NULL",
        "barriers": WORDS,
        "needs": WORDS,
        "learning": "boolean NOT NULL",
        "certified": WORDS,
        "referred": WORDS,
        "stopped": WORDS,
    },
    keys=1,
    indexes=(
        f"(state) WHERE state IN ({SOUGHT})",
        "USING gin (referred) WITH (fastupdate = off)",
        "USING gin (stopped) WITH (fastupdate = off)",
    ),
)
POSTS = Table(
    "matching_posts",
    {
        "vacancy": NAME,
        "state": NAME,
        "station": NAME,
        "employer": NAME,
        "title": NAME,
        "occupation": NAME,
        "place": NAME,
        "hours": WORDS,
        "shifts": "int4range[] NOT NULL",
        "shortest": "integer",
        "pay_from": "bigint",
        "pay_to": "bigint",
        "stated_from": "bigint NOT NULL",
        "stated_to": "bigint NOT NULL",
        "pay_unit": NAME,
        "seats": "integer NOT NULL",
        "valid_until": "date NOT NULL",
        "age_from": "integer NOT NULL",
        "hazards": WORDS,
        "headcount": "integer NOT NULL",
        "verified_on": "date",
        "complaints": "integer NOT NULL",
    },
    keys=1,
    indexes=("(valid_until) WHERE state = 'published'", "(state, valid_until, vacancy)"),
)
REFUSALS = Table(
    "matching_refusals",
    {
        "case_id": NAME,
        "referral": "integer",
        "vacancy": NAME,
        "employer": NAME,
        "reason": NAME,
        "refused_on": "date NOT NULL",
        "counts": "boolean NOT NULL",
    },
    keys=2,
    indexes=("(refused_on) WHERE counts",),
)
TRAINED = Table(
    "matching_trained",
    {"case_id": NAME, "training": NAME, "trade": NAME, "completed": "boolean NOT NULL"},
    keys=2,
    indexes=("(trade) WHERE completed",),
)


class MatchingView:
    """The rows of seekers, posts, refusals and completed classes."""

    name = "matching"
    version = "4"
    tables = (SEEKERS, POSTS, REFUSALS, TRAINED)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow what a match compares."""
        made: Mapping[str, Callable[[], Follower]] = {
            "seeker": _Sought,
            "vacancy": _Offered,
            "training": _Taught,
        }
        return made[kind]() if kind in made else None


def multirange(spans: Iterable[Span] | None) -> str | None:
    """Write spans as PostgreSQL reads a multirange."""
    return (
        None if spans is None else "{" + ",".join(f"[{one.start},{one.end})" for one in spans) + "}"
    )


class _Sought:
    def __init__(self) -> None:
        self._refused: dict[int, Put] = {}

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show wishes, abilities and refusals as they read after a command."""
        if recorded.more:
            return
        state: SeekerCase = case.state
        wants, free = state.wants, window(state.wants.hours)
        yield (
            SEEKERS,
            (
                case.stream,
                state.person,
                state.standing,
                state.station,
                state.owner,
                state.case_no,
                state.registered_on,
                state.birth_year,
                state.sex,
                sorted(wants.trades),
                sorted(wants.places),
                sorted(prefix(place) for place in wants.places),
                list(wants.hours),
                multirange(free.spans),
                free.most,
                None if wants.pay is None else int(wants.pay),
                skills(state.abilities),
                sorted(state.barriers),
                sorted(state.needs),
                any(e.standing == "enrolled" for e in state.enrolments.values()),
                sorted(e.training for e in state.enrolments.values() if e.standing == "certified"),
                sorted({r.vacancy for r in state.open_referrals}),
                sorted({r.vacancy for r in state.referrals.values() if r.standing == "suspended"}),
            ),
        )
        yield from self._refusals(case.stream, state)

    def _refusals(self, stream: str, state: SeekerCase) -> Iterable[Put]:
        """Show refusals that are new or read otherwise; a voided one counts no more."""
        now: dict[int, Put] = {}
        for one in state.referrals.values():
            if one.standing == "refused" and one.answered_on:
                said = (one.vacancy, one.employer, one.reason, one.answered_on)
                now[one.no] = (REFUSALS, (stream, one.no, *said, True))
        for no, put in self._refused.items():
            if no not in now:
                yield REFUSALS, (*put[1][:-1], False)
        for no, put in now.items():
            if self._refused.get(no) != put:
                yield put
        self._refused = now


class _Offered:
    def __init__(self) -> None:
        self._station = ""

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show the terms of a post as they read after a fact; its station wrote it down."""
        self._station = self._station or recorded.station
        state: Vacancy = case.state
        terms = state.terms
        if terms is None:
            return
        worked = shifts(terms.hours)
        yield (
            POSTS,
            (
                case.stream,
                state.standing,
                self._station,
                terms.employer,
                terms.title,
                terms.occupation,
                terms.place,
                list(terms.hours),
                [_range(span) for span in worked.spans],
                worked.shortest,
                monthly(terms.pay_from, terms.pay_unit),
                monthly(terms.pay_to, terms.pay_unit),
                int(terms.pay_from),
                int(terms.pay_to),
                terms.pay_unit,
                state.seats_left,
                state.valid_until,
                terms.age_from,
                sorted(terms.hazards),
                state.headcount,
                state.verified_on,
                state.complaints,
            ),
        )


class _Taught:
    def __init__(self) -> None:
        self._completers: frozenset[str] = frozenset()

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:  # noqa: ARG002 - the state
        """Show who completed a class of which trade."""
        state: TrainingClass = case.state
        for seeker in sorted(self._completers - state.completers):
            yield TRAINED, (seeker, case.stream, state.trade, False)
        for seeker in sorted(state.completers - self._completers):
            yield TRAINED, (seeker, case.stream, state.trade, True)
        self._completers = state.completers


def _range(span: Span) -> Any:
    return f"[{span.start},{span.end})" if span.end > span.start else "empty"
