"""What fairs, classes and workshop orders come to: intents, completions, placements, orders.

Rows are ids, days, counts and amounts; no name stands here. A row that counts no more after a
correction stays with `counts` false, so that a rebuild and the live wall agree.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from domain.job_fair import Announced, JobFair
from domain.kernel import Recorded
from domain.money import total
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from domain.workshop import WorkshopOrder
from domain.workshop.facts import OrderReceived
from projections.folding import Case, Follower, Put
from projections.tables import Row, Table

NAME = 'text COLLATE "C" NOT NULL'

FAIRS = Table(
    "trade_fairs",
    {
        "fair": NAME,
        "state": NAME,
        "station": NAME,
        "name": NAME,
        "mode": NAME,
        "place": NAME,
        "series": NAME,
        "held_on": "date NOT NULL",  # announced for, or held on
        "firms": "integer NOT NULL",
        "headcount": "integer NOT NULL",
        "came": "integer NOT NULL",
        "posts": "integer NOT NULL",
        "visitors": "integer NOT NULL",
        "cvs": "integer NOT NULL",
        "intents": "integer NOT NULL",
        "placed_15": "integer",
        "placed_30": "integer",
    },
    keys=1,
    indexes=("(held_on, fair)",),
)
INTENTS = Table(
    "trade_intents",
    {
        "fair": NAME,
        "case_id": NAME,
        "vacancy": NAME,
        "employer": NAME,
        "counts": "boolean NOT NULL",
    },
    keys=3,
    indexes=("(case_id)",),
)
PLACED = Table(
    "trade_placed",
    {
        "case_id": NAME,
        "placement": "integer",
        "kind": NAME,
        "employer": NAME,
        "vacancy": NAME,
        "training": NAME,
        "start_on": "date NOT NULL",
        "verified_on": "date",
        "ended_on": "date",
        "counts": "boolean NOT NULL",
    },
    keys=2,
)
COMPLETED = Table(
    "trade_completed",
    {
        "case_id": NAME,
        "training": NAME,
        "station": NAME,
        "person": NAME,
        "case_no": NAME,
        "completed_on": "date NOT NULL",
        "passed": "boolean NOT NULL",
        "certified": "boolean NOT NULL",
        "counts": "boolean NOT NULL",
    },
    keys=2,
    indexes=("(training) WHERE counts", "(completed_on) WHERE counts"),
)
CLASSES = Table(
    "trade_classes",
    {
        "training": NAME,
        "state": NAME,
        "station": NAME,
        "title": NAME,
        "trade": NAME,
        "kind": NAME,
        "mode": NAME,
        "venue": NAME,
        "provider": NAME,
        "employer": NAME,
        "capacity": "integer NOT NULL",
        "seats": "integer NOT NULL",
        "waiting": "integer NOT NULL",
        "planned": "integer NOT NULL",
        "held": "integer NOT NULL",
        "first_on": "date",
        "last_on": "date",
        "next_on": "date",
        "completers": "integer NOT NULL",
        "certificate": "boolean NOT NULL",  # a level, or a subsidy that needs one
    },
    keys=1,
    indexes=("(last_on, training)",),
)
ORDERS = Table(
    "trade_orders",
    {
        "workshop": NAME,
        "state": NAME,
        "station": NAME,
        "customer": NAME,
        "product": NAME,
        "quantity": "integer NOT NULL",
        "due_on": "date NOT NULL",
        "workers": "integer NOT NULL",
        "recorded": "integer NOT NULL",
        "accepted": "integer NOT NULL",
        "delivered": "integer NOT NULL",
        "earned": "bigint NOT NULL",
        "paid": "bigint NOT NULL",
        "pay_by": "date",  # the first day by which a line that is still open had to be paid
        "disputes": "integer NOT NULL",
    },
    keys=1,
    indexes=("(due_on, workshop)",),
)


class TradesView:
    """The rows behind the pages of fairs, cohorts and orders."""

    name = "trades"
    version = "3"
    tables = (FAIRS, INTENTS, PLACED, COMPLETED, CLASSES, ORDERS)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow the trades, and of seekers what they come to."""
        made: Mapping[str, Callable[[], Follower]] = {
            "job_fair": _Fair,
            "seeker": _Outcome,
            "training": _Class,
            "workshop": _Order,
        }
        return made[kind]() if kind in made else None


