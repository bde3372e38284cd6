"""What a page of figures is asked for: period, stations, group, day of reading, comparison."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request

from application.store import Who
from domain.calendar import add_months
from domain.codes import HARDSHIP_GROUPS, KEY_GROUPS, Code
from domain.codes_dispute import CLAIMS, DISPUTE_CHANNELS
from domain.employer import INDUSTRIES
from domain.kernel import N_, Refused
from domain.station.network import Row, subtree
from projections.statistics import Figure, Scope
from web import dates, texts
from web.access import parts
from web.office_parts import office
from web.visit import visit, who

PERIODS: Mapping[str, str] = {
    "month": N_("本月"),
    "quarter": N_("本季"),
    "half": N_("半年"),
    "year": N_("本年"),
    "all": N_("全部"),
    "custom": N_("自定义"),
}
COMPARED: Mapping[str, str] = {"year": N_("同比"), "before": N_("环比")}
GROUPS: Mapping[str, Code] = {**KEY_GROUPS, **HARDSHIP_GROUPS}
# What disputes are narrowed to, by the profile of the case.
DISPUTES: Mapping[str, Code] = {
    **{f"cause:{code}": word for code, word in CLAIMS.items()},
    **{f"channel:{code}": word for code, word in DISPUTE_CHANNELS.items()},
    **{f"industry:{code}": word for code, word in INDUSTRIES.items()},
    "collective": Code("collective", "集体争议(10人以上)", "collective (10 or more)"),
    "single": Code("single", "不满10人的争议", "disputes of fewer than 10"),
}
# Groups that are sensitive data: their small numbers could name a person (domain.md 10, Q-20).
SENSITIVE = frozenset({"sensitive", "disabled"})
FIRST = date(2000, 1, 1)


@dataclass(frozen=True)
class Asked:
    """The figures that a URL asks for, limited to what the reader's account serves."""

    period: str
    from_on: date
    to_on: date
    today: date
    reach: frozenset[str]
    network: tuple[Row, ...] = ()
    station: str = ""
    group: str = ""
    compare: str = "year"
    as_of: date | None = None
    position: int | None = None

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations that count: the chosen one with those under it, within the reach."""
        if not self.station:
            return tuple(sorted(self.reach))
        return tuple(sorted(subtree(self.network, self.station) & self.reach))

    @property
    def scope(self) -> Scope:
        """The scope as the reader of figures takes it."""
        return Scope(
            from_on=self.from_on,
            to_on=self.to_on,
            as_of=self.as_of or self.today,
            stations=self.stations,
            group=self.group,
            position=self.position,
        )

    @property
    def before(self) -> Scope | None:
        """The period that is compared with; none for a period without beginning."""
        if self.period == "all":
            return None
        if self.compare == "year":
            first, last = add_months(self.from_on, -12), add_months(self.to_on, -12)
            if (self.to_on + timedelta(days=1)).day == 1:  # a month's end stays one
                last = add_months(self.to_on + timedelta(days=1), -12) - timedelta(days=1)
        elif self.from_on.day == 1 and self.period != "custom":
            months = (self.to_on.year - self.from_on.year) * 12
            months += self.to_on.month - self.from_on.month + 1
            first, last = add_months(self.from_on, -months), self.from_on - timedelta(days=1)
        else:
            last = self.from_on - timedelta(days=1)
            first = last - (self.to_on - self.from_on)
        return replace(self.scope, from_on=first, to_on=last)

    @property
    def sensitive(self) -> bool:
        """Whether small numbers must be hidden."""
        return self.group in SENSITIVE

    def as_url(self) -> dict[str, Any]:
        """Write it as the URL holds it."""
        custom = self.period == "custom"
        return {
            "period": self.period,
            "from": self.from_on.isoformat() if custom else "",
            "to": self.to_on.isoformat() if custom else "",
            "station": self.station,
            "group": self.group,
            "compare": self.compare if self.compare != "year" else "",
            "as_of": self.as_of.isoformat() if self.as_of else "",
        }


def asked(request: Request) -> Asked:
    """Read the URL; an unknown code is left out, a day that is none is refused."""
    given, own = request.query_params, parts(request)
    texts.use(visit(request).language)  # marks and words are written before the page is drawn
    day = given.get("as_of", "")
    as_of = dates.day(day, field="as_of") if day else None
    today = own.today()
    period = given.get("period", "")
    period = period if period in PERIODS else "year"
    from_on, to_on = span(period, as_of or today, given.get("from", ""), given.get("to", ""))
    reach = reached(who(request))
    station, group = given.get("station", ""), given.get("group", "")
    return Asked(
        period=period,
        from_on=from_on,
        to_on=to_on,
        today=today,
        reach=reach,
        network=tuple(office(request).entries.network()),
        station=station if station in reach else "",
        group=group if group in GROUPS or group in DISPUTES else "",
        compare="before" if given.get("compare") == "before" else "year",
        as_of=as_of,
        position=own.caseload.position_at(as_of) if as_of else None,
    )


def reached(asker: Who) -> frozenset[str]:
    """Give the stations whose figures a reader may see."""
    return asker.stations | {asker.station}


def span(period: str, today: date, first: str, last: str) -> tuple[date, date]:
    """Give the days of a period that holds a day, both included."""
    if period == "custom":
        from_on, to_on = dates.day(first, field="from"), dates.day(last, field="to")
        if from_on > to_on:
            raise Refused(rule="F-00", text=N_("起日不能晚于止日。"), field="from")
        return from_on, to_on
    if period == "all":
        return FIRST, today
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    from_on = date(today.year, (today.month - 1) // months * months + 1, 1)
    return from_on, add_months(from_on, months) - timedelta(days=1)


def small(figure: Figure, least: int) -> bool:
    """Say whether a figure tells a number of people or cases from 1 to under `least`."""
    told = (figure.numerator, figure.denominator)
    return any(number is not None and 0 < number < least for number in told)


def chosen(stations: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Order stations by name for choosing."""
    return sorted(((one, names.get(one, one)) for one in stations), key=lambda pair: pair[1])
