"""Quick matches 零工快速撮合: people sent to a day's work; never a placement (F-49)."""

from collections.abc import Callable, Mapping
from datetime import date

from application.desk import Desk
from application.store import Done, Part, Stamp
from application.vacancies import POST
from domain.kernel import N_, Event, Refused
from domain.vacancy import Vacancy

MOST_LINES = 60


class QuickMatches(Desk):
    """What may be asked at the gig market's counter."""

    def record(self, lines: Mapping[str, int], *, day: date, stamp: Stamp) -> Done:
        """Record all lines of a sheet in one append, or none (V-05, V-07).

        The field of a refusal is `n_` and the post.
        """
        if not lines:
            raise Refused(rule="V-07", text=N_("请至少在一行填写人数。"), field="day")
        if len(lines) > MOST_LINES:
            raise Refused(
                rule="V-07", text=N_("一次最多登记{most}行。"), field="day", most=MOST_LINES
            )
        parts = [Part(Vacancy, post, self._line(post, count, day, stamp), POST)
                 for post, count in sorted(lines.items())]  # fmt: skip
        return self._store.decide(stamp, *parts)

    def _line(
        self, post: str, count: int, day: date, stamp: Stamp
    ) -> Callable[[Vacancy], list[Event]]:
        def decide(state: Vacancy) -> list[Event]:
            try:
                return state.match_quickly(day=day, count=count, occurred_on=stamp.occurred_on)
            except Refused as refused:
                raise Refused(
                    rule=refused.rule, text=refused.text, field=f"n_{post}", **refused.values
                ) from refused

        return decide
