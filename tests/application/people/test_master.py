"""Where the master key comes from and what a careless or wrong one is told (T18)."""

import base64
import stat
import threading
from pathlib import Path

import pytest

from application.people import master
from application.people.master import KeyProblem, MasterKey

KEY = bytes(range(32))


def test_the_key_of_the_home_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    made = master.make(tmp_path)
    path = master.file_of(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["master.key"]
    assert master.make(tmp_path).kid == made.kid


def test_two_starts_at_once_share_one_key(tmp_path: Path) -> None:
    made: list[str] = []
    starts = [
        threading.Thread(target=lambda: made.append(master.make(tmp_path).kid)) for _ in range(4)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(made) == 4
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    "text",
    [
        KEY.hex(),
        KEY.hex().upper() + "\n",
        "-".join(KEY.hex()[n : n + 4] for n in range(0, 64, 4)),
        base64.b64encode(KEY).decode(),
    ],
)
def test_a_key_is_read_from_the_environment_as_hex_paper_groups_or_base64(
    text: str, tmp_path: Path
) -> None:
    found = master.find({"YIZHAN_MASTER_KEY": text}, tmp_path)
    assert found is not None
    assert found.kid == MasterKey(KEY).kid


def test_a_named_file_comes_before_the_homes_own(tmp_path: Path) -> None:
    own = master.make(tmp_path)
    named = tmp_path / "paper.key"
    named.write_text(KEY.hex())
    named.chmod(0o400)
    found = master.find({"YIZHAN_MASTER_KEY_FILE": str(named)}, tmp_path)
    assert found is not None
    assert found.kid == MasterKey(KEY).kid != own.kid


def test_no_key_anywhere_is_none(tmp_path: Path) -> None:
    assert master.find({}, tmp_path) is None


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    master.make(tmp_path)
    master.file_of(tmp_path).chmod(0o440)
    with pytest.raises(KeyProblem, match="chmod 0400"):
        master.find({}, tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (base64.b64encode(bytes(31)).decode(), "this one has 31"),
        (base64.b64encode(bytes(33)).decode(), "this one has 33"),
        ("not a key!", "neither 64"),
    ],
)
def test_what_is_no_key_is_refused_in_a_sentence(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match=told):
        master.find({"YIZHAN_MASTER_KEY": text}, tmp_path)


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="cannot be read"):
        master.find({"YIZHAN_MASTER_KEY_FILE": str(tmp_path / "none")}, tmp_path)


def test_a_key_unwraps_what_it_wrapped_and_nothing_else() -> None:
    key, other = MasterKey(KEY), MasterKey(bytes(32))
    wrapped = key.wrap(b"d" * 32)
    assert key.unwrap(wrapped) == b"d" * 32
    with pytest.raises(KeyProblem, match=other.kid):
        other.unwrap(wrapped)


def test_the_wrapping_is_that_of_rfc_3394() -> None:
    wrapped = MasterKey(KEY).wrap(bytes.fromhex("00112233445566778899AABBCCDDEEFF0001020304050607"))
    assert (
        wrapped.hex().upper() == "A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1"
    )


def test_a_key_does_not_show_itself() -> None:
    assert repr(MasterKey(KEY)) == f"MasterKey({MasterKey(KEY).kid})"
    assert KEY.hex() not in repr(MasterKey(KEY))
