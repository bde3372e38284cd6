"""A message 消息 to somebody about a case: from queue to receipt, or to a reason (F-51).

Rules M-01 to M-06. A message is no part of the case's stream: its receipts come from outside and
must not get in the way of who writes in the case (ADR 0030).
"""

import re
from datetime import date, datetime

from domain.codes import known
from domain.codes_message import CHANNELS, LANGUAGES, OCCASIONS, REASONS, SETTLED_HOW
from domain.kernel import N_, Aggregate, Event, Refused, Sealed, applies, decides
from domain.message.facts import (
    Deferred,
    Delivered,
    Failed,
    HandedOver,
    OutcomeUnknown,
    Queued,
    Repeated,
    Settled,
    Withdrawn,
    WrittenDown,
)

QUEUED, DRY, HANDED, DELIVERED = "queued", "dry", "handed_over", "delivered"
FAILED, UNKNOWN, WITHDRAWN = "failed", "unknown", "withdrawn"
EVERY = (QUEUED, DRY, HANDED, DELIVERED, FAILED, UNKNOWN, WITHDRAWN)
REPEATABLE = (FAILED, UNKNOWN, HANDED)

DECLINED = {
    "sms": N_("本人已表示不接收短信，请改用其他方式告知。"),
    "email": N_("本人已表示不接收邮件，请改用其他方式告知。"),
}
MISSING = {
    "sms": N_("档案里没有这位的电话，不能发短信；请先登记电话或改用其他方式。"),
    "email": N_("档案里没有这位的邮箱，不能发邮件；请先登记邮箱或改用其他方式。"),
}
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)  # as a person's file keeps it


def check_reach(channel: str, address: str, declined: frozenset[str]) -> None:
    """Refuse a channel that the person declined (M-02), or that the file has no way for (M-01)."""
    if channel in declined:
        raise Refused(rule="M-02", text=DECLINED[channel], field="channel")
    if not address:
        raise Refused(rule="M-01", text=MISSING[channel], field="recipient")
    if channel == "sms" and not _MOBILE.fullmatch(address):
        raise Refused(
            rule="M-01",
            text=N_("档案里登记的是座机，收不到短信；请登记手机号或改用其他方式。"),
            field="recipient",
        )


# State ----------------------------------------------------------------------------------------


