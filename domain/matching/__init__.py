"""Matching 人岗匹配: how well a seeker and a post fit, point by point, each with its sentence.

The points order a list and explain it. Nothing is decided by them: a member of staff refers, the
person answers (PIPL 24). Only what measures may count is read: no sealed value, and of a birthday
the year alone. Age and sex matter where the law forbids the work, and nowhere else (V-08).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from domain.kernel import N_, Value
from domain.matching.hours import Shifts, Span, Window, fits, inside, told, too_long, touches
from domain.money import Fen
from domain.vacancy.text import ADULT, FORBIDDEN_FOR_MINORS, FORBIDDEN_FOR_WOMEN

# The most that each point gives; together 100.
MOST: Mapping[str, int] = MappingProxyType(
    {"trade": 30, "hours": 20, "pay": 15, "skills": 15, "place": 10, "near": 10}
)
TRADE_OPEN = 15  # no trade was wished for
HOURS_PART, HOURS_UNKNOWN = 6, 10
PAY_PART, PAY_UNKNOWN = 8, 7
ABILITY: Mapping[str, int] = MappingProxyType({"low": 2, "middle": 5, "high": 8})
TRAINED, CERTIFIED = 4, 3
NEAR = (10, 8, 6, 4, 2)  # by steps in the network of stations
NEAR_COUNTY, NEAR_CITY = 5, 2  # stations of networks that do not meet
# What an earlier refusal takes away, by its reason, where the post shares what was refused.
REFUSED: Mapping[str, int] = MappingProxyType(
    {"trade": 15, "pay": 10, "hours": 10, "distance": 10, "false_post": 20, "unlawful_post": 20}
)
REFUSED_SAME, REFUSED_MOST = 30, 40
REMEMBERED = timedelta(365)
# 劳社部发〔2008〕3号: a month's pay counts 21.75 days of 8 hours.
HOURS_OF_A_MONTH = 174
STRAINING = frozenset({"heavy", "frequent_load", "height", "toxic", "underground"})
SEEKING = frozenset({"REGISTERED", "ASSESSED", "IN_SERVICE"})

# Which assessed areas of ability a trade draws on.
DRAWS_ON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "catering": ("cooking", "sales"),
        "domestic": ("care", "cooking"),
        "retail": ("sales",),
        "logistics": ("machine",),
        "construction": ("machine",),
        "garment": ("handcraft", "machine"),
        "electronics": ("machine", "handcraft"),
        "lamps": ("handcraft", "machine"),
        "handcraft": ("handcraft",),
        "office": ("office", "digital"),
        "cost_engineering": ("office", "digital"),
        "teaching": ("teaching",),
        "beauty": ("handcraft", "sales"),
    }
)


class Refusal(NamedTuple):
    """One refusal of a seeker, with what the refused post offered."""

    vacancy: str
    employer: str
    reason: str
    on: date
    occupation: str = ""
    place: str = ""
    pay_to: int | None = None
    shortest: int | None = None


class Seeker(NamedTuple):
    """What is known of a seeker for a match: wishes, abilities, refusals; no name, no number."""

    case: str
    station: str = ""
    birth_year: int | None = None
    sex: str = ""
    trades: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    window: Window = Window()
    pay: int | None = None
    skills: Mapping[str, int] = MappingProxyType({})
    trained: Mapping[str, bool] = MappingProxyType({})  # trade -> with a certificate
    barriers: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class Post(NamedTuple):
    """What is known of a post for a match; pay in fen a month, None for piece rates."""

    vacancy: str
    station: str = ""
    employer: str = ""
    occupation: str = ""
    place: str = ""
    shifts: Shifts = Shifts()
    pay_from: int | None = None
    pay_to: int | None = None
    age_from: int = 16
    hazards: tuple[str, ...] = ()


class Near(NamedTuple):
    """How near a station is: points, and steps in the network (None: the networks do not meet)."""

    points: int
    steps: int | None


class Point(NamedTuple):
    """One point of the explanation: what, how many of how many, and why."""

    code: str
    points: int
    most: int
    text: str
    values: Mapping[str, Value] = MappingProxyType({})


class Match(NamedTuple):
    """A seeker and a post, explained; `notes` are what a person must look at before referring."""

    points: tuple[Point, ...]
    notes: tuple[Point, ...] = ()

    @property
    def total(self) -> int:
        """The sum of the points, which orders a list."""
        return sum(point.points for point in self.points)


def skills(abilities: Mapping[str, str]) -> dict[str, int]:
    """Give what assessed abilities are worth in each trade that draws on them."""
    found = {
        trade: max(ABILITY.get(abilities.get(area, ""), 0) for area in areas)
        for trade, areas in DRAWS_ON.items()
    }
    return {trade: points for trade, points in found.items() if points}


def monthly(pay: Fen, unit: str) -> int | None:
    """Give pay a month in fen; None for piece rates, which say nothing about a month."""
    return {"month": int(pay), "hour": int(pay) * HOURS_OF_A_MONTH}.get(unit)


def nearness(network: Mapping[str, tuple[str, str]], station: str) -> dict[str, Near]:
    """Say how near every station is to one; `network` gives parent and district of each."""
    above: dict[str, int] = {}
    place = station
    while place and place not in above:
        above[place] = len(above)
        place = network.get(place, ("", ""))[0]
    own = network.get(station, ("", ""))[1]
    return {other: _near(network, other, above, own) for other in network}


def _near(
    network: Mapping[str, tuple[str, str]], station: str, above: Mapping[str, int], own: str
) -> Near:
    place, steps, seen = station, 0, set[str]()
    while place and place not in above and place not in seen:
        seen.add(place)
        place, steps = network.get(place, ("", ""))[0], steps + 1
    if place in above:
        steps += above[place]
        return Near(NEAR[steps] if steps < len(NEAR) else 0, steps)
    district = network[station][1]
    if own and district[:6] == own[:6]:
        return Near(NEAR_COUNTY, None)
    return Near(NEAR_CITY if own and district[:4] == own[:4] else 0, None)


def lawful(seeker: Seeker, post: Post, year: int) -> bool:
    """Say whether the law lets this person do this work, as far as the year of birth tells (V-08).

    Of whom the year leaves it open, the list says so and a person looks (see `match`).
    """
    if seeker.sex == "female" and FORBIDDEN_FOR_WOMEN & set(post.hazards):
        return False
    return seeker.birth_year is None or year - seeker.birth_year >= _least_age(post)


def covers(wished: str, place: str) -> bool:
    """Say whether a wished place holds the place of a post: the same, or its city or county."""
    return place.startswith(prefix(wished))


def prefix(wished: str) -> str:
    """Give the first digits of every place inside a wished one: a city has four."""
    return wished[:4] if wished[4:6] == "00" else wished


def match(seeker: Seeker, post: Post, near: Near, on: date) -> Match:
    """Compare a seeker with a post, point by point."""
    points = [
        _trade(seeker, post),
        _hours(seeker, post),
        _pay(seeker, post),
        _skills(seeker, post),
        _place(seeker, post),
        _nearness(near),
    ]
    if taken := _refused(seeker, post, on):
        points.append(taken)
    return Match(tuple(points), tuple(_notes(seeker, post, on)))


def _trade(seeker: Seeker, post: Post) -> Point:
    most = MOST["trade"]
    if not seeker.trades:
        return Point("trade", TRADE_OPEN, most, N_("没有限定工种"))
    if post.occupation in seeker.trades:
        return Point("trade", most, most, N_("工种是本人想做的"))
    return Point("trade", 0, most, N_("工种不在本人意向内"))


def _hours(seeker: Seeker, post: Post) -> Point:
    most, free, worked = MOST["hours"], seeker.window, post.shifts
    if free == Window():
        return Point("hours", most, most, N_("本人没有限定时间"))
    if too_long(free, worked):
        return Point("hours", 0, most, N_("每班时间比本人能做的长"))
    if free.spans is not None and not worked.spans:
        return Point("hours", HOURS_UNKNOWN, most, N_("岗位没写上下班时间，须先问清"))
    shift = inside(free, worked)
    if fits(free, worked):
        plain = N_("上班时间在本人能做的时段内")
        named = N_("上班时间{worked}，在本人能做的{free}之内")
        return _timed(most, plain, named, [shift[0]] if shift else (), [shift[1]] if shift else ())
    if touches(free, worked):
        plain = N_("上班时间只有一部分合适，须与单位商量")
        named = N_("上班时间{worked}，本人能做{free}，只合一部分，须与单位商量")
        return _timed(HOURS_PART, plain, named, worked.spans, free.spans or ())
    plain = N_("上班时间不在本人能做的时段内")
    named = N_("上班时间{worked}，不在本人能做的{free}之内")
    return _timed(0, plain, named, worked.spans, free.spans or ())


def _timed(
    points: int, plain: str, named: str, worked: Sequence[Span], free: Sequence[Span]
) -> Point:
    """Say both sides by the clock, or plainly where one of them may be at any time."""
    said = {"worked": told(worked), "free": told(free)}
    if all(said.values()):
        return Point("hours", points, MOST["hours"], named, said)
    return Point("hours", points, MOST["hours"], plain)


def _pay(seeker: Seeker, post: Post) -> Point:
    most = MOST["pay"]
    if seeker.pay is None:
        return Point("pay", most, most, N_("本人没有限定工资"))
    if post.pay_from is None or post.pay_to is None:
        return Point("pay", PAY_UNKNOWN, most, N_("计件工资，不能按月比较"))
    wanted = {"pay": Fen(seeker.pay)}
    if post.pay_from >= seeker.pay:
        return Point("pay", most, most, N_("工资不低于本人要求的{pay}"), wanted)
    if post.pay_to >= seeker.pay:
        return Point("pay", PAY_PART, most, N_("工资上限达到本人要求的{pay}"), wanted)
    return Point("pay", 0, most, N_("工资低于本人要求的{pay}"), wanted)


def _skills(seeker: Seeker, post: Post) -> Point:
    most, able = MOST["skills"], seeker.skills.get(post.occupation, 0)
    certified = seeker.trained.get(post.occupation)
    if certified is None:
        text = N_("测评过相关能力") if able else N_("没有相关的测评、培训或证书")
        return Point("skills", able, most, text)
    points = able + TRAINED + (CERTIFIED if certified else 0)
    text = N_("学过此工种并取得证书") if certified else N_("学过此工种")
    return Point("skills", points, most, text)


def _place(seeker: Seeker, post: Post) -> Point:
    most = MOST["place"]
    if not seeker.places:
        return Point("place", most, most, N_("本人没有限定地点"))
    if any(covers(wished, post.place) for wished in seeker.places):
        return Point("place", most, most, N_("地点是本人想去的"))
    return Point("place", 0, most, N_("地点不在本人意向内"))


def _nearness(near: Near) -> Point:
    most = MOST["near"]
    if near.steps == 0:
        return Point("near", near.points, most, N_("与本人同一驿站"))
    if near.steps is not None:
        values = {"steps": near.steps}
        return Point("near", near.points, most, N_("两个驿站在同一网络，相隔{steps}级"), values)
    if near.points == NEAR_COUNTY:
        return Point("near", near.points, most, N_("两个驿站在同一县区"))
    if near.points == NEAR_CITY:
        return Point("near", near.points, most, N_("两个驿站在同一城市"))
    return Point("near", near.points, most, N_("两个驿站不在同一地区"))


def _refused(seeker: Seeker, post: Post, on: date) -> Point | None:
    """Take away for what the person refused in the last year, and say what it was."""
    counted = [
        (points, refusal)
        for refusal in seeker.refusals
        if (points := refused_points(refusal, post, on))
    ]
    if not counted:
        return None
    total = min(REFUSED_MOST, sum(points for points, _ in counted))
    last = max((refusal for _, refusal in counted), key=lambda refusal: refusal.on)
    text = (
        N_("本人{on}谢绝过这个岗位")
        if last.vacancy == post.vacancy
        else N_("本人{on}谢绝过类似的岗位（{reason}）")
    )
    values: dict[str, Value] = {"on": last.on, "reason": last.reason}
    return Point("refused", -total, 0, text, values)


def refused_points(refusal: Refusal, post: Post, on: date) -> int:
    """Say what one earlier refusal takes away from one post."""
    if refusal.on <= on - REMEMBERED:
        return 0
    if refusal.vacancy == post.vacancy:
        return REFUSED_SAME
    same = {
        "trade": refusal.occupation == post.occupation,
        "pay": _no_more(post.pay_to, refusal.pay_to),
        "hours": _no_more(refusal.shortest, post.shifts.shortest),
        "distance": refusal.place == post.place,
        "false_post": refusal.employer == post.employer,
        "unlawful_post": refusal.employer == post.employer,
    }
    return REFUSED.get(refusal.reason, 0) if same.get(refusal.reason) else 0


def _no_more(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one <= other


def _least_age(post: Post) -> int:
    return max(post.age_from, ADULT) if FORBIDDEN_FOR_MINORS & set(post.hazards) else post.age_from


def _notes(seeker: Seeker, post: Post, on: date) -> Iterable[Point]:
    """Say what a person must look at, without points: the law, or what the seeker told us."""
    if seeker.birth_year is None or on.year - seeker.birth_year <= _least_age(post):
        text = N_("法定最低年龄{age}岁，请核对出生日期")
        yield Point("age", 0, 0, text, {"age": _least_age(post)})
    if "health" in seeker.barriers and STRAINING & set(post.hazards):
        yield Point("health", 0, 0, N_("本人说过身体原因，岗位有较重或有害作业，请当面确认"))
