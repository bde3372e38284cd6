"""Every command says what it does, and every problem is one sentence and an exit code."""

from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.yizhan.shell import yizhan
from yizhan.main import app

COMMANDS = [
    "calendar",
    "demo",
    "serve",
    "project",
    "migrate",
    "user",
    "import",
    "stats",
    "explain",
    "replay",
    "rebuild",
    "backup",
    "restore",
    "doctor",
    "document",
    "outbox",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    ran = yizhan(tmp_path, command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"yizhan {command}" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_the_program_has_exactly_these_commands() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    assert set(group.commands) == set(COMMANDS)


def test_an_account_is_added_with_a_role_and_a_station(tmp_path: Path) -> None:
    ran = yizhan(tmp_path, "user", "add", "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "yizhan user add" in ran.out


def test_an_unknown_command_is_wrong_use(tmp_path: Path) -> None:
    ran = yizhan(tmp_path, "export")
    assert (ran.code, ran.out) == (2, "")
    assert "export" in ran.err


@pytest.mark.parametrize("command", ["stats", "doctor", "rebuild", "project", "migrate"])
def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path, command: str) -> None:
    dsn = "postgresql://yizhan_writer@127.0.0.1:9/yizhan"
    ran = yizhan(tmp_path, command, env={"YIZHAN_DSN": dsn})
    assert (ran.code, ran.out) == (2, "")
    (sentence,) = ran.err.splitlines()
    assert sentence.startswith("The database does not answer:")
    assert sentence.endswith("connections? Check YIZHAN_DSN and the server.")


@pytest.mark.parametrize("command", ["stats", "doctor", "migrate"])
def test_a_home_that_cannot_be_used_is_one_sentence(tmp_path: Path, command: str) -> None:
    home = tmp_path / "a rather long name of a folder [with brackets] in which nothing can be put"
    home.write_text("a file", encoding="utf-8")
    ran = yizhan(home, command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"The folder {home} cannot be used: File exists.\n"


@pytest.mark.parametrize(
    ("name", "value"), [("YIZHAN_PORT", "http"), ("YIZHAN_PASSWORD_PROFILE", "none")]
)
def test_a_setting_that_cannot_be_meant_is_named(tmp_path: Path, name: str, value: str) -> None:
    ran = yizhan(tmp_path, "stats", env={name: value})
    assert (ran.code, ran.out) == (2, "")
    (sentence,) = ran.err.splitlines()
    assert sentence.startswith(f"{name}: ")


def test_a_restore_without_a_terminal_wants_to_be_told(tmp_path: Path) -> None:
    ran = yizhan(tmp_path, "restore", str(tmp_path / "backup"))
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert list(tmp_path.iterdir()) == []
