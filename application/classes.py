"""Training classes 培训班: open, sign in, move, complete. Enrolment is the seeker's command."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Part, Stamp, Store
from domain.employer import Employer
from domain.kernel import N_, Event, Refused
from domain.seeker import SeekerCase
from domain.settings import Settings
from domain.training import TrainingClass
from domain.training.facts import Grade, Lesson

RIGHT = "training.edit"


class Classes(Desk):
    """What may be asked about classes."""

    def __init__(self, store: Store, *, settings: Callable[[], Settings]) -> None:
        """Take the store and the settings."""
        super().__init__(store)
        self._settings = settings

    def open_class(
        self,
        *,
        title: str,
        trade: str,
        kind: str,
        provider: str,
        venue: str,
        capacity: int,
        mode: str,
        sessions: Sequence[Lesson],
        subsidised: bool,
        stamp: Stamp,
        level: str = "",
        employer: str = "",
        instructor: str = "",
        series: str = "",
        training: str = "",
    ) -> Done:
        """Plan a class of a provider whose documents were checked (K-04)."""
        licensed = self._store.load(Employer, provider).documented_on(stamp.occurred_on)
        return self._take(
            (TrainingClass, training or new_stream("training")),
            stamp,
            RIGHT,
            TrainingClass.open_class,
            title=title,
            trade=trade,
            kind=kind,
            provider=provider,
            licensed=licensed,
            venue=venue,
            capacity=capacity,
            mode=mode,
            sessions=sessions,
            subsidised=subsidised,
            level=level,
            employer=employer,
            instructor=instructor,
            series=series,
        )

    def wait_list(self, training: str, *, seeker: str, stamp: Stamp) -> Done:
        """Put a seeker on the waiting list (K-01)."""
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.wait_list,
            seeker=seeker,
            occurred_on=stamp.occurred_on,
        )

    def hold_session(
        self,
        training: str,
        *,
        session: int,
        instructor: str,
        hours: int,
        present: Iterable[str],
        stamp: Stamp,
    ) -> Done:
        """Record who was present (K-02)."""
        there = tuple(present)
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.hold_session,
            session=session,
            instructor=instructor,
            hours=hours,
            present=there,
            occurred_on=stamp.occurred_on,
        )

    def move_session(self, training: str, *, session: int, on: date, stamp: Stamp) -> Done:
        """Put a session on another day (K-02, K-04)."""
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.move_session,
            session=session,
            on=on,
        )

    def cancel_session(self, training: str, *, session: int, reason: str, stamp: Stamp) -> Done:
        """Take a session out of the plan (K-02, K-04)."""
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.cancel_session,
            session=session,
            reason=reason,
        )

    def complete_class(
        self,
        training: str,
        *,
        completers: Iterable[str],
        stamp: Stamp,
        cases: bool = False,
    ) -> Done:
        """Complete a class for those who attended enough (K-03, K-05, Q-14).

        With `cases` the completion is recorded in the case of each of them too, in the same
        append: the class's right covers them, as the class alone knows who was there.
        """
        names, settings = tuple(completers), self._settings()
        percent = settings.value("attendance_percent", stamp.occurred_on)
        least = settings.value("homework_grade", stamp.occurred_on)
        whole = Part(
            TrainingClass,
            training,
            lambda c: c.complete_class(
                completers=names, attendance_percent=percent, least_grade=least
            ),
            RIGHT,
        )
        if not cases:
            return self._store.decide(stamp, whole)
        course = self._store.load(TrainingClass, training)

        def completed(name: str) -> Part[SeekerCase]:
            return Part(
                SeekerCase,
                name,
                lambda s: s.complete_training(
                    training=training,
                    planned=course.planned,
                    attended=course.attended(name),
                    passed=True,
                    percent=percent,
                ),
            )

        return self._store.decide(stamp, whole, *(completed(name) for name in names))

    def certify(
        self,
        training: str,
        *,
        kind: str,
        numbers: Mapping[str, str],
        stamp: Stamp,
        level: str = "",
    ) -> Done:
        """Record the certificates of a class in the cases of their holders, in one append (S-10).

        The class's right covers them, as it covers the completion.
        """
        if not numbers:
            raise Refused(rule="S-10", text=N_("请至少填一名学员的证书编号。"))

        def obtained(name: str, number: str) -> Part[SeekerCase]:
            def decide(case: SeekerCase) -> Sequence[Event]:
                try:
                    return case.obtain_certificate(
                        kind=kind, number=number, training=training, level=level
                    )
                except Refused as refused:
                    refused.field = f"number-{name}"
                    raise

            return Part(SeekerCase, name, decide, RIGHT)

        return self._store.decide(stamp, *(obtained(*one) for one in numbers.items()))

    def set_homework(self, training: str, *, title: str, due_on: date, stamp: Stamp) -> Done:
        """Set a piece of homework (K-05)."""
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.set_homework,
            title=title,
            due_on=due_on,
        )

    def grade_homework(
        self, training: str, *, no: int, grades: Sequence[Grade], stamp: Stamp
    ) -> Done:
        """Grade the homework of the whole list, in one append (K-05)."""
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.grade_homework,
            no=no,
            grades=grades,
        )

    def cancel_class(self, training: str, *, reason: str, stamp: Stamp) -> Done:
        """Cancel a class."""
        return self._take(
            (TrainingClass, training), stamp, RIGHT, TrainingClass.cancel_class, reason=reason
        )
