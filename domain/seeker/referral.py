"""Decisions of referral 岗位推荐: propose, answer, interview, offer, end."""

from datetime import date

from domain import codes
from domain.codes import JUSTIFIED, known
from domain.kernel import N_, Event, Refused, decides
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.checks import (
    found,
    has_accepted_referral,
    has_open_referral,
    has_proposed_referral,
    numbered,
)
from domain.seeker.records import OPEN, PAUSED, Referral
from domain.seeker.service import ServicePhase
from domain.seeker.values import Post


class ReferralPhase(ServicePhase):
    """From a proposal to an offer, in that order (S-09)."""

    @decides("S-00", OPEN)
    def refer(
        self, *, occurred_on: date, post: Post, consent: bool, legal_basis: str = ""
    ) -> list[Event]:
        """Propose a verified, open vacancy (S-07, S-08) with consent or legal basis (S-18)."""
        _open_post(post, occurred_on)
        if any(r.vacancy == post.vacancy for r in self.open_referrals):
            raise Refused(rule="S-08", text=N_("已向此人推荐过该岗位且尚未结束。"), field="vacancy")
        if not consent and not legal_basis:
            raise Refused(
                rule="S-18",
                text=N_("向用人单位提供信息须有本人同意，或注明法律依据。"),
                field="consent",
            )
        if legal_basis:
            known(legal_basis, codes.LEGAL_BASES, "legal_basis")
        return [
            facts.Referred(
                referral=numbered(self.referrals),
                vacancy=post.vacancy,
                employer=post.employer,
                consent=consent,
                legal_basis=legal_basis or None,
            )
        ]

    @decides("S-00", OPEN, also=(has_proposed_referral,))
    def answer_referral(
        self, *, referral: int, accepted: bool, reason: str = "", justified: bool | None = None
    ) -> list[Event]:
        """Record yes or no; a no has a reason, which says whether it is justified (Q-25, S-20).

        `justified` is asked only of a reason that the list leaves open.
        """
        self._at(referral, "proposed")
        if accepted:
            return [facts.ReferralAnswered(referral=referral, accepted=True)]
        known(reason, codes.ANSWER_REASONS, "reason")
        return [
            facts.ReferralAnswered(
                referral=referral,
                accepted=False,
                reason=reason,
                justified=reason in JUSTIFIED or bool(justified),
            )
        ]

    @decides("S-00", OPEN, also=(has_accepted_referral,))
    def hold_interview(self, *, occurred_on: date, referral: int, result: str) -> list[Event]:
        """Record an interview, after the acceptance (S-09)."""
        known(result, codes.INTERVIEW_RESULTS, "result")
        record = self._at(referral, "accepted", "interviewed")
        if record.answered_on and occurred_on < record.answered_on:
            raise Refused(
                rule="S-09",
                text=N_("面试日期不能早于求职者接受日期{answered_on}。"),
                field="occurred_on",
                answered_on=record.answered_on,
            )
        return [facts.InterviewHeld(referral=referral, result=result)]

    @decides("S-00", OPEN, also=(has_accepted_referral,))
    def make_offer(
        self,
        *,
        occurred_on: date,
        referral: int,
        direct_hire: bool = False,
        start_on: date | None = None,
        pay: Fen | None = None,
    ) -> list[Event]:
        """Record an offer, after an interview unless it is a direct hire (S-09)."""
        steps = ("accepted", "interviewed") if direct_hire else ("interviewed",)
        record = self._at(referral, *steps)
        earliest = record.interviewed_on or record.answered_on
        if earliest and occurred_on < earliest:
            raise Refused(
                rule="S-09",
                text=N_("录用意向日期不能早于前一步日期{earliest}。"),
                field="occurred_on",
                earliest=earliest,
            )
        return [
            facts.OfferMade(referral=referral, start_on=start_on, pay=pay, direct_hire=direct_hire)
        ]

    @decides("S-00", PAUSED, also=(has_open_referral,))
    def end_referral(self, *, referral: int, outcome: str) -> list[Event]:
        """End a referral; `started` needs an acceptance, a person on the post is a placement."""
        known(outcome, codes.REFERRAL_ENDS, "outcome")
        record = found(self.referrals, referral, "referral")
        if not (record.open or record.standing == "suspended"):
            raise Refused(
                rule="S-00",
                text=N_("第{no}号推荐的状态为“{standing}”，不能办理此事项。"),
                field="referral",
                no=referral,
                standing=record.standing,
            )
        if outcome == "revoked" and record.standing != "proposed":
            raise Refused(rule="S-09", text=N_("求职者已答复的推荐不能撤回。"), field="outcome")
        if outcome == "started" and record.standing in {"proposed", "suspended"}:
            raise Refused(
                rule="S-09", text=N_("求职者尚未接受推荐，不能登记到岗。"), field="outcome"
            )
        return [facts.ReferralEnded(referral=referral, outcome=outcome)]

    @decides("S-00", PAUSED, also=(has_open_referral,))
    def suspend_referral(self, *, referral: int, reason: str) -> list[Event]:
        """Stop a referral, as its post proved false or was withdrawn (4.2)."""
        known(reason, codes.REFERRAL_STOPS, "reason")
        self._at(referral, "proposed", "accepted", "interviewed", "offered")
        return [facts.ReferralSuspended(referral=referral, reason=reason)]

    def check_sharing(self, *, referral: int) -> Referral:
        """Refuse to give the minimal CV of a referral to its employer (S-18, F-32; PIPL 23).

        It takes an open referral with consent or legal basis; a consent taken back since ends it.
        """
        record = found(self.referrals, referral, "referral")
        if not record.open:
            raise Refused(rule="S-18", text=N_("推荐已结束，不再向用人单位提供简历。"))
        back = self.withdrawn.get("share_employer")
        if not record.legal_basis and (not record.consent or (back and back >= record.on)):
            raise Refused(
                rule="S-18",
                text=N_("向用人单位提供信息须有本人同意，或注明法律依据。"),
                field="consent",
            )
        return record

    def _at(self, referral: int, *standings: str) -> Referral:
        """Give a referral that has come this far, or refuse the step out of order (S-09)."""
        record = found(self.referrals, referral, "referral")
        if record.standing not in standings:
            raise Refused(
                rule="S-09",
                text=N_("第{no}号推荐的状态为“{standing}”，步骤顺序不对。"),
                field="referral",
                no=referral,
                standing=record.standing,
            )
        return record


def _open_post(post: Post, on: date) -> None:
    """Refuse a vacancy that nobody may be sent to (S-07; 条例 33-35)."""
    if post.employer_stopped:
        raise Refused(rule="S-07", text=N_("用人单位在停用名单中，不能推荐。"), field="vacancy")
    if not post.verified:
        raise Refused(rule="S-07", text=N_("岗位未经探岗核实，不能推荐。"), field="vacancy")
    if post.state == "filled" or post.seats < 1:
        raise Refused(rule="S-07", text=N_("岗位已招满，不能推荐。"), field="vacancy")
    if post.state != "published":
        raise Refused(rule="S-07", text=N_("岗位未发布或已撤下，不能推荐。"), field="vacancy")
    if on > post.valid_until:
        raise Refused(
            rule="S-07",
            text=N_("岗位已于{valid_until}到期，不能推荐。"),
            field="vacancy",
            valid_until=post.valid_until,
        )
