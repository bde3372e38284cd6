"""Training classes 培训班: open, sign in, move, complete. Enrolment is the seeker's command."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Stamp, Store
from domain.employer import Employer
from domain.settings import Settings
from domain.training import TrainingClass
from domain.training.facts import Lesson

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

    def complete_class(self, training: str, *, completers: Iterable[str], stamp: Stamp) -> Done:
        """Complete a class for those who attended enough (K-03, Q-14)."""
        names = tuple(completers)
        return self._take(
            (TrainingClass, training),
            stamp,
            RIGHT,
            TrainingClass.complete_class,
            completers=names,
            attendance_percent=self._settings().value("attendance_percent", stamp.occurred_on),
            least_grade=self._settings().value("homework_grade", stamp.occurred_on),
        )

    def cancel_class(self, training: str, *, reason: str, stamp: Stamp) -> Done:
        """Cancel a class."""
        return self._take(
            (TrainingClass, training), stamp, RIGHT, TrainingClass.cancel_class, reason=reason
        )
