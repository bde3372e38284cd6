"""What an operator configures of the channels: whole, closed to others, or one sentence why not."""

from pathlib import Path

import pytest

from yizhan.configuration import BadConfiguration, read_configuration
from yizhan.messaging import adapters_of

HIDDEN = "hidden words"
SECRET = "0123456789abcdef"  # noqa: S105 - of a gateway that is not there


def configured(monkeypatch: pytest.MonkeyPatch, home: Path, **settings: str) -> dict[str, str]:
    monkeypatch.setenv("YIZHAN_HOME", str(home))
    for name, value in settings.items():
        monkeypatch.setenv(f"YIZHAN_{name.upper()}", value)
    found = adapters_of(read_configuration())
    return {channel: adapter.name for channel, adapter in found.items()}


def test_as_delivered_every_channel_is_dry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert configured(monkeypatch, tmp_path) == {"sms": "dry", "email": "dry"}


def test_a_gateway_and_a_mail_server_take_the_place_of_the_dry_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = configured(
        monkeypatch, tmp_path, sms_url="https://gateway.example.cn/send", sms_secret=SECRET,
        smtp_host="mail.example.cn", smtp_from="station@example.cn", smtp_password=HIDDEN,
    )  # fmt: skip
    assert found == {"sms": "gateway", "email": "smtp"}
    shown = str(read_configuration().shown())
    assert SECRET not in shown
    assert HIDDEN not in shown


@pytest.mark.parametrize(
    ("settings", "because"),
    [
        ({"sms_url": "http://gateway.example.cn/", "sms_secret": SECRET}, "YIZHAN_SMS_URL"),
        ({"sms_url": "https://me:word@example.cn/", "sms_secret": SECRET}, "YIZHAN_SMS_URL"),
        ({"sms_url": "https://gateway.example.cn/"}, "YIZHAN_SMS_SECRET"),
        ({"sms_url": "https://gateway.example.cn/", "sms_secret": "short"}, "16 characters"),
        ({"sms_status_url": "https://example.cn/", "sms_secret": SECRET}, "needs YIZHAN_SMS"),
        ({"smtp_host": "mail.example.cn"}, "YIZHAN_SMTP_FROM"),
        ({"smtp_host": "mail.example.cn", "smtp_from": "a@b.cn\nBcc: c@d.cn"}, "YIZHAN_SMTP_FROM"),
        ({"smtp_host": "mail.example.cn", "smtp_from": "a@b.cn", "smtp_security": "none"}, "none"),
    ],
)  # fmt: skip
def test_a_channel_that_is_half_or_open_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: dict[str, str], because: str
) -> None:
    with pytest.raises(BadConfiguration, match=because) as met:
        configured(monkeypatch, tmp_path, **settings)
    assert SECRET not in str(met.value)
    assert "word@" not in str(met.value)
