"""Amending a stream 更正与作废: the past is never edited, a new fact says how to read it (S-17)."""

from datetime import date
from typing import Any, ClassVar, Self

import msgspec

from domain.kernel import (
    N_,
    Aggregate,
    Correction,
    Event,
    Refused,
    Sealed,
    Voiding,
    amended,
    from_plain,
    to_plain,
)

# What a fact has beside the fields of its own form.
ENVELOPE = frozenset({"source", "override"})


class Amendable(Aggregate):
    """An aggregate whose facts can be corrected, and voided where `VOIDED` names a fact.

    `balanced` is asked of the state as it would read afterwards: an amendment that leaves sums
    or orders broken is refused with the rule it breaks.
    """

    CORRECTED: ClassVar[type[Any]]
    VOIDED: ClassVar[type[Any] | None] = None

    def __init_subclass__(cls) -> None:
        """Note both kinds of amendment: the fold reads them, the state keeps nothing of them."""
        super().__init_subclass__()
        kinds = [kind for kind in (cls.CORRECTED, cls.VOIDED) if kind]
        cls.APPLIERS = cls.APPLIERS | dict.fromkeys(kinds, _noted)

    def balanced(self) -> None:
        """Refuse a state that breaks an arithmetic rule; thin aggregates without sums pass."""

    def correct_record(
        self, *, version: int, field: str, value: object, reason: str | Sealed, occurred_on: date
    ) -> list[Event]:
        """Read one field of an earlier fact otherwise from now on (S-17)."""
        fact = self._named(version)
        _need(reason)
        kinds = {f.name: f.type for f in msgspec.structs.fields(fact) if f.name not in ENVELOPE}
        kinds["occurred_on"] = date
        if field not in kinds:
            raise Refused(
                rule="S-17",
                text=N_("第{version}条记录没有“{name}”这一项。"),
                field="field",
                version=version,
                name=field,
            )
        plain = msgspec.to_builtins(value, enc_hook=to_plain)
        earlier = getattr(fact, field, None)
        if isinstance(earlier, Sealed):
            sealed = Sealed(earlier.subject, earlier.field, plain)
            change = self.CORRECTED(
                version=version, field=field, sealed_value=sealed, reason=reason
            )
        else:
            _typed(plain, kinds[field], field, occurred_on)
            change = self.CORRECTED(version=version, field=field, value=plain, reason=reason)
        self._after(change, occurred_on).balanced()
        return [change]

    def void_fact(self, *, version: int, reason: str | Sealed, occurred_on: date) -> list[Event]:
        """Let an earlier fact count no more; the first one stays (S-17)."""
        self._named(version)
        _need(reason)
        if self.VOIDED is None or version == 1:
            raise Refused(
                rule="S-17",
                text=N_("第{version}条记录不能作废，请改用更正。"),
                field="version",
                version=version,
            )
        void = self.VOIDED(version=version, reason=reason)
        self._after(void, occurred_on).balanced()
        return [void]

    def _named(self, version: int) -> Event:
        """Find the fact as it reads today, or refuse (S-17)."""
        reads = amended(self.history)
        fact = reads[version - 1][0] if 0 < version <= len(reads) else None
        if fact is None or isinstance(fact, Correction | Voiding):
            raise Refused(
                rule="S-17",
                text=N_("没有可以更正或作废的第{version}条记录。"),
                field="version",
                version=version,
            )
        return fact

    def _after(self, change: Event, on: date) -> Self:
        return type(self)().fold([*self.history, (change, on)])


def _noted(_state: Aggregate, _fact: Event, _on: date) -> None:
    """Keep nothing: the fold has already read the history with the amendment."""


def _need(reason: str | Sealed) -> None:
    """Demand a reason: an amendment without one says nothing to the auditor (S-17)."""
    if not (reason.value if isinstance(reason, Sealed) else reason.strip()):
        raise Refused(rule="S-17", text=N_("更正或作废须说明理由。"), field="reason")


def _typed(value: Any, kind: Any, name: str, today: date) -> None:
    """Refuse a value that the field cannot hold, and a day still to come (S-17, S-19)."""
    try:
        read = msgspec.convert(value, type=kind, dec_hook=from_plain)
    except (msgspec.ValidationError, TypeError):
        raise Refused(
            rule="S-17", text=N_("“{name}”不能取这个值。"), field="value", name=name
        ) from None
    if name == "occurred_on" and read > today:
        raise Refused(
            rule="S-19",
            text=N_("发生日期不能晚于今天({today})。"),
            field="value",
            today=today,
        )
