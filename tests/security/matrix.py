"""What every role may ask of the site, written down by hand from domain.md 9.1.

A new route, right or act that has no entry here fails `test_route_matrix.py`.
"""

from typing import NamedTuple

from tests.security.conftest import Client

ROLES = ("caseworker", "mediator", "station_manager", "auditor", "admin", "informant")
READ_CASES = {"caseworker", "mediator", "station_manager", "auditor"}
WITH_LEADS = READ_CASES | {"informant"}
EVERYBODY = set(ROLES)
ANYONE = EVERYBODY | {""}
OPENING = {"caseworker", "mediator", "station_manager"}
SETTLING = {"mediator", "station_manager"}
ADMIN, MANAGER = {"admin"}, {"station_manager"}
HEALTH = {"auditor", "admin"}
STAFF = {"admin", "station_manager"}

# The rows of domain.md 9.1, and what follows from its last lines about auditor, admin, informant.
PAGES: dict[tuple[str, str], set[str]] = {
    ("GET", "/alive"): EVERYBODY,
    ("GET", "/instalments"): READ_CASES,
    ("GET", "/account/tokens"): EVERYBODY,
    ("POST", "/account/tokens"): EVERYBODY,
    ("POST", "/account/tokens/{token}/end"): EVERYBODY,
    ("GET", "/drafts"): EVERYBODY,
    ("POST", "/drafts"): EVERYBODY,
    ("POST", "/drafts/drop"): EVERYBODY,
    ("GET", "/reads"): {"auditor"},
    ("POST", "/cases/export"): READ_CASES,
    ("POST", "/statistics/{code}/export"): READ_CASES,
    ("GET", "/tokens"): {"admin"},
    ("POST", "/tokens/{token}/end"): {"admin"},
    ("GET", "/fairs"): READ_CASES,
    ("GET", "/fairs/{stream}"): set(),  # none is planned
    ("GET", "/fairs/{fair}/join_employer"): set(),
    ("POST", "/fairs/{fair}/join_employer"): set(),
    ("GET", "/minimum-wages"): READ_CASES | ADMIN,
    ("POST", "/minimum-wages"): ADMIN,
    ("GET", "/posts"): ANYONE,
    ("GET", "/sessions"): READ_CASES,
    ("GET", "/statistics/disputes"): READ_CASES,
    ("GET", "/seekers/{case}/matches"): READ_CASES,
    ("GET", "/vacancies/untold"): READ_CASES,
    ("GET", "/talents"): READ_CASES,
    ("GET", "/vacancies/{vacancy}/matches"): READ_CASES,
    ("GET", "/vacancies/{vacancy}/tell/{case}"): set(),  # not among its matches,
    ("POST", "/vacancies/{vacancy}/tell/{case}"): set(),
    ("GET", "/healthz"): ANYONE,
    ("GET", "/readyz"): ANYONE,
    ("GET", "/login"): ANYONE,
    ("POST", "/login"): ANYONE,
    ("POST", "/login/demo"): ANYONE,
    ("POST", "/logout"): ANYONE,
    ("POST", "/look"): ANYONE,
    ("GET", "/help"): ANYONE,
    ("GET", "/"): EVERYBODY,
    ("GET", "/account"): EVERYBODY,
    ("POST", "/account/sessions/{which}/end"): EVERYBODY,
    ("GET", "/cases"): WITH_LEADS,
    ("POST", "/search"): WITH_LEADS,
    ("GET", "/search/{which}"): WITH_LEADS,
    ("GET", "/seekers"): EVERYBODY,  # leads on to /cases
    ("GET", "/disputes"): EVERYBODY,
    ("GET", "/seekers/{case}"): READ_CASES,
    ("GET", "/seekers/{case}/events/{version}"): READ_CASES,
    ("POST", "/seekers/{case}/reveal"): READ_CASES,
    ("GET", "/disputes/{case}"): READ_CASES,
    ("GET", "/disputes/{case}/events/{version}"): READ_CASES,
    ("GET", "/alarms"): READ_CASES,
    ("GET", "/disputes/new/counter"): OPENING,
    ("POST", "/disputes/new/counter"): OPENING,
    ("GET", "/disputes/{case}/claims.xlsx"): READ_CASES,
    ("GET", "/disputes/{case}/claims/{number}"): set(),  # the case has no claim yet
    ("GET", "/disputes/{case}/merge"): SETTLING,
    ("GET", "/disputes/{case}/unmerge"): SETTLING,
    ("GET", "/disputes/{case}/wage-table"): OPENING,
    ("POST", "/disputes/{case}/wage-table"): OPENING,
    ("GET", "/disputes/{case}/wage-table/{draft}"): set(),  # another's table is a missing page
    ("POST", "/disputes/{case}/wage-table/{draft}"): set(),
    ("GET", "/disputes/{case}/wage-table/{draft}/errors.xlsx"): set(),
    ("GET", "/wage-table.xlsx"): EVERYBODY,
    ("GET", "/jobs"): EVERYBODY,
    ("GET", "/jobs/{which}"): ADMIN,  # another's job; one's own is everybody's
    ("GET", "/jobs/{which}/stream"): ADMIN,
    ("POST", "/jobs/{which}/cancel"): ADMIN,
    ("POST", "/jobs/{which}/again"): ADMIN,
    ("GET", "/imports"): MANAGER,
    ("POST", "/imports"): MANAGER,
    ("GET", "/imports/{which}"): set(),  # another's import is a missing page
    ("POST", "/imports/{which}/take"): set(),
    ("GET", "/imports/{which}/problems.xlsx"): set(),
    ("GET", "/imports/{which}/undo"): set(),
    ("POST", "/imports/{which}/undo"): set(),
    ("GET", "/imports/{which}/rows/{row}"): set(),
    ("POST", "/imports/{which}/rows/{row}"): set(),
    ("GET", "/projections"): HEALTH,
    ("POST", "/projections/rebuild"): ADMIN,
    ("POST", "/projections/{projection}/unpark/{stream}"): set(),  # nothing is set aside
    ("GET", "/statistics"): READ_CASES,
    ("GET", "/statistics/export.xlsx"): READ_CASES,
    ("GET", "/statistics/{code}"): READ_CASES,
    ("GET", "/staff"): STAFF,
    ("GET", "/staff/new"): ADMIN,
    ("POST", "/staff/new"): ADMIN,
    ("GET", "/staff/{account}"): STAFF,
    ("POST", "/staff/{account}/password"): ADMIN,
    ("POST", "/staff/{account}/sessions/end"): ADMIN,
    ("GET", "/settings"): ADMIN,
    ("POST", "/settings"): ADMIN,
    ("GET", "/calendar"): ADMIN,
    ("POST", "/calendar"): ADMIN,
    ("GET", "/stations"): EVERYBODY,
    ("GET", "/stations/{station}"): EVERYBODY,
    ("GET", "/employers"): READ_CASES,
    ("GET", "/employers/{stream}"): READ_CASES,
    ("GET", "/vacancies"): READ_CASES,
    ("GET", "/vacancies/{stream}"): READ_CASES,
    ("GET", "/classes"): READ_CASES,
    ("GET", "/classes/{stream}"): READ_CASES,
    ("GET", "/classes/cohorts"): READ_CASES,
    ("GET", "/classes/{training}/hold_session"): set(),  # no such class
    ("POST", "/classes/{training}/hold_session"): set(),
    ("GET", "/classes/{training}/certify"): set(),
    ("POST", "/classes/{training}/certify"): set(),
    ("GET", "/classes/{training}/grade_homework"): set(),
    ("POST", "/classes/{training}/grade_homework"): set(),
    ("GET", "/workshop"): READ_CASES,
    ("GET", "/workshop/{stream}"): set(),  # no such order
    ("GET", "/workshop/{order}/record_day"): set(),
    ("POST", "/workshop/{order}/record_day"): set(),
    ("GET", "/workshop/{order}/check_day"): set(),
    ("POST", "/workshop/{order}/check_day"): set(),
    ("GET", "/screen/{station}"): STAFF,  # and a paired device
    ("GET", "/absences"): OPENING,
    ("POST", "/absences"): OPENING,
    ("POST", "/absences/end"): OPENING,
    ("GET", "/today"): OPENING,
    ("GET", "/filters"): OPENING,
    ("POST", "/filters"): OPENING,
    ("POST", "/filters/{which}/{what}"): OPENING,
    ("POST", "/batch"): OPENING,
    ("POST", "/batches/{act}"): set(),  # no such act
    ("GET", "/batches/{batch}"): set(),  # another's batch is a missing page
    ("GET", "/handovers"): MANAGER,
    ("GET", "/handovers/new/{account}"): MANAGER,
    ("POST", "/handovers/new/{account}"): MANAGER,
    ("POST", "/handovers/new/{account}/preview"): MANAGER,
    ("GET", "/handovers/{handover}"): set(),  # none was planned
    ("POST", "/handovers/{handover}/undo"): set(),
    ("POST", "/handovers/{handover}/continue"): set(),
    ("GET", "/workload"): MANAGER,
    ("GET", "/workload/missing"): MANAGER,
    ("GET", "/duplicates"): OPENING,
    ("GET", "/duplicates/{one}/{other}"): set(),  # no such persons
    ("POST", "/duplicates/{one}/{other}"): set(),
    ("GET", "/persons/{person}"): set(),
    ("POST", "/persons/{person}/unmerge"): set(),
    ("GET", "/undo/{kind}/{case}/{version}"): set(),  # no such kind of case
    ("GET", "/criteria"): EVERYBODY,
    ("POST", "/criteria"): ADMIN,
    ("GET", "/devices"): STAFF,
    ("POST", "/devices"): STAFF,
    ("POST", "/devices/{device}/end"): STAFF,
    ("GET", "/notices"): STAFF,
    ("POST", "/notices"): STAFF,
    ("POST", "/notices/{notice}/end"): STAFF,
    ("GET", "/directory"): ANYONE,
    ("GET", "/directory/{station}"): ANYONE,
    ("GET", "/coverage"): EVERYBODY,
    ("GET", "/budget"): EVERYBODY,
    ("GET", "/daily"): READ_CASES,
    ("POST", "/daily"): {"caseworker", "station_manager"},
    ("GET", "/tally"): {"informant", *OPENING},
    ("POST", "/tally"): {"informant", *OPENING},
    ("GET", "/quick"): {"caseworker", "station_manager"},
    ("POST", "/quick"): {"caseworker", "station_manager"},
    ("GET", "/terminal/{station}"): set(),  # a terminal with its token, and nobody else
    ("GET", "/kiosk"): set(),
    ("GET", "/kiosk/posts"): set(),
    ("GET", "/kiosk/progress"): set(),
    ("GET", "/kiosk/{kind}"): set(),
    ("POST", "/kiosk/{kind}"): set(),
    ("GET", "/queue"): OPENING,
    ("POST", "/queue/next"): OPENING,
    ("GET", "/queue/{entry}"): set(),  # none has come in
    ("GET", "/queue/{entry}/register"): set(),
    ("POST", "/queue/{entry}/{step}"): set(),
    ("GET", "/disputes/{case}/limits"): READ_CASES,
    ("GET", "/seekers/{case}/hardships/{hardship}/replay"): set(),  # none to replay
    ("GET", "/seekers/{case}/hardships/{hardship}/register"): set(),  # nor one to certify
    ("POST", "/seekers/{case}/hardships/{hardship}/register"): set(),
}
# Right -> roles, from the rows of domain.md 9.1.
NINE_ONE: dict[str, set[str]] = {
    "seeker.lead": {"informant", "caseworker", "station_manager"},
    "seeker.edit": {"caseworker", "station_manager"},
    "hardship.decide": {"caseworker", "station_manager"},
    "subsidy.decide": {"caseworker", "station_manager"},
    "dispute.intake": OPENING,
    "dispute.edit": {"mediator", "station_manager"},
    "dispute.settle": {"mediator", "station_manager"},
    "case.receive": OPENING,
    "case.reassign": MANAGER,
    "case.reopen": MANAGER,
    "override": MANAGER,
    "staff.manage": ADMIN,
    "settings.manage": ADMIN,
    "station.manage": STAFF,
    "employer.edit": OPENING,
    "vacancy.edit": {"caseworker", "station_manager"},
    "training.edit": {"caseworker", "station_manager"},
    "person.edit": {"informant", *OPENING},
    "person.erase": MANAGER,
    "import": MANAGER,
    "station.count": {"informant", *OPENING},
    "station.report": {"caseworker", "station_manager"},
    "device.manage": STAFF,
    "queue.review": OPENING,
    "staff.delegate": STAFF,
}
OF_ACTS = ("/new/{verb}", "/{case}/{verb}")


