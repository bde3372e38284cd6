"""Who may do what: the matrix of roles (domain.md 9.1) as data, asked once, in `Store.decide`.

A role grants rights. Two conditions narrow a grant: a mediator settles own cases only, and a
caseworker or mediator acts on cases of the stations served (S-16). Nobody's role passes four
eyes: that guard stands in the domain and asks for the officer, not for the role.
"""

from collections.abc import Mapping
from typing import Any

from application.store import Who
from domain.kernel import N_, Aggregate, Refused

# Right -> the roles that grant it. `auditor` grants no right to write, `admin` none in a case.
GRANTS: Mapping[str, frozenset[str]] = {
    "seeker.lead": frozenset({"informant", "caseworker", "station_manager"}),
    "seeker.edit": frozenset({"caseworker", "station_manager"}),
    "seeker.visit": frozenset({"informant", "caseworker", "station_manager"}),
    "hardship.decide": frozenset({"caseworker", "station_manager"}),
    "subsidy.decide": frozenset({"caseworker", "station_manager"}),
    "dispute.intake": frozenset({"caseworker", "mediator", "station_manager"}),
    "dispute.edit": frozenset({"mediator", "station_manager"}),
    "dispute.settle": frozenset({"mediator", "station_manager"}),
    "case.receive": frozenset({"caseworker", "mediator", "station_manager"}),
    "case.reassign": frozenset({"station_manager"}),
    "case.reopen": frozenset({"station_manager"}),
    "override": frozenset({"station_manager"}),
    "staff.manage": frozenset({"admin"}),
    "settings.manage": frozenset({"admin"}),
    "station.manage": frozenset({"station_manager", "admin"}),
    "station.count": frozenset({"caseworker", "mediator", "station_manager", "informant"}),
    "station.report": frozenset({"caseworker", "station_manager"}),
    "device.manage": frozenset({"station_manager", "admin"}),
    "queue.review": frozenset({"caseworker", "mediator", "station_manager"}),
    "employer.edit": frozenset({"caseworker", "mediator", "station_manager"}),
    "vacancy.edit": frozenset({"caseworker", "station_manager"}),
    "training.edit": frozenset({"caseworker", "station_manager"}),
    "person.edit": frozenset({"informant", "caseworker", "mediator", "station_manager"}),
    "person.erase": frozenset({"station_manager"}),
    "staff.delegate": frozenset({"station_manager", "admin"}),
    "import": frozenset({"station_manager"}),
}

# The rights that are about a case of a station: S-16 holds for them, unless a station manager asks.
OF_A_CASE = frozenset(
    {
        "seeker.lead",
        "seeker.edit",
        "seeker.visit",
        "hardship.decide",
        "subsidy.decide",
        "dispute.intake",
        "dispute.edit",
        "dispute.settle",
        "case.receive",
    }
)

# Granted by this role for cases that the asker is an officer of.
OWN_CASES = frozenset({("mediator", "dispute.settle"), ("informant", "seeker.visit")})

# Roles that write nothing, or nothing in cases; everything else is a writing role (P-03).
ROLES = ("caseworker", "mediator", "station_manager", "auditor", "admin", "informant")
WRITING = frozenset(ROLES) - {"auditor"}


def check(who: Who, right: str, aggregate: Aggregate, stream: str) -> str:
    """Refuse a command that the asker's roles of the day do not grant (P-05, S-16).

    `aggregate` is the state before the command; a stream without history belongs to no station
    yet. The right "" is that of a second stream which the first part's right covers.
    Gives the absent colleague whom the asker stands in for here, or "" (F-80): the case is the
    colleague's and not the asker's, or only the colleague's roles let it pass.
    """
    if not right:
        return ""
    officers: frozenset[str] = getattr(aggregate, "officers", frozenset())
    absent = [one for one in who.stands_in if one.account in officers]
    if absent and who.account not in officers and may(absent[0], right, aggregate, stream):
        return absent[0].account
    try:
        _check(who, right, aggregate, stream)
    except Refused:
        for one in who.stands_in:
            if may(one, right, aggregate, stream):
                return one.account
        raise
    return ""


def _check(who: Who, right: str, aggregate: Aggregate, stream: str) -> None:
    """Hold the asker's own roles and stations against the matrix."""
    roles = who.roles & GRANTS.get(right, frozenset())
    if not roles:
        raise Refused(rule="P-05", text=N_("您的角色没有办理此事项的权限({right})。"), right=right)
    granted = {role for role in roles if (role, right) not in OWN_CASES}
    own = {*getattr(aggregate, "officers", ()), getattr(aggregate, "informant", "")}
    if not granted and who.account not in own:
        raise Refused(
            rule="P-05",
            text=N_("只有承办{case}的调解员或站长可以办理此事项。"),
            case=stream,
        )
    if right in OF_A_CASE and "station_manager" not in roles:
        check_station(who, _station(right, aggregate))


def check_station(who: Who, station: str) -> None:
    """Refuse to act for another station; also asked where a new case names its station (S-16)."""
    if station and station not in who.stations | {who.station}:
        raise Refused(
            rule="S-16",
            text=N_("本案属于其他站点({station})，须先移交或由站长办理。"),
            station=station,
        )


def may(who: Who, right: str, aggregate: Aggregate | None = None, stream: str = "") -> bool:
    """Say whether `check` would let pass, so that a page can show or disable an act (F-08)."""
    try:
        check(who, right, aggregate or Aggregate(), stream)
    except Refused:
        return False
    return True


def _station(right: str, aggregate: Any) -> str:
    """Give the station a case belongs to; to receive one, the station it was offered to."""
    name = "offered_to" if right == "case.receive" else "station"
    station: str = getattr(aggregate, name, "")
    return station
