"""Facts of a training class 培训班 (domain.md 4.8)."""

from datetime import date

import msgspec

from domain.kernel import Correction, Event, Voiding


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """One planned session 课次: number from 1, day, hours."""

    no: int
    on: date
    hours: int


class ClassOpened(Event, frozen=True, kw_only=True):
    """开班."""

    TOPIC = "training.class_opened"

    title: str
    trade: str
    kind: str
    level: str | None = None
    provider: str
    venue: str
    employer: str | None = None
    instructor: str | None = None
    capacity: int
    mode: str
    sessions: tuple[Lesson, ...]
    series: str | None = None
    subsidised: bool


class SeatTaken(Event, frozen=True, kw_only=True):
    """占位."""

    TOPIC = "training.seat_taken"

    seeker: str


class SeatReleased(Event, frozen=True, kw_only=True):
    """退位."""

    TOPIC = "training.seat_released"

    seeker: str
    reason: str


class WaitListed(Event, frozen=True, kw_only=True):
    """候补."""

    TOPIC = "training.wait_listed"

    seeker: str


class SessionHeld(Event, frozen=True, kw_only=True):
    """上课签到: who was there is recorded here and nowhere else."""

    TOPIC = "training.session_held"

    session: int
    instructor: str
    hours: int
    present: tuple[str, ...]


class SessionMoved(Event, frozen=True, kw_only=True):
    """调课."""

    TOPIC = "training.session_moved"

    session: int
    on: date


class SessionCancelled(Event, frozen=True, kw_only=True):
    """停课."""

    TOPIC = "training.session_cancelled"

    session: int
    reason: str


class ClassCompleted(Event, frozen=True, kw_only=True):
    """结业."""

    TOPIC = "training.class_completed"

    completers: tuple[str, ...]


class ClassCancelled(Event, frozen=True, kw_only=True):
    """取消."""

    TOPIC = "training.class_cancelled"

    reason: str


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """What one learner's homework was worth, 0 to 100."""

    seeker: str
    grade: int


class HomeworkSet(Event, frozen=True, kw_only=True):
    """布置作业: part of a class that is online or hybrid."""

    TOPIC = "training.homework_set"

    no: int
    title: str
    due_on: date


class HomeworkGraded(Event, frozen=True, kw_only=True):
    """作业评分: a later grade takes the place of an earlier one."""

    TOPIC = "training.homework_graded"

    no: int
    grades: tuple[Grade, ...]


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "training.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "training.fact_voided"

    reason: str
