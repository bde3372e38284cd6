"""Small cases that the tests of decisions start from."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.dispute import DisputeCase
from domain.dispute.values import Line
from domain.kernel import Event, Refused
from domain.money import Fen
from tests import stories
from tests.stories import EMPLOYER, MEDIATOR, Play

ANN, BOB = "person-a", "person-b"
BOTH = (ANN, BOB, EMPLOYER)


def intake() -> Play:
    """A case at the counter."""
    play = Play("dispute-t").on(3, 2)
    return play.record(
        play.case.record_intake(
            station=stories.STATION, intake_no="LJ-1", channel="walk_in", summary="来访"
        )
    )


def received() -> Play:
    """Two workers with one claim of 1,000.00 yuan each, received on 2026-03-02."""
    rows = [stories.row(worker, "C01", Fen(100_000)) for worker in (ANN, BOB)]
    return stories.open_case(Play("dispute-t").on(3, 2), rows)


def assigned() -> Play:
    """The same, accepted and assigned on 2026-03-03."""
    return stories.accept(received().on(3, 3), 1)


def mediating() -> Play:
    """The same after a first session on 2026-03-04."""
    play = assigned().on(3, 4)
    return play.record(
        play.case.hold_session(
            occurred_on=play.day, mediator=MEDIATOR, present=BOTH, minutes="笔录"
        )
    )


def sign(case: DisputeCase, *amounts: int, **changes: object) -> list[Event]:
    """Decide an agreement signed on 2026-03-06, performed by 2026-03-20."""
    lines = tuple(Line(no, Fen(amount)) for no, amount in enumerate(amounts, start=1))
    asked: dict[str, object] = {
        "occurred_on": date(2026, 3, 6),
        "mediator": MEDIATOR,
        "signed_by": BOTH,
        "sealed": True,
        "lines": lines,
        "perform_by": date(2026, 3, 20),
        "terms": "一次付清",
    }
    return case.sign_agreement(**(asked | changes))  # type: ignore[arg-type]  # a test changes one


def agreed() -> Play:
    """An agreement of 800.00 and 600.00 yuan, signed on 2026-03-06."""
    play = mediating().on(3, 6)
    return play.record(sign(play.case, 80_000, 60_000))


def pay(case: DisputeCase, *lines: Line, **changes: object) -> list[Event]:
    """Decide a payment under the first agreement on 2026-03-10."""
    asked: dict[str, object] = {
        "occurred_on": date(2026, 3, 10),
        "agreement": 1,
        "payer": EMPLOYER,
        "fund": "employer",
        "method": "bank",
        "voucher_no": "V-1",
        "lines": lines,
    }
    return case.record_payment(**(asked | changes))  # type: ignore[arg-type]  # a test changes one


def defaulted() -> Play:
    """The same after default of both on 2026-03-21."""
    play = agreed().on(3, 21)
    return play.record(play.case.record_default(agreement=1, instalment=1, occurred_on=play.day))


def escalated() -> Play:
    """Both failed and went to arbitration on 2026-03-18; nobody has an award."""
    play = mediating().on(3, 18)
    both = (ANN, BOB)
    play.record(play.case.fail_mediation(workers=both, reason="days_over"))
    play.record(play.case.explain_routes(workers=both, routes=("arbitration",), method="in_person"))
    return play.record(play.case.escalate(workers=both, route="arbitration", body="仲裁委"))


def suspended() -> Play:
    """A case suspended while it mediates."""
    play = mediating()
    return play.record(play.case.suspend(reason="other_case", resume_when="另案判决"))


def closed() -> Play:
    """A case closed on signature."""
    play = agreed()
    return play.record(play.case.close(outcome="settled_pending"))


def refused(rule: str, act: Callable[[], object], field: str | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.rule == rule, str(caught.value)
    assert field is None or caught.value.field == field
    return caught.value
