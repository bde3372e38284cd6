"""The stories 1 to 5 and 9 and the quick cases of domain.md 8 over HTTP, day by day.

Dates, amounts and ID numbers are those of the stories; what is refused is refused at its field,
with its rule, and everything typed comes back. Story 9 goes on in `test_money_pages.py`, the
household of story 2 in `test_households.py`, the figures in `tests/projections/test_employment.py`.
"""

from datetime import date
from typing import Any

import pytest
from httpx2 import Response

from application.store import Part
from domain.calendar import shipped
from domain.employer import Employer, Registered
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from domain.training.facts import ClassOpened, Lesson, SessionHeld
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted, Published, Submitted, Verified
from tests.web.reading import send, typed
from tests.web.seeker_office import Office, registered, take

GONG = {"id_no": "449901198403120229", "name": "龚凤", "phone": ""}
LIU = {"id_no": "449901197709180465", "name": "刘月仙", "phone": "", "domicile": "440106"}
HUANG = {"id_no": "449901200205060683", "name": "黄紫萱", "phone": ""}
LIN = {"id_no": "449901199302270249", "name": "林贝妮", "phone": ""}
XU = {"id_no": "44990119760714042x", "name": "徐丽燕", "phone": ""}
LICENCE = "92449901MAXX000158"


def office() -> Office:
    """An office with two employers in business."""
    made, employers = Office(), list[Registered]()
    for number in (1, 2):
        employer = Registered(kind="company", name=f"单位{number}", district="440784")
        employers.append(employer)
        made.store.decide(
            made.stamp(), Part(Employer, f"employer-{number}", lambda _: employers[-1:])
        )
    return made


class Told:
    """One person's case, told day by day over HTTP."""

    def __init__(self, on: str, who: dict[str, Any], **more: Any) -> None:
        self.office = office()
        self.on(on)
        self.case = registered(self.office, **(who | more))

    @property
    def state(self) -> SeekerCase:
        return self.office.store.load(SeekerCase, self.case.rpartition("/")[2])

    def on(self, day: str) -> "Told":
        self.office.store.today = date.fromisoformat(day)
        return self

    def ask(self, verb: str, role: str = "caseworker", **values: Any) -> Response:
        return take(self.office.at(role), self.case, verb, **values)

    def do(self, verb: str, role: str = "caseworker", **values: Any) -> "Told":
        answer = self.ask(verb, role, **values)
        assert answer.status_code == 303, f"{verb}: {answer.text[-3000:]}"
        return self

    def refused(self, verb: str, rule: str, because: str = "", **values: Any) -> "Told":
        """Expect a refusal with its rule, and everything typed still in the form."""
        before, role = len(self.office.store.log), values.pop("role", "caseworker")
        browser = self.office.at(role)
        page = browser.get(f"{self.case}/{verb}")
        # What the state alone refuses has no form: the page says why at once (F-08).
        answer = send(browser, page, **values) if page.status_code == 200 else page
        assert answer.status_code == 409, verb
        assert f"规则 {rule}" in answer.text
        assert because in answer.text
        if page.status_code == 200:
            kept, texts = typed(answer), {k: v for k, v in values.items() if isinstance(v, str)}
            assert {name: kept.get(name) for name in texts} == texts
        assert len(self.office.store.log) == before, "a refusal recorded something"
        return self

    def course(self, name: str, days: list[date], attended: int) -> "Told":
        """Open a class of some sessions before they begin; the person will attend so many."""
        lessons = tuple(Lesson(no=n, on=day, hours=2) for n, day in enumerate(days, 1))
        opened = ClassOpened(
            title=name, trade="catering", kind="off_site", provider="employer-1",
            venue="station-hc", capacity=20, mode="offline", sessions=lessons, subsidised=True,
        )  # fmt: skip
        self.days, self.attended = days, attended
        self.office.store.decide(
            self.office.stamp(), Part(TrainingClass, "training-1", lambda _: [opened])
        )
        return self

    def taught(self) -> "Told":
        """Hold the sessions, with the person in those attended."""
        seeker = self.case.rpartition("/")[2]
        held = [
            SessionHeld(
                session=n, instructor="person-teacher", hours=2,
                present=(seeker,) if n <= self.attended else (),
            )
            for n in range(1, len(self.days) + 1)
        ]  # fmt: skip
        self.office.store.decide(
            self.office.stamp(), Part(TrainingClass, "training-1", lambda _: held)
        )
        return self

    def post(self, stream: str, employer: str, until: str = "2030-12-31") -> "Told":
        """Publish a post."""
        terms = Drafted(
            employer=employer, occupation="cost_engineering", title="工程造价助理", headcount=2,
            conditions="", work="造价", place="440106", pay_from=Fen(400_000), pay_to=Fen(600_000),
            pay_unit="month", valid_until=date.fromisoformat(until),
        )  # fmt: skip
        facts = [terms, Submitted(), Verified(method="visit"), Published()]
        self.office.store.decide(self.office.stamp(), Part(Vacancy, stream, lambda _: facts))
        return self

    def due(self) -> list[str]:
        """Give the days of the follow-ups that are due: of retention, else after training."""
        found = self.state.follow_ups_due(shipped())
        return [str(one.due.on) for one in found if one.month or not self.state.placements]


