"""A seeker's case in the browser: from registration to stable work, over HTTP."""

import re
from datetime import date

import pytest

from application.assistance import Assistance
from application.ids import uuid7
from domain.seeker import SeekerCase
from tests.web.contracts import mismatches
from tests.web.reading import Page, send, typed
from tests.web.seeker_office import ID_NO, Office, registered, take
from web.seekers.desk import ACTS

HANZI = re.compile(r"[一-鿿]")


@pytest.fixture
def office() -> Office:
    return Office()


def standing(office: Office, case: str) -> str:
    return office.store.load(SeekerCase, case.rpartition("/")[2]).standing


def test_every_verb_of_the_service_is_an_act_with_its_arguments() -> None:
    # `caps` is a look-up; registers are asked again in the background; papers, codes, attachments
    # and two beginnings have pages of their own; the months of insurance become part of what a
    # subsidy rests on.
    without = (
        "caps",
        "ask_again",
        "issue_documents",
        "attach",
        "withdraw_attachment",
        "give_access_code",
        "register",
        "record_lead",
    )
    assert mismatches(ACTS, (Assistance,), without=without) == [
        "apply_for_subsidy: no argument ['insured'], no field []"
    ]


def test_the_whole_way_from_registration_to_stable_work(office: Office) -> None:
    office.vacancy()
    case = registered(office)
    browser = office.at()

    def act(verb: str, **values: object) -> None:
        answer = take(browser, case, verb, **values)
        assert answer.status_code == 303, answer.text

    act("assess_needs", needs=["job", "training"], barriers="skill")
    act("assign_tier", tier="B", reason="有意愿，缺技能")
    assert standing(office, case) == "ASSESSED"
    act("make_plan", standard="131", items="职业指导，1，2026-05-20\n岗位推荐，3，2026-06-20")
    act("refer", vacancy="vacancy-1", consent="1")
    act("answer_referral", referral="1", accepted="yes")
    act("hold_interview", referral="1", result="passed")
    act("make_offer", referral="1", start_on="2026-04-17", pay="3200")
    office.store.today = date(2026, 4, 17)
    act("place", kind="formal", start_on="2026-04-17", employer="employer-1", referral="1")
    assert standing(office, case) == "PLACED"
    act("verify_placement", placement="1", method="call")
    for month, day in ((1, date(2026, 5, 18)), (3, date(2026, 7, 17)), (6, date(2026, 10, 19))):
        office.store.today = day
        act(
            "record_follow_up",
            purpose="retention",
            channel="phone",
            result="retained",
            placement="1",
            month=str(month),
        )
    assert standing(office, case) == "STABLE"
    act("close", reason="employed_stable")
    page = browser.get(case).text
    assert "已退出" in page
    assert "稳定就业" in page


def test_a_refusal_stands_at_its_field_and_everything_typed_comes_back(office: Office) -> None:
    case = registered(office)
    answer = take(
        office.at(), case, "assign_tier", tier="B", reason="理由", occurred_on="2026-04-20"
    )
    assert answer.status_code == 409
    assert 'id="f-occurred_on-said"' in answer.text
    assert typed(answer)["reason"] == "理由"


def test_somebody_under_sixteen_is_refused_before_anything_is_recorded(office: Office) -> None:
    browser = office.at()
    page = browser.get("/seekers/new/register")
    answer = send(browser, page, **FRESH | {"id_no": "", "birth": "2012-01-01"})
    assert answer.status_code == 409
    assert "登记之日未满16周岁" in answer.text
    assert office.store.log == []


FRESH = {
    "id_no": "449902199005200048",
    "name": "黄紫萱",
    "sex": "female",
    "phone": "13800005678",
}


def test_the_same_number_with_an_open_case_is_shown_that_case(office: Office) -> None:
    case = registered(office)
    browser, before = office.at(), len(office.store.log)
    answer = send(
        browser, browser.get("/seekers/new/register"), **FRESH | {"id_no": ID_NO, "note": "x"}
    )
    assert answer.status_code == 409
    assert "此人已有未退出的案件" in answer.text
    assert case in Page(answer.text).links
    assert len(office.store.log) == before
    assert typed(answer)["name"] == "黄紫萱"


def test_a_shared_phone_warns_and_goes_on_when_told_apart(office: Office) -> None:
    registered(office)
    browser = office.at()
    warned = send(browser, browser.get("/seekers/new/register"), **FRESH)
    assert warned.status_code == 409
    assert "电话相同" in warned.text
    assert "龚*" in warned.text
    done = send(browser, warned, apart="shared_phone")
    assert done.status_code == 303
    told = [r for r in office.store.log if r.event.TOPIC == "person.told_apart"]
    assert len(told) == 2


