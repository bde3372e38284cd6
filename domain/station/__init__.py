"""Stations 站点: what the public directory promises, and who answers for what (T-01 - T-03)."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from domain.amending import Amendable
from domain.kernel import N_, Event, Refused, applies, decides
from domain.money import Fen
from domain.station.facts import (
    BudgetSet,
    Closed,
    DayReported,
    DetailsChanged,
    FactVoided,
    FootfallCounted,
    HonourGiven,
    Opened,
    PartnerJoined,
    RecordCorrected,
    Upgraded,
)
from domain.station.network import (
    GRADES,
    OPERATORS,
    check_circle,
    check_district,
    check_name,
    check_parent,
)

# What the directory shows and `details_changed` may change; the kind of a place stays.
DETAILS = frozenset(
    {
        "official_name",
        "alias",
        "level",
        "grade",
        "theme",
        "parent",
        "district",
        "address",
        "hours",
        "trades",
        "phone",
        "operator",
        "trial",
    }
)
SHOWN = ("address", "hours", "trades", "phone")

Span = tuple[str, str]


# State


class Station(Amendable):
    """A station as the directory shows it."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    terms: Opened | None = None
    modules: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    honours: tuple[tuple[str, int], ...] = ()
    counted: tuple[Span, ...] = ()
    overlapping: bool = False
    closed: bool = False
    moved_to: str = ""

    @property
    def standing(self) -> str:
        """`-`, active or closed."""
        if self.version == 0:
            return "-"
        return "closed" if self.closed else "active"

    @property
    def official_name(self) -> str:
        """The name on the sign."""
        return self.terms.official_name if self.terms else ""

    @property
    def district(self) -> str:
        """The county (6 digits) or town (9) it stands in."""
        return self.terms.district if self.terms else ""

    @property
    def level(self) -> str:
        """Its level in the network."""
        return self.terms.level if self.terms else ""

    @property
    def parent(self) -> str:
        """The station above, or none."""
        return (self.terms.parent if self.terms else "") or ""

    def balanced(self) -> None:
        """Refuse an amendment that hides what the directory shows or counts twice (T-01 - T-03)."""
        if self.terms:
            _check_terms(self.terms, "")
        if self.overlapping:
            _refuse_overlap()

    @applies(Opened)
    def _opened(self, fact: Opened, _on: date) -> None:
        self.terms = fact

    @applies(Upgraded)
    def _upgraded(self, fact: Upgraded, _on: date) -> None:
        self.modules, self.zones = fact.modules, fact.zones
        self.services, self.equipment = fact.services, fact.equipment

    @applies(DetailsChanged)
    def _details_changed(self, fact: DetailsChanged, _on: date) -> None:
        if self.terms:
            self.terms = _change(self.terms, fact.field, fact.value)

    @applies(PartnerJoined)
    def _partner_joined(self, fact: PartnerJoined, _on: date) -> None:
        self.partners = (*self.partners, fact.partner)

    @applies(HonourGiven)
    def _honour_given(self, fact: HonourGiven, _on: date) -> None:
        self.honours = (*self.honours, (fact.honour, fact.year))

    @applies(BudgetSet)
    def _budget_set(self, fact: BudgetSet, on: date) -> None:
        """Keep nothing: no rule reads it, a projection does."""

    @applies(FootfallCounted)
    def _footfall_counted(self, fact: FootfallCounted, _on: date) -> None:
        span = (fact.from_at, fact.to_at)
        self.overlapping = self.overlapping or _overlaps(self.counted, span)
        self.counted = _joined(self.counted, span)

    @applies(DayReported)
    def _day_reported(self, fact: DayReported, on: date) -> None:
        """Keep nothing: the sheet is what was reported, no rule reads it."""

    @applies(Closed)
    def _closed(self, fact: Closed, _on: date) -> None:
        self.closed, self.moved_to = True, fact.moved_to or ""

    # Decisions

    @decides("T-00", {"-"})
    def open(self, *, terms: Opened, parent_level: str = "") -> list[Event]:
        """Open a place with all that the public directory shows (S3; T-01, T-02)."""
        _check_terms(terms, parent_level)
        return [terms]

    @decides("T-00", {"active"})
    def change_details(
        self,
        *,
        station: str,
        field: str,
        value: object,
        parent_level: str = "",
        above: Iterable[str] = (),
    ) -> list[Event]:
        """Change what the directory shows; `above` are the parents of a new parent (T-01, T-02)."""
        try:
            terms = _change(self.terms, field, value) if self.terms and field in DETAILS else None
        except (TypeError, msgspec.ValidationError):
            terms = None
        if terms is None:
            raise Refused(rule="T-00", text=N_("此项不能这样变更。"), field="field")
        _check_terms(terms, parent_level)
        if field == "parent" and terms.parent:
            check_circle(station, terms.parent, above)
        return [DetailsChanged(field=field, value=msgspec.to_builtins(value))]

    @decides("T-00", {"active"})
    def upgrade(
        self,
        *,
        modules: tuple[str, ...] = (),
        zones: tuple[str, ...] = (),
        services: tuple[str, ...] = (),
        equipment: tuple[str, ...] = (),
    ) -> list[Event]:
        """Record what a refit gave it; the lists are whole, not additions."""
        return [Upgraded(modules=modules, zones=zones, services=services, equipment=equipment)]

    @decides("T-00", {"active"})
    def join_partner(self, *, partner: str) -> list[Event]:
        """Record a body that works here."""
        if not partner.strip() or partner in self.partners:
            raise Refused(rule="T-00", text=N_("请填写尚未登记的合作单位。"), field="partner")
        return [PartnerJoined(partner=partner)]

    @decides("T-00", {"active"})
    def give_honour(self, *, honour: str, year: int) -> list[Event]:
        """Record an honour of a year."""
        return [HonourGiven(honour=honour, year=year)]

    @decides("T-00", {"active"})
    def set_budget(self, *, year: int, purpose: str, amount: Fen) -> list[Event]:
        """Record the money of a year."""
        if amount < 0:
            raise Refused(rule="T-00", text=N_("金额不能为负数。"), field="amount")
        return [BudgetSet(year=year, purpose=purpose, amount=amount)]

    @decides("T-00", {"active"})
    def count_footfall(self, *, from_at: datetime, to_at: datetime, entered: int) -> list[Event]:
        """Record a counter's interval that no other touches (T-03)."""
        if entered < 0:
            raise Refused(rule="T-03", text=N_("客流人数不能为负数。"), field="entered")
        if to_at <= from_at:
            raise Refused(rule="T-03", text=N_("计数时段的结束须晚于开始。"), field="to_at")
        span = (from_at.isoformat(), to_at.isoformat())
        if _overlaps(self.counted, span):
            _refuse_overlap()
        return [FootfallCounted(from_at=span[0], to_at=span[1], entered=entered)]

    @decides("T-00", {"active"})
    def report_day(self, *, position: int, figures: dict[str, int], sha256: str) -> list[Event]:
        """Record the daily sheet as it was handed in."""
        return [DayReported(position=position, figures=figures, sha256=sha256)]

    @decides("T-00", {"active"})
    def close(self, *, station: str, reason: str, open_cases: int, moved_to: str) -> list[Event]:
        """Close a place; its open cases need another that answers for them (T-03)."""
        if open_cases and moved_to in {"", station}:
            raise Refused(
                rule="T-03",
                text=N_("本站点还有{cases}件未结案卷，请指定接收站点。"),
                field="moved_to",
                cases=open_cases,
            )
        return [Closed(reason=reason, moved_to=moved_to or None)]


