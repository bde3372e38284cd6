"""Sealing under a key per person, the proof of the master key, destruction (T2, T18, T20)."""

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.people import master
from application.people.master import KeyProblem
from application.people.sealing import SealBroken, bound, digest
from application.people.vault import Vault
from domain.kernel import Envelope, Redacted, Refused, Sealed
from tests.database import Database

ME, OTHER = "person-1", "person-2"


def _sealed(vault: Vault, value: object, subject: str = ME, version: int = 1) -> Sealed:
    envelope = vault.seal(subject, "identity", subject, version, value)
    return Sealed(subject, "identity", Envelope(envelope, subject, version))


def _keys(database: Database) -> list[tuple[Any, ...]]:
    with database.pools.keys.connection() as conn:
        return conn.execute(
            "SELECT subject, wrapped, destroyed_at FROM keys.subject_keys"
        ).fetchall()


def test_what_is_sealed_opens_for_its_place(vault: Vault) -> None:
    for value in ("幸福路1号", {"name": "龚凤", "id_no": "449901198403120229"}, ""):
        assert vault.open(_sealed(vault, value)) == value


def test_an_envelope_says_how_and_whose_and_nothing_of_the_value(vault: Vault) -> None:
    envelope = vault.seal(ME, "identity", ME, 1, {"name": "龚凤"})
    assert sorted(envelope) == ["alg", "ct", "kid", "n", "subj", "v"]
    assert (envelope["v"], envelope["alg"], envelope["subj"]) == (1, "A256GCM", ME)
    assert len(base64.b64decode(envelope["n"])) == 12
    again = vault.seal(ME, "identity", ME, 1, {"name": "龚凤"})
    assert (again["n"] != envelope["n"], again["kid"] == envelope["kid"]) == (True, True)


