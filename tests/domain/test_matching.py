"""Hours as they are written, and every point of a match at its boundary."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel import Refused
from domain.matching import (
    MOST,
    Near,
    Post,
    Refusal,
    Seeker,
    lawful,
    match,
    monthly,
    refused_points,
    skills,
)
from domain.matching.hours import (
    ANYWHERE,
    Shifts,
    Span,
    Window,
    bounds,
    fits,
    free_window,
    shifts,
    window,
)
from domain.money import Fen

DAY = date(2026, 3, 2)
HERE = Near(10, 0)
WINDOW = window(["after 8:30, before 16:30"])


def points(seeker: Seeker, post: Post, near: Near = HERE) -> dict[str, int]:
    return {point.code: point.points for point in match(seeker, post, near, DAY).points}


def wanting(**wishes: Any) -> Seeker:
    return Seeker("seeker-1", **wishes)


def offering(**terms: Any) -> Post:
    return Post("vacancy-1", **terms)


@pytest.mark.parametrize(
    "words",
    [
        "after 8:30, before 16:30",
        "8:30之后、16:30之前",
        "08:30-16:30",
        "8点半到16点30分",
        "8点30分以后，16:30前",
    ],
)
def test_a_window_is_read_however_it_is_written(words: str) -> None:
    assert window([words]) == Window((Span(510, 990),))


@pytest.mark.parametrize("words", ["随时", "25:00-26:00", "8:75-9:00", "weekend", ""])
def test_what_says_no_time_limits_nobody(words: str) -> None:
    assert window([words]) == Window()


def test_the_codes_of_the_forms_are_read_too() -> None:
    assert shifts(["flexible"]) == Shifts((ANYWHERE,), 0)
    assert shifts(["full_time"]) == Shifts((), 480)
    assert shifts(["22:00-06:00"]) == Shifts((Span(1320, 1800),), 480)
    assert window(["part_time"]) == Window(None, 300)


@pytest.mark.parametrize(
    ("shift", "inside"),
    [
        ("08:30-16:30", True),
        ("08:29-16:30", False),
        ("08:30-16:31", False),
        ("13:00-16:30", True),
        ("22:00-06:00", False),
        ("flexible", True),
    ],
)
def test_a_shift_fits_to_the_minute(shift: str, *, inside: bool) -> None:
    assert fits(WINDOW, shifts([shift])) == inside


def test_a_night_fits_before_and_after_midnight() -> None:
    free = window(["22:00-07:00"])
    assert fits(free, shifts(["22:00-06:00"]))
    assert fits(free, shifts(["02:00-06:00"]))
    assert not fits(free, shifts(["06:00-08:00"]))


@pytest.mark.parametrize(
    ("words", "shift", "expected"),
    [
        (("08:30-16:30",), ("08:30-16:30",), 20),
        (("08:30-16:30",), ("08:30-17:30",), 6),
        (("08:30-16:30",), ("17:00-21:00",), 0),
        (("08:30-16:30",), (), 10),
        ((), ("22:00-06:00",), 20),
        (("part_time",), ("08:00-13:00",), 20),
        (("part_time",), ("08:00-13:01",), 0),
    ],
)
def test_hours_are_worth_all_a_part_or_nothing(
    words: tuple[str, ...], shift: tuple[str, ...], expected: int
) -> None:
    found = points(wanting(window=window(words)), offering(shifts=shifts(shift)))
    assert found["hours"] == expected


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ("09:00-16:00", "上班时间9:00-16:00，在本人能做的8:30-16:30之内"),
        ("08:00-16:00", "上班时间8:00-16:00，本人能做8:30-16:30，只合一部分，须与单位商量"),
        ("18:00-24:00", "上班时间18:00-24:00，不在本人能做的8:30-16:30之内"),
        ("flexible", "上班时间在本人能做的时段内"),
    ],
)
def test_the_reason_names_both_sides_by_the_clock(shift: str, said: str) -> None:
    found = match(
        wanting(window=window(["08:30-16:30"])), offering(shifts=shifts([shift])), HERE, DAY
    )
    hours = next(point for point in found.points if point.code == "hours")
    assert hours.text.format(**hours.values) == said


@pytest.mark.parametrize(
    ("after", "before", "kept", "back"),
    [
        ("08:30", "16:30", ("08:30-16:30",), Window((Span(510, 990),))),
        ("08:30", "", ("08:30-24:00",), Window((Span(510, 1440),))),
        ("", "16:30", ("00:00-16:30",), Window((Span(0, 990),))),
        ("22:00", "06:00", ("22:00-06:00",), Window((Span(-120, 360), Span(1320, 1800)))),
        ("", "", (), Window()),
    ],
)
def test_a_window_of_two_times_is_kept_and_comes_back(
    after: str, before: str, kept: tuple[str, ...], back: Window
) -> None:
    assert free_window(after, before) == kept
    assert window(kept) == back
    assert bounds(["part_time", *kept]) == (after, before)


def test_two_equal_times_are_no_window() -> None:
    with pytest.raises(Refused, match="不能相同") as told:
        free_window("08:30", "08:30")
    assert (told.value.rule, told.value.field) == ("S-00", "free_until")


def test_a_whole_day_is_wanted_inside_the_window_that_was_named() -> None:
    assert window(["full_time", "08:30-16:30"]) == window(["08:30-16:30"])
    assert window(["full_time"]) == Window((Span(360, 1320),))


@pytest.mark.parametrize(
    ("least", "pay", "unit", "expected"),
    [
        (None, (1, 1), "month", 15),
        (300_000, (300_000, 400_000), "month", 15),
        (300_001, (300_000, 400_000), "month", 8),
        (400_000, (300_000, 400_000), "month", 8),
        (400_001, (300_000, 400_000), "month", 0),
        (348_000, (2_000, 2_000), "hour", 15),
        (348_001, (2_000, 2_000), "hour", 0),
        (300_000, (60, 60), "piece", 7),
    ],
)
def test_pay_is_compared_by_the_month(
    least: int | None, pay: tuple[int, int], unit: str, expected: int
) -> None:
    low, high = (monthly(Fen(one), unit) for one in pay)
    post = offering(pay_from=low, pay_to=high)
    assert points(wanting(pay=least), post)["pay"] == expected


@pytest.mark.parametrize(
    ("trained", "abilities", "expected"),
    [
        ({}, {}, 0),
        ({}, {"handcraft": "low"}, 2),
        ({}, {"handcraft": "low", "machine": "high"}, 8),
        ({"lamps": False}, {"handcraft": "high"}, 12),
        ({"lamps": True}, {"handcraft": "high"}, 15),
        ({"catering": True}, {"cooking": "high"}, 0),
    ],
)
def test_abilities_training_and_certificates_add_up(
    trained: dict[str, bool], abilities: dict[str, str], expected: int
) -> None:
    seeker = wanting(trained=trained, skills=skills(abilities))
    assert points(seeker, offering(occupation="lamps"))["skills"] == expected


def test_a_perfect_match_is_a_hundred() -> None:
    seeker = wanting(trades=("lamps",), trained={"lamps": True}, skills={"lamps": 8})
    assert match(seeker, offering(occupation="lamps"), HERE, DAY).total == 100
    assert sum(MOST.values()) == 100


@pytest.mark.parametrize(
    ("wished", "place", "expected"),
    [
        ("440784", "440784", 10),
        ("440700", "440784", 10),
        ("440784", "440700", 0),
        ("", "440784", 10),
    ],
)
def test_a_city_holds_its_counties(wished: str, place: str, expected: int) -> None:
    seeker = wanting(places=(wished,) if wished else ())
    assert points(seeker, offering(place=place))["place"] == expected


@pytest.mark.parametrize(
    ("sex", "year", "hazards", "age_from", "allowed"),
    [
        ("female", 1990, ("heavy",), 18, False),
        ("male", 1990, ("heavy",), 18, True),
        ("female", 1990, ("toxic",), 18, True),
        ("male", 2010, (), 16, True),  # 15 or 16: a person looks at the day of birth
        ("male", 2011, (), 16, False),
        ("male", 2008, ("toxic",), 16, True),
        ("male", 2009, ("toxic",), 16, False),
        ("female", 1950, (), 16, True),  # no upper limit of age
    ],
)
def test_only_what_the_law_forbids_is_left_out(
    sex: str, year: int, hazards: tuple[str, ...], age_from: int, *, allowed: bool
) -> None:
    post = offering(hazards=hazards, age_from=age_from)
    assert lawful(wanting(sex=sex, birth_year=year), post, 2026) == allowed


@pytest.mark.parametrize(("year", "noted"), [(2010, True), (2009, False), (None, True)])
def test_who_may_be_too_young_is_looked_at(year: int | None, *, noted: bool) -> None:
    notes = match(wanting(birth_year=year), offering(), HERE, DAY).notes
    assert ("age" in {note.code for note in notes}) == noted


def test_health_is_a_note_and_never_a_point() -> None:
    seeker = wanting(birth_year=1990, barriers=("health",))
    hard = match(seeker, offering(hazards=("height",)), HERE, DAY)
    assert [note.code for note in hard.notes] == ["health"]
    assert hard.total == match(seeker, offering(), HERE, DAY).total


@pytest.mark.parametrize(
    ("ago", "expected"), [(364, 15), (365, 0)], ids=["within a year", "a year ago"]
)
def test_a_refusal_is_remembered_for_a_year(ago: int, expected: int) -> None:
    old = Refusal("vacancy-0", "employer-1", "trade", DAY - timedelta(ago), occupation="lamps")
    assert refused_points(old, offering(occupation="lamps"), DAY) == expected


@pytest.mark.parametrize(
    ("reason", "old", "post", "expected"),
    [
        ("pay", {"pay_to": 300_000}, {"pay_to": 300_000}, 10),
        ("pay", {"pay_to": 300_000}, {"pay_to": 300_001}, 0),
        ("hours", {"shortest": 480}, {"shifts": Shifts((), 480)}, 10),
        ("hours", {"shortest": 480}, {"shifts": Shifts((), 479)}, 0),
        ("distance", {"place": "440784"}, {"place": "440784"}, 10),
        ("distance", {"place": "440784"}, {"place": "440700"}, 0),
        ("false_post", {}, {"employer": "employer-1"}, 20),
        ("false_post", {}, {"employer": "employer-2"}, 0),
        ("care", {}, {"employer": "employer-1"}, 0),
    ],
)
def test_a_refusal_counts_where_the_post_shares_what_was_refused(
    reason: str, old: dict[str, Any], post: dict[str, Any], expected: int
) -> None:
    refusal = Refusal("vacancy-0", "employer-1", reason, DAY, **old)
    assert refused_points(refusal, offering(**post), DAY) == expected


def test_refusals_take_away_at_most_forty_and_the_youngest_is_told() -> None:
    refusals = tuple(
        Refusal("vacancy-1", "employer-1", "pay", DAY - timedelta(days)) for days in (5, 9)
    )
    found = match(wanting(refusals=refusals), offering(), HERE, DAY)
    assert found.points[-1].points == -40
    assert found.points[-1].values["on"] == DAY - timedelta(5)
