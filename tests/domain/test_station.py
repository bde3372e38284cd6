"""Stations: names, districts, the tree of the network, footfall, closing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from domain.kernel import Dated
from domain.money import Fen
from domain.station import Station
from domain.station.facts import (
    BudgetSet,
    Closed,
    DayReported,
    DetailsChanged,
    FactVoided,
    FootfallCounted,
    HonourGiven,
    Opened,
    PartnerJoined,
    Upgraded,
)
from domain.station.network import ancestors, subtree
from tests.scenario import Outcome, given

MONDAY = date(2026, 3, 2)
TERMS = Opened(
    official_name="示例市一街道就业驿站",
    kind="station",
    level="town",
    parent="station-0",
    district="449901",
    address="示例路1号",
    hours="9:00-17:00",
    trades=("sewing",),
    phone="0750-8888888",
    operator="government",
)
OPENED: Dated = (TERMS, MONDAY)


def open_station(parent_level: str = "county", **changes: Any) -> Outcome[Station]:
    terms = msgspec.structs.replace(TERMS, **changes)
    return given(Station).when(lambda s, _: s.open(terms=terms, parent_level=parent_level))


def change(field: str, value: object, **outside: Any) -> Outcome[Station]:
    return given(Station, [OPENED]).when(
        lambda s, _: s.change_details(station="station-1", field=field, value=value, **outside)
    )


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute)  # noqa: DTZ001 - a counter writes local time


def count(
    from_at: datetime, to_at: datetime, entered: int = 5, history: Sequence[Dated] = (OPENED,)
) -> Outcome[Station]:
    return given(Station, history).when(
        lambda s, _: s.count_footfall(from_at=from_at, to_at=to_at, entered=entered)
    )


def counted(from_hour: int, to_hour: int) -> Dated:
    return (
        FootfallCounted(
            from_at=at(from_hour).isoformat(), to_at=at(to_hour).isoformat(), entered=1
        ),
        MONDAY,
    )


def test_a_station_opens_with_what_the_directory_shows() -> None:
    opened = open_station().then(TERMS)
    assert (opened.standing, opened.official_name, opened.parent, opened.district) == (
        "active",
        "示例市一街道就业驿站",
        "station-0",
        "449901",
    )


@pytest.mark.parametrize(
    ("kind", "name", "lawful"),
    [
        ("station", "中山市石岐街道就业驿站", True),
        ("gig_market", "中山市纺织业零工市场", True),
        ("gig_market", "荔湾区区级零工市场总站", True),
        ("station", "桃源镇驿站", True),
        ("station", "桃源镇便民中心", False),
        ("gig_market", "中山市就业驿站", False),
        ("station", "Station One", False),
        ("station", "", False),
        ("workshop", "鹤山手工作坊", True),
        ("mobile", "招工大篷车", True),
    ],
)
def test_a_name_says_place_and_kind(kind: str, name: str, *, lawful: bool) -> None:
    asked = open_station(kind=kind, official_name=name)
    if lawful:
        asked.stored()
    else:
        asked.refused(rule="T-01", field="official_name")


@pytest.mark.parametrize(
    ("district", "known"),
    [("440784", True), ("442000101", True), ("440799", False), ("44078", False), ("44x784", False)],
)
def test_a_district_is_known(district: str, *, known: bool) -> None:
    if known:
        open_station(district=district).stored()
    else:
        open_station(district=district).refused(rule="T-01", field="district")


@pytest.mark.parametrize(
    ("parent_level", "level", "field"),
    [
        ("city", "county", ""),
        ("town", "town", ""),
        ("village", "town", "parent"),
        ("town", "mobile", ""),
        ("", "town", ""),
        ("city", "planet", "level"),
    ],
)
def test_a_parent_is_not_below_its_child(parent_level: str, level: str, field: str) -> None:
    asked = open_station(parent_level, level=level)
    if field:
        asked.refused(rule="T-01", field=field)
    else:
        asked.stored()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "shop"}, "kind"), ({"grade": "x"}, "grade"), ({"operator": "x"}, "operator")],
)
def test_kind_grade_and_operator_are_known(changes: dict[str, Any], field: str) -> None:
    rule = "T-01" if field == "kind" else "T-00"
    open_station(**changes).refused(rule=rule, field=field)


@pytest.mark.parametrize(
    ("field", "empty"), [("address", " "), ("hours", ""), ("phone", ""), ("trades", ())]
)
def test_the_public_directory_has_no_gap(field: str, empty: object) -> None:
    changes: dict[str, Any] = {field: empty}
    open_station(**changes).refused(rule="T-02", field=field)
    change(field, empty).refused(rule="T-02", field=field)


@pytest.mark.parametrize(
    ("parent", "above", "refused"),
    [
        ("station-2", ("station-0",), False),
        ("station-1", (), True),
        ("station-2", ("station-3", "station-1"), True),
    ],
)
def test_no_station_stands_under_itself(
    parent: str, above: tuple[str, ...], *, refused: bool
) -> None:
    asked = change("parent", parent, parent_level="county", above=above)
    if refused:
        asked.refused(rule="T-01", field="parent")
    else:
        assert asked.then(DetailsChanged(field="parent", value=parent)).parent == parent


@pytest.mark.parametrize(("field", "value"), [("kind", "station"), ("trial", "maybe"), ("x", 1)])
def test_only_shown_details_change(field: str, value: object) -> None:
    change(field, value).refused(rule="T-00", field="field")


def test_a_tree_gives_what_stands_under_and_over_a_station() -> None:
    rows = [("head", None), ("a", "head"), ("b", "head"), ("a1", "a"), ("other", None)]
    assert subtree(rows, "head") == {"head", "a", "b", "a1"}
    assert subtree(rows, "a1") == {"a1"}
    assert ancestors(rows, "a1") == ("a", "head")
    assert ancestors(rows, "head") == ()


def test_a_circle_of_old_rows_ends() -> None:
    rows = [("a", "b"), ("b", "a")]
    assert subtree(rows, "a") == {"a", "b"}
    assert ancestors(rows, "a") == ("b",)


@pytest.mark.parametrize(
    ("hours", "refused"),
    [
        ((8, 9), False),
        ((11, 12), False),
        ((8, 10), True),
        ((10, 11), True),
        ((9, 11), True),
        ((8, 12), True),
        ((14, 15), False),
    ],
)
def test_footfall_is_counted_once(hours: tuple[int, int], *, refused: bool) -> None:
    history = [OPENED, counted(9, 11), counted(12, 13)]
    asked = count(at(hours[0]), at(hours[1]), history=history)
    if refused:
        asked.refused(rule="T-03", field="from_at")
    else:
        asked.stored()


def test_intervals_that_touch_grow_together() -> None:
    station = Station().fold([OPENED, counted(12, 13), counted(9, 11), counted(11, 12)])
    assert station.counted == ((at(9).isoformat(), at(13).isoformat()),)
    assert not station.overlapping


@pytest.mark.parametrize(
    ("to_at", "entered", "field"),
    [(at(9), 1, "to_at"), (at(8), 1, "to_at"), (at(10), -1, "entered"), (at(10), 0, "")],
)
def test_an_interval_and_its_count_are_not_negative(
    to_at: datetime, entered: int, field: str
) -> None:
    asked = count(at(9), to_at, entered)
    if field:
        asked.refused(rule="T-03", field=field)
    else:
        asked.stored()


@pytest.mark.parametrize(
    ("cases", "moved_to", "refused"),
    [
        (0, "", False),
        (1, "station-2", False),
        (1, "", True),
        (1, "station-1", True),
    ],
)
def test_open_cases_go_somewhere_before_a_station_closes(
    cases: int, moved_to: str, *, refused: bool
) -> None:
    asked = given(Station, [OPENED]).when(
        lambda s, _: s.close(
            station="station-1", reason="merged", open_cases=cases, moved_to=moved_to
        )
    )
    if refused:
        asked.refused(rule="T-03", field="moved_to", because="1件")
    else:
        assert asked.then(Closed(reason="merged", moved_to=moved_to or None)).standing == "closed"


def test_refit_partner_honour_budget_and_report_are_recorded() -> None:
    ask = given(Station, [OPENED])
    refit = ask.when(lambda s, _: s.upgrade(modules=("jobs", "rights"), zones=("service",)))
    assert refit.then(Upgraded(modules=("jobs", "rights"), zones=("service",))).zones == (
        "service",
    )
    joined = ask.when(lambda s, _: s.join_partner(partner="妇联")).then(
        PartnerJoined(partner="妇联")
    )
    assert joined.partners == ("妇联",)
    ask.when(lambda s, _: s.join_partner(partner="妇联")).refused(rule="T-00", field="partner")
    ask.when(lambda s, _: s.give_honour(honour="demonstration", year=2024)).then(
        HonourGiven(honour="demonstration", year=2024)
    )
    ask.when(lambda s, _: s.set_budget(year=2026, purpose="base", amount=Fen(0))).then(
        BudgetSet(year=2026, purpose="base", amount=Fen(0))
    )
    ask.when(lambda s, _: s.set_budget(year=2026, purpose="base", amount=Fen(-1))).refused(
        rule="T-00", field="amount"
    )
    ask.when(lambda s, _: s.report_day(position=9, figures={"visitors": 3}, sha256="00")).then(
        DayReported(position=9, figures={"visitors": 3}, sha256="00")
    )


def test_a_closed_station_does_nothing_more() -> None:
    given(Station, [OPENED, (Closed(reason="x"), MONDAY)]).when(lambda s, _: s.upgrade()).refused(
        rule="T-00", because="closed"
    )


def test_an_amendment_meets_the_rules_of_the_directory_and_the_counter() -> None:
    history = [OPENED, counted(9, 11), counted(12, 13)]
    given(Station, history).when(
        lambda s, on: s.correct_record(
            version=1, field="address", value=" ", reason="x", occurred_on=on
        )
    ).refused(rule="T-02", field="address")
    given(Station, history).when(
        lambda s, on: s.correct_record(
            version=3, field="from_at", value=at(10).isoformat(), reason="x", occurred_on=on
        )
    ).refused(rule="T-03", field="from_at")
    freed = given(Station, history).when(
        lambda s, on: s.void_fact(version=2, reason="gate out of order", occurred_on=on)
    )
    assert freed.then(FactVoided(version=2, reason="gate out of order")).counted == (
        (at(12).isoformat(), at(13).isoformat()),
    )
