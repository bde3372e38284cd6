"""Decisions of placement 就业 and follow-up 回访 (2.5; S-09, S-11, S-13)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from domain import codes
from domain.calendar import add_months
from domain.codes import known
from domain.identity import retirement_date
from domain.kernel import N_, Event, Override, Refused, decides
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.checks import (
    found,
    has_placement,
    has_running_placement,
    months_spanned,
    numbered,
    overriding,
    positive,
)
from domain.seeker.records import CLOSED, OPEN, PAUSED, RETENTION_MONTHS, Placement
from domain.seeker.training import TrainingPhase

# A retained contact counts for its month from this day of the placement on.
EARLIEST_DAY = {3: 80, 6: 170}
NEAR_RETIREMENT_MONTHS = 60


class Terms(NamedTuple):
    """What S-11 needs from outside: most months of public-welfare posts, birth, job category."""

    welfare_months: int
    birth: date
    job_category: str = "worker"
    near_months: int = NEAR_RETIREMENT_MONTHS


class PlacementPhase(TrainingPhase):
    """Work begins, is verified, is followed up, ends."""

    @decides("S-00", OPEN)
    def place(
        self,
        *,
        today: date,
        kind: str,
        start_on: date,
        terms: Terms,
        ahead_days: int = 30,
        employer: str = "",
        referral: int | None = None,
        training: str = "",
        pay: Fen | None = None,
        licence_no: str = "",
        term_until: date | None = None,
        override: str = "",
    ) -> list[Event]:
        """Record that work begins; a referral that led to it ends as started (S-09, S-11)."""
        known(kind, codes.PLACEMENT_KINDS, "kind")
        self._check_start(start_on, today, ahead_days)
        if referral is not None:
            employer = self._at(referral, "accepted", "interviewed", "offered").employer
        self._check_basis(kind, employer, licence_no, term_until, start_on)
        if pay is not None:
            positive(pay, "pay")
        if kind == "formal":
            self._no_overlap(start_on, term_until)
        granted = None
        if kind == "public_welfare":
            granted = self._public_welfare(start_on, term_until, terms, override)
        placed: list[Event] = [
            facts.PlacementRecorded(
                placement=numbered(self.placements),
                kind=kind,
                start_on=start_on,
                employer=employer or None,
                referral=referral,
                training=training or None,
                pay=pay,
                licence_no=licence_no or None,
                term_until=term_until,
                override=granted,
            )
        ]
        if referral is not None:
            placed.append(facts.ReferralEnded(referral=referral, outcome="started"))
        return placed

    def _check_start(self, start_on: date, today: date, ahead_days: int) -> None:
        """Refuse a start before the registration or too far ahead (S-09)."""
        if self.registered_on and start_on < self.registered_on:
            raise Refused(
                rule="S-09",
                text=N_("就业开始日不能早于求职登记日{registered_on}。"),
                field="start_on",
                registered_on=self.registered_on,
            )
        if start_on > today + timedelta(days=ahead_days):
            raise Refused(
                rule="S-09",
                text=N_("就业开始日最多晚于今天{days}天。"),
                field="start_on",
                days=ahead_days,
            )

    def _check_basis(
        self, kind: str, employer: str, licence_no: str, term_until: date | None, start_on: date
    ) -> None:
        """Demand what a kind rests on (2.5), and a term that does not end before it begins."""
        if kind == "self_employed" and not licence_no.strip():
            raise Refused(rule="S-00", text=N_("创业须登记营业执照号。"), field="licence_no")
        if kind in {"formal", "part_time", "public_welfare", "internship"} and not employer:
            raise Refused(rule="S-00", text=N_("请选择用人单位。"), field="employer")
        if term_until and term_until < start_on:
            raise Refused(rule="S-00", text=N_("期满日期不能早于开始日期。"), field="term_until")

    def _no_overlap(self, start_on: date, term_until: date | None) -> None:
        """Refuse a second formal job at the same time (S-11)."""
        for other in self.placements.values():
            ends = other.ended_on or date.max
            if (
                other.kind == "formal"
                and start_on <= ends
                and other.start_on <= (term_until or date.max)
            ):
                raise Refused(
                    rule="S-11",
                    text=N_("与第{no}号单位就业时间重叠。"),
                    field="start_on",
                    no=other.no,
                )

    def _public_welfare(
        self, start_on: date, term_until: date | None, terms: Terms, override: str
    ) -> Override | None:
        """Hold a public-welfare post against recognition and term (S-11, 2.6).

        Who had less than five years to retirement at the first post stays until then; a second
        stay of a special category takes a station manager's reason.
        """
        if not self.in_hardship(start_on):
            raise Refused(
                rule="S-11", text=N_("公益性岗位只安置已认定的就业困难人员。"), field="kind"
            )
        earlier = [p for p in self.placements.values() if p.kind == "public_welfare"]
        first = min((p.start_on for p in earlier), default=start_on)
        if near_retirement(terms, self.sex, first):
            return None
        months = welfare_months(earlier, start_on) + (
            months_spanned(start_on, term_until) if term_until else terms.welfare_months + 1
        )
        if months <= terms.welfare_months:
            return None
        if not override:
            raise Refused(
                rule="S-11",
                text=N_("公益性岗位累计不得超过{most}个月，须写明期满日期或由站长说明理由。"),
                field="term_until",
                most=terms.welfare_months,
            )
        return overriding("S-11", override, self.person)

    @decides("S-00", PAUSED | CLOSED, also=(has_placement,))
    def verify_placement(self, *, occurred_on: date, placement: int, method: str) -> list[Event]:
        """Verify that the person works; not before the first day (2.5)."""
        known(method, codes.VERIFY_METHODS, "method")
        record = found(self.placements, placement, "placement")
        if occurred_on < record.start_on:
            raise Refused(
                rule="S-13",
                text=N_("核实日期不能早于就业开始日{start_on}。"),
                field="occurred_on",
                start_on=record.start_on,
            )
        return [facts.PlacementVerified(placement=placement, method=method)]

    @decides("S-00", PAUSED, also=(has_running_placement,))
    def end_placement(
        self, *, occurred_on: date, placement: int, ended_on: date, reason: str
    ) -> list[Event]:
        """Record the last day of work; the same case goes on."""
        known(reason, codes.PLACEMENT_ENDS, "reason")
        record = found(self.placements, placement, "placement")
        if not record.running:
            raise Refused(rule="S-00", text=N_("该就业登记已离岗。"), field="placement")
        if not record.start_on <= ended_on <= max(occurred_on, record.start_on):
            raise Refused(
                rule="S-09",
                text=N_("离岗日须在就业开始日{start_on}与登记日之间。"),
                field="ended_on",
                start_on=record.start_on,
            )
        return [facts.PlacementEnded(placement=placement, ended_on=ended_on, reason=reason)]

    @decides("S-00", OPEN)
    def agree_follow_up(self, *, occurred_on: date, due_on: date, purpose: str) -> list[Event]:
        """Agree on an extra call; the statutory ones are derived."""
        known(purpose, codes.FOLLOW_UP_PURPOSES, "purpose")
        if due_on <= occurred_on:
            raise Refused(rule="S-00", text=N_("约定日期须晚于今天。"), field="due_on")
        return [facts.FollowUpAgreed(due_on=due_on, purpose=purpose)]

    @decides("S-00", PAUSED | CLOSED)
    def record_follow_up(
        self,
        *,
        occurred_on: date,
        purpose: str,
        channel: str,
        result: str,
        placement: int | None = None,
        month: int | None = None,
        wage: Fen | None = None,
        worked_share: str = "",
        satisfaction: int | None = None,
    ) -> list[Event]:
        """Record a contact and what it found (S-13)."""
        known(purpose, codes.FOLLOW_UP_PURPOSES, "purpose")
        known(channel, codes.FOLLOW_UP_CHANNELS, "channel")
        known(result, codes.FOLLOW_UP_RESULTS, "result")
        if purpose == "retention" or placement is not None:
            self._check_retention(occurred_on, placement, month, result)
        elif month is not None or result in {"retained", "lost"}:
            raise Refused(rule="S-13", text=N_("在岗与否只能在稳岗回访中登记。"), field="result")
        _check_answers(worked_share, satisfaction)
        return [
            facts.FollowUpRecorded(
                purpose=purpose,
                placement=placement,
                month=month,
                channel=channel,
                result=result,
                wage=wage,
                worked_share=worked_share or None,
                satisfaction=satisfaction,
            )
        ]

    def _check_retention(
        self, on: date, placement: int | None, month: int | None, result: str
    ) -> None:
        """Refuse a retention that the day or the placement does not bear (S-13, Q-15)."""
        if placement is None:
            raise Refused(rule="S-13", text=N_("稳岗回访须选择就业登记。"), field="placement")
        record = found(self.placements, placement, "placement")
        if month is not None and month not in RETENTION_MONTHS:
            raise Refused(rule="S-13", text=N_("稳岗回访为第1、3、6个月。"), field="month")
        if on < record.start_on:
            raise Refused(
                rule="S-13",
                text=N_("回访日期不能早于就业开始日{start_on}。"),
                field="occurred_on",
                start_on=record.start_on,
            )
        if result != "retained":
            return
        if not record.running:
            raise Refused(
                rule="S-13", text=N_("该就业登记已离岗，不能登记为在岗。"), field="result"
            )
        earliest = EARLIEST_DAY.get(month or 0, 0)
        if (on - record.start_on).days < earliest:
            raise Refused(
                rule="S-13",
                text=N_("第{month}个月的在岗回访不得早于就业第{earliest}天。"),
                field="occurred_on",
                month=month or 0,
                earliest=earliest,
            )


def near_retirement(terms: Terms, sex: str, first: date) -> bool:
    """Say whether retirement was less than five years away at the first post (2.6)."""
    retires_on = retirement_date(terms.birth, sex, terms.job_category, first)
    return retires_on < add_months(first, terms.near_months)


def welfare_months(posts: Iterable[Placement], until: date) -> int:
    """Sum the months of public-welfare posts begun, a running one without a term until a day."""
    ends = ((p, p.ended_on or p.term_until or until) for p in posts)
    return sum(months_spanned(post.start_on, end) for post, end in ends)


def _check_answers(worked_share: str, satisfaction: int | None) -> None:
    """Refuse a share that is no percentage, and a satisfaction outside 1 to 5 (S-13)."""
    if worked_share:
        digits = worked_share.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit()) or not 0 <= float(worked_share) <= 100:
            raise Refused(rule="S-13", text=N_("出勤比例须为0至100的数字。"), field="worked_share")
    if satisfaction is not None and not 1 <= satisfaction <= 5:
        raise Refused(rule="S-13", text=N_("满意度须为1至5。"), field="satisfaction")
