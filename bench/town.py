"""A town for the pages: one officer who signs in, fifty persons, and a caseload of any size.

Each officer carries 250 cases and each station ten officers, however large the town is: a larger
town has more of both, so that a page has the same rows and only what lies around it grows.
"""

import uuid
from datetime import timedelta
from pathlib import Path

from application.persons import Papers
from application.store import Stamp, Who
from bench.site import configured
from domain.station.facts import Opened
from yizhan.installation import installation
from yizhan.wiring import OPERATOR, Office

PERSONS, EACH, OFFICERS = 50, 250, 10
GIVEN = "晓彤文杰惠仪明哲志远"
ROWS = """
INSERT INTO wall.caseload
SELECT 'seeker-' || lpad(n::text, 8, '0'), 1, 'seeker', 'Q' || lpad(n::text, 8, '0'),
       CASE WHEN n %% %(officers)s < %(home)s THEN %(station)s
            ELSE 'station-' || n %% %(officers)s / %(home)s END, '',
       CASE WHEN n %% %(officers)s = 0 THEN %(me)s ELSE 'staff-' || n %% %(officers)s END,
       current_date - (n %% 300)::int,
       ARRAY[CASE WHEN n %% %(officers)s = 0 THEN %(me)s ELSE 'staff-' || n %% %(officers)s END],
       (%(persons)s::text[])[n %% cardinality(%(persons)s::text[]) + 1], 0, '{}',
       (ARRAY['ASSESSED', 'IN_SERVICE', 'PLACED'])[n %% 3 + 1], (ARRAY['A', 'B', 'C'])[n %% 3 + 1],
       '{}', 'S-05', current_date + (n %% 60 - 20)::int, false, current_date - (n %% 300)::int,
       current_date - (n %% 40)::int, 'guidance_given', current_date - (n %% 40)::int, NULL,
       0, 0, 0, 0, NULL, NULL, '', '', 9223372036854775807
FROM generate_series(1, %(count)s) AS n
"""


def build(home: Path, name: str, count: int) -> str:
    """Make the town in a database of its own; give the token of its officer's session."""
    with installation(configured(home), name=name) as opened, Office(opened) as office:
        return office.accounts.start_session(fill(office, count)).token


def fill(office: Office, count: int) -> str:
    """Make the town in an empty office; give the account of its officer."""
    office.bring_up()
    on = office.clock.today()
    roles = frozenset({"admin", "station_manager", "caseworker"})

    def stamp(station: str = "station-bench") -> Stamp:
        who = Who(OPERATOR, station, roles, frozenset({station}))
        return Stamp(who, str(uuid.uuid4()), on)

    terms = Opened(
        official_name="鹤城镇就业驿站",
        kind="station",
        level="county",
        district="449901",
        address="示例路1号",
        hours="周一至周五 08:30-17:30",
        trades=("求职就业",),
        phone="0750-555 0100",
        operator="government",
    )
    station = office.directory.open(terms=terms, stamp=stamp()).streams[0]
    persons = [
        office.persons.register(
            Papers(name="梁" + GIVEN[nth % 10] + GIVEN[nth // 10], sex="female"),
            domicile="",
            stamp=stamp(station),
        ).streams[0]
        for nth in range(PERSONS)
    ]
    me = office.accounts.open_account(
        login="bench",
        password=uuid.uuid4().hex,
        person=persons[0],
        station=station,
        operator="government",
        stamp=stamp(station),
    ).streams[0]
    office.accounts.grant_role(
        me, role="caseworker", from_on=on, to_on=on + timedelta(days=365), stamp=stamp(station)
    )
    office.bring_up()
    given = {
        "officers": max(1, count // EACH),
        "home": OFFICERS,
        "station": station,
        "me": me,
        "persons": persons,
        "count": count,
    }
    with office.installation.pools.projector.connection() as conn:
        conn.execute(ROWS, given)
        conn.execute("VACUUM ANALYZE wall.caseload")  # as autovacuum would, soon after
    return me
