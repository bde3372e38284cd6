"""Persons as a service on PostgreSQL: one number one person, reveal, erasure (P-01, P-02, T20)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from application import rights
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.store import PostgresStore
from application.people.names import NameIndex
from application.people.reads import ReadLog
from application.people.reindex import reindex
from application.people.sight import Sight
from application.persons import Alike, Duplicates, Papers, Persons
from application.store import Who
from domain.catalogue import catalogue
from domain.identity import FEMALE, MALE
from domain.kernel import Envelope, Redacted, Refused
from domain.person import Person
from domain.settings import Settings
from tests.application.people.conftest import GONG, MANAGER, TODAY, WORKER, Office, stamp

LIU = Papers("刘月仙", FEMALE, id_no="449901197709180465")
TWIN = Papers("龚 凤", FEMALE, birth=date(1984, 3, 12))


def _refused(told: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return told.value.rule, told.value.field


def test_a_registered_person_is_shown_by_right(office: Office) -> None:
    person = office.register()
    own = office.sight.view(person, full=True, on=TODAY)
    assert (own.name, own.last4, own.age, own.phone) == ("龚凤", "0229", 41, "138****8000")
    others = office.sight.view(person, full=False, on=TODAY)
    assert (others.name, others.last4, others.age) == ("龚*", "0229", None)
    assert own.address == others.address == "沙坪街道****"
    state = office.store.load(Person, person)
    assert state.identity is not None
    assert isinstance(state.identity.value, Envelope)
    assert (state.birth_year, state.sex, state.domicile) == (1984, FEMALE, "440784")


def test_lists_show_names_from_memory_and_load_who_is_not_there_yet(office: Office) -> None:
    first = office.register()
    office.names.follow()
    late = office.persons.register(LIU, domicile="440784", stamp=stamp()).streams[0]
    shown = office.sight.names([first, late, first], full=lambda p: p == first, on=TODAY)
    assert [(v.name, v.last4, v.age) for v in shown.values()] == [
        ("龚凤", "0229", 41),
        ("刘**", "0465", None),
    ]
    assert office.names.get(late) is None


def test_the_same_number_is_refused_and_names_the_person_who_has_it(office: Office) -> None:
    person = office.register()
    with pytest.raises(Refused) as told:
        office.persons.register(GONG, domicile="440784", stamp=stamp())
    assert _refused(told) == ("P-01", "id_no")
    assert told.value.values["person"] == person
    assert office.index.index_of(person) == office.index.digest("id_no", " 449901198403120229")


def test_a_form_sent_twice_is_answered_with_the_same_person(office: Office) -> None:
    command = str(uuid4())
    answers = {
        office.persons.register(GONG, domicile="440784", stamp=stamp(command=command)).streams
        for _ in range(3)
    }
    assert len(answers) == 1


def test_ten_counters_at_once_open_one_file(office: Office) -> None:
    def register(_: int) -> str:
        try:
            return office.persons.register(GONG, domicile="440784", stamp=stamp()).streams[0]
        except Refused as refused:
            return refused.rule

    with ThreadPoolExecutor(10) as counters:
        answers = list(counters.map(register, range(10)))
    assert sorted(answers)[:9] == ["P-01"] * 9
    assert answers.count("P-01") == 9


def test_a_claim_that_came_to_nothing_is_taken_over_when_it_is_stale(office: Office) -> None:
    office.index.claim("person-lost", id_no=GONG.id_no, phone="13900139000")
    with pytest.raises(Refused):
        office.register()
    with office.database.pools.keys.connection() as conn:
        conn.execute("UPDATE keys.blind_index SET claimed_at = now() - interval '61 seconds'")
    person = office.register()
    assert office.index.find("id_no", GONG.id_no) == [person]
    assert office.index.find("phone", "13900139000") == []


def test_a_refused_registration_claims_nothing(office: Office) -> None:
    auditor = Who("staff-zhao", "station-1", frozenset({"auditor"}))
    with pytest.raises(Refused) as told:
        office.persons.register(GONG, domicile="440784", stamp=stamp(auditor))
    assert told.value.rule == "P-05"
    with pytest.raises(Refused) as told:
        office.persons.register(GONG, domicile="440784", phone="1", stamp=stamp())
    assert _refused(told) == ("P-01", "phone")
    assert office.index.find("id_no", GONG.id_no) == []


def test_a_corrected_identity_moves_the_number_and_leaves_others_theirs(office: Office) -> None:
    person, other = office.register(), office.register(LIU, phone="")
    wanted = LIU._replace(name="龚凤")
    with pytest.raises(Refused) as told:
        office.persons.correct_identity(
            person, wanted, domicile="440784", reason="录入有误", stamp=stamp()
        )
    assert told.value.values["person"] == other
    assert office.index.find("id_no", GONG.id_no) == [person]
    right = Papers("龚丰", FEMALE, id_no="449901200205060683")
    office.persons.correct_identity(
        person, right, domicile="440784", reason="录入有误", stamp=stamp()
    )
    office.leader.drain()
    assert office.index.find("id_no", GONG.id_no) == []
    assert office.index.find("last_four", "0683") == office.index.find("id_no", right.id_no)
    assert office.index.find("phone", "13800138000") == [person]
    assert office.sight.names([person], full=lambda _: True, on=TODAY)[person].name == "龚丰"


def test_a_corrected_number_takes_the_open_case_along(office: Office) -> None:
    person, held = office.register(), "SELECT id_index, stream FROM guard.open_case"
    store = PostgresStore(
        office.database.pools.writer,
        LogMapper(catalogue(), office.vault.seal),
        Rules(rights.check, lambda: TODAY, Settings, office.index.index_of, lambda _: ["seeker-1"]),
    )
    persons = Persons(store, office.vault, office.index, office.names, office.outside)
    right = GONG._replace(id_no=LIU.id_no)
    with psycopg.connect(office.database.conninfo("owner"), autocommit=True) as owner:
        taken = "INSERT INTO guard.open_case VALUES (%s, %s)"
        owner.execute(taken, [office.index.digest("id_no", GONG.id_no), "seeker-1"])
        persons.correct_identity(person, right, domicile="440784", reason="看错", stamp=stamp())
        new = office.index.digest("id_no", LIU.id_no)
        assert owner.execute(held).fetchall() == [(new, "seeker-1")]
        owner.execute(taken, [office.index.digest("id_no", GONG.id_no), "seeker-2"])
    with pytest.raises(Refused) as told:  # the number that it had before is another case's by now
        persons.correct_identity(person, GONG, domicile="440784", reason="看错", stamp=stamp())
    assert told.value.rule == "S-02"


def test_a_changed_phone_is_found_and_the_old_one_is_not(office: Office) -> None:
    person = office.register()
    office.persons.change_contact(person, phone="0750-8888888", address="", stamp=stamp())
    assert office.index.find("phone", "07508888888") == [person]
    assert office.index.find("phone", "13800138000") == []
    assert office.index.find("id_no", GONG.id_no) == [person]


def test_intake_is_told_of_the_same_number_name_and_phone(office: Office) -> None:
    person = office.register()
    blocked = office.persons.duplicates(
        on=TODAY, id_no=GONG.id_no, name="龚凤", phone="13800138000"
    )
    assert blocked == Duplicates(person, "", ())
    warned = office.persons.duplicates(
        on=TODAY, name="龚凤", birth=date(1984, 3, 12), phone="138 0013 8000"
    )
    assert warned == Duplicates(alike=(Alike(person, "name"), Alike(person, "phone")))
    nobody = office.persons.duplicates(
        on=TODAY, id_no=LIU.id_no, name="刘月仙", phone="13900139000"
    )
    assert nobody == Duplicates()


def test_the_same_number_offers_the_open_case(office: Office) -> None:
    person = office.register()
    with psycopg.connect(office.database.conninfo("owner")) as conn:
        row = [office.index.index_of(person), "seeker-7"]
        conn.execute("INSERT INTO guard.open_case VALUES (%s, %s)", row)
    found = office.persons.duplicates(on=TODAY, id_no=GONG.id_no)
    assert found == Duplicates(person, "seeker-7", ())


def test_two_who_were_told_apart_are_not_asked_about_again(office: Office) -> None:
    person, twin = office.register(), office.register(TWIN, phone="")
    asked = {"on": TODAY, "name": "龚凤", "birth": date(1984, 3, 12), "person": twin}
    found = office.persons.duplicates(**asked)  # type: ignore[arg-type]  # as a form
    assert found.alike == (Alike(person, "name"),)
    office.persons.tell_apart(twin, other=person, reason="papers", stamp=stamp())
    office.leader.drain()
    assert office.persons.duplicates(**asked) == Duplicates()  # type: ignore[arg-type]  # as a form


def test_a_merged_duplicate_is_offered_as_its_survivor(office: Office) -> None:
    person, twin = office.register(), office.register(TWIN, phone="13900139000")
    office.persons.merge(twin, into=person, stamp=stamp())
    office.leader.drain()
    found = office.persons.duplicates(on=TODAY, phone="13900139000")
    assert found.alike == (Alike(person, "phone"),)
    office.persons.unmerge(twin, other=person, reason="不是同一人", stamp=stamp())
    office.leader.drain()
    found = office.persons.duplicates(on=TODAY, phone="13900139000")
    assert found.alike == (Alike(twin, "phone"),)


def test_one_search_box_takes_names_tails_phones_and_numbers(office: Office) -> None:
    person, other = office.register(), office.register(LIU, phone="13900139000")
    for text in (
        "龚",
        "gongfeng",
        "0229",
        "13800138000",
        "449901198403120229",
        "gf",
    ):
        assert office.sight.search(text, WORKER, route="/search") == [person]
    assert office.sight.search("139 0013 9000", WORKER, route="/search") == [other]
    long = office.register(Papers("欧阳长江张", MALE), phone="")
    assert office.sight.search("ouyangchangjiangzh", WORKER, route="/search") == [long]
    assert office.sight.search(" ", WORKER, route="/search") == []
    assert len(office.reads()) == 9
    assert office.reads()[0] == ("search", "staff-wang", "caseworker", "", "name", "", "shown")


def test_a_reveal_needs_a_purpose_and_leaves_a_row_without_the_value(office: Office) -> None:
    person = office.register()

    def reveal(*, who: Who = WORKER, **changed: str) -> object:
        asked = {"field": "id_no", "purpose": "verify_identity"} | changed
        return office.sight.reveal(person, who=who, case="seeker-1", route="/r", **asked)

    assert reveal() == "449901198403120229"
    assert reveal(field="phone") == "13800138000"
    assert reveal(field="number") == ""
    admin = Who("staff-chen", "station-1", frozenset({"admin"}))
    for wrong in ({"purpose": "curiosity"}, {"purpose": ""}, {"field": "secret"}):
        with pytest.raises(Refused) as told:
            reveal(who=WORKER, **wrong)
        assert _refused(told) == ("P-06", next(iter(wrong)))
    with pytest.raises(Refused) as told:
        reveal(who=admin)
    assert told.value.rule == "P-05"
    row = ("reveal", "staff-wang", "caseworker", "seeker-1", "id_no", "verify_identity", "shown")
    assert office.reads()[0] == row
    assert [r[4] for r in office.reads()] == ["id_no", "phone", "number"]


def test_without_its_row_in_the_read_log_nothing_is_revealed(office: Office) -> None:
    person = office.register()
    unwritable = ReadLog(office.database.pools.reader)
    sight = Sight(office.store, office.vault, office.index, office.names, unwritable)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sight.reveal(person, field="id_no", purpose="contact", who=WORKER, route="/reveal")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sight.search("龚", WORKER, route="/search")


def _erase(office: Office, person: str) -> None:
    office.persons.request_erasure(person, ground="retention_ended", stamp=stamp(WORKER))
    office.persons.approve_erasure(person, stamp=stamp(MANAGER))
    office.persons.erase(person, stamp=stamp(MANAGER))
    office.leader.drain()


def test_an_erased_person_is_redacted_everywhere_and_history_goes_on(office: Office) -> None:
    person, other = office.register(), office.register(LIU, phone="")
    office.names.follow()
    elsewhere = NameIndex(office.vault, office.leader.read)
    elsewhere.follow()
    office.last_cases = ["dispute-9"]
    office.vault.prepare(["dispute-9"])
    _erase(office, person)

    assert office.store.load(Person, person).standing == "erased"
    view = office.sight.view(person, full=True, on=TODAY)
    assert (view.erased, view.name, view.last4, view.age) == (True, "", "", None)
    gone = office.sight.reveal(person, field="id_no", purpose="audit", who=MANAGER, route="/r")
    assert gone == Redacted()
    assert office.reads()[-1][6] == "erased"
    assert office.index.index_of(person) is None
    assert office.index.find("phone", "13800138000") == []
    assert office.names.search("龚") == []
    elsewhere.follow()
    assert (elsewhere.get(person), elsewhere.search("刘")) == (None, [other])
    assert sorted(office.vault.erased()) == sorted([person, "dispute-9"])
    topics = [r.event.TOPIC for r in office.leader.read(0, 100) if r.stream == person]
    assert topics == [f"person.{w}" for w in ("registered", *STEPS)]
    with pytest.raises(Refused):
        office.persons.change_contact(person, phone="13900139000", address="", stamp=stamp())
    assert office.register() != person


STEPS = ("erasure_requested", "erasure_approved", "erased")


def test_a_duplicate_is_erased_with_its_survivor(office: Office) -> None:
    person, twin = office.register(), office.register(TWIN, phone="")
    third = office.register(Papers("龚凤凤", FEMALE), phone="")
    office.persons.merge(third, into=twin, stamp=stamp())
    office.persons.merge(twin, into=person, stamp=stamp())
    _erase(office, person)
    for gone in (person, twin, third):
        assert office.sight.view(gone, full=True, on=TODAY).erased
    assert sorted(office.vault.erased()) == sorted([person, twin, third])


def test_four_eyes_retention_and_holds_stand_before_an_erasure(office: Office) -> None:
    person = office.register()
    manager: dict[str, Any] = {"stamp": stamp(MANAGER)}
    office.keep_until = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="保存期限"):
        office.persons.request_erasure(person, ground="retention_ended", **manager)
    office.keep_until = TODAY
    office.persons.place_legal_hold(person, ref_no="法院1号", reason="court", stamp=stamp(MANAGER))
    with pytest.raises(Refused, match="法院1号"):
        office.persons.request_erasure(person, ground="retention_ended", **manager)
    office.persons.lift_legal_hold(person, ref_no="法院1号", reason="done", stamp=stamp(MANAGER))
    office.persons.request_erasure(person, ground="retention_ended", stamp=stamp(MANAGER))
    with pytest.raises(Refused, match="另一人"):
        office.persons.approve_erasure(person, stamp=stamp(MANAGER))
    with pytest.raises(Refused) as told:
        office.persons.erase(person, stamp=stamp(WORKER))
    assert told.value.rule == "P-05"
    assert office.vault.erased() == []


def test_a_crash_between_the_fact_and_the_key_is_made_good_by_a_follower(office: Office) -> None:
    person = office.register()
    office.persons.request_erasure(person, ground="retention_ended", stamp=stamp(WORKER))
    office.persons.approve_erasure(person, stamp=stamp(MANAGER))
    office.persons._take(person, stamp(MANAGER), "person.erase", Person.erase, occurred_on=TODAY)
    assert office.vault.erased() == []
    office.leader.drain()
    office.names.follow()
    assert office.vault.erased() == [person]
    assert office.sight.view(person, full=True, on=TODAY).erased


def test_lost_indexes_are_written_again_from_the_log(office: Office) -> None:
    person, erased = office.register(), office.register(LIU, phone="13900139000")
    right = Papers("龚丰", FEMALE, id_no="449901200205060683")
    office.persons.correct_identity(person, right, domicile="440784", reason="误", stamp=stamp())
    office.persons.change_contact(person, phone="13700137000", address="", stamp=stamp())
    _erase(office, erased)

    def rows() -> list[tuple[Any, ...]]:
        with office.database.pools.keys.connection() as conn:
            return conn.execute(
                "SELECT kind, digest, person FROM keys.blind_index ORDER BY kind, digest"
            ).fetchall()

    before = rows()
    assert [(kind, who) for kind, _, who in before] == [
        ("id_no", person),
        ("last_four", person),
        ("phone", person),
    ]
    office.index.drop(person)
    office.index.claim("person-lost", id_no=GONG.id_no)
    assert reindex(office.leader.read, office.vault, office.index) == 1
    assert rows() == before


def test_a_person_without_papers_has_no_index_and_may_be_there_twice(office: Office) -> None:
    lead = Papers("李大", MALE)
    first, second = office.register(lead, phone=""), office.register(lead, phone="")
    assert first != second
    assert office.index.index_of(first) is None
