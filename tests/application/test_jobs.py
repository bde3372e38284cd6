"""Long work: progress, cancelling at a border, a process that died, going on."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import psycopg
import pytest

from application.jobs import Job, Jobs, Tell
from domain.kernel import Refused
from tests.database import Database


def made(database: Database, work: Callable[[Job, Tell], Mapping[str, Any]]) -> Jobs:
    jobs = Jobs(database.pools.writer)
    jobs.does("count", work)
    return jobs


def counting(upto: int) -> Callable[[Job, Tell], Mapping[str, Any]]:
    def work(_job: Job, tell: Tell) -> Mapping[str, Any]:
        done = 0
        while done < upto and tell(f"step {done}", done, upto, 100.0):
            done += 1
        return {"done": done}

    return work


def found(jobs: Jobs, job: str) -> Job:
    one = jobs.find(job)
    assert one is not None
    return one


def test_a_job_waits_is_done_and_keeps_its_result(database: Database) -> None:
    jobs = made(database, counting(3))
    job = jobs.begin("count", "staff-1", {"file": "a.csv"})
    assert found(jobs, job).state == "waiting"
    assert jobs.run_all() == 1
    one = found(jobs, job)
    assert (one.state, one.result, one.params) == ("done", {"done": 3}, {"file": "a.csv"})
    assert (one.phase, one.done, one.total, one.left) == ("step 2", 2, 3, 0.01)
    assert [j.id for j in jobs.latest("staff-1", kinds=["count"])] == [job]
    assert jobs.latest("staff-2") == []
    assert jobs.latest(kinds=["other"]) == []


def test_a_cancel_takes_effect_at_the_next_border_and_the_job_can_go_on(
    database: Database,
) -> None:
    jobs = Jobs(database.pools.writer)

    def work(job: Job, tell: Tell) -> Mapping[str, Any]:
        tell("first", 1, 10, 1.0)
        if not again:
            jobs.cancel(job.id)
        again.append(1)
        return {"went_on": tell("second", 2, 10, 1.0)}

    again: list[int] = []
    jobs.does("count", work)
    job = jobs.begin("count", "staff-1", {})
    jobs.run_all()
    assert (found(jobs, job).state, found(jobs, job).result) == ("cancelled", {"went_on": False})
    jobs.go_on(job)
    jobs.run_all()
    assert (found(jobs, job).state, found(jobs, job).result) == ("done", {"went_on": True})


def test_a_job_that_has_not_begun_is_cancelled_at_once(database: Database) -> None:
    jobs = made(database, counting(1))
    job = jobs.begin("count", "staff-1", {})
    jobs.cancel(job)
    assert found(jobs, job).state == "cancelled"
    assert jobs.run_all() == 0


def test_what_is_open_or_done_does_not_go_on(database: Database) -> None:
    jobs = made(database, counting(1))
    job = jobs.begin("count", "staff-1", {})
    with pytest.raises(Refused, match="O-03"):
        jobs.go_on(job)


def test_a_job_whose_process_died_is_interrupted_and_goes_on(database: Database) -> None:
    jobs = made(database, counting(2))
    job = jobs.begin("count", "staff-1", {})
    with database.pools.writer.connection() as conn:
        conn.execute("UPDATE office.jobs SET state = 'running' WHERE id = %s", [job])
    with psycopg.connect(database.conninfo("writer"), autocommit=True) as alive:
        alive.execute("SELECT pg_advisory_lock(hashtextextended(%s, 1))", [job])
        assert jobs.sweep() == 0
    # The server notices a closed connection in its own time, and drops the lock then.
    deadline = time.monotonic() + 10
    while not (swept := jobs.sweep()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert swept == 1
    assert found(jobs, job).state == "interrupted"
    jobs.go_on(job)
    jobs.run_all()
    assert found(jobs, job).state == "done"


def test_a_refusal_is_kept_to_be_said_in_the_readers_language(database: Database) -> None:
    def work(_job: Job, _tell: Tell) -> Mapping[str, Any]:
        raise Refused(rule="I-01", text="文件于{day}损坏", day=date(2026, 3, 2))

    jobs = made(database, work)
    job = jobs.begin("count", "staff-1", {})
    jobs.run_all()
    one = found(jobs, job)
    assert one.state == "failed"
    assert one.result == {
        "rule": "I-01",
        "text": "文件于{day}损坏",
        "values": {"day": "2026-03-02"},
    }


def test_a_job_that_breaks_tells_its_kind_of_error_and_no_text(database: Database) -> None:
    def work(_job: Job, _tell: Tell) -> Mapping[str, Any]:
        raise ValueError("龚凤")

    jobs = made(database, work)
    job = jobs.begin("count", "staff-1", {})
    jobs.run_all()
    assert found(jobs, job).result == {"error": "ValueError"}


def test_the_worker_does_jobs_in_its_thread_and_leaves_one_to_go_on_when_told_to_end(
    database: Database,
) -> None:
    jobs = made(database, counting(10_000_000))
    job = jobs.begin("count", "staff-1", {})
    jobs.start()
    with database.pools.writer.connection() as conn:
        for _ in range(200):
            if found(jobs, job).state == "running":
                break
            conn.execute("SELECT pg_sleep(0.02)")
    jobs.stop()
    assert found(jobs, job).state == "interrupted"
