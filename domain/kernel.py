"""What every aggregate is made of: facts, folding, refusals, and the day of a fact."""

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Concatenate, NamedTuple, ParamSpec, Self, TypeVar

import msgspec

from domain.money import Fen

Value = str | int | Fen | date
A = TypeVar("A", bound="Aggregate")
P = ParamSpec("P")
R = TypeVar("R")


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for the catalogues of both languages."""
    return text


class Refused(Exception):
    """The rules say no, in a sentence that the person at the counter can act on."""

    def __init__(self, *, rule: str, text: str, field: str = "", **values: Value) -> None:
        """Name the rule, the text with its values, and the argument that it is about."""
        super().__init__(f"{rule}: {text.format(**values)}")
        self.rule, self.text, self.field, self.values = rule, text, field, values


class Redacted(msgspec.Struct, frozen=True):
    """What is left of a personal value after its key was destroyed 已依法删除."""


class Envelope(msgspec.Struct, frozen=True):
    """A sealed value as stored, with the place it was sealed for (its AAD needs both)."""

    sealed: dict[str, Any]
    stream: str
    version: int


class Sealed:
    """A personal value; the domain never looks inside.

    `subject` says whose key seals it: a person id, or a stream id where no person is known.
    `value` is clear (text or record) on the way in, an `Envelope` when read from the log, or
    `Redacted`. Only `application.people` opens an envelope, for a named reader.
    """

    __slots__ = ("field", "subject", "value")

    def __init__(self, subject: str, field: str, value: object) -> None:
        """Wrap a value for the key of its subject."""
        self.subject, self.field, self.value = subject, field, value

    def __eq__(self, other: object) -> bool:
        """Two sealed values are equal when subject, field and value are."""
        return isinstance(other, Sealed) and (self.subject, self.field, self.value) == (
            other.subject,
            other.field,
            other.value,
        )

    def __hash__(self) -> int:
        """Hash by place, not by content, as the content may be a record."""
        return hash((self.subject, self.field))

    def __repr__(self) -> str:
        """Show where it belongs and never what it says: a repr ends up in logs."""
        return f"Sealed({self.subject!r}, {self.field!r}, ...)"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where an imported fact comes from: batch, row in the file, identity, precision of its day."""

    batch: str
    row: int
    identity: str
    precision: str = "day"


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that a station manager passed, and why (S-11, S-14, S-16, S-19, S-21)."""

    rule: str
    reason: Sealed


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact. Topic and field names are on disk: add a field with a default, rename nothing.

    Facts cannot refer to themselves, so the garbage collector need not walk them: reading the
    log is a third faster for it.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    AMENDS: ClassVar[bool] = False  # reads an earlier fact otherwise from now on

    source: Source | None = None
    override: Override | None = None


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact as the log yields it: with its place in the one order, its two clocks, its people.

    `event_id` stands only in what is read for one case, not in the pages that projections read.
    `on_behalf` is the absent colleague whom the actor stood in for, or "" (F-80). `more` says that
    further facts of the same command follow in the stream: a command is one act, and nobody saw
    the case between two of its facts.
    """

    position: int
    stream: str
    version: int
    event: Event
    command_id: str
    actor: str
    station: str
    occurred_on: date
    recorded_at: datetime
    event_id: str = ""
    on_behalf: str = ""
    more: bool = False


class Unreadable(Event, frozen=True, kw_only=True):
    """A stored row that the catalogue cannot read; a projection parks it and its case."""

    TOPIC = "log.unreadable"

    topic: str
    error: str


Dated = tuple[Event, date]


class Ask(NamedTuple):
    """What a decision needs before anybody types anything: states, and further questions."""

    rule: str
    states: frozenset[str]
    also: tuple[Callable[[Any], None], ...]


