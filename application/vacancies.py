"""Employers and their vacancies: register, check, publish, withdraw (V-01 to V-10)."""

from collections.abc import Callable, Iterable
from datetime import date

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Stamp, Store
from domain.employer import Employer
from domain.kernel import Event
from domain.money import Fen
from domain.settings import Settings
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted
from domain.vacancy.text import MinimumWage, Warned, wage_in_force

EDIT, POST = "employer.edit", "vacancy.edit"


class Employers(Desk):
    """What may be asked about employers; `holder` gives the active one with a code, or ""."""

    def __init__(self, store: Store, *, holder: Callable[[str], str]) -> None:
        """Take the store and the look-up by credit code (V-10)."""
        super().__init__(store)
        self._holder = holder

    def register(
        self,
        *,
        kind: str,
        district: str,
        stamp: Stamp,
        name: str = "",
        credit_code: str = "",
        person: str = "",
        industry: str = "",
        employer: str = "",
    ) -> Done:
        """Register an employer; `Done.streams` names it (V-09, V-10)."""
        return self._take(
            (Employer, employer or new_stream("employer")),
            stamp,
            EDIT,
            Employer.register,
            kind=kind,
            district=district,
            name=name,
            credit_code=credit_code,
            person=person,
            industry=industry,
            holder=self._held(credit_code),
        )

    def correct_details(
        self, employer: str, *, field: str, value: str, reason: str, stamp: Stamp
    ) -> Done:
        """Correct name, district or code (V-09, V-10)."""
        holder = self._held(value) if field == "credit_code" else ""
        return self._take(
            (Employer, employer),
            stamp,
            EDIT,
            Employer.correct_details,
            field=field,
            value=value,
            reason=reason,
            holder="" if holder == employer else holder,
        )

    def name_contact(self, employer: str, *, person: str, role: str, stamp: Stamp) -> Done:
        """Name the person to ask for."""
        return self._take(
            (Employer, employer), stamp, EDIT, Employer.name_contact, person=person, role=role
        )

    def check_documents(
        self,
        employer: str,
        *,
        result: str,
        stamp: Stamp,
        licence_valid_until: date | None = None,
    ) -> Done:
        """Record the check of the licence (V-04)."""
        return self._take(
            (Employer, employer),
            stamp,
            EDIT,
            Employer.check_documents,
            result=result,
            licence_valid_until=licence_valid_until,
        )

    def estimate_capacity(self, employer: str, *, workers: int, stamp: Stamp) -> Done:
        """Note how many workers it could take."""
        return self._take(
            (Employer, employer), stamp, EDIT, Employer.estimate_capacity, workers=workers
        )

    def list_stop(self, employer: str, *, reason: str, stamp: Stamp, dispute: str = "") -> Done:
        """Put it on the stop list (V-04)."""
        return self._take(
            (Employer, employer),
            stamp,
            EDIT,
            Employer.list_stop,
            reason=reason,
            entered_by=stamp.actor,
            dispute=dispute,
        )

    def lift_stop(self, employer: str, *, reason: str, stamp: Stamp) -> Done:
        """Take it off the stop list; by somebody else (V-10)."""
        return self._take(
            (Employer, employer), stamp, EDIT, Employer.lift_stop, reason=reason, by=stamp.actor
        )

    def close(self, employer: str, *, reason: str, stamp: Stamp) -> Done:
        """Note that it is no more."""
        return self._take((Employer, employer), stamp, EDIT, Employer.close, reason=reason)

    def _held(self, code: str) -> str:
        return self._holder(code.strip().upper()) if code.strip() else ""


