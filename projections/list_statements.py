"""The statements of work lists: one condition for the page, its counts and its tiles (F-04)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from domain.seeker.standards import HELD
from projections.caseload import CASELOAD
from projections.lists import Query
from projections.ranges import CURRENT
from projections.runner import REACH

SHOWN = ", ".join(("case_id", *CASELOAD.names[2:-1]))
# The group of a due day on the day of reading; a week ends on Sunday.
BUCKET = """CASE WHEN due_on IS NULL THEN 'none' WHEN due_on < %(today)s THEN 'overdue'
 WHEN due_on = %(today)s THEN 'today' WHEN due_on = %(today)s::date + 1 THEN 'tomorrow'
 WHEN due_on <= %(sunday)s THEN 'week' ELSE 'later' END"""
# The order of a list, as its indexes have it; a row without a due day comes last.
ORDER = "due_on, case_no, case_id"


def valid(position: int | None) -> str:
    """Write which rows are shown now, or were as of a position."""
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


def condition(query: Query, without: Collection[str] = ()) -> str:
    """Write the one condition that list, total and tile share, without some of the filters."""
    clauses = [valid(query.position)]
    clauses += [clause for name, _, clause in _asked(query) if name not in without]
    if not query.closed and "CLOSED" not in query.states:
        clauses.append("state <> 'CLOSED'")
    return " AND ".join(clauses)


@lru_cache(256)
def unfiltered(query: Query) -> Query:
    """Give the list that a query filters by what is counted: due day, kind, state, group."""
    closed = query.closed or "CLOSED" in query.states
    whole = replace(query, due=(), kinds=(), states=(), tags=(), closed=closed)
    return replace(whole, after="", limit=Query.limit)


def walks(lists: Mapping[str, Query], values: dict[str, Any]) -> tuple[str, list[str]]:
    """Write the walks that count lists, and name these in the order of their columns.

    Lists that differ in their filters only are counted in one walk through their rows.
    """
    found: dict[Query, dict[str, Query]] = {}
    for name, query in lists.items():
        found.setdefault(unfiltered(query), {})[name] = query
    names = [name for its in found.values() for name in its]
    columns, walked = 0, list[str]()
    for nth, (base, its) in enumerate(found.items()):
        called = ", ".join(f"n{columns + at:03}" for at in range(len(its)))
        walked.append(f"({walk(nth, base, list(its.values()), values)}) AS walk_{nth}({called})")
        columns += len(its)
    return ", ".join(walked), names


def walk(nth: int, base: Query, lists: Sequence[Query], values: dict[str, Any]) -> str:
    """Write one walk that counts lists with the same base; one list alone walks its own rows."""
    if len(lists) == 1:
        where = _named(lists[0], f"w{nth}", condition(lists[0]), values)
        return f"SELECT count(*) FROM wall.caseload WHERE {where}"
    counts = []
    for at, query in enumerate(lists):
        asked = [clause for name, _, clause in _asked(query) if name in COUNTED]
        only = _named(query, f"w{nth}q{at}", " AND ".join(asked) or "true", values)
        counts.append(f"count(*) FILTER (WHERE {only})")
    where = _named(base, f"w{nth}", condition(base), values)
    return f"SELECT {', '.join(counts)} FROM wall.caseload WHERE {where}"


def _named(query: Query, prefix: str, sql: str, values: dict[str, Any]) -> str:
    """Write a condition with names of its own for its values, and add these."""
    values.update({f"{prefix}_{name}": value for name, value in values_of(query).items()})
    return sql.replace("%(", f"%({prefix}_")


def values_of(query: Query) -> dict[str, Any]:
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


class Asked(NamedTuple):
    """The statement of a page, its values, and the names of its other lists in their order."""

    sql: str
    values: dict[str, Any]
    others: list[str]


# What stands beside the rows of a work list: employer, how the case is served, how far the wall is.
BESIDE = f"""LEFT JOIN wall.directory d ON d.stream = page.respondents[1]
LEFT JOIN wall.services s
    ON s.case_id = page.case_id AND s.{CURRENT} AND s.state = ANY(%(held)s)
CROSS JOIN ({REACH}) AS reach"""
BESIDE_SHOWN = ", d.name, s.owner, s.standard, s.start_on, s.given, reach.position, reach.mark"


def page_statement(
    query: Query,
    tiles: Sequence[Query] = (),
    others: Mapping[str, Query] = MappingProxyType({}),
    *,
    beside: bool = False,
) -> Asked:
    """Write the statement of a page; the first row of its answer begins with all the counts.

    The rows are counted once, by what any filter asks; each filter then sums these few groups.
    `others` are lists with rows of their own, counted too; `beside` shows what `BESIDE` joins.
    """
    values, after = values_of(query) | {"limit": query.limit + 1}, "true"
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
    walked, names = walks(others, values)
    also = f"(SELECT to_json(w) FROM (SELECT * FROM {walked}) AS w)" if others else "NULL"
    statement = f"""
WITH base AS MATERIALIZED (
    SELECT {BUCKET} AS bucket, kind, state, tags, count(*) AS n
    FROM wall.caseload WHERE {condition(query, without=COUNTED)}
    GROUP BY bucket, kind, state, tags),
counted AS ({counted}),
page AS (
    SELECT row_number() OVER (ORDER BY {ORDER}) AS nth, {SHOWN}
    FROM wall.caseload WHERE {condition(query)} AND {after}
    ORDER BY {ORDER} LIMIT %(limit)s)
SELECT CASE WHEN coalesce(page.nth, 1) = 1 THEN json_build_object(
    'counts', (SELECT json_agg(c ORDER BY name, code) FROM counted c), 'others', {also})::text END,
    page.*{BESIDE_SHOWN if beside else ""}
FROM (SELECT) AS once LEFT JOIN page ON true {BESIDE if beside else ""} ORDER BY page.nth"""
    if beside:
        values["held"] = list(HELD)
    return Asked(statement, values, names)
