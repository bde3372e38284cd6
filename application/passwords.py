"""Passwords: two named profiles of rules, and hashing that a login flood cannot starve us with."""

import threading
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type
from zxcvbn import zxcvbn

from domain.kernel import N_, Refused

# Words that say where we are; the office adds the names of its stations.
CONTEXT = ("yizhan", "驿站", "就业", "jiuye", "heshan", "鹤山", "guangdong", "laodong", "劳动")
LEFT = 6  # letters and digits that must be more than names of the place
STRONG = 3  # of zxcvbn's 0 to 4: safely unguessable against throttled guesses


class Profile(NamedTuple):
    """A named set of rules (reliability.md 9.4); `classes` of 4, `rotation` None: never forced."""

    name: str
    least: int
    most: int
    classes: int
    remembered: int
    rotation: timedelta | None
    idle: timedelta


ASVS = Profile("asvs", 12, 128, 0, 0, None, timedelta(minutes=30))
DENGBAO = Profile("dengbao", 10, 128, 3, 5, timedelta(days=90), timedelta(minutes=15))
PROFILES = {profile.name: profile for profile in (ASVS, DENGBAO)}


def check_password(profile: Profile, password: str, words: Iterable[str] = ()) -> None:
    """Refuse a password that the profile does not take, at its field (P-06)."""
    if not profile.least <= len(password) <= profile.most:
        raise Refused(
            rule="P-06",
            text=N_("口令须为{least}至{most}个字符。"),
            field="password",
            least=profile.least,
            most=profile.most,
        )
    if _classes(password) < profile.classes:
        raise Refused(
            rule="P-06",
            text=N_("口令须含大写字母、小写字母、数字、符号中的{classes}类。"),
            field="password",
            classes=profile.classes,
        )
    inputs = [*CONTEXT, *(word for word in words if word)]
    left = _without(password.casefold(), inputs)
    if len(left) < LEFT or zxcvbn(password[:72], user_inputs=inputs)["score"] < STRONG:
        raise Refused(
            rule="P-06",
            text=N_("口令太常见或太容易猜到，请换一个，例如几个不相关的词。"),
            field="password",
        )


def _without(password: str, words: Iterable[str]) -> str:
    """Give the letters and digits that are left when the words of the place are taken out."""
    for word in sorted(words, key=len, reverse=True):
        password = password.replace(word.casefold(), "")
    return "".join(c for c in password if c.isalnum())


def _classes(password: str) -> int:
    """Count upper case, lower case, digits and other characters."""
    return sum(
        (
            any(c.isupper() for c in password),
            any(c.islower() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
    )


class Hasher:
    """argon2id, at most two at once: about 14 checks a second and core, the rest waits its turn."""

    def __init__(self, *, memory_kib: int = 47_104, at_once: int = 2) -> None:
        """Take ASVS-approved costs (t=1, 46 MiB, p=1); tests may ask for less memory."""
        self._argon = PasswordHasher(
            time_cost=1, memory_cost=memory_kib, parallelism=1, type=Type.ID
        )
        self._turns = threading.BoundedSemaphore(at_once)
        self._nobody = self.hash("nobody signs in with this")

    def hash(self, password: str) -> str:
        """Hash a password with a salt of its own."""
        with self._turns:
            return self._argon.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Compare; an account that does not exist costs the same time as a wrong password."""
        with self._turns:
            try:
                same = self._argon.verify(stored or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return same and stored is not None

    def outdated(self, stored: str) -> bool:
        """Say whether a hash was made with other costs than today's."""
        return self._argon.check_needs_rehash(stored)
