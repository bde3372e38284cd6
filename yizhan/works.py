"""Work that a job does and that needs both the services and the wall: rebuilding."""

from collections.abc import Mapping
from typing import Any

from application.jobs import Job, Tell, Work
from projections.helpers import Help
from projections.rebuild import rebuild
from projections.runner import LeadingReader, Pool, Runner


def rebuilding(runner: Runner, reader: LeadingReader, pool: Pool, helped: Help) -> Work:
    """Make the work of the job `rebuild`: every projection anew, while the old tables serve."""

    def work(_job: Job, tell: Tell) -> Mapping[str, Any]:
        def step(done: int, total: int, rate: float) -> None:
            tell("rebuilding", done, total, rate)

        position = rebuild(runner, reader, pool, runner.projections, step, helped=helped)
        return {"position": position}

    return work
