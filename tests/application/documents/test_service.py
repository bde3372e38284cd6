"""Issuing papers: from history alone, the same bytes later, a double click, a changed hash."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from application.dispute_file import DisputeFile
from application.documents.scene import scene
from application.documents.service import Documents
from application.documents.settling import agreement
from application.store import History, Stamp, Who
from domain.dispute import facts
from domain.kernel import Event, Redacted, Refused, Sealed, Source
from domain.person import facts as person_facts
from tests import stories
from tests.domain.dispute import cases
from tests.memory import MemoryStore
from tests.stories import Play

CASE = "dispute-t"
WHO = Who(
    stories.MEDIATOR,
    stories.STATION,
    frozenset({"mediator", "station_manager"}),
    frozenset({stories.STATION}),
)


def opened(values: Sequence[Sealed]) -> list[object]:
    """Read what the memory store keeps in clear."""
    return [value.value for value in values]


def stored(play: Play, names: dict[str, str] | None = None) -> MemoryStore:
    """Store a played case and the persons of it, as an import does."""
    store = MemoryStore(date(2026, 4, 1))
    rows = [History(CASE, [(sourced(f, CASE, n), on) for n, (f, on) in enumerate(play.history)])]
    for person, name in (names or {cases.ANN: "罗美兰", cases.BOB: "任家明"}).items():
        fact = person_facts.Registered(
            identity=Sealed(person, "identity", {"name": name}),
            contact=Sealed(person, "contact", {}),
            birth_year=1980,
            sex="female",
            domicile="440784",
        )
        rows.insert(0, History(person, [(sourced(fact, person, 0), date(2026, 3, 1))]))
    store.append_history(replace(WHO, roles=frozenset({"station_manager"})), "b", 1, rows)
    return store


def sourced(fact: Event, stream: str, row: int) -> Event:
    source = Source(batch="b", row=row, identity=f"{stream}/{row}")
    return msgspec.structs.replace(fact, source=source)


def documents(store: MemoryStore) -> Documents:
    file = DisputeFile(store)
    return Documents(file, store, opened, site="https://yizhan.example/")


def stamp(on: date = date(2026, 3, 9)) -> Stamp:
    return Stamp(WHO, str(uuid.uuid4()), on)


def test_an_issued_agreement_comes_out_again_with_the_same_bytes() -> None:
    store = stored(cases.agreed())
    issued = documents(store).issue(CASE, kind="agreement", stamp=stamp())
    first = documents(store).render(CASE, issued)
    DisputeFile(store).add_note(CASE, note="后来的备注", stamp=stamp())
    again = documents(store).render(CASE, issued)
    assert first.same
    assert again.same
    assert first.content == again.content
    assert first.title == "调解协议书"


def test_a_double_click_issues_one_document() -> None:
    store, once = stored(cases.agreed()), stamp()
    both = {documents(store).issue(CASE, kind="agreement", stamp=once) for _ in range(2)}
    found = [f for f in store.facts(CASE) if isinstance(f, facts.DocumentIssued)]
    assert {f.document for f in found} == both
    assert len(found) == 1
    assert documents(store).render(CASE, found[0].document).same


def test_a_paper_whose_hash_differs_is_told() -> None:
    store = stored(cases.agreed())
    issued = documents(store).issue(CASE, kind="agreement", stamp=stamp())
    elsewhere = Documents(DisputeFile(store), store, opened, site="https://other.example")
    assert not elsewhere.render(CASE, issued).same


def test_a_paper_after_an_erasure_is_told() -> None:
    store = stored(cases.agreed())
    issued = documents(store).issue(CASE, kind="agreement", stamp=stamp())
    gone = Documents(
        DisputeFile(store), store, lambda v: [Redacted()] * len(v), site="https://yizhan.example"
    )
    assert not gone.render(CASE, issued).same


def test_a_paper_is_made_as_at_a_past_position() -> None:
    store = stored(cases.agreed())
    with pytest.raises(Refused) as caught:
        documents(store).issue(CASE, kind="agreement", stamp=stamp(), at_position=4)
    assert caught.value.rule == "D-06"


@pytest.mark.parametrize(("case", "kind"), [(CASE, "poem"), ("dispute-none", "agreement")])
def test_what_does_not_exist_is_refused(case: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        documents(stored(cases.agreed())).issue(case, kind=kind, stamp=stamp())
    assert caught.value.rule == "D-00"


def test_a_document_of_another_case_is_not_found() -> None:
    with pytest.raises(Refused):
        documents(stored(cases.agreed())).render(CASE, "document-none")


def test_a_case_without_agreement_has_no_agreement_to_print() -> None:
    with pytest.raises(Refused) as caught:
        documents(stored(cases.mediating())).issue(CASE, kind="agreement", stamp=stamp())
    assert caught.value.rule == "D-06"


def test_the_agreement_names_everybody_with_amounts_that_sum_up() -> None:
    store = stored(cases.agreed())
    seen = scene(store, opened, CASE, at_position=len(store.log), on=date(2026, 3, 9))
    blocks = agreement(seen)
    people, instalments = (block for block in blocks if block["kind"] == "table")
    assert people["rows"] == [
        ["1", "罗美兰", "1,000.00", "800.00"],
        ["2", "任家明", "1,000.00", "600.00"],
    ]
    assert people["total"][1:] == ["合计", "2,000.00", "1,400.00"]
    assert instalments["total"][-1] == "1,400.00"
    texts = [block["text"] for block in blocks if block["kind"] == "para"]
    assert any("1,400.00元（人民币壹仟肆佰元整）" in text for text in texts)
    assert "二、一次付清" in texts


def test_names_are_those_of_the_position_and_not_of_today() -> None:
    store = stored(cases.agreed())
    before = len(store.log)
    fact = person_facts.IdentityCorrected(
        identity=Sealed(cases.ANN, "identity", {"name": "罗美岚"}),
        birth_year=1980,
        sex="female",
        domicile="440784",
        reason=Sealed(cases.ANN, "reason", "录入错误"),
    )
    row = History(cases.ANN, [(sourced(fact, cases.ANN, 1), date(2026, 3, 9))])
    store.append_history(WHO, "b", 2, [row])
    then = scene(store, opened, CASE, at_position=before, on=date(2026, 3, 9))
    now = scene(store, opened, CASE, at_position=len(store.log), on=date(2026, 3, 9))
    assert (then.name(cases.ANN), now.name(cases.ANN)) == ("罗美兰", "罗美岚")


def test_a_position_ahead_of_the_log_is_that_of_the_last_fact() -> None:
    store = stored(cases.agreed())
    last = store.history(CASE)[-1].position
    documents(store).issue(CASE, kind="agreement", stamp=stamp(), at_position=last + 99)
    issued = store.facts(CASE)[-1]
    assert isinstance(issued, facts.DocumentIssued)
    assert issued.at_position == last


def test_a_paper_that_was_made_elsewhere_is_not_set_here() -> None:
    store = stored(cases.agreed())
    noted = {"template": "t", "engine": "e", "at_position": 1, "salt": "00", "sha256": "00"}
    DisputeFile(store).issue_document(CASE, document="d", kind="letter", stamp=stamp(), **noted)  # type: ignore[arg-type]  # values of two kinds
    with pytest.raises(Refused):
        documents(store).render(CASE, "d")
