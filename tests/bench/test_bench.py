import math
from pathlib import Path

import pytest

from application.database.embedded import EmbeddedServer
from bench import append, disputes, load, matching, papers, rebuild, wait
from bench.kinds import CATALOGUE, facts, log
from bench.register import write
from bench.report import Figure, Report, ratio
from bench.rig import Rig


@pytest.fixture
def small(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Rig:
    return Rig(tmp_path_factory.mktemp("bench"), server, Report(), quick=True)


def finite(rig: Rig) -> bool:
    values = [figure.value for figure in rig.report.figures]
    return bool(values) and all(math.isfinite(value) and value > 0 for value in values)


def test_every_contestant_appends(small: Rig) -> None:
    append.run(small, writers=(1,), rounds=1, seconds=0.05)
    assert finite(small)


def test_loading_and_reading_give_finite_ratios(small: Rig) -> None:
    load.run(small, count=5_000, rounds=1)
    assert finite(small)


def test_both_ways_of_a_rebuild_give_the_same_rows(small: Rig) -> None:
    rebuild.run(small, count=2_000, rounds=1, box=0.2)
    assert finite(small)


def test_both_sides_of_a_match_are_ranked(small: Rig) -> None:
    matching.run(small, seekers=300, posts=60, stations=20, rounds=2)
    assert finite(small)


def test_both_waits_end(small: Rig) -> None:
    wait.run(small, rounds=2)
    assert finite(small)


def test_an_invented_register_is_the_same_at_every_run(tmp_path: Path) -> None:
    rows = [write(tmp_path / name, 200) for name in ("a.csv", "b.csv")]
    assert rows[0] == rows[1] > 200
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_the_bench_catalogue_has_the_twelve_kinds_in_turn() -> None:
    assert len(CATALOGUE) == 12
    assert [fact.TOPIC for fact in facts(24)] == list(CATALOGUE) * 2


def test_the_workload_is_the_same_at_every_run() -> None:
    assert list(log(500, {"bench-long": 40})) == list(log(500, {"bench-long": 40}))


def test_a_long_case_is_spread_over_the_whole_log() -> None:
    at = [
        placed.position for placed in log(1_000, {"bench-long": 100}) if placed[1] == "bench-long"
    ]
    assert len(at) == 100
    assert at[0] <= 10
    assert at[-1] >= 990


@pytest.mark.parametrize(
    ("value", "better", "reached"),
    [(1.0, "more", True), (0.9, "more", False), (1.0, "less", True), (1.1, "less", False)],
)
def test_a_floor_is_reached_at_its_boundary(value: float, better: str, reached: bool) -> None:
    figure = Figure("part", "what", value, floor=1.0, better="more" if better == "more" else "less")
    assert figure.reached is reached


def test_ratios_are_taken_inside_rounds() -> None:
    assert ratio([(1, 2), (100, 100), (3, 1)]) == 1


@pytest.mark.long
def test_the_agreement_of_a_case_is_set(small: Rig) -> None:
    papers.run(small, workers=5, rounds=1)
    assert finite(small)


@pytest.mark.long
def test_a_dispute_is_opened_paid_and_its_memory_looked_at(small: Rig) -> None:
    disputes.run(small, workers=4, others=2, rounds=1)
    assert finite(small)
