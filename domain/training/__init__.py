"""Training classes 培训班: seats, attendance and completion for the audit (K-01 - K-04)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

import msgspec

from domain.amending import Amendable
from domain.kernel import N_, Event, Refused, applies, decides
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

KINDS = frozenset({"skill", "pre_job", "order_based", "startup", "public_interest", "night_school"})
MODES = frozenset({"offline", "online", "hybrid"})
OPEN = frozenset({"planned", "full", "running"})
# How long a certificate is asked for; who has none by then did not pass the examination.
EXAMINED = timedelta(days=180)


# State


class TrainingClass(Amendable):
    """A class with its seats, its waiting list and its attendance."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    state: str = "-"
    title: str = ""
    trade: str = ""
    kind: str = ""
    mode: str = ""
    provider: str = ""
    employer: str = ""
    instructor: str = ""
    level: str = ""
    venue: str = ""
    capacity: int = 0
    subsidised: bool = False
    lessons: tuple[Lesson, ...] = ()
    cancelled: frozenset[int] = frozenset()
    held: Mapping[int, frozenset[str]] = MappingProxyType({})
    seats: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    completers: frozenset[str] = frozenset()
    homework: Mapping[int, HomeworkSet] = MappingProxyType({})
    grades: Mapping[tuple[int, str], int] = MappingProxyType({})

    @property
    def standing(self) -> str:
        """`-`, planned, full, running, completed or cancelled."""
        return "full" if self.state == "planned" and not self.has_seat else self.state

    @property
    def has_seat(self) -> bool:
        """Say whether a seat is left."""
        return len(self.seats) < self.capacity

    @property
    def started(self) -> bool:
        """Say whether the first session was held."""
        return bool(self.held)

    @property
    def planned(self) -> int:
        """Count the sessions that stand in the plan, cancelled ones left out."""
        return len(self.lessons) - len(self.cancelled)

    def started_on(self, day: date) -> bool:
        """Say whether the class had begun before a day, by its sessions or by its plan."""
        return self.started or any(lesson.on < day for lesson in self._standing_lessons())

    def attended(self, seeker: str) -> int:
        """Count the sessions that a seeker was present at."""
        return sum(seeker in present for present in self.held.values())

    def attends_enough(self, seeker: str, percent: int) -> bool:
        """Say whether attendance reaches the minimum share of the plan (K-03, S-10, Q-14)."""
        return self.attended(seeker) * 100 >= percent * self.planned

    @property
    def graded(self) -> bool:
        """Say whether homework counts: part of the class is online (K-05)."""
        return self.mode != "offline" and bool(self.homework)

    def ungraded(self, seeker: str, least: int) -> tuple[int, ...]:
        """Give the pieces of homework that a seeker has not passed, with the least grade."""
        return (
            tuple(no for no in self.homework if self.grades.get((no, seeker), -1) < least)
            if self.graded
            else ()
        )

    def _standing_lessons(self) -> list[Lesson]:
        return [lesson for lesson in self.lessons if lesson.no not in self.cancelled]

    def balanced(self) -> None:
        """Refuse a class whose amended facts break capacity, order or attendance (K-01 - K-04)."""
        _check_plan(self.capacity, self._standing_lessons())
        if len(self.seats) > self.capacity:
            self._refuse_full()
        missing = [x.no for x in self._standing_lessons() if x.no not in self.held]
        if self.completers - set(self.seats) or (self.state == "completed" and missing):
            raise Refused(rule="K-03", text=N_("结业名单或签到记录与此不符，须先作废结业。"))

    def _refuse_full(self) -> None:
        raise Refused(
            rule="K-01",
            text=N_("名额已满({capacity}人)，可登记候补。"),
            field="seeker",
            capacity=self.capacity,
        )

    @applies(ClassOpened)
    def _class_opened(self, fact: ClassOpened, _on: date) -> None:
        self.state, self.title, self.trade = "planned", fact.title, fact.trade
        self.level, self.venue = fact.level or "", fact.venue
        self.kind, self.mode, self.provider = fact.kind, fact.mode, fact.provider
        self.employer, self.instructor = fact.employer or "", fact.instructor or ""
        self.capacity, self.subsidised = fact.capacity, fact.subsidised
        self.lessons = fact.sessions

    @applies(SeatTaken)
    def _seat_taken(self, fact: SeatTaken, _on: date) -> None:
        self.seats = (*self.seats, fact.seeker)
        self.waiting = tuple(s for s in self.waiting if s != fact.seeker)

    @applies(SeatReleased)
    def _seat_released(self, fact: SeatReleased, _on: date) -> None:
        self.seats = tuple(s for s in self.seats if s != fact.seeker)
        self.waiting = tuple(s for s in self.waiting if s != fact.seeker)

    @applies(WaitListed)
    def _wait_listed(self, fact: WaitListed, _on: date) -> None:
        self.waiting = (*self.waiting, fact.seeker)

    @applies(SessionHeld)
    def _session_held(self, fact: SessionHeld, _on: date) -> None:
        self.held = MappingProxyType({**self.held, fact.session: frozenset(fact.present)})
        self.state = "running"

    @applies(SessionMoved)
    def _session_moved(self, fact: SessionMoved, _on: date) -> None:
        self.lessons = _moved(self.lessons, fact.session, fact.on)

    @applies(SessionCancelled)
    def _session_cancelled(self, fact: SessionCancelled, _on: date) -> None:
        self.cancelled |= {fact.session}

    @applies(HomeworkSet)
    def _homework_set(self, fact: HomeworkSet, _on: date) -> None:
        self.homework = MappingProxyType({**self.homework, fact.no: fact})

    @applies(HomeworkGraded)
    def _homework_graded(self, fact: HomeworkGraded, _on: date) -> None:
        graded = {(fact.no, one.seeker): one.grade for one in fact.grades}
        self.grades = MappingProxyType({**self.grades, **graded})

    @applies(ClassCompleted)
    def _class_completed(self, fact: ClassCompleted, _on: date) -> None:
        self.state, self.completers = "completed", frozenset(fact.completers)

    @applies(ClassCancelled)
    def _class_cancelled(self, _fact: ClassCancelled, _on: date) -> None:
        self.state = "cancelled"

    # Decisions

    @decides("K-00", {"-"})
    def open_class(
        self,
        *,
        title: str,
        trade: str,
        kind: str,
        provider: str,
        licensed: bool,
        venue: str,
        capacity: int,
        mode: str,
        sessions: Sequence[Lesson],
        subsidised: bool,
        level: str = "",
        employer: str = "",
        instructor: str = "",
        series: str = "",
    ) -> list[Event]:
        """Plan a class of a licensed provider (`licensed`), with its sessions in order (K-04)."""
        if kind not in KINDS or mode not in MODES or not title.strip():
            raise Refused(rule="K-00", text=N_("请填写班名、类型和授课方式。"), field="title")
        if not licensed:
            raise Refused(rule="K-04", text=N_("培训机构没有有效的办学许可。"), field="provider")
        _check_plan(capacity, sessions)
        return [
            ClassOpened(
                title=title.strip(),
                trade=trade,
                kind=kind,
                level=level or None,
                provider=provider,
                venue=venue,
                employer=employer or None,
                instructor=instructor or None,
                capacity=capacity,
                mode=mode,
                sessions=tuple(sessions),
                series=series or None,
                subsidised=subsidised,
            )
        ]

    @decides("K-01", {"planned", "full"})
    def take_seat(self, *, seeker: str, occurred_on: date) -> list[Event]:
        """Give a seeker a seat before the class begins (K-01); from the waiting list too."""
        self._check_enrolment(seeker, occurred_on)
        if not self.has_seat:
            self._refuse_full()
        return [SeatTaken(seeker=seeker)]

    @decides("K-01", {"planned", "full"})
    def wait_list(self, *, seeker: str, occurred_on: date) -> list[Event]:
        """Put a seeker on the waiting list, once (K-01)."""
        self._check_enrolment(seeker, occurred_on)
        if seeker in self.waiting:
            raise Refused(rule="K-01", text=N_("该求职者已在候补名单上。"), field="seeker")
        return [WaitListed(seeker=seeker)]

    def _check_enrolment(self, seeker: str, day: date) -> None:
        if seeker in self.seats:
            raise Refused(rule="K-01", text=N_("该求职者已报名本班。"), field="seeker")
        if self.started_on(day):
            raise Refused(rule="K-01", text=N_("本班已开课，不能再报名。"), field="seeker")

    @decides("K-01", OPEN)
    def release_seat(self, *, seeker: str, reason: str) -> list[Event]:
        """Give a seat or a place on the waiting list back."""
        if seeker not in self.seats and seeker not in self.waiting:
            raise Refused(rule="K-01", text=N_("该求职者没有报名本班。"), field="seeker")
        return [SeatReleased(seeker=seeker, reason=reason)]

    @decides("K-02", OPEN)
    def hold_session(
        self,
        *,
        session: int,
        instructor: str,
        hours: int,
        present: Iterable[str],
        occurred_on: date,
    ) -> list[Event]:
        """Record who was present at a planned session on or after its day (K-02)."""
        lesson = self._due(session)
        there = tuple(dict.fromkeys(present))
        if lesson.on > occurred_on:
            raise Refused(
                rule="K-02",
                text=N_("第{session}次课排在{on}，尚未到上课日期。"),
                field="session",
                session=session,
                on=lesson.on,
            )
        if not 0 < hours <= 24:
            raise Refused(rule="K-02", text=N_("课时须在1至24之间。"), field="hours")
        if not set(there) <= set(self.seats):
            raise Refused(rule="K-02", text=N_("名单中有未报名本班的人。"), field="present")
        return [SessionHeld(session=session, instructor=instructor, hours=hours, present=there)]

    @decides("K-02", OPEN)
    def move_session(self, *, session: int, on: date) -> list[Event]:
        """Put a session on another day, in order with the others (K-02, K-04)."""
        self._due(session)
        moved = _moved(self.lessons, session, on)
        _check_plan(self.capacity, [x for x in moved if x.no not in self.cancelled])
        return [SessionMoved(session=session, on=on)]

    @decides("K-02", OPEN)
    def cancel_session(self, *, session: int, reason: str) -> list[Event]:
        """Take a session out of the plan; the last one goes with the class only (K-02, K-04)."""
        self._due(session)
        _check_plan(self.capacity, [x for x in self._standing_lessons() if x.no != session])
        return [SessionCancelled(session=session, reason=reason)]

    def _due(self, session: int) -> Lesson:
        """Find a session that is planned, not cancelled and not held yet (K-02)."""
        found = [lesson for lesson in self._standing_lessons() if lesson.no == session]
        if not found or session in self.held:
            raise Refused(
                rule="K-02",
                text=N_("第{session}次课不在计划内、已停课或已签到。"),
                field="session",
                session=session,
            )
        return found[0]

    @decides("K-03", {"running"})
    def complete_class(
        self, *, completers: Iterable[str], attendance_percent: int, least_grade: int = 60
    ) -> list[Event]:
        """Complete a class after its last session, for those who attended enough (K-03, Q-14).

        In a class that is partly online every piece of homework must be passed too (K-05).
        """
        names = tuple(dict.fromkeys(completers))
        if missing := [x.no for x in self._standing_lessons() if x.no not in self.held]:
            raise Refused(
                rule="K-03", text=N_("第{session}次课还没有签到，不能结业。"), session=missing[0]
            )
        for name in names:
            if name not in self.seats or not self.attends_enough(name, attendance_percent):
                raise Refused(
                    rule="K-03",
                    text=N_("{seeker}出勤{attended}/{planned}次，不足{percent}%，不能结业。"),
                    field="completers",
                    seeker=name,
                    attended=self.attended(name),
                    planned=self.planned,
                    percent=attendance_percent,
                )
            if undone := self.ungraded(name, least_grade):
                raise Refused(
                    rule="K-05",
                    text=N_("{seeker}的第{no}次作业没有达到{least}分，不能结业。"),
                    field="completers",
                    seeker=name,
                    no=undone[0],
                    least=least_grade,
                )
        return [ClassCompleted(completers=names)]

    @decides("K-05", OPEN)
    def set_homework(self, *, title: str, due_on: date) -> list[Event]:
        """Set a piece of homework; its number is the next one (K-05)."""
        if self.mode == "offline":
            raise Refused(rule="K-05", text=N_("线下班不布置线上作业。"), field="title")
        if not title.strip():
            raise Refused(rule="K-05", text=N_("请写明作业题目。"), field="title")
        number = max(self.homework, default=0) + 1
        return [HomeworkSet(no=number, title=title.strip(), due_on=due_on)]

    @decides("K-05", OPEN)
    def grade_homework(self, *, no: int, grades: Sequence[Grade]) -> list[Event]:
        """Grade the homework of those who have a seat, 0 to 100; a later grade replaces (K-05)."""
        if no not in self.homework:
            raise Refused(rule="K-05", text=N_("没有这次作业。"), field="no")
        if not grades:
            raise Refused(rule="K-05", text=N_("请至少填一名学员的分数。"), field="grades")
        for one in grades:
            if one.seeker not in self.seats:
                raise Refused(rule="K-05", text=N_("名单中有未报名本班的人。"), field="grades")
            if not 0 <= one.grade <= 100:
                raise Refused(
                    rule="K-05", text=N_("分数须在0至100之间。"), field=f"grade-{one.seeker}"
                )
        return [HomeworkGraded(no=no, grades=tuple(grades))]

    @decides("K-00", OPEN)
    def cancel_class(self, *, reason: str) -> list[Event]:
        """Cancel a class; the enrolled are told."""
        return [ClassCancelled(reason=reason)]


def _check_plan(capacity: int, lessons: Sequence[Lesson]) -> None:
    """Refuse a class for nobody, without session, or with numbers or days out of order (K-04)."""
    if capacity < 1:
        raise Refused(rule="K-04", text=N_("班级人数须至少为1人。"), field="capacity")
    if not lessons:
        raise Refused(rule="K-04", text=N_("班级须至少有一次课。"), field="sessions")
    ordered = all(a.no < b.no and a.on <= b.on for a, b in pairwise(lessons))
    if not ordered or lessons[0].no < 1 or any(x.hours < 1 for x in lessons):
        raise Refused(
            rule="K-04", text=N_("课次、日期须按先后排列，课时至少为1。"), field="sessions"
        )


def _moved(lessons: Iterable[Lesson], session: int, on: date) -> tuple[Lesson, ...]:
    """Put one session on another day."""
    return tuple(
        msgspec.structs.replace(lesson, on=on) if lesson.no == session else lesson
        for lesson in lessons
    )
