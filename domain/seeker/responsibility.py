"""Decisions about responsibility: officers, transfer between stations, holds, suspension."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain import codes
from domain.codes import known
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.seeker import facts
from domain.seeker.checks import has_officer, is_held, is_offered, overriding, written
from domain.seeker.records import KEPT, OPEN, SUSPENDED, Pause
from domain.seeker.registration import RegistrationPhase
from domain.seeker.values import Caps


class ResponsibilityPhase(RegistrationPhase):
    """Who is responsible, and what rests."""

    @decides("S-00", KEPT)
    def assign(self, *, officer: str, role: str = "owner", note: str = "") -> list[Event]:
        """Put an officer on the case; a new owner makes the former one a co-worker."""
        known(role, codes.OFFICER_ROLES, "role")
        if self.roles.get(officer) == role:
            raise Refused(rule="S-00", text=N_("该专员已在本案担任此角色。"), field="officer")
        return [facts.Assigned(officer=officer, role=role, note=self._note(note))]

    @decides("S-00", KEPT, also=(has_officer,))
    def unassign(self, *, officer: str, reason: str) -> list[Event]:
        """Take an officer off the case, with the reason."""
        if officer not in self.roles:
            raise Refused(rule="S-00", text=N_("该专员不在本案中。"), field="officer")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.Unassigned(officer=officer, reason=sealed)]

    @decides("S-00", KEPT)
    def offer_transfer(
        self, *, to_station: str, reason: str, to_officer: str | None = None
    ) -> list[Event]:
        """Ask another station, or a named officer, to take the case over (S-16)."""
        if to_station == self.station and to_officer in {None, "", self.owner}:
            raise Refused(rule="S-16", text=N_("本案已属于该站点。"), field="to_station")
        return [
            facts.TransferOffered(
                to_station=to_station,
                to_officer=to_officer or None,
                reason=Sealed(self.person, "reason", written(reason, "reason")),
            )
        ]

    @decides("S-00", KEPT, also=(is_offered,))
    def decline_transfer(self, *, by_station: Iterable[str], reason: str) -> list[Event]:
        """Leave the case where it is; only the receiver may (S-16). Stations: those served."""
        self._receiver(by_station, "")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.TransferDeclined(reason=sealed)]

    @decides("S-00", KEPT, also=(is_offered,))
    def accept_transfer(self, *, by_station: Iterable[str], officer: str) -> list[Event]:
        """Take the case over; only the receiver may, until then the sender answers (S-16)."""
        self._receiver(by_station, officer)
        return [facts.Transferred(to_station=self.offered_to, to_officer=officer or None)]

    def _receiver(self, stations: Iterable[str], officer: str) -> None:
        if self.offered_to not in set(stations):
            raise Refused(
                rule="S-16",
                text=N_("本案移交给站点{station}，只能由接收方办理。"),
                station=self.offered_to,
            )
        if officer and self.offered_officer and officer != self.offered_officer:
            raise Refused(
                rule="S-16",
                text=N_("本案移交给指定的{officer}，须由其本人接收。"),
                officer=self.offered_officer,
            )

    @decides("S-00", KEPT)
    def place_hold(
        self, *, occurred_on: date, until: date, reason: str, days_most: int
    ) -> list[Event]:
        """Let the tasks of the case wait until a day (S-21, F-41)."""
        known(reason, codes.HOLD_REASONS, "reason")
        if not 1 <= (until - occurred_on).days <= days_most:
            raise Refused(
                rule="S-21",
                text=N_("暂缓须为1至{days}天。"),
                field="until",
                days=days_most,
            )
        return [facts.HoldPlaced(until=until, reason=reason)]

    @decides("S-00", KEPT, also=(is_held,))
    def lift_hold(self) -> list[Event]:
        """Let the tasks be due again before the day."""
        return [facts.HoldLifted()]

    @decides("S-00", OPEN)
    def suspend(
        self,
        *,
        occurred_on: date,
        today: date,
        reason: str,
        until: date,
        caps: Caps,
        override: str = "",
    ) -> list[Event]:
        """Let the case rest until a day, within the maxima of its reason (S-21, F-35)."""
        known(reason, codes.SUSPEND_REASONS, "reason")
        if until <= occurred_on:
            raise Refused(rule="S-21", text=N_("暂停截止日须晚于开始日。"), field="until")
        if not override and (today - occurred_on).days > caps.back:
            raise Refused(
                rule="S-21",
                text=N_("暂停最多可追溯{days}天，须由站长说明理由。"),
                field="occurred_on",
                days=caps.back,
            )
        over = self._over(reason, occurred_on, until, caps, override)
        passed = over or (today - occurred_on).days > caps.back
        granted = overriding("S-21", override, self.person) if passed else None
        return [facts.Suspended(reason=reason, until=until, override=granted)]

    @decides("S-00", SUSPENDED)
    def prolong_suspension(
        self, *, reason: str, until: date, caps: Caps, override: str = ""
    ) -> list[Event]:
        """Let the case rest for longer, within the same maxima counted from its first day."""
        known(reason, codes.SUSPEND_REASONS, "reason")
        pause = self.pause or Pause(reason, until)
        if until <= (pause.until or pause.from_on):
            raise Refused(rule="S-21", text=N_("延长后的截止日须晚于原截止日。"), field="until")
        over = self._over(reason, pause.from_on, until, caps, override)
        granted = overriding("S-21", override, self.person) if over else None
        return [facts.SuspensionProlonged(reason=reason, until=until, override=granted)]

    @decides("S-00", SUSPENDED)
    def resume(self) -> list[Event]:
        """Go on in the state before."""
        return [facts.Resumed()]

    def suspended_days(self, reason: str) -> int:
        """Sum the days of ended suspensions for a reason, for the maximum of all (S-21)."""
        spans = [p.ended_on - p.from_on for p in self.pauses if p.ended_on and p.reason == reason]
        return sum(spans, timedelta()).days

    def _over(self, reason: str, start: date, until: date, caps: Caps, override: str) -> bool:
        """Say whether a maximum is passed; without a station manager's reason refuse (S-21)."""
        days = (until - start).days
        if days > caps.single and not override:
            raise Refused(
                rule="S-21",
                text=N_("此原因单次暂停最多{days}天，须由站长说明理由。"),
                field="until",
                days=caps.single,
            )
        total = days + self.suspended_days(reason)
        if total > caps.total and not override:
            raise Refused(
                rule="S-21",
                text=N_("此原因累计暂停最多{days}天，已用{used}天，须由站长说明理由。"),
                field="until",
                days=caps.total,
                used=total - days,
            )
        return days > caps.single or total > caps.total