def test_sending_the_form_twice_registers_once(office: Office) -> None:
    browser = office.at()
    page = browser.get("/seekers/new/register")
    first = send(browser, page, **FRESH)
    count = len(office.store.log)
    second = send(browser, page, **FRESH)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert len(office.store.log) == count


def test_a_lead_becomes_a_registration_in_the_same_case(office: Office) -> None:
    browser = office.at()
    lead = send(
        browser,
        browser.get("/seekers/new/record_lead"),
        name="任家明",
        sex="male",
        note="网格员说他想找工作",
    ).headers["location"]
    assert standing(office, lead) == "LEAD"
    stream = lead.rpartition("/")[2]
    page = browser.get(f"/seekers/new/register?lead={stream}")
    answer = send(browser, page, name="任家明", sex="male", birth="1990-01-01")
    assert answer.headers["location"] == lead, answer.text
    assert standing(office, lead) == "REGISTERED"


@pytest.mark.parametrize("role", ["auditor", "station_manager"])
def test_names_and_texts_are_masked_for_whoever_is_no_officer(office: Office, role: str) -> None:
    case = registered(office)
    take(office.at(), case, "add_note", note="只给专员看的话")
    page = office.at(role).get(case).text
    assert "龚*" in page
    assert "龚凤" not in page
    assert "只给专员看的话" not in page
    mine = office.at().get(case).text
    assert "龚凤" in mine
    assert "只给专员看的话" in mine


def test_an_admin_reads_no_case_and_nobody_reads_what_is_not_there(office: Office) -> None:
    case = registered(office)
    assert office.at("admin").get(case).status_code == 403
    assert office.at().get("/seekers/seeker-none").status_code == 404


def test_every_reading_of_a_case_leaves_a_row_and_no_copy(office: Office) -> None:
    case = registered(office)
    answer = office.at("auditor").get(case)
    assert answer.headers["cache-control"] == "no-store"
    assert office.reads.rows[-1] == (
        "view",
        "staff-auditor",
        case.rpartition("/")[2],
        "/seekers/{case}",
    )


def test_a_whole_number_is_shown_for_a_purpose_only(office: Office) -> None:
    case = registered(office)
    browser = office.at()
    form = next(f for f in Page(browser.get(case).text).forms if f.action.endswith("/reveal"))
    refused = browser.post(form.action, data=form.values | {"field": "id_no"})
    assert refused.status_code == 409
    assert ID_NO not in refused.text
    told = browser.post(form.action, data=form.values | {"field": "id_no", "purpose": "contact"})
    assert told.status_code == 200
    assert ID_NO in told.text
    assert ID_NO not in browser.get(case).text


def test_a_case_is_replayed_without_acts_and_with_masked_names(office: Office) -> None:
    case = registered(office)
    take(office.at(), case, "assign_tier", tier="D", reason="兜底")
    page = office.at().get(f"{case}?at=1")
    assert "历史状态：第 1 条记录之后" in page.text
    assert "D 兜底型" not in page.text
    assert "龚凤" not in page.text
    assert not [link for link in Page(page.text).links if link.endswith("/assess_needs")]
    assert "历史状态：截至 2026-04-16" in office.at().get(f"{case}?as_of=2026-04-16").text
    for wrong in ("at=0", "at=99", "as_of=2020-01-01", "as_of=soon"):
        assert office.at().get(f"{case}?{wrong}").status_code == 409, wrong


def test_one_fact_is_shown_as_stored_with_sealed_parts_sealed(office: Office) -> None:
    case = registered(office)
    take(office.at(), case, "add_note", note="只给专员看的话")
    last = len(office.store.history(case.rpartition("/")[2]))
    page = office.at("auditor").get(f"{case}/events/{last}").text
    assert "seeker.note_added" in page
    assert "只给专员看的话" not in page
    assert re.search(r"[0-9a-f]{64}", page)
    assert office.at().get(f"{case}/events/99").status_code == 404


def test_a_corrected_fact_stays_struck_with_the_way_to_its_correction(office: Office) -> None:
    case = registered(office)
    browser = office.at()
    answer = take(
        browser,
        case,
        "correct_record",
        version="1",
        field="activity",
        value="employed",
        reason="误录",
    )
    assert answer.status_code == 303, answer.text
    page = browser.get(case).text
    assert "<s>" in page
    assert "已更正或作废" in page
    assert office.store.load(SeekerCase, case.rpartition("/")[2]).activity == "employed"


