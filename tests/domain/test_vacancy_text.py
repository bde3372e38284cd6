"""What a post may say, pay and ask for, apart from where it stands on its way to the board."""

from datetime import date

import msgspec
import pytest

from domain.kernel import Refused
from domain.money import Fen
from domain.vacancy import Vacancy
from domain.vacancy.text import marked, wage_in_force, warnings
from tests.domain.test_vacancy import MONDAY, TERMS, WAGE, draft


@pytest.mark.parametrize(
    ("day", "refused"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)]
)
def test_the_minimum_wage_is_that_of_the_day_and_of_the_nearest_place(
    day: date, *, refused: bool
) -> None:
    county = WAGE._replace(place="449901", monthly=Fen(200_000))
    later = WAGE._replace(from_on=date(2026, 7, 1))
    found = wage_in_force([WAGE, county, later], "449901001", day)
    assert found == (None if refused else county)
    assert wage_in_force([WAGE, later], "449902", date(2026, 6, 30)) == WAGE
    ended = WAGE._replace(to_on=date(2026, 6, 30))
    assert wage_in_force([ended], "449902", date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("sex", "age", "hazards", "refused"),
    [
        ("female", 30, ("underground",), True),
        ("male", 30, ("underground",), False),
        ("female", 30, ("toxic",), False),
        ("male", 17, ("toxic",), True),
        ("male", 17, (), False),
        ("male", 15, (), True),
    ],
)
def test_nobody_is_sent_to_work_forbidden_to_them(
    sex: str, age: int, hazards: tuple[str, ...], *, refused: bool
) -> None:
    terms = msgspec.structs.replace(TERMS, hazards=hazards)
    vacancy = Vacancy().fold([(terms, MONDAY)])
    if refused:
        with pytest.raises(Refused, match="V-08"):
            vacancy.check_fit(sex=sex, age=age)
    else:
        vacancy.check_fit(sex=sex, age=age)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("男女不限，五险一金", []),
        ("男性优先", ["V-01"]),
        ("乙肝携带者勿扰", ["V-01", "V-01"]),
        ("入职交押金200元", ["V-02"]),
        ("15岁以上", ["V-08"]),
        ("16周岁以上", []),
    ],
)
def test_words_are_found_and_a_person_decides(text: str, rules: list[str]) -> None:
    found = warnings(title="普工", conditions=text, work="装配", unit="month", wage=WAGE)
    assert [w.rule for w in found] == rules
    assert all(w.text.format(**w.values) for w in found)
    draft(conditions=text).stored()


def test_a_text_is_parted_at_the_words_that_were_found() -> None:
    found = warnings(title="", conditions="限女，须交押金", work="", unit="month", wage=None)
    parts = [(text, one.rule if one else "") for text, one in marked("限女，须交押金。", found)]
    assert parts == [("限女", "V-01"), ("，须交", ""), ("押金", "V-02"), ("。", "")]
    assert marked("", found) == []
    assert marked("清楚", []) == [("清楚", None)]
    assert all(one.basis for one in found)
