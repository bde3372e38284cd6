"""Who else has a case open now: told to whoever may see the case, and to nobody else (F-14)."""

import re
from datetime import datetime, timedelta

from domain.seeker import SeekerCase
from tests.caseload.town import Town
from tests.wired import TODAY
from yizhan.clock import CHINA

ALSO = "同时打开本案的还有"
NINE = datetime(2026, 4, 16, 9, tzinfo=CHINA)


def of(town: Town, kind: str) -> str:
    """Give the page of a case of the caseworker's station."""
    rows = town.client("second").get(f"/cases?whose=team&kind={kind}").text
    found = re.search(rf"/{kind}s/{kind}-[0-9a-f-]+", rows)
    assert found
    return found[0]


def test_two_colleagues_see_each_other_until_one_moves_on(hecheng: Town) -> None:
    case, other = of(hecheng, "seeker"), of(hecheng, "dispute")
    names = {label: hecheng.places.staff[label].person.name for label in ("caseworker", "second")}
    one, two = hecheng.client("caseworker"), hecheng.client("second")
    one.get(case)
    page = two.get(case).text
    assert ALSO in page
    assert names["caseworker"] in page.split(ALSO, 1)[1][:200]
    assert names["second"] in one.get(f"{case}/timeline").text.split(ALSO, 1)[1][:200]
    one.get(other)
    assert ALSO not in two.get(case).text
    assert ALSO not in one.get(other).text


def test_a_page_that_nobody_moved_on_from_counts_for_ten_minutes(hecheng: Town) -> None:
    case = of(hecheng, "dispute")
    hecheng.client("mediator").get(case)
    hecheng.travel(NINE + timedelta(minutes=9))
    assert ALSO in hecheng.client("manager").get(case).text
    hecheng.travel(NINE + timedelta(hours=1))
    assert ALSO not in hecheng.client("manager").get(case).text
    hecheng.turn(TODAY)


def test_an_auditor_is_told_and_not_named(hecheng: Town) -> None:
    case = of(hecheng, "seeker")
    hecheng.client("auditor").get(case)
    name = hecheng.places.staff["auditor"].person.name
    second = hecheng.client("second")
    assert name not in second.get(case).text.split("<main", 1)[1]
    assert ALSO in hecheng.client("auditor").get(case).text


def test_the_past_of_a_case_and_a_list_name_nobody(hecheng: Town) -> None:
    case = of(hecheng, "seeker")
    hecheng.client("second").get(case)
    manager = hecheng.client("manager")
    assert ALSO in manager.get(case).text
    assert ALSO not in manager.get(f"{case}?at=1").text
    assert ALSO not in manager.get("/cases?whose=team").text


def test_a_need_for_an_interpreter_stands_on_the_strip(hecheng: Town) -> None:
    case = of(hecheng, "seeker").rpartition("/")[2]
    state = hecheng.office.store.load(SeekerCase, case)
    hecheng.office.assistance.assess_needs(
        case, needs=state.needs or ("job",), barriers=("language",), stamp=hecheng.stamp("manager")
    )
    assert "沟通须有翻译或手语" in hecheng.client("second").get(f"/seekers/{case}").text
