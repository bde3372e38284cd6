"""Which measures of a pattern (placed_<kind>, claim_lines_<code> ...) have facts (decision 36)."""

from collections.abc import Iterator

from projections.measures import measure
from projections.ranges import CURRENT
from projections.runner import Pool

_FOUND = f"""
SELECT DISTINCT 'placed_' || (dims->>'placement') FROM wall.facts
    WHERE {CURRENT} AND kind = 'placement'
UNION SELECT DISTINCT 'claim_lines_' || (dims->>'code') FROM wall.facts
    WHERE {CURRENT} AND kind = 'claimed'
UNION SELECT DISTINCT 'paid_from_' || (dims->>'fund') FROM wall.facts
    WHERE {CURRENT} AND kind IN ('paid', 'paid_emergency_fund')
UNION SELECT DISTINCT 'classified_' || (dims->>'scheme') || '_' || (dims->>'value') FROM wall.facts
    WHERE {CURRENT} AND kind = 'classified'
ORDER BY 1
"""


def found_codes(pool: Pool) -> list[str]:
    """Give the codes of all patterns that the facts of today carry, in order."""
    with pool.connection() as conn:
        rows = conn.execute(_FOUND).fetchall()
    return list(_known(row[0] for row in rows if row[0]))


def _known(codes: Iterator[str]) -> Iterator[str]:
    """Leave out what is no measure, as a claim whose code is none of ours."""
    for code in codes:
        try:
            measure(code)
        except KeyError:
            continue
        yield code
