"""Accounts, health, backup and restore through the command line."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from application.attachments.shelf import FOLDER, Shelf
from application.database.embedded import EmbeddedServer
from application.registers.profile import SHIPPED
from tests.yizhan.shell import Ran, measures, virginia_rows, write_register, yizhan

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.postgres]

ODD = "it's 100%s [red]"  # a register's word that SQL, psycopg and rich would each read as theirs
PASSWORD = "seven-herons-cross-the-Pearl"  # noqa: S105 - of an invented account


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that the server's account may enter."""
    made = Path(tempfile.mkdtemp(prefix="yizhan-keeping-"))
    made.chmod(0o755)  # as root the server runs as another user
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def home(place: Path) -> Iterator[Path]:
    """A home folder with twelve claims under a profile of its own."""
    made = place / "home"
    with EmbeddedServer(made / "pg"):
        (made / "profiles").mkdir()
        shipped = (SHIPPED / "virginia.toml").read_text("utf-8")
        own = shipped.replace('value = "valid"', f'value = "{ODD}"').replace("virginia", "odd")
        (made / "profiles" / "odd.toml").write_text(own, "utf-8")
        file = write_register(place / "claims.csv", virginia_rows(12))
        ran = yizhan(made, "import", str(file), "--profile", "odd")
        assert ran.code == 0, ran.err
        yield made


def add(home: Path, login: str, *words: str) -> Ran:
    """Add an account of an invented person."""
    given = ("--name", "冯测试", "--sex", "female", "--password", PASSWORD, "--json")
    return yizhan(home, "user", "add", login, *given, *words)


@pytest.fixture(scope="module")
def admin(home: Path) -> Ran:
    """The first account of all."""
    return add(home, "feng")


def test_the_first_account_is_the_admin(admin: Ran) -> None:
    assert admin.code == 0, admin.err
    assert (admin.json["login"], admin.json["roles"]) == ("feng", ["admin"])
    assert PASSWORD not in admin.out + admin.err


def test_the_next_account_wants_a_role(home: Path, admin: Ran) -> None:
    without = add(home, "liang")
    assert (without.code, without.out) == (2, "")
    assert without.err.startswith("Give a --role: ")
    given = add(home, "liang", "--role", "caseworker", "--role", "mediator")
    assert given.code == 0, given.err
    assert given.json["roles"] == ["caseworker", "mediator"]


def test_a_login_is_given_once(home: Path, admin: Ran) -> None:
    again = add(home, "feng", "--role", "caseworker")
    assert (again.code, again.out) == (1, "")
    (sentence,) = again.err.splitlines()
    assert sentence.startswith("P-")


def test_a_class_of_any_name_is_counted_explained_and_shown(home: Path) -> None:
    code = f"classified_decision_{ODD}"
    assert measures(home)[code]["value"] == 4
    ran = yizhan(home, "explain", code, "--json")
    assert (ran.code, len(ran.json["facts"])) == (0, 4)
    assert "[red]" in yizhan(home, "stats", "--code", code).out


def test_doctor_names_what_it_looked_at_and_hides_secrets(home: Path) -> None:
    dsn = {"YIZHAN_SUPPORT_PHONE": "0750-0000000"}
    ran = yizhan(home, "doctor", "--json", env=dsn)
    found = {one["name"]: one for one in ran.json["findings"]}
    assert set(found) == {
        "font",
        "database",
        "roles",
        "clock",
        "disk",
        "migrations",
        "calendar",
        "registers",
        "messages",
        "projections",
        "attachments",
        "scanner",
    }
    assert "none connected" in found["registers"]["said"]
    assert "sms: dry, email: dry" in found["messages"]["said"]
    assert ran.code == (0 if all(one["fine"] for one in found.values()) else 1)
    assert found["database"]["fine"]
    assert found["migrations"]["said"] == "complete"
    assert found["projections"]["fine"]
    assert ran.json["configuration"]["support_phone"] == "0750-0000000"
    assert ran.json["configuration"]["home"] == str(home)


def test_a_wrong_master_key_opens_nothing(home: Path) -> None:
    ran = yizhan(home, "stats", env={"YIZHAN_MASTER_KEY": "5a" * 32})
    assert (ran.code, ran.out) == (2, "")
    (sentence,) = ran.err.splitlines()
    assert "master key" in sentence
    assert "5a5a" not in sentence


def test_a_master_key_of_the_wrong_size_is_said(home: Path) -> None:
    ran = yizhan(home, "stats", env={"YIZHAN_MASTER_KEY": "5a" * 7})
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "5a5a" not in ran.err


def test_a_backup_restored_elsewhere_gives_the_same_figures(
    place: Path, home: Path, admin: Ran
) -> None:
    folder, other = place / "backup", place / "other"
    known = yizhan(home, "backup", str(place / "first"), "--json").json["system_id"]
    file = Shelf(home / FOLDER / known).put(b"sealed")
    made = yizhan(home, "backup", str(folder), "--json")
    assert made.code == 0, made.err
    assert made.json["attachments"] == [file]
    with EmbeddedServer(other / "pg"):
        shutil.copytree(home / "keys", other / "keys")
        back = yizhan(other, "restore", str(folder), "--yes", "--json")
        assert back.code == 0, back.err
        assert back.json["position"] == made.json["position"] > 12 * 8
        assert back.json["gone"] == 0
        assert Shelf(other / FOLDER / known).read(file) == b"sealed"
        assert figures(other) == figures(home)
        assert add(other, "guan").code == 2  # the accounts came with it


def figures(home: Path) -> Any:
    """Give everything that `stats --json` prints, in a form to compare."""
    ran = yizhan(home, "stats", "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)
