"""From a case of the register to the histories of its streams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from application.registers.cases import Case, stream_id
from application.registers.expressions import Compiled, Compiler, Place, Test
from application.registers.profile import FactRule, Profile, StreamRule
from application.store import History
from domain.kernel import N_, Dated, Event, Refused, Source, from_plain

Kinds = Mapping[str, type[Event]]


@dataclass(frozen=True)
class _Fact:
    kind: type[Event]
    on: Compiled
    test: Test
    each_row: bool
    fields: Compiled
    precision: str


@dataclass(frozen=True)
class _Stream:
    rule: StreamRule
    key: Compiled | None
    test: Test
    facts: Sequence[_Fact]


class FactMaker:
    """A profile compiled for one file: maps a case to histories, or refuses its rows."""

    def __init__(self, profile: Profile, columns: Sequence[str], kinds: Kinds) -> None:
        """Compile every expression once; a topic or column that is unknown refuses the file."""
        self._profile = profile
        compiler = Compiler(profile, columns)
        self._streams = [self._stream(compiler, rule, kinds) for rule in profile.streams]
        self.suspicious = [(note, compiler.test(note.when)) for note in profile.suspicious]
        self.findings = [(note, compiler.test(note.when)) for note in profile.finding]

    def _stream(self, compiler: Compiler, rule: StreamRule, kinds: Kinds) -> _Stream:
        return _Stream(
            rule=rule,
            key=compiler.value(rule.key) if rule.key else None,
            test=compiler.test(rule.when),
            facts=[self._fact(compiler, fact, kinds) for fact in rule.facts],
        )

    def _fact(self, compiler: Compiler, rule: FactRule, kinds: Kinds) -> _Fact:
        if rule.topic not in kinds:
            raise Refused(
                rule="I-02",
                text=N_("导入方案“{name}”有误：{mistake}"),
                field="profile",
                name=self._profile.code,
                mistake=rule.topic,
            )
        return _Fact(
            kind=kinds[rule.topic],
            on=compiler.value({**rule.on, "as": "date"}),
            test=compiler.test(rule.when),
            each_row=rule.each == "row",
            fields=compiler.value(rule.fields),
            precision=rule.precision,
        )

    @property
    def main(self) -> str:
        """Name the stream that a case of the register is: the last one that no other shares."""
        return next(s.rule.name for s in reversed(self._streams) if not s.rule.once)

    def identity(self, case: Case, name: str = "") -> str:
        """Give the identity under which a case's own stream is known to the log."""
        return f"{name or self.main}:{case.identity}"

    def histories(self, case: Case, *, batch: str, station: str) -> list[tuple[History, bool]]:
        """Give the streams of one case with their facts; True where many cases share a stream.

        Raises `Refused` with the sentence for the row: a value that is no day, no amount, or not
        of the fact's type (I-04, D-06).
        """
        first = Place(case.rows[0], case.rows[0], 1, case.key, case.identity, station, {})
        ids: dict[str, str] = {}
        for stream in self._streams:
            key = case.key if stream.key is None else stream.key(first)
            if key:
                ids[stream.rule.name] = stream_id(
                    self._profile, stream.rule.kind, stream.rule.name, str(key)
                )
        made = []
        for stream in self._streams:
            name = stream.rule.name
            if name in ids and stream.test(case.rows[0]):
                facts = self._facts(stream, case, ids, batch, station)
                if facts:
                    made.append((History(ids[name], facts), stream.rule.once))
        return made

    def _facts(
        self, stream: _Stream, case: Case, ids: Mapping[str, str], batch: str, station: str
    ) -> list[Dated]:
        facts: list[Dated] = []
        # A shared stream is identified by itself: whichever case comes first writes it.
        shared = stream.rule.once
        identity = ids[stream.rule.name] if shared else self.identity(case, stream.rule.name)
        for fact in stream.facts:
            rows = case.rows if fact.each_row else case.rows[:1]
            for index, row in enumerate(rows, start=1):
                if not fact.test(row):
                    continue
                place = Place(row, case.rows[0], index, case.key, case.identity, station, ids)
                source = Source(
                    batch=batch,
                    row=case.first_row + index - 1,
                    identity=identity,
                    precision=fact.precision,
                )
                facts.append(self._dated(fact, place, source))
        return facts

    def _dated(self, fact: _Fact, place: Place, source: Source) -> Dated:
        on = fact.on(place)
        if on is None:
            raise Refused(rule="I-04", text=N_("缺少日期，无法确定发生在哪一天。"), field="date")
        values: dict[str, Any] = {k: v for k, v in fact.fields(place).items() if v is not None}
        try:
            made = msgspec.convert(
                {**values, "source": source}, type=fact.kind, dec_hook=from_plain
            )
        except msgspec.ValidationError as mistake:
            raise Refused(
                rule="I-04",
                text=N_("该行不符合“{topic}”的要求：{mistake}"),
                field="row",
                topic=fact.kind.TOPIC,
                mistake=str(mistake),
            ) from mistake
        return made, on
