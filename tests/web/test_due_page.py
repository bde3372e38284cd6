"""到期分期: whose instalments are shown, in which group, with which act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from projections.instalments import Due
from tests.web.dispute_office import Office, words
from web.disputes.due_page import grouped


def owed(day: int) -> Due:
    return Due(
        f"dispute-{day}",
        "鹤劳调〔2026〕0001号",
        "staff-mediator",
        ["employer-1"],
        30,
        10_000,
        date(2026, 1, day),
        "1/3",
    )


class Instalments:
    """What falls due, kept in a list."""

    def __init__(self, *rows: Due) -> None:
        self.rows, self.owners = rows, list[str]()

    def due(
        self,
        stations: Sequence[str],
        *,
        owner: str = "",
        until: date | None = None,
        position: int | None = None,
    ) -> Sequence[Any]:
        self.owners.append(owner)
        return self.rows


def site(*rows: Due) -> tuple[Office, Instalments]:
    office, found = Office(), Instalments(*rows)
    office.parts.extra["instalments"] = found  # type: ignore[index]  # a dict in tests
    return office, found


def test_days_are_grouped_at_their_boundaries() -> None:
    today = date(2026, 1, 20)
    groups = grouped([owed(day) for day in (19, 20, 21, 27, 28)], today)
    assert [(g.title, len(g.rows)) for g in groups] == [
        ("已超期", 1),
        ("今日到期", 1),
        ("七天内到期", 2),
        ("以后", 1),
    ]


def test_a_mediator_sees_own_ones_first_and_the_station_on_demand() -> None:
    office, found = site(owed(26))
    page = office.browser().get("/instalments")
    office.browser().get("/instalments?whose=team")
    office.browser("auditor").get("/instalments")
    assert found.owners == ["staff-mediator", "", ""]
    assert "未付清 1 期，其中超期 1 期" in words(page)
    assert "/disputes/dispute-26/record_default" in page.text


def test_nothing_due_says_so_and_an_admin_sees_nothing() -> None:
    office, _ = site()
    assert "没有未付清的分期" in words(office.browser().get("/instalments"))
    assert office.browser("admin").get("/instalments").status_code == 403
