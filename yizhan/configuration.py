"""Configuration of an installation: environment first, then one TOML file.

Business settings (minimum wage, notice days ...) are not here: they are data with validity dates.
"""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from application.certifying.service import BadAddress, check_address
from domain.codes import HARDSHIPS

FILE = "yizhan.toml"


class BadConfiguration(Exception):
    """A setting that cannot be meant so; the sentence names it."""


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
            try:
                check_address(self.url)
            except BadAddress as bad:
                raise ValueError(str(bad)) from bad
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

    def shown(self) -> dict[str, str]:
        """Give the settings in force, secrets masked, for `yizhan doctor`."""
        return {name: str(value) for name, value in self}


def read_configuration() -> Configuration:
    """Read environment and file; a mistake becomes one sentence."""
    try:
        return Configuration()
    except ValidationError as mistake:
        first = mistake.errors()[0]
        name = "YIZHAN_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadConfiguration(f"{name}: {first['msg']}.") from mistake
