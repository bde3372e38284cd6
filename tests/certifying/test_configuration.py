"""Which registers are connected is configuration; a mistake in it is one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.yizhan.shell import yizhan
from yizhan.configuration import BadConfiguration, read_configuration
from yizhan.registers import registers_of, told

SERVICE = {"name": "残联", "criteria": ["H02"], "url": "https://register.example/", "token": "t0p"}


def configured(monkeypatch: pytest.MonkeyPatch, *sources: dict[str, Any]) -> Any:
    monkeypatch.setenv("YIZHAN_REGISTERS", json.dumps(sources))
    return read_configuration()


def test_a_file_and_a_service_stand_beside_each_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text("id_number,criterion\n449901198501010017,H03\n", "utf-8")
    made = configured(
        monkeypatch, {"name": "低保", "criteria": ["H03"], "file": str(path)}, SERVICE
    )
    assert [one.name for one in registers_of(made)] == ["低保", "残联"]
    assert [(fine, said) for _, fine, said in told(registers_of(made))] == [
        (True, "低保 for H03: 1 entries in its file"),
        (True, "残联 for H02: asked over the network"),
    ]
    assert "t0p" not in str(made.shown())
    path.unlink()
    assert next(told(registers_of(made)))[1:] == (
        False,
        "低保 for H03: its file cannot be read (FileNotFoundError)",
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"url": ""}, "either a file or a url"),
        ({"file": "x.csv"}, "either a file or a url"),
        ({"criteria": ["H99"]}, "H99"),
        ({"criteria": []}, "CRITERIA"),
        ({"url": "http://register.example/"}, "only https"),
        ({"color": "red"}, "COLOR"),
    ],
)
def test_a_register_that_cannot_be_meant_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadConfiguration, match=says):
        configured(monkeypatch, SERVICE | wrong)


def test_the_doctor_says_plainly_that_none_is_connected(tmp_path: Path) -> None:
    ran = yizhan(tmp_path, "doctor")
    assert "registers: none connected: criteria are decided on paper" in ran.out