class Tried(NamedTuple):
    """What a role met on a route."""

    method: str
    path: str
    role: str
    status: int
    let_in: bool


def tried(client: Client, role: str, method: str, path: str) -> Tried:
    answer = client.get(path) if method == "GET" else client.post(path)
    to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    assert answer.status_code < 500, f"{role} {method} {path}: {answer.status_code}"
    said_no = answer.status_code == 409 and "P-05" in answer.text
    kept_out = answer.status_code in {403, 404} or to_sign_in or said_no
    return Tried(method, path, role, answer.status_code, not kept_out)


# Help of seekers: boards, views of a case, households, a phone on the way.
WORKERS = {"caseworker", "station_manager"}
VISITING = {"informant", *WORKERS}
PAGES |= {
    ("GET", "/standards"): READ_CASES | ADMIN,
    ("POST", "/standards"): ADMIN,
    ("GET", "/subsidies"): READ_CASES,
    ("GET", "/households"): READ_CASES,
    ("GET", "/households/of/{case}"): WORKERS,
    ("POST", "/households/of/{case}"): WORKERS,
    ("GET", "/households/{household}"): set(),  # none is written down
    ("POST", "/households/{household}/clear"): set(),
    ("GET", "/seekers/{case}/contact"): WORKERS,
    ("POST", "/seekers/{case}/contact"): WORKERS,
    ("GET", "/seekers/{case}/timeline"): READ_CASES,
    ("GET", "/seekers/{case}/referrals"): READ_CASES,
    ("GET", "/seekers/{case}/training"): READ_CASES,
    ("GET", "/seekers/{case}/subsidies"): READ_CASES,
    ("GET", "/seekers/{case}/reads"): {"caseworker", "station_manager", "auditor"},
    ("GET", "/m"): VISITING,
    ("GET", "/m/mine"): VISITING,
    ("GET", "/m/register"): VISITING,
    ("POST", "/m/register"): VISITING,
    ("GET", "/m/visits/{case}"): WORKERS,  # an informant visits own leads only
    ("POST", "/m/visits/{case}"): WORKERS,
}
NINE_ONE["seeker.visit"] = VISITING
PAGES["GET", "/statistics/employment"] = READ_CASES
PAGES["GET", "/seekers/{case}/referrals/{referral}/cv"] = set()  # nobody is referred


