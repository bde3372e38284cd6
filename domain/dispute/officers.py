"""Decisions about who works on a dispute: assignment, recusal, transfer, hold."""

from collections.abc import Iterable
from datetime import date

from domain.dispute import facts
from domain.dispute.checks import known
from domain.dispute.records import MED, PAUSED, POST
from domain.dispute.state import DisputeState
from domain.kernel import N_, Event, Refused, Sealed, decides


def transfer_is_offered(state: DisputeState) -> None:
    """Refuse to accept or decline a transfer that nobody offered (D-22)."""
    if state.offered is None:
        raise Refused(rule="D-22", text=N_("本案没有待接收的移交。"))


def nothing_is_offered(state: DisputeState) -> None:
    """Refuse a second offer while the first one waits (D-22)."""
    if state.offered is not None:
        raise Refused(rule="D-22", text=N_("本案已有待接收的移交。"))


def is_held(state: DisputeState) -> None:
    """Refuse to lift a hold where there is none (D-22)."""
    if state.hold_until is None:
        raise Refused(rule="D-22", text=N_("本案没有暂缓。"))


class OfficersPhase(DisputeState):
    """Who is responsible."""

    @decides("D-00", MED | POST | {"SUSPENDED"})
    def assign_mediator(
        self, *, mediator: str, role: str = "owner", reason: str | None = None, unfit: str = ""
    ) -> list[Event]:
        """Assign a mediator; a change of the owner gives the reason (D-03).

        `unfit` comes from outside: '' or why this account may not mediate here.
        """
        known(role, {"owner", "co_worker"}, "role")
        if mediator in self.recused:
            raise Refused(rule="D-03", text=N_("该调解员已回避本案。"), field="mediator")
        if unfit:
            raise Refused(
                rule="D-03",
                text=N_("该调解员不能承办本案：{reason}。"),
                field="mediator",
                reason=unfit,
            )
        if self.mediators.get(mediator) == role:
            raise Refused(rule="D-03", text=N_("该调解员已承办本案。"), field="mediator")
        if role == "owner" and self.owner and not reason:
            raise Refused(rule="D-03", text=N_("更换调解员须说明理由。"), field="reason")
        return [facts.MediatorAssigned(mediator=mediator, role=role, reason=reason)]

    @decides("D-00", MED | POST)
    def recuse_mediator(self, *, mediator: str, reason: str) -> list[Event]:
        """Take a mediator off the case for good (D-03)."""
        if mediator not in self.mediators:
            raise Refused(rule="D-03", text=N_("该调解员不承办本案。"), field="mediator")
        return [facts.MediatorRecused(mediator=mediator, reason=reason)]

    @decides("D-00", PAUSED)
    def unassign_mediator(self, *, mediator: str, reason: str) -> list[Event]:
        """Take somebody off the case without barring a return; for good is `recuse` (D-03)."""
        if mediator not in self.mediators:
            raise Refused(rule="D-03", text=N_("该调解员不承办本案。"), field="mediator")
        if not reason.strip():
            raise Refused(rule="D-03", text=N_("撤销指派须说明理由。"), field="reason")
        return [facts.MediatorUnassigned(mediator=mediator, reason=reason)]

    @decides("D-00", PAUSED, also=(nothing_is_offered,))
    def offer_transfer(
        self, *, to_station: str, reason: str, to_officer: str | None = None
    ) -> list[Event]:
        """Offer the case to another station or officer; the sender stays responsible (F-41)."""
        if to_station == self.station and to_officer in {None, self.owner}:
            raise Refused(rule="D-22", text=N_("接收方与当前承办方相同。"), field="to_station")
        return [
            facts.TransferOffered(
                to_station=to_station,
                to_officer=to_officer,
                reason=Sealed(self.subject, "reason", reason),
            )
        ]

    @decides("D-00", PAUSED, also=(transfer_is_offered,))
    def decline_transfer(self, *, by_station: Iterable[str], reason: str) -> list[Event]:
        """Give the offer back; only the receiver can (D-22). Stations: those served."""
        self._receiver(by_station, "")
        return [facts.TransferDeclined(reason=Sealed(self.subject, "reason", reason))]

    @decides("D-00", PAUSED, also=(transfer_is_offered,))
    def accept_transfer(self, *, by_station: Iterable[str], officer: str) -> list[Event]:
        """Take the case over; only the receiver can (D-22)."""
        self._receiver(by_station, officer)
        return [facts.Transferred(to_station=self.offered_to, to_officer=officer)]

    def _receiver(self, stations: Iterable[str], officer: str) -> None:
        to_station, to_officer = self.offered or ("", None)
        named = to_officer in {None, officer} or not officer
        if to_station not in set(stations) or not named:
            raise Refused(rule="D-22", text=N_("只有接收方才能接收或拒绝移交。"))

    @decides("D-00", PAUSED)
    def place_hold(
        self, *, until: date, reason: str, occurred_on: date, days_most: int = 120
    ) -> list[Event]:
        """Let the case wait from 1 to 120 days (setting `hold_days_most`, D-22)."""
        if not 1 <= (until - occurred_on).days <= days_most:
            raise Refused(
                rule="D-22",
                text=N_("暂缓应为1至{days}天，所选日期为{until}。"),
                field="until",
                days=days_most,
                until=until,
            )
        return [facts.HoldPlaced(until=until, reason=reason)]

    @decides("D-00", PAUSED, also=(is_held,))
    def lift_hold(self) -> list[Event]:
        """End the hold before its day."""
        return [facts.HoldLifted()]