def decides(
    rule: str, states: Iterable[str], *, also: Sequence[Callable[[Any], None]] = ()
) -> Callable[[Callable[Concatenate[A, P], R]], Callable[Concatenate[A, P], R]]:
    """Guard a decision by the states its facts are lawful in, and by questions without arguments.

    The same guard answers `Aggregate.why_not(verb)`, so that a page can show an act disabled with
    the sentence that the server would refuse it with (F-08), and feeds the state tables in docs/.
    `rule` is the rule cited when the state is wrong, S-00 or D-00 as a rule.
    """
    ask = Ask(rule, frozenset(states), tuple(also))

    def mark(decision: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
        @functools.wraps(decision)
        def guarded(self: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
            self.demand(ask)
            return decision(self, *args, **kwargs)

        guarded.ask = ask  # type: ignore[attr-defined]  # read back by __init_subclass__
        return guarded

    return mark


def applies(kind: type[Event]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark the applier of one kind of fact."""

    def mark(applier: Callable[..., None]) -> Callable[..., None]:
        applier.applies = kind  # type: ignore[attr-defined]  # read back by __init_subclass__
        return applier

    return mark


class Correction(Event, frozen=True, kw_only=True):
    """Base of every `record_corrected` 更正: a field of an earlier fact read otherwise from now on.

    `field` may be `occurred_on`. A personal value stands in `sealed_value`, else in `value`.
    """

    AMENDS = True

    version: int
    field: str
    value: Any = None
    sealed_value: Sealed | None = None


class Voiding(Event, frozen=True, kw_only=True):
    """Base of every `fact_voided` 作废: an earlier fact that counts no more but stays readable."""

    AMENDS = True

    version: int


class Aggregate:
    """A state that starts from class defaults (immutable values only) and folds facts."""

    APPLIERS: ClassVar[dict[type[Event], Callable[[Any, Any, date], None]]] = {}
    ASKS: ClassVar[dict[str, Ask]] = {}
    version: int = 0
    first_on: date | None = None
    last_on: date | None = None

    def __init__(self) -> None:
        """Start with no history."""
        self.history: list[Dated] = []

    def __init_subclass__(cls) -> None:
        """Collect appliers and guarded decisions, and refuse a second applier for one fact."""
        inherited: dict[type[Event], Callable[[Any, Any, date], None]] = {}
        asks: dict[str, Ask] = {}
        for base in reversed(cls.__mro__[1:]):
            inherited |= getattr(base, "APPLIERS", {})
            asks |= getattr(base, "ASKS", {})
        marked = [(m.applies, m) for m in vars(cls).values() if hasattr(m, "applies")]
        cls.APPLIERS = inherited | dict(marked)
        if len(cls.APPLIERS) < len(inherited) + len(marked):
            raise TypeError(f"{cls.__name__} applies one kind of fact twice.")
        cls.ASKS = asks | {n: m.ask for n, m in vars(cls).items() if hasattr(m, "ask")}

    @property
    def standing(self) -> str:
        """The state word that the tables of domain.md list commands by; '-' before any fact."""
        return "-" if self.version == 0 else "active"

    def demand(self, ask: Ask) -> None:
        """Refuse unless the state is one of those asked for and every question is answered."""
        if self.standing not in ask.states:
            raise Refused(
                rule=ask.rule,
                text=N_("当前状态为“{state}”，不能办理此事项。"),
                state=self.standing,
            )
        for question in ask.also:
            question(self)

    def why_not(self, verb: str) -> Refused | None:
        """Say why a decision cannot be taken now, or None; the same guard that it enforces."""
        try:
            self.demand(self.ASKS[verb])
        except Refused as refused:
            return refused
        return None

    def apply(self, fact: Event, on: date) -> None:
        """Take one fact with its `occurred_on`; a fact is never questioned again."""
        self.history.append((fact, on))
        if fact.AMENDS:
            self._refold()
        else:
            self._take(fact, on)

    def fold(self, history: Iterable[Dated]) -> Self:
        """Take facts as they come; a history with corrections is read once, not once for each."""
        known = len(self.history)
        self.history += history
        new = self.history[known:]
        if any(fact.AMENDS for fact, _ in new):
            self._refold()
        else:
            for fact, on in new:
                self._take(fact, on)
        return self

    def _take(self, fact: Event, on: date) -> None:
        self.APPLIERS[type(fact)](self, fact, on)
        self.first_on = self.first_on or on
        self.last_on = on
        self.version += 1

    def _skip(self, on: date) -> None:
        self.last_on = on
        self.version += 1

    def _refold(self) -> None:
        """Read history again without what was voided and with what was corrected."""
        history = self.history
        self.__dict__.clear()
        self.history = history
        for fact, on in amended(history):
            if fact is None:
                self._skip(on)
            else:
                self._take(fact, on)


def amended(history: Sequence[Dated]) -> list[tuple[Event | None, date]]:
    """Give a history as it reads today: None where a fact was voided, corrected fields in place."""
    facts: list[tuple[Event | None, date]] = list(history)
    for change, _ in history:
        if not isinstance(change, Correction | Voiding) or not 0 < change.version <= len(facts):
            continue
        fact, on = facts[change.version - 1]
        if fact is None:
            continue
        if isinstance(change, Voiding):
            facts[change.version - 1] = (None, on)
        elif change.field == "occurred_on":
            facts[change.version - 1] = (fact, date.fromisoformat(str(change.value)))
        else:
            facts[change.version - 1] = (_with(fact, change), on)
    return facts


def as_it_reads(history: Sequence[Dated]) -> Sequence[Dated]:
    """Give a history as it reads today, without what was voided."""
    if not any([fact.AMENDS for fact, _ in history]):  # noqa: C419 - a list is quicker, read often
        return history
    return [(fact, on) for fact, on in amended(history) if fact is not None]


def _with(fact: Event, change: Correction) -> Event:
    """Put the corrected value into its field, typed as the field is."""
    kinds = {f.name: f.type for f in msgspec.structs.fields(fact)}
    value = change.sealed_value or msgspec.convert(
        change.value, type=kinds[change.field], dec_hook=from_plain
    )
    return msgspec.structs.replace(fact, **{change.field: value})


def check_day(
    first_on: date | None, occurred_on: date, today: date, *, back_days: int, reason: bool
) -> None:
    """Refuse a day in the future, or one far before the case began without a reason (S-19)."""
    if occurred_on > today:
        raise Refused(
            rule="S-19",
            text=N_("发生日期不能晚于今天({today})。"),
            field="occurred_on",
            today=today,
        )
    if first_on and not reason and occurred_on < first_on - timedelta(days=back_days):
        raise Refused(
            rule="S-19",
            text=N_("发生日期早于本案最早日期{first_on}超过{days}天，须由站长说明理由。"),
            field="occurred_on",
            first_on=first_on,
            days=back_days,
        )


def to_plain(value: object) -> object:
    """Write what msgspec does not know by itself: amounts and clear personal values."""
    if isinstance(value, Fen):
        return int(value)
    if isinstance(value, Sealed):
        return {"subject": value.subject, "field": value.field, "value": value.value}
    raise NotImplementedError(type(value).__name__)


_AMOUNT = int.__new__


def from_plain(kind: type, value: object) -> object:
    """Read amounts and clear personal values; nothing is rounded in silence."""
    if kind is Fen:
        # A case of 300 workers reads thousands of amounts: what is whole is not asked again.
        return _AMOUNT(Fen, value) if type(value) is int else Fen(value)  # type: ignore[arg-type]
    if kind is Sealed and isinstance(value, dict):
        return Sealed(value["subject"], value["field"], value["value"])
    raise NotImplementedError(kind.__name__)


def encode(fact: Event) -> bytes:
    """Write a fact as JSON, personal values in clear: for tests and previews, never for the log."""
    return msgspec.json.encode(fact, enc_hook=to_plain)


def decode(kind: type[Event], state: bytes) -> Event:
    """Read a fact that `encode` wrote."""
    return msgspec.json.decode(state, type=kind, dec_hook=from_plain)
