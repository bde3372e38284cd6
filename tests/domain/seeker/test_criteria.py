"""Criteria of hardship: dated versions, the same checks for counter, decision and replay."""

from datetime import date

import pytest

from domain.kernel import Refused
from domain.seeker import facts
from domain.seeker.criteria import (
    SHIPPED,
    Category,
    Criteria,
    Situation,
    check,
    cited,
    findings,
    in_force,
    kinds,
    met,
)
from tests.domain.seeker.play import OFFICER, Play, outcome

OLD, NEW = SHIPPED
ABOUT = Situation(
    on=date(2026, 3, 2),
    birth=date(1980, 1, 1),
    sex="female",
    domicile="440784",
    activity="jobless",
    working=False,
    unemployed_since=None,
    category="H01",
)
TWO_OF_TWO = Criteria(
    "测试〔2026〕1号",
    date(2026, 1, 1),
    "44",
    kinds([Category("H03", "civil_affairs", level=2), Category("H06", "land_certificate", 2)]),
    {1: 1, 2: 2},
)


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2018, 1, 1), OLD),
        (date(2023, 7, 31), OLD),
        (date(2023, 8, 1), NEW),
        (date(2026, 1, 1), NEW),
    ],
)
def test_the_version_of_the_day_is_in_force(on: date, version: Criteria) -> None:
    assert in_force(SHIPPED, on) == version


def test_a_version_is_found_by_its_number_or_not_at_all() -> None:
    assert cited(SHIPPED, NEW.version) == NEW
    assert cited(SHIPPED, "2023-11") is None


def test_there_are_thirteen_kinds_five_of_them_sensitive() -> None:
    assert list(NEW.categories) == [f"H{n:02}" for n in range(1, 14)]
    sensitive = [one.code for one in NEW.categories.values() if one.sensitive]
    assert sensitive == ["H02", "H08", "H09", "H10", "H12"]


@pytest.mark.parametrize(
    ("changed", "check_name"),
    [
        ({"domicile": "430100"}, "本省户籍"),
        ({"activity": "employed"}, "无业"),
        ({"working": True}, "无业"),
        ({"birth": date(1986, 3, 3)}, "达到大龄年龄"),
        ({"birth": date(1970, 1, 1)}, "未达退休年龄"),
        ({"category": "H06", "proved": False}, "有证明材料"),
        ({"category": "H07"}, "失业登记时长"),
    ],
)
def test_each_check_says_what_is_missing(changed: dict[str, object], check_name: str) -> None:
    about = ABOUT._replace(**changed)  # type: ignore[arg-type]  # a test names what it varies
    missing = [one.check for one in findings(NEW, about) if one.refused]
    assert missing == [check_name]
    with pytest.raises(Refused, match="S-05"):
        check(NEW, about)


def test_who_meets_everything_meets_every_check() -> None:
    assert met(findings(NEW, ABOUT))
    check(NEW, ABOUT)


def test_a_kind_that_only_the_newer_version_knows_differs_between_the_two() -> None:
    about = ABOUT._replace(category="H13")
    assert not met(findings(OLD, about))
    assert met(findings(NEW, about))


def test_two_conditions_of_the_second_level_stand_for_one_of_the_first() -> None:
    alone = ABOUT._replace(category="H03")
    assert [one.check for one in findings(TWO_OF_TWO, alone) if one.refused] == ["条件项数"]
    assert met(findings(TWO_OF_TWO, alone._replace(also=("H06",))))


def test_the_sensitive_group_is_held_against_what_is_common_to_all() -> None:
    assert met(findings(NEW, ABOUT._replace(category="sensitive")))
    assert not met(findings(TWO_OF_TWO, ABOUT._replace(category="sensitive")))


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2026, 3, 1), "S-05"), (date(2026, 3, 2), "allowed")]
)
def test_a_proof_holds_to_its_last_day(until: date, expected: str) -> None:
    play = Play().on(2026, 3, 2).register()
    assert (
        outcome(
            lambda: play.case.apply_for_hardship(
                occurred_on=play.day,
                category="H06",
                proofs="征地证明",
                entered_by=OFFICER,
                birth=play.birth,
                criteria=NEW,
                proof_until=until,
            )
        )
        == expected
    )


def test_further_categories_stand_as_groups_and_a_cadre_keeps_her_retirement_age() -> None:
    play = Play(date(1973, 1, 1)).on(2026, 3, 2).register()
    play.record(play.case.give_consent(purpose="sensitive", notice_version="1"))
    (applied,) = play.case.apply_for_hardship(
        occurred_on=play.day,
        category="H01",
        proofs="",
        entered_by=OFFICER,
        birth=play.birth,
        criteria=NEW,
        job_category="cadre",
        also=("H03", "H10"),
    )
    assert isinstance(applied, facts.HardshipApplied)
    assert applied.also == ("H03", "sensitive")
    play.record([applied])
    assert play.case.hardships[1].job_category == "cadre"
    worker = play.case.situation(play.day, play.birth, "H01", "worker")
    assert [one.check for one in findings(NEW, worker) if one.refused] == ["未达退休年龄"]
