"""Opening hours, towns and plans, what may hang in public: boundaries of T-01 to T-04."""

from datetime import datetime, timedelta

import pytest

from domain.calendar import shipped
from domain.kernel import Refused
from domain.money import Fen
from domain.station import Station
from domain.station.facts import Opened
from domain.station.hours import read_hours
from domain.station.network import LEVELS, check_district, check_name, check_parent
from domain.station.publicity import check_notice, names_somebody, published
from domain.station.towns import PLANS, TOWNS, offers, town_of

CALENDAR = shipped()
OPENED = Opened(
    official_name="海珠区康鹭片区零工市场", kind="gig_market", level="county", district="440105",
    address="康鹭", hours="每天", trades=("制衣",), phone="020-5550000", operator="government",
)  # fmt: skip
WEEK = "周一至周五 08:30-12:00，14:00-17:30"


@pytest.mark.parametrize(
    ("text", "moment", "is_open"),
    [
        (WEEK, "2026-04-16 08:29", False),
        (WEEK, "2026-04-16 08:30", True),
        (WEEK, "2026-04-16 11:59", True),
        (WEEK, "2026-04-16 12:00", False),
        (WEEK, "2026-04-16 14:00", True),
        (WEEK, "2026-04-18 09:00", False),  # a Saturday
        (WEEK, "2026-05-01 09:00", False),  # Labour Day, a Friday
        (WEEK, "2026-05-09 09:00", True),  # a Saturday that is worked (2026)
        ("每天 9:00—21:00", "2026-05-01 20:59", True),
        ("每天 9:00—21:00", "2026-05-01 21:00", False),
        ("周一至周日 06：00-12：00", "2026-04-19 06:00", True),
        ("周一至周五 08:30-12:00；周六 09:00-11:00", "2026-04-18 10:00", True),
        ("周一至周五 08:30-12:00；周六 09:00-11:00", "2026-04-19 10:00", False),
        ("周六、日 09:00-12:00", "2026-04-19 10:00", True),
        ("24小时", "2026-04-19 03:00", True),
        ("工作日 9:00-17:00（午休 12:00-14:00 电话值守）", "2026-04-16 13:00", True),
    ],
)
def test_a_door_is_open_as_its_hours_and_the_calendar_say(
    text: str, moment: str, *, is_open: bool
) -> None:
    hours = read_hours(text)
    assert hours
    assert hours.open_at(datetime.fromisoformat(moment), CALENDAR) is is_open


@pytest.mark.parametrize(
    "text",
    ["", "请来电预约", "周五至周一 9:00-12:00", "每天 25:00-26:00", "每天 12:00-9:00", "上午"],
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("name", "kind", "right"),
    [
        ("中山市石岐街道就业驿站", "station", True),
        ("中山市石岐街道零工市场", "gig_market", True),
        ("中山市石岐街道零工市场总站", "gig_market", True),
        ("中山市石岐街道零工市场", "station", False),
        ("中山市石岐街道就业驿站", "gig_market", False),
        ("就业驿站", "station", True),
        ("驿站", "station", False),  # two characters are no name
        ("Zhongshan 就业驿站", "station", False),
        ("中" * 36 + "就业驿站", "station", True),
        ("中" * 37 + "就业驿站", "station", False),
        ("中山市石岐街道就业驿站", "kiosk", False),
    ],
)
def test_a_name_says_what_the_place_is(name: str, kind: str, *, right: bool) -> None:
    if right:
        check_name(name, kind)
        return
    with pytest.raises(Refused, match="T-01"):
        check_name(name, kind)


@pytest.mark.parametrize("code", ["44078", "4407840", "440784001002", "44x784", "110101", ""])
def test_a_district_is_a_known_county_or_a_town_in_one(code: str) -> None:
    for known in ("440784", "440784001"):
        check_district(known)
    with pytest.raises(Refused, match="T-01"):
        check_district(code)


def test_a_parent_is_never_of_a_lower_level() -> None:
    for above, parent in enumerate(LEVELS):
        for below, level in enumerate(LEVELS):
            if above <= below:
                check_parent(level=level, parent_level=parent)
            else:
                with pytest.raises(Refused, match="T-01"):
                    check_parent(level=level, parent_level=parent)


