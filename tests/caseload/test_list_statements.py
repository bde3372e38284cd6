"""A work list asks the database three times, and what is kept in memory is never stale (ADR 32)."""

from datetime import timedelta

import pytest

from tests.caseload.town import Town
from tests.statements import fewest
from tests.wired import TODAY

MOST = 3  # the session, what the reader chose and saved, the list with all around it


@pytest.mark.parametrize("path", ["/cases", "/cases?whose=team", "/cases?due=overdue&whose=team"])
@pytest.mark.parametrize("label", ["caseworker", "manager"])
def test_a_list_is_asked_for_by_three_statements(
    hecheng: Town, monkeypatch: pytest.MonkeyPatch, label: str, path: str
) -> None:
    browser = hecheng.at(label)
    asked = fewest(monkeypatch, lambda: browser.see(path))
    assert len(asked) <= MOST, asked


def test_a_role_counts_until_it_is_withdrawn_and_no_page_longer(hecheng: Town) -> None:
    browser, account = hecheng.at("caseworker"), hecheng.places.staff["caseworker"].account
    assert 'id="batch"' in browser.see("/cases?whose=team")
    hecheng.office.accounts.withdraw_role(
        account, role="caseworker", reason="换岗", stamp=hecheng.stamp("admin")
    )
    browser.see("/cases?whose=team", 403)
    hecheng.office.accounts.grant_role(
        account,
        role="caseworker",
        from_on=TODAY,
        to_on=TODAY + timedelta(30),
        stamp=hecheng.stamp("admin"),
    )
    assert 'id="batch"' in browser.see("/cases?whose=team")


def test_a_session_that_was_ended_opens_nothing_more(hecheng: Town) -> None:
    browser, account = hecheng.client("second"), hecheng.places.staff["second"].account
    assert browser.get("/cases").status_code == 200
    hecheng.office.accounts.end_session(account)
    assert browser.get("/cases").headers["location"].startswith("/login")


def test_a_colleague_who_came_today_can_be_chosen_as_soon_as_the_wall_shows_it(
    hecheng: Town,
) -> None:
    browser, manager = hecheng.at("manager"), hecheng.who("manager")
    assert browser.see("/cases?whose=team")
    opened = hecheng.office.accounts.open_account(
        login="fresh.colleague",
        password="correct horse battery",  # noqa: S106 - of nobody
        person=hecheng.places.staff["second"].person.id,
        station=manager.station,
        operator="government",
        stamp=hecheng.stamp("admin"),
    ).streams[0]
    hecheng.settle()
    assert f'value="{opened}"' in browser.see("/cases?whose=team")
    hecheng.office.accounts.deactivate(opened, reason="离职", stamp=hecheng.stamp("admin"))
    hecheng.settle()
    assert f'value="{opened}"' not in browser.see("/cases?whose=team")


def test_an_employer_stands_under_a_dispute_by_its_name(hecheng: Town) -> None:
    page = hecheng.at("mediator").see("/cases?whose=team&kind=dispute")
    assert "employer-" not in page.partition("<tbody>")[2].partition("</table>")[0]
