"""Asking a register about an application for recognition, at the counter and in the background.

The register is asked while nothing is locked and nothing is appended: a slow one holds up nobody.
What it says becomes a fact; nothing follows from it but a question to a human (S-20, PIPL 24(3)).
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache

from application.assistance_desk import Desk
from application.certifying.register import Answer, Asking, Register
from application.store import Done, Part, Stamp, Who
from domain.kernel import N_, Event, Refused, Sealed
from domain.seeker import SeekerCase, facts

NAMESPACE = uuid.UUID("4f1d8f0e-7c6b-4a53-9d0b-2b6c1f3a9e47")


def asking_of(
    registers: Sequence[Register], opened: Callable[[Sealed], object]
) -> Callable[[SeekerCase, int], Asking | None]:
    """Give what finds the register of an application by its exact category, which is sealed.

    The first register that tells about a category stands for it.
    """

    def find(case: SeekerCase, hardship: int) -> Asking | None:
        applied = [
            fact
            for fact, _ in case.facts_in_force()
            if isinstance(fact, facts.HardshipApplied) and fact.hardship == hardship
        ]
        category = opened(applied[-1].category) if applied else ""
        found = (
            Asking(one, category)
            for one in registers
            if isinstance(category, str) and category in one.criteria
        )
        return next(found, None)

    return find


class Certifying(Desk):
    """Certification of a criterion by a register, and the decision to let a recognition stand."""

    def certify_hardship(self, case: str, *, hardship: int, stamp: Stamp) -> Done:
        """Ask the register and keep its answer, whatever it is (F-47).

        A command sent twice asks once. Raises `Refused` S-05 where no register tells about the
        category, S-01 without an ID number.
        """
        return self._ask(case, hardship, stamp, news_only=False)

    def ask_again(self, case: str, *, hardship: int, stamp: Stamp) -> Done:
        """Ask in the background; kept is only what says more than what is known."""
        return self._ask(case, hardship, stamp, news_only=True)

    def register_name(self, state: SeekerCase, hardship: int) -> str:
        """Give the words for the register that tells about an application, or ""."""
        register = self._outside.register(state, hardship)
        return register.name if register else ""

    def uphold_hardship(
        self,
        case: str,
        *,
        hardship: int,
        reason: str,
        stamp: Stamp,
        certify_by: date | None = None,
    ) -> Done:
        """Let a recognition stand without the register's word; a human decides (S-20, S-06)."""
        return self._take(
            case,
            stamp,
            "hardship.decide",
            SeekerCase.uphold_hardship,
            occurred_on=stamp.occurred_on,
            hardship=hardship,
            officer=stamp.actor,
            reason=reason,
            grace=self._setting("certification_grace_days", stamp),
            certify_by=certify_by,
        )

    def _ask(self, case: str, hardship: int, stamp: Stamp, *, news_only: bool) -> Done:
        @cache  # who was overtaken by another writer decides again, and asks no second time
        def ask(register: Asking, number: str) -> Answer:
            self._outside.sent(stamp.who, case)
            return register.ask(number, self._outside.today())

        def decide(seeker: SeekerCase) -> list[Event]:
            # A number leaves the house for nothing that would be refused, and only once a command.
            seeker.askable(hardship)
            register, number = self._asked_about(seeker, hardship)
            if self._store.known(stamp):
                return []
            said = ask(register, number)
            return seeker.certify_hardship(
                occurred_on=stamp.occurred_on,
                hardship=hardship,
                register=register.name,
                answer=said.answer,
                reference=said.reference,
                returned=said.returned,
                as_of=said.as_of,
                news_only=news_only,
            )

        return self._store.decide(stamp, Part(SeekerCase, case, decide, "seeker.edit"))

    def _asked_about(self, seeker: SeekerCase, hardship: int) -> tuple[Asking, str]:
        """Give the register and the number to ask about."""
        register = self._outside.register(seeker, hardship)
        if register is None:
            raise Refused(
                rule="S-05",
                text=N_("此类别没有连接登记库，请核对书面材料。"),
                field="hardship",
            )
        number = self._outside.id_number(seeker.person)
        if not number:
            raise Refused(
                rule="S-01", text=N_("此人没有登记身份证号，不能向登记库核验。"), field="hardship"
            )
        return register, number


def ask_again(service: Certifying, case: str, state: SeekerCase, who: Who, today: date) -> int:
    """Ask once a day about every recognition of a case whose grace runs; count the news.

    What is refused (consent withdrawn, number gone) is left to the human who decides.
    """
    news = 0
    for record in state.hardships.values():
        if record.awaited_until:
            command = str(uuid.uuid5(NAMESPACE, f"{case}/{record.no}/{today}"))
            with suppress(Refused):
                stamp = Stamp(who, command, today)
                news += bool(service.ask_again(case, hardship=record.no, stamp=stamp).position)
    return news
