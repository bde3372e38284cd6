"""The place's dated settings and its working-day calendar: data of schema `office`, not config."""

import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from time import monotonic
from typing import NamedTuple

from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from domain.calendar import CHINA, PUBLISHED, WorkCalendar, seed_days
from domain.kernel import N_, Refused
from domain.money import Fen
from domain.settings import DEFAULTS, HOURS, RANGES, Dated, Settings

REFRESH = 5.0  # seconds that another process's entry may take to be seen here


class CalendarVersion(NamedTuple):
    """One entry of a year: the version it made, by whom and when."""

    version: int
    year: int
    entered_by: str
    entered_at: datetime


class Entered(NamedTuple):
    """One entry of a setting: from which day which value, by whom and when; `superseded` later."""

    dated: Dated
    entered_by: str
    entered_at: datetime
    superseded: bool


def check_value(code: str, value: int) -> None:
    """Refuse a value of a setting that nobody knows, below zero or beyond its range (O-01)."""
    if code not in DEFAULTS:
        raise Refused(rule="O-01", text=N_("没有名为“{code}”的设置。"), field="code", code=code)
    if value < 0:
        raise Refused(rule="O-01", text=N_("设置的值不能为负。"), field="value")
    if code in HOURS and value > 24:
        raise Refused(rule="O-01", text=N_("钟点应在0至24之间。"), field="value")
    if code in RANGES and not RANGES[code][0] <= value <= RANGES[code][1]:
        raise Refused(
            rule="O-01",
            text=N_("该数额应在{least}至{most}之间（法释〔2013〕3号第三条）。"),
            field="value",
            least=Fen(RANGES[code][0]),
            most=Fen(RANGES[code][1]),
        )


def check_year(year: int, days: Mapping[date, bool]) -> None:
    """Refuse a year's days of which one belongs to another year, or none is a day of rest."""
    if any(day.year != year for day in days):
        raise Refused(
            rule="O-02", text=N_("日历中有不属于{year}年的日期。"), field="rest", year=year
        )
    if all(days.values()):
        raise Refused(rule="O-02", text=N_("{year}年的日历没有休息日。"), field="rest", year=year)


class OfficeSettings:
    """Reads settings and calendar once in a while, and enters new ones."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; the tables are small and read whole."""
        self._pool = pool
        self._lock = threading.Lock()
        self._read_at = -REFRESH
        self._settings, self._calendar = Settings(), WorkCalendar({}, years=frozenset(), version=0)
        self._entries: Sequence[Entered] = ()

    def settings(self, known_on: date | None = None) -> Settings:
        """Give the settings with their dates; `known_on` leaves out what was entered later."""
        self._refresh()
        if known_on is None:
            return self._settings
        return Settings(
            one.dated
            for one in self._entries
            if one.entered_at.astimezone(CHINA).date() <= known_on
        )

    def history(self) -> list[Entered]:
        """Give every entry, the youngest first; one that was superseded for its day says so."""
        self._refresh()
        return list(reversed(self._entries))

    def calendar(self) -> WorkCalendar:
        """Give the calendar in use; its version grows with every year entered."""
        self._refresh()
        return self._calendar

    def set_value(self, code: str, from_on: date, value: int, *, by: str) -> None:
        """Enter a setting from a day on; an earlier entry for that day counts no more (O-01).

        The earlier one stays to be read: what was known before was reckoned by it (F-70).
        """
        check_value(code, value)
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.settings (code, from_on, value, entered_by, entered_at)"
                " VALUES (%s, %s, %s, %s, log.now())",
                [code, from_on, value, by],
            )
        self._read_at = -REFRESH

    def with_value(self, code: str, from_on: date, value: int) -> Settings:
        """Give the settings as they would be with a value entered, without entering it (O-01)."""
        check_value(code, value)
        return self.settings().entered(Dated(code, from_on, value))

    def enter_year(self, year: int, days: Mapping[date, bool], *, by: str) -> int:
        """Enter a year's rest days and swapped working days; give the calendar's new version.

        Raises `Refused` O-02 for a day of another year, or a year without any rest day.
        """
        check_year(year, days)
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("LOCK TABLE office.calendar_years IN SHARE ROW EXCLUSIVE MODE")
            row = conn.execute(
                "SELECT coalesce(max(version), 0) + 1 FROM office.calendar_years"
            ).fetchone()
            version = int(row[0]) if row else 1
            conn.execute(
                "DELETE FROM office.calendar_days WHERE day BETWEEN %s AND %s",
                [date(year, 1, 1), date(year, 12, 31)],
            )
            with conn.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO office.calendar_days (day, worked) VALUES (%s, %s)",
                    sorted(days.items()),
                )
            conn.execute(
                "INSERT INTO office.calendar_years (year, version, entered_by) VALUES (%s, %s, %s)"
                " ON CONFLICT (year) DO UPDATE SET version = EXCLUDED.version,"
                " entered_by = EXCLUDED.entered_by, entered_at = log.now()",
                [year, version, by],
            )
            conn.execute(
                "INSERT INTO office.calendar_versions (version, year, days, entered_by)"
                " VALUES (%s, %s, %s, %s)",
                [version, year, Jsonb({day.isoformat(): on for day, on in days.items()}), by],
            )
        self._read_at = -REFRESH
        return version

    def with_year(self, year: int, days: Mapping[date, bool]) -> WorkCalendar:
        """Give the calendar as it would be with a year entered, without entering it (O-02)."""
        check_year(year, days)
        held = self.calendar()
        return held.with_year(year, days)

    def calendar_of(self, version: int) -> WorkCalendar:
        """Give the calendar of an earlier version, which old decisions cite (F-70)."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT DISTINCT ON (year) year, days FROM office.calendar_versions"
                " WHERE version <= %s ORDER BY year, version DESC",
                [version],
            ).fetchall()
        days = {date.fromisoformat(day): bool(on) for _, some in rows for day, on in some.items()}
        return WorkCalendar(days, years=frozenset(year for year, _ in rows), version=version)

    def calendar_versions(self) -> list[CalendarVersion]:
        """List the versions, youngest first: year, who entered it, when."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT version, year, entered_by, entered_at FROM office.calendar_versions"
                " ORDER BY version DESC"
            ).fetchall()
        return [CalendarVersion(*row) for row in rows]

    def seed(self) -> None:
        """Enter the shipped years into an empty table."""
        with self._pool.connection() as conn:
            known = conn.execute("SELECT 1 FROM office.calendar_years LIMIT 1").fetchone()
        if known is None:
            for year in sorted(PUBLISHED):
                days = {day: worked for day, worked in seed_days().items() if day.year == year}
                self.enter_year(year, days, by="shipped")

    def _refresh(self) -> None:
        if monotonic() - self._read_at < REFRESH:
            return
        with self._lock, self._pool.connection() as conn:
            settings = conn.execute(
                "SELECT code, from_on, value, entered_by, entered_at, version <> max(version)"
                " OVER (PARTITION BY code, from_on) FROM office.settings ORDER BY version"
            ).fetchall()
            days = conn.execute("SELECT day, worked FROM office.calendar_days").fetchall()
            years = conn.execute("SELECT year, version FROM office.calendar_years").fetchall()
            self._entries = [Entered(Dated(*row[:3]), *row[3:]) for row in settings]
            self._settings = Settings(one.dated for one in self._entries)
            self._calendar = WorkCalendar(
                dict(days),
                years=frozenset(year for year, _ in years),
                version=max((version for _, version in years), default=0),
            )
            self._read_at = monotonic()
