"""The shelf: whole files or none, named by what lies on the disk, nothing outside the folder."""

import hashlib
import os
from pathlib import Path

import pytest

from application.attachments.shelf import Damaged, Shelf


def test_a_file_is_named_by_the_hash_of_its_bytes_and_for_our_eyes_only(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "a" / "b")
    assert (shelf.names(), list(shelf.older_than(0))) == ([], [])
    name = shelf.put(b"sealed")
    assert name == hashlib.sha256(b"sealed").hexdigest()
    assert (shelf.read(name), shelf.size(name)) == (b"sealed", 6)
    path = shelf.folder / name
    assert (shelf.folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_what_is_gone_and_what_was_changed_are_told_apart(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.put(b"sealed")
    (tmp_path / name).write_bytes(b"Sealed")
    with pytest.raises(Damaged):
        shelf.read(name)
    shelf.remove(name)
    shelf.remove(name)
    assert (shelf.read(name), shelf.size(name)) == (None, None)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "A" * 64, "0" * 63])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(ValueError, match="No name"):
        Shelf(tmp_path / "files").read(name)


def test_half_files_of_a_crash_are_swept_when_they_are_old(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.put(b"sealed")
    young, old = tmp_path / "a.half", tmp_path / "b.half"
    for path in (young, old):
        path.write_bytes(b"x")
    for path in (tmp_path / name, old):
        os.utime(path, (1, 1))
    assert list(shelf.older_than(60)) == [name]
    assert (young.exists(), old.exists()) == (True, False)


def test_a_copy_takes_what_is_whole_and_names_the_rest(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "from")
    whole, harmed = shelf.put(b"whole"), shelf.put(b"harmed")
    (shelf.folder / harmed).write_bytes(b"other")
    copied = shelf.copy_to(tmp_path / "to")
    assert copied == ([whole], [harmed])
    assert Shelf(tmp_path / "to").names() == [whole]