def test_values_of_many_persons_open_in_order_after_a_restart(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    values = [_sealed(vault, {"n": n}, f"person-{n}") for n in range(50)]
    restarted = Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert restarted.open_many(values) == [{"n": n} for n in range(50)]


def test_a_value_of_a_page_not_sealed_yet_passes(vault: Vault) -> None:
    assert vault.open(Sealed(ME, "note", "看过材料")) == "看过材料"
    assert vault.open(Sealed(ME, "note", Redacted())) == Redacted()


def test_a_cipher_that_was_moved_to_another_place_is_refused(vault: Vault) -> None:
    sealed = vault.seal(ME, "identity", ME, 1, "龚凤")
    _sealed(vault, "刘月仙", OTHER)
    for moved in (
        Sealed(ME, "contact", Envelope(sealed, ME, 1)),
        Sealed(ME, "identity", Envelope(sealed, OTHER, 1)),
        Sealed(ME, "identity", Envelope(sealed, ME, 2)),
        Sealed(OTHER, "identity", Envelope(sealed, ME, 1)),
    ):
        with pytest.raises(SealBroken):
            vault.open(moved)


def test_ciphers_of_one_person_that_were_swapped_are_refused(vault: Vault) -> None:
    first, second = _sealed(vault, "龚凤"), _sealed(vault, "刘月仙", version=2)
    swapped = Sealed(ME, "identity", Envelope(second.value.sealed, ME, 1))  # type: ignore[attr-defined]  # an envelope
    with pytest.raises(SealBroken, match="Not sealed for its place"):
        vault.open(swapped)
    assert vault.open_many([first, second]) == ["龚凤", "刘月仙"]


def test_a_changed_envelope_is_refused(vault: Vault) -> None:
    changes: list[dict[str, Any]] = [
        {"ct": base64.b64encode(bytes(40)).decode()},
        {"n": "AAAA"},
        {"ct": "not base64!"},
        {"alg": "none"},
        {"v": 2},
        {"kid": "00000000"},
        {"ct": None},
    ]
    for change in changes:
        envelope = vault.seal(ME, "identity", ME, 1, "龚凤") | change
        with pytest.raises(SealBroken):
            vault.open(Sealed(ME, "identity", Envelope(envelope, ME, 1)))


def test_parts_of_a_place_cannot_run_into_each_other() -> None:
    assert bound("ab", "c") != bound("a", "bc")
    assert bound("a", "") != bound("", "a")


def test_a_destroyed_key_leaves_redacted_here_and_after_a_restart(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    mine, other = _sealed(vault, "龚凤"), _sealed(vault, "刘月仙", OTHER)
    vault.destroy(ME)
    vault.destroy(ME)
    assert vault.open_many([mine, other]) == [Redacted(), "刘月仙"]
    restarted = Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert restarted.open_many([mine, other]) == [Redacted(), "刘月仙"]
    assert vault.erased() == [ME]
    assert [row[1] for row in _keys(database) if row[0] == ME] == [None]


def test_nothing_more_is_sealed_for_an_erased_person(vault: Vault) -> None:
    _sealed(vault, "龚凤")
    vault.destroy(ME, OTHER)
    for subject in (ME, OTHER):
        with pytest.raises(Refused) as told:
            vault.seal(subject, "note", "seeker-1", 3, "看过材料")
        assert told.value.rule == "P-07"


def test_an_erasure_list_makes_a_restored_older_key_table_forget(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    mine = _sealed(vault, "龚凤")
    with database.pools.keys.connection() as conn:
        backup = conn.execute("SELECT * FROM keys.subject_keys WHERE subject = %s", [ME]).fetchone()
    vault.destroy(ME)
    kept = vault.erased()
    with database.pools.keys.connection() as conn:
        conn.execute("DELETE FROM keys.subject_keys WHERE subject = %s", [ME])
        conn.execute("INSERT INTO keys.subject_keys VALUES (%s, %s, %s, %s, %s)", backup)
    restored = Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert restored.open(mine) == "龚凤"
    restored.destroy(*kept)
    assert restored.open(mine) == Redacted()


def test_another_process_forgets_a_key_when_it_is_told(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    mine = _sealed(vault, "龚凤")
    elsewhere = Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert elsewhere.open(mine) == "龚凤"
    vault.destroy(ME)
    elsewhere.forget(ME)
    assert elsewhere.open(mine) == Redacted()


def test_the_offices_own_key_is_never_destroyed(vault: Vault) -> None:
    with pytest.raises(ValueError, match="office"):
        vault.destroy(ME, "office")


def test_a_wrong_master_key_is_refused_by_name_and_writes_nothing(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    _sealed(vault, "龚凤")
    before, kid = _keys(database), master.make(tmp_path).kid
    wrong = {"YIZHAN_MASTER_KEY": "11" * 32}
    with pytest.raises(KeyProblem, match=kid):
        Vault.unlock(database.pools.keys, wrong, tmp_path, may_make=True)
    with pytest.raises(KeyProblem, match=f"{kid}.*missing"):
        Vault.unlock(database.pools.keys, {}, tmp_path / "new", may_make=True)
    assert _keys(database) == before
    assert not (tmp_path / "new").exists()


def test_a_given_server_without_a_master_key_is_refused_and_makes_none(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(KeyProblem, match="YIZHAN_MASTER_KEY_FILE"):
        Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert (_keys(database), list(tmp_path.iterdir())) == ([], [])


def test_many_keys_are_made_by_one_statement_and_those_unused_are_swept(
    database: Database, vault: Vault
) -> None:
    vault.prepare([f"person-{n}" for n in range(2_500)] + ["person-1"])
    assert len(_keys(database)) == 2_501
    with database.pools.keys.connection() as conn:
        conn.execute(
            "UPDATE keys.subject_keys SET created_at = now() - interval '2 days'"
            " WHERE subject <> 'person-7'"
        )
    vault.destroy("person-9")
    used = {"person-3"}
    assert vault.sweep(lambda page: [s for s in page if s not in used]) == 2_497
    assert sorted(row[0] for row in _keys(database)) == [
        "office",
        "person-3",
        "person-7",
        "person-9",
    ]


def test_the_database_gives_keys_to_the_role_of_keys_only(database: Database, vault: Vault) -> None:
    import psycopg

    for role in ("writer", "reader", "projector"):
        with (
            psycopg.connect(database.conninfo(role)) as conn,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            conn.execute("SELECT FROM keys.subject_keys")


def test_sub_keys_differ_by_purpose_and_last(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    again = Vault.unlock(database.pools.keys, {}, tmp_path, may_make=False)
    assert vault.subkey("blind index id_no") == again.subkey("blind index id_no")
    assert vault.subkey("blind index id_no") != vault.subkey("blind index phone")
    assert len(vault.subkey("box drafts")) == 32


def test_a_draft_is_sealed_for_its_row(vault: Vault) -> None:
    box = vault.box("drafts")
    sealed = box.seal("龚凤".encode(), "drafts", "17", "staff-1")
    assert box.open(sealed, "drafts", "17", "staff-1").decode() == "龚凤"
    for place in (("drafts", "18", "staff-1"), ("drafts", "17staff", "-1")):
        with pytest.raises(SealBroken):
            box.open(sealed, *place)
    with pytest.raises(SealBroken):
        vault.box("searches").open(sealed, "drafts", "17", "staff-1")
    with pytest.raises(SealBroken):
        box.open(b"", "drafts", "17", "staff-1")


def test_the_known_answer_of_the_blind_index_holds() -> None:
    assert digest(bytes(32), "11010519491231002X").hex() == "51252b5b149fa5e29dae30a60a411d36"


def test_the_day_of_birth_survives_as_text(vault: Vault) -> None:
    assert vault.open(_sealed(vault, {"birth": date(1984, 3, 12)})) == {"birth": "1984-03-12"}