def test_no_address_of_a_case_holds_personal_data(office: Office) -> None:
    case = registered(office)
    for link in Page(office.at().get(case).text).links:
        assert not HANZI.search(link)
        assert "5678" not in link


ON = date(2026, 4, 16)
STEPS: tuple[tuple[date, str, str, dict[str, str]], ...] = (
    (ON, "REGISTERED", "assess_needs", {"needs": "job"}),
    (ON, "ASSESSED", "assign_tier", {"tier": "B", "reason": "缺技能"}),
    (ON, "IN_SERVICE", "make_plan", {"standard": "131", "items": "职业指导，1，2026-05-20"}),
    (ON, "SUSPENDED", "suspend", {"reason": "ill", "until": "2026-06-01"}),
    (ON, "IN_SERVICE", "resume", {}),
    (ON, "IN_SERVICE", "refer", {"vacancy": "vacancy-1", "consent": "1"}),
    (ON, "IN_SERVICE", "end_referral", {"referral": "1", "outcome": "withdrawn"}),
    (
        ON,
        "PLACED",
        "place",
        {"kind": "formal", "start_on": "2026-04-16", "employer": "employer-1"},
    ),
    (
        date(2026, 10, 16),
        "STABLE",
        "record_follow_up",
        {
            "purpose": "retention",
            "channel": "phone",
            "result": "retained",
            "placement": "1",
            "month": "6",
        },
    ),
    (date(2026, 10, 16), "CLOSED", "close", {"reason": "employed_stable"}),
)


def disagreements(office: Office, case: str) -> list[str]:
    """Acts whose place on the page and whose answers of the server differ (F-08)."""
    browser = office.at("station_manager")
    page = browser.get(case).text
    token, links = Page(page).forms[0].values["csrf"], set(Page(page).links)
    state = office.store.load(SeekerCase, case.rpartition("/")[2])
    found = []
    for act in ACTS:
        url = f"{case}/{act.verb}"
        place = (f'id="why-{act.verb}"' in page, url in links)
        if act.right == "case.receive":
            continue  # nothing was offered to this station: the role has no such act (S-16)
        if state.why_not(act.verb) is None:
            answers = [browser.get(url).status_code]
            expected = (False, True), [200]
        else:
            sent = browser.post(url, data={"csrf": token, "command_id": str(uuid7())})
            answers = [browser.get(url).status_code, sent.status_code]
            expected = (True, False), [409, 409]
        if (place, answers) != expected:
            found.append(f"{act.verb}: {place} {answers}")
    return found


def test_in_every_state_the_disabled_acts_are_those_that_the_server_refuses(
    office: Office,
) -> None:
    office.vacancy()
    case, seen = registered(office), set()
    assert disagreements(office, case) == []
    for day, state, verb, values in STEPS:
        office.store.today = day
        assert take(office.at(), case, verb, **values).status_code == 303, verb
        assert standing(office, case) == state
        if state not in seen:
            assert disagreements(office, case) == [], state
            seen.add(state)


def test_an_english_page_says_nothing_in_chinese_but_names(office: Office) -> None:
    case = registered(office)
    office.parts.accounts.set_language("token-of-the-caseworker-session", "en")
    browser = office.at()
    for path in ("/seekers/new/register", "/seekers/new/record_lead", case, f"{case}/assign_tier"):
        text = re.sub(r"<[^>]*>", "", browser.get(path).text)
        left = set(re.findall(r"[一-鿿]+", text)) - NAMES
        assert left == set(), path


NAMES = {"龚凤", "王敏", "鹤城镇就业驿站", "鹤城镇", "中文", "驿站"}


def test_a_resident_of_public_housing_is_marked_and_told_of_legal_aid() -> None:
    """Two services of the seeds (S3, S4) that a caseworker finds in the acts of a case."""
    office = Office()
    case = registered(office)
    browser = office.at()
    page = browser.get(case)
    assert "标记人群" in page.text
    assert "公租房住户" in browser.get(f"{case}/tag_group").text
    assert take(browser, case, "tag_group", group="public_housing").status_code == 303
    assert "法律援助" in browser.get(f"{case}/explain_policy").text
    assert take(browser, case, "explain_policy", policy="legal_aid").status_code == 303
    page = browser.get(case)
    assert "公租房住户" in page.text
    assert "法律援助" in page.text
