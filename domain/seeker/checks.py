"""Questions without arguments that decisions and pages ask of a case, and checks of arguments."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from domain.attachments import offered
from domain.calendar import add_months
from domain.kernel import N_, Override, Refused, Sealed
from domain.money import Fen
from domain.seeker.state import SeekerState

R = TypeVar("R")
# Standings of an application that a register can be asked about.
CERTIFIABLE = frozenset({"applied", "on_notice", "recognised"})
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


# Asked of the state alone: `also=` of decisions, so that a page can show the act disabled.


def has_attachment(case: SeekerState) -> None:
    """Ask for an attachment that was not withdrawn (A-04)."""
    if not offered(case.attachments):
        raise Refused(rule="A-04", text=N_("本案没有附件。"))


def has_proposed_referral(case: SeekerState) -> None:
    """Ask for a referral that waits for its answer."""
    if not any(r.standing == "proposed" for r in case.referrals.values()):
        raise Refused(rule="S-00", text=N_("没有等待答复的岗位推荐。"))


def has_accepted_referral(case: SeekerState) -> None:
    """Ask for a referral that the person accepted (S-09)."""
    if not any(r.open and r.standing != "proposed" for r in case.referrals.values()):
        raise Refused(rule="S-09", text=N_("没有求职者已接受的岗位推荐。"))


def has_open_referral(case: SeekerState) -> None:
    """Ask for a referral that is open or stopped."""
    if not any(r.open or r.standing == "suspended" for r in case.referrals.values()):
        raise Refused(rule="S-00", text=N_("没有未结束的岗位推荐。"))


def has_placement(case: SeekerState) -> None:
    """Ask for any placement."""
    if not case.placements:
        raise Refused(rule="S-00", text=N_("还没有就业登记。"))


def has_running_placement(case: SeekerState) -> None:
    """Ask for a placement that runs."""
    if not case.running:
        raise Refused(rule="S-00", text=N_("没有在岗的就业登记。"))


def has_enrolment(case: SeekerState) -> None:
    """Ask for a class that the person attends (S-10)."""
    if not any(e.standing == "enrolled" for e in case.enrolments.values()):
        raise Refused(rule="S-10", text=N_("没有正在参加的培训。"))


def has_no_hardship(case: SeekerState) -> None:
    """Ask that no application runs and no recognition is in force."""
    if any(h.standing in {"applied", "on_notice", "recognised"} for h in case.hardships.values()):
        raise Refused(rule="S-00", text=N_("已有办理中或有效的就业困难人员认定。"))


def has_applied_hardship(case: SeekerState) -> None:
    """Ask for an application not yet on notice."""
    if not any(h.standing == "applied" for h in case.hardships.values()):
        raise Refused(rule="S-00", text=N_("没有待公示的困难认定申请。"))


def has_noticed_hardship(case: SeekerState) -> None:
    """Ask for an application on public notice: nothing is decided without one (S-06)."""
    if not any(h.standing == "on_notice" for h in case.hardships.values()):
        raise Refused(rule="S-06", text=N_("没有已公示待决定的困难认定申请。"))


def has_certifiable(case: SeekerState) -> None:
    """Ask for an application that a register can be asked about."""
    if not any(h.standing in CERTIFIABLE for h in case.hardships.values()):
        raise Refused(rule="S-00", text=N_("没有办理中或有效的困难认定，不必核验。"))


def has_unconfirmed(case: SeekerState) -> None:
    """Ask for a recognition whose grace runs, or which a register has denied (S-20)."""
    held = case.recognised
    if held is None or not (held.awaited_until or held.denied):
        raise Refused(rule="S-20", text=N_("没有等待登记库核验或被登记库否定的认定。"))


def has_recognition(case: SeekerState) -> None:
    """Ask for a recognition in force."""
    if case.recognised is None:
        raise Refused(rule="S-00", text=N_("没有有效的就业困难人员认定。"))


def has_subsidy(case: SeekerState) -> None:
    """Ask for any application for money (S-12)."""
    if not case.subsidies:
        raise Refused(rule="S-12", text=N_("没有补贴申请。"))


def may_be_unemployed(case: SeekerState) -> None:
    """S-04: students, pensioners and people in a formal job are not unemployed 失业."""
    if case.activity == "student":
        raise Refused(rule="S-04", text=N_("在校学生不能办理失业登记。"))
    if case.activity == "pensioner":
        raise Refused(rule="S-04", text=N_("离退休人员不能办理失业登记。"))
    if any(p.kind == "formal" for p in case.running):
        raise Refused(rule="S-04", text=N_("有在岗的单位就业登记，不能办理失业登记。"))
    if case.unemployment:
        raise Refused(rule="S-04", text=N_("已有有效的失业登记。"))


def is_unemployed(case: SeekerState) -> None:
    """Ask for an unemployment registration in force."""
    if case.unemployment is None:
        raise Refused(rule="S-00", text=N_("没有有效的失业登记。"))


def has_plan(case: SeekerState) -> None:
    """Ask for an assistance plan."""
    if case.plan is None:
        raise Refused(rule="S-00", text=N_("还没有就业援助计划。"))


def has_officer(case: SeekerState) -> None:
    """Ask for an officer to take off the case."""
    if not case.roles:
        raise Refused(rule="S-00", text=N_("本案没有指派专员。"))


def is_offered(case: SeekerState) -> None:
    """Ask for an offer of transfer (S-16)."""
    if not case.offered_to:
        raise Refused(rule="S-16", text=N_("没有等待接收的移交。"))


def is_held(case: SeekerState) -> None:
    """Ask for a hold."""
    if case.hold_until is None:
        raise Refused(rule="S-00", text=N_("本案没有暂缓。"))


def is_not_merged(case: SeekerState) -> None:
    """Ask that the case goes on by itself: a merged one would be a second open case (S-02)."""
    if case.merged_into:
        raise Refused(
            rule="S-02", text=N_("本案已并入{into}，如属误并请撤销并案。"), into=case.merged_into
        )


def is_merged_or_absorbed(case: SeekerState) -> None:
    """Ask for a merge to undo."""
    if not (case.merged_into or case.absorbed):
        raise Refused(rule="S-00", text=N_("本案没有并案。"))


def is_linked(case: SeekerState) -> None:
    """Ask for a dispute that the case is linked to."""
    if not case.disputes:
        raise Refused(rule="S-00", text=N_("本案没有关联的争议案卷。"))


def shares(case: SeekerState) -> bool:
    """Say whether an open referral rests on a consent, so that it can be taken back (PIPL 15)."""
    return any(r.open and r.consent for r in case.referrals.values())


def has_consent(case: SeekerState) -> None:
    """Ask for a consent to withdraw."""
    if not case.consents and not shares(case):
        raise Refused(rule="S-18", text=N_("没有可以撤回的同意。"))


def has_group(case: SeekerState) -> None:
    """Ask for a key group to take off."""
    if not case.groups:
        raise Refused(rule="S-00", text=N_("没有重点群体标记。"))


# Asked of arguments.


def found(table: Mapping[int, R], no: int, field: str) -> R:
    """Give the record of a number, or refuse the number (S-00)."""
    if no not in table:
        raise Refused(rule="S-00", text=N_("没有第{no}号记录。"), field=field, no=no)
    return table[no]


def numbered(table: Mapping[int, object]) -> int:
    """Give the next number of a kind of record in this case."""
    return max(table, default=0) + 1


def positive(amount: Fen, field: str = "amount") -> Fen:
    """Refuse money that is none (S-12)."""
    if amount <= 0:
        raise Refused(rule="S-12", text=N_("金额须大于零。"), field=field)
    return amount


def written(text: str, field: str) -> str:
    """Refuse an empty text where a word is due (S-00)."""
    if not text.strip():
        raise Refused(rule="S-00", text=N_("请填写此项。"), field=field)
    return text


def overriding(rule: str, reason: str, subject: str) -> Override:
    """Write down that a station manager passed a rule, and why."""
    return Override(rule=rule, reason=Sealed(subject, "override", reason))


def a_month(text: str, field: str) -> str:
    """Refuse what is no month `YYYY-MM` (S-12)."""
    if not MONTH.fullmatch(text):
        raise Refused(rule="S-12", text=N_("月份须写成如2025-01。"), field=field)
    return text


def month_of(day: date) -> str:
    """Give the month of a day as `YYYY-MM`."""
    return f"{day:%Y-%m}"


def months_before(day: date, count: int) -> tuple[str, ...]:
    """Give the whole months before the month of a day, the earliest first."""
    return tuple(month_of(add_months(day.replace(day=1), -n)) for n in range(count, 0, -1))


def months_spanned(start: date, end: date) -> int:
    """Count months begun from the first to the last day, both counted."""
    count = 0
    while add_months(start, count) <= end:
        count += 1
    return count
