"""Who is typed at the counter: found by number, or registered on the way, before an act is asked.

`SiteParts.extra` holds `persons` (application.persons.Persons), `employers`
(application.vacancies.Employers) and `employer_with` (the active employer of a credit code).
"""

import re
import uuid
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request

from application.persons import Papers
from application.store import Stamp
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis
from domain.employer import kind_of
from domain.identity import sex_of
from domain.kernel import N_, Refused
from domain.money import Fen
from web.access import parts

ID_NO = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
EDGES = " ,，;；、　"
LOCAL = "449900"
Values = dict[str, Any]


class Row(NamedTuple):
    """One line of a wage table as typed: a person, a claim, the months it is about."""

    worker: str
    code: str
    from_on: date
    to_on: date
    amount: Fen
    undisputed: Fen | None = None
    job: str | None = None


def person(request: Request, stamp: Stamp, text: str, field: str, nth: int = 0) -> str:
    """Find a person by ID number, or register who comes with name and number (F-27).

    `nth` tells the persons of one field apart.
    """
    if text.startswith("person-"):
        return text
    number = ID_NO.search(text)
    if number is None:
        raise Refused(
            rule="F-00", text=N_("请写 18 位证件号码；没有登记过的请同时写姓名。"), field=field
        )
    id_no, name = number[0].upper(), text.replace(number[0], "").strip(EDGES)
    persons = parts(request).extra["persons"]
    found = persons.duplicates(on=stamp.occurred_on, id_no=id_no, name=name)
    if found.person:
        return str(found.person)
    if not name:
        raise Refused(rule="F-00", text=N_("没有登记过这个证件号码，请同时写姓名。"), field=field)
    papers = Papers(name=name, sex=sex_of(id_no), id_no=id_no)
    try:
        done = persons.register(papers, domicile="", stamp=_of(stamp, field, nth))
    except Refused as refused:
        raise Refused(
            rule=refused.rule, text=refused.text, field=field, **refused.values
        ) from refused
    return str(done.streams[0])


def employer(request: Request, stamp: Stamp, text: str, field: str) -> str:
    """Find an employer by credit code, or register one that comes with name and code (V-10)."""
    if text.startswith("employer-"):
        return text
    code = CODE.search(text.upper())
    if code is None:
        raise Refused(
            rule="F-00",
            text=N_("请写 18 位统一社会信用代码；没有登记过的请同时写名称。"),
            field=field,
        )
    extra = parts(request).extra
    if found := extra["employer_with"](code[0]):
        return str(found)
    name = re.sub(re.escape(code[0]), "", text, flags=re.IGNORECASE).strip(EDGES)
    try:
        done = extra["employers"].register(
            kind=kind_of(code[0]),
            district=LOCAL,
            name=name,
            credit_code=code[0],
            stamp=_of(stamp, field),
        )
    except Refused as refused:
        raise Refused(
            rule=refused.rule, text=refused.text, field=field, **refused.values
        ) from refused
    return str(done.streams[0])


def _of(stamp: Stamp, field: str, nth: int = 0) -> Stamp:
    """Give the stamp of a command on the way: the same again when the form is sent again.

    It is derived from the place in the form: of a hash over an ID number the number is guessed.
    """
    own = uuid.uuid5(uuid.UUID(stamp.command_id), f"{field}/{nth}")
    return replace(stamp, command_id=str(own))


def applicant(request: Request, stamp: Stamp, values: Values) -> Values:
    """Look up who came in, if anybody was named."""
    if not values["applicant"]:
        return values
    return values | {"applicant": person(request, stamp, values["applicant"], "applicant")}


def claimant(request: Request, stamp: Stamp, values: Values) -> Values:
    """Look up a new claimant."""
    return values | {"worker": person(request, stamp, values["worker"], "worker")}


def respondent(request: Request, stamp: Stamp, values: Values) -> Values:
    """Look up an employer that answers."""
    return values | {"respondent": employer(request, stamp, values["respondent"], "respondent")}


def wage_table(request: Request, stamp: Stamp, values: Values) -> Values:
    """Look up everybody of a wage table, each once."""
    known: dict[str, str] = {}
    rows = []
    for row in values["rows"]:
        if row.worker not in known:
            known[row.worker] = person(request, stamp, row.worker, "rows", len(known))
        rows.append(stated(row._replace(worker=known[row.worker])))
    return {"rows": tuple(rows)}


def one_claim(_request: Request, _stamp: Stamp, values: Values) -> Values:
    """Take the only line of a table."""
    if len(values["row"]) != 1:
        raise Refused(rule="F-00", text=N_("请只填一行；多行请用工资表登记。"), field="row")
    return {"row": stated(values["row"][0])}


def stated(row: Row) -> ClaimRow:
    """Write a typed line as the service takes it."""
    months = (row.to_on.year - row.from_on.year) * 12 + row.to_on.month - row.from_on.month + 1
    return ClaimRow(
        worker=row.worker,
        code=row.code,
        from_on=row.from_on,
        to_on=row.to_on,
        amount=row.amount,
        basis=Basis(kind="months", quantity=str(months)),
        undisputed=row.undisputed,
        job=row.job,
    )
