"""Batches 批量办理: one act on many cases, a command and a result each (F-19).

Each row is decided like any other command: what a case refuses leaves the others alone. The ids of
the commands follow from that of the batch, so that a batch pressed twice does nothing twice.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from application.store import Clash, Done, Stamp
from domain.kernel import N_, Refused

MOST = 200  # cases of one batch
NAMESPACE = uuid.UUID("0c6d1f55-93b1-5b6e-a6f4-59495a48414e")
Do = Callable[..., Done]


class Result(NamedTuple):
    """What became of a case: nothing said is done; else rule, catalogue text and values."""

    case: str
    rule: str = ""
    text: str = ""
    values: Mapping[str, Any] = {}


class Batch(NamedTuple):
    """A batch as it was kept."""

    act: str
    results: Sequence[Result]


class Batches:
    """Runs batches and keeps what became of every row."""

    def __init__(self, pool: ConnectionPool, acts: Mapping[str, Mapping[str, Do]]) -> None:
        """Take the writer's pool, and by act and kind of case what does it."""
        self._pool, self._acts = pool, acts

    def run(
        self, act: str, cases: Sequence[str], values: Mapping[str, Any], *, stamp: Stamp
    ) -> Done:
        """Do an act on cases, in order; `Done.streams` are those that it was done to."""
        cases = list(dict.fromkeys(cases))
        if not cases:
            raise Refused(rule="F-00", text=N_("请至少选一件。"), field="case")
        if len(cases) > MOST:
            raise Refused(
                rule="F-00",
                text=N_("一次最多{most}件，现选了{now}件。"),
                field="case",
                most=MOST,
                now=len(cases),
            )
        last, results = 0, []
        for case in cases:
            command = str(uuid.uuid5(NAMESPACE, f"{stamp.command_id}/{case}"))
            done, result = self._one(act, case, values, replace(stamp, command_id=command))
            last = max(last, done)
            results.append(result)
        self._keep(act, results, stamp)
        return Done(last, tuple(one.case for one in results if not one.rule))

    def _one(
        self, act: str, case: str, values: Mapping[str, Any], stamp: Stamp
    ) -> tuple[int, Result]:
        do = self._acts[act].get(case.partition("-")[0])
        if do is None:
            return 0, Result(case, "F-00", N_("此项不适用于这类案件。"))
        try:
            return do(case, stamp=stamp, **values).position, Result(case)
        except Refused as refused:
            plain = {
                name: value if isinstance(value, int) else str(value)
                for name, value in refused.values.items()
            }
            return 0, Result(case, refused.rule, refused.text, plain)
        except Clash:
            return 0, Result(case, "F-00", N_("别人同时在办这一件，请单独办理。"))

    def _keep(self, act: str, results: Sequence[Result], stamp: Stamp) -> None:
        """Keep the rows; the second sending of a batch tells the same."""
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.batches (id, account, act, rows) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (id, account) DO NOTHING",
                [stamp.command_id, stamp.actor, act, Jsonb([list(one) for one in results])],
            )

    def find(self, batch: str, account: str) -> Batch | None:
        """Give an own batch."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT act, rows FROM office.batches WHERE id = %s AND account = %s",
                [batch, account],
            ).fetchone()
        return Batch(row[0], [Result(*one) for one in row[1]]) if row else None
