"""The hook of a virus scanner: clean, infected, and every way of giving no answer."""

import os
from pathlib import Path

import pytest

from application.attachments.scanner import Scanner
from domain.kernel import Refused


def script(tmp_path: Path, body: str) -> list[str]:
    made = tmp_path / "scan.sh"
    made.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    made.chmod(0o700)
    return [str(made), "-"]


def test_without_a_scanner_a_file_is_said_to_be_unscanned() -> None:
    scanner = Scanner([], 5)
    assert (scanner.configured, scanner.scan(b"x")) == (False, "unscanned")


def test_a_clean_file_reaches_the_scanner_whole_on_its_standard_input(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    content = os.urandom(3_000_000)
    scanner = Scanner(script(tmp_path, f"cat > {seen}; echo much talk; exit 0"), 20)
    assert scanner.scan(content) == "clean"
    assert seen.read_bytes() == content


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ("cat > /dev/null; exit 1", "发现这个文件有问题"),
        ("exit 1", "发现这个文件有问题"),
        ("exit 2", "没有完成"),
        ("kill -9 $$", "没有完成"),
        ("sleep 60", "没有完成"),
        ("sleep 60 & sleep 60", "没有完成"),
    ],
)
def test_what_is_not_clean_is_refused(tmp_path: Path, body: str, because: str) -> None:
    with pytest.raises(Refused) as told:
        Scanner(script(tmp_path, body), 0.5).scan(b"x" * 1_000_000)
    assert (told.value.rule, told.value.field) == ("A-03", "files")
    assert because in str(told.value)


def test_a_scanner_that_is_not_there_lets_nothing_pass(tmp_path: Path) -> None:
    with pytest.raises(Refused) as told:
        Scanner([str(tmp_path / "missing")], 5).scan(b"x")
    assert told.value.rule == "A-03"


def test_the_scanner_is_run_without_a_shell_and_without_our_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_MASTER_KEY", "secret")
    seen = tmp_path / "seen"
    command = script(tmp_path, f'(env; echo "$2") > {seen}; exit 0')
    assert Scanner([*command, "$(touch /tmp/never); *"], 5).scan(b"x") == "clean"
    told = seen.read_text("utf-8")
    assert "secret" not in told
    assert "$(touch /tmp/never); *" in told
