"""One form sent ten times at once is recorded once, whatever act it is (T3, decision 1)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

from application.store import Done, Stamp
from tests.security.conftest import Whole
from tests.security.filling import Filler, Send, sent, streams, walk
from tests.security.test_act_matrix import acts, asked_for, stream_of
from tests.wired import TODAY
from web.acts import Act, Desk

AT_ONCE = 10
REACHED = 95  # acts that the filler brings to be recorded, of about 190; the rest need a story
FEW = (
    ("seekers", "add_note"),
    ("seekers", "assess_needs"),
    ("seekers", "give_guidance"),
    ("disputes", "record_intake"),
    ("disputes", "add_note"),
    ("employers", "name_contact"),
    ("vacancies", "draft"),
    ("classes", "open_class"),
    ("stations", "upgrade"),
)


class Crowd:
    """Ten browsers of one account that send the same form at the same moment."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self.pool = ThreadPoolExecutor(AT_ONCE)

    def send(self, _desk: Desk, act: Act) -> Send:
        role = "admin" if act.right == "staff.manage" else "station_manager"
        client = self._whole.client(role)
        ready = threading.Barrier(AT_ONCE)

        def one(path: str, values: dict[str, Any]) -> Response:
            ready.wait(timeout=60)
            return client.post(path, **values)

        def all_of_them(path: str, values: dict[str, Any]) -> Response:
            before = self._whole.last
            found = [self.pool.submit(one, path, values) for _ in range(AT_ONCE)]
            answers = [future.result() for future in found]
            self.check(path, values, answers, before)
            return answers[0]

        return all_of_them

    def check(
        self, path: str, values: dict[str, Any], answers: list[Response], before: int
    ) -> None:
        told = {(one.status_code, one.headers.get("location")) for one in answers}
        assert len(told) == 1, f"{path}: {told}"
        recorded = self.recorded(values["command_id"])
        events = self.events(before)
        assert recorded <= 1
        if answers[0].status_code == 409:
            assert recorded == 0, path
        else:
            assert answers[0].status_code == 303, f"{path}: {answers[0].status_code}"
            assert recorded == 1, path
            assert len(events) == len(set(events)), f"{path}: {events}"

    def recorded(self, command: str) -> int:
        with self._whole.database.pools.reader.connection() as conn:
            row = conn.execute(
                "SELECT count(*) FROM log.commands WHERE command_id = %s", [command]
            ).fetchone()
        return int(row[0])  # type: ignore[index]  # a count gives a row

    def events(self, before: int) -> list[tuple[str, bytes]]:
        """Give topic and content of what came since; the same twice is a thing done twice."""
        with self._whole.database.pools.reader.connection() as conn:
            return [
                (str(topic), bytes(state))
                for topic, state in conn.execute(
                    "SELECT topic, state FROM log.events WHERE notification_id > %s", [before]
                ).fetchall()
            ]


@pytest.mark.parametrize(("kind", "verb"), FEW)
def test_ten_at_once_record_once(whole: Whole, kind: str, verb: str) -> None:
    desk, crowd = whole.desks[kind], Crowd(whole)
    act = desk.act(verb)
    assert act is not None
    filler, tried = Filler(whole), []
    for stream in streams(whole, desk, 4):
        answer = sent(filler, desk, act, stream, crowd.send(desk, act))
        tried.append(answer.status_code if answer is not None else 0)
        if tried[-1] == 303:
            return
    raise AssertionError(f"{verb} was never taken: {tried}")


@pytest.mark.long
def test_ten_at_once_record_once_whatever_the_act(whole: Whole) -> None:
    crowd = Crowd(whole)
    reached = [f"{desk.kind} {act.verb}" for desk, act, *_ in
               walk(Filler(whole), crowd.send, turns=3)]  # fmt: skip
    assert len(reached) >= REACHED, sorted(reached)


class Counting:
    """A store that counts what it is asked, and decides nothing."""

    def __init__(self, store: Any) -> None:
        self._store, self.asked = store, []  # type: tuple[Any, list[str]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def decide(self, stamp: Stamp, *parts: Any) -> Done:
        self.asked.append(stamp.command_id)
        return Done(1, tuple(part.stream for part in parts))


def test_every_service_appends_once_under_the_id_of_its_form(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of one command goes in one append (decision 8): no act can be recorded by half."""
    who = whole.stock.places.who("manager")
    known = {"officer": who.account, "person": whole.stock.known.id}
    other: dict[str, list[str]] = {}
    for desk, act in acts(whole):
        store = Counting(whole.office.store)
        for service in desk.services:
            monkeypatch.setattr(service, "_store", store)
        method: Callable[..., Done] = desk.method(act.verb)
        given = () if act.begins else (stream_of(whole, desk),)
        stamp = Stamp(who, f"{desk.kind} {act.verb}", TODAY)
        method(*given, stamp=stamp, **asked_for(method, act, known))
        if store.asked != [stamp.command_id]:
            other[stamp.command_id] = store.asked
        monkeypatch.undo()
    assert not other, other
