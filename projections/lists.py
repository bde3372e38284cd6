"""Reading the caseload: a page of a list, its counts, one row; now or as of a position.

Page, total and counts come from one snapshot and one condition, so that a count always equals the
rows behind it (F-04).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from domain.calendar import Unit
from projections.caseload import CASELOAD, DEADLINES
from projections.ranges import CURRENT
from projections.runner import Pool
from projections.tables import Connection

DUE = ("overdue", "today", "tomorrow", "week", "later", "none")
SHOWN = ", ".join(("case_id", *CASELOAD.names[2:-1]))
# The group of a due day on the day of reading; a week ends on Sunday.
BUCKET = """CASE WHEN due_on IS NULL THEN 'none' WHEN due_on < %(today)s THEN 'overdue'
 WHEN due_on = %(today)s THEN 'today' WHEN due_on = %(today)s::date + 1 THEN 'tomorrow'
 WHEN due_on <= %(sunday)s THEN 'week' ELSE 'later' END"""
# The order of a list, as its indexes have it; a row without a due day comes last.
ORDER = "due_on, case_no, case_id"


@dataclass(frozen=True, kw_only=True)
class Query:
    """A list asked for; an empty filter lets everything through.

    `stations` None means all. `officer` is on the case as owner or co-worker. `cases` limits the
    list to what a search found. `position` None means now. `silent_since`: last contact (or fact)
    before this day. `assigned_since`: came to its owner on this day or later.
    """

    today: date
    stations: tuple[str, ...] | None = None
    officer: str = ""
    owner: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    cases: tuple[str, ...] | None = None
    person: str = ""
    respondent: str = ""
    offered_to: str = ""
    silent_since: date | None = None
    assigned_since: date | None = None
    hold_until: date | None = None
    due_until: date | None = None
    closed: bool = False
    position: int | None = None
    after: str = ""
    limit: int = 50


@dataclass(frozen=True)
class CaseLine:
    """A row of the caseload; amounts in fen, persons by id."""

    case_id: str
    kind: str
    case_no: str
    station: str
    offered_to: str
    owner: str
    assigned_on: date | None
    officers: tuple[str, ...]
    person: str
    claimants: int
    respondents: tuple[str, ...]
    state: str
    tier: str
    tags: tuple[str, ...]
    next_step: str
    due_on: date | None
    provisional: bool
    opened_on: date | None
    last_on: date | None
    last_verb: str
    contacted_on: date | None
    hold_until: date | None
    claimed: int
    agreed: int
    paid: int
    outstanding: int
    settled_on: date | None
    closed_on: date | None
    outcome: str
    merged_into: str


@dataclass(frozen=True)
class Page:
    """A page of a list: rows by due day and number, total, counts by filter, key of the next.

    `tiles` are the counts of other lists that the page shows.
    """

    rows: Sequence[CaseLine]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    after: str = ""
    tiles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DeadlineLine:
    """A running time limit with its arithmetic."""

    case_id: str
    rule: str
    about: str
    start_on: date | None
    due_on: date
    unit: Unit
    provisional: bool
    stopped: bool
    arithmetic: Sequence[Mapping[str, Any]]
    calendar: int


class Caseload:
    """The reader of work lists."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def page(self, query: Query, tiles: Mapping[str, Query] = MappingProxyType({})) -> Page:
        """Give a page, its total, and the counts of every filter without that filter itself.

        A tile that filters this very list is counted with it, any other by `counts`.
        """
        base = _unfiltered(query)
        own = {name: tile for name, tile in tiles.items() if _unfiltered(tile) == base}
        statement, values = _page(query, list(own.values()))
        with self._pool.connection() as conn:
            found = conn.execute(statement, values, prepare=True).fetchall()
        counts: dict[str, dict[str, int]] = {name: {} for name in (*COUNTED, "total", "tile")}
        for one in msgspec.json.decode(found[0][0] or b"[]"):
            counts[one["name"]][one["code"]] = one["n"]
        total = counts.pop("total").get("", 0)
        shown = dict(zip(own, counts.pop("tile").values(), strict=True))
        shown |= self.counts({name: tile for name, tile in tiles.items() if name not in own})
        rows = [_line(row[1:]) for row in found[: query.limit] if row[1] is not None]
        after = _key(rows[-1]) if len(found) > query.limit else ""
        return Page(rows, total, counts, after, shown)

    def count(self, query: Query) -> int:
        """Count the rows of a list."""
        return self.counts({"": query})[""]

    def counts(self, queries: Mapping[str, Query]) -> dict[str, int]:
        """Count several lists by one statement, and so in one snapshot: the tiles of one page.

        Lists that differ in their filters only are counted in one walk through their rows.
        """
        if not queries:
            return {}
        walks: dict[Query, dict[str, Query]] = {}
        for name, query in queries.items():
            walks.setdefault(_unfiltered(query), {})[name] = query
        values: dict[str, Any] = {}
        walked = ", ".join(
            f"({_walk(nth, base, list(lists.values()), values)}) AS walk_{nth}"
            for nth, (base, lists) in enumerate(walks.items())
        )
        with self._pool.connection() as conn:
            row = conn.execute(f"SELECT * FROM {walked}", values, prepare=True).fetchone()
        return dict(
            zip([name for lists in walks.values() for name in lists], row or (), strict=True)
        )

    def case(self, case: str, position: int | None = None) -> CaseLine | None:
        """Give the row of one case, now or as of a position."""
        query = Query(today=date.max, cases=(case,), closed=True, position=position)
        sql = f"SELECT {SHOWN} FROM wall.caseload WHERE {_where(query)}"
        with self._pool.connection() as conn:
            row = conn.execute(sql, _values(query), prepare=True).fetchone()
        return _line(row) if row else None

    def deadlines(self, case: str, position: int | None = None) -> list[DeadlineLine]:
        """Give the running time limits of a case, the most pressing first."""
        columns = ", ".join(name for name in DEADLINES.names if not name.endswith("_position"))
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {columns} FROM wall.deadlines WHERE case_id = %(case)s"
                f" AND {_valid(position)} ORDER BY stopped, due_on, rule, about",
                {"case": case, "position": position},
                prepare=True,
            ).fetchall()
        return [_deadline(row) for row in rows]

    def numbered(self, text: str, limit: int) -> list[str]:
        """Find cases whose number holds a text, as somebody read it out."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT case_id FROM wall.caseload WHERE {CURRENT} AND position(%s in case_no) > 0"
                " ORDER BY case_no LIMIT %s",
                [text, limit],
                prepare=True,
            ).fetchall()
        return [case for (case,) in rows]

    def numbers(self, cases: Collection[str]) -> dict[str, str]:
        """Give the numbers of some cases; one without a number is left out."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT case_id, case_no FROM wall.caseload WHERE {CURRENT} AND case_no <> ''"
                " AND case_id = ANY(%s)",
                [sorted(cases)],
            ).fetchall()
        return {str(case): str(number) for case, number in rows}

    def position_at(self, day: date) -> int:
        """Give the last position recorded up to the end of a day: 当时所知 of that day."""
        with self._snapshot() as conn:
            low, high = 0, self._one(conn, "SELECT position FROM log.watermark", {})
            while low < high:
                middle = (low + high + 1) // 2
                before = conn.execute(
                    "SELECT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date <= %s FROM log.events"
                    " WHERE notification_id <= %s ORDER BY notification_id DESC LIMIT 1",
                    [day, middle],
                ).fetchone()
                if before is None or before[0]:
                    low = middle
                else:
                    high = middle - 1
        return low

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield conn

    def _one(self, conn: Connection, sql: str, values: Mapping[str, Any]) -> int:
        row = conn.execute(sql, values).fetchone()
        return int(row[0]) if row else 0


