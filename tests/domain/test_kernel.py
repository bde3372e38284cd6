"""What every aggregate is made of: folding, refusals, amendments, the day of a fact."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel import (
    Aggregate,
    Correction,
    Event,
    Redacted,
    Refused,
    Sealed,
    Voiding,
    amended,
    applies,
    check_day,
    decides,
    decode,
    encode,
)
from domain.money import Fen

DAY = date(2026, 3, 2)


class Opened(Event, frozen=True, kw_only=True):
    TOPIC = "kernel.opened"


class Paid(Event, frozen=True, kw_only=True):
    TOPIC = "kernel.paid"

    amount: Fen
    note: Sealed | None = None
    due_on: date | None = None


class PaidCorrected(Correction, frozen=True, kw_only=True):
    TOPIC = "kernel.record_corrected"


class PaidVoided(Voiding, frozen=True, kw_only=True):
    TOPIC = "kernel.fact_voided"


class Account(Aggregate):
    """An aggregate of the kernel's tests."""

    paid = Fen(0)
    notes: tuple[Sealed, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def standing(self) -> str:
        return "-" if self.version == 0 else "open"

    @applies(Opened)
    def _opened(self, fact: Opened, on: date) -> None:
        """Only count."""

    @applies(Paid)
    def _paid(self, fact: Paid, on: date) -> None:
        self.paid = self.paid + fact.amount
        self.days = (*self.days, on)
        if fact.note is not None:
            self.notes = (*self.notes, fact.note)

    @applies(PaidCorrected)
    def _corrected(self, fact: PaidCorrected, on: date) -> None:
        """Only count: the fold reads the corrected value."""

    @applies(PaidVoided)
    def _voided(self, fact: PaidVoided, on: date) -> None:
        """Only count: the fold skips the voided fact."""

    def rich(self) -> None:
        if self.paid > 1_000:
            raise Refused(rule="X-02", text="已付{paid}", paid=self.paid)

    @decides("X-00", {"open"}, also=(rich,))
    def pay(self, amount: int) -> list[Event]:
        return [Paid(amount=Fen(amount))]


def account(*facts: Event) -> Account:
    return Account().fold((fact, DAY + timedelta(days=n)) for n, fact in enumerate(facts))


class TestFolding:
    def test_a_state_counts_its_facts_and_keeps_their_first_and_last_day(self) -> None:
        state = account(Opened(), Paid(amount=Fen(5)))
        assert (state.version, state.paid) == (2, 5)
        assert (state.first_on, state.last_on) == (DAY, DAY + timedelta(days=1))

    def test_states_do_not_share_what_they_fold(self) -> None:
        assert account(Paid(amount=Fen(5))).paid == 5
        assert account().paid == 0
        assert account().history == []

    def test_a_fact_without_an_applier_is_an_error_at_once(self) -> None:
        class Foreign(Event, frozen=True, kw_only=True):
            TOPIC = "kernel.foreign"

        with pytest.raises(KeyError):
            account(Foreign())

    def test_a_second_applier_for_one_fact_is_refused_when_the_class_is_made(self) -> None:
        with pytest.raises(TypeError, match="twice"):

            class Twice(Aggregate):
                @applies(Opened)
                def _one(self, fact: Opened, on: date) -> None: ...

                @applies(Opened)
                def _two(self, fact: Opened, on: date) -> None: ...

    def test_a_phase_adds_to_what_its_bases_apply_and_ask(self) -> None:
        class Sealing(Account):
            @decides("X-01", {"open"})
            def seal(self) -> list[Event]:
                return []

        assert Sealing.APPLIERS == Account.APPLIERS
        assert set(Sealing.ASKS) == {"pay", "seal"}
        assert set(Account.ASKS) == {"pay"}


class TestAmending:
    def test_a_voided_fact_counts_no_more_and_the_version_goes_on(self) -> None:
        state = account(Opened(), Paid(amount=Fen(5)), Paid(amount=Fen(7)), PaidVoided(version=2))
        assert (state.paid, state.version) == (7, 4)

    def test_a_corrected_value_is_typed_as_its_field(self) -> None:
        state = account(Paid(amount=Fen(5)), PaidCorrected(version=1, field="amount", value=800))
        assert state.paid == 800
        assert type(state.paid) is Fen

    @pytest.mark.parametrize(("value", "stored"), [("2026-01-05", date(2026, 1, 5)), (None, None)])
    def test_a_corrected_day_of_a_field_is_a_date(self, value: Any, stored: date | None) -> None:
        history = [
            (Paid(amount=Fen(5), due_on=DAY), DAY),
            (PaidCorrected(version=1, field="due_on", value=value), DAY),
        ]
        fact, _ = amended(history)[0]
        assert isinstance(fact, Paid)
        assert fact.due_on == stored

    def test_a_corrected_day_moves_the_fact_and_the_first_day(self) -> None:
        state = account(
            Paid(amount=Fen(5)), PaidCorrected(version=1, field="occurred_on", value="2026-02-01")
        )
        assert state.days == (date(2026, 2, 1),)
        assert state.first_on == date(2026, 2, 1)

    def test_a_sealed_value_is_corrected_sealed(self) -> None:
        new = Sealed("person-1", "note", "second")
        state = account(
            Paid(amount=Fen(5), note=Sealed("person-1", "note", "first")),
            PaidCorrected(version=1, field="note", sealed_value=new),
        )
        assert state.notes == (new,)

    def test_a_correction_can_itself_be_voided_by_its_version(self) -> None:
        state = account(
            Paid(amount=Fen(5)),
            PaidCorrected(version=1, field="amount", value=800),
            PaidCorrected(version=1, field="amount", value=6),
        )
        assert state.paid == 6

    @pytest.mark.parametrize("version", [0, 9])
    def test_an_amendment_of_a_fact_that_is_not_there_changes_nothing(self, version: int) -> None:
        assert account(Paid(amount=Fen(5)), PaidVoided(version=version)).paid == 5


class TestAsking:
    def test_a_decision_out_of_its_state_is_refused_with_the_state(self) -> None:
        with pytest.raises(Refused, match="X-00") as refused:
            Account().pay(5)
        assert refused.value.values == {"state": "-"}

    def test_the_page_gets_the_same_sentence_as_the_server(self) -> None:
        rich = account(Paid(amount=Fen(2_000)))
        refused = rich.why_not("pay")
        assert refused is not None
        with pytest.raises(Refused) as raised:
            rich.pay(5)
        assert str(refused) == str(raised.value) == "X-02: 已付2000"

    def test_an_allowed_decision_has_no_reason_against_it(self) -> None:
        assert account(Opened()).why_not("pay") is None
        assert account(Opened()).pay(5) == [Paid(amount=Fen(5))]

    def test_a_decision_changes_nothing(self) -> None:
        state = account(Opened())
        state.pay(5)
        assert (state.version, state.paid) == (1, 0)


class TestDays:
    @pytest.mark.parametrize(
        ("on", "reason", "passes"),
        [
            (DAY, False, True),
            (DAY + timedelta(days=1), False, False),
            (DAY + timedelta(days=1), True, False),
            (DAY - timedelta(days=30), False, True),
            (DAY - timedelta(days=31), False, False),
            (DAY - timedelta(days=31), True, True),
        ],
    )
    def test_back_dating_is_limited_and_the_future_is_closed(
        self, on: date, reason: bool, passes: bool
    ) -> None:
        def check() -> None:
            check_day(DAY, on, DAY, back_days=30, reason=reason)

        if passes:
            check()
        else:
            with pytest.raises(Refused) as refused:
                check()
            assert (refused.value.rule, refused.value.field) == ("S-19", "occurred_on")

    def test_the_first_fact_of_a_case_may_be_of_any_past_day(self) -> None:
        check_day(None, date(1995, 1, 1), DAY, back_days=30, reason=False)


class TestValues:
    def test_a_fact_survives_storage(self) -> None:
        fact = Paid(amount=Fen(5), note=Sealed("person-1", "note", "a"), due_on=DAY)
        assert decode(Paid, encode(fact)) == fact

    @pytest.mark.parametrize("amount", ["0.5", '"5"', "true", "null"])
    def test_an_amount_that_is_not_whole_fen_is_refused(self, amount: str) -> None:
        import msgspec

        with pytest.raises((msgspec.ValidationError, TypeError)):
            decode(Paid, b'{"amount": %s}' % amount.encode())

    def test_a_sealed_value_never_shows_itself(self) -> None:
        sealed = Sealed("person-1", "note", "生病")
        assert "生病" not in repr(Paid(amount=Fen(5), note=sealed))
        assert sealed == Sealed("person-1", "note", "生病")
        assert sealed != Sealed("person-1", "note", Redacted())
        assert len({sealed, Sealed("person-1", "note", "别的")}) == 2
