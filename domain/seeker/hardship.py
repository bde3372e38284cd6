"""Decisions of hardship recognition 就业困难人员认定 (粤人社规〔2023〕11号, 就业促进法 52)."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain import codes
from domain.codes import known
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
from domain.seeker.criteria import Criteria, Situation, check
from domain.seeker.keeping import KeepingPhase
from domain.seeker.records import CLOSED, OPEN, PAUSED, Hardship


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
        criteria: Criteria,
        job_category: str = "worker",
        also: Sequence[str] = (),
        proof_until: date | None = None,
    ) -> list[Event]:
        """Take an application (S-05), with consent where the category is sensitive (S-18).

        `category` and `proofs` are sealed; `job_category` is cadre or worker (retirement age);
        `also` names further categories, `proof_until` the last day that the proof holds.
        """
        known(category, codes.HARDSHIPS, "category")
        for one in also:
            known(one, codes.HARDSHIPS, "also")
        group = "sensitive" if category in codes.SENSITIVE else category
        if codes.SENSITIVE.intersection({category, *also}) and "sensitive" not in self.consents:
            raise Refused(
                rule="S-18",
                text=N_("此类别涉及敏感个人信息，须先取得本人的单独同意。"),
                field="category",
            )
        if proof_until and proof_until < occurred_on:
            raise Refused(
                rule="S-05",
                text=N_("证明材料已于{until}失效。"),
                field="proof_until",
                until=proof_until,
            )
        about = self.situation(occurred_on, birth, category, job_category)
        check(criteria, about._replace(also=tuple(also), proved=bool(proofs.strip())))
        return [
            facts.HardshipApplied(
                hardship=numbered(self.hardships),
                group=group,
                category=Sealed(self.person, "category", category),
                proofs=Sealed(self.person, "proofs", proofs),
                entered_by=entered_by,
                also=tuple("sensitive" if one in codes.SENSITIVE else one for one in also),
                job_category=job_category,
                proof_until=proof_until,
            )
        ]

    def situation(self, on: date, birth: date, category: str, job_category: str) -> Situation:
        """Say how the person stands on a day, for the checks of any version (S-05)."""
        return Situation(
            on=on,
            birth=birth,
            sex=self.sex,
            domicile=self.domicile,
            activity=self.activity,
            working=any(p.employed for p in self.running),
            unemployed_since=self.unemployment.on if self.unemployment else None,
            category=category,
            job_category=job_category,
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
        criteria: Criteria,
        birth: date,
        valid_until: date | None = None,
        grace: int | None = None,
        despite: str = "",
    ) -> list[Event]:
        """Recognise, after the notice and by somebody else than who accepted it (S-05, S-06).

        The version in force on the day of the decision is held against the person, and cited.
        `grace` are the days that it may stand on the paper until a register certifies it (F-47),
        None where none can be asked; `despite` says why it passes the register's no.
        """
        applied = self._decidable(hardship, occurred_on, officer)
        about = self.situation(occurred_on, birth, applied.group, applied.job_category)
        check(criteria, about._replace(also=applied.also))
        if valid_until and valid_until <= occurred_on:
            raise Refused(rule="S-00", text=N_("认定有效期须晚于决定日期。"), field="valid_until")
        said = applied.certified
        if said and said.answer == "not_met":
            reason = Sealed(self.person, "despite", _despite(despite))
        else:
            reason = None
        return [
            facts.HardshipRecognised(
                hardship=hardship,
                criteria=criteria.version,
                valid_until=valid_until,
                certification=said.no if said else None,
                certify_by=None if said else _grace_ends(occurred_on, grace),
                despite=reason,
            )
        ]

    @decides("S-00", OPEN, also=(has_noticed_hardship,))
    def refuse_hardship(
        self,
        *,
        occurred_on: date,
        hardship: int,
        officer: str,
        criteria: Criteria,
        reason: str,
        basis: str,
    ) -> list[Event]:
        """Refuse the recognition, with reason and article (S-06)."""
        said = self._decidable(hardship, occurred_on, officer).certified
        known(reason, codes.REFUSAL_GROUNDS, "reason")
        return [
            facts.HardshipRefused(
                hardship=hardship,
                criteria=criteria.version,
                reason=reason,
                basis=written(basis, "basis"),
                certification=said.no if said else None,
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


def _despite(reason: str) -> str:
    """Refuse to pass a register's no without saying why (S-05)."""
    if not reason.strip():
        raise Refused(
            rule="S-05",
            text=N_("登记库核验为不符合；仍要认定的，须写明理由。"),
            field="despite",
        )
    return reason


def _grace_ends(on: date, grace: int | None) -> date | None:
    """Give the end of the grace; where the place grants none, ask the register first (S-05)."""
    if grace is None:
        return None
    if grace <= 0:
        raise Refused(rule="S-05", text=N_("须先经登记库核验，才能作出认定。"), field="hardship")
    return on + timedelta(days=grace)