def twelve(first: date) -> list[date]:
    return [date.fromordinal(first.toordinal() + n) for n in range(12)]


def test_story_1_training_then_a_shop_and_one_grant() -> None:
    told = Told("2024-03-04", GONG, hours="part_time", free_from="8:30", free_until="16:30")
    assert told.state.wants.hours == ("part_time", "08:30-16:30")
    told.do("assess_needs", needs="flexible_job").do("assign_tier", tier="B", reason="想灵活就业")
    assert told.state.standing == "ASSESSED"
    told.on("2024-03-11").course("广式点心", twelve(date(2024, 3, 12)), 12)
    told.do("enrol", training="training-1")
    told.on("2024-03-29").taught().do("complete_training", training="training-1", passed="yes")
    assert (
        told.state.enrolments["training-1"].attended,
        told.state.enrolments["training-1"].planned,
    ) == (12, 12)
    told.on("2024-04-18")
    told.do("obtain_certificate", kind="special_ability", number="4499-0418", training="training-1")
    told.on("2024-07-08")
    told.do(
        "place", kind="self_employed", start_on="2024-07-08", licence_no=LICENCE,
        training="training-1",
    )  # fmt: skip
    assert told.due() == ["2024-08-08", "2024-10-08", "2025-01-08"]
    grant = {"kind": "startup_once", "rests_on": "placement 1", "amount": "10000"}
    told.on("2024-10-10").refused("apply_for_subsidy", "S-12", "2025-01-08", **grant)
    told.on("2025-02-10")
    told.refused("apply_for_subsidy", "S-12", "3个月", **grant, insured="2024-11、2024-12")
    told.do("apply_for_subsidy", **grant, insured="2024-11、2024-12、2025-01")
    told.do("check_subsidy", subsidy="1", findings="insurance_matched")
    told.refused("approve_subsidy", "S-06", subsidy="1", amount="10000")
    told.do("approve_subsidy", "station_manager", subsidy="1", amount="10000")
    told.on("2025-03-05")
    told.do(
        "pay_subsidy", "station_manager", subsidy="1", amount="10000", voucher_no="BT-2025-0305"
    )
    assert told.state.paid_subsidies() == Fen(1_000_000)
    told.refused("apply_for_subsidy", "S-12", "只能享受一次", **grant)
    assert "¥10,000.00" in told.office.at().get(f"{told.case}/subsidies").text


def test_story_2_from_a_lead_to_hardship_and_a_stable_job() -> None:
    told = Told.__new__(Told)
    told.office = office()
    told.on("2024-05-06")
    browser = told.office.at("informant")
    send(browser, browser.get("/m/register"), name="刘月仙", sex="female", note="照护幼子")
    lead = told.office.store.log[-1].stream
    send(browser, browser.get(f"/m/visits/{lead}"), found="hardship", note="家中有困境儿童")
    told.case = f"/seekers/{lead}"
    assert told.state.standing == "LEAD"
    page = told.office.at().get(f"/seekers/new/register?lead={lead}")
    answer = send(told.office.at(), page, **(LIU | {"sex": "female", "channel": "grid_worker"}))
    assert answer.headers["location"] == told.case, answer.text[-2000:]
    told.on("2024-05-13").do("apply_for_hardship", category="H01")
    told.do("post_hardship_notice", hardship="1", notice_from="2024-05-13", notice_to="2024-05-20")
    told.on("2024-05-16")
    told.refused("recognise_hardship", "S-06", "2024-05-20", hardship="1", role="station_manager")
    told.on("2024-05-22").refused("recognise_hardship", "S-06", "受理人", hardship="1")
    told.do("recognise_hardship", "station_manager", hardship="1")
    assert told.state.recognised is not None
    told.do("assess_willingness", level="low")
    for _ in range(3):
        told.do("join_activity", kind="volunteer")
    told.post("vacancy-care", "employer-1").on("2024-06-10")
    told.do("refer", vacancy="vacancy-care", consent="1")
    told.do("answer_referral", referral="1", accepted="yes")
    told.on("2024-06-12").do("hold_interview", referral="1", result="passed")
    told.on("2024-06-17")
    told.do("place", kind="part_time", start_on="2024-06-17", referral="1", employer="employer-1")
    told.do("verify_placement", placement="1", method="visit")
    assert told.due() == ["2024-07-17", "2024-09-18", "2024-12-17"]
    assert "2024-09-18" in told.office.at().get(told.case).text
    for month, day in ((1, "2024-07-17"), (3, "2024-09-18"), (6, "2024-12-17")):
        told.on(day).do(
            "record_follow_up",
            purpose="retention", channel="phone", result="retained", placement="1",
            month=str(month),
        )  # fmt: skip
    assert told.state.standing == "STABLE"
    told.do("close", reason="employed_stable")
    assert told.state.standing == "CLOSED"


