"""The opening of a seeker's case 求职登记与评估."""

from collections.abc import Sequence
from datetime import date

from application import rights
from application.assistance_desk import Desk
from application.ids import new_stream
from application.store import Done, Part, Stamp
from domain.calendar import add_months
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.values import Wants, wished


class Opening(Desk):
    """The opening of a seeker's case 求职登记与评估."""

    def record_lead(
        self,
        *,
        person: str,
        station: str,
        channel: str,
        note: str,
        stamp: Stamp,
        group: str = "",
        informant: str = "",
    ) -> Done:
        """Record a lead in a new case of a person without ID number."""
        self._own_station(stamp, station)
        return self._take(
            new_stream("seeker"),
            stamp,
            "seeker.lead",
            SeekerCase.record_lead,
            person=person,
            station=station,
            channel=channel,
            note=note,
            group=group,
            informant=informant,
        )

    def register(
        self,
        *,
        person: str,
        station: str,
        channel: str,
        sex: str,
        domicile: str,
        activity: str,
        wants: Wants,
        notice_version: str,
        stamp: Stamp,
        legal_basis: str = "consent",
        lead: str = "",
        valid_until: date | None = None,
    ) -> Done:
        """Register a person, in a new case or in the case of a lead (S-01, S-02, 9.3)."""
        self._own_station(stamp, station)
        birth, on = self._birth(person), stamp.occurred_on
        county = self._outside.county(station)
        until = valid_until or add_months(on, self._setting("registration_months", stamp))

        def decision(seeker: SeekerCase) -> list[Event]:
            return seeker.register(
                occurred_on=on,
                person=person,
                station=station,
                county=county,
                serial=self._store.next_serial(county, on.year, "seeker"),
                channel=channel,
                birth=birth,
                sex=sex,
                domicile=domicile,
                activity=activity,
                wants=wants,
                notice_version=notice_version,
                valid_until=until,
                legal_basis=legal_basis,
                other_case=self._outside.open_case(person),
            )

        case = lead or new_stream("seeker")
        return self._store.decide(stamp, Part(SeekerCase, case, decision, "seeker.edit"))

    def _own_station(self, stamp: Stamp, station: str) -> None:
        """Refuse a new case for a station that the asker does not serve (S-16)."""
        if "station_manager" not in stamp.who.roles:
            rights.check_station(stamp.who, station)

    def renew_registration(
        self, case: str, *, stamp: Stamp, valid_until: date | None = None
    ) -> Done:
        """Let the registration be valid for longer; by default the months of the setting."""
        months = self._setting("registration_months", stamp)
        until = valid_until or add_months(stamp.occurred_on, months)
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.renew_registration, valid_until=until
        )

    def change_wishes(
        self,
        case: str,
        *,
        stamp: Stamp,
        trades: Sequence[str] = (),
        hours: Sequence[str] = (),
        free_from: str = "",
        free_until: str = "",
        places: Sequence[str] = (),
        pay: Fen | None = None,
    ) -> Done:
        """Record what the person looks for from now on; `free_from` and `free_until` are HH:MM."""
        wants = wished(
            trades=trades,
            hours=hours,
            free_from=free_from,
            free_until=free_until,
            places=places,
            pay=pay,
        )
        return self._take(case, stamp, "seeker.edit", SeekerCase.change_wishes, wants=wants)

    def give_consent(self, case: str, *, purpose: str, notice_version: str, stamp: Stamp) -> Done:
        """Record a consent (S-18)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.give_consent,
            purpose=purpose,
            notice_version=notice_version,
        )

    def withdraw_consent(self, case: str, *, purpose: str, stamp: Stamp) -> Done:
        """Record that a consent was withdrawn."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.withdraw_consent, purpose=purpose)

    def register_unemployment(
        self, case: str, *, lost_on: date, reason: str, promise: bool, stamp: Stamp
    ) -> Done:
        """Register as unemployed (S-04)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.register_unemployment,
            occurred_on=stamp.occurred_on,
            lost_on=lost_on,
            reason=reason,
            promise=promise,
        )

    def cancel_unemployment(self, case: str, *, reason: str, stamp: Stamp) -> Done:
        """End the status of unemployed."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.cancel_unemployment, reason=reason)

    def tag_group(self, case: str, *, group: str, stamp: Stamp) -> Done:
        """Mark a key group."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.tag_group, group=group)

    def untag_group(self, case: str, *, group: str, reason: str, stamp: Stamp) -> Done:
        """Take a key group off."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.untag_group, group=group, reason=reason
        )

    def assess_ability(
        self, case: str, *, area: str, level: str, stamp: Stamp, note: str = ""
    ) -> Done:
        """Record what the person can do."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.assess_ability, area=area, level=level, note=note
        )

    def assess_willingness(self, case: str, *, level: str, stamp: Stamp, note: str = "") -> Done:
        """Record how much the person wants to work."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.assess_willingness, level=level, note=note
        )

    def assess_needs(
        self,
        case: str,
        *,
        needs: Sequence[str],
        stamp: Stamp,
        barriers: Sequence[str] = (),
        activity: str = "",
        note: str = "",
    ) -> Done:
        """Record needs and barriers."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.assess_needs,
            needs=needs,
            barriers=barriers,
            activity=activity,
            note=note,
        )

    def assign_tier(self, case: str, *, tier: str, reason: str, stamp: Stamp) -> Done:
        """Assign the tier."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.assign_tier, tier=tier, reason=reason
        )
