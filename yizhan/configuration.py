"""Configuration of an installation: environment first, then one TOML file.

Business settings (minimum wage, notice days ...) are not here: they are data with validity dates.
"""

import os
import re
from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from application.outgoing import BadAddress, check_address
from domain.codes import HARDSHIPS

FILE = "yizhan.toml"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LEAST_SECRET = 16  # characters of the secret that signs messages and receipts
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", re.ASCII)


class BadConfiguration(Exception):
    """A setting that cannot be meant so; the sentence names it."""


def _check(address: str) -> None:
    """Refuse an open line, in the words of pydantic."""
    try:
        check_address(address)
    except BadAddress as bad:
        raise ValueError(str(bad)) from bad


class RegisterSource(BaseModel):
    """A register that certifies criteria of hardship (F-47): a file, or a service."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    criteria: frozenset[str] = Field(min_length=1)
    file: Path | None = None
    url: str = ""
    token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _meant(self) -> Self:
        """Refuse what no register can be: neither or both, a strange category, an open line."""
        if bool(self.file) == bool(self.url):
            raise ValueError("name either a file or a url")
        if strange := sorted(self.criteria - set(HARDSHIPS)):
            raise ValueError(f"no category of hardship: {', '.join(strange)}")
        if self.url:
            _check(self.url)
        return self


class Configuration(BaseSettings):
    """What the operator may set, each as `YIZHAN_...` or as a line of `yizhan.toml`."""

    model_config = SettingsConfigDict(env_prefix="YIZHAN_", extra="forbid")

    home: Path = Path.home() / ".local" / "share" / "yizhan"
    dsn: SecretStr = SecretStr("")
    dsn_owner: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = 8000
    site_url: str = ""  # what papers and slips print; empty: host and port
    master_key: SecretStr = SecretStr("")
    master_key_file: Path | None = None
    profiles: Path | None = None
    scanner: tuple[str, ...] = ()  # the virus scanner's command line as a list, no shell
    scanner_seconds: float = 60.0
    password_profile: Literal["asvs", "dengbao"] = "asvs"  # noqa: S105 - the name of a policy
    county_name: str = "鹤"
    county_code: str = "440784"
    support_phone: str = ""
    secure_cookies: bool = True
    registers: tuple[RegisterSource, ...] = ()  # YIZHAN_REGISTERS as JSON; none: paper decides
    # Messages: a channel whose address is empty does a dry run (docs/operating.md).
    sms_url: str = ""  # where text messages are POSTed; https, or http on this machine
    sms_status_url: str = ""  # where the gateway is asked by a message's id; empty: it cannot be
    sms_secret: SecretStr = SecretStr("")  # signs requests and receipts
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_from: str = ""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the caller names it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the caller names it
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file in the home folder."""
        home = Path(os.environ.get("YIZHAN_HOME", cls.model_fields["home"].default))
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, home / FILE),
        )

    @field_validator("sms_url", "sms_status_url")
    @classmethod
    def _safe_address(cls, address: str) -> str:
        """Let numbers and texts leave this machine by TLS only, and keep secrets out of URLs."""
        if address:
            _check(address)
        return address

    @model_validator(mode="after")
    def _whole_channels(self) -> Self:
        """Refuse a channel that is configured by half."""
        if (self.sms_url or self.sms_status_url) and len(self.sms_secret) < LEAST_SECRET:
            raise ValueError(f"YIZHAN_SMS_SECRET must have at least {LEAST_SECRET} characters")
        if self.sms_status_url and not self.sms_url:
            raise ValueError("YIZHAN_SMS_STATUS_URL needs YIZHAN_SMS_URL")
        if self.smtp_host and not _ADDRESS.fullmatch(self.smtp_from):
            raise ValueError("YIZHAN_SMTP_FROM must be an e-mail address")
        if self.smtp_security == "none" and self.smtp_host not in {"", *LOOPBACK}:
            raise ValueError("YIZHAN_SMTP_SECURITY: none is for a server on this machine")
        return self

    def shown(self) -> dict[str, str]:
        """Give the settings in force, secrets masked, for `yizhan doctor`."""
        return {name: str(value) for name, value in self}


def read_configuration() -> Configuration:
    """Read environment and file; a mistake becomes one sentence."""
    try:
        return Configuration()
    except ValidationError as mistake:
        first = mistake.errors()[0]
        said = str(first["msg"]).removeprefix("Value error, ")
        if not first["loc"]:
            raise BadConfiguration(f"{said}.") from mistake
        name = "YIZHAN_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadConfiguration(f"{name}: {said}.") from mistake