def test_story_2_the_retirement_rule_of_either_date_gives_the_same_answer() -> None:
    told = Told("2024-05-22", LIU)
    text = told.office.at().get(told.case).text
    assert "旧规定 2027-09-18，新规定 2029-02-18" in text


def test_story_3_an_offer_in_one_year_and_a_job_in_the_next() -> None:
    told = Told("2023-11-14", HUANG, channel="street_visit", activity="student")
    told.refused("register_unemployment", "S-04", "学生")
    told.do("tag_group", group="graduate")
    told.do("make_plan", standard="1131", items="岗位推荐，3，2023-12-14")
    told.post("vacancy-1", "employer-1").post("vacancy-2", "employer-2")
    told.do("refer", vacancy="vacancy-1", consent="1")
    told.do("refer", vacancy="vacancy-2", consent="1")
    told.refused("refer", "S-08", "尚未结束", vacancy="vacancy-1", consent="1")
    for number in ("1", "2"):
        told.do("answer_referral", referral=number, accepted="yes")
    told.on("2023-12-05").do("hold_interview", referral="1", result="passed")
    told.on("2023-12-08").do("hold_interview", referral="2", result="failed")
    told.on("2023-12-15").do("make_offer", referral="1", start_on="2024-07-01")
    told.do("end_referral", referral="2", outcome="not_hired")
    told.refused(
        "place", "S-09", "30天",
        kind="formal", start_on="2024-07-01", referral="1", employer="employer-1",
    )  # fmt: skip
    told.on("2024-07-01")
    told.do("place", kind="formal", start_on="2024-07-01", referral="1", employer="employer-1")
    assert told.state.placements[1].start_on == date(2024, 7, 1)
    told.refused("apply_for_hardship", "S-05", "无业", category="H07")


def test_story_4_trained_and_called_after_thirty_days() -> None:
    told = Told("2025-01-02", LIN).course("儿童辅食", [date(2025, 1, 6 + n) for n in range(5)], 5)
    told.do("enrol", training="training-1").on("2025-01-10").taught()
    told.do("complete_training", training="training-1", passed="yes")
    assert told.due() == ["2025-02-10"]
    told.on("2025-08-01")
    told.do("place", kind="self_employed", start_on="2025-08-01", licence_no=LICENCE)
    assert (date(2025, 8, 1) - date(2025, 1, 10)).days == 203


def test_story_5_a_seeker_teaches_and_her_mother_is_a_good_reason() -> None:
    told = Told("2025-06-02", XU)
    assert told.office.persons.clear(told.state.person)[0]["id_no"].endswith("X")
    told.do("assess_ability", area="handcraft", level="high")
    told.do("place", kind="flexible", start_on="2025-06-02", pay="300")
    told.post("vacancy-full", "employer-1")
    told.do("refer", vacancy="vacancy-full", consent="1")
    told.do("answer_referral", referral="1", accepted="no", reason="care")
    assert told.state.refusals(date(2025, 6, 2)) == 0
    retired = Told("2025-06-02", {"id_no": "", "birth": "1960-01-01", "name": "许姨"},
                   activity="pensioner")  # fmt: skip
    retired.refused("apply_for_hardship", "S-05", "退休", category="H01")
    retired.do("place", kind="flexible", start_on="2025-06-02")


