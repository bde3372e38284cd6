"""What falls due across cases: unpaid instalments only, by their day, now and as of a position."""

from datetime import date

from projections.instalments import InstalmentsReader
from tests import stories
from tests.database import Database
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog
from tests.stories import MEDIATOR, STATION


def test_unpaid_instalments_stand_by_their_day_until_they_are_paid(database: Database) -> None:
    log = FakeLog()
    agreed = len(stories.story_6_agreed().history)
    tell(log, "dispute-6", stories.story_6_short().history)
    on_the_wall(database, log)
    reader = InstalmentsReader(database.pools.reader)
    (third,) = reader.due([STATION])
    assert (third.due_on, third.agreement, third.instalment) == (date(2026, 4, 15), "1", "3")
    assert (third.outstanding, third.claimants, third.owner) == (10_000_000, 32, MEDIATOR)
    then = [one.due_on for one in reader.due([STATION], position=agreed)]
    assert then == [date(2026, 2, 13), date(2026, 3, 16), date(2026, 4, 15)]
    assert reader.due([STATION], until=date(2026, 4, 14)) == []
    assert reader.due([STATION], owner="staff-other") == []
    assert reader.due(["station-elsewhere"]) == []
