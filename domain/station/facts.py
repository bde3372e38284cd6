"""Facts of a station 站点 (domain.md 4.8)."""

from typing import Any

from domain.kernel import Correction, Event, Voiding
from domain.money import Fen


class Opened(Event, frozen=True, kw_only=True):
    """站点开办: a place of the network with what the public directory shows."""

    TOPIC = "station.opened"

    official_name: str
    alias: tuple[str, ...] = ()
    kind: str
    level: str
    grade: str | None = None
    theme: str | None = None
    parent: str | None = None
    district: str
    address: str
    hours: str
    trades: tuple[str, ...]
    phone: str
    operator: str
    trial: bool = False


class Upgraded(Event, frozen=True, kw_only=True):
    """升级改造: what it has from now on."""

    TOPIC = "station.upgraded"

    modules: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()


class DetailsChanged(Event, frozen=True, kw_only=True):
    """公示信息变更."""

    TOPIC = "station.details_changed"

    field: str
    value: Any


class PartnerJoined(Event, frozen=True, kw_only=True):
    """合作单位."""

    TOPIC = "station.partner_joined"

    partner: str


class HonourGiven(Event, frozen=True, kw_only=True):
    """荣誉: demonstration, model_case and the like, of a year."""

    TOPIC = "station.honour_given"

    honour: str
    year: int


class BudgetSet(Event, frozen=True, kw_only=True):
    """经费: base or demonstration, of a year."""

    TOPIC = "station.budget_set"

    year: int
    purpose: str
    amount: Fen


class FootfallCounted(Event, frozen=True, kw_only=True):
    """客流计数: people through the gate between two moments (ISO, local time), nobody named."""

    TOPIC = "station.footfall_counted"

    from_at: str
    to_at: str
    entered: int


class DayReported(Event, frozen=True, kw_only=True):
    """驿站日报: figures as of a log position, with the hash of the sheet."""

    TOPIC = "station.day_reported"

    position: int
    figures: dict[str, int]
    sha256: str


class Closed(Event, frozen=True, kw_only=True):
    """关闭: and where its open cases went."""

    TOPIC = "station.closed"

    reason: str
    moved_to: str | None = None


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "station.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "station.fact_voided"

    reason: str