class Message(Aggregate):
    """One message by one channel to one person."""

    state: str = "-"
    case: str = ""
    recipient: str = ""
    channel: str = ""
    occasion: str = ""
    template: str = ""
    language: str = ""
    about: str = ""
    address: Sealed | None = None
    text: Sealed | None = None
    next_at: datetime | None = None
    attempts: int = 0
    adapter: str = ""
    reference: str = ""
    reason: str = ""
    retry_of: str = ""
    repeated_as: str = ""
    settled: str = ""

    @property
    def standing(self) -> str:
        """What became of it: a code of `codes_message.STATES`; '-' before any fact."""
        return self.state

    @applies(Queued)
    def _queued(self, fact: Queued, _on: date) -> None:
        self.state, self.next_at = QUEUED, fact.not_before
        self.case, self.recipient = fact.case, fact.recipient
        self.channel, self.occasion, self.about = fact.channel, fact.occasion, fact.about
        self.template, self.language = fact.template, fact.language
        self.address, self.text, self.retry_of = fact.address, fact.text, fact.retry_of

    @applies(Repeated)
    def _repeated(self, fact: Repeated, _on: date) -> None:
        self.repeated_as = fact.message

    @applies(Deferred)
    def _deferred(self, fact: Deferred, _on: date) -> None:
        self.attempts, self.reason, self.next_at = fact.attempt, fact.reason, fact.retry_at

    @applies(HandedOver)
    def _handed_over(self, fact: HandedOver, _on: date) -> None:
        # A receipt may be faster than the fact of the hand-over, and says more.
        if self.state in {QUEUED, UNKNOWN, WITHDRAWN}:
            self.state, self.reason = HANDED, ""
        self.attempts, self.adapter, self.reference = fact.attempt, fact.adapter, fact.reference

    @applies(WrittenDown)
    def _written_down(self, fact: WrittenDown, _on: date) -> None:
        self.state, self.attempts, self.adapter = DRY, fact.attempt, "dry"

    @applies(OutcomeUnknown)
    def _outcome_unknown(self, fact: OutcomeUnknown, _on: date) -> None:
        self.state, self.reason = UNKNOWN, fact.reason
        self.attempts, self.adapter = fact.attempt, fact.adapter

    @applies(Delivered)
    def _delivered(self, _fact: Delivered, _on: date) -> None:
        self.state, self.reason = DELIVERED, ""

    @applies(Failed)
    def _failed(self, fact: Failed, _on: date) -> None:
        self.state, self.reason = FAILED, fact.reason

    @applies(Withdrawn)
    def _withdrawn(self, _fact: Withdrawn, _on: date) -> None:
        self.state = WITHDRAWN

    @applies(Settled)
    def _settled(self, fact: Settled, _on: date) -> None:
        self.settled = fact.how

    # Decisions ------------------------------------------------------------------------------------

    @decides("M-01", {"-"})
    def queue(
        self,
        *,
        case: str,
        recipient: str,
        channel: str,
        occasion: str,
        template: str,
        language: str,
        address: str,
        subject: str,
        body: str,
        declined: frozenset[str],
        not_before: datetime,
        about: str = "",
        retry_of: str = "",
    ) -> list[Event]:
        """Put a message into the queue (M-01), unless the person declined the channel (M-02)."""
        known(channel, CHANNELS, "channel")
        check_reach(channel, address, declined)
        return [
            Queued(
                case=case,
                recipient=recipient,
                channel=channel,
                occasion=known(occasion, OCCASIONS, "occasion"),
                template=template,
                language=known(language, LANGUAGES, "language"),
                address=Sealed(recipient, "address", address),
                text=Sealed(recipient, "text", {"subject": subject, "body": body}),
                not_before=not_before,
                about=about,
                retry_of=retry_of,
            )
        ]

    @decides("M-03", REPEATABLE)
    def repeat(self, *, message: str) -> list[Event]:
        """Name the message that says it again, once (M-03)."""
        if self.repeated_as:
            raise Refused(rule="M-03", text=N_("这条消息已经重发过，请看重发的那一条。"))
        return [Repeated(message=message)]

    @decides("M-03", {QUEUED})
    def defer(self, *, attempt: int, reason: str, retry_at: datetime) -> list[Event]:
        """Wait after a hand-over that certainly failed and may go better later."""
        return [
            Deferred(attempt=attempt, reason=known(reason, REASONS, "reason"), retry_at=retry_at)
        ]

    @decides("M-03", {QUEUED, UNKNOWN, DELIVERED, FAILED, WITHDRAWN})
    def hand_over(self, *, attempt: int, adapter: str, reference: str) -> list[Event]:
        """Record that the channel took it; a receipt, or who took it back, may have been faster."""
        return [HandedOver(attempt=attempt, adapter=adapter, reference=reference)]

    @decides("M-03", {QUEUED})
    def write_down(self, *, attempt: int) -> list[Event]:
        """Record that no channel is configured."""
        return [WrittenDown(attempt=attempt)]

    @decides("M-03", {QUEUED})
    def lose_sight(self, *, attempt: int, adapter: str, reason: str) -> list[Event]:
        """Record that nobody can say whether the channel has it; a person decides."""
        return [
            OutcomeUnknown(
                attempt=attempt, adapter=adapter, reason=known(reason, REASONS, "reason")
            )
        ]

    @decides("M-04", EVERY)
    def deliver(self, *, receipt: str) -> list[Event]:
        """Take a receipt of delivery; a second one adds nothing (M-04).

        It outweighs an earlier receipt that denied it: who has the message has it.
        """
        self._had_by_a_channel()
        return [] if self.state == DELIVERED else [Delivered(receipt=receipt)]

    @decides("M-04", EVERY)
    def deny(self, *, detail: str) -> list[Event]:
        """Take a receipt that says it did not arrive; what was delivered stays delivered (M-04)."""
        self._had_by_a_channel()
        if self.state in {DELIVERED, FAILED}:
            return []
        return [Failed(reason="not_delivered", detail=detail)]

    @decides("M-03", {QUEUED})
    def fail(self, *, reason: str, detail: str = "") -> list[Event]:
        """Give up before any channel took it."""
        return [Failed(reason=known(reason, REASONS, "reason"), detail=detail)]

    @decides("M-05", {QUEUED})
    def withdraw(self) -> list[Event]:
        """Take it back while no channel has it (M-05)."""
        return [Withdrawn()]

    @decides("M-05", EVERY)
    def settle(self, *, how: str) -> list[Event]:
        """Record how the person was told otherwise, once (M-05)."""
        if self.settled:
            return []
        return [Settled(how=known(how, SETTLED_HOW, "how"))]

    def _had_by_a_channel(self) -> None:
        """Refuse a receipt for what no channel can have had (M-04)."""
        if self.state in {DRY, WITHDRAWN}:
            raise Refused(rule="M-04", text=N_("这条消息没有交给过通道，不能有回执。"))
