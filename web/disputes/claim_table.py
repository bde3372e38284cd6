"""The table of claims by worker: filtered, sorted and paged, so that 300 workers stay usable.

Its filters stand in the address and name no person. Sums and counts are those of the whole case or
of what the filter leaves, never of the page; only the rows of one page are written out.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from starlette.datastructures import QueryParams

from application.people.views import PersonView
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase
from domain.dispute.records import Claim, Sums, Track
from domain.kernel import N_
from web import texts
from web.disputes import pips
from web.disputes.figures import DASH, FIRST, TRACKS
from web.disputes.words import say_basis
from web.money import yuan
from web.words import Word

EACH = 50  # workers of a page
FEW = 60  # a case of as many workers has no pages
SORTS: Mapping[str, str] = {
    "": N_("按进度"),
    "name": N_("按姓名"),
    "claimed": N_("按主张额"),
    "open": N_("按未付额"),
}


class ClaimLine(NamedTuple):
    """One row of the table of claims; amounts are written out."""

    no: int
    name: str
    last4: str
    leads: bool
    first: bool
    kind: str
    period: str
    basis: str
    claimed: str
    verified: str
    agreed: str
    paid: str
    outstanding: str
    owes: bool
    pips: str


class Group(NamedTuple):
    """The claimants of one track, with the rows of this page; sorted otherwise, all of them."""

    look: Word | None
    workers: int
    owed: int
    rows: Sequence[ClaimLine]


class Filter(NamedTuple):
    """One choice of a filter: where it leads, its word, how many workers it leaves, if chosen."""

    changes: Mapping[str, str]
    word: str
    icon: str
    tone: str
    workers: int
    chosen: bool


class Asked(NamedTuple):
    """What the address asks for."""

    track: str = ""
    owing: bool = False
    kind: str = ""
    sort: str = ""
    page: int = 1
    everything: bool = False


class Totals(NamedTuple):
    """Sums of the workers that a filter leaves, in fen."""

    claimed: int
    verified: int
    agreed: int
    paid: int
    outstanding: int


class ClaimTable(NamedTuple):
    """What the template draws."""

    asked: Asked
    kept: Mapping[str, str]
    groups: Sequence[Group]
    filters: Sequence[Filter]
    kinds: Mapping[str, str]
    workers: int
    first: int
    last: int
    pages: int
    totals: Totals
    boxes: bool

    @property
    def narrowed(self) -> bool:
        """Whether a filter leaves somebody out."""
        return bool(self.asked.track or self.asked.owing or self.asked.kind)

    @property
    def query(self) -> Mapping[str, str]:
        """The filters as the address holds them, without the page."""
        asked = self.asked
        found = {"track": asked.track, "kind": asked.kind, "sort": asked.sort}
        return {**self.kept, **found, "owing": "1" if asked.owing else ""}


def asked_of(query: QueryParams) -> Asked:
    """Read the address; what it does not know is left out."""
    page = query.get("page", "1")
    return Asked(
        track=query.get("track", "") if query.get("track") in set(Track) else "",
        owing=query.get("owing") == "1",
        kind=query.get("kind", "") if query.get("kind") in CLAIMS else "",
        sort=query.get("sort", "") if query.get("sort") in SORTS else "",
        page=max(1, int(page[:4])) if page.isascii() and page[:4].isdigit() else 1,
        everything=query.get("all") == "1",
    )


def claim_table(
    state: DisputeCase, people: Mapping[str, PersonView], day: date, query: QueryParams
) -> ClaimTable:
    """Lay the table out: whom the filter leaves, in their order, and the rows of one page."""
    asked = asked_of(query)
    sums = {worker: state.sums(worker) for worker in state.workers}
    left = [worker for worker in state.workers if _matches(state, worker, asked, sums)]
    left.sort(key=_order(state, people, asked.sort, sums))
    pages = 1 if asked.everything or len(left) <= FEW else -(-len(left) // EACH)
    at = min(asked.page, pages)
    shown = left if pages == 1 else left[(at - 1) * EACH : at * EACH]
    first = (at - 1) * EACH + 1 if shown else 0
    rows = _writer(state, people, day, asked.kind)
    codes = sorted({claim.code for claim in state.claims.values()})
    return ClaimTable(
        asked=asked._replace(page=at),
        kept={name: query[name] for name in ("as_of", "at") if name in query},
        groups=_groups(state, rows, shown, left, None if asked.sort else sums),
        filters=_filters(state, asked, sums),
        kinds={code: texts.label(CLAIMS[code]) for code in codes if code in CLAIMS},
        workers=len(left),
        first=first,
        last=first + len(shown) - 1 if shown else 0,
        pages=pages,
        totals=_totals(state, left, asked, sums),
        boxes=any(not one.voided for one in state.agreements.values()),
    )


def _matches(state: DisputeCase, worker: str, asked: Asked, sums: Mapping[str, Sums]) -> bool:
    record = state.workers[worker]
    return (
        (not asked.track or record.track == asked.track)
        and (not asked.owing or sums[worker].outstanding > 0)
        and (not asked.kind or any(state.claims[no].code == asked.kind for no in record.claims))
    )


def _order(
    state: DisputeCase, people: Mapping[str, PersonView], sort: str, sums: Mapping[str, Sums]
) -> Callable[[str], Any]:
    """Give the order: by track with the most pressing first, by name, or by amount."""
    place = {worker: n for n, worker in enumerate(state.workers)}
    rank = {track: n for n, track in enumerate(FIRST)}
    if sort == "name":
        return lambda worker: (people[worker].name, people[worker].last4, place[worker])
    if sort == "claimed":
        return lambda worker: (-int(sums[worker].claimed), place[worker])
    if sort == "open":
        return lambda worker: (-int(sums[worker].outstanding), place[worker])
    return lambda worker: (rank[state.workers[worker].track], place[worker])


def _filters(state: DisputeCase, asked: Asked, sums: Mapping[str, Sums]) -> list[Filter]:
    """Offer everybody, each track that somebody stands on, and who is still owed money."""
    owed = sum(one.outstanding > 0 for one in sums.values())
    plain = not asked.track and not asked.owing
    found = [Filter({"track": "", "owing": ""}, N_("全部"), "", "", len(state.workers), plain)]
    for track in FIRST:
        if count := state.tracks.get(track):
            look = TRACKS[track]
            changes = {"track": str(track), "owing": ""}
            chosen = asked.track == track
            found.append(Filter(changes, look.word, look.icon, look.tone, count, chosen))
    if owed:
        owing = Filter({"track": "", "owing": "1"}, N_("只看未付"), "", "", owed, asked.owing)
        found.append(owing)
    return found


def _totals(
    state: DisputeCase, left: Sequence[str], asked: Asked, sums: Mapping[str, Sums]
) -> Totals:
    """Sum what the filter leaves; a kind of claim narrows the amounts too."""
    if asked.kind:
        claims = [
            state.claims[no]
            for worker in left
            for no in state.workers[worker].claims
            if state.claims[no].code == asked.kind
        ]
        return Totals(
            sum(c.claimed for c in claims),
            sum(c.verified for c in claims),
            sum(c.agreed for c in claims),
            sum(c.paid for c in claims),
            sum(c.agreed - c.settled for c in claims),
        )
    names = ("claimed", "verified", "agreed", "paid", "outstanding")
    return Totals(*(sum(int(getattr(sums[one], name)) for one in left) for name in names))


def _groups(
    state: DisputeCase,
    rows: Callable[[Sequence[str]], list[ClaimLine]],
    shown: Sequence[str],
    left: Sequence[str],
    sums: Mapping[str, Sums] | None,
) -> list[Group]:
    """Put the rows of a page under their track, or under nothing where there are no `sums`."""
    if sums is None:
        return [Group(None, len(left), 0, rows(shown))] if shown else []
    found = []
    for track in FIRST:
        if here := [one for one in shown if state.workers[one].track is track]:
            all_of_it = [one for one in left if state.workers[one].track is track]
            owed = sum(int(sums[one].outstanding) for one in all_of_it)
            found.append(Group(TRACKS[track], len(all_of_it), owed, rows(here)))
    return found


def _writer(
    state: DisputeCase, people: Mapping[str, PersonView], day: date, kind: str
) -> Callable[[Sequence[str]], list[ClaimLine]]:
    """Give what writes the rows of some workers, of one kind of claim or all."""
    kinds = {code: texts.label(word) for code, word in CLAIMS.items()}

    def lines(worker: str, boxes: Mapping[int, Sequence[pips.Pip]]) -> list[ClaimLine]:
        view, leads = people[worker], worker in state.representatives
        claims = [state.claims[no] for no in state.workers[worker].claims]
        shown = [claim for claim in claims if not kind or claim.code == kind]
        return [
            _line(claim, view, kinds, pips.drawn(boxes.get(claim.no, ())), first=not n, leads=leads)
            for n, claim in enumerate(shown)
        ] or [_nothing(view, leads=leads)]

    def written(workers: Sequence[str]) -> list[ClaimLine]:
        numbers = {no for worker in workers for no in state.workers[worker].claims}
        boxes: dict[int, Sequence[pips.Pip]] = {}
        for one in state.agreements.values():
            if not one.voided:
                boxes |= pips.pips_of(one, day, numbers)
        return [line for worker in workers for line in lines(worker, boxes)]

    return written


def _nothing(view: PersonView, *, leads: bool) -> ClaimLine:
    """Write the row of a worker who claims nothing yet."""
    dashes = dict.fromkeys(("kind", "claimed", "verified", "agreed", "paid", "outstanding"), DASH)
    return ClaimLine(
        no=0,
        name=view.name,
        last4=view.last4,
        leads=leads,
        first=True,
        period="",
        basis="",
        owes=False,
        pips="",
        **dashes,
    )


def _line(
    claim: Claim,
    view: PersonView,
    kinds: Mapping[str, str],
    drawn: str,
    *,
    first: bool,
    leads: bool,
) -> ClaimLine:
    agreed = claim.agreed
    return ClaimLine(
        no=claim.no,
        name=view.name,
        last4=view.last4,
        leads=leads and first,
        first=first,
        kind=kinds.get(claim.code, claim.code),
        period=f"{claim.from_on:%Y-%m} – {claim.to_on:%Y-%m}",
        basis=basis_of(claim),
        claimed=yuan(claim.claimed),
        verified=yuan(claim.verified) if claim.verified else DASH,
        agreed=yuan(agreed) if agreed else DASH,
        paid=yuan(claim.paid) if agreed or claim.paid else DASH,
        outstanding=yuan(agreed - claim.settled) if agreed else DASH,
        owes=agreed > claim.settled,
        pips=drawn,
    )


def basis_of(claim: Claim) -> str:
    """Write how an amount comes about, as 12.5 小时 × ¥20.01; whole months alone say nothing."""
    basis = claim.basis
    return say_basis(basis) if basis is not None and basis.rate is not None else ""
