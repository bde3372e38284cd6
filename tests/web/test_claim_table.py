"""The table of claims: filters, sorts and pages of a case of many workers, and its workbook."""

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from starlette.datastructures import QueryParams

from application.people.views import PersonView
from domain.dispute import DisputeCase
from domain.money import Fen
from tests import stories
from web.disputes.claim_sheet import claim_sheet
from web.disputes.claim_table import EACH, ClaimTable, claim_table


def table(case: DisputeCase, **query: str) -> ClaimTable:
    return claim_table(case, people(case), date(2026, 4, 17), QueryParams(query))


def people(case: DisputeCase) -> dict[str, PersonView]:
    return {one: PersonView(one, f"罗{n:03d}", f"{n:04d}") for n, one in enumerate(case.workers)}


def rows(found: ClaimTable) -> list[int]:
    return [row.no for group in found.groups for row in group.rows]


@pytest.fixture(scope="module")
def many() -> DisputeCase:
    """130 workers with a claim each, rising by a yuan."""
    claims = [stories.row(f"person-{n}", "C01", Fen(100_000 + 100 * n)) for n in range(130)]
    return stories.open_case(stories.Play("dispute-t").on(3, 2), claims).case


def test_a_page_holds_fifty_workers_and_the_sums_are_of_all(many: DisputeCase) -> None:
    found = table(many)
    assert (found.workers, found.pages, found.first, found.last) == (130, 3, 1, EACH)
    assert len(rows(found)) == EACH
    assert found.totals.claimed == many.totals.claimed
    last = table(many, page="3")
    assert (last.first, last.last, rows(last)[-1]) == (101, 130, 130)


@pytest.mark.parametrize("page", ["0", "99", "x", "²", "-1"])
def test_a_page_that_is_not_there_is_the_nearest(many: DisputeCase, page: str) -> None:
    assert table(many, page=page).asked.page in {1, 3}


def test_everything_can_be_shown_at_once(many: DisputeCase) -> None:
    assert len(rows(table(many, all="1"))) == 130


def test_the_largest_claims_come_first_when_asked(many: DisputeCase) -> None:
    assert rows(table(many, sort="claimed"))[:2] == [130, 129]
    assert rows(table(many, sort="name"))[:2] == [1, 2]


def test_story_6_is_filtered_by_track_and_by_who_is_still_owed() -> None:
    case = stories.story_6_defaulted().case
    owing = table(case, owing="1")
    assert owing.workers == 20
    assert owing.totals.outstanding == Fen(10_000_000)
    assert table(case, track="escalated").workers == 2
    assert [group.workers for group in table(case).groups] == [20, 2, 10]
    counted = {one.word: one.workers for one in table(case).filters}
    assert counted == {"全部": 32, "逾期": 20, "已转出": 2, "付清": 10, "只看未付": 20}
    assert table(case, track="nobody", sort="nothing").workers == 32


def test_a_kind_of_claim_narrows_rows_and_sums() -> None:
    worker = "person-1"
    claims = [stories.row(worker, "C01", Fen(100)), stories.row(worker, "C05", Fen(900))]
    case = stories.open_case(stories.Play("dispute-t").on(3, 2), claims).case
    found = table(case, kind="C05")
    assert (rows(found), found.totals.claimed, found.narrowed) == ([2], 900, True)


def test_the_workbook_holds_numbers_and_their_sums(tmp_path: Path) -> None:
    case = stories.story_6_defaulted().case
    path = tmp_path / "claims.xlsx"
    path.write_bytes(claim_sheet(case, people(case)))
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(found) == 34
    assert found[1][8:13] == [15_550.0, 0.0, 15_000.0, 10_000.0, 5_000.0]
    assert found[-1][10:13] == [438_000.0, 338_000.0, 100_000.0]
