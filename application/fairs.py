"""Job fairs 招聘会: announce, join, hold, follow."""

from collections.abc import Sequence
from datetime import date

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Stamp
from domain.employer import Employer
from domain.job_fair import JobFair
from domain.money import Fen
from domain.vacancy import Vacancy

RIGHT = "vacancy.edit"


class Fairs(Desk):
    """What may be asked about job fairs."""

    def announce(
        self,
        *,
        name: str,
        mode: str,
        on: date,
        place: str,
        safety_plan: bool,
        fee: Fen,
        stamp: Stamp,
        series: str = "",
        fair: str = "",
    ) -> Done:
        """Announce a fair; `Done.streams` names it (J-01, J-02)."""
        return self._take(
            (JobFair, fair or new_stream("job_fair")),
            stamp,
            RIGHT,
            JobFair.announce,
            name=name,
            mode=mode,
            on=on,
            place=place,
            safety_plan=safety_plan,
            fee=fee,
            occurred_on=stamp.occurred_on,
            series=series,
        )

    def join_employer(
        self, fair: str, *, employer: str, vacancies: Sequence[str], stamp: Stamp
    ) -> Done:
        """Let an employer in with its published posts, counting their open seats (J-01)."""
        firm, day = self._store.load(Employer, employer), stamp.occurred_on
        posts = {name: self._store.load(Vacancy, name) for name in vacancies}
        return self._take(
            (JobFair, fair),
            stamp,
            RIGHT,
            JobFair.join_employer,
            employer=employer,
            vacancies=tuple(posts),
            headcount=sum(post.seats_left for post in posts.values()),
            checked=firm.documented_on(day) and firm.standing == "active",
            unpublished=[
                name
                for name, post in posts.items()
                if not post.is_open_on(day) or post.employer != employer
            ],
        )

    def leave_employer(self, fair: str, *, employer: str, stamp: Stamp) -> Done:
        """Let an employer go again."""
        return self._take((JobFair, fair), stamp, RIGHT, JobFair.leave_employer, employer=employer)

    def hold(
        self,
        fair: str,
        *,
        firms: int,
        posts: int,
        visitors: int,
        cvs: int,
        intents: int,
        stamp: Stamp,
    ) -> Done:
        """Record the counts of the day (J-01, J-03)."""
        return self._take(
            (JobFair, fair),
            stamp,
            RIGHT,
            JobFair.hold,
            firms=firms,
            posts=posts,
            visitors=visitors,
            cvs=cvs,
            intents=intents,
            occurred_on=stamp.occurred_on,
        )

    def record_intent(self, fair: str, *, seeker: str, vacancy: str, stamp: Stamp) -> Done:
        """Record a preliminary agreement."""
        return self._take(
            (JobFair, fair), stamp, RIGHT, JobFair.record_intent, seeker=seeker, vacancy=vacancy
        )

    def follow_result(self, fair: str, *, day: int, placed: int, stamp: Stamp) -> Done:
        """Record the placements after 15 or 30 days (J-03)."""
        return self._take(
            (JobFair, fair),
            stamp,
            RIGHT,
            JobFair.follow_result,
            day=day,
            placed=placed,
            occurred_on=stamp.occurred_on,
        )

    def cancel(self, fair: str, *, reason: str, stamp: Stamp) -> Done:
        """Cancel a fair."""
        return self._take((JobFair, fair), stamp, RIGHT, JobFair.cancel, reason=reason)
