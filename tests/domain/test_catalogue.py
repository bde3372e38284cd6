"""The closed catalogue: every fact has one topic, one applier, and a line in the docs."""

import re

import pytest

from domain.catalogue import DOCS, aggregates, catalogue, events_page, states_page, unapplied
from domain.kernel import Event, Unreadable


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_the_two_cores_and_the_thin_kinds_are_in_it() -> None:
    assert {"seeker", "dispute", "person", "employer"} <= set(aggregates())
    assert len(catalogue()) > 150


@pytest.mark.parametrize("topic", sorted(catalogue()))
def test_a_topic_is_its_module_and_its_class(topic: str) -> None:
    kind = catalogue()[topic]
    module = kind.__module__.split(".")[1]
    assert topic == f"{module}.{snake(kind.__name__)}"


def test_every_fact_that_can_be_stored_can_be_folded() -> None:
    assert unapplied() == []


def test_what_cannot_be_read_is_no_topic_of_its_own() -> None:
    assert Unreadable not in catalogue().values()


def test_the_catalogue_cannot_be_added_to() -> None:
    with pytest.raises(TypeError):
        catalogue()["evil.topic"] = Event  # type: ignore[index]  # the point of the test


def test_every_fact_names_its_chinese_term() -> None:
    without = [
        topic for topic, kind in catalogue().items() if not re.search("[一-鿿]", kind.__doc__ or "")
    ]
    assert without == []


def test_the_pages_tell_types_as_the_office_reads_them() -> None:
    page = events_page()
    assert "| dispute.accepted | 1 | Accepted |" in page
    assert "| Line | claim: int, amount: Fen |" in page
    assert "note: Sealed?" in page


def test_the_state_table_marks_where_a_decision_may_be_asked_for() -> None:
    rows = {line.split(" | ")[0]: line for line in states_page().splitlines()}
    assert rows["| accept"].count("●") == 1
    assert rows["| add_note"].count("●") > 5


@pytest.mark.parametrize(("name", "page"), [("events.md", events_page), ("states.md", states_page)])
def test_the_written_pages_are_current(name: str, page: object) -> None:
    assert callable(page)
    assert (DOCS / name).read_text("utf-8") == page(), "run `make events`"
