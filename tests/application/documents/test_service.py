"""Issuing papers: from history alone, the same bytes later, a double click, a changed hash."""

import hashlib
from collections.abc import Sequence
from datetime import date

import pytest

from application.dispute_file import DisputeFile
from application.documents import engine
from application.documents.kinds import DISPUTE
from application.documents.scene import Scene, scene
from application.documents.service import Asked
from application.documents.settling import agreement
from application.store import History
from domain.dispute import facts
from domain.kernel import Redacted, Refused, Sealed
from domain.papers import why_not
from domain.person import facts as person_facts
from tests import stories
from tests.application.documents import desk
from tests.application.documents.desk import documents, opened, stamp
from tests.domain.dispute import cases
from tests.memory import MemoryStore
from tests.printed import printed
from tests.stories import Play

CASE = "dispute-t"
NAMES = {cases.ANN: "罗美兰", cases.BOB: "任家明"}
AGREEMENT = Asked("agreement", "1")


def stored(play: Play, names: dict[str, str] | None = None) -> MemoryStore:
    return desk.stored(play.history, CASE, names or NAMES)


def issue(store: MemoryStore, asked: Asked = AGREEMENT, **more: int) -> str:
    made = documents(store).issue(CASE, [asked], stamp=stamp(), at_position=more.get("at"))
    return made.documents[0]


def seen(store: MemoryStore, about: str = "1", *, upto: int = 0) -> Scene:
    at = upto or len(store.log)
    return scene(store, opened, CASE, at_position=at, on=date(2026, 4, 16), about=about)


def test_an_issued_agreement_comes_out_again_with_the_same_bytes() -> None:
    store = stored(cases.agreed())
    issued = issue(store)
    first = documents(store).render(CASE, issued)
    DisputeFile(store).add_note(CASE, note="后来的备注", stamp=stamp())
    again = documents(store).render(CASE, issued)
    assert first.same
    assert again.same
    assert first.content == again.content
    assert first.title == "调解协议书"


def test_the_fact_holds_hash_code_and_what_stands_in_no_other_fact() -> None:
    store = stored(cases.mediating())
    issued = issue(store, Asked("acceptance"))
    fact = store.facts(CASE)[-1]
    assert isinstance(fact, facts.DocumentIssued)
    made = documents(store).render(CASE, issued)
    assert hashlib.sha256(made.content).hexdigest() == fact.sha256
    assert (fact.code, len(fact.code)) == (made.code, 16)
    assert fact.inputs["site"] == desk.SITE
    assert {limit["rule"] for limit in fact.inputs["limits"]} >= {"DL-03"}


def test_another_address_or_calendar_changes_no_paper_that_was_issued() -> None:
    store = stored(cases.mediating())
    issued = issue(store, Asked("summary"))
    assert documents(store, site="https://moved.example").render(CASE, issued).same


def test_a_double_click_issues_one_document() -> None:
    store, once = stored(cases.agreed()), stamp()
    both = {documents(store).issue(CASE, [AGREEMENT], stamp=once).documents for _ in range(2)}
    found = [f for f in store.facts(CASE) if isinstance(f, facts.DocumentIssued)]
    assert {(f.document,) for f in found} == both
    assert len(found) == 1
    assert documents(store).render(CASE, found[0].document).same


def test_papers_for_all_are_one_append_and_one_file_to_print() -> None:
    store = stored(cases.agreed())
    asked = [Asked("agreement", "1", worker) for worker in (cases.ANN, cases.BOB)]
    made = documents(store).issue(CASE, asked, stamp=stamp())
    told = store.history(CASE)[-2:]
    assert {one.command_id for one in told} == {told[0].command_id}
    own = [documents(store).render(CASE, one) for one in made.documents]
    assert [one.worker for one in own] == [cases.ANN, cases.BOB]
    assert all(one.same for one in own)
    assert own[0].content != own[1].content
    bundle = documents(store).bundle(CASE, made.documents)
    assert bundle.startswith(b"%PDF-1.7")
    assert bundle == documents(store).bundle(CASE, made.documents)


def test_the_copy_of_one_worker_names_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(cases.agreed())
    drawn: list[str] = []

    def draw(*data: object, **_: str) -> bytes:
        drawn.append(str(data))
        return b"%PDF"

    monkeypatch.setattr(engine, "pdf", draw)
    for kind in ("acceptance", "agreement", "performance"):
        drawn.clear()
        about = "" if kind == "acceptance" else "1"
        issue(store, Asked(kind, about, cases.ANN))
        assert "罗美兰" in drawn[0]
        assert "任家明" not in drawn[0]
        assert "600.00" not in drawn[0]


def test_a_paper_after_an_erasure_is_told() -> None:
    store = stored(cases.agreed())
    issued = issue(store)

    def gone(values: Sequence[Sealed]) -> list[object]:
        return [Redacted()] * len(values)

    again = documents(store, open_=gone).render(CASE, issued)
    assert not again.same


def test_any_paper_is_made_as_of_a_past_position() -> None:
    store = stored(cases.defaulted())
    signed = next(one.position for one in store.log if isinstance(one.event, facts.AgreementSigned))
    then = issue(store, Asked("summary"), at=signed)
    now = issue(store, Asked("summary"))
    docs = documents(store)
    assert docs.render(CASE, then).same
    assert docs.render(CASE, now).same
    assert docs.render(CASE, then).content != docs.render(CASE, now).content
    fact = next(f for f in store.facts(CASE) if isinstance(f, facts.DocumentIssued))
    assert fact.at_position == signed
    with pytest.raises(Refused) as caught:
        issue(store, at=signed - 1)
    assert caught.value.rule == "D-06"


