"""Decisions of the opening: lead, registration, consents, unemployment, groups, assessment."""

from collections.abc import Sequence
from datetime import date

from domain import codes
from domain.codes import known
from domain.identity import SEXES, age_on
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.seeker import facts
from domain.seeker.checks import (
    has_consent,
    has_group,
    is_unemployed,
    may_be_unemployed,
    shares,
    written,
)
from domain.seeker.records import ANY, LEAD, NEW, OPEN, PAUSED
from domain.seeker.state import SeekerState
from domain.seeker.values import Wants

LOWEST_AGE = 16


class RegistrationPhase(SeekerState):
    """From a lead to a known person with known needs."""

    @decides("S-00", NEW)
    def record_lead(
        self,
        *,
        person: str,
        station: str,
        channel: str,
        note: str,
        group: str = "",
        informant: str = "",
    ) -> list[Event]:
        """Record that somebody told of a person; no ID number is asked for (2.4)."""
        known(channel, codes.CHANNELS, "channel")
        if group:
            known(group, codes.KEY_GROUPS, "group")
        return [
            facts.LeadRecorded(
                person=person,
                station=station,
                channel=channel,
                group=group or None,
                informant=informant or None,
                note=Sealed(person, "note", note),
            )
        ]

    @decides("S-00", NEW | LEAD)
    def register(
        self,
        *,
        occurred_on: date,
        person: str,
        station: str,
        county: str,
        serial: int,
        channel: str,
        birth: date,
        sex: str,
        domicile: str,
        activity: str,
        wants: Wants,
        notice_version: str,
        valid_until: date,
        legal_basis: str = "consent",
        other_case: str = "",
    ) -> list[Event]:
        """Register a person who looks for work (S-01: 劳动法 15; S-02; PIPL 14).

        `other_case` is the open case of the same ID number, if the application found one.
        """
        if age_on(birth, occurred_on) < LOWEST_AGE:
            raise Refused(
                rule="S-01",
                text=N_("登记之日未满{age}周岁，不能办理求职登记。"),
                field="birth",
                age=LOWEST_AGE,
            )
        if other_case:
            raise Refused(
                rule="S-02",
                text=N_("此人已有未退出的案卷{other}，请移交或并案。"),
                field="person",
                other=other_case,
            )
        known(channel, codes.CHANNELS, "channel")
        known(activity, codes.ACTIVITIES, "activity")
        known(legal_basis, codes.LEGAL_BASES, "legal_basis")
        if sex not in SEXES:
            raise Refused(rule="S-00", text=N_("“{code}”不是可选的代码。"), field="sex", code=sex)
        if valid_until <= occurred_on:
            raise Refused(rule="S-00", text=N_("有效期须晚于登记日期。"), field="valid_until")
        return [
            facts.Registered(
                person=person,
                station=station,
                case_no=f"JS-{county}-{occurred_on.year}-{serial:06d}",
                serial=serial,
                channel=channel,
                birth_year=birth.year,
                sex=sex,
                domicile=domicile,
                activity=activity,
                wants=wants,
                legal_basis=legal_basis,
                notice_version=notice_version,
                valid_until=valid_until,
            )
        ]

    @decides("S-00", OPEN)
    def renew_registration(self, *, valid_until: date) -> list[Event]:
        """Let the registration be valid for longer (Q-12)."""
        if self.valid_until and valid_until <= self.valid_until:
            raise Refused(
                rule="S-00",
                text=N_("新的有效期须晚于现有效期{valid_until}。"),
                field="valid_until",
                valid_until=self.valid_until,
            )
        return [facts.RegistrationRenewed(valid_until=valid_until)]

    @decides("S-00", OPEN)
    def change_wishes(self, *, wants: Wants) -> list[Event]:
        """Record what the person looks for from now on; what stands already is no change."""
        if wants == self.wants:
            raise Refused(rule="S-00", text=N_("意向与现有的相同，没有变更。"), field="trades")
        return [facts.WishesChanged(wants=wants)]

    @decides("S-00", ANY)
    def give_consent(self, *, purpose: str, notice_version: str) -> list[Event]:
        """Record a consent and the version of the notice that was read (PIPL 14, S-18)."""
        known(purpose, codes.PURPOSES, "purpose")
        written(notice_version, "notice_version")
        return [facts.ConsentGiven(purpose=purpose, notice_version=notice_version)]

    @decides("S-00", ANY, also=(has_consent,))
    def withdraw_consent(self, *, purpose: str) -> list[Event]:
        """Record that a consent was withdrawn (PIPL 15)."""
        if purpose not in self.consents and not (purpose == "share_employer" and shares(self)):
            raise Refused(rule="S-18", text=N_("没有可以撤回的同意。"), field="purpose")
        return [facts.ConsentWithdrawn(purpose=purpose)]

    @decides("S-00", OPEN, also=(may_be_unemployed,))
    def register_unemployment(
        self, *, occurred_on: date, lost_on: date, reason: str, promise: bool
    ) -> list[Event]:
        """Register as unemployed on a written promise (S-04; 就业促进法 35(5), 43)."""
        known(reason, codes.LOSS_REASONS, "reason")
        if not promise:
            raise Refused(rule="S-04", text=N_("失业登记须有本人书面承诺。"), field="promise")
        if lost_on > occurred_on:
            raise Refused(rule="S-04", text=N_("失业日期不能晚于登记日期。"), field="lost_on")
        return [facts.UnemploymentRegistered(lost_on=lost_on, reason=reason, promise=promise)]

    @decides("S-00", PAUSED, also=(is_unemployed,))
    def cancel_unemployment(self, *, reason: str) -> list[Event]:
        """End the legal status of unemployed."""
        known(reason, codes.UNEMPLOYMENT_ENDS, "reason")
        return [facts.UnemploymentCancelled(reason=reason)]

    @decides("S-00", OPEN)
    def tag_group(self, *, group: str) -> list[Event]:
        """Mark a key group that measures count."""
        known(group, codes.KEY_GROUPS, "group")
        if group in self.groups:
            raise Refused(rule="S-00", text=N_("已有此重点群体标记。"), field="group")
        return [facts.GroupTagged(group=group)]

    @decides("S-00", OPEN, also=(has_group,))
    def untag_group(self, *, group: str, reason: str) -> list[Event]:
        """Take a key group off, with the reason."""
        if group not in self.groups:
            raise Refused(rule="S-00", text=N_("没有此重点群体标记。"), field="group")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.GroupUntagged(group=group, reason=sealed)]

    @decides("S-00", OPEN)
    def assess_ability(self, *, area: str, level: str, note: str = "") -> list[Event]:
        """Record what the person can do in one area."""
        known(area, codes.ABILITY_AREAS, "area")
        known(level, codes.LEVELS, "level")
        return [facts.AbilityAssessed(area=area, level=level, note=self._note(note))]

    @decides("S-00", OPEN)
    def assess_willingness(self, *, level: str, note: str = "") -> list[Event]:
        """Record how much the person wants to work."""
        known(level, codes.LEVELS, "level")
        return [facts.WillingnessAssessed(level=level, note=self._note(note))]

    @decides("S-00", OPEN)
    def assess_needs(
        self,
        *,
        needs: Sequence[str],
        barriers: Sequence[str] = (),
        activity: str = "",
        note: str = "",
    ) -> list[Event]:
        """Record needs and barriers; with a tier the case is assessed (2.4)."""
        if not needs:
            raise Refused(rule="S-00", text=N_("请至少选择一项需求。"), field="needs")
        for need in needs:
            known(need, codes.NEEDS, "needs")
        for barrier in barriers:
            known(barrier, codes.BARRIERS, "barriers")
        if activity:
            known(activity, codes.ACTIVITIES, "activity")
        return [
            facts.NeedsAssessed(
                needs=tuple(needs),
                barriers=tuple(barriers),
                activity=activity or None,
                note=self._note(note),
            )
        ]

    @decides("S-00", OPEN)
    def assign_tier(self, *, tier: str, reason: str) -> list[Event]:
        """Assign the tier that decides on interval and promise (2.3), with the reason."""
        known(tier, codes.TIERS, "tier")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.TierAssigned(tier=tier, reason=sealed)]

    def _note(self, note: str) -> Sealed | None:
        """Seal a note under the person's key; no note is none."""
        return Sealed(self.person, "note", note) if note.strip() else None