# Papers of cases, and the pages without an account that go with them.
MEDIATING = {"mediator", "station_manager"}
PAGES |= {
    ("GET", "/outbox"): OPENING,
    ("GET", "/wordings"): READ_CASES | ADMIN,
    ("POST", "/wordings"): ADMIN,
    ("POST", "/messages/receipts"): ANYONE,  # its signature decides: 401
    ("GET", "/seekers/{case}/messages"): READ_CASES,
    ("GET", "/seekers/{case}/messages/new"): WORKERS,
    ("POST", "/seekers/{case}/messages/new"): WORKERS,
    ("GET", "/seekers/{case}/messages/{message}"): set(),  # none was asked for
    ("POST", "/seekers/{case}/messages/{message}/repeat"): set(),
    ("POST", "/seekers/{case}/messages/{message}/withdraw"): set(),
    ("POST", "/seekers/{case}/messages/{message}/settle"): set(),
    ("GET", "/seekers/{case}/reach/{person}"): set(),  # nobody of the case
    ("POST", "/seekers/{case}/reach/{person}"): set(),  # nobody of the case
    ("GET", "/disputes/{case}/messages"): READ_CASES,
    ("GET", "/disputes/{case}/messages/new"): MEDIATING,
    ("POST", "/disputes/{case}/messages/new"): MEDIATING,
    ("GET", "/disputes/{case}/messages/{message}"): set(),  # none was asked for
    ("POST", "/disputes/{case}/messages/{message}/repeat"): set(),
    ("POST", "/disputes/{case}/messages/{message}/withdraw"): set(),
    ("POST", "/disputes/{case}/messages/{message}/settle"): set(),
    ("GET", "/disputes/{case}/reach/{person}"): set(),  # nobody of the case
    ("POST", "/disputes/{case}/reach/{person}"): set(),  # nobody of the case
    ("POST", "/m/visits/{case}/photos"): WORKERS,
    ("GET", "/seekers/{case}/attachments"): READ_CASES,
    ("GET", "/disputes/{case}/attachments"): READ_CASES,
    ("POST", "/seekers/{case}/attachments"): WORKERS,
    ("POST", "/disputes/{case}/attachments"): OPENING,
    ("GET", "/seekers/{case}/attachments/{attachment}"): set(),  # the case has none
    ("GET", "/disputes/{case}/attachments/{attachment}"): set(),
    ("GET", "/seekers/{case}/attachments/{attachment}/preview"): set(),
    ("GET", "/disputes/{case}/attachments/{attachment}/preview"): set(),
    ("POST", "/seekers/{case}/attachments/{attachment}/check"): set(),
    ("POST", "/disputes/{case}/attachments/{attachment}/check"): set(),
    ("GET", "/seekers/{case}/attachments/{attachment}/withdraw"): set(),
    ("GET", "/disputes/{case}/attachments/{attachment}/withdraw"): set(),
    ("POST", "/seekers/{case}/attachments/{attachment}/withdraw"): set(),
    ("POST", "/disputes/{case}/attachments/{attachment}/withdraw"): set(),
    ("GET", "/seekers/{case}/papers"): READ_CASES,
    ("GET", "/disputes/{case}/papers"): READ_CASES,
    ("GET", "/seekers/{case}/papers/new/{which}"): WORKERS,
    ("GET", "/disputes/{case}/papers/new/{which}"): MEDIATING,
    ("GET", "/seekers/{case}/papers/word/{which}"): WORKERS,
    ("GET", "/disputes/{case}/papers/word/{which}"): MEDIATING,
    ("POST", "/seekers/{case}/papers/new/{which}"): WORKERS,
    ("POST", "/disputes/{case}/papers/new/{which}"): MEDIATING,
    ("POST", "/seekers/{case}/papers/all/{which}"): WORKERS,
    ("POST", "/disputes/{case}/papers/all/{which}"): MEDIATING,
    ("GET", "/seekers/{case}/papers/file/{which}"): set(),  # another's job
    ("GET", "/disputes/{case}/papers/file/{which}"): set(),
    ("GET", "/seekers/{case}/papers/{document}"): set(),  # none was issued
    ("GET", "/disputes/{case}/papers/{document}"): set(),
    ("GET", "/seekers/{case}/codes"): WORKERS,
    ("GET", "/disputes/{case}/codes"): OPENING,
    ("POST", "/seekers/{case}/codes"): WORKERS,
    ("POST", "/disputes/{case}/codes"): OPENING,
    ("GET", "/classes/{stream}/sheet"): WORKERS,
    ("GET", "/verify"): ANYONE,
    ("GET", "/verify/{document}"): ANYONE,
    ("POST", "/verify"): set(),  # no paper has an empty code
    ("GET", "/progress"): ANYONE,
    ("POST", "/progress"): set(),  # no case has an empty number; tested with its waits
    ("GET", "/progress/case"): ANYONE,  # leads on to /progress
    ("GET", "/progress/papers/{document}"): ANYONE,
    ("POST", "/progress/end"): ANYONE,
}
