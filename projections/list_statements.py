"""The statements of work lists: one condition for the page, its counts and its tiles (F-04)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from projections.caseload import CASELOAD
from projections.lists import Query
from projections.ranges import CURRENT

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


def unfiltered(query: Query) -> Query:
    """Give the list that a query filters by what is counted: due day, kind, state, group."""
    closed = query.closed or "CLOSED" in query.states
    whole = replace(query, due=(), kinds=(), states=(), tags=(), closed=closed)
    return replace(whole, after="", limit=Query.limit)


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


def page_statement(query: Query, tiles: Sequence[Query] = ()) -> tuple[str, dict[str, Any]]:
    """Write the statement of a page; every row of its answer begins with all the counts.

    The rows are counted once, by what any filter asks; each filter then sums these few groups.
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
    statement = f"""
WITH base AS MATERIALIZED (
    SELECT {BUCKET} AS bucket, kind, state, tags, count(*) AS n
    FROM wall.caseload WHERE {condition(query, without=COUNTED)}
    GROUP BY bucket, kind, state, tags),
counted AS ({counted}),
page AS (
    SELECT {SHOWN} FROM wall.caseload WHERE {condition(query)} AND {after}
    ORDER BY {ORDER} LIMIT %(limit)s)
SELECT (SELECT json_agg(c ORDER BY name, code)::text FROM counted c), page.*
FROM (SELECT) AS once LEFT JOIN page ON true ORDER BY {ORDER}"""
    return statement, values
