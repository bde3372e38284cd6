"""Households 家庭户 and their zero-employment declarations (就业促进法 56)."""

from collections.abc import Callable, Collection
from datetime import date

from application import rights
from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Part, Stamp, Store
from domain.household import Household
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase

RIGHT = "seeker.edit"


class Households(Desk):
    """What may be asked about households.

    `household_of` gives the active household of a person or "" (H-01), `placed` those of some
    persons who have a running placement (S-15).
    """

    def __init__(
        self,
        store: Store,
        *,
        household_of: Callable[[str], str],
        placed: Callable[[Collection[str]], Collection[str]],
        clear_by: Callable[[date], date | None] = lambda _on: None,
    ) -> None:
        """Take the store and look-ups; `clear_by` gives the promise for a declaration (Q-05)."""
        super().__init__(store)
        self._household_of, self._placed, self._clear_by = household_of, placed, clear_by

    def register(self, *, kind: str, domicile: str, stamp: Stamp, household: str = "") -> Done:
        """Write a household down; `Done.streams` names it."""
        return self._take(
            (Household, household or new_stream("household")),
            stamp,
            RIGHT,
            Household.register,
            kind=kind,
            domicile=domicile,
        )

    def begin(self, case: str, *, kind: str, able: bool, willing: bool, stamp: Stamp) -> Done:
        """Write down the household of a seeker with the person in it, in one append (H-01)."""
        state = self._store.load(SeekerCase, case)
        person, household = state.person, new_stream("household")
        elsewhere = self._household_of(person)
        rights.check(stamp.who, RIGHT, state, case)
        return self._store.decide(
            stamp,
            Part(
                Household,
                household,
                lambda home: home.register(kind=kind, domicile=state.domicile),
                RIGHT,
            ),
            Part(
                Household,
                household,
                lambda home: home.add_member(
                    person=person, relation="self", able=able, willing=willing, elsewhere=elsewhere
                ),
                RIGHT,
            ),
        )

    def state_income(
        self, household: str, *, person: str, source_of_income: str, monthly: Fen, stamp: Stamp
    ) -> Done:
        """Note what a member brings home in a month."""
        return self._take(
            (Household, household),
            stamp,
            RIGHT,
            Household.state_income,
            person=person,
            source_of_income=source_of_income,
            monthly=monthly,
        )

    def add_member(
        self,
        household: str,
        *,
        person: str,
        relation: str,
        able: bool,
        willing: bool,
        stamp: Stamp,
    ) -> Done:
        """Add a member who lives in no other household (H-01)."""
        elsewhere = self._household_of(person)
        return self._take(
            (Household, household),
            stamp,
            RIGHT,
            Household.add_member,
            person=person,
            relation=relation,
            able=able,
            willing=willing,
            elsewhere="" if elsewhere == household else elsewhere,
        )

    def remove_member(self, household: str, *, person: str, reason: str, stamp: Stamp) -> Done:
        """Take a member off."""
        return self._take(
            (Household, household),
            stamp,
            RIGHT,
            Household.remove_member,
            person=person,
            reason=reason,
        )

    def declare_zero(self, household: str, *, stamp: Stamp, clear_by: date | None = None) -> Done:
        """Declare that nobody able and willing has work (S-15, H-02)."""

        def decide(state: Household) -> list[Event]:
            until = clear_by or self._clear_by(stamp.occurred_on)
            return state.declare_zero(placed=self._placed(state.seeking), clear_by=until)

        return self._take((Household, household), stamp, RIGHT, decide)

    def clear_zero(self, household: str, *, seeker: str, placement: int, stamp: Stamp) -> Done:
        """Clear by the verified placement of a member's case (S-15, H-03)."""
        case = self._store.load(SeekerCase, seeker)
        found = case.placements.get(placement)
        return self._take(
            (Household, household),
            stamp,
            RIGHT,
            Household.clear_zero,
            member=case.person,
            seeker=seeker,
            placement=placement,
            verified=found is not None and found.verified_on is not None and found.running,
            start_on=found.start_on if found else stamp.occurred_on,
            occurred_on=stamp.occurred_on,
        )

    def withdraw_zero(self, household: str, *, reason: str, stamp: Stamp) -> Done:
        """Withdraw a declaration that was wrong."""
        return self._take(
            (Household, household), stamp, RIGHT, Household.withdraw_zero, reason=reason
        )
