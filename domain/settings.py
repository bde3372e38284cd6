"""Settings of the office with validity dates: what domain.md section 10 leaves to the place."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

# Code -> default. Units are part of the code; amounts are fen. Numbers are those of domain.md 10.
DEFAULTS: Mapping[str, int] = {
    "back_days": 30,
    "review_working_days": 7,
    "notice_days": 7,
    "certification_grace_days": 92,  # F-47: on the paper until a register certifies; 0 is none
    "import_many_rows": 500,  # F-45: above so many rows an import asks whether they are meant
    "registration_months": 6,
    "attendance_percent": 80,
    "homework_grade": 60,  # K-05
    "cohort_days": 180,  # decision 18
    "vacancy_days": 90,
    "grace_days": 0,
    "mediation_promise_working_days": 0,  # F-53: a local promise beside DL-03; 0 is none
    "mediation_rooms": 2,  # F-55: rooms of a station that sessions can be held in
    "attachment_megabytes": 10,  # F-50: of one file
    "attachments_per_case": 60,  # F-50
    "workorder_working_days": 5,
    "emergency_workers": 30,
    "small_cell": 5,
    "piecework_days": 20,
    "household_working_days": 10,
    "crime_single_fen": 500_000,
    "crime_group_fen": 3_000_000,
    "hold_days_most": 120,  # S-21, D-22
    "start_ahead_days": 30,  # S-09
    "contact_days_a": 90,
    "contact_days_b": 30,
    "contact_days_c": 30,
    "contact_days_d": 15,
    # F-78: points of an open case, for the workload of its owner.
    "points_seeker": 1,
    "points_seeker_c": 2,
    "points_seeker_d": 3,
    "points_dispute": 3,
    "points_collective": 8,
    "public_welfare_months": 36,  # S-11
    "near_retirement_months": 60,  # S-11, 2.6: who is nearer stays until retirement
    "subsidy_months_most": 36,  # S-12
    "startup_months": 6,  # S-12: months in business before the one-off grant
    "startup_insured_months": 3,
    "startup_age_women": 55,
    "startup_age_men": 60,
    # F-51: hours of the clock in China between which no message goes out; receipts and tries.
    "message_quiet_from": 21,
    "message_quiet_until": 8,
    "message_receipt_hours": 24,
    "message_tries": 5,
    # S-21, F-35: days of a suspension at once, in all, and back in time, by its reason.
    "suspend_single_lost_contact": 184,
    "suspend_total_lost_contact": 366,
    "suspend_back_lost_contact": 30,
    "suspend_single_ill": 180,
    "suspend_total_ill": 365,
    "suspend_back_ill": 30,
    "suspend_single_caring": 365,
    "suspend_total_caring": 730,
    "suspend_back_caring": 30,
    "suspend_single_military": 730,
    "suspend_total_military": 730,
    "suspend_back_military": 30,
    "suspend_single_study": 365,
    "suspend_total_study": 1095,
    "suspend_back_study": 30,
}

# What a province may pick (法释〔2013〕3号 art 3): lowest and highest value, in fen.
RANGES: Mapping[str, tuple[int, int]] = {
    "crime_single_fen": (500_000, 2_000_000),
    "crime_group_fen": (3_000_000, 10_000_000),
}

# Values that are hours of the clock.
HOURS = frozenset({"message_quiet_from", "message_quiet_until"})

# What running time limits are reckoned by: each by the value in force on the day it starts from.
LIMITS = frozenset({
    "grace_days",
    "mediation_promise_working_days",
    "workorder_working_days",
    "review_working_days",
    "contact_days_a",
    "contact_days_b",
    "contact_days_c",
    "contact_days_d",
})  # fmt: skip
# What alarms are raised by: the value in force today.
ALARMS = frozenset({"emergency_workers", "crime_single_fen", "crime_group_fen"})


class Dated(NamedTuple):
    """One value of a setting, valid from a day on."""

    code: str
    from_on: date
    value: int


class Settings:
    """The settings in force on any day."""

    def __init__(self, rows: Iterable[Dated] = ()) -> None:
        """Take the dated rows as the place entered them; the defaults stand before them.

        Of two rows for one day the later entry counts.
        """
        latest = {(row.code, row.from_on): row for row in rows}
        self._rows = sorted(latest.values(), key=lambda row: row.from_on)

    def value(self, code: str, on: date) -> int:
        """Give the value in force on a day."""
        value = DEFAULTS[code]
        for row in self._rows:
            if row.code == code and row.from_on <= on:
                value = row.value
        return value

    def entered(self, row: Dated) -> "Settings":
        """Give the settings as they would be with one more row, without entering it."""
        return Settings([*self._rows, row])

    def mark(self, on: date) -> str:
        """Name the values that time limits and alarms are reckoned by on a day; "" as delivered."""
        limits = [row for row in self._rows if row.code in LIMITS]
        alarms = [(code, self.value(code, on)) for code in sorted(ALARMS)]
        if not limits and all(DEFAULTS[code] == value for code, value in alarms):
            return ""
        read = repr([*limits, *alarms]).encode()
        return hashlib.sha256(read).hexdigest()[:8]
