"""What is stored and how it is read: closed topics, sealed values, older versions."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from application.log.mapper import LogMapper
from application.log.rows import Pending
from domain.kernel import Envelope, Event, Override, Recorded, Redacted, Sealed, Source, Unreadable
from domain.money import Fen
from tests.application.log.trial import CATALOGUE, Noted, mapper, mark

GOLDEN = Path(__file__).parent / "golden"
META = '{"command_id":"c","actor":"staff-li","station":"s","occurred_on":"2026-03-02"}'
AT = datetime(2026, 3, 2, tzinfo=UTC)


class Weighed(Event, frozen=True, kw_only=True):
    """A fact in its third form: grams, then kilos as text, then a whole number and its unit."""

    TOPIC = "trial.weighed"
    VERSION = 3

    amount: int
    unit: str
    note: Sealed | None = None


def to_kilos(raw: dict[str, Any]) -> dict[str, Any]:
    return raw | {"kilos": str(raw.pop("grams") / 1000)}


def to_unit(raw: dict[str, Any]) -> dict[str, Any]:
    return raw | {"amount": round(float(raw.pop("kilos")) * 1000), "unit": "g"}


WEIGHING = LogMapper({"trial.weighed": Weighed}, mark, {"trial.weighed": {1: to_kilos, 2: to_unit}})


def written(fact: Event, by: LogMapper | None = None) -> bytes:
    return (by or mapper()).to_stored_event(Pending("trial-1", 7, fact)).state


def read(topic: str, state: bytes, by: LogMapper | None = None, meta: str = META) -> Recorded:
    return (by or mapper()).recorded(("trial-1", 7, topic, state, meta, 42, AT))


class TestWriting:
    def test_state_is_plain_json_with_every_field(self) -> None:
        state = json.loads(written(Noted(text="来访", amount=Fen(5))))
        assert state == {
            "source": None,
            "override": None,
            "text": "来访",
            "amount": 5,
            "note": None,
        }

    def test_personal_values_are_sealed_for_their_place(self) -> None:
        fact = Noted(text="a", note=Sealed("person-1", "note", "生病"))
        state = written(fact)
        assert "生病".encode() not in state
        assert json.loads(state)["note"] == {
            "subject": "person-1",
            "field": "note",
            "sealed": {"for": ["person-1", "note", "trial-1", 7], "hex": "e7949fe79785"},
        }

    def test_a_mapper_without_keys_writes_no_personal_value(self) -> None:
        with pytest.raises(PermissionError):
            written(Noted(text="a", note=Sealed("p", "note", "生病")), LogMapper(CATALOGUE))

    def test_a_class_that_is_not_in_the_catalogue_is_not_written(self) -> None:
        with pytest.raises(LookupError, match=r"trial\.weighed"):
            written(Weighed(amount=1, unit="g"))

    def test_a_later_version_says_its_number_first(self) -> None:
        state = written(Weighed(amount=1, unit="g"), WEIGHING)
        assert state.startswith(b'{"_v":3,"source":')
        assert read("trial.weighed", state, WEIGHING).event == Weighed(amount=1, unit="g")


class TestReading:
    def test_what_was_written_comes_back_with_its_envelope(self) -> None:
        fact = Noted(
            text="a",
            source=Source(batch="b", row=3, identity="i"),
            override=Override(rule="S-19", reason=Sealed("p", "override", "补录")),
        )
        recorded = read("trial.noted", written(fact))
        assert recorded.event.source == fact.source
        assert (recorded.position, recorded.stream, recorded.version) == (42, "trial-1", 7)
        assert (recorded.actor, recorded.occurred_on) == ("staff-li", date(2026, 3, 2))

    def test_sealed_values_stay_sealed_and_know_their_place(self) -> None:
        fact = Noted(text="a", note=Sealed("person-1", "note", "生病"))
        event = read("trial.noted", written(fact)).event
        assert isinstance(event, Noted)
        assert event.note is not None
        assert isinstance(event.note.value, Envelope)
        assert (event.note.value.stream, event.note.value.version) == ("trial-1", 7)
        assert "生病" not in repr(event)

    def test_a_value_copied_to_another_stream_keeps_the_place_it_was_sealed_for(self) -> None:
        old = Envelope(sealed={"hex": "00"}, stream="trial-0", version=2)
        state = written(Noted(text="a", note=Sealed("person-1", "note", old)))
        event = read("trial.noted", state).event
        assert isinstance(event, Noted)
        assert event.note == Sealed("person-1", "note", old)

    def test_a_value_whose_key_is_gone_can_be_copied(self) -> None:
        event = read("trial.noted", written(Noted(text="a", note=Sealed("p", "note", Redacted()))))
        assert event.event == Noted(text="a", note=Sealed("p", "note", Redacted()))

    @pytest.mark.parametrize("version", [1, 2])
    def test_every_form_ever_stored_is_read_as_the_present_one(self, version: int) -> None:
        state = (GOLDEN / f"trial.weighed.v{version}.json").read_bytes()
        event = read("trial.weighed", state, WEIGHING).event
        assert isinstance(event, Weighed)
        assert (event.amount, event.unit) == (1_500, "g")
        if version == 1:
            assert event.note == Sealed(
                "person-1", "note", Envelope({"hex": "e5b7a5"}, "trial-1", 7)
            )

    @pytest.mark.parametrize(
        ("topic", "state", "error"),
        [
            ("trial.unknown", b"{}", "KeyError"),
            ("trial.noted", b"{", "DecodeError"),
            ("trial.noted", b'{"text": 5}', "ValidationError"),
            ("trial.noted", b'{"text": "a", "amount": 0.5}', "TypeError|ValidationError"),
            ("trial.noted", b'{"_v":2,"text": "a"}', "newer"),
            ("trial.noted", b'{"text": "a", "note": {"subject": "p"}}', "KeyError"),
        ],
    )
    def test_what_cannot_be_read_is_marked_and_never_raised(
        self, topic: str, state: bytes, error: str
    ) -> None:
        event = read(topic, state).event
        assert isinstance(event, Unreadable)
        assert event.topic == topic
        assert any(word in event.error for word in error.split("|")), event.error

    def test_metadata_that_cannot_be_read_marks_the_row(self) -> None:
        event = read("trial.noted", b'{"text": "a"}', meta="{}").event
        assert isinstance(event, Unreadable)

    def test_a_thousand_hostile_topics_import_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "evilmod.py").write_text("raise SystemExit('imported')", "utf-8")
        sys.path.insert(0, str(tmp_path))
        hostile = ["evilmod:X", "evilmod", "os:system", "antigravity:fly", "this:d", ""]
        hostile += [f"evilmod:X{n}.{'a' * n}" for n in range(494)]
        hostile += [f"xml.dom.m{n}:Y" for n in range(500)]
        before = set(sys.modules)
        try:
            for topic in hostile:
                assert isinstance(read(topic, b'{"text": "a"}').event, Unreadable)
        finally:
            sys.path.remove(str(tmp_path))
        assert set(sys.modules) == before