class Vacancies(Desk):
    """What may be asked about posts; `wages` is the table of minimum wages (Q-08)."""

    def __init__(
        self,
        store: Store,
        *,
        settings: Callable[[], Settings],
        wages: Callable[[], Iterable[MinimumWage]] = tuple,
    ) -> None:
        """Take the store, the settings and the table of minimum wages."""
        super().__init__(store)
        self._settings, self._wages = settings, wages

    def draft(self, *, terms: Drafted, stamp: Stamp, fee: Fen, vacancy: str = "") -> Done:
        """Write a post down; `Done.streams` names it (V-02, V-03, V-05, V-07, V-08)."""
        return self._take(
            (Vacancy, vacancy or new_stream("vacancy")),
            stamp,
            POST,
            Vacancy.draft,
            terms=terms,
            fee=fee,
            wage=self._wage(terms.place, stamp),
            recheck_days=self._days(stamp),
            occurred_on=stamp.occurred_on,
        )

    def warnings(self, vacancy: str, on: date) -> list[Warned]:
        """List what a person has to look at before the post goes on (V-01, V-02, V-03, V-08)."""
        post = self._store.load(Vacancy, vacancy)
        place = post.terms.place if post.terms else ""
        return post.warnings(wage_in_force(self._wages(), place, on))

    def submit(self, vacancy: str, *, stamp: Stamp) -> Done:
        """Hand a draft in."""
        return self._take((Vacancy, vacancy), stamp, POST, Vacancy.submit)

    def verify(
        self,
        vacancy: str,
        *,
        method: str,
        stamp: Stamp,
        findings: tuple[str, ...] = (),
        photo_sha256: str | None = None,
    ) -> Done:
        """Record a check on the spot 探岗."""
        return self._take(
            (Vacancy, vacancy),
            stamp,
            POST,
            Vacancy.verify,
            method=method,
            findings=findings,
            photo_sha256=photo_sha256,
        )

    def reject(self, vacancy: str, *, reason: str, stamp: Stamp) -> Done:
        """Decline to publish."""
        return self._take((Vacancy, vacancy), stamp, POST, Vacancy.reject, reason=reason)

    def publish(self, vacancy: str, *, stamp: Stamp) -> Done:
        """Publish a verified post (V-03 to V-06)."""

        def decide(post: Vacancy) -> list[Event]:
            employer = self._store.load(Employer, post.employer)
            return post.publish(
                employer_stopped=employer.stopped or employer.closed,
                employer_documented=employer.documented_on(stamp.occurred_on),
                wage=self._wage(post.terms.place if post.terms else "", stamp),
                recheck_days=self._days(stamp),
                occurred_on=stamp.occurred_on,
            )

        return self._take((Vacancy, vacancy), stamp, POST, decide)

    def pause(self, vacancy: str, *, reason: str, stamp: Stamp) -> Done:
        """Take it off the board for a while."""
        return self._take((Vacancy, vacancy), stamp, POST, Vacancy.pause, reason=reason)

    def resume(self, vacancy: str, *, stamp: Stamp) -> Done:
        """Put it back on the board (V-04, V-05)."""

        def decide(post: Vacancy) -> list[Event]:
            employer = self._store.load(Employer, post.employer)
            return post.resume(
                employer_stopped=employer.stopped or employer.closed,
                employer_documented=employer.documented_on(stamp.occurred_on),
                recheck_days=self._days(stamp),
                occurred_on=stamp.occurred_on,
            )

        return self._take((Vacancy, vacancy), stamp, POST, decide)

    def renew(self, vacancy: str, *, valid_until: date, stamp: Stamp) -> Done:
        """Set a later last day (V-05)."""
        return self._take(
            (Vacancy, vacancy),
            stamp,
            POST,
            Vacancy.renew,
            valid_until=valid_until,
            recheck_days=self._days(stamp),
            occurred_on=stamp.occurred_on,
        )

    def revise(self, vacancy: str, *, field: str, value: object, stamp: Stamp) -> Done:
        """Change one of the terms (V-03, V-07, V-08)."""

        def decide(post: Vacancy) -> list[Event]:
            place = str(value) if field == "place" else post.terms.place if post.terms else ""
            return post.revise(field=field, value=value, wage=self._wage(place, stamp))

        return self._take((Vacancy, vacancy), stamp, POST, decide)

    def file_complaint(
        self, vacancy: str, *, reason: str, summary: str, stamp: Stamp, person: str = ""
    ) -> Done:
        """Take a complaint about a post."""
        return self._take(
            (Vacancy, vacancy),
            stamp,
            POST,
            Vacancy.file_complaint,
            vacancy=vacancy,
            reason=reason,
            summary=summary,
            person=person,
        )

    def match_quickly(
        self, vacancy: str, *, day: date, count: int, stamp: Stamp, person: str = ""
    ) -> Done:
        """Count people sent for a day's work (F-49)."""
        return self._take(
            (Vacancy, vacancy),
            stamp,
            POST,
            Vacancy.match_quickly,
            day=day,
            count=count,
            occurred_on=stamp.occurred_on,
            person=person,
        )

    def withdraw(self, vacancy: str, *, reason: str, stamp: Stamp) -> Done:
        """Take a post down for good."""
        return self._take((Vacancy, vacancy), stamp, POST, Vacancy.withdraw, reason=reason)

    def _days(self, stamp: Stamp) -> int:
        return self._settings().value("vacancy_days", stamp.occurred_on)

    def _wage(self, place: str, stamp: Stamp) -> MinimumWage | None:
        return wage_in_force(self._wages(), place, stamp.occurred_on)
