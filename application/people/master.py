"""The master key: 32 bytes outside the database, from the environment or a file (0400)."""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives import keywrap

from application.database.problem import DatabaseProblem

SIZE = 32


class KeyProblem(DatabaseProblem):
    """The master key is missing, wrong or carelessly kept; nothing is served or written."""


class MasterKey:
    """A key that wraps other keys (AES-KW, RFC 3394) and leaves the process never."""

    __slots__ = ("_key", "kid")

    def __init__(self, key: bytes) -> None:
        """Take the 32 bytes; `kid` names the key and tells nothing of it."""
        if len(key) != SIZE:
            raise KeyProblem(f"A master key has {SIZE} bytes, this one has {len(key)}.")
        self._key = key
        self.kid = hashlib.sha256(b"yizhan master key id\0" + key).hexdigest()[:8]

    def wrap(self, key: bytes) -> bytes:
        """Wrap another key."""
        return keywrap.aes_key_wrap(self._key, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Unwrap a key; what another master key wrapped is refused."""
        try:
            return keywrap.aes_key_unwrap(self._key, wrapped)
        except keywrap.InvalidUnwrap:
            raise KeyProblem(f"The master key {self.kid} did not wrap this key.") from None

    def __repr__(self) -> str:
        """Name the key and do not show it."""
        return f"MasterKey({self.kid})"


def find(environ: Mapping[str, str], home: Path) -> MasterKey | None:
    """Give the master key of YIZHAN_MASTER_KEY, YIZHAN_MASTER_KEY_FILE or the home's own file."""
    if text := environ.get("YIZHAN_MASTER_KEY"):
        return MasterKey(_read(text, "YIZHAN_MASTER_KEY"))
    given = environ.get("YIZHAN_MASTER_KEY_FILE")
    path = Path(given) if given else file_of(home)
    if not given and not path.exists():
        return None
    try:
        if path.stat().st_mode & 0o077:
            raise KeyProblem(f"Others may read {path}: chmod 0400 it.")
        return MasterKey(_read(path.read_text("ascii"), str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(f"The master key in {path} cannot be read: {error}.") from error


def make(home: Path) -> MasterKey:
    """Make the home's own key file, readable for its owner only, and give its key.

    The file appears whole or not at all; of two processes that make it, both read the first's.
    """
    path = file_of(home)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    new = path.with_name(f".{os.urandom(8).hex()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(os.urandom(SIZE).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)
    except FileExistsError:
        pass  # another process was first, and its key is the one
    finally:
        new.unlink()
    made = find({}, home)
    if made is None:
        raise KeyProblem(f"The master key in {path} vanished.")
    return made


def file_of(home: Path) -> Path:
    """Say where the home keeps its own key."""
    return home / "keys" / "master.key"


def _read(text: str, where: str) -> bytes:
    """Read 64 hexadecimal digits, grouped as they may be on paper, or base64."""
    plain = re.sub(r"[\s-]", "", text)
    try:
        if re.fullmatch(r"[0-9a-fA-F]{64}", plain):
            return bytes.fromhex(plain)
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise KeyProblem(f"{where} is neither 64 hexadecimal digits nor base64.") from None