def test_a_morning_of_forty_thousand_is_sixteen_counts_and_no_visitor() -> None:
    """Haizhu: more than 40,000 in one morning (domain.md 1.5), by quarters of an hour."""
    start = datetime(2024, 12, 14, 6)  # noqa: DTZ001 - local, as gates write
    on = start.date()
    state = Station().fold([(OPENED, on)])
    facts = []
    for quarter in range(16):
        begun = start + timedelta(minutes=15 * quarter)
        made = state.count_footfall(
            from_at=begun, to_at=begun + timedelta(minutes=15), entered=2_520
        )
        facts += made
        state = state.fold((fact, on) for fact in made)
    assert len(facts) == 16
    assert sum(fact.entered for fact in facts) == 40_320  # type: ignore[attr-defined]
    assert len(state.counted) == 1
    with pytest.raises(Refused, match="T-03"):
        state.count_footfall(
            from_at=start + timedelta(minutes=7), to_at=start + timedelta(minutes=8), entered=1
        )


@pytest.mark.parametrize(
    ("district", "told", "town"),
    [
        ("442000", ("中山市东风镇就业驿站",), "东凤镇"),
        ("442000", ("中山市东凤镇就业驿站",), "东凤镇"),
        ("442000", ("中山市南朗街道就业驿站",), "南朗街道"),
        ("442000", ("翠亨新区就业驿站",), "南朗街道"),
        ("442000", ("中山市南区街道零工市场",), "南区街道"),
        ("440784", ("鹤山市零工市场", "鹤山市沙坪街道桂林社区"), "沙坪街道"),
        ("440784", ("鹤山市桃源镇就业驿站", "鹤山市沙坪街道"), "桃源镇"),
        ("440784", ("鹤山市妇女儿童活动中心就业驿站",), ""),
        ("449901", ("示例一区甲镇就业驿站",), ""),
    ],
)
def test_a_site_is_put_to_its_town_by_its_name_first(
    district: str, told: tuple[str, ...], town: str
) -> None:
    assert town_of(district, told) == town


def test_the_zhongshan_annex_adds_up() -> None:
    """4 x 11.75 + 19 x 3.5 = 113.5 (10k yuan), 23 towns, a demonstration point 10 (1.5)."""
    plan = PLANS["442000"]
    assert len(plan.lines) == len(TOWNS["442000"]) == 23
    assert sum(line.amount for line in plan.lines) == plan.total == Fen(113_500_000)
    points = [line for line in plan.lines if line.demonstration]
    assert [line.town for line in points] == ["石岐街道", "东区街道", "南区街道", "小榄镇"]
    assert {line.amount for line in points} == {Fen(11_750_000)}
    assert sorted(line.demonstration for line in points) == ["gig_market"] * 2 + ["station"] * 2
    assert plan.point == Fen(10_000_000)


def test_liwan_has_22_streets_and_heshan_one_street_and_nine_towns() -> None:
    assert len(TOWNS["440103"]) == 22
    assert len(TOWNS["440784"]) == 10
    assert all(len({town.name for town in towns}) == len(towns) for towns in TOWNS.values())


def test_a_joint_name_offers_both() -> None:
    assert offers("station", "中山市石岐街道零工市场/就业驿站") == {"gig_market", "station"}
    assert offers("gig_market", "中山市东区街道零工市场") == {"gig_market"}
    assert offers("workshop", "鹤山市零工市场手工作坊") == set()


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("联系 138 0013 8000", True),
        ("138-0013-8000", True),
        ("证号11010519491231002x", True),
        ("电话 0750-8888888", False),
        ("编号 1380013800012345", False),
        ("12380013800", False),
        ("工资 4500-6500", False),
    ],
)
def test_numbers_of_persons_are_found_and_starred(text: str, *, somebody: bool) -> None:
    assert names_somebody(text) is somebody
    assert (published(text) != text) is somebody
    assert not names_somebody(published(text))


def test_a_notice_of_just_the_length_that_fits_hangs() -> None:
    check_notice("字" * 40, "字" * 200)
