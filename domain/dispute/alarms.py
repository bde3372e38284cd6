"""Alarms of a dispute 预警: derived from its facts and the settings of a day, never ticked.

Levels of collective disputes (domain.md 3.4, Q-19) and the threshold of 拒不支付劳动报酬罪, whose
amounts the province picks inside a range (Q-07, 法释〔2013〕3号 art 3).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.dispute.state import DisputeState
from domain.kernel import N_
from domain.money import Fen
from domain.settings import Settings

COUNTY, EMERGENCY, CRIME, ORDERED = "collective", "emergency", "crime", "ordered"


class Alarm(NamedTuple):
    """One alarm: its level, what it is, what to do, the statute, and how grave it is."""

    level: str
    text: str
    to_do: str
    statute: str
    grave: bool
    values: dict[str, int | Fen | date]


REPORT = N_("集体争议：{workers}人有同类请求。")
REPORT_TO_DO = N_("受理当日报县级；可推选3至5名代表人，信访代表不超过5名；请优先办理。")
PLAN = N_("重大集体争议：{workers}人有同类请求，达到{limit}人。")
PLAN_TO_DO = N_("启动应急预案，当日报县级，防止堵路、聚集；有欠薪逃匿嫌疑的先固定证据。")
REACHED = N_("已达拒不支付劳动报酬罪的数额：{owing}人共欠{owed}，责令支付后仍未付。")
REACHED_TO_DO = N_("整理责令支付文书和欠薪明细，移送公安机关。")
WAITING = N_("监察已于{on}责令支付，尚欠{owed}。")
WAITING_TO_DO = N_("到期仍不支付且达到数额的，移送公安机关。")


def alarms(case: DisputeState, settings: Settings, on: date) -> list[Alarm]:
    """Give the alarms of a case on a day, the gravest first; none once it is closed."""
    if case.closed:
        return []
    found = []
    # Of 300 workers it is long to sum, and only an order to pay makes it matter.
    owed = case.owed_by_worker() if case.ordered_to_pay_on else {}
    sums: dict[str, int | Fen | date] = {"owing": len(owed), "owed": Fen(sum(owed.values()))}
    single = settings.value("crime_single_fen", on)
    group = settings.value("crime_group_fen", on)
    if case.crime_threshold(single=single, group=group):
        statute = "刑法 276-1；法释〔2013〕3号 3、4"
        found.append(Alarm(CRIME, REACHED, REACHED_TO_DO, statute, True, sums))
    elif case.ordered_to_pay_on and owed:
        values = {"on": case.ordered_to_pay_on, "owed": sums["owed"]}
        found.append(Alarm(ORDERED, WAITING, WAITING_TO_DO, "法释〔2013〕3号 4", False, values))
    limit = settings.value("emergency_workers", on)
    workers = case.largest_group
    match case.alarm(emergency=limit):
        case "emergency":
            values = {"workers": workers, "limit": limit}
            statute = "劳动保障监察条例 14(4)"
            found.append(Alarm(EMERGENCY, PLAN, PLAN_TO_DO, statute, True, values))
        case "county":
            statute = "调解仲裁法 7；信访工作条例 20"
            values = {"workers": workers}
            found.append(Alarm(COUNTY, REPORT, REPORT_TO_DO, statute, False, values))
    return found


def levels(found: Iterable[Alarm]) -> set[str]:
    """Name the levels for lists; who needs a plan is collective too."""
    named = {one.level for one in found}
    return named | ({COUNTY} if EMERGENCY in named else set())