def test_a_past_before_the_case_has_nothing_to_print() -> None:
    with pytest.raises(Refused) as caught:
        issue(stored(cases.agreed()), at=1)
    assert caught.value.field == "as_of"


@pytest.mark.parametrize(
    ("case", "asked"),
    [(CASE, Asked("poem")), ("dispute-none", AGREEMENT), (CASE, Asked("registration"))],
)
def test_what_does_not_exist_is_refused(case: str, asked: Asked) -> None:
    with pytest.raises(Refused) as caught:
        documents(stored(cases.agreed())).issue(case, [asked], stamp=stamp())
    assert caught.value.rule == "D-00"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("agreement", "2"), "about"),
        (Asked("agreement", "1", "person-x"), "worker"),
        (Asked("application", "", cases.ANN), "worker"),
    ],
)
def test_a_paper_is_about_what_the_case_holds(asked: Asked, field: str) -> None:
    with pytest.raises(Refused) as caught:
        documents(stored(cases.agreed())).issue(CASE, [asked], stamp=stamp())
    assert caught.value.field == field


def test_a_document_of_another_case_is_not_found() -> None:
    with pytest.raises(Refused):
        documents(stored(cases.agreed())).render(CASE, "document-none")


def test_one_refused_paper_of_several_records_nothing() -> None:
    store = stored(cases.agreed())
    with pytest.raises(Refused):
        documents(store).issue(CASE, [AGREEMENT, Asked("closing")], stamp=stamp())
    assert not [f for f in store.facts(CASE) if isinstance(f, facts.DocumentIssued)]


def test_the_agreement_names_everybody_with_amounts_that_sum_up() -> None:
    blocks = agreement(seen(stored(cases.agreed())))
    (people,) = (block for block in blocks if block["kind"] == "table")
    assert [row[1:3] + row[-2:] for row in people["rows"]] == [
        ["罗美兰", "000X", "1,000.00", "800.00"],
        ["任家明", "001X", "1,000.00", "600.00"],
    ]
    assert people["total"][1:] == ["合计", "", "", "2,000.00", "1,400.00"]
    texts = [block["text"] for block in blocks if block["kind"] == "para"]
    assert any("1,400.00元（人民币壹仟肆佰元整）" in text for text in texts)
    assert "一次付清" in texts


def test_a_refusal_is_printed_with_its_reason_the_route_and_the_limit_to_mind() -> None:
    play = cases.received().on(3, 4)
    ended = date(2026, 2, 28)
    play.record(play.case.end_employment(worker=cases.ANN, ended_on=ended, reason="dismissed"))
    play.record(play.case.not_accept(reason="no_relation", told_route="arbitration"))
    store = stored(play)
    made = documents(store).render(CASE, issue(store, Asked("refusal")))
    assert made.same
    said = printed(made.content)
    for words in (
        "不予受理通知书",
        next(iter(play.case.intakes)),
        "罗美兰、任家明",
        "决定自2026年3月4日起不予受理",
        "双方之间不存在劳动关系",
        "向劳动争议仲裁委员会申请仲裁",
        "请注意期限",
        "鹤城镇就业驿站",
        made.code,
    ):
        assert words in said


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
    row = History(cases.ANN, [(desk.sourced(fact, cases.ANN, 1), date(2026, 3, 9))])
    store.append_history(desk.WHO, "b", 2, [row])
    then, now = seen(store, upto=before), seen(store)
    assert (then.name(cases.ANN), now.name(cases.ANN)) == ("罗美兰", "罗美岚")
    assert then.name(stories.MEDIATOR) == "何志远"


def test_a_paper_of_a_template_that_is_gone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(cases.agreed())
    issued = issue(store)
    monkeypatch.setattr(engine, "known", lambda _template: False)
    with pytest.raises(Refused, match="paper-2"):
        documents(store).render(CASE, issued)


STAGES = [
    cases.intake,
    cases.received,
    cases.mediating,
    cases.agreed,
    cases.defaulted,
    cases.escalated,
    cases.closed,
]


@pytest.mark.parametrize("play", STAGES)
def test_every_paper_that_can_be_issued_is_set_and_every_other_says_why(
    play: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(play())  # type: ignore[operator]  # a function of `cases`
    case = seen(store).case
    monkeypatch.setattr(engine, "pdf", lambda *data, **_: engine.canonical({"papers": data}))
    for kind, made in DISPUTE.items():
        refused = why_not(made.paper, case)
        if refused is None:
            for about in made.paper.about(case):
                assert documents(store).render(CASE, issue(store, Asked(kind, about))).same
        else:
            with pytest.raises(Refused) as caught:
                issue(store, Asked(kind))
            assert (caught.value.rule, caught.value.text) == (refused.rule, refused.text)


def test_a_preview_is_pictures_and_records_nothing() -> None:
    store = stored(cases.agreed())
    before = len(store.log)
    pages = documents(store).preview(CASE, AGREEMENT, on=date(2026, 4, 16), dots=20)
    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert len(store.log) == before