def _valid(position: int | None) -> str:
    if position is None:
        return CURRENT
    return "from_position <= %(position)s AND to_position > %(position)s"


# A filter: what its counts are called (or ''), the field of `Query`, the condition.
Filter = tuple[str, str, str]
EQUAL: tuple[Filter, ...] = (
    ("", "officer", "officers @> ARRAY[%(officer)s]"),
    ("", "owner", "owner = %(owner)s"),
    ("kind", "kinds", "kind = ANY(%(kinds)s)"),
    ("state", "states", "state = ANY(%(states)s)"),
    ("tag", "tags", "tags && %(tags)s::text[]"),
    ("", "tiers", "tier = ANY(%(tiers)s)"),
    ("", "steps", "next_step = ANY(%(steps)s)"),
    ("", "person", "person = %(person)s"),
    ("", "respondent", "respondents @> ARRAY[%(respondent)s]"),
    ("", "offered_to", "offered_to = %(offered_to)s AND offered_to <> ''"),
    ("", "silent_since", "coalesce(contacted_on, last_on) < %(silent_since)s"),
    ("", "assigned_since", "assigned_on >= %(assigned_since)s"),
    ("", "hold_until", "hold_until <= %(hold_until)s"),
    ("", "due_until", "due_on <= %(due_until)s"),
)
# The same groups as conditions that an index answers.
GROUPS = {
    "none": "due_on IS NULL",
    "overdue": "due_on < %(today)s",
    "today": "due_on = %(today)s",
    "tomorrow": "due_on = %(today)s::date + 1",
    "week": "due_on > %(today)s::date + 1 AND due_on <= %(sunday)s",
    "later": "due_on > %(today)s::date + 1 AND due_on > %(sunday)s",
}
# These let nothing through when they are empty, and everything when they are None.
WITHIN: tuple[Filter, ...] = (
    ("", "stations", "station = ANY(%(stations)s)"),
    ("", "cases", "case_id = ANY(%(cases)s)"),
)
# The list of one station is read from its index in order; `ANY` would sort all its rows.
ONE_STATION: Filter = ("", "stations", "station = (%(stations)s::text[])[1]")
IN_GROUPS = "bucket = ANY(%(due)s)"
COUNTED = {"due": "bucket", "kind": "kind", "state": "state", "tag": "unnest(tags)"}


