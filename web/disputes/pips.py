"""The instalments of one claim as small boxes: full, part, overdue (hatched), open.

A case of 300 workers has few patterns, so each is drawn once and kept.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from domain.dispute.records import Agreement
from domain.kernel import N_
from web import texts

MOST = 12  # instalments that are drawn; more would be a comb
WIDE, GAP, HIGH = 13.0, 2.0, 8.0


class Pip(NamedTuple):
    """One instalment of a claim: the part paid in twentieths, and whether its day is over."""

    part: int
    late: bool


def pips_of(
    agreement: Agreement, day: date, claims: Collection[int]
) -> Mapping[int, Sequence[Pip]]:
    """Give the boxes of some claims of an agreement; money covers the oldest instalment first."""
    if len(agreement.instalments) > MOST:
        return {}
    left = dict(agreement.paid)
    found: dict[int, list[Pip]] = {claim: [] for claim in claims if claim in agreement.agreed}
    for instalment in agreement.instalments:
        late = day > instalment.due_on
        for line in instalment.lines:
            if line.claim not in found:
                continue
            whole = int(line.amount)
            paid = min(whole, left.get(line.claim, 0))
            left[line.claim] = left.get(line.claim, 0) - paid
            part = 20 if paid == whole else min(19, paid * 20 // whole)
            found[line.claim].append(Pip(part, late and paid < whole))
    return found


def drawn(pips: Sequence[Pip]) -> Markup:
    """Draw the boxes of a claim, with their words for a reader who cannot see them."""
    return _drawn(tuple(pips), texts.spoken()) if pips else Markup()


@lru_cache(maxsize=1_024)
def _drawn(pips: tuple[Pip, ...], _language: str) -> Markup:
    boxes = "".join(_box(n * (WIDE + GAP), one) for n, one in enumerate(pips))
    width = len(pips) * (WIDE + GAP) - GAP + 1
    paid = sum(one.part == 20 for one in pips)
    late = sum(one.late for one in pips)
    words = texts.say(N_("{n} 期已付 {paid} 期"), n=len(pips), paid=paid)
    if late:
        words = texts.say(
            N_("{n} 期已付 {paid} 期，逾期 {late} 期"), n=len(pips), paid=paid, late=late
        )
    head = f'<svg class="chart pip" width="{width:g}" height="{HIGH:g}" role="img"'
    # What stands outside the label are numbers of our own.
    return Markup(head + ' aria-label="{}">' + boxes + "</svg>").format(words)  # noqa: S704


def _box(x: float, one: Pip) -> str:
    if one.part == 20:
        return f'<rect class="fok" x="{x:g}" width="{WIDE:g}" height="{HIGH:g}" rx="1"/>'
    paid = round(one.part / 20 * WIDE, 1)
    drawn = f'<rect class="fok" x="{x:g}" width="{paid:g}" height="{HIGH:g}"/>' if paid else ""
    look = "sbad" if one.late else "sopen"
    drawn += (
        f'<rect class="{look} sfc" x="{x + paid + 0.5:g}" y=".5" width="{WIDE - paid - 1:g}"'
        f' height="{HIGH - 1:g}" rx="1"/>'
    )
    if one.late:
        starts = (x + paid + 2 + 4 * n for n in range(int((WIDE - paid - 4) // 4) + 1))
        strokes = "".join(f"M{start:g} 7l4-6" for start in starts)
        drawn += f'<path class="sbad" d="{strokes}"/>'
    return drawn
