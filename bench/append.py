"""Appends: the Store's writing path against one INSERT a transaction and the library's recorder."""

from contextlib import ExitStack
from statistics import median

from application.database.access import Access
from bench.report import Figure, ratio
from bench.rig import Child, Rig, connect

PLAIN = """
CREATE TABLE plain (
    position bigserial PRIMARY KEY, stream text NOT NULL, version integer NOT NULL,
    type text NOT NULL, data jsonb NOT NULL, UNIQUE (stream, version))
"""
NAMES = ("plain", "log", "store", "library")
# Floors of performance.md 9: of plain, of the library; they are asked of 8 writers.
FLOORS = {(8, 1): (0.35, 2.5), (8, 5): (0.3, 2.0)}


def run(
    rig: Rig, *, writers: tuple[int, ...] = (1, 8), rounds: int = 0, seconds: float = 0
) -> None:
    """Let the contestants append in turn within each round."""
    rounds = rounds or (3 if rig.quick else 7)
    seconds = seconds or (0.35 if rig.quick else 1.2)
    with rig.database("bench_append") as (access, _), ExitStack() as stack:
        with connect(access.owner) as conn:
            conn.execute(PLAIN)
        teams = {name: _team(stack, name, access, max(writers)) for name in NAMES}
        for count in writers:
            for facts in (1, 5):
                rates = [
                    {name: _rate(teams[name][:count], seconds, facts) for name in NAMES}
                    for _ in range(rounds)
                ]
                _figures(rig, count, facts, rates)


def _team(stack: ExitStack, name: str, access: Access, size: int) -> list[Child]:
    conninfo = access.writer if name in {"log", "store"} else access.owner
    team = []
    for _ in range(size):
        child = stack.enter_context(Child("bench.writer", name, conninfo))
        team.append(child)
        if name == "library":
            child.wait()  # its DDL at start-up fails when two do it at once
    for child in team:
        if name != "library":
            child.wait()
    return team


def _rate(team: list[Child], seconds: float, facts: int) -> float:
    for child in team:
        child.send({"t": seconds, "k": facts})
    counts: list[int] = [child.receive()["n"] for child in team]
    return sum(counts) / seconds


def _figures(rig: Rig, count: int, facts: int, rates: list[dict[str, float]]) -> None:
    at = f"{count} writer{'s' * (count > 1)}, {facts} fact{'s' * (facts > 1)}"
    floors = FLOORS.get((count, facts), (None, None))
    speed = {name: median(round_[name] for round_ in rates) for name in NAMES}
    note = " ".join(f"{name} {rate:,.0f}/s" for name, rate in speed.items())
    for base, floor in zip(("plain", "library"), floors, strict=True):
        pairs = [(round_["log"], round_[base]) for round_ in rates]
        rig.report.add(
            Figure("append", f"log / {base}, {at}", ratio(pairs), floor=floor, note=note)
        )
    pairs = [(round_["store"], round_["plain"]) for round_ in rates]
    rig.report.add(Figure("append", f"whole decision / plain, {at}", ratio(pairs)))
