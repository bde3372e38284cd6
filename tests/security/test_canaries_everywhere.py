"""Five hundred invented people go in by pages and services, and are found nowhere in clear (T2).

Not in a dump of the database with every projection, not in the logs, not in an address, and not on
a page of somebody who may not see them.
"""

import io
import json
import logging
import re
import uuid
from collections.abc import Iterator

import pytest
import structlog

from application.persons import Papers
from application.store import Stamp
from tests.canaries import Canary, Hunt, canaries, dump, server_log
from tests.security.conftest import SEEKER, Client, Whole, recorded
from tests.security.filling import Filler, sent, streams
from tests.wired import TODAY
from yizhan.logs import configure_logs

ALL = canaries(500)
BY_PAGE, BY_LEAD, TOLD = ALL[:12], ALL[12:18], ALL[18:24]
HREF = re.compile(r'(?:href|action|src)="([^"]*)"')


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program writes into its log, set up as it is when it serves."""
    kept, stream = logging.getLogger().handlers[:], io.StringIO()
    configure_logs(stream)
    yield stream
    logging.getLogger().handlers[:] = kept
    structlog.reset_defaults()


def by_services(whole: Whole, some: list[Canary]) -> None:
    who = whole.stock.places.who("caseworker")
    for one in some:
        whole.office.persons.register(
            Papers(one.name, one.sex, id_no=one.id_no),
            domicile="440784",
            phone=one.phone,
            address=one.name,
            stamp=Stamp(who, str(uuid.uuid4()), TODAY),
        )


def by_pages(whole: Whole, worker: Client) -> list[str]:
    """Register by the page; what is wrong first comes back with everything typed."""
    cases = []
    for one in BY_PAGE:
        form = SEEKER | {"name": one.name, "sex": one.sex, "phone": one.phone, "address": one.name}
        wrong = worker.post(
            "/seekers/new/register",
            **form,
            id_no=one.id_no[:17] + "?",
            command_id=str(uuid.uuid4()),
        )
        assert wrong.status_code == 409
        assert one.name in wrong.text
        cases.append(recorded(worker, "/seekers/new/register", **form, id_no=one.id_no))
    for one in BY_LEAD:
        recorded(
            worker,
            "/seekers/new/record_lead",
            name=one.name,
            sex=one.sex,
            phone=one.phone,
            address=one.name,
            domicile="440784",
            channel="visit",
            note=" ".join(one.values),
        )
    return cases


def told_in_disputes(whole: Whole, mediator: Client) -> list[str]:
    return [
        recorded(
            mediator,
            "/disputes/new/record_intake",
            channel="walk_in",
            applicant=f"{one.name} {one.id_no}",
            summary=" ".join(one.values),
        )
        for one in TOLD
    ]


def told_in_every_free_text(whole: Whole) -> int:
    """Write names, numbers and phones into every free text of every act that a case takes."""
    client, count = whole.client("station_manager"), 0
    for kind in ("seekers", "disputes"):
        desk = whole.desks[kind]
        filler = Filler(whole, free=" ".join(ALL[30].values))
        for act in desk.acts:
            if act.begins or not any(field.kind == "longtext" for field in act.fields):
                continue
            for stream in streams(whole, desk, 2):
                answer = sent(
                    filler, desk, act, stream, lambda path, values: client.post(path, **values)
                )
                count += answer is not None and answer.status_code == 303
    return count


def used(worker: Client, cases: list[str]) -> None:
    """Search for each, open each, reveal each."""
    for one, case in zip(BY_PAGE, cases, strict=True):
        for value in one.values:
            found = worker.post("/search", text=value)
            assert case in worker.get(found.headers["location"]).text
        assert one.name in worker.get(case).text
        shown = worker.post(f"{case}/reveal", field="id_no", purpose="contact")
        assert one.id_no in shown.text


def shown_to(client: Client, places: list[str]) -> str:
    """Read what somebody gets to see of cases, lists, facts and figures."""
    pages = [*places, *(f"{place}/events/1" for place in places), "/cases?whose=team", "/jobs"]
    pages += ["/statistics", "/statistics/seekers_registered", "/employers", "/account"]
    return "\n".join(client.get(path).text for path in pages)


def leaky_fields(whole: Whole, leaks: list[str]) -> set[tuple[str, str]]:
    """Name the fields of facts in which a value stands in clear."""
    with whole.database.pools.reader.connection() as conn:
        rows = conn.execute("SELECT topic, state FROM log.events").fetchall()
    return {
        (topic, name)
        for topic, state in rows
        for name, value in json.loads(bytes(state)).items()
        if any(leak in json.dumps(value, ensure_ascii=False) for leak in leaks)
    }


@pytest.mark.long
def test_nothing_of_five_hundred_people_stands_anywhere_in_clear(
    whole: Whole, written: io.StringIO
) -> None:
    worker, mediator = whole.client("caseworker"), whole.client("mediator")
    by_services(whole, ALL[24:])
    cases = by_pages(whole, worker)
    disputes = told_in_disputes(whole, mediator)
    assert told_in_every_free_text(whole) > 15
    whole.catch_up()
    used(worker, cases)
    hunt = Hunt(ALL)
    addresses: set[str] = set()
    for role in ("auditor", "stranger", "admin", "informant", "mediator", ""):
        places = cases if role == "mediator" else [*cases, *disputes]
        text = shown_to(whole.client(role), places)
        addresses |= set(HREF.findall(text))
        assert hunt.search(text.encode()) == [], f"{role or 'a visitor'} sees too much"
    addresses |= {path for client in (worker, mediator) for path in client.asked}
    assert hunt.search("\n".join(addresses).encode()) == []
    structlog.get_logger().error("unforeseen", path="/x", error="KeyError")
    assert "unforeseen" in written.getvalue()
    assert hunt.search(written.getvalue().encode()) == []
    assert hunt.search(server_log(whole.database)[-2_000_000:]) == []
    dumped = dump(whole.database)
    assert dumped.count(b"person.registered") >= len(ALL) - 6
    assert dumped.count(b"wall.caseload") > 0
    leaks = hunt.search(dumped)
    assert not leaks, leaky_fields(whole, leaks)
