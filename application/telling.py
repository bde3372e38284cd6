"""Telling the referred 告知: a post was withdrawn, and who was sent to it has to know (4.2)."""

from collections.abc import Sequence

from application.desk import Desk
from application.store import Done, Stamp
from domain.codes import FOLLOW_UP_CHANNELS, known
from domain.kernel import N_, Event, Refused
from domain.seeker import SeekerCase
from domain.vacancy import Vacancy

RIGHT = "seeker.edit"
STOPPED = {"false_post": "false_post"}


class Telling(Desk):
    """What may be asked about those who were referred to a post that is no more."""

    def tell(self, case: str, *, vacancy: str, channel: str, reached: bool, stamp: Stamp) -> Done:
        """Stop the referral and record the contact, in one append; who was not reached stays open.

        The contact is the proof that the person was told, by whom and on which day (V-11).
        """
        known(channel, FOLLOW_UP_CHANNELS, "channel")
        post = self._store.load(Vacancy, vacancy)
        if post.standing != "withdrawn":
            raise Refused(rule="V-11", text=N_("岗位没有撤下，不用告知。"), field="vacancy")

        def decision(seeker: SeekerCase) -> list[Event]:
            numbers = [r.no for r in seeker.open_referrals if r.vacancy == vacancy]
            if not numbers:
                raise Refused(
                    rule="V-11", text=N_("此人对该岗位没有未结束的推荐。"), field="vacancy"
                )
            reason = STOPPED.get(post.withdrawn_for, "withdrawn_post")
            stopped: list[Event] = []
            for number in numbers if reached else ():
                stopped += seeker.suspend_referral(referral=number, reason=reason)
            return [*stopped, *self._contact(seeker, channel, stamp, reached=reached)]

        return self._take((SeekerCase, case), stamp, RIGHT, decision)

    def _contact(
        self, seeker: SeekerCase, channel: str, stamp: Stamp, *, reached: bool
    ) -> Sequence[Event]:
        return seeker.record_follow_up(
            occurred_on=stamp.occurred_on,
            purpose="contact",
            channel=channel,
            result="reached" if reached else "no_contact",
        )
