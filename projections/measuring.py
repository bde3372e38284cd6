"""What a measure is made of: parts over facts `f`, and the conditions that several share.

A part names the facts it counts by a condition over `f`, the facts valid at the as-of position in
the stations asked for, and says how: `facts` (sum of quantities), `persons`, `cases`, `employers`
(distinct), `repeat_persons`, `repeat_employers` (in more than one case), `sum` (fen),
`net_persons`, `net_cases` (distinct with a sum above zero), `median` and `mean` (of quantities),
`dim:<name>` (sum of a dimension).
"""

from typing import NamedTuple

IN = "f.occurred_on BETWEEN %(from_on)s AND %(to_on)s"
# A fact `l` of the same case; a breakdown by station narrows it to the station.
SAME = "l.case_id = f.case_id"
LATER = "(l.occurred_on, l.source_position) > (f.occurred_on, f.source_position)"
TURNS = "('accepted', 'closed', 'reopened')"
# Closed in the period and not opened again (or closed again) within it.
CLOSED = (
    f"f.kind = 'closed' AND {IN} AND NOT EXISTS (SELECT FROM f l WHERE {SAME}"
    f" AND l.kind IN ('closed', 'reopened') AND l.occurred_on <= %(to_on)s AND {LATER})"
)
ACCEPTED_CLOSED = f"(f.dims->>'accepted')::boolean AND {CLOSED}"
# Accepted or opened again before the period, and nothing after it until then.
CARRIED = (
    "f.kind IN ('accepted', 'reopened') AND coalesce((f.dims->>'accepted')::boolean, true)"
    f" AND f.occurred_on < %(from_on)s AND NOT EXISTS (SELECT FROM f l WHERE {SAME}"
    f" AND l.kind IN {TURNS} AND l.occurred_on < %(from_on)s AND {LATER})"
)


class Part(NamedTuple):
    """What is counted: a condition over facts `f`, and how."""

    where: str
    how: str


class Measure(NamedTuple):
    """A measure: code, name and definition in both languages, unit, parts; `version` of its text.

    Without denominator the value is the numerator; `percent` is 100 x the quotient, rounded
    half-even to two decimals, and a quotient in fen is rounded half-even to the fen.
    """

    code: str
    zh: str
    en: str
    unit: str
    definition_zh: str
    definition_en: str
    numerator: Part
    denominator: Part | None = None
    version: int = 1


def of(kind: str, how: str = "facts", more: str = "") -> Part:
    """Count facts of a kind in the period."""
    return Part(f"f.kind = '{kind}' AND {IN}" + (f" AND {more}" if more else ""), how)