def _change(terms: Opened, field: str, value: object) -> Opened:
    """Put one changed value into what the directory shows."""
    kinds: dict[str, Any] = {f.name: f.type for f in msgspec.structs.fields(terms)}
    typed = msgspec.convert(msgspec.to_builtins(value), type=kinds[field])
    return msgspec.structs.replace(terms, **{field: typed})


def _check_terms(terms: Opened, parent_level: str) -> None:
    """Refuse a wrong name, district or level, and a gap in the directory (T-01, T-02)."""
    check_name(terms.official_name, terms.kind)
    check_district(terms.district)
    check_parent(level=terms.level, parent_level=parent_level)
    if terms.grade and terms.grade not in GRADES:
        raise Refused(rule="T-00", text=N_("没有这一等级。"), field="grade")
    if terms.operator not in OPERATORS:
        raise Refused(rule="T-00", text=N_("没有这一运营方式。"), field="operator")
    for name in SHOWN:
        if not any(part.strip() for part in getattr(terms, name)):
            raise Refused(
                rule="T-02",
                text=N_("公示名录须有地址、开放时间、服务工种和电话。"),
                field=name,
            )


def _overlaps(spans: tuple[Span, ...], new: Span) -> bool:
    """Say whether a new interval shares time with those counted, which stand in order."""
    at = bisect_left(spans, new)
    before = at > 0 and spans[at - 1][1] > new[0]
    return before or (at < len(spans) and spans[at][0] < new[1])


def _joined(spans: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    """Add an interval, grown together with neighbours that touch, so that a year stays short."""
    at = bisect_left(spans, new)
    start, end, first, last = new[0], new[1], at, at
    if at > 0 and spans[at - 1][1] >= start:
        first, start, end = at - 1, spans[at - 1][0], max(end, spans[at - 1][1])
    while last < len(spans) and spans[last][0] <= end:
        end = max(end, spans[last][1])
        last += 1
    return (*spans[:first], (start, end), *spans[last:])


def _refuse_overlap() -> None:
    raise Refused(rule="T-03", text=N_("该时段的客流已计数，时段不能重叠。"), field="from_at")
