"""Password profiles and one-time codes."""

import base64
import threading
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from application.passwords import ASVS, DENGBAO, Hasher, Profile, check_password
from application.second_factor import hashed, matching_step, recovery_codes
from domain.kernel import Refused

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("profile", "password", "because"),
    [
        (ASVS, "umbrella-ferry-quartz", ""),
        (ASVS, "kq7w zr-m4x", "12至128"),
        (ASVS, "kq7w zr-m4xp", ""),
        (ASVS, "x" * 129, "12至128"),
        (ASVS, "password1234", "容易猜到"),
        (ASVS, "aaaaaaaaaaaaaaaa", "容易猜到"),
        (ASVS, "鹤山就业驿站鹤山就业驿站", "容易猜到"),
        (ASVS, "hecheng-heshan", "容易猜到"),
        (DENGBAO, "kq7w zr-m", "10至128"),
        (DENGBAO, "kq7w zr-m4", ""),
        (DENGBAO, "kq7wzrmpx4", "3类"),
        (DENGBAO, "umbrella-ferry", "3类"),
        (DENGBAO, "Kq7wzrmpx4", ""),
    ],
)
def test_each_profile_takes_or_refuses_a_password(
    profile: Profile, password: str, because: str
) -> None:
    if not because:
        check_password(profile, password, ["hecheng"])
        return
    with pytest.raises(Refused, match=because) as told:
        check_password(profile, password, ["hecheng"])
    assert (told.value.rule, told.value.field) == ("P-06", "password")


def test_a_hash_is_argon2id_at_the_approved_cost_and_verifies() -> None:
    hasher = Hasher()
    stored = hasher.hash("umbrella-ferry-quartz")
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert hasher.verify(stored, "umbrella-ferry-quartz")
    assert not hasher.verify(stored, "umbrella-ferry-quart")
    assert not hasher.verify(None, "nobody signs in with this")
    assert not hasher.verify("broken", "x")
    assert not hasher.outdated(stored)
    assert hasher.outdated(Hasher(memory_kib=8).hash("x"))


class Watched(PasswordHasher):
    """Counts how many hash at the same time."""

    inside = most = 0
    lock = threading.Lock()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with Watched.lock:
            Watched.inside += 1
            Watched.most = max(Watched.most, Watched.inside)
        made = super().hash(password, salt=salt)
        threading.Event().wait(0.01)
        with Watched.lock:
            Watched.inside -= 1
        return made


def test_no_more_than_two_hashes_at_once() -> None:
    hasher = Hasher(memory_kib=8)
    hasher._argon = Watched(time_cost=1, memory_cost=8, parallelism=1)
    threads = [threading.Thread(target=hasher.hash, args=("x",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Watched.most == 2


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard_within_one_step(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert matching_step(RFC_SECRET, code, now) == seconds // 30
    drifted = [
        matching_step(RFC_SECRET, code, datetime.fromtimestamp(seconds + off * 30, UTC))
        for off in (1, 2)
    ]
    assert drifted == [seconds // 30, None]


def test_recovery_codes_differ_and_are_read_in_any_case() -> None:
    codes = recovery_codes()
    assert len({hashed(code) for code in codes}) == 10
    assert hashed(f" {codes[0].upper()} ") == hashed(codes[0])
