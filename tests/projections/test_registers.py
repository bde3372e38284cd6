"""Real registers come to exactly the figures that their publishers' files add up to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.registers.importing import Import, Report
from application.registers.log import RegisterLog
from application.registers.profile import load_profile
from application.registers.table import read_table
from application.store import Who
from domain.calendar import shipped
from domain.catalogue import aggregates, catalogue
from domain.settings import Settings
from projections.catalogue import views
from projections.rebuild import rebuild
from projections.runner import Pool, Runner
from projections.statistics import Scope, Statistics
from tests.database import migrated

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
WHO = Who("operator", "station-1", frozenset({"station_manager"}), frozenset({"station-1"}))
TODAY = date(2026, 3, 2)


class Imported:
    """A register on the wall: the report of its import, and figures of any period."""

    def __init__(self, report: Report, pool: Pool) -> None:
        self.report, self._pool, self._statistics = report, pool, Statistics(pool)

    def values(self, *codes: str, first: int = 1990, last: int = 2025) -> tuple[object, ...]:
        scope = Scope(from_on=date(first, 1, 1), to_on=date(last, 12, 31), as_of=TODAY)
        found = self._statistics.figures(scope, codes)
        return tuple(found[code].value for code in codes)

    def by_year(self, code: str, first: int, last: int) -> list[object]:
        years = range(first, last + 1)
        return [self.values(code, first=year, last=year)[0] for year in years]

    def percent(self, code: str, first: int, last: int) -> list[str]:
        """Give a share of each year to one decimal, as the publisher prints it."""
        shares = []
        for year in range(first, last + 1):
            scope = Scope(from_on=date(year, 1, 1), to_on=date(year, 12, 31), as_of=TODAY)
            figure = self._statistics.figures(scope, [code])[code]
            assert figure.numerator is not None
            assert figure.denominator
            shares.append(f"{100 * Decimal(figure.numerator) / Decimal(figure.denominator):.1f}")
        return shares

    def recorded(self, topic: str) -> int:
        """Count the facts of a topic in the log."""
        with self._pool.connection() as conn:
            row = conn.execute("SELECT count(*) FROM log.events WHERE topic = %s", [topic])
            return sum(count for (count,) in row)


@contextmanager
def on_the_wall(server: EmbeddedServer, profile: str, file: str) -> Iterator[Imported]:
    """Import a file of the registers into a database of its own, and project it."""
    if not (DATA / file).is_file():
        pytest.skip(f"The register {file} is not beside the repository.")
    name = f"register_{profile}"
    server.create_database(name, template=migrated(server))
    try:
        access = Access.embedded(server, name)
        with Pools(access) as pools:
            rules = Rules(lambda *_: None, lambda: TODAY, Settings, lambda *_: b"")
            store = PostgresStore(pools.writer, LogMapper(catalogue()), rules)
            chosen = load_profile(profile)
            table = read_table(DATA / file, sheet=chosen.sheet)
            log = RegisterLog(store, pools.reader)
            report = Import(log, catalogue(), chosen, table, WHO).run(dry=False)
            reader = LogReader(pools.projector, LogMapper(catalogue()))
            reader.drain()
            runner = Runner(
                reader,
                pools.projector,
                views(shipped(), Settings(), date(2026, 3, 2)),
                aggregates(),
            )
            runner.prepare()
            rebuild(runner, reader, pools.projector, runner.projections)
            assert runner.health().parked == ()
            yield Imported(report, pools.reader)
    finally:
        server.drop_database(name)


@pytest.fixture(scope="module")
def virginia(server: EmbeddedServer) -> Iterator[Imported]:
    with on_the_wall(server, "virginia", "virginia_wage_claims_2014_2018.csv") as imported:
        yield imported


VIRGINIA: Mapping[str, int] = {
    "disputes_received": 3_948,
    "claimed": 1_108_830_110,
    "verified": 64_983_670,
    "paid": 60_996_554,
    "cases_paid": 736,
    "classified_decision_valid": 173,
    "classified_decision_informal_resolution": 64,
    "classified_decision_invalid": 1_038,
    "classified_decision_undetermined": 2_152,
    "classified_decision_none": 521,
    "classified_investigation_first_response": 2_722,
    "classified_investigation_formal": 772,
    "respondents": 3_256,
    "median_days_open_closed": 1,
}


@pytest.mark.parametrize("code", VIRGINIA)
def test_virginia_adds_up(virginia: Imported, code: str) -> None:
    assert virginia.values(code) == (VIRGINIA[code],)


def test_virginia_by_year(virginia: Imported) -> None:
    received = virginia.by_year("disputes_received", 2014, 2018)
    assert received == [2, 34, 1_275, 1_373, 1_264]
    closed = virginia.by_year("disputes_closed", 2015, 2019)
    assert closed == [1, 1_254, 1_325, 1_232, 136]


def test_virginia_names_nine_wage_orders(virginia: Imported) -> None:
    assert virginia.recorded("dispute.external_result_recorded") == 9


def test_zhongshan_budgets_23_stations(server: EmbeddedServer) -> None:
    with on_the_wall(server, "zhongshan", "zhongshan_stations.csv") as imported:
        assert imported.report.counts["new"] == 23
        assert imported.values("station_budget") == (113_500_000,)


@pytest.mark.long
def test_wisconsin_counts_repeated_payments_in_one_total_only(server: EmbeddedServer) -> None:
    with on_the_wall(server, "wisconsin", "wisconsin_wage_complaints_2010_2022.xlsx") as imported:
        assert imported.report.counts["new"] == 26_437
        assert imported.values("disputes_received", "verified", "paid", "paid_once") == (
            26_437,
            3_871_062_799,
            2_504_713_663,
            2_228_304_827,
        )
        lines = ("claim_lines_C01", "claim_lines_C03", "claim_lines_C02")
        assert imported.values(*lines) == (24_920, 3_039, 708)
        words = ("closed", "litigation", "investigation", "management", "collection", "intake")
        found = imported.values(*(f"classified_status_{word}" for word in words))
        assert found == (24_966, 848, 584, 22, 15, 2)
        assert imported.by_year("disputes_received", 2010, 2022) == [
            *(3_145, 2_892, 2_716, 2_367, 2_178, 2_003, 1_966),
            *(1_901, 1_797, 1_721, 1_116, 1_540, 1_095),
        ]


@pytest.mark.long
def test_job_corps_follows_9_240_people(server: EmbeddedServer) -> None:
    with on_the_wall(server, "job_corps", "job_corps_participants.csv.gz") as imported:
        assert imported.values("seekers_registered") == (9_240,)
        assert imported.percent("training_share", 1996, 1997) == ["71.1", "48.2"]
        shares = imported.percent("worked_share_mean", 1996, 1999)
        assert shares == ["31.5", "46.1", "55.4", "60.3"]


@pytest.mark.long
def test_illinois_holds_back_what_a_human_must_see(server: EmbeddedServer) -> None:
    with on_the_wall(server, "illinois", "illinois_wage_claims.xlsx") as imported:
        counts = imported.report.counts
        assert (counts["suspicious"], counts["new"]) == (22, 20_391)
        assert imported.values("claimed") == (12_380_144_966,)
