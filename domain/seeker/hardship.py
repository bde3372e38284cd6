"""Decisions of hardship recognition 就业困难人员认定 (粤人社规〔2023〕11号, 就业促进法 52)."""

from datetime import date

from domain import codes
from domain.calendar import add_months
from domain.codes import known
from domain.identity import FEMALE, retirement_date
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.seeker import facts
from domain.seeker.checks import (
    found,
    has_applied_hardship,
    has_no_hardship,
    has_noticed_hardship,
    has_recognition,
    numbered,
    written,
)
from domain.seeker.keeping import KeepingPhase
from domain.seeker.records import CLOSED, OPEN, PAUSED, Hardship

PROVINCE = "44"
OLDER = {FEMALE: 40}
OLDER_MEN = 50
# Months of unemployment registration that a category asks for.
WAITS = {"H07": 12, "H11": 6}
# Categories that the ID card or our own register proves.
PROVEN = frozenset({"H01", "H07"})


class HardshipPhase(KeepingPhase):
    """Application, public notice, decision by somebody else, cancellation."""

    @decides("S-00", OPEN, also=(has_no_hardship,))
    def apply_for_hardship(
        self,
        *,
        occurred_on: date,
        category: str,
        proofs: str,
        entered_by: str,
        birth: date,
        job_category: str = "worker",
    ) -> list[Event]:
        """Take an application (S-05), with consent where the category is sensitive (S-18).

        `category` and `proofs` are sealed; `job_category` is cadre or worker (retirement age).
        """
        known(category, codes.HARDSHIPS, "category")
        group = "sensitive" if category in codes.SENSITIVE else category
        if group == "sensitive" and "sensitive" not in self.consents:
            raise Refused(
                rule="S-18",
                text=N_("此类别涉及敏感个人信息，须先取得本人的单独同意。"),
                field="category",
            )
        if category not in PROVEN and not proofs.strip():
            raise Refused(rule="S-05", text=N_("此类别须登记证明材料。"), field="proofs")
        self._eligible(group, occurred_on, birth, job_category)
        return [
            facts.HardshipApplied(
                hardship=numbered(self.hardships),
                group=group,
                category=Sealed(self.person, "category", category),
                proofs=Sealed(self.person, "proofs", proofs),
                entered_by=entered_by,
            )
        ]

    def _eligible(self, group: str, on: date, birth: date, job_category: str) -> None:
        """Refuse who is not from Guangdong, not of age, not jobless, or too early (S-05)."""
        if not self.domicile.startswith(PROVINCE):
            raise Refused(
                rule="S-05", text=N_("户籍不在广东省，不能申请就业困难人员认定。"), field="domicile"
            )
        if on >= retirement_date(birth, self.sex, job_category, on):
            raise Refused(
                rule="S-05", text=N_("已达到法定退休年龄，不能认定为就业困难人员。"), field="birth"
            )
        if self.activity != "jobless" or any(p.employed for p in self.running):
            raise Refused(
                rule="S-05", text=N_("须处于无业状态，才能认定为就业困难人员。"), field="activity"
            )
        age = OLDER.get(self.sex, OLDER_MEN)
        if group == "H01" and on < add_months(birth, 12 * age):
            raise Refused(
                rule="S-05", text=N_("大龄失业人员须年满{age}周岁。"), field="category", age=age
            )
        months = WAITS.get(group)
        since = self.unemployment.on if self.unemployment else on
        if months and (not self.unemployment or on < add_months(since, months)):
            raise Refused(
                rule="S-05",
                text=N_("此类别须自最近一次失业登记起满{months}个月。"),
                field="category",
                months=months,
            )

    @decides("S-00", OPEN, also=(has_applied_hardship,))
    def post_hardship_notice(
        self, *, hardship: int, notice_from: date, notice_to: date, notice_days: int
    ) -> list[Event]:
        """Hang the application out for the days of the setting (Q-03, S-06)."""
        self._stands(hardship, "applied")
        if (notice_to - notice_from).days < notice_days:
            raise Refused(
                rule="S-06",
                text=N_("公示期不得少于{days}天。"),
                field="notice_to",
                days=notice_days,
            )
        return [
            facts.HardshipNoticePosted(
                hardship=hardship, notice_from=notice_from, notice_to=notice_to
            )
        ]

    @decides("S-00", OPEN, also=(has_noticed_hardship,))
    def recognise_hardship(
        self,
        *,
        occurred_on: date,
        hardship: int,
        officer: str,
        criteria: str,
        birth: date,
        job_category: str = "worker",
        valid_until: date | None = None,
    ) -> list[Event]:
        """Recognise, after the notice and by somebody else than who accepted it (S-05, S-06)."""
        applied = self._decidable(hardship, occurred_on, officer)
        self._eligible(applied.group, occurred_on, birth, job_category)
        return [
            facts.HardshipRecognised(
                hardship=hardship,
                criteria=written(criteria, "criteria"),
                valid_until=valid_until,
            )
        ]

    @decides("S-00", OPEN, also=(has_noticed_hardship,))
    def refuse_hardship(
        self,
        *,
        occurred_on: date,
        hardship: int,
        officer: str,
        criteria: str,
        reason: str,
        basis: str,
    ) -> list[Event]:
        """Refuse the recognition, with reason and article (S-06)."""
        self._decidable(hardship, occurred_on, officer)
        known(reason, codes.REFUSAL_GROUNDS, "reason")
        return [
            facts.HardshipRefused(
                hardship=hardship,
                criteria=written(criteria, "criteria"),
                reason=reason,
                basis=written(basis, "basis"),
            )
        ]

    @decides("S-00", PAUSED | CLOSED, also=(has_recognition,))
    def cancel_hardship(self, *, hardship: int, reason: str) -> list[Event]:
        """Cancel on one of the ten grounds; nothing cancels by itself (S-20, PIPL 24(3))."""
        known(reason, codes.HARDSHIP_ENDS, "reason")
        self._stands(hardship, "recognised")
        return [facts.HardshipCancelled(hardship=hardship, reason=reason)]

    def _decidable(self, hardship: int, on: date, officer: str) -> Hardship:
        """Refuse a decision before the notice is over, or on an own entry (S-06)."""
        applied = self._stands(hardship, "on_notice")
        if applied.notice_to and on <= applied.notice_to:
            raise Refused(
                rule="S-06",
                text=N_("公示至{notice_to}，期满次日起才能作出决定。"),
                field="occurred_on",
                notice_to=applied.notice_to,
            )
        if officer == applied.entered_by:
            raise Refused(
                rule="S-06", text=N_("受理人不能对本人受理的申请作出决定。"), field="officer"
            )
        return applied

    def _stands(self, hardship: int, standing: str) -> Hardship:
        record = found(self.hardships, hardship, "hardship")
        if record.standing != standing:
            raise Refused(
                rule="S-00",
                text=N_("第{no}号认定申请的状态为“{standing}”，不能办理此事项。"),
                field="hardship",
                no=hardship,
                standing=record.standing,
            )
        return record
