"""Training classes: seats, attendance, completion."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from domain.kernel import Dated
from domain.training import TrainingClass
from domain.training.facts import (
    ClassCancelled,
    ClassCompleted,
    ClassOpened,
    FactVoided,
    Grade,
    HomeworkGraded,
    HomeworkSet,
    Lesson,
    RecordCorrected,
    SeatReleased,
    SeatTaken,
    SessionCancelled,
    SessionHeld,
    SessionMoved,
    WaitListed,
)
from tests.scenario import Outcome, given

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
DAYS = [date(2026, 3, 9 + n) for n in range(5)]
PLAN = tuple(Lesson(no=n + 1, on=day, hours=6) for n, day in enumerate(DAYS))
CLASS = ClassOpened(
    title="养老护理",
    trade="care",
    kind="skill",
    provider="employer-1",
    venue="station-1",
    capacity=2,
    mode="offline",
    sessions=PLAN,
    subsidised=True,
)
OPENED: Dated = (CLASS, MONDAY)
LAST_DAY = DAYS[-1]


def seat(seeker: str) -> Dated:
    return SeatTaken(seeker=seeker), MONDAY


def held(session: int, *present: str) -> Dated:
    fact = SessionHeld(session=session, instructor="person-9", hours=6, present=present)
    return fact, DAYS[session - 1]


ONE = [OPENED, seat("seeker-1")]
TWO = [*ONE, seat("seeker-2")]
RUNNING = [*TWO, held(1, "seeker-1", "seeker-2")]


def open_class(**changes: Any) -> Outcome[TrainingClass]:
    said: dict[str, Any] = {
        "title": "养老护理",
        "trade": "care",
        "kind": "skill",
        "provider": "employer-1",
        "licensed": True,
        "venue": "station-1",
        "capacity": 2,
        "mode": "offline",
        "sessions": PLAN,
        "subsidised": True,
    }
    return given(TrainingClass).when(lambda c, _: c.open_class(**{**said, **changes}))


def take(history: Sequence[Dated], seeker: str, day: date = MONDAY) -> Outcome[TrainingClass]:
    return (
        given(TrainingClass, history)
        .on(day)
        .when(lambda c, on: c.take_seat(seeker=seeker, occurred_on=on))
    )


def sign_in(
    history: Sequence[Dated], session: int, day: date, *present: str, hours: int = 6
) -> Outcome[TrainingClass]:
    return (
        given(TrainingClass, history)
        .on(day)
        .when(
            lambda c, on: c.hold_session(
                session=session,
                instructor="person-9",
                hours=hours,
                present=present,
                occurred_on=on,
            )
        )
    )


def test_a_class_of_a_licensed_provider_is_opened() -> None:
    opened = open_class().then(CLASS)
    assert (opened.standing, opened.planned, opened.has_seat) == ("planned", 5, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": 0}, "capacity"),
        ({"sessions": ()}, "sessions"),
        ({"sessions": PLAN[::-1]}, "sessions"),
        ({"sessions": (PLAN[0], PLAN[0])}, "sessions"),
        ({"sessions": (PLAN[1], Lesson(no=3, on=DAYS[0], hours=6))}, "sessions"),
        ({"sessions": (Lesson(no=0, on=DAYS[0], hours=6),)}, "sessions"),
        ({"sessions": (Lesson(no=1, on=DAYS[0], hours=0),)}, "sessions"),
        ({"licensed": False}, "provider"),
    ],
)
def test_a_plan_out_of_order_or_a_provider_without_licence_is_refused(
    changes: dict[str, Any], field: str
) -> None:
    open_class(**changes).refused(rule="K-04", field=field)


def test_two_sessions_on_one_day_and_one_seat_are_lawful() -> None:
    open_class(capacity=1, sessions=(PLAN[0], Lesson(no=2, on=DAYS[0], hours=1))).stored()


@pytest.mark.parametrize("changes", [{"kind": "x"}, {"mode": "x"}, {"title": " "}])
def test_kind_mode_and_title_are_asked_for(changes: dict[str, Any]) -> None:
    open_class(**changes).refused(rule="K-00", field="title")


def test_the_last_seat_is_given_and_then_the_waiting_list_is_offered() -> None:
    assert take(ONE, "seeker-2").then(SeatTaken(seeker="seeker-2")).standing == "full"
    take(TWO, "seeker-3").refused(rule="K-01", field="seeker", because="候补")
    waiting = (
        given(TrainingClass, TWO)
        .when(lambda c, on: c.wait_list(seeker="seeker-3", occurred_on=on))
        .then(WaitListed(seeker="seeker-3"))
    )
    assert waiting.waiting == ("seeker-3",)


def test_a_seat_given_back_goes_to_the_waiting() -> None:
    history = [*TWO, (WaitListed(seeker="seeker-3"), MONDAY)]
    freed = (
        given(TrainingClass, history)
        .when(lambda c, _: c.release_seat(seeker="seeker-1", reason="ill"))
        .then(SeatReleased(seeker="seeker-1", reason="ill"))
    )
    assert freed.has_seat
    moved_up = take([*history, (SeatReleased(seeker="seeker-1", reason="ill"), MONDAY)], "seeker-3")
    assert moved_up.stored().waiting == ()
    given(TrainingClass, ONE).when(
        lambda c, _: c.release_seat(seeker="seeker-7", reason="x")
    ).refused(rule="K-01", field="seeker")


@pytest.mark.parametrize("seeker", ["seeker-1", "seeker-3"])
def test_nobody_sits_or_waits_twice(seeker: str) -> None:
    take(ONE, "seeker-1").refused(rule="K-01", field="seeker", because="已报名")
    given(TrainingClass, [*TWO, (WaitListed(seeker="seeker-3"), MONDAY)]).when(
        lambda c, on: c.wait_list(seeker=seeker, occurred_on=on)
    ).refused(rule="K-01", field="seeker")


@pytest.mark.parametrize(("day", "refused"), [(DAYS[0], False), (DAYS[1], True)])
def test_a_class_is_closed_the_day_after_its_first_session(day: date, *, refused: bool) -> None:
    asked = take(ONE, "seeker-2", day)
    if refused:
        asked.refused(rule="K-01", field="seeker", because="已开课")
    else:
        asked.stored()


@pytest.mark.parametrize(
    "history",
    [[*ONE, held(1, "seeker-1")], [*ONE, (ClassCancelled(reason="x"), MONDAY)]],
)
def test_a_started_or_cancelled_class_takes_nobody(history: list[Dated]) -> None:
    take(history, "seeker-2").refused(rule="K-01")


def test_attendance_is_counted_once_a_session() -> None:
    running = sign_in(TWO, 1, DAYS[0], "seeker-1", "seeker-1").then(
        SessionHeld(session=1, instructor="person-9", hours=6, present=("seeker-1",))
    )
    assert (running.standing, running.started) == ("running", True)
    assert (running.attended("seeker-1"), running.attended("seeker-2")) == (1, 0)


@pytest.mark.parametrize(
    ("session", "day", "present", "hours", "field"),
    [
        (1, DAYS[0], "seeker-7", 6, "present"),
        (6, LAST_DAY, "seeker-1", 6, "session"),
        (2, DAYS[0], "seeker-1", 6, "session"),
        (1, DAYS[0], "seeker-1", 0, "hours"),
        (1, DAYS[0], "seeker-1", 25, "hours"),
    ],
)
def test_attendance_needs_a_seat_and_a_planned_session_that_has_come(
    session: int, day: date, present: str, hours: int, field: str
) -> None:
    sign_in(TWO, session, day, present, hours=hours).refused(rule="K-02", field=field)


def test_a_session_held_or_cancelled_is_not_held_again() -> None:
    sign_in(RUNNING, 1, DAYS[0], "seeker-1").refused(rule="K-02", field="session")
    cancelled = [*TWO, (SessionCancelled(session=1, reason="storm"), DAYS[0])]
    sign_in(cancelled, 1, DAYS[0], "seeker-1").refused(rule="K-02", field="session")


@pytest.mark.parametrize(
    ("session", "on", "rule"),
    [(2, DAYS[2], ""), (2, DAYS[3], "K-04"), (1, DAYS[1], "K-02"), (9, DAYS[1], "K-02")],
)
def test_a_session_moves_within_the_order(session: int, on: date, rule: str) -> None:
    asked = given(TrainingClass, RUNNING).when(lambda c, _: c.move_session(session=session, on=on))
    if rule:
        asked.refused(rule=rule, field="session" if rule == "K-02" else "sessions")
    else:
        after = asked.then(SessionMoved(session=2, on=DAYS[2]))
        assert after.lessons[1].on == DAYS[2]


def test_a_class_keeps_one_session() -> None:
    four = [(SessionCancelled(session=n, reason="storm"), MONDAY) for n in (1, 2, 3, 4)]
    given(TrainingClass, [*ONE, *four]).when(
        lambda c, _: c.cancel_session(session=5, reason="storm")
    ).refused(rule="K-04", field="sessions")
    after = given(TrainingClass, ONE).when(lambda c, _: c.cancel_session(session=5, reason="storm"))
    assert after.then(SessionCancelled(session=5, reason="storm")).planned == 4


@pytest.mark.parametrize(
    ("attended", "percent", "passes"), [(4, 80, True), (3, 80, False), (3, 60, True)]
)
def test_completion_needs_the_share_of_the_plan(
    attended: int, percent: int, *, passes: bool
) -> None:
    history = [
        *TWO,
        *(held(n, *(["seeker-1"] if n <= attended else []), "seeker-2") for n in range(1, 6)),
    ]
    asked = (
        given(TrainingClass, history)
        .on(LAST_DAY)
        .when(
            lambda c, _: c.complete_class(
                completers=["seeker-1", "seeker-2"], attendance_percent=percent
            )
        )
    )
    if passes:
        done = asked.then(ClassCompleted(completers=("seeker-1", "seeker-2")))
        assert done.standing == "completed"
    else:
        asked.refused(rule="K-03", field="completers", because="3/5")


def test_a_cancelled_session_leaves_the_plan() -> None:
    history = [
        *TWO,
        *(held(n, "seeker-1") for n in (1, 2, 3, 4)),
        (SessionCancelled(session=5, reason="storm"), LAST_DAY),
    ]
    assert TrainingClass().fold(history).attends_enough("seeker-1", 100)


def test_nobody_completes_before_the_last_session_or_without_a_seat() -> None:
    four = [*TWO, *(held(n, "seeker-1") for n in (1, 2, 3, 4))]
    given(TrainingClass, four).when(
        lambda c, _: c.complete_class(completers=["seeker-1"], attendance_percent=80)
    ).refused(rule="K-03", because="第5次")
    given(TrainingClass, [*four, held(5, "seeker-1")]).when(
        lambda c, _: c.complete_class(completers=["seeker-7"], attendance_percent=0)
    ).refused(rule="K-03", field="completers")
    given(TrainingClass, TWO).when(
        lambda c, _: c.complete_class(completers=[], attendance_percent=80)
    ).refused(rule="K-03", because="full")


def test_a_class_is_cancelled_once() -> None:
    gone = given(TrainingClass, RUNNING).when(lambda c, _: c.cancel_class(reason="storm"))
    assert gone.then(ClassCancelled(reason="storm")).standing == "cancelled"
    given(TrainingClass, [OPENED, (ClassCancelled(reason="x"), MONDAY)]).when(
        lambda c, _: c.cancel_class(reason="x")
    ).refused(rule="K-00")


def test_a_void_takes_a_wrong_attendance_list_back() -> None:
    back = (
        given(TrainingClass, RUNNING)
        .when(lambda c, on: c.void_fact(version=4, reason="wrong class", occurred_on=on))
        .then(FactVoided(version=4, reason="wrong class"))
    )
    assert (back.started, back.attended("seeker-1")) == (False, 0)


@pytest.mark.parametrize("version", [2, 8])
def test_a_void_does_not_undo_what_completion_rests_on(version: int) -> None:
    done = [
        *TWO,
        *(held(n, "seeker-1") for n in range(1, 6)),
        (ClassCompleted(completers=("seeker-1",)), LAST_DAY),
    ]
    given(TrainingClass, done).when(
        lambda c, on: c.void_fact(version=version, reason="x", occurred_on=on)
    ).refused(rule="K-03", because="作废结业")


@pytest.mark.parametrize(("capacity", "refused"), [(2, False), (1, True)])
def test_a_corrected_capacity_still_holds_everybody(capacity: int, *, refused: bool) -> None:
    asked = given(TrainingClass, TWO).when(
        lambda c, on: c.correct_record(
            version=1, field="capacity", value=capacity, reason="typed", occurred_on=on
        )
    )
    if refused:
        asked.refused(rule="K-01", field="seeker")
    else:
        asked.then(RecordCorrected(version=1, field="capacity", value=2, reason="typed"))


HYBRID = [(msgspec.structs.replace(CLASS, mode="hybrid"), MONDAY), *TWO[1:]]
HOMEWORK = HomeworkSet(no=1, title="剪一段短片", due_on=LAST_DAY)


def graded(grade: int) -> list[Dated]:
    """A hybrid class that was held to its end, with one grade of the first seeker."""
    sessions = [held(n, "seeker-1", "seeker-2") for n in range(1, 6)]
    marks = HomeworkGraded(no=1, grades=(Grade(seeker="seeker-1", grade=grade),))
    return [*HYBRID, (HOMEWORK, MONDAY), *sessions, (marks, LAST_DAY)]


@pytest.mark.parametrize(("grade", "refused"), [(60, False), (59, True)])
def test_homework_of_a_hybrid_class_has_to_be_passed(grade: int, *, refused: bool) -> None:
    asked = given(TrainingClass, graded(grade)).when(
        lambda c, _: c.complete_class(completers=["seeker-1"], attendance_percent=80)
    )
    if refused:
        asked.refused(rule="K-05", field="completers", because="60")
    else:
        asked.then(ClassCompleted(completers=("seeker-1",)))


def test_who_was_not_graded_does_not_complete_and_a_later_grade_replaces() -> None:
    course = TrainingClass().fold(graded(10))
    assert course.ungraded("seeker-2", 60) == (1,)
    again = HomeworkGraded(no=1, grades=(Grade(seeker="seeker-1", grade=90),))
    assert course.fold([(again, LAST_DAY)]).ungraded("seeker-1", 60) == ()


@pytest.mark.parametrize(
    ("grade", "field"), [(0, ""), (100, ""), (101, "grade-seeker-1"), (-1, "grade-seeker-1")]
)
def test_a_grade_lies_between_0_and_100(grade: int, field: str) -> None:
    asked = given(TrainingClass, [*HYBRID, (HOMEWORK, MONDAY)]).when(
        lambda c, _: c.grade_homework(no=1, grades=[Grade(seeker="seeker-1", grade=grade)])
    )
    if field:
        asked.refused(rule="K-05", field=field)
    else:
        asked.stored()


@pytest.mark.parametrize(
    ("no", "grades", "field"),
    [
        (2, [Grade(seeker="seeker-1", grade=1)], "no"),
        (1, [], "grades"),
        (1, [Grade(seeker="seeker-9", grade=1)], "grades"),
    ],
)
def test_only_learners_are_graded_for_homework_that_was_set(
    no: int, grades: list[Grade], field: str
) -> None:
    given(TrainingClass, [*HYBRID, (HOMEWORK, MONDAY)]).when(
        lambda c, _: c.grade_homework(no=no, grades=grades)
    ).refused(rule="K-05", field=field)


def test_homework_is_numbered_and_no_matter_of_a_class_on_site() -> None:
    asked = given(TrainingClass, [*HYBRID, (HOMEWORK, MONDAY)])
    asked.when(lambda c, _: c.set_homework(title="二", due_on=LAST_DAY)).then(
        HomeworkSet(no=2, title="二", due_on=LAST_DAY)
    )
    asked.when(lambda c, _: c.set_homework(title=" ", due_on=LAST_DAY)).refused(
        rule="K-05", field="title"
    )
    given(TrainingClass, TWO).when(
        lambda c, _: c.set_homework(title="一", due_on=LAST_DAY)
    ).refused(rule="K-05", field="title")
