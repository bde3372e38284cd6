"""The file of a person: identity, duplicates, holds, erasure (domain.md 4.8: P-01, P-02)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from domain import person as people
from domain.identity import FEMALE, Identity, check_identity
from domain.kernel import Aggregate, Correction, Dated, Event, Redacted, Refused, Sealed
from domain.person import Person
from domain.person.facts import (
    Absorbed,
    AccountGiven,
    ContactChanged,
    Erased,
    ErasureApproved,
    ErasureRequested,
    IdentityCorrected,
    LegalHoldLifted,
    LegalHoldPlaced,
    Merged,
    ProofFiled,
    RecordCorrected,
    Registered,
    ToldApart,
    Unmerged,
)
from tests.scenario import given

MONDAY = date(2026, 3, 2)
ME, OTHER, THIRD = "person-1", "person-2", "person-3"
GONG = Identity(
    {
        "id_type": "resident_id",
        "name": "龚凤",
        "id_no": "449901198403120229",
        "birth": "1984-03-12",
    },
    1984,
    FEMALE,
)
REGISTERED = Registered(
    identity=Sealed(ME, "identity", GONG.record),
    contact=Sealed(ME, "contact", {"phone": "13800138000", "address": "幸福路1号"}),
    birth_year=1984,
    sex=FEMALE,
    domicile="440784",
)
WHY = Sealed(ME, "reason", "录入有误")
REQUESTED = ErasureRequested(ground="retention_ended", entered_by="staff-1")


def _past(*facts: Event) -> list[Dated]:
    return [(fact, MONDAY) for fact in (REGISTERED, *facts)]


def _refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as told:
        call()
    return told.value


def test_an_identity_takes_birth_from_the_card_and_leaves_no_empty_field() -> None:
    taken = check_identity(
        name=" 龚凤 ", sex=FEMALE, id_no="449901198403120229", occurred_on=MONDAY
    )
    assert taken == GONG
    lead = check_identity(name="龚凤", sex=FEMALE, occurred_on=MONDAY)
    assert (lead.record, lead.birth_year) == ({"id_type": "resident_id", "name": "龚凤"}, None)


def test_a_passport_leaves_birth_to_the_form() -> None:
    taken = check_identity(
        name="Ann Lee",
        sex=FEMALE,
        id_type="passport",
        id_no="e1234567",
        birth=date(1990, 1, 2),
        occurred_on=MONDAY,
    )
    assert taken.record["id_no"] == "E1234567"
    assert (taken.record["birth"], taken.birth_year) == ("1990-01-02", 1990)


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"name": " "}, "P-01", "name"),
        ({"sex": "x"}, "P-01", "sex"),
        ({"id_no": "449901198403120228"}, "S-03", "id_no"),
        ({"id_no": "449902196904050318"}, "S-03", "sex"),
        ({"birth": MONDAY + timedelta(days=1)}, "S-03", "birth"),
        ({"existing": OTHER}, "P-01", "id_no"),
    ],
)
def test_a_wrong_identity_is_refused_at_its_field(
    changes: dict[str, object], rule: str, field: str
) -> None:
    asked: dict[str, object] = {"name": "龚凤", "sex": FEMALE, "occurred_on": MONDAY} | changes
    refused = _refused(lambda: check_identity(**asked))  # type: ignore[arg-type]  # as a form
    assert (refused.rule, refused.field) == (rule, field)


def test_the_same_number_names_the_person_who_has_it() -> None:
    refused = _refused(
        lambda: check_identity(name="龚凤", sex=FEMALE, occurred_on=MONDAY, existing=OTHER)
    )
    assert refused.values["person"] == OTHER


def test_a_person_is_registered_under_the_own_key_with_countable_fields_in_clear() -> None:
    state = (
        given(Person)
        .when(
            lambda p, _: p.register(
                person=ME,
                identity=GONG,
                domicile="440784",
                phone="138 0013 8000",
                address=" 幸福路1号",
            )
        )
        .then(REGISTERED)
    )
    assert (state.person, state.standing, state.birth_year) == (ME, "active", 1984)


def test_a_person_is_registered_once_and_with_a_phone_that_exists() -> None:
    again = given(Person, _past()).when(
        lambda p, _: p.register(person=ME, identity=GONG, domicile="440784")
    )
    again.refused(rule="P-01")
    given(Person).when(
        lambda p, _: p.register(person=ME, identity=GONG, domicile="440784", phone="123")
    ).refused(rule="P-01", field="phone")


def test_identity_contact_account_and_proof_are_sealed_under_the_persons_key() -> None:
    scene = given(Person, _past())
    corrected = scene.when(
        lambda p, _: p.correct_identity(identity=GONG, domicile="440785", reason="录入有误")
    ).then(
        IdentityCorrected(
            identity=Sealed(ME, "identity", GONG.record),
            birth_year=1984,
            sex=FEMALE,
            domicile="440785",
            reason=WHY,
        )
    )
    assert corrected.domicile == "440785"
    given(Person, _past()).when(lambda p, _: p.change_contact(phone="", address="东路2号")).then(
        ContactChanged(contact=Sealed(ME, "contact", {"phone": "", "address": "东路2号"}))
    )
    given(Person, _past()).when(
        lambda p, _: p.give_account(bank="农商行", number="6200 0000 0001")
    ).then(
        AccountGiven(account=Sealed(ME, "account", {"bank": "农商行", "number": "620000000001"}))
    )
    given(Person, _past()).when(lambda p, _: p.file_proof(kind="残疾人证", sha256="0" * 64)).then(
        ProofFiled(kind=Sealed(ME, "kind", "残疾人证"), sha256="0" * 64)
    )


@pytest.mark.parametrize("number", ["1234567", "1" * 31, "6200000O0001", ""])
def test_an_account_is_eight_to_thirty_digits(number: str) -> None:
    given(Person, _past()).when(lambda p, _: p.give_account(bank="", number=number)).refused(
        rule="P-01", field="number"
    )


@pytest.mark.parametrize("sha256", ["0" * 63, "0" * 65, "G" * 64])
def test_a_proof_needs_a_whole_hash(sha256: str) -> None:
    given(Person, _past()).when(lambda p, _: p.file_proof(kind="证", sha256=sha256)).refused(
        rule="P-01", field="sha256"
    )


def test_a_duplicate_goes_on_in_the_other_stream_and_can_be_taken_back() -> None:
    merged = given(Person, _past()).when(lambda p, _: p.merge(into=OTHER)).then(Merged(into=OTHER))
    assert merged.standing == "merged"
    apart = (
        given(Person, _past(Merged(into=OTHER)))
        .when(lambda p, _: p.unmerge(other=OTHER, reason="录入有误"))
        .then(Unmerged(other=OTHER, reason=WHY))
    )
    assert (apart.standing, apart.merged_into) == ("active", "")


def test_the_survivor_takes_the_duplicate_in_and_can_let_it_go() -> None:
    survivor = (
        given(Person, _past())
        .when(lambda p, _: p.absorb(person=OTHER))
        .then(Absorbed(person=OTHER))
    )
    assert survivor.absorbed == {OTHER}
    again = (
        given(Person, _past(Absorbed(person=OTHER)))
        .when(lambda p, _: p.unmerge(other=OTHER, reason="录入有误"))
        .then(Unmerged(other=OTHER, reason=WHY))
    )
    assert again.absorbed == frozenset()


def test_nobody_is_merged_into_itself_or_into_a_merged_one_or_unmerged_from_a_stranger() -> None:
    given(Person, _past()).when(lambda p, _: p.merge(into=ME)).refused(rule="P-02", field="into")
    given(Person, _past(Merged(into=THIRD))).when(lambda p, _: p.absorb(person=OTHER)).refused(
        rule="P-02", field="into", because=THIRD
    )
    given(Person, _past()).when(lambda p, _: p.unmerge(other=OTHER, reason="x")).refused(
        rule="P-02", field="other"
    )


def test_two_alike_are_told_apart_once() -> None:
    given(Person, _past()).when(lambda p, _: p.tell_apart(other=OTHER, reason="papers")).then(
        ToldApart(other=OTHER, reason="papers")
    )
    given(Person, _past(ToldApart(other=OTHER, reason="papers"))).when(
        lambda p, _: p.tell_apart(other=OTHER, reason="papers")
    ).then()
    given(Person, _past()).when(lambda p, _: p.tell_apart(other=ME, reason="papers")).refused(
        rule="P-02", field="other"
    )


HOLD = LegalHoldPlaced(ref_no="法院1号", reason="court")
SECOND = LegalHoldPlaced(ref_no="法院2号", reason="court")


def test_a_hold_is_placed_and_lifted_by_its_letter() -> None:
    given(Person, _past()).when(
        lambda p, _: p.place_legal_hold(ref_no=" 法院1号", reason="court")
    ).then(HOLD)
    still = (
        given(Person, _past(HOLD, SECOND))
        .when(lambda p, _: p.lift_legal_hold(ref_no="法院1号", reason="done"))
        .then(LegalHoldLifted(ref_no="法院1号", reason="done"))
    )
    assert still.holds == {"法院2号"}
    given(Person, _past(HOLD)).when(
        lambda p, _: p.lift_legal_hold(ref_no="法院9号", reason="done")
    ).refused(rule="P-02", field="ref_no")
    given(Person, _past()).when(lambda p, _: p.place_legal_hold(ref_no=" ", reason="x")).refused(
        rule="P-02", field="ref_no"
    )


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda p, _: p.place_legal_hold(ref_no="法院3号", reason="because"), "reason"),
        (lambda p, _: p.lift_legal_hold(ref_no="法院1号", reason="because"), "reason"),
        (lambda p, _: p.tell_apart(other=OTHER, reason="because"), "reason"),
    ],
)
def test_a_reason_is_one_of_its_list(ask: "Ask", field: str) -> None:
    given(Person, _past(HOLD)).when(ask).refused(rule="S-00", field=field)


def test_a_ground_of_erasure_is_one_of_its_list() -> None:
    given(Person, _past()).when(
        lambda p, on: p.request_erasure(ground="because", entered_by="staff-1", occurred_on=on)
    ).refused(rule="S-00", field="ground")


Ask = Callable[[Person, date], Sequence[Event]]
STEPS: list[tuple[list[Event], Ask, Event]] = [
    (
        [],
        lambda p, on: p.request_erasure(
            ground="retention_ended", entered_by="staff-1", occurred_on=on, keep_until=MONDAY
        ),
        REQUESTED,
    ),
    (
        [REQUESTED],
        lambda p, on: p.approve_erasure(approver="staff-2", occurred_on=on, keep_until=MONDAY),
        ErasureApproved(),
    ),
    (
        [REQUESTED, ErasureApproved()],
        lambda p, on: p.erase(occurred_on=on, keep_until=MONDAY),
        Erased(),
    ),
]


@pytest.mark.parametrize(("past", "step", "fact"), STEPS)
def test_each_step_of_an_erasure_waits_for_the_retention_end_and_for_holds(
    past: list[Event], step: Ask, fact: Event
) -> None:
    given(Person, _past(*past)).on(MONDAY).when(step).then(fact)
    early = MONDAY - timedelta(days=1)
    given(Person, _past(*past)).on(early).when(step).refused(rule="P-02", because="2026-03-02")
    given(Person, _past(*past, HOLD)).on(MONDAY).when(step).refused(rule="P-02", because="法院1号")


def test_who_asked_for_an_erasure_does_not_approve_it() -> None:
    given(Person, _past(REQUESTED)).when(
        lambda p, on: p.approve_erasure(approver="staff-1", occurred_on=on)
    ).refused(rule="P-02", because="另一人")


def test_an_erasure_without_approval_is_refused_and_an_erased_person_takes_nothing() -> None:
    given(Person, _past(REQUESTED)).when(lambda p, on: p.erase(occurred_on=on)).refused(rule="P-02")
    gone = _past(REQUESTED, ErasureApproved(), Erased())
    assert given(Person, gone).when(lambda p, _: []).then().standing == "erased"
    given(Person, gone).when(lambda p, _: p.change_contact(phone="", address="x")).refused(
        rule="P-01"
    )


def test_a_duplicate_is_erased_with_its_survivor_only() -> None:
    past = _past(Merged(into=OTHER))
    given(Person, past).when(lambda p, _: p.erase_with(survivor=OTHER)).then(Erased())
    given(Person, past).when(lambda p, _: p.erase_with(survivor=THIRD)).refused(
        rule="P-02", field="survivor"
    )


def test_a_destroyed_key_leaves_a_history_that_still_folds() -> None:
    gone = Sealed(ME, "identity", Redacted())
    left = Registered(identity=gone, contact=gone, birth_year=1984, sex=FEMALE, domicile="440784")
    state: Aggregate = Person().fold([(left, MONDAY), (Erased(), MONDAY)])
    assert (state.standing, state.version) == ("erased", 2)


def test_a_hold_with_a_wrong_letter_is_corrected_with_a_reason() -> None:
    state = (
        given(Person, _past(HOLD))
        .when(
            lambda p, on: p.correct_record(
                version=2, field="ref_no", value="法院7号", reason="录入有误", occurred_on=on
            )
        )
        .then(RecordCorrected(version=2, field="ref_no", value="法院7号", reason=WHY))
    )
    assert state.holds == {"法院7号"}


def test_a_sealed_field_is_corrected_sealed() -> None:
    proof = ProofFiled(kind=Sealed(ME, "kind", "旧证"), sha256="0" * 64)
    state = (
        given(Person, _past(proof))
        .when(
            lambda p, on: p.correct_record(
                version=2, field="kind", value="新证", reason="录入有误", occurred_on=on
            )
        )
        .stored()
    )
    assert [filed.kind.value for filed in state.proofs] == ["新证"]


@pytest.mark.parametrize(
    ("version", "name", "value", "reason", "told"),
    [
        (0, "ref_no", "x", "r", "version"),
        (3, "ref_no", "x", "r", "version"),
        (1, "identity", "x", "r", "field"),
        (2, "nothing", "x", "r", "field"),
        (2, "ref_no", 5, "r", "value"),
        (2, "occurred_on", "soon", "r", "value"),
        (2, "ref_no", "x", " ", "reason"),
    ],
)
def test_a_correction_that_cannot_be_read_is_refused(
    version: int, name: str, value: object, reason: str, told: str
) -> None:
    given(Person, _past(HOLD)).when(
        lambda p, on: p.correct_record(
            version=version, field=name, value=value, reason=reason, occurred_on=on
        )
    ).refused(rule="S-17", field=told)


def test_every_fact_of_the_catalogue_has_an_applier() -> None:
    kinds = {k for k in vars(people).values() if isinstance(k, type) and issubclass(k, Event)}
    kinds -= {Event, Correction}
    assert len(kinds) == 17
    assert kinds == set(Person.APPLIERS)
