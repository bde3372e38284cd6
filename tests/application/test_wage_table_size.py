"""The largest wage table of strangers is one append below the log's limit, or is refused whole."""

from collections.abc import Iterator
from datetime import date

import pytest

from application.database.embedded import EmbeddedServer
from application.log.recorder import MOST_BYTES
from application.wage_tables import Newcomer, WageTables
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis
from domain.kernel import Refused
from domain.money import Fen
from tests.browser.site import Stock, bare
from tests.wired import Wired, wired
from yizhan.demo.people import Someone

MOST = 5_000  # rows of a table (decision 23)
TEXT = "2026年1月至2月工资未发，单位承诺春节前付清未兑现"


@pytest.fixture
def office(
    server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wired[Stock]]:
    with wired(server, tmp_path_factory.mktemp("wages"), bare) as made:
        yield made


def began(made: Wired[Stock]) -> str:
    stamp = made.stamp("mediator")
    return made.office.intake.record_intake(channel="walk_in", summary="欠薪", stamp=stamp).streams[
        0
    ]


def take(made: Wired[Stock], case: str, people: list[Someone], text: str) -> int:
    rows = [
        ClaimRow(
            worker=one.id_no,
            code="C01",
            from_on=date(2026, 1, 1),
            to_on=date(2026, 2, 28),
            amount=Fen(1_234_500),
            basis=Basis(kind="months", quantity="2"),
            text=text,
        )
        for one in people
    ]
    newcomers = [Newcomer(one.id_no, one.name, one.phone) for one in people]
    return (
        WageTables(made.office.store, made.office.enrolling)
        .take(case, newcomers=newcomers, known={}, rows=rows, stamp=made.stamp("mediator"))
        .position
    )


def stored(made: Wired[Stock], after: int) -> tuple[int, int, int]:
    """Count facts, bytes and commands after a position."""
    with made.database.pools.reader.connection() as conn:
        row = conn.execute(
            "SELECT count(*), sum(length(state)), count(DISTINCT metadata->>'command_id')"
            " FROM log.events WHERE notification_id > %s",
            [after],
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])


def test_five_thousand_strangers_are_one_append_and_one_too_large_leaves_nothing(
    office: Wired[Stock],
) -> None:
    people = office.roster.crowd(MOST)
    case = began(office)
    before = office.last
    with pytest.raises(Refused) as caught:
        take(office, case, people, TEXT * 12)
    assert caught.value.rule == "L-01"
    assert caught.value.values["most"] == 8
    assert office.last == before
    assert not office.office.store.load(DisputeCase, case).workers
    # The numbers that the refused table claimed are free again: the same people come in whole.
    position = take(office, case, people, TEXT)
    facts, size, commands = stored(office, before)
    assert (facts, commands) == (3 * MOST, 1)
    assert position == office.last
    assert size < MOST_BYTES
    state = office.office.store.load(DisputeCase, case)
    assert len(state.workers) == MOST
    assert state.totals.claimed == Fen(1_234_500 * MOST)
