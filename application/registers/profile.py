"""A profile: how the columns of one register become facts. TOML, no Python needed for a new one."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from domain.kernel import N_, Refused

SHIPPED = Path(__file__).parent / "profiles"


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question to one column; every one that is given must hold. `any` asks several."""

    column: str = ""
    equals: str | None = None
    one_of: tuple[str, ...] = ()
    missing: bool | None = None
    above: float | None = None
    below: float | None = None
    above_column: str = ""
    any: tuple["Condition", ...] = ()


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of row to hold back (suspicious) or only to count (finding), in both languages."""

    code: str
    zh: str
    en: str
    rule: str = ""
    when: tuple[Condition, ...]


class FactRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact: its topic, its day, when it is recorded, and its fields as expressions."""

    topic: str
    on: dict[str, Any]
    when: tuple[Condition, ...] = ()
    each: str = "case"
    precision: str = "day"
    fields: dict[str, Any] = msgspec.field(default_factory=dict)


class StreamRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stream that a case of the register writes to; `once` when many cases share it."""

    name: str
    kind: str
    key: dict[str, Any] | None = None
    once: bool = False
    when: tuple[Condition, ...] = ()
    facts: tuple[FactRule, ...] = msgspec.field(name="fact")


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A register: names, how cells are read, what a case is, what is suspicious, and its facts.

    `intake`: living people, each registered by the counter's decisions (`intake.py`), no facts.
    """

    code: str
    version: int
    zh: str
    en: str
    sheet: str = ""
    missing: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    key: tuple[str, ...] = ()
    continuation: str = ""
    suspicious: tuple[Note, ...] = ()
    finding: tuple[Note, ...] = ()
    streams: tuple[StreamRule, ...] = msgspec.field(name="stream", default=())
    intake: bool = False


def load_profile(name: str, *, folder: Path | None = None) -> Profile:
    """Find `name.toml` in the place's own folder, else among the shipped ones (I-02)."""
    for home in filter(None, (folder, SHIPPED)):
        path = home / f"{Path(name).name}.toml"
        if path.is_file():
            return read_profile(path)
    raise Refused(
        rule="I-02",
        text=N_("没有名为“{name}”的导入方案。现有方案：{known}。"),
        field="profile",
        name=name,
        known="、".join(known_profiles(folder)),
    )


def known_profiles(folder: Path | None = None) -> list[str]:
    """List the profiles that can be named."""
    homes = [home for home in (folder, SHIPPED) if home and home.is_dir()]
    return sorted({path.stem for home in homes for path in home.glob("*.toml")})


def read_profile(path: Path) -> Profile:
    """Read one profile; a mistake in it is said with its place (I-02)."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), type=Profile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as mistake:
        raise Refused(
            rule="I-02",
            text=N_("导入方案“{name}”有误：{mistake}"),
            field="profile",
            name=path.stem,
            mistake=str(mistake),
        ) from mistake
