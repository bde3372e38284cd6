"""The bench runs, and its ratios are computed."""

import pytest

from application.database.embedded import EmbeddedServer
from bench.appends import measure
from bench.measure import Figure, against, interleaved, table


def test_ratios_are_taken_inside_the_same_round() -> None:
    slow, fast = iter([1.0, 2.0, 3.0]), iter([2.0, 8.0, 3.0])
    found = interleaved({"a": lambda: next(slow), "b": lambda: next(fast)}, 3)
    assert against("a", found, "b") == [2.0, 4.0, 1.0]
    figure = Figure("b", "a", found["b"], against("a", found, "b"), 2.5)
    assert (figure.ratio, figure.reached) == (2.0, False)
    assert "missed" in table([figure])


@pytest.mark.postgres
def test_appends_are_measured_against_a_plain_insert(server: EmbeddedServer) -> None:
    figures = measure(server, rounds=1, seconds=0.2, writers=(1,))
    server.drop_database("bench_appends")
    assert [one.base for one in figures] == ["plain INSERT"] * 2
    assert all(one.ratio > 0 for one in figures)