class _Kept:
    """Rows of a set, each shown anew when it changes, and not counting once it is gone."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows: dict[Row, Row] = {}

    def show(self, rows: Iterable[Row]) -> Iterable[Put]:
        """Give what changed; the last column says whether a row counts."""
        now = {row[: self._table.keys]: (*row, True) for row in rows}
        for key, row in self._rows.items():
            if key not in now:
                yield self._table, (*row[:-1], False)
        for key, row in now.items():
            if self._rows.get(key) != row:
                yield self._table, row
        self._rows = now


class _Fair:
    def __init__(self) -> None:
        self._intents, self._station = _Kept(INTENTS), ""

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show the fair with its counts, and its intents."""
        state: JobFair = case.state
        self._station = self._station or recorded.station
        first = next((fact for fact, _ in state.history if isinstance(fact, Announced)), None)
        if first is None:
            return
        counts = state.counts
        yield (
            FAIRS,
            (
                case.stream,
                state.standing,
                self._station,
                first.name,
                first.mode,
                first.place,
                first.series or "",
                state.held_on or state.on,
                len(state.firms),
                sum(state.headcounts.values()),
                counts.firms if counts else 0,
                counts.posts if counts else 0,
                counts.visitors if counts else 0,
                counts.cvs if counts else 0,
                counts.intents if counts else 0,
                state.followed.get(15),
                state.followed.get(30),
            ),
        )
        hirers = {post: firm for firm, posts in state.posts.items() for post in posts}
        yield from self._intents.show(
            (case.stream, seeker, vacancy, hirers.get(vacancy, ""))
            for seeker, vacancy in sorted(state.intents)
        )


class _Outcome:
    def __init__(self) -> None:
        self._placed, self._completed = _Kept(PLACED), _Kept(COMPLETED)

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:  # noqa: ARG002 - the state
        """Show what a seeker learnt and where the seeker works."""
        state: SeekerCase = case.state
        yield from self._placed.show(
            (
                case.stream,
                one.no,
                one.kind,
                one.employer or "",
                _post(state, one.referral),
                one.training or "",
                one.start_on,
                one.verified_on,
                one.ended_on,
            )
            for one in state.placements.values()
            if one.employed
        )
        yield from self._completed.show(
            (
                case.stream,
                one.training,
                state.station,
                state.person,
                state.case_no,
                one.completed_on,
                one.standing in {"completed", "certified"},
                one.certified_on is not None,
            )
            for one in state.enrolments.values()
            if one.completed_on is not None
        )


def _post(state: SeekerCase, referral: int | None) -> str:
    """Give the post that a placement came from, where it came from a referral."""
    found = state.referrals.get(referral) if referral is not None else None
    return found.vacancy if found else ""


class _Class:
    def __init__(self) -> None:
        self._station = ""

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show how full a class is and how far it has come."""
        state: TrainingClass = case.state
        self._station = self._station or recorded.station
        days = [one.on for one in state.lessons if one.no not in state.cancelled]
        ahead = [
            one.on
            for one in state.lessons
            if one.no not in state.cancelled and one.no not in state.held
        ]
        yield (
            CLASSES,
            (
                case.stream,
                state.standing,
                self._station,
                state.title,
                state.trade,
                state.kind,
                state.mode,
                state.venue,
                state.provider,
                state.employer,
                state.capacity,
                len(state.seats),
                len(state.waiting),
                state.planned,
                len(state.held),
                min(days, default=None),
                max(days, default=None),
                min(ahead, default=None),
                len(state.completers),
                bool(state.level) or state.subsidised,
            ),
        )


class _Order:
    def __init__(self) -> None:
        self._station = ""

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show an order with its pieces and its wages."""
        state: WorkshopOrder = case.state
        self._station = self._station or recorded.station
        terms = next((fact for fact, _ in state.history if isinstance(fact, OrderReceived)), None)
        if terms is None:
            return
        work: list[Any] = list(state.work.values())
        yield (
            ORDERS,
            (
                case.stream,
                state.standing,
                self._station,
                state.customer,
                terms.product,
                state.quantity,
                terms.due_on,
                len(state.workers),
                sum(one.recorded for one in work),
                state.accepted,
                state.delivered,
                int(total(state.earned(worker) for worker in state.workers)),
                int(total(state.paid.values())),
                _first_open(state),
                len(state.disputes),
            ),
        )


def _first_open(state: WorkshopOrder) -> date | None:
    """Give the first day by which a line had to be paid that is not."""
    return min(
        (
            state.pay_by[month]
            for month, lines in state.payrolls.items()
            for line in lines
            if (month, line.worker) not in state.paid and month in state.pay_by
        ),
        default=None,
    )
