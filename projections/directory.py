"""The directory 名录: stations, accounts, employers, vacancies, classes, fairs, households.

Names in here are no secrets; a member of staff stands by the id of the person.
"""

from collections.abc import Callable, Iterable
from typing import Any

from domain.employer import Employer
from domain.handover import Handover
from domain.household import Household
from domain.job_fair import Announced, JobFair
from domain.kernel import Recorded
from domain.staff import StaffAccount
from domain.station import Station
from domain.training import TrainingClass
from domain.vacancy import Vacancy
from projections.folding import Case, Follower, Put
from projections.tables import Row, Table

KINDS = frozenset(
    {"station", "staff", "employer", "vacancy", "training", "job_fair", "household", "handover"}
)
NAME = 'text COLLATE "C" NOT NULL'

DIRECTORY = Table(
    "directory",
    {
        "stream": NAME,
        "kind": NAME,
        "state": NAME,
        "name": NAME,
        "code": NAME,
        "parent": NAME,
        "district": NAME,
        "seats": "integer NOT NULL",
        "until": "date",
        "members": "text[] NOT NULL",
        "detail": "jsonb NOT NULL",
    },
    keys=1,
    indexes=("(kind, state, name, stream)", "(code) WHERE code <> ''", "USING gin (members)"),
)


class DirectoryView:
    """The row of each thin aggregate that pages name and pick from."""

    name = "directory"
    version = "5"
    tables = (DIRECTORY,)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow everything that is listed."""
        return _Listed() if kind in KINDS else None


class _Listed:
    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:  # noqa: ARG002 - the state
        """Show the entry as it stands after a fact."""
        entry = ENTRIES[type(case.state)](case.state)
        yield DIRECTORY, (case.stream, case.kind, case.state.standing, *entry)


def _station(state: Station) -> Row:
    terms = state.terms
    if terms is None:
        return "", "", "", "", 0, None, [], {}
    detail = {
        "kind": terms.kind,
        "level": terms.level,
        "grade": terms.grade,
        "theme": terms.theme,
        "alias": list(terms.alias),
        "operator": terms.operator,
        "trial": terms.trial,
        "address": terms.address,
        "hours": terms.hours,
        "phone": terms.phone,
        "trades": list(terms.trades),
        "modules": list(state.modules),
        "zones": list(state.zones),
        "services": list(state.services),
        "equipment": list(state.equipment),
        "partners": list(state.partners),
        "opened_on": state.first_on.isoformat() if state.first_on else "",
        "honours": [list(honour) for honour in state.honours],
    }
    return terms.official_name, "", terms.parent or "", terms.district, 0, None, [], detail


def _staff(state: StaffAccount) -> Row:
    roles = [{"role": one.role, "from_on": one.from_on, "to_on": one.to_on} for one in state.grants]
    lent = [{"to": d.to, "from_on": d.from_on, "to_on": d.to_on} for d in state.delegations]
    # The person comes first; those who stand in are found by membership.
    members = [state.person, *sorted({d.to for d in state.delegations})]
    return "", "", state.station, "", 0, None, members, {"roles": roles, "delegations": lent}


def _fair(state: JobFair) -> Row:
    first = next((fact for fact, _ in state.history if isinstance(fact, Announced)), None)
    if first is None:
        return "", "", "", "", 0, None, [], {}
    detail = {"place": first.place, "mode": first.mode}
    return first.name, "", "", "", 0, state.on, sorted(state.firms), detail


def _vacancy(state: Vacancy) -> Row:
    terms = state.terms
    if terms is None:
        return "", "", "", "", 0, None, [], {}
    detail = {
        "occupation": terms.occupation,
        "headcount": terms.headcount,
        "pay_from": int(terms.pay_from),
        "pay_to": int(terms.pay_to),
        "pay_unit": terms.pay_unit,
        "hours": list(terms.hours),
    }
    place = (terms.title, terms.external_id or "", terms.employer, terms.place)
    return *place, state.seats_left, state.valid_until, [], detail


def _employer(state: Employer) -> Row:
    people = sorted({person for person, _ in state.contacts} | {state.person} - {""})
    detail = {"kind": state.kind, "checked": state.checked, "capacity": state.capacity}
    until = state.licence_valid_until
    return state.name, state.credit_code, "", state.district, 0, until, people, detail


def _training(state: TrainingClass) -> Row:
    days = [lesson.on for lesson in state.lessons]
    detail = {
        "trade": state.trade,
        "capacity": state.capacity,
        "first_on": min(days, default=None),
    }
    free, last = state.capacity - len(state.seats), max(days, default=None)
    return state.title, "", state.venue, "", free, last, sorted(state.seats), detail


def _household(state: Household) -> Row:
    detail = {
        "kind": state.kind,
        "seeking": sorted(state.seeking),
        "declared_on": state.declared_on,
        "cleared_on": state.cleared_on,
    }
    people = sorted(state.persons)
    return "", "", "", state.domicile, 0, state.clear_by, people, detail


def _handover(state: Handover) -> Row:
    """Give whose cases went to whom, how many, and how many stayed."""
    receivers = sorted({move.to for move in state.moves})
    detail = {"moves": len(state.moves), "left": len(state.left), "stayed": len(state.stayed)}
    return "", "", "", "", len(state.moved), state.first_on, [state.account, *receivers], detail


# Of each kind: name, code, parent, district, what is free, last day, members, and the rest.
ENTRIES: dict[type[Any], Callable[[Any], Row]] = {
    Station: _station,
    StaffAccount: _staff,
    Employer: _employer,
    Vacancy: _vacancy,
    TrainingClass: _training,
    JobFair: _fair,
    Household: _household,
    Handover: _handover,
}