@pytest.mark.parametrize(
    ("domicile", "allowed"), [("440700", True), ("430100", False)], ids=["Guangdong", "Hunan"]
)
def test_domicile_decides_on_recognition(domicile: str, *, allowed: bool) -> None:
    told = Told("2024-05-13", LIU)
    told.do("correct_record", version="1", field="domicile", value=domicile, reason="户口簿")
    if allowed:
        told.do("apply_for_hardship", category="H01")
    else:
        told.refused("apply_for_hardship", "S-05", "户籍不在广东省", category="H01")


@pytest.mark.parametrize(
    ("changed", "rule", "because"),
    [
        ({"id_no": "449901198403120228"}, "S-03", "校验位不对"),
        ({"id_no": "449901198402300228"}, "S-03", "出生日期不存在"),
        ({"id_no": "44990119840312022"}, "S-03", "18位"),
        ({"id_no": GONG["id_no"], "sex": "male"}, "S-03", "性别"),
        ({"id_no": "", "birth": "2009-03-05"}, "S-01", "未满16周岁"),
        ({"id_no": "", "birth": "2024-02-30"}, "S-19", "2024-02-30"),
        ({"id_no": GONG["id_no"], "phone": "1380000"}, "P-01", "电话"),
    ],
)
def test_bad_input_is_told_at_its_field_and_everything_typed_stays(
    changed: dict[str, str], rule: str, because: str
) -> None:
    office = Office()
    office.store.today = date(2025, 3, 4)
    browser = office.at()
    given = {"name": "耿小弟", "sex": "female", "address": "鹤城镇和平路1号", **changed}
    answer = send(browser, browser.get("/seekers/new/register"), **given)
    assert answer.status_code == 409
    assert f"规则 {rule}" in answer.text
    assert because in answer.text
    kept = typed(answer)
    assert {name: kept[name] for name in given} == given
    assert office.store.log == []


def test_a_brother_of_eighteen_is_registered_for_holiday_work() -> None:
    brother = {"id_no": "", "birth": "2006-07-01", "name": "耿小哥", "sex": "male"}
    told = Told("2024-07-01", brother)
    assert told.state.standing == "REGISTERED"


def test_a_referral_is_revoked_only_before_its_answer() -> None:
    told = Told("2023-11-14", HUANG).post("vacancy-1", "employer-1")
    told.do("refer", vacancy="vacancy-1", consent="1")
    told.do("end_referral", referral="1", outcome="revoked")
    assert told.state.referrals[1].standing == "revoked"
    told.do("refer", vacancy="vacancy-1", consent="1")
    told.do("answer_referral", referral="2", accepted="yes")
    told.refused("end_referral", "S-09", "不能撤回", referral="2", outcome="revoked")


def test_the_cv_goes_out_by_consent_only_and_says_the_least() -> None:
    told = Told("2023-11-14", HUANG).post("vacancy-1", "employer-1")
    told.refused("refer", "S-18", "本人同意", vacancy="vacancy-1")
    told.do("refer", vacancy="vacancy-1", consent="1")
    path = f"{told.case}/referrals/1/cv"
    text = told.office.at().get(path).text
    assert "黄紫萱" in text
    assert "本人已同意" in text
    for secret in (HUANG["id_no"], "0683", "和平路"):
        assert secret not in text
    assert told.office.at("station_manager").get(path).status_code == 403
    told.do("withdraw_consent", purpose="share_employer")
    gone = told.office.at().get(path)
    assert gone.status_code == 409
    assert "S-18" in gone.text


def test_a_statutory_duty_stands_in_for_consent_and_is_told() -> None:
    told = Told("2023-11-14", HUANG).post("vacancy-1", "employer-1")
    told.do("refer", vacancy="vacancy-1", legal_basis="statutory_duty")
    text = told.office.at().get(f"{told.case}/referrals/1/cv").text
    assert "履行法定职责" in text
    assert told.office.at().get(f"{told.case}/referrals/9/cv").status_code == 404


def test_a_job_that_ends_leads_back_into_service_in_the_same_case() -> None:
    told = Told("2024-03-04", GONG)
    told.do("place", kind="formal", start_on="2024-03-04", employer="employer-1")
    assert told.state.standing == "PLACED"
    told.on("2024-03-10")
    told.do("end_placement", placement="1", ended_on="2024-03-08", reason="dismissed")
    assert told.state.standing == "IN_SERVICE"
    told.refused(
        "record_follow_up", "S-13", "已离岗",
        purpose="retention", channel="phone", result="retained", placement="1", month="1",
    )  # fmt: skip
