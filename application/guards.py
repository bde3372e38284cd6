"""What must be unique across cases, as a function of the facts and of the index keys.

Each case holds rows: its person's only open case (S-02), the vouchers of its payments (D-07), the
rooms and mediators of its sessions (D-21). The rows held follow from the history as it reads
today, so that a void, a reversal or a correction gives back what it takes back; what a command
changes is the difference between the rows before and after. Numbers and imported rows are only
ever taken. `log.append` makes the changes in the transaction of the facts.

Facts are told by topic and read by field name, so that this page needs no aggregate.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any, NamedTuple, Protocol, TypeVar

import psycopg
from psycopg.types.json import Jsonb

from domain.kernel import N_, Dated, Event, Recorded, Refused, as_it_reads

V = TypeVar("V")
Change = tuple[str | int, ...]
IndexOf = Callable[[str], bytes | None]

CASES = frozenset(
    f"seeker.{word}"
    for word in ("lead_recorded", "registered", "closed", "merged", "reopened", "unmerged")
)
PAYMENTS = frozenset(
    f"dispute.{word}"
    for word in ("payment_recorded", "paid_immediately", "award_paid", "payment_reversed")
)
SESSIONS = frozenset(
    f"dispute.session_{word}" for word in ("scheduled", "postponed", "cancelled", "missed")
)
NUMBERED = frozenset({"seeker.registered", "dispute.accepted"})
AMENDING = (".record_corrected", ".fact_voided")
NUMBER = re.compile(
    r"JS-(?P<code>\d{6})-(?P<y1>\d{4})-(?P<n1>\d+)|(?P<name>.+)劳调〔(?P<y2>\d{4})〕(?P<n2>\d+)号"
)


class Serial(NamedTuple):
    """A gapless number taken apart."""

    county: str
    year: int
    kind: str
    number: int


class Held(NamedTuple):
    """The rows that one case holds; `person` is empty unless the case is open."""

    person: str
    vouchers: dict[int, tuple[str, str]]
    bookings: dict[int, tuple[tuple[str, str, str], ...]]


def serial_of(case_no: str) -> Serial:
    """Take a case number apart (domain.md 9.3); ValueError for what is none of ours."""
    match = NUMBER.fullmatch(case_no)
    if match is None:
        raise ValueError(f"Not a case number: {case_no!r}")
    if match["code"]:
        return Serial(match["code"], int(match["y1"]), "seeker", int(match["n1"]))
    return Serial(match["name"], int(match["y2"]), "dispute", int(match["n2"]))


def changes(
    stream: str, before: Sequence[Dated], new: Sequence[Event], index_of: IndexOf
) -> list[Change]:
    """Give what the new facts of one stream change, for `ordered` and then `log.append`."""
    found = list(_numbers_and_rows(stream, new))
    if not any(_matters(fact.TOPIC) for fact in new):
        return found
    earlier = _held(before)
    later = _held([*before, *((fact, date.max) for fact in new)])
    imported = all(fact.source is not None for fact in new)
    return found + _differences(stream, earlier, later, index_of, "try" if imported else "take")


def rekeyed(
    person: str, new: Sequence[Event], index_of: IndexOf, open_cases: Callable[[str], Sequence[str]]
) -> list[Change]:
    """Give what a corrected identity changes: the open case goes under the new number (S-02).

    A case whose new number another case holds is refused; of several open cases of one person,
    as an old register may hold them, the first takes the row.
    """
    if not any(fact.TOPIC == "person.identity_corrected" for fact in new):
        return []
    index, streams = index_of(person), sorted(open_cases(person))
    found: list[Change] = [("drop_case", stream) for stream in streams]
    if index is not None:
        for nth, stream in enumerate(streams):
            found.append(("try_case" if nth else "take_case", index.hex(), stream))
    return found


def ordered(found: Iterable[Change]) -> list[Change]:
    """Sort changes: what is given back first, then by table and key, so that writers queue."""
    return sorted(found, key=lambda c: (not str(c[0]).startswith("drop"), *map(str, c)))


def rows(stream: str, history: Sequence[Dated], index_of: IndexOf) -> list[Change]:
    """Give the rows of one whole stream, to rebuild the tables from the log."""
    nothing = Held("", {}, {})
    found = _differences(stream, nothing, _held(history), index_of, "try")
    for fact, _ in history:
        if fact.source is not None:
            found.append(("try_row", fact.source.identity, stream))
        if fact.TOPIC in NUMBERED:
            found += _numbers(fact, raising=True)
    return found


def taken(table: str) -> Refused:
    """Give the refusal of a row that another case holds already."""
    match table:
        case "open_case":
            return Refused(
                rule="S-02", text=N_("此人已有在办案卷，请在原案卷中办理。"), field="person"
            )
        case "voucher":
            return Refused(
                rule="D-07", text=N_("该付款方的此凭证号已登记过付款。"), field="voucher_no"
            )
        case "booking":
            return Refused(
                rule="D-21", text=N_("该时段调解员或调解室已有安排，请另选时间。"), field="on"
            )
    raise LookupError(table)


def _matters(topic: str) -> bool:
    return topic in CASES or topic in PAYMENTS or topic in SESSIONS or topic.endswith(AMENDING)


def _numbers_and_rows(stream: str, new: Sequence[Event]) -> Iterator[Change]:
    seen: set[str] = set()
    for fact in new:
        if fact.source is not None and fact.source.identity not in seen:
            seen.add(fact.source.identity)
            yield ("take_row", fact.source.identity, stream)
        if fact.TOPIC in NUMBERED:
            yield from _numbers(fact, raising=fact.source is not None)


def _numbers(fact: Any, *, raising: bool) -> list[Change]:
    """Move a number by one; an import or a rebuild raises it to what it finds.

    An old register has numbers of its own kind: they stand outside the series.
    """
    try:
        serial = serial_of(fact.case_no)
    except ValueError:
        if raising:
            return []
        raise
    return [("raise_serial" if raising else "move_serial", *serial)]


def _held(history: Sequence[Dated]) -> Held:
    """Read the rows off a history as it reads today."""
    facts = [fact for fact, _ in as_it_reads(history)]
    return Held(_open_case(facts), _vouchers(facts), _bookings(facts))


def _open_case(facts: Iterable[Any]) -> str:
    """Give the person of an open case; a lead takes no row, an unmerged case its row of before."""
    person, is_open, merged, before_merge = "", False, False, False
    for fact in facts:
        match fact.TOPIC:
            case "seeker.lead_recorded":
                person = fact.person
            case "seeker.registered":
                person, is_open = fact.person, True
            case "seeker.closed":
                is_open = False
            case "seeker.merged":
                before_merge, is_open, merged = is_open, False, True
            case "seeker.reopened":
                is_open = True
            case "seeker.unmerged" if merged:
                is_open, merged = before_merge, False
    return person if is_open else ""


def _vouchers(facts: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """Give the voucher of each payment that was not reversed; those of imports stand outside."""
    vouchers: dict[int, tuple[str, str]] = {}
    for fact in facts:
        if fact.TOPIC == "dispute.payment_reversed":
            vouchers.pop(fact.payment, None)
        elif fact.TOPIC in PAYMENTS and fact.source is None and fact.voucher_no:
            vouchers[fact.payment] = (fact.payer, fact.voucher_no)
    return vouchers


def _bookings(facts: Iterable[Any]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """Give what each session books: its mediator, and its room where there is one."""
    bookings: dict[int, tuple[tuple[str, str, str], ...]] = {}
    mediators: dict[int, str] = {}
    for fact in facts:
        match fact.TOPIC:
            case "dispute.session_scheduled":
                mediators[fact.session] = fact.mediator
                bookings[fact.session] = _periods(fact, fact.mediator)
            case "dispute.session_postponed" if fact.session in mediators:
                bookings[fact.session] = _periods(fact, mediators[fact.session])
            case "dispute.session_cancelled" | "dispute.session_missed":
                bookings.pop(fact.session, None)
    return bookings


def _periods(fact: Any, mediator: str) -> tuple[tuple[str, str, str], ...]:
    """Book the mediator, and the room where there is one."""
    start, end = f"{fact.on} {fact.from_at}", f"{fact.on} {fact.to_at}"
    return tuple((who, start, end) for who in (mediator, fact.room) if who)


def _differences(
    stream: str, earlier: Held, later: Held, index_of: IndexOf, take: str
) -> list[Change]:
    found: list[Change] = []
    if earlier.person != later.person:
        if earlier.person:
            found.append(("drop_case", stream))
        index = index_of(later.person) if later.person else None
        if index is not None:
            found.append((f"{take}_case", index.hex(), stream))
    dropped, taken_now = _moved(earlier.vouchers, later.vouchers)
    found += [("drop_voucher", stream, payment) for payment in dropped]
    found += [
        (f"{take}_voucher", *voucher, stream, payment) for payment, voucher in taken_now.items()
    ]
    dropped, booked = _moved(earlier.bookings, later.bookings)
    found += [("drop_booking", stream, session) for session in dropped]
    found += [
        (f"{take}_booking", *period, stream, session)
        for session, periods in booked.items()
        for period in periods
    ]
    return found


def _moved(earlier: Mapping[int, V], later: Mapping[int, V]) -> tuple[list[int], dict[int, V]]:
    """Give the numbers whose rows are given back, and the rows that are taken."""
    dropped = [nth for nth, row in earlier.items() if later.get(nth) != row]
    return dropped, {nth: row for nth, row in later.items() if earlier.get(nth) != row}


class Streams(Protocol):
    """What the rebuild needs of the log reader."""

    def watermark(self) -> int:
        """Give the position up to which nothing can appear any more."""
        ...

    def stream_ends(self, size: int) -> list[str]:
        """Give the stream of every `size`-th fact and the last one, in order."""
        ...

    def read_streams(self, after: str, last: str, upto: int) -> list[Recorded]:
        """Give whole streams in their order, behind one and up to another."""
        ...


def rebuild_guards(log: Streams, owner: psycopg.Connection[Any], index_of: IndexOf) -> int:
    """Fill the tables of schema `guard` anew from the log; give the number of rows written.

    For the owner's connection, while no writer is served (after a restore, by `yizhan rebuild`).
    Where two cases claim one row, the older stream keeps it. The caller drains first.
    """
    written, upto = 0, log.watermark()
    with owner.transaction():
        owner.execute(
            "TRUNCATE guard.open_case, guard.voucher, guard.serial, guard.booking, guard.source_row"
        )
        for after, last in pairwise(["", *log.stream_ends(10_000)]):
            found: list[Change] = []
            page = log.read_streams(after, last, upto)
            for stream, facts in groupby(page, key=lambda recorded: recorded.stream):
                history = [(recorded.event, recorded.occurred_on) for recorded in facts]
                found += rows(stream, history, index_of)
            owner.execute("SELECT guard.change(%s)", [Jsonb(found)])
            written += len(found)
    return written