def _asked(query: Query) -> list[Filter]:
    """Give the filters that a query uses."""
    asked = [one for one in EQUAL if getattr(query, one[1])]
    if query.due:
        either = " OR ".join(GROUPS[group] for group in query.due)
        asked.append(("due", "due", f"({either})"))
    asked += [one for one in WITHIN if getattr(query, one[1]) is not None]
    if query.stations is not None and len(query.stations) == 1:
        asked[asked.index(WITHIN[0])] = ONE_STATION
    return asked


def _where(query: Query, without: Collection[str] = ()) -> str:
    """Write the one condition that list, total and tile share, without some of the filters."""
    clauses = [_valid(query.position)]
    clauses += [clause for name, _, clause in _asked(query) if name not in without]
    if not query.closed and "CLOSED" not in query.states:
        clauses.append("state <> 'CLOSED'")
    return " AND ".join(clauses)


def _unfiltered(query: Query) -> Query:
    """Give the list that a query filters by what is counted: due day, kind, state, group."""
    closed = query.closed or "CLOSED" in query.states
    whole = replace(query, due=(), kinds=(), states=(), tags=(), closed=closed)
    return replace(whole, after="", limit=Query.limit)


def _walk(nth: int, base: Query, lists: Sequence[Query], values: dict[str, Any]) -> str:
    """Write one walk that counts lists with the same base; one list alone walks its own rows."""
    if len(lists) == 1:
        where = _named(lists[0], f"w{nth}", _where(lists[0]), values)
        return f"SELECT count(*) FROM wall.caseload WHERE {where}"
    counts = []
    for at, query in enumerate(lists):
        asked = [clause for name, _, clause in _asked(query) if name in COUNTED]
        only = _named(query, f"w{nth}q{at}", " AND ".join(asked) or "true", values)
        counts.append(f"count(*) FILTER (WHERE {only})")
    where = _named(base, f"w{nth}", _where(base), values)
    return f"SELECT {', '.join(counts)} FROM wall.caseload WHERE {where}"


