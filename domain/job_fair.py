"""Job fairs 招聘会: checked firms, published posts, a safety plan, honest counts (J-01 - J-03)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from domain.amending import Amendable
from domain.kernel import N_, Correction, Event, Refused, Voiding, applies, decides
from domain.money import Fen

MODES = frozenset({"onsite", "community", "night", "live_stream", "mobile"})
FOLLOW_UPS = (15, 30)


# Facts


class Announced(Event, frozen=True, kw_only=True):
    """招聘会公告."""

    TOPIC = "job_fair.announced"

    name: str
    mode: str
    on: date
    place: str
    series: str | None = None
    safety_plan: bool


class EmployerJoined(Event, frozen=True, kw_only=True):
    """单位报名."""

    TOPIC = "job_fair.employer_joined"

    employer: str
    vacancies: tuple[str, ...]
    headcount: int


class EmployerLeft(Event, frozen=True, kw_only=True):
    """单位退出."""

    TOPIC = "job_fair.employer_left"

    employer: str


class Held(Event, frozen=True, kw_only=True):
    """举办: what was counted on the day."""

    TOPIC = "job_fair.held"

    firms: int
    posts: int
    visitors: int
    cvs: int
    intents: int


class IntentRecorded(Event, frozen=True, kw_only=True):
    """初步就业意向."""

    TOPIC = "job_fair.intent_recorded"

    seeker: str
    vacancy: str


class ResultFollowed(Event, frozen=True, kw_only=True):
    """会后跟踪: placements after 15 or 30 days."""

    TOPIC = "job_fair.result_followed"

    day: int
    placed: int


class Cancelled(Event, frozen=True, kw_only=True):
    """取消."""

    TOPIC = "job_fair.cancelled"

    reason: str


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "job_fair.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "job_fair.fact_voided"

    reason: str


# State


class JobFair(Amendable):
    """A fair from its notice to its results."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    state: str = "-"
    on: date | None = None
    safety_plan: bool = False
    firms: tuple[str, ...] = ()
    posts: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    headcounts: Mapping[str, int] = MappingProxyType({})
    counts: Held | None = None
    held_on: date | None = None
    intents: frozenset[tuple[str, str]] = frozenset()
    followed: Mapping[int, int] = MappingProxyType({})

    @property
    def standing(self) -> str:
        """`-`, announced, held or cancelled."""
        return self.state

    def due_on(self, day: int) -> date | None:
        """Give the day from which the follow-up of 15 or 30 days may be recorded."""
        return self.held_on + timedelta(days=day) if self.held_on else None

    def balanced(self) -> None:
        """Refuse amended counts that do not add up (J-03)."""
        if self.counts:
            self._check_counts(self.counts)

    @applies(Announced)
    def _announced(self, fact: Announced, _on: date) -> None:
        self.state, self.on, self.safety_plan = "announced", fact.on, fact.safety_plan

    @applies(EmployerJoined)
    def _employer_joined(self, fact: EmployerJoined, _on: date) -> None:
        self.firms = (*self.firms, fact.employer)
        self.posts = MappingProxyType({**self.posts, fact.employer: fact.vacancies})
        self.headcounts = MappingProxyType({**self.headcounts, fact.employer: fact.headcount})

    @applies(EmployerLeft)
    def _employer_left(self, fact: EmployerLeft, _on: date) -> None:
        self.firms = tuple(firm for firm in self.firms if firm != fact.employer)
        self.posts = MappingProxyType({f: p for f, p in self.posts.items() if f in self.firms})
        counts = {f: n for f, n in self.headcounts.items() if f in self.firms}
        self.headcounts = MappingProxyType(counts)

    @applies(Held)
    def _held(self, fact: Held, on: date) -> None:
        self.state, self.counts, self.held_on = "held", fact, on

    @applies(IntentRecorded)
    def _intent_recorded(self, fact: IntentRecorded, _on: date) -> None:
        self.intents |= {(fact.seeker, fact.vacancy)}

    @applies(ResultFollowed)
    def _result_followed(self, fact: ResultFollowed, _on: date) -> None:
        self.followed = MappingProxyType({**self.followed, fact.day: fact.placed})

    @applies(Cancelled)
    def _cancelled(self, _fact: Cancelled, _on: date) -> None:
        self.state = "cancelled"

    # Decisions

    @decides("J-00", {"-"})
    def announce(
        self,
        *,
        name: str,
        mode: str,
        on: date,
        place: str,
        safety_plan: bool,
        fee: Fen,
        occurred_on: date,
        series: str = "",
    ) -> list[Event]:
        """Announce a fair, free for seekers, with a safety plan (条例 36; J-01, J-02)."""
        if fee != 0:
            raise Refused(rule="J-02", text=N_("招聘会不得向求职者收费。"), field="fee")
        if mode not in MODES or not name.strip() or not place.strip():
            raise Refused(rule="J-00", text=N_("请填写名称、形式和地点。"), field="name")
        if not safety_plan:
            raise Refused(rule="J-01", text=N_("举办招聘会须有安全预案。"), field="safety_plan")
        if on < occurred_on:
            raise Refused(rule="J-01", text=N_("招聘会须事先公告。"), field="on")
        return [
            Announced(
                name=name.strip(),
                mode=mode,
                on=on,
                place=place.strip(),
                series=series or None,
                safety_plan=safety_plan,
            )
        ]

    @decides("J-00", {"announced"})
    def join_employer(
        self,
        *,
        employer: str,
        vacancies: Sequence[str],
        headcount: int,
        checked: bool,
        unpublished: Sequence[str],
    ) -> list[Event]:
        """Let a checked employer in with its published posts (条例 36, J-01)."""
        if not checked:
            raise Refused(
                rule="J-01", text=N_("用人单位证照未核验或在停用名单上。"), field="employer"
            )
        if unpublished or not vacancies:
            raise Refused(rule="J-01", text=N_("参会岗位须已核实并发布。"), field="vacancies")
        if employer in self.firms:
            raise Refused(rule="J-03", text=N_("该单位已报名。"), field="employer")
        if headcount < 1:
            raise Refused(rule="J-03", text=N_("人数不能为负数或零。"), field="headcount")
        return [EmployerJoined(employer=employer, vacancies=tuple(vacancies), headcount=headcount)]

    @decides("J-00", {"announced"})
    def leave_employer(self, *, employer: str) -> list[Event]:
        """Let an employer go again."""
        if employer not in self.firms:
            raise Refused(rule="J-03", text=N_("该单位没有报名。"), field="employer")
        return [EmployerLeft(employer=employer)]

    @decides("J-00", {"announced"})
    def hold(
        self,
        *,
        firms: int,
        posts: int,
        visitors: int,
        cvs: int,
        intents: int,
        occurred_on: date,
    ) -> list[Event]:
        """Record the counts of the day (J-01, J-03)."""
        if not self.firms or not self.safety_plan:
            raise Refused(rule="J-01", text=N_("没有经核验的参会单位，不能举办。"))
        if self.on and occurred_on < self.on:
            raise Refused(
                rule="J-03", text=N_("招聘会定于{on}，尚未举办。"), field="occurred_on", on=self.on
            )
        counts = Held(firms=firms, posts=posts, visitors=visitors, cvs=cvs, intents=intents)
        self._check_counts(counts)
        return [counts]

    def _check_counts(self, counts: Held) -> None:
        """Refuse counts below zero, firms that never joined, more intents than people (J-03)."""
        for name in ("firms", "posts", "visitors", "cvs", "intents"):
            if getattr(counts, name) < 0:
                raise Refused(rule="J-03", text=N_("人数和岗位数不能为负数。"), field=name)
        if counts.firms > len(self.firms):
            raise Refused(
                rule="J-03",
                text=N_("到场单位多于报名单位({joined}家)。"),
                field="firms",
                joined=len(self.firms),
            )
        if counts.intents > counts.visitors:
            raise Refused(rule="J-03", text=N_("意向人数不能多于到场人数。"), field="intents")

    @decides("J-00", {"announced", "held"})
    def record_intent(self, *, seeker: str, vacancy: str) -> list[Event]:
        """Record a preliminary agreement, once for a seeker and a post of the fair."""
        if not any(vacancy in posts for posts in self.posts.values()):
            raise Refused(rule="J-04", text=N_("意向岗位须是本场参会岗位。"), field="vacancy")
        if (seeker, vacancy) in self.intents:
            raise Refused(rule="J-03", text=N_("该意向已登记。"), field="seeker")
        return [IntentRecorded(seeker=seeker, vacancy=vacancy)]

    @decides("J-00", {"held"})
    def follow_result(self, *, day: int, placed: int, occurred_on: date) -> list[Event]:
        """Record how many were placed after 15 or 30 days, not before (J-03)."""
        if day not in FOLLOW_UPS or day in self.followed:
            raise Refused(rule="J-03", text=N_("会后跟踪为第15天和第30天，各一次。"), field="day")
        if placed < 0:
            raise Refused(rule="J-03", text=N_("人数和岗位数不能为负数。"), field="placed")
        due = self.due_on(day) or occurred_on
        if occurred_on < due:
            raise Refused(
                rule="J-03",
                text=N_("第{day}天跟踪最早于{due}登记。"),
                field="occurred_on",
                day=day,
                due=due,
            )
        return [ResultFollowed(day=day, placed=placed)]

    @decides("J-00", {"announced"})
    def cancel(self, *, reason: str) -> list[Event]:
        """Cancel a fair."""
        return [Cancelled(reason=reason)]
