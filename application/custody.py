"""Who keeps a case 承办: what is asked alike of a seeker's case and of a dispute.

Transfer with the receiver's answer (S-16, D-22, F-42), hold with a day (S-21, D-22, F-41), and
going on after a pause. The two cores name these decisions alike; a service says which kind of case
it is about (`KIND`), which right its edits take (`EDIT`), and how a decision is asked.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from application.store import Done, Stamp


class Custody(ABC):
    """Transfer, hold and resumption, for either kind of case."""

    KIND: ClassVar[type[Any]]
    EDIT: ClassVar[str]

    @abstractmethod
    def _take(
        self, case: str, stamp: Stamp, right: str, decision: Callable[..., Any], /, **asked: Any
    ) -> Done:
        """Ask one decision of one case."""

    @abstractmethod
    def _setting(self, code: str, stamp: Stamp) -> int:
        """Give a setting of the office in force on the day of the command."""

    def offer_transfer(
        self,
        case: str,
        *,
        to_station: str,
        reason: str,
        stamp: Stamp,
        to_officer: str | None = None,
    ) -> Done:
        """Offer the case to another station or officer; the sender stays responsible (F-42)."""
        return self._take(
            case,
            stamp,
            self.EDIT,
            self.KIND.offer_transfer,
            to_station=to_station,
            to_officer=to_officer or None,
            reason=reason,
        )

    def decline_transfer(self, case: str, *, reason: str, stamp: Stamp) -> Done:
        """Leave the case where it is; only the receiver can (S-16, D-22)."""
        return self._take(
            case,
            stamp,
            "case.receive",
            self.KIND.decline_transfer,
            by_station=_served(stamp),
            reason=reason,
        )

    def accept_transfer(self, case: str, *, stamp: Stamp) -> Done:
        """Take the case over; only the receiver can (S-16, D-22)."""
        return self._take(
            case,
            stamp,
            "case.receive",
            self.KIND.accept_transfer,
            by_station=_served(stamp),
            officer=stamp.actor,
        )

    def place_hold(self, case: str, *, until: date, reason: str, stamp: Stamp) -> Done:
        """Let the tasks wait until a day, `hold_days_most` at the most (S-21, D-22)."""
        return self._take(
            case,
            stamp,
            self.EDIT,
            self.KIND.place_hold,
            occurred_on=stamp.occurred_on,
            until=until,
            reason=reason,
            days_most=self._setting("hold_days_most", stamp),
        )

    def lift_hold(self, case: str, *, stamp: Stamp) -> Done:
        """End a hold before its day."""
        return self._take(case, stamp, self.EDIT, self.KIND.lift_hold)

    def resume(self, case: str, *, stamp: Stamp) -> Done:
        """Go on where the case stood before its pause."""
        return self._take(case, stamp, self.EDIT, self.KIND.resume)


def _served(stamp: Stamp) -> frozenset[str]:
    """Give the stations that the asker receives for."""
    return stamp.who.stations | {stamp.station}