def _named(query: Query, prefix: str, condition: str, values: dict[str, Any]) -> str:
    """Write a condition with names of its own for its values, and add these."""
    values.update({f"{prefix}_{name}": value for name, value in _values(query).items()})
    return condition.replace("%(", f"%({prefix}_")


def _values(query: Query) -> dict[str, Any]:
    """Give the values of the conditions; a week ends on Sunday."""
    sunday = query.today
    if query.today != date.max:
        sunday = query.today + timedelta(days=6 - query.today.weekday())
    values: dict[str, Any] = {"today": query.today, "sunday": sunday, "position": query.position}
    for _, field_name, _ in _asked(query):
        value = getattr(query, field_name)
        values[field_name] = list(value) if isinstance(value, tuple) else value
    return values


def _begins(after: str) -> tuple[str, str, str] | None:
    """Read the key that a page begins after; what is none begins at the first row."""
    due, _, rest = after.partition("|")
    case_no, bar, case = rest.partition("|")
    if not bar or "\x00" in rest:
        return None
    if due != "infinity":
        try:
            date.fromisoformat(due)
        except ValueError:
            return None
    return due, case_no, case


def _page(query: Query, tiles: Sequence[Query] = ()) -> tuple[str, dict[str, Any]]:
    """Write the statement of a page; every row of its answer begins with all the counts.

    The rows are counted once, by what any filter asks; each filter then sums these few groups.
    """
    values, after = _values(query) | {"limit": query.limit + 1}, "true"
    if key := _begins(query.after):
        due, case_no, case = key
        values |= {"due_after": due, "no_after": case_no, "case_after": case}
        after = (
            "(coalesce(due_on, 'infinity'), case_no, case_id)"
            " > (%(due_after)s::date, %(no_after)s, %(case_after)s)"
        )
    asked = {name: clause for name, _, clause in _asked(query) if name}
    if query.due:
        asked["due"] = IN_GROUPS
    counted = " UNION ALL ".join(
        f"SELECT '{name}' AS name, {code} AS code, sum(n) AS n FROM base"
        f" WHERE {' AND '.join(asked[o] for o in asked if o != name) or 'true'} GROUP BY code"
        for name, code in (*COUNTED.items(), ("total", "''"))
    )
    for nth, tile in enumerate(tiles):
        of = [IN_GROUPS if name == "due" else c for name, _, c in _asked(tile) if name in COUNTED]
        only = _named(tile, f"t{nth}", " AND ".join(of) or "true", values)
        counted += (
            f" UNION ALL SELECT 'tile', '{nth:03}', coalesce(sum(n), 0) FROM base WHERE {only}"
        )
    statement = f"""
WITH base AS MATERIALIZED (
    SELECT {BUCKET} AS bucket, kind, state, tags, count(*) AS n
    FROM wall.caseload WHERE {_where(query, without=COUNTED)} GROUP BY bucket, kind, state, tags),
counted AS ({counted}),
page AS (
    SELECT {SHOWN} FROM wall.caseload WHERE {_where(query)} AND {after}
    ORDER BY {ORDER} LIMIT %(limit)s)
SELECT (SELECT json_agg(c ORDER BY name, code)::text FROM counted c), page.*
FROM (SELECT) AS once LEFT JOIN page ON true ORDER BY {ORDER}"""
    return statement, values


def _line(row: Sequence[Any]) -> CaseLine:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return CaseLine(*values)


def _deadline(row: Sequence[Any]) -> DeadlineLine:
    case, rule, about, start, due, unit, *rest = row
    return DeadlineLine(case, rule, about, start, due, Unit(unit), *rest)


def _key(line: CaseLine) -> str:
    due = line.due_on.isoformat() if line.due_on else "infinity"
    return f"{due}|{line.case_no}|{line.case_id}"
